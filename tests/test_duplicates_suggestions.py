"""What copies teach of each other's wording: suggestions in the ledger, which a person decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duplicate_values import BASE, with_options
from export_values import bank, extraction

from extract.ledger import replay
from kb import read, save
from kb.duplicates import groups, update
from kb.duplicates.suggestions import HOLDER, _edits


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


def test_what_touches_is_one_difference_and_a_picture_is_none() -> None:
    assert _edits("坚持绿色发展，必须（ ）。", "坚持绿色发展，( )。") == [(7, 10, 7, 8), (11, 12, 9, 10)]
    assert _edits("促进协调发展", "促进协调发展") == []
    assert HOLDER.search("见下图[图]") and not HOLDER.search("见下图")


def test_only_the_suggestions_of_changed_groups_are_written_anew(tmp_path: Path) -> None:
    from kb.store import forget

    long = "满意水平是可感知效果和期望值之间的差异函数"
    other = replace(BASE, number=2, stem="顾客在购买之后感到满意或者不满意,其水平取决于什么( )。")
    whole = with_options(BASE, long, "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色")
    lost = with_options(BASE, long[:-1], "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色")
    second = with_options(other, "服务质量的感知差距", "商品价格的波动幅度", long, "交通方式的选择")
    second_lost = with_options(other, "服务质量的感知差距", "商品价格的波动幅度", long[:-1], "交通方式的选择")
    db = bank(tmp_path / "bank.db", extraction("a.txt", (lost, second_lost)), extraction("b.txt", (whole, second)))

    def suggested() -> list[tuple[int, int]]:
        return db.execute("select id, question_id from repairs where rule = 'copy_differs' order by question_id").fetchall()

    update(db)
    (_, kept) = first = suggested()
    assert [r.after for r in read(db, "a.txt").repairs if r.rule == "copy_differs"] == ["数", "数"]
    save(db, extraction("c.txt", (whole,)))
    update(db)
    anew = suggested()
    assert anew[1] == kept and anew[0] != first[0]
    forget(db, "b.txt")
    update(db, again=True)
    assert [q for _, q in suggested()] == [first[0][1]]


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
