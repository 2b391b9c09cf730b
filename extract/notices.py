"""Numbered notes to candidates (注意事项): their numbers number no questions, wherever in the paper they stand."""

from __future__ import annotations

import re
from bisect import bisect_left

from .mark_costs import SUB_STYLES
from .markers import ANS, INSIDE, KEY, LINE, MAT, NUM, OPT, SEC, Candidate

NOTICES = re.compile(r"(?:注意事项|考生注意|考生须知|答题须知)[)\]]?:?[ \n]*(?=[(]?1 ?[.、)])")
_LONGEST = 400  # from one note to the next


def without_notices(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates less the numbers of such notes, if other questions or a heading follow them. ``found`` is in order."""
    taken: set[int] = set()
    for m in NOTICES.finditer(folded):
        first = bisect_left(found, m.end(), key=lambda c: c.start)
        taken |= _notes(found, first, m.end())
    return [c for k, c in enumerate(found) if k not in taken] if taken else found


def _notes(found: list[Candidate], first: int, at: int) -> set[int]:
    """The places in ``found`` of the notes' numbers; empty where nothing shows that they end."""
    notes: set[int] = set()
    last = 0
    asked = (c for c in reversed(found[max(0, first - 60) : first]) if c.kind == NUM and c.place == LINE and c.style not in SUB_STYLES)
    before = next(asked, None)
    for k in range(first, len(found)):
        c = found[k]
        if c.start > at + _LONGEST:
            return set()
        if c.kind == NUM and before and c.value == before.value + 1 and last and c.place == LINE:
            return notes  # the questions of the part before go on
        if c.kind == NUM and c.place != INSIDE and c.value == last + 1:
            notes.add(k)
            last, at = c.value, c.start
        elif last and c.place == LINE and (c.kind in (SEC, MAT, KEY) or (c.kind == NUM and c.value == 1)):
            return notes
        elif c.place == LINE and c.kind in (OPT, ANS):
            return set()
    return set()
