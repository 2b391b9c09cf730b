"""The empty bracket inside a stem (题干中的空括号) of which half or a zero is left: a stem that asks by a blank and has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...line_start import LineStart
from ..rule import Find, Page, Rule
from .brackets import bracket

# From a number to the first option, ending in a full stop: a statement, so that it must hold the blank itself.
_STEM = LineStart(
    r"[ \t]*\d{1,3}[.、．](?P<stem>[^\n]{4,120}+(?:\n(?![ \t]*(?:[A-H]|\d{1,3})[ ]?[.、．])[^\n]{2,120}+){0,2}?)"
    r"[ ]*(?=\n[ \t]*A[ ]?[.、．])"
)
_BLANK = re.compile(r"[(（][ \u3000]*[)）]|_{2,}|[?？]")
_HALVES = re.compile(r"(?<![0Oo.、．])[()（）](?![0Oo])")
_ZERO = re.compile(
    "(?<=[\u4e00-\u9fff])(?<![从比为第到至与和是除以于等加减乘超过])[(（]?0[)）]?(?=[\u4e00-\u9fff，,])(?![年月日度分个点到的小大开至与和以元时])"
)
_CLOSED = re.compile(r"[(（][^()（）\n]*[)）]")
_TAIL = re.compile(r"[()（）](?<=[是为有指在于括].)(?:(?<=[(（])(?=A[ ]?[.、．])|(?<=[)）])(?=[。.]?[ ]*\n[ \t]*A[ ]?[.、．]))")


def _inside(page: Page) -> Iterator[Find]:
    for m in _STEM.finditer(page.text):
        if _BLANK.search(m["stem"]) or not (m["stem"].rstrip().endswith("。") or page.scanned):
            continue
        flat = _CLOSED.sub(lambda c: "#" * len(c[0]), m["stem"])
        zeros, halves = list(_ZERO.finditer(flat)), list(_HALVES.finditer(flat))
        if len(zeros) == 1 and all(zeros[0].start() <= h.start() < zeros[0].end() for h in halves):
            odd, sure = zeros[0], 0.96 if page.scanned or len(zeros[0][0]) > 1 else 0.8
        elif len(halves) == 1 and not zeros:
            odd, sure = halves[0], 0.96
        else:
            continue
        at = m.start("stem") + odd.start()
        yield Find(at, at + len(odd[0]), bracket(page.text, at), "题干以句号结束而没有空，此处的空括号误识", sure)


def _tail(page: Page) -> Iterator[Find]:
    """One half of the bracket at the end of a stem, where the line holds no other half."""
    for m in _TAIL.finditer(page.text):
        begin, end = page.text.rfind("\n", 0, m.start()) + 1, page.text.find("\n", m.end())
        line = page.text[begin : end if end >= 0 else len(page.text)]
        if len(_HALVES.findall(_CLOSED.sub("", line))) == 1:
            yield Find(m.start(), m.end(), bracket(page.text, m.start()), "题干末尾的空括号失了一半")


RULES = (
    Rule("blank-inside", "bracket", "line", 0.96, "a numbered statement before options that has no other blank", "clean/OCR pairs",
         _inside, chars=frozenset("0()（）"), structural=True),
    Rule("blank-tail", "bracket", "line", 0.96, "a word that asks before it, an option behind it, no other half on the line",
         "clean/OCR pairs", _tail, chars=frozenset("()（）"), structural=True),
)
