"""``tiku repairs FILE|KB.db``: what was mended and what is only suggested, and taking a repair back."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from sqlite_utils import Database

from extract import Knowledge, extract
from extract.model import Repair

from ..review import decide_repairs
from ..schema import open_bank
from .common import ENCODING, GLOSSARY, PAGE_OR_BANK

SQLITE = b"SQLite format 3\x00"
COLUMNS = ("id", "source", "line", "field", "family", "rule", "applied", "confidence", "before", "after", "evidence")


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as it is listed: where it stands, and around it what is printed there."""

    id: int
    source: str
    line: int
    left: str
    repair: Repair
    right: str


@click.command()
@PAGE_OR_BANK
@click.option("--rule", help="Only repairs of this rule or family.")
@click.option("--suggested", is_flag=True, help="Only what is suggested and not applied.")
@click.option("--applied", is_flag=True, help="Only what is applied.")
@click.option("--tsv", is_flag=True, help="Print a table with tabs: " + ", ".join(COLUMNS) + ".")
@click.option("--undo", "undone", type=int, multiple=True, metavar="ID", help="Take a repair of the bank back and never propose it again.")
@ENCODING
@GLOSSARY
def command(
    target: Path, rule: str | None, suggested: bool, applied: bool, tsv: bool, undone: tuple[int, ...], encoding: str | None,
    glossary: frozenset[str],
) -> None:
    """List the repairs of a page or of a knowledge base: what stood there, what stands there now, and why.

    Of a FILE the suggestions of a careful reading are listed too. With --undo a repair of KB.db is taken back; it is remembered,
    and a new import does not bring it again (tiku review --undo takes that decision back).
    """
    bank = is_bank(target)
    if undone:
        if not bank:
            raise click.UsageError(f"{target} is a page: only repairs of a knowledge base can be taken back")
        done, problems = decide_repairs(open_bank(target), undone, "reject", _me())
        click.echo(f"{done} taken back")
        for problem in problems:
            click.echo(problem, err=True)
        sys.exit(1 if problems else 0)
    if tsv:
        click.echo("\t".join(COLUMNS))
    entries = _of_bank(open_bank(target), rule) if bank else _of_file(target, encoding, glossary)
    count = 0
    for e in entries:
        r = e.repair
        if (suggested and r.applied) or (applied and not r.applied) or (rule and rule not in (r.rule, r.family)):
            continue
        count += 1
        if tsv:
            cells = (e.id, e.source, e.line, r.field, r.family, r.rule, int(r.applied), r.confidence, r.before, r.after, r.evidence)
            click.echo("\t".join(visible(str(c)) for c in cells))
        else:
            state = "applied  " if r.applied else "suggested"
            place = f"{e.source}:{e.line}" if bank else f"line {e.line}"
            change = f"{visible(e.left)}[{visible(r.before)} → {visible(r.after)}]{visible(e.right)}"
            click.echo(f"{e.id:>6} {state} {r.rule} {place}  {change}  {r.confidence:.0%} {visible(r.evidence)}")
    if not tsv:
        click.echo(f"{count} repairs")


def is_bank(path: Path) -> bool:
    """Whether a file is a SQLite database."""
    with path.open("rb") as stream:
        return stream.read(len(SQLITE)) == SQLITE


def visible(text: str) -> str:
    """A text on one line: line feeds, tabs and what cannot be seen are named."""
    return "".join(c if c.isprintable() else {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(c, f"\\u{ord(c):04x}") for c in text)


def _of_file(path: Path, encoding: str | None, glossary: frozenset[str]) -> Iterator[Listed]:
    found = extract(path.read_bytes(), name=path.name, encoding=encoding, repair="suggest", knowledge=Knowledge(glossary=glossary))
    yield from _lines(path.name, found.text, [(r.id, r) for r in sorted(found.repairs, key=lambda r: (r.start, r.end))])


def _of_bank(db: Database, rule: str | None) -> Iterator[Listed]:
    """The entries of all sources in the order of names, one source's text at a time."""
    wanted, values = ("and ? in (r.rule, r.family)", [rule]) if rule else ("", [])
    after = ""
    while True:
        row = db.execute(
            f"select s.id, s.name, s.text from sources s where s.name > ? and exists(select 1 from repairs r where r.source_id = s.id "
            f"{wanted}) order by s.name limit 1", [after, *values],
        ).fetchone()
        if row is None:
            return
        source_id, after, text = row
        rows = db.execute(
            "select r.id, r.number, r.rule, r.family, r.field, r.start, r.\"end\", r.before, r.after, r.evidence, r.confidence, r.applied "
            f"from repairs r where r.source_id = ? {wanted} order by r.start, r.\"end\"", [source_id, *values],
        ).fetchall()
        yield from _lines(after, text, [
            (n, Repair(number, name, family, field, start, end, before, now, evidence, sure, bool(applied)))
            for n, number, name, family, field, start, end, before, now, evidence, sure, applied in rows
        ])


def _lines(name: str, text: str, entries: list[tuple[int, Repair]]) -> Iterator[Listed]:
    line, at = 1, 0
    for number, r in entries:
        line += text.count("\n", at, r.start)
        at = max(at, r.start)
        yield Listed(number, name, line, text[max(0, r.start - 8) : r.start], r, text[r.end : r.end + 8])


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a number without a name
        return "reviewer"
