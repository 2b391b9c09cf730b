"""Where a mark stands (标记位置): at the start of a line, after a blank, after a closing mark, inside running text."""

from __future__ import annotations

import re
from bisect import bisect_right

from .markers import (
    BULLETS,
    INSIDE,
    KEY,
    LINE,
    SPACE,
    STOP,
    Candidate,
)

BLANKS = BULLETS + "\n"
NUMBER_BEFORE = re.compile(r"(?:^|\n)[ ]*\d{1,4}[.、]?[ ]*\n\s*$")


def skip_blank(folded: str, at: int) -> int:
    """The first place from ``at`` on that is no blank and no bullet."""
    while at < len(folded) and folded[at] in BLANKS:
        at += 1
    return at


def place_of(folded: str, at: int) -> int:
    """The place of a mark at ``at``: LINE, SPACE, STOP or INSIDE."""
    if at == 0:
        return LINE
    before = folded[at - 1]
    if before == "\n":
        return LINE
    if before == " ":
        k = at - 1
        while k > 0 and folded[k - 1] == " ":
            k -= 1
        return LINE if k == 0 or folded[k - 1] == "\n" else SPACE
    return STOP if before in "。.?!;；？！)]_”\"’』」》…:" else INSIDE


def order(c: Candidate) -> tuple[int, bool, int]:
    """The order of the candidates: a key is weighed before the answer cue that opens it."""
    return c.start, c.kind != KEY, c.end


def lies_in(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether a place lies in one of the spans, which are in order."""
    k = bisect_right(spans, (at, at)) - 1
    return k >= 0 and spans[k][0] <= at < spans[k][1]
