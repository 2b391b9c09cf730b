"""Where a line of a PDF was wrapped (PDF 的折行): it is as full as its column, and what begins the next one would not have fitted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_UNIT = re.compile(r"[!-~]+|\S[，。、；：？！）》】”’,.;:?!)\]]*")  # what is not cut at the end of a line
_LATIN = 0.6       # of a letter's height: the width of a Latin one
_EM = 1.15         # of a letter's height: the width of a Chinese one, with the space around its ink
_STEP = 2.0        # points
_LEAST = 3         # lines that end at an edge, so that it is one
_SHARE = 50        # of so many lines one
_CLOSE = (0.8, 2.6)  # heights of a letter from one line of a paragraph to the next
CELLS = 3         # pieces of a line that is a row of a table
_LIKE = 1.25       # so much may letters of one paragraph differ


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printed line lies, in points; ``size`` is the height of its letters, ``half`` the half of the page where it begins.

    ``pieces`` are those that wide gaps part.
    """

    left: float
    right: float
    top: float
    size: float
    half: int
    pieces: int


def wrapped(pages: Sequence[Sequence[tuple[str, Place] | None]]) -> list[list[bool]]:
    """For each line of each page whether the next goes on with its sentence.

    ``pages`` are the text and place of the lines in reading order, None for a running head or a page number.
    """
    places = [line[1] for page in pages for line in page if line]
    edges = {half: _edge([place for place in places if place.half == half]) for half in (0, 1)}
    out = []
    for page in pages:
        own = [a is not None and b is not None and _goes_on(a[1], b, edges[a[1].half]) for a, b in pairwise(page)]
        out.append([*own, False][: len(page)])
    return out


def _edge(places: Sequence[Place]) -> float | None:
    """The right edge of a column: the furthest one where several lines end."""
    if not places:
        return None
    ends = Counter(int(place.right // _STEP) for place in places)
    size = sorted(place.size for place in places)[len(places) // 2]
    least = max(_LEAST, len(places) // _SHARE)
    near = int(size // _STEP)
    for end in sorted(ends, reverse=True):
        if sum(ends[end - k] for k in range(near + 1)) >= least:
            return (end + 1) * _STEP
    return None


def _goes_on(place: Place, following: tuple[str, Place], edge: float | None) -> bool:
    text, below = following
    unit = _UNIT.match(text)
    if edge is None or unit is None or place.half != below.half or place.pieces >= CELLS:
        return False
    size = place.size
    width = len(unit[0]) * (_LATIN if unit[0][0].isascii() else _EM) * size
    return (
        edge - place.right < width + 0.2 * size
        and _CLOSE[0] * size < below.top - place.top < _CLOSE[1] * size
        and size < _LIKE * below.size and below.size < _LIKE * size
        and place.left - 4 * size < below.left < place.left + 0.6 * size
    )
