"""Serials of a copying site (三百字序号): ``2、`` after every 300 characters, in the middle of words and numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ..rule import Find, Page, Rule

STEP = 300  # characters between two serials; × counts as the six of &#215; when the cut was made
_MARK = re.compile(r"\n[ \t\u3000]*(?:\n+[ \t\u3000]*)?(\d{1,4})、")
_FIRST = re.compile(r"[ \t\u3000]*(?:\n+[ \t\u3000]*)?(\d{1,4})、")
_AS_ENTITY = re.compile("[×÷±·°’‘“”—–…]")
_HALF_ENTITY = re.compile(r"#?(?:2?15);")


def _grid(page: Page) -> Iterator[Find]:
    """The longest chain 1、2、3 ... whose steps are the grid's; at least two steps must be exact."""
    text = page.text
    first = _FIRST.match(text)
    marks = [(m.start(), m.end(), int(m[1])) for m in (*([first] if first else []), *_MARK.finditer(text, first.end() if first else 0))]
    by_number: dict[int, list[tuple[int, int]]] = {}
    for start, end, number in marks:
        by_number.setdefault(number, []).append((start, end))
    for start, end in by_number.get(1, ()):
        chain = [(start, end)]
        exact = 0
        while True:
            due, last = by_number.get(len(chain) + 1, []), chain[-1][1]
            near = due[bisect_right(due, (last, len(text))) : bisect_right(due, (last + 2 * STEP, len(text)))]
            after = [_cut(text, last, *m) for m in near]
            fit = next((m for m in after if m[2]), None)
            if fit is None:
                break
            exact += fit[2] == 2
            chain.append(fit[:2])
        if exact >= 2:
            for number, (a, b) in enumerate(chain, 1):
                lead = a + 1 if number == 1 and a < b and text[a] == "\n" else a
                yield Find(lead, b, "", f"每 {STEP} 字插入一个序号，第 {number} 个，前后 {exact} 段字数相符")
                half = _HALF_ENTITY.match(text, b) if number > 1 else None
                if half and text[a - 1 : a] not in "0123456789":
                    yield Find(b, half.end(), "×", "序号把实体 &#215; 切成两半", 0.96)
            return


def _cut(text: str, begin: int, start: int, end: int) -> tuple[int, int, int]:
    """Where a mark begins and how well its block is measured: of several line feeds before it, the first may be the page's own."""
    starts = [at for at in range(start, end) if text[at] == "\n"] or [start]
    best = max(starts, key=lambda at: (_step(text, begin, at), -at))
    return best, end, _step(text, begin, best)


def _step(text: str, start: int, end: int) -> int:
    """2 where the block is exactly a step, 1 where it is one under the site's own way of counting, 0 where it is none."""
    if end - start > STEP + 2 or end - start < STEP // 3:
        return 0
    block = text[start:end]
    if len(block) == STEP or len(block) + 5 * block.count("×") == STEP:
        return 2
    counted = len(block) + sum(len(f"&#{ord(c)};") - 1 for c in _AS_ENTITY.findall(block))
    if abs(counted - STEP) <= 6 or len(block) in (STEP - 1, STEP + 1) or len(block.strip()) == STEP:
        return 1
    return 0


RULES = (
    Rule("grid-serial", "grid", "page", 0.99, "serials in order, at least two blocks of exactly 300 characters",
         "12 of 15 blocks measured on 11 sites", _grid, chars=frozenset("、"), structural=True),
)
