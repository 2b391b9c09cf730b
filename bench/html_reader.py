"""How long HTML takes (网页阅读基准), in processor time, each way over the same pages in turn.

    python bench/html_reader.py [FILE...]       without a file, on a made page of 1,500 questions
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bs4 import BeautifulSoup
from measure import verdict

from extract import extract
from extract.decode import decode
from extract.readers import read
from extract.readers.html import PARSERS, read_markup

ROW = (
    '<div class="q"><h3>{0}. <span class="tag">(单选题)</span>下列物质属于纯净物的是（ ）</h3><ul>'
    "<li>A. 空气</li><li>B. <b>蒸馏水</b></li><li>C. 海水</li></ul></div>\n"
)
MADE = ("<html><body>" + "".join(ROW.format(n) for n in range(1500)) + "</body></html>").encode()
MARK = re.compile(r"(?m)^\s*(?:\d+[.、．]|[A-H][.、．]|[一二三四五六七八九十]+、|答案|【答案】|【解析】)")
ROUNDS = 5
Row = tuple[str, str, str]


def best(*works: Callable[[], object]) -> list[float]:
    """The least processor time of each work, in seconds; they take turns, so that a busy spell strikes all of them."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, times in zip(works, spent, strict=True):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    return [min(times) for times in spent]


def parsers(pages: Sequence[bytes]) -> list[Row]:
    """Each reader of HTML beside BeautifulSoup with lxml, which only parses, and end to end."""
    texts = [decode(page, hint="gb18030")[0] for page in pages]
    soup, bare = best(lambda: [read_markup(text, "soup") for text in texts], lambda: [BeautifulSoup(text, "lxml") for text in texts])
    speed = sum(map(len, pages)) / soup / 1e6
    rows = [("HTML reader against BeautifulSoup with lxml alone", f"{soup / bare:.2f} x ({speed:.2f} MB/s)",
             verdict(soup <= 1.5 * bare, "<= 1.5 x"))]
    if "lexbor" not in PARSERS:
        return [*rows, ("  tiku[fast]", "not installed: pip install 'tiku[fast]'", "")]
    fast, soup = best(lambda: [read_markup(text, "lexbor") for text in texts], lambda: [read_markup(text, "soup") for text in texts])
    rows.append(("HTML reader of tiku[fast] against that of BeautifulSoup",
                 f"{soup / fast:.1f} x faster ({sum(map(len, pages)) / fast / 1e6:.2f} MB/s)", verdict(soup >= 5 * fast, ">= 5 x")))
    (whole,) = best(lambda: [extract(page, name="page.html") for page in pages])
    saved = soup - fast
    rows.append(("  end to end, page to questions, with tiku[fast]",
                 f"{whole / len(pages) * 1000:.1f} ms a page, {(whole + saved) / whole:.2f} x faster than without", "(printed)"))
    return rows


def beside(pages: Sequence[bytes]) -> list[Row]:
    """Extraction beside one expression over the same text, and beside trafilatura, which gives text alone."""
    readings = [read(page, name="page.html") for page in pages]
    characters = sum(len(r.text) for r in readings)
    (floor,) = best(lambda: [sum(1 for _ in MARK.finditer(r.text)) for r in readings])
    rows = [("the floor: one compiled expression over the same text", f"{characters / max(floor, 1e-6):,.0f} characters/s", "")]
    try:
        import trafilatura
    except ImportError:
        return [*rows, ("trafilatura on the same HTML", "not installed: pip install 'tiku[bench]'", "")]
    ours, theirs = best(
        lambda: [extract(page, name="page.html") for page in pages],
        lambda: [trafilatura.extract(decode(page, hint="gb18030")[0]) for page in pages],
    )
    ours, theirs = ours / len(pages) * 1000, theirs / len(pages) * 1000
    return [*rows, ("HTML page to questions against trafilatura's HTML to text", f"{ours:.1f} ms against {theirs:.1f} ms a page", "")]


def main(names: list[str]) -> None:
    for name, page in [(Path(name).name, Path(name).read_bytes()) for name in names] or [("made", MADE)]:
        print(f"{name}, {len(page):,} bytes")
        for what, measured, target in (*parsers([page]), *beside([page])):
            print(f"  {what:<58} {measured:<58} {target}")


if __name__ == "__main__":
    main(sys.argv[1:])
