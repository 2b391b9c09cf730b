"""``json`` and ``jsonl``: the question set of docs/question-set.md, which ``tiku import`` reads back without loss (题库交换格式)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from extract.wire import to_json

from .how import How
from .row import Lost
from .select import Picked


def write_jsonl(picked: Picked, out: IO[bytes], how: How, lost: Lost) -> None:
    """One source a line."""
    for value in _sources(picked, how):
        out.write(_dump(value) + b"\n")


def write_json(picked: Picked, out: IO[bytes], how: How, lost: Lost) -> None:
    """``{"sources": [...]}``, a source a line inside it."""
    out.write(b'{"sources": [')
    for number, value in enumerate(_sources(picked, how)):
        out.write((b",\n" if number else b"\n") + _dump(value))
    out.write(b"\n]}\n")


def _sources(picked: Picked, how: How) -> Iterator[dict[str, Any]]:
    for extraction in picked.sources():
        value = to_json(extraction, text=not picked.masked)
        if how.provenance:
            value["source"]["licence"] = picked.licence
        yield value


def _dump(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
