"""The rows of the batch bench about one core (单核抽取): reader, extraction, the floor under it, and where its time goes."""

from __future__ import annotations

import cProfile
import pstats
import re
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from measure import pages_of, row, timed, verdict

from extract import extract
from extract.pipeline import extract_reading
from extract.readers import html as html_reader
from extract.readers import read
from kb.sources import Page


def bench_extraction(folder: Path, count: int) -> None:
    pages = pages_of(folder, count)
    html = [p for p in pages if p.name.endswith(".html")]
    extract(pages[0].data, name=pages[0].name)  # tables and patterns are made on the first page
    parse = min(timed(lambda: [BeautifulSoup(p.data, "lxml") for p in html]) for _ in range(2))
    reading = min(timed(lambda: [read(p.data, name=p.name) for p in html]) for _ in range(2))
    speed = sum(len(p.data) for p in html) / reading / 1e6
    row("HTML reader against BeautifulSoup with lxml alone", f"{reading / parse:.2f} x ({speed:.2f} MB/s)",
        verdict(reading <= 1.5 * parse, "<= 1.5 x"))
    parsers(html)
    readings = [read(p.data, name=p.name) for p in pages]
    characters = sum(len(r.text) for r in readings)
    seconds = timed(lambda: [extract_reading(r) for r in readings])
    row("extraction after the reader, repair included, one core", f"{characters / seconds:,.0f} characters/s",
        verdict(characters / seconds >= 200_000, ">= 200,000 characters/s"))
    off = timed(lambda: [extract_reading(r, repair="off") for r in readings])
    row("  without repair", f"{characters / off:,.0f} characters/s; repair is {1 - off / seconds:.0%} of the time")
    mark = re.compile(r"(?m)^\s*(?:\d+[.、．]|[A-H][.、．]|[一二三四五六七八九十]+、|答案|【答案】|【解析】)")
    floor = timed(lambda: [sum(1 for _ in mark.finditer(r.text)) for r in readings])
    row("  the floor: one compiled expression over the same text", f"{characters / max(floor, 1e-6):,.0f} characters/s")
    try:
        import trafilatura
    except ImportError:
        row("  trafilatura on the same HTML", "not installed: pip install 'tiku[bench]'")
    else:
        ours = timed(lambda: [extract(p.data, name=p.name) for p in html])
        theirs = timed(lambda: [trafilatura.extract(p.data.decode()) for p in html])
        ours, theirs = ours / len(html) * 1000, theirs / len(html) * 1000
        row("HTML page to questions against trafilatura's HTML to text", f"{ours:.1f} ms against {theirs:.1f} ms a page")
    stages(readings)


def parsers(html: list[Page]) -> None:
    """The HTML reader by each parser that is installed: the second one is that of ``tiku[fast]``."""
    names = list(getattr(html_reader, "PARSERS", ()))
    if len(names) < 2:
        row("  HTML reader of tiku[fast] against the plain one", "not installed: pip install 'tiku[fast]'", verdict(False, ">= 5 x faster"))
        return
    markup = [p.data.decode() for p in html]
    seconds = {name: min(timed(lambda n=name: [html_reader.read_markup(m, n) for m in markup]) for _ in range(2))  # type: ignore[misc]
               for name in names}
    plain, fast = seconds[names[0]], seconds[names[-1]]
    same = all(html_reader.read_markup(m, names[0]) == html_reader.read_markup(m, names[-1]) for m in markup)
    row("  HTML reader of tiku[fast] against the plain one", f"{plain / fast:.1f} x faster; readings {'the same' if same else 'DIFFER'}",
        verdict(same and plain >= 5 * fast, ">= 5 x faster, the same readings"))


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
