"""What is said to the candidate or of a question and asks nothing (注意事项, 题源): numbered notes, a line in brackets above a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain

from .line_start import LineStart
from .mark_costs import SUB_STYLES
from .markers import ANS, INSIDE, KEY, LINE, MAT, NOTE, NUM, OPT, SEC, Candidate
from .places import order, skip_blank
from .question_types import type_named

# what a composition must hold: 要求：1. ... 2. ...
_DEMANDS = re.compile(
    r"(?:作文|习作|写作|题目|为题|为话题)[^\n]{0,80}(?:\n(?:[^\n]{0,120}\n){0,3}? *| )"
    r"\[?(?:习作|写作|作文)?要求\]? ?:?[ \n]*(?=[(]?1 ?[.、)])"
)
NOTICES = re.compile(
    r"(?:注意事项|考生注意|(?:考生|答题|考试|应试|考前|作答)须知|(?:考试|答题|作答|试卷)说明)[)\]]?:?[ \n]*(?=[(]?1 ?[.、)])"
    r"|(?<![一-鿿])(?:评分|给分|阅卷|评卷)?说明[)\]]? ?:[ \n]*(?=[(]?1 ?[.、)] ?[^\n]{0,40}(?:考生|评分|给分|阅卷|评卷|解答|答题))"
)
_SIGN = re.compile("|".join(rf"{word}[)\]]? ?:?[ \n]*[(]?1 ?[.、)]" for word in ("注意事项", "考生注意", "须知", "说明")))
# what a letter must hold: 内容包括：1. ... 注意：1. ..., below the task of writing
_CONTENTS = LineStart(r"[^\n]{0,80}(?:内容(?:应|需|可)?(?:包括|如下)|注意) ?: *\n\s*(?=[(]?1 ?[.、)])")
_WRITING = re.compile(r"词数|假定你|书面表达|写作|作文|邮件|短文")
# 例：... A. ... B. ... 答案是C。 shows how to answer
_SAMPLE = LineStart(r" *例 ?: ?[^\n]{4,90}\n+ *A ?[.、][^\n]*\n(?:[^\n]*\n){0,3}? *答案是 ?[A-D][^\n]{0,3}(?=\n)")
_LONGEST = 400  # from one note to the next


_SOURCE = LineStart(r" *\[[^\]\n]{2,40}\] *\n\s*(?=\S)")
_LEAST = 3  # lines of a document that say where its questions are from


def sources_above(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The lines in brackets above most numbers ([实务·2024·存货]): each tells of the question below it. ``found`` is in any order."""
    numbers = {c.start: c for c in found if c.kind == NUM and c.place == LINE and c.style not in SUB_STYLES}
    known = {c.start for c in found if c.kind not in (NUM, OPT)}
    above = [m for m in _SOURCE.finditer(folded) if m.end() in numbers]
    above = [m for m in above if (at := folded.index("[", m.start())) not in known and not type_named(folded[at : m.end()])]
    if len(above) < _LEAST or len(above) * 2 < len(numbers):
        return []
    return [Candidate(at, folded.index("]", at) + 1, NOTE, 0, "junk", LINE) for at in (folded.index("[", m.start()) for m in above)]


def without_notices(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates less the numbers of such notes, if other questions or a heading follow them. ``found`` is in order."""
    taken: set[int] = set()
    samples = _SAMPLE.finditer(folded) if "答案是" in folded else ()
    shown = [Candidate(skip_blank(folded, m.start()), m.end(), NOTE, 0, "junk", LINE) for m in samples]
    for c in shown:
        taken |= set(range(bisect_left(found, c.start, key=lambda d: d.start), bisect_left(found, c.end, key=lambda d: d.start)))
    told = _CONTENTS.finditer(folded) if "内容" in folded or "注意" in folded else ()
    writing = (m for m in told if _WRITING.search(folded, max(0, m.start() - _LONGEST), m.end()))
    notices = NOTICES.finditer(folded) if _SIGN.search(folded) else ()
    for m in chain(notices, _DEMANDS.finditer(folded) if "要求" in folded else (), writing):
        first = bisect_left(found, m.end(), key=lambda c: c.start)
        taken |= _notes(found, first, m.end(), m.re is NOTICES, m.re is _DEMANDS)
    return sorted([*(c for k, c in enumerate(found) if k not in taken), *shown], key=order) if taken or shown else found


def _notes(found: list[Candidate], first: int, at: int, parted: bool, last_task: bool) -> set[int]:
    """The places in ``found`` of the notes' numbers; empty where nothing shows that they end.

    ``parted``: questions may go on; ``last_task``: the paper may end with them, as with the composition.
    """
    notes: set[int] = set()
    last = 0
    asked = (c for c in reversed(found[max(0, first - 60) : first]) if c.kind == NUM and c.place == LINE and c.style not in SUB_STYLES)
    before = next(asked, None) if parted else None
    for k in range(first, len(found)):
        c = found[k]
        if c.start > at + _LONGEST:
            return set()
        if c.kind == NUM and before and c.value == before.value + 1 and last and c.place == LINE:
            return notes  # the questions of the part before go on
        if c.kind == NUM and (c.place != INSIDE or (k == first and c.start == at)) and c.value == last + 1:
            notes.add(k)
            last, at = c.value, c.start
        elif (last and (c.kind == KEY or (c.place == LINE and (c.kind in (SEC, MAT) or (c.kind == NUM and c.value == 1))))) or (
            last > 1 and c.kind == SEC and c.value == 1  # ...得分评分人一、单选题
        ):
            return notes
        elif c.place == LINE and c.kind in (OPT, ANS):
            return set()
    return notes if last_task else set()
