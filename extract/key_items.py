"""One list of an answer key (答案表) -> its items: ranges, tables, bare letters, or numbers each with its answer.

Every item knows its number and the spans of its printed answer and explanation; nothing is interpreted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from .key_rows import GROUP, ONE_MARK, ROW_READERS, Item
from .key_signs import MARK
from .numerals import chinese_number
from .stem import Span, strip


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one list. ``counted``: the page prints no numbers, they only count on."""

    items: list[Item]
    counted: bool = False


_BARE = re.compile(rf"[ \n|:]*{MARK}[ ,、;|\n。.A-H√×对错TF]*")
_ITEM = re.compile(
    r"(?P<lead>(?:^|(?<=\n)|(?<=[一二三四五六七八九十Ⅰ-Ⅻ][.、]))[ >*#|•·-]*)?(?:(?<![\dA-Za-z.=<>≤≥])|(?<====)|(?<=[A-H√×])(?<!\n[A-H])|(?<=[一二三四五六七八九十Ⅰ-Ⅻ]\.)|(?<=[^\d]\.)(?=\d{1,3} ?[.、] ?解))(?:第 ?(?P<d>\d{1,3}|[一二三四五六七八九十]{1,2}(?=题[ :(]*\n)) ?(?:小题|题)[.、:)]?|小题(?P<x>\d{1,2}) ?:|\[\d{1,2}\.(?P<y>\d{1,3})\]|[(\[] ?(?P<p>\d{1,3}) ?[)\]][.、:]?"
    r"|(?:(?:材料|案例)(?P<c>[一二三四五六七八九十])|\[?问题 ?(?P<w>\d{1,2})\]?)(?=[ *:]*\n)"
    r"|(?<![a-z]\()(?P<n>\d{1,3}) ?(?P<q>、(?=\.[a-z])|[.、:)]+(?!(?<=\))(?:[÷+=]|×\d+[^\d)]))(?(lead)|(?!\d[\d.%](?<!1\.)|1\.\d))|、(?:(?<=[ \n;:]\d、)|(?<=[ \n;]\d\d、))(?=\d)|"
    r"\.(?:(?<=[ \n;:]\d\.)|(?<=[ \n;]\d\d\.))(?=\d{1,6}(?:[./:]\d{1,4}|月\d{1,2})?%?(?:[一-鿿]{1,3}|[a-z]{1,2})?(?:[ ;]{1,4}[\d一二三四五六七八九十]{1,3}[.、]|[ 。]{0,4}(?:\n|$)))|-(?=[A-H√×])|(?= ?\[)|(?=\(1\))|(?!×\d[\d.]{0,5}[=+÷)-])(?= ?[(]?[A-H√×]{1,7}(?:[\s)\]\d]|$))))[* ]*"
)
# 12-1、A 13-1、B: the only part of each question, as programs number their answers; a 12-2 is another part
_WHOLE_QUESTION = re.compile(r"(?P<lead>(?:^|(?<=\n)) *)?(?<![\d.~-])(?P<n>\d{1,3})-1(?P<q>、)")
_PART_OF_QUESTION = re.compile(r"(?<![\d.~-])\d{1,3}-2、")
_LINE_NUMBER = re.compile(r"(?P<lead>(?:^|(?<=\n))[ >*#|•·-]*)(?P<n>\d{1,3}) ?(?=[^\s\d.,%年月日:、)])")
_ANSWER_CUE = re.compile(r"(?:案例[一二三四五六\d]? ?: ?(?=\[?(?:参考)?答案))?\[?(?:参考|正确|标准)?答 ?案(?:要点|[及与和]解析)?\]? ?[:]? ?|\[答\]|答题?(?:要点)? ?:|解 ?:|要点 ?:")
_POINTS = re.compile(r"\( ?(?:共|本题|满分)? ?\d{1,2} ?分 ?\)\s*(?=\[?(?:答|解|(?:参考|正确)答|要点|分析)|[A-H√×]{1,7}(?![A-Za-z]))")  # (10分)解：...
_EXPLAIN_CUE = re.compile(
    r"\[?(?:答 ?案|试题|题目)?(?:解 ?析|详解)\]? ?[:]|(?<![\u4e00-\u9fff])(?:试题|题目)?(?:分析|解答|(?:解[题析])?思路) ?:|\[(?:答 ?案|试题|题目|考点)?(?:解 ?析|详解|分析|解答)\]|(?:^|(?<=\n)) *(?:答 ?案)?解 ?析(?= *\n)|(?<=[A-H√×。.;] )(?:解 ?析|详解)(?= ?[^\n,。]{4})"
)
_EXPLAINED_BY_PARTS = re.compile(r"\s*\[(?:详解|分析|解答)\]:?")  # 【解析】【详解】...
_LATE = re.compile(r"\[(?:参考|正确)?答 ?案\] ?:? ?|(?<=[\n。?!]) ?答案 ?: ?")
_ANSWERED = re.compile(r"\(1\)|解 ?:|\[(?:参考|正确|标准)?答 ?案(?:[及与和]解析)?\]|(?:参考|正确|标准)?答案 ?:|[\[(]?[A-H√×]{1,7}[\])]?[ 。.;]{0,3}\[?(?:答 ?案)?(?:解 ?析|详解)[\]:]")
_ANSWER_SIGN = re.compile(r"\[(?:参考|正确|标准)?答 ?案\]")
_NOTE = re.compile(r"(?:听力|录音)(?:材料|原文|稿)(?=[ :\n一1(第]|\Z)|(?<=\n)\[?(?:附 ?:? ?)?参考译文(?:\]? ?:|\]? *(?=\n))|\[(?:知识模块|知识点|难度|难易度|该题针对[^\]\n]{0,60}|答疑编号[^\]\n]{0,24})\]")
PART = re.compile(r"[(<] ?(?P<part>\d{1,2}) ?[)>] ?[.、:]?\s*(?=\[(?:参考|正确|标准)?答案\])")  # (1)【正确答案】...
_TOPIC = re.compile(r"\[(?:考点|考查点|考点定位|命题(?:意图|立意|目的)|考查(?:目标|意图|内容))\]")
_ORDINAL_LEFT = re.compile(r"\n *[一二三四五六七八九十]{1,2}[.、]?$")  # the heading of the next list, alone on its line
_SENTENCE_BEFORE = ("。 ", ". ", "? ", "! ", "分) ")
_WORD_BEFORE = re.compile(r"[^\n,;。]{1,20} ?")
_LIST_FIRST = re.compile(r"\(?1 ?[.、)]")
_COUNTED = re.compile(r"(?<![\d.])(\d{1,3}) ?[.、](?!\d)")
_NEXT_LIST = re.compile(r"\n(?:[^\n。:]{1,16}\n)? *\[(?:参考|正确)?答案\][ :]*\Z")  # below it stands the next passage's
_PURE = re.compile(r"^(?:\( ?\d{1,2} ?分 ?\))?[\s\[(:]*(?:[A-Ha-h](?:[ ,、;]*[A-Ha-h])*|[√×]|对|错|正确|错误|T|F)[\s\])。.;；,，、|]*$")


def read_items(folded: str, span: Span) -> Items:
    """The items of the list in ``span``, in the order of their places."""
    bare = _bare(folded, span)
    if bare:
        return Items(bare, counted=True)
    found: list[Item] = []
    holes: list[Span] = []
    for pattern, reader in ROW_READERS:
        for gap in _gaps(span, holes):
            for m in pattern.finditer(folded, *gap):
                items = reader(folded, m)
                if items:
                    found += items
                    holes.append((m.start(), (items[-1].explanation or items[-1].answer)[1]))
        holes.sort()
    for gap in _gaps(span, holes):
        found += _numbered(folded, gap, bool(holes))
    found.sort(key=lambda i: i.mark)
    return Items(_lost_ticks(folded, found))


def _gaps(span: Span, holes: list[Span]) -> list[Span]:
    out: list[Span] = []
    at = span[0]
    for a, b in holes:
        if at < a:
            out.append((at, a))
        at = max(at, b)
    if at < span[1]:
        out.append((at, span[1]))
    return out


def _bare(folded: str, span: Span) -> list[Item]:
    if not _BARE.fullmatch(folded, *span):
        return []
    groups = list(GROUP.finditer(folded, *span))
    marks = list(ONE_MARK.finditer(folded, *span))
    several = len(groups) > 2 and all(len(g[0]) > 1 and list(g[0]) == sorted(set(g[0])) for g in groups)  # ABD AC BCD of 多选题
    pieces = groups if several or (len(groups) * 2 >= len(marks) and len({len(g[0]) for g in groups}) == 1) else marks
    return [Item(k + 1, p.span(), p.span()) for k, p in enumerate(pieces)] if len(marks) > 1 else []


def _numbered(folded: str, span: Span, after_ranges: bool) -> Iterator[Item]:
    found = [(m, chinese_number(m["d"] or m["x"] or m["y"] or m["p"] or m["n"] or m["w"] or m["c"])) for m in _ITEM.finditer(folded, *span)]
    wholes = list(_WHOLE_QUESTION.finditer(folded, *span))
    if len(wholes) > 1 and not _PART_OF_QUESTION.search(folded, *span):
        found = [(m, int(m["n"])) for m in wholes]
    if sum(m["lead"] is not None for m, _ in found) < 2:  # 1左旋 / 2轴: numbers without a mark, a line each
        lines = [(m, int(m["n"])) for m in _LINE_NUMBER.finditer(folded, *span)]
        if len(lines) >= 2 and all(b == a + 1 for (_, a), (_, b) in pairwise(lines)):
            found = lines
    answered = [(m, number) for m, number in found if _ANSWER_SIGN.match(folded, m.end())]
    if len(answered) > 1 and answered[0] == found[0] and all(b == a + 1 for (_, a), (_, b) in pairwise(answered)):
        found = answered  # (1)[答案](1)...(2)... (2)[答案]...: the others count the points of an answer
    chain = _chain(folded, found, *span, after_ranges)
    bodies = [(m.end(), chain[k + 1][0].start() if k + 1 < len(chain) else span[1]) for k, (m, _) in enumerate(chain)]
    if len(bodies) > 1 and all(_PURE.match(folded[s : min(e, s + 60)]) for s, e in bodies[:-1]):  # short answers: the last one ends with its line
        s, e = bodies[-1]
        line = folded.find("\n", s, e)
        if line > 0 and _PURE.match(folded[s:line]) and not _EXPLAIN_CUE.search(folded, line, min(e, line + 12)):
            bodies[-1] = (s, line)
    for k, (m, number) in enumerate(chain):
        yield read_item(folded, number, m.span(), bodies[k])


def _chain(folded: str, found: list[tuple[re.Match[str], int]], start: int, end: int, after_ranges: bool) -> list[tuple[re.Match[str], int]]:
    """The numbers that count the items: at the start of a line, or in line after a short answer, one after the other."""
    by_line = sum(1 for m, _ in found if m["lead"] is not None)
    chain: list[tuple[re.Match[str], int]] = []
    opens = found[0][0] if found and not folded[start : found[0][0].start()].strip(" \n*:") else None  # 答案：1. ...
    first = opens or (next((m for m, _ in found if m["lead"] is not None), found[0][0]) if found else None)
    bracketed = bool(first and first.groupdict().get("p"))
    sign = first.groupdict().get("q") if first else None
    for k, (m, number) in enumerate(found):
        if bool(m.groupdict().get("p")) != bracketed:
            continue
        following = found[k + 1][0].start() if k + 1 < len(found) else end
        pure = bool(_PURE.match(folded[m.end() : min(following, m.end() + 24)]))
        last = chain[-1][1] if chain else 0
        at_line = m["lead"] is not None
        if not chain:
            if at_line or pure or number == 1 or m is opens:
                chain.append((m, number))
        elif number == last + 1:
            between = folded[chain[-1][0].end() : min(m.start(), chain[-1][0].end() + 60)]
            lined = any(n == number and x["lead"] is not None for x, n in found[k + 1 : k + 12])
            listed = _counts_points(folded, found[k - 1], chain[-1], number)
            beside = len(between) <= 40 and (by_line * 3 < len(found) or by_line <= 1) and not listed
            if not (beside or lined or listed) and m.groupdict().get("q") in (sign, chain[-1][0].groupdict().get("q")):  # a page in one paragraph: 1、长句。 2、长句。
                beside = folded.endswith(("。", "。 ", "分)", "分) "), start, m.start()) or (not by_line and folded.endswith(_SENTENCE_BEFORE, start, m.start()))
            if not (beside or lined or listed) and _WORD_BEFORE.fullmatch(between):  # 1.水 2.三角形, where the longer answers have lines of their own
                after = found[k + 1] if k + 1 < len(found) else None
                beside = between.endswith(" ") or after is None or (after[1] == number + 1 and after[0]["lead"] is not None)
            if at_line or pure or _ANSWERED.match(folded, m.end()) or _PURE.match(between) or beside:
                chain.append((m, number))
        elif last + 1 < number <= last + (400 if at_line and pure else 40 if after_ranges else 4) and (at_line or pure) and not any(
            n == last + 1 and x["lead"] is not None for x, n in found[k + 1 : k + 12]
        ):
            chain.append((m, number))
    return chain


def _counts_points(folded: str, before: tuple[re.Match[str], int], last: tuple[re.Match[str], int], number: int) -> bool:
    """Whether a number counts on from a point inside the answer of the last item: 1.措施：1.甲。2.乙。"""
    if folded[last[0].end()] == "(" and last[0].end() <= before[0].start() <= last[0].end() + 1:
        return False  # 1.(1)游标卡尺 2.(2)前: the number of the right option
    return before[1] == number - 1 and (before[0] is not last[0] or _LIST_FIRST.match(folded, before[0].end()) is not None)


def read_item(folded: str, number: int, mark: Span, body: Span) -> Item:
    """One item, whose ``body`` stands behind its number; that of one whose parts are answered each is left whole."""
    if PART.match(folded, *strip(folded, body)):
        return Item(number, mark, strip(folded, body))
    note = _NOTE.search(folded, *body)
    start, end = strip(folded, (body[0], note.start()) if note else body, "*|")
    points = _POINTS.match(folded, start, end)
    if points:
        start = points.end()
    cue = _ANSWER_CUE.match(folded, start, end)
    if cue:
        start = cue.end()
    explain = _EXPLAIN_CUE.search(folded, start, end)
    answer_end = explain.start() if explain else end
    topic = _TOPIC.search(folded, start, answer_end) if explain else None
    if topic:  # 【答案】D 【考点】... 【解析】...
        answer_end = topic.start()
    explains = explain and (_EXPLAINED_BY_PARTS.match(folded, explain.end(), end) or explain).end()
    explanation = strip(folded, (explains, end), "*") if explains else None
    if not cue:
        inner = _ANSWER_CUE.search(folded, start, min(answer_end, start + 200))
        if inner and inner.start() > start and folded[inner.start()] == "[":
            start = inner.end()
        elif explain and answer_end <= start + 1:  # 1.[解析]... [答案]A
            late = _LATE.search(folded, explain.end(), end)
            if late:
                explanation = strip(folded, (explain.end(), late.start()), "*")
                start, answer_end = late.end(), end
    answer = strip(folded, (start, answer_end), "*|;")
    heading = _ORDINAL_LEFT.search(folded, *answer)
    if heading:
        answer = strip(folded, (answer[0], heading.start()))
    said = folded[slice(*answer)]
    if said.startswith("[") and said.endswith("]") and said.count("]") == 1:
        answer = strip(folded, (answer[0] + 1, answer[1] - 1))
    return Item(number, mark, answer, explanation if explanation and explanation[0] < explanation[1] else None)


def explained_in_a_list(folded: str, items: list[Item]) -> list[Item]:
    """1.√2.×解析：1.... 2.... explains each item before it that has no explanation; what begins at 1 and is shorter are points of the last."""
    out: list[Item] = []
    group: list[Item] = []  # the items since the last explanation
    for item in items:
        group.append(item)
        if item.explanation is not None:
            out += _explained_each(folded, group, item.explanation)
            group = []
    return [*out, *group]


def _explained_each(folded: str, group: list[Item], explanation: Span) -> list[Item]:
    numbers = [i.number for i in group]
    pieces: list[re.Match[str]] = []
    for m in _COUNTED.finditer(folded, *explanation) if len(group) > 1 else ():
        if int(m[1]) in numbers and (not pieces or int(m[1]) > int(pieces[-1][1])):
            pieces.append(m)
    said = [int(m[1]) for m in pieces]
    if not pieces or pieces[0].start() != explanation[0] or (said[0] == numbers[0] and said != numbers):
        return group
    next_list = _NEXT_LIST.search(folded, *explanation)
    ends = [*(m.start() for m in pieces[1:]), next_list.start() if next_list else explanation[1]]
    given = {n: strip(folded, (m.end(), end)) for n, m, end in zip(said, pieces, ends, strict=True)}
    return [replace(i, explanation=given.get(i.number)) for i in group]


def whole(folded: str, span: Span) -> Item:
    """All of a list without numbers as the answer of its section's one question."""
    return read_item(folded, 1, (span[0], span[0]), span)


def _lost_ticks(folded: str, items: list[Item]) -> list[Item]:
    """``1. 2.× 3. 4.×``: the ticks were lost on the way; empty means right only where crosses stand in the same list."""
    words = [folded[i.answer[0] : i.answer[1]].strip(" \n,;、。()[]") for i in items]
    if len(items) < 3 or not any(w == "×" for w in words) or not any(not w for w in words) or any(w not in ("", "×") for w in words):
        return items
    if any(b.number != a.number + 1 for a, b in pairwise(items)):
        return items
    return [i if w else Item(i.number, i.mark, i.answer, i.explanation, "√") for i, w in zip(items, words, strict=True)]
