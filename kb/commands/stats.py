"""``tiku stats KB.db``: what a bank holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from ..schema import open_bank
from ..shown import TYPES
from ..stats import stats
from .common import BANK


@click.command()
@BANK
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(bank: Path, as_json: bool) -> None:
    """Say what a knowledge base holds: documents, questions by type, answers, repairs, doubts."""
    found = stats(open_bank(bank))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    click.echo(f"{found.sources} sources, {found.documents} documents ({found.exams} with questions)")
    click.echo(f"{found.questions} questions: {found.answered} answered, {found.repaired} repaired, {found.flagged} to be checked")
    click.echo(f"{found.repairs} repairs applied, {found.suggested} suggested")
    for title, rows in (
        ("Questions by type", [(f"{TYPES.get(t or '', '未定')} {t or 'unknown'}", str(n)) for t, n in found.types]),
        ("Doubts by kind", [(code, str(n)) for code, n in found.flags]),
        ("Repairs by rule", [(rule, f"{applied} applied, {suggested} suggested") for rule, applied, suggested in found.rules]),
    ):
        if rows:
            click.echo(f"\n{title}")
            for name, value in rows:
                click.echo(f"  {name:<32} {value}")
