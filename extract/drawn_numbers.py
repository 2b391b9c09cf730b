"""Blanks that a passage numbers as questions (七选五, 语法填空): ___36___ in the text, and no line of its own for any of them.
A line that was lost leaves its blanks, or nothing but the number (``unlined``).

Each counts as a question without a stem. Its mark has no width: it stands where the passage and its options end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .coming import any_in
from .mark_costs import SUB_STYLES
from .markers import ANS, DRAWN, KEY, LINE, MAT, NUM, OPT, SEC, Candidate
from .places import order
from .scan import Scan
from .unlined_blanks import UNLINED, tasks, unlined

_BLANK = Scan(r"_{1,20} ?(?P<u>\d{1,3}) ?_|[(\[](?P<b>\d{1,3})[)\]] ?_{2}|(?<=[ \n])(?P<p>\d{1,3}) ?\.? ?_{2}|(?<=  )(?P<s>\d{1,3})(?=  )")
_DRAWN = re.compile(r"_(?:(?= ?[0-9])|(?<=[0-9)\].]_)|(?<=[0-9)\].] _))| (?<=  )(?=[0-9]{1,3}  )")  # what each of them has
_FAR = 1500  # from one blank to the next
_LATIN, _SAID = re.compile("[A-Za-z]"), re.compile(r"[^_\d\s]")
_OTHERS = SUB_STYLES | {"dec", "decimal"}  # 3.7 is as a rule a quantity
_ENDS = frozenset({SEC, KEY, ANS, MAT})


def with_drawn_numbers(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the marks of such blanks, and without what seemed to be one inside them. ``found`` is in order."""
    drawn = _DRAWN.search(folded) is not None
    if not drawn and not tasks(folded):
        return found
    marks: list[Candidate] = []
    inside: set[int] = set()
    asked = [c for c in found if _asks(c)]
    places = [c.start for c in found]
    ends = [c.start for c in found if c.kind in _ENDS and c.place == LINE]
    parts = [c.start for c in found if c.kind in _ENDS and c.kind != MAT and c.place == LINE]
    runs = [*(_runs(folded, ends) if drawn else ()), *unlined(folded, parts)]
    for run in sorted(runs, key=lambda run: run[0].start()):
        start, end, first = run[0].start(), run[-1].end(), _value(run[0])
        k = bisect_left(asked, start, key=lambda c: c.start)
        counts_on = first > 1 and first - 1 in (marks[-1].value if marks else 0, asked[k - 1].value if k else 0)
        told = first == 1 and run[0].re is UNLINED
        if not counts_on and not told and (len(run) < 3 or any(m.re is UNLINED or m["u"] is None for m in run)):
            continue
        if len(_LATIN.findall(folded, start, end)) * 2 < len(_SAID.findall(folded, start, end)):
            continue
        if run[0].re is not UNLINED and all(folded[m.start() - 1] == "\n" for m in run):
            continue  # a list of statements, each beginning with its blank
        own = {m.start(m.lastgroup or "") for m in run} | {m.start() for m in run}
        numbers = range(first, first + len(run))
        at = _end(folded, [c for c in found[bisect_left(places, start) :] if c.start not in own], end, numbers)
        if at:
            marks += [Candidate(at, at, NUM, n, DRAWN, LINE) for n in numbers]
            inside |= own
            opening = bisect_left(ends, start)
            speakers = found[bisect_left(places, ends[opening - 1] if opening else 0) : bisect_left(places, end)]
            inside |= {c.start for c in speakers if c.kind == OPT and c.style == ":" and c.value < 2}  # A: ... B: ... of a dialogue
    return sorted([*(c for c in found if c.start not in inside), *marks], key=order) if marks else found


def _asks(c: Candidate) -> bool:
    return c.kind == NUM and c.place == LINE and c.style not in _OTHERS


def _end(folded: str, following: list[Candidate], last: int, numbers: range) -> int:
    """Where the questions stand: behind the passage and its options; 0 where the blanks have lines of their own (36. A. ...)."""
    for c in following:
        if _asks(c) and c.value in numbers:
            return 0
        if c.start > last and c.place == LINE and (c.kind in _ENDS or (_asks(c) and c.value == numbers.stop)):
            return last + len(folded[last : c.start].rstrip())
    return len(folded)


def _value(m: re.Match[str]) -> int:
    return int(m[m.lastgroup or 0])


def _runs(folded: str, ends: list[int]) -> Iterator[list[re.Match[str]]]:
    """The blanks of one passage that count on from one another, two and more. ``ends``: where a passage ends at the latest."""
    run: list[re.Match[str]] = []
    for m in _BLANK.finditer(folded):
        if run:
            there = run[-1].end()
            if _value(m) == _value(run[-1]) + 1 and m.start() - there < _FAR and not any_in(ends, there, m.start()):
                run.append(m)
                continue
        if len(run) > 1:
            yield run
        run = [m]
    if len(run) > 1:
        yield run
