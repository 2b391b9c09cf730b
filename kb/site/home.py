"""The front page (首页): what is in the bank, in numbers and two pictures, and what came last."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..stats import Stats, stats
from .text import flag_name, type_name

NEWEST = ("source_id", "name", "imported_at", "document_id", "title", "questions")
FRESH = 5.0  # seconds for which the numbers of a bank that is being written to are good enough


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


def home(db: Database, kept: dict[str, Any], bank: Path) -> dict[str, Any]:
    """What the front page shows. ``kept`` holds the last counts, which are taken anew only when the file has changed."""
    found = _counted(db, kept, bank)
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


def _counted(db: Database, kept: dict[str, Any], bank: Path) -> Stats:
    stamp = tuple((p.stat().st_mtime_ns, p.stat().st_size) for p in (bank, bank.with_name(bank.name + "-wal")) if p.exists())
    now = time.monotonic()
    if kept.get("stamp") != stamp and now - kept.get("at", -FRESH) >= FRESH:
        kept.update(stats=stats(db), stamp=stamp, at=now)
    value: Stats = kept["stats"]
    return value
