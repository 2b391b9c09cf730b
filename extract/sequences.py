"""How numbers and letters run through a document (编号序列): which style counts on, how far, which labels make a whole set."""

from __future__ import annotations

import re
from collections import Counter

from .mark_costs import FUSED_STYLES, MAIN_STYLES, SUB_STYLES
from .markers import INSIDE, KEY, LINE, NUM, OPT, SEC, STOP, Candidate
from .ordinals import ORDERED

_STEM_BEFORE = re.compile(r"[)\]?:_][。.]? *$")


def whole_sets(folded: str, found: list[Candidate]) -> list[bool]:
    """Which option marks belong to a whole set: A, then B, C (D ...) in any order, in one manner, close together."""
    options = [(i, c) for i, c in enumerate(found) if c.kind == OPT]
    member = [False] * len(found)
    for k, (i, c) in enumerate(options):
        if c.value != 0 or member[i]:
            continue
        worded = c.style in ("bare", "sp", "alone")
        if worded and c.place in (STOP, INSIDE) and not _STEM_BEFORE.search(folded, max(0, c.start - 4), c.start):
            continue
        run = [i]
        seen = {0}
        for j, d in options[k + 1 : k + 12]:
            if d.start - found[run[-1]].end > 400 or d.start == found[run[-1]].end:
                break
            before = folded[max(0, d.start - 1) : d.start]
            if (worded and before in (",", "、", ";", "。")) or (d.style == ")" and before in (",", "(", "、", ";")):
                continue
            if (d.style in ("bare", "sp", "alone")) != worded or (worded and d.value != len(seen)):
                continue
            if d.value in seen or d.value > len(seen) + 2:
                break
            seen.add(d.value)
            run.append(j)
        if len(seen) >= 3 and max(seen) == len(seen) - 1:
            for j in run:
                member[j] = True
    return member


def counted_on(found: list[Candidate]) -> tuple[Counter[str], Counter[str]]:
    """How often each style of number counts on, twice as much at the start of a line; and how far it ever counts without a break."""
    hits: Counter[str] = Counter()
    reach: Counter[str] = Counter()
    last: dict[str, int] = {}
    run: Counter[str] = Counter()
    for c in found:
        if c.kind == NUM and c.style not in FUSED_STYLES and c.style != ORDERED and c.place != INSIDE:
            if last.get(c.style) == c.value - 1:
                hits[c.style] += 2 if c.place == LINE else 1
                run[c.style] += 1
                reach[c.style] = max(reach[c.style], run[c.style])
            else:
                run[c.style] = 0
            last[c.style] = c.value
    return hits, reach


def outside_keys(found: list[Candidate]) -> list[Candidate]:
    """The marks outside answer keys, whose items may be numbered in a manner of their own; all of them where hardly any is left."""
    last = next((i for i in range(len(found) - 1, -1, -1) if found[i].kind == KEY and found[i].style == "line"), len(found))
    kept: list[Candidate] = []
    listed = False  # 答案：1、... 2、... up to the next heading
    for c in found[:last]:
        listed = c.kind != SEC and (listed or (c.kind == KEY and c.style == "list"))
        if not listed:
            kept.append(c)
    return kept if sum(c.kind == NUM and c.place != INSIDE for c in kept) >= 3 else found


def main_style(hits: Counter[str], reach: Counter[str]) -> str:
    """The style that numbers the questions.

    Lists in answers are numbered (1) (2) again and again: where 1. 2. counts questions too, it is the paper's number. Only a style
    that counts much further, and more often, is no list: (1) ... (40), where 1. 2. 3. stands inside the questions.
    """
    main = max(hits, key=lambda s: hits[s] + (1000 if s in MAIN_STYLES and hits[s] >= 4 else 0.5 if s in MAIN_STYLES else 0), default=".")
    far = max((s for s in hits if s in SUB_STYLES), key=lambda s: reach[s], default=main)
    return far if reach[far] >= 8 and reach[far] > 2 * reach[main] and hits[far] > 2 * hits[main] else main


def label_series(found: list[Candidate]) -> Counter[str]:
    """How often each style of label counts on."""
    hits: Counter[str] = Counter()
    last: dict[str, int] = {}
    for c in found:
        if c.kind == OPT:
            if last.get(c.style) == c.value - 1:
                hits[c.style] += 1
            last[c.style] = c.value
    return hits

