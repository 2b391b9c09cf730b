"""The decisions that a bank remembers (决定的存取), and a new reading with them carried out."""

from __future__ import annotations

from dataclasses import fields

from sqlite_utils import Database

from extract.model import Extraction, Source

from .decisions import Decision, carry_out_all

COLUMNS = tuple(f.name for f in fields(Decision) if f.name != "id")


def decisions_of(db: Database, source: Source | None = None) -> list[Decision]:
    """The decisions, oldest first; of one source by its name or its bytes, or all."""
    where, values = ("where source_name = ? or sha256 = ?", [source.name, source.sha256]) if source is not None else ("", [])
    rows = db.execute(f"select id, {', '.join(quoted())} from decisions {where} order by id", values)
    return [Decision(**dict(zip(("id", *COLUMNS), row, strict=True))) for row in rows]


def quoted() -> list[str]:
    """The columns of a decision for SQL, where left and right are words of its own."""
    return [f'"{c}"' for c in COLUMNS]


def decided(db: Database, x: Extraction) -> Extraction:
    """A new reading of a source with the decisions about it carried out; those that no longer fit wait for a reading that they fit."""
    held = decisions_of(db, x.source)
    return carry_out_all(x, held)[0] if held else x
