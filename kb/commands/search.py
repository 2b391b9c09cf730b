"""``tiku search KB.db QUERY``: questions that hold a text."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..banks import search_banks
from ..load import Selection
from ..schema import open_bank
from ..search import Found, search
from ..shown import answer_text
from .common import BANK, DOCUMENT, PATH, SECTION, TYPE, known_document


@click.command()
@BANK
@click.argument("query", nargs=-1, required=True)
@click.option("--also", multiple=True, metavar="KB.db", type=PATH, help="One more bank to search (may be repeated).")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of questions.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many questions at most.")
@DOCUMENT
@TYPE
@SECTION
def command(
    bank: Path, query: tuple[str, ...], also: tuple[Path, ...], as_json: bool, limit: int, document: str | None, type_: str | None,
    section: str | None,
) -> None:
    """Find questions that hold QUERY in stem, options, material or explanation.

    Every substring of Chinese text is found; several words separated by blanks must all occur. Best matches come first.
    """
    selection = Selection(document, type_, section)
    if also:
        results = search_banks((bank, *also), " ".join(query), selection=selection, limit=limit)
    else:
        db = open_bank(bank)
        known_document(db, document)
        results = search(db, " ".join(query), selection=selection, limit=limit)
    if results.looser:
        click.echo(f"No question holds the phrase; looser search for {' '.join(results.terms)}:", err=True)
    if as_json:
        click.echo(json.dumps([f.to_json() for f in results.found], ensure_ascii=False, indent=1))
    elif not results.found:
        click.echo("No question found.", err=True)
    else:
        for found in results.found:
            _print(found)


def _print(found: Found) -> None:
    q = found.question
    place = " › ".join(filter(None, (found.bank, found.source, found.document, *q.section)))
    click.secho(f"[{found.id}] {place}", dim=True)
    click.echo(q.stem if q.number is None else f"{q.number}. {q.stem}")
    for option in q.options:
        click.echo(f"   {option.label}. {option.text}")
    if q.answer is not None:
        click.echo(f"   答案: {answer_text(q.answer)}")
    click.echo()
