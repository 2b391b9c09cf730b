"""Differences between copies as suggestions in the ledger (修复建议): of the page that seems to err, never applied by themselves.

Copies copy errors too: neither agreement nor number proves anything, so that the confidence stays where a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from extract.ledger import fingerprint
from extract.model import Repair
from kb.review import rejected

from .compare import MEANS, NUMERAL
from .form import fold
from .lessons import Copy
from .reading import SLIP, reading

RULE, FAMILY = "copy_differs", "copies"
NUMBERS = 1_000_000
"""Ledger numbers of suggestions from copies: this plus the place in the text, so that the same bank gives the same numbers."""

Suggestion = tuple[str, int, int, str, str, str, float]
"""Field, start and end in the reading text, before, after, evidence, confidence."""

DOUBTS = 'source_id, question_id, start, "end", field, wording, first, last, before, after, evidence, confidence'
CONTEXT = (8, 6, 4, 3)
HOLDER = re.compile(r"\[(?:图|公式|表)\]")  # that a copy lacks a picture says nothing about this one
HINT = 1.0
"""How much likelier (nats) the other copy's reading must be to be worth a person's look; from SLIP on it is worth more."""


def prepare(db: Database) -> None:
    """Make room for the questions whose suggestions are to be written anew, and for what their copies let one doubt in them."""
    temporary = {"relearn": "question_id integer primary key", "doubts": DOUBTS, "withdrawn": "id integer primary key, question_id"}
    for table, columns in temporary.items():
        db.conn.execute(f"create temp table if not exists {table}({columns})")
        db.conn.execute(f"delete from temp.{table}")


def doubt(db: Database, copies: list[Copy]) -> None:
    """Note what the copies of a group let one doubt in one another; each reading speaks by the first copy that has it."""
    readings: dict[tuple[str, ...], Copy] = {}
    for copy in copies:
        readings.setdefault(_words(copy), copy)
    db.conn.executemany("insert or ignore into temp.relearn values (?)", [(copy.id,) for copy in copies])
    db.conn.executemany(f"insert into temp.doubts values ({', '.join('?' * len(DOUBTS.split(',')))})", (
        (own.source_id, own.id, *own.question.span, *found)
        for own in copies for words, other in readings.items() if words != _words(own) for found in differences(own, other)
    ))


def _words(copy: Copy) -> tuple[str, ...]:
    return (copy.question.stem, *(o.text for o in copy.question.options))


def write_suggestions(db: Database) -> None:
    """Write the suggestions of all questions in ``temp.relearn`` anew, a page at a time; not the ones that a person refused."""
    refused = rejected(db)
    _withdraw(db)
    rows = db.execute(f'select {DOUBTS} from temp.doubts order by source_id, start, question_id, rowid')
    for source_id, doubts in groupby(rows, key=lambda row: row[0]):
        (text,) = db.execute("select text from sources where id = ?", [source_id]).fetchone()
        taken = db.execute(
            'select start, "end" from repairs where source_id = ? and (applied or rule <> ?)', [source_id, RULE]
        ).fetchall()
        found: dict[int, tuple[int, Suggestion]] = {}
        for _, question_id, start, end, field, wording, first, last, before, after, evidence, confidence in doubts:
            place = _locate(text, (start, end), wording, first, last)
            if place is None or any(s < place + len(before) + 1 and place < e + 1 for s, e in taken):
                continue
            suggestion = (field, place, place + len(before), before, after, evidence, confidence)
            if fingerprint(text, _entry(suggestion)) not in refused and (place not in found or found[place][1][-1] < confidence):
                found[place] = (question_id, suggestion)
        _insert(db, source_id, [found[place] for place in sorted(found)])


def accepted_again(db: Database) -> list[str]:
    """Pages that were read anew after a person had accepted a suggestion, which is there again: names of those to be carried out."""
    wanted = {r[0] for r in db.execute("select fingerprint from decisions where action = 'accept' and rule = ?", [RULE])}
    if not wanted:
        return []
    names = set()
    for name, text, start, end, before, after in db.execute(
        'select s.name, s.text, r.start, r."end", r.before, r.after from temp.relearn l join repairs r on r.question_id = l.question_id '
        "join sources s on s.id = r.source_id where +r.rule = ? and not r.applied", [RULE],
    ):
        if fingerprint(text, _entry(("", start, end, before, after, "", 0.0))) in wanted:
            names.add(name)
    return sorted(names)


def _entry(found: Suggestion) -> Repair:
    field, start, end, before, after, evidence, confidence = found
    return Repair(NUMBERS + start, RULE, FAMILY, field, start, end, before, after, evidence, confidence, False)


def _withdraw(db: Database) -> None:
    conn = db.conn
    conn.execute(  # + keeps SQLite from going through all suggestions of the bank
        "insert into temp.withdrawn select r.id, r.question_id from temp.relearn l join repairs r on r.question_id = l.question_id "
        "where +r.rule = ? and not r.applied", [RULE],
    )
    conn.execute("delete from question_repairs where repair_id in (select id from temp.withdrawn)")
    conn.execute("delete from repairs where id in (select id from temp.withdrawn)")
    conn.execute("update questions set has_repairs = exists (select 1 from question_repairs where question_id = questions.id) "
                 "where id in (select question_id from temp.withdrawn)")


def _insert(db: Database, source_id: int, found: list[tuple[int, Suggestion]]) -> None:
    conn = db.conn
    (last,) = conn.execute("select coalesce(max(id), 0) from repairs").fetchone()
    for n, (question_id, (field, start, end, before, after, evidence, confidence)) in enumerate(found, last + 1):
        conn.execute(
            'insert into repairs(id, source_id, question_id, number, rule, family, field, start, "end", before, after, evidence, '
            "confidence, applied) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [n, source_id, question_id, NUMBERS + start, RULE, FAMILY, field, start, end, before, after, evidence, confidence],
        )
        conn.execute("insert into question_repairs(question_id, repair_id) values (?, ?)", [question_id, n])
        conn.execute("update questions set has_repairs = 1 where id = ?", [question_id])


def differences(own: Copy, other: Copy) -> Iterator[tuple[Any, ...]]:
    """What ``other`` lets one doubt in ``own``: field, its wording, where in it (first, last), before, after, evidence, confidence."""
    majority = other.independent > own.independent
    for field, mine, theirs in _fields(own, other):
        for i1, i2, j1, j2, margin in _doubtful(mine, theirs):
            if margin < HINT and not majority:
                continue
            confidence = 0.5 + (0.2 if margin >= SLIP else 0.0) + (0.1 if majority else 0.0)
            evidence = (
                f"另一份（{other.source}）写作“{theirs[max(0, j1 - 4) : j2 + 4]}”：{other.independent} 个来源这样写，"
                f"{own.independent} 个与本文相同；转抄的也会抄错"
            )
            yield field, mine, i1, i2, mine[i1:i2], theirs[j1:j2], evidence, round(confidence, 2)


@lru_cache(maxsize=4096)
def _doubtful(mine: str, theirs: str) -> tuple[tuple[int, int, int, int, float], ...]:
    """Where two texts differ in what may be a slip of ``mine``, and how much likelier ``theirs`` reads there."""
    out = []
    for i1, i2, j1, j2 in _edits(mine, theirs):
        before, after = mine[i1:i2], theirs[j1:j2]
        if HOLDER.search(before) or fold(before) == fold(after) or NUMERAL.search(before + after) or MEANS & set(before + after):
            continue
        margin = reading(theirs, j1, j2).likelihood - reading(mine, i1, i2).likelihood
        if margin > -SLIP:
            out.append((i1, i2, j1, j2, margin))
    return tuple(out)


def _edits(mine: str, theirs: str) -> list[tuple[int, int, int, int]]:
    """Where two texts differ, as the spans of both; what touches is one difference, for half of it makes no sense."""
    found: list[tuple[int, int, int, int]] = []
    for code in Levenshtein.opcodes(mine, theirs):
        if code.tag == "equal":
            continue
        if found and (found[-1][1], found[-1][3]) == (code.src_start, code.dest_start):
            found[-1] = (found[-1][0], code.src_end, found[-1][2], code.dest_end)
        else:
            found.append((code.src_start, code.src_end, code.dest_start, code.dest_end))
    return found


def _fields(own: Copy, other: Copy) -> list[tuple[str, str, str]]:
    pairs = [("stem", own.question.stem, other.question.stem)]
    theirs = {other.labels.get(o.label, o.label): o.text for o in other.question.options}
    pairs += [
        ("options", o.text, theirs[label]) for o in own.question.options if (label := own.labels.get(o.label, o.label)) in theirs
    ]
    return pairs


def _locate(text: str, span: tuple[int, int], field: str, start: int, end: int) -> int | None:
    """Where a piece of a field stands in the reading text: by the characters around it, if they occur once in the question."""
    page = text[span[0] : span[1]]
    for reach in CONTEXT:
        left = field[max(0, start - reach) : start]
        whole = left + field[start : end + reach]
        if len(whole) > end - start and page.count(whole) == 1:
            return span[0] + page.index(whole) + len(left)
    return None
