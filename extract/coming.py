"""What follows a mark (后文): an answer at once, a key, questions; a habit of the document that ``habits.py`` counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from .headings_again import PARTS, name_of
from .key_signs import explains_letters, key_begins
from .mark_costs import SUB_STYLES
from .markers import ANS, EXP, KEY, LINE, MAT, NUM, OPT, SEC, Candidate, Marks

_ANSWER_NEXT = re.compile(
    r"[ *]*(?:\( ?\d{1,2} ?分 ?\) ?)?(?:(?:\n *){0,3}\[(?:参考|正确)?答案(?:[及与和]解析)?\]|\[(?:试题|答案)?(?:分析|解析|解答|详解)\]|(?:参考|正确)?答案 ?:|[A-H] ?[.、] ?[^\n。?!:;A-H]{1,60}?\[?(?:答案)?解析|[\[(]?(?:[A-H]{1,6}|[A-H](?:[,、 ][A-H]){1,5}|√|×|对|错|正确|错误|T|F)[\])]?[ *。.;,、\n]*(?:\(?[1-9]\d{0,2}|$|\[?(?:答案)?解析|(?<=\n)))"  # noqa: E501
)
_ITEM_BESIDE = re.compile(r"[一二三四五六七八九十]{1,2}[.、] ?[(]?1 ?[.、)]")  # 一、1. ... below 参考答案
_SHORTEST_STEM = 4
_FIRST_LISTED = re.compile(r"\s*[(\[第]? ?(\d{1,3})(?!\d)")
_RANGE_LISTED = re.compile(r"\s*[(\[第]? ?\d{1,3} ?[-~] ?(\d{1,3})(?!\d)")  # 12~14 ×√√
_LONGEST_LINE = 400
_KEY_NEXT = re.compile(r"[ \n*#:：]*(?:[(\[]? ?1 ?[)\]]?[ .、:)-]*(?P<a>))")


def answer_follows(folded: str, at: int) -> bool:
    """Whether an answer stands at a place, and nothing behind it in its line but the next number."""
    return _ANSWER_NEXT.match(folded, at) is not None


def any_in(places: list[int], start: int, end: int) -> bool:
    """Whether one of the places, which are in order, is in a span."""
    k = bisect_left(places, start)
    return k < len(places) and places[k] < end


def heading_answers(folded: str, c: Candidate) -> bool:
    """Whether a key, or a number that is answered at once, follows a heading."""
    if key_begins(folded, c.end) == 2:
        return True
    if c.style in ("ord", "typed") and key_begins(folded, c.start) == 2:  # 一、1.A 2.B, 判断题：√ × √: the heading holds its items
        return True
    m = _KEY_NEXT.match(folded, c.end)
    return m is not None and _ANSWER_NEXT.match(folded, m.end()) is not None


def key_answers(folded: str, found: list[Candidate], i: int) -> bool:
    """Whether the heading of a section, or the first answer, follows the heading of a key at once."""
    c = found[i]
    if key_begins(folded, c.end) == 2 or explains_letters(folded, c.end):
        return True
    following = next((d for d in found[i + 1 : i + 12] if d.start >= c.end), None)
    if following is None or folded[c.end : following.start].strip(" \n*#"):
        return False
    return (following.kind == SEC and (following.style != "ord" or _ITEM_BESIDE.match(folded, following.start) is not None)) or (
        following.kind == NUM and following.value == 1 and _ANSWER_NEXT.match(folded, following.end) is not None
    )


def asks_again(folded: str, found: list[Candidate], i: int) -> int:
    """How many of the first numbers behind a key's heading ask something before they answer it."""
    asked = 0
    number: Candidate | None = None
    for c in found[i + 1 : i + 24]:
        if c.kind == NUM and c.place == LINE:
            number = c
        elif c.kind == ANS and number:
            asked += len(folded[number.end : c.start].strip()) >= _SHORTEST_STEM
            number = None
        elif c.kind in (KEY, EXP, OPT):
            number = None
    return asked


def answer_one(folded: str, found: list[Candidate]) -> Iterator[int]:
    """The keys that answer one question only: the words that head one come again below the next number (3. ... 参考答案: ... 4. ...)."""
    cues: list[tuple[int, str, Candidate | None, int, list[int]]] = []  # place, words, question right above, its section, keys headed
    above: Candidate | None = None
    sections = 0
    for i, c in enumerate(found):
        if c.place != LINE:
            continue
        if c.kind in (NUM, SEC):
            above = c if c.kind == NUM else None
            sections += c.kind == SEC
        elif (c.kind == KEY and c.style != "inline") or (c.kind == ANS and c.style == "word"):
            if not cues or cues[-1][0] != c.start:
                asks = above is not None and len(folded[above.end : c.start].strip()) >= _SHORTEST_STEM
                cues.append((c.start, folded[c.start : c.end].strip(" :\n"), above if asks else None, sections, []))
                above = None
            if c.kind == KEY:
                cues[-1][-1].append(i)
    for (_, words, one, section, keys), (_, again, other, its, others) in pairwise(cues):
        if one and other and words == again and section == its and one.style == other.style and other.value == one.value + 1:
            yield from keys
            yield from others


def looks_like_questions(c: Candidate, end: int, a_starts: list[int], blanks: list[int]) -> int:
    options = bisect_right(a_starts, end) - bisect_left(a_starts, c.end)
    empty = bisect_right(blanks, end) - bisect_left(blanks, c.end)
    return min(options + empty, 6)


def own_keys(others: Marks) -> Iterator[int]:
    """Which materials are followed by questions, and those by a key of their own. ``others`` are all marks but the labels."""
    material = -1
    asked = False
    for i, c in others:
        if c.kind == MAT:
            material, asked = i, False
        elif c.kind == NUM and c.place == LINE:
            asked = True
        elif c.kind == KEY and material >= 0:
            if asked:
                yield material
            material = -1


def listed_below(folded: str, others: Marks) -> Iterator[int]:
    """The headings with numbers that a list behind them answers: 三、名词解释 1.蒸发 2.折旧 答案：1. ... 2. ...; and such lists."""
    lists = {c.start for _, c in others if c.kind == KEY}
    seen: dict[str, int] = {}  # a key prints the headings of the paper again
    headings: list[int] = []
    end = 0  # of the last mark
    runs: dict[str, list[int]] = {}  # the numbers below, by their style, as long as they count on
    key, coming, last = -1, 0, 0  # the list that is open, its next number, and how far it must count
    for i, c in others:
        if c.kind == SEC:
            if c.style in PARTS:
                seen.clear()
            again = seen.setdefault(name_of(folded, c), c.start) < c.start
            headings, runs, last = [*([] if runs else headings), *([] if again else [i])], {}, 0
        elif c.kind == NUM and c.value == coming <= last:
            coming += 1
            if c.value == last:
                yield key
        elif c.kind == NUM and headings:
            run = runs.setdefault(c.style, [])
            if not run or c.value == run[-1] + 1:
                run.append(c.value)
            elif c.value == run[0] and len(run) > 1:
                headings = []  # other questions begin
        elif c.kind == KEY and headings and folded[end : c.start].strip():
            first = _FIRST_LISTED.match(folded, c.end)
            parted = bool(runs) and next(iter(runs)) not in SUB_STYLES  # (1) (2) below 7. are parts of it
            own = [run for style, run in runs.items() if not (parted and style in SUB_STYLES)]
            answered = [run for run in own if first and len(run) > 1 and run[0] == int(first[1])]
            if answered:
                yield from headings
                key, coming, last = i, answered[0][0], answered[0][-1]
                if (row := _RANGE_LISTED.match(folded, c.end)) and int(row[1]) == last:
                    yield key
            headings = []
        elif c.kind in (ANS, EXP) and c.start not in lists:
            headings = []
        end = c.end


def listed_in_line(folded: str, others: Marks) -> Iterator[int]:
    """The numbers that count on from the 1 behind a colon, in the line of an answer: 答：步骤如下：1．采摘。2．萎凋。3．揉捻。"""
    cue = end = -1  # where the cue of the open answer ends, and the line of the list that is open
    style, coming = "", 0  # of that list, and its next number
    for i, c in others:
        if c.kind != NUM:
            cue = c.end if c.kind == ANS else -1
            continue
        if c.value == 1 and 0 <= cue < c.start < cue + _LONGEST_LINE and folded[c.start - 1] == ":" and folded.find("\n", cue, c.start) < 0:
            end, style, coming = folded.find("\n", c.start, c.start + _LONGEST_LINE), c.style, 1
        if c.start < end and c.style == style and c.value == coming:
            coming += 1
            yield i


def pending(found: list[Candidate], main: str) -> list[int]:
    """How many numbered questions in a row come before a key that lists, with no answer's cue between them."""
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


def groups(folded: str, numbers: Marks, a_starts: list[int]) -> Iterator[int]:
    """The numbers that open the questions of a group whose number stands right before the options that they share."""
    lines = [(i, c) for i, c in numbers if c.place == LINE]
    for (_, head), (i, c) in pairwise(lines):
        if c.value == 1 and c.style in SUB_STYLES and head.style not in SUB_STYLES:
            k = bisect_right(a_starts, head.start)
            if k < len(a_starts) and a_starts[k] < c.start and not folded[head.end : a_starts[k]].strip():
                yield i


def sub_cues(numbers: Marks, cues: list[int], a_starts: list[int], main: str) -> Iterator[int]:
    """The sub-numbers that a cue or options follow before the next number of their style, where there is one."""
    coming: dict[str, Candidate] = {}
    for i, c in reversed(numbers):
        if c.style == main and c.place == LINE:
            coming.clear()  # another question's
        elif c.style in (".", "、") and c.place == LINE:
            coming.pop("①", None)
        if c.style in SUB_STYLES:
            after = coming.get(c.style)
            if after is not None and after.value == c.value + 1 and any(any_in(places, c.end, after.start) for places in (cues, a_starts)):
                yield i
            coming[c.style] = c
