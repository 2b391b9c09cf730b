"""Mending what is provably damaged (修复), entered at two places: the page before it is cut, the wording after."""

from __future__ import annotations

from ..model import Document, Knowledge, Reading, Repair


def mend_page(reading: Reading, *, policy: str = "safe", knowledge: Knowledge = Knowledge()) -> tuple[Repair, ...]:
    """Repairs of the page itself (页面修复), before it is cut into documents. Offsets in characters of ``reading.text``."""
    return ()


def mend_questions(
    text: str, documents: tuple[Document, ...], ledger: tuple[Repair, ...], *, policy: str = "safe", knowledge: Knowledge = Knowledge()
) -> tuple[Repair, ...]:
    """Repairs of wording (文字修复), after the questions are known; none overlaps an entry of ``ledger``."""
    return ()
