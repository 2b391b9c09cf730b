"""What a person sees of an import (导入进度): a bar on a terminal, plain lines elsewhere, and a report with a line a page."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from types import TracebackType
from typing import Any, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from kb.sources import Failed, Found, Listed

from .run import Line, Summary

EVERY = 5.0      # seconds between plain lines
SHOWN = 20       # failures shown at the end; the report holds them all
ASIDE = 3        # the same of what was left aside, which in a crawl is most
PROBLEMS = ("failed", "quarantined")


class Watch:
    """Shows the progress of a run and writes its report; ``tell`` takes each line. A context manager."""

    def __init__(self, report: TextIO | None, total: Callable[[], int | None], *, stream: TextIO | None = None) -> None:
        self._report = report
        self._total = total
        self._stream = stream or sys.stderr
        self._files = self._pages = self._failed = self._seen = 0
        self._began = self._last = time.monotonic()
        self._bar: Progress | None = None
        self._task: Any = None
        self.problems: list[Line] = []
        self.aside: list[Line] = []

    def __enter__(self) -> Watch:
        if self._stream.isatty():
            console = Console(file=self._stream)
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("files"),
                       TimeElapsedColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=console, transient=True, refresh_per_second=4)
            self._task = self._bar.add_task("reading", total=None)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
        if self._report:
            self._report.flush()

    def files(self, found: Iterable[Found | Failed | Listed]) -> Iterator[Found | Failed | Listed]:
        """Counts the files as they are taken in."""
        for each in found:
            yield each
            self._files += 1

    def tell(self, line: Line) -> None:
        """One page is done."""
        self._seen += 1
        if line.status in PROBLEMS:
            self._failed += 1
            if len(self.problems) < SHOWN:
                self.problems.append(line)
        elif line.status == "listed" and len(self.aside) < ASIDE:
            self.aside.append(line)
        if line.status in ("new", "replaced"):
            self._pages += 1
        if self._report:
            self._report.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
        now = time.monotonic()
        rate = self._seen / max(now - self._began, 1e-9)
        if self._bar:
            self._bar.update(self._task, completed=self._files, total=self._total(),
                             description=f"{self._seen} pages, {rate:.0f}/s, {self._failed} failed")
        elif now - self._last >= EVERY:
            self._last = now
            click.echo(f"{self._seen} pages, {rate:.1f} a second, {self._pages} loaded, {self._failed} failed", file=self._stream)


def counted(found: Iterable[Found | Failed | Listed]) -> Callable[[], int | None]:
    """Counts files on the side, so that the time left can be said; None until the count is there."""
    result: list[int] = []

    def count() -> None:
        result.append(sum(1 for _ in found))

    threading.Thread(target=count, daemon=True).start()
    return lambda: result[0] if result else None


def closing(summary: Summary, problems: list[Line], aside: list[Line], *, dry_run: bool) -> str:
    """The summary in words."""
    order = ("new", "replaced", "would-be-new", "would-be-replaced", "unchanged", "alias", "repeated", "forgotten", "would-be-forgotten",
             "listed", "failed", "quarantined")
    words = {"alias": "known under another name", "repeated": "given twice", "listed": "left aside", "would-be-new": "would be new",
             "would-be-replaced": "would be replaced", "would-be-forgotten": "would be forgotten"}
    parts = [f"{summary.counts[s]} {words.get(s, s)}" for s in order if summary.counts[s]]
    pages = sum(summary.counts.values())
    lines = [", ".join(parts) or "nothing to read"]
    if not dry_run and summary.questions:
        lines.append(f"{summary.questions} questions, {summary.flags} to be checked; "
                     f"{pages} page{'s'[: pages != 1]} in {summary.seconds:.1f} s, {pages / max(summary.seconds, 1e-9):.1f} a second")
    for shown, of in ((problems, summary.failed), (aside, summary.counts["listed"])):
        lines += [f"{line.name}: {(line.error or '').removeprefix(f'{line.name}: ')}" for line in shown]
        if of > len(shown):
            lines.append(f"... and {of - len(shown)} more {'left aside' if shown is aside else 'failed'}; --report FILE lists them all")
    return "\n".join(lines)


def report_file(path: str) -> TextIO:
    """The report, opened for writing: JSON lines. OSError if it cannot be."""
    return open(os.fspath(path), "w", encoding="utf-8", errors="backslashreplace")
