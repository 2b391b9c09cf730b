"""``tiku import KB.db PATH...``: pages, folders, archives and question sets into the bank."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from extract import Knowledge, extract

from ..schema import meta, open_bank, rebuild_index
from ..sources import Failed, Found, Listed, Page, Wanted, find, numbered, read_found
from ..store import same_bytes, save
from .common import BANK, ENCODING, GLOSSARY, REPAIR


@click.command()
@BANK
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--files-from", type=click.File("r", encoding="utf-8", errors="surrogateescape"),
              help="A list of paths, one a line; - is standard input.")
@ENCODING
@REPAIR
@GLOSSARY
def command(bank: Path, paths: tuple[str, ...], files_from: Iterator[str] | None, encoding: str | None, repair: str,
            glossary: frozenset[str]) -> None:
    """Read pages, folders, archives and question sets into KB.db; what is there already and has not changed is left alone."""
    if not paths and files_from is None:
        raise click.UsageError("name at least one PATH, or give a list with --files-from")
    db = open_bank(bank, create=True)
    counts: Counter[str] = Counter()
    failed: list[Failed] = []
    knowledge = Knowledge(glossary=glossary)
    for found in chain(find(paths), numbered(files_from or ())):
        for entry in read_found(found, Wanted()) if isinstance(found, Found) else (found,):
            if isinstance(entry, Failed):
                failed.append(entry)
            elif isinstance(entry, Listed):
                counts["left aside"] += 1
                click.echo(f"{entry.name}: {entry.reason}", err=True)
            else:
                try:
                    if not isinstance(entry, Page):
                        extraction = entry.extraction
                    elif same_bytes(db, entry.name, hashlib.sha256(entry.data).hexdigest()):
                        counts["unchanged"] += 1
                        continue
                    else:
                        extraction = extract(entry.data, name=entry.name, url=entry.url, encoding=encoding or entry.encoding, repair=repair,
                                             knowledge=knowledge)
                    counts[save(db, extraction).status] += 1
                except Exception as problem:  # one bad file never stops the others
                    failed.append(Failed(entry.name, str(problem) or type(problem).__name__))
    if meta(db, "index") != "ready":
        rebuild_index(db)
    click.echo(", ".join(f"{n} {what}" for what, n in counts.items()) or "nothing to read")
    for bad in failed:
        click.echo(f"{bad.name}: {bad.reason}", err=True)
    if failed:
        click.echo(f"{len(failed)} failed", err=True)
        sys.exit(1)
