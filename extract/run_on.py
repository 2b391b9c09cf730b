"""The questions of a page in one paragraph that only a blank sets apart (连排题号): (C)交换价值(D)使用价值2 下列各项...(A)...

A digit before a blank is mostly a quantity. It counts here where it goes on from the number before it, behind a set of labels and
before the A of the next, or before the cue of its answer (2 【正确答案】); and only if several of the page do. Where nothing has a
number, a question begins behind the answer to the one before it: 正确答案:D 下列各项...A....
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from .markers import ANS, BARE, CHOSEN, EXP, INSIDE, LINE, NOTE, NUM, OPT, SPACE, TAG, Candidate
from .question_types import HEADING_WORDS

RUN_ON = "run"
LOST = "lost"  # the style of a stem behind which other questions are lost
_LABEL = re.compile(r"[(\[] ?([A-H]) ?[)\]]|(?:(?<![A-Za-z])[A-H]|(?<=\d[A-Za-z])[B-H])(?=[.、])")
_DIGITS = re.compile(r"(?<=[^\s\d.,~+=<>*/-])\d{1,6}(?= \S)")
_GLUED_DIGITS = re.compile(r"(?<![\d.,~+=<>*/第共约-])\d{1,6}(?=[\u4e00-\u9fff“\"《(])")  # D、社会2人们...: no sign, no blank
_ANSWERED = re.compile(r" ?\[(?:正确|参考|标准)?答案\]")
_HEADED = re.compile(rf"[ \n]?[一二三四五六七八九十][、.] ?[^\s。?!,;:()\d]{{0,8}}?(?:{HEADING_WORDS})(?:\([^)\n]{{0,60}}\))?:?[ \n]?")
_AMOUNT = re.compile(r" (?:[年月日天周岁时分秒个元米克度倍人次件张名位条项题万亿吨斤台]|小时|[厘毫]米|[a-zA-Z%])")
_LEAST = 4  # numbers of a page
_FIRST = 12  # digits among which the first number is looked for
_LEAST_SETS = 3  # of options in one line
_LONG_LINES = 80  # characters a line, on the average, of a page that runs on
_LETTERS = r" ?(?:[A-H](?:[,、 ]?[A-H]){0,6}|[√×对错]|正确|错误)"
_SHORT = re.compile(rf"{_LETTERS}(?= +(?!\[?(?:答案)?解析)\S)")
_EXPLAINED = re.compile(rf"{_LETTERS}[。.]? ?解析:")
_ALONE = rf"{_LETTERS}(?: +(?![(\[]|难|知识|考点|(?:答案)?解析|所属|章节|[分得]|\d)\S|\s*\Z)"  # nothing else is said of the question
_CUE = re.compile(rf"(?:正确|参考|本题|标准)答案:|答案:(?={_EXPLAINED.pattern}|{_ALONE})")
_SAYS_MORE = re.compile(r" *[\[(]?(?:本题|此题|试题|答案)?(?:解释|思路|分析|详解|考点|难度|知识点)[\])]?:")  # of the question answered
_PART = re.compile(r"第 ?\d{1,2} ?(?:篇 +|[辑章] ?)(?=\S)")
_NUMBERED = re.compile(r"[(第]{0,2}\d(?!\d{0,3} ?[年月日辑章篇])")
_NUMBER_BEFORE = re.compile(r"\d ?[题.、)\]] *$")  # 第8题 and a blank
_GLUED_CUE = re.compile(r"(?<![\d.])\d{1,3} ?[.、](?!\d)(?:(?!\d[.、])[^\n。?!;:答\[\]]){2,60}(?<![问回解作抢必简对竞])(答 ?:)")
_SHORTEST_STEM, _LONGEST_STEM, _LONGEST_NAME, _LONGEST_TERM = 4, 300, 40, 40


def runs_on(folded: str) -> bool:
    """Whether a page is printed in paragraphs of many questions each."""
    return folded.count("\n") * _LONG_LINES <= len(folded)


def run_on_stems(folded: str) -> list[Candidate]:
    """Where the questions of a page that runs on may begin that have no numbers: behind the blank after each answer."""
    if not runs_on(folded) or len(cues := list(_CUE.finditer(folded))) < _LEAST:
        return []
    signed = [m.start() for m in _LABEL.finditer(folded) if m[0] == "A"]
    # ...(A)为水基型...: where A. stands before the options, an explanation speaks of (A)
    labels = signed if len(signed) * 2 > len(cues) else [m.start() for m in _LABEL.finditer(folded) if "A" in m[0]]
    opening = folded.rfind("\n", 0, cues[0].start()) + 1
    for headed in _HEADED.finditer(folded, max(opening, cues[0].start() - _LONGEST_STEM), cues[0].start()):
        opening = headed.end()
    lettered = labels[bisect_left(labels, opening) :][:1]
    first = folded[opening : lettered[0]] if lettered and lettered[0] < cues[0].start() else " "
    plain = folded[cues[0].start()] == "答" or " " not in first.replace("( )", "").strip()  # no title stands before the question
    starts = [opening] if (plain or _EXPLAINED.match(folded, cues[0].end())) and cues[0].start() - opening < _LONGEST_STEM else []
    for cue, stop in zip(cues, [*(c.start() for c in cues[1:]), len(folded)], strict=True):
        short = _SHORT.match(folded, cue.end(), stop)
        k = bisect_left(labels, cue.end())
        before = min(stop, labels[k] if k < len(labels) else stop) - _SHORTEST_STEM
        at = short.end() if short else _blank(folded, cue.end() + 1, before)
        if (at < 0 or folded.startswith(" 解析", at)) and _EXPLAINED.match(folded, cue.end()):
            # 答案:对解析:...。 the last sentence before what follows
            at = folded.rfind("。", cue.end(), before - 1) + 1 or -1
        if 0 <= at < before and stop < len(folded) and not (short and _SAYS_MORE.match(folded, at)):
            at = head.end() if (head := _HEADED.match(folded, at, before)) else at
            starts.append(at + len(folded[at:stop]) - len(folded[at:stop].lstrip()))
    if sum(bool(_NUMBERED.match(folded, at) or _NUMBER_BEFORE.search(folded, max(0, at - 8), at)) for at in starts) * 4 > len(starts):
        return []  # they have numbers
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


def _stem(folded: str, at: int) -> Candidate:
    return Candidate(at, at, BARE, 0, RUN_ON, SPACE if at and folded[at - 1] != "\n" else LINE)


def cues_behind_stems(folded: str) -> list[Candidate]:
    """The cues glued to a stem that ends without a sign (1.交叉配血答:...2.溶血反应答:...), where two questions of a page have one."""
    if folded.count("答:") + folded.count("答 :") < 2:
        return []
    found = list(_GLUED_CUE.finditer(folded))
    return [Candidate(*m.span(1), ANS, 0, CHOSEN, INSIDE) for m in found] if len(found) > 1 else []


def stems_lost_in_options(folded: str, found: list[Candidate]) -> list[Candidate]:
    """Where a line begins that holds set upon set of options and no number: a question whose last option swallows the others."""
    firsts = [c.start for c in found if c.kind == OPT and c.value == 0 and c.place != LINE and c.style in (".", "、")]
    if len(firsts) < _LEAST_SETS:
        return []
    told = [c.start for c in found if c.kind in (ANS, TAG, BARE) or (c.kind == NUM and c.style != "decimal")]
    explained = {c.start for c in found if c.kind == EXP}  # ...A、B、C治疗法中的A是指...: they are spoken of
    lines: dict[int, list[int]] = {}  # where a line begins -> the sets of options in it
    line = before = 0
    for place in firsts:
        line = folded.rfind("\n", before, place) + 1 or line
        lines.setdefault(line, []).append(place)
        before = place
    out: list[Candidate] = []
    for at, sets in lines.items():
        k = bisect_left(told, at)
        answered = k < len(told) and told[k] < sets[-1]
        if len(sets) >= _LEAST_SETS and sets[0] - at >= _SHORTEST_STEM and at not in explained and not answered:
            out.append(Candidate(at, at, BARE, 0, LOST, LINE))
    return out


def _blank(folded: str, start: int, end: int) -> int:
    """The last blank of a span that is not the blank of a question, -1 if there is none."""
    line = folded.rfind("\n", start, end)  # a heading may have got its line back
    while (end := folded.rfind(" ", max(start, line), end)) >= 0 and folded[end - 1 : end + 2] == "( )":
        pass
    return max(end, line)


def run_on_numbers(folded: str, signed: int) -> list[Candidate]:
    """The numbers of a page that runs on, in order; none where fewer than four questions are numbered so.

    ``signed`` is how many numbers with a sign behind them the page has; where there are many, none is glued to its stem.
    """
    if not runs_on(folded):
        return []
    labels = [(m.start(), m[0].strip("([ )]")) for m in _LABEL.finditer(folded)]
    for digits, most in ((_DIGITS, len(folded)), (_GLUED_DIGITS, sum(label == "A" for _, label in labels) // 2)):
        if signed <= most and (found := list(digits.finditer(folded))):
            for begin in (0, *_begins(found)):
                taken = list(_counting(folded, found, labels, begin))
                if sum(not _ANSWERED.match(folded, c.end) for c in taken) >= _LEAST:
                    return taken
                key = [c for c in taken if _ANSWERED.match(folded, c.end)]
                if len(key) >= _LEAST and (asked := _as_answered(folded, found, key)):
                    return [*asked, *key]
    return []


def _as_answered(folded: str, found: list[re.Match[str]], key: list[Candidate]) -> list[Candidate]:
    """The numbers of questions without options (名词解释1 罪数2 继续犯), which a key behind them answers one after another."""
    asked: list[Candidate] = []
    for m in found:
        if m.start() >= key[0].start:
            break
        if m[0] == str(len(asked) + 1) and not _AMOUNT.match(folded, m.end()):
            asked.append(Candidate(m.start(), m.end(), NUM, len(asked) + 1, RUN_ON, INSIDE))
    return asked if len(asked) >= len(key) == key[-1].value else []


def _begins(found: list[re.Match[str]]) -> list[int]:
    """What the numbers of a part may count on from, which begins in the middle of a paper (51 to 65)."""
    values = {int(m[0]) for m in found}
    return [v - 1 for m in found[:_FIRST] if all((v := int(m[0])) + k in values for k in range(_LEAST))]


def _counting(folded: str, found: list[re.Match[str]], labels: list[tuple[int, str]], last: int) -> Iterator[Candidate]:
    until, lettered, begin = 0, True, last
    terms = False  # whether the numbers stand before terms to explain (名词解释7 迁移8 动机), which end without a stop
    for m in found:
        k = bisect_left(labels, (m.end(), ""))
        whole = last == begin or (k > 0 and labels[k - 1][0] > until and labels[k - 1][1] > "A")
        asks = k < len(labels) and labels[k][1] == "A" and whole
        before = folded[m.start() - 1]
        opens = before in ("题释" if lettered else "题释。?)") or (not lettered and before in ":_" and not _AMOUNT.match(folded, m.end()))
        # 三、综合题11 and those after it have no options
        term = terms and m.start() - until <= _LONGEST_TERM and not _AMOUNT.match(folded, m.end())
        if not (asks or opens or term or _ANSWERED.match(folded, m.end())):
            continue
        for value in (last + 1,) if begin else (last + 1, 1):
            if m[0] == str(value) or (value > 1 and asks and m[0].endswith(str(value))):
                yield Candidate(m.end() - len(str(value)), m.end(), NUM, value, RUN_ON, INSIDE)
                last, until, lettered = value, m.end(), asks
                terms = before == "释" or (term and not opens)
                break
