"""Ids of texts in the order of the texts (题面次序): what begins alike has ids next to one another.

So the neighbours of a text under a key that very many share are found by their ids, without reading what all of them say. Between
ids there is room for texts that come later. Where none is left, a text takes the next free id: its place is a little off then,
which costs nothing but a chance to meet a copy by this one key.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlite_utils import Database

from .texts import Known, record

ROOM = 1 << 26
"""Between one id and the next: it can be halved 26 times, and a million ids still fit in the six bytes that SQLite has for them."""

AFTER = "select id from duplicate_texts where id > ? and id < ? order by id limit 1"
BEFORE = "select id from duplicate_texts where id > ? and id <= ? order by id desc limit 1"


def fresh_ids(db: Database, records: Iterable[bytes]) -> array[int]:
    """Ids for fresh texts, given by their records in order, among those that the bank holds."""
    (last,) = db.execute("select coalesce(max(id), 0) from duplicate_texts").fetchone()
    out = array("q")
    taken: set[int] = set()
    for (low, high), group in groupby(_gaps(db, records, last)):
        count = sum(1 for _ in group)
        step = ROOM if high > last else max(1, (high - low) // (count + 1))
        for n in range(1, count + 1):
            wanted = low + step * n
            if last:
                taken.add(wanted := _free(db, taken, wanted))
            out.append(wanted)
    return out


def _gaps(db: Database, records: Iterable[bytes], last: int) -> Iterator[tuple[int, int]]:
    known = Known(db)
    gap = (0, last + 1)
    for data in records:
        if last:
            gap = _gap(db, known, data, gap[0], last + 1)
        yield gap


def _gap(db: Database, known: Known, data: bytes, low: int, high: int) -> tuple[int, int]:
    """The ids of the texts before and after which a record stands, by halving the range of ids."""
    while True:
        middle = (low + high) // 2
        row = db.conn.execute(AFTER, [middle, high]).fetchone() or db.conn.execute(BEFORE, [low, middle]).fetchone()
        if row is None:
            return low, high
        if record(known.form(row[0])) < data:
            low = row[0]
        else:
            high = row[0]


def _free(db: Database, taken: set[int], wanted: int) -> int:
    while wanted in taken or db.conn.execute("select 1 from duplicate_texts where id = ?", [wanted]).fetchone():
        wanted += 1
    return wanted
