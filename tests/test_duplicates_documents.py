"""Copies in real documents (真实文档的同题): one bank in two containers, a bank without copies, a page that appends its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.wire import from_json
from kb import open_bank, read, save
from kb.duplicates import Group, groups, update
from kb.duplicates.form import fold

GOLD = Path(__file__).parent.parent.parent / "shared" / "bench" / "dev" / "gold"
gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the bench with real documents is not beside this checkout")


def load(tmp_path: Path, *names: str) -> Any:
    db = open_bank(tmp_path / "bank.db", create=True)
    for name in names:
        value = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
        value["source"] = {"name": name, "sha256": name, "format": "gold"}
        text = ""
        for document in value["documents"]:
            for q in document["questions"]:
                page = "\n".join((q["stem"], *(f"{o['label']}.{o['text']}" for o in q.get("options") or []))) + "\n"
                q["span"] = [len(text), len(text) + len(page)]
                text += page
        save(db, from_json({**value, "text": text}))
    update(db)
    return db


def across(db: Any) -> list[Group]:
    return [g for g in groups(db) if len({c.source for c in g.copies}) > 1]


@gold
@pytest.mark.parametrize(("a", "b"), [("d023", "d024"), ("d043", "d044")])
def test_one_bank_in_two_containers(a: str, b: str, tmp_path: Path) -> None:
    db = load(tmp_path, a, b)
    texts = [{fold(q.stem) + "".join(sorted(fold(o.text) for o in q.options)) for d in read(db, name).documents for q in d.questions}
             for name in (a, b)]
    shared = texts[0] & texts[1]
    grouped = {fold(c.question.stem) + "".join(sorted(fold(o.text) for o in c.question.options)) for g in across(db) for c in g.copies}
    assert len(shared) > 150 and len(shared & grouped) >= 0.99 * len(shared)


@gold
def test_a_bank_without_copies_has_a_few_reworded_pairs(tmp_path: Path) -> None:
    db = load(tmp_path, "d012")
    assert db.execute("select count(*) from duplicate_groups").fetchone()[0] <= 6


@gold
def test_the_seed_meets_its_copies(tmp_path: Path) -> None:
    db = load(tmp_path, "seed")
    pairs = {
        c.question.number
        for g in groups(db)
        if len(g.copies) > 1
        for c in g.copies
        if c.question.type == "single_choice" and c.question.number and c.question.number <= 7
    }
    assert pairs >= set(range(1, 8))
    found = [(r.before, r.after) for r in read(db, "seed").repairs if r.rule == "copy_differs"]
    assert ("", "数") in found

