"""The batch import with real processes, real signals and real kills: every page once, nothing lost, the same bytes in the end."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from batch_banks import ROOT, export, folder, load, statuses, text, tiku
from batch_work import Unloadable, dangerous

from kb.batch import WorkersError
from kb.schema import open_bank
from kb.sources import Wanted
from kb.store import read

# --- exactly once


def test_every_page_once_and_again_costs_only_a_hash(tmp_path: Path) -> None:
    pages = folder(tmp_path)
    bank = tmp_path / "kb.db"
    assert Counter(statuses(load(bank, pages)).values()) == {"new": 6}
    first = export(bank)
    # The second run starts no worker at all: this work would fail every page.
    assert Counter(statuses(load(bank, pages, work=Unloadable())).values()) == {"unchanged": 6}
    assert export(bank) == first


def test_the_same_page_under_two_names_is_one_source(tmp_path: Path) -> None:
    pages = folder(tmp_path, 2)
    (pages / "copy.txt").write_text(text(0), encoding="utf-8")
    bank = tmp_path / "kb.db"
    assert statuses(load(bank, pages)) == {"000.txt": "new", "001.txt": "new", "copy.txt": "alias"}
    db = open_bank(bank)
    assert db.execute("select count(*) from sources").fetchone()[0] == 2
    assert read(db, "copy.txt").documents == read(db, "000.txt").documents
    db.close()
    assert Counter(statuses(load(bank, pages)).values()) == {"unchanged": 3}
    (pages / "000.txt").write_text(text(50), encoding="utf-8")  # one of the two names changes: the other keeps the page
    assert statuses(load(bank, pages)) == {"000.txt": "new", "001.txt": "unchanged", "copy.txt": "unchanged"}
    db = open_bank(bank)
    assert "50加上1" in read(db, "000.txt").text and "0加上1" in read(db, "copy.txt").text
    db.close()


def test_two_addresses_of_one_page_in_a_crawl_are_two_names(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl"
    rows = [{"url": f"https://example.org/{n}", "text": text(n % 2)} for n in range(4)]
    crawl.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    bank = tmp_path / "kb.db"
    assert Counter(statuses(load(bank, crawl)).values()) == {"new": 2, "alias": 2}
    db = open_bank(bank)
    assert db.execute("select name, url from source_names order by name").fetchall() == [
        (f"crawl.jsonl#https://example.org/{n}", f"https://example.org/{n}") for n in range(4)]
    db.close()


def test_two_folders_with_the_same_names_lose_nothing(tmp_path: Path) -> None:
    for name, n in (("甲", 1), ("乙", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text(text(n), encoding="utf-8")
    bank = tmp_path / "kb.db"
    found = [tmp_path / "甲", tmp_path / "乙"]
    assert statuses(load(bank, *found)) == {"page.txt": "new", "page~2.txt": "new"}
    assert set(statuses(load(bank, *found)).values()) == {"unchanged"}


def test_a_changed_page_replaces_and_keeps_the_ids_of_its_questions(tmp_path: Path) -> None:
    pages = folder(tmp_path, 1)
    bank = tmp_path / "kb.db"
    load(bank, pages)
    db = open_bank(bank)
    before = db.execute("select id, stem from questions order by position").fetchall()
    db.close()
    (pages / "000.txt").write_text(text(0).replace("答案:B", "答案:B\n解析:一打是十二个。"), encoding="utf-8")
    assert statuses(load(bank, pages)) == {"000.txt": "replaced"}
    db = open_bank(bank)
    assert db.execute("select id, stem from questions order by position").fetchall() == before
    db.close()


def test_force_reads_everything_again_and_changes_nothing(tmp_path: Path) -> None:
    pages = folder(tmp_path, 3)
    (pages / "copy.txt").write_text(text(0), encoding="utf-8")
    bank = tmp_path / "kb.db"
    load(bank, pages)
    first = export(bank)
    seconds = {line.name: line.seconds for line in load(bank, pages, force=True)}
    assert sum(s is not None for s in seconds.values()) == 3, "three pages were read, the copy was not"
    assert export(bank) == first


def test_dry_run_says_what_would_happen_and_changes_nothing(tmp_path: Path) -> None:
    pages = folder(tmp_path, 3)
    bank = tmp_path / "kb.db"
    load(bank, pages)
    before = bank.read_bytes()
    (pages / "000.txt").write_text(text(70), encoding="utf-8")
    (pages / "001.txt").unlink()
    (pages / "new.txt").write_text(text(71), encoding="utf-8")
    (pages / "again.txt").write_text(text(71), encoding="utf-8")
    expected = {"000.txt": "would-be-replaced", "002.txt": "unchanged", "again.txt": "would-be-new", "new.txt": "alias",
                "001.txt": "would-be-forgotten"}
    assert statuses(load(bank, pages, dry_run=True, prune=True)) == expected
    assert bank.read_bytes() == before
    done = subprocess.run(tiku("import", tmp_path / "none.db", pages, "--dry-run"), cwd=ROOT, capture_output=True, text=True, check=True)
    assert "3 would be new" in done.stdout
    assert not (tmp_path / "none.db").exists()


def test_prune_forgets_what_is_gone_and_only_there(tmp_path: Path) -> None:
    pages = folder(tmp_path, 4)
    other = tmp_path / "other"
    other.mkdir()
    (other / "other.txt").write_text(text(90), encoding="utf-8")
    crawl = pages / "crawl.jsonl"
    crawl.write_text("\n".join(json.dumps({"url": f"u{n}", "text": text(n)}) for n in (10, 11)), encoding="utf-8")
    bank = tmp_path / "kb.db"
    load(bank, pages)
    load(bank, other)
    (pages / "000.txt").unlink()
    crawl.write_text(json.dumps({"url": "u11", "text": text(11)}), encoding="utf-8")
    assert "forgotten" not in statuses(load(bank, pages)).values(), "without --prune nothing is forgotten"
    forgotten = {name for name, status in statuses(load(bank, pages, prune=True)).items() if status == "forgotten"}
    assert forgotten == {"000.txt", "crawl.jsonl#u10"}
    # What cannot be read today may be there tomorrow: it is not taken for gone.
    crawl.write_bytes(b"\x1f\x8bbroken")
    assert "forgotten" not in statuses(load(bank, pages, prune=True)).values()
    db = open_bank(bank)
    assert [r[0] for r in db.execute("select name from source_names order by name")] == [
        "001.txt", "002.txt", "003.txt", "crawl.jsonl#u11", "other.txt"]
    db.close()


def test_question_sets_are_loaded_back_as_they_were(tmp_path: Path) -> None:
    bank, other = tmp_path / "kb.db", tmp_path / "other.db"
    load(bank, folder(tmp_path, 5))
    first = export(bank)
    (tmp_path / "bank.jsonl").write_bytes(first)
    assert set(statuses(load(other, tmp_path / "bank.jsonl", work=Unloadable())).values()) == {"new"}
    assert export(other) == first
    assert set(statuses(load(other, tmp_path / "bank.jsonl")).values()) == {"unchanged"}


# --- what fails costs itself only


def test_a_worker_that_dies_costs_one_page_which_is_tried_again_and_then_quarantined(tmp_path: Path) -> None:
    pages = folder(tmp_path, 20)
    for name, mark in (("a-once.txt", f"KILL-ONCE {tmp_path / 'mark'}"), ("b-kills.txt", "KILL"), ("c-hangs.txt", "HANG"),
                       ("d-starves.txt", "STARVE"), ("e-raises.txt", "RAISE"), ("f-after.txt", "")):
        (pages / name).write_text(f"{mark}\n{text(len(name))}{mark}", encoding="utf-8")
    bank = tmp_path / "kb.db"
    lines = load(bank, pages, work=dangerous, timeout=3.0)
    assert Counter(statuses(lines).values()) == {"new": 22, "quarantined": 2, "failed": 2}
    by_name = {line.name: line for line in lines}
    assert by_name["a-once.txt"].status == "new"
    assert "SIGKILL" in str(by_name["b-kills.txt"].error) and "2 times" in str(by_name["b-kills.txt"].error)
    assert "--timeout" in str(by_name["c-hangs.txt"].error)
    assert "memory" in str(by_name["d-starves.txt"].error)
    assert "a fault of ours" in str(by_name["e-raises.txt"].error)
    # The next run loses no time on pages in quarantine; --force tries them again, and a changed page is a new page.
    again = statuses(load(bank, pages, work=dangerous, timeout=60))
    assert Counter(again.values()) == {"unchanged": 22, "quarantined": 2, "failed": 2}
    (pages / "b-kills.txt").write_text(text(99), encoding="utf-8")
    assert statuses(load(bank, pages, work=dangerous, timeout=60))["b-kills.txt"] == "new"
    assert statuses(load(bank, pages, force=True, timeout=60))["c-hangs.txt"] == "new"


def test_workers_that_cannot_begin_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(WorkersError, match="end before they begin"):
        load(tmp_path / "kb.db", folder(tmp_path), work=Unloadable())


def test_limits_and_unreadable_files_are_lines_of_the_report_and_status_one(tmp_path: Path) -> None:
    pages = folder(tmp_path, 2)
    (pages / "big.txt").write_bytes(b"x" * 5000)
    (pages / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 jpeg")
    (pages / "broken.zip").write_bytes(b"PK\x03\x04 no zip")
    (pages / "slides.txt").write_bytes(b"PK\x03\x04 slides")
    report = tmp_path / "report.json"
    command = tiku("import", tmp_path / "kb.db", pages, tmp_path / "missing.txt", "--max-bytes", 4000, "--report", report)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    lines = {r["name"]: r for r in map(json.loads, report.read_text(encoding="utf-8").splitlines())}
    assert set(next(iter(lines.values()))) == {"name", "status", "questions", "flags", "seconds", "error"}
    assert {n: r["status"] for n, r in lines.items()} == {
        "000.txt": "new", "001.txt": "new", "big.txt": "failed", "photo.jpg": "listed", "broken.zip": "failed", "slides.txt": "failed",
        str(tmp_path / "missing.txt"): "failed"}
    assert lines["000.txt"]["questions"] == 2 and lines["000.txt"]["seconds"] > 0
    assert "--max-bytes" in lines["big.txt"]["error"]
    assert lines["slides.txt"]["error"].startswith("the file is a zip archive"), "the name stands beside it"
    for name in ("big.txt", "broken.zip", "missing.txt"):
        assert name in done.stderr
    assert f"photo.jpg: {lines['photo.jpg']['error']}" in done.stderr, "a few of what is left aside are named, too"
    (pages / "big.txt").unlink()
    (pages / "broken.zip").unlink()
    (pages / "slides.txt").unlink()
    assert subprocess.run(tiku("import", tmp_path / "kb.db", pages), cwd=ROOT, check=False, capture_output=True).returncode == 0


def test_the_source_is_read_no_faster_than_the_results_are_taken(tmp_path: Path) -> None:
    from kb.batch import workers
    from kb.sources import Page

    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Page(f"{taken}.txt", text(taken).encode())

    results = workers.run(endless(), dangerous, jobs=2, timeout=60)  # type: ignore[arg-type]
    for done_so_far, _ in zip(range(1, 200), results, strict=False):
        assert taken - done_so_far <= 2 * workers.AHEAD * workers.HANDFUL + workers.HANDFUL
    results.close()  # type: ignore[attr-defined]


def test_a_list_of_paths_from_standard_input(tmp_path: Path) -> None:
    pages = folder(tmp_path, 3)
    listing = "\n".join(str(p.relative_to(tmp_path)) for p in sorted(pages.iterdir()))
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from kb.cli import main; main()"
    command = tiku("import", "kb.db", "--files-from", "-", code=code)
    done = subprocess.run(command, cwd=tmp_path, input=listing, text=True, capture_output=True, check=True)
    assert "3 new" in done.stdout
    db = open_bank(tmp_path / "kb.db")
    assert [r[0] for r in db.execute("select name from sources order by name")] == [f"pages/{n:03}.txt" for n in range(3)]
    db.close()


def test_records_by_named_fields(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl.jsonl"
    crawl.write_text(json.dumps({"正文": text(3), "adr": "https://example.org/x"}), encoding="utf-8")
    lines = load(tmp_path / "kb.db", crawl, wanted=Wanted(text_field="正文", url_field="adr"))
    assert statuses(lines) == {"crawl.jsonl#https://example.org/x": "new"}


# --- stopped at any moment


# --- while it is served


