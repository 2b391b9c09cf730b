"""The letters of a question ticked once more below its options (选项下重印的字母): ...C.荷花 D.莲花 (分数:0.50) A. B. C. D. √.

Papers that an item bank exports print the options as a part of the stem, then what the question is worth, and then each letter alone,
the right ones with a tick. They are an answer there, and no options.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from .markers import ANS, EXP, NOTE, NUM, OPT, SEC, TAG, Candidate
from .places import place_of

_WORTH = re.compile(r"[(\[](?:分数|分值|score) ?: ?\d{1,3}(?:\.\d{1,2})? ?分?[)\]]")
_SAID_RIGHT = r"\[" + r"\s?".join("此项为本题正确答案") + r"\]"
_LETTERS = re.compile(
    rf"\s*(?P<set>(?:(?:[A-H] ?[.、]|\[[A-H]\])[ \n]*(?:(?:√|{_SAID_RIGHT})[ \n]*)?){{2,8}})"
    r"(?=\n|\s*(?:\[?(?:答案)?解析|\[|本题思路|\d{1,4} ?[.、]|$)|(?<=[\s√]))"
)
_LETTER = re.compile(rf"([A-H]) ?[.、\]][ \n]*(√|{_SAID_RIGHT})?")
_TELLS = frozenset({NUM, TAG, OPT, ANS, EXP, SEC})


def ticked_below(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, with those of such a list as the answer and what stands around it; else the same list."""
    worths = list(_WORTH.finditer(folded)) if "(分" in folded or "[score" in folded else []
    starts = [c.start for c in found] if worths else []
    added: list[Candidate] = []
    holes: list[tuple[int, int]] = []
    for m in worths:
        k = bisect_left(starts, m.start()) - 1
        while k >= 0 and found[k].kind not in _TELLS:
            k -= 1
        if k < 0 or found[k].kind != OPT or found[k].value == 0:
            continue  # it stands behind the stem
        again = _LETTERS.match(folded, m.end())
        letters = list(_LETTER.finditer(folded, *again.span("set"))) if again else []
        if [ord(x[1]) - 65 for x in letters] != list(range(found[k].value + 1)):
            letters = []
        added += _answered(folded, m.span(), letters)
        if letters:
            holes.append((m.start(), letters[-1].end()))
    if not added:
        return found
    ends = [end for _, end in holes]
    return [*(c for c in found if (k := bisect_right(ends, c.start)) == len(ends) or c.start < holes[k][0]), *added]


def _answered(folded: str, worth: tuple[int, int], letters: list[re.Match[str]]) -> Iterator[Candidate]:
    """The ticked letters, each an answer, between notes that say nothing."""
    at, end = worth[0], letters[-1].end() if letters else worth[1]
    for tick in letters:
        if tick[2]:
            letter = tick.start(1)
            yield Candidate(at, letter, NOTE, 0, "junk", place_of(folded, at))
            yield Candidate(letter, letter, ANS, 0, "word", place_of(folded, letter))
            at = letter + 1
    yield Candidate(at, end, NOTE, 0, "junk", place_of(folded, at))
