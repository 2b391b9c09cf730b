"""``hf``: JSON lines for ``datasets.load_dataset("json", ...)``: question, A, B, C, D, answer, explanation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from .evaluation import LABELS, complete
from .how import How
from .row import Lost, Row, unplaced


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """Complete single choice only; every line has the same keys, so that the columns get one type."""
    for row in rows:
        test = complete(row, lost)
        if test is None:
            continue
        unplaced(row.question, lost, "commentary", "score", "difficulty", "knowledge")
        line: dict[str, str | list[str] | None] = {
            "question": test.question,
            **dict(zip(LABELS, test.options, strict=True)),
            "answer": test.answer,
            "explanation": test.explanation,
            "section": list(row.question.section),
        }
        if how.provenance:
            line |= {"source": row.source.name, "url": row.source.url, "license": row.licence}
        out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
