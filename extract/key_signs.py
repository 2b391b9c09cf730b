"""Whether an answer key (答案) begins at a place: numbers that are each answered at once, ranges, rows of a table, bare letters.

Only the surface is looked at, a few hundred characters ahead; what the items say is read in ``key_items.py``.
"""

from __future__ import annotations

import re

# one printed answer of a choice or a judgement, with or without its bracket
ONE = r"[\[(]? ?(?:[A-H](?:[,、; ]{0,2}[A-H]){0,7}(?![A-Za-z])|[√×]|对|错|正确|错误|[TF](?![A-Za-z]))(?: ?[\])])?"
LETTER_OR_MARK = r"(?:[A-H]+|[√×]|对|错|[TF])"
RANGE = r"(?<![\d.])(?P<first>\d{1,3}) ?(?:题)? ?(?:-+|~|至|到) ?(?P<last>\d{1,3}) ?(?:小?题)?"

_HEADING = r"(?:[ *#>]*(?:第[一二三四五六七八九十\d]{1,3}[章节单套部卷][^\n\d]{0,24}\n[ *#>]*)?(?:[一二三四五六七八九十]{1,3}[.、)]|\([一二三四五六七八九十]{1,2}\)|[ⅠⅡⅢⅣⅤ][.、]?|(?=[^\n\d]{0,8}题))[^\n\d()。?!]{0,18}(?:\([^)\n]{0,60}\)|\[[^\]\n]{0,60}\])?[ :*]*\n*)?"
_ITEM = r"[ *]*(?:第 ?)?[\[(]? ?(?P<{0}>\d{{1,3}}) ?(?:小?题)?[\])]?(?: ?[.、:)-]+)? ?(?:\[?(?:参考|正确)?答案\]? ?:? ?)?"
_TWO_ITEMS = re.compile(_ITEM.format("a") + ONE + r"[ ,;、。.*\n]*" + _ITEM.format("b") + rf"(?:{ONE}|(?=[\[(]?\d{{1,3}} ?[.、:)]))")
_ITEM_EXPLAINED = re.compile(_ITEM.format("a") + r"(?:\[(?:参考|正确)?答案\]|" + ONE + r"[ 。.;\n]*\[?(?:答案|试题)?(?:解析|详解|分析)\]?)")
_ITEM_ALONE = re.compile(_ITEM.format("a") + ONE + r"[ 。.;]*(?:\n|$)")
_RANGE = re.compile(rf"[ *\[(第]*{RANGE}[.、:)\]]* *(?:{LETTER_OR_MARK}[ ,、;]*){{2,}}")
_ROWS = re.compile(
    rf"[ *|]*(?:题 ?号|序 ?号|题 ?目)?[ |:\n]*(?P<first>\d{{1,3}})(?:[ |\n]+\d{{1,3}})+[ |-]*\n[ |:\n-]*(?:(?:参考|正确)?答 ?案)?[ |:\n]*{ONE}(?:[ |\n]+{ONE})+"
)
_LETTERS = re.compile(rf" *(?P<run>{LETTER_OR_MARK}(?:[ ,、]*{LETTER_OR_MARK})*)[ 。]*(?:\n|$)")
_HEADED = re.compile(_HEADING)


def key_begins(folded: str, at: int) -> int:
    """How surely a key begins at ``at``, where a heading may come first: 0 not, 1 a single short answer, 2 a list, a range or a table."""
    while at < len(folded) and folded[at] in " \n:*#=-":
        at += 1
    heading = _HEADED.match(folded, at)
    after = heading.end() if heading else at
    for place in dict.fromkeys((at, after)):
        if _RANGE.match(folded, place) or _ROWS.match(folded, place):
            return 2
        m = _TWO_ITEMS.match(folded, place)
        if m and int(m["b"]) == int(m["a"]) + 1:
            return 2
        if _ITEM_EXPLAINED.match(folded, place):
            return 2
    m = _LETTERS.match(folded, after)
    if m:
        marks = re.findall(r"[A-H√×对错TF]", m["run"])
        if len(marks) > 2 and ((after > at and "\n" in folded[at:after]) or any(b <= a for a, b in zip(marks, marks[1:], strict=False))) and len(set(marks)) < len(marks):
            return 2
        if after > at and len(marks) > 1 and "\n" in folded[at:after]:
            return 2
    return 1 if _ITEM_ALONE.match(folded, after) else 0
