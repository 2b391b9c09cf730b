"""Candidate marks -> the cheapest consistent path through them (分段).

A page is not read mark by mark. Every candidate may count or be plain text; a state carries what the page has led to (which
field is open, the last number, the last option, whether a heading was just passed, whether an answer key is open); each step has a
cost from one table; and the path with the least sum wins (Viterbi with a small beam, linear in the length of the text).
"""

from __future__ import annotations

from dataclasses import dataclass

from .habits import learn
from .markers import Candidate
from .passing import ignore
from .state import HEAD, OPTIONS, State
from .taking import takes

BEAM = 8
MARGIN = 14.0

Path = tuple[object, int, str, int] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One mark that counts. ``action``: number, sub, start, option, section, key, keysection, answer, explanation, note, material.

    ``number`` is the question number read (a fused digit may differ from the mark's), or the option's index.
    """

    candidate: Candidate
    action: str
    number: int


def segment(folded: str, found: list[Candidate]) -> list[Step]:
    """The marks that count, in order. ``found`` are the candidates of one document in the offsets of ``folded``."""
    habits = learn(folded, found)
    beam: dict[State, tuple[float, int, Path]] = {(HEAD, 0, 0, 0, 0, 0, 0, 0): (0.0, 0, None)}
    for i, c in enumerate(found):
        coming: dict[State, tuple[float, int, Path]] = {}
        for state, (cost, until, path) in beam.items():
            if c.start < until:
                _keep(coming, state, cost, until, path)
                continue
            _keep(coming, state, cost + ignore(c, state, i, habits), until, path)
            for extra, after, action, number in takes(folded, c, state, i, habits):
                _keep(coming, after, cost + extra, c.end, (path, i, action, number))
        if len(coming) > 2:
            ranked = sorted(coming.items(), key=lambda item: item[1][0])[:BEAM]
            limit = ranked[0][1][0] + MARGIN
            coming = {s: v for s, v in ranked if v[0] <= limit}
        beam = coming
    best = min(
        ((v[0] + (1.5 if s[0] == OPTIONS and s[2] == 1 else 0.0), s, v) for s, v in beam.items()), key=lambda item: (item[0], item[1])
    )
    steps: list[Step] = []
    path = best[2][2]
    while path is not None:
        before, i, action, number = path
        if action != "keyitem":
            steps.append(Step(found[i], action, number))
        path = before  # type: ignore[assignment]
    return steps[::-1]


def _keep(coming: dict[State, tuple[float, int, Path]], state: State, cost: float, until: int, path: Path) -> None:
    known = coming.get(state)
    if known is None or cost < known[0]:
        coming[state] = (cost, until, path)
