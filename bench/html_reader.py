"""How long the HTML reader takes beside BeautifulSoup with lxml, which only parses, on the same pages.

    python bench/html_reader.py [FILE...]       without a file, on a made page of 1,500 questions
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from extract.decode import decode
from extract.readers import read

ROW = (
    '<div class="q"><h3>{0}. <span class="tag">(单选题)</span>下列物质属于纯净物的是（ ）</h3><ul>'
    "<li>A. 空气</li><li>B. <b>蒸馏水</b></li><li>C. 海水</li></ul></div>\n"
)


def best(work: Callable[[], object], times: int = 5) -> float:
    """The least processor time of several runs, in seconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def main(names: list[str]) -> None:
    pages = [(name, Path(name).read_bytes()) for name in names]
    if not pages:
        pages = [("made", ("<html><body>" + "".join(ROW.format(n) for n in range(1500)) + "</body></html>").encode())]
    for name, data in pages:
        text, _ = decode(data, hint="gb18030")
        reader = best(lambda data=data: read(data, name="page.html"))  # type: ignore[misc]
        parser = best(lambda text=text: BeautifulSoup(text, "lxml"))  # type: ignore[misc]
        times = f"reader {reader * 1000:6.0f} ms  BeautifulSoup {parser * 1000:6.0f} ms  ratio {reader / parser:.2f}"
        print(f"{Path(name).name:20} {len(text):9,} characters  {times}")


if __name__ == "__main__":
    main(sys.argv[1:])
