"""Steps and circled numbers in a row (步骤序号与带圈序号): ``(2)(1)、(4)、(3)``, ``①②3④``; the row itself says what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...line_start import LineStart
from ..rule import Find, Page, Rule, each

_STEP = "[(（][1-9①-⑨][)）]"
_ORDER = LineStart(rf"[ \t]*[A-H][.、．][ ]?(?P<row>(?:{_STEP}[-.·、]?){{3,}}{_STEP})[ ]*$")
_GAP = re.compile(r"(?<=[)）])[-.·]?(?=[(（])")
_ODD = re.compile(r"[)）][-.·][(（]")
_RINGS = "①②③④⑤⑥⑦⑧⑨"
_BOXED = re.compile(f"(?<=[(（])[{_RINGS}](?=[)）])")
_PLAIN = re.compile(r"[(（]([1-9])[)）]?")
_AMONG = re.compile(f"(?<=[{_RINGS}])[1-9](?=[{_RINGS}])")
# a plain figure between words that counts nothing: neither 第4条 nor 3月4日 nor 有4人
_COUNTED = re.compile(
    rf"[{_RINGS}]|(?<=[\u4e00-\u9fff；，。])(?<![第月年约共为是有去达每近超至到])[2-9]"
    r"(?=[\u4e00-\u9fff])(?![日月年条章节人名个元度分次种级岁倍页号班米克吨天周项点位台件只本组题款届期层楼秒时小])"
)
_STEP_APART = 60  # characters from a step to the next at most


def _steps(row: str) -> list[int]:
    """The numbers of the steps in a row, ringed or plain."""
    return [_RINGS.find(c) + 1 or int(c) for c in re.findall(r"[1-9①-⑨]", row)]


def _enumeration(page: Page) -> Iterator[Find]:
    """A comma lost or misread, and a ring for a bracketed figure, where two options order the same steps."""
    rows = _ORDER.finditer(page.text)
    same_steps: dict[str, list[re.Match[str]]] = {}
    for m in rows:
        same_steps.setdefault("".join(map(str, sorted(_steps(m["row"])))), []).append(m)
    for steps, options in same_steps.items():
        if len(options) < 2 or len(set(steps)) < len(steps):
            continue
        if all(len(_steps(pair)) == 2 for m in options for pair in m["row"].split("、")):
            continue  # steps matched in twos
        # Pairs are printed in rising order, (1)(2)、(3)(4): a step back inside a stretch says that these are steps of an order.
        ordered = all(s == sorted(s) for m in options for s in map(_steps, re.split("[-.·、]", m["row"])))
        plain = any("、" in m["row"] and not _ODD.search(m["row"]) for m in options)
        for m in options:
            if "、" not in m["row"]:
                continue
            odd = plain and len(_ODD.findall(m["row"])) == 1 < m["row"].count("、")  # (1)-(2)、(3)-(4) are pairs, one dash is none
            for gap in _GAP.finditer(m["row"]):
                if odd if gap[0] else not ordered:
                    said = f"{len(options)} 个选项是同样 {len(steps)} 步的排列，本行其余各步之间有顿号"
                    yield Find(m.start("row") + gap.start(), m.start("row") + gap.end(), "、", said)


def _boxed(page: Page, m: re.Match[str]) -> Find | None:
    """(②) among (1), (3): the ring is the bracket seen twice."""
    begin, end = page.text.rfind("\n", 0, m.start()) + 1, page.text.find("\n", m.end())
    row = page.text[begin : end if end >= 0 else len(page.text)]
    figure = _RINGS.find(m[0]) + 1
    plain = {int(c) for c in _PLAIN.findall(row)}
    series = plain | {_RINGS.find(c) + 1 for c in _BOXED.findall(row)}
    if len(plain) < 2 or figure in plain or not series & {figure - 1, figure + 1}:
        return None
    return Find(m.start(), m.end(), str(figure), "同行其余各步是括号里的数字")


def _ring(page: Page, m: re.Match[str]) -> Find:
    return Find(m.start(), m.end(), _RINGS[int(m[0]) - 1], "前后都是带圈序号")


def _ringed(page: Page) -> Iterator[Find]:
    """A plain figure that stands between words where a line counts ①, ②, ③ and only this one is missing."""
    at = 0
    while (at := page.text.find("①", at)) >= 0:
        end = page.text.find("\n", at)
        end = len(page.text) if end < 0 else end
        marks = list(_COUNTED.finditer(page.text, at, end))
        due, last = 1, at
        plain: list[tuple[re.Match[str], int]] = []
        for m in marks:
            if m[0] == _RINGS[min(due, 9) - 1]:
                due, last = due + 1, m.end()
            elif m[0] == str(due) and due <= 9 and m.start() - last <= _STEP_APART and _RINGS[due - 1] not in page.text[m.end() : end]:
                plain.append((m, due))
                due, last = due + 1, m.end()
        if due >= 4 and len(plain) * 2 < due - 1:
            for m, number in plain:
                yield Find(m.start(), m.end(), _RINGS[number - 1], f"同行依次数到 {_RINGS[due - 2]}，只缺 {_RINGS[number - 1]}")
        at = end


RULES = (
    Rule("mark-enumeration", "punctuation", "line", 0.96, "the other steps of the line, two options with the same steps", "clean/OCR pairs",
         _enumeration, chars=frozenset("、"), structural=True),
    Rule("ring-boxed", "label", "line", 0.96, "two plain figures in brackets on the same line", "clean/OCR pairs",
         each(_BOXED, _boxed), chars=frozenset(_RINGS), structural=True),
    Rule("ring-among", "label", "line", 0.97, "ringed figures on both sides", "clean/OCR pairs",
         each(_AMONG, _ring), chars=frozenset(_RINGS), structural=True),
    Rule("ring-lost", "label", "line", 0.96, "the line counts on, and only this figure has no ring", "clean/OCR pairs",
         _ringed, chars=frozenset("①"), structural=True),
)
