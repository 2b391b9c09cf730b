"""``cmmlu-csv``: the columns of the CMMLU test files (number, Question, A, B, C, D, Answer), UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO

from .evaluation import complete
from .how import How
from .row import Lost, Row, unplaced
from .table import provenance_cells


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """Complete single choice only. The files are read by programs: cells are as they are, without a guard against formulas."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["", "Question", "A", "B", "C", "D", "Answer", *(("Source", "URL", "Licence") if how.provenance else ())])
    number = 0
    for row in rows:
        test = complete(row, lost)
        if test is None:
            continue
        unplaced(row.question, lost, "explanation", "commentary", "score", "difficulty", "knowledge")
        table.writerow([number, test.question, *test.options, test.answer, *(provenance_cells(row) if how.provenance else ())])
        number += 1
    text.detach()
