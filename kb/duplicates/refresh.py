"""Groups of the same question, brought up to date after an import (重复题分组): only what came, changed or went is looked at.

Questions with equal texts share one row of ``duplicate_texts``; texts that are one question all the same are joined by an edge;
a group is what hangs together. Its id is the smallest id of its questions. Linear in the number of questions; memory holds keys.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from kb.decided import decisions_of
from kb.decisions import carry_out_all
from kb.store import read, rewrite, transaction

from . import tables
from .candidates import among, bands, in_bank
from .compare import compare
from .form import Form, content_key, telling
from .grouping import regroup
from .order import fresh_ids
from .sketch import BANDS, BUCKETS, bags, keys
from .suggestions import RULE, accepted_again, prepare
from .texts import COLUMNS, Fresh, Known, Scratch, of_row

BATCH = 20_000
PART = 100_000
CACHE = 128_000
"""Pages of the bank that SQLite may keep meanwhile, in kB: texts come in another order than questions, and two megabytes would be
read again and again."""

TEMPORARY = {
    "changed": "source_id integer primary key",
    "gone": "question_id integer primary key",
    "todo": "question_id integer primary key",
    "touched": "text_id integer primary key",
    "orphans": "text_id integer primary key",
}
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
    conn = db.conn
    prepare(db)
    if tables.prepare(db, again=again):
        conn.execute("insert into temp.relearn select distinct question_id from repairs where rule = ? and not applied", [RULE])
    for table, column in TEMPORARY.items():
        conn.execute(f"create temp table if not exists {table}({column})")
        conn.execute(f"delete from temp.{table}")
    conn.execute("insert into temp.changed select source_id from duplicate_changed")
    if not db.execute("select exists (select 1 from temp.changed)").fetchone()[0]:
        return Updated(0, 0, 0, 0, 0)
    (sources,) = db.execute("select count(*) from temp.changed c join sources s on s.id = c.source_id").fetchone()
    conn.execute(TOUCH)
    conn.execute("insert into temp.gone select f.question_id from temp.changed c join duplicate_forms f on f.source_id = c.source_id")
    conn.execute("delete from duplicate_forms where source_id in (select source_id from temp.changed)")
    with closing(Scratch()) as scratch:
        fresh = _read(db, scratch)
        compared, edges = _join(db, fresh)
    groups = regroup(db)
    conn.execute("delete from duplicate_changed")
    return Updated(sources, len(fresh), compared, edges, groups)


def _questions(db: Database) -> Iterator[tuple[Any, ...]]:
    """The questions of the changed sources in the order of their ids, which is how they lie in the bank."""
    db.conn.execute("insert into temp.todo select q.id from temp.changed c join documents d on d.source_id = c.source_id "
                    "join questions q on q.document_id = d.id")
    yield from db.execute(f"select q.id, d.source_id, {COLUMNS} from temp.todo t join questions q on q.id = t.question_id "
                          "join documents d on d.id = q.document_id order by t.question_id")


def _read(db: Database, scratch: Scratch) -> Fresh:
    """Note which text each question of the changed sources has. Returns the texts that are new to the bank."""
    questions, sources, contents = array("q"), array("q"), array("q")
    for question_id, source_id, *fields in _questions(db):
        f = of_row(fields)
        if telling(f, fields[0]):
            questions.append(question_id)
            sources.append(source_id)
            contents.append(content_key(f))
            scratch.add(f)
    different, first, which = np.unique(np.frombuffer(contents, np.int64), return_index=True, return_inverse=True)
    conn = db.conn
    known = "select id from duplicate_texts where content = ?"
    ids = np.array([(conn.execute(known, [content]).fetchone() or (0,))[0] for content in different.tolist()], np.int64)

    def note(wanted: npt.NDArray[np.bool_]) -> None:
        rows = np.flatnonzero(wanted[which])
        conn.executemany("insert into duplicate_forms(question_id, source_id, text_id) values (?, ?, ?)", (
            (questions[n], sources[n], text_id) for n, text_id in zip(rows.tolist(), ids[which[rows]].tolist(), strict=True)))

    new = ids == 0
    note(~new)
    conn.execute(TOUCH)
    _forget(db)
    # sorted in parts, so that memory holds the records of one part
    wanted = first[new]
    parts = [sorted(wanted[at : at + PART].tolist(), key=scratch.record) for at in range(0, len(wanted), PART)]
    places = array("q", merge(*parts, key=scratch.record))
    order = which[places]
    ids[order] = made = fresh_ids(db, map(scratch.record, places))
    conn.executemany("insert into duplicate_texts(id, content) values (?, ?)", zip(made, different[order].tolist(), strict=True))
    note(new)
    conn.execute(TOUCH)
    return Fresh(scratch, places, made)


def _forget(db: Database) -> None:
    """Texts that no question has any more; what was joined to them must be grouped again."""
    conn = db.conn
    conn.execute("insert into temp.orphans select t.text_id from temp.touched t where not exists "
                 "(select 1 from duplicate_forms f where f.text_id = t.text_id)")
    for here, there in (("a", "b"), ("b", "a")):
        conn.execute(
            f"insert or ignore into temp.touched select {there} from duplicate_edges where {here} in (select text_id from temp.orphans)"
        )
    for here in ("a", "b"):
        conn.execute(f"delete from duplicate_edges where {here} in (select text_id from temp.orphans)")
    conn.execute("delete from duplicate_texts where id in (select text_id from temp.orphans)")


def _join(db: Database, fresh: Fresh) -> tuple[int, int]:
    """Compare the fresh texts with those that share a key, and join those that are one question."""
    compared = edges = 0
    found: list[tuple[int, int, str, float]] = []
    for a, b, one, other in _pairs(db, fresh):
        compared += 1
        if match := compare(one, other):
            found.append((min(a, b), max(a, b), match.relation, match.similarity))
            edges += 1
        if len(found) >= BATCH:
            _edges(db, found)
    _edges(db, found)
    return compared, edges


def _pairs(db: Database, fresh: Fresh) -> Iterator[tuple[int, int, Form, Form]]:
    """The pairs to compare, by their ids: fresh texts with those of the bank, then with one another. Puts their keys into the bank."""
    made = np.empty((len(fresh), BANDS + 2), np.int64)
    held = np.empty((len(fresh), BUCKETS), np.uint16)
    for start in range(0, len(fresh), BATCH):
        forms = [fresh.form(rank) for rank in range(start, min(start + BATCH, len(fresh)))]
        made[start : start + BATCH], held[start : start + BATCH] = keys(forms), bags(forms)
    known = Known(db)
    if db.execute("select exists (select 1 from duplicate_bands)").fetchone()[0]:
        for rank, text_id in enumerate(fresh.ids):
            for other in sorted(in_bank(db, text_id, made[rank].tolist())):
                yield text_id, other, fresh.form(rank), known.form(other)
    ids = np.array(fresh.ids, np.int64)
    for band, ranks in bands(made):
        for at in range(0, len(band), PART):
            db.conn.executemany("insert or ignore into duplicate_bands(key, text_id) values (?, ?)",
                                zip(band[at : at + PART].tolist(), ids[ranks[at : at + PART]].tolist(), strict=True))
    form = lru_cache(maxsize=BATCH)(fresh.form)
    for a, b in among(made, held):
        yield fresh.ids[a], fresh.ids[b], form(a), form(b)


def _edges(db: Database, found: list[tuple[int, int, str, float]]) -> None:
    db.conn.executemany("insert or replace into duplicate_edges(a, b, relation, similarity) values (?, ?, ?, ?)", found)
    found.clear()
