"""Deciding what a person has to decide (人工核对): the queue, the decisions, undoing them, and taking them to another bank."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlite_utils import Database

from extract.model import Extraction, Question

from .decided import COLUMNS, decisions_of, quoted
from .decisions import Decision, about_field, about_flag, about_repair, carry_out, take_back
from .fields import DecisionError
from .load import read
from .schema import BankError
from .store import rewrite, transaction

SEEN = 40  # characters of the source that are shown on either side of a suggested repair


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a decision: a suggested repair (``repair_id``) or a flag (``code``) of a question."""

    question_id: int | None
    repair_id: int | None
    code: str | None
    kind: str
    message: str
    before: str
    after: str
    confidence: float
    left: str = ""
    right: str = ""
    source: str = ""


def kinds(db: Database) -> tuple[list[tuple[str, str, int]], list[tuple[str, int]]]:
    """How much waits: flags as (code, about, how many), doubts about the reading first; suggested repairs as (rule, how many)."""
    flags = db.execute("select code, about, count(*) from flags group by code, about order by about, 3 desc, code").fetchall()
    rules = db.execute("select rule, count(*) from repairs where not applied and rule <> 'human' group by rule order by 2 desc, "
                       "rule").fetchall()
    return [(f[0], f[1], f[2]) for f in flags], [(r[0], r[1]) for r in rules]


def waiting(
    db: Database, what: Literal["flags", "repairs"], *, only: str | None = None, about: str | None = None, limit: int = 30,
    offset: int = 0,
) -> list[Waiting]:
    """What waits: flags, doubts about the reading and much flagged questions first, or suggested repairs, the surest first.

    ``only`` is the code of a flag or the rule of a repair; ``about`` leaves only flags about the source, or about the reading.
    """
    if what == "flags":
        asked = {name: value for name, value in (("code", only), ("about", about)) if value}
        where = f"where {' and '.join(f'f.{name} = ?' for name in asked)} " if asked else ""
        rows = db.execute(
            "select f.question_id, f.code, f.about, f.message, (select count(*) from flags o where o.question_id = f.question_id) n "
            f"from flags f {where}order by f.about, n desc, f.id limit ? offset ?", [*asked.values(), limit, offset],
        )
        return [Waiting(q, None, c, about, message, "", "", 0.0) for q, c, about, message, _ in rows]
    rows = db.execute(
        "select r.question_id, r.id, r.rule, r.evidence, r.before, r.after, r.confidence, "
        f"substr(s.text, max(1, r.start + 1 - {SEEN}), min(r.start, {SEEN})), substr(s.text, r.\"end\" + 1, {SEEN}), s.name "
        "from repairs r join sources s on s.id = r.source_id "
        f"where r.applied = 0 and r.rule <> 'human' {'and r.rule = ?' if only else ''} order by r.confidence desc, r.id limit ? offset ?",
        [*([only] if only else []), limit, offset],
    )
    return [Waiting(q, i, None, name, evidence, before, after, sure, *seen) for q, i, name, evidence, before, after, sure, *seen in rows]


def decide_repairs(db: Database, repair_ids: Iterable[int], action: str, who: str) -> tuple[int, list[str]]:
    """Accept or reject entries of the ledger. How many were decided, and a sentence for each that could not be."""
    by_source: dict[str, list[int]] = {}
    for repair_id in repair_ids:
        row = db.execute("select s.name, r.number from repairs r join sources s on s.id = r.source_id where r.id = "
                         "?", [repair_id]).fetchone()
        if row is None:
            raise BankError(f"there is no repair {repair_id}: tiku review KB.db --list shows what there is")
        by_source.setdefault(row[0], []).append(row[1])

    def decisions(x: Extraction, numbers: list[int]) -> Iterator[Decision]:
        held = {r.id: r for r in x.repairs}
        return (about_repair(x, held[n], "accept" if action == "accept" else "reject") for n in numbers)

    done, problems = 0, list[str]()
    for name, numbers in by_source.items():
        some, trouble = _decide(db, name, lambda x, n=numbers: decisions(x, n), who)  # type: ignore[misc]
        done += some
        problems += trouble
    return done, problems


def accept_rule(db: Database, rule: str, action: str, who: str) -> tuple[int, list[str]]:
    """Accept or reject all suggestions of a rule at once."""
    ids = [r[0] for r in db.execute("select id from repairs where not applied and rule = ? order by id", [rule])]
    return decide_repairs(db, ids, action, who)


def edit(db: Database, question_id: int, field: str, value: Any, who: str) -> None:
    """Give a field of a question another value, its JSON form. BankError where that is not possible."""
    _one(db, question_id, lambda x, q: about_field(x, q, field, value), who)


def dismiss(db: Database, question_id: int, code: str, who: str) -> None:
    """Say that a flag of a question needs no attention."""
    _one(db, question_id, lambda x, q: about_flag(x, q, code), who)


def undo(db: Database, decision_id: int) -> None:
    """Take a decision back. BankError where it is not there or later decisions stand in the way."""
    held = [d for d in decisions_of(db) if d.id == decision_id]
    if not held:
        raise BankError(f"there is no decision {decision_id}: tiku review KB.db --decisions lists them")
    with transaction(db):
        for name in _names(db, held[0]):
            try:
                rewrite(db, name, take_back(read(db, name), held[0]))
            except DecisionError as problem:
                raise BankError(f"decision {decision_id} cannot be undone: {problem}") from problem
        db.execute("delete from decisions where id = ?", [decision_id])


def rejected(db: Database) -> frozenset[str]:
    """The fingerprints of all repairs that a person refused; ``Knowledge.rejected`` of the next reading."""
    return frozenset(r[0] for r in db.execute("select fingerprint from decisions where action = 'reject'"))


def export_decisions(db: Database) -> Iterator[str]:
    """The decisions as JSON lines, oldest first."""
    for d in decisions_of(db):
        value = asdict(d)
        del value["id"]
        yield json.dumps(value, ensure_ascii=False)


def replay_decisions(db: Database, lines: Iterable[str]) -> tuple[int, list[str]]:
    """Carry out exported decisions on this bank, on every source with the same bytes or name.

    How many fitted, and sentences for the rest.
    """
    done, problems = 0, list[str]()
    known = {(d.action, d.fingerprint, d.field, d.source_name, d.value) for d in decisions_of(db)}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            d = Decision(**json.loads(line))
        except (TypeError, ValueError) as problem:
            raise BankError(f"line {number} is no decision of tiku ({problem}): export them with tiku review KB.db --export "
                            "FILE") from problem
        names = _names(db, d)
        if not names:
            problems.append(f"line {number}: the bank holds no page {d.source_name}")
        for name in names:
            if (d.action, d.fingerprint, d.field, name, d.value) in known:
                continue
            some, trouble = _decide(db, name, lambda x, d=d: iter([d]), d.who, d.decided_at)  # type: ignore[misc]
            done += some
            problems += [f"line {number}: {t}" for t in trouble]
    return done, problems


def _names(db: Database, d: Decision) -> list[str]:
    rows = db.execute("select distinct s.name from sources s left join source_names n on n.source_id = s.id "
                      "where s.sha256 = ? or n.name = ? order by 1", [d.sha256, d.source_name])
    return [r[0] for r in rows]


def _one(db: Database, question_id: int, make: Callable[[Extraction, Question], Decision], who: str) -> None:
    row = db.execute(
        "select s.name, d.position, q.position from questions q join documents d on d.id = q.document_id join sources s on s.id = "
        "d.source_id "
        "where q.id = ?", [question_id],
    ).fetchone()
    if row is None:
        raise BankError(f"there is no question {question_id}")
    _, problems = _decide(db, row[0], lambda x: iter([make(x, x.documents[row[1]].questions[row[2]])]), who)
    if problems:
        raise BankError(problems[0])


def _decide(
    db: Database, name: str, make: Callable[[Extraction], Iterator[Decision]], who: str, at: str | None = None
) -> tuple[int, list[str]]:
    """Carry out decisions on one source and remember those that fitted, in one transaction."""
    problems: list[str] = []
    done: list[Decision] = []
    with transaction(db):
        x = read(db, name)
        try:
            wanted = list(make(x))
        except DecisionError as problem:
            return 0, [str(problem)]
        for d in wanted:
            now = at or datetime.now(UTC).isoformat(timespec="seconds")
            d = replace(d, who=who, decided_at=now, source_name=name, sha256=x.source.sha256)
            try:
                x = carry_out(x, d)
                done.append(d)
            except DecisionError as problem:
                problems.append(str(problem))
        if done:
            rewrite(db, name, x)
            marks = ", ".join("?" * len(COLUMNS))
            # what was decided before about the same thing no longer counts: one entry of the ledger has one decision
            db.conn.executemany(
                "delete from decisions where fingerprint = ? and source_name = ? and action in ('accept', 'reject') and ? in "
                "('accept', 'reject')",
                [(d.fingerprint, name, d.action) for d in done],
            )
            db.conn.executemany(f"insert into decisions({', '.join(quoted())}) values ({marks})",
                                [tuple(getattr(d, c) for c in COLUMNS) for d in done])
    return len(done), problems
