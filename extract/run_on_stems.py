"""The questions without numbers of a page in one paragraph (连排无号题): 正确答案:D 下列各项...A....

Each begins behind the blank, or the last sentence, that ends what is said of the one before it. A page of few questions must
have an A for each answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from .markers import BARE, LINE, NOTE, SPACE, Candidate
from .question_types import HEADING_WORDS, TAG_WORDS
from .run_on import LABEL, RUN_ON, runs_on

_HEADED = re.compile(rf"[ \n]?[一二三四五六七八九十][、.] ?[^\s。?!,;:()\d]{{0,8}}?(?:{HEADING_WORDS})(?:\([^)\n]{{0,60}}\))?:?[ \n]?")
_LETTERS = r" ?(?:[A-H](?:[,、 ]?[A-H]){0,6}|[√×对错]|正确|错误)"
_SHORT = re.compile(rf"{_LETTERS}(?= +(?!\[?(?:答案)?解析)\S)")
_EXPLAINED = re.compile(rf"{_LETTERS}[。.]? ?(?:解析:|\[(?:答案)?解析\])")
_ALONE = rf"{_LETTERS}(?: +(?![(\[]|难|知识|考点|(?:答案)?解析|所属|章节|[分得]|\d)\S|\s*\Z)"  # nothing else is said of the question
_CUE = re.compile(rf"(?:正确|参考|本题|标准)答案:|答案:(?={_EXPLAINED.pattern}|{_ALONE})|(?<!:)\[(?:正确|参考|标准)?答案\]:?(?={_LETTERS})")
# of the question answered
_SAYS_MORE = re.compile(r" *(?:[\[(]?(?:本题|此题|试题|答案)?(?:解释|思路|分析|详解|考点|难度|知识点)[\])]?:|解析|\[(?:答案)?解析\])")
_STATED = re.compile(r"[^\n。?!]{8,}。?\( ?\)\s*\Z")
_BEGINS = re.compile(rf"(?<![\d.])\d{{1,3}} ?[.、)](?!\d)|第 ?\d{{1,3}} ?题|(?<!^)[(\[](?:{TAG_WORDS})")  # a number or a tag
_NAMES_PAGE = re.compile(r"[^,。;?!_]*(?:题库?|试[题卷]|答案|练习|考试|真题|详情|首页|[卷网>]|题(?:库|目)?\([^()]*\)|\.(?:docx?|pdf))\Z")
_PART = re.compile(r"第 ?\d{1,2} ?(?:篇 +|[辑章] ?)(?=\S)")
_NUMBERED = re.compile(r"[(\[第]{0,2}(?:题[干目]|[试例问]题|例) ?[\d:\]]|[(第]{0,2}\d(?!\d{0,3} ?[年月日辑章篇])")
_NUMBER_BEFORE = re.compile(r"\d ?[题.、)\]] *$")  # 第8题 and a blank
_IN_BRACKET = re.compile(r"\([?]? \)")  # ( ), and (? ) where it was decoded badly
_LEAST = 4  # answers of a page whose labels are not looked at
_SHORTEST_STEM, _LONGEST_STEM, _LONGEST_NAME = 4, 300, 40


def run_on_stems(folded: str) -> list[Candidate]:
    """Where the questions of a page that runs on may begin that have no numbers: behind the blank after each answer."""
    if not runs_on(folded) or not (cues := list(_CUE.finditer(folded))):
        return []
    signed = [m.start() for m in LABEL.finditer(folded) if m[0] == "A"]
    if len(cues) < _LEAST and not _alternate(folded, signed, [c.start() for c in cues]):
        return []
    # ...(A)为水基型...: where A. stands before the options, an explanation speaks of (A)
    labels = signed if len(signed) * 2 > len(cues) else [m.start() for m in LABEL.finditer(folded) if "A" in m[0]]
    opening = folded.rfind("\n", 0, cues[0].start()) + 1
    for headed in _HEADED.finditer(folded, max(opening, cues[0].start() - _LONGEST_STEM), cues[0].start()):
        opening = headed.end()
    opening = _below_names(folded, opening, cues[0].start())
    lettered = labels[bisect_left(labels, opening) :][:1]
    first = folded[opening : lettered[0]] if lettered and lettered[0] < cues[0].start() else " "
    plain = folded[cues[0].start()] in "答[" or " " not in first.replace("( )", "").strip()  # no title stands before the question
    leads = plain or len(cues) < _LEAST or _EXPLAINED.match(folded, cues[0].end())
    starts = [opening] if leads and cues[0].start() - opening < _LONGEST_STEM else []
    for cue, stop in zip(cues, [*(c.start() for c in cues[1:]), len(folded)], strict=True):
        short = _SHORT.match(folded, cue.end(), stop)
        k = bisect_left(labels, cue.end())
        before = min(stop, labels[k] if k < len(labels) else stop) - _SHORTEST_STEM
        at = short.end() if short else _blank(folded, cue.end() + 1, before)
        if (at < 0 or _SAYS_MORE.match(folded, at)) and _EXPLAINED.match(folded, cue.end()):
            # 答案:对解析:...。 the last sentence before what follows
            at = folded.rfind("。", cue.end(), before - 1) + 1 or _behind_nothing(folded, cue.end(), stop)
        if 0 <= at < before and stop < len(folded) and not (short and _SAYS_MORE.match(folded, at)):
            at = head.end() if (head := _HEADED.match(folded, at, before)) else at
            starts.append(at + len(folded[at:stop]) - len(folded[at:stop].lstrip()))
    numbered = sum(bool(_NUMBERED.match(folded, at) or _NUMBER_BEFORE.search(folded, max(0, at - 8), at)) for at in starts)
    if numbered * 4 > len(starts) or len(starts) * 2 < len(cues):
        return []  # they have numbers, or answers stand apart from their questions
    parts: list[Candidate] = []
    names: set[int] = set()
    for m in _PART.finditer(folded):  # ...真题7篇 第2篇: the name of the page again, between two questions
        named = starts[bisect_left(starts, m.start() - _LONGEST_NAME) : bisect_right(starts, m.start())]
        for at in named[:1]:
            answered = max((cue.end() for cue in cues if cue.end() <= at), default=0)
            opens = folded.rfind("。", max(answered, at - _LONGEST_NAME), at) + 1 if at == m.start() else at
            parts.append(Candidate(opens or at, m.end(), NOTE, 0, "junk", SPACE))
        parts.append(Candidate(m.end(), m.end(), BARE, 0, RUN_ON, SPACE))
        names.update(named)
    return [*parts, *(_stem(folded, at) for at in starts if at not in names)]


def _alternate(folded: str, labels: list[int], cues: list[int]) -> bool:
    """Whether a page of few questions has an A for each answer, before it and behind the last one, and no numbers."""
    in_turn = [at for pair in zip(labels, cues, strict=False) for at in pair]
    return len(labels) == len(cues) and in_turn == sorted(in_turn) and not _BEGINS.search(folded, 0, labels[-1])


def _below_names(folded: str, opening: int, end: int) -> int:
    """Where the first question begins behind words apart that name the site and the page: 题库 > 电工 某电工证考试题库 下列..."""
    while (blank := folded.find(" ", opening, end)) >= 0 and _NAMES_PAGE.search(folded, opening, blank):
        opening = blank + 1
    return opening


def _stem(folded: str, at: int) -> Candidate:
    return Candidate(at, at, BARE, 0, RUN_ON, SPACE if at and folded[at - 1] != "\n" else LINE)


def _behind_nothing(folded: str, at: int, stop: int) -> int:
    """Where a statement begins behind an explanation that says nothing (答案:C解析:凡是...。()答案:对), -1 if there is none."""
    m = _EXPLAINED.match(folded, at)
    return m.end() if m and _STATED.match(folded, m.end(), stop) else -1


def _blank(folded: str, start: int, end: int) -> int:
    """The last blank of a span that is not the blank of a question, -1 if there is none."""
    line = folded.rfind("\n", start, end)  # a heading may have got its line back
    while (end := folded.rfind(" ", max(start, line), end)) >= 0 and _IN_BRACKET.search(folded, max(0, end - 2), end + 2):
        pass
    return max(end, line)
