"""Where the text of a field ends (字段之尾): before what opens the next mark, and behind the line of a note."""

from __future__ import annotations

import re

from .markers import ANS, BULLETS, EXP, NUM, Candidate
from .outlined import Span
from .question_types import TAG_WORDS

_NEXT_LINE = re.compile(r"\s*[^\n]{1,24}(?=\n|$)")
_TYPE_NAMED = re.compile(rf" *(?:{TAG_WORDS})(?: ?\([对√正][^)\n]{{1,8}}\)[。.]? *\Z|(?= |[(\[]))")  # 此题为判断题(对,错)。
_SLOT_BEFORE = re.compile(r"[(\[] *[)\]] *\Z")  # C.tea ( ) 2.
_STARS_BEFORE = re.compile(r"[★☆]{1,5} ?\Z")  # 答案:B ★★3. how hard the next question is
_ORDINAL = "一二三四五六七八九十"
_BOX_BEFORE = re.compile(r"(?<=[ 。.?!:)_A-H√×]) ?得 ?分[ |\n]*(?:(?:评卷|阅卷|评分|复核|核分)人[ |\n]*)?\Z")  # ...____。得分 评卷人 二、
_RULE_BEFORE = re.compile(r"(?P<said>[。.!?)])? ?-{3,} ?\Z")  # D.形式运算---二、判断题, and no blank at the end of a stem
_SAID_AGAIN = re.compile(r"(?<=\S )(?P<n>\d{1,3}) ?[.、] ?\Z")  # D.蜂鸟 3.【答案】B
_NUMBER_AGAIN = re.compile(r"[ >*#]*(?:例题? ?|变式(?:训练)? ?|第 ?)?(?P<n>\d{1,3}) ?题? ?[.、:]? ?")  # below question 3: 3.【答案】B


def text_end(folded: str, c: Candidate, begin: int, number: int | None, option: bool) -> int:
    """Where the text before a mark ends, an option's or another's of question ``number``.

    Bullets that open the mark's line, the number said again, and the answer slot of the next question behind an option are no part of it.
    """
    if folded[c.start] in _ORDINAL and (box := _BOX_BEFORE.search(folded, begin, c.start)):
        return box.start()
    rule = _RULE_BEFORE.search(folded, max(begin, c.start - 80), c.start) if folded[c.start] in _ORDINAL else None
    if rule and (option or rule["said"]):
        return rule.end("said") if rule["said"] else rule.start()
    if folded[c.start - 1 : c.start] == "\n":
        return c.start
    if option and c.kind == NUM and (slot := _SLOT_BEFORE.search(folded, begin, c.start)):
        return slot.start()
    if c.kind == NUM and (stars := _STARS_BEFORE.search(folded, begin, c.start)):
        return stars.start()
    said = _SAID_AGAIN.search(folded, max(begin, c.start - 8), c.start) if option and c.kind in (ANS, EXP) else None
    if said and int(said["n"]) == number and folded[begin : said.start()].strip():
        return said.start()
    line = folded.rfind("\n", 0, c.start) + 1
    if not line:
        return c.start
    again = _NUMBER_AGAIN.fullmatch(folded, line, c.start) if number and c.kind in (ANS, EXP) and begin <= line else None
    return line if (again and int(again["n"]) == number) or not folded[line : c.start].strip(BULLETS) else c.start


def note_end(folded: str, c: Candidate, body: Span) -> int:
    """Where a note ends: with its line, or with the next one where its own says nothing."""
    if c.style == "junk":
        return body[0]
    end = folded.find("\n", *body)
    end = body[1] if end < 0 else end
    named = _TYPE_NAMED.match(folded, body[0], end) if c.style == "题型" else None
    if named:  # 2. 题型:单选题 and the stem goes on in the line
        return named.end()
    if not folded[body[0] : end].strip(" :]"):
        following = _NEXT_LINE.match(folded, end, body[1])
        if following:
            return following.end()
    return end
