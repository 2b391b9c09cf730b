"""The questions of a page in one paragraph that only a blank sets apart (连排题号): (C)交换价值(D)使用价值2 下列各项...(A)...

A digit before a blank is mostly a quantity. It counts here where it goes on from the number before it, behind a set of labels and
before the A of the next, or before the cue of its answer (2 【正确答案】); and only if several of the page do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .markers import ANS, BARE, CHOSEN, EXP, INSIDE, LINE, NUM, OPT, TAG, Candidate

RUN_ON = "run"
LOST = "lost"  # the style of a stem behind which other questions are lost
LABEL = re.compile(r"[(\[] ?([A-H]) ?[)\]]|(?:(?<![A-Za-z])[A-H]|(?<=\d[A-Za-z])[B-H])(?=[.、])")
_DIGITS = re.compile(r"(?<=[^\s\d.,~+=<>*/-])\d{1,6}(?= \S)")
_GLUED_DIGITS = re.compile(r"(?<![\d.,~+=<>*/第共约-])\d{1,6}(?=[\u4e00-\u9fff“\"《(])")  # D、社会2人们...: no sign, no blank
_ANSWERED = re.compile(r" ?\[(?:正确|参考|标准)?答案\]")
_AMOUNT = re.compile(r" (?:[年月日天周岁时分秒个元米克度倍人次件张名位条项题万亿吨斤台]|小时|[厘毫]米|[a-zA-Z%])")
_LEAST = 4  # numbers of a page
_FIRST = 12  # digits among which the first number is looked for
_LEAST_SETS = 3  # of options in one line
_LONG_LINES = 80  # characters a line, on the average, of a page that runs on
_GLUED_CUE = re.compile(r"(?<![\d.])\d{1,3} ?[.、](?!\d)(?:(?!\d[.、])[^\n。?!;:答\[\]]){2,60}(?<![问回解作抢必简对竞])(答 ?:)")
_SHORTEST_STEM, _LONGEST_STEM, _LONGEST_NAME, _LONGEST_TERM = 4, 300, 40, 40


def runs_on(folded: str) -> bool:
    """Whether a page is printed in paragraphs of many questions each."""
    return folded.count("\n") * _LONG_LINES <= len(folded)


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


def run_on_numbers(folded: str, signed: int) -> list[Candidate]:
    """The numbers of a page that runs on, in order; none where fewer than four questions are numbered so.

    ``signed`` is how many numbers with a sign behind them the page has; where there are many, none is glued to its stem.
    """
    if not runs_on(folded):
        return []
    labels = [(m.start(), m[0].strip("([ )]")) for m in LABEL.finditer(folded)]
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
