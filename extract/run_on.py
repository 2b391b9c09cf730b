"""The numbers of a page in one paragraph that only a blank sets apart (连排题号): (C)交换价值(D)使用价值2 下列各项...(A)...

A digit before a blank is mostly a quantity. It counts here where it goes on from the number before it, behind a set of labels and
before the A of the next, or before the cue of its answer (2 【正确答案】); and only if several of the page do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .markers import INSIDE, NUM, Candidate

RUN_ON = "run"
_LABEL = re.compile(r"[(\[] ?([A-H]) ?[)\]]|(?<![A-Za-z])[A-H](?=[.、])")
_DIGITS = re.compile(r"(?<=[^\s\d.,~+=<>*/-])\d{1,6}(?= \S)")
_ANSWERED = re.compile(r" ?\[(?:正确|参考|标准)?答案\]")
_LEAST = 4  # numbers of a page
_LONG_LINES = 80  # characters a line, on the average, of a page that runs on


def run_on_numbers(folded: str) -> list[Candidate]:
    """The numbers of a page that runs on, in order; none where fewer than four questions are numbered so."""
    if folded.count("\n") * _LONG_LINES > len(folded) or not (found := list(_DIGITS.finditer(folded))):
        return []
    labels = [(m.start(), m[0].strip("([ )]")) for m in _LABEL.finditer(folded)]
    taken = list(_counting(folded, found, labels))
    return taken if sum(not _ANSWERED.match(folded, c.end) for c in taken) >= _LEAST else []


def _counting(folded: str, found: list[re.Match[str]], labels: list[tuple[int, str]]) -> Iterator[Candidate]:
    last, until, lettered = 0, 0, True
    for m in found:
        k = bisect_left(labels, (m.end(), ""))
        whole = not last or (k > 0 and labels[k - 1][0] > until and labels[k - 1][1] > "A")
        asks = k < len(labels) and labels[k][1] == "A" and whole
        opens = folded[m.start() - 1] in ("题" if lettered else "题。?)")  # 三、综合题11 and those after it have no options
        if not (asks or opens or _ANSWERED.match(folded, m.end())):
            continue
        for value in (last + 1, 1):
            if m[0] == str(value) or (value > 1 and asks and m[0].endswith(str(value))):
                yield Candidate(m.end() - len(str(value)), m.end(), NUM, value, RUN_ON, INSIDE)
                last, until, lettered = value, m.end(), asks
                break
