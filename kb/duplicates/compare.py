"""Whether two forms are one question (同题判定), and how: exact, shuffled, truncated, near, or not at all.

Near is the dangerous one: two questions of one pattern (治疗高血压 / 治疗低血压) differ in as few characters as a copy with errors.
So a difference must be small, must not be one of those that change what is asked (numbers, negation, opposites), and one of the
two readings must look like a slip; where both read well, only equal answers make them one question.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from .form import Form
from .reading import reading, slip

Relation = Literal["exact", "shuffled", "truncated", "near"]

MEANS = frozenset(
    "不未无非没否勿莫除仅只有上下左右大小多少高低长短正负阴阳奇偶增减升降加前后内外东西南北男女甲乙丙丁戊先早晚强弱快慢进出买卖主客公私真假对错首末"
)
"""Characters whose change turns a question into another one (REPAIR: never touch)."""

NUMERAL = re.compile(r"[0-9零一二三四五六七八九十百千万亿两几①-⑳]")
LATIN = re.compile(r"[a-z]")
OPERATOR = re.compile(r"[^\w\s]")
WORD = re.compile(r"[a-z]+")
SLIPS, SLIPS_OF_100 = 3, 6
"""How many characters may be wrong in a copy, at least and of a hundred; fewer where it is short."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two questions that are one: how, and how alike their texts are (0..1)."""

    relation: Relation
    similarity: float


def compare(a: Form, b: Form) -> Match | None:
    """How ``b`` is ``a`` again, or None. Symmetric."""
    if not _same_material(a, b):
        return None
    if a.stem == b.stem:
        if a.options == b.options:
            return Match("exact", 1.0) if a.options or a.choice == b.choice else None
        if Counter(a.options) == Counter(b.options):
            return Match("shuffled", 1.0)
        if _truncated(a, b) or _truncated(b, a):
            return Match("truncated", _share(a, b))
    return _near(a, b)


def pairing(a: tuple[str, ...], b: tuple[str, ...]) -> list[int | None]:
    """For each text of ``a`` the index of its counterpart in ``b``: equal texts first, then the likest that is left."""
    if a == b:
        return list(range(len(a)))
    out: list[int | None] = [None] * len(a)
    free = list(range(len(b)))
    for i, text in enumerate(a):
        same = i if i in free and b[i] == text else next((j for j in free if b[j] == text), None)
        if same is not None:
            out[i] = same
            free.remove(same)
    left = sorted(
        (Levenshtein.distance(a[i], b[j]), i != j, i, j) for i in range(len(a)) if out[i] is None for j in free
    )
    for _, _, i, j in left:
        if out[i] is None and j in free:
            out[i] = j
            free.remove(j)
    return out


def _same_material(a: Form, b: Form) -> bool:
    if a.material == b.material:
        return True
    if not a.material or not b.material:
        # one page lost it, or set it elsewhere: the rest must be enough to know the question by
        return len(a.stem) + sum(map(len, a.options)) >= 30
    return Levenshtein.normalized_similarity(a.material, b.material, score_cutoff=0.9) > 0


def _truncated(short: Form, full: Form) -> bool:
    """Whether the options of one are the beginning of the other's; the last of them may be cut in its middle."""
    n = len(short.options)
    if not full.options or n > len(full.options) or len(short.stem) < 8:
        return False
    if n == 0:
        return short.choice and len(short.stem) >= 12
    *head, last = short.options
    if tuple(head) != full.options[: n - 1]:
        return False
    other = full.options[n - 1]
    return other == last if n < len(full.options) else other.startswith(last) and len(last) >= 2 and n > 1


def _share(a: Form, b: Form) -> float:
    x, y = "".join((a.stem, *a.options)), "".join((b.stem, *b.options))
    return min(len(x), len(y)) / max(len(x), len(y), 1)


def _near(a: Form, b: Form) -> Match | None:
    if len(a.options) != len(b.options) or a.choice != b.choice:
        return None
    length = max(len(a.stem) + sum(map(len, a.options)), len(b.stem) + sum(map(len, b.options)))
    budget = 1 if length < 16 else 2 if length < 24 else max(SLIPS, length * SLIPS_OF_100 // 100)
    if length < 10:
        return None
    if not a.options and a.key and b.key and a.key != b.key:
        return None  # statements to judge are made from one another: 对 and 错 are two statements
    spent = Levenshtein.distance(a.stem, b.stem, score_cutoff=budget)
    if spent > budget:
        return None
    if spent > (allowed := max(1, 0.2 * max(len(a.stem), len(b.stem)))) and not (
        # where the options are the same, three slips in a short stem are still slips
        spent <= 1.25 * allowed and a.options and Counter(a.options) == Counter(b.options)
    ):
        return None
    pairs = [(a.stem, b.stem)] if a.stem != b.stem else []
    places = pairing(a.options, b.options)
    if a.options != b.options:
        for i, j in enumerate(places):
            if j is None:
                return None
            left, right = a.options[i], b.options[j]
            if left == right:
                continue
            cost = Levenshtein.distance(left, right, score_cutoff=budget)
            spent += cost
            if spent > budget or cost > max(1, 0.34 * max(len(left), len(right))) or min(len(left), len(right)) < 2:
                return None
            pairs.append((left, right))
    all_slips = True
    for left, right in pairs:
        verdict = _difference(left, right)
        if verdict == "other":
            return None
        all_slips = all_slips and verdict == "slip"
    if not all_slips and not _same_answer(a, b, places, spent, length):
        return None
    return Match("near", 1 - spent / length)


def _same_answer(a: Form, b: Form, places: list[int | None], spent: int, length: int) -> bool:
    """For two readings that are both good Chinese: whether all else says that they are one question."""
    if not a.options:
        return length >= 30 and spent <= 2 and (a.key == b.key or not (a.key and b.key))
    if a.key and b.key:
        return {places[int(n)] for n in a.key.split(",")} == {int(n) for n in b.key.split(",")}
    return a.document != b.document and sum(map(len, a.options)) >= 12


def _difference(a: str, b: str) -> Literal["slip", "words", "other"]:
    """What the differences of two texts are: a slip of one of them, other words, or another question."""
    result: Literal["slip", "words"] = "slip"
    for code in Levenshtein.opcodes(a, b):
        if code.tag == "equal":
            continue
        i1, i2, j1, j2 = code.src_start, code.src_end, code.dest_start, code.dest_end
        x, y = a[i1:i2], b[j1:j2]
        if _changes_meaning(a, b, x, y, i1, j1):
            return "other"
        # a slip is one character for another, or one too many; more than that is another word
        if max(len(x), len(y)) > 1 or not slip(reading(a, i1, i2), reading(b, j1, j2)):
            if MEANS & set(x + y):
                return "other"
            result = "words"
    return result


def _changes_meaning(a: str, b: str, x: str, y: str, i: int, j: int) -> bool:
    """Numbers, negations and opposites against one another, or such a sign on one side only; short names in letters."""
    one_sided = not (x and y)
    for found_x, found_y in ((NUMERAL.search(x), NUMERAL.search(y)), (MEANS & set(x), MEANS & set(y))):
        if (found_x and found_y) or (one_sided and (found_x or found_y)):
            return True
    latin_x, latin_y = LATIN.search(x), LATIN.search(y)
    if (latin_x and latin_y) or (one_sided and (latin_x or latin_y)):
        return min(_word_at(a, i), _word_at(b, j)) < 5
    return bool(OPERATOR.search(x + y))


def _word_at(text: str, at: int) -> int:
    """The length of the word in letters around a place."""
    for found in WORD.finditer(text):
        if found.start() <= at <= found.end():
            return found.end() - found.start()
    return 0
