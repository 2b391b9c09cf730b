"""Passages that bear the number of the question before them (题号重复的材料): 0 女,30岁... 1 该患者... 2 ... 2 女,40岁... 3 ...

So one maker of medical and civil service papers prints its groups: the passage of questions 1 and 2 is number 0, that of 3 and 4
number 2. The page tells by its first passage, which is number 0.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from .markers import MAT, NUM, OPT, Candidate
from .places import place_of

COUNTED = "counted"  # the style of such a mark
_ZERO = re.compile(r"0 (?<![\d.、,A-Za-z/:+=-]0 )(?<![.、] 0 )(?=[一-鿿“《])")
_SHORTEST = 30  # characters of a passage


def counted_passages(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, with a mark for each such passage and without the numbers inside it."""
    if _ZERO.search(folded) is None:
        return found
    asked = [c for c, d in pairwise(found) if c.kind == NUM and d.kind == OPT and d.value == 0]
    labels = [c.end for c in found if c.kind == OPT]
    marks: list[Candidate] = []
    spans: list[tuple[int, int]] = []
    for before, c in pairwise([None, *asked]):
        assert c is not None
        number = 0 if before is None or c.value == 1 else before.value
        if c.value != number + 1:
            continue
        k = bisect_left(labels, c.start)
        mark = _numbered(folded, number, labels[k - 1] if k and before else 0, c.start)
        if mark is None and not marks:
            return found  # the first is none
        if mark:
            marks.append(Candidate(*mark, MAT, 0, COUNTED, place_of(folded, mark[0])))
            spans.append((mark[0], c.start))
    if not marks:
        return found
    inside = [a for a, _ in spans]
    kept = [c for c in found if not ((k := bisect_left(inside, c.start + 1)) and c.start < spans[k - 1][1])]
    return sorted([*kept, *marks], key=lambda c: c.start)


def _numbered(folded: str, number: int, begin: int, end: int) -> tuple[int, int] | None:
    """The number that stands once more before the sentences above a question."""
    for m in re.compile(_ZERO.pattern.replace("0", str(number))).finditer(folded, begin, end):
        if end - m.end() >= _SHORTEST and "。" in folded[m.end() : end]:
            return m.start(), m.end() - 1
    return None
