"""``tiku repairs``, ``tiku explain`` and ``tiku proofread`` on real files and a real bank."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.ledger import replay
from extract.model import Knowledge
from kb.cli import main
from kb.load import read
from kb.proofread import proofread, suggestions
from kb.schema import open_bank

PAGE = """供应链管理复习题

一、单项选择题
1.学习新知识主要靠（ ）。
A.自已钻研
B.老师催促
C.同学帮忙
D.家长监督
答案：A
2.顾客满意程序取决于（ ）。
A.期望与感受的比较
B.产品的颜色
C.包装的大小
D.广告的长短
答案：A
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def bank(page: Path, tmp_path: Path) -> Path:
    path = tmp_path / "bank.db"
    assert run("import", path, page).exit_code == 0
    return path


def test_the_repairs_of_a_page(page: Path) -> None:
    listed = run("repairs", page)
    assert listed.exit_code == 0
    assert "applied   ocr-confusion line 5  生催促" not in listed.output
    assert "ocr-confusion line 5" in listed.output and "[自已 → 自己]" in listed.output
    assert "suggested typing-slip line 10" in listed.output
    only = run("repairs", page, "--suggested", "--rule", "typing-slip", "--tsv").output.splitlines()
    assert only[0].split("\t")[:3] == ["id", "source", "line"]
    assert len(only) == 2 and only[1].split("\t")[8:10] == ["程序", "程度"]


def test_a_repair_taken_back_stays_back(bank: Path, page: Path) -> None:
    listed = run("repairs", bank, "--rule", "ocr", "--applied", "--tsv").output.splitlines()
    (number,) = (line.split("\t")[0] for line in listed[1:])
    assert run("repairs", bank, "--undo", number).output == "1 taken back\n"
    assert run("import", bank, page, "--force").exit_code == 0
    assert "自已" in replay(read(open_bank(bank), page.name).text, read(open_bank(bank), page.name).repairs)
    assert run("repairs", bank, "--rule", "ocr-confusion", "--applied").output == "0 repairs\n"


def test_only_a_bank_can_take_back(page: Path, bank: Path) -> None:
    assert run("repairs", page, "--undo", 1).exit_code == 2
    assert run("repairs", bank, "--undo", 999).exit_code == 1


def test_proofreading_suggests_and_is_resumable(bank: Path, page: Path) -> None:
    before = read(open_bank(bank), page.name)
    assert "1 pages proofread, 1 suggestions" in run("proofread", bank).output
    assert "0 pages proofread, 0 suggestions" in run("proofread", bank).output
    after = read(open_bank(bank), page.name)
    assert replay(before.text, before.repairs) == replay(after.text, after.repairs)
    (found,) = (r for r in after.repairs if r.rule == "typing-slip")
    assert not found.applied and found.after == "程度"
    (question,) = (q for d in after.documents for q in d.questions if found.id in q.repairs)
    assert question.number == 2
    assert suggestions(after, Knowledge()) == ()


def test_proofreading_stops_when_asked(bank: Path) -> None:
    assert list(proofread(open_bank(bank), stop=lambda: True)) == []
    assert len(list(proofread(open_bank(bank)))) == 1


def test_what_happened_to_a_line(page: Path, bank: Path) -> None:
    told = run("explain", page, "--line", 5).output
    assert "printed  A.自已钻研" in told and "mended   A.自己钻研" in told
    assert "option of question 1" in told and "ocr-confusion" in told
    assert run("explain", bank, "--source", page.name, "--line", 5).output == told
    assert run("explain", page, "--line", 999).exit_code == 1
    assert run("explain", bank, "--line", 1).exit_code == 2
    assert run("explain", bank, "--source", "missing.txt", "--line", 1).exit_code == 1


def test_a_glossary_protects(page: Path, tmp_path: Path) -> None:
    words = tmp_path / "terms.txt"
    words.write_text("满意程序\n", "utf-8")
    assert "typing-slip" not in run("repairs", page, "--glossary", words).output
