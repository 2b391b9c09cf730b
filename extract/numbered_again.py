"""The number of a question once more before its answer: 22. ... D.a;a, and on the line below, 22.C 考查冠词。

Collections of papers by their topics (分类汇编) print what the key of the paper said right below each question, number and all.
"""

from __future__ import annotations

from bisect import bisect_left

from .line_start import LineStart
from .markers import ANS, LINE, NUM, OPT, TOLD, Candidate

_ANSWER = LineStart(
    r" *(?P<n>\d{1,3})(?: ?[.、] ?| +)(?=[A-H]{1,6} ?[.。]? ?(?:考查|\[?(?:答案)?解析|句意|[本此]题|由题|根据|依据|\n|\Z))"
)
_LEAST = 3


def numbered_again(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, with such numbers as the cues of answers; else the same list."""
    lines = list(_ANSWER.finditer(folded))
    if len(lines) < _LEAST:
        return found
    starts = [c.start for c in found]
    answers: list[tuple[int, Candidate]] = []
    told: dict[int, Candidate] = {}
    last = 0
    for m in lines:
        at = m.start("n")
        k = bisect_left(starts, at) - 1
        choices = 0
        while k >= 0 and (found[k].kind != NUM or found[k].place != LINE):
            choices += found[k].kind == OPT
            k -= 1
        if k >= 0 and choices > 1 and found[k].value == int(m["n"]):
            answers.append((m.end(), Candidate(at, m.end(), ANS, 0, "word", LINE)))
            asked = found[k]
            told[asked.start] = asked if asked.value == last + 1 else Candidate(asked.start, asked.end, NUM, asked.value, TOLD, LINE)
            last = asked.value
    if len(answers) < _LEAST or len(answers) * 2 < len(lines):
        return found
    taken = {c.start: end for end, c in answers}
    rest = [told.get(c.start, c) if c.kind == NUM else c for c in found if c.start not in taken or c.kind != NUM]
    return sorted([*rest, *(c for _, c in answers)], key=lambda c: c.start)
