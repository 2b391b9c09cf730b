"""``tiku export KB.db --to FORMAT``: questions out of the bank."""

from __future__ import annotations

import json
from pathlib import Path

import click

from extract.wire import to_json

from ..load import iterate
from ..schema import open_bank
from .common import BANK, selecting, selection, whole_file


@click.command()
@BANK
@click.option("--to", "format_", type=click.Choice(["json", "jsonl"]), default="json", show_default=True, help="Format.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; standard output otherwise.")
@selecting
def command(bank: Path, format_: str, out: Path | None, document: str | None, type_: str | None, section: str | None,
            query: str | None) -> None:
    """Write the questions of a knowledge base, ordered by the names of their sources. The same bank gives the same bytes."""
    db = open_bank(bank)
    before, between, after = {"json": ('{"sources": [\n', ",\n", "\n]}\n"), "jsonl": ("", "\n", "\n")}[format_]
    with whole_file(out) as stream:
        stream.write(before.encode())
        some = False
        for extraction in iterate(db, selection(document, type_, section, query)):
            stream.write((between if some else "").encode() + json.dumps(to_json(extraction), ensure_ascii=False).encode())
            some = True
        stream.write(after.encode() if some or format_ == "json" else b"")
