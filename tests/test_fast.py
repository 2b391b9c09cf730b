"""``tiku[fast]`` changes the time and nothing else: the same readings, the same questions, the same words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract, readers
from extract.model import UnreadableError
from extract.readers import html
from extract.wire import to_json
from kb import words

pytest.importorskip("selectolax.lexbor", reason="pip install 'tiku[fast]'")
rjieba = pytest.importorskip("rjieba", reason="pip install 'tiku[fast]'")

HERE = Path(__file__).parent
DEV = HERE.parent.parent / "shared" / "bench" / "dev" / "raw"
FILES = sorted(p for p in (*(HERE.parent / "samples").iterdir(), *(DEV.iterdir() if DEV.is_dir() else ())) if ".golden." not in p.name)
PAGES = [p for p in FILES if readers.kind(p.read_bytes(), name=p.name) in ("html", "mhtml")]

# What elements may hold: a page made by it is one that every parser must take the same way.
_TEXTS = st.sampled_from((
    "1. 水是（ ）", "A. 单质", "B", " ", "\n", "  甲 乙\n", "&nbsp;&nbsp;", "a&lt;b &amp; c",
    "&#10003;", "<!-- 注 -->", "<br>", "<br/>", "答案：A", "2",
    "<img src='fig.png'>", "<input type=radio checked>", "<input type=text>", "<wbr>",
    "<script>var a = '<p>1</p>';</script>",
))
_ATTRIBUTES = st.sampled_from(("", "", "", " class=right", " style='color:red'", " hidden", ' title="a > b"', " style='display:block'"))
_INLINE = st.sampled_from(("span", "b", "i", "u", "font", "em", "label", "code", "sub", "o:p"))


def _element(tag: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda a, body: f"<{tag}{a}>{body}</{tag}>", _ATTRIBUTES, st.lists(inner, max_size=4).map("".join))


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, a, body: f"<{tag}{a}>{''.join(body)}</{tag}>", _INLINE, _ATTRIBUTES, st.lists(inner, max_size=3))


_RUNS = st.recursive(_TEXTS, _inline, max_leaves=6)
_BLOCKS = st.recursive(
    st.one_of(_element("p", _RUNS), _element("h3", _RUNS), _RUNS),
    lambda inner: st.one_of(
        _element("div", inner), _element("section", inner), _element("ul", _element("li", inner)), _element("ol", _element("li", inner)),
        _element("table", _element("tr", _element("td", inner))),
    ),
    max_leaves=10,
)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_a_page_gives_the_same_question_set(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    fast = to_json(extract(data, name=path.name))
    monkeypatch.setattr(html, "BEST", "soup")
    assert to_json(extract(data, name=path.name)) == fast


@settings(deadline=None)
@given(st.lists(_BLOCKS, max_size=5).map("".join))
def test_a_page_whose_elements_nest_reads_the_same(body: str) -> None:
    page = f"<!DOCTYPE html><html><head><style>.right{{color:green}}</style></head><body>{body}</body></html>"
    assert html.read_markup(page, "lexbor") == html.read_markup(page, "soup")


OMITTED = {
    "items": "<ul><li>甲<li>乙</ul>丙", "paragraphs": "<p>甲<p>乙<div>丙</div>", "cells": "<table><tr><td>甲<td>乙<tr><td>丙</table>",
   
    "terms": "<dl><dt>甲<dd>乙<dt>丙</dl>", "options": "<select><option>a<option>b</select>甲",
    "html, head and body": "<title>t</title><p>甲",
    "an end too many": "<div>甲</div></div><p>乙</span>丙</p>", "ends crossed": "<p><b>甲<i>乙</b>丙</i>丁</p>",
    "a link in a link": "<a href=x>甲<a href=y>乙</a></a>", "a form across a table": "<table><form><tr><td>甲</td></tr></form></table>",
    "conditions of Word": "甲<![if !x]>乙<![endif]>丙", "a break as an end": "甲</br>乙",
    "a font around paragraphs": "<font color=red><p>甲</p></font>",
}


@pytest.mark.parametrize("case", OMITTED)
def test_ends_that_pages_leave_out_read_the_same(case: str) -> None:
    assert html.read_markup(OMITTED[case], "lexbor") == html.read_markup(OMITTED[case], "soup")


def test_words_are_cut_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: set[str] = set()
    for path in FILES:
        try:
            lines.update(line[: words.MAX_QUERY] for line in readers.read(path.read_bytes(), name=path.name).text.split("\n"))
        except UnreadableError:
            continue
    told = sorted(lines)[:: max(1, len(lines) // 4000)]
    assert words.cutter() is rjieba.cut
    fast = [words.words(line) for line in told]
    monkeypatch.setattr(words, "cutter", lambda: words.jieba().cut)
    assert [words.words(line) for line in told] == fast


@pytest.mark.parametrize(("query", "cut"), [
    ("圆周率约3.14", ["圆周率", "3.14"]), ("c++语言", ["c++", "语言"]),
])
def test_numbers_and_names_stay_whole(query: str, cut: list[str]) -> None:
    assert words.words(query) == cut
