"""One export from choice to file, with the manifest that stands beside it (清单)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from sqlite_utils import Database

from kb.duplicates import update

from .how import How
from .row import Lost
from .select import Filters, pick

if TYPE_CHECKING:
    from . import Format


@dataclass(frozen=True, slots=True)
class Done:
    """What an export did: how many questions were chosen and written, what was left out and lost, and the manifest."""

    chosen: int
    written: int
    left_out: dict[str, int]
    lost: Lost
    manifest: dict[str, Any]


class _Counted:
    """A stream that knows the hash and length of what went through it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.sha256 = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        self.bytes += len(data)
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    closed = False


def export(
    db: Database, to: Format, out: IO[bytes], *, name: str, filters: Filters | None = None, how: How | None = None,
    masked: bool = False, licence: str | None = None,
) -> Done:
    """Write the chosen questions to a stream. ``name`` is the format's name. ValueError where the excluded set cannot be read."""
    filters, how = filters or Filters(), how or How()
    if filters.dedupe:
        update(db)
    db.conn.execute("begin")  # one view of the bank from choice to last byte, also while it is being imported into
    try:
        picked = pick(db, filters, licence=licence, masked=masked)
        lost: Lost = Counter()
        counted = _Counted(out)
        to.write(picked, cast(IO[bytes], counted), how, lost)
        counts = {what: picked.count(f"distinct {what[:-1]}_id") for what in ("sources", "documents")} | {"questions": picked.count()}
    finally:
        db.conn.rollback()
    written = counts["questions"] - sum(n for code, n in lost.items() if code.startswith("skipped_"))
    asked = {f.name: getattr(filters, f.name) for f in fields(filters) if f.name not in ("selection", "exclude")}
    manifest = {
        "tiku": version("tiku"),
        "format": name,
        "filters": {
            **asdict(filters.selection),
            **asked,
            "exclude": filters.exclude and {"name": filters.exclude.name, "sha256": _hash(filters.exclude)},
        },
        "options": {**asdict(how), "mask_personal": masked, "licence": licence},
        "counts": {**counts, "written": written, "left_out": picked.left_out, "lost": dict(sorted(lost.items()))},
        "file": {"bytes": counted.bytes, "sha256": counted.sha256.hexdigest()},
    }
    return Done(counts["questions"], written, picked.left_out, lost, manifest)


def write_manifest(done: Done, beside: Path) -> Path:
    """Put the manifest beside an exported file, as ``FILE.manifest.json``."""
    path = beside.with_name(beside.name + ".manifest.json")
    manifest = {**done.manifest, "file": {"name": beside.name, **done.manifest["file"]}}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
