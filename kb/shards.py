"""The shards that a cluster writes (分片文件): question sets a line, and what was failed or listed, as packed JSON lines or Parquet."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable

from extract.wire import to_json
from kb.sources import Failed, Listed, Ready


def other_line(entry: Ready | Failed | Listed) -> str:
    """The line of an entry that needed no extraction."""
    if isinstance(entry, Ready):
        return json.dumps(to_json(entry.extraction), ensure_ascii=False)
    return note_line("failed" if isinstance(entry, Failed) else "listed", entry.name, entry.reason)


def note_line(what: str, name: str, reason: str) -> str:
    """The line of what has no question set: ``failed`` or ``listed``, with its name and the reason."""
    return json.dumps({what: {"name": name, "reason": reason}}, ensure_ascii=False)


def packed_jsonl(lines: Iterable[str]) -> bytes:
    """Packed JSON lines, the same bytes for the same lines. A part is small enough to be held: a few dozen megabytes."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=6) as packed:
        for line in lines:
            packed.write(line.encode("utf-8", "surrogatepass") + b"\n")
    return out.getvalue()


def packed_parquet(lines: Iterable[str]) -> bytes:
    """The same lines as the one column of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    table = pyarrow.table({"question_set": pyarrow.array(list(lines), pyarrow.string())})
    parquet.write_table(table, out, compression="zstd", row_group_size=256)
    return out.getvalue()
