"""All by which the cost of a mark can differ (标记样貌), besides what is open: no place in the text, so it holds for every document."""

from __future__ import annotations

import re
from typing import NamedTuple

from .habits import Habits
from .markers import BARE, MAT, OPT, TAG, Candidate

_SHARED = re.compile(r"\d ?[-~至到] ?\d")
_OWN_MATERIAL = re.compile(r"\n *\d{1,3} ?[.、][^\n]{0,24}(?:材料|资料)[^\n]{0,30}\n\s*$")  # 5.阅读材料，回答问题。 / 材料一：...
_ANSWERED_BEFORE = re.compile(r"答案 ?:? ?[A-H]{1,6} {0,3}$")
_REACH, _NEAR = 80, 14


class Looks(NamedTuple):
    """A mark of a kind that does not count on."""

    kind: str
    value: int
    style: str
    place: int
    cost: float  # by its style and place, see ``mark_costs.py``
    in_set: bool
    above: bool  # OPT: the A of a whole set that the questions behind it share
    asked: bool
    sourced: bool  # OPT: the A of a whole set right behind a source, 答案:A《规程:2.3》A.甲 B.乙, or behind 答案:A alone
    next_label: int  # OPT: the index that the next label names, where that is asked: for none that is one of a set
    below_heading: bool
    usual: bool  # TAG, BARE: the questions of the document begin so; MAT: it says which questions it is for
    own: bool  # MAT: the question before it announces it
    own_key: bool  # MAT: questions and then a key follow it before the next one
    inside: int  # how many marks after it begin inside it


def looks_of(folded: str, c: Candidate, i: int, habits: Habits, inside: int) -> Looks:
    """The looks of mark ``i``; ``inside``: so many marks after it begin inside it."""
    usual = own = sourced = False
    coming = -1
    if c.kind == OPT:
        coming = -1 if habits.in_set[i] else habits.next_label[i]
        sourced = c.value == 0 and habits.in_set[i] and (
            folded[c.start - 1] in "》)" or _ANSWERED_BEFORE.search(folded, max(0, c.start - _NEAR), c.start) is not None
        )
    elif c.kind == TAG:
        usual = habits.tagged > habits.numbered
    elif c.kind == BARE:
        usual = habits.numbered < 0.3 * (habits.answer_lines if c.style in ("answered", "told") else habits.lettered)
    elif c.kind == MAT:
        usual = _SHARED.search(folded, c.start, c.end) is not None
        own = _OWN_MATERIAL.search(folded, max(0, c.start - _REACH), c.start) is not None
    return Looks(
        c.kind, c.value, c.style, c.place, habits.own_cost[i], habits.in_set[i], habits.above[i], habits.asked[i], sourced, coming,
        habits.below_heading[i], usual, own, habits.own_key[i], inside,
    )
