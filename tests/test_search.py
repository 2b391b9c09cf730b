"""Search finds every substring that a reader could see, ranks, marks safely, and says when it was looser."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kb_values import paper, words
from sqlite_utils import Database

from extract.model import Document, Extraction, Option, Question
from kb import words as cutting
from kb.schema import open_bank
from kb.search import search
from kb.store import Selection, save

TEXTS = (
    "供应商是提供产品的组织或个人", "光合作用在叶绿体中进行", "Kano模型把质量分成三种", "GB/T 19000-2016 是等同采用的标准",
    "若 f(x)=x²+1,则 f'(0)=____", "用 C++ 写出快速排序", "用 C# 写出快速排序", "㎏ 与 kg 是同一个单位", "ＡＢＣ分类法",
    "𠮷野家的“𠮷”字", "鿏是第109号元素", "北京 上海", "我国第一部诗歌总集是《诗经》",
    "3.14 是圆周率的近似值", "database 是数据库", "é 与 É",
)


def bank_of(tmp_path: Path, questions: list[Question]) -> Database:
    db = open_bank(tmp_path / "bank.db", create=True)
    save(db, Extraction(replace(paper().source, name="x"), "", (), (), (Document("卷", "main", "exam", tuple(questions)),)))
    return db


@pytest.fixture
def bank(tmp_path: Path) -> Database:
    return bank_of(tmp_path, [Question(t, "short_answer") for t in TEXTS])


def stems(db: Database, query: str, **more: object) -> list[str]:
    return [f.question.stem for f in search(db, query, loose=False, **more).found]  # type: ignore[arg-type]


def test_every_substring_is_found(bank: Database) -> None:
    pick = random.Random(7)
    for _ in range(600):
        text = unicodedata.normalize("NFKC", pick.choice(TEXTS))
        start = pick.randrange(len(text))
        query = text[start : start + pick.randint(1, 8)]
        inside = start and text[start - 1].isascii() and text[start - 1].isalpha() and query[0].isascii() and query[0].isalpha()
        if query.strip() and not inside:
            assert text in {unicodedata.normalize("NFKC", s) for s in stems(bank, query, limit=50)}, query


def test_exactly_what_holds_it(bank: Database) -> None:
    assert stems(bank, "C++") == ["用 C++ 写出快速排序"]
    assert stems(bank, "𠮷") == ["𠮷野家的“𠮷”字"]
    assert stems(bank, "鿏") == ["鿏是第109号元素"]
    assert stems(bank, "abc分类") == ["ＡＢＣ分类法"]
    assert stems(bank, "kan") == ["Kano模型把质量分成三种"]
    assert stems(bank, "base") == []
    assert stems(bank, "排序 C#") == ["用 C# 写出快速排序"]
    for nothing in ("", "   ", "\x00", "没有"):
        assert stems(bank, nothing) == []
    for nasty in ('"', "' OR 1=1 --", "NEAR(供 应)", "stem:供", "*", "供*", "(", "^供", "-供", "供" * 5000, "\ue000\ue001"):
        stems(bank, nasty)


def test_options_material_and_explanation_are_searched_and_options_do_not_run_together(tmp_path: Path) -> None:
    db = bank_of(tmp_path, [
        Question("甲", options=(Option("A", "海运供应"), Option("B", "链条传动"))),
        Question("乙", material="某企业重组供应链。"), Question("丙", explanation="供应链是整体。"), Question("丁", answer="供应链"),
        Question("供应链是什么?"),
    ])
    assert stems(db, "供应链") == ["供应链是什么?", "丙", "乙"] or set(stems(db, "供应链")) == {"供应链是什么?", "乙", "丙"}
    assert stems(db, "供应链")[0] == "供应链是什么?"
    assert stems(db, "链条") == ["甲"]


def test_the_second_try_says_that_it_is_looser(bank: Database) -> None:
    strict = search(bank, "供应商")
    assert not strict.looser and strict.terms == ("供应商",)
    loose = search(bank, "个人供应商组织")
    assert loose.looser and [f.question.stem for f in loose.found] == [TEXTS[0]]
    assert "供应商" in loose.terms
    assert [f.question.stem for f in search(bank, "叶绿体的月亮").found] == [TEXTS[1]]
    assert search(bank, "魑魅魍魉").found == ()


def test_selection_and_json(tmp_path: Path) -> None:
    db = open_bank(tmp_path / "bank.db", create=True)
    save(db, paper())
    (one,) = search(db, "供应链", selection=Selection(type="single_choice")).found
    form = one.to_json()
    assert form["source"] == "物流/期末.txt" and form["document"] == "物流管理期末试卷" and form["answer"] == ["A"]
    assert list(form)[:3] == ["id", "source", "document"]
    assert [o["label"] for o in form["options"]] == ["A", "B", "C", "D"]


HOSTILE = ["<script>alert(1)</script>", "</mark><script>", '"><svg onload=1>', "a&amp;b<b>"]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(words, st.sampled_from(HOSTILE)), term=words)
def test_marking_never_makes_markup(text: str, term: str) -> None:
    page = _Text()
    page.feed(cutting.mark(text, [term, "script", "供应"]))
    page.close()
    assert page.tags <= {"mark"}
    plain = cutting._PRIVATE.sub("", text)
    assert page.text == plain or "\r" in plain or "\x00" in plain


def test_marks_what_the_index_found() -> None:
    assert cutting.mark("ＡＢＣ与a bc,供 应 链", ["abc", "供应链"]) == "<mark>ＡＢＣ</mark>与<mark>a bc</mark>,<mark>供 应 链</mark>"
    assert cutting.mark("database", ["base"]) == "database"


def test_a_word_of_the_index_is_a_unit_with_the_next_one() -> None:
    assert cutting.tokens("供应链") == "供应 应链 链"
    assert cutting.tokens("水") == "水"
    assert cutting.tokens(" \u3000\n") == cutting.tokens("") == cutting.tokens(None) == ""
