"""Formulas as they are typeset (公式文本): the letters and figures between two $ are no labels and no numbers."""

from __future__ import annotations

import re

from .markers import NUM, OPT, Candidate
from .places import lies_in

_FORMULA = re.compile(r"\$(?=[^$\n]*[\\^_=<>])[^$\n\u4e00-\u9fff]{1,400}\$")
_COMMAND = re.compile(r"\$[^$\n]{0,200}\\[a-z]{2}")  # \frac, \angle: a page of prices has none


def without_formulas(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates less the labels and numbers inside the formulas of a page that typesets them."""
    if "$" not in folded or not _COMMAND.search(folded):
        return found
    spans = [(m.start() + 1, m.end() - 1) for m in _FORMULA.finditer(folded)]
    return [c for c in found if c.kind not in (NUM, OPT) or not lies_in(spans, c.start)]
