"""Several banks are searched as one: the same questions in the same order, each with the bank that holds it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from kb_values import paper

from extract.model import Document, Extraction, Question
from kb.banks import search_banks
from kb.cli import main
from kb.schema import BankError, open_bank
from kb.search import search
from kb.store import Selection, save

STEMS = [f"第{n}号仓库的安全库存是{n * 10}件,{'供应链' * (n % 4)}应当怎样调整?" for n in range(40)]


def bank_of(path: Path, stems: list[str]) -> Path:
    db = open_bank(path, create=True)
    for n, stem in enumerate(stems):
        questions = (Question(stem, "short_answer"),)
        save(db, Extraction(replace(paper().source, name=f"{stem[:3]}{n}"), "", (), (), (Document("卷", "main", "exam", questions),)))
    db.close()
    return path


@pytest.fixture
def banks(tmp_path: Path) -> list[Path]:
    return [bank_of(tmp_path / f"{n}.db", STEMS[n::3]) for n in range(3)]


def test_several_banks_answer_as_one_would(banks: list[Path], tmp_path: Path) -> None:
    whole = open_bank(bank_of(tmp_path / "whole.db", STEMS))
    for query in ("安全库存", "供应链", "7号", "0件"):
        expected = {f.question.stem for f in search(whole, query, limit=100).found}
        results = search_banks(banks, query, limit=100)
        assert {f.question.stem for f in results.found} == expected and not results.looser
        assert {f.bank for f in results.found} <= set(map(str, banks))
    best = search_banks(banks, "供应链", limit=10)
    assert [f.question.stem.count("供应链") for f in best.found] == [3] * 10, "the best of all banks, not of the first"
    assert best == search_banks(banks, "供应链", limit=10)


def test_the_second_try_asks_all_banks_before_it_is_looser(banks: list[Path]) -> None:
    last = banks[2]
    assert search_banks(banks, "第2号仓库").found[0].bank == str(last)
    loose = search_banks(banks, "调整的库存")
    assert loose.looser and loose.found
    assert search_banks(banks, "调整的库存", loose=False).found == () == search_banks(banks, "魑魅魍魉").found


def test_a_selection_holds_in_each_bank(banks: list[Path]) -> None:
    assert len(search_banks(banks, "仓库", selection=Selection(type="short_answer"), limit=100).found) == 40
    assert not search_banks(banks, "仓库", selection=Selection(type="single_choice")).found


def test_the_command_searches_all_banks_that_it_is_given(banks: list[Path]) -> None:
    also = [w for b in banks[1:] for w in ("--also", str(b))]
    done = CliRunner().invoke(main, ["search", str(banks[0]), "安全库存", "--json", "--limit", "100", *also])
    found = json.loads(done.output)
    assert len(found) == 40 and {f["bank"] for f in found} == set(map(str, banks))
    done = CliRunner().invoke(main, ["search", str(banks[0]), "安全库存", "--also", "none.db"])
    assert done.exit_code == 1 and "none.db" in done.output
    with pytest.raises(BankError):
        search_banks([*banks, "none.db"], "仓库")
