"""Numbers of two levels (两级题号): sections numbered 1. 2. with their type, and questions 1.1, 1.2 in them."""

from __future__ import annotations

import re
from bisect import bisect_right

from .markers import LINE, NUM, SEC, Candidate
from .numerals import chinese_number
from .places import place_of
from .question_types import HEADING_WORDS

_CN = "一二三四五六七八九十"
_HEAD = re.compile(
    rf"(?<![\d.{_CN}])(\d{{1,2}}|[{_CN}]{{1,2}}) ?[.、]? ?[一-鿿]{{0,6}}?(?:{HEADING_WORDS})(?<=题)(?:\([^)\n]{{0,80}}\))?"
)
_LEAST = 4  # questions of a page
_ALONE = 5  # questions of the only section that a page shows
_REMARK = 60  # the longest remark between a heading and its first question


def two_level(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates of a page whose every section k opens with its question k.1: no other mark overlaps these headings and numbers."""
    if "1.1" not in folded or ("2.1" not in folded and f"1.{_ALONE}" not in folded):
        return found
    heads: list[re.Match[str]] = []
    value = 1
    for m in _HEAD.finditer(folded):
        if _value(m) == value and _item(folded, value, 1, m.end(), m.end() + _REMARK):
            heads.append(m)
            value += 1
    if not heads:
        return found
    marks: list[Candidate] = []
    for m, stop in zip(heads, [*(n.start() for n in heads[1:]), len(folded)], strict=True):
        place = place_of(folded, m.start())
        if m[1].isdecimal():
            marks.append(Candidate(m.start(), m.end(), SEC, _value(m), "arabic" if place == LINE else "inline", place))
        at, count = m.end(), 1
        while (n := _item(folded, _value(m), count, at, stop)):
            marks.append(Candidate(n.start(), n.end(), NUM, count, "x.y", place_of(folded, n.start())))
            at, count = n.end(), count + 1
    if sum(c.kind == NUM for c in marks) < (_LEAST if len(heads) > 1 else _ALONE):
        return found
    starts = [c.start for c in marks]
    spans = [(c.start, c.end) for c in marks]

    def apart(c: Candidate) -> bool:
        k = bisect_right(starts, max(c.start, c.end - 1)) - 1
        return k < 0 or c.start >= spans[k][1]

    return [*(c for c in found if apart(c)), *marks]


def _value(m: re.Match[str]) -> int:
    return int(m[1]) if m[1].isdecimal() else chinese_number(m[1])


def _item(folded: str, section: int, count: int, at: int, stop: int) -> re.Match[str] | None:
    number = rf"{section}\.{count}"
    return re.compile(rf"\[{number}\]|(?<![\d.、:=≈+×<>/[-]){number}[.、]? ?(?![\d.%])").search(folded, at, stop)
