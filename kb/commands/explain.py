"""``tiku explain FILE --line N``: what happened to a line of a page."""

from __future__ import annotations

from pathlib import Path

import click

from extract import Extraction, Knowledge, extract
from extract.ledger import patch

from ..load import read
from ..schema import BankError, open_bank
from .common import ENCODING, GLOSSARY, PAGE_OR_BANK, REPAIR
from .repairs import is_bank, visible


@click.command()
@PAGE_OR_BANK
@click.option("--line", "number", type=click.IntRange(1), required=True, help="Number of the line in the reading text, from 1.")
@click.option("--source", help="Name of the source, where KB.db is given.")
@ENCODING
@REPAIR
@GLOSSARY
def command(target: Path, number: int, source: str | None, encoding: str | None, repair: str, glossary: frozenset[str]) -> None:
    """Tell what happened to a line: how it was printed, how it reads now, where each piece went and what was mended, and why."""
    for line in explain(_reading(target, source, encoding, repair, glossary), number):
        click.echo(line)


def explain(x: Extraction, number: int) -> list[str]:
    """The account of one line of the reading text. ClickException if there is no such line."""
    lines = x.text.split("\n")
    if number > len(lines):
        raise click.ClickException(f"{x.source.name} has {len(lines)} lines, none is number {number}")
    start = sum(len(line) + 1 for line in lines[: number - 1])
    end = start + len(lines[number - 1])
    mended = patch(x.text, x.repairs)
    out = [f"printed  {visible(x.text[start:end])}"]
    now = mended.text[mended.to_mended(start) : mended.to_mended(end)]
    if now != x.text[start:end]:
        out.append(f"mended   {visible(now)}")
    for b in x.blocks:
        if b.start < end and start < b.end:
            piece = visible(x.text[max(start, b.start) : min(end, b.end)])
            where = ""
            if b.question is not None and b.document is not None:
                q = x.documents[b.document].questions[b.question]
                where = f" of question {q.number if q.number is not None else f'at place {b.question + 1}'}"
            out.append(f"{b.role}{where}{f' ({b.reason})' if b.reason else ''}: {piece}")
    for r in sorted(x.repairs, key=lambda r: (r.start, r.end)):
        if r.start <= end and start <= r.end and (r.start < end or start == end or r.start == r.end):
            state = "applied" if r.applied else "suggested"
            column = max(1, r.start - start + 1)
            out.append(f"repair {r.id} {state} at character {column}: {visible(r.before)!r} -> {visible(r.after)!r} by {r.rule} "
                       f"({r.confidence:.0%}): {visible(r.evidence)}")
    return out


def _reading(target: Path, source: str | None, encoding: str | None, repair: str, glossary: frozenset[str]) -> Extraction:
    if not is_bank(target):
        return extract(target.read_bytes(), name=target.name, encoding=encoding, repair=repair, knowledge=Knowledge(glossary=glossary))
    db = open_bank(target)
    if source is None:
        raise click.UsageError(f"{target} holds many sources: name one with --source")
    try:
        return read(db, source)
    except KeyError as problem:
        raise BankError(f"{target} holds no source {source}: tiku stats lists what it holds") from problem
