"""Numbers that bear the type of their question (题型在题号前) or a letter: ...单选题:2. ..., ...知识点。单选题4某种..., w1. ...w2. ..."""

from __future__ import annotations

import re
from itertools import pairwise

from .markers import CODED, NUM, Candidate
from .places import lies_in, place_of

_TYPE_BEFORE = re.compile(
    r"(?<![一二三四五六][、.)])(?<![一二三四五六][、.)] )(?:[单多]选|判断|填空|简答|问答)题 ?"
    r"(?:(?P<colon>:) ?)?(?P<n>\d{1,3})(?: ?[.、](?!\d)|(?=[一-鿿“《(]))"
)
_LEAST_TYPED = 2


def typed_numbers(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the numbers that bear the type of their question, 单选题:2., where two of a run are not its first."""
    found = _lettered(folded, found)
    typed: list[re.Match[str]] = []
    for m in _TYPE_BEFORE.finditer(folded) if folded.count("题:") + folded.count("题1") + folded.count("题2") > 1 else ():
        if m["colon"] or int(m["n"]) in (1, int(typed[-1]["n"]) + 1 if typed else 1):
            typed.append(m)
    if sum(m["n"] != "1" for m in typed) < _LEAST_TYPED:
        return found
    spans = [m.span() for m in typed]
    own = [Candidate(*m.span(), NUM, int(m["n"]), "例", place_of(folded, m.start())) for m in typed]
    return [*(c for c in found if not lies_in(spans, c.start)), *own]


_LETTER_BEFORE = re.compile(r"([a-z])(?<![A-Za-z][a-z])(?P<n>[0-9]{1,3})[.、](?=[一-鿿《“(])")  # the class first: so the engine skips to it
_LEAST_LETTERED = 4


def _lettered(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the numbers before which a site prints one and the same letter, where so many count on from 1."""
    first = next((m for m in _LETTER_BEFORE.finditer(folded) if m["n"] == "1"), None)
    run = [m for m in _LETTER_BEFORE.finditer(folded, first.start()) if m[1] == first[1]] if first else []
    counted = sum(int(b["n"]) == int(a["n"]) + 1 for a, b in pairwise(run))
    if counted < _LEAST_LETTERED - 1 or counted * 3 < (len(run) - 1) * 2:
        return found
    spans = [m.span() for m in run]
    own = [Candidate(*m.span(), NUM, int(m["n"]), CODED, place_of(folded, m.start())) for m in run]
    return [*(c for c in found if not lies_in(spans, c.start)), *own]
