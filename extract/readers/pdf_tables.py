"""Tables of questions that a PDF draws with lines (PDF 题库表格): the letters in each cell, where the first row names the columns.

Other tables stay as they are printed. A table that goes on over pages is told by its columns, with its heading again or without.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .bank import header, paper
from .pdf_drawn import Rule
from .pdf_letters import Letters

Upright = tuple[float, float, float]  # x, top, bottom
_NEAR = 2.0  # points that drawn lines may lie apart and still meet
_LEAST, _MOST = 3, 120  # lines each way
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：？！（）“”]")
_OWN_LINE = re.compile(r"[（(]?(?:[A-H]|\d{1,2})\s?[.．、:：)）]")  # what begins a line in a cell, too


@dataclass(slots=True)
class Table:
    """A table of questions: what its columns hold and are called, its rows, the lines between the columns, and where it lies."""

    fields: list[str]
    names: list[str]
    rows: list[list[str]]
    edges: list[float]
    top: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is inside it."""
        return self.top < y < self.bottom and self.edges[0] < x < self.edges[-1]

    def lines(self) -> list[str]:
        """The lines of the paper that it is printed as."""
        return [line for line, _ in paper(self.fields, self.rows)]


def tables_of(letters: Letters, level: Sequence[Rule], upright: Sequence[Upright], before: Table | None) -> list[Table]:
    """The tables of questions of a page; ``before`` is the last one of the page before."""
    found: list[Table] = []
    for xs, ys in _grids(level, upright):
        rows = [row for row in _rows(letters, xs, ys) if any(row)]
        last = before if before is not None and not found and _alike(before.edges, xs) else None
        if last is not None and rows and all(cell.startswith(name) for cell, name in zip(rows[0], last.names, strict=True)):
            rows[0] = [cell.removeprefix(name).lstrip() for cell, name in zip(rows[0], last.names, strict=True)]  # no line below them
            rows = rows[not any(rows[0]) :]
            fields, names = last.fields, last.names
        elif (named := header(rows)) is not None:
            fields, first, below = named
            names, rows = rows[first], rows[below:]
        elif last is not None:
            fields, names = last.fields, last.names
        else:
            continue
        if last is not None and rows and last.rows and _goes_on(fields, rows[0]):
            last.rows[-1] = ["\n".join(filter(None, both)) for both in zip(last.rows[-1], rows[0], strict=False)]
            rows = rows[1:]
        found.append(Table(list(fields), names, rows, xs, ys[0], ys[-1]))
    return found


def _grids(level: Sequence[Rule], upright: Sequence[Upright]) -> list[tuple[list[float], list[float]]]:
    """The columns' and the rows' edges of each grid: lines that meet."""
    columns = _joined(upright)
    if len(columns) > _MOST or len(level) > _MOST * _LEAST:
        return []  # a drawing
    left = [False] * len(columns)
    grids = []
    for first in range(len(columns)):
        if left[first]:
            continue
        xs: list[float] = []
        ys: set[float] = set()
        ends: list[float] = []
        open_ = [first]
        left[first] = True
        while open_:
            x, top, bottom = columns[open_.pop()]
            xs.append(x)
            ends += top, bottom
            for rule in level:
                if rule.left - _NEAR <= x <= rule.right + _NEAR and top - _NEAR <= rule.y <= bottom + _NEAR and rule.y not in ys:
                    ys.add(rule.y)
                    for k, (other, high, low) in enumerate(columns):
                        met = rule.left - _NEAR <= other <= rule.right + _NEAR and high - _NEAR <= rule.y <= low + _NEAR
                        if met and not left[k]:
                            left[k] = True
                            open_.append(k)
        edges = _apart(xs), _apart([*ys, min(ends), max(ends)])  # a row that a page break cuts has no line below it
        if min(map(len, edges)) >= _LEAST:
            grids.append(edges)
    return sorted(grids, key=lambda grid: grid[1][0])


def _joined(upright: Sequence[Upright]) -> list[Upright]:
    """The lines that go on in one another, a line each."""
    out: list[Upright] = []
    for x, top, bottom in sorted(upright, key=lambda line: (round(line[0]), line[1])):
        if out and abs(out[-1][0] - x) < _NEAR and top - out[-1][2] < _NEAR:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], bottom))
        else:
            out.append((x, top, bottom))
    return out


def _apart(places: Sequence[float]) -> list[float]:
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > 2 * _NEAR:
            out.append(place)
    return out


def _rows(letters: Letters, xs: list[float], ys: list[float]) -> list[list[str]]:
    """The text of every cell: its lines joined where they only wrap."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for k, (left, right, top, bottom) in enumerate(letters.boxes):
        if not letters.text[k].isspace():
            column, row = bisect_right(xs, (left + right) / 2) - 1, bisect_right(ys, (top + bottom) / 2) - 1
            if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
                cells[row, column].append(k)
    return [[_text(letters, cells.get((row, column), ())) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]


def _text(letters: Letters, held: Sequence[int]) -> str:
    lines: list[str] = []
    before = -1
    for k in held:
        between = letters.text[before + 1 : k] if before >= 0 else "\n"
        if "\n" in between or "\r" in between or letters.boxes[k][2] > letters.boxes[before][3]:
            lines.append("")
        elif between:
            lines[-1] += " "
        lines[-1] += letters.text[k]
        before = k
    text = ""
    for line in lines:
        if text:
            text += "\n" if _OWN_LINE.match(line) else "" if _WIDE.match(text[-1]) or _WIDE.match(line[0]) else " "
        text += line
    return text


def _alike(edges: list[float], xs: list[float]) -> bool:
    return len(edges) == len(xs) and all(abs(a - b) < 2 * _NEAR for a, b in zip(edges, xs, strict=True))


def _goes_on(fields: Sequence[str], row: Sequence[str]) -> bool:
    """Whether the first row of a page is the rest of the last one before: it has neither number nor type, or asks nothing."""
    held = {field for field, cell in zip(fields, row, strict=False) if cell}
    heads = {"number", "type"} & set(fields)
    return bool(held) and (not heads & held if heads else "stem" not in held)
