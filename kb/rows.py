"""An extraction as rows of the bank's tables (入库行), with everything that can be made ready before the bank is asked.

What costs time is done here, in the process that extracts: JSON, the words of the search index, the content hash. The one that writes
only adds the ids of the bank (``kb.store.save_rows``). Ids in these rows are places: a question is its place among all questions of the
source, a section, a repair and a document likewise.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.model import Answer, Document, Extraction, Question
from extract.wire import answer_to_json

from .words import tokens

SEPARATOR = " ¦ "  # between the options in questions.options_text: a mark, so that no phrase is found across two options
# json.dumps makes a new encoder for each call with options, which takes longer than the few words that are encoded here.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one source (一个来源的行); the columns of each table stand beside its insert in ``kb.store``."""

    name: str
    url: str | None
    source: Row              # sha256 format encoding text
    documents: list[Row]
    sections: list[Row]      # document parent ...
    repairs: list[Row]       # question ...
    questions: list[Row]     # document section ...
    options: list[Row]       # question ...
    flags: list[Row]         # question ...
    links: list[Row]         # question repair
    blocks: list[Row]        # start end role reason document question
    tokens: list[Row]        # what the search index holds of each question, column by column
    content: str             # what was read, whatever the page is called (内容指纹): 32 hexadecimal digits

    def packed(self) -> Row:
        """As built-in values, for another process of the same program (never to be stored): ``Rows(*packed)`` is this again."""
        return tuple(getattr(self, name) for name in self.__slots__)


def rows_of(extraction: Extraction) -> Rows:
    """The rows of an extraction. ValueError where its ledger or blocks point to what is not there."""
    check(extraction)
    s = extraction.source
    place = {r.id: i for i, r in enumerate(extraction.repairs)}
    owner: dict[int, int] = {}
    first: list[int] = []       # the place of the first question of each document
    documents: list[Row] = []
    sections: list[Row] = []
    questions: list[Row] = []
    options: list[Row] = []
    flags: list[Row] = []
    links: list[Row] = []
    for number, d in enumerate(extraction.documents):
        documents.append((d.title, d.role, d.kind))
        tree, rows = _sections(d, number, len(sections))
        sections += rows
        first.append(len(questions))
        for position, q in enumerate(d.questions):
            at = len(questions)
            questions.append((number, tree.get(q.section), position, *_question(q)))
            right = q.answer if isinstance(q.answer, tuple) else ()
            options += [(at, i, o.label, o.printed_label, o.text, int(o.label in right)) for i, o in enumerate(q.options)]
            flags += [(at, f.code, f.about, f.message) for f in q.flags]
            for r in q.repairs:
                links.append((at, place[r]))
                owner.setdefault(r, at)
    repairs = [
        (owner.get(r.id), r.id, r.rule, r.family, r.field, r.start, r.end, r.before, r.after, r.evidence, r.confidence, int(r.applied))
        for r in extraction.repairs
    ]
    blocks = [
        (b.start, b.end, b.role, b.reason, b.document, None if b.document is None or b.question is None else first[b.document] + b.question)
        for b in extraction.blocks
    ]
    source = (s.sha256, s.format, s.encoding, extraction.text)
    held = (source, documents, sections, repairs, questions, options, flags, links, blocks)
    content = hashlib.blake2b(json.dumps(held).encode(), digest_size=16).hexdigest()
    index = [(tokens(q[STEM]), tokens(q[OPTIONS]), tokens(q[MATERIAL]), tokens(q[EXPLANATION])) for q in questions]
    return Rows(s.name, s.url, source, documents, sections, repairs, questions, options, flags, links, blocks, index, content)


# The places of what is indexed, and of what tells a question again, in a row of questions.
POSITION, PRINTED_NUMBER, MATERIAL, STEM, OPTIONS, EXPLANATION = 2, 4, 6, 7, 8, 10


def _question(q: Question) -> Row:
    """number printed_number type material stem options_text answer explanation ... as the columns stand."""
    codes = " ".join(sorted({f.code for f in q.flags})) or None
    parts = _compact([(p.field, p.start, p.end) for p in q.parts]) if q.parts else None
    choices = SEPARATOR.join([o.text for o in q.options]) if q.options else None
    return (q.number, q.printed_number, q.type, q.material, q.stem, choices, _answer(q.answer), q.explanation, q.commentary, q.score,
            q.difficulty, q.knowledge, q.span[0], q.span[1], parts, int(q.answer is not None), int(bool(q.repairs)), codes)


@lru_cache(maxsize=1024, typed=True)
def _answer(answer: Answer) -> str | None:
    """The answer as JSON; most of a page's are one letter, and an encoder for each takes longer than the encoding."""
    return None if answer is None else json.dumps(answer_to_json(answer), ensure_ascii=False)


def _sections(d: Document, document: int, first: int) -> tuple[dict[tuple[str, ...], int], list[Row]]:
    """The headings of a document as a tree of rows. ``announced`` rows are its sections; the others only lie on a path."""
    tree: dict[tuple[str, ...], int] = {}
    rows: list[Row] = []

    def add(path: tuple[str, ...], announced: int, *detail: Any) -> None:
        for depth in range(1, len(path)):
            if path[:depth] not in tree:
                add(path[:depth], 0, None, None, None, None, None)
        tree[path] = first + len(rows)
        parent = tree[path[:-1]] if len(path) > 1 else None
        rows.append((document, parent, len(rows), path[-1] if path else None, announced, *detail))

    for s in d.sections:
        add(s.path, 1, s.type, s.count, s.score_each, s.score_total, s.instruction)
    for q in d.questions:
        if q.section and q.section not in tree:
            add(q.section, 0, None, None, None, None, None)
    return tree, rows


def check(extraction: Extraction) -> None:
    """ValueError where the ledger or the blocks of an extraction point to what is not there."""
    numbers = [r.id for r in extraction.repairs]
    known = set(numbers)
    name = extraction.source.name
    if len(known) != len(numbers):
        raise ValueError(f"{name}: two entries of the ledger have the same id")
    for document in extraction.documents:
        for q in document.questions:
            if not known.issuperset(q.repairs):
                raise ValueError(f"{name}: question {q.number} names a repair that is not in the ledger")
    counts = [len(d.questions) for d in extraction.documents]
    for b in extraction.blocks:
        if b.document is None:
            fits = b.question is None
        else:
            fits = 0 <= b.document < len(counts) and (b.question is None or 0 <= b.question < counts[b.document])
        if not fits:
            raise ValueError(f"{name}: the block at {b.start} names a document or question that is not there")
