"""Rows of an answer key (答案行) -> items: ranges with their letters, and rows of numbers over rows of answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .key_signs import ANSWER_ROW, MARK, NUMBER_ROW, RANGE, ROWS_IN_LINE, WORD_ROWS, numbers_in_row
from .stem import Span, strip

_RANGE = re.compile(rf"{RANGE}[.、:)\] \n]{{0,8}}(?P<run>{MARK}(?:[ ,、;\n]{{0,8}}{MARK}){{1,400}})(?![A-Za-z])")
_RANGE_ONE = re.compile(rf"{RANGE}[.、:)\] ]{{0,4}}(?:均|都|全)(?:选|为|是)? ?(?P<run>[A-H]{{1,6}}|[√×对错TF])(?![A-Za-z一-鿿])")
_RANGE_WORDS = re.compile(rf"{RANGE}[.、:)\]]{{0,2}} {{1,8}}(?P<run>[A-Za-z'][^\n;]{{0,60}}(?:; ?[A-Za-z'][^\n;]{{0,60}}){{1,30}})")
_FUSED_RANGE = re.compile(  # 610 BDCCA
    r"(?<![\d.\-~])(?P<digits>\d{2,6})[ :.、]{1,4}(?P<run>[A-H√×](?: ?[A-H√×]){2,24})(?![A-Za-z一-鿿])"
)
_ROWS = re.compile(rf"(?:^|(?<=\n)|(?=题 ?号)){NUMBER_ROW}{ANSWER_ROW}")
_WORD_ROWS = re.compile(WORD_ROWS)
_ROWS_IN_LINE = re.compile(ROWS_IN_LINE)
_NEXT_LIST = re.compile(r" *\|* *(?:\n|$|[(]?[一二三四五六七八九十]{1,2}[)、.]|题 ?号|(?P<n>\d{1,3}) ?[.、](?!\d))")
# 1.is produced 2.who 3.has grown, below it 【导语】 or 【分析】, and below that the numbers again, each with its explanation
_EXPLAINED_ROW = re.compile(
    r"(?:^|(?<=\n)) *(?:\[(?:参考|正确)?答案\] ?:? ?)?(?P<row>\d{1,3} ?[.、][^\n]{1,600})\n\s*\[(?:导语|分析|文章大意|短文大意|大意)\]"
)
_IN_ROW = re.compile(r"(?<![^\s\]:])(\d{1,3}) ?[.、](?!\d)")
_LINE_NUMBER = re.compile(  # or the row of the next passage, with its title
    r"(?:(?:\n[^\n。:\d][^\n。:]{0,15})?\n *\[(?:参考|正确)?答案\] ?:? ?|\n *)(\d{1,3}) ?[.、](?!\d)"
)
_CELL = re.compile(r"[^ |]+")
GROUP = re.compile(r"[A-H]+|正确|错误|[√×对错TF]")
ONE_MARK = re.compile(MARK)


@dataclass(frozen=True, slots=True)
class Item:
    """One answer of a key: its number, the span of the printed answer, and of its explanation.

    ``text`` is given where the page shows nothing and the list says what is meant (a tick that was lost).
    """

    number: int
    mark: Span
    answer: Span
    explanation: Span | None = None
    text: str | None = None


def _row(folded: str, m: re.Match[str]) -> list[Item]:
    return _cells(m, list(GROUP.finditer(folded, *m.span("answers"))))


def _row_in_line(folded: str, m: re.Match[str]) -> list[Item]:
    """A row of numbers and a row of answers in one line, where the cells of a table ran together: 12345ABCDA."""
    pieces = list(ONE_MARK.finditer(folded, *m.span("answers")))
    first = numbers_in_row(m["numbers"], len(pieces))
    return [Item(first + k, p.span(), p.span()) for k, p in enumerate(pieces)] if first else []


def _words(folded: str, m: re.Match[str]) -> list[Item]:
    """Answers in words, a cell each, below their numbers; in running text the next list follows."""
    numbers = re.findall(r"\d+", m["numbers"])
    cells = list(_CELL.finditer(folded, *m.span("answers")))[: len(numbers)]
    ends = _NEXT_LIST.match(folded, cells[-1].end())
    return _cells(m, cells) if ends and (ends["n"] is None or int(ends["n"]) == int(numbers[-1]) + 1) else []


def _explained_row(folded: str, m: re.Match[str]) -> list[Item]:
    """A line of items side by side, and the explanations below it under their numbers again."""
    marks = list(_IN_ROW.finditer(folded, *m.span("row")))
    numbers = [int(n[1]) for n in marks]
    again: list[re.Match[str]] = []
    end = m.end()
    for line in _LINE_NUMBER.finditer(folded, m.end(), m.endpos):
        end = line.start()
        if len(again) == len(numbers) or int(line[1]) != numbers[len(again)]:
            break
        again.append(line)
    else:
        end = m.endpos
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or len(again) != len(numbers):
        return []
    ends = [*(n.start() for n in marks[1:]), m.end("row")]
    said = [strip(folded, (a.end(), b)) for a, b in zip(again, [*(a.start() for a in again[1:]), end], strict=True)]
    return [
        Item(n, mark.span(), strip(folded, (mark.end(), stop)), why) for n, mark, stop, why in zip(numbers, marks, ends, said, strict=True)
    ]


def _cells(m: re.Match[str], pieces: list[re.Match[str]]) -> list[Item]:
    numbers = [int(n) for n in re.findall(r"\d+", m["numbers"])]
    if len(pieces) != len(numbers) or any(b != a + 1 for a, b in pairwise(numbers)):
        return []
    return [Item(n, p.span(), p.span()) for n, p in zip(numbers, pieces, strict=True)]


def _range(folded: str, m: re.Match[str]) -> list[Item]:
    """As many letters, or groups of letters, as the range has numbers; else nothing, rather than a shift."""
    first, last = int(m["first"]), int(m["last"])
    wanted = last - first + 1
    if wanted < 2:
        return []
    pieces = list(ONE_MARK.finditer(folded, *m.span("run")))
    if len(pieces) != wanted:
        pieces = list(GROUP.finditer(folded, *m.span("run")))
    return [Item(first + k, p.span(), p.span()) for k, p in enumerate(pieces)] if len(pieces) == wanted else []


def _fused_range(folded: str, m: re.Match[str]) -> list[Item]:
    """610 BDCCA, where the dash between 6 and 10 was lost; not 15 ABCDE, which may be the letters of one answer."""
    pieces = list(ONE_MARK.finditer(folded, *m.span("run")))
    said = [p[0] for p in pieces]
    digits = m["digits"]
    first = next((int(digits[:k]) for k in range(1, len(digits)) if int(digits[k:]) - int(digits[:k]) + 1 == len(pieces)), 0)
    return [Item(first + k, p.span(), p.span()) for k, p in enumerate(pieces)] if first and said != sorted(set(said)) else []


def _range_words(folded: str, m: re.Match[str]) -> list[Item]:
    """26-28 different; closed; going: as many words as the range has numbers."""
    first = int(m["first"])
    ends = [n.start() for n in re.finditer(";", m["run"])]
    start = m.start("run")
    spans = [strip(folded, (start + a, start + b), ".") for a, b in zip([0, *(e + 1 for e in ends)], [*ends, len(m["run"])], strict=True)]
    return [Item(first + k, s, s) for k, s in enumerate(spans)] if len(spans) == int(m["last"]) - first + 1 else []


def _same(folded: str, m: re.Match[str]) -> list[Item]:
    """``6-8 均选 A``: one answer for all of them, said outright."""
    return [Item(n, m.span("run"), m.span("run")) for n in range(int(m["first"]), int(m["last"]) + 1)]


# in the order in which they are looked for
ROW_READERS = (
    (_EXPLAINED_ROW, _explained_row),
    (_ROWS, _row),
    (_WORD_ROWS, _words),
    (_ROWS_IN_LINE, _row_in_line),
    (_RANGE, _range),
    (_FUSED_RANGE, _fused_range),
    (_RANGE_ONE, _same),
    (_RANGE_WORDS, _range_words),
)
