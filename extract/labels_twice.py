"""Labels that a page prints twice (重复的选项标签): A、A.氧气 B、B.氮气, as banks do whose options brought letters of their own."""

from __future__ import annotations

import re

from .builds import Build
from .stem import Span, strip

_POINTED = re.compile(r"([A-Z]) ?[.、:)] ?(?=\S)")
_BARE = re.compile(r"([A-Z]) ?(?=\1|[^\sA-Za-z.、:)])")
_LEAST = 3  # questions whose letters stand twice without a point: A、A类 is the text of an option, but not all over a page


def labels_once(folded: str, builds: list[Build]) -> None:
    """Cuts the second label off the options of each question that bears all of its labels twice."""
    lettered = [b for b in builds if len(b.options) > 1]
    bare: list[tuple[Build, list[Span]]] = []
    for b in lettered:
        if spans := _behind_second(folded, b, _POINTED):
            _cut(b, spans)
        elif spans := _behind_second(folded, b, _BARE):
            bare.append((b, spans))
    if len(bare) >= _LEAST and len(bare) * 2 > len(lettered):
        for b, spans in bare:
            _cut(b, spans)


def _behind_second(folded: str, b: Build, second: re.Pattern[str]) -> list[Span]:
    """What follows the second label of each option; nothing where one has none."""
    out: list[Span] = []
    for label, printed, _, spans in b.options:
        m = second.match(folded, *spans[0]) if printed else None
        if m is None or m[1] != label:
            return []
        out.append(strip(folded, (m.end(), spans[0][1])))
    return out


def _cut(b: Build, spans: list[Span]) -> None:
    b.options = [(label, printed, mark, [span, *rest[1:]]) for (label, printed, mark, rest), span in zip(b.options, spans, strict=True)]
