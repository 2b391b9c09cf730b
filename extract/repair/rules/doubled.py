"""A page that is printed twice, once by each of two recognitions (重印页): the worse copy goes, as one entry of the ledger.

A copy that a site appends as a related document is another thing and stays: it does not follow a printed page number or paper code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...line_start import LineStart
from .. import words
from ..rule import Find, Page, Rule, each, put

_GRAM = 8        # characters that must be alike; a bad recognition still leaves a third of them whole
_LEAST = 300     # characters of a copy
_SAMPLES = 32
_GAP = 240       # characters without a common gram that do not end a run
_FOLIO = LineStart(r"[ \t]*(?:[-—–]*[ ]?\d{1,4}[ ]?[-—–]*|第?[ ]?\d{1,4}[ ]?页)[ \t]*(?=\n|\Z)")
_CODE = "试卷代号"
_RUN = re.compile("[\u4e00-\u9fff]{2,60}")


def _doubled(page: Page) -> Iterator[Find]:
    text = page.text
    if not _between(text) or not _hints(text):
        return
    runs = list(_runs("".join(text.split())))
    place = [at for at, char in enumerate(text) if not char.isspace()] if runs else []
    until = 0
    for first, last, there, there_end in runs:
        if first < until:
            continue
        a, a_end = _line_start(text, place[first]), place[min(last + _GRAM, len(place)) - 1] + 1
        b, b_end = _line_start(text, place[there]), place[min(there_end + _GRAM, len(place)) - 1] + 1
        b_end = _line_end(text, b_end)
        between = text[max(a, b - 60) : b] + text[b : b + 40]
        if a_end > b + _GRAM or not _between(between):
            continue
        until = there_end
        worse = (a, b) if _noise(text[a:b]) > _noise(text[b:b_end]) else (b, b_end)
        yield Find(*worse, "", f"同一页印了两遍（{last - first} 字相合），留下较清楚的一份")


def _between(text: str) -> bool:
    """Whether a page number or a paper code is printed."""
    return _CODE in text or _FOLIO.search(text) is not None


def _hints(text: str) -> bool:
    """Whether enough samples of the text come again; the cheap gate."""
    if len(text) < 2 * _LEAST:
        return False
    step = max(1, len(text) // (2 * _SAMPLES))
    seen = 0
    for at in range(0, len(text) // 2 + step, step):
        sample = text[at : at + _GRAM]
        if len(sample) == _GRAM and "\n" not in sample and text.find(sample, at + _GRAM) >= 0:
            seen += 1
    return seen * 5 >= _SAMPLES


def _runs(flat: str) -> Iterator[tuple[int, int, int, int]]:
    """(first, last, first there, last there) of runs whose second copy follows the first at once."""
    following: dict[str, int] = {}
    next_at = [-1] * len(flat)
    for at in range(len(flat) - _GRAM, -1, -1):
        gram = flat[at : at + _GRAM]
        next_at[at] = following.get(gram, -1)
        following[gram] = at
    first = last = there_first = there_last = -_GAP
    hits = 0
    for at, there in enumerate(next_at):
        if there < 0:
            continue
        if hits:
            offset = there_last - last
            if at - last > _GAP:
                if _adjacent(first, last, there_first, hits):
                    yield first, last, there_first, there_last
                hits = 0
            elif abs(there - at - offset) > max(12, offset // 20):
                continue  # a formula of the page that also stands elsewhere
        if not hits:
            first, there_first = at, there
        last, there_last = at, there
        hits += 1
    if _adjacent(first, last, there_first, hits):
        yield first, last, there_first, there_last


def _adjacent(first: int, last: int, there: int, hits: int) -> bool:
    """Whether a run is long and dense enough, and its second copy close behind the first."""
    length = last - first
    return length >= _LEAST and length * 4 >= 3 * (there - first) and hits * 4 >= length


def _noise(text: str) -> float:
    """How badly a copy reads: the mean cost of a character under the dictionary."""
    runs = _RUN.findall(text)[:80]
    size = sum(map(len, runs))
    return -sum(words.cut(run)[1] for run in runs) / size if size else 99.0


def _line_start(text: str, at: int) -> int:
    begin = text.rfind("\n", 0, at) + 1
    return begin if not text[begin:at].strip() or at - begin < _GRAM * 3 else at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if 0 <= end < at + _GRAM * 6 else len(text) if end < 0 and len(text) - at < _GRAM * 6 else at


_HEADING = LineStart("[ \t]*(?P<head>[一二三四五六七八九十]{1,3}[、.．][\u4e00-\u9fff]{2})[^\n]{0,60}?(?P<tail>(?P=head)[^\n]{0,40})$")


def _heading(page: Page) -> Iterator[Find]:
    """A heading drawn twice for boldness: the line ends with its own beginning."""
    for m in _HEADING.finditer(page.text):
        if m[0].strip().startswith(m["tail"].strip()):
            yield Find(m.start("tail"), m.end("tail"), "", "标题加粗重印，行末重复行首")


_NUMBER = re.compile(r"(?P<n>[0-9](?<![\d.．].)[0-9]{0,2}[.、．])(?P<again>(?P=n))")
_OTHER = re.compile(r"(?<![\d.])(?P<n>\d{1,2})\.(?!(?P=n)\.)\d{1,2}\.")  # 1.2. of a chapter
_BOLD = re.compile(r"(?P<o>[一二三四五六七八九十])(?P=o)[ ]?[.．、][^\n]{2,60}?[)）][ ]?[)）]")
_TWICE = re.compile(  # a number as a whole: 共 44 分 has two 4 of its own
    r"(?P<x>[^\d\s]{1,20}?)(?P<again>[ ]?(?P=x))"
    r"|(?<!\d)(?P<two>\d{2,3})(?P<glued>(?P=two))(?!\d)|(?<!\d)(?P<one>\d{1,3})(?P<apart> (?P=one))(?!\d)"
)
_COUNTED = 4  # numbers drawn twice, most of them one after the other


def _drawn_twice(page: Page) -> Iterator[Find]:
    """The numbers of questions drawn twice for boldness (1.1. 2.2. 3.3.), and the parts of the headings between them."""
    numbers = list(_NUMBER.finditer(page.text))
    values = [int(m["n"][:-1]) for m in numbers]
    rising = sum(b == a + 1 for a, b in pairwise(values))
    if len(numbers) < _COUNTED or rising * 2 < len(numbers) or len(_OTHER.findall(page.text)) * 4 > len(numbers):
        return
    for m in numbers:
        yield Find(m.start("again"), m.end("again"), "", "加粗重印的题号")
    for heading in _BOLD.finditer(page.text):
        for m in _TWICE.finditer(page.text, *heading.span()):
            yield Find(*m.span(m.lastgroup or 0), "", "标题加粗，逐段重印")


_UNIT = re.compile(r"分(?P<again>分)(?:(?<=\d..)|(?<=\d[ ]..))(?=[ ]?[)）])")

RULES = (
    Rule("doubled-unit", "doubled", "line", 0.97, "a figure before it, the bracket's end behind it", "3 of 300 pages",
         each(_UNIT, put("", "加粗重印的“分”", "again")), chars=frozenset("分"), structural=True),
    Rule("doubled-heading", "doubled", "line", 0.97, "the ordinal and two characters again, to the line's end", "3 of 300 pages",
         _heading, chars=frozenset("一二三四五六七八九十"), structural=True),
    Rule("doubled-number", "doubled", "page", 0.96, "several numbers printed twice that count on, and none of a chapter", "3 sites",
         _drawn_twice, chars=frozenset(".、．"), structural=True),
    Rule("doubled-page", "doubled", "page", 0.96, "two copies side by side, a page number or paper code between them",
         "7 of 300 pages on 3 sites", _doubled, structural=True),
)
