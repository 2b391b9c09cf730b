"""What workers do in the tests of the batch import: the real extraction, but some pages kill, hang or starve their worker.

The marks stand in the page itself. ``KILL-ONCE path`` kills the first worker that reads it and leaves a file at the path.
"""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path
from typing import Any

from kb.batch.work import extract_page
from kb.sources import Page


def dangerous(page: Page, **how: Any) -> bytes:
    if b"KILL-ONCE" in page.data:
        mark = Path(page.data.split(b"KILL-ONCE ")[1].split(b"\n")[0].decode())
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif b"KILL" in page.data:
        os.kill(os.getpid(), signal.SIGKILL)
    elif b"HANG" in page.data:
        while True:
            signal.pause()
    elif b"STARVE" in page.data:
        limit = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, limit[1]))
        try:
            bytearray(4 << 30)
        finally:
            resource.setrlimit(resource.RLIMIT_AS, limit)
    elif b"RAISE" in page.data:
        raise KeyError("a fault of ours")
    return extract_page(page, **how)


def never_begins(page: Page, **how: Any) -> bytes:
    raise AssertionError("is not reached")


class Unloadable:
    """Cannot be loaded in another process: every worker ends before it begins."""

    def __call__(self, page: Page, **how: Any) -> bytes:
        return b""

    def __reduce__(self) -> Any:
        return (_fail, ())


def _fail() -> None:
    os._exit(7)
