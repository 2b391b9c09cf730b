"""Candidate marks -> the cheapest consistent path through them (分段).

A page is not read mark by mark. Every candidate may count or be plain text; a state carries what the page has led to (which
field is open, the last number, the last option, whether a heading was just passed, whether an answer key is open); each step has a
cost from one table; and the path with the least sum wins (Viterbi with a small beam, linear in the length of the text).
"""

from __future__ import annotations

from typing import NamedTuple

from .habits import learn
from .markers import Candidate
from .passing import PASSING_COUNTED
from .state import HEAD, OPTIONS, State
from .taking import TAKING_COUNTED
from .ways import MARGIN, Counted, Stretches, best

Path = tuple[object, int, Counted] | None  # the path before, where the marks counted here begin among the candidates, those marks
Reached = tuple[float, int, Path, State]  # the cost so far, where the mark ends that was counted last, the marks counted, the state


class Step(NamedTuple):
    """One mark that counts. ``action``: number, sub, start, option, section, key, keysection, answer, explanation, note, material.

    ``number`` is the question number read (a fused digit may differ from the mark's), or the option's index.
    """

    candidate: Candidate
    action: str
    number: int


def segment(folded: str, found: list[Candidate]) -> list[Step]:
    """The marks that count, in order. ``found`` are the candidates of one document in the offsets of ``folded``."""
    habits = learn(folded, found)
    stretches = Stretches(folded, found, habits)
    beam: list[Reached] = [(0.0, 0, None, ((HEAD, 0, 0, 0, 0), 0, 0, 0))]
    i = 0
    while i < len(found):
        c = found[i]
        coming: dict[State, Reached] = {}
        if c.kind in TAKING_COUNTED:
            after = i + 1
            passing, taking = PASSING_COUNTED[c.kind], TAKING_COUNTED[c.kind]
            for cost, until, path, state in beam:
                inside = c.start < until  # inside the mark that this path counted last
                total = cost if inside else cost + passing(c, state, i, habits)
                known = coming.get(state)
                if known is None or total < known[0]:
                    coming[state] = (total, until, path, state)
                for extra, leads, action, value in () if inside else taking(folded, c, state, i, habits):
                    total = cost + extra
                    known = coming.get(leads)
                    if known is None or total < known[0]:
                        coming[leads] = (total, c.end, (path, i, (None, 0, action, value)), leads)
        else:
            after = stretches.end(i)
            whole = stretches.ends(i, after)
            limit = None
            for cost, until, path, (stand, number, ordinal, sub) in beam:
                at = i
                while at < after and found[at].start < until:
                    at += 1
                for extra, stood, kept, counted in (whole if at == i else stretches.ends(at, after))[stand]:
                    total = cost + extra
                    if limit is None:
                        limit = total + MARGIN
                    elif total > limit:
                        break
                    leads = stood, number, ordinal, sub if kept else 0
                    known = coming.get(leads)
                    if known is not None and total >= known[0]:
                        continue
                    if counted:
                        coming[leads] = (total, found[at + counted[1]].end, (path, at, counted), leads)
                    else:
                        coming[leads] = (total, until, path, leads)
        beam = best(list(coming.values()))
        i = after
    return _steps(found, min(beam, key=_cost_at_the_end)[2])


def _steps(found: list[Candidate], path: Path) -> list[Step]:
    steps: list[Step] = []
    while path is not None:
        before, at, counted = path
        while counted is not None:
            earlier, k, action, number = counted
            if action != "keyitem":
                steps.append(Step(found[at + k], action, number))
            counted = earlier  # type: ignore[assignment]
        path = before  # type: ignore[assignment]
    return steps[::-1]


def _cost_at_the_end(reached: Reached) -> tuple[float, State]:
    state = reached[3]
    return reached[0] + (1.5 if state[0][:2] == (OPTIONS, 1) else 0.0), state  # a single option is no option
