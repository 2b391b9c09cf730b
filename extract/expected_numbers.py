"""Numbers that what stands before them leads one to expect (可期的题号): as many as a heading announces, or behind a note."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .markers import KEY, LINE, MAT, NOTE, NUM, SEC, Candidate, Marks

_COUNT = re.compile(
    r"共 ?(?P<n>\d{1,3}) ?(?:个|道)?小?题|每小?题 ?(?P<each>\d{1,2}) ?分[,、 ]{0,2}(?:共计?|计) ?(?P<all>\d{1,3}) ?分"
)
_RANGE = re.compile(r"(?P<a>\d{1,3}) ?[-~至] ?(?P<b>\d{1,3}) ?(?:小?题|[)\]])")
_REACH = 40  # from the beginning of a heading to what it announces
_LONGEST_NOTE = 8


def announced(folded: str, others: Marks) -> Iterator[int]:
    """The numbers that are as many as a heading announces right before them, or as the head of what they share: (8-9题共用备选答案).

    ``others`` are all marks but the labels.
    """
    head: Candidate | None = None
    first = ""
    below: defaultdict[str, Marks] = defaultdict(list)  # the numbers of each style
    for i, c in others:
        if c.kind in (SEC, KEY, MAT):
            yield from _whole(folded, head, below[first])
            head, first = (None if c.kind == KEY else c), ""
            below.clear()
        elif c.kind == NUM and head:
            if not first and c.value and (head.kind == MAT or not folded[head.end : c.start].strip()):
                first = c.style
            below[c.style].append((i, c))
    yield from _whole(folded, head, below[first])


def _whole(folded: str, head: Candidate | None, run: Marks) -> Iterator[int]:
    """The numbers of a run, where they count on one by one up to what the head announces."""
    if not head or len(run) < 2:
        return
    first, upto = run[0][1].value, min(head.start + _REACH, run[0][1].start)
    said = (_COUNT if head.kind == SEC else _RANGE).search(folded, head.start, upto)
    if said is None:
        return
    count = int(said["b"]) - int(said["a"]) + 1 if head.kind == MAT else int(said["n"] or int(said["all"]) // max(int(said["each"]), 1))
    if count < 2 or len(run) < count or (len(run) > count < run[count][1].value):
        return  # the last may have parts of its own, but no number more
    if (head.kind == SEC or first in (1, int(said["a"]))) and all(c.value == first + k for k, (_, c) in enumerate(run[:count])):
        yield from (i for i, _ in run[:count])


def behind_notes(folded: str, found: list[Candidate]) -> Iterator[int]:
    """The numbers right behind the word or two that are said of the question before: 难度：易6、..., 知识点：函数 7 ..."""
    note = -1
    for i, c in enumerate(found):
        if c.kind == NOTE:
            note = c.end
        elif c.kind == NUM and c.place != LINE and note >= 0:
            said = folded[note : c.start]
            if 0 < len(said.strip()) <= _LONGEST_NOTE and said.isprintable():
                yield i
