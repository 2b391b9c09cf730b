"""What a document is used to (文档习惯): counted once before the search, so that what fits the document costs less.

Nothing is decided here. A page that numbers its questions ``1、`` forty times makes ``1、`` cheap and ``(1)`` dear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .key_signs import key_begins
from .mark_costs import FUSED_STYLES, SUB_STYLES, between_neighbours, number_cost, option_cost
from .markers import ANS, EXP, INSIDE, KEY, LINE, NUM, OPT, SEC, STOP, TAG, Candidate
from .sequences import counted_on, label_series, main_style, outside_keys, whole_sets

_BLANK = re.compile(r"[(\[][ _]*[√×]?[ _]*[)\]]|_{2,}")
_ANSWER_NEXT = re.compile(
    r"[ *]*(?:\[(?:参考|正确)?答案\]|(?:参考|正确)?答案 ?:|[\[(]?(?:[A-H]{1,6}|[A-H](?:[,、 ][A-H]){1,5}|√|×|对|错|正确|错误|T|F)[\])]?[ *。.;,、\n]*(?:\(?\d{1,3}|$|\[?(?:答案)?解析|(?<=\n)))"  # noqa: E501
)
_KEY_NEXT = re.compile(r"[ \n*#:：]*(?:[(\[]? ?1 ?[)\]]?[ .、:)-]*(?P<a>))")
_ASKS_BEFORE = re.compile(r"[)\]?_][。.]?[ \n]*$")
_POINTED = frozenset({".", "、", ")", "()"})
_NUMBER_NEXT = re.compile(r"\s*\n\s*[(\[]? ?\d{1,3} ?[)\].、]")  # [单选题] alone on its line is a heading
_BACKGROUND = re.compile(r"\s*[(\[]?(?:背景(?:资料|材料)?|案例背景|案情)[)\]]?(?: ?:|[ ]*\n)")


@dataclass(frozen=True, slots=True)
class Habits:
    """Costs and counts that hold for the whole document; lists run parallel to the candidates."""

    own_cost: list[float]  # what a candidate costs by its style and place, whatever the state
    follows: list[int]  # NUM: 2 options follow, 1 a blank or an answer follows, 0 neither; SEC: how much its text looks like questions
    main_style: str
    numbered: int  # 题号 in sequence
    lettered: int  # option series that begin a line or follow a blank
    tagged: int  # lines that open with a type tag and no number
    answer_lines: int
    answers_next: list[bool]  # NUM: an answer follows at once; SEC: the first number after it is followed by one
    blank_next: list[bool]  # NUM: an empty bracket or a blank comes before the next number
    opens_answer: list[bool]  # NUM: the 1 right after an answer cue, 答：1. ...: a list inside the answer
    cued: list[bool]  # NUM: an answer or explanation cue comes before the next number
    pending: list[int]  # KEY that lists: how many numbered questions in a row come before it without an answer cue between them
    sub_cued: list[bool]  # NUM: a cue or options come before the next number of the same style, and there is one
    in_set: list[bool]  # OPT: one of a run of labels that make a whole set, in any order
    asked: list[bool]  # OPT: the A of a whole set right after a blank or a question mark: a question ends here
    below_heading: list[bool]  # ANS, EXP: no number stands between it and the heading before it, but a text does
    next_label: list[int]  # the option index that the next option mark names, -1 if none


def learn(folded: str, found: list[Candidate]) -> Habits:
    """Counts the habits of a document. ``found`` are its candidates in order."""
    hits, _ = counted_on(found)
    series = label_series(found)
    main = main_style(*counted_on(outside_keys(found)))
    blanks = [m.start() for m in _BLANK.finditer(folded)]
    upper = any(c.kind == OPT and c.value == 0 and folded[c.start : c.end].isupper() for c in found)
    a_starts = [
        c.start for c in found if c.kind == OPT and c.value == 0 and c.place <= STOP and (not upper or folded[c.start : c.end].isupper())
    ]
    cues = [c.start for c in found if c.kind in (ANS, EXP)]
    own: list[float] = []
    follows: list[int] = []
    answers_next: list[bool] = []
    cued: list[bool] = []
    blank_next: list[bool] = []
    size = len(folded)
    next_num = _next_start(found, lambda c: c.kind == NUM and (c.place == LINE or c.style in (".", "、", main)), size)
    next_sec = _next_start(found, lambda c: c.kind in (SEC, KEY), size)
    in_set = whole_sets(folded, found)
    between = between_neighbours(folded, found)
    numbered = max((hits[s] for s in hits if s not in ("alone", "bare", "①", *FUSED_STYLES)), default=0) // 2
    for i, c in enumerate(found):
        answers_next.append(_answer_follows(folded, found, i))
        blank_next.append(c.kind == NUM and _any(blanks, c.end, min(next_num[i], c.end + 1500)))
        cued.append(c.kind == NUM and _any(cues, c.end, min(next_num[i], c.end + 3000)))
        if c.kind == NUM:
            limit = min(next_num[i], c.end + 1500)
            follows.append(2 if _any(a_starts, c.end, limit) else 1 if _any(blanks, c.end, limit) else 1 if _any(cues, c.end, limit) else 0)
            own.append(number_cost(folded, c, hits, main, between[i] == 2 or (between[i] == 1 and follows[i] > 0)))
        elif c.kind == OPT:
            cost = option_cost(folded, found, i, series)
            own.append(min(cost, 0.25) if in_set[i] else cost)
            follows.append(0)
        elif c.kind == SEC:
            own.append(0.0)
            follows.append(_looks_like_questions(folded, c, next_sec[i], a_starts, blanks))
        else:
            own.append(0.0)
            follows.append(0)
    heads = [(i, c) for i, c in enumerate(found) if c.kind == SEC]
    for (i, c), (j, d) in reversed(list(pairwise(heads))):
        if not folded[c.end : d.start].strip():
            follows[i] = follows[j]  # headings of two levels, one right after the other
    for i, c in heads:
        if _BACKGROUND.match(folded, c.end):
            follows[i] = 5  # （二） 背景资料: the next case
    for i in _below_headed_questions(found):
        own[i] += 3.0
    ends = {c.end for _, c in heads}
    for i, c in enumerate(found):
        if c.kind == NUM and c.start in ends and c.place == INSIDE:
            own[i] -= 2.3  # glued to the heading before it
    return Habits(
        own,
        follows,
        main,
        numbered=numbered,
        lettered=len(a_starts),
        tagged=_tagged(folded, found, numbered),
        answer_lines=sum(c.kind == ANS for c in found),
        answers_next=answers_next,
        blank_next=blank_next,
        opens_answer=_opening_lists(folded, found),
        cued=cued,
        in_set=in_set,
        asked=[
            in_set[i] and c.value == 0 and c.style in _POINTED and _ASKS_BEFORE.search(folded, max(0, c.start - 6), c.start) is not None
            for i, c in enumerate(found)
        ],
        pending=_pending(found, main),
        sub_cued=_sub_cues(found, cues, a_starts),
        below_heading=_below_headings(folded, found),
        next_label=_next_labels(found),
    )


def _below_headed_questions(found: list[Candidate]) -> Iterator[int]:
    """The numbers below a question whose own number stands in a heading of the container (### 2. ...): they list what answers it."""
    headings = {c.start for c in found if c.kind == SEC and c.style.startswith("heading")}
    asked, answered = -1, False  # where the last heading begins that is numbered; whether options or an answer came before other numbers
    for i, c in enumerate(found):
        if c.kind == NUM and c.start in headings:
            asked, answered = c.start, False
        elif c.kind == SEC and c.place == LINE and c.start != asked:
            asked = -1
        elif c.kind == NUM and c.place == LINE and asked >= 0:
            if answered:
                yield i
            else:
                asked = -1  # the number of a section
        elif c.kind in (OPT, ANS, EXP):
            answered = True


def _tagged(folded: str, found: list[Candidate], numbered: int) -> int:
    """How many questions open with a type tag; tags in running text count where there are hardly any numbers."""
    tags = [c for c in found if c.kind == TAG and not _NUMBER_NEXT.match(folded, c.end)]
    return len(tags) if len(tags) > 3 * numbered else sum(c.place == LINE for c in tags)


def _sub_cues(found: list[Candidate], cues: list[int], a_starts: list[int]) -> list[bool]:
    out = [False] * len(found)
    coming: dict[str, Candidate] = {}
    for i in range(len(found) - 1, -1, -1):
        c = found[i]
        if c.kind == NUM and c.style in SUB_STYLES:
            after = coming.get(c.style)
            if after is not None and after.value == c.value + 1:
                out[i] = _any(cues, c.end, after.start) or _any(a_starts, c.end, after.start)
            coming[c.style] = c
    return out


def _opening_lists(folded: str, found: list[Candidate]) -> list[bool]:
    """Which numbers are a 1 that follows an answer cue at once."""
    ends = {c.end for c in found if c.kind == ANS}
    spaced = {end + 1 for end in ends if folded[end : end + 1] == " "}
    return [c.kind == NUM and c.value == 1 and (c.start in ends or c.start in spaced) for c in found]


def _pending(found: list[Candidate], main: str) -> list[int]:
    out = [0] * len(found)
    run: list[int] = []  # the numbers since the last cue
    for i, c in enumerate(found):
        if c.kind == KEY and c.style == "list":
            out[i] = next((k for k, n in enumerate(reversed(run)) if n != run[-1] - k), len(run))
        elif c.kind == ANS:
            run.clear()
        elif c.kind == NUM and c.style == main and c.place == LINE:
            run.append(c.value)
    return out


def _below_headings(folded: str, found: list[Candidate]) -> list[bool]:
    """Which cues answer the only question under a heading (六、论述题), which has no number."""
    out: list[bool] = []
    heading: Candidate | None = None
    for c in found:
        if c.kind == SEC and c.style in ("ord+", "(ord)+", "type", "typed", "arabic"):
            heading = c
        elif c.kind in (SEC, KEY) or (c.kind == NUM and c.place == LINE):
            heading = None
        out.append(c.kind in (ANS, EXP) and heading is not None and len(folded[heading.end : c.start].strip()) >= 6)
    return out


def _next_labels(found: list[Candidate]) -> list[int]:
    out = [-1] * len(found)
    coming = -1
    for i in range(len(found) - 1, -1, -1):
        out[i] = coming
        if found[i].kind == OPT:
            coming = found[i].value
    return out


def _any(places: list[int], start: int, end: int) -> bool:
    k = bisect_left(places, start)
    return k < len(places) and places[k] < end


def _next_start(found: list[Candidate], wanted, size: int) -> list[int]:  # type: ignore[no-untyped-def]
    """Where the next wanted mark begins after each mark; readings of one place are not after one another."""
    out = [size] * len(found)
    coming = later = size
    for i in range(len(found) - 1, -1, -1):
        if coming > found[i].start:
            later = coming
        out[i] = later
        if wanted(found[i]):
            coming = found[i].start
    return out


def _answer_follows(folded: str, found: list[Candidate], i: int) -> bool:
    c = found[i]
    if c.kind in (KEY, SEC) and key_begins(folded, c.end) == 2:
        return True
    if c.kind == SEC and c.style == "ord" and key_begins(folded, c.start) == 2:  # 一、1.A 2.B: the heading holds its items
        return True
    if c.kind == KEY:  # a heading of a section, or the first answer, comes at once
        following = next((d for d in found[i + 1 : i + 12] if d.start >= c.end), None)
        if following is None or folded[c.end : following.start].strip(" \n*#"):
            return False
        return (following.kind == SEC and following.style != "ord") or (
            following.kind == NUM and following.value == 1 and _ANSWER_NEXT.match(folded, following.end) is not None
        )
    if c.kind == NUM:
        return _ANSWER_NEXT.match(folded, c.end) is not None
    if c.kind == SEC:
        m = _KEY_NEXT.match(folded, c.end)
        return m is not None and _ANSWER_NEXT.match(folded, m.end()) is not None
    return False


def _looks_like_questions(folded: str, c: Candidate, end: int, a_starts: list[int], blanks: list[int]) -> int:
    options = bisect_right(a_starts, end) - bisect_left(a_starts, c.end)
    empty = bisect_right(blanks, end) - bisect_left(blanks, c.end)
    return min(options + empty, 6)
