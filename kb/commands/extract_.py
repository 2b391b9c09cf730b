"""``tiku extract FILE``: one page in, its question set out."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import click

from extract import Knowledge, extract
from extract.wire import to_json

from ..sources import Failed, Listed, Page, Wanted, container_of, entries
from .common import ENCODING, GLOSSARY, REPAIR


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option("--url", help="Address that the page came from; sites are known by it.")
@ENCODING
@REPAIR
@GLOSSARY
@click.option("--text/--no-text", default=True, help="With or without the reading text.  [default: with]")
def command(file: Path, url: str | None, encoding: str | None, repair: str, glossary: frozenset[str], text: bool) -> None:
    """Read one page and print its questions as JSON.

    FILE is a page (- is standard input). Of an archive or a crawl every page is printed, a JSON object a line.
    """
    knowledge = Knowledge(glossary=glossary)
    name = "-" if str(file) == "-" else file.name
    if file.is_dir():
        raise click.ClickException(f"{file} is a folder: tiku import KB.db {file} reads all of its pages")
    data = sys.stdin.buffer.read() if name == "-" else file.read_bytes()
    if container_of(name) is None:
        found = extract(data, name=name, url=url, encoding=encoding, repair=repair, knowledge=knowledge)
        click.echo(json.dumps(to_json(found, text=text), ensure_ascii=False, indent=1))
        return
    failed = False
    for entry in entries(io.BytesIO(data), name, Wanted()):
        if isinstance(entry, Page):
            try:
                found = extract(entry.data, name=entry.name, url=entry.url or url, encoding=encoding or entry.encoding, repair=repair,
                                knowledge=knowledge)
            except Exception as problem:  # one page of an archive never stops the others
                entry = Failed(entry.name, str(problem))
            else:
                click.echo(json.dumps(to_json(found, text=text), ensure_ascii=False))
        elif not isinstance(entry, (Failed, Listed)):
            click.echo(json.dumps(to_json(entry.extraction, text=text), ensure_ascii=False))
        if isinstance(entry, (Failed, Listed)):
            failed = failed or isinstance(entry, Failed)
            click.echo(f"{entry.name}: {entry.reason}", err=True)
    if failed:
        sys.exit(1)
