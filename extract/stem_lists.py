"""Lists in the stem of a choice on a page in one paragraph (题干列举): 2、下列各项...:(1)甲;(2)乙;(3)丙。... A、(1)(3) B、...

The items are numbered in brackets, ask nothing, and stand between the number of a question and its only set of options. Neither they nor
the options and the explanation that name them by their numbers begin a question.
"""

from __future__ import annotations

import re

from .markers import ANS, EXP, KEY, LINE, NUM, OPT, SEC, Candidate
from .run_on import RUN_ON

_ASKS = re.compile(r"[?_]|[(\[] *[)\]]")
_LEAST = 3
_OWN = frozenset({".", "、", "第题", "tagged", RUN_ON})  # styles that number the questions of such pages


def without_stem_lists(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, less the numbers of such lists and those that name their items before the next question."""
    if "(3)" not in folded:
        return found
    taken: set[int] = set()
    items: list[int] = []  # the places of (1) (2) (3) since the number of a question; none where something else came between
    asked = False  # whether the last thing that came is the number of a question, or its list
    listed = 0  # how many items the list of this question has
    for k, c in enumerate(found):
        if c.kind == NUM and c.style == "(":
            asks = items and _ASKS.search(folded, found[items[-1]].end, c.start)
            if asked and not asks and c.place != LINE and c.value == len(items) + 1:
                items.append(k)
            elif listed and c.place != LINE and c.value <= listed:
                taken.add(k)
        elif (c.kind == NUM and c.style in _OWN) or c.kind in (SEC, KEY):
            asked, items, listed = c.kind == NUM, [], 0
        elif c.kind == OPT:
            if asked and len(items) >= _LEAST and c.value == 0 and _two_labels(found, k):
                taken.update(items)
                listed = len(items)
            asked = False
        elif c.kind in (ANS, EXP):
            asked = False
    return [c for k, c in enumerate(found) if k not in taken] if taken else found


def _two_labels(found: list[Candidate], k: int) -> bool:
    """Whether the A is followed by a B of its own manner."""
    after = next((c for c in found[k + 1 : k + 12] if c.kind == OPT and c.style == found[k].style), None)
    return after is not None and after.value == 1
