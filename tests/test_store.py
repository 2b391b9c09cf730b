"""The knowledge base keeps what it is given: losslessly, once, and with ids that survive."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from kb_values import extractions, paper
from sqlite_utils import Database

from extract.model import Document, Extraction, Option, Question
from kb import schema
from kb.schema import BankError, open_bank
from kb.store import Selection, forget, iterate, read, same_bytes, save


@pytest.fixture
def bank(tmp_path: Path) -> Database:
    return open_bank(tmp_path / "bank.db", create=True)


def sound(db: Database) -> None:
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    db.execute("insert into questions_fts(questions_fts, rank) values ('integrity-check', 1)")


def ids(db: Database, name: str) -> dict[str, int]:
    return dict(db.execute(
        "select q.stem, q.id from questions q join documents d on d.id = q.document_id join source_names n on n.source_id = d.source_id "
        "where n.name = ?", [name],
    ).fetchall())


shared = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@shared
@given(x=extractions())
def test_what_is_saved_is_read_back(bank: Database, x: Extraction) -> None:
    save(bank, x)
    assert read(bank, x.source.name) == x
    assert save(bank, x).status == "unchanged"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(x=extractions("一.txt"), y=extractions("二.txt"))
def test_sources_do_not_mix(bank: Database, x: Extraction, y: Extraction) -> None:
    save(bank, x)
    save(bank, y)
    assert read(bank, "一.txt") == x
    assert read(bank, "二.txt") == y
    sound(bank)


def test_paper_and_index(bank: Database) -> None:
    assert save(bank, paper()).status == "new"
    sound(bank)
    assert read(bank, "物流/期末.txt") == paper()
    assert same_bytes(bank, "物流/期末.txt", paper().source.sha256)
    assert not same_bytes(bank, "物流/期末.txt", "0")


def test_a_second_name_is_no_second_source(bank: Database) -> None:
    save(bank, paper("b.txt"))
    again = paper("a.txt")
    assert save(bank, again).status == "alias"
    assert bank["questions"].count == 3
    assert read(bank, "a.txt") == again
    assert [x.source.name for x in iterate(bank)] == ["a.txt"]
    changed = replace(again, text=again.text + "。")
    assert save(bank, changed).status == "new"
    assert read(bank, "b.txt") == paper("b.txt")
    assert read(bank, "a.txt") == changed
    sound(bank)
    assert forget(bank, "a.txt") and not forget(bank, "a.txt")
    assert [x.source.name for x in iterate(bank)] == ["b.txt"]
    sound(bank)


def test_ids_survive_a_changed_page(bank: Database) -> None:
    x = paper()
    save(bank, x)
    before = ids(bank, x.source.name)
    one, two, three = x.documents[0].questions
    new = Question("仓库盘点的目的是()。", "single_choice", 1, "1")
    edited = replace(one, stem="供应链管理最为看重的是()。", number=2, printed_number="2")
    exam = replace(x.documents[0], questions=(new, edited, two, three))
    moved = replace(x, documents=(Document("前言", "main", "other"), exam), blocks=())
    assert save(bank, moved).status == "replaced"
    after = ids(bank, x.source.name)
    assert after[edited.stem] == before[one.stem]
    assert after[two.stem] == before[two.stem]
    assert after[three.stem] == before[three.stem]
    assert after[new.stem] not in before.values()
    sound(bank)
    # an id that is gone is never given away
    save(bank, replace(x, documents=(), blocks=()))
    save(bank, replace(x, documents=(replace(x.documents[0], questions=(new,)),), blocks=()))
    assert ids(bank, x.source.name)[new.stem] > max(after.values())


def test_equal_stems_keep_their_options_apart(bank: Database) -> None:
    def q(text: str) -> Question:
        return Question("下列说法正确的是()。", "single_choice", None, None, (), None, (Option("A", text),))

    x = replace(paper(), repairs=(), blocks=(), documents=(Document("t", "main", "exam", (q("甲说"), q("乙说"), q("丙说"))),))
    save(bank, x)
    before = bank.execute("select options_text, id from questions order by id").fetchall()
    save(bank, replace(x, documents=(replace(x.documents[0], questions=(q("丙说"), q("甲说"))),)))
    after = dict(bank.execute("select options_text, id from questions").fetchall())
    assert after == {"丙说": dict(before)["丙说"], "甲说": dict(before)["甲说"]}


def test_selection_keeps_the_account(bank: Database) -> None:
    save(bank, paper())
    other = paper("别的.txt")
    purchase = replace(other.documents[0], title="采购试卷", questions=(Question("采购的第一步是什么?", "short_answer"),))
    save(bank, replace(other, documents=(purchase,), blocks=(), repairs=()))
    assert [x.source.name for x in iterate(bank)] == ["别的.txt", "物流/期末.txt"]
    (only,) = iterate(bank, Selection(type="true_false"))
    assert [q.number for q in only.documents[0].questions] == [3]
    assert [(b.start, b.end) for b in only.blocks] == [(b.start, b.end) for b in paper().blocks]
    assert {b.question for b in only.blocks} == {None, 0}
    (found,) = iterate(bank, Selection(query="第一步", document="采购试卷"))
    assert found.source.name == "别的.txt"
    assert [len(x.documents[0].questions) for x in iterate(bank, Selection(section="单项"))] == [3]
    assert list(iterate(bank, Selection(query="没有的话"))) == []


def test_a_bad_extraction_leaves_nothing(bank: Database) -> None:
    x = paper()
    with pytest.raises(ValueError, match="not in the ledger"):
        save(bank, replace(x, repairs=()))
    assert bank["sources"].count == 0


def test_refuses_what_is_not_ours(tmp_path: Path) -> None:
    text = tmp_path / "page.txt"
    text.write_text("供应链" * 100)
    with pytest.raises(BankError, match=r"page\.txt is not a knowledge base"):
        open_bank(text)
    foreign = tmp_path / "shop.db"
    sqlite3.connect(foreign).execute("create table goods(id)").connection.close()
    with pytest.raises(BankError, match="not a knowledge base of tiku"):
        open_bank(foreign, create=True)
    with pytest.raises(BankError, match="does not exist: tiku import"):
        open_bank(tmp_path / "none.db")
    with pytest.raises(BankError, match="is a folder"):
        open_bank(tmp_path)
    newer = open_bank(tmp_path / "new.db", create=True)
    newer["_sqlite_migrations"].insert({"migration_set": "tiku", "name": "m999_future", "applied_at": "2030"})
    newer.close()
    with pytest.raises(BankError, match="newer tiku: upgrade"):
        open_bank(tmp_path / "new.db")


def test_an_older_bank_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = open_bank(tmp_path / "old.db", create=True)
    save(old, paper())
    old.close()
    monkeypatch.setattr(schema, "TOKENS_VERSION", 900)
    migrations = schema.Migrations("tiku")
    migrations._migrations = [*schema.MIGRATIONS._migrations]
    migrations(name="m900_more")(lambda db: db["questions"].add_column("extra", str))
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    db = open_bank(tmp_path / "old.db")
    assert "extra" in db["questions"].columns_dict
    assert schema.meta(db, "tokens_version") == "900"
    assert read(db, "物流/期末.txt") == paper()


def test_an_index_of_another_cut_is_made_anew_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    old = open_bank(tmp_path / "old.db", create=True)
    save(old, paper())
    old.execute("drop table questions_fts")
    columns = ", ".join(schema.INDEXED)
    old.execute(f"create virtual table questions_fts using fts5({columns}, content='questions_tokens', content_rowid='id')")
    schema.set_meta(old, "tokens_version", 1)
    old.close()
    with ThreadPoolExecutor(2) as programs:  # two programs open it at the same time
        list(programs.map(lambda _: open_bank(tmp_path / "old.db").close(), range(2)))
    said = [r.message.partition(": ")[2] for r in caplog.records]
    assert said == ["its search index is of another version of tiku and is made anew, once"]
    db = open_bank(tmp_path / "old.db")
    sound(db)
    assert "prefix='1'" in db["questions_fts"].schema
    for query in ("供应链", "供", "链"):
        assert [len(x.documents[0].questions) for x in iterate(db, Selection(query=query))] == [2], query


def test_the_index_catches_up_after_a_bulk_load(bank: Database) -> None:
    schema.suspend_index(bank)
    save(bank, paper())
    assert schema.meta(bank, "index") == "stale"
    assert list(iterate(bank, Selection(query="供应链"))) == []
    schema.rebuild_index(bank)
    sound(bank)
    assert bank.execute("select count(distinct segid) from questions_fts_idx").fetchone()[0] == 1, "the index is in one piece"
    assert [len(x.documents[0].questions) for x in iterate(bank, Selection(query="供应链"))] == [2]


def test_a_program_without_the_function_cannot_spoil_the_index(bank: Database, tmp_path: Path) -> None:
    save(bank, paper())
    stranger = sqlite3.connect(tmp_path / "bank.db")
    with pytest.raises(sqlite3.OperationalError, match="tiku_tokens"):
        stranger.execute("update questions set stem = 'x'")
    sound(bank)
