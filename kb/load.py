"""Extractions and questions out of the knowledge base (读出), as they were saved; streaming, one source at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from extract.model import Block, Document, Extraction, Flag, Option, Part, Question, Repair, Section, Source
from extract.wire import answer_from_json

from .words import phrase

CHUNK = 400  # ids bound in one statement; SQLite allows 999 in its oldest builds


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions are wanted (筛选): all that is given must hold.

    ``document`` is an id or an exact title, ``section`` a part of a heading, ``query`` a search.
    """

    document: str | int | None = None
    type: str | None = None
    section: str | None = None
    query: str | None = None

    def __bool__(self) -> bool:
        return any(v is not None for v in (self.document, self.type, self.section, self.query))


def read(db: Database, name: str) -> Extraction:
    """The extraction of the source called ``name``, as it was saved. KeyError if the bank does not hold it."""
    row = db.execute(
        "select s.id, n.name, s.sha256, s.format, s.encoding, n.url, s.text from source_names n join sources s on s.id = n.source_id "
        "where n.name = ?", [name],
    ).fetchone()
    if row is None:
        raise KeyError(name)
    return _extraction(db, row)[0]


def iterate(db: Database, selection: Selection | None = None) -> Iterator[Extraction]:
    """Every source in the order of its name, one at a time. With a selection, only its questions and the documents that hold them.

    The text, the ledger and the account of a selected source stay whole; blocks of questions left out name no question.
    """
    chosen = bool(selection)
    where = ""
    if selection:
        _select(db, selection)
        where = "where s.id in (select source_id from temp.selected)"
    after = ""
    while True:
        row = db.execute(
            f"select s.id, s.name, s.sha256, s.format, s.encoding, s.url, s.text from sources s {where} "
            f"{'and' if where else 'where'} s.name > ? order by s.name limit 1" if after else
            f"select s.id, s.name, s.sha256, s.format, s.encoding, s.url, s.text from sources s {where} order by s.name limit 1",
            [after] if after else [],
        ).fetchone()
        if row is None:
            return
        after = row[1]
        extraction, ids = _extraction(db, row)
        if chosen:
            wanted = {r[0] for r in db.execute("select question_id from temp.selected where source_id = ?", [row[0]])}
            extraction = _only(extraction, ids, wanted)
        yield extraction


def only_document(db: Database, document_id: int) -> Extraction | None:
    """The source of a document with this document alone; None if the bank does not hold it."""
    row = db.execute(
        "select s.id, s.name, s.sha256, s.format, s.encoding, s.url, s.text, d.position from documents d join sources s on s.id = "
        "d.source_id "
        "where d.id = ?", [document_id],
    ).fetchone()
    if row is None:
        return None
    *source, position = row
    x, _ = _extraction(db, source)
    blocks = tuple(
        b if b.document is None else b._replace(document=0) if b.document == position else b._replace(document=None, question=None)
        for b in x.blocks
    )
    return replace(x, documents=(x.documents[position],), blocks=blocks)


def conditions(selection: Selection) -> tuple[str, list[Any]]:
    """A selection as SQL over ``questions q join documents d`` with its parameters."""
    clauses: list[str] = ["1"]
    values: list[Any] = []
    if selection.document is not None:
        clauses.append("(cast(d.id as text) = ? or d.title = ?)")
        values += [str(selection.document)] * 2
    if selection.type is not None:
        clauses.append("q.type = ?")
        values.append(selection.type)
    if selection.section is not None:
        clauses.append(
            "q.section_id in (with recursive under(id) as (select id from sections where instr(title, ?) > 0 "
            "union select c.id from sections c join under on c.parent_id = under.id) select id from under)"
        )
        values.append(selection.section)
    if selection.query is not None:
        clauses.append("q.id in (select rowid from questions_fts where questions_fts match ?)")
        values.append(phrase(selection.query))
    return " and ".join(clauses), values


def _select(db: Database, selection: Selection) -> None:
    where, values = conditions(selection)
    conn = db.conn
    conn.execute("drop table if exists temp.selected")
    conn.execute("create temp table selected(question_id integer primary key, source_id integer)")
    conn.execute(
        "insert into temp.selected select q.id, d.source_id from questions q join documents d on d.id = q.document_id "
        f"where {where}", values,
    )
    conn.execute("create index temp.selected_source on selected(source_id)")
    conn.commit()


def _only(x: Extraction, ids: Sequence[Sequence[int]], wanted: set[int]) -> Extraction:
    documents: list[Document] = []
    place: dict[tuple[int, int], tuple[int, int]] = {}
    at: dict[int, int] = {}
    for di, d in enumerate(x.documents):
        kept = [qi for qi, question_id in enumerate(ids[di]) if question_id in wanted]
        if not kept:
            continue
        at[di] = len(documents)
        place.update({(di, qi): (len(documents), k) for k, qi in enumerate(kept)})
        documents.append(replace(d, questions=tuple(d.questions[qi] for qi in kept)))
    blocks = []
    for b in x.blocks:
        document = None if b.document is None else at.get(b.document)
        question = None
        if b.document is not None and b.question is not None and (b.document, b.question) in place:
            question = place[b.document, b.question][1]
        blocks.append(b._replace(document=document, question=question))
    return replace(x, documents=tuple(documents), blocks=tuple(blocks))


def _extraction(db: Database, row: Sequence[Any]) -> tuple[Extraction, list[list[int]]]:
    source_id, name, sha256, format_, encoding, url, text = row
    documents: list[Document] = []
    ids: list[list[int]] = []
    place: dict[int, tuple[int, int]] = {}
    document_place: dict[int, int] = {}
    rows = db.execute("select id, title, role, kind from documents where source_id = ? order by position", [source_id]).fetchall()
    for document_id, title, role, kind in rows:
        document_place[document_id] = len(documents)
        sections = headings(db, [document_id])
        own = [r[0] for r in db.execute("select id from questions where document_id = ? order by position", [document_id])]
        held = questions(db, own)
        place.update({question_id: (len(documents), i) for i, question_id in enumerate(own)})
        ids.append(own)
        announced = db.execute(
            "select id, type, count, score_each, score_total, instruction from sections where document_id = ? and announced "
            "order by position", [document_id],
        )
        documents.append(Document(
            title, role, kind, tuple(held[i] for i in own), tuple(Section(sections[i], *rest) for i, *rest in announced),
        ))
    repairs = tuple(
        Repair(i, rule, family, field, start, end, before, after, evidence, confidence, bool(applied))
        for i, rule, family, field, start, end, before, after, evidence, confidence, applied in db.execute(
            'select number, rule, family, field, start, "end", before, after, evidence, confidence, applied from repairs '
            "where source_id = ? order by id", [source_id],
        )
    )
    blocks = tuple(
        Block(start, end, role, reason, None if document is None else document_place[document],
              None if question is None else place[question][1])
        for start, end, role, reason, document, question in db.execute(
            'select start, "end", role, reason, document_id, question_id from blocks where source_id = ? order by id', [source_id]
        )
    )
    return Extraction(Source(name, sha256, format_, encoding, url), text, blocks, repairs, tuple(documents)), ids


def headings(db: Database, documents: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The path of titles, outermost first, of every section of the documents: section id -> path."""
    paths: dict[int, tuple[str, ...]] = {}
    for chunk in chunks(documents):
        for section_id, parent, title in db.execute(
            f"select id, parent_id, title from sections where document_id in ({_marks(chunk)}) order by document_id, position", chunk
        ):
            above = paths[parent] if parent is not None else ()
            paths[section_id] = (*above, title) if title is not None else ()
    return paths


def questions(db: Database, ids: Iterable[int]) -> dict[int, Question]:
    """The questions of these ids; an id that the bank does not hold is left out. A handful of statements for every 400 ids."""
    out: dict[int, Question] = {}
    for chunk in chunks(ids):
        marks = _marks(chunk)
        options: dict[int, list[Option]] = defaultdict(list)
        flags: dict[int, list[Flag]] = defaultdict(list)
        repairs: dict[int, list[int]] = defaultdict(list)
        for q, *rest in db.execute(f"select question_id, label, text, printed_label from options where question_id in ({marks}) "
                                   "order by question_id, position", chunk):
            options[q].append(Option(*rest))
        for q, *rest in db.execute("select question_id, code, about, message from flags "
                                   f"where question_id in ({marks}) order by id", chunk):
            flags[q].append(Flag(*rest))
        for q, number in db.execute("select l.question_id, r.number from question_repairs l join repairs r on r.id = l.repair_id "
                                    f"where l.question_id in ({marks}) order by l.id", chunk):
            repairs[q].append(number)
        rows = db.execute(
            "select id, section_id, document_id, number, printed_number, type, material, stem, answer, explanation, commentary, score, "
            f'difficulty, knowledge, start, "end", parts from questions where id in ({marks})', chunk,
        ).fetchall()
        paths = headings(db, {r[2] for r in rows if r[1] is not None})
        for (i, section, _, number, printed, type_, material, stem, answer, explanation, commentary, score, difficulty, knowledge,
             start, end, parts) in rows:
            out[i] = Question(
                stem=stem, type=type_, number=number, printed_number=printed, section=paths[section] if section is not None else (),
                material=material, options=tuple(options[i]), answer=None if answer is None else answer_from_json(json.loads(answer)),
                explanation=explanation, commentary=commentary, score=score, difficulty=difficulty, knowledge=knowledge,
                span=(start, end), parts=tuple(Part(*p) for p in json.loads(parts or "[]")), repairs=tuple(repairs[i]),
                flags=tuple(flags[i]),
            )
    return out


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in lists that one statement can bind."""
    wanted = list(ids)
    for at in range(0, len(wanted), CHUNK):
        yield wanted[at : at + CHUNK]


def _marks(chunk: Sequence[int]) -> str:
    return ",".join("?" * len(chunk))
