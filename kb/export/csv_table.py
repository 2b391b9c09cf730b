"""``csv``: one row a question, UTF-8 with a byte order mark so that Excel opens it as it is (电子表格)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import IO

from .how import How
from .row import Lost, Row
from .table import PROVENANCE, common_cells, option_names, provenance_cells, widest
from .text import score_text

FORMULA = re.compile(r"[=+\-@\t\r](?!\s*[0-9.,]+%?\s*\Z)")
"""What a spreadsheet would run. Plain numbers (-5, +3.2) are left alone."""

MORE = ("分值", "知识点", "材料", "点评", "文档", "题号")


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """One row a question; a cell that would be run as a formula gets an apostrophe before it, and is counted."""
    width = widest(rows)
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\r\n")
    head = ["题型", "题干", *option_names(width), "答案", "解析", "难度", "章节", *MORE]
    table.writerow([*head, *PROVENANCE] if how.provenance else head)
    for row in rows:
        q = row.question
        cells = common_cells(row, q.stem, q.explanation or "", width)
        cells += [
            score_text(q.score), q.knowledge or "", q.material or "", q.commentary or "", row.title or "",
            q.printed_number or ("" if q.number is None else str(q.number)),
        ]
        if how.provenance:
            cells += provenance_cells(row)
        table.writerow([_guarded(cell, lost) for cell in cells])
    text.detach()


def _guarded(cell: str, lost: Lost) -> str:
    if FORMULA.match(cell):
        lost["cell_guarded"] += 1
        return "'" + cell
    return cell
