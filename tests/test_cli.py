"""The command line as a person meets it: what it prints, what it refuses, and that nothing is left half written."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from kb_values import paper

from extract.wire import from_json, to_json
from kb.cli import COMMANDS, main
from kb.schema import open_bank
from kb.store import read, save


def run(*args: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.db"
    db = open_bank(path, create=True)
    save(db, paper())
    db.close()
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0 and "Usage" in result.output


def test_search_prints_and_gives_json(bank: Path) -> None:
    text = run("search", bank, "供应链")
    assert text.exit_code == 0 and "供应链管理最看重的是()。" in text.stdout and "答案: A" in text.stdout
    found = json.loads(run("search", bank, "供应链", "--json").stdout)
    assert [q["stem"] for q in found] and all("供应链" in json.dumps(q, ensure_ascii=False) for q in found)
    assert {"id", "source", "document", "number", "type", "section", "options", "answer", "span", "flags"} <= set(found[0])
    assert json.loads(run("search", bank, "不存在的词语啊", "--json").stdout) == []
    looser = run("search", bank, "供应链的牛鞭")
    assert "looser" in looser.stderr and looser.stdout


def test_stats(bank: Path) -> None:
    assert "3 questions: 3 answered, 2 repaired, 1 to be checked" in run("stats", bank).stdout
    assert json.loads(run("stats", bank, "--json").stdout)["questions"] == 3


def test_export_is_read_back_losslessly_and_has_the_same_bytes(bank: Path, tmp_path: Path) -> None:
    for format_ in ("json", "jsonl"):
        out = tmp_path / f"out.{format_}"
        assert run("export", bank, "--to", format_, "--out", out).exit_code == 0
        other = tmp_path / f"{format_}.db"
        assert run("import", other, out).exit_code == 0
        assert read(open_bank(other), "物流/期末.txt") == paper()
        again = tmp_path / f"again.{format_}"
        run("export", other, "--to", format_, "--out", again)
        assert again.read_bytes() == out.read_bytes()
    assert from_json(json.loads((tmp_path / "out.json").read_text("utf-8"))["sources"][0]) == paper()
    one = run("export", bank, "--type", "true_false")
    assert one.exit_code == 0, (one.stderr, one.exception)
    some = json.loads(one.stdout)
    assert [q["number"] for d in some["sources"][0]["documents"] for q in d["questions"]] == [3]


def test_a_broken_page_never_stops_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text("{ this is no JSON")
    (folder / "b.jsonl").write_text(json.dumps(to_json(paper("卷/一.txt")), ensure_ascii=False) + "\n", "utf-8")
    (folder / "c.golden.json").write_text("{}")
    (folder / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("import", tmp_path / "bank.db", folder)
    assert result.exit_code == 1
    assert "a.json" in result.stderr
    assert read(open_bank(tmp_path / "bank.db"), "卷/一.txt") == paper("卷/一.txt")
    assert run("import", tmp_path / "bank.db", folder / "b.jsonl", folder / "d.png").exit_code == 0
    listed = run("import", tmp_path / "bank.db", "--files-from", "-", stdin=str(folder / "b.jsonl").encode() + b"\n")
    assert listed.exit_code == 0


def test_failures_are_one_sentence(bank: Path, tmp_path: Path) -> None:
    text = tmp_path / "page.txt"
    text.write_text("不是数据库" * 50, "utf-8")
    for args, said in (
        (("search", tmp_path / "none.db", "x"), "none.db does not exist"),
        (("stats", text), "page.txt is not a knowledge base"),
        (("import", text, text), "page.txt is not a knowledge base"),
        (("import", tmp_path / "new.db", tmp_path / "nowhere"), "nowhere"),
        (("extract", tmp_path / "nowhere.txt"), "nowhere.txt"),
        (("extract", tmp_path), "is a folder"),
        (("repairs", tmp_path / "nowhere.txt"), "nowhere.txt does not exist: check the path"),
        (("explain", tmp_path / "nowhere.txt", "--line", "1"), "nowhere.txt does not exist"),
        (("review", bank, "--replay", tmp_path / "nowhere.jsonl"), "nowhere.jsonl does not exist"),
        (("export", bank, "--exclude", tmp_path), "is a folder"),
        (("export", bank, "--document", "没有的卷"), "holds no document 没有的卷"),
        (("search", bank, "牛鞭", "--document", "999"), "holds no document 999"),
        (("extract", text, "--encoding", "klingon"), "klingon is no encoding"),
        (("export", bank, "--out", tmp_path / "no" / "x.json"), "does not exist"),
        (("serve", text, "--port", "0"), "page.txt is not a knowledge base"),
    ):
        result = run(*args)
        assert result.exit_code == 1, args
        assert said in result.stderr and "Traceback" not in result.stderr, args
        assert len(result.stderr.strip().splitlines()) <= 2, result.stderr
    assert text.read_text("utf-8") == "不是数据库" * 50
    for args in (("nonsense",), ("export", bank, "--to", "clay"), ("import", bank), ("search", bank),
                 ("search", bank, "牛鞭", "--type", "essai")):
        assert run(*args).exit_code == 2, args


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "secret.txt"
    page.write_text("1.水的化学式是( )。", "utf-8")

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("extract", page)
    assert result.exit_code == 1 and result.stderr == f"Error: {page}: may not be read or written; check its permissions\n"


def test_a_failed_export_leaves_the_old_file(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    db = open_bank(bank)
    db.execute("update questions set parts = 'broken' where id = 2")
    db.conn.commit()
    assert run("export", bank, "--out", out).exit_code == 1
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_the_installed_command_speaks_utf8_whatever_the_locale(bank: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "kb.cli", "search", str(bank), "牛鞭"], capture_output=True,
                          env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, cwd=Path(__file__).parent.parent, check=True)
    assert "牛鞭效应" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("command", ["search", "stats", "export", "import_"])
def test_a_command_that_reads_no_page_itself_starts_without_the_extraction(command: str) -> None:
    code = f"import sys, kb.cli, kb.commands.{command}; sys.exit('extract.pipeline' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_search_prints_no_sign_for_a_number_that_is_not_there(tmp_path: Path) -> None:
    page, bank = tmp_path / "page.txt", tmp_path / "bank.db"
    asked = "火灾探测器属于（ ）。 A.触发器件 B.警报器 正确答案：A\n消火栓箱的颜色是（ ）。 A.蓝色 B.红色 正确答案：B\n"
    page.write_text(f"消防知识题库\n{asked}", "utf-8")
    assert run("import", bank, page).exit_code == 0
    assert "\n火灾探测器属于（ ）。\n" in run("search", bank, "触发器").stdout
