"""Extraction on a real Dask cluster of separate processes: the same bank as on one machine, also when a worker is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_banks import ROOT, corpus, export, load, sound, text, tiku

from kb.batch import Line, run_import
from kb.cluster import ClusterError, Part, Recipe, extract_part, find_remote, parts, run_on_cluster
from kb.schema import open_bank
from kb.sources import Failed, Found, Ready, Wanted, find, read_found

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Page files, a crawl with a record that is a copy of a page, a broken archive and a picture."""
    out = tmp_path_factory.mktemp("crawl")
    corpus.write(out, 36, size=1500, seed=3)
    records = [corpus.page(3, n, 1500) for n in range(30, 46) if n % 16 != 4]
    with (out / "crawl.jsonl").open("w", encoding="utf-8") as crawl:
        for number, (_, data, _) in enumerate(records):
            crawl.write(json.dumps({"url": f"https://example.org/{number}", "html": data.decode()}, ensure_ascii=False) + "\n")
    (out / "broken.zip").write_bytes(b"PK\x03\x04 broken")
    (out / "photo.png").write_bytes(b"\x89PNG")
    return out


@pytest.fixture(scope="module")
def alone(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    bank = tmp_path_factory.mktemp("bank") / "kb.db"
    assert subprocess.run(tiku("import", bank, pages), cwd=ROOT, check=False, capture_output=True).returncode == 1  # the broken archive
    return export(bank)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=str(tmp_path_factory.mktemp("dask")))
    with distributed.Client(cluster) as connected:
        yield connected
    cluster.close()


def test_a_worker_killed_in_the_middle_changes_nothing(client: Any, pages: Path, alone: bytes, tmp_path: Path) -> None:
    bank = tmp_path / "kb.db"
    workers = client.run(os.getpid)
    assert len(set(workers.values())) == 2 and os.getpid() not in workers.values()
    victim = sorted(workers.values())[0]
    lines: list[Line] = []

    def tell(line: Line) -> None:
        lines.append(line)
        if len(lines) == 10:  # parts are done, parts are with the workers, parts are waiting
            os.kill(victim, signal.SIGKILL)

    db = open_bank(bank, create=True)
    shards = run_on_cluster(client, find([str(pages)]), Recipe(str(tmp_path / "shards")), group=6, part_bytes=8000)
    summary = run_import(db, shards, tell=tell, shards=True)
    db.close()
    sound(bank)
    assert export(bank) == alone
    assert victim not in client.run(os.getpid).values()
    assert summary.counts["listed"] == 1 and summary.failed == 1
    assert {line.name for line in lines if line.status == "failed"} == {"broken.zip"}


def test_the_command_uses_the_cluster_and_a_second_run_makes_nothing_again(client: Any, pages: Path, alone: bytes, tmp_path: Path) -> None:
    bank = tmp_path / "kb.db"
    command = tiku("import", bank, pages, "--scheduler", client.scheduler.address)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "broken.zip" in done.stderr  # the only failure
    assert export(bank) == alone
    shards = sorted((tmp_path / "kb.db.shards").iterdir())
    assert shards and all(s.name.endswith(".jsonl.gz") for s in shards)
    times = [s.stat().st_mtime_ns for s in shards]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "unchanged" in again.stderr and " new" not in again.stderr
    assert [s.stat().st_mtime_ns for s in sorted((tmp_path / "kb.db.shards").iterdir())] == times
    # Shards are an ordinary input: they can be loaded without a cluster.
    other = tmp_path / "other.db"
    subprocess.run(tiku("import", other, tmp_path / "kb.db.shards"), cwd=ROOT, capture_output=True, check=False)
    assert len(export(other)) >= len(alone)


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_shard_holds_question_sets_and_what_failed_and_is_the_same_each_time(pages: Path, tmp_path: Path, form: Any) -> None:
    made = [p for p in parts(find([str(pages)]), group=100) if isinstance(p, Part)]
    shards = [extract_part(p, Recipe(str(tmp_path / "a"), form)) for p in made]
    entries = [e for path in shards for e in read_found(Found(path, Path(path).name), Wanted())]
    assert sum(isinstance(e, Ready) for e in entries) == 36 + 15
    assert [e.name for e in entries if isinstance(e, Failed)] == ["broken.zip"]
    again = extract_part(made[0], Recipe(str(tmp_path / "b"), form))
    assert Path(again).read_bytes() == Path(shards[0]).read_bytes()


def test_parts_share_a_container_and_put_pages_together(pages: Path) -> None:
    made = list(parts(find([str(pages)]), group=20, part_bytes=10_000))
    assert [len(p.files) for p in made if len(p.files) > 1] == [20, 16]  # type: ignore[union-attr]
    crawl = [p for p in made if p.files[0][1] == "crawl.jsonl"]  # type: ignore[union-attr]
    assert len(crawl) > 2 and [p.turn for p in crawl] == list(range(crawl[0].of))  # type: ignore[union-attr]


def test_copies_and_names_that_come_twice_in_a_shared_container_end_as_on_one_machine(tmp_path: Path) -> None:
    rows = [{"url": f"https://example.org/{n % 9}", "text": text(n % 14)} for n in range(40)]  # 9 addresses, 14 pages
    crawl = tmp_path / "crawl.jsonl"
    crawl.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    made = [p for p in parts(find([str(crawl)]), part_bytes=1000) if isinstance(p, Part)]
    assert len(made) > 5
    shards = [extract_part(p, Recipe(str(tmp_path / "shards"))) for p in made]
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    load(one, crawl)
    for bank in (other, tmp_path / "again.db"):
        db = open_bank(bank, create=True)
        run_import(db, iter([Found(path, Path(path).name, "") for path in shards]), shards=True, jobs=1)
        db.close()
        assert export(bank) == export(one)
    names = "select name from source_names order by name"
    assert open_bank(other).execute(names).fetchall() == open_bank(one).execute(names).fetchall()


def test_urls_of_any_file_system(pages: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(pages / "0000"), "/crawl/", recursive=True)
    found = list(find_remote("memory://crawl"))
    assert len(found) == 36 and all(isinstance(f, Found) for f in found)
    names = sorted(f.name for f in found)
    assert names[0].endswith("0000000-one-a-line.txt") and not names[0].startswith("/")
    [page] = read_found(found[0], Wanted())  # type: ignore[arg-type]
    assert page.data  # type: ignore[union-attr]
    [missing] = find_remote("memory://none/*.warc")
    assert isinstance(missing, Failed)


def test_no_scheduler_is_one_clear_error(pages: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="no Dask scheduler"):
        list(run_on_cluster("nonsense://nowhere", find([str(pages)]), Recipe(str(tmp_path))))
