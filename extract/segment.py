"""Candidate marks -> the cheapest consistent path through them (分段).

A page is not read mark by mark. Every candidate may count or be plain text; a state carries what the page has led to (which
field is open, the last number, the last option, whether a heading was just passed, whether an answer key is open); each step has a
cost from one table; and the path with the least sum wins (Viterbi with a small beam, linear in the length of the text).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from .habits import learn
from .markers import Candidate
from .passing import PASSING
from .state import HEAD, OPTIONS, State
from .taking import TAKING

BEAM = 8
MARGIN = 14.0

Path = tuple[object, int, str, int] | None
Reached = tuple[float, int, Path, State]  # the cost so far, where the mark ends that was counted last, the marks counted, the state
_COST = itemgetter(0)


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
    beam: list[Reached] = [(0.0, 0, None, (HEAD, 0, 0, 0, 0, 0, 0, 0))]
    for i, c in enumerate(found):
        start, end = c.start, c.end
        passed, counted = PASSING[c.kind], TAKING[c.kind]
        coming: dict[State, Reached] = {}
        for reached in beam:
            cost, until, path, state = reached
            known = coming.get(state)
            if start < until:  # inside the mark that this path counted last
                if known is None or cost < known[0]:
                    coming[state] = reached
                continue
            over = cost + passed(c, state, i, habits)
            if known is None or over < known[0]:
                coming[state] = (over, until, path, state)
            for extra, after, action, number in counted(folded, c, state, i, habits):
                known = coming.get(after)
                if known is None or cost + extra < known[0]:
                    coming[after] = (cost + extra, end, (path, i, action, number), after)
        beam = list(coming.values())
        if len(beam) > 2:
            beam.sort(key=_COST)
            limit = beam[0][0] + MARGIN
            beam = [reached for reached in beam[:BEAM] if reached[0] <= limit]
    path = min(beam, key=_cost_at_the_end)[2]
    steps: list[Step] = []
    while path is not None:
        before, i, action, number = path
        if action != "keyitem":
            steps.append(Step(found[i], action, number))
        path = before  # type: ignore[assignment]
    return steps[::-1]


def _cost_at_the_end(reached: Reached) -> tuple[float, State]:
    state = reached[3]
    return reached[0] + (1.5 if state[0] == OPTIONS and state[2] == 1 else 0.0), state  # a single option is no option
