"""An answer key cut into lists (答案分列) by the headings inside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from .fold import fold
from .heading_marks import COUNT_NOTE
from .key_items import explained_in_a_list, read_items, whole
from .key_rows import Item
from .key_signs import LETTERS_OF_SECTION, MARK, key_begins
from .numerals import chinese_number
from .outlined import Key, Span
from .question_types import OPEN_TYPES, type_named

_CN = "一二三四五六七八九十"
_CHAPTER = re.compile(
    rf"[ *#>]*(?:第 ?[{_CN}百\d]{{1,4}} ?[章单套卷部篇讲节课]|(?:Part|Chapter|Unit|Test|Module)\b|(?:练习|习题|试卷|试题|模拟(?:试[卷题])?|测试)[ (]?(?:[{_CN}\d]{{1,3}}))"  # noqa: E501
)
_NUMBERED_PAPER = rf"[^\n\d。,;:()]{{0,10}}(?:试题|试卷|[测模练]..?题|测试|练习|作业)[ (]{{0,2}}[{_CN}\d]{{1,3}}\)?"
_HEADING = re.compile(
    rf"(?:^|(?<=\n))[ *#>]*(?:第[{_CN}百\d]{{1,4}} ?(?:章|节|部分|单元|套|篇|卷|讲|课)[^\n]{{0,40}}"
    rf"|{_NUMBERED_PAPER}(?: ?\([^)\n]{{0,30}}\))?[ ]*(?=\n|$)"
    rf"|(?:[{_CN}]{{1,3}} ?[.、)]|\([{_CN}]{{1,2}}\)[.、]?|[ⅠⅡⅢⅣⅤ][.、]?|(?:I{{1,3}}|I?V|VI{{0,3}}|I?X)[.、])[^\n]{{0,60}}"
    r"|[^\n。;:,]{2,40}答案(?:[及与和](?:答案)?解析)?[ :]*(?=\n|$)"
    r"|(?:Part|PART|Section|SECTION) (?:[A-Z]|[IVX]{1,4}|\d{1,2})\b[^\n]{0,60}"
    r"|(?!\[?问题)\[?[^\n\d。,;:]{0,10}题(?:参考答案|答案)?\]?(?:\([^)\n]{0,60}\))?[: ]*(?=\n|$|\(?1[^\d]))"
)
_INLINE_HEADING = re.compile(
    rf"(?<=[^\n{_CN}第])(?:第 ?\d{{1,2}} ?卷(?:参考)?答案 ?)?(?:[{_CN}]{{1,2}}[.、)] ?)(?P<t>(?:(?![{_CN}][、.])[^\n\d。;；,，()]){{0,14}}?(?:\([^)\n]{{0,60}}\)| ?{COUNT_NOTE})?)[:：]? ?(?=[(\[]?\d{{1,3}} ?[.、:)\-~\[])"  # noqa: E501
)
_LETTERED_HEADING = re.compile(
    rf"(?:^|(?<=\n)|(?<={MARK})|(?<={MARK} )|(?<=案)"
    rf"|(?<=[案:] )|(?<=案:)|(?<=[ 。])(?=[{_CN}]{{1,2}}[、.][^\n\d。;,()]{{1,8}}题)){LETTERS_OF_SECTION}"
)
_LETTERED_TITLE = re.compile(rf"[ *#>]*{LETTERS_OF_SECTION}")
_ANEW = re.compile(r"(?<=\n)[ *#>]*(?:第 ?)?[(\[]?1 ?[.、:)\]~题-]")
_KEY_OF_PAPER = re.compile(r"(?:卷|题|练习|测试|测验|作业|[)\d一二三四五六七八九十]) ?(?:参考)?答案(?:[及与和](?:答案)?解析)?[ :]*$")
_COUNT_NOTE = re.compile(COUNT_NOTE)
_FIRST_ITEM = re.compile(
    r"(?<![\d第-])[(\[]?\d{1,3} ?(?:[-~.、:)\[(\]]|(?=[A-H√×]))|(?<![\d.])\d(?: ?\d){2,120} ?(?=[A-H√×](?: ?[A-H√×]){2})"
)
_IN_BRACKETS = re.compile(rf"[(\[](?: ?([{_CN}\d]{{1,3}}|[A-Z]) ?[)\]]|[^)\]]*[)\]])")
_LONGEST_TITLE = 80
_NEXT_ITEM = re.compile(r"[ *|\n]*(?:题号|[(\[]?\d{1,3}|第 ?\d|[A-H√×对错TF](?:[A-H√×对错TF ,、]|\n|$)|答:)")


@dataclass(slots=True)
class ItemList:
    """The items under one heading of a key; ``title`` and ``path`` (chapter) as printed, or empty."""

    title: str
    path: str
    items: list[Item]
    counted: bool = False
    alone: bool = False  # the answer of a section's only question, which has no number

    @property
    def ordinal(self) -> int:
        m = re.match(rf"[ *#>]*\(?([{_CN}]{{1,3}}) ?[.、)]", self.title)
        return chinese_number(m[1]) if m else 0


_PART = re.compile(rf"[ *#>]*第[{_CN}]节[ :]*")
_BARE_ORDINAL = re.compile(rf"[ *#>(]*[{_CN}]{{1,3}} ?[.、)][ *:]*")  # 四、 alone: its question may have no number


def key_lists(folded: str, key: Key, titles: set[str], holes: list[Span]) -> list[ItemList]:
    """The item lists of one key region, outside of ``holes``. ``titles`` are the words of the paper's own headings."""
    line = folded[folded.rfind("\n", 0, key.span[0] - 1) + 1 : key.span[0]].strip(" \n:")
    opening = words_of(line)
    title = next((t for (_, b), t in key.headings if b <= key.span[0]), line if len(line) <= _LONGEST_TITLE and type_named(line) else "")
    path = line if opening and not title and len(line) < 40 and _CHAPTER.search(line) else ""
    lists: list[ItemList] = []
    start, composes = key.span[0], False  # whether 第一节 stands below 写作 or the like
    cuts = [cut for cut in _cuts(folded, key, titles) if not any(s <= cut[0] < e for s, e in holes)]
    for a, b, text in [*sorted([*cuts, *((s, e, "") for s, e in holes)]), (key.span[1], key.span[1], "")]:
        if start < a:
            found = read_items(folded, (start, a))
            if found.items:
                lists.append(ItemList(title, path, explained_in_a_list(folded, found.items), found.counted))
            elif (composes or type_named(title) in OPEN_TYPES or _BARE_ORDINAL.fullmatch(title)) and len(folded[start:a].strip()) > 1:
                lists.append(ItemList(title, path, [whole(folded, (start, a))], alone=True))
        if text:
            above = folded[folded.rfind("\n", 0, max(0, a - 1)) + 1 : a].strip()
            composes = _PART.fullmatch(text) is not None and (composes or type_named(above) in OPEN_TYPES)
        if text and _of_paper(text, titles) and not (composes or type_named(text)):
            path, title = text, ""
        elif text:
            title = text
        start = b
    return lists


def begun_anew(folded: str, span: tuple[int, int], counts: list[list[int]]) -> list[ItemList]:
    """The lists of a key without headings whose numbers begin anew, where each has just the numbers of one section, in order; else none."""
    starts = [span[0], *(m.start() for m in _ANEW.finditer(folded, *span) if folded[span[0] : m.start()].strip(" \n:"))]
    if len(starts) != len(counts):
        return []
    lists = [ItemList("", "", read_items(folded, piece).items) for piece in zip(starts, [*starts[1:], span[1]], strict=True)]
    return lists if [[i.number for i in ls.items] for ls in lists] == counts else []


def _of_paper(text: str, titles: set[str]) -> bool:
    """Whether a heading of a key names a chapter, or one of several papers: ...模拟试卷(二)参考答案."""
    if _CHAPTER.match(text) or re.fullmatch(_NUMBERED_PAPER, text.strip()):
        return True
    return bool(_KEY_OF_PAPER.search(text) and (_CHAPTER.search(text) or words_of(text) in titles))


def _cuts(folded: str, key: Key, titles: set[str]) -> list[tuple[int, int, str]]:
    """Where the headings of a key begin and end, with their text; the first item may be glued to one."""
    cuts: list[tuple[int, int, str]] = []
    for (a, b), text in key.headings:
        if a >= key.span[0]:
            glued = _glued_item(folded, text, a)
            cuts.append((a, a + glued if glued else b, text[:glued] if glued else text))
    taken = sorted((a, b) for a, b, _ in cuts)
    for pattern in (_LETTERED_HEADING, _HEADING, _INLINE_HEADING):
        for m in pattern.finditer(folded, *key.span):
            k = bisect_left(taken, (m.start() + 1, 0))
            if (k and taken[k - 1][1] > m.start()) or (k < len(taken) and taken[k][0] < m.end()):
                continue
            text = m[0]
            glued = _glued_item(folded, re.sub(r"\([^)]*\)", lambda x: " " * len(x[0]), text), m.start())
            end = m.start() + glued if glued else m.end()
            text = folded[m.start() : end]
            own = words_of(text) in titles and words_of(text)
            if own or _of_paper(text, titles) or type_named(text) or _NEXT_ITEM.match(folded, end):
                cuts.append((m.start(), end, text))
        taken = sorted((a, b) for a, b, _ in cuts)
    return sorted(cuts)


def _glued_item(folded: str, text: str, at: int) -> int:
    """Where the first item begins that is glued to a heading at ``at``, counted from there; 0 if none. A chapter's own number is none."""
    lettered = _LETTERED_TITLE.match(text)
    if lettered:
        return lettered.end()
    text = _COUNT_NOTE.sub(lambda x: " " * len(x[0]), text)
    chapter = _CHAPTER.match(text)
    m = _FIRST_ITEM.search(text.rstrip(), chapter.end() if chapter else 0)
    return m.start() if m and (not chapter or key_begins(folded, at + m.start())) else 0


def words_of(title: str, ordinals: bool = False) -> str:
    """The words of a heading for comparing it with another, without notes in brackets; ``ordinals``: (二) stays."""
    text = _IN_BRACKETS.sub(lambda m: m[1] if ordinals and m[1] else "", fold(title))
    text = re.sub(rf"^[ *#>]*(?:[{_CN}]{{1,3}} ?[.、) ]+|\([{_CN}]{{1,2}}\))", "", text)
    return re.sub(r"附|参考答案|标准答案|正确答案|答案|与解析|及解析|解析|要点|[ *#:。.、()\[\]]", "", text)
