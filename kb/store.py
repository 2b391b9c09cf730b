"""Extractions into the knowledge base (入库). ``read(save(x)) == x``, and question ids survive a new reading of the same page.

Reading back is in ``kb.load``; its face is offered here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from sqlite_utils import Database

from extract.model import Extraction

from .decided import decisions_of
from .decisions import carry_out_all
from .identity import Known, survivors
from .load import Selection, iterate, read
from .rows import OPTIONS, POSITION, PRINTED_NUMBER, STEM, Row, Rows, rows_of
from .schema import add_to_index, meta, set_meta

__all__ = ["Saved", "Selection", "also_called", "forget", "iterate", "read", "same_bytes", "save", "save_rows", "transaction"]


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


def same_bytes(db: Database, name: str, sha256: str) -> bool:
    """Whether the bytes of this hash are already in the bank under this name, so that nothing needs to be read again."""
    row = db.execute(
        "select 1 from source_names n join sources s on s.id = n.source_id where n.name = ? and s.sha256 = ?", [name, sha256]
    ).fetchone()
    return row is not None


def save(db: Database, extraction: Extraction) -> Saved:
    """Put one source into the bank, in one transaction. ValueError where its ledger or blocks point to what is not there.

    The same content under the same name changes nothing; other content under the same name replaces it, and questions that
    are still there keep their id; the same content under another name becomes a second name of the page.
    """
    rows = rows_of(extraction)
    with transaction(db):
        return save_rows(db, rows)


def save_rows(db: Database, rows: Rows, *, by_hand: bool = False) -> Saved:
    """``save`` for rows that were made before, inside a transaction of the caller's.

    ``by_hand``: in this transaction the index has no trigger for new questions (``kb.schema.index_by_hand``).
    """
    count = len(rows.questions)
    known = db.execute(
        "select s.id, s.content, s.name from source_names n join sources s on s.id = n.source_id where n.name = ?", [rows.name]
    ).fetchone()
    if known and known[1] == rows.content:
        db.execute("update source_names set url = ? where name = ? and url is not ?", [rows.url, rows.name, rows.url])
        _name(db, known[0])
        return Saved(known[0], "unchanged", count)
    if known and _release(db, known[0], rows.name):
        known = None
    twin = db.execute("select id from sources where content = ? order by id limit 1", [rows.content]).fetchone()
    if twin:
        if known:
            _delete(db, known[0])
        db.execute("insert into source_names(name, source_id, url) values (?, ?, ?)", [rows.name, twin[0], rows.url])
        _name(db, twin[0])
        return Saved(twin[0], "alias", count)
    kept: dict[int, int] = {}
    if known:
        new = [Known(0, q[0], q[POSITION], q[PRINTED_NUMBER], q[STEM], q[OPTIONS]) for q in rows.questions]
        kept = survivors(_known(db, known[0]), new)
        _delete(db, known[0])
    source_id = known[0] if known else _next(db, "sources")
    _insert(db, source_id, rows, rows.content, kept, by_hand)
    if held := decisions_of(db, rows.name, rows.source[0]):  # those that no longer fit wait for a reading that they fit
        rewrite(db, rows.name, carry_out_all(read(db, rows.name), held)[0], by_hand=by_hand)
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


def rewrite(db: Database, name: str, extraction: Extraction, *, by_hand: bool = False) -> None:
    """Put a mended reading of a page in place of the one that the bank holds: the same questions in the same places, other words.

    It stays the same import: ids, names and time do not change. ``by_hand`` as in ``save_rows``.
    """
    with transaction(db):
        source_id, own, url, content, imported_at = db.execute(
            "select s.id, s.name, s.url, s.content, s.imported_at from source_names n join sources s on s.id = n.source_id where "
            "n.name = ?",
            [name],
        ).fetchone()
        names = db.execute("select * from source_names where source_id = ?", [source_id]).fetchall()
        rows = rows_of(replace(extraction, source=replace(extraction.source, name=own, url=url)))
        held = {(k.document, k.position): k.id for k in _known(db, source_id)}
        kept = {at: held[q[0], q[POSITION]] for at, q in enumerate(rows.questions) if (q[0], q[POSITION]) in held}
        _delete(db, source_id)
        _insert(db, source_id, rows, content, kept, by_hand)
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


def _put(db: Database, table: str, columns: str, rows: Iterable[Row]) -> None:
    names = columns.split()
    quoted = ", ".join(f'"{c}"' for c in names)
    db.conn.executemany(f"insert into {table}({quoted}) values ({', '.join('?' * len(names))})", rows)


def _insert(db: Database, source_id: int, rows: Rows, content: str, kept: dict[int, int], by_hand: bool) -> None:
    """The rows with the ids of this bank in place of their places."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    sha256, form, encoding, text = rows.source
    document, section, repair = _next(db, "documents"), _next(db, "sections"), _next(db, "repairs")
    question = max(_next(db, "questions"), int(meta(db, "question_ids") or 0) + 1)
    new = iter(range(question, question + len(rows.questions)))
    ids = [kept[at] if at in kept else next(new) for at in range(len(rows.questions))]
    _put(db, "sources", "id name sha256 format encoding url text imported_at content",
         [(source_id, rows.name, sha256, form, encoding, rows.url, text, now, content)])
    _put(db, "source_names", "name source_id url", [(rows.name, source_id, rows.url)])
    _put(db, "documents", "id source_id position title role kind", [(document + i, source_id, i, *r) for i, r in enumerate(rows.documents)])
    _put(db, "sections", "id document_id parent_id position title announced type count score_each score_total instruction", [
        (section + i, document + d, None if above is None else section + above, *r) for i, (d, above, *r) in enumerate(rows.sections)])
    _put(db, "repairs", "id source_id question_id number rule family field start end before after evidence confidence applied", [
        (repair + i, source_id, None if q is None else ids[q], *r) for i, (q, *r) in enumerate(rows.repairs)])
    _put(db, "questions", "id document_id section_id position number printed_number type material stem options_text answer explanation "
         "commentary score difficulty knowledge start end parts has_answer has_repairs flag_codes", [
             (i, document + d, None if s is None else section + s, *r) for i, (d, s, *r) in zip(ids, rows.questions, strict=True)])
    _put(db, "options", "question_id position label printed_label text is_answer", [(ids[q], *r) for q, *r in rows.options])
    _put(db, "flags", "question_id code about message", [(ids[q], *r) for q, *r in rows.flags])
    _put(db, "question_repairs", "question_id repair_id", [(ids[q], repair + r) for q, r in rows.links])
    _put(db, "blocks", "start end role reason document_id question_id source_id", [
        (*r, None if d is None else document + d, None if q is None else ids[q], source_id) for *r, d, q in rows.blocks])
    if by_hand:
        add_to_index(db, zip(ids, rows.tokens, strict=True))
