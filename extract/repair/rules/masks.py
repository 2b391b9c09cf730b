"""Signs in place of characters (替代符号): a question mark for the dot of a name or unit, a syllable for a filtered character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...scan import Scan
from .. import tables, words
from ..rule import Find, Page, Rule, each, put

_UNIT = Scan(r"(?<![A-Za-z])(?:kW|MW|kN|N|Pa|kg|mol|mA|kV|lm|lx)(?P<mark>[?？])(?=(?:h|min|s|m|K|A|L)(?![A-Za-z]))")
_NAME = re.compile("[?？](?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff])")
_SYLLABLE = re.compile("(?<![A-Za-z0-9])[a-z]{2,6}(?![A-Za-z0-9])")
_USUAL = 50  # a word that was seen less often proves nothing


def _names(page: Page) -> Iterator[Find]:
    """甲?乙 where the page elsewhere writes 甲·乙."""
    if "·" not in page.text:
        return
    for m in _NAME.finditer(page.text):
        left, right = page.text[max(0, m.start() - 2) : m.start()], page.text[m.end() : m.end() + 2]
        if f"{left}·{right}" in page.text or f"{left}•{right}" in page.text:
            yield Find(m.start(), m.end(), "·", f"“{left}·{right}”在文中另有出现")


@cache
def _readings() -> dict[str, str]:
    return {row[0]: row[1] for row in tables.rows("pinyin")}


def _syllables(page: Page) -> Iterator[Find]:
    """A syllable beside a character with which just one character of that reading makes a usual word."""
    for m in _SYLLABLE.finditer(page.text):
        before, behind = page.text[max(0, m.start() - 1) : m.start()], page.text[m.end() : m.end() + 1]
        fits = {c for c in _readings().get(m[0], "") if words.frequency(c + behind) >= _USUAL or words.frequency(before + c) >= _USUAL}
        if len(fits) == 1 and not page.zones.holds(m.start(), m.end()):
            (char,) = fits
            yield Find(m.start(), m.end(), char, f"音节“{m[0]}”与相邻的字只能是“{before}{char}{behind}”中的词")


RULES = (
    Rule("mask-unit", "punctuation", "line", 0.97, "a unit on both sides", "units of products are joined by a dot",
         each(_UNIT, put("·", "两个单位之间是间隔号", "mark")), chars=frozenset("?？"), structural=True),
    Rule("mask-name", "punctuation", "line", 0.97, "the name with its dot elsewhere on the page", "7 of 300 pages",
         _names, chars=frozenset("?？"), structural=True),
    Rule("mask-syllable", "lost", "question", 0.6, "one character of that reading that makes a usual word", "3 of 300 pages",
         _syllables, chars=frozenset("abcdefghijklmnopqrstuwxyz"), deep=True),
)
