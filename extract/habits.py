"""What a document is used to (文档习惯): counted once before the search, so that what fits the document costs less.

Nothing is decided here. A page that numbers its questions ``1、`` forty times makes ``1、`` cheap and ``(1)`` dear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .coming import (
    answer_follows,
    answer_one,
    any_in,
    asks_again,
    groups,
    heading_answers,
    key_answers,
    listed_below,
    listed_in_line,
    looks_like_questions,
    own_keys,
    pending,
    sub_cues,
)
from .expected_numbers import announced, begun_as_announced, behind_answers, behind_notes, cut_off, terms
from .headings_again import answered_again, new_headings
from .mark_costs import FUSED_STYLES, between_neighbours, number_cost, option_costs, running_style
from .markers import ANS, BARE, EXP, INSIDE, KEY, LINE, NUM, OPT, SEC, STOP, TAG, Candidate, Marks
from .sequences import counted_on, main_style, next_labels, outside_keys, whole_sets
from .stem import MARKED_BLANK

_ASKS_BEFORE = re.compile(r"[)\]?_][。.]?[ \n]*$")
_CALLED = re.compile(r"[a-z]\(\)|[A-Za-z\d]\[\]")  # main(), String[]
_TO_FILL = re.compile(r"[ \n]*__[ _\n]*(?=\n|$)")  # 答：____ is for the taker
_ROW = re.compile(r" *[A-H](?= |\d|\n|$)")  # A B C D A of a row of answers
_EXPLAINED = re.compile(r"A ?[.、] ?[^\n。?!:;B-H]{1,60}?\[?(?:答案)?解析")  # A.游标卡尺解析：...: the right option, in a key
_ORDINALS = ("ord", "inline")
_POINTED = frozenset({".", "、", ")", "()"})
_NUMBER_NEXT = re.compile(r"\s*\n\s*[(\[]? ?\d{1,3} ?[)\].、一-鿿“《]")  # [单选题] alone on its line is a heading
# between the name of a paper and its sections
_SHEET_HEAD = re.compile(r"\s*(?:[^\n]{0,12}(?:时间|满分|总分|姓名|班级|得分)[^\n]{0,60}\s*)?")
_BACKGROUND = re.compile(r"\s*[(\[]?(?:背景(?:资料|材料)?|案例背景|案情)[)\]]?(?: ?:|[ ]*\n)")


@dataclass(frozen=True, slots=True)
class Habits:
    """Costs and counts that hold for the whole document; lists run parallel to the candidates."""

    own_cost: list[float]  # what a candidate costs by its style and place, whatever the state
    # NUM: 2 options follow, 1 a blank or an answer follows, 0 neither; SEC: how much its text looks like questions;
    # KEY: how many items ask, or sets of options stand right below blanks
    follows: list[int]
    main_style: str
    ordinals: tuple[str, ...]  # the styles of the headings that count the sections: （一） too, where there is no 一、
    numbered: int  # 题号 in sequence
    lettered: int  # option series that begin a line or follow a blank
    tagged: int  # lines that open with a type tag and no number
    answer_lines: int
    each_answered: bool  # so many of them that every question has an answer of its own
    answers_next: list[bool]  # NUM: an answer follows at once; SEC: the first number after it is followed by one
    blank_next: list[bool]  # NUM: an empty bracket or a blank comes before the next number
    opens_answer: list[bool]  # NUM: the 1 right after an answer cue, 答：1. ...: a list inside the answer
    cued: list[bool]  # NUM: an answer or explanation cue comes before the next number
    pending: list[int]  # KEY that lists: how many numbered questions in a row come before it without an answer cue between them
    opens_group: list[bool]  # NUM: the (1) behind options that stand right behind a number: 1、A. ... E. ... (1) ...
    sub_cued: list[bool]  # NUM: a cue or options come before the next number of the same style, and there is one
    in_set: list[bool]  # OPT: one of a run of labels that make a whole set, in any order
    above: list[bool]  # OPT: the A of a whole set right before a number that no options follow: several questions share the set
    asked: list[bool]  # OPT: the A of a whole set right after a blank or a question mark: a question ends here
    below_heading: list[bool]  # ANS, EXP: no number stands between it and the heading before it, but a text does
    own_key: list[bool]  # MAT, SEC: a key of its own follows the questions below it, before the next one; KEY: that list
    answers_one: list[bool]  # KEY: a line that answers the question above it, and the same words the next one
    answered_again: list[bool]  # SEC: a heading of the paper that a key prints once more
    new_heading: list[bool]  # SEC: its words stand nowhere before it
    next_label: list[int]  # the option index that the next option mark names, -1 if none


def learn(folded: str, found: list[Candidate]) -> Habits:
    """Counts the habits of a document. ``found`` are its candidates in order."""
    size = len(found)
    of: defaultdict[str, Marks] = defaultdict(list)
    for i, c in enumerate(found):
        of[c.kind].append((i, c))
    numbers, options, heads, keys = of[NUM], of[OPT], of[SEC], of[KEY]
    others = [(i, c) for i, c in enumerate(found) if c.kind != OPT]  # by far the fewer
    hits, _ = counted = counted_on(numbers)
    asking = outside_keys(others) if keys else numbers
    main, least = main_style(*(counted_on(asking) if keys else counted), asking)
    hits[main] = max(hits[main], least)
    running = running_style(numbers)
    blanks = [m.start() for m in MARKED_BLANK.finditer(folded) if not _CALLED.match(folded, m.start() - 1)]
    in_set = whole_sets(folded, options)
    first = [(i, c) for i, c in options if c.value == 0]
    upper = any(folded[c.start : c.end].isupper() for _, c in first)
    opening = [c for i, c in first if c.place <= STOP or (i in in_set and c.style in _POINTED)]
    answered = {c.end for _, c in of[ANS]}  # [答案]A [解析]: right behind a cue no option either
    opening = [c for c in opening if not _EXPLAINED.match(folded, c.start)]
    opening = [c for c in opening if c.style != "sp" or not (_ROW.match(folded, c.end) or c.start in answered)]
    a_starts = [c.start for c in opening if not upper or folded[c.start : c.end].isupper()]
    # 2.A 因为..., 3.a、甲；b、乙, 4.a) 甲；b) 乙: right behind a number no option
    answers = {c.start for _, c in first if c.style in ("sp", "bare") or (c.style in ("、", ")") and folded[c.start].islower())}
    cues = [c.start for _, c in others if c.kind in (ANS, EXP) or c.style == "mine"]
    explanations = [c.start for _, c in others if c.kind == EXP]  # behind which no options stand
    between = between_neighbours(folded, numbers)
    own = [0.0] * size
    follows = [0] * size
    answers_next, blank_next, cued = ([False] * size for _ in range(3))
    coming = [c.start for _, c in numbers if (c.place == LINE and (c.value or c.style != "dec")) or c.style in (".", "、", main)]
    for i, c in numbers:
        limit = _after(coming, c.start, len(folded))
        near = min(limit, c.end + 1500)
        if c.style == "①":
            line = folded.find("\n", c.end, near)
            follower = folded.find(chr(ord(folded[c.start]) + 1), c.end, near if line < 0 else line)
            near = near if follower < 0 else follower  # ① ... ② ... ③ ... in one line: what follows ③ is not ①'s
        answers_next[i] = answer_follows(folded, c.end)
        blank_next[i] = any_in(blanks, c.end, near)
        cued[i] = any_in(cues, c.end, min(limit, c.end + 3000))
        lettered = any_in(a_starts, c.end + (c.end in answers), min(near, _after(explanations, c.start, near)))
        follows[i] = 2 if lettered else 1 if blank_next[i] or any_in(cues, c.end, near) else 0
        stands = between.get(i, 0)
        own[i] = number_cost(folded, c, hits, main, stands == 2 or (stands == 1 and follows[i] > 0), running)
    for (i, _), cost in zip(options, option_costs(folded, found, options), strict=True):
        own[i] = min(cost, 0.25) if i in in_set else cost
    coming = [c.start for _, c in others if c.kind in (SEC, KEY)]
    for i, c in heads:
        answers_next[i] = heading_answers(folded, c)
        follows[i] = looks_like_questions(c, _after(coming, c.start, len(folded)), a_starts, blanks)
    asked = [i for i in in_set if _asked(folded, found[i])]
    asking_sets = sorted(found[i].start for i in asked)
    ends_of_keys = [c.start for _, c in keys]
    for i, c in keys:
        answers_next[i] = key_answers(folded, found, i)
        sets = bisect_left(asking_sets, _after(ends_of_keys, c.start, len(folded))) - bisect_left(asking_sets, c.end)
        follows[i] = max(sets, asks_again(folded, found, i))
    for (i, c), (j, d) in reversed(list(pairwise(heads))):
        if _SHEET_HEAD.fullmatch(folded, c.end, d.start):
            follows[i] = follows[j]  # headings of two levels, one right after the other
    for i, c in heads:
        if _BACKGROUND.match(folded, c.end):
            follows[i] = 5  # （二） 背景资料: the next case
    for i in (*_below_headed_questions(found, heads), *listed_in_line(folded, others)):
        own[i] += 3.0
    ends = {c.end for _, c in heads}
    for i, c in numbers:
        if c.start in ends and c.place == INSIDE:
            own[i] -= 2.3  # glued to the heading before it
    numbered = max((hits[s] for s in hits if s not in ("alone", "bare", "①", *FUSED_STYLES)), default=0) // 2
    answer_lines = sum(not _TO_FILL.match(folded, c.end) for _, c in of[ANS])
    if sum(c.place == LINE or c.style in (".", "、") for _, c in numbers) * 4 < answer_lines >= 3:  # no question has a number
        for i, c in of[BARE]:
            own[i] = -1.0 if c.style == "answered" else 0.0
    for i in cut_off(folded, numbers, cued):
        cued[i], own[i] = True, min(own[i], 1.0)
    for i in behind_notes(folded, found):
        own[i] -= 1.5
    for i in begun_as_announced(folded, others):
        own[i] -= 3.0
    for i, missed in behind_answers(folded, found):
        own[i] = min(own[i], 1.0) - 4.0 * missed
        cued[i] = cued[i] or i == numbers[-1][0]  # a page that shows the beginning of its document ends in a question
    for i in (*announced(folded, others), *terms(folded, others)):
        own[i] = min(own[i], 0.5)
    several_keys = len({c.start for _, c in keys}) > 1
    return Habits(
        own,
        follows,
        main,
        _ORDINALS if any(c.style.startswith(_ORDINALS) for _, c in heads) else (*_ORDINALS, "(ord)"),
        numbered=numbered,
        lettered=len(a_starts),
        tagged=_tagged(folded, of[TAG], numbered),
        answer_lines=answer_lines,
        each_answered=answer_lines * 3 > 2 * numbered,
        answers_next=answers_next,
        blank_next=blank_next,
        opens_answer=_flags(size, _opening_lists(folded, numbers, of[ANS])),
        cued=cued,
        in_set=_flags(size, in_set),
        above=_flags(size, _above_numbers(found, in_set, follows)),
        asked=_flags(size, asked),
        pending=pending(found, main) if any(c.style == "list" for _, c in keys) else [0] * size,
        opens_group=_flags(size, groups(folded, numbers, a_starts)),
        sub_cued=_flags(size, sub_cues(numbers, cues, a_starts, main)),
        below_heading=_flags(size, _below_headings(folded, others)),
        own_key=_flags(size, (*own_keys(others), *listed_below(folded, others)) if several_keys else ()),
        answers_one=_flags(size, answer_one(folded, found) if several_keys else ()),
        answered_again=_flags(size, answered_again(folded, found) if keys else ()),
        new_heading=_flags(size, new_headings(folded, found)),
        next_label=next_labels(found),
    )


def _flags(size: int, true: Iterable[int]) -> list[bool]:
    out = [False] * size
    for i in true:
        out[i] = True
    return out


def _below_headed_questions(found: list[Candidate], heads: Marks) -> Iterator[int]:
    """The numbers below a question whose own number stands in a heading of the container (### 2. ...): they list what answers it."""
    headings = {c.start for _, c in heads if c.style.startswith("heading")}
    if not headings:
        return
    asked, answered = -1, False  # where the last heading begins that is numbered; whether options or an answer came before other numbers
    for i, c in enumerate(found):
        if c.kind == NUM and c.start in headings:
            asked, answered = c.start, c.style == "第题"  # no section is called so
        elif c.kind == SEC and c.place == LINE and c.start != asked:
            asked = -1
        elif c.kind == NUM and c.place == LINE and asked >= 0:
            if answered:
                yield i
            else:
                asked = -1  # the number of a section
        elif c.kind in (OPT, ANS, EXP):
            answered = True


def _tagged(folded: str, tags: Marks, numbered: int) -> int:
    """How many questions open with a type tag; tags in running text count where there are hardly any numbers."""
    places = [c.place for _, c in tags if not _NUMBER_NEXT.match(folded, c.end)]
    return len(places) if len(places) > 3 * numbered else places.count(LINE)


def _asked(folded: str, c: Candidate) -> bool:
    """Whether a label is an A right after a blank or a question mark."""
    return c.value == 0 and c.style in _POINTED and _ASKS_BEFORE.search(folded, max(0, c.start - 6), c.start) is not None


def _above_numbers(found: list[Candidate], in_set: set[int], follows: list[int]) -> Iterator[int]:
    """Which A opens a whole set that stands before a question without options of its own."""
    asks = False  # whether the next mark that is no label is the number of such a question
    for i in range(len(found) - 1, -1, -1):
        c = found[i]
        if c.kind != OPT:
            asks = c.kind == NUM and follows[i] != 2
        elif asks and c.value == 0 and i in in_set and c.style in _POINTED:
            yield i


def _opening_lists(folded: str, numbers: Marks, answers: Marks) -> Iterator[int]:
    """Which numbers are a 1 that follows an answer cue at once."""
    ends = {c.end for _, c in answers}
    for i, c in numbers:
        if c.value == 1 and (c.start in ends or (folded[c.start - 1 : c.start] == " " and c.start - 1 in ends)):
            yield i


def _below_headings(folded: str, others: Marks) -> Iterator[int]:
    """Which cues answer the only question under a heading (六、论述题), which has no number. ``others`` are all marks but the labels."""
    heading: Candidate | None = None
    answered = 0  # in running text, where numbers may be glued, a heading with one answer below it alone has one question
    lone: set[int] = set()
    for _, c in reversed(others):
        answered += c.kind == ANS
        if c.kind in (SEC, KEY):
            lone |= {c.start} if answered == 1 else set()
            answered = 0
    for i, c in others:
        if c.kind == SEC and (c.style in ("ord+", "(ord)+", "type", "typed", "arabic") or (c.style == "inline" and c.start in lone)):
            heading = c
        elif c.kind in (SEC, KEY) or (c.kind == NUM and c.place == LINE):
            heading = None
        elif heading and c.kind in (ANS, EXP) and len(folded[heading.end : c.start].strip()) >= 6:
            yield i


def _after(places: list[int], start: int, size: int) -> int:
    """The first of ``places`` beyond ``start``: readings of one place are not after one another."""
    k = bisect_right(places, start)
    return places[k] if k < len(places) else size
