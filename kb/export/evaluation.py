"""Questions that can test a language model (评测题): complete single choice with A to D and one key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .row import Lost, Row

HOLE = re.compile(r"\[(?:图|公式|表)[^\]]*\]")
LABELS = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Test:
    """One complete item: the question with its material, four different options, the letter of the right one."""

    question: str
    options: tuple[str, str, str, str]
    answer: str
    explanation: str | None


def complete(row: Row, lost: Lost) -> Test | None:
    """The item of a row, or None with the reason counted."""
    q = row.question
    if not isinstance(q.answer, tuple) or len(q.answer) != 1 or q.type not in ("single_choice", None):
        lost["skipped_unanswered" if q.answer is None else "skipped_not_single_choice"] += 1
        return None
    if tuple(o.label for o in q.options) != LABELS or q.answer[0] not in LABELS:
        lost["skipped_not_four_options"] += 1
        return None
    a, b, c, d = (o.text.strip() for o in q.options)
    if not (a and b and c and d) or len({a, b, c, d}) < 4 or HOLE.search("\n".join((q.material or "", q.stem, a, b, c, d))):
        lost["skipped_incomplete"] += 1
        return None
    if q.material:
        lost["material_folded"] += 1
    return Test(f"{q.material}\n{q.stem}" if q.material else q.stem, (a, b, c, d), q.answer[0], q.explanation)
