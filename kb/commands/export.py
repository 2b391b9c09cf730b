"""``tiku export KB.db --to FORMAT``: questions out of the bank, in many formats."""

from __future__ import annotations

from pathlib import Path

import click

from ..export import FORMATS, Filters, How, export, write_manifest
from ..export.loss import messages
from ..schema import open_bank
from .common import BANK, PATH, existing, known_document, selecting, selection, whole_file


@click.command()
@BANK
@click.option("--to", "format_", type=click.Choice(list(FORMATS)), default="json", show_default=True, help="Format.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write, with a manifest beside it.")
@selecting
@click.option("--answered", is_flag=True, help="Only questions with an answer.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Only questions without an applied repair below this.")
@click.option("--limit", type=click.IntRange(1), help="At most so many questions.")
@click.option("--dedupe", is_flag=True, help="Each group of duplicates once.")
@click.option("--exclude", type=PATH, callback=lambda _, __, value: existing(value),
              metavar="FILE.jsonl", help="Leave out what duplicates a question of this file.")
@click.option("--provenance", is_flag=True, help="Name source, address and licence with each question.")
@click.option("--licence", help="The licence of the questions, for --provenance and the manifest.")
@click.option("--mask-personal", is_flag=True, help="Star out telephone and identity numbers and e-mail addresses.")
@click.option("--answers", type=click.Choice(["end", "inline", "none"]), default="end", show_default=True,
              help="Where a paper to print (md, docx) has its answers.")
@click.option("--title", default="题库", show_default=True, help="Name of the deck or package (anki, qti).")
def command(
    bank: Path, format_: str, out: Path | None, document: str | None, type_: str | None, section: str | None, query: str | None,
    answered: bool, min_confidence: float | None, limit: int | None, dedupe: bool, exclude: Path | None, provenance: bool,
    licence: str | None, mask_personal: bool, answers: str, title: str,
) -> None:
    """Write the questions of a knowledge base, ordered by the names of their sources. The same bank gives the same bytes.

    What a format cannot carry is counted on standard error and in the manifest. docs/exports.md says which format carries what.
    """
    db = open_bank(bank)
    known_document(db, document)
    filters = Filters(selection(document, type_, section, query), answered, min_confidence, limit, dedupe, exclude)
    how = How(provenance, answers, title)  # type: ignore[arg-type]
    try:
        with whole_file(out) as stream:
            done = export(db, FORMATS[format_], stream, name=format_, filters=filters, how=how, masked=mask_personal, licence=licence)
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem
    for line in messages(done.lost):
        click.echo(line, err=True)
    for reason, count in done.left_out.items():
        click.echo(f"{count} x left out by --{reason}", err=True)
    if out is not None:
        write_manifest(done, out)
        click.echo(f"{done.written} of {done.chosen} questions written to {out}", err=True)
