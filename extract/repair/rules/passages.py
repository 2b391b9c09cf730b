"""Lost, doubled and replaced characters by the document's own other passages and by other documents (他处对勘): suggestions only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import evidence, words
from ..engine import PROTECTED
from ..rule import Find, Page, Rule

_HAN = re.compile("[\u4e00-\u9fff]+\\Z")
_LEFT = re.compile("[\u4e00-\u9fff]{0,6}\\Z")
_RIGHT = re.compile("[\u4e00-\u9fff]{0,6}")
_LONG = 16  # characters
_STYLE = frozenset("的地得了着过也都就还又和与及或以之其他她它这那此该各每个等吗呢吧啊")  # what writers vary, and no error


def _disagree(page: Page) -> Iterator[Find]:
    text = page.text
    best: dict[tuple[int, int, str], tuple[float, int]] = {}
    for d in evidence.disagreements(text, page.knowledge.passages):
        here = text[d.start : d.end]
        if any(c.isspace() for c in here) or not _HAN.match(here + d.other) or page.zones.holds(d.start, d.end + 1):
            continue
        if PROTECTED & set(here + d.other) or set(here + d.other) <= _STYLE:
            continue
        left = _LEFT.search(text[max(0, d.start - 6) : d.start])
        right = _RIGHT.match(text, d.end)
        before, behind = (left[0] if left else ""), (right[0][:6] if right else "")
        gain = words.gain(before + here + behind, len(before), len(before) + len(here), d.other)
        if here and not d.other and here not in (before[-len(here) :], behind[: len(here)]):
            continue  # a sentence with one word more is another sentence; a character twice is a slip
        if here and d.other and (len(before) < 2 or len(behind) < 2):
            continue  # an option that differs from another in its first or last character is meant to
        if here and d.other and not _related(before, here, behind, d.other):
            continue
        # A copy loses a character more readily than it gains one: a long alignment then needs no better reading.
        if gain > (2.0 if here else -2.0 if d.shared >= _LONG else 1.0):
            key = (d.start, d.end, d.other)
            best[key] = max(best.get(key, (-99.0, 0)), (gain, d.shared))
    for (start, end, other), (gain, shared) in best.items():
        sure = 0.75 if gain > 4 else 0.6 if gain > 0 else 0.4
        yield Find(start, end, other, f"另一处 {shared} 字相同的段落此处作“{other}”，概率之比 e^{gain:.0f}", sure)


def _related(before: str, here: str, behind: str, other: str) -> bool:
    """A second reason: the words are typed or pronounced alike, or two characters changed places."""
    if evidence.alike_in_sound(here, other) or (len(here) == 2 and here == other[::-1]):
        return True
    for a, b in ((before[-1:] + here, before[-1:] + other), (here + behind[:1], other + behind[:1])):
        if len(a) > 1 and words.frequency(b) and evidence.alike_in_code(a, b):
            return True
    return False


RULES = (
    Rule("passage", "passage", "question", 0.6, "a long alignment with another passage, the dictionary, sound or code",
         "of 125 disagreements 81 were errors, 44 deliberate", _disagree, structural=True, deep=True),
)
