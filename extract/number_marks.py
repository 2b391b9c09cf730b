"""The numbers among the marks (题号的候选): as they are printed, fused with the digits before them, or set apart by a blank alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from string import ascii_letters

from .heading_marks import BRACKETED
from .lost_signs import is_quantity
from .mark_costs import SUB_STYLES
from .markers import ANS, CODED, EXP, FUSED, INSIDE, KEY, LINE, NUM, NUMBER, SEC, SLOT, STOP, VARIED, Candidate
from .numbers_between import left_out, parted_figures
from .numerals import IN_ONE_SIGN, chinese_number
from .places import lies_in, place_of
from .run_on import RUN_ON, run_on_numbers, runs_on
from .typed_numbers import typed_numbers

_LETTER_BEFORE = re.compile(r"[A-Za-z√×]")
_LATIN = frozenset(ascii_letters)
_SIGNED = frozenset({".", "、", "第题", "tagged"})
_CLAUSE = re.compile(r"《[^《》\n]{1,24}\d\.\d[^《》\n]{0,8}》")  # 《规程:1.2.1》 names a clause, and numbers no question
_INSIDE_LINES = {
    "sp": re.compile(r"[\u4e00-\u9fff?)。_A-H√×](?P<mark>(?P<n>\d{1,3})) (?=[\u4e00-\u9fff“\"《_(])"),
    "(": re.compile(r"[\u4e00-\u9fff?)。_](?P<mark>[(](?P<n>\d{1,3})[)])(?=[\u4e00-\u9fff“《_])"),
}
_UNSIGNED = re.compile(r"(?<![\d.])(?P<mark>(?P<n>\d{1,3}))(?= ?[一-鿿“《(])")
_SET = re.compile(r"(?<![A-Za-z])A(?![A-Za-z])[^A-D]{0,200}B[^A-D]{0,200}C[^A-D]{0,200}D")
_GRID = re.compile(  # 题号12345 1、..., 题号12345答案题号678910答案1某同学...
    r"题[号数目] ?(?P<run>1 ?2[\d ]{1,120}?)(?:答案(?: ?题[号目] ?\d[\d ]{1,120}答案){0,6} ?)?"
    r"(?P<mark>1 ?[.、](?!\d{1,2}(?!\d|世纪))|(?:(?<=答案)|(?<=答案 ))1(?=[一-鿿《“]))"
)
_SLOT_OPENS, _LONGEST_SLOT = re.compile(r"[(\[] *\n *\Z"), 16
_BEHIND_HEADING = re.compile(r"(?P<n>\d{1,3}) (?=[一-鿿“《_])")
_MOST_CELLS = 51
_MOST_LACKING = 8
_APART = 2000  # how far from the line with a number the one before or after it may stand
_BEGUN = 4  # the number with which lines may begin anew where those before it are glued
# a line that says something of a question, which the next may be glued to: 难度：易12 ...
_SAYS = re.compile(r" *\[?(?:[\u4e00-\u9fff]{0,4}答案|难度|难易程度|知识点|考点|章节|答案解析|解析)(?: ?:|\])")
_HEADED = re.compile(r"(?:单选|多选|判断|填空|简答|问答)题? ?(?:: ?)?(?=\d+(?: ?[.、:)])?$)")
_RUN = 3  # so many lines that open with 4) or 4: tell that these number the questions
_WORDED = re.compile(r"第 ?(?P<n>\d{1,3}) ?(?:小题|题)(?![和与至到、~-])")
_LEAST_WORDED = 3
_LETTERED = re.compile(r" ?\n? *A ?[.、:)]")
_NEAR = 1500  # from a blank that bears a number to the options of that number
_NO_NUMBER = re.compile(r"\d{1,2} ?分(?=[)\],;])|00?[)\]]|\d{1,3}\.\d{1,3}\.\d")  # how much a question counts; the rest of an address
# what the last group of a match tells: the group of the digits; the style; and the group of the sign that is the style
_NUMBER_FORMS = {
    "di": ("di", "第题", ""), "dic": ("dic", "第题", ""),
    "ex": ("ex", "例", ""), "fn": ("fn", "例", ""), "ex3": ("ex3", "例", ""), "ex4": ("ex4", "例", ""), "ex5": ("ex5", "例", ""),
    "var": ("var", VARIED, ""), "exc": ("exc", "例", ""), "exc2": ("exc2", "例", ""),
    "pn": ("pn", "", "lp"), "code": ("code", CODED, ""), "code2": ("code2", CODED, ""),
    "of": ("of", "第题", ""), "tagged": ("tagged", "tagged", ""), "tag2": ("tag2", "tagged", ""),
    "xy": ("y", "x.y", ""), "xz": ("yz", "x.y", ""), "xyb": ("yb", "x.y", ""), "p": ("n", "", "p"),
    "dec": ("n", "dec", "p"), "alone": ("alone", "alone", ""), "sp": ("sp", "sp", ""),
    "bare": ("bare", "bare", ""), "circ": ("circ", "①", ""), "di2": ("di2", "第题", ""), "di3": ("di3", "第题", ""),
    "pn4": ("pn4", "", "lp4"), "sp4": ("sp4", "sp", ""),
    "pn2": ("pn2", "", "lp2"), "p2": ("n2", "", "p2"),
    "p3": ("n3", ")", ""), "p4": ("n4", "", "p4"), "p5": ("n5", "", "p5"), "p6": ("n6", ")", ""),
    "nc": ("nc", ":", ""), "nc2": ("nc2", ":", ""), "nd": ("nd", "fused", ""), "sp2": ("sp2", "sp", ""),
    "pw": ("nw", "", "pw"), "px": ("nw", "", "px"),
    "ix": ("ix", "例", ""), "par": ("par", "(", ""), "par2": ("par2", "(", ""), "dot": ("dot", ".", ""), "pn3": ("pn3", "(", ""),
}


def numbers(folded: str) -> list[Candidate]:
    """The marks of numbers, kind by kind."""
    found: list[Candidate] = []
    for m in NUMBER.finditer(folded):
        c = _number(folded, m)
        found.append(c)
        if m["xy"] and "." in m["xy"]:  # 1.8位 is question 1, or exercise 1.8: the document's own run of numbers tells
            found.append(Candidate(c.start, m.start("y"), NUM, int(m["xy"].partition(".")[0]), "dec", LINE))
    lines = Counter(c.style for c in found if c.place == LINE)
    signs = ".、" + "".join(sign for sign in "):" if lines[sign] >= _RUN)
    whole, printed = _whole(found), {(c.end, c.value) for c in found}  # 2:2.5m is question 2 and a figure
    found += [c for c in _fused(folded, {c.end for c in found}, signs) if c.end not in whole and (c.start, c.value) not in printed]
    found += run_on_numbers(folded, sum(c.style in _SIGNED for c in found))
    found += _lacking(folded, found)
    found += _left_out(folded, found)
    found = parted_figures(folded, found)
    found += left_out(folded, found)
    if grids := list(_behind_grids(folded)):
        spans = [span for span, _ in grids]
        found = [*(c for c in found if not lies_in(spans, c.start)), *(c for _, c in grids)]
    found += _worded(folded, found)
    found = typed_numbers(folded, found)
    clauses = [m.span() for m in _CLAUSE.finditer(folded)]
    return [c for c in found if not lies_in(clauses, c.start)] if clauses else found


def _worded(folded: str, found: list[Candidate]) -> list[Candidate]:
    """第1题...第2题..., glued on both sides: so many that count on number questions, unless others come before or are more."""
    chain: list[Candidate] = []
    for m in _WORDED.finditer(folded) if "第1题" in folded and runs_on(folded) else ():
        value = int(m["n"])
        if value == (chain[-1].value + 1 if chain else 1) or (value == 1 and len(chain) > 1):
            chain.append(Candidate(m.start(), m.end(), NUM, value, "第题", place_of(folded, m.start())))
    signed = [c.start for c in found if c.style in (".", "、")]
    if len(chain) < max(_LEAST_WORDED, len(signed)) or (signed and min(signed) < chain[0].start):
        return []
    taken = {c.start for c in found}
    return [c for c in chain if c.start not in taken]


def _behind_grids(folded: str) -> Iterator[tuple[tuple[int, int], Candidate]]:
    """The first number of a section behind its empty grid in running text (答案题号123451、...), and the span of both."""
    for m in _GRID.finditer(folded):
        row = ""
        for k in range(1, _MOST_CELLS):
            row += str(k)
            if len(row) >= len(m["run"].replace(" ", "")):
                break
        if row == m["run"].replace(" ", ""):
            yield (m.start("run"), m.end()), Candidate(m.start("mark"), m.end(), NUM, 1, folded[m.end() - 1].replace("1", "."), STOP)


def _lacking(folded: str, found: list[Candidate]) -> Iterator[Candidate]:
    """The numbers that lines with a bare number, or one in brackets, leave out and the text holds, once: 3 惯性4 折旧 / 5 存货.

    So where such lines begin anew with 2 or 3 (判断题1 惯性... / 2 折旧...); and behind the last of a run the next may be glued to what
    is said of its question (难度：易6 ...).
    """
    for style, inside in _INSIDE_LINES.items():
        lines = [c for c in found if c.place == LINE and c.style == style]
        follows = [c.value for c in lines[1:]]
        for k, (a, b) in enumerate(pairwise([None, *lines, None])):
            at, upto = a.end if a else 0, b.start if b else len(folded)
            if a and b and a.value < b.value:
                if b.value - a.value <= _MOST_LACKING:
                    yield from _once(folded, inside, range(a.value + 1, b.value), at, upto)
                continue
            if a:
                yield from _behind(folded, inside, a, min(upto, at + _APART))
            if b and 1 < b.value <= _BEGUN and k < len(follows) and follows[k] in (b.value + 1, b.value + 2):
                yield from _once(folded, inside, range(1, b.value), max(at, upto - _APART), upto)


def _left_out(folded: str, found: list[Candidate]) -> Iterator[Candidate]:
    """The one number between two of running text that has lost its sign there (...D.甲3 下列... between 2. and 4.), sets on either side."""
    for style in (".", "、"):
        signed = sorted((c for c in found if c.style == style), key=lambda c: c.start)
        for a, b in pairwise(signed):
            if b.value - a.value != 2 or b.place == LINE or b.start - a.end > _APART:
                continue
            for c in _once(folded, _UNSIGNED, (a.value + 1,), a.end, b.start):
                if not is_quantity(folded, c.end) and _SET.search(folded, a.end, c.start) and _SET.search(folded, c.end, b.start):
                    yield c


def _once(folded: str, inside: re.Pattern[str], values: Iterable[int], at: int, upto: int) -> Iterator[Candidate]:
    """The numbers of ``values`` that stand once within the lines from ``at`` to ``upto``."""
    for value in values:
        glued = [m for m in inside.finditer(folded, at, upto) if m["n"] == str(value)]
        if len(glued) == 1:
            yield Candidate(glued[0].start("mark"), glued[0].end("mark"), NUM, value, RUN_ON, INSIDE)


def _behind(folded: str, inside: re.Pattern[str], last: Candidate, upto: int) -> Iterator[Candidate]:
    """The numbers that count on from ``last``, each glued to a line that says something of the question before."""
    value = last.value + 1
    for m in inside.finditer(folded, last.end, upto):
        if m["n"] == str(value) and _SAYS.match(folded, folded.rfind("\n", 0, m.start()) + 1):
            yield Candidate(m.start("mark"), m.end("mark"), NUM, value, RUN_ON, INSIDE)
            value += 1


def behind_headings(folded: str, found: list[Candidate]) -> Iterator[Candidate]:
    """The bare numbers before which a heading ends that runs into its first question: 判断题1 惯性..."""
    taken = {c.start for c in found}
    for c in found:
        if c.kind == SEC and c.end not in taken and (m := _BEHIND_HEADING.match(folded, c.end)):
            yield Candidate(c.end, m.end("n"), NUM, int(m["n"]), RUN_ON, INSIDE)


def _whole(found: list[Candidate]) -> set[int]:
    """Where the numbers of two digits end that count on, three and more (11.W: ... 12.M: ... 13.W: ...): they hold no other number."""
    run: list[Candidate] = []
    ends: set[int] = set()
    for c in (c for c in found if c.style in (".", "、") and c.value > 9):
        run = [*run[1 - _RUN :], c] if run and c.value == run[-1].value + 1 and c.style == run[-1].style else [c]
        if len(run) >= _RUN:
            ends.update(x.end for x in run[-_RUN:])
    return ends


def _number(folded: str, m: re.Match[str]) -> Candidate:
    lead = m["lead"]
    start, place = (m.start(), place_of(folded, m.start())) if lead is None else (m.end("lead"), LINE)
    if lead is not None and folded[start] in ")]" and (slot := _SLOT_OPENS.search(folded, max(0, start - _LONGEST_SLOT), start)):
        start = slot.start()  # ...D.丁( / )4. the slot of its answer, broken
    digits, style, sign = _NUMBER_FORMS[m.lastgroup or ""]
    if sign and (not style or m[sign][0] != "."):
        style = m[sign][0].replace("<", "(")
    return Candidate(start, m.end(), NUM, IN_ONE_SIGN.get(m[digits]) or chinese_number(m[digits]), style, place)


_SESSION = re.compile(r"[(\[](?:19|20)\d\d\.\d{1,2}[)\]]")  # (2021.2): when it was asked


def _fused(folded: str, numbered: set[int], signs: str) -> Iterator[Candidate]:
    """The numbers that a run of digits may end in, before one of ``signs``; the segmenter takes one only where it is expected next."""
    for m in FUSED.finditer(folded):
        if m["p"] not in signs or (m["p"] in "):" and m["next"].isdigit()):
            continue
        start = end = m.start() - (folded[m.start() - 1] == " ")  # C.364 .: where a blank stands before the point
        while end - start < 8 and folded[start - 1 : start].isdecimal():
            start -= 1
        place = place_of(folded, start)
        if place == LINE and m.end() in numbered:
            continue
        if _SESSION.match(folded, start - 1):
            continue
        style = "decimal" if m["next"].isdigit() else "fused"
        if style == "decimal" and _NO_NUMBER.match(folded, m.end()):
            continue  # (简答题, 2.0分)
        for at in range(max(start, end - 4), end):
            # 3.07、: option 3.0 and question 7; X010.: X0 and question 10
            decimal = start > 1 and ((folded[start - 1] == "." and folded[start - 2].isdigit()) or folded[start - 1] in _LATIN)
            if folded[at] == "0" or (at > start and (place == LINE or not (decimal or folded[start:at].strip("0")))):
                continue
            if at == start and (m.end() in numbered or (style == "fused" and not _LETTER_BEFORE.match(folded, max(0, at - 1)))):
                continue
            yield Candidate(at, m.end(), NUM, int(folded[at:end]), style, INSIDE if at > start else place)


def without_named_blanks(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates without the blanks of a passage, ●（3）是...之一, whose number stands again before its options: （3）A. ..."""
    bracketed = [c for c in found if c.style == "(" and c.kind == NUM]
    lettered = {c.start: c for c in bracketed if _LETTERED.match(folded, c.end)}
    if len(lettered) < _RUN:
        return found
    coming: dict[int, int] = {}
    blanks: set[int] = set()
    asking = [c for c in found if c.place == LINE and c.style in _SIGNED]
    for c in sorted([*bracketed, *asking], key=lambda c: -c.start):
        if c.style in _SIGNED:
            coming.clear()  # another question's
        elif c.start in lettered:
            coming[c.value] = c.start
        elif c.value in coming and coming[c.value] - c.start < _NEAR:
            blanks.add(c.start)
    return [c for c in found if c.start not in blanks]


def tags_before_numbers(folded: str, found: list[Candidate]) -> list[Candidate]:
    """[多选题]3. is a tag and a number; [多选题]1. is a heading and a number where no other number has a tag before it; so is 多选题 1).

    In running text the tag ends the question before (...是[单选题]3.) where the first number has none.
    """
    worded = {c.start: c for c in found if c.kind == NUM and c.style == "例" and _HEADED.match(folded, c.start, c.end)}
    if any(c.value > 1 for c in worded.values()):
        typed = {start for start, c in worded.items() if ":" in folded[start : c.end] or c.place != LINE}
        found = [c for c in found if c.kind != SEC or c.start not in typed]
    if worded and all(c.value == 1 for c in worded.values()):
        found = [_bare_number(folded, c) if worded.get(c.start) is c else c for c in found]
    elif worded:  # 判断题1、 behind 单选题9、 may be both
        found = [*found, *(_bare_number(folded, c) for c in worded.values() if c.value == 1)]
    bracketed = (c for c in found if c.kind == NUM and folded[c.start] in "([")
    tagged = {c.start: c for c in bracketed if (m := SLOT.match(folded, c.start, c.end)) and m["tag"]}
    if not tagged:
        return found
    least = min(c.value for c in tagged.values())
    heads = {c.start for c in found if c.kind == SEC and c.style == BRACKETED}
    if heads.issuperset(tagged):
        return [_past_slot(folded, c) if tagged.get(c.start) is c else c for c in found]
    if any(c.value > 1 for c in tagged.values()):
        found = [c for c in found if c.kind != SEC or c.start not in tagged]
        tagged = {start: c for start, c in tagged.items() if c.place != LINE and least > 1}
    return [_past_slot(folded, c) if tagged.get(c.start) is c else c for c in found]


def _bare_number(folded: str, c: Candidate) -> Candidate:
    m = _HEADED.match(folded, c.start, c.end)
    assert m is not None
    sign = folded[c.end - 1]
    return Candidate(m.end(), c.end, NUM, c.value, RUN_ON if sign.isdigit() else sign, INSIDE)


def _past_slot(folded: str, c: Candidate) -> Candidate:
    slot = SLOT.match(folded, c.start)
    assert slot is not None
    return Candidate(slot.end(), c.end, NUM, c.value, c.style, INSIDE if c.place == LINE else STOP)


def without_repeats(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The same without the numbers that a page says again before the answer to their own question: 3.【答案】B right below question 3."""
    again: set[int] = set()
    last: dict[int | str, int] = {}  # LINE, or a style -> the number that stood there last; a key counts anew
    for c, after in pairwise(found):
        if c.kind == KEY:
            last.clear()
        elif c.kind == NUM and c.style not in SUB_STYLES:
            said = last.get(LINE if c.place == LINE else c.style)
            if c.value == said and after.kind in (ANS, EXP) and not folded[c.end : after.start].strip(" "):
                again.add(c.start)
            last |= {LINE: c.value, c.style: c.value} if c.place == LINE else {c.style: c.value}
    return [c for c in found if c.kind != NUM or c.start not in again] if again else found
