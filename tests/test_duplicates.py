"""Copies are known again, brothers are told apart, and what copies teach each other stands where it belongs."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from duplicate_values import BASE, with_options
from export_values import bank, extraction, options

from extract.model import Extraction, Question
from kb import open_bank, read, save
from kb.cli import main
from kb.duplicates import groups, ready, unsettled, update
from kb.serve import build


def group_of(db: Any) -> list[tuple[str, list[tuple[str, int | None]]]]:
    return [(g.kind, [(c.source, c.question.number) for c in g.copies]) for g in groups(db)]


def test_groups_offers_and_conflicts(tmp_path: Path) -> None:
    shuffled = replace(
        BASE, options=options("产品包装的颜色", "订货成本与储存成本", "仓库的朝向和层数", "销售人员的数量"), answer=("B",), number=2,
        explanation="批量使两种成本之和最小。")
    bare = replace(BASE, answer=None, number=3)
    short = replace(BASE, options=BASE.options[:2], answer=None, number=4)
    wrong = replace(BASE, answer=("D",), number=5)
    db = bank(tmp_path / "bank.db", extraction("a.txt", (BASE,)), extraction("b.txt", (shuffled,)), extraction("c.txt", (bare, short)))
    update(db)
    (group,) = groups(db)
    assert group.kind == "truncated" and Counter(c.relation for c in group.copies) == {"canonical": 1, "shuffled": 2, "truncated": 1}
    by_number = {c.question.number: c for c in group.copies}
    labels = by_number[2].labels or {v: k for k, v in by_number[1].labels.items()}
    assert labels == {"A": "D", "B": "A", "D": "B", "C": "C"}
    offers = {(q, f): (json.loads(v), giver) for q, f, v, giver in db.execute(
        "select question_id, field, value, from_question_id from duplicate_offers")}
    ids = {c.question.number: c.id for c in group.copies}
    assert offers[ids[3], "answer"][0] == ["A"] and offers[ids[4], "answer"][0] == ["A"]
    assert offers[ids[1], "explanation"] == ("批量使两种成本之和最小。", ids[2])
    assert (ids[2], "answer") not in offers and db.execute("select count(*) from duplicate_conflicts").fetchone() == (0,)
    # what is borrowed is not printed: the question itself still has no answer
    assert read(db, "c.txt").documents[0].questions[0].answer is None

    save(db, extraction("d.txt", (wrong,)))
    update(db)
    assert db.execute("select count(*) from duplicate_offers where field = 'answer'").fetchone() == (0,)
    ((answer, other),) = db.execute("select answer, other_answer from duplicate_conflicts").fetchall()
    assert {answer, other} == {'["A"]', '["D"]'} or {answer, other} == {'["B"]', '["D"]'}


def test_an_explanation_that_names_letters_is_not_lent_to_another_order(tmp_path: Path) -> None:
    told = replace(BASE, explanation="A项使总成本最小,故选A。")
    other = with_options(replace(BASE, answer=("D",)), *reversed([o.text for o in BASE.options]))
    db = bank(tmp_path / "bank.db", extraction("a.txt", (told,)), extraction("b.txt", (other,)), extraction("c.txt", (BASE,)))
    update(db)
    offers = db.execute("select s.name from duplicate_offers o join questions q on q.id = o.question_id join documents d on "
                        "d.id = q.document_id join sources s on s.id = d.source_id").fetchall()
    assert offers == [("c.txt",)]


def papers(seed: int, count: int = 30) -> list[Extraction]:
    """Papers with known copies of all kinds, from the text of the bench."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
    import duplicates as bench

    rng = random.Random(seed)
    made: list[bench.Made] = []
    out = []
    for n in range(count):
        held = []
        for m in range(20):
            fresh = not made or rng.random() < 0.5
            row = bench.question(rng, None) if fresh else bench.copy(rng, rng.choice(made), rng.choice(("exact", "shuffled", "near")))
            if fresh:
                made.append(row)
            type_, stem, texts, answer = row
            held.append(Question(
                stem=stem, type=type_, number=m, options=options(*texts),
                answer=tuple(value) if isinstance(value := json.loads(answer), list) else value))
        out.append(extraction(f"{n:02d}.txt", tuple(held)))
    return out


def tables(db: Any) -> Iterator[Any]:
    name = ("select s.name || ' ' || q.position from questions q join documents d on d.id = q.document_id "
            "join sources s on s.id = d.source_id where q.id = ")
    for table, columns in (
        ("duplicate_members", f"({name} m.question_id), relation, similarity, label_map"),
        ("duplicate_offers", f"({name} m.question_id), field, value, ({name} m.from_question_id), copies"),
        ("duplicate_conflicts", f"({name} m.question_id), ({name} m.other_question_id), answer, other_answer"),
        ("repairs", "source_id in (select 0), number, before, after, evidence, confidence"),
        ("duplicate_groups", f"kind, size, ({name} m.canonical_question_id)"),
    ):
        yield table, Counter(db.execute(f"select {columns} from {table} m").fetchall())


def test_bit_by_bit_gives_the_same_groups_as_all_at_once(tmp_path: Path) -> None:
    made = papers(3)
    whole = bank(tmp_path / "whole.db", *made)
    update(whole)
    slow = open_bank(tmp_path / "slow.db", create=True)
    for n, x in enumerate(made):
        save(slow, x)
        if n % 3 == 0:
            assert update(slow).sources == (3 if n else 1)
    assert update(slow).sources == len(made) - 1 - (len(made) - 1) // 3 * 3
    assert dict(tables(slow)) == dict(tables(whole))
    assert update(slow) == update(whole)  # nothing is left to do
    # a page goes, changes, comes back
    from kb.store import forget

    forget(slow, "04.txt")
    save(slow, extraction("07.txt", (BASE,)))
    update(slow)
    gone = slow.execute("select count(*) from duplicate_members where question_id not in (select id from questions)").fetchone()
    assert gone == (0,)
    for n in (4, 7):
        save(slow, made[n])
    update(slow)
    assert dict(tables(slow)) == dict(tables(whole))


def test_known_copies_are_found(tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
    import duplicates as bench

    db = open_bank(tmp_path / "bank.db", create=True)
    truth = bench.fill(db, islice(bench.questions(random.Random(11)), 5000))
    update(db)
    precision, recall = bench.score(db, truth)
    assert precision >= 0.995 and recall >= 0.97
    kinds = dict(db.execute("select relation, count(*) from duplicate_members group by relation").fetchall())
    assert min(kinds.get(k, 0) for k in ("exact", "shuffled", "near")) > 100


def test_a_stem_that_a_thousand_questions_share_is_no_burden(tmp_path: Path) -> None:
    rng = random.Random(5)
    signs = [chr(0x4E00 + n) for n in range(3000)]
    many = [
        Question(stem="下列说法正确的是( )", type="single_choice", number=n,
                 options=options(*("".join(rng.sample(signs, 9)) for _ in range(4))), answer=("A",))
        for n in range(1500)
    ]
    many[700] = replace(many[3], options=many[3].options[:2], answer=None)
    db = bank(tmp_path / "bank.db", extraction("a.txt", tuple(many)))
    done = update(db)
    assert done.compared < 1500 * 8
    assert group_of(db) == [("truncated", [("a.txt", 3), ("a.txt", 3)])]


def test_short_or_empty_texts_are_never_grouped(tmp_path: Path) -> None:
    empty = [Question(stem=s, type="other", number=n) for n, s in enumerate(("略", "略", "", "", "[图]", "[图]", "作文"))]
    db = bank(tmp_path / "bank.db", extraction("a.txt", tuple(empty)))
    update(db)
    assert group_of(db) == []


def test_the_command_lists_the_groups(tmp_path: Path) -> None:
    path = tmp_path / "bank.db"
    bank(path, extraction("a.txt", (BASE,)), extraction("b.txt", (replace(BASE, answer=None),)),
         extraction("c.txt", (replace(BASE, answer=("C",)),))).close()
    result = CliRunner().invoke(main, ["duplicates", str(path)])
    assert result.exit_code == 0 and "exact: 1 groups, 3 questions" in result.stdout and "conflict: " in result.stdout
    (value,) = [json.loads(line) for line in CliRunner().invoke(main, ["duplicates", str(path), "--json"]).stdout.splitlines()]
    assert value["kind"] == "exact" and {c["source"] for c in value["copies"]} == {"a.txt", "b.txt", "c.txt"} and value["conflicts"]
    result = CliRunner().invoke(main, ["duplicates", str(path), "--kind", "near"])
    assert "[1]" not in result.stdout
    assert CliRunner().invoke(main, ["duplicates", str(tmp_path / "none.db")]).exit_code == 1


PAGE = """一、单项选择题
1. 在企业的库存管理中,决定经济订货批量大小的主要因素是( )。
A. 订货成本与储存成本
B. 销售人员的数量
C. 仓库的朝向和层数
D. 产品包装的颜色
"""


def test_an_import_brings_the_groups_of_a_grouped_bank_up_to_date(tmp_path: Path) -> None:
    path, pages = str(tmp_path / "bank.db"), tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(PAGE, encoding="utf-8")
    (pages / "b.txt").write_text("库存管理练习\n" + PAGE, encoding="utf-8")

    def sizes() -> list[int]:
        return [len(g.copies) for g in groups(open_bank(tmp_path / "bank.db"))]

    def run(*args: str) -> None:
        assert CliRunner().invoke(main, [*args]).exit_code == 0

    run("import", path, str(pages))
    assert not ready(open_bank(tmp_path / "bank.db"))  # grouping begins with the first ``tiku duplicates``
    run("duplicates", path)
    assert sizes() == [2]
    (pages / "c.txt").write_text("期末复习\n" + PAGE, encoding="utf-8")
    run("import", path, str(pages))
    assert sizes() == [3]
    (pages / "c.txt").unlink()
    run("import", path, str(pages), "--prune")
    assert sizes() == [2]


def test_what_disagrees_or_is_cut_short_waits_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "bank.db"
    short = replace(BASE, options=BASE.options[:2], answer=None)
    db = bank(path, extraction("a.txt", (BASE,)), extraction("b.txt", (replace(BASE, answer=("C",)),)), extraction("c.txt", (short,)))
    assert unsettled(db) == (0, 0), "nothing is grouped yet"
    update(db)
    assert unsettled(db) == (1, 1)
    db.close()
    said = CliRunner().invoke(main, ["review", str(path), "--list"]).stdout
    assert "copies, answers that disagree: 1" in said and "copies, options that a copy lacks: 1" in said

    async def page() -> str:
        site = build(path)
        await site.invoke_startup()
        return str((await site.client.get("/review")).text)

    shown = asyncio.run(page())
    assert 'href="/kb/duplicate_conflicts">答案不一致 <b>1</b>' in shown and "relation=truncated" in shown and "选项不全 <b>1</b>" in shown
