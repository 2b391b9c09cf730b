"""Passages that open without a word of their own (材料段落): a paragraph that ends on 据此完成1～3题, or a passage below its letter."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

from .line_start import LineStart
from .markers import ANS, EXP, KEY, LINE, MAT, NUM, OPT, SEC, Candidate
from .places import place_of, skip_blank

# the end of a paragraph: which questions it is for; 回答下列问题 ends a stem and is none
_ENDS = re.compile(
    r"(?:完成|回答|解答)(?:(?:后面|下面|下列|以下|第)? ?[(]?\d{1,3}[)]?(?: ?题)? ?[-~、至到和—]{1,2} ?(?:第 ?)?[(]?\d{1,3}[)]?"
    r"|(?:下面|下列|以下)(?:[各两三]|小)) ?(?:小?题|各题)[。.:]?[ )\]]*(?=\n)"
)
# the same above the (1) of a case that has no number: 读图,完成下列要求。(5分)
_OF_PARTS = re.compile(
    r"(?:完成|回答|解答)(?:下面|下列|以下|后面)?的?(?:各|有关|相关)?(?:问题|要求|小题|各题)[。.:]?"
    r"(?:\([^()\n]{0,6}\d ?分\))? *(?=\n\s*\(1\))"
)
_MARKED = re.compile(r" *(?:[(\[]? ?(?:[A-H]|\d{1,3}|[一二三四五六七八九十]{1,3}) ?[)\].、:]|\[)")
_ITS_TAG = re.compile(r"\[(?:题目|题干|题文)\] ?")  # before the passage of several questions
_STOPS = "。.!?;:)]…”"
_FULL = 24  # a line this long without a stop goes on in the next
_MOST_LINES = 40
_SHORTEST_PASSAGE = 120
_LONGEST_CASE, _NEAREST_LABEL = 1000, 200
_NAMED = re.compile(r" ?(?:完[形型]填空|(?:任务型)?阅读(?:理解)?|(?:语法|短文)填空)[。:]? *(?=\n)")
_TO_READ = re.compile(r" ?(?:认真|仔细)?阅读[^\n?]{0,40}(?:回答|完成|解答)[^\n?]{0,12}题[。.:]?(?=[^\n]{0,30}\n)")
_SENTENCES = re.compile(r"\s*(?P<p>(?:[^\n]{1,40}\n\s*)?[A-Z“\"][^\n]{30,})\n")  # where a paragraph of English begins, its title above it
_WORDS, _LEAST_WORDS = re.compile(r"(?<=[ \n])[a-z]+(?=[ ,.\n])"), 20
# a patient's case above the (1) of its first question, its points behind it: 患者,女,25岁,...。(分数:6.00) / (1).该患者...
_CASE_ENDS = re.compile(r"(?:[。.?:;)] ?|(?<=[。.?:;)]))(?:[(\[](?:分数|score) ?: ?[\d.]+ ?分?[)\]])?\s*(?=\(1\))")
_PATIENT = re.compile(r"(?:(?<=[\n。\]:])|(?<=[。\]:)] ))(?=(?:患者|病人|患儿|[初经]?产妇|孕妇|男|女|某[男女患])[^\n。]{2,30}[,、。])")
_LETTER = LineStart(r" *(?P<l>[A-E]) *\n+(?= *[^\n]{60}| *[ -~“”’‘£—–]{3,59}\n+ *[^\n]{60})")  # the passage, or its title above it


def passages(folded: str, found: list[Candidate]) -> Iterator[Candidate]:
    """The marks of such passages; ``found`` are the other candidates, in any order."""
    opened = {c.start for c in found if c.kind == MAT}
    labels = sorted(c.start for c in found if c.kind in (OPT, ANS, EXP) and c.place == LINE)
    for m in (*_ENDS.finditer(folded), *_of_parts(folded, found)):
        start = skip_blank(folded, _paragraph(folded, m.start(), labels))
        start = tag.end() if (tag := _ITS_TAG.match(folded, start, m.start())) else start
        if start < m.start() and start not in opened and not _MARKED.match(folded, start):
            yield Candidate(start, m.end(), MAT, 0, "open", LINE)
    yield from _between_sets(folded, found)
    yield from _cases(folded, found, opened)
    letters = [m for m in _LETTER.finditer(folded)]
    for k, m in enumerate(letters):
        if m["l"] == chr(65 + k) and len(letters) > 1:
            yield Candidate(m.start("l"), m.end("l"), MAT, 0, "open", LINE)


def _of_parts(folded: str, found: list[Candidate]) -> Iterator[re.Match[str]]:
    """The ends of such cases: no number stands between them and the heading, or the head of the page."""
    ends = list(_OF_PARTS.finditer(folded)) if "(1)" in folded else []
    kinds: dict[int, str] = {}
    for c in found if ends else ():
        if c.kind not in (MAT, KEY):
            kinds.setdefault(c.start, c.kind)
    starts = sorted(kinds)
    for m in ends:
        before = bisect_left(starts, m.start())
        if not before or kinds[starts[before - 1]] == SEC:
            yield m


def _cases(folded: str, found: list[Candidate], opened: set[int]) -> Iterator[Candidate]:
    """The cases of patients that stand between the options, or what explains them, and (1), which has options of its own."""
    ends = list(_CASE_ENDS.finditer(folded)) if "(1)" in folded else []
    labels = sorted((c.start, c.end, c.value if c.kind == OPT else -1) for c in found if c.kind in (OPT, ANS, EXP, SEC)) if ends else []
    for m in ends:
        k = bisect_left(labels, (m.start() + 1, 0, 0))
        lettered = k < len(labels) and labels[k][2] == 0 and labels[k][0] - m.end() < _NEAREST_LABEL
        begin = max(labels[k - 1][1] if k else 0, m.start() - _LONGEST_CASE)
        start = _PATIENT.search(folded, begin, m.start()) if lettered else None
        if start and start.start() not in opened:
            yield Candidate(start.start(), m.end(), MAT, 0, "open", place_of(folded, start.start()))


def _between_sets(folded: str, found: list[Candidate]) -> Iterator[Candidate]:
    """English passages that stand below the options of the last question of the one before, and whose questions begin with 1 again."""
    marks = sorted((c for c in found if c.kind in (NUM, ANS, EXP, KEY, SEC) and c.place == LINE), key=attrgetter("start"))
    anew = [(a, b) for a, b in pairwise(marks) if a.kind == b.kind == NUM and a.style == b.style and b.value == 1 < a.value]
    labels = sorted(c.end for c in found if c.kind == OPT) if anew else []
    for a, b in anew:
        k = bisect_left(labels, b.start)
        below = folded.find("\n", labels[k - 1]) if k and labels[k - 1] > a.end else -1
        if below < 0 or b.start - below < _SHORTEST_PASSAGE or len(_WORDS.findall(folded, below, b.start)) < _LEAST_WORDS:
            continue
        if m := _SENTENCES.match(folded, below, b.start):
            yield Candidate(m.start("p"), m.end("p"), MAT, 0, "open", LINE)


def numbered_passages(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The same where a number opens a passage whose questions count anew below it: 2.阅读下文,回答问题。 ... 1. ... 2. ..."""
    passing: dict[int, Candidate] = {}
    numbers = [c for c in found if c.kind == NUM and c.place == LINE and c.style in (".", "、")]
    for c, first, second in zip(numbers, numbers[1:], [*numbers[2:], None], strict=False):
        if first.value == 1 and first.style == c.style and (second is None or second.value == 2) and (m := _TO_READ.match(folded, c.end)):
            passing[c.start] = Candidate(c.start, m.end(), MAT, 0, "open", LINE)
    inside: list[tuple[int, int]] = []
    numbers = [c for c in found if c.kind == NUM and c.place == LINE and c.style in (".", "、", "(")]
    for c, first in pairwise(numbers):
        if c.style != "(" and first.style == "(" and first.value == 1 and (m := _NAMED.match(folded, c.end)):
            passing[c.start] = Candidate(c.start, m.end(), MAT, 0, "open", LINE)
            inside.append((c.end, first.start))  # the digits of a passage are its blanks
    if not passing:
        return found
    if inside:
        opened = [a for a, _ in inside]
        found = [c for c in found if c.kind != NUM or not (k := bisect_right(opened, c.start)) or c.start >= inside[k - 1][1]]
    return [passing.get(c.start, c) for c in found if c.start not in passing or c.kind == NUM]


def _paragraph(folded: str, at: int, labels: list[int]) -> int:
    """Where the passage begins that ends in the line of ``at``: above it, lines broken at a width, and behind options other paragraphs."""
    start = folded.rfind("\n", 0, at) + 1
    for _ in range(_MOST_LINES):
        above = folded.rfind("\n", 0, start - 1) + 1
        line = folded[above : start - 1].rstrip()
        if not start or len(line) < _FULL or line[-1] in _STOPS or _MARKED.match(line):
            break
        start = above
    k = bisect_left(labels, start)
    behind = folded.find("\n", labels[k - 1]) + 1 if k else 0
    lines = folded[behind : start - 1].split("\n") if 0 < behind < start < behind + 600 else []
    return behind if lines and len(lines[0]) >= _FULL and not any(_MARKED.match(line) for line in lines) else start
