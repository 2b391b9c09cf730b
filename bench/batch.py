"""How fast a batch is (批量基准): ``make bench-batch``. One table; every row is measured in this run, beside its target.

    python bench/batch.py [--pages 10000] [--size 10000] [--memory-pages 100000] [--only import,memory,...] [--table F]

About ten minutes on two cores that do nothing else. CPU seconds stand beside the clock, because a machine that does other things at
the same time slows the clock and not them. The memory of 100,000 documents is measured with documents of one question: larger ones take
half an hour.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import corpus
from batch_extraction import bench_extraction
from measure import ROWS, Clock, pages_of, row, run_tiku, verdict, write_table

from extract import Knowledge, extract
from kb.banks import search_banks
from kb.batch import run_import, workers
from kb.batch.work import extract_page
from kb.batch.writer import CACHE, Writer
from kb.cluster import Part, Recipe, extract_part
from kb.rows import Rows, rows_of
from kb.schema import add_to_index, open_bank, suspend_index
from kb.search import search
from kb.sources import Found, find
from kb.store import save_rows

TABLES = ("sources", "source_names", "documents", "sections", "questions", "options", "repairs", "question_repairs", "flags", "blocks")
WORK = partial(extract_page, repair="safe", encoding=None, knowledge=Knowledge())


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
            corpus.write(Path(folder) / "pages", count, size=0)
            wall, _, memory = run_tiku("import", Path(folder) / "kb.db", Path(folder) / "pages", "-j", 2)
            peaks[count] = max(memory.values())
            peak = ", ".join(f"{k} {v} MB" for k, v in sorted(memory.items()))
            row(f"peak memory, {count} pages of one question", f"{peak} ({count / wall:.0f} pages/s)",
                verdict(peaks[count] <= 400, "<= 400 MB"))
    if len(peaks) > 1:
        first, last = peaks[counts[0]], peaks[counts[-1]]
        row("  growth", f"{last - first:+d} MB", verdict(last <= first * 1.15 + 10, "the same"))


def bench_rows(folder: Path, count: int) -> None:
    """The writer's own work against bare executemany of the very same rows, without and with the search index.

    A page comes to the writer as rows (the workers make them); what it adds are the ids, the names and the transactions.
    """
    pages = pages_of(folder, count)
    with Clock() as reading:
        read_pages = [extract(p.data, name=p.name) for p in pages]
    row("pages read to question sets in a core-second", f"{len(pages) / reading.cpu:.1f}", "(printed)")
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
    db.conn.execute(f"pragma cache_size=-{CACHE}")
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
    bare.conn.execute(f"pragma cache_size=-{CACHE}")
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


def bench_shards(folder: Path, count: int) -> None:
    """What a plan for many pages is reckoned from: bytes and seconds a page, through the task of a cluster's worker."""
    files = [f for f in find([str(folder)]) if isinstance(f, Found)][:count]
    part = Part(tuple((f.path, f.name) for f in files))
    size = sum(Path(f.path).stat().st_size for f in files)
    with tempfile.TemporaryDirectory() as where:
        shards = {}
        for form in ("jsonl", "parquet"):
            shards[form] = Path(extract_part(part, Recipe(str(Path(where) / form), form)))  # type: ignore[arg-type]
            row(f"shard of {len(files)} pages of {size / len(files) / 1e3:.1f} KB, {form}",
                f"{shards[form].stat().st_size / len(files) / 1e3:.1f} KB a page", "(printed)")
        for bank, sources in (("one", ["jsonl"]), ("two", ["parquet"])):
            with Clock() as clock:
                db = open_bank(Path(where) / f"{bank}.db", create=True)
                run_import(db, (Found(str(shards[s]), shards[s].name) for s in sources), shards=True, jobs=1)
                db.close()
        row("loading a shard, one writer with index", f"{clock.cpu / len(files) * 1000:.1f} ms a page", "(printed)")
        banks = [Path(where) / "one.db", Path(where) / "two.db"]
        search(open_bank(banks[0]), "这句话哪里都没有")  # the looser try loads its dictionary once
        with Clock() as alone:
            for word in WORDS:
                search(open_bank(banks[0]), word)
        with Clock() as both:
            for word in WORDS:
                search_banks(banks, word)
        row("best 20 of one bank, of two such banks together",
            f"{alone.wall / len(WORDS) * 1000:.0f} ms, {both.wall / len(WORDS) * 1000:.0f} ms", "(printed)")


PARTS = ("import", "scaling", "rows", "extraction", "shards", "memory")
WORDS = ("安全库存", "元素符号", "利息", "省会", "供应链", "整除", "原子序数为79", "每小时60千米")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--memory-pages", type=int, default=100_000)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--table", type=Path, help="write the rows there as a table, too")
    args = parser.parse_args()
    only = args.only.split(",")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.perf_counter()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}\n")
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where) / "pages"
        size = corpus.write(folder, args.pages, size=args.size)
        steps: Iterator[tuple[str, Callable[[], None]]] = iter((
            ("import", lambda: bench_import(folder, args.pages, size, Path(where) / "kb.db")),
            ("scaling", lambda: bench_scaling(folder, min(args.pages, 1000), Path(where) / "scaling.db")),
            ("rows", lambda: bench_rows(folder, min(args.pages, 400))),
            ("extraction", lambda: bench_extraction(folder, min(args.pages, 300))),
            ("shards", lambda: bench_shards(folder, min(args.pages, 400))),
            ("memory", lambda: bench_memory((1000, args.memory_pages))),
        ))
        for name, step in steps:
            if name in only:
                step()
                if args.table:
                    write_table(args.table)  # after each step: a run that is stopped has told what it knows
    row("the whole bench", f"{time.perf_counter() - began:.0f} s; load at the end {os.getloadavg()[0]:.1f}")
    less = [name for name, _, target in ROWS if target.startswith("LESS")]
    met = f"below target: {'; '.join(name.strip() for name in less)}" if less else "every target met"
    print(f"\n{met}")
    if args.table:
        write_table(args.table)


if __name__ == "__main__":
    main()
