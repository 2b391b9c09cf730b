"""What hangs together becomes a group (重复组), with a canonical copy and what the copies teach each other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from extract.model import Question
from kb.load import chunks

from .compare import compare, pairing
from .copies import wording
from .form import Form, form
from .lessons import Copy, learn
from .suggestions import doubt, write_suggestions

LOOSENESS = ("exact", "shuffled", "truncated", "near")
JOINED = "select b from duplicate_edges where a = ? union all select a from duplicate_edges where b = ?"
AT_ONCE = 400
"""Questions that are read from the bank together."""

GO_BETWEENS = 8
"""Readings of a group by way of which a copy may belong to it."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a question stands, in the order that says which of two equal copies comes first."""

    source: str
    document: int
    position: int
    source_id: int
    text_id: int


def regroup(db: Database) -> int:
    """Write the groups of all texts in ``temp.touched`` and of what is joined to them. Returns how many groups were written."""
    conn = db.conn
    conn.execute("create temp table if not exists old_groups(id integer primary key)")
    conn.execute("delete from temp.old_groups")
    conn.execute("insert or ignore into temp.old_groups select m.group_id from temp.gone g join duplicate_members m using (question_id)")
    conn.execute(
        "insert or ignore into temp.old_groups select m.group_id from temp.touched t join duplicate_forms f on f.text_id = t.text_id "
        "join duplicate_members m on m.question_id = f.question_id"
    )
    conn.execute(
        "insert or ignore into temp.touched select f.text_id from temp.old_groups o join duplicate_members m on m.group_id = o.id "
        "join duplicate_forms f on f.question_id = m.question_id"
    )
    _drop(db, "select id from temp.old_groups")
    written = 0
    batch: list[list[int]] = []
    held = 0
    for group in _components(db):
        batch.append(group)
        held += len(group)
        if held >= AT_ONCE:
            written += _write(db, batch)
            batch, held = [], 0
    written += _write(db, batch)
    write_suggestions(db)
    return written


def _drop(db: Database, which: str) -> None:
    """Take out the groups that a query names, with all that was learnt from them."""
    conn = db.conn
    conn.execute("create temp table if not exists dropped(id integer primary key)")
    conn.execute("delete from temp.dropped")
    conn.execute(f"insert or ignore into temp.dropped {which}")
    which = "select id from temp.dropped"
    conn.execute(
        "insert or ignore into temp.relearn select m.question_id from duplicate_members m join duplicate_groups g on g.id = m.group_id "
        f"where g.kind = 'near' and m.group_id in ({which})"
    )
    members = f"(select question_id from duplicate_members where group_id in ({which}))"
    conn.execute(f"delete from duplicate_offers where question_id in {members}")
    conn.execute(f"delete from duplicate_conflicts where group_id in ({which})")
    conn.execute(f"delete from duplicate_members where group_id in ({which})")
    conn.execute(f"delete from duplicate_groups where id in ({which})")


def _components(db: Database) -> Iterator[list[int]]:
    """The questions of every component that has a touched text and at least two questions."""
    seen: set[int] = set()
    # a text that stands alone, with one question and no edge, is no group and needs no walk
    starts = db.execute(
        "select t.text_id from temp.touched t where exists (select 1 from duplicate_edges where a = t.text_id) or exists "
        "(select 1 from duplicate_edges where b = t.text_id) or (select count(*) from (select 1 from duplicate_forms f "
        "where f.text_id = t.text_id limit 2)) = 2 order by t.text_id"
    ).fetchall()
    for (start,) in starts:
        if start in seen:
            continue
        component, waiting = {start}, [start]
        while waiting:
            text = waiting.pop()
            for (other,) in db.execute(JOINED, [text, text]):
                if other not in component:
                    component.add(other)
                    waiting.append(other)
        if len(component) > 1:
            seen |= component
        own = [
            row[0] for part in chunks(sorted(component))
            for row in db.execute(f"select question_id from duplicate_forms where text_id in ({','.join('?' * len(part))})", part)
        ]
        if len(own) > 1:
            yield sorted(own)


def _write(db: Database, groups: list[list[int]]) -> int:
    if not groups:
        return 0
    ids = [question_id for group in groups for question_id in group]
    _drop(db, "select distinct group_id from duplicate_members where question_id in (select value from json_each("
          f"'{json.dumps(ids)}'))")
    held = wording(db, ids)
    places = _places(db, ids)
    members: list[tuple[Any, ...]] = []
    rows: list[tuple[Any, ...]] = []
    for group in groups:
        copies = _arrange(group, held, places)
        canonical = copies[0]
        kinds = {copy.relation for copy in copies[1:]}
        kind = max(kinds, key=LOOSENESS.index)
        rows.append((min(group), kind, canonical.id, len(group)))
        members += [
            (c.id, min(group), c.relation, round(c.similarity, 4), json.dumps(c.labels, ensure_ascii=False) if c.labels else None)
            for c in copies
        ]
        learn(db, min(group), copies)
        if kind == "near":
            doubt(db, [canonical, *sorted(copies[1:], key=lambda copy: places[copy.id])])
    db.conn.executemany("insert into duplicate_groups(id, kind, canonical_question_id, size) values (?, ?, ?, ?)", rows)
    db.conn.executemany(
        "insert into duplicate_members(question_id, group_id, relation, similarity, label_map) values (?, ?, ?, ?, ?)", members
    )
    return len(rows)


def _places(db: Database, ids: list[int]) -> dict[int, Place]:
    out: dict[int, Place] = {}
    for part in chunks(ids):
        for question_id, *place in db.execute(
            "select q.id, s.name, d.position, q.position, s.id, f.text_id from questions q join documents d on d.id = q.document_id "
            "join sources s on s.id = d.source_id join duplicate_forms f on f.question_id = q.id "
            f"where q.id in ({','.join('?' * len(part))})", part,
        ):
            out[question_id] = Place(*place)
    return out


def _arrange(group: list[int], held: dict[int, Question], places: dict[int, Place]) -> list[Copy]:
    """The copies, the canonical one first: most options, the reading of most sources, fewest doubts, answered, first in the bank."""
    independent = Counter(text for text, _ in {(places[i].text_id, places[i].source_id) for i in group})

    def rank(i: int) -> tuple[Any, ...]:
        q, p = held[i], places[i]
        lacks = (q.answer is None, q.explanation is None)
        return (-len(q.options), -independent[p.text_id], len(q.flags), *lacks, p.source, p.document, p.position)

    first, *others = sorted(group, key=rank)
    canonical, own = held[first], places[first]
    out = [Copy(first, canonical, "canonical", 1.0, {}, own.source, own.source_id, independent[own.text_id])]
    forms = [form(canonical, 1)]
    for i in others:
        p, q = places[i], held[i]
        labels: dict[str, str] = {}
        if _same(q, canonical):  # letter by letter, as most copies are
            relation, similarity = "exact", 1.0
        else:
            mine = form(q, 2)
            relation, similarity, labels = _relation(canonical, q, forms, mine, p.text_id == own.text_id)
            if len(forms) < GO_BETWEENS and mine not in forms:
                forms.append(mine)
        out.append(Copy(i, q, relation, similarity, labels, p.source, p.source_id, independent[p.text_id]))
    return out


def _same(a: Question, b: Question) -> bool:
    return (a.stem, a.options, a.material, a.type, a.answer) == (b.stem, b.options, b.material, b.type, b.answer)


def _relation(canonical: Question, q: Question, forms: list[Form], own: Form, same_text: bool) -> tuple[str, float, dict[str, str]]:
    """How a copy is the canonical question again, and which of its labels is which there (empty where all are the same).

    ``forms`` are the canonical one and others of the group: a copy that is none of the first may be one of another.
    """
    head = forms[0]
    match = compare(head, own)
    labels = {
        o.label: canonical.options[j].label
        for o, j in zip(q.options, pairing(own.options, head.options), strict=True) if j is not None
    }
    if all(a == b for a, b in labels.items()) and len(labels) == len(q.options):
        labels = {}
    if match is None and not same_text:
        between = next((m for f in forms[1:] if (m := compare(f, own))), None)
        relation = between.relation if between and between.relation == "truncated" else "near"
        likeness = Levenshtein.normalized_similarity("".join((head.stem, *head.options)), "".join((own.stem, *own.options)))
        return relation, float(likeness), labels
    return (match.relation, match.similarity, labels) if match else ("exact", 1.0, labels)
