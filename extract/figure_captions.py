"""What stands below the figures of a paper, which the page has lost (图题): 第5题图, (第 3 题图), in running text ,第2题图) ,第3题图)."""

from __future__ import annotations

import re

from .page_lines import Span

_OF = r"第 ?(?P<n{0}>\d{{1,2}})(?: ?[、,~-] ?\d{{1,2}}){{0,3}} ?小?题"
_CAPTION = re.compile(
    rf" *(?:[(,]? ?{_OF.format(1)} ?(?:答?图|示意图)(?: ?[(]?[1-4甲乙丙丁][)]?)? ?[)]?|[(] ?{_OF.format(2)} ?[)])[ ,]*"
)
_BEHIND = re.compile(  # in a line that goes on, or that something else begins
    rf"(?<=[^\s(如见]) *(?:[(,] ?{_OF.format(1)} ?答?图 ?[)] *)+(?=\n|\Z|\d{{1,3}} ?[.、](?!\d))"
)
_ANY = re.compile(r"第 ?\d{1,2}[^\n题]{0,16}题 ?(?:答?图|示意图|[)])")
_NUMBERED = re.compile(r"(?<!\d)(\d{1,3}) ?[.、](?!\d)")
_NUMBER = re.compile(r"\d{1,3} ?[.、](?!\d)")


def figure_captions(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The captions: a line of nothing else, below the number of the question; and those behind what a line says."""
    if _ANY.search(folded) is None:
        return []
    found: list[tuple[int, int, str]] = []
    numbers, asked = _NUMBERED.finditer(folded), set[str]()  # the numbers of questions above the line
    ahead = next(numbers, None)
    for start, end in lines:
        while ahead and ahead.start() < start:
            asked.add(ahead[1])
            ahead = next(numbers, None)
        at, named = start, False
        while at < end and (m := _CAPTION.match(folded, at, end)):
            at = m.end()
            named = named or (m["n1"] or m["n2"]) in asked
        if at > start and not folded[at:end].strip():
            if named:
                found.append((start, end, "figure caption"))
            continue
        if named and at > start and _NUMBER.match(folded, at, end):
            found.append((start, at, "figure caption"))
        found += [(*m.span(), "figure caption") for m in _BEHIND.finditer(folded, start, end)]
    return found
