"""A question as one row of cells, for csv and xlsx (表格)."""

from __future__ import annotations

from collections.abc import Iterable

from .row import Row
from .text import TYPE_NAMES, answer_text, section_path

PROVENANCE = ("来源", "网址", "许可")


def widest(rows: Iterable[Row]) -> int:
    """How many option columns the rows need, at least the four that importers expect."""
    return max((len(row.question.options) for row in rows), default=4) if rows else 4


def option_names(width: int) -> list[str]:
    """选项A, 选项B, ... for at least four columns; numbers after Z."""
    return [f"选项{chr(ord('A') + n) if n < 26 else n + 1}" for n in range(max(4, width))]


def common_cells(row: Row, stem: str, notes: str, width: int) -> list[str]:
    """题型 题干 选项.. 答案 解析 难度 章节, in the order that the common importers of question sheets expect.

    Options keep the printed order; a label that is not its column's letter stays before its text.
    """
    q = row.question
    options = [
        o.text if o.label == chr(ord("A") + n) else f"{o.label}. {o.text}" for n, o in enumerate(q.options)
    ]
    options += [""] * (max(4, width) - len(options))
    return [
        TYPE_NAMES.get(q.type, ""), stem, *options, answer_text(q), notes, q.difficulty or "", section_path(q),
    ]


def provenance_cells(row: Row) -> list[str]:
    """Source name, address and licence."""
    return [row.source.name, row.source.url or "", row.licence or ""]
