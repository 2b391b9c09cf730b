"""Pages to import and what must hold of a bank (批量测试的公用部分)."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from kb.batch import Line, run_import
from kb.schema import open_bank, prepare
from kb.sources import find

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import corpus  # noqa: E402, F401 - the tests that need pages in plenty take it from here

PAGE = "一、单选题\n1. 一打鸡蛋有( )个。\nA. 10\nB. 12\nC. 20\nD. 24\n答案:B\n2. {}加上1等于( )。\nA. {}\nB. 0\n答案:A\n"


def text(n: int) -> str:
    return PAGE.format(n, n + 1)


def folder(tmp_path: Path, count: int = 6) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(count):
        (pages / f"{n:03}.txt").write_text(text(n), encoding="utf-8")
    return pages


def load(bank: Path, *paths: Path, **how: object) -> list[Line]:
    lines: list[Line] = []
    db = open_bank(bank, create=True)
    how.setdefault("jobs", 2)
    run_import(db, find([str(p) for p in paths]), tell=lines.append, **how)  # type: ignore[arg-type]
    db.close()
    sound(bank)
    return lines


def statuses(lines: list[Line]) -> dict[str, str]:
    assert len({line.name for line in lines}) == len(lines), "a page was told twice"
    return {line.name: line.status for line in lines}


def sound(bank: Path) -> None:
    """The database, its foreign keys and its search index are whole, and the index fits the questions."""
    conn = sqlite3.connect(bank)
    prepare(conn)
    assert conn.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert conn.execute("pragma foreign_key_check").fetchall() == []
    if conn.execute("select 1 from sqlite_master where name = 'questions_fts'").fetchone():
        conn.execute("insert into questions_fts(questions_fts) values ('integrity-check')")
        conn.execute("insert into questions_fts(questions_fts, rank) values ('integrity-check', 1)")
        counts = [conn.execute(f"select count(*) from {table}").fetchone() for table in ("questions_fts_docsize", "questions")]
        assert counts[0] == counts[1]
    conn.rollback()
    conn.close()


def tiku(*args: object, code: str = "from kb.cli import main; main()") -> list[str]:
    return [sys.executable, "-c", code, *map(str, args)]


def export(bank: Path) -> bytes:
    return subprocess.run(tiku("export", bank, "--to", "jsonl"), check=True, capture_output=True, cwd=ROOT).stdout

