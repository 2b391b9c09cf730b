"""Which texts are worth comparing (候选对): those that share a key, never all with all.

Under a key that very many texts share (a stem of nothing but 下列说法正确的是) each is compared with its few neighbours in the order
of the texts only. So the number of pairs grows with the number of texts, whatever the texts are. Ranks and ids are in that order.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from .sketch import may_match

CROWD = 24
"""Texts under one key up to which each is compared with each."""

NEIGHBOURS = 6
HELD = 4_000_000
BLOCK = 20_000

Keys = npt.NDArray[np.int64]
UNDER = "select text_id from duplicate_bands where key = ? limit ?"
BEFORE = "select text_id from duplicate_bands where key = ? and text_id < ? order by text_id desc limit ?"
AFTER = "select text_id from duplicate_bands where key = ? and text_id > ? order by text_id limit ?"


def bands(made: Keys) -> Iterator[tuple[Keys, Keys]]:
    """For each band, the keys in their order and the rank of the text of each."""
    for column in made.T:
        ranks = np.flatnonzero(column >= 0)
        ranks = ranks[np.argsort(column[ranks], kind="stable")]
        yield column[ranks], ranks


def among(made: Keys, bags: npt.NDArray[np.uint16]) -> Iterator[tuple[int, int]]:
    """Pairs of ranks (a < b) of fresh texts that share a key and may be one question, each pair once, in order."""
    held = [np.empty(0, np.int64)]
    for keys, ranks in bands(made):
        for a, b in _within(keys, ranks):
            for start in range(0, len(a), BLOCK):
                left, right = a[start : start + BLOCK], b[start : start + BLOCK]
                kept = may_match(bags[left], bags[right])
                held.append(left[kept] << 32 | right[kept])
        if sum(map(len, held)) > HELD:
            held = [np.unique(np.concatenate(held))]
    unique = np.unique(np.concatenate(held))
    for start in range(0, len(unique), BLOCK):
        for pair in unique[start : start + BLOCK].tolist():
            yield pair >> 32, pair & 0xFFFFFFFF


def _within(keys: Keys, ranks: Keys) -> Iterator[tuple[Keys, Keys]]:
    """Pairs under one key: all of a few texts, neighbours of a crowd. One step of the distance between the two after another."""
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else keys
    sizes = np.diff(np.append(starts, len(keys)))
    crowded = np.repeat(sizes > CROWD, sizes)
    for step in range(1, CROWD):
        left = np.flatnonzero(keys[step:] == keys[:-step])
        if step > NEIGHBOURS:
            left = left[~crowded[left]]
        if not len(left):
            return
        yield ranks[left], ranks[left + step]


def in_bank(db: Database, text_id: int, keys: list[int]) -> set[int]:
    """The texts of the bank that share a key with a fresh one, whose keys are not in the bank yet."""
    found: set[int] = set()
    for key in keys:
        under = db.conn.execute(UNDER, [key, CROWD + 1]).fetchall() if key >= 0 else []
        if len(under) > CROWD:
            under = [row for side in (BEFORE, AFTER) for row in db.conn.execute(side, [key, text_id, NEIGHBOURS])]
        found.update(row[0] for row in under)
    return found
