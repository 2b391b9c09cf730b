"""The ledger of changes (修复账本): replay and undo, and the text as it stands after some of its entries.

All entries are edits in the coordinates of the untouched reading text and never overlap, so that replaying is one pass,
undoing is exact, and every character of the mended text knows where it came from.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from .model import Repair


class Patched:
    """A text under edits: the mended text and the way back to the source, both directions in O(log edits)."""

    __slots__ = ("_ends", "_mended", "_mended_ends", "_starts", "source", "text")

    def __init__(self, source: str, edits: Iterable[tuple[int, int, str]]) -> None:
        """``edits`` are (start, end, after) in the source, in order and without overlap; ValueError otherwise."""
        self.source = source
        pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._mended: list[int] = []
        self._mended_ends: list[int] = []
        at = length = 0
        for start, end, after in edits:
            if start < at or end < start or end > len(source):
                raise ValueError(f"edit [{start}, {end}) overlaps the one before it or leaves the text")
            pieces += (source[at:start], after)
            length += start - at
            self._starts.append(start)
            self._ends.append(end)
            self._mended.append(length)
            length += len(after)
            self._mended_ends.append(length)
            at = end
        pieces.append(source[at:])
        self.text = "".join(pieces)

    @property
    def unchanged(self) -> bool:
        """Whether there is no edit: every place is its own."""
        return not self._starts

    def to_source(self, position: int) -> int:
        """The place in the source of a place in the mended text; inside a replacement, the replaced span's start."""
        if not self._starts:
            return position
        k = bisect_right(self._mended, position) - 1
        if k < 0:
            return position
        if position >= self._mended_ends[k]:
            return self._ends[k] + position - self._mended_ends[k]
        return min(self._ends[k], self._starts[k] + position - self._mended[k])

    def to_mended(self, position: int) -> int:
        """The place in the mended text of a place in the source; inside a replaced span, the replacement's start."""
        k = bisect_right(self._starts, position) - 1
        if k < 0:
            return position
        if position >= self._ends[k]:
            return self._mended_ends[k] + position - self._ends[k]
        return self._mended[k]

    def touched(self, start: int, end: int) -> bool:
        """Whether an edit lies in ``[start, end)`` of the source."""
        k = bisect_left(self._ends, start)
        return k < len(self._starts) and self._starts[k] < end


def in_order(repairs: Iterable[Repair]) -> list[Repair]:
    """The applied entries in the order of the text."""
    return sorted((r for r in repairs if r.applied), key=lambda r: (r.start, r.end))


def patch(text: str, repairs: Iterable[Repair]) -> Patched:
    """The text under the applied entries. ValueError if they overlap or do not fit the text."""
    applied = in_order(repairs)
    for r in applied:
        if text[r.start : r.end] != r.before:
            raise ValueError(f"repair {r.id} ({r.rule}) expects {r.before!r} at {r.start}")
    return Patched(text, [(r.start, r.end, r.after) for r in applied])


def replay(text: str, repairs: Iterable[Repair]) -> str:
    """The reading text with every applied entry of the ledger carried out."""
    return patch(text, repairs).text


def undo(mended: str, repairs: Iterable[Repair]) -> str:
    """The reading text back from the mended one. ValueError if the ledger does not fit it."""
    pieces: list[str] = []
    at = shift = 0
    for r in in_order(repairs):
        start = r.start + shift
        if start < at or mended[start : start + len(r.after)] != r.after:
            raise ValueError(f"repair {r.id} ({r.rule}) left {r.after!r}, which is not at {start}")
        pieces += (mended[at:start], r.before)
        at = start + len(r.after)
        shift += len(r.after) - len(r.before)
    pieces.append(mended[at:])
    return "".join(pieces)


def fingerprint(text: str, repair: Repair) -> str:
    """What a repair is, whatever the run: its rule, change and 12 characters on either side. Used to remember refusals."""
    around = text[max(0, repair.start - 12) : repair.start] + "\x00" + text[repair.end : repair.end + 12]
    return hashlib.sha256("\x00".join((repair.rule, repair.before, repair.after, around)).encode("utf-8", "replace")).hexdigest()[:24]
