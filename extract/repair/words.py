"""The dictionary (词典) as evidence: which strings are words, how common, and how a short window falls into words.

The list is the one that jieba carries (MIT). It is read when the first candidate needs it, never for a clean page, and without
building jieba's prefix tree, which would cost a second and a half.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib.resources import files

LONGEST = 8          # characters of the longest word that a window is cut into
_TOTAL = 60_101_967  # sum of the frequencies in jieba 0.42.1's dict.txt
_UNKNOWN = math.log(0.5 / _TOTAL)


@cache
def frequencies() -> dict[str, str]:
    """Every word with its frequency in jieba's list, as printed there: turning all into numbers would double the time."""
    return dict(re.findall(r"^(\S+) (\d+)", (files("jieba") / "dict.txt").read_text("utf-8"), re.M))


def frequency(word: str) -> int:
    """How often the word was seen; 0 if it is none."""
    return int(frequencies().get(word, 0))


def cut(window: str, extra: frozenset[str] = frozenset()) -> tuple[list[str], float]:
    """The likeliest words of a short window and their log probability (natural log, one term a word)."""
    known = frequencies()
    size = len(window)
    best = [0.0] + [-math.inf] * size
    back = [0] * (size + 1)
    total = math.log(_TOTAL)
    for at in range(size):
        here = best[at]
        for end in range(at + 1, min(size, at + LONGEST) + 1):
            word = window[at:end]
            count = int(known.get(word, 0)) or (200 if word in extra else 0)
            if count:
                score = here + math.log(count) - total
            elif end == at + 1:
                score = here + _UNKNOWN
            else:
                continue
            if score > best[end]:
                best[end] = score
                back[end] = at
    out: list[str] = []
    at = size
    while at:
        out.append(window[back[at] : at])
        at = back[at]
    return out[::-1], best[size]


@lru_cache(maxsize=4096)
def gain(window: str, start: int, end: int, after: str, extra: frozenset[str] = frozenset()) -> float:
    """How much likelier the window is with ``window[start:end]`` read as ``after`` (log ratio)."""
    return cut(window[:start] + after + window[end:], extra)[1] - cut(window, extra)[1]


def spanning(text: str, start: int, end: int, *, least: int = 1) -> str | None:
    """A dictionary word that crosses an edge of ``[start, end)`` or holds it: what makes a wrong-looking string innocent."""
    known = frequencies()
    for left in range(max(0, start - 4), start + 1):
        for right in range(end, min(len(text), end + 4) + 1):
            if right - left > end - start and right - left <= LONGEST and int(known.get(text[left:right], 0)) >= least:
                return text[left:right]
    return None
