"""Search and the site at a million questions (``make bench-search``): recall against LIKE, time of pages, size.

Everything is measured through the real parts: questions are saved by ``kb.store``, pages are asked of a running ``tiku serve`` over
HTTP. The questions are generated: words put together at random from characters as frequent as in real text, in the frames of exam
questions, so that an index sees the lengths and frequencies that it will meet.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path

import httpx
from sqlite_utils import Database

from extract.model import Block, Document, Extraction, Flag, Option, Question, Section, Source
from kb.schema import open_bank, prepare, rebuild_index, suspend_index
from kb.search import search
from kb.store import save, transaction
from kb.words import phrase

PER_SOURCE = 100
HELD = ("stem", "options_text", "material", "explanation")


def frequent_characters(pick: random.Random, count: int = 2600) -> tuple[list[str], list[float]]:
    """Characters with the frequencies of a language: the n-th about as frequent as 1/n."""
    characters = [chr(0x4E00 + i) for i in pick.sample(range(0x9FA5 - 0x4E00), count)]
    return characters, [1 / (n + 8) for n in range(count)]


class Sentences:
    """Sentences out of words that come back: 12,000 of two to four characters."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        characters, weights = frequent_characters(pick)
        lengths = pick.choices((2, 3, 4), (70, 15, 15), k=12_000)
        self.words = ["".join(pick.choices(characters, weights, k=n)) for n in lengths]
        self.words[:6] = ["供应链", "光合作用", "GB/T 19000", "Kano模型", "DNA", "3.14"]
        self.weights = list(accumulate(1 / (n + 20) for n in range(len(self.words))))

    def some(self, low: int, high: int) -> str:
        return "".join(self.pick.choices(self.words, cum_weights=self.weights, k=self.pick.randint(low, high)))


def sources(count: int, seed: int = 5) -> Iterator[Extraction]:
    """Papers of a hundred questions, until ``count`` questions are out."""
    pick = random.Random(seed)
    made = Sentences(pick)
    for number in range(-(-count // PER_SOURCE)):
        questions = []
        for i in range(1, PER_SOURCE + 1):
            choice = pick.random() < 0.7
            options = tuple(Option(label, made.some(1, 4), label) for label in "ABCD") if choice else ()
            questions.append(Question(
                f"{made.some(4, 10)}，{made.some(2, 6)}的是（）。" if choice else f"{made.some(5, 12)}。",
                "single_choice" if choice else "true_false", i, str(i), ("单项选择题" if choice else "判断题",), None, options,
                (pick.choice("ABCD"),) if choice else pick.random() < 0.5, made.some(6, 16) if pick.random() < 0.3 else None,
                span=(0, 0), flags=(Flag("long_option", "reading", "选项过长"),) if pick.random() < 0.03 else (),
            ))
        title = made.some(2, 4)
        text = "\n".join(q.stem for q in questions)
        sections = (Section(("单项选择题",), "single_choice"), Section(("判断题",), "true_false"))
        document = Document(title, "main", "exam", tuple(questions), sections)
        source = Source(f"{number:06}.txt", f"{number:064}", "text", "utf-8")
        yield Extraction(source, text, (Block(0, len(text), "stem", None, 0),), (), (document,))


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def spread(seconds: Iterable[float]) -> str:
    """p50 / p95 / worst in milliseconds."""
    ordered = sorted(s * 1000 for s in seconds)
    return f"p50 {statistics.median(ordered):7.1f}   p95 {ordered[int(len(ordered) * 0.95)]:7.1f}   worst {ordered[-1]:7.1f} ms"


def load(path: Path, count: int) -> None:
    """Fill a bank, the index at the end."""
    db = open_bank(path, create=True)
    suspend_index(db)
    start = time.perf_counter()
    batch: list[Extraction] = []
    done = 0
    for x in sources(count):
        batch.append(x)
        if len(batch) == 100:
            done += _write(db, batch)
            if done % 200_000 < 100 * PER_SOURCE:
                print(f"  {done:,} questions, {done / (time.perf_counter() - start):,.0f} a second", flush=True)
    _write(db, batch)
    print(f"saved in {time.perf_counter() - start:.0f} s (generating them included)")
    print(f"index built in {timed(lambda: rebuild_index(db)):.0f} s")
    db.execute("pragma wal_checkpoint(truncate)")
    db.execute("analyze")
    db.close()
    print(f"{path.stat().st_size / 1e9:.2f} GB")


def _write(db: Database, batch: list[Extraction]) -> int:
    with transaction(db):
        for x in batch:
            save(db, x)
    done = len(batch) * PER_SOURCE
    batch.clear()
    return done


def queries(db: Database, count: int, seed: int = 11) -> list[str]:
    """Substrings of one to eight characters of what the bank holds, none of which begins inside an ASCII word or has a blank."""
    pick = random.Random(seed)
    highest = db.execute("select max(id) from questions").fetchone()[0]
    found: list[str] = []
    while len(found) < count:
        row = db.execute(f"select {', '.join(HELD)} from questions where id = ?", [pick.randint(1, highest)]).fetchone()
        if not row:
            continue
        text = pick.choice([t for t in row if t])
        start = pick.randrange(len(text))
        query = text[start : start + pick.randint(1, 8)]
        inside = start and re.match("[A-Za-z]{2}", text[start - 1 : start + 1])
        if not inside and not re.search(r"[\s¦%_]", query) and any(c.isalnum() for c in query):
            found.append(query)
    return found


def recall(db: Database, wanted: list[str]) -> None:
    """Every row that LIKE finds must be found by the index."""
    held = " or ".join(f"{c} like :q" for c in HELD)
    missed, rows, more, seconds = 0, 0, 0, []
    for i, query in enumerate(wanted, 1):
        start = time.perf_counter()
        like = {r[0] for r in db.execute(f"select id from questions where {held}", {"q": f"%{query}%"})}
        seconds.append(time.perf_counter() - start)
        found = {r[0] for r in db.execute("select rowid from questions_fts where questions_fts match ?", [phrase(query)])}
        rows += len(like)
        more += len(found - like)
        lost = [i for i in like - found if _whole_words(db, i, query)]
        if lost:
            missed += 1
            print(f"  MISSED {len(lost)} rows of {query!r}")
        if i % 100 == 0:
            print(f"  {i} queries compared", flush=True)
    print(f"recall: {len(wanted)} queries, {rows:,} rows by LIKE, {missed} queries that miss a row, {more:,} rows more "
          "(width, case, marks)")
    print(f"LIKE scan of all columns:           {spread(seconds)}")


def _whole_words(db: Database, question_id: int, query: str) -> bool:
    """Whether the row holds the query elsewhere than inside an ASCII word, which the index gives up by design."""
    row = db.execute(f"select {', '.join(HELD)} from questions where id = ?", [question_id]).fetchone()
    inside = "(?<![a-z])" if re.match("[a-z]", query, re.IGNORECASE) else ""
    return any(t and re.search(inside + re.escape(query), t, re.IGNORECASE) for t in row)


def ranked(db: Database, wanted: list[str]) -> None:
    """The command line's search, best first, twenty questions with all their fields."""
    print(f"tiku search, best 20 of all matches: {spread([timed(lambda q=q: search(db, q, loose=False)) for q in wanted])}")  # type: ignore[misc]


def trigram(db: Database, path: Path, wanted: list[str]) -> None:
    """FTS5's own trigram tokenizer on the same text: it finds nothing below three characters."""
    other = Database(path)
    other.execute(f"create virtual table t using fts5({', '.join(HELD)}, tokenize='trigram', content='')")
    start = time.perf_counter()
    with other.atomic():
        other.conn.executemany(f"insert into t(rowid, {', '.join(HELD)}) values (?, ?, ?, ?, ?)",
                               db.execute(f"select id, {', '.join(HELD)} from questions"))
    built = time.perf_counter() - start
    long = [q for q in wanted if len(q) >= 3]

    def ask(query: str) -> None:
        quoted = '"' + query.replace('"', '""') + '"'
        other.execute("select rowid from t where t match ? order by rowid limit 101", [quoted]).fetchall()

    print(f"FTS5 trigram: built in {built:.0f} s, {path.stat().st_size / 1e9:.2f} GB, {len(wanted) - len(long)} of {len(wanted)} queries "
          "too short for it")
    print(f"FTS5 trigram, three characters up:   {spread([timed(lambda q=q: ask(q)) for q in long])}")  # type: ignore[misc]


def over_http(bank: Path, wanted: list[str], ids: list[int]) -> None:
    """Pages of the running site."""
    server = subprocess.Popen([sys.executable, "-m", "kb.cli", "serve", str(bank), "--port", "0"], stdout=subprocess.PIPE, text=True,
                              cwd=Path(__file__).parent.parent)
    try:
        assert server.stdout
        url = re.search(r"http://\S+?(?=/ )", server.stdout.readline())
        assert url
        with httpx.Client(base_url=url[0], timeout=120) as web:
            def get(path: str, **values: str) -> float:
                start = time.perf_counter()
                web.get(path, params=values or None).raise_for_status()
                return time.perf_counter() - start

            print(f"home page, first time:               {get('/') * 1000:.0f} ms")
            print(f"home page:                           {spread([get('/') for _ in range(30)])}")
            for low, high in ((1, 1), (2, 2), (3, 4), (5, 8)):
                some = [q for q in wanted if low <= len(q) <= high]
                if some:
                    seconds = [get("/kb/questions.json", _search=q, _shape="array") for q in some]
                    print(f"JSON page, {low}-{high} characters ({len(some):>3}):     {spread(seconds)}")
            some = [q for q in wanted if len(q) >= 2]
            print(f"JSON page, 2 characters and more:    {spread([get('/kb/questions.json', _search=q, _shape='array') for q in some])}")
            print(f"search page (HTML, 20 cards):        {spread([get('/kb/questions', _search=q, _size='20') for q in some[:100]])}")
            print(f"one question:                        {spread([get(f'/kb/questions/{i}') for i in ids])}")
            print(f"one document, clean:                 {spread([get(f'/kb/documents/{i // 100 + 1}') for i in ids[:40]])}")
            print(f"one document, as printed:            {spread([get(f'/kb/documents/{i // 100 + 1}?view=printed') for i in ids[:40]])}")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Build the bank, or take a kept one, and print every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--questions", type=int, default=1_000_000)
    options.add_argument("--queries", type=int, default=540)
    options.add_argument("--bank", type=Path, help="keep the bank here, and take it from here when it exists")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="tiku-bench-") as folder:
        bank = chosen.bank or Path(folder) / "bank.db"
        if not bank.exists():
            load(bank, chosen.questions)
        db = open_bank(bank)
        prepare(db.conn)
        wanted = queries(db, chosen.queries)
        pick = random.Random(3)
        over_http(bank, wanted, [pick.randint(1, chosen.questions) for _ in range(100)])
        ranked(db, [q for q in wanted if len(q) >= 2][:200])
        trigram(db, Path(folder) / "trigram.db", wanted)
        recall(db, wanted)


if __name__ == "__main__":
    main()
