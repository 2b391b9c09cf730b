"""Copies are known again, brothers are told apart, and what copies teach each other stands where it belongs."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from export_values import bank, extraction, options

from extract.ledger import replay
from extract.model import Extraction, Question
from extract.wire import from_json
from kb import open_bank, read, save
from kb.cli import main
from kb.duplicates import Group, groups, ready, update
from kb.duplicates.compare import compare
from kb.duplicates.form import fold, form
from kb.duplicates.suggestions import HOLDER, _edits

GOLD = Path(__file__).parent.parent.parent / "shared" / "bench" / "dev" / "gold"
BASE = Question(
    stem="在企业的库存管理中,决定经济订货批量大小的主要因素是( )。", type="single_choice", number=1,
    options=options("订货成本与储存成本", "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色"), answer=("A",),
)


def kind(a: Question, b: Question) -> str | None:
    match = compare(form(a, 1), form(b, 2))
    back = compare(form(b, 2), form(a, 1))
    assert (match and match.relation) == (back and back.relation)
    return match.relation if match else None


def with_options(q: Question, *texts: str) -> Question:
    return replace(q, options=options(*texts))


@pytest.mark.parametrize(("other", "relation"), [
    (BASE, "exact"),
    (replace(BASE, stem="在企业的库存管理中，决定经济订货批量大小的主要因素是（  ）", answer=None), "exact"),
    (replace(BASE, stem="在企业的库存管理中,决定经济订货批量大小的主要因素是____", number=7), "exact"),
    (with_options(BASE, "产品包装的颜色", "订货成本与储存成本", "仓库的朝向和层数", "销售人员的数量"), "shuffled"),
    (with_options(BASE, "订货成本与储存成本", "销售人员的数量"), "truncated"),
    (with_options(BASE, "订货成本与储存成本", "销售人员的数量", "仓库的朝向和层数", "产品包"), "truncated"),
    (with_options(BASE), "truncated"),
    (replace(BASE, stem="在企业的库存管理中,决定经济汀货批量大小的主要因素是( )。"), "near"),
    (replace(BASE, stem="在企业的库荐管理中,决定经济订货批量大小的主耍因素是( )。"), "near"),
    (replace(BASE, stem="在企业的库存管理中,决定经济订货批量大小的的主要因素是( )。"), "near"),
    (replace(BASE, stem="在企业的库存管理中,决定经济订批量大小的主要因素是( )。"), "near"),
    (with_options(replace(BASE, answer=("B",)), "仓库的朝向和层教", "订货成本与储存成本", "产品包装的颜色", "销售人员的数量"), "near"),
    # the same stem asks another thing with other options
    (with_options(BASE, "运输距离", "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色"), None),
    (with_options(BASE, "汇率", "税率", "利率", "折旧率"), None),
    (replace(BASE, stem="在企业的库存管理中,决定经济订货批量大小的次要因素是( )。", answer=("C",)), None),
    (replace(BASE, stem="在企业的库存管理中,不决定经济订货批量大小的主要因素是( )。"), None),
    (replace(BASE, type="fill_blank", options=(), answer=("成本",)), None),
])
def test_compare(other: Question, relation: str | None) -> None:
    assert kind(BASE, other) == relation


@pytest.mark.parametrize(("a", "b"), [
    ("这种合金在380摄氏度时开始熔化并保持稳定的体积。", "这种合金在390摄氏度时开始熔化并保持稳定的体积。"),
    ("温度升高时,气体在水中的溶解度随之增大,这是一般规律。", "温度升高时,气体在水中的溶解度随之减小,这是一般规律。"),
    ("地球自转的方向是自西向东,从北极上空看呈逆时针方向旋转。", "地球自转的方向是自东向西,从北极上空看呈逆时针方向旋转。"),
    ("函数f(x)=3.14x在定义域内单调,其图像经过坐标原点且关于原点对称。", "函数f(x)=31.4x在定义域内单调,其图像经过坐标原点且关于原点对称。"),
    ("若变量a的值为5,则表达式a++执行之后变量a的值增加一个单位。", "若变量b的值为5,则表达式b++执行之后变量b的值增加一个单位。"),
    ("进程是资源分配的基本单位,同一程序可以对应多个进程。", "进程不是资源分配的基本单位,同一程序可以对应多个进程。"),
])
def test_statements_that_differ_in_what_they_say_stay_apart(a: str, b: str) -> None:
    assert kind(Question(stem=a, type="true_false"), Question(stem=b, type="true_false")) is None


def test_statements_with_different_keys_stay_apart_however_alike() -> None:
    a = Question(stem="订货循环发生在零售商与分销商之间的接口上,由零售商发起。", type="true_false", answer=True)
    b = replace(a, stem="补货循环发生在零售商与分销商之间的接口上,由零售商发起。", answer=False)
    assert kind(a, b) is None


def test_brothers_of_a_matching_set_stay_apart() -> None:
    drugs = options("阿司匹林", "青霉素", "胰岛素", "硝酸甘油")
    a = Question(stem="治疗糖尿病患者血糖升高时应首先选用的药物是( )", type="single_choice", options=drugs, answer=("C",))
    b = replace(a, stem="治疗心绞痛患者血压升高时应首先选用的药物是( )", answer=("D",))
    assert kind(a, b) is None and kind(replace(a, answer=None), replace(b, answer=None)) is None


def test_material_counts() -> None:
    a = replace(BASE, stem="文中画线句子的作用是( )", material="春天来了,河边的柳树发了芽,孩子们在岸上放风筝。")
    assert kind(a, replace(a, material="冬天到了,山上的松树盖着雪,猎人们在屋里烤着火。")) is None
    assert kind(a, replace(a, material="春天来了，河边的柳树发了芽，孩子们在岸上放风筝")) == "exact"
    assert kind(a, replace(a, material=None)) == "exact"


@pytest.mark.parametrize(("text", "folded"), [
    ("Ａ.３．１４（ ）", "a3.14"), ("下列________正确的是：", "下列正确的是"), ("GB/T 19000-2016", "gb/t19000-2016"),
    ("x²+y²=1", "x2+y2=1"), ("-5", "-5"), ("甲 - 乙", "甲乙"), ("well-known.", "wellknown"), ("a−b", "a-b"),
])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


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


def test_a_lost_character_is_suggested_in_the_ledger_and_never_applied(tmp_path: Path) -> None:
    long = "满意水平是可感知效果和期望值之间的差异函数"
    whole = with_options(BASE, long, "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色")
    lost = with_options(BASE, long[:-1], "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色")
    db = bank(tmp_path / "bank.db", extraction("a.txt", (lost,)), extraction("b.txt", (whole,)))
    update(db)
    x = read(db, "a.txt")
    (suggestion,) = [r for r in x.repairs if r.rule == "copy_differs"]
    assert (suggestion.before, suggestion.after, suggestion.applied, suggestion.field) == ("", "数", False, "options")
    assert x.text[: suggestion.start].endswith("差异函") and "b.txt" in suggestion.evidence
    assert suggestion.id in x.documents[0].questions[0].repairs
    assert long in replay(x.text, [replace(suggestion, applied=True)])
    assert not [r for r in read(db, "b.txt").repairs if r.rule == "copy_differs"]
    before = db.execute("select * from repairs").fetchall()
    update(db, again=True)
    assert [r[1:] for r in db.execute("select * from repairs")] == [r[1:] for r in before]
    # when the other copy is gone, nothing supports the suggestion any more
    save(db, extraction("b.txt", (replace(whole, stem="完全不同的另一道题目问的是什么内容呢?"),)))
    update(db)
    assert not [r for r in read(db, "a.txt").repairs if r.rule == "copy_differs"]


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
    truth = bench.fill(db, 5000, 11)
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




def test_what_touches_is_one_difference_and_a_picture_is_none() -> None:
    assert _edits("坚持绿色发展，必须（ ）。", "坚持绿色发展，( )。") == [(7, 10, 7, 8), (11, 12, 9, 10)]
    assert _edits("促进协调发展", "促进协调发展") == []
    assert HOLDER.search("见下图[图]") and not HOLDER.search("见下图")


def test_a_person_has_the_last_word_on_a_suggestion(tmp_path: Path) -> None:
    from kb.review import decide_repairs, undo

    long = "满意水平是可感知效果和期望值之间的差异函数"
    whole = with_options(BASE, long, "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色")
    lost = with_options(BASE, long[:-1], "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色")
    x = extraction("a.txt", (lost,))
    db = bank(tmp_path / "bank.db", x, extraction("b.txt", (whole,)))

    def suggested() -> list[tuple[int, int]]:
        update(db)
        return [tuple(r) for r in db.execute("select id, applied from repairs where rule = 'copy_differs'")]

    ((first, applied),) = suggested()
    assert not applied and decide_repairs(db, [first], "reject", "")[0] == 1
    assert suggested() == [] or [a for _, a in suggested()] == [0]
    update(db, again=True)
    assert suggested() == []
    (decision,) = [r[0] for r in db.execute("select id from decisions")]
    undo(db, decision)
    update(db, again=True)
    ((second, _),) = suggested()
    assert decide_repairs(db, [second], "accept", "")[0] == 1
    assert [a for _, a in suggested()] == [1]
    assert replay(x.text, read(db, "a.txt").repairs).count("差异函数") == 1
    assert [g.kind for g in groups(db)] == ["exact"] or not x.documents[0].questions[0].parts
