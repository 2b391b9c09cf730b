"""Numbers and labels whose signs a page that runs on has lost (失点的题号): ...是A长江 B黄河 C珠江 D淮河2下列...A...

A bare digit or letter in running text numbers nothing. It counts here where numbers go on from one whole set of labels to the next,
and only if several of the page do. A number may be fused with the year that opens its stem, or with digits of the option before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from .markers import INSIDE, NO_UNIT, NUM, OPT, SPACE, Candidate
from .run_on import RUN_ON, runs_on

_LETTER = re.compile(r"(?<![A-Za-z\d∠△⊙=<>+×÷/])[A-E](?![A-Za-z=<>≤≥≠+×÷/^'′°]|\d{1,2}H\d)|(?<=[ )])[A-E](?=[A-Z])")  # not ∠A=30°
_SIGNED = re.compile(r" {0,2}[.、:)\]]")
_DIGITS = re.compile(r"(?<![\d.~+=<>*/第-])\d{1,7}(?=[ ]?[一-鿿“\"《(A-Z]|[.、](?!\d))")
UNIT = (
    r"(?:世纪|小时|[厘毫分]米|毫[升克]|公[里斤顷]|平方|立方|摄氏"
    r"|[年月日时分秒岁个元米克度倍人次件张名位段首只种条项座天周吨斤亩层台辆级届点万亿号题页千])"
)
_UNIT = re.compile(" ?" + UNIT)
_NAMES = NO_UNIT | {  # words that begin with the character of a unit
    "时代", "时期", "人民", "人们", "人类", "人体", "人口", "人物", "人工", "元素", "元朝", "元代", "元曲", "度量", "点燃", "周朝", "周代",
    "周期", "周围", "次数", "名著", "位于", "位移", "首先", "种群", "种子", "条件", "条约", "项羽", "天然", "天气", "号召", "题目", "分子",
    "分别", "分析", "秒针", "个人", "个体", "只有", "千里", "万里",
}
_OPENS = re.compile(r"\d{4} ?年|\d{1,2} ?(?:世纪|年代)")
_APART = "。?!)]_;:”\"题 \n"
_PICTURES = re.compile(r"A ?B ?C ?D\Z")  # letters whose pictures are lost end a question, too
_KEY = re.compile("答案")
_FARTHEST = 300  # from one label of a set to the next
_LEAST = 4  # questions of a page
_MOST = 60  # the number that a page may begin with

Set = list[tuple[int, bool]]  # where the labels begin, and whether they have lost their sign


def without_signs(folded: str) -> tuple[list[Candidate], list[Candidate]]:
    """The numbers and the labels of such a page that have no sign; some may have kept theirs."""
    if not runs_on(folded):
        return [], []
    sets = list(_sets(folded))
    if sum(len(labels) > 4 for labels in sets) * 2 <= len(sets):
        sets = [labels[:4] for labels in sets]  # an E of what is spoken of
    if len(sets) < _LEAST:
        return [], []
    digits = list(_DIGITS.finditer(folded))
    numbers: list[Candidate] = []
    counted: list[Set] = []
    at = 0
    last = _before_first(folded, digits, sets)
    for labels in sets:
        found = list(_numbers(folded, digits, at, labels[0][0], last))
        at = labels[-1][0] + 1
        if found:
            counted.append(labels)
            numbers += found
            last = found[-1].value
    if len(counted) < _LEAST or len(counted) * 3 < len(sets) * 2:
        return [], []
    key = _KEY.search(folded, at)
    numbers += _without_options(folded, digits, at, key.start() if key else len(folded), last)
    lost = [c for c in numbers if c.style == RUN_ON]
    letters = [Candidate(start, start + 1, OPT, k, RUN_ON, SPACE) for labels in counted for k, (start, bare) in enumerate(labels) if bare]
    return lost if len(lost) >= _LEAST else [], letters if len(letters) >= 2 * len(counted) else []


def _before_first(folded: str, digits: list[re.Match[str]], sets: list[Set]) -> int:
    """The number before the page's first: 6 where the sets of a paper of several subjects are asked by 7, 8, 9 and 10, and none by 1."""
    windows = [(0, sets[0][0][0]), *((a[-1][0] + 1, b[0][0]) for a, b in pairwise(sets[:_LEAST]))]
    for first in range(1, _MOST):
        if all(any(True for _ in _reading_as(folded, digits, *w, first + k)) for k, w in enumerate(windows)):
            return first - 1
    return 0


def _sets(folded: str) -> Iterator[Set]:
    """A B C D, or A B C before the next A, or A B C D E, right after one another."""
    run: Set = []
    for m in _LETTER.finditer(folded):
        start = m.end() - 1
        index = ord(folded[start]) - 65
        if index == 0:
            if len(run) > 2:
                yield run
            run = []
        elif index != len(run) or start - run[-1][0] > _FARTHEST:
            continue
        run.append((start, _SIGNED.match(folded, start + 1) is None))
    if len(run) > 2:
        yield run


def _numbers(folded: str, digits: list[re.Match[str]], begin: int, end: int, last: int) -> Iterator[Candidate]:
    """The numbers between two sets: the first goes on from the one before, or begins anew; the last is that of the set."""
    for value in (last + 1, last + 2, 1) if last else (1,):
        found = list(_reading_as(folded, digits, begin, end, value))
        if found:
            apart = [c for c in found if folded[c.start - 1] in _APART] if value == 1 else []  # 1 of the page, ...得0分。1下列
            number = (apart or found)[-1 if apart else 0]
            yield number
            yield from _without_options(folded, digits, number.end, end, value)
            return


def _without_options(folded: str, digits: list[re.Match[str]], begin: int, end: int, last: int) -> Iterator[Candidate]:
    """The numbers that go on where no labels stand, each behind the end of a sentence or a heading, or behind letters without a text."""
    while number := next((c for c in _reading_as(folded, digits, begin, end, last + 1) if _stands_apart(folded, c.start)), None):
        yield number
        begin, last = number.end, number.value


def _stands_apart(folded: str, at: int) -> bool:
    return folded[at - 1] in _APART or _PICTURES.search(folded, max(0, at - 7), at) is not None


def _reading_as(folded: str, digits: list[re.Match[str]], begin: int, end: int, value: int) -> Iterator[Candidate]:
    """The places that may read as one number: the digits alone, or before a year that opens the stem; else at the end of other digits."""
    name = str(value)
    k = bisect_left(digits, begin, key=lambda m: m.start())
    fused: list[int] = []
    for m in digits[k:]:
        start, stop = m.span()
        if start >= end:
            break
        if m[0] == name and not is_quantity(folded, stop):
            sign = folded[stop]
            yield Candidate(start, stop, NUM, value, sign if sign in ".、" else RUN_ON, INSIDE)
        elif m[0].startswith(name) and _OPENS.match(folded, start + len(name)):
            yield Candidate(start, start + len(name), NUM, value, RUN_ON, INSIDE)
        elif m[0].endswith(name) and value > 1 and not is_quantity(folded, stop):
            fused.append(stop)
    for stop in fused:
        yield Candidate(stop - len(name), stop, NUM, value, RUN_ON, INSIDE)


def is_quantity(folded: str, at: int) -> bool:
    """Whether what follows digits (数量) is a unit, and no word that begins with the same character."""
    m = _UNIT.match(folded, at)
    if m is None:
        return False
    word = folded[m.end() - 1 : m.end() + 1]
    return word not in NO_UNIT and word not in _NAMES
