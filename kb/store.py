"""Extractions into the knowledge base (入库). ``read(save(x)) == x``, and question ids survive a new reading of the same page.

Reading back is in ``kb.load``; its face is offered here too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlite_utils import Database

from extract.model import Document, Extraction, Question
from extract.wire import answer_to_json, to_json

from .decided import decided
from .identity import Known, survivors
from .load import Selection, iterate, read
from .schema import meta, set_meta

__all__ = ["Saved", "Selection", "also_called", "content_hash", "forget", "iterate", "read", "same_bytes", "save", "transaction"]

# json.dumps makes a new encoder for each call with options, which takes longer than the few words that are encoded here.
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_plain = json.JSONEncoder(ensure_ascii=False).encode
SEPARATOR = " ¦ "  # between the options in questions.options_text: a mark, so that no phrase is found across two options


@dataclass(frozen=True, slots=True)
class Saved:
    """What ``save`` did: ``new``, ``replaced``, ``unchanged``, or ``alias`` (the same page is known under another name)."""

    source_id: int
    status: Literal["new", "replaced", "unchanged", "alias"]
    questions: int


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One transaction for all that is written inside; taken at once, so that two writers wait instead of failing. Nests."""
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def content_hash(extraction: Extraction) -> str:
    """What was read, whatever the page is called (内容指纹): 32 hexadecimal digits."""
    nameless = replace(extraction, source=replace(extraction.source, name="", url=None))
    form = json.dumps(to_json(nameless), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(form.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def same_bytes(db: Database, name: str, sha256: str) -> bool:
    """Whether the bytes of this hash are already in the bank under this name, so that nothing needs to be read again."""
    row = db.execute(
        "select 1 from source_names n join sources s on s.id = n.source_id where n.name = ? and s.sha256 = ?", [name, sha256]
    ).fetchone()
    return row is not None


def save(db: Database, extraction: Extraction, *, content: str | None = None) -> Saved:
    """Put one source into the bank, in one transaction. ValueError where its ledger or blocks point to what is not there.

    The same content under the same name changes nothing; other content under the same name replaces it, and questions that
    are still there keep their id; the same content under another name becomes a second name of the page. ``content`` is the
    ``content_hash`` where it is known already.
    """
    _check(extraction)
    source = extraction.source
    content = content or content_hash(extraction)
    count = sum(len(d.questions) for d in extraction.documents)
    with transaction(db):
        known = db.execute(
            "select s.id, s.content, s.name from source_names n join sources s on s.id = n.source_id where n.name = ?", [source.name]
        ).fetchone()
        if known and known[1] == content:
            db.execute("update source_names set url = ? where name = ? and url is not ?", [source.url, source.name, source.url])
            _name(db, known[0])
            return Saved(known[0], "unchanged", count)
        if known and _release(db, known[0], source.name):
            known = None
        twin = db.execute("select id from sources where content = ? order by id limit 1", [content]).fetchone()
        if twin:
            if known:
                _delete(db, known[0])
            db.execute("insert into source_names(name, source_id, url) values (?, ?, ?)", [source.name, twin[0], source.url])
            _name(db, twin[0])
            return Saved(twin[0], "alias", count)
        kept: dict[tuple[int, int], int] = {}
        if known:
            kept = survivors(_known(db, known[0]), extraction)
            _delete(db, known[0])
        source_id = known[0] if known else _next(db, "sources")
        _insert(db, source_id, decided(db, extraction), content, kept)
        return Saved(source_id, "replaced" if known else "new", count)


def also_called(db: Database, name: str, url: str | None, source_id: int) -> Saved:
    """Give a page that the bank holds one more name (别名), without reading it again."""
    with transaction(db):
        known = db.execute("select source_id from source_names where name = ?", [name]).fetchone()
        if known and known[0] == source_id:
            return Saved(source_id, "unchanged", 0)
        if known and not _release(db, known[0], name):
            _delete(db, known[0])
        db.execute("insert into source_names(name, source_id, url) values (?, ?, ?)", [name, source_id, url])
        _name(db, source_id)
        return Saved(source_id, "alias", 0)


def rewrite(db: Database, name: str, extraction: Extraction) -> None:
    """Put a mended reading of a page in place of the one that the bank holds: the same questions in the same places, other words.

    It stays the same import: ids, names and time do not change.
    """
    _check(extraction)
    with transaction(db):
        source_id, own, url, content, imported_at = db.execute(
            "select s.id, s.name, s.url, s.content, s.imported_at from source_names n join sources s on s.id = n.source_id where "
            "n.name = ?",
            [name],
        ).fetchone()
        names = db.execute("select * from source_names where source_id = ?", [source_id]).fetchall()
        kept = {(k.document, k.position): k.id for k in _known(db, source_id)}
        _delete(db, source_id)
        _insert(db, source_id, replace(extraction, source=replace(extraction.source, name=own, url=url)), content, kept)
        db.execute("update sources set imported_at = ? where id = ?", [imported_at, source_id])
        db.execute("delete from source_names where source_id = ?", [source_id])
        db.conn.executemany(f"insert into source_names values ({', '.join('?' * len(names[0]))})", names)


def forget(db: Database, name: str) -> bool:
    """Take a source name out of the bank, and its questions with it when it was the page's only name. False if it is not known."""
    with transaction(db):
        row = db.execute("select source_id from source_names where name = ?", [name]).fetchone()
        if row is None:
            return False
        if not _release(db, row[0], name):
            _delete(db, row[0])
        return True


def _release(db: Database, source_id: int, name: str) -> bool:
    """Take one of several names from a page; False where it is the only one."""
    if db.execute("select count(*) from source_names where source_id = ?", [source_id]).fetchone()[0] < 2:
        return False
    db.execute("delete from source_names where name = ?", [name])
    _name(db, source_id)
    return True


def _name(db: Database, source_id: int) -> None:
    """A page with several names goes by the first of them in the alphabet, whatever the order in which they came."""
    name, url = db.execute("select name, url from source_names where source_id = ? order by name limit 1", [source_id]).fetchone()
    db.execute("update sources set name = ?, url = ? where id = ? and (name <> ? or url is not ?)", [name, url, source_id, name, url])


def _check(extraction: Extraction) -> None:
    numbers = [r.id for r in extraction.repairs]
    known = set(numbers)
    name = extraction.source.name
    if len(known) != len(numbers):
        raise ValueError(f"{name}: two entries of the ledger have the same id")
    for document in extraction.documents:
        for q in document.questions:
            if not known.issuperset(q.repairs):
                raise ValueError(f"{name}: question {q.number} names a repair that is not in the ledger")
    for b in extraction.blocks:
        documents = extraction.documents
        if b.document is None:
            fits = b.question is None
        else:
            fits = 0 <= b.document < len(documents) and (b.question is None or 0 <= b.question < len(documents[b.document].questions))
        if not fits:
            raise ValueError(f"{name}: the block at {b.start} names a document or question that is not there")


def _next(db: Database, table: str) -> int:
    return int(db.execute(f"select coalesce(max(id), 0) + 1 from {table}").fetchone()[0])


def _known(db: Database, source_id: int) -> list[Known]:
    rows = db.execute(
        "select q.id, d.position, q.position, q.printed_number, q.stem, q.options_text from questions q "
        "join documents d on d.id = q.document_id where d.source_id = ? order by d.position, q.position", [source_id],
    )
    return [Known(*row) for row in rows]


_OF_SOURCE = "(select q.id from questions q join documents d on d.id = q.document_id where d.source_id = :source)"
_DELETES = (
    "delete from blocks where source_id = :source",
    f"delete from options where question_id in {_OF_SOURCE}",
    f"delete from flags where question_id in {_OF_SOURCE}",
    f"delete from question_repairs where question_id in {_OF_SOURCE}",
    "delete from repairs where source_id = :source",
    "delete from questions where document_id in (select id from documents where source_id = :source)",
    "delete from sections where document_id in (select id from documents where source_id = :source)",
    "delete from documents where source_id = :source",
    "delete from source_names where source_id = :source",
    "delete from sources where id = :source",
)


def _delete(db: Database, source_id: int) -> None:
    highest = db.execute(f"select max(id) from {_OF_SOURCE}", {"source": source_id}).fetchone()[0]
    if highest and highest > int(meta(db, "question_ids") or 0):
        set_meta(db, "question_ids", highest)  # an id that was given once is never given to another question
    for statement in _DELETES:
        db.conn.execute(statement, {"source": source_id})


def _rows(db: Database, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        quoted = ", ".join(f'"{c}"' for c in columns.split())
        db.conn.executemany(f"insert into {table}({quoted}) values ({', '.join('?' * len(rows[0]))})", rows)


def _insert(db: Database, source_id: int, x: Extraction, content: str, kept: dict[tuple[int, int], int]) -> None:
    s = x.source
    now = datetime.now(UTC).isoformat(timespec="seconds")
    _rows(db, "sources", "id name sha256 format encoding url text imported_at content",
          [(source_id, s.name, s.sha256, s.format, s.encoding, s.url, x.text, now, content)])
    _rows(db, "source_names", "name source_id url", [(s.name, source_id, s.url)])
    first = {"documents": _next(db, "documents"), "sections": _next(db, "sections"), "repairs": _next(db, "repairs")}
    next_question = max(_next(db, "questions"), int(meta(db, "question_ids") or 0) + 1)
    repair_ids = {r.id: first["repairs"] + i for i, r in enumerate(x.repairs)}
    owner: dict[int, int] = {}
    documents: list[tuple[Any, ...]] = []
    sections: list[tuple[Any, ...]] = []
    questions: list[tuple[Any, ...]] = []
    options: list[tuple[Any, ...]] = []
    links: list[tuple[Any, ...]] = []
    flags: list[tuple[Any, ...]] = []
    question_ids: dict[tuple[int, int], int] = {}
    section_id = first["sections"]
    for di, d in enumerate(x.documents):
        document_id = first["documents"] + di
        documents.append((document_id, source_id, di, d.title, d.role, d.kind))
        tree, rows = _sections(d, document_id, section_id)
        sections += rows
        section_id += len(rows)
        for qi, q in enumerate(d.questions):
            question_id = kept.get((di, qi))
            if question_id is None:
                question_id, next_question = next_question, next_question + 1
            question_ids[di, qi] = question_id
            questions.append(_question(question_id, document_id, tree.get(q.section), qi, q))
            right = q.answer if isinstance(q.answer, tuple) else ()
            options += [(question_id, i, o.label, o.printed_label, o.text, int(o.label in right)) for i, o in enumerate(q.options)]
            flags += [(question_id, f.code, f.about, f.message) for f in q.flags]
            links += [(question_id, repair_ids[r]) for r in q.repairs]
            for r in q.repairs:
                owner.setdefault(r, question_id)
    _rows(db, "documents", "id source_id position title role kind", documents)
    _rows(db, "sections", "id document_id parent_id position title announced type count score_each score_total instruction", sections)
    _rows(db, "repairs", "id source_id question_id number rule family field start end before after evidence confidence applied", [
        (repair_ids[r.id], source_id, owner.get(r.id), r.id, r.rule, r.family, r.field, r.start, r.end, r.before, r.after, r.evidence,
         r.confidence, int(r.applied)) for r in x.repairs
    ])
    _rows(db, "questions", "id document_id section_id position number printed_number type material stem options_text answer explanation "
          "commentary score difficulty knowledge start end parts has_answer has_repairs flag_codes", questions)
    _rows(db, "options", "question_id position label printed_label text is_answer", options)
    _rows(db, "flags", "question_id code about message", flags)
    _rows(db, "question_repairs", "question_id repair_id", links)
    _rows(db, "blocks", "source_id start end role reason document_id question_id", [
        (source_id, b.start, b.end, b.role, b.reason, None if b.document is None else first["documents"] + b.document,
         None if b.document is None or b.question is None else question_ids[b.document, b.question]) for b in x.blocks
    ])


def _question(question_id: int, document_id: int, section_id: int | None, position: int, q: Question) -> tuple[Any, ...]:
    codes = " ".join(sorted({f.code for f in q.flags})) or None
    parts = _compact([[p.field, p.start, p.end] for p in q.parts]) if q.parts else None
    answer = None if q.answer is None else _plain(answer_to_json(q.answer))
    choices = SEPARATOR.join(o.text for o in q.options) if q.options else None
    return (question_id, document_id, section_id, position, q.number, q.printed_number, q.type, q.material, q.stem, choices, answer,
            q.explanation, q.commentary, q.score, q.difficulty, q.knowledge, q.span[0], q.span[1], parts, int(q.answer is not None),
            int(bool(q.repairs)), codes)


def _sections(d: Document, document_id: int, first: int) -> tuple[dict[tuple[str, ...], int], list[tuple[Any, ...]]]:
    """The headings of a document as a tree of rows. ``announced`` rows are its sections; the others only lie on a path."""
    tree: dict[tuple[str, ...], int] = {}
    rows: list[tuple[Any, ...]] = []

    def add(path: tuple[str, ...], announced: int, *detail: Any) -> None:
        for depth in range(1, len(path)):
            if path[:depth] not in tree:
                add(path[:depth], 0, None, None, None, None, None)
        tree[path] = first + len(rows)
        parent = tree[path[:-1]] if len(path) > 1 else None
        rows.append((tree[path], document_id, parent, len(rows), path[-1] if path else None, announced, *detail))

    for s in d.sections:
        add(s.path, 1, s.type, s.count, s.score_each, s.score_total, s.instruction)
    for q in d.questions:
        if q.section and q.section not in tree:
            add(q.section, 0, None, None, None, None, None)
    return tree, rows
