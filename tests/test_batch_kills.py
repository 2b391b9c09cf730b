"""The batch import killed, stopped and watched (中断与恢复): real processes and signals, the same bytes in the end."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest
from batch_banks import ROOT, corpus, export, folder, load, sound, tiku

# Small transactions, so that kills fall between and inside them; and a line a page on standard error.
SMALL_STEPS = (
    "import kb.batch.writer as w, kb.batch.report as r; w.PAGES = 7; r.EVERY = 0; from kb.cli import main; main()"
)


def start(bank: Path, pages: Path, *more: object, **how: object) -> subprocess.Popen[str]:
    return subprocess.Popen(tiku("import", bank, pages, "-j", 2, *more, code=SMALL_STEPS), cwd=ROOT, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, **how)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    corpus.write(out, 64, size=1500, seed=7)
    (out / "copy.txt").write_bytes(next(out.glob("0000/0000004-*")).read_bytes())
    return out


@pytest.fixture(scope="module")
def undisturbed(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    bank = tmp_path_factory.mktemp("bank") / "kb.db"
    subprocess.run(tiku("import", bank, pages), cwd=ROOT, check=True, capture_output=True)
    return export(bank)


def test_killed_many_times_at_random_moments_it_ends_where_an_undisturbed_import_does(
    pages: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    bank = tmp_path / "kb.db"
    moments = random.Random(20)
    kills, seen = 0, set()
    while True:
        process = start(bank, pages)
        assert process.stderr is not None
        # A line a page is told: the kill falls at whatever the import is doing then, a few pages or a few dozen after its start.
        lines = [process.stderr.readline() for _ in range(moments.randint(8, 32))]
        if process.poll() is None and (not lines or lines[-1]) and kills < 40:
            process.kill()
            kills += 1
        process.communicate()
        if bank.exists():
            sound(bank)
            conn = sqlite3.connect(bank)
            if conn.execute("select 1 from sqlite_master where name = 'sources'").fetchone():
                seen.add(conn.execute("select count(*) from sources").fetchone()[0])
            conn.close()
        if process.returncode == 0:
            break
    assert kills >= 3 and len(seen) >= 2, f"killed {kills} times, found {sorted(seen)} pages"
    sound(bank)
    assert export(bank) == undisturbed


def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(pages: Path, undisturbed: bytes, tmp_path: Path) -> None:
    bank = tmp_path / "kb.db"
    report = tmp_path / "report.json"
    process = start(bank, pages, "--report", report, start_new_session=True)
    assert process.stderr is not None
    assert "pages" in process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to the workers, too
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "run the same command again to go on" in errors
    sound(bank)
    told = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert 0 < len(told) < 65 and {line["status"] for line in told} == {"new"}
    subprocess.run(tiku("import", bank, pages), cwd=ROOT, check=True, capture_output=True)
    assert export(bank) == undisturbed


def test_no_process_outlives_an_import_that_was_killed(pages: Path, tmp_path: Path) -> None:
    # Every process of the import holds the writing end of this pipe: reading ends when the last of them has ended.
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    process = start(tmp_path / "kb.db", pages, pass_fds=[writing])
    os.close(writing)
    assert process.stderr is not None
    process.stderr.readline()
    process.kill()
    process.wait()
    waiter = threading.Thread(target=lambda: os.read(reading, 1), daemon=True)
    waiter.start()
    waiter.join(30)
    assert not waiter.is_alive()
    os.close(reading)
    process.stderr.close()


def test_the_site_answers_every_request_while_pages_are_imported(pages: Path, undisturbed: bytes, tmp_path: Path) -> None:
    import httpx
    from site_server import serving

    bank = tmp_path / "kb.db"
    load(bank, folder(tmp_path))
    with serving(bank) as site, httpx.Client(base_url=site.url, timeout=30) as web:
        process = start(bank, pages)
        assert process.stderr is not None
        answered, counts = 0, []
        while process.stderr.readline():  # a line a page
            for path in ("/kb/questions.json?_search=%E6%A3%80%E9%AA%8C&_shape=array", "/kb/questions.json?_shape=array&_size=1", "/"):
                answer = web.get(path)
                assert answer.status_code == 200, (path, answer.status_code, answer.text[:200])
                answered += 1
            counts.append(sqlite3.connect(bank).execute("select count(*) from sources").fetchone()[0])
        process.communicate()
        assert process.returncode == 0
        assert answered > 20 and counts == sorted(counts) and len(set(counts)) > 2, "pages appear while they are imported"
        assert len(web.get("/kb/sources.json?_shape=array&_size=max&_col=name").json()) == 6 + 64

