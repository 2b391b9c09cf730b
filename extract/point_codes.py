"""Codes of the points of an examination outline (鉴定点代码) between a number and its stem: 1. AA001 钳工... names no part of the stem.

Nor do those behind it, in brackets: ...制定《铁路旅客运输办理细则》。(A、1、X)[04-00-02-02][019901]
"""

from __future__ import annotations

import re
from itertools import groupby

from .builds import Build
from .stem import without

_LEAST = 4
_CODE = re.compile(
    r"(?P<open>[(\[])?(?:[A-Z]{1,3}\d?[A-Z]?-?\d{3,4}|[A-Z](?:-[A-Z\d]{1,4}){2,6})(?:-\d{1,3}){0,3}"
    r"(?(open)[)\]])[:、.]?(?: +(?=\S)|(?=[\u4e00-\u9fff(\[《“_]))"
)


_CODES = re.compile(r"(?: *[(\[] ?(?:[A-Z]、\d、[A-Z]|\d{2,}(?:-\d{2,})+|\d{5,6}) ?[)\]]){1,3} *$")


def codes_around_stems(folded: str, builds: list[Build]) -> None:
    """Takes the codes out of the stems of a section, where nearly all of them begin with one, or end with some in brackets."""
    for _, group in groupby(builds, key=lambda b: b.draft.section):
        run = [b for b in group if b.stem.spans]
        found = [(b, m) for b in run if (m := _CODE.match(folded, *b.stem.spans[0]))]
        if len(found) < _LEAST:
            ends = [(b, b.stem.spans[-1]) for b in run if folded[b.stem.spans[-1][1] - 1] in ")]"]
            found = [(b, m) for b, span in ends if (m := _CODES.search(folded, *span))]
        if len(found) >= _LEAST and len(found) * 10 >= len(run) * 9:
            for b, m in found:
                b.stem.notes.append(m.span())
                b.stem.spans = without(b.stem.spans, m.span())
