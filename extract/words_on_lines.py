"""Answers written on their drawn lines (线上填词): 属于____地球____的卫星, as sheets are printed that were filled in for the teacher."""

from __future__ import annotations

import re

from .builds import Build
from .forms import declared_type
from .outlined import Outline, Span
from .stem import strip

_LEAST_SHOWN = 3
_LINES = re.compile(r"_+")
# what begins or ends the words between two blanks, and hardly an answer
_ON_LINE = re.compile(
    r"\s{0,3}(?![和与及或是为的由则而到至称叫属])[\w“《(](?:[^_,。;?!:]{0,28}[^\s_,。;?!:、和与及或是为的由在有于以到至指称叫])?\s{0,3}"
)


def words_on_lines(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Fill-in answers written on their drawn lines (属于____地球____的卫星), which looks like two blanks with words between them.

    So it is where three or more stems with two, four ... lines show it, and few hold between their lines what joins two blanks.
    """
    found: list[tuple[Build, list[Span]]] = []
    others = 0
    for b in builds:
        if b.options or b.answer_spans or b.key_item or not any("__" in folded[s:e] for s, e in b.stem.spans):
            continue
        lines = [m.span() for s, e in b.stem.spans for m in _LINES.finditer(folded, s, e)]
        if len(lines) % 2 or declared_type(folded, plan, b) not in (None, "by_form", "fill_blank"):
            continue
        pairs = list(zip(lines[::2], lines[1::2], strict=True))
        held = [(a[1], z[0]) for a, z in pairs]
        drawn = all(a[1] - a[0] + z[1] - z[0] > 2 for a, z in pairs)  # a single sign at one end of the word at most
        if drawn and all((m := _ON_LINE.match(folded, *span)) and m.end() == span[1] for span in held):
            found.append((b, held))
        else:
            others += 1
    if len(found) < _LEAST_SHOWN or others * 4 > len(found):
        return
    for b, held in found:
        b.lit, b.on_lines = [strip(folded, span) for span in held], True
