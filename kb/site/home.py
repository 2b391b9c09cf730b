"""The front page (首页): what is in the bank, in numbers and two pictures, and what came last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..stats import Stats
from .text import flag_name, type_name

NEWEST = ("source_id", "name", "imported_at", "document_id", "title", "questions")
SLOW = 0.05  # seconds of counting that no visitor should wait for


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it is called, how many, its share of the longest bar (0 to 1), and where it leads."""

    label: str
    count: int
    share: float
    href: str


def bars(rows: list[tuple[str, int, str]]) -> list[Bar]:
    """The bars of a chart from (label, count, address), the longest 1."""
    longest = max((n for _, n, _ in rows), default=1)
    return [Bar(label, n, n / longest, href) for label, n, href in rows]


def home(db: Database, found: Stats) -> dict[str, Any]:
    """What the front page shows, the counts given."""
    newest = db.execute(
        "select s.id, s.name, s.imported_at, min(d.id), (select title from documents where source_id = s.id order by position limit 1), "
        "(select count(*) from questions q join documents x on x.id = q.document_id where x.source_id = s.id) "
        "from (select * from sources order by imported_at desc, id desc limit 8) s left join documents d on d.source_id = s.id "
        "group by s.id "
        "order by s.imported_at desc, s.id desc"
    ).fetchall()
    return {
        "stats": found,
        "types": bars([(type_name(t), n, f"/kb/questions?type={t}&_size=20" if t else "/kb/questions?type__isnull=1&_size=20")
                       for t, n in found.types]),
        "flags": bars([(flag_name(code), n, f"/review?code={code}") for code, n in found.flags[:12]]),
        "newest": [dict(zip(NEWEST, row, strict=True)) for row in newest],
    }


class Counts:
    """The counts of a bank, kept while the file does not change, and taken again behind the visitor's back where that is slow."""

    def __init__(self, count: Callable[[], Awaitable[Stats]], bank: Path) -> None:
        self._count = count
        self._files = (bank, bank.with_name(bank.name + "-wal"))
        self._stats: Stats | None = None
        self._stamp: tuple[tuple[int, int], ...] = ()
        self._cost = 0.0
        self._behind: asyncio.Task[None] | None = None

    async def now(self) -> Stats:
        """The counts; of a large bank that has just been written to, those of a moment ago."""
        if self._stats is None or (self._changed() and self._cost < SLOW):
            await self._take()
        elif self._changed() and (self._behind is None or self._behind.done()):
            self._behind = asyncio.create_task(self._take())
        assert self._stats is not None
        return self._stats

    def _changed(self) -> bool:
        return self._stamp != self._look()

    def _look(self) -> tuple[tuple[int, int], ...]:
        return tuple((p.stat().st_mtime_ns, p.stat().st_size) for p in self._files if p.exists())

    async def _take(self) -> None:
        stamp, start = self._look(), time.monotonic()
        self._stats = await self._count()
        self._stamp, self._cost = stamp, time.monotonic() - start
