"""What a document is used to (文档习惯): counted once before the search, so that what fits the document costs less.

Nothing is decided here. A page that numbers its questions ``1、`` forty times makes ``1、`` cheap and ``(1)`` dear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .key_signs import key_begins
from .markers import ANS, EXP, INSIDE, KEY, LINE, NUM, OPT, SEC, STOP, TAG, Candidate
from .ordinals import ORDERED
from .question_types import TAG_WORDS

_BLANK = re.compile(r"[(\[][ _]*[√×]?[ _]*[)\]]|_{2,}")
_ANSWER_NEXT = re.compile(
    r"[ *]*(?:\[(?:参考|正确)?答案\]|(?:参考|正确)?答案 ?:|[\[(]?(?:[A-H]{1,6}|[A-H](?:[,、 ][A-H]){1,5}|√|×|对|错|正确|错误|T|F)[\])]?[ *。.;,、\n]*(?:\(?\d{1,3}|$|\[?(?:答案)?解析|(?<=\n)))"  # noqa: E501
)
_KEY_NEXT = re.compile(r"[ \n*#:：]*(?:[(\[]? ?1 ?[)\]]?[ .、:)-]*(?P<a>))")
# 题号 styles by how seldom they number questions; measured on nothing but the convention of Chinese papers
_STYLE = {
    ".": 0.0,
    "、": 0.0,
    "第题": 0.0,
    "tagged": 0.0,
    "例": 0.5,
    "一": 0.5,
    "dec": 3.0,
    "x.y": 3.0,
    ")": 1.5,
    "(": 2.0,
    "[": 2.0,
    "sp": 2.0,
    ":": 2.5,
    "。": 2.5,
    "·": 2.5,
    ",": 3.0,
    "alone": 3.0,
    "bare": 3.0,
    "fused": 0.5,
    "decimal": 1.0,
    "①": 4.0,
    ORDERED: 0.0,
}
_OPTION_STYLE = {
    "①": 0.0, ".": 0.0, "、": 0.0, ")": 0.0, "()": 0.3, "-": 1.5, ":": 0.5, "。": 1.0, ",": 1.5, "sp": 1.0, "alone": 1.5, "bare": 1.5,
}
_STEM_BEFORE = re.compile(r"[)\]?:_][。.]? *$")
_ASKS_BEFORE = re.compile(r"[)\]?_][。.]?[ \n]*$")
_POINTED = frozenset({".", "、", ")", "()"})
_NUMBER_NEXT = re.compile(r"\s*\n\s*[(\[]? ?\d{1,3} ?[)\].、]")  # [单选题] alone on its line is a heading
_BACKGROUND = re.compile(r"\s*[(\[]?(?:背景(?:资料|材料)?|案例背景|案情)[)\]]?(?: ?:|[ ]*\n)")
_YEAR = re.compile(r"\d{4} ?年|\d{3,}")
_TAG_NEXT = re.compile(rf"[ ]?[(\[] ?(?:{TAG_WORDS})")
_DECIMAL_ALONE = re.compile(r"\d{1,2} *(?:\n|$)")
_CHAINED = re.compile(rf"\d+\.\d|{_DECIMAL_ALONE.pattern}")  # 2.1.4 of a list of paragraphs, 3.5 alone on its line
_LABEL_BEFORE = re.compile(r"[A-H][.、:)]\s*$")
FUSED_STYLES = frozenset({"fused", "decimal"})
SUB_STYLES = frozenset({"(", "①", ")"})
_MAIN = frozenset({".", "、", "第题", "tagged", "dec", "例", "sp", "fused", "decimal", "一", "x.y"})


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
    hits, _ = _sequences(found)
    series = _series(found)
    main = _main(*_sequences(_outside_keys(found)))
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
    in_set = _sets(folded, found)
    between = _between_neighbours(folded, found)
    numbered = max((hits[s] for s in hits if s not in ("alone", "bare", "①", *FUSED_STYLES)), default=0) // 2
    for i, c in enumerate(found):
        answers_next.append(_answer_follows(folded, found, i))
        blank_next.append(c.kind == NUM and _any(blanks, c.end, min(next_num[i], c.end + 1500)))
        cued.append(c.kind == NUM and _any(cues, c.end, min(next_num[i], c.end + 3000)))
        if c.kind == NUM:
            limit = min(next_num[i], c.end + 1500)
            follows.append(2 if _any(a_starts, c.end, limit) else 1 if _any(blanks, c.end, limit) else 1 if _any(cues, c.end, limit) else 0)
            own.append(_number_cost(folded, c, hits, main, between[i] == 2 or (between[i] == 1 and follows[i] > 0)))
        elif c.kind == OPT:
            cost = _option_cost(folded, found, i, series)
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


def _sets(folded: str, found: list[Candidate]) -> list[bool]:
    """Which option marks belong to a whole set: A, then B, C (D ...) in any order, in one manner, close together."""
    options = [(i, c) for i, c in enumerate(found) if c.kind == OPT]
    member = [False] * len(found)
    for k, (i, c) in enumerate(options):
        if c.value != 0 or member[i]:
            continue
        worded = c.style in ("bare", "sp", "alone")
        if worded and c.place in (STOP, INSIDE) and not _STEM_BEFORE.search(folded, max(0, c.start - 4), c.start):
            continue
        run = [i]
        seen = {0}
        for j, d in options[k + 1 : k + 12]:
            if d.start - found[run[-1]].end > 400 or d.start == found[run[-1]].end:
                break
            before = folded[max(0, d.start - 1) : d.start]
            if (worded and before in (",", "、", ";", "。")) or (d.style == ")" and before in (",", "(", "、", ";")):
                continue
            if (d.style in ("bare", "sp", "alone")) != worded or (worded and d.value != len(seen)):
                continue
            if d.value in seen or d.value > len(seen) + 2:
                break
            seen.add(d.value)
            run.append(j)
        if len(seen) >= 3 and max(seen) == len(seen) - 1:
            for j in run:
                member[j] = True
    return member


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


def _sequences(found: list[Candidate]) -> tuple[Counter[str], Counter[str]]:
    """How often each style of number counts on, twice as much at the start of a line; and how far it ever counts without a break."""
    hits: Counter[str] = Counter()
    reach: Counter[str] = Counter()
    last: dict[str, int] = {}
    run: Counter[str] = Counter()
    for c in found:
        if c.kind == NUM and c.style not in FUSED_STYLES and c.style != ORDERED and c.place != INSIDE:
            if last.get(c.style) == c.value - 1:
                hits[c.style] += 2 if c.place == LINE else 1
                run[c.style] += 1
                reach[c.style] = max(reach[c.style], run[c.style])
            else:
                run[c.style] = 0
            last[c.style] = c.value
    return hits, reach


def _outside_keys(found: list[Candidate]) -> list[Candidate]:
    """The marks outside answer keys, whose items may be numbered in a manner of their own; all of them where hardly any is left."""
    last = next((i for i in range(len(found) - 1, -1, -1) if found[i].kind == KEY and found[i].style == "line"), len(found))
    kept: list[Candidate] = []
    listed = False  # 答案：1、... 2、... up to the next heading
    for c in found[:last]:
        listed = c.kind != SEC and (listed or (c.kind == KEY and c.style == "list"))
        if not listed:
            kept.append(c)
    return kept if sum(c.kind == NUM and c.place != INSIDE for c in kept) >= 3 else found


def _main(hits: Counter[str], reach: Counter[str]) -> str:
    """The style that numbers the questions.

    Lists in answers are numbered (1) (2) again and again: where 1. 2. counts questions too, it is the paper's number. Only a style
    that counts much further, and more often, is no list: (1) ... (40), where 1. 2. 3. stands inside the questions.
    """
    main = max(hits, key=lambda s: hits[s] + (1000 if s in _MAIN and hits[s] >= 4 else 0.5 if s in _MAIN else 0), default=".")
    far = max((s for s in hits if s in SUB_STYLES), key=lambda s: reach[s], default=main)
    return far if reach[far] >= 8 and reach[far] > 2 * reach[main] and hits[far] > 2 * hits[main] else main


def _series(found: list[Candidate]) -> Counter[str]:
    hits: Counter[str] = Counter()
    last: dict[str, int] = {}
    for c in found:
        if c.kind == OPT:
            if last.get(c.style) == c.value - 1:
                hits[c.style] += 1
            last[c.style] = c.value
    return hits


def _between_neighbours(folded: str, found: list[Candidate]) -> list[int]:
    """Which numbers before a decimal (2.1.4) stand between lines that open with 1. and 3. (2), or after 1. as the last of a run (1)."""
    out = [0] * len(found)
    lines = [(i, c) for i, c in enumerate(found) if c.kind == NUM and c.place == LINE and c.style in (".", "dec")]
    for k, (i, c) in enumerate(lines):
        if c.style == "dec" and k and lines[k - 1][1].value + 1 == c.value and not _DECIMAL_ALONE.match(folded, c.end):
            after = lines[k + 1][1] if k + 1 < len(lines) else None
            if after is None or after.value == 1:
                out[i] = 1
            elif (lines[k - 1][1].style, after.style, after.value) == (".", ".", c.value + 1):
                out[i] = 2
    return out


def _number_cost(folded: str, c: Candidate, hits: Counter[str], main: str, between: bool) -> float:
    cost = 0.0 if between else _STYLE[c.style]
    best = hits.get(main, 0)
    mine = hits[c.style]
    if best >= 4 and c.style in SUB_STYLES and c.style != main:
        cost += 3.0
    elif mine >= 4 and mine * 2 >= best:
        cost *= 0.3
    elif best >= 4 and c.style not in _MAIN and c.style != main:
        cost += 3.0
    if c.style in FUSED_STYLES:
        cost += 1.0 if folded[c.start - 1] in "0123456789ABCDEFGHT√×" or c.place == STOP else 2.0
    else:
        cost += (0.0, 1.2, 1.0, 2.5)[c.place]
    if c.style == "alone" and _LABEL_BEFORE.search(folded, max(0, c.start - 8), c.start):
        cost += 4.0  # a bare number that is the text of an option
    if c.style == "x.y" and mine < 4:
        cost += 2.0
    if c.style == "dec" and not between:
        cost += -2.5 if _YEAR.match(folded, c.end) else 2.0 if _CHAINED.match(folded, c.end) else 0.0
    after = folded[c.end : c.end + 3].lstrip(" ")
    if not after.strip() and c.style != "alone":
        cost += 1.0
    elif after[:1] in "月日年岁%℃" and c.style in ("sp", "bare", "alone"):
        cost += 3.0
    elif after[:1] in ",，。;；、)）" or (after[:1] == "." and c.style != "dec"):
        cost += 2.0
    if _TAG_NEXT.match(folded, c.end):
        cost = max(0.0, cost - 1.5)
    if c.value == 0 or (c.value > 999 and c.style != main):
        cost += 3.0
    return cost


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


def _option_cost(folded: str, found: list[Candidate], i: int, series: Counter[str]) -> float:
    c = found[i]
    cost = _OPTION_STYLE.get(c.style, 1.5) + (0.0, 0.3, 0.6, 1.2)[c.place]
    if c.style in ("sp", "bare") and c.place != LINE:
        cost += 1.0  # a lone letter in a sentence, no whole set: A 型, B 型
    if (c.style not in ("sp", "bare") or c.place == LINE) and series[c.style] >= 6 and series[c.style] * 4 >= max(series.values()):
        cost *= 0.4
    if c.style == ")" and folded[max(0, c.start - 1) : c.start] in (",", "(", "、", ";"):
        cost += 4.0
    if c.place != LINE and any(
        d.kind == OPT and abs(d.value - c.value) == 1 and (_touch(folded, c, d) or _touch(folded, d, c))
        for d in found[max(0, i - 2) : i + 3]
    ):
        cost += 2.5
    return cost


def _touch(folded: str, a: Candidate, b: Candidate) -> bool:
    """Whether nothing but blanks stands between two marks: an enumeration (A、B、C), not two options."""
    return 0 <= b.start - a.end <= 2 and not folded[a.end : b.start].strip(" ") and "\n" not in folded[a.end : b.start]


def _looks_like_questions(folded: str, c: Candidate, end: int, a_starts: list[int], blanks: list[int]) -> int:
    options = bisect_right(a_starts, end) - bisect_left(a_starts, c.end)
    empty = bisect_right(blanks, end) - bisect_left(blanks, c.end)
    return min(options + empty, 6)
