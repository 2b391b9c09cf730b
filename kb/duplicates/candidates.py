"""Which texts are worth comparing (候选对): those that share a key, never all with all.

A key that very many texts share (a stem of nothing but 下列说法正确的是) is walked along its texts in sorted order, each compared
with its few neighbours only. So the number of pairs grows with the number of texts, whatever the texts are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from sqlite_utils import Database

from .texts import Texts

CROWD = 24
"""Texts under one key up to which each is compared with each."""

NEIGHBOURS = 6
COMPRESS = 4_000_000
MANY = 40_000
"""Fresh texts from which all keys are walked in order; below, the keys of the fresh ones are looked up."""



def pairs(db: Database, fresh: Texts) -> Iterator[tuple[int, int]]:
    """Pairs (a < b) of texts that share a key and of which one is fresh, each pair once, in order."""
    held = array("q")
    unique = np.empty(0, np.int64)
    for (listed,) in _shared(db, fresh):
        for a, b in _within(sorted(map(int, listed.split(","))), fresh):
            held.append(a << 32 | b if a < b else b << 32 | a)
        if len(held) > COMPRESS:
            unique = np.union1d(unique, np.frombuffer(held, np.int64))
            held = array("q")
    if len(held):
        unique = np.union1d(unique, np.frombuffer(held, np.int64))
    for start in range(0, len(unique), 100_000):
        for pair in unique[start : start + 100_000].tolist():
            yield pair >> 32, pair & 0xFFFFFFFF


def _shared(db: Database, fresh: Texts) -> Iterable[tuple[str]]:
    """The texts under each key that more than one has, as SQLite lists them: most keys are alone, and never reach Python."""
    (known,) = db.execute("select count(*) from duplicate_texts").fetchone()
    if len(fresh) > MANY or len(fresh) * 3 > known:
        return db.execute("select group_concat(text_id) from duplicate_bands group by key having count(*) > 1")
    return db.execute(
        "select group_concat(b.text_id) from (select distinct key from temp.fresh_keys) f cross join duplicate_bands b on b.key = f.key "
        "group by f.key having count(*) > 1"
    )


def _within(texts: list[int], fresh: Texts) -> Iterator[tuple[int, int]]:
    reach = len(texts)
    if reach > CROWD:
        # truncated copies sort right before the whole ones, slips near the end of a text beside their original
        texts = sorted(texts, key=lambda t: (lambda f: (f.stem, f.options, f.material))(fresh.get(t)))
        reach = NEIGHBOURS
    new = [fresh.is_fresh(t) for t in texts]
    for i, a in enumerate(texts):
        for j in range(i + 1, min(len(texts), i + 1 + reach)):
            if new[i] or new[j]:
                yield a, texts[j]
