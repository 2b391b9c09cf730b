"""How numbers and letters run through a document (编号序列): which style counts on, how far, which labels make a whole set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from .mark_costs import FUSED_STYLES, MAIN_STYLES, SUB_STYLES
from .markers import ANS, DRAWN, EXP, INSIDE, KEY, LINE, NUM, OPT, SEC, STOP, TOLD, VARIED, Candidate, Marks
from .ordinals import ORDERED

_WORDED = frozenset({"bare", "sp", "alone"})  # labels without a sign of their own
_LISTED = (",", "、", ";", "。")
_LISTED_BELOW_A_STEM = (",", "、")  # of labels right behind a bracket or a question mark
_LISTED_IN_BRACKETS = (",", "(", "、", ";")
# what a stem ends with before its labels: a bracket, a blank, a question mark; or the rest of the sentence that holds the empty bracket
_STEM_BEFORE = re.compile(r"[)\]?:_] ?[。.]? *$|\( *$|(?:[(\[] *[)\]]|__)[^\n。?!A-H]{1,24}[。?] *$")
_NUMBER_BELOW = re.compile(r"\n *\(?\d|[ )]\d{1,3} ?[.、)](?!\d)| \(\d{1,3}\)|第 ?\d{1,3} ?题")
_FIGURES = ("dec", "sp")  # styles in which figures stand, too
_SELDOM = 4
SURE = 4  # so often counts on what surely numbers questions
_SENTENCE = 36  # how far back that is looked for


def whole_sets(folded: str, options: Marks) -> set[int]:
    """Which option marks belong to a whole set: A, then B, C (D ...) in any order, in one manner, close together."""
    members: set[int] = set()
    for k, (i, c) in enumerate(options):
        if c.value != 0 or i in members:
            continue
        worded = c.style in _WORDED
        asked = worded and _stem_ends(folded, c.start)
        if worded and c.place in (STOP, INSIDE) and not asked:
            continue
        listed = _LISTED_BELOW_A_STEM if asked else _LISTED if worded else _LISTED_IN_BRACKETS
        run = [i]
        seen = {0}
        end = c.end
        for m, (j, d) in enumerate(options[k + 1 : k + 12], k + 1):
            if d.start == end and d.style in _WORDED and not worded:
                continue  # A.A级、B级: the first letter of what the option says
            if d.start - end > 400 or d.start == end:
                break
            if worded and d.value == 0 and _stem_ends(folded, d.start):
                if c.place != LINE and not asked and not _NUMBER_BELOW.search(folded, end, d.start):
                    seen.clear()  # the labels so far were letters of its stem
                break
            if worded and not asked and d.style not in _WORDED and (c.place != LINE or d.place != LINE):
                break  # letters inside the options of a set with points
            if d.value == 0 and d.place == LINE and not worded:
                break  # the options begin; what came before was the answer in its bracket
            if (d.style in _WORDED) != worded or (worded and d.value != len(seen)):
                continue
            if (worded or d.style == ")") and folded[max(0, d.start - 1) : d.start] in listed:
                continue
            if d.value in seen or d.value > len(seen) + 2:
                break
            if worded and any(
                (e.value, e.style) == (d.value, c.style) and (d.style != c.style or e.start - d.end <= 1) for _, e in options[m + 1 : m + 3]
            ):
                continue  # A 维生素 B2  B 维生素 C C 维生素 D: the label is written like the A, and is the second of two
            seen.add(d.value)
            run.append(j)
            end = d.end
        if len(seen) >= 3 and max(seen) == len(seen) - 1:
            members.update(run)
    for run in _mixed_sets(folded, options):
        if run[0] in members or members.isdisjoint(run):  # not (B)A 组和 B 组 (C)
            members.update(run)
    return members


def without_own_letters(found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, without the letters that options name themselves by: (A)A 队 (B)B 队, where the signed count on."""
    signed = [c for c in found if c.kind == OPT and c.style not in _WORDED]
    run: dict[int, int] = {}  # where a label of a run ends -> its value
    for a, b in pairwise(signed):
        if a.style == b.style and b.value == a.value + 1:
            run[a.end], run[b.end] = a.value, b.value
    return [c for c in found if c.kind != OPT or c.style not in _WORDED or run.get(c.start) != c.value]


def without_claims(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, without a 证明: that stands right below 证明题 or its number: what follows is to be proved."""
    claims = {
        b.start
        for a, b in (pairwise(found) if "证明" in folded else ())
        if folded.startswith("证明", b.start)
        and (a.kind == NUM or (a.kind == SEC and "题" in folded[a.start : a.end]))
        and not folded[a.end : b.start].strip()
    }
    return [c for c in found if c.start not in claims] if claims else found


def without_points(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, without the letters that list the points of an answer: 答案：a、工作压力；b、环境温度。"""
    cues = {c.end for c in found if c.kind == ANS}
    if not any(c.kind == OPT and c.value == 0 and c.start in cues for c in found):
        return found
    out: list[Candidate] = []
    coming = -1  # the letter that goes on the list; none is open
    for c in found:
        listed = c.kind == OPT and folded[c.start].islower() and (c.value == coming or (c.value == 0 and c.start in cues))
        if listed:
            coming = c.value + 1
        else:
            coming = coming if c.kind == OPT else -1
            out.append(c)
    return out


def without_letters_of_parts(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, in order, without a. b. c. below a part (3) of a question, where A. B. C. D. are what the paper chooses from."""
    firsts = [c for c in found if c.kind == OPT and c.value == 0]
    small = any(c.place == LINE and folded[c.start : c.end].islower() for c in firsts)
    if not (small and any(folded[c.start : c.end].isupper() for c in firsts)):
        return found
    taken: set[int] = set()
    run: list[int] = []  # the places of the letters below the part
    question = part = False
    for k, c in enumerate((*found, None)):
        if c and c.kind == OPT and part and c.place == LINE and folded[c.start : c.end].islower() and c.value == len(run):
            run.append(k)
        elif c and c.kind == OPT and c.value == 0 and c.style not in _WORDED and folded[c.start : c.end].isupper():
            question = False  # another part of it has options of its own
        elif c is None or (c.kind in (NUM, SEC) and c.place == LINE):
            taken.update(run if len(run) > 1 else ())
            run = []
            if c:
                part = question and c.style in SUB_STYLES
                question = (question or c.style not in SUB_STYLES) if c.kind == NUM else False
    return [c for k, c in enumerate(found) if k not in taken] if taken else found


def _mixed_sets(folded: str, options: Marks) -> Iterator[list[int]]:
    """A B C D right after one another, some with a point and some without (A.甲 B乙 C.丙 D.丁)."""
    for k, (_, c) in enumerate(options):
        if c.value != 0 or (c.style in _WORDED and c.place == INSIDE):
            continue
        run = options[k : k + 4]
        worded = [d for _, d in run if d.style in _WORDED]
        if (
            0 < len(worded) <= 2
            and [d.value for _, d in run] == [0, 1, 2, 3]
            and all(d.start - b.end <= 200 for (_, b), (_, d) in pairwise(run))
            and not any(folded[max(0, d.start - 1) : d.start] in _LISTED and not (d is c and _stem_ends(folded, d.start)) for d in worded)
        ):
            yield [i for i, _ in run]


def _stem_ends(folded: str, at: int) -> bool:
    return _STEM_BEFORE.search(folded, max(0, at - _SENTENCE), at) is not None


def counted_on(numbers: Marks) -> tuple[Counter[str], Counter[str]]:
    """How often each style of number counts on, twice as much at the start of a line; and how far it ever counts without a break."""
    hits: Counter[str] = Counter()
    reach: Counter[str] = Counter()
    last: dict[str, int] = {}
    run: Counter[str] = Counter()
    for _, c in numbers:
        if c.style not in FUSED_STYLES and c.style not in (ORDERED, DRAWN, TOLD, VARIED) and c.place != INSIDE:
            if last.get(c.style) == c.value - 1:
                hits[c.style] += 2 if c.place == LINE else 1
                run[c.style] += 1
                reach[c.style] = max(reach[c.style], run[c.style])
            else:
                run[c.style] = 0
            last[c.style] = c.value
    return hits, reach


def outside_keys(marks: Marks) -> Marks:
    """The numbers outside answer keys, whose items may be numbered in a manner of their own; all of them where hardly any is left."""
    backward = range(len(marks) - 1, -1, -1)
    counted = next((k for k in backward if marks[k][1].kind not in (NUM, ANS, EXP)), -1)
    last = next((k for k in backward if _ends_paper(marks, k, counted)), len(marks))
    last = _begins_key(marks, last)
    kept: Marks = []
    listed = ""  # 答案：1、... 2、... up to the next heading; 【答案】(1) ... (2) ... up to the next number of a question
    for i, c in marks[:last]:
        if c.kind == KEY and c.style == "list":
            listed = listed or "list"
        elif c.kind == NUM and listed == "list":
            listed = c.style
        elif c.kind == SEC or (listed in SUB_STYLES and c.kind == NUM and c.place == LINE and c.style in MAIN_STYLES):
            listed = ""
        if c.kind == NUM and not listed:
            kept.append((i, c))
    return kept if sum(c.place != INSIDE for _, c in kept) >= 3 else [(i, c) for i, c in marks if c.kind == NUM]


def _ends_paper(marks: Marks, k: int, counted: int) -> bool:
    """Whether a mark is the heading of a key: on its line, before the first heading of the paper again, or of nothing but numbers.

    ``counted`` is the place of the last mark that is no number and no cue.
    """
    c = marks[k][1]
    if c.kind != KEY or c.style == "line":
        return c.kind == KEY
    after = marks[k + 1][1] if k + 1 < len(marks) else c
    if c.style == "inline" and after.kind == SEC:
        return after.value == 1 and after.start - c.end <= 1
    return c.style == "inline" and k >= counted


def _begins_key(marks: Marks, k: int) -> int:
    """The place of the heading of the whole key, where the key at ``k`` answers one of its sections: 参考答案 一、... 四、题号 18 19."""
    first = next((j for j in range(min(k, len(marks) - 1), -1, -1) if marks[j][1].kind == SEC and marks[j][1].value == 1), 0)
    headings = (j for j in range(max(first - 2, 0), first) if marks[j][1].kind == KEY and marks[j][1].style == "line")
    return next(headings, k)  # 参考答案 may be a cue, too


def main_style(hits: Counter[str], reach: Counter[str], numbers: Marks) -> tuple[str, int]:
    """The style that numbers the questions, and how often it surely counts on, whatever was counted.

    Lists in answers are numbered (1) (2) again and again: where 1. 2. counts questions too, it is the paper's number. Only a style
    that counts much further, and more often, is no list: (1) ... (40), where 1. 2. 3. stands inside the questions. Where (1) begins anew
    below 1. and below 2., it numbers parts, however few the questions are; where 1. begins anew below (1) and below (2), it lists.
    """
    worded = {s: 1000 if hits[s] >= SURE else 0.5 for s in MAIN_STYLES}
    for style in _FIGURES:
        if hits[style] * _SELDOM < max(hits.values(), default=0):
            del worded[style]  # 3.1 and 4.2, or 3 个 and 4 个, among 1) 2) 3)
    main = max(hits, key=lambda s: hits[s] + worded.get(s, 0), default=".")
    far = max((s for s in hits if s in SUB_STYLES), key=lambda s: reach[s], default=main)
    if reach[far] >= 8 and reach[far] > 2 * reach[main] and hits[far] > 2 * hits[main]:
        return far, 0
    lines = Counter(c.style for _, c in numbers if c.place == LINE)
    if not lines[main] and lines[far] > SURE and hits[far] > 2 * hits[main]:
        return far, 0  # 1.采摘。2.萎凋。3... in the line of an answer
    for style in (".", "、") if main in ("(", ".", "、") and hits["("] else ():
        below = _below(numbers, style, "("), _below(numbers, "(", style)
        if main == "(" and len(below[0]) > 1 and not below[1]:
            return style, SURE
        if main == style and len(below[1]) > 1 and not below[0]:
            return "(", SURE
    return main, 0


def _below(numbers: Marks, outer: str, inner: str) -> list[int]:
    """The numbers of one style, counting on, at the start of lines, each before a 1 of another style; [0] where they do not count on."""
    run = [c for _, c in numbers if c.place == LINE and c.style in (outer, inner)]
    parted = [a.value for a, b in pairwise(run) if a.style == outer and b.style == inner and b.value == 1]
    return parted if all(b == a + 1 for a, b in pairwise(parted)) else [0]


def next_labels(found: list[Candidate]) -> list[int]:
    """The option index that the next option mark names after each mark, -1 if none."""
    out = [-1] * len(found)
    coming = -1
    for i in range(len(found) - 1, -1, -1):
        out[i] = coming
        if found[i].kind == OPT:
            coming = found[i].value
    return out
