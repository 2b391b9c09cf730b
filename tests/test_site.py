"""What the site says instead of codes, and the values of its pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from kb_values import paper
from site_server import many

from extract.repair import PAGE_FAMILIES, QUESTION_FAMILIES
from kb import review
from kb.schema import open_bank
from kb.site import names, text
from kb.site.paper import clean, contents
from kb.store import save

HAN = re.compile("[\u4e00-\u9fff]")


def test_every_rule_column_and_table_has_a_chinese_name(tmp_path: Path) -> None:
    for rule in (r for family in (*PAGE_FAMILIES, *QUESTION_FAMILIES) for r in family):
        assert HAN.search(text.rule_name(rule.name, rule.family)), rule.name
    db = open_bank(tmp_path / "bank.db", create=True)
    for table in db.tables:
        if table.name in names.TABLES:
            for column in table.columns:
                assert HAN.search(names.COLUMNS[column.name]), (table.name, column.name)


def test_place_holders_are_marked_and_everything_else_escaped() -> None:
    assert str(text.marked("看[图]答<b>", ["答"])) == (
        '看<span class="lost" title="原文此处有图，这里没有收入">[图]</span><mark>答</mark>&lt;b&gt;')
    assert text.titled(None, "期末/试卷 一.docx") == "试卷 一（原文无标题）" and text.titled("期末卷", "x.txt") == "期末卷"


def test_a_paper_has_contents_and_pages(tmp_path: Path) -> None:
    x = many(230)
    asked = x.documents[0].questions
    other = tuple(replace(q, section=("第二章 仓储", "判断题"), type="true_false", options=(), answer=True) for q in asked[:40])
    document = replace(x.documents[0], questions=(*asked, *other))
    db = open_bank(tmp_path / "bank.db", create=True)
    save(db, replace(x, documents=(document,)))
    first, second = contents(db, 1)
    assert (first.path, first.page, first.questions) == (("第一章 运输", "单项选择题"), 1, 230)
    assert (second.path, second.page, second.questions) == (("第二章 仓储", "判断题"), 3, 40)
    groups, pages = clean(db, 1, 3, False)
    assert pages == 3 and [len(g.cards) for g in groups] == [30, 40] and groups[1].cards[0].id == second.first
    groups, pages = clean(db, 1, 1, True)
    assert pages == 1 and sum(len(g.cards) for g in groups) == 270


def test_flags_of_the_reading_and_of_the_source_are_asked_for_apart(tmp_path: Path) -> None:
    db = open_bank(tmp_path / "bank.db", create=True)
    save(db, paper())
    both = review.waiting(db, "flags")
    apart = [review.waiting(db, "flags", about=about) for about in ("reading", "source")]
    assert both == [*apart[0], *apart[1]] and all(apart)
    assert review.waiting(db, "flags", only="type_mismatch", about="source") == []
