"""Mending what is provably damaged (修复), entered at two places: the page before it is cut, the wording after.

The order of the families is the order in which damage undoes: bytes first, then what a mirror or a site put in, then figures.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from ..ledger import Patched, patch
from ..model import Document, Knowledge, Question, Reading, Repair
from . import engine, zones
from .rule import Rule
from .rules import (
    alike,
    blanks,
    brackets,
    debris,
    doubled,
    english,
    entities,
    grid,
    half_stops,
    inserts,
    labels,
    lost,
    masks,
    mojibake,
    noise,
    ocr,
    passages,
    phrases,
    pinyin,
    rewriting,
    series,
    spacing,
    steps,
    stops,
    traditional,
    typing,
    wordcodes,
)

PAGE_FAMILIES: tuple[tuple[Rule, ...], ...] = (
    mojibake.RULES + half_stops.RULES,
    debris.RULES,
    entities.RULES,
    grid.RULES,
    pinyin.RULES + traditional.RULES,
    doubled.RULES,
    wordcodes.RULES,
    inserts.RULES,
    noise.RULES,
    brackets.RULES + blanks.RULES,
    labels.RULES + stops.RULES + series.RULES + steps.RULES + phrases.RULES,
)


QUESTION_FAMILIES: tuple[tuple[Rule, ...], ...] = (
    spacing.RULES,
    ocr.RULES + alike.RULES,
    english.RULES,
    rewriting.RULES,
    typing.RULES,
    lost.RULES + masks.RULES,
    passages.RULES,
)
_NOTHING = Knowledge()


def mend_page(reading: Reading, *, policy: str = "safe", knowledge: Knowledge = _NOTHING) -> tuple[Repair, ...]:
    """Repairs of the page itself (页面修复), before it is cut into documents. Offsets in characters of ``reading.text``.

    ValueError for a policy other than off, safe, suggest.
    """
    return engine.mend(reading.text, PAGE_FAMILIES, policy=policy, knowledge=knowledge)


def mend_questions(
    text: str, documents: tuple[Document, ...], ledger: tuple[Repair, ...], *, policy: str = "safe", knowledge: Knowledge = _NOTHING
) -> tuple[Repair, ...]:
    """Repairs of wording (文字修复), after the questions are known; none overlaps an entry of ``ledger``.

    Questions that ask for wrong characters, readings or faulty sentences are left alone, answers are never changed, and no repair
    makes two options of a question equal.
    """
    copies = tuple(r.before for r in ledger if r.rule == "doubled-page")
    if copies:  # what a page printed twice says in the copy that went is evidence about the one that stays
        knowledge = replace(knowledge, passages=(*knowledge.passages, *copies))
    parts = tuple(sorted([p for d in documents for q in d.questions for p in q.parts], key=attrgetter("start", "end")))
    closed = tuple(q.span for d in documents for q in d.questions if zones.ASKING.search(q.stem) or zones.ASKING.search(q.material or ""))
    found = engine.mend(text, QUESTION_FAMILIES, policy=policy, knowledge=knowledge, taken=ledger, parts=parts, closed=closed)
    return _distinct(text, documents, ledger, found)


def _distinct(
    text: str, documents: tuple[Document, ...], ledger: tuple[Repair, ...], found: tuple[Repair, ...]
) -> tuple[Repair, ...]:
    """The repairs without those that make two options of one question equal, which become suggestions."""
    touched = [r for r in found if r.applied and r.field == "options"]
    if not touched:
        return found
    mended = patch(text, [*ledger, *found])
    before = patch(text, ledger)
    doubtful: set[Repair] = set()
    for question in (q for d in documents for q in d.questions):
        mine = [r for r in touched if question.span[0] <= r.start < question.span[1]]
        if mine and len(_options(question, mended)) < len(_options(question, before)):
            doubtful.update(mine)
    return tuple(replace(r, applied=False, confidence=0.5) if r in doubtful else r for r in found)


def _options(question: Question, patched: Patched) -> set[str]:
    """The different option texts of a question under some edits."""
    texts: dict[str, str] = {}
    for p in question.parts:
        if p.field.startswith("option:"):
            texts[p.field] = texts.get(p.field, "") + patched.text[patched.to_mended(p.start) : patched.to_mended(p.end)]
    return set(texts.values())
