"""Text that a page lays out piece by piece (绝对定位): readers of documents put each piece of a line where it stands in the original.

The pieces of a line have one height on the page, whatever elements they are; a piece at another height begins a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Place = tuple[float, float]  # how far down or up, how far from the left
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(px|pt|%|em|rem)?")
_SAME = {"%": 0.25, "em": 0.2, "rem": 0.2}  # what letters of two fonts on one line may differ by; 3 for points
_WIDE_GAP = 1.7  # times the usual width of a letter


def place_of(declared: Mapping[str, str]) -> Place | None:
    """Where an element is put, if it is; heights in one unit, so that those of a line differ by less than 1."""
    down, up = declared.get("top"), declared.get("bottom")
    across = _LENGTH.search(declared.get("left", ""))
    high = _LENGTH.search(down or up or "")
    if high is None or across is None:
        return None
    return float(high[1]) / _SAME.get(high[2], 3.0) * (1 if down else -1), float(across[1])


class Placed:
    """The piece before, as long as nothing but such pieces follows."""

    def __init__(self) -> None:
        self._at: Place | None = None
        self._length = 0  # of the text where it began
        self._width = self._letter = 0.0  # of a letter of the piece before, and the least seen

    def leave(self) -> None:
        """Something else begins."""
        self._at = None

    def goes_on(self, place: Place, length: int) -> bool:
        """Whether a piece at ``place`` goes on with the line; ``length`` is that of the text before it."""
        before, letters = self._at, length - self._length
        self._at, self._length = place, length
        if before is None or abs(before[0] - place[0]) >= 1 or place[1] <= before[1] or not letters:
            return False
        self._width = (place[1] - before[1]) / letters
        self._letter = min(self._letter or self._width, self._width)
        return True

    @property
    def gap(self) -> bool:
        """Whether the piece that goes on stands apart from the one before."""
        return self._width > _WIDE_GAP * self._letter
