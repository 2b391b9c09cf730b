"""Numbers that bear the type of their question (题型在题号前): ...正确答案:C单选题:2. ..., ...知识点。单选题4某种..."""

from __future__ import annotations

import re

from .markers import NUM, Candidate
from .places import lies_in, place_of

_TYPE_BEFORE = re.compile(
    r"(?<![一二三四五六][、.)])(?<![一二三四五六][、.)] )(?:[单多]选|判断|填空|简答|问答)题 ?"
    r"(?:(?P<colon>:) ?)?(?P<n>\d{1,3})(?: ?[.、](?!\d)|(?=[一-鿿“《(]))"
)
_LEAST_TYPED = 2


def typed_numbers(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the numbers that bear the type of their question, 单选题:2., where two of a run are not its first."""
    typed: list[re.Match[str]] = []
    for m in _TYPE_BEFORE.finditer(folded) if folded.count("题:") + folded.count("题1") + folded.count("题2") > 1 else ():
        if m["colon"] or int(m["n"]) in (1, int(typed[-1]["n"]) + 1 if typed else 1):
            typed.append(m)
    if sum(m["n"] != "1" for m in typed) < _LEAST_TYPED:
        return found
    spans = [m.span() for m in typed]
    own = [Candidate(*m.span(), NUM, int(m["n"]), "例", place_of(folded, m.start())) for m in typed]
    return [*(c for c in found if not lies_in(spans, c.start)), *own]
