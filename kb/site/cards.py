"""One question as it is shown (题目卡片), alone or in a list, with what surrounds it in its source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from extract.model import Question
from extract.wire import answer_from_json

from ..duplicates import ready
from ..load import chunks, questions

AROUND = 200  # characters of the source that are shown on either side of a question
LONGEST = 4000  # characters of a question's own span that are shown


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its place in the bank and how often it occurs elsewhere."""

    id: int
    q: Question
    source_id: int
    source: str
    document_id: int
    document: str | None
    copies: int = 0
    suggested: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """The same question in another document (重复题), how alike it is, and whether its answer contradicts."""

    card: Card
    relation: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What another copy says and this question does not (可借用): never mixed up with what is printed here."""

    field: str
    value: Any
    card: Card


@dataclass(frozen=True, slots=True)
class Context:
    """The source around a question: text before, its own span, text after; ``cut`` says which ends of the source are not shown."""

    before: str
    inside: str
    after: str
    cut_before: bool
    cut_after: bool
    start: int
    end: int


def cards(db: Database, ids: Iterable[int]) -> list[Card]:
    """The cards of these questions, in this order; unknown ids are left out."""
    wanted = list(ids)
    held = questions(db, wanted)
    places: dict[int, tuple[int, str, int, str | None]] = {}
    copies = _copies(db, wanted)
    for chunk in chunks(wanted):
        marks = ",".join("?" * len(chunk))
        for i, source_id, source, document_id, document in db.execute(
            "select q.id, s.id, s.name, d.id, d.title from questions q join documents d on d.id = q.document_id "
            f"join sources s on s.id = d.source_id where q.id in ({marks})", chunk,
        ):
            places[i] = (source_id, source, document_id, document)
    suggested = _suggested(db, wanted)
    return [Card(i, held[i], *places[i], copies=copies.get(i, 0), suggested=suggested.get(i, 0)) for i in wanted if i in held]


def _suggested(db: Database, ids: list[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    for chunk in chunks(ids):
        out.update(dict(db.execute(
            "select l.question_id, count(*) from question_repairs l join repairs r on r.id = l.repair_id "
            f"where not r.applied and l.question_id in ({','.join('?' * len(chunk))}) group by 1", chunk,
        ).fetchall()))
    return out


def _copies(db: Database, ids: list[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    if ready(db):
        for chunk in chunks(ids):
            out.update(dict(db.execute(
                "select m.question_id, count(*) from duplicate_members m join duplicate_members o on o.group_id = m.group_id "
                f"and o.question_id <> m.question_id where m.question_id in ({','.join('?' * len(chunk))}) group by 1", chunk,
            ).fetchall()))
    return out


def duplicates(db: Database, question_id: int, limit: int = 20) -> list[Copy]:
    """The same question in other documents; empty where duplicates were never looked for."""
    if not ready(db):
        return []
    rows = db.execute(
        "select o.question_id, o.relation, exists(select 1 from duplicate_conflicts c where c.group_id = m.group_id and "
        "(c.question_id, c.other_question_id) in ((m.question_id, o.question_id), (o.question_id, m.question_id))) "
        "from duplicate_members m join duplicate_members o on o.group_id = m.group_id and o.question_id <> m.question_id "
        "where m.question_id = ? order by o.question_id limit ?", [question_id, limit],
    ).fetchall()
    by_id = {c.id: c for c in cards(db, [r[0] for r in rows])}
    return [Copy(by_id[i], str(relation), bool(conflict)) for i, relation, conflict in rows if i in by_id]


def offers(db: Database, question_id: int) -> list[Offer]:
    """What copies of the question could lend it."""
    if not ready(db):
        return []
    rows = db.execute("select field, value, from_question_id from duplicate_offers where question_id = ? order by "
                      "field", [question_id]).fetchall()
    by_id = {c.id: c for c in cards(db, [r[2] for r in rows])}
    return [Offer(field, _lent(field, value), by_id[i]) for field, value, i in rows if i in by_id]


def _lent(field: str, value: str) -> Any:
    try:
        decoded = json.loads(value)
    except ValueError:
        return value
    return answer_from_json(decoded) if field == "answer" else decoded


def context(db: Database, card: Card) -> Context | None:
    """The text of the source around a question, None where the source was saved without its text or the question without its place."""
    start, end = card.q.span
    if end <= start:
        return None
    first = max(0, start - AROUND)
    row = db.execute("select substr(text, ?, ?), length(text) from sources where id = ?",
                     [first + 1, min(end - start, LONGEST) + start - first + AROUND, card.source_id]).fetchone()
    text, length = row or ("", 0)
    if end > length:
        return None
    inside = text[start - first : end - first]
    after = text[end - first :] if end - start <= LONGEST else ""
    return Context(text[: start - first], inside, after, first > 0, end + len(after) < length, start, end)


def elsewhere(db: Database, card: Card) -> list[tuple[str, str]]:
    """Pieces of the question that stand outside its span, with their text: an answer in the key, an explanation, shared material."""
    start, end = card.q.span
    out = []
    for part in card.q.parts[:40]:
        if not (start <= part.start and part.end <= end) and part.end > part.start:
            row = db.execute("select substr(text, ?, ?) from sources where id = ?",
                             [part.start + 1, min(part.end - part.start, 600), card.source_id]).fetchone()
            if row and row[0]:
                out.append((part.field.split(":")[0], row[0]))
    return out


def ledger(db: Database, question_id: int) -> list[dict[str, Any]]:
    """The repairs of a question, applied ones first, in the order of the text."""
    cursor = db.execute(
        "select r.id, r.number, r.rule, r.family, r.field, r.start, r.\"end\", r.before, r.after, r.evidence, r.confidence, r.applied "
        "from question_repairs l join repairs r on r.id = l.repair_id where l.question_id = ? order by r.applied desc, "
        "r.start", [question_id],
    )
    names = [c[0] for c in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def by_reason(entries: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Repairs of one rule and reason together, in the order in which the first of each comes: (the first, all)."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for entry in entries:
        groups.setdefault((entry["applied"], entry["rule"], entry["evidence"], entry["confidence"]), []).append(entry)
    return [(group[0], group) for group in groups.values()]


def neighbours(db: Database, card: Card) -> tuple[int | None, int | None]:
    """The questions before and after in the same document."""
    here = "(select position from questions where id = :id)"
    values = {"id": card.id, "document": card.document_id}
    before = db.execute(f"select id from questions where document_id = :document and position < {here} order by position desc limit "
                        "1", values)
    previous = before.fetchone()
    after = db.execute(f"select id from questions where document_id = :document and position > {here} order by position limit 1", values)
    following = after.fetchone()
    return (previous[0] if previous else None, following[0] if following else None)
