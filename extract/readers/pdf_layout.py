"""The reading order of a page (版面顺序): which lines come after which, from where they lie.

The order in which a PDF draws its text is nearly always the order of reading, columns and cells included, so it is kept unless
the page says otherwise: text that is drawn late but stands above what was drawn before it, and columns drawn row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a printed line and its box in points; ``top`` grows downwards from the head of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float = 10.0  # height of the letters


def in_order(rows: Sequence[Sequence[Line]], height: float = 842) -> list[list[Line]]:
    """The lines of a page of ``height`` points in reading order.

    ``rows`` are the lines as drawn, each split where its letters stand apart (a gutter, a tab); the pieces of a line stay
    together unless they turn out to lie in different columns.
    """
    gutter = _gutter(rows)
    if gutter is not None:
        return _by_column(rows, gutter)
    return _by_block(rows, height)


def _gutter(rows: Sequence[Sequence[Line]]) -> float | None:
    """The middle of the empty strip between two columns that are drawn row by row; None where there are no such columns.

    Options set in columns look alike but are short: both columns must be wide, and most of their lines full.
    """
    pieces = [piece for row in rows for piece in row]
    both = [row for row in rows if len(row) == 2]
    if len(both) < 6 or len(both) * 2 < len(rows):
        return None
    size = sorted(p.size for p in pieces)[len(pieces) // 2]
    ends = sorted(row[0].right for row in both)
    starts = sorted(row[1].left for row in both)
    end, start = ends[-1 - len(ends) // 20], starts[len(starts) // 20]
    if start - end < size:
        return None
    middle = (start + end) / 2
    crossing = sum(p.left < middle - size and p.right > middle + size for p in pieces)
    if crossing * 5 > len(rows):
        return None
    left = [p for p in pieces if p.right <= middle]
    right = [p for p in pieces if p.left >= middle]
    for column in (left, right):
        width = max(p.right for p in column) - min(p.left for p in column)
        full = sum(p.right - p.left > 0.6 * width for p in column)
        if width < 12 * size or full * 2 < len(column):
            return None
    return middle


def _by_column(rows: Sequence[Sequence[Line]], gutter: float) -> list[list[Line]]:
    """Between two lines that cross the gutter, the left column comes before the right one."""
    ordered: list[list[Line]] = []
    left: list[list[Line]] = []
    right: list[list[Line]] = []
    for row in sorted(rows, key=lambda row: min(p.top for p in row)):
        if any(p.left < gutter < p.right for p in row):
            ordered += (*left, *right, list(row))
            left, right = [], []
            continue
        one, other = [p for p in row if p.right <= gutter], [p for p in row if p.left >= gutter]
        if one:
            left.append(one)
        if other:
            right.append(other)
    return [*ordered, *left, *right]


def _by_block(rows: Sequence[Sequence[Line]], height: float) -> list[list[Line]]:
    """The order of drawing, with a block that stands above an earlier one in the same column moved before it."""
    blocks: list[list[list[Line]]] = []
    for row in rows:
        if blocks and row[0].top >= blocks[-1][-1][0].top - row[0].size:
            blocks[-1].append(list(row))
        else:
            blocks.append([list(row)])
    placed: list[tuple[tuple[float, float, float, float], list[list[Line]]]] = []
    for block in blocks:
        box = _box(block)
        at = len(placed)
        # Only a few steps back: a page of scattered words must not cost the square of their number.
        for step in range(at, max(0, at - 50), -1):
            other, its_rows = placed[step - 1]
            overlap = min(box[1], other[1]) - max(box[0], other[0])
            foot = len(its_rows) == 1 and other[2] > 0.9 * height  # a page number that is drawn first
            if other[2] >= box[3] - 1 and (foot or overlap * 2 > min(box[1] - box[0], other[1] - other[0])):
                at = step - 1
            else:
                break
        placed.insert(at, (box, block))
    return [row for _, block in placed for row in block]


def _box(block: Sequence[Sequence[Line]]) -> tuple[float, float, float, float]:
    pieces = [p for row in block for p in row]
    return min(p.left for p in pieces), max(p.right for p in pieces), min(p.top for p in pieces), max(p.bottom for p in pieces)
