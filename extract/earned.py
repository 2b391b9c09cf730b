"""Answers of the one who took a test (我的答案): no answers of the page, unless their points or the page's word prove them right."""

from __future__ import annotations

import re

from .builds import Build
from .forms import declared_type
from .outlined import Outline, Span
from .stem import strip

_POINTS = re.compile(r"\s*:?\s*(\d+(?:\.\d+)?) ?分?")
_EARNED = ("得分", "本题得分", "此题得分")
_SAID_RIGHT = re.compile(r"\s*:?\s*([A-H]{1,6}|√|×|对|错|正确|错误)[ ,;(]+(?:答对了?|回答正确)[)。]?\s*")
_ALL_OR_NOTHING = ("single_choice", "true_false", None)


def earned_answers(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Takes them where a question has no other answer: with full marks, which a choice of one or a judgement has if it has any."""
    _called_right(folded, builds)
    if "得分" not in folded:
        return
    taken: list[tuple[Build, Span, float, float | None]] = []
    for b in builds:
        notes: dict[str, Span] = dict(b.draft.notes)
        points = next((_POINTS.match(folded, *notes[name]) for name in _EARNED if name in notes), None)
        mine = strip(folded, notes["mine"], " :.。;") if points and "mine" in notes else (0, 0)
        if points and float(points[1]) and mine[0] < mine[1] and not (b.answer_spans or b.key_item or b.marked or b.stem.answer):
            full = b.stem.score or (plan.sections[b.draft.section].score_each if b.draft.section >= 0 else None)
            whole = full is None and mine[1] - mine[0] == 1 and declared_type(folded, plan, b) in _ALL_OR_NOTHING
            taken.append((b, mine, float(points[1]), float(points[1]) if whole else full))
    usual = {full for _, _, _, full in taken}
    for b, mine, points_earned, full in taken:
        if points_earned == full or (full is None and points_earned in usual):
            b.answer_spans = [mine]


def _called_right(folded: str, builds: list[Build]) -> None:
    """Those that the page itself calls right: 我的答案：B 答对."""
    for b in builds if "答对" in folded or "回答正确" in folded else ():
        mine = dict(b.draft.notes).get("mine")
        said = _SAID_RIGHT.fullmatch(folded, *mine) if mine else None
        if said and not (b.answer_spans or b.key_item or b.marked or b.stem.answer):
            b.answer_spans = [said.span(1)]
