"""The site as people start it: ``tiku serve`` in a process of its own, on a free port, for the tests over HTTP and in a browser."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kb_values import paper

from extract.model import Document, Extraction, Option, Question, Repair
from kb.schema import open_bank
from kb.store import save

HOSTILE = ("<script>window.hacked=1</script>", "</mark><script>window.hacked=1</script>", "{{7*7}}", '"><svg onload="window.hacked=1">',
           "<img src=x onerror=window.hacked=1>", "${7*7}<!--")


@dataclass(frozen=True, slots=True)
class Running:
    """A server: its address without a slash at the end, and the address that opens deciding."""

    url: str
    review: str | None
    bank: Path


def hostile() -> Extraction:
    """A document whose every text tries to become markup."""
    text = "\n".join(HOSTILE)
    questions = tuple(
        Question(bad, "single_choice", i + 1, bad, (bad,), bad, (Option("A", bad), Option("B", f"供应{bad}")), ("A",), bad, bad,
                 span=(0, len(text)), repairs=(1,))
        for i, bad in enumerate(HOSTILE)
    )
    repair = Repair(1, HOSTILE[0], HOSTILE[1], "stem", 0, len(HOSTILE[0]), HOSTILE[0], HOSTILE[3], HOSTILE[4], 0.5, False)
    source = replace(paper().source, name=f"{HOSTILE[0]}.txt", sha256="0" * 64, url=HOSTILE[3])
    return Extraction(source, text, (), (repair,), (Document(HOSTILE[1], "main", "exam", questions),))


def many(count: int = 60) -> Extraction:
    """A longer paper, for paging and printing."""
    questions = tuple(
        Question(f"第{i}个城市的仓储中心最适合选用的运输方式是()。", "single_choice", i, str(i), ("第一章 运输", "单项选择题"), None,
                 (Option("A", "铁路"), Option("B", "公路"), Option("C", "水路"), Option("D", "航空")), ("B",) if i % 3 else None)
        for i in range(1, count + 1)
    )
    source = replace(paper().source, name="运输/练习.txt", sha256="1" * 64)
    return Extraction(source, "", (), (), (Document("运输方式练习", "main", "exam", questions),))


def make_bank(path: Path) -> Path:
    """A bank with an ordinary paper, a long one and a hostile one."""
    db = open_bank(path, create=True)
    for x in (paper(), many(), hostile()):
        save(db, x)
    db.close()
    return path


@contextlib.contextmanager
def serving(bank: Path, *options: str) -> Iterator[Running]:
    """``tiku serve`` of the bank; the address that it prints says that it listens, so nothing is waited for by the clock."""
    command = [sys.executable, "-m", "kb.cli", "serve", str(bank), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=Path(__file__).parent.parent) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline()]
            if "--review" in options:
                lines.append(process.stdout.readline())
            found = re.search(r"http://\S+?(?=/ )", lines[0])
            assert found, f"the server did not start: {lines}"
            token = re.search(r"http://\S+token=\S+", lines[-1])
            yield Running(found[0], token[0] if token else None, bank)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
