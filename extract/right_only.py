"""Pages that print of every choice only what is right (只印正确选项), as answers of courses: 会计核算的基础是（ ）。B.权责发生制"""

from __future__ import annotations

import re

from .builds import Build
from .forms import declared_type
from .outlined import Outline, Span
from .question_types import CHOICES
from .stem import strip

# behind the blank, on a line of its own, or said in reply: ... -A.Sure.
_SHOWN = re.compile(
    r"(?:[)\]_](?: ?[。.?])?\s{0,3}|\n *|[?.!,] ?(?P<said>-{1,2} ?)|(?<=[a-z])[.?!])([A-H]) ?[.、:](?=[ ]?[^\s.、])"
)
_LABEL = re.compile(r"([A-H])(?<![A-Za-z].) ?[.、:](?=[ ]?[^\s.、])")
_LEAST = 3  # such questions, with different letters: one alone is an option whose siblings were lost
_SEVERAL = ("multiple_choice", "indefinite_choice")


def right_only(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Takes what stands behind a blank as options and answer where most single choices of the document show just one.

    Choices of several answers are read so too where some of their section lack letters.
    """
    if not any(len(b.options) < 2 for b in builds):
        return
    declared = {id(b): declared_type(folded, plan, b) for b in builds}
    types = {k: None if named == "by_form" else named for k, named in declared.items()}
    open_ = [b for b in builds if (types[id(b)] or "single_choice") in CHOICES and not (b.answer_spans or b.marked or b.draft.cues)]
    shown = [(b, m) for b in open_ if not b.options and b.stem.spans and (m := _SHOWN.search(folded, *b.stem.spans[-1]))]
    alone = [b for b in open_ if len(b.options) == 1]
    single = [b for b in open_ if types[id(b)] not in _SEVERAL]
    letters = {m[2] for _, m in shown} | {b.options[0][0] for b in alone}
    if len(shown) + len(alone) < _LEAST or len(letters) < 2 or (len(shown) + len(alone)) * 2 < len(single):
        return
    for b, m in shown:
        start, end = b.stem.spans.pop()
        b.stem.spans.append((start, m.start("said") if m["said"] else m.start(2)))
        _take(folded, b, (m.start(2), end))
    several = [b for b in open_ if types[id(b)] in _SEVERAL and b.options and not b.marked]
    partly = [b for b in open_ if types[id(b)] is None and 1 < len(b.options) < 4]
    for b in (*alone, *partly, *(several if any(len(b.options) < 4 for b in several) else ())):
        _take(folded, b, (b.options[0][2][0], b.options[-1][3][-1][1]))


def _take(folded: str, b: Build, span: Span) -> None:
    """Reads the labels of a span, each higher than the one before it, as the question's options, all of them right."""
    labels: list[re.Match[str]] = []
    for m in _LABEL.finditer(folded, *span):
        if not labels or m[1] > labels[-1][1]:
            labels.append(m)
    if not labels:
        return
    ends = [*(m.start() for m in labels[1:]), span[1]]
    b.options = [(m[1], m[1], m.span(), [strip(folded, (m.end(), end))]) for m, end in zip(labels, ends, strict=True)]
    b.marked = [m[1] for m in labels]
