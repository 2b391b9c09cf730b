"""Pages through processes of their own (工作进程): a page that kills, hangs or starves its worker costs that page and no other.

Each worker is one process with a thread here that tends it: the thread sends a handful of pages, takes their results one by
one, and so never leaves both ends writing at once. The main thread only ever waits on one queue. What is out at any time is
bounded (``AHEAD`` handfuls a worker), and so is memory, whatever the number of pages.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from kb.sources import Page

from .worker import Work, serve

HANDFUL = 8            # pages sent at once, so that turning round does not cost a worker its time
HANDFUL_BYTES = 1 << 18
AHEAD = 2              # handfuls out or waiting, a worker
ATTEMPTS = 2           # a page is tried this often before it is quarantined
BAD_STARTS = 3         # workers that end before they begin, in a row, until the import is given up
TICK = 0.2             # seconds between looks at the clock

@dataclass(frozen=True, slots=True)
class Done:
    """A page and what became of it: ``value``, or ``error`` (one sentence). ``quarantined``: its worker did not survive it, twice."""

    page: Page
    value: Any
    error: str | None
    seconds: float
    quarantined: bool = False


class WorkersError(Exception):
    """Workers cannot be started at all; the message says why as far as that is known."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    inbox: queue.SimpleQueue[list[Page] | None] = field(default_factory=queue.SimpleQueue)
    out: int = 0                      # pages sent and not answered
    since: float | None = None        # when the page in hand was begun (monotonic), None while idle
    overdue: bool = False             # killed by us, for its time was up
    ready: bool = False


def run(pages: Iterable[Page], work: Work, *, jobs: int, timeout: float, stop: Callable[[], bool] = lambda: False) -> Iterator[Done]:
    """The results of all pages, in the order in which they are finished (并行抽取).

    ``pages`` is read only as fast as the results are taken. ``timeout`` is in seconds a page; a page that takes longer, or whose
    worker dies, is tried once more and then given up (``quarantined``). Once ``stop()`` is true no more pages are taken in, and
    what is in hand is finished. WorkersError if no worker can be started.
    """
    crew = _Crew(work, timeout, jobs)
    source = iter(pages)
    waiting: deque[list[Page]] = deque()   # handfuls that came back from a worker that died
    tries: dict[int, int] = {}             # id(page) of suspects -> deaths; a suspect stays in ``waiting`` or with a worker
    exhausted = False
    try:
        while True:
            while (waiting or not exhausted) and crew.has_room():
                exhausted = exhausted or stop()
                handful = waiting.popleft() if waiting else ([] if exhausted else _handful(source))
                if not handful:
                    exhausted = True
                    break
                crew.send(handful)
            if exhausted and not waiting and not crew.busy():
                return
            event = crew.next_event()
            if isinstance(event, Done):
                tries.pop(id(event.page), None)
                yield event
            elif event is not None:
                left, reason, died_at_once = event
                if left and not died_at_once:
                    suspect, rest = left[0], left[1:]
                    tries[id(suspect)] = tries.get(id(suspect), 0) + 1
                    if rest:
                        waiting.appendleft(rest)
                    if tries[id(suspect)] >= ATTEMPTS:
                        del tries[id(suspect)]
                        yield Done(suspect, None, f"{reason}; tried {ATTEMPTS} times", 0.0, quarantined=True)
                    else:
                        waiting.append([suspect])  # alone, so that it takes nothing with it
                elif left:
                    waiting.appendleft(left)
    finally:
        crew.dismiss()


def _handful(source: Iterator[Page]) -> list[Page]:
    handful: list[Page] = []
    size = 0
    for page in source:
        handful.append(page)
        size += len(page.data)
        if len(handful) >= HANDFUL or size >= HANDFUL_BYTES:
            break
    return handful


class _Crew:
    """The workers of one run, hired when there is work for them, and the queue on which their threads report."""

    def __init__(self, work: Work, timeout: float, jobs: int) -> None:
        self.work = work
        self.timeout = timeout
        self.jobs = jobs
        self.workers: list[_Worker] = []
        self.events: queue.Queue[tuple[_Worker, Any]] = queue.Queue()
        self.bad_starts = 0
        self.context = _context()

    def has_room(self) -> bool:
        return len(self.workers) < self.jobs or any(w.out <= HANDFUL * (AHEAD - 1) for w in self.workers)

    def busy(self) -> bool:
        return any(w.out for w in self.workers)

    def send(self, handful: list[Page]) -> None:
        if len(self.workers) < self.jobs and all(w.out for w in self.workers):
            self._hire()
        worker = min(self.workers, key=lambda w: w.out)
        worker.out += len(handful)
        worker.inbox.put(handful)

    def _hire(self) -> None:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=serve, args=(theirs, self.work), daemon=True)
        process.start()
        theirs.close()  # or the end of the worker would never be seen here
        worker = _Worker(process, ours)
        self.workers.append(worker)
        threading.Thread(target=_tend, args=(worker, self.events), daemon=True).start()

    def next_event(self) -> Done | tuple[list[Page], str, bool] | None:
        """A result, or what a dead worker left with the reason of its death, or None when nothing happened for a tick."""
        try:
            worker, event = self.events.get(timeout=TICK)
        except queue.Empty:
            self._kill_overdue()
            return None
        if isinstance(event, Done):
            worker.out -= 1
            self.bad_starts = 0
            if self.events.empty():
                self._kill_overdue()
            return event
        self.workers.remove(worker)
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self.bad_starts += 1
            if self.bad_starts >= BAD_STARTS:
                raise WorkersError(f"the extraction processes end before they begin (exit status {code}); see the messages above")
        left: list[Page] = list(event)
        while not worker.inbox.empty():
            left += worker.inbox.get() or []
        return left, self._reason(worker, code), not worker.ready

    def _reason(self, worker: _Worker, code: int | None) -> str:
        if worker.overdue:
            return f"took longer than {self.timeout:g} s (--timeout) and its worker was stopped"
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in signal.valid_signals() else str(-code)
            return f"its worker was killed ({name}{', perhaps out of memory' if name == 'SIGKILL' else ''})"
        return f"its worker ended with status {code}"

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for worker in self.workers:
            since = worker.since
            if since is not None and now - since > self.timeout and not worker.overdue:
                worker.overdue = True
                worker.process.kill()

    def dismiss(self) -> None:
        for worker in self.workers:
            worker.inbox.put(None)
            if worker.out:  # left in the middle: nobody will take its result
                worker.process.kill()
        for worker in self.workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self.workers.clear()


def _context() -> Any:
    """Workers come from a small server process that has loaded the extraction once; where there is none, each loads it itself.

    Never by forking this process: it holds threads and an open database.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["kb.batch.worker", "kb.batch.work", "extract.pipeline"])
        return context
    return multiprocessing.get_context("spawn")


def _tend(worker: _Worker, events: queue.Queue[tuple[_Worker, Any]]) -> None:
    """The thread of one worker: sends, receives, and reports the end of its process with the pages that were left."""
    left: list[Page] = []
    try:
        worker.pipe.recv()  # its word that it has begun
        worker.ready = True
        while (handful := worker.inbox.get()) is not None:
            left = handful
            worker.since = time.monotonic()
            worker.pipe.send(handful)
            for page in handful:
                value, error, seconds = worker.pipe.recv()
                left = left[1:]
                worker.since = time.monotonic() if left else None
                events.put((worker, Done(page, value, error, seconds)))
    except (EOFError, OSError):
        worker.since = None
        events.put((worker, left))
    finally:
        worker.pipe.close()
