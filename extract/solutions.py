"""Worked solutions (解答过程): what they end on is the answer of a fill-in, and the way to it explains it."""

from __future__ import annotations

import re
from dataclasses import replace

from . import answers as read_answers
from .builds import Build
from .question_types import CHOICES
from .stem import Span, strip, stripped

_SOLUTION = re.compile(r"\[解答\] ?(?:[解答] ?: ?)?")
_COMMENT = re.compile(r"\n *\[点评\] ?")


def concluded(text: str, folded: str, b: Build) -> str | None:
    """What a worked solution of a fill-in ends on (【解答】解：... 故答案为：7): that is the answer, and the solution explains it."""
    if len(b.answer_spans) != 1:
        return None
    solution = b.answer_spans[0]
    hit = read_answers.CONCLUDED.search(folded, *solution)
    if hit is None or hit.start() == solution[0]:
        return None
    b.explanation_spans = with_solution(folded, b)
    b.answer_spans = [strip(folded, hit.span(1), ".。")]
    return text[slice(*b.answer_spans[0])]


def worked(text: str, folded: str, b: Build, explained: Span) -> str | None:
    """The answer of a key's item that is worked through, 【分析】...【解答】...【点评】: what the solution ends on, or all of it."""
    cue = _SOLUTION.search(folded, *explained)
    if cue is None or b.key_item is None:
        return None
    comment = _COMMENT.search(folded, cue.end(), explained[1])
    analysis = strip(folded, (explained[0], cue.start()))
    solution = strip(folded, (cue.end(), comment.start() if comment else explained[1]))
    if comment:
        b.draft.commentaries.append((comment.end(), explained[1]))
    ends_on = read_answers.CONCLUDED.search(folded, *solution) if b.type == "fill_blank" else None
    explains = ends_on or b.options or b.type in CHOICES
    b.explanation_spans = [s for s in ((analysis, solution) if explains else (analysis,)) if s[0] < s[1]]
    if explains and not ends_on:
        return None
    answer = strip(folded, ends_on.span(1), ".。") if ends_on else solution
    b.key_item = replace(b.key_item, answer=answer)
    return text[slice(*answer)]


def with_solution(folded: str, b: Build) -> list[Span]:
    """The explanation of a question whose printed answer is a solution: both, in the order of the page."""
    return sorted([*b.explanation_spans, *stripped(folded, b.draft.answers)])
