"""One extraction process (单个工作进程): what runs at the other end of the pipe."""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from kb.sources import Page

# Reads one page; runs in the worker, must be importable there. What it raises is the page's failure, with its message.
Work = Callable[[Page], Any]
_ALLOCATED = 20_000  # objects, before the young ones are searched for cycles (Python: 700)


def serve(pipe: Connection, work: Work) -> None:
    """The life of a worker: until the pipe ends. Ctrl-C is for the process that writes, which lets what is in hand be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setrecursionlimit(3000)
    gc.freeze()  # modules and tables stay for the life of the process, and pages leave few cycles: both are looked through too often
    gc.set_threshold(_ALLOCATED, 20, 20)
    with contextlib.suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            for page in pipe.recv():
                began = time.perf_counter()
                try:
                    value, error = work(page), None
                except MemoryError:
                    value, error = None, "needs more memory than there is"
                except Exception as problem:  # whatever a page does to the extraction is that page's failure
                    value, error = None, _sentence(problem, page.name)
                pipe.send((value, error, time.perf_counter() - began))


def _sentence(problem: Exception, name: str) -> str:
    """What is said of a page, without its name: that stands beside it, and the same bytes may have another."""
    from extract.model import UnreadableError

    text = str(problem).strip().removeprefix(f"{name}: ")
    return text if isinstance(problem, UnreadableError) and text else f"{type(problem).__name__}: {text}"[:500]
