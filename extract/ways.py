"""What the marks between two numbers cost (各处代价), kept by their looks: nearly all of a page look like some before them.

What an option or an answer's cue costs depends on its looks and on what is open, not on the last number. So a mark that looks like
an earlier one costs what that one cost, and so does a whole stretch of them (A B C D 答案 解析).
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, TypeVar

from .habits import Habits
from .markers import MAT, Candidate
from .passing import PASSING
from .state import LooseTake, Stand
from .taking import TAKING

BEAM = 8
LONGEST = 16  # marks of a stretch
MARGIN = 10.0  # what a path may cost more than the best and still be followed

Counted = tuple[object, int, str, int] | None  # the marks counted before, the place of a mark in its stretch, action, number
End = tuple[float, Stand, bool, Counted]  # the cost of a stretch, where it ends, whether the sub-number is as before, its marks counted
COST = itemgetter(0)
_INSIDE: tuple[float, list[LooseTake]] = 0.0, []  # the ways of a mark inside the one that was counted last
P = TypeVar("P", bound=tuple[Any, ...])


class Ways(dict[Stand, tuple[float, list[LooseTake]]]):
    """Where the reading stands -> what it costs to pass a mark over, and the ways to count it; worked out when first asked for."""

    def __init__(self, folded: str, c: Candidate, i: int, habits: Habits) -> None:
        self.mark = folded, c, i, habits

    def __missing__(self, stand: Stand) -> tuple[float, list[LooseTake]]:
        folded, c, i, habits = self.mark
        ways = self[stand] = PASSING[c.kind](c, stand, i, habits), TAKING[c.kind](folded, c, stand, i, habits)
        return ways


class Stretch(dict[Stand, list[End]]):
    """Where the reading stands before a stretch -> its best paths, the cheapest first; worked out when first asked for.

    ``marks``: the ways of each, and how many of those after it begin inside it.
    """

    def __init__(self, marks: list[tuple[Ways, int]]) -> None:
        self.marks = marks

    def __missing__(self, stand: Stand) -> list[End]:
        beam: list[tuple[float, Stand, bool, Counted, int]] = [(0.0, stand, True, None, 0)]
        for k, (ways, inside) in enumerate(self.marks):
            coming: dict[tuple[Stand, bool], tuple[float, Stand, bool, Counted, int]] = {}
            for reached in beam:
                cost, stood, kept, counted, until = reached
                over, takes = ways[stood] if k >= until else _INSIDE
                known = coming.get((stood, kept))
                if known is None or cost + over < known[0]:
                    coming[stood, kept] = (cost + over, stood, kept, counted, until)
                for extra, opened, keeps, action, value in takes:
                    after = opened, kept and keeps
                    known = coming.get(after)
                    if known is None or cost + extra < known[0]:
                        coming[after] = (cost + extra, *after, (counted, k, action, value), k + 1 + inside)
            beam = best(list(coming.values()))
        ends = self[stand] = [reached[:4] for reached in beam]
        return ends


def best(paths: list[P]) -> list[P]:
    """The paths that are still followed, the cheapest first."""
    if len(paths) < 2:
        return paths
    paths.sort(key=COST)
    limit = paths[0][0] + MARGIN
    return [path for path in paths[:BEAM] if path[0] <= limit]


def _looks(c: Candidate, i: int, habits: Habits) -> tuple[object, ...]:
    """All by which the cost of mark ``i`` can differ, of a kind that does not count on; the words that open a material matter."""
    return (
        c.kind, c.value, c.style, c.place, habits.own_cost[i], habits.in_set[i], habits.asked[i], habits.next_label[i],
        habits.below_heading[i], c.start if c.kind == MAT else 0,
    )


class Stretches:
    """The stretches of one document, each kept by the looks of its marks."""

    def __init__(self, folded: str, found: list[Candidate], habits: Habits) -> None:
        self._found = found
        self._marks: list[int] = []  # of each candidate its place in the table of looks, -1 for what is counted on
        self._table: list[tuple[Ways, int]] = []
        self._known: dict[tuple[int, ...], Stretch] = {}
        places: dict[tuple[object, ...], int] = {}
        for i, c in enumerate(found):
            if c.kind not in TAKING:
                self._marks.append(-1)
                continue
            inside = 0
            while i + inside + 1 < len(found) and found[i + inside + 1].start < c.end:
                inside += 1
            look = (*_looks(c, i, habits), inside)
            place = places.get(look)
            if place is None:
                place = places[look] = len(places)
                self._table.append((Ways(folded, c, i, habits), inside))
            self._marks.append(place)

    def end(self, i: int) -> int:
        """Where the stretch that begins with candidate ``i`` ends: at one that is counted on, or where it is long enough."""
        end = i + 1
        while end < len(self._marks) and end < i + LONGEST and self._marks[end] >= 0:
            end += 1
        return end

    def ends(self, start: int, end: int) -> Stretch:
        """What the marks from ``start`` to ``end`` cost."""
        marks = tuple(self._marks[start:end])
        stretch = self._known.get(marks)
        if stretch is None:
            stretch = self._known[marks] = Stretch([self._table[mark] for mark in marks])
        return stretch
