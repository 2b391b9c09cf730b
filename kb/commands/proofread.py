"""``tiku proofread KB.db``: look for more that may be mended, and only suggest it."""

from __future__ import annotations

from pathlib import Path

import click

from ..proofread import proofread
from ..schema import open_bank
from .common import BANK, GLOSSARY


@click.command()
@BANK
@GLOSSARY
@click.option("--quiet", is_flag=True, help="Print only the sum.")
def command(bank: Path, glossary: frozenset[str], quiet: bool) -> None:
    """Proofread the pages of a knowledge base: slips of the input method, lost and doubled characters, passages that disagree.

    Nothing is changed; what is found waits as a suggestion (tiku review, tiku repairs --suggested). Pages that were proofread
    and have not changed are passed over, so a stopped run goes on where it was. After tiku duplicates, copies are compared too.
    """
    db = open_bank(bank)
    pages = found = 0
    for done in proofread(db, glossary=glossary):
        pages += 1
        found += done.suggestions
        if not quiet and done.suggestions:
            click.echo(f"{done.name}: {done.suggestions} suggestions")
    click.echo(f"{pages} pages proofread, {found} suggestions")
