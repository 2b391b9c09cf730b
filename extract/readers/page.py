"""A reading as it grows (排版 -> 阅读文本): lines, cells, and the runs of bold, colour and their kind, for every container with a layout.

A block, a paragraph or a table row is a line; the cells of a row stand between tabs. Breaks are asked for and written only when
text follows, so that empty elements leave no trace and a cell of one paragraph stays on the line of its row.
"""

from __future__ import annotations

from ..model import Mark
from .bank import unfold
from .colors import telling_colors
from .runs import PLAIN, Runs, Style

_LONGEST_BLANK = 200  # of underlined space that is kept in hand: more says no more
_BLANKS = " \t\n\xa0\u3000"


class Page:
    """The text and marks under construction. Every method is constant time; ``finish`` is one pass."""

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[str] = []
        self._spans: list[tuple[int, int, str, str]] = []
        self._runs = Runs()
        self._line_start = 0
        self._cells: list[int] = []  # where the open cells begin, innermost last
        self._tables: list[list[list[tuple[int, int]]]] = []  # the open tables: rows of cell spans
        self._grids: list[tuple[int, int, list[list[tuple[int, int]]]]] = []  # the tables that are done and hold no other
        self._break = False  # a line end is due before the next text
        self._tabs = 0  # cells that ended since the last text of this row
        self._blank: str | None = None  # underlined space that may turn out to be a blank to fill in
        self._filled = False  # text was written under the present underline
        self._boxes: list[str] = []  # the kinds of the boxes that stand before the next text
        self._behind: dict[str, int] = {}  # where the line's text after its first box of a kind begins

    def write(self, text: str, style: Style = PLAIN) -> None:
        """Text of one line (no line ends in it)."""
        if style.underline or self._blank is not None:
            self._underlined(text, style)
        elif not text:
            return
        elif self._break or self._tabs or self._boxes or style is not self._runs.style:
            self._put(text, style)
        else:
            self._pieces.append(text)
            self.length += len(text)

    def _underlined(self, text: str, style: Style) -> None:
        """Text with an underline, or after one: space in it may be a blank to fill in."""
        if not text:
            return
        if style.underline and not text.strip(_BLANKS):
            if not self._runs.style.underline and self._blank is None:
                self._filled = False
            self._blank = ((self._blank or "") + text)[:_LONGEST_BLANK]
            return
        if self._blank is not None:
            self._settle(style.underline)
        self._put(text, style)
        self._filled = style.underline

    def block(self) -> None:
        """What follows stands on a line of its own."""
        if self._blank is not None:
            self._settle(False)
        if not self._break and self.length > (self._cells[-1] if self._cells else self._line_start) and self.length > self._line_start:
            self._break = True

    def rejoin(self) -> None:
        """What follows stands on the line of what is written, though a block ended there."""
        self._break = False

    def newline(self) -> None:
        """A line break that the page asks for (<br>, w:br); the second of two leaves an empty line, the third nothing more."""
        if self._blank is not None:
            self._settle(False)
        if self._cells and self.length == self._cells[-1]:
            return  # a break before the first text of a cell moves nothing
        if self._break or self.length > self._line_start or (self.length and self._pieces[-2:] != ["\n", "\n"]):
            self._end_line()

    def blank_line(self) -> None:
        """An empty line (at most one) before what follows."""
        self.block()
        if self._break:
            self._end_line()
        if self.length and self._pieces[-2:] != ["\n", "\n"]:
            self._end_line()

    def open_table(self) -> None:
        """A table begins."""
        self.block()
        self._tables.append([[]])

    def close_table(self, start: int) -> None:
        """The table that began at ``start`` ends."""
        rows = [row for row in self._tables.pop() if row] if self._tables else []
        if self._tables:
            self._tables[-1] = []  # a table that holds another lays out the page
        if rows and self.length > start:
            self.span(start, "table")
            self._grids.append((rows[0][0][0], self.length, rows))
        self.block()

    def open_cell(self) -> int:
        """A table cell begins; the place is for ``span``."""
        self._cells.append(self.length)
        return self.length

    def close_cell(self) -> None:
        """The cell ends: a tab, or a line end where the cell itself had several lines."""
        if self._blank is not None:
            self._settle(False)
        start = self._cells.pop()
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].append((start, self.length))
        if self.length == start:
            self._tabs += 1
        elif self._line_start > start:
            self._break, self._tabs = True, 0
        else:
            self._break, self._tabs = False, 1

    def close_row(self) -> None:
        """The row ends; its empty last cells leave nothing."""
        self._tabs = 0
        if self._tables and self._tables[-1]:
            self._tables[-1].append([])
        self.block()

    def span(self, start: int, kind: str, value: str = "") -> None:
        """A mark from ``start`` to here; white space at its ends is taken off at the end, and an empty one is left out."""
        if self.length > start:
            self._spans.append((start, self.length, kind, value))

    def box(self, kind: str) -> None:
        """A box (``checkbox``, or ``checked`` if ticked): what follows on this line is marked so."""
        self._boxes.append(kind)

    def at_line_start(self) -> bool:
        """Whether the next text begins a line (or a cell)."""
        return self._break or self.length <= max(self._line_start, self._cells[-1] if self._cells else 0)

    def last(self) -> str:
        """The last character written on this line, or an empty string."""
        if self._break or self._tabs or self.length == self._line_start or not self._pieces:
            return ""
        return self._pieces[-1][-1]

    def tail(self) -> str:
        """The end of what is written, at least a few characters of it."""
        return "".join(self._pieces[-4:])

    def finish(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and its marks in order."""
        self.block()
        self._plain()
        self._end_boxes()
        text = "".join(self._pieces).rstrip("\n")
        marks, size = [], len(text)
        for start, end, kind, value in (*self._spans, *self._runs.ended):
            if end > size:
                end = size
            while start < end and text[start] in _BLANKS:
                start += 1
            while end > start and text[end - 1] in _BLANKS:
                end -= 1
            if start < end:
                marks.append(Mark(start, end, kind, value))
        marks.sort(key=lambda m: (m.start, -m.end))
        text, marks = unfold(text, marks, self._grids)
        return text, telling_colors(marks, text)

    def _put(self, text: str, style: Style) -> None:
        if self._break or self._tabs:
            before, tabs = self.length, self._tabs
            if self._break:
                self._end_line()
            if tabs:
                self._plain()
                self._pieces.append("\t" * tabs)
                self.length += tabs
                self._tabs = 0
            k = len(self._cells) - 1
            while k >= 0 and self._cells[k] >= before:  # the cells that this text is the first of begin with it
                self._cells[k] = self.length
                k -= 1
        if self._boxes:
            for kind in self._boxes:
                self._behind.setdefault(kind, self.length)
            self._boxes = []
        if style is not self._runs.style:
            self._runs.change(style, self.length)
        self._pieces.append(text)
        self.length += len(text)

    def _settle(self, underlined: bool) -> None:
        """Decide what an underlined space was: a blank to fill in, or the margin of underlined words."""
        blank, self._blank = self._blank or "", None
        if not underlined and not self._filled and (len(blank) > 1 or blank in "\t\xa0\u3000"):
            self._put("____", PLAIN)
        elif not self.at_line_start():
            self._put(blank, self._runs.style)

    def _plain(self) -> None:
        if self._runs.style is not PLAIN:
            self._runs.change(PLAIN, self.length)

    def _end_line(self) -> None:
        self._plain()
        if self._behind:
            self._end_boxes()
        self._pieces.append("\n")
        self.length += 1
        self._line_start = self.length
        self._break = self._filled = False
        self._tabs = 0

    def _end_boxes(self) -> None:
        for kind, start in self._behind.items():
            self.span(start, kind)
        self._behind = {}


def placeholder(what: str, name: str) -> str:
    """``[图:name]``, ``[公式:x^2]`` (占位符): one line, and no bracket inside that would end it early."""
    name = " ".join(name.split()).replace("[", "［").replace("]", "］")
    return f"[{what}:{name}]" if name else f"[{what}]"
