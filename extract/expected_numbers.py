"""Numbers that what stands before them leads one to expect (可期的题号): as many as a heading announces, or behind a note."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from .lost_signs import is_quantity
from .markers import ANS, INSIDE, KEY, LINE, MAT, NOTE, NUM, SEC, Candidate, Marks
from .places import order
from .run_on import RUN_ON

_COUNT = re.compile(
    r"共 ?(?P<n>\d{1,3}) ?(?:个|道)?小?题|每小?题 ?(?P<each>\d{1,2}) ?分[,、 ]{0,2}(?:共计?|计) ?(?P<all>\d{1,3}) ?分"
)
_RANGE = re.compile(r"(?P<a>\d{1,3}) ?[-~至] ?(?P<b>\d{1,3}) ?(?:小?题|[)\]])")
_REACH = 40  # from the beginning of a heading to what it announces
_LONGEST_NOTE = 8
_SHORTEST, _LONGEST = 4, 120  # characters of a question that the end of the page cuts off
_MOST_MISSED = 3
_TERMS = re.compile("名词|术语|概念")
_TERM = re.compile(r" *[^\s。?!:;,_][^\n。?!:;_]{0,23}")
_ANSWER = re.compile(r" ?(?:[A-H]{1,6}|[√×对错TF]|正确|错误)")
_FIRST = re.compile(r"[ \n]*(?P<mark>1)(?= ?[\u4e00-\u9fff“\"《(_])")
_GLUED = re.compile(r"(?<![\d.,~+=<>*/第-])(?<![A-H][ .、])\d{1,3}(?= ?[\u4e00-\u9fff“\"《(_])")
_APART = "。?!;)]_”\"√× ："


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


def terms(folded: str, others: Marks) -> Iterator[int]:
    """The numbers that count on below a heading that asks for terms, where short words alone stand between them: 1.季风2.惯性3.折旧."""
    last: Candidate | None = None
    below = False
    for i, c in others:
        if c.kind in (SEC, KEY):
            below, last = c.kind == SEC and _TERMS.search(folded, c.start, c.end) is not None, None
        elif c.kind == NUM and below and c.value == (last.value + 1 if last else c.value):
            if last and c.style == last.style and _TERM.fullmatch(folded, last.end, c.start):
                yield i
            last = c
        elif c.kind != NUM:
            below = False


def begun_as_announced(folded: str, others: Marks) -> Iterator[int]:
    """The first number below a heading that says which numbers follow: 三、材料分析题:34~38小题."""
    first = 0
    for i, c in others:
        if c.kind == SEC:
            said = _RANGE.search(folded, c.start, min(c.start + _REACH, c.end))
            first = int(said["a"]) if said else 0
        elif c.kind == NUM and c.place == LINE:
            if c.value == first:
                yield i
            first = 0


def _whole(folded: str, head: Candidate | None, run: Marks) -> Iterator[int]:
    """The numbers of a run, where they count on one by one up to what the head announces."""
    if not head or len(run) < 2:
        return
    first = run[0][1].value
    begins, count = _announced(folded, head, run[0][1].start)
    if count < 2 or len(run) < count or (len(run) > count < run[count][1].value):
        return  # the last may have parts of its own, but no number more
    if (head.kind == SEC or first in (1, begins)) and all(c.value == first + k for k, (_, c) in enumerate(run[:count])):
        yield from (i for i, _ in run[:count])


def _announced(folded: str, head: Candidate, end: int) -> tuple[int, int]:
    """The first number that a heading or the head of what is shared announces, and how many; 0 where it says nothing."""
    said = (_COUNT if head.kind == SEC else _RANGE).search(folded, head.start, min(head.start + _REACH, end))
    if said is None:
        return 0, 0
    if head.kind == MAT:
        return int(said["a"]), int(said["b"]) - int(said["a"]) + 1
    return 1, int(said["n"] or int(said["all"]) // max(int(said["each"]), 1))


def with_counted_out(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the bare numbers of a section whose heading says how many (共3题), where no line but the first opens with one.

    1 ...( ) 难度:易2 ...( ) 难度:易3 ...: they count where they can be read in one way alone up to the last. ``found`` is in order.
    """
    out: list[Candidate] = []
    heads = [c for c in found if c.kind in (SEC, KEY, MAT)]
    seconds = [c.start for c in found if c.kind == NUM and c.value == 2 and c.place == LINE]
    for head, after in zip(heads, [*(c.start for c in heads), len(folded)][1:], strict=True):
        first = _FIRST.match(folded, head.end, after) if head.kind == SEC else None
        count = _announced(folded, head, first.start("mark"))[1] if first else 0
        if first and count > 1 and bisect_left(seconds, head.end) == bisect_left(seconds, after):
            out += _only_way(folded, first, count, after)
    if not out:
        return found
    starts = {c.start for c in out}
    return sorted([*(c for c in found if c.start not in starts), *out], key=order)


def _only_way(folded: str, first: re.Match[str], count: int, end: int) -> list[Candidate]:
    """The numbers from 1 to ``count``, if they can be read in one way: behind stops and blanks alone, else behind words, too."""
    glued = [m for m in _GLUED.finditer(folded, first.end(), end) if not is_quantity(folded, m.end())]
    for places in ([m for m in glued if folded[m.start() - 1] in _APART], glued):
        run = _counted(places, range(2, count + 1))
        if len(run) == count - 1:
            one_way = run == _counted(places[::-1], range(count, 1, -1))[::-1]  # the earliest are the latest
            return [Candidate(*span, NUM, k, RUN_ON, INSIDE) for k, span in enumerate([first.span("mark"), *run], 1)] if one_way else []
    return []


def _counted(places: list[re.Match[str]], values: range) -> list[tuple[int, int]]:
    """The first of the places that say each of the values, one behind another."""
    run: list[tuple[int, int]] = []
    for m in places:
        if len(run) < len(values) and int(m[0]) == values[len(run)]:
            run.append(m.span())
    return run


def cut_off(folded: str, numbers: Marks, cued: list[bool]) -> Iterator[int]:
    """The last number of a page that ends amid its question (...答案：√ 9、接地线的): it would have a cue as the one before it has."""
    counted = [(i, c) for i, c in numbers if c.style in (".", "、")][-3:]
    if len(counted) < 3 or len({c.style for _, c in counted}) > 1 or not all(cued[i] for i, _ in counted[:2]):
        return
    (_, before), (i, c) = counted[1:]
    rest = folded[c.end :].strip()
    if c.value == before.value + 1 and not cued[i] and _SHORTEST <= len(rest) <= _LONGEST and "\n" not in rest:
        yield i


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


def behind_answers(folded: str, found: list[Candidate]) -> Iterator[tuple[int, bool]]:
    """The numbers right behind the letters or the mark of an answer, each the next: 正确答案:错2 ...正确答案:对3 ...

    True where one or two are passed over, so that they do not go on from the number before: their own stems open with a figure.
    """
    cue = last = 0
    missed = -1  # the first behind a gap, until the next number says that they go on from it
    for i, c in enumerate(found):
        if c.kind == ANS:
            cue = c.end
        elif c.kind == NUM and cue and c.start - cue <= _LONGEST_NOTE:
            answered = c.place != LINE and _ANSWER.fullmatch(folded, cue, c.start) is not None
            if answered and c.value == last + 1:
                yield i, False
                if missed >= 0:
                    yield missed, True
            missed = i if answered and last and 1 < c.value - last <= _MOST_MISSED else -1
            last = c.value
        elif c.kind == NUM and c.value in (1, last + 1):
            last = c.value
