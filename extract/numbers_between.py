"""Numbers that those around them call for (缺号): 11. ...12体温... 13. where one lost its sign, 9、...1 0、... parted by a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .lost_signs import is_quantity
from .markers import INSIDE, NUM, Candidate
from .places import place_of
from .run_on import RUN_ON

_SIGNS = frozenset(".、")
_PARTED = re.compile(r"(?P<n>[1-9](?<![\d.][1-9])[0-9]? [0-9]) ?(?P<p>[.、])(?![0-9])")  # the class first: so the engine skips to it
_BARE = re.compile(r"(?<=[。)?!.;”_])(?<!\d\.)\d{1,3}(?=[一-鿿“《])")  # behind the end of a sentence, before a word
_BEHIND_WORD = re.compile(r"(?<=[一-鿿%℃])(?<![第图表式题章节条款约共近达每前后])\d{1,3}(?= ?[一-鿿“《(])")
_LAST_LABEL, _FIRST_LABEL = re.compile(r"[C-H] ?[.、:)]"), re.compile(r"A ?[.、:)]")
_MOST_BETWEEN = 2
_FARTHEST = 1500


def parted_figures(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the numbers whose figures a blank parts (1 0、), where each goes on from the number before it."""
    parted = {m.start(): m for m in _PARTED.finditer(folded)}
    if not parted:
        return found
    signed = {c.start: c for c in found if c.style in _SIGNS}
    out: list[Candidate] = []
    last = 0
    for at in sorted({*parted, *signed}):
        m, c = parted.get(at), signed.get(at)
        if m and int(m["n"].replace(" ", "")) == last + 1:
            last += 1
            out.append(Candidate(at, m.end(), NUM, last, m["p"], place_of(folded, at)))
        elif c and not (out and c.start < out[-1].end):
            last = c.value
    held = [range(c.start, c.end) for c in out]
    return [*(c for c in found if not any(c.start in span for span in held)), *out] if out else found


def left_out(folded: str, found: list[Candidate]) -> Iterator[Candidate]:
    """The one or two numbers that a run of signed ones leaves out, each once between its neighbours, bare behind a sentence or options."""
    signed = sorted((c for c in found if c.style in _SIGNS), key=lambda c: c.start)
    for a, b in pairwise(signed):
        between = b.value - a.value - 1
        if not 0 < between <= _MOST_BETWEEN or a.style != b.style or a.value < 1 or b.start - a.end > _FARTHEST:
            continue
        bare = [m for m in _BARE.finditer(folded, a.end, b.start) if not is_quantity(folded, m.end())]
        bare += [m for m in _BEHIND_WORD.finditer(folded, a.end, b.start) if _between_sets(folded, a.end, m, b.start)]
        lost = [[m for m in bare if int(m[0]) == value] for value in range(a.value + 1, b.value)]
        if all(len(places) == 1 for places in lost):
            for value, (m,) in enumerate(lost, a.value + 1):
                yield Candidate(*m.span(), NUM, value, RUN_ON, INSIDE)


def _between_sets(folded: str, begin: int, m: re.Match[str], end: int) -> bool:
    """Whether the last labels of one set stand before the digits, and the first of the next behind them."""
    before, behind = _LAST_LABEL.search(folded, begin, m.start()), _FIRST_LABEL.search(folded, m.end(), end)
    return before is not None and behind is not None and not is_quantity(folded, m.end())
