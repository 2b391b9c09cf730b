"""Letters that a stem lists for its parts (字母填空): 在A.氧气 B.氢气 C.氮气中,用序号填空:(1)...____; the parts choose from them."""

from __future__ import annotations

import re

from .markers import LINE, NUM, OPT, Candidate
from .stem import MARKED_BLANK

_TO_FILL_IN = re.compile(r"[^\n]{0,60}(?:填空|填写|序号|字母|标号|代号)[^\n_]{0,12}\s*")
_LEAST = 3


def without_listed_letters(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, less the letters of such lists: the sentence goes on behind the last, to parts that hold blanks."""
    taken: set[int] = set()
    for k, c in enumerate(found):
        if c.kind != NUM or c.style != "(" or c.value != 1 or c.place != LINE or not k or found[k - 1].kind != OPT:
            continue
        run = [k - 1]
        while run[-1] and found[run[-1] - 1].kind == OPT and found[run[-1] - 1].value == found[run[-1]].value - 1:
            run.append(run[-1] - 1)
        if len(run) < _LEAST or found[run[-1]].value or not _TO_FILL_IN.fullmatch(folded, found[k - 1].end, c.start):
            continue
        line = folded.find("\n", c.end)
        if MARKED_BLANK.search(folded, c.end, line if line >= 0 else len(folded)):
            taken.update(run)
    return [c for k, c in enumerate(found) if k not in taken] if taken else found
