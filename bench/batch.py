"""How fast a batch is (批量基准): ``make bench-batch``. One table; every row is measured in this run, beside its target.

    python bench/batch.py [--pages 10000] [--size 10000] [--memory-pages 100000] [--only import,memory,...]

CPU seconds stand beside the clock, because a machine that does other things at the same time slows the clock and not them.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import corpus
from bs4 import BeautifulSoup

from extract import Knowledge, extract
from extract.pipeline import extract_reading
from extract.readers import read
from kb.batch import workers
from kb.batch.work import extract_page
from kb.batch.writer import Writer
from kb.rows import Rows, rows_of
from kb.schema import add_to_index, open_bank, suspend_index
from kb.sources import Page, Wanted, find, read_found
from kb.store import save_rows

HERE = Path(__file__).parent
TABLES = ("sources", "source_names", "documents", "sections", "questions", "options", "repairs", "question_repairs", "flags", "blocks")
ROWS: list[tuple[str, str, str]] = []
WORK = partial(extract_page, repair="safe", encoding=None, knowledge=Knowledge())


def row(name: str, measured: str, target: str = "") -> None:
    ROWS.append((name, measured, target))
    print(f"{name:<58} {measured:<58} {target}", flush=True)


def verdict(good: bool, target: str) -> str:
    return f"{'ok  ' if good else 'LESS'} {target}"


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


def pages_of(folder: Path, count: int) -> list[Page]:
    out = []
    for found in find([str(folder)]):
        out += [e for e in read_found(found, Wanted()) if isinstance(e, Page)]  # type: ignore[arg-type]
        if len(out) >= count:
            break
    return out[:count]


def bench_import(folder: Path, count: int, size: int, bank: Path) -> None:
    wall, cpu, memory = run_tiku("import", bank, folder, "-j", 2)
    conn = sqlite3.connect(bank)
    questions, characters = conn.execute("select (select count(*) from questions), sum(length(text)) from sources").fetchone()
    conn.close()
    mb = size / 1e6
    row("corpus", f"{count} pages, {mb:.1f} MB, {questions} questions, {characters:,} characters")
    row("import with search index, -j 2", f"{count / wall:.1f} pages/s, {mb / wall:.2f} MB/s ({wall:.0f} s; CPU {cpu:.0f} s)",
        verdict(count / wall >= 100 and mb / wall >= 1, ">= 100 pages/s, >= 1 MB/s"))
    row("  the same if the two cores were ours alone (CPU / 2)", f"{2 * count / cpu:.1f} pages/s, {2 * mb / cpu:.2f} MB/s", "(projection)")
    row("  peak memory of any process", ", ".join(f"{kind} {mb_} MB" for kind, mb_ in sorted(memory.items())),
        verdict(max(memory.values()) <= 400, "<= 400 MB"))
    wall, _, _ = run_tiku("import", bank, folder)
    row("  again, nothing changed", f"{count / wall:.0f} pages/s ({wall:.1f} s)")
    row("  size of the bank", f"{bank.stat().st_size / 1e6:.0f} MB, {bank.stat().st_size / max(questions, 1):.0f} bytes a question")


def bench_scaling(folder: Path, count: int, bank: Path) -> None:
    pages = pages_of(folder, count)
    walls = {}
    for jobs in (1, 2):
        results = workers.run(iter(pages), WORK, jobs=jobs, timeout=300)
        for _ in zip(range(16 * jobs), results, strict=False):  # the workers are there and warm
            pass
        began = time.perf_counter()
        rest = sum(1 for _ in results)
        walls[jobs] = (time.perf_counter() - began) / max(rest, 1)
    ratio = walls[1] / walls[2]
    row("extraction alone, 2 workers against 1", f"{ratio:.2f} x ({1 / walls[1]:.1f} -> {1 / walls[2]:.1f} pages/s)",
        verdict(ratio >= 1.8, ">= 1.8 x"))
    seconds = {}
    for jobs in (1, 2):
        for name in (bank, Path(f"{bank}-wal"), Path(f"{bank}-shm")):
            name.unlink(missing_ok=True)
        seconds[jobs] = run_tiku("import", bank, *sorted(folder.iterdir())[: max(1, count // 1000)], "-j", jobs)[0]
    row("  end to end, 2 workers against 1", f"{seconds[1] / seconds[2]:.2f} x ({seconds[1]:.0f} s -> {seconds[2]:.0f} s)", "(printed)")


def bench_memory(counts: tuple[int, ...]) -> None:
    peaks = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            corpus.write(Path(folder) / "pages", count, size=700)
            wall, _, memory = run_tiku("import", Path(folder) / "kb.db", Path(folder) / "pages", "-j", 2)
            peaks[count] = max(memory.values())
            peak = ", ".join(f"{k} {v} MB" for k, v in sorted(memory.items()))
            row(f"peak memory, {count} small pages", f"{peak} ({count / wall:.0f} pages/s)", verdict(peaks[count] <= 400, "<= 400 MB"))
    if len(peaks) > 1:
        first, last = peaks[counts[0]], peaks[counts[-1]]
        row("  growth", f"{last - first:+d} MB", verdict(last <= first * 1.15 + 10, "the same"))


def bench_rows(folder: Path, count: int) -> None:
    """The writer's own work against bare executemany of the very same rows, without and with the search index.

    A page comes to the writer as rows (the workers make them); what it adds are the ids, the names and the transactions.
    """
    read_pages = [extract(p.data, name=p.name) for p in pages_of(folder, count)]
    with Clock() as making:
        made = [rows_of(x) for x in read_pages]
    row("making the rows of a page, in the worker", f"{making.cpu / len(made) * 1000:.1f} ms a page", "(printed)")
    for index in (False, True):
        shares = []
        for _ in range(3):  # the middle one of three: the disk is not ours alone
            with tempfile.TemporaryDirectory() as where:
                loading, plain, total = _loaded(Path(where), made, index)
            shares.append((plain / loading, total / loading, total / plain, loading / len(made) * 1000))
        share, ours, bare, each = sorted(shares)[1]
        row(f"loading rows {'with' if index else 'without'} the search index",
            f"{ours:,.0f} rows/s, bare {bare:,.0f}: {share:.0%}, {each:.1f} ms a page", verdict(share >= 0.6, ">= 60 %"))


def _loaded(where: Path, made: list[Rows], index: bool) -> tuple[float, float, int]:
    """CPU seconds of the writer and of bare executemany, and how many rows they wrote."""
    db = open_bank(where / "ours.db", create=True)
    db.conn.execute("pragma cache_size=-65536")
    if not index:
        suspend_index(db)
    writer = Writer(db)
    with Clock() as loading:
        if index:
            for rows in made:
                writer.save(rows, "")
                writer.breathe()
            writer.commit()
        else:
            db.conn.execute("begin immediate")
            for rows in made:
                save_rows(db, rows)
            db.conn.commit()
    held = {t: db.execute(f"select * from {t}").fetchall() for t in TABLES}
    ids = [i for (i,) in db.execute("select id from questions order by id")]
    tokens = list(zip(ids, (t for rows in made for t in rows.tokens), strict=False))
    db.close()
    bare = open_bank(where / "bare.db", create=True)
    bare.conn.execute("pragma cache_size=-65536")
    suspend_index(bare)
    with Clock() as plain:
        bare.conn.execute("begin immediate")
        for table, values in held.items():
            if values:
                bare.conn.executemany(f"insert into {table} values ({', '.join('?' * len(values[0]))})", values)
        if index:
            add_to_index(bare, tokens)
        bare.conn.commit()
    bare.close()
    return loading.cpu, plain.cpu, sum(map(len, held.values()))


def timed(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def bench_extraction(folder: Path, count: int) -> None:
    pages = pages_of(folder, count)
    html = [p for p in pages if p.name.endswith(".html")]
    extract(pages[0].data, name=pages[0].name)  # tables and patterns are made on the first page
    parse = timed(lambda: [BeautifulSoup(p.data, "lxml") for p in html])
    reading = timed(lambda: [read(p.data, name=p.name) for p in html])
    speed = sum(len(p.data) for p in html) / reading / 1e6
    row("HTML reader against BeautifulSoup with lxml alone", f"{reading / parse:.2f} x ({speed:.2f} MB/s)",
        verdict(reading <= 1.5 * parse, "<= 1.5 x"))
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


PARTS = ("import", "scaling", "memory", "rows", "extraction")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--memory-pages", type=int, default=100_000)
    parser.add_argument("--only", default=",".join(PARTS))
    args = parser.parse_args()
    only = args.only.split(",")
    random.seed(1)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}\n")
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where) / "pages"
        size = corpus.write(folder, args.pages, size=args.size)
        steps: Iterator[tuple[str, Callable[[], None]]] = iter((
            ("import", lambda: bench_import(folder, args.pages, size, Path(where) / "kb.db")),
            ("scaling", lambda: bench_scaling(folder, min(args.pages, 1000), Path(where) / "scaling.db")),
            ("rows", lambda: bench_rows(folder, min(args.pages, 1000))),
            ("extraction", lambda: bench_extraction(folder, min(args.pages, 300))),
            ("memory", lambda: bench_memory((1000, args.memory_pages))),
        ))
        for name, step in steps:
            if name in only:
                step()
    less = [name for name, _, target in ROWS if target.startswith("LESS")]
    met = f"below target: {'; '.join(name.strip() for name in less)}" if less else "every target met"
    print(f"\nload at the end {os.getloadavg()[0]:.1f}; {met}")


if __name__ == "__main__":
    main()
