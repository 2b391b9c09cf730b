"""Every sample reads as its golden says, and keeps the promises that any text must keep."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from make_goldens import golden, render, sources
from test_properties import check_account, check_ledger, check_questions

from extract.ledger import replay, undo
from extract.pipeline import extract
from extract.wire import from_json, to_json

ALL = [pytest.param(path, id=path.name) for path in sources()]


def test_there_are_enough_samples() -> None:
    paths = sources()
    assert len(paths) >= 14
    assert {".txt", ".html", ".md", ".docx", ".csv"} <= {p.suffix for p in paths}
    assert {golden(p) for p in paths} == set(paths[0].parent.glob("*.golden.json")), "a golden for each sample, and no golden without one"


@pytest.mark.parametrize("path", ALL)
def test_sample_reads_as_its_golden(path: Path) -> None:
    target = golden(path)
    assert target.exists(), f"no golden for {path.name}: run make goldens and read what it wrote"
    want, have = json.loads(target.read_text("utf-8")), json.loads(render(path))
    assert [d["title"] for d in have["documents"]] == [d["title"] for d in want["documents"]]
    for want_document, have_document in zip(want["documents"], have["documents"], strict=True):
        assert len(have_document["questions"]) == len(want_document["questions"]), want_document["title"]
        for want_question, have_question in zip(want_document["questions"], have_document["questions"], strict=True):
            assert have_question == want_question
    assert have == want


@pytest.mark.parametrize("path", ALL)
def test_sample_keeps_the_promises(path: Path) -> None:
    result = extract(path.read_bytes(), name=path.name)
    check_account(result)
    check_ledger(result)
    check_questions(result)
    assert undo(replay(result.text, result.repairs), result.repairs) == result.text
    assert from_json(to_json(result)) == result


@pytest.mark.parametrize("path", ALL)
def test_little_of_a_sample_is_left_unclaimed(path: Path) -> None:
    result = extract(path.read_bytes(), name=path.name)
    roles: Counter[str] = Counter()
    for block in result.blocks:
        roles[block.role] += len(result.text[block.start : block.end].strip())
    assert roles["unclaimed"] <= 0.02 * sum(roles.values()), roles


def test_the_demo_finds_its_word() -> None:
    """The demo searches for 供应链: several questions of the samples hold it, in different fields."""
    questions = [q for p in sources() for d in extract(p.read_bytes(), name=p.name).documents for q in d.questions]
    assert sum("供应链" in q.stem for q in questions) >= 5
    assert sum("供应链" in str(q.answer) + str(q.explanation) + "".join(o.text for o in q.options) for q in questions) >= 1


def test_the_regulation_holds_no_question() -> None:
    path = next(p for p in sources() if p.stem == "regulation")
    documents = extract(path.read_bytes(), name=path.name).documents
    assert [d.kind for d in documents] == ["other"]
    assert not documents[0].questions
