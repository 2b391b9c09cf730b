"""Answers that a key prints behind the ordinal of their question (大题答案): 三、解 ... 四、证 ..."""

from __future__ import annotations

import re
from collections import Counter

from .key_items import whole
from .key_rows import Item
from .numerals import chinese_number
from .ordinals import ORDERED
from .outlined import Draft, Outline, Span
from .question_types import type_named

_ORDINAL = re.compile(
    r"(?:(?<=\n)|(?<=[。 )]))[ *#>]*(?P<on>[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅹ]|(?:I{1,3}|I?V|VI{1,3}|I?X)(?= ?[、.])) ?[、.] ?"
)
_FIRST_WORDS = re.compile(r"[^\n\d(。,;:]{0,16}")


def answered_by_ordinals(folded: str, span: Span, plan: Outline, drafts: list[Draft]) -> list[tuple[Draft, Item, Span]]:
    """The questions of ``drafts`` that ordinals number, or that stand alone under one, each with its answer and where a key prints that."""
    sections = Counter(d.section for d in drafts)
    asked: dict[int, Draft] = {}
    for d in drafts:
        lone = d.style == "case" and sections[d.section] == 1
        n = d.number if d.style == ORDERED else plan.ordinals.get(d.section, 0) if lone else 0
        if n and n in asked:
            return []  # several papers
        if n:
            asked[n] = d
    if not asked:
        return []
    chain: list[tuple[int, int, int]] = []  # the ordinal, where it begins and ends
    for m in _ORDINAL.finditer(folded, *span):
        n, last = chinese_number(m["on"]), chain[-1][0] if chain else 0
        if n == 1 and chain and folded[m.start() - 1] == "\n":
            return []  # several parts
        if n == last + 1 or (n > last and folded[m.start() - 1] == "\n"):
            chain.append((n, m.start(), m.end()))
    out: list[tuple[Draft, Item, Span]] = []
    for (n, start, end), stop in zip(chain, [*(c[1] for c in chain), span[1]][1:], strict=True):
        words = _FIRST_WORDS.match(folded, end)
        if n not in asked or (words and type_named(words[0])) or not folded[end:stop].strip():
            continue
        out.append((asked[n], whole(folded, (end, stop)), (start, stop)))
    return out
