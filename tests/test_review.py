"""Decisions of people: carried out in the ledger, remembered, undone, and taken to another bank."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from kb_values import paper
from sqlite_utils import Database

from extract.ledger import replay, undo
from extract.model import Extraction, Part, Question
from kb import review
from kb.cli import main
from kb.decided import decisions_of
from kb.schema import BankError, open_bank
from kb.store import read, save

NAME = "物流/期末.txt"


def whole() -> Extraction:
    """The paper with every field of its questions coming from its parts, as the pipeline gives it."""
    return paper()


@pytest.fixture
def bank(tmp_path: Path) -> Database:
    db = open_bank(tmp_path / "bank.db", create=True)
    save(db, whole())
    return db


def question(db: Database, number: int) -> Question:
    return next(q for q in read(db, NAME).documents[0].questions if q.number == number)


def suggestion(db: Database) -> int:
    return int(db.execute("select id from repairs where not applied and rule <> 'human'").fetchone()[0])


def test_accepting_changes_the_question_and_undoing_restores_every_byte(bank: Database) -> None:
    before = read(bank, NAME)
    ids = bank.execute("select id, stem from questions").fetchall()
    assert review.decide_repairs(bank, [suggestion(bank)], "accept", "王老师") == (1, [])
    x = read(bank, NAME)
    assert question(bank, 3).stem.endswith("逐级扩大。")
    assert undo(replay(x.text, x.repairs), x.repairs) == x.text
    assert [i for i, _ in bank.execute("select id, stem from questions").fetchall()] == [i for i, _ in ids]
    (d,) = decisions_of(bank)
    assert (d.who, d.action) == ("王老师", "accept") and d.decided_at
    review.undo(bank, d.id)
    assert read(bank, NAME) == before and decisions_of(bank) == []
    assert bank.execute("pragma foreign_key_check").fetchall() == []


def test_a_rejected_repair_is_known_and_stays_rejected(bank: Database) -> None:
    applied = bank.execute("select id from repairs where applied").fetchone()[0]
    review.decide_repairs(bank, [applied], "reject", "王老师")
    assert not any(r.applied for r in read(bank, NAME).repairs)
    assert len(review.rejected(bank)) == 1
    changed = replace(whole(), text=whole().text + "\n附注")
    assert save(bank, changed).status == "replaced"
    assert not any(r.applied for r in read(bank, NAME).repairs)


def test_an_edit_stands_in_the_ledger_survives_and_is_undone(bank: Database) -> None:
    before = read(bank, NAME)
    review.edit(bank, 1, "stem", "供应链管理最重视的是()。", "李老师")
    review.edit(bank, 1, "option:A", "各个环节协同", "李老师")
    review.edit(bank, 2, "answer", ["B"], "李老师")
    review.edit(bank, 3, "answer", False, "李老师")
    x = read(bank, NAME)
    human = [r for r in x.repairs if r.rule == "human"]
    assert len(human) == 4 and all("李老师" in r.evidence for r in human)
    assert human[0].before + human[0].after in ("看重重视", "看视")
    assert undo(replay(x.text, x.repairs), x.repairs) == x.text
    assert "供应链管理最重视的是()。" in replay(x.text, x.repairs)
    assert question(bank, 1).options[0].text == "各个环节协同"
    assert question(bank, 2).answer == ("B",) and question(bank, 3).answer is False
    # another reading of the page: more chrome before it, so every place has moved
    moved = paper(text="校园网新首页\n" + whole().text)
    save(bank, moved)
    assert question(bank, 1).stem == "供应链管理最重视的是()。" and question(bank, 2).answer == ("B",)
    save(bank, whole())
    assert question(bank, 1).stem == "供应链管理最重视的是()。"
    for d in reversed(decisions_of(bank)):
        review.undo(bank, d.id)
    assert read(bank, NAME) == before


def test_a_dismissed_flag_is_gone_and_can_come_back(bank: Database) -> None:
    before = read(bank, NAME)
    review.dismiss(bank, 3, "type_mismatch", "王老师")
    assert [f.code for f in question(bank, 3).flags] == ["odd_number"]
    assert bank.execute("select flag_codes from questions where id = 3").fetchone()[0] == "odd_number"
    review.undo(bank, decisions_of(bank)[0].id)
    assert {f.code for f in question(bank, 3).flags} == {f.code for f in before.documents[0].questions[2].flags}


def test_decisions_go_to_another_bank(bank: Database, tmp_path: Path) -> None:
    review.decide_repairs(bank, [suggestion(bank)], "accept", "王老师")
    review.edit(bank, 1, "explanation", "协同才有整体效率。", "李老师")
    lines = list(review.export_decisions(bank))
    other = open_bank(tmp_path / "other.db", create=True)
    assert review.replay_decisions(other, lines) == (0, [f"line {i}: the bank holds no page {NAME}" for i in (1, 2)])
    save(other, whole())
    assert review.replay_decisions(other, lines) == (2, [])
    assert read(other, NAME) == read(bank, NAME)
    assert review.replay_decisions(other, lines) == (0, [])
    assert [json.loads(a) for a in review.export_decisions(other)] == [json.loads(a) for a in lines]
    with pytest.raises(BankError, match="line 1 is no decision"):
        review.replay_decisions(other, ["{}"])


def test_what_cannot_be_decided_is_refused(bank: Database) -> None:
    before = read(bank, NAME)
    for act in (
        lambda: review.edit(bank, 99, "stem", "x", "w"), lambda: review.edit(bank, 1, "span", "x", "w"),
        lambda: review.edit(bank, 1, "option:Z", "x", "w"), lambda: review.edit(bank, 1, "number", "x", "w"),
        lambda: review.dismiss(bank, 1, "no_such", "w"), lambda: review.undo(bank, 99),
        lambda: review.decide_repairs(bank, [99], "accept", "w"),
    ):
        with pytest.raises(BankError):
            act()
    assert read(bank, NAME) == before and decisions_of(bank) == []


def test_an_edit_over_a_repair_takes_its_place(tmp_path: Path) -> None:
    x = whole()
    at = x.text.index("放大")
    ledger = tuple(replace(r, applied=True) for r in x.repairs)
    three = x.documents[0].questions[2]
    three = replace(three, stem=three.stem.replace("放大", "扩大"), parts=(Part("stem", three.span[0] + 2, x.text.index("( )\n答案")),))
    x = replace(x, repairs=ledger, documents=(replace(x.documents[0], questions=(*x.documents[0].questions[:2], three)),))
    db = open_bank(tmp_path / "b.db", create=True)
    save(db, x)
    review.edit(db, 3, "stem", three.stem.replace("扩大", "增大"), "李老师")
    y = read(db, NAME)
    assert question(db, 3).stem.endswith("增大。") and "逐级增大。" in replay(y.text, y.repairs)
    assert not next(r for r in y.repairs if r.start == at and r.rule != "human").applied
    review.undo(db, decisions_of(db)[0].id)
    assert read(db, NAME) == x


def test_the_terminal(bank: Database, tmp_path: Path) -> None:
    path = str(tmp_path / "bank.db")
    run = CliRunner().invoke
    listing = run(main, ["review", path, "--list"]).stdout
    assert "type_mismatch" in listing and "confusion.shape: 1 suggested" in listing
    walked = run(main, ["review", path, "--as", "甲"], input="f\ns\na\n")
    assert walked.exit_code == 0, walked.output
    assert question(bank, 3).stem.endswith("扩大。") and [f.code for f in question(bank, 3).flags] == ["odd_number"]
    assert run(main, ["review", path, "--edit", "2", "answer", "C", "--as", "甲"]).exit_code == 0
    assert question(bank, 2).answer == ("C",)
    out = tmp_path / "decisions.jsonl"
    assert run(main, ["review", path, "--export", str(out)]).exit_code == 0
    assert len(out.read_text("utf-8").splitlines()) == 3
    assert "甲 accept" in run(main, ["review", path, "--decisions"]).stdout
    assert run(main, ["review", path, "--undo", "1"]).exit_code == 0
    assert run(main, ["review", path, "--replay", str(out)]).stdout == "1 decided\n"
    assert run(main, ["review", path, "--accept-rule", "no.such"]).stdout == "0 decided\n"
    assert run(main, ["review", path, "--undo", "999"]).exit_code == 1
