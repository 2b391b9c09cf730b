"""One piece of the page -> one document (单份文档): marks, path, outline, questions, in the mended text of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .assemble import build, count_on
from .builds import Build
from .candidates import find_candidates
from .chrome import Piece, Split
from .fold import fold
from .key_signs import holds_key, key_begins
from .model import Document, Mark, Part, Question
from .outline import outline
from .outlined import Outline, Span
from .questions import question
from .segment import segment
from .stem import without
from .tables import find_tables
from .worth import questions_only

# the title of a page that holds only the key opens the key; 附答案, 附完整答案 and 及满分答案 do not
_WITH = "及和与含带附"
_KEY_TITLE = re.compile(
    rf"(?<![{_WITH}])(?<![{_WITH}有]\w)(?<![{_WITH}有]\w\w)(?<![{_WITH}有]\w\w\w)"
    r"(?:参考|标准)?答案(?: ?[及和与、暨]? ?(?:评分|给分|评卷|阅卷)(?:标准|参考|细则|意见|说明|建议))?\s*$"
)
_NAMES_KEY = re.compile(r"^\[[^\]]{1,12}\]| *[及与和含附带]? *(?:参考|标准)?答案.*")
_KEY_OPENS = r" ?一[、.][^\n。]{2,40}?1 ?[.、] ?\[(?:参考|正确)?答案\]"  # 一、单选题(共10题)1.【答案】A
_SECOND_PRINT = r"答案解析\((?:总分|分数) ?:[^()\n]{4,40}\)(?=[ \n]?一[、.])"  # the whole paper once more, with its answers
_SHORTEST_NAME = 6
_REGAINED_LINES = 40  # characters a line, on the average, of a page in one paragraph that got lines back
_WITHIN = frozenset({"page caption", "page folio", "figure caption", "binding line", "watermark", "address"})
_NOT_BREAK = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Plan:
    """A document and how it was read; all spans are in the mended text of the page."""

    piece: Piece
    outline: Outline
    builds: tuple[Build, ...]
    document: Document
    leftover_key: bool  # text under a heading that no question took reads like answers


def read_document(text: str, page: Split, piece: Piece, marks: tuple[Mark, ...]) -> Plan:
    """Reads one document of a page. ``text`` is the page's mended text; chrome and title lines count as blanks."""
    start, end = piece.start, piece.end
    body = text[start:end]
    holes = [(s - start, e - start) for s, e, _ in page.chrome if start <= s < end]
    within = sorted((s - start, e - start) for s, e, reason in page.chrome if start <= s < end and reason in _WITHIN)
    stated = [(s, e) for s, e in piece.title_spans if start <= s < end and not _KEY_TITLE.search(text, s, e)]
    again = _over_the_key(page.folded[start:end], fold(piece.title or ""))
    holes = sorted([*holes, *((s - start, e - start) for s, e in stated), *again])
    local_marks = tuple(_shift(m, -start) for m in marks if start <= m.start < end)
    folded = _blanked(page.folded[start:end], holes)
    tables = find_tables(body)
    prose = _blanked(folded, [(t.start, t.end) for t in tables])
    plan = outline(prose, segment(prose, find_candidates(prose, local_marks, piece.title or "")))
    for table in tables:
        for d in plan.drafts:  # what stands above the table ends there
            for spans in (d.stem, d.answers, d.explanations):
                spans[:] = without(spans, (table.start, table.end))
        plan.roles.append((table.start, table.header_end, "heading"))
        plan.drafts += table.drafts
    if tables:
        plan.drafts.sort(key=lambda d: d.mark[0])
    builds = build(body, folded, plan, local_marks)
    builds = questions_only(folded, plan, builds, piece.title)
    count_on(folded, builds, [key.span[0] for key in plan.keys])
    questions = tuple(_moved(question(body, plan, b, holes, within), start) for b in builds)
    document = Document(
        title=piece.title,
        role="main" if piece.role == "main" else "related",
        kind="exam" if questions else "other",
        questions=questions,
        sections=tuple(plan.sections) if questions else (),
    )
    return Plan(piece, plan, tuple(builds), document, _leftover_key(folded, plan))


def _over_the_key(folded: str, title: str) -> list[Span]:
    """The title where a page in one paragraph prints it once more before its key: ...的评估值。资产评估模拟试卷 29 答案与解析."""
    name = _NAMES_KEY.sub("", title)
    if len(name) < _SHORTEST_NAME or folded.count("\n") * _REGAINED_LINES > len(folded):
        return []
    words, whole = (r" ?".join(re.escape(c) for c in said if c != " ") for said in (name, title))
    return [m.span() for m in re.finditer(rf"{words}(?:{_SECOND_PRINT}|(?=[ \n]?(?:参考)?答案))|{whole}(?={_KEY_OPENS})", folded)]


def _leftover_key(folded: str, plan: Outline) -> bool:
    spans = [(s, e) for s, e, role in plan.roles if role == "instruction"]
    return any(key_begins(folded[s:e], 0) == 2 or holds_key(folded[s:e]) for s, e in spans)


def _blanked(folded: str, holes: list[Span]) -> str:
    """The text with blanks where something was set aside; offsets and line breaks stay."""
    if not holes:
        return folded
    pieces: list[str] = []
    at = 0
    for start, end in holes:
        if start < at:
            continue
        hole = folded[start:end]
        pieces += (folded[at:start], _NOT_BREAK.sub(" ", hole) if "\n" in hole else " " * len(hole))
        at = end
    return "".join([*pieces, folded[at:]])


def _shift(m: Mark, by: int) -> Mark:
    return Mark(m.start + by, m.end + by, m.kind, m.value)


def _moved(q: Question, by: int) -> Question:
    return (
        replace(q, span=(q.span[0] + by, q.span[1] + by), parts=tuple(Part(p.field, p.start + by, p.end + by) for p in q.parts))
        if by
        else q
    )


__all__ = ["Plan", "Span", "read_document"]
