"""What copies teach each other about answers (互证): one that a copy lacks is offered, a disagreement is kept with both sides.

Offers are kept apart from what a page prints.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from extract.model import Question

from .form import fold

LETTERS = re.compile(r"[A-HＡ-Ｈ](?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a question in its group.

    ``labels``: own label -> canonical label, empty where all are equal. ``independent``: how many sources read as it does.
    """

    id: int
    question: Question
    relation: str
    similarity: float
    labels: dict[str, str]
    source: str
    source_id: int
    independent: int


def learn(db: Database, group_id: int, copies: list[Copy]) -> None:
    """Write the offers and conflicts of one group."""
    answers: dict[Any, list[Copy]] = defaultdict(list)
    for copy in copies:
        value = _shared(copy)
        if value is not None:
            answers[value].append(copy)
    conn = db.conn
    if len(answers) > 1:
        sides = [side[0] for side in answers.values()]
        conn.executemany(
            "insert into duplicate_conflicts(group_id, question_id, other_question_id, answer, other_answer) values (?, ?, ?, ?, ?)",
            [(group_id, a.id, b.id, _json(a), _json(b)) for n, a in enumerate(sides) for b in sides[n + 1 :]],
        )
    offers: list[tuple[Any, ...]] = []
    given = next(iter(answers.values())) if len(answers) == 1 else []
    explained = [copy for copy in copies if copy.question.explanation]
    for copy in copies:
        if copy.question.answer is None and given:
            value = _borrowed(copy, given[0])
            if value is not None:
                offers.append((copy.id, "answer", json.dumps(value, ensure_ascii=False), given[0].id, len({c.source_id for c in given})))
        if copy.question.explanation is None:
            fit = next((c for c in explained if c.labels == copy.labels or not LETTERS.search(c.question.explanation or "")), None)
            if fit:
                offers.append((copy.id, "explanation", json.dumps(fit.question.explanation, ensure_ascii=False), fit.id, len(explained)))
    conn.executemany("insert into duplicate_offers(question_id, field, value, from_question_id, copies) values (?, ?, ?, ?, ?)", offers)


def _json(copy: Copy) -> str:
    answer = copy.question.answer
    return json.dumps(list(answer) if isinstance(answer, tuple) else answer, ensure_ascii=False)


def _shared(copy: Copy) -> Any:
    """The answer in the canonical copy's labels, comparable; None where there is none or it is free text."""
    answer = copy.question.answer
    if isinstance(answer, tuple) and copy.question.options:
        return tuple(sorted(copy.labels.get(label, label) for label in answer))
    if isinstance(answer, tuple):
        return tuple(fold(a) for a in answer)
    if isinstance(answer, bool):
        return answer
    return None


def _borrowed(copy: Copy, giver: Copy) -> Any:
    """The giver's answer in the words of the copy's own labels; None where the copy lacks the option."""
    answer = giver.question.answer
    if not isinstance(answer, tuple) or not copy.question.options:
        return list(answer) if isinstance(answer, tuple) else answer
    back = {copy.labels.get(o.label, o.label): o.label for o in copy.question.options}
    canonical = [giver.labels.get(label, label) for label in answer]
    own = [back[label] for label in canonical if label in back]
    return sorted(own) if len(own) == len(canonical) else None
