"""How fast the extraction is (抽取速度): characters a second, the share of the repair, and the time as a document grows.

    python bench/speed.py        on made papers of single, multiple, judgement and fill-in questions; processor time, best of three
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from corpus import explained, paper
from measure import row, verdict

from extract import extract, pipeline

KB = 1024
RATE = 200_000      # characters a second of one core: a text of 100 KB in 0.17 s
SHARE = 1 / 3       # of the time, at most, that repair may take
RATIO = 2.3         # from one length to the next, which is twice as long
SIZES = (50, 100, 200, 400, 800)
ROUNDS = 3
MENDING = ("mend_page", "mend_questions")


def document(size: int, seed: int = 1) -> str:
    """A paper whose text has about ``size`` bytes: key, explanations and options a line each."""
    text = explained(paper(random.Random(seed), size // 3))
    return explained(paper(random.Random(seed), size * size // 3 // len(text.encode())))


def best(data: bytes) -> tuple[float, float]:
    """The least processor time of an extraction, and what repair took of it."""
    spent = 0.0

    def timed(work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            nonlocal spent
            began = time.process_time()
            result = work(*args, **named)
            spent += time.process_time() - began
            return result

        return call

    kept = {name: getattr(pipeline, name) for name in MENDING}
    for name, work in kept.items():
        setattr(pipeline, name, timed(work))
    times = []
    for _ in range(ROUNDS):
        spent, began = 0.0, time.process_time()
        extract(data, name="paper.txt")
        times.append((time.process_time() - began, spent))
    for name, work in kept.items():
        setattr(pipeline, name, work)
    return min(times)


def main() -> None:
    extract(document(5 * KB).encode(), name="paper.txt")  # patterns are made and tables read once in a process
    text = document(100 * KB)
    whole, repair = best(text.encode())
    rate = len(text) / whole
    row("extraction of a text of 100 KB, one core", f"{rate:,.0f} characters/s ({len(text):,} in {whole:.3f} s)",
        verdict(rate >= RATE, f">= {RATE:,}"))
    row("  repair's share of it", f"{repair / whole:.0%} ({repair:.3f} s)", verdict(repair <= SHARE * whole, f"<= {SHARE:.0%}"))
    before = 0.0
    for size in SIZES:
        whole, _ = best(document(size * KB).encode())
        if before:
            grown = whole / before
            row(f"  from {size // 2} KB to {size} KB", f"{grown:.2f} x ({whole:.3f} s)", verdict(grown < RATIO, f"< {RATIO} x"))
        before = whole


if __name__ == "__main__":
    main()
