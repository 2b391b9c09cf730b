"""The lines that a page in one paragraph has lost (失行还原): a blank before a mark that surely opened a line counts as its line break.

Much of what numbers a question, heads a field or names a page is known by the line that it opens (题目3, Q3:, 3/20 单选题, 题目:). Where
the page prints no lines, the marks of one family tell by their number: they count on from the first to the last (line_openers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .form_tags import choice_blanks
from .line_openers import (
    ANSWER_TO_Q,
    ASKED,
    BARE,
    CLICKED,
    COUNTED,
    EDGES,
    FIRST_LABEL,
    HEADED,
    HEADED_BARE,
    HEADS,
    KEY,
    KEY_ABOVE,
    KEY_NAMED,
    KEY_NAMED_SIGN,
    LETTERS_BEHIND,
    ORDINAL_END,
    ORDINALS,
    PAPER,
    PLAYED,
    PLAYS,
    SAID_AGAIN,
    SCORED,
    Family,
)
from .numerals import chinese_number
from .page_lines import BLANK, FILE_NAME, is_title_line
from .run_on import runs_on

_SHORTEST_TITLE = 6
_LEAST_ROWS = 3
_HEAD = 400  # characters in which a page says its title again
_LEAST_LETTERS = 3  # so many answers behind options, with no word before them
_REACH = 200  # how far above a number that begins anew its heading stands


def with_lines(folded: str) -> str:
    """The folded text with a line break for the blank at each of these places; offsets stay."""
    if not runs_on(folded):
        return folded
    text = f"\n{folded} "
    pieces: list[str] = []
    at = 1
    for blank in sorted({at for at in _breaks(text) if at > 0 and text[at] == " " and text[at - 1] != "\n"}):
        pieces += (text[at:blank], "\n")
        at = blank + 1
    return "".join([*pieces, text[at:]])[: len(folded)]


def _breaks(folded: str) -> Iterator[int]:
    """Where a line may have ended; some of the places hold no blank. ``folded`` begins with a line break and ends with a blank."""
    yield from _titles(folded)
    for family in COUNTED:
        if family.sign.search(folded):
            yield from _counted(folded, family)
    for family, answer in ASKED:
        marks = list(family.mark.finditer(folded)) if family.sign.search(folded) else []
        answered = sum(answer.search(folded, a.end(), b.start()) is not None for a, b in pairwise(marks))
        if len(marks) >= family.least and answered * 3 >= (len(marks) - 1) * 2:
            yield from (m.start() for m in marks)
    if "Q" in folded:
        yield from (m.start() for m in ANSWER_TO_Q.finditer(folded))
    yield from _headings(folded, HEADED)
    for m in EDGES.finditer(folded):
        yield from (m.start(), m.start("end"), m.start("end2"), m.start("named"))
    first = f" {folded[1 : folded.find(' ', 1)]} "
    for m in PAPER.finditer(folded):
        again = m.start() + 1 - len(first)  # 建筑识图 B卷, below 建筑识图 A卷
        yield from (again if again > 0 and folded.startswith(first, again) else m.start(), m.start("end"))
    for key in (KEY, KEY_NAMED) if KEY_NAMED_SIGN.search(folded) else (KEY,):
        for m in key.finditer(folded):
            yield from (m.start(), m.end()) if m.lastgroup == "en" else (m.start(),)
    clicked = list(CLICKED.finditer(folded)) if " A B C " in folded else []
    if len(clicked) >= _LEAST_ROWS:
        yield from (at for m in clicked for at in (m.start(), m.start("end")))
    scored = [m.start("end") for m in SCORED.finditer(folded)]
    if len(scored) > 1:
        yield from scored
    yield from choice_blanks(folded)
    behind = list(LETTERS_BEHIND.finditer(folded))
    if len(behind) >= _LEAST_LETTERS and len(behind) * 5 >= len(FIRST_LABEL.findall(folded)) * 4:
        yield from (m.start() for m in behind)
    if len(PLAYS.findall(folded)) > 1:
        yield from (m.start() for m in PLAYED.finditer(folded))


def _counted(folded: str, family: Family) -> Iterator[int]:
    """The blanks before the marks of a family, if they count on."""
    marks = list(family.mark.finditer(folded))
    values = [chinese_number(m["n"]) for m in marks]
    if len(marks) < family.least or values[0] > family.first:
        return
    if family.strict:
        for k, (a, b) in enumerate(pairwise(values), 1):
            at = marks[k].start()
            if not 0 < b - a <= 2 and not (b == 1 and HEADS.search(folded, max(marks[k - 1].end(), at - _REACH), at)):
                return
        yield from (m.start() for m in KEY_ABOVE.finditer(folded))
        yield from _lacking(folded, marks)
        if family is BARE:
            yield from _headings(folded, HEADED_BARE)
    else:
        later = [b - a for a, b in pairwise(values) if b > 1]
        if len(values) > 2 * len(later) + 2 or sum(0 < step <= 2 for step in later) * 4 < len(later) * 3:
            return
    yield from (m.start() for m in marks)
    if family in ORDINALS:
        yield from (end.start("end") for m in marks if (end := ORDINAL_END.match(folded, m.start("mark"))))


def _headings(folded: str, pattern: re.Pattern[str]) -> Iterator[int]:
    for m in pattern.finditer(folded):
        yield from (m.start(), m.start("end"))


def _lacking(folded: str, marks: list[re.Match[str]]) -> Iterator[int]:
    """The blanks before the numbers that the others leave out, which stand before a figure: 20.... 21.1) ... 22...."""
    last, at = 0, 0
    for m in marks:
        value = int(m["n"])
        if value == last + 2 and (found := folded.rfind(f" {value - 1}{m['mark'][-1]}", at, m.start())) >= 0:
            yield found
        last, at = value, m.end()


def _titles(folded: str) -> Iterator[int]:
    """The blanks around the title that the head of the page repeats, and the titles of documents that a site appends, each said twice:
    仓库管理办法.doc 仓库管理办法 第一条...
    """
    for m in SAID_AGAIN.finditer(folded, 0, _HEAD):
        yield from range(m.start(), m.end() + 1, len(m["t"]) + 1)
    at = 1
    for word, after in pairwise(folded[1:].split(" ")):
        ahead = at + len(word)
        if len(word) >= _SHORTEST_TITLE and after.startswith(word[:_SHORTEST_TITLE]):
            name = FILE_NAME.sub("", word)
            if len(name) >= _SHORTEST_TITLE and after.startswith(name) and is_title_line(name) and not BLANK.search(name):
                yield from (at - 1, ahead)
                if len(after) == len(name):
                    yield ahead + 1 + len(after)
        at = ahead + 1
