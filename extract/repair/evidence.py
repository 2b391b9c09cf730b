"""What may be believed about a doubt (证据): the document's other passages, other documents, codes and sounds of words.

Everything here says what it saw. Copies copy errors, so no passage outvotes another; it only names the place where they disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from . import tables

SEED = 6       # characters that two passages must share on the long side of a disagreement
LONG = 8       # and this many for a replaced character
SHORT = 2      # characters on the other side of a missing one
_CROWD = 40    # a string that stands more often than this is a formula of the page, no passage


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two passages alike but for one place (互异处): here ``text[start:end]``, there ``other``; ``shared`` characters agree."""

    start: int
    end: int
    other: str
    shared: int


def disagreements(text: str, passages: tuple[str, ...] = ()) -> Iterator[Disagreement]:
    """Where the text's passages disagree with one another or with other texts, both ways round. Blanks do not count. Linear."""
    chars: list[str] = []
    place: list[int] = []
    for at, char in enumerate(text):
        if not char.isspace():
            chars.append(char)
            place.append(at)
    own = len(chars)
    place.append(len(text))
    flat = "".join(chars) + "\n" + "\n".join("".join(p.split()) for p in passages)
    for backward in (False, True):
        line = flat[::-1] if backward else flat
        for i, j, length, here, there in _pairs(line):
            start, end = (len(line) - i - length - here, len(line) - i - length) if backward else (i + length, i + length + here)
            if end > own:
                continue
            other = line[j + length : j + length + there]
            first = place[start] if end > start or not start else place[start - 1] + 1
            yield Disagreement(first, place[end - 1] + 1 if end > start else first, other[::-1] if backward else other, length)


def _pairs(line: str) -> Iterator[tuple[int, int, int, int, int]]:
    """(place here, place there, shared length, characters that differ here, there) of neighbours that share a seed."""
    last: dict[str, int] = {}
    crowd: dict[str, int] = {}
    reached = (-1, -1)
    for j in range(len(line) - SEED):
        seed = line[j : j + SEED]
        i = last.get(seed, -1)
        last[seed] = j
        if i < 0 or "\n" in seed:
            continue
        crowd[seed] = crowd.get(seed, 0) + 1
        if crowd[seed] > _CROWD or (j - i == reached[0] and j < reached[1]):
            continue
        length = SEED
        while j + length < len(line) and line[i + length] == line[j + length] and line[i + length] != "\n":
            length += 1
        reached = (j - i, j + length)
        for a, b in ((i, j), (j, i)):
            kind = _difference(line, a + length, b + length, length)
            if kind:
                yield a, b, length, *kind


def _difference(line: str, a: int, b: int, shared: int) -> tuple[int, int] | None:
    """How many characters differ here and there so that the passages go on alike: (0, 1), (1, 0), (1, 1), (0, 2), (2, 2)."""
    for here, there in ((0, 1), (1, 0), (0, 2)):
        need = SHORT if shared >= LONG else SHORT + 1
        if line[a + here : a + here + need] == line[b + there : b + there + need] and "\n" not in line[a : a + here + need]:
            return here, there
    swapped = line[a] == line[b + 1 : b + 2] and line[b] == line[a + 1 : a + 2] if b < len(line) and a < len(line) else False
    if swapped and line[a] != line[b] and line[a + 2 : a + 4] == line[b + 2 : b + 4] and "\n" not in line[a : a + 4]:
        return 2, 2
    if shared >= LONG and line[a + 1 : a + 4] == line[b + 1 : b + 4] and "\n" not in line[a : a + 4]:
        return 1, 1
    return None


@cache
def _keys() -> dict[str, str]:
    return tables.inverse("wubi")


def wubi(word: str) -> str | None:
    """The four keys of a phrase in Wubi 86 (五笔词组编码), None where a character has no code or the phrase has one character."""
    keys = [_keys().get(c) for c in word]
    if len(word) < 2 or None in keys:
        return None
    codes = [k for k in keys if k]
    if len(word) == 2:
        return codes[0] + codes[1]
    if len(word) == 3:
        return codes[0][0] + codes[1][0] + codes[2]
    return codes[0][0] + codes[1][0] + codes[2][0] + codes[-1][0]


@cache
def _sounds() -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for syllable, chars in tables.rows("pinyin"):
        for char in chars:
            out.setdefault(char, set()).add(syllable)
    return {char: frozenset(s) for char, s in out.items()}


def alike_in_sound(a: str, b: str) -> bool:
    """Whether two words of one length can be pronounced alike, tones apart (同音)."""
    return len(a) == len(b) and all(_sounds().get(x, frozenset()) & _sounds().get(y, frozenset()) for x, y in zip(a, b, strict=True))


def alike_in_code(a: str, b: str) -> bool:
    """Whether two words have Wubi codes that differ in one key at most (五笔近码)."""
    x, y = wubi(a), wubi(b)
    return x is not None and y is not None and sum(p != q for p, q in zip(x, y, strict=True)) <= 1
