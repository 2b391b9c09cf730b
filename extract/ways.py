"""What the marks between two numbers cost (各处代价), kept by their looks: nearly all of a page look like some before them.

What an option or an answer's cue costs depends on its looks and on what is open, not on the last number. So a mark that looks like
an earlier one, of this page or another, costs what that one cost, and so does a whole stretch of them (A B C D 答案 解析).
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from .habits import Habits
from .mark_looks import Looks, looks_of
from .markers import Candidate
from .passing import PASSING
from .state import LooseTake, Stand
from .taking import TAKING

BEAM = 8
LONGEST = 16  # marks of a stretch
KEPT = 1024  # looks, and stretches, that are remembered from page to page
MARGIN = 10.0  # what a path may cost more than the best and still be followed

Counted = tuple[object, int, str, int] | None  # the marks counted before, the place of a mark in its stretch, action, number
End = tuple[float, Stand, bool, Counted]  # the cost of a stretch, where it ends, whether the sub-number is as before, its marks counted
COST = itemgetter(0)
_INSIDE: tuple[float, list[LooseTake]] = 0.0, []  # the ways of a mark inside the one that was counted last
P = TypeVar("P", bound=tuple[Any, ...])


class Ways:
    """What it costs to pass a mark over, and the ways to count it; worked out for each place where the reading stands when first asked."""

    __slots__ = ("_known", "_looks", "inside")

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._known: dict[Stand, tuple[float, list[LooseTake]]] = {}
        self.inside = looks.inside

    def at(self, stand: Stand) -> tuple[float, list[LooseTake]]:
        """The same where the reading stands so."""
        ways = self._known.get(stand)
        if ways is None:
            kind = self._looks.kind
            ways = self._known[stand] = PASSING[kind](self._looks, stand), TAKING[kind](self._looks, stand)
        return ways


class Stretch(dict[Stand, list[End]]):
    """Where the reading stands before a stretch -> its best paths, the cheapest first; worked out when first asked for."""

    def __init__(self, marks: tuple[Ways, ...]) -> None:
        self.marks = marks

    def __missing__(self, stand: Stand) -> list[End]:
        beam: list[tuple[float, Stand, bool, Counted, int]] = [(0.0, stand, True, None, 0)]
        for k, ways in enumerate(self.marks):
            coming: dict[tuple[Stand, bool], tuple[float, Stand, bool, Counted, int]] = {}
            for reached in beam:
                cost, stood, kept, counted, until = reached
                over, takes = ways.at(stood) if k >= until else _INSIDE
                known = coming.get((stood, kept))
                if known is None or cost + over < known[0]:
                    coming[stood, kept] = (cost + over, stood, kept, counted, until)
                for extra, opened, keeps, action, value in takes:
                    after = opened, kept and keeps
                    known = coming.get(after)
                    if known is None or cost + extra < known[0]:
                        coming[after] = (cost + extra, *after, (counted, k, action, value), k + 1 + ways.inside)
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


@lru_cache(maxsize=KEPT)
def _ways(looks: Looks) -> Ways:
    return Ways(looks)


@lru_cache(maxsize=KEPT)
def stretch_of(*marks: Ways) -> Stretch:
    """The stretch of these marks, remembered."""
    return Stretch(marks)


class Stretches:
    """The stretches of one document, each kept by the looks of its marks."""

    def __init__(self, folded: str, found: list[Candidate], habits: Habits) -> None:
        self._marks: list[Ways | None] = []  # None for a candidate that is counted on
        for i, c in enumerate(found):
            if c.kind not in TAKING:
                self._marks.append(None)
                continue
            inside = 0
            while i + inside + 1 < len(found) and found[i + inside + 1].start < c.end:
                inside += 1
            self._marks.append(_ways(looks_of(folded, c, i, habits, inside)))

    def end(self, i: int) -> int:
        """Where the stretch that begins with candidate ``i`` ends: at one that is counted on, or where it is long enough."""
        end = i + 1
        while end < len(self._marks) and end < i + LONGEST and self._marks[end]:
            end += 1
        return end

    def ends(self, start: int, end: int) -> Stretch:
        """What the marks from ``start`` to ``end`` cost."""
        return stretch_of(*self._marks[start:end])
