"""A section's answers in a row above its questions (题前答案): 一、单选题 / 1.B 2.A / 1. ... 2. ...: the numbers of no questions."""

from __future__ import annotations

import re
from bisect import bisect_right

from .markers import SEC, Candidate

_ITEM = r"[.、] ?(?:[A-H]{1,6}|[√×对错])"
_ROW = re.compile(rf"\s*(?P<row>(?P<first>\d{{1,3}}) ?{_ITEM}(?:\s+\d{{1,3}} ?{_ITEM})+)\s*\n\s*(?P<again>\d{{1,3}}) ?[.、]")


def without_rows_above(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, without those of such rows: right behind a heading, the numbers beginning again below."""
    rows = [m.span("row") for c in found if c.kind == SEC and (m := _ROW.match(folded, c.end)) and m["first"] == m["again"]]
    if not rows:
        return found
    starts = [start for start, _ in rows]
    return [c for c in found if not ((k := bisect_right(starts, c.start)) and c.start < rows[k - 1][1])]
