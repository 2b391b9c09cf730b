"""The rows of the batch bench about one core (单核抽取): reader, extraction, the floor under it, and where its time goes."""

from __future__ import annotations

import cProfile
import pstats
from pathlib import Path
from typing import Any

import html_reader
from measure import pages_of, row, timed, verdict

from extract import extract
from extract.pipeline import extract_reading
from extract.readers import read

FIRST = 40  # pages, on which what is made once in a process is made


def bench_extraction(folder: Path, count: int) -> None:
    pages = pages_of(folder, count)
    html = [p for p in pages if p.name.endswith(".html")]
    cold, warm = (timed(lambda: [extract(p.data, name=p.name) for p in pages[:FIRST]]) for _ in range(2))
    row("tables and patterns, made once in a process", f"{cold - warm:.1f} s", "(printed)")
    for line in html_reader.parsers([p.data for p in html]):
        row(*line)
    readings = [read(p.data, name=p.name) for p in pages]
    characters = sum(len(r.text) for r in readings)
    seconds = timed(lambda: [extract_reading(r) for r in readings])
    row("extraction after the reader, repair included, one core", f"{characters / seconds:,.0f} characters/s",
        verdict(characters / seconds >= 200_000, ">= 200,000 characters/s"))
    off = timed(lambda: [extract_reading(r, repair="off") for r in readings])
    row("  without repair", f"{characters / off:,.0f} characters/s; repair is {1 - off / seconds:.0%} of the time")
    for line in html_reader.beside([p.data for p in html]):
        row(*line)
    stages(readings)


def stages(readings: list[Any]) -> None:
    """Where the time goes: the share of each stage that the pipeline names."""
    profile = cProfile.Profile()
    profile.enable()
    for r in readings:
        extract_reading(r)
    profile.disable()
    stats: Any = pstats.Stats(profile)
    total, shares = 0.0, []
    for (path, _, name), (_, _, _, cumulative, callers) in stats.stats.items():
        if name == "extract_reading":
            total = cumulative
        inside = ("extract_reading", "<listcomp>", "<genexpr>")
        mine = [c for (file, _, caller), c in callers.items() if caller in inside and file.endswith("pipeline.py")]
        if mine and not name.startswith("<"):
            shares.append((sum(c[3] for c in mine), f"{name} ({Path(path).stem})"))
    for seconds, name in sorted(shares, reverse=True)[:8]:
        row(f"  stage {name}", f"{seconds / total:.0%} of the time after the reader")
