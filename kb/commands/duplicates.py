"""``tiku duplicates KB.db``: the same question in several places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ..duplicates import Group, groups, listing, update
from ..schema import open_bank
from .common import BANK


@click.command()
@BANK
@click.option("--kind", type=click.Choice(["exact", "shuffled", "truncated", "near"]), help="Only groups of this kind.")
@click.option("--question", type=int, help="Only the group of the question with this id.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many groups to list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, for all groups.")
@click.option("--again", is_flag=True, help="Forget all groups and compare everything anew.")
def command(bank: Path, kind: str | None, question: int | None, limit: int, as_json: bool, again: bool) -> None:
    """Group the copies of each question, and list the groups: where they stand, what they lend each other, where they disagree.

    Only what was imported since the last time is compared. Differences of characters become suggestions in the ledger.
    """
    db = open_bank(bank)
    update(db, again=again)
    if as_json:
        for group in groups(db, kind=kind, question_id=question):
            click.echo(json.dumps(listing(db, group), ensure_ascii=False))
        return
    counts = db.execute("select kind, count(*), sum(size) from duplicate_groups group by kind order by kind").fetchall()
    for name, number, size in counts:
        click.echo(f"{name}: {number} groups, {size} questions")
    if not counts:
        click.echo("No question stands in two places.")
    for group in groups(db, kind=kind, question_id=question, limit=limit):
        _print(listing(db, group), group)


def _print(value: dict[str, Any], group: Group) -> None:
    click.echo()
    click.secho(f"[{value['id']}] {value['kind']}", bold=True)
    click.echo(f"   {group.copies[0].question.stem}")
    for copy in value["copies"]:
        label = "" if not copy["label_map"] else " " + " ".join(f"{a}→{b}" for a, b in copy["label_map"].items())
        click.echo(f"   {copy['question_id']:>8} {copy['relation']:<9} {copy['similarity']:.3f} {copy['source']}{label}")
    for offer in value["offers"]:
        shown = json.dumps(offer["value"], ensure_ascii=False)
        click.echo(f"   borrowed {offer['field']} for {offer['question_id']}: {shown} from {offer['from_question_id']} ({offer['source']})")
    for conflict in value["conflicts"]:
        a, b = (json.dumps(conflict[side], ensure_ascii=False) for side in ("answer", "other_answer"))
        click.echo(f"   conflict: {conflict['question_id']} says {a}, {conflict['other_question_id']} says {b}")
