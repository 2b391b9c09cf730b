"""The numbers of blanks whose line was lost without a trace (无线空号): ``only 1 (find) a big box``, in an English passage to be filled in.

Such a number looks like a quantity of the text. It is a blank's where the directions tell to fill in and the numbers count on
through the prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from .coming import any_in

UNLINED = re.compile(
    r"[A-Za-z,;'\"”’)][ \n]{1,3}(?P<n>[0-9]{1,2})(?=[ \n]{1,3}[A-Za-z(,;?!.]|[,;?!]|\.[ \n]|\Z)"
    r"|[.?!][ \n]{1,3}(?P<f>[0-9]{1,2})(?=[ \n]{1,3}[a-z(])"
)
_TASK = re.compile(r"填(?:[入写上]|空(?!题))|空白处|空格处|in (?:the|each) blanks?")
_PROSE = re.compile(r"(?:[A-Za-z][A-Za-z'’]*,?[ \n]){6}")
_NEAR = 400  # from the directions to the passage
_FAR = 1500  # from one blank to the next
_APART = 25  # characters from one blank to the next, on the average; the words of a key stand closer


def tasks(folded: str) -> list[int]:
    """Where directions end that tell to fill in the English text below them."""
    if "填" not in folded and "blank" not in folded:
        return []
    return [m.end() for m in _TASK.finditer(folded) if _PROSE.search(folded, m.end(), m.end() + _NEAR)]


def unlined(folded: str, ends: list[int]) -> list[list[re.Match[str]]]:
    """The runs of such numbers, three and more that count on. ``ends``: where a passage ends at the latest."""
    told = tasks(folded)
    if not told:
        return []
    runs: list[list[re.Match[str]]] = []
    run: list[re.Match[str]] = []
    for m in UNLINED.finditer(folded, told[0]):
        value = _value(m)
        if run:
            there = run[-1].end()
            if m.start() - there >= _FAR or any_in(ends, there, m.start()):
                runs.append(run)
                run = []
            elif value == _value(run[-1]) + 1:
                run.append(m)
                continue
            elif len(run) > 1:
                continue  # a quantity of the text
        goes_on = runs and len(runs[-1]) > 2 and value == _value(runs[-1][-1]) + 1
        if goes_on or _told(m.start(), told, ends):
            run = [m]
    return [r for r in [*runs, run] if len(r) > 2 and r[-1].start() - r[0].start() >= _APART * (len(r) - 1) and not _asked_below(folded, r)]


def _value(m: re.Match[str]) -> int:
    return int(m[m.lastgroup or 0])


def _told(at: int, told: list[int], ends: list[int]) -> bool:
    """Whether the nearest directions before the place belong to its section."""
    k = bisect_right(told, at)
    e = bisect_left(ends, at)
    return k > 0 and at - told[k - 1] < _FAR and (e == 0 or ends[e - 1] <= told[k - 1])


def _asked_below(folded: str, run: list[re.Match[str]]) -> bool:
    """Whether the first number stands again below the passage, before its options: a cloze."""
    again = re.compile(rf"(?<![0-9]){_value(run[0])} ?[.、)]? ?\(?A ?[.、)]")
    return again.search(folded, run[-1].end()) is not None
