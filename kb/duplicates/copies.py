"""Groups out of the bank again (读出重复组): for the command, the site, and for what copies teach each other."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from extract.model import Flag, Option, Question
from extract.wire import question_to_json
from kb.load import chunks, questions

from .form import parse_answer
from .lessons import Copy
from .tables import ready


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its kind (the loosest relation in it), and its copies, the canonical one first."""

    id: int
    kind: str
    copies: tuple[Copy, ...]


def groups(db: Database, *, kind: str | None = None, question_id: int | None = None, limit: int = -1) -> Iterator[Group]:
    """Groups in the order of their ids, streaming; only one kind, or the one of a question, where asked."""
    rows = db.execute(
        "select g.id, g.kind from duplicate_groups g where (:kind is null or g.kind = :kind) and (:question is null or g.id = "
        "(select group_id from duplicate_members where question_id = :question)) order by g.id limit :limit",
        {"kind": kind, "question": question_id, "limit": limit},
    )
    for group_id, kind_of in rows:
        yield Group(group_id, kind_of, tuple(_copies(db, group_id)))


def wording(db: Database, ids: Iterable[int]) -> dict[int, Question]:
    """The questions of these ids with what comparing needs: no sections, parts or ledger, and flags by their codes only."""
    out: dict[int, Question] = {}
    for part in chunks(ids):
        marks = ",".join("?" * len(part))
        options: dict[int, list[Option]] = defaultdict(list)
        for question_id, label, text in db.execute(
            f"select question_id, label, text from options where question_id in ({marks}) order by question_id, position", part
        ):
            options[question_id].append(Option(label, text))
        for question_id, type_, material, stem, answer, explanation, start, end, codes in db.execute(
            f'select id, type, material, stem, answer, explanation, start, "end", flag_codes from questions where id in ({marks})', part
        ):
            out[question_id] = Question(
                stem=stem, type=type_, material=material, options=tuple(options[question_id]),
                answer=parse_answer(answer), explanation=explanation, span=(start, end),
                flags=tuple(Flag(code, "reading", "") for code in (codes or "").split()),
            )
    return out


def _copies(db: Database, group_id: int) -> list[Copy]:
    rows = db.execute(
        "select m.question_id, m.relation, m.similarity, m.label_map, s.name, s.id, f.text_id from duplicate_members m "
        "join questions q on q.id = m.question_id join documents d on d.id = q.document_id join sources s on s.id = d.source_id "
        "join duplicate_forms f on f.question_id = q.id where m.group_id = ? "
        "order by m.relation <> 'canonical', s.name, d.position, q.position", [group_id],
    ).fetchall()
    held = questions(db, [row[0] for row in rows])
    independent = Counter(text for text, _ in {(row[6], row[5]) for row in rows})
    return [
        Copy(i, held[i], relation, similarity, json.loads(labels) if labels else {}, name, source_id, independent[text])
        for i, relation, similarity, labels, name, source_id, text in rows
    ]


def unsettled(db: Database) -> tuple[int, int]:
    """How many pairs of copies have printed answers that disagree, and how many copies lack options; none before the first grouping."""
    if not ready(db):
        return 0, 0
    (conflicts,) = db.execute("select count(*) from duplicate_conflicts").fetchone()
    (truncated,) = db.execute("select count(*) from duplicate_members where relation = 'truncated'").fetchone()
    return conflicts, truncated


def listing(db: Database, group: Group) -> dict[str, Any]:
    """A group as plain values, for the command and the site: its copies, what is borrowed from whom, and where answers disagree."""
    names = {copy.id: copy.source for copy in group.copies}
    offers = [
        {"question_id": q, "field": field, "value": json.loads(value), "from_question_id": giver, "source": names[giver], "borrowed": True,
         "copies": count}
        for part in chunks(names)
        for q, field, value, giver, count in db.execute(
            "select question_id, field, value, from_question_id, copies from duplicate_offers "
            f"where question_id in ({','.join('?' * len(part))}) order by question_id, field", part,
        )
    ]
    conflicts = [
        {"question_id": a, "other_question_id": b, "answer": json.loads(x), "other_answer": json.loads(y)}
        for a, b, x, y in db.execute(
            "select question_id, other_question_id, answer, other_answer from duplicate_conflicts where group_id = ? "
            "order by question_id, other_question_id", [group.id],
        )
    ]
    return {
        "id": group.id,
        "kind": group.kind,
        "canonical": question_to_json(group.copies[0].question),
        "copies": [
            {"question_id": c.id, "source": c.source, "relation": c.relation, "similarity": c.similarity, "label_map": c.labels}
            for c in group.copies
        ],
        "offers": offers,
        "conflicts": conflicts,
    }
