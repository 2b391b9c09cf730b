"""The tables of a knowledge base (题库表结构), and the only way to open one.

A bank of an older tiku is migrated when it is opened; a bank of a newer one, or a file that is no bank of ours, is refused with
one sentence that says what to do. Foreign keys are declared, so that every browser of SQLite can follow them; they are kept by
``store``, which writes whole sources, and proven by ``pragma foreign_key_check`` in the tests.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from .words import TOKENS_VERSION, tokens

MIGRATIONS = Migrations("tiku")
NEW_BANK = "tiku import {} PATH makes a new one"

# What is indexed, and how much a match there counts for the order of the results.
INDEXED = {"stem": 4.0, "options_text": 2.0, "material": 1.0, "explanation": 1.0}


# Bytes of the index that are gathered in memory before they are written, for good: with 64 KB a third more time goes into merging.
GATHERED = 64 << 20


class BankError(Exception):
    """The knowledge base cannot be used; the message is one sentence that names the file and the mend."""


def open_bank(path: str | Path, *, create: bool = False) -> Database:
    """The knowledge base at ``path``, migrated to this version. BankError if there is none, or it is not one of ours.

    ``create`` makes a new bank where the file is missing or empty.
    """
    path = Path(path)
    if path.is_dir():
        raise BankError(f"{path} is a folder, not a knowledge base: name the file, for example {path / 'bank.db'}")
    if not path.exists() and not create:
        raise BankError(f"{path} does not exist: {NEW_BANK.format(path)}")
    if not path.parent.is_dir():
        raise BankError(f"the folder {path.parent} does not exist: make it first")
    try:
        db = Database(path)
    except sqlite3.Error as problem:
        raise BankError(f"{path} cannot be opened ({problem}): check the rights on the file and its folder") from problem
    try:
        prepare(db.conn)
        _check(db, path, create)
        if MIGRATIONS.pending(db):
            db.conn.execute("pragma journal_mode=wal")
            MIGRATIONS.apply(db)
        if meta(db, "tokens_version") != str(TOKENS_VERSION):
            _renew_index(db, path)
    except sqlite3.DatabaseError as problem:
        db.close()
        if "locked" in str(problem):
            raise BankError(f"{path} is being written by another program: try again when that has finished") from problem
        if "readonly" in str(problem):
            raise BankError(f"{path} cannot be written to, as opening a bank asks for: allow writing to it and its folder") from problem
        raise BankError(f"{path} is not a knowledge base of tiku ({problem}): {NEW_BANK.format('OTHER.db')}") from problem
    except BaseException:
        db.close()
        raise
    return db


def prepare(conn: sqlite3.Connection) -> None:
    """Give a connection the SQL function of the index. A program without it is refused by SQLite instead of spoiling the index."""
    conn.create_function("tiku_tokens", 1, tokens, deterministic=True)
    conn.execute("pragma busy_timeout=15000")
    conn.execute("pragma synchronous=normal")  # in WAL mode safe against a crash of the program; only the last commits of a power cut go


def _check(db: Database, path: Path, create: bool) -> None:
    names = set(db.table_names())
    if not names and create:
        return
    if not {"meta", "sources", "questions", MIGRATIONS.migrations_table} <= names:
        what = "is an empty database" if not names else "is a SQLite database, but not a knowledge base of tiku"
        raise BankError(f"{path} {what}: {NEW_BANK.format('OTHER.db')}")
    ours = {m.name for m in MIGRATIONS.pending(db)} | {m.name for m in MIGRATIONS.applied(db)}
    known = {m.name for m in MIGRATIONS._migrations}
    if not ours <= known:
        raise BankError(f"{path} was made by a newer tiku: upgrade with pip install --upgrade tiku")


def meta(db: Database, key: str) -> str | None:
    """One value of the bank about itself: schema_version, tokens_version, index (ready or stale)."""
    row = db.execute("select value from meta where key = ?", [key]).fetchone()
    return row[0] if row else None


def set_meta(db: Database, key: str, value: object) -> None:
    """Set one value of the bank about itself."""
    db.execute("insert into meta(key, value) values (?, ?) on conflict(key) do update set value = excluded.value", [key, str(value)])


@MIGRATIONS()
def m001_first(db: Database) -> None:
    """The tables as docs/knowledge-base.md describes them."""
    _table(db, "meta", {"key": str, "value": str}, pk="key")
    _table(db, "sources", {
        "id": int, "name": str, "sha256": str, "format": str, "encoding": str, "url": str, "text": str, "imported_at": str, "content": str,
    }, unique=[["name"]], index=[["sha256"], ["content"], ["imported_at"]], not_null={"name", "sha256", "format", "text"})
    _table(db, "source_names", {"name": str, "source_id": int, "url": str}, pk="name",
           keys=[("source_id", "sources")], index=[["source_id"]])
    _table(db, "documents", {"id": int, "source_id": int, "position": int, "title": str, "role": str, "kind": str},
           keys=[("source_id", "sources")], index=[["source_id", "position"], ["title"]])
    _table(db, "sections", {
        "id": int, "document_id": int, "parent_id": int, "position": int, "title": str, "announced": int, "type": str, "count": int,
        "score_each": float, "score_total": float, "instruction": str,
    }, keys=[("document_id", "documents"), ("parent_id", "sections")], index=[["document_id", "position"], ["parent_id"]])
    _table(db, "questions", {
        "id": int, "document_id": int, "section_id": int, "position": int, "number": int, "printed_number": str, "type": str,
        "material": str, "stem": str, "options_text": str, "answer": str, "explanation": str, "commentary": str, "score": float,
        "difficulty": str, "knowledge": str, "start": int, "end": int, "parts": str,
        "has_answer": int, "has_repairs": int, "flag_codes": str,
    }, keys=[("document_id", "documents"), ("section_id", "sections")],
        index=[["document_id", "position"], ["section_id"], ["type"], ["has_answer"], ["has_repairs"], ["flag_codes"]],
        not_null={"document_id", "position", "stem"})
    _table(db, "options", {
        "id": int, "question_id": int, "position": int, "label": str, "printed_label": str, "text": str, "is_answer": int,
    }, keys=[("question_id", "questions")], index=[["question_id", "position"]])
    _table(db, "repairs", {
        "id": int, "source_id": int, "question_id": int, "number": int, "rule": str, "family": str, "field": str, "start": int, "end": int,
        "before": str, "after": str, "evidence": str, "confidence": float, "applied": int,
    }, keys=[("source_id", "sources"), ("question_id", "questions")],
        index=[["source_id"], ["question_id"], ["rule", "applied"], ["applied", "confidence"]])
    _table(db, "question_repairs", {"id": int, "question_id": int, "repair_id": int},
           keys=[("question_id", "questions"), ("repair_id", "repairs")], index=[["question_id"], ["repair_id"]])
    _table(db, "flags", {"id": int, "question_id": int, "code": str, "about": str, "message": str},
           keys=[("question_id", "questions")], index=[["question_id"], ["code"], ["about"]])
    _table(db, "blocks", {
        "id": int, "source_id": int, "start": int, "end": int, "role": str, "reason": str, "document_id": int, "question_id": int,
    }, keys=[("source_id", "sources"), ("document_id", "documents"), ("question_id", "questions")],
        index=[["source_id"], ["role"]])
    _table(db, "decisions", {
        "id": int, "action": str, "fingerprint": str, "source_name": str, "sha256": str, "rule": str, "field": str, "left": str,
        "before": str, "after": str, "right": str, "who": str, "decided_at": str, "note": str,
    }, index=[["fingerprint"], ["source_name"]], not_null={"action", "fingerprint"})
    _index(db)
    set_meta(db, "schema_version", 1)
    set_meta(db, "tokens_version", TOKENS_VERSION)
    set_meta(db, "index", "ready")
    set_meta(db, "question_ids", 0)


@MIGRATIONS()
def m002_imports(db: Database) -> None:
    """What an import remembers: the folder that answers for a name (a digest, for --prune), and pages that are not tried again."""
    db.table("source_names").add_column("root", str)
    _table(db, "quarantine", {"name": str, "sha256": str, "reason": str, "seen_at": str}, pk="name")


@MIGRATIONS()
def m003_decisions(db: Database) -> None:
    """What a decision needs to be carried out on another reading, and to be taken back."""
    for column, kind in (("start", int), ("value", str), ("previous", str)):
        db.table("decisions").add_column(column, kind)
    db.table("decisions").create_index(["sha256"])


def _table(db: Database, name: str, columns: dict[str, Any], *, pk: str = "id", keys: list[tuple[str, str]] | None = None,
           index: list[list[str]] | None = None, unique: list[list[str]] | None = None, not_null: set[str] | None = None) -> None:
    table = db.create_table(
        name, columns, pk=pk, not_null=not_null, foreign_keys=[(column, other, "id") for column, other in keys or []],
    )
    for columns_of in unique or []:
        table.create_index(columns_of, unique=True)
    for columns_of in index or []:
        table.create_index(columns_of)


def _index(db: Database) -> None:
    """The search index: FTS5 over a view that cuts the text, so that the tokens are stored once and the text not again.

    A token is a character with its neighbour; a query of one character asks for all that begin with it, which ``prefix`` keeps together.
    """
    cut = ", ".join(f"tiku_tokens({c}) as {c}" for c in INDEXED)
    db.execute(f"create view questions_tokens as select id, {cut} from questions")
    db.execute(
        f"create virtual table questions_fts using fts5({', '.join(INDEXED)}, content='questions_tokens', content_rowid='id', "
        "tokenize='ascii', prefix='1')"  # the words come folded: to look every character up, as unicode61 does, takes a third longer
    )
    db.execute("insert into questions_fts(questions_fts, rank) values ('hashsize', ?)", [GATHERED])
    add_triggers(db)


def _renew_index(db: Database, path: Path) -> None:
    """The search index of a bank whose text was cut in another way. Says so: it takes minutes for a million questions."""
    with db.atomic():
        db.execute("update meta set value = value where key = 'tokens_version'")  # wait here for another program that renews it, too
        if meta(db, "tokens_version") == str(TOKENS_VERSION):
            return
        logging.getLogger(__name__).warning("%s: its search index is of another version of tiku and is made anew, once", path)
        _drop_triggers(db)
        db.execute("drop table questions_fts")
        db.execute("drop view questions_tokens")
        _index(db)
        rebuild_index(db)


def add_triggers(db: Database) -> None:
    """The triggers that keep the search index in step with the questions."""
    columns = ", ".join(INDEXED)
    new = ", ".join(f"tiku_tokens(new.{c})" for c in INDEXED)
    old = ", ".join(f"tiku_tokens(old.{c})" for c in INDEXED)
    insert = f"insert into questions_fts(rowid, {columns}) values (new.id, {new});"
    delete = f"insert into questions_fts(questions_fts, rowid, {columns}) values ('delete', old.id, {old});"
    db.execute(f"create trigger if not exists questions_fts_insert after insert on questions begin {insert} end")
    db.execute(f"create trigger if not exists questions_fts_delete after delete on questions begin {delete} end")
    db.execute(f"create trigger if not exists questions_fts_update after update of id, {columns} on questions begin {delete} {insert} end")


def index_by_hand(db: Database) -> None:
    """Leave new questions to ``add_to_index`` for the rest of this transaction, which must end with ``add_triggers``.

    Tokens that were made elsewhere cost a third of what a trigger costs, which makes them itself. As all of it is one transaction,
    nobody ever sees, and no crash ever leaves, an index that does not fit the questions.
    """
    db.execute("drop trigger if exists questions_fts_insert")


def add_to_index(db: Database, entries: Iterable[tuple[int, tuple[str, ...]]]) -> None:
    """Put questions, by id with the tokens of each column of ``INDEXED``, into the search index; see ``index_by_hand``."""
    marks = ", ".join("?" * len(INDEXED))
    db.conn.executemany(
        f"insert into questions_fts(rowid, {', '.join(INDEXED)}) values (?, {marks})", ((i, *columns) for i, columns in entries))


def suspend_index(db: Database) -> None:
    """Stop keeping the search index while very many questions are loaded; ``rebuild_index`` must follow. Survives a crash as stale."""
    with db.atomic():
        set_meta(db, "index", "stale")
        _drop_triggers(db)


def _drop_triggers(db: Database) -> None:
    for event in ("insert", "delete", "update"):
        db.execute(f"drop trigger if exists questions_fts_{event}")


def postpone_merging(db: Database, postponed: bool = True) -> None:
    """Whether the pieces of the search index are left as they are written, up to sixteen of a size, or merged bit by bit with each."""
    db.execute("insert into questions_fts(questions_fts, rank) values ('automerge', ?)", [0 if postponed else 4])


def merge_index(db: Database) -> None:
    """Merge the pieces of the search index, which every search must look through, into one."""
    db.execute("insert into questions_fts(questions_fts) values ('optimize')")


def rebuild_index(db: Database) -> None:
    """Build the search index anew from the questions (重建索引), in one piece. 53 s a million questions on one core, 10 s to merge it."""
    with db.atomic():
        db.execute("insert into questions_fts(questions_fts) values ('rebuild')")
        merge_index(db)
        add_triggers(db)
        set_meta(db, "tokens_version", TOKENS_VERSION)
        set_meta(db, "index", "ready")
