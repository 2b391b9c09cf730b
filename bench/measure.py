"""What the benches measure with (基准工具): rows of a table with their targets, CPU time, and the memory of every process of a command."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kb.sources import Page, Wanted, find, read_found

ROWS: list[tuple[str, str, str]] = []


def row(name: str, measured: str, target: str = "") -> None:
    ROWS.append((name, measured, target))
    print(f"{name:<58} {measured:<58} {target}", flush=True)


def verdict(good: bool, target: str) -> str:
    return f"{'ok  ' if good else 'LESS'} {target}"


def write_table(path: Path) -> None:
    """All rows so far as a table for the docs."""
    lines = ["| what | measured | target |", "|---|---|---|", *(f"| {' | '.join(c.strip() for c in cells)} |" for cells in ROWS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Clock:
    """Wall seconds and CPU seconds (of this process and its children that have ended) of a block."""

    def __enter__(self) -> Clock:
        self.wall, self.cpu = time.perf_counter(), _cpu()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self.wall, _cpu() - self.cpu


def _cpu() -> float:
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def session_usage(session: int) -> tuple[dict[str, int], dict[int, float]]:
    """Peak memory in MB by what the process is, and CPU seconds by process, of every process of a session that runs now."""
    memory: dict[str, int] = {}
    cpu: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(stat[3]) != session:
                continue
            peak = int(re.search(r"VmHWM:\s+(\d+)", (entry / "status").read_text())[1]) // 1024  # type: ignore[index]
        except (OSError, TypeError):
            continue
        kind = "writer" if int(entry.name) == session else "worker"
        memory[kind] = max(memory.get(kind, 0), peak)
        cpu[int(entry.name)] = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return memory, cpu


def run_tiku(*arguments: object) -> tuple[float, float, dict[str, int]]:
    """Run the command in a session of its own: wall seconds, CPU seconds of all its processes, and their peak memory."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "kb.cli", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    memory: dict[str, int] = {}
    cpu: dict[int, float] = {}
    while True:
        now, used = session_usage(process.pid)
        for kind, peak in now.items():
            memory[kind] = max(memory.get(kind, 0), peak)
        cpu.update(used)
        try:
            process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    if process.returncode:
        raise SystemExit(f"tiku {' '.join(map(str, arguments))} ended with status {process.returncode}")
    return time.perf_counter() - began, sum(cpu.values()), memory


def timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def pages_of(folder: Path, count: int) -> list[Page]:
    out = []
    for found in find([str(folder)]):
        out += [e for e in read_found(found, Wanted()) if isinstance(e, Page)]  # type: ignore[arg-type]
        if len(out) >= count:
            break
    return out[:count]
