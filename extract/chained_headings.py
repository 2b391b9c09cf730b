"""Headings of running text that only their ordinals tell (连排的大题): ...一座桥。五、换一种说法,使句子意思保持不变。1.饭厅里...

Their words name no type and no points, so such an ordinal might as well list something in a text. It heads a section where
一、二、三、... each stand once on the page, in order, and others of the same run are headings by their words or by the 1. that follows.
"""

from __future__ import annotations

import re

from .markers import ANS, KEY, SEC, Candidate
from .numerals import chinese_number
from .places import place_of
from .run_on import runs_on

_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,2}(?=[、.])(?<![第之其星期周](?=[、.]))")
_WORDS = r"[^\n。?!;:()\d_]"
_TITLE = re.compile(
    rf"[、.] ?(?:{_WORDS}{{2,30}}|{_WORDS}{{2,20}}\([^()\n]{{1,12}}\){_WORDS}{{0,10}})(?:[。:]|(?=(?:\( *\))?1[.、](?!\d)|\(1\)))"
    r"(?:\([^()\n]{0,30}\d ?分[^()\n]{0,8}\))?"
)
_FIRST = re.compile(r"[^\n\d。]{0,24}1 ?[.、](?!\d)|\(1\)")
_HAN = re.compile("[一-鿿]")
_COUNTED = frozenset({"inline", "inline2", "ord+", "ord"})
_LEAST = 4  # headings of a page


def with_chained_headings(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with such headings; an ordinal among them numbers no question by the blanks that its section shows."""
    known = {c.start for c in found if c.kind == SEC and c.style in _COUNTED and c.value}
    if not runs_on(folded) or "三、" not in folded:
        return found
    key = min((c.start for c in found if c.kind in (KEY, ANS)), default=len(folded))
    chain: dict[int, tuple[int, int]] = {}  # ordinal -> where it stands, and where its heading ends
    for m in _ORDINAL.finditer(folded, 0, key):
        value = chinese_number(m[0])
        title = _TITLE.match(folded, m.end())
        if (value == 1 or not _HAN.match(folded, m.start() - 1)) and (title or m.start() in known):
            if value in chain:
                return found  # it counts something else, too
            chain[value] = m.start(), title.end() if title else m.end()
    places = [chain.get(k, (-1, -1)) for k in range(1, max(chain, default=0) + 1)]
    worded = sum(at in known or _FIRST.match(folded, end) is not None for at, end in places)  # by its words, or by the 1. below it
    if len(places) < _LEAST or (-1, -1) in places or places != sorted(places) or worded < 2 or worded * 3 < len(places):
        return found
    told = [Candidate(at, end, SEC, k, "inline", place_of(folded, at)) for k, (at, end) in enumerate(places, 1) if at not in known]
    starts = {c.start for c in told}
    return [*(c for c in found if c.style != "一" or c.start not in starts), *told]
