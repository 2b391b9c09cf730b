"""Groups of the same question, brought up to date after an import (重复题分组): only what came, changed or went is looked at.

Questions with equal texts share one row of ``duplicate_texts``; texts that are one question all the same are joined by an edge;
a group is what hangs together. Its id is the smallest id of its questions. Linear in the number of questions; memory holds keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from sqlite_utils import Database

from kb.decided import decisions_of
from kb.decisions import carry_out_all
from kb.store import read, rewrite, transaction

from . import tables
from .candidates import MANY, pairs
from .compare import compare
from .form import Form, content_key, telling
from .grouping import regroup
from .sketch import BANDS, keys
from .suggestions import accepted_again
from .texts import COLUMNS, Texts, of_row

BATCH = 20_000
RUN = 3_000_000
CACHE = 128_000
"""Pages of the bank that SQLite may keep meanwhile, in kB: keys come in random order, and two megabytes would be read again and again."""

TOUCH = (
    "insert or ignore into temp.touched select f.text_id from temp.changed c join duplicate_forms f on f.source_id = c.source_id"
)


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did: sources that were looked at, texts that were new, pairs compared, edges found, groups written or gone."""

    sources: int
    texts: int
    compared: int
    edges: int
    groups: int


def update(db: Database, *, again: bool = False) -> Updated:
    """Bring the groups in step with the bank, in one transaction. ``again`` forgets all groups first."""
    (cache,) = db.execute("pragma cache_size").fetchone()
    db.conn.execute(f"pragma cache_size = -{CACHE}")
    try:
        with transaction(db):
            done = _update(db, again)
            for name in accepted_again(db) if done.groups else ():
                x = read(db, name)
                rewrite(db, name, carry_out_all(x, decisions_of(db, x.source.name, x.source.sha256))[0])
            if done.groups:
                _update(db, False)  # what was carried out just now reads otherwise
        return done
    finally:
        db.conn.execute(f"pragma cache_size = {cache}")


def _update(db: Database, again: bool) -> Updated:
    if again:
        tables.clear(db)
    tables.prepare(db)
    conn = db.conn
    conn.execute("create temp table if not exists fresh_keys(key integer)")
    conn.execute("create temp table if not exists touched(text_id integer primary key)")
    conn.execute("create temp table if not exists changed(source_id integer primary key)")
    conn.execute("create temp table if not exists gone(question_id integer primary key)")
    for table in ("fresh_keys", "touched", "changed", "gone"):
        conn.execute(f"delete from temp.{table}")
    conn.execute("insert into temp.changed select s.id from sources s left join duplicate_seen d on d.source_id = s.id "
                 "where d.content is not s.content or d.source_id is null")
    (sources,) = db.execute("select count(*) from temp.changed").fetchone()
    conn.execute("insert into temp.changed select source_id from duplicate_seen where source_id not in (select id from sources)")
    if not db.execute("select exists (select 1 from temp.changed)").fetchone()[0]:
        return Updated(0, 0, 0, 0, 0)
    conn.execute(TOUCH)
    conn.execute("insert into temp.gone select f.question_id from temp.changed c join duplicate_forms f on f.source_id = c.source_id")
    conn.execute("delete from duplicate_forms where source_id in (select source_id from temp.changed)")
    texts = Texts(db)
    try:
        _read(db, texts)
        _forget(db)
        compared, edges = _join(db, texts)
        groups = regroup(db)
    finally:
        texts.close()
    conn.execute("delete from duplicate_seen where source_id in (select source_id from temp.changed)")
    conn.execute("insert into duplicate_seen select id, content from sources where id in (select source_id from temp.changed)")
    return Updated(sources, len(texts), compared, edges, groups)


def _questions(db: Database) -> Iterator[tuple[Any, ...]]:
    # the few of a small import by their source, all of a big one in the order of the table
    (part,) = db.execute("select (select count(*) from temp.changed) * 2 < (select count(*) from sources)").fetchone()
    order = "" if part else "order by q.id"
    yield from db.execute(
        f"select q.id, d.source_id, {COLUMNS} from temp.changed c join documents d on d.source_id = c.source_id "
        f"join questions q on q.document_id = d.id {order}"
    )


def _read(db: Database, texts: Texts) -> None:
    """Forms and keys of all questions of the changed sources."""
    conn = db.conn
    rows = _questions(db)
    (highest,) = db.execute("select coalesce(max(id), 0) from duplicate_texts").fetchone()
    run: list[tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]] = []
    while batch := list(islice(rows, BATCH)):
        forms: dict[int, Form] = {}
        contents: list[tuple[int, int, int]] = []
        for question_id, source_id, *fields in batch:
            f = of_row(fields)
            if not telling(f, fields[0]):
                continue
            content = content_key(f)
            contents.append((question_id, source_id, content))
            forms.setdefault(content, f)
        conn.executemany("insert or ignore into duplicate_texts(content) values (?)", [(c,) for c in sorted(forms)])
        conn.executemany(
            "insert into duplicate_forms(question_id, source_id, text_id) select ?, ?, id from duplicate_texts where content = ?", contents
        )
        new = list(conn.execute("select id, content from duplicate_texts where id > ? order by id", [highest]))
        if not new:
            continue
        highest = new[-1][0]
        fresh = [forms[content] for _, content in new]
        ids = np.array([i for i, _ in new], np.int64)
        for (text_id, _), f in zip(new, fresh, strict=True):
            texts.add(text_id, f)
        made = keys(fresh)
        where = np.nonzero(made >= 0)
        run.append((made[where], ids[where[0]]))
        if sum(len(k) for k, _ in run) > RUN:
            _store(db, run)
    _store(db, run)
    conn.execute(TOUCH)


def _forget(db: Database) -> None:
    """Texts that no question has any more; what was joined to them must be grouped again."""
    conn = db.conn
    conn.execute("create temp table if not exists orphans(text_id integer primary key)")
    conn.execute("delete from temp.orphans")
    conn.execute("insert into temp.orphans select t.text_id from temp.touched t where not exists "
                 "(select 1 from duplicate_forms f where f.text_id = t.text_id)")
    for here, there in (("a", "b"), ("b", "a")):
        conn.execute(
            f"insert or ignore into temp.touched select {there} from duplicate_edges where {here} in (select text_id from temp.orphans)"
        )
    for here in ("a", "b"):
        conn.execute(f"delete from duplicate_edges where {here} in (select text_id from temp.orphans)")
    conn.execute("delete from duplicate_texts where id in (select text_id from temp.orphans)")


def _store(db: Database, run: list[tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]]) -> None:
    """Keys into the bank in their own order, which is what makes it quick."""
    if not run:
        return
    made, ids = np.concatenate([k for k, _ in run]), np.concatenate([i for _, i in run])
    order = np.lexsort((ids, made))
    made, ids = made[order], ids[order]
    for start in range(0, len(made), 200_000):
        db.conn.executemany(
            "insert or ignore into duplicate_bands(key, text_id) values (?, ?)",
            zip(made[start : start + 200_000].tolist(), ids[start : start + 200_000].tolist(), strict=True),
        )
    if len(made) <= MANY * (BANDS + 2):
        db.conn.executemany("insert into temp.fresh_keys(key) values (?)", ((k,) for k in np.unique(made).tolist()))
    run.clear()


def _join(db: Database, texts: Texts) -> tuple[int, int]:
    """Compare the candidates and keep those that are one question."""
    compared = edges = 0
    found: list[tuple[int, int, str, float]] = []
    for a, b in pairs(db, texts):
        compared += 1
        match = compare(texts.get(a), texts.get(b))
        if match:
            found.append((a, b, match.relation, match.similarity))
            edges += 1
        if len(found) >= BATCH:
            _edges(db, found)
    _edges(db, found)
    return compared, edges


def _edges(db: Database, found: list[tuple[int, int, str, float]]) -> None:
    db.conn.executemany("insert or replace into duplicate_edges(a, b, relation, similarity) values (?, ?, ?, ?)", found)
    found.clear()
