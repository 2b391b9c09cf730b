"""``xlsx``: one sheet as the common importers of question sheets expect it (题型 题干 选项A.. 答案 解析 难度 章节)."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from .archive import Archive, chunks_of
from .how import How
from .row import Lost, Row, item, notes_of, prompt, unplaced
from .table import PROVENANCE, common_cells, option_names, provenance_cells, widest
from .text import NOT_XML

CELL = 32_767
"""The longest text that a cell holds (Excel's own limit)."""

SHEET = 1_000_000
"""Rows a sheet; Excel ends at 1,048,576."""


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """Streams the rows through openpyxl's write-only sheet. Every cell is text: nothing in it can run as a formula."""
    width = widest(rows)
    head = ["题型", "题干", *option_names(width), "答案", "解析", "难度", "章节", *(PROVENANCE if how.provenance else ())]
    book = Workbook(write_only=True)
    sheet = None
    for number, row in enumerate(rows):
        if number % SHEET == 0:
            sheet = book.create_sheet("题库" if number == 0 else f"题库{number // SHEET + 1}")
            sheet.append(head)
        q = row.question
        unplaced(q, lost, "score", "knowledge")
        cells = common_cells(row, prompt(item(q, Lost()), lost) if q.material else q.stem, notes_of(q), width)
        if how.provenance:
            cells += provenance_cells(row)
        assert sheet is not None
        sheet.append([_cell(sheet, cell, lost) for cell in cells])
    if sheet is None:
        book.create_sheet("题库").append(head)
    with tempfile.TemporaryFile() as rough:
        book.save(rough)
        rough.seek(0)
        _repack(rough, out)


def _cell(sheet: object, text: str, lost: Lost) -> WriteOnlyCell | None:
    if not text:
        return None
    clean = NOT_XML.sub("", text)
    if clean != text:
        lost["characters_removed"] += 1
    if len(clean) > CELL:
        lost["cell_shortened"] += 1
        clean = clean[: CELL - 1] + "…"
    cell = WriteOnlyCell(sheet, clean)
    cell.data_type = "s"
    return cell


def _repack(rough: IO[bytes], out: IO[bytes]) -> None:
    """The same members with fixed dates: openpyxl writes the time of the run into the package."""
    with zipfile.ZipFile(rough) as before, Archive(out) as after:
        for name in before.namelist():
            if name == "docProps/core.xml":
                after.add(name, [re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", before.read(name))])
            else:
                with before.open(name) as member:
                    after.add(name, chunks_of(member))
