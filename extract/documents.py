"""One piece of the page -> one document (单份文档): marks, path, outline, questions, in the mended text of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .assemble import build, count_on
from .builds import Build
from .candidates import find_candidates
from .chrome import Piece
from .fold import fold
from .model import Document, Mark, Part, Question
from .outline import Outline, Span, outline
from .questions import question
from .segment import segment
from .tables import find_tables

_QUESTION_LIKE = re.compile(
    r"[?]|[(\[][ _]*[)\]]|_{2,}|[:]$|(?:简述|试述|论述|说明|分析|解释|什么|如何|怎样|为什么|哪些|计算|证明|写出|列举|比较|谈谈|概括|翻译|求)"  # noqa: E501
)
_ASKS = re.compile(r"[?]|[(\[][ _]*[)\]]|_{2,}")
_NOT_BREAK = re.compile(r"[^\n]")
_REGULATION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}条")


@dataclass(frozen=True, slots=True)
class Plan:
    """A document and how it was read; all spans are in the mended text of the page."""

    piece: Piece
    outline: Outline
    builds: tuple[Build, ...]
    document: Document


def read_document(text: str, piece: Piece, chrome: tuple[tuple[int, int, str], ...], marks: tuple[Mark, ...]) -> Plan:
    """Reads one document. ``text`` is the mended text of the page; chrome and title lines count as blanks."""
    start, end = piece.start, piece.end
    body = text[start:end]
    holes = [(s - start, e - start) for s, e, _ in chrome if start <= s < end]
    holes = sorted([*holes, *((s - start, e - start) for s, e in piece.title_spans if start <= s < end)])
    local_marks = tuple(_shift(m, -start) for m in marks if start <= m.start < end)
    folded = _blanked(fold(body), holes)
    tables = find_tables(body)
    prose = _blanked(folded, [(t.start, t.end) for t in tables])
    plan = outline(prose, segment(prose, find_candidates(prose, local_marks)))
    for table in tables:
        plan.roles.append((table.start, table.header_end, "heading"))
        plan.drafts += table.drafts
    if tables:
        plan.drafts.sort(key=lambda d: d.mark[0])
    builds = build(body, folded, plan, local_marks)
    builds = _questions_only(folded, plan, builds)
    count_on(folded, builds, [key.span[0] for key in plan.keys])
    questions = tuple(_moved(question(body, plan, b, holes), start) for b in builds)
    document = Document(
        title=piece.title,
        role="main" if piece.role == "main" else "related",
        kind="exam" if questions else "other",
        questions=questions,
        sections=tuple(plan.sections) if questions else (),
    )
    return Plan(piece, plan, tuple(builds), document)


def _blanked(folded: str, holes: list[Span]) -> str:
    """The text with blanks where something was set aside; offsets and line breaks stay."""
    if not holes:
        return folded
    pieces: list[str] = []
    at = 0
    for start, end in holes:
        if start < at:
            continue
        pieces += (folded[at:start], _NOT_BREAK.sub(" ", folded[start:end]))
        at = end
    return "".join([*pieces, folded[at:]])


def _questions_only(folded: str, plan: Outline, builds: list[Build]) -> list[Build]:
    """Drops what only looks like questions: a regulation's articles, instructions to candidates before the first question."""
    if not builds:
        return builds
    builds = _without_instructions(builds)
    worth = [_evidence(folded, plan, b) for b in builds]
    sure = sum(w >= 2 for w in worth)
    some = sum(w >= 1 for w in worth)
    articles = len(_REGULATION.findall(folded))
    hard = any(
        len(b.options) >= 2
        or b.stem.type
        or isinstance(b.answer, bool)
        or _ASKS.search("".join(folded[s:e] for s, e in b.stem.spans))
        or _typed(plan, b)
        for b in builds
    )
    if not hard and sum(b.answer is not None for b in builds) < 2:
        return []
    if sure == 0 and (some * 2 < len(builds) or articles >= 3 or some < 2):
        return []
    if sure and sure * 8 < len(builds) and some * 2 < len(builds):
        return []
    first = next((k for k, w in enumerate(worth) if w >= 2), 0)
    kept = [b for k, b in enumerate(builds) if not (k < first and worth[k] == 0)]
    return kept


def _without_instructions(builds: list[Build]) -> list[Build]:
    """Without the numbered notes at the head (导入说明, 注意事项): a run with no option and no answer, after which numbers begin at 1."""
    for k, b in enumerate(builds):
        if b.options or b.answer is not None or b.draft.section >= 0:
            return builds[k:] if k > 1 and b.draft.number == 1 and builds[0].draft.number == 1 else builds
    return builds


def _typed(plan: Outline, b: Build) -> bool:
    section = plan.sections[b.draft.section] if b.draft.section >= 0 else None
    return bool(section and section.type)


def _evidence(folded: str, plan: Outline, b: Build) -> int:
    """2: certainly a question (options, an answer, a type, a blank); 1: worded like one; 0: nothing says so."""
    if len(b.options) >= 2 or b.stem.type or isinstance(b.answer, bool):
        return 2
    section = plan.sections[b.draft.section] if b.draft.section >= 0 else None
    if section and section.type:
        return 2
    stem = "".join(folded[s:e] for s, e in b.stem.spans)
    if re.search(r"[(\[][ _]*[)\]]|_{2,}", stem):
        return 2
    worded = bool(_QUESTION_LIKE.search(stem)) and len(stem) < 400
    return worded + (b.answer is not None)


def _shift(m: Mark, by: int) -> Mark:
    return Mark(m.start + by, m.end + by, m.kind, m.value)


def _moved(q: Question, by: int) -> Question:
    return (
        replace(q, span=(q.span[0] + by, q.span[1] + by), parts=tuple(Part(p.field, p.start + by, p.end + by) for p in q.parts))
        if by
        else q
    )


__all__ = ["Plan", "Span", "read_document"]
