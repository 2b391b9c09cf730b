"""The decisions that a bank remembers (决定的存取)."""

from __future__ import annotations

from dataclasses import fields

from sqlite_utils import Database

from .decisions import Decision

COLUMNS = tuple(f.name for f in fields(Decision) if f.name != "id")


def decisions_of(db: Database, name: str | None = None, sha256: str | None = None) -> list[Decision]:
    """The decisions, oldest first; of one source by its name or its bytes, or all."""
    where, values = ("where source_name = ? or sha256 = ?", [name, sha256]) if name is not None else ("", [])
    rows = db.execute(f"select id, {', '.join(quoted())} from decisions {where} order by id", values)
    return [Decision(**dict(zip(("id", *COLUMNS), row, strict=True))) for row in rows]


def quoted() -> list[str]:
    """The columns of a decision for SQL, where left and right are words of its own."""
    return [f'"{c}"' for c in COLUMNS]
