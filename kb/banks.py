"""Search over several banks side by side (多库检索): how more questions than one SQLite file should hold are searched.

Every bank is asked in a thread of its own, and SQLite computes without Python's lock, so the time is that of the slowest bank as
long as there are cores. The best of each are merged by their scores, which can be compared where the banks are parts of one
collection: how rare a word is, is then about the same in each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from .load import Selection
from .schema import open_bank
from .search import Found, Results, count, found, holds, loosened, scored
from .words import phrase

T = TypeVar("T")


def search_banks(
    banks: Sequence[str | Path], query: str, *, selection: Selection | None = None, limit: int = 20, loose: bool = True
) -> Results:
    """``kb.search.search`` over several banks; each question found says its ``bank``. BankError where one of them cannot be opened."""
    with ThreadPoolExecutor(max(1, len(banks))) as pool:

        def each(task: Callable[[Database], T]) -> list[T]:
            return list(pool.map(partial(_ask, task), banks))

        def best(expression: str) -> tuple[Found, ...]:
            lists = each(lambda db: scored(db, expression, selection, limit))
            merged = sorted((score, at, i) for at, held in enumerate(lists) for score, i in held)[:limit]
            wanted = [[i for _, at, i in merged if at == number] for number in range(len(banks))]
            parts = pool.map(lambda bank, ids: _ask(lambda db: found(db, ids), bank), banks, wanted)
            full = {(at, f.id): replace(f, bank=str(banks[at])) for at, part in enumerate(parts) for f in part}
            return tuple(full[at, i] for _, at, i in merged if (at, i) in full)

        first = best(phrase(query))
        if first or not loose:
            return Results(first, tuple(query.split()))
        expression, terms = loosened(query, lambda e: any(each(lambda db: holds(db, e))), lambda e: sum(each(lambda db: count(db, e))))
        second = best(expression)
        return Results(second, terms, bool(second))


def _ask(task: Callable[[Database], T], bank: str | Path) -> T:
    with closing(open_bank(bank)) as db:
        return task(db)
