"""Slips of the input method (输入法误选): Wubi phrases with the same or almost the same keys, words of the same sound. Suggestions only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from .. import evidence, tables, words
from ..engine import PROTECTED
from ..rule import Find, Page, Rule

_LEFT = re.compile("[\u4e00-\u9fff]{0,5}\\Z")
_RIGHT = re.compile("[\u4e00-\u9fff]{0,5}")
_GAIN = 6.0       # ln 400: the typed string must be odd, not only rarer
_GAIN_ALONE = 10.0
_GAIN_NEAR = 3.0  # with a character and the neighbours shared, less will do
_KNOWN = 300    # frequency from which a dictionary word needs no second mention on the page


@cache
def _pairs() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str] | None, float, str], ...]:
    """Rows of slips.tsv: wrong, right, the pattern of its surroundings, what must not stand on the page, confidence, kind."""
    out = []
    for wrong, right, cue, absent, sure, kind in tables.rows("slips"):
        around = re.compile(cue.replace("{}", f"(?P<slip>{wrong})"))
        out.append((wrong, right, around, re.compile(absent) if absent != "-" else None, float(sure), kind))
    return tuple(out)


def _slips(page: Page) -> Iterator[Find]:
    """Known pairs of words, each only in surroundings that ask for the other one."""
    text = page.text
    for wrong, right, cue, absent, sure, kind in _pairs():
        if wrong not in text or (absent and absent.search(text)):
            continue
        for match in cue.finditer(text):
            a, b = match.span("slip")
            if not page.zones.holds(a, b):
                yield Find(a, b, right, f"{kind}：“{match[0]}”里应是“{right}”", sure)


def _wubi(page: Page) -> Iterator[Find]:
    """A loose string, where a word of this page has its keys, or all but one and the same neighbours."""
    text = page.text
    seen = Counter(w for _, pieces in page.cuts for w in pieces if len(w) in (2, 3))
    for word in page.knowledge.glossary:
        seen[word] += 2 * (len(word) in (2, 3))  # what the user names is as good as a word of the page
    by_code: dict[str, list[str]] = {}
    for word, count in seen.items():
        code = evidence.wubi(word)
        if code and (count > 1 or words.frequency(word) >= _KNOWN):
            for key in _neighbours(code):
                by_code.setdefault(key, []).append(word)
    habit = sum(len(cue.findall(text)) for _, _, cue, _, _, kind in _pairs() if kind.startswith("五笔")) >= 2
    for start, pieces in page.cuts:
        at = start
        end = start + sum(map(len, pieces))
        tried: set[tuple[int, int]] = set()
        for piece in pieces:
            # Only where the cut is loose: a lone character, or a word that the page hardly uses.
            if len(piece) == 1 or (seen[piece] <= 2 and words.frequency(piece) < 2000):
                spots = [(b, n) for n in (2, 3) for b in range(max(start, at - n + 1), at + len(piece)) if b + n <= end]
                for spot in spots:
                    if spot not in tried:
                        tried.add(spot)
                        found = _same_keys(page, text, *spot, by_code, seen, habit)
                        if found:
                            yield found
            at += len(piece)


def _neighbours(code: str) -> list[str]:
    return [code, *(code[:i] + "?" + code[i + 1 :] for i in range(4))]


def _same_keys(
    page: Page, text: str, begin: int, size: int, by_code: dict[str, list[str]], seen: Counter[str], habit: bool
) -> Find | None:
    """The likeliest word with these keys; with one key off, a character and two neighbours must be shared.

    A typist of Wubi makes many such slips: where the page shows no other (``habit``), only the same keys and a wide margin count.
    """
    typed = text[begin : begin + size]
    code = evidence.wubi(typed)
    if code is None or page.zones.holds(begin, begin + size):
        return None
    best: tuple[float, str] | None = None
    for key in _neighbours(code):
        for word in by_code.get(key, ()):
            if len(word) != size or word == typed or seen[word] <= seen[typed]:
                continue
            if words.frequency(word) < 5 and word not in page.knowledge.glossary:
                continue
            if key != code and not habit:
                continue
            shared = sum(a == b for a, b in zip(word, typed, strict=True))
            if PROTECTED & (set(word) ^ set(typed)) or (key != code and (shared < size - 1 or _company(text, begin, typed, word) < 2)):
                continue
            left, right = _LEFT.search(text, max(0, begin - 5), begin), _RIGHT.match(text, begin + size)
            before, behind = (left[0] if left else ""), (right[0] if right else "")
            gain = words.gain(before + typed + behind, len(before), len(before) + size, word)
            if gain >= (_GAIN_ALONE if not habit else _GAIN if key == code else _GAIN_NEAR) and (best is None or gain > best[0]):
                best = (gain, word)
    if best is None:
        return None
    told = f"五笔编码 {code}：与“{best[1]}”相同或差一键，后者全页 {seen[best[1]]} 次，读来更顺（e^{best[0]:.0f}）"
    return Find(begin, begin + size, best[1], told, min(0.8, 0.4 + best[0] / 50))


def _company(text: str, begin: int, typed: str, word: str) -> int:
    """How many neighbours (two on either side, from the word outwards) the place shares with the best place of the other word."""
    left, right = text[max(0, begin - 2) : begin], text[begin + len(typed) : begin + len(typed) + 2]
    best = 0
    at = text.find(word)
    while at >= 0:
        l_other, r_other = text[max(0, at - 2) : at], text[at + len(word) : at + len(word) + 2]
        same = 0
        for pair in (zip(left[::-1], l_other[::-1], strict=False), zip(right, r_other, strict=False)):
            for a, b in pair:
                if a != b or not "\u4e00" <= a <= "\u9fff":
                    break
                same += 1
        best = max(best, same)
        at = text.find(word, at + 1)
    return best


RULES = (
    Rule("typing-slip", "typing", "question", 0.7, "surroundings that ask for the other word", "input-method errors seen on real pages",
         _slips, structural=True, deep=True),
    Rule("typing-wubi", "typing", "question", 0.6, "keys alike, no word as typed, the other word on the page",
         "Wubi 86 phrase codes; 36 of 41 within the first three candidates", _wubi, structural=True, deep=True),
)
