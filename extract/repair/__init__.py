"""Mending what is provably damaged (修复), entered at two places: the page before it is cut, the wording after.

The order of the families is the order in which damage undoes: bytes first, then what a mirror or a site put in, then figures.
"""

from __future__ import annotations

from ..model import Document, Knowledge, Reading, Repair
from . import engine
from .rule import Rule
from .rules import brackets, debris, entities, grid, inserts, labels, mojibake, pinyin, traditional, wordcodes

PAGE_FAMILIES: tuple[tuple[Rule, ...], ...] = (
    mojibake.RULES,
    debris.RULES,
    entities.RULES,
    grid.RULES,
    pinyin.RULES + traditional.RULES,
    wordcodes.RULES,
    inserts.RULES,
    brackets.RULES,
    labels.RULES,
)


def mend_page(reading: Reading, *, policy: str = "safe", knowledge: Knowledge = Knowledge()) -> tuple[Repair, ...]:
    """Repairs of the page itself (页面修复), before it is cut into documents. Offsets in characters of ``reading.text``.

    ValueError for a policy other than off, safe, suggest.
    """
    return engine.mend(reading.text, PAGE_FAMILIES, policy=policy, knowledge=knowledge)


def mend_questions(
    text: str, documents: tuple[Document, ...], ledger: tuple[Repair, ...], *, policy: str = "safe", knowledge: Knowledge = Knowledge()
) -> tuple[Repair, ...]:
    """Repairs of wording (文字修复), after the questions are known; none overlaps an entry of ``ledger``."""
    return ()
