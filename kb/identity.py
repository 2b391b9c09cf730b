"""Which question of a new reading is which question of the one before (题目身份), so that ids and links survive a re-import.

Four passes, each over what the one before left: the same words with the same options, the same words, the same place and number
with similar words, and last what stands between the same neighbours with similar words. Linear in the number of questions.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from typing import NamedTuple

from .words import normal

SIMILAR = 0.5  # share of common character pairs from which two stems are one question at the same place


class Known(NamedTuple):
    """A question that the bank holds."""

    id: int
    document: int
    position: int
    printed_number: str | None
    stem: str
    options_text: str | None


def survivors(old: list[Known], new: list[Known]) -> dict[int, int]:
    """The ids that questions of the new reading keep: place in ``new`` -> id."""
    matched: dict[int, int] = {}
    used: set[int] = set()
    keys: tuple[tuple[Callable[[Known], Hashable], bool], ...] = (
        (lambda k: (_letters(k.stem), _letters(k.options_text or "")), False),
        (lambda k: _letters(k.stem), False),
        (lambda k: (k.document, k.printed_number) if k.printed_number else None, True),
        (lambda k: (k.document, k.position), True),
    )
    for key, compare in keys:
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for i, k in enumerate(old):
            if i not in used and key(k):
                waiting[key(k)].append(i)
        for j, k in enumerate(new):
            queue = waiting.get(key(k)) if j not in matched else None
            if queue and (not compare or similarity(old[queue[0]].stem, k.stem) >= SIMILAR):
                matched[j] = queue.popleft()
                used.add(matched[j])
    _between(old, new, matched, used)
    return {j: old[i].id for j, i in matched.items()}


def _between(old: list[Known], new: list[Known], matched: dict[int, int], used: set[int]) -> None:
    """Pair what is left in order, where the question before it is matched and the next one of the old reading is free."""
    for j in range(len(new)):
        if j in matched:
            continue
        i = matched[j - 1] + 1 if j and j - 1 in matched else 0
        if i < len(old) and i not in used and similarity(old[i].stem, new[j].stem) >= SIMILAR:
            matched[j] = i
            used.add(i)


def _letters(text: str) -> str:
    return "".join(c for c in normal(text) if c.isalnum())


def similarity(a: str, b: str) -> float:
    """Share of common pairs of neighbouring characters (Dice), between 0 and 1."""
    left, right = _pairs(a), _pairs(b)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else float(_letters(a) == _letters(b))


def _pairs(text: str) -> set[str]:
    letters = _letters(text)
    return {letters[i : i + 2] for i in range(len(letters) - 1)}
