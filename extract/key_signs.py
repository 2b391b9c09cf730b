"""Whether an answer key (答案) begins at a place: numbers that are each answered at once, ranges, rows of a table, bare letters.

Only the surface is looked at, a few hundred characters ahead; what the items say is read in ``key_items.py``.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .heading_marks import COUNT_NOTE

# one printed answer of a choice or a judgement, with or without its bracket
ONE = r"[\[(]? ?(?:[A-H](?:[,、; ]{0,2}[A-H]){0,7}(?![A-Za-z])|[√×]|对|错|正确|错误|[TF](?![A-Za-z]))(?: ?[\])])?"
CELL = r"[\[(]?(?:[A-H]{1,8}|[√×]|对|错|正确|错误|[TF])[\])]?"  # the same in a cell: no blank inside, so that a row splits one way only
MARK = r"[A-H√×对错TF]"
RANGE = r"(?<!\d)(?<!\d\.)(?P<first>\d{1,3}) ?(?:题)? ?(?:-{1,3}|~|至|到) ?(?P<last>\d{1,3}) ?(?:小?题)?"
SPACE = r"[ |:\n-]{0,16}"
NUMBER_ROW = r"[ *|]{0,8}(?:题 ?号|序 ?号|题 ?目)?[ |:\n]{0,16}(?P<numbers>\d{1,3}(?:[ |\n]{1,8}\d{1,3}){1,60})(?:[ |]{0,8}\n|[ |]{1,8}(?=答 ?案[ |:]))"
ANSWER_ROW = rf"{SPACE}(?:(?:参考|正确)?答 ?案)?[ |:\n]{{0,16}}(?P<answers>{CELL}(?:[ |\n]{{1,8}}{CELL}){{1,60}})(?=[ |]{{0,8}}(?:\n|$|[一二三四五六七八九十]{{1,2}}、|题 ?号|\d{{1,3}} ?[.、](?!\d)))"
# the same with answers in words; a grid for the taker to fill holds none
WORD_ROWS = rf"(?=题 ?号){NUMBER_ROW}[ |:\n-]{{0,16}}(?:参考|正确)?答 ?案[ |:]{{1,16}}(?P<answers>[^\s|:_](?:(?!题 ?号)[^\n])*)"
# both rows in a line or two, the cells with a blank between them or with nothing
ROWS_IN_LINE = rf"(?<![\d.])(?:题 ?号[ \n]?)?(?P<numbers>\d(?: ?\d){{2,120}})[ \n]?(?:答 ?案[ \n]?)?(?P<answers>{MARK}(?: ?{MARK}){{1,60}})(?![A-Za-z])"

_HEADING = (
    r"(?:[ *#>]{0,8}(?:(?:第[一二三四五六七八九十\d]{1,3}[章节单套部卷]|Part [A-Z])[^\n\d]{0,24}[\n ][ *#>]{0,8})?"
    r"(?:[一二三四五六七八九十]{1,3}[.、)]|\([一二三四五六七八九十]{1,2}\)|[ⅠⅡⅢⅣⅤ][.、]?|(?=[^\n\d]{0,8}题))"
    r"(?:[^\n\d()。?!]|(?<=[ABX])\d){0,18}(?:\([^)\n]{0,60}\)|\[[^\]\n]{0,60}\]|"
    rf"{COUNT_NOTE})?[ :*]{{0,4}}\n{{0,3}})?"
)
_ITEM = r"[ *]{{0,4}}(?:第 ?)?[\[(]? ?(?P<{0}>\d{{1,3}}) ?(?:小?题)?[\])]?(?: ?[.、:)-]{{1,3}})? ?(?:\( ?\d{{1,2}} ?分 ?\) ?)?(?:\n{{0,3}} ?\[?(?:参考|正确)?答案(?:[及与和]解析)?\]? ?:? ?)?"
_TWO_ITEMS = re.compile(_ITEM.format("a") + ONE + r"[ ,;、。.*\n]{0,6}" + _ITEM.format("b") + rf"(?:{ONE}|(?=[\[(]?\d{{1,3}} ?[.、:)]))")
_ITEM_EXPLAINED = re.compile(
    _ITEM.format("a") + r"(?:(?<=答案[\]:])|(?<=解析\])|" + ONE + r"(?:[.、] ?[^\s。?!:;][^\n。?!:;]{0,60}?)?[ 。.;\n]{0,4}\[?(?:答案|试题)?(?:解析|详解|分析)\]?)"
)
_ITEM_ALONE = re.compile(_ITEM.format("a") + ONE + r"[ 。.;]{0,4}(?:\n|$)")
_RANGE = re.compile(rf"[ *\[(第]{{0,4}}{RANGE}[.、:)\]]{{0,3}} {{0,8}}\n?{MARK}[ ,、;]{{0,4}}{MARK}")
_ROWS_IN_LINE = re.compile(rf" {{0,4}}{ROWS_IN_LINE}")
_ROWS = re.compile(NUMBER_ROW + ANSWER_ROW)
_WORD_ROWS = re.compile(rf"[ *|]{{0,8}}{WORD_ROWS}")
_LETTERS = re.compile(rf" {{0,8}}(?P<run>{MARK}(?:[ ,、]{{0,4}}{MARK}){{1,400}})[ 。]{{0,8}}(?:\n|$|(?=[一二三四五六七八九十]{{1,2}}、))")
_SAID_FIRST = r"(?:[A-H]{1,5}(?: ?[。,:.])?|(?:[√×]|正确|错误|[对错])[。,]) ?"
_EXPLAINED = re.compile(  # 1.B由...可知，...故选B项 / 2.D ... / 3.×。...: each letter or mark right before what explains it
    rf"[ *\n]{{0,4}}(?P<a>\d{{1,3}}) ?[.、] ?{_SAID_FIRST}(?=[一-鿿《“(])[^\n]*(?:\n(?! *\d{{1,3}} ?[.、])[^\n]*){{0,12}}"
    rf"\n *(?P<b>\d{{1,3}}) ?[.、] ?{_SAID_FIRST}(?=[一-鿿《“(\n])"
)
# 一、BCAD二、AAB: each section's letters right behind its ordinal, or its type: 二、判断题：√ × √, 判断：√ ×
LETTERS_OF_SECTION = (
    r"(?:[一二三四五六七八九十]{1,2}[、.] ?(?:[^\n\d。;,()]{1,8}题(?:\([^)\n]{0,60}\))?(?: ?[: ]))? ?"
    r"|(?:(?:单|多|不定)项?选(?:择题?|题)?|选择题?|判断题?|是非题)(?:\([^)\n]{0,60}\))? ?: ?)"
    rf"(?={MARK}(?:(?: |、|, ?)?{MARK}){{1,60}}[。 ]?(?:[一二三四五六七八九十\s]|$))"
)
_FIRST_SECTION = re.compile(rf"(?=[一单多不选判是]){LETTERS_OF_SECTION}")
_HEADED = re.compile(_HEADING)
_NUMBERED = re.compile(r"[ *|:\n\[(第题序号目]{0,40}\d")  # what a range, a row of numbers and an item all begin with
_INSIDE = re.compile(
    r"\d ?[-~至到] ?\d{1,3} ?[:.、)]? ?[\[(]?[A-H√×对错](?:[ ,、]?[A-H√×对错]){2}"
    r"|(?:\d{1,3} ?[.、):]? ?[\[(]?[A-H√×]{1,5}[\])]?[ ,;、\n\t]+){3}"
)


def key_begins(folded: str, at: int) -> int:
    """How surely a key begins at ``at``, where a heading may come first: 0 not, 1 a single short answer, 2 a list, a range or a table."""
    while at < len(folded) and folded[at] in " \n:*#=-":
        at += 1
    if _FIRST_SECTION.match(folded, at):
        return 2
    heading = _HEADED.match(folded, at)
    after = heading.end() if heading else at
    for place in (at, after) if after > at else (at,):
        if not _NUMBERED.match(folded, place):
            continue
        if _RANGE.match(folded, place) or _ROWS.match(folded, place) or _WORD_ROWS.match(folded, place):
            return 2
        row = _ROWS_IN_LINE.match(folded, place)
        if row and numbers_in_row(row["numbers"], len(re.findall(MARK, row["answers"]))):
            return 2
        m = _TWO_ITEMS.match(folded, place)
        if m and int(m["b"]) == int(m["a"]) + 1:
            return 2
        if _ITEM_EXPLAINED.match(folded, place):
            return 2
    m = _LETTERS.match(folded, after)
    if m:
        marks = re.findall(MARK, m["run"])
        headed = after > at and "\n" in folded[at:after]
        if headed or (len(marks) > 2 and any(b <= a for a, b in pairwise(marks))):  # the letters of one answer rise: ABD, never BCA
            return 2
    return 1 if _NUMBERED.match(folded, after) and _ITEM_ALONE.match(folded, after) else 0


def numbers_in_row(digits: str, count: int) -> int:
    """The first of ``count`` numbers that go on one by one, printed with or without blanks between them; 0 where the digits are none such."""
    digits = digits.replace(" ", "")
    for length in (1, 2, 3):
        first = int(digits[:length])
        if first and digits == "".join(str(first + k) for k in range(count)):
            return first
    return 0


def explains_letters(folded: str, at: int) -> bool:
    """Whether two items begin at ``at`` that are a letter and its explanation each. Only behind a heading that says 答案: see A型血."""
    m = _EXPLAINED.match(folded, at)
    return m is not None and int(m["b"]) == int(m["a"]) + 1


def holds_key(folded: str) -> bool:
    """Whether a text that should hold no answers holds several items of a key: 1-5 ABCDA, or 1.A 2.B 3.C."""
    return _INSIDE.search(folded) is not None
