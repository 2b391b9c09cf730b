"""``tiku review KB.db``: decide what a person has to decide, one by one in the terminal or by single options."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Literal

import click
from sqlite_utils import Database

from ..decided import decisions_of
from ..duplicates import unsettled
from ..load import questions
from ..review import (
    Waiting,
    accept_rule,
    decide_repairs,
    dismiss,
    edit,
    export_decisions,
    kinds,
    replay_decisions,
    undo,
    waiting,
)
from ..schema import BankError, open_bank
from ..shown import answer_text
from ..typed import field_value
from .common import BANK, PATH, existing, whole_file


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run as a number without a name
        return "reviewer"


@click.command()
@BANK
@click.option("--list", "listing", is_flag=True, help="Print what waits for a decision, and decide nothing.")
@click.option("--rule", help="Only suggestions of this rule.")
@click.option("--flag", "code", help="Only flags with this code.")
@click.option("--accept", multiple=True, type=int, metavar="REPAIR", help="Accept this repair.")
@click.option("--reject", multiple=True, type=int, metavar="REPAIR", help="Reject this repair; it is not proposed again.")
@click.option("--accept-rule", metavar="RULE", help="Accept all suggestions of a rule.")
@click.option("--reject-rule", metavar="RULE", help="Reject all suggestions of a rule.")
@click.option("--edit", "edited", nargs=3, metavar="QUESTION FIELD VALUE",
              help="Set a field: stem, answer, explanation, option:A ... The answer of a choice question is its letters.")
@click.option("--dismiss", "dismissed", nargs=2, metavar="QUESTION FLAG", help="Say that a flag needs no attention.")
@click.option("--decisions", is_flag=True, help="Print all decisions.")
@click.option("--undo", "undone", type=int, metavar="DECISION", help="Take a decision back.")
@click.option("--export", "exported", type=click.Path(path_type=Path, dir_okay=False), help="Write all decisions to a file, a JSON "
                                                                                            "object a line.")
@click.option("--replay", type=PATH, callback=lambda _, __, value: existing(value),
              help="Carry out decisions that another bank exported.")
@click.option("--as", "who", default=_me, show_default="your login", help="Whose decision it is.")
def command(
    bank: Path, listing: bool, rule: str | None, code: str | None, accept: tuple[int, ...], reject: tuple[int, ...],
    accept_rule: str | None, reject_rule: str | None, edited: tuple[str, str, str] | None, dismissed: tuple[str, str] | None,
    decisions: bool, undone: int | None, exported: Path | None, replay: Path | None, who: str,
) -> None:
    """Decide what a person has to decide: suggested repairs and flagged questions.

    Without options it goes through them one by one. Every decision is remembered with its maker and survives a new import.
    """
    db = open_bank(bank)
    if listing:
        _list(db, rule, code)
    elif decisions:
        for d in decisions_of(db):
            what = f"{d.before!r} -> {d.after!r}" if d.action != "dismiss" else d.note[:40]
            click.echo(f"{d.id:>6} {d.decided_at} {d.who} {d.action} {d.field} {what} ({d.source_name})")
    elif exported is not None:
        with whole_file(exported) as stream:
            for line in export_decisions(db):
                stream.write(line.encode() + b"\n")
    elif replay is not None:
        try:
            lines = replay.read_text("utf-8").splitlines()
        except UnicodeDecodeError as problem:
            raise click.ClickException(f"{replay} is not UTF-8 text: give a file that tiku review --export wrote") from problem
        _report(*replay_decisions(db, lines))
    elif undone is not None:
        undo(db, undone)
        click.echo(f"decision {undone} is undone")
    elif edited:
        edit(db, _number(edited[0]), edited[1], _value(db, _number(edited[0]), edited[1], edited[2]), who)
        click.echo("done")
    elif dismissed:
        dismiss(db, _number(dismissed[0]), dismissed[1], who)
        click.echo("done")
    elif accept or reject or accept_rule or reject_rule:
        if accept:
            _report(*decide_repairs(db, accept, "accept", who))
        if reject:
            _report(*decide_repairs(db, reject, "reject", who))
        for name, action in ((accept_rule, "accept"), (reject_rule, "reject")):
            if name:
                _report(*_all_of(db, name, action, who))
    else:
        _walk(db, rule, code, who)


_all_of = accept_rule


def _report(done: int, problems: list[str]) -> None:
    click.echo(f"{done} decided")
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)


def _number(text: str) -> int:
    if not text.isdigit():
        raise click.UsageError(f"{text} is no number of a question")
    return int(text)


def _value(db: Database, question_id: int, field: str, text: str) -> object:
    held = questions(db, [question_id]).get(question_id)
    if held is None:
        raise BankError(f"there is no question {question_id}")
    return field_value(held, field, text)


def _list(db: Database, rule: str | None, code: str | None) -> None:
    flags, rules = kinds(db)
    if rule is None and code is None:
        for name, about, count in flags:
            click.echo(f"flag {name} ({about}): {count}")
        for name, count in rules:
            click.echo(f"rule {name}: {count} suggested")
        for name, count in zip(("answers that disagree", "options that a copy lacks"), unsettled(db), strict=True):
            if count:
                click.echo(f"copies, {name}: {count} (tiku duplicates shows them)")
    for what, only in _queues(rule, code):
        offset = 0
        while some := waiting(db, what, only=only, limit=200, offset=offset):
            for w in some:
                click.echo(f"repair {w.repair_id}: {w.before!r} -> {w.after!r} {w.confidence:.0%} {w.kind}: {w.message}" if w.repair_id
                           else f"question {w.question_id}: {w.code} ({w.kind}) {w.message}")
            offset += 200


def _queues(rule: str | None, code: str | None) -> list[tuple[Literal["flags", "repairs"], str | None]]:
    """What is gone through: flags and repairs, or what the options name."""
    queues: list[tuple[Literal["flags", "repairs"], str | None]] = []
    if code is not None or rule is None:
        queues.append(("flags", code))
    if rule is not None or code is None:
        queues.append(("repairs", rule))
    return queues


def _walk(db: Database, rule: str | None, code: str | None, who: str) -> None:
    """One by one. What is skipped is passed by counting, so that the list can be read anew after every decision."""
    passed = 0
    for what, only in _queues(rule, code):
        skipped = 0
        while some := waiting(db, what, only=only, limit=1, offset=skipped):
            skipped += _ask(db, some[0], who)
        passed += skipped
    click.echo(f"Nothing more waits; {passed} skipped." if passed else "Nothing more waits.")


def _ask(db: Database, w: Waiting, who: str) -> int:
    """Show one thing that waits and do what is answered; 1 where it was skipped, 0 where it was decided."""
    held = questions(db, [w.question_id]) if w.question_id is not None else {}
    for q in held.values():
        click.secho(f"\n[{w.question_id}] {q.stem}", bold=True)
        for o in q.options:
            click.echo(f"   {o.label}. {o.text}")
        click.echo(f"   答案: {answer_text(q.answer) or '(none)'}")
    if w.repair_id is not None:
        click.echo(f"{w.source}: ...{w.left}[{w.before}]{w.right}...")
        click.echo(f"{w.kind}: {w.before!r} -> {w.after!r} ({w.confidence:.0%}) {w.message}")
        choice = click.prompt("accept, reject, all of this rule, skip, quit", type=click.Choice(list("arlsq")), default="s")
        if choice in "ar":
            done, problems = decide_repairs(db, [w.repair_id], "accept" if choice == "a" else "reject", who)
        elif choice == "l":
            done, problems = accept_rule(db, w.kind, "accept", who)
        else:
            done, problems = 0, []
    else:
        click.echo(f"{w.code} ({w.kind}): {w.message}")
        choice = click.prompt("fine as it is, edit, skip, quit", type=click.Choice(list("fesq")), default="s")
        done, problems = 0, []
        if choice == "f" and w.question_id is not None and w.code:
            dismiss(db, w.question_id, w.code, who)
            done = 1
        elif choice == "e" and w.question_id is not None:
            field = click.prompt("field", default="stem")
            text = click.prompt("new value")
            edit(db, w.question_id, field, _value(db, w.question_id, field, text), who)
    if choice == "q":
        raise click.exceptions.Exit(0)
    for problem in problems:
        click.echo(problem, err=True)
    return 0 if done else 1
