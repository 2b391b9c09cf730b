"""Answer keys at the end of a section, chapter or document (答案页): lists, ranges, tables -> the questions they belong to.

A key region is cut into items (number, printed answer, explanation), item lists are kept apart by the headings inside the key, and each
list goes to the run of questions that it fits: by the heading's words, by its ordinal, else in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .fold import fold
from .markers import chinese_number
from .outline import Draft, Key, Outline, Span
from .question_types import type_named
from .stem import strip

_ITEM = re.compile(
    r"(?P<lead>(?:^|(?<=\n))[ >*#|•·-]*)?(?<![\dA-Za-z.])(?:第 ?(?P<d>\d{1,3}) ?(?:小题|题)[.、:)]?|[(\[] ?(?P<p>\d{1,3}) ?[)\]][.、:]?|(?:材料|案例)(?P<c>[一二三四五六七八九十])(?=[ *:]*\n)|(?P<n>\d{1,3}) ?(?P<q>[.、:)]+|-(?=[A-H√×])|(?= ?[(\[]?[A-H√×]{1,6}(?:[\s)\]]|$))))[* ]*"
)
_RANGE = re.compile(
    r"(?<![\d.])(\d{1,3}) ?(?:-|~|至|到|—)+ ?(\d{1,3}) ?(?:题|小题)?[.、:)\] ]*((?:[ ,、;]*[A-H√×TF对错]){2,})(?![A-Za-z])"
)
_ANSWER_CUE = re.compile(r"\[?(?:参考|正确|标准)?答案\]? ?[:]? ?|\[答\]|答:|解:")
_EXPLAIN_CUE = re.compile(r"\[?(?:答案|试题|题目)?(?:解析|详解|分析|解答|思路)\]? ?[:]|\[(?:答案|试题|题目)?(?:解析|详解|分析|解答)\]|(?:^|(?<=\n)) *(?:答案)?解析(?= *\n)")
_PURE = re.compile(r"^[\s\[(]*(?:[A-Ha-h](?:[ ,、;]*[A-Ha-h])*|[√×]|对|错|正确|错误|T|F)[\s\])。.;；,，、]*$")
_HEADING = re.compile(r"(?:^|(?<=\n))[ *#>]*(?:(?:第[一二三四五六七八九十\d]{1,3}(?:章|节|部分|单元|套|篇|卷|讲)|[一二三四五六七八九十]{1,2}[.、)]|\([一二三四五六七八九十]{1,2}\)|[ⅠⅡⅢⅣⅤ])[^\n]{0,40}|[^\n\d]{0,6}(?:题)(?:答案|参考答案)?:? *(?=\n|$))")
_INLINE_HEADING = re.compile(r"(?<=[\s。;；A-H√×])(?:[一二三四五六七八九十]{1,2}[.、)] ?)(?:[^\n\d。;；,，]{0,14}?)(?=[:：]? ?\(?1 ?[.、:)\-~])")


@dataclass(frozen=True, slots=True)
class Item:
    """One answer of a key: its number, the span of the printed answer, and of its explanation."""

    number: int
    mark: Span
    answer: Span
    explanation: Span | None
    text: str | None = None  # a letter out of a range, where the span is the letter


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items under one heading of a key (title folded, or empty)."""

    title: str
    path: str
    items: list[Item]
    span: Span


def read_key(folded: str, key: Key) -> list[ItemList]:
    """The item lists of one key region."""
    cuts: list[tuple[int, int, str]] = [(s[0], s[1], t) for s, t in key.headings]
    for m in _HEADING.finditer(folded, *key.span):
        if not any(a <= m.start() < b or m.start() <= a < m.end() for a, b, _ in cuts) and not re.match(r"[ *#>]*\d", m[0]):
            end = m.end()
            glued = re.search(r"(?<![\d第-])\(?1 ?[-~.、:)]", m[0])
            cuts.append((m.start(), m.start() + glued.start() if glued else end, m[0][: glued.start() if glued else None]))
    for m in _INLINE_HEADING.finditer(folded, *key.span):
        if not any(a <= m.start() < b for a, b, _ in cuts):
            cuts.append((m.start(), m.end(), m[0]))
    cuts.sort()
    lists: list[ItemList] = []
    path = ""
    start = key.span[0]
    title = next((t for (_, b), t in key.headings if b <= key.span[0]), "")  # the heading that opened the key
    for a, b, text in [*cuts, (key.span[1], key.span[1], "")]:
        if start < a:
            items = list(_items(folded, (start, a)))
            if items:
                lists.append(ItemList(title, path, items, (start, a)))
        if re.match(r"[ *#>]*第.{1,4}[章单套卷节讲]|[ *#>]*(?:Part|Chapter|Unit)", text):
            path, title = text, ""
        elif text:
            title = text
        start = b
    return lists


def _items(folded: str, span: Span) -> Iterator[Item]:
    ranges = list(_RANGE.finditer(folded, *span))
    covered: list[Span] = []
    for m in ranges:
        first, last = int(m[1]), int(m[2])
        marks = list(re.finditer(r"[A-H√×TF对错]", folded[m.start(3) : m.end(3)]))
        groups = list(re.finditer(r"[A-H√×TF对错]+", folded[m.start(3) : m.end(3)]))
        wanted = last - first + 1
        pieces = marks if len(marks) == wanted else groups if len(groups) == wanted else []
        if not pieces:
            continue
        covered.append(m.span())
        for k, piece in enumerate(pieces):
            at = (m.start(3) + piece.start(), m.start(3) + piece.end())
            yield Item(first + k, at, at, None)
    rest = [span]
    for hole in covered:
        rest = [p for s in rest for p in ((s[0], max(s[0], hole[0])), (min(s[1], hole[1]), s[1])) if p[0] < p[1]] if covered else rest
    for piece_span in rest:
        yield from _numbered(folded, piece_span)


def _numbered(folded: str, span: Span) -> Iterator[Item]:
    found = [(m, int(m["d"] or m["p"] or m["n"] or chinese_number(m["c"]))) for m in _ITEM.finditer(folded, *span)]
    chain = _chain(folded, found, span[1])
    for k, (m, number) in enumerate(chain):
        end = chain[k + 1][0].start() if k + 1 < len(chain) else span[1]
        yield _item(folded, number, m.span(), (m.end(), end))


def _chain(folded: str, found: list[tuple[re.Match[str], int]], end: int) -> list[tuple[re.Match[str], int]]:
    """The numbers that count the items: at the start of a line, or in line after a short answer, one after the other."""
    by_line = sum(1 for m, _ in found if m["lead"] is not None)
    chain: list[tuple[re.Match[str], int]] = []
    bracketed = bool(found and next((m for m, _ in found if m["lead"] is not None), found[0][0])["p"])
    for k, (m, number) in enumerate(found):
        if bool(m["p"]) != bracketed:
            continue
        following = found[k + 1][0].start() if k + 1 < len(found) else end
        pure = bool(_PURE.match(folded[m.end() : following]))
        last = chain[-1][1] if chain else 0
        at_line = m["lead"] is not None
        if not chain:
            if at_line or pure or number == 1:
                chain.append((m, number))
        elif number == last + 1:
            between = folded[chain[-1][0].end() : m.start()]
            if at_line or pure or _PURE.match(between) or (len(between) <= 40 and by_line * 3 < len(found)):
                chain.append((m, number))
        elif last + 1 < number <= last + 4 and (at_line or pure) and not any(n == last + 1 and x["lead"] is not None for x, n in found[k + 1 : k + 12]):
            chain.append((m, number))
    return chain


def _item(folded: str, number: int, mark: Span, body: Span) -> Item:
    start, end = strip(folded, body, "*")
    cue = _ANSWER_CUE.match(folded, start, end)
    if cue:
        start = cue.end()
    explain = _EXPLAIN_CUE.search(folded, start, end)
    answer_end = explain.start() if explain else end
    explanation = strip(folded, (explain.end(), end), "*") if explain else None
    if not cue:
        inner = _ANSWER_CUE.search(folded, start, min(answer_end, start + 200))
        if inner and inner.start() > start and folded[inner.start()] == "[":
            start = inner.end()
    return Item(number, mark, strip(folded, (start, answer_end), "*"), explanation if explanation and explanation[0] < explanation[1] else None)


def belongs(folded: str, outline: Outline, lists: list[ItemList], before: int) -> list[tuple[Draft, Item]]:
    """Gives each item of a key to its question. ``before``: only drafts that begin before this place, the key's own, are meant."""
    drafts = [d for d in outline.drafts if d.mark[0] < before and (d.number is not None or d.style == "case")]
    runs: list[list[Draft]] = []
    for d in drafts:
        if not runs or d.section != runs[-1][-1].section:
            runs.append([])
        runs[-1].append(d)
    pairs: list[tuple[Draft, Item]] = []
    used: set[int] = set()
    position = 0
    for item_list in lists:
        k = _best_run(outline, runs, used, item_list, position)
        if k is None:
            numbers = {id(d) for d, _ in pairs}
            by_number: dict[int, Draft] = {}
            for d in drafts:
                if id(d) not in numbers and d.number is not None:
                    by_number.setdefault(d.number, d)
            pairs += [(by_number[i.number], i) for i in item_list.items if i.number in by_number]
            continue
        used.add(k)
        position = k + 1
        table: dict[int | None, Draft] = {}
        for d in runs[k]:
            if d.action != "sub":
                table.setdefault(d.number if d.number is not None else d.parent, d)
        last = max((n for n in table if n is not None), default=0)
        for d in runs[k]:  # sub-questions are counted on by keys that number every answer
            if d.action == "sub":
                last += 1
                table.setdefault(last, d)
        missed = []
        for i in _split_by_parts(folded, item_list.items, runs[k]):
            if i.number in table:
                pairs.append((table[i.number], i))
            elif i.number > max(n for n in table if n is not None):
                missed.append(i)
        if missed:  # one list of numbers runs over several sections
            later = {d.number: d for r in runs[k + 1 :] for d in reversed(r)}
            pairs += [(later[i.number], i) for i in missed if i.number in later]
    return pairs


def _split_by_parts(folded: str, items: list[Item], run: list[Draft]) -> list[Item]:
    """``33. B B D`` answers the three sub-questions of 33: one item each, numbered on from the last question of the run."""
    subs: dict[int, int] = {}
    for d in run:
        if d.action == "sub" and d.parent is not None:
            subs[d.parent] = subs.get(d.parent, 0) + 1
    if not subs:
        return items
    last = max((d.number for d in run if d.action != "sub" and d.number is not None), default=0)
    out: list[Item] = []
    for i in items:
        letters = list(re.finditer(r"[A-H√×]+", folded[i.answer[0] : i.answer[1]]))
        if i.number in subs and len(letters) == subs[i.number]:
            for m in letters:
                last += 1
                span = (i.answer[0] + m.start(), i.answer[0] + m.end())
                out.append(Item(last, i.mark, span, None))
        else:
            out.append(i)
    return out


def _best_run(outline: Outline, runs: list[list[Draft]], used: set[int], wanted: ItemList, position: int) -> int | None:
    named = type_named(fold(wanted.title))
    title = _words(wanted.title)
    chapter = _words(wanted.path)
    best: tuple[float, int] | None = None
    for k, run in enumerate(runs):
        if k in used:
            continue
        section = outline.sections[run[0].section] if run[0].section >= 0 else None
        score = 0.0
        numbers = {d.number if d.number is not None else d.parent for d in run}
        score += 2.0 * sum(i.number in numbers for i in wanted.items) / max(1, len(wanted.items))
        score += 1.0 * min(len(run), len(wanted.items)) / max(len(run), len(wanted.items))
        if section:
            own = _words(section.path[-1])
            if title and own and (own == title or own in title or title in own):
                score += 4.0
            elif named and section.type == named:
                score += 3.0
            elif title and named and section.type and section.type != named:
                score -= 4.0
            if chapter:
                score += 4.0 if any(chapter in _words(p) or _words(p) in chapter for p in section.path[:-1] or section.path) else -2.0
        score += 0.8 if k == position else 0.4 if k > position else -0.5
        if score > (best[0] if best else 1.2):
            best = (score, k)
    return best[1] if best else None


def _words(title: str) -> str:
    text = re.sub(r"[(\[][^)\]]*[)\]]", "", fold(title))
    text = re.sub(r"^[ *#>]*(?:[一二三四五六七八九十]{1,3}[.、) ]+|\([一二三四五六七八九十]{1,2}\))", "", text)
    return re.sub(r"参考答案|答案|要点|[ *#:。.、()]", "", text)
