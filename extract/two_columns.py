"""Two columns printed side by side (左右两栏): each line holds a question and, set apart by blanks, one of the answers to choose from.

( )1. What colour is it?    A. It's red.  The letters count on from line to line, one a line; all of them are the options of all lines.
"""

from __future__ import annotations

import re

from .markers import NUM, OPT, Candidate
from .outlined import Draft, Span

_SLOT = re.compile(r"[(] *[)] *\Z")
_LEAST = 3  # lines of two columns
_LEAST_GLUED = 4  # the same, told in running text by nothing but the numbers and letters in turn


def without_columns(found: list[Candidate]) -> list[Candidate]:
    """The candidates without the labels of such columns: 1. A. 2. B. 3. C. 4. D., a number and the next letter in turn."""
    taken: set[int] = set()
    run: list[int] = []  # places in ``found`` of the labels
    number: Candidate | None = None
    for k, c in enumerate(found):
        if c.kind == NUM:
            number = c if number is None or c.value == number.value + 1 or c.value == 1 else None
            if c.value == 1 or number is None:
                run = []
        elif c.kind == OPT and number is not None:
            if c.value == len(run) == number.value - 1:
                run.append(k)
                if len(run) >= _LEAST_GLUED:
                    taken.update(run)
            else:
                number, run = None, []
    return [c for k, c in enumerate(found) if k not in taken] if taken else found


def two_columns(folded: str, drafts: list[Draft]) -> None:
    """Gives each question of such lines the whole right column for its options."""
    run: list[tuple[Draft, Span, Span]] = []  # the question, the label beside it, the text of that option
    for d in [*drafts, None]:
        goes_on = d is not None and (not run or (d.section == run[-1][0].section and d.number == (run[-1][0].number or 0) + 1))
        beside = _beside(folded, d, len(run)) if d is not None and goes_on else None
        if beside is None:
            if len(run) >= _LEAST:
                _share(folded, run)
            run = []
            beside = _beside(folded, d, 0) if d is not None and not goes_on else None
        if d is not None and beside is not None:
            run.append((d, *beside))
    return


def _beside(folded: str, d: Draft, index: int) -> tuple[Span, Span] | None:
    """The label that stands beside a question, and its text, if it is the only one and its letter is the next."""
    if d.answers or d.explanations or len(d.stem) != 1 or d.number is None:
        return None
    start, end = d.stem[0]
    if len(d.options) == 1:
        found, _, mark, text = d.options[0]
        in_line = "\n" not in folded[start : text[1]].strip() and folded[mark[0] - 2 : mark[0]] == "  "
        return (mark, text) if found == index and in_line else None
    if d.options or "\n" in folded[start:end].strip():
        return None
    letter = chr(65 + index)
    beside = re.compile(rf"(?:(?<=\S) {{2,}}|(?<=[.?!。]) ?)(?P<label>(?:[(]{letter}[)]|{letter} ?[.、:)]) ?)(?=\S)")
    found_all = list(beside.finditer(folded, start, end))
    return ((m := found_all[0]).span("label"), (m.end(), end)) if len(found_all) == 1 else None


def _without_slot(folded: str, text: Span) -> Span:
    """The text of an option without the bracket of the next number, which is glued to it."""
    slot = _SLOT.search(folded, *text)
    return (text[0], slot.start()) if slot else text


def _share(folded: str, run: list[tuple[Draft, Span, Span]]) -> None:
    column = [(k, chr(65 + k), mark, _without_slot(folded, text)) for k, (_, mark, text) in enumerate(run)]
    for d, mark, _ in run:
        d.stem = [(d.stem[0][0], mark[0])]
        d.options = list(column)
        d.shares_options = True
