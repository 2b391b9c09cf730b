"""Characters that a site filtered everywhere (成批脱字), and little words typed twice (衍字). Suggestions only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .. import words
from ..engine import PROTECTED
from ..rule import Find, Page, Rule

_LEAST = 3      # places at which the same character must be missing
_SPAN = 300     # characters from the first to the last, in which the lost character does not occur at all
_FAR = 3000     # characters around them in which the whole word hardly occurs
_TWICE = re.compile("([是的了和在与为对由把被将从及])(?<=[\u4e00-\u9fff].)\\1(?=[\u4e00-\u9fff])(?!非|确|士)")


def _filtered(page: Page) -> Iterator[Find]:
    """A character that stands alone again and again where the page elsewhere writes a word with one character more."""
    text = page.text
    places: dict[str, list[int]] = {}
    formed: dict[str, Counter[str]] = {}
    for at, pieces in page.cuts:
        for piece in pieces:
            if len(piece) == 1:
                places.setdefault(piece, []).append(at)
            elif len(piece) == 2:
                formed.setdefault(piece[0], Counter())[piece] += 1
            elif piece[-1] != piece[0] and words.frequency(piece) < 10:
                places.setdefault(piece[-1], []).append(at + len(piece) - 1)
            at += len(piece)
    for char, all_places in places.items():
        if words.frequency(char) > 3000 or char not in formed or char in PROTECTED:
            continue
        for group in _close(all_places):
            if len(group) < _LEAST or group[-1] - group[0] < _SPAN:
                continue
            near = text[max(0, group[0] - _FAR) : group[-1] + _FAR]
            local = text[group[0] : group[-1]]
            for word in sorted(formed[char], key=text.count, reverse=True)[:4]:
                lost = word[1]
                if lost in local or lost not in text or near.count(word) * 2 > len(group):
                    continue
                gains = [_gain(text, at, word) for at in group]
                if sorted(gains)[len(gains) // 2] > 0:
                    for at in group:
                        if not page.zones.holds(at, at + 1):
                            yield Find(at, at + 1, word, f"“{char}”在附近 {len(group)} 处单出，他处作“{word}”，“{lost}”在附近一次不见", 0.6)
                    break


def _close(places: list[int]) -> Iterator[list[int]]:
    """The places in groups without a gap of more than ``_FAR`` / 3."""
    group: list[int] = []
    for at in places:
        if group and at - group[-1] > _FAR // 3:
            yield group
            group = []
        group.append(at)
    yield group


def _gain(text: str, at: int, word: str) -> float:
    left = re.search("[\u4e00-\u9fff]{0,5}\\Z", text[max(0, at - 5) : at])
    right = re.match("[\u4e00-\u9fff]{0,5}", text[at + 1 : at + 6])
    before, behind = (left[0] if left else ""), (right[0] if right else "")
    return words.gain(before + text[at] + behind, len(before), len(before) + 1, word)


def _twice(page: Page) -> Iterator[Find]:
    for match in _TWICE.finditer(page.text):
        a, b = match.span()
        if words.spanning(page.text, a, b, least=1) or words.spanning(page.text, a, a + 1, least=50) or page.zones.holds(a, b):
            continue
        yield Find(a, b, match[1], f"虚词“{match[1]}”重了一次", 0.7)


RULES = (
    Rule("lost-filtered", "lost", "question", 0.6, "three places, the word elsewhere on the page, the character nowhere near",
         "a site's word filter", _filtered, structural=True, deep=True),
    Rule("lost-twice", "lost", "question", 0.7, "a particle twice and no word around it", "doubled particles",
         _twice, chars=frozenset("是的了和在与为对由把被将从及"), structural=True, deep=True),
)
