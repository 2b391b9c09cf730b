"""How well a place in a text reads (通顺程度): the probability of its words by jieba's dictionary, cut in the likeliest way.

The cut is jieba's own without its guesses at unknown words. It is made here because only a few characters are ever cut, for which
the words alone are enough: jieba's table of all beginnings of words takes ten times as long to make.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

AROUND = 5
SLIP = 3.0
"""How much likelier (in nats) one of two readings must be for the other to count as a slip."""

RUN = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """How well a place in a text reads: the logarithm of its probability, and whether no word of two characters lies over it."""

    likelihood: float
    broken: bool


def reading(text: str, start: int, end: int) -> Reading:
    """The reading of the characters around ``[start, end)``."""
    first = max(0, start - AROUND)
    return _read(text[first : end + AROUND], start - first, end - first)


def slip(a: Reading, b: Reading) -> bool:
    """Whether one of two readings is a slip of the other: much less likely, and no word any more. 次要 is a word, however rare."""
    worse = min(a, b, key=lambda r: r.likelihood)
    return worse.broken and abs(a.likelihood - b.likelihood) >= SLIP


@lru_cache(maxsize=65536)
def _read(text: str, start: int, end: int) -> Reading:
    chances, total, _ = _dictionary()
    sum_, at, broken = 0.0, 0, True
    for word in cut(text):
        sum_ += chances.get(word, -math.log(10)) - total
        if len(word) > 1 and at < max(end, start + 1) and at + len(word) > start and not (start == end and at == start):
            broken = False
        at += len(word)
    return Reading(sum_, broken)


def cut(text: str) -> Iterator[str]:
    """The words of a short text, as ``jieba.cut(text, HMM=False)`` gives them."""
    for n, run in enumerate(RUN.split(text)):
        if n % 2 == 0:
            yield from run
            continue
        letters = ""
        for word in _likeliest(run):
            if len(word) == 1 and word.isascii() and word.isalnum():
                letters += word
                continue
            if letters:
                yield letters
                letters = ""
            yield word
        if letters:
            yield letters


def _likeliest(run: str) -> Iterator[str]:
    chances, total, longest = _dictionary()
    count = len(run)
    worth, ends = [0.0] * (count + 1), [0] * count
    for i in range(count - 1, -1, -1):
        best, ends[i] = chances.get(run[i], 0.0) - total + worth[i + 1], i + 1
        for j in range(i + 2, min(count, i + longest) + 1):
            chance = chances.get(run[i:j])
            if chance is not None and (value := chance - total + worth[j]) >= best:
                best, ends[i] = value, j
        worth[i] = best
    at = 0
    while at < count:
        yield run[at : ends[at]]
        at = ends[at]


@cache
def _dictionary() -> tuple[dict[str, float], float, int]:
    """The logarithm of how often jieba's dictionary counts each word, and of how many it counts; the length of its longest word."""
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba is missing: install tiku again")
    fields = (Path(package.origin).parent / "dict.txt").read_text(encoding="utf-8").split()
    words, counts = fields[::3], list(map(int, fields[1::3]))
    return dict(zip(words, map(math.log, counts), strict=True)), math.log(sum(counts)), max(map(len, words))
