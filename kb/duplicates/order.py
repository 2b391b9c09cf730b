"""Ids of texts in the order of the texts (题面次序): what begins alike has ids next to one another.

So the neighbours of a text under a key that very many share are found by their ids, without reading what all of them say. Between
ids there is room for texts that come later. Where none is left, a text takes the next free id: its place is a little off then,
which costs nothing but a chance to meet a copy by this one key.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlite_utils import Database

from .texts import Known, record

ROOM = 1 << 26
"""Between one id and the next: it can be halved 26 times, and a million ids still fit in the six bytes that SQLite has for them."""

AFTER = "select id from duplicate_texts where id > ? and id < ? order by id limit 1"
BEFORE = "select id from duplicate_texts where id > ? and id <= ? order by id desc limit 1"


def fresh_ids(db: Database, records: Iterable[bytes]) -> list[int]:
    """Ids for fresh texts, given by their records in order, among those that the bank holds."""
    (last,) = db.execute("select coalesce(max(id), 0) from duplicate_texts").fetchone()
    known = Known(db)
    gaps: list[tuple[int, int]] = []
    for data in records:
        gaps.append(_gap(db, known, data, gaps[-1][0] if gaps else 0, last + 1) if last else (0, 1))
    out: list[int] = []
    taken: set[int] = set()
    for (low, high), group in groupby(gaps):
        count = len(list(group))
        step = ROOM if high > last else max(1, (high - low) // (count + 1))
        for n in range(1, count + 1):
            out.append(_free(db, taken, low + step * n) if last else low + step * n)
            taken.add(out[-1])
    return out


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
