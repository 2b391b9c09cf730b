"""Each repair rule by its cases (tests/cases/repair/<rule>.toml): what it must mend, what it may only suggest, what it must keep."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import HOSTILE

from extract import repair
from extract.ledger import fingerprint, replay, undo
from extract.model import Document, Knowledge, Option, Part, Question, Reading, Repair, Source
from extract.repair import PAGE_FAMILIES, QUESTION_FAMILIES, engine, mend_page, mend_questions
from extract.repair.rule import Find, Rule

CASES = Path(__file__).parent / "cases" / "repair"
RULES = {rule.name: rule for family in (*PAGE_FAMILIES, *QUESTION_FAMILIES) for rule in family}


def mend(text: str, policy: str = "suggest", knowledge: Knowledge | None = None) -> tuple[Repair, ...]:
    """The ledger of a text without questions."""
    knows = knowledge or Knowledge()
    page = mend_page(Reading(Source("case", "", "text"), text), policy=policy, knowledge=knows)
    return page + mend_questions(text, (), page, policy=policy, knowledge=knows)


def cases(kind: str) -> list[Any]:
    """The cases of one kind, each named by its file."""
    out = []
    for path in sorted(CASES.glob("*.toml")):
        for k, case in enumerate(tomllib.loads(path.read_text("utf-8")).get(kind, [])):
            out.append(pytest.param(path.stem, case, id=f"{path.stem}-{k}"))
    return out


@pytest.mark.parametrize(("rule", "case"), cases("fix"))
def test_a_rule_mends_what_it_must(rule: str, case: dict[str, str]) -> None:
    ledger = mend(case["text"], "safe")
    assert replay(case["text"], ledger) == case["after"]
    assert rule in {r.rule for r in ledger if r.applied}
    assert undo(case["after"], ledger) == case["text"]


@pytest.mark.parametrize(("rule", "case"), cases("suggest"))
def test_a_rule_suggests_and_does_not_touch(rule: str, case: dict[str, str]) -> None:
    ledger = mend(case["text"])
    assert replay(case["text"], ledger) == case["text"]
    proposed = [replace(r, applied=True) for r in ledger]
    assert replay(case["text"], proposed) == case["after"]
    assert rule in {r.rule for r in ledger}
    assert all(r.evidence for r in ledger)


@pytest.mark.parametrize(("rule", "case"), cases("keep"))
def test_a_rule_keeps_what_is_right(rule: str, case: dict[str, str]) -> None:
    ledger = mend(case["text"])
    assert replay(case["text"], ledger) == case["text"], case["why"]


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_without_a_fix_and_a_keep(rule: str) -> None:
    found = tomllib.loads((CASES / f"{rule}.toml").read_text("utf-8"))
    assert found["rule"] == rule
    assert found.get("fix") or found.get("suggest"), "a rule needs a case that it must mend or suggest"
    assert found.get("keep"), "a rule needs a case that it must keep"


def test_no_orphan_cases_and_every_rule_says_why() -> None:
    assert {p.stem for p in CASES.glob("*.toml")} == set(RULES)
    assert all(r.needs and r.authority and 0 < r.sure <= 1 for r in RULES.values())


def test_repairing_twice_adds_nothing() -> None:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8")).get("fix", []):
            again = mend(case["after"], "safe")
            assert not [r for r in again if r.applied], path.stem


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_text_that_only_looks_damaged_is_kept(kind: str) -> None:
    assert not [r for r in mend(HOSTILE[kind], "safe") if r.applied]


def test_off_changes_no_character() -> None:
    assert mend("⼯⼈\u200b", "off") == ()
    with pytest.raises(ValueError, match="none of off, safe, suggest"):
        mend("x", "brave")


def test_a_rejected_repair_is_never_proposed_again() -> None:
    text = "学习要靠自已钻研。"
    (found,) = mend(text)
    assert found.applied
    assert mend(text, knowledge=Knowledge(rejected=frozenset({fingerprint(text, found)}))) == ()


def test_a_rejected_suggestion_is_never_proposed_again() -> None:
    text = "顾客满意程序取决于比较。"
    (found,) = mend(text)
    assert not found.applied
    assert mend(text, knowledge=Knowledge(rejected=frozenset({fingerprint(text, found)}))) == ()


def test_the_glossary_protects_its_words() -> None:
    text = "顾客满意程序是软件的名称。"
    assert mend(text)
    assert mend(text, knowledge=Knowledge(glossary=frozenset({"满意程序"}))) == ()


def test_other_documents_are_evidence() -> None:
    text = "供应链，有时被为价值链，包括顾客、供应商和零售商等环节。"
    other = "供应链，有时被称为价值链，包括顾客、供应商和零售商等环节。"
    assert any(r.rule == "passage" or r.after == "被称为" for r in mend(text, knowledge=Knowledge(passages=(other,))))


def _question(text: str, stem: str, options: tuple[str, ...], answer: str) -> tuple[str, Document]:
    page = f"{stem}\n" + "\n".join(f"{label}.{o}" for label, o in zip("ABCD", options, strict=False)) + f"\n答案：{answer}"
    parts = [Part("stem", 0, len(stem))]
    at = len(stem) + 1
    for label, option in zip("ABCD", options, strict=False):
        parts.append(Part(f"option:{label}", at + 2, at + 2 + len(option)))
        at += len(option) + 3
    parts.append(Part("answer", at + 3, len(page)))
    choices = tuple(Option(x, o) for x, o in zip("ABCD", options, strict=False))
    question = Question(stem, options=choices, span=(0, len(page)), parts=tuple(parts))
    return page, Document(None, "main", "exam", (question,))


def test_no_repair_makes_two_options_equal() -> None:
    page, document = _question("", "靠谁学习？", ("靠自已", "靠自己", "靠老师"), "B")
    ledger = mend_questions(page, (document,), (), policy="safe")
    assert [r for r in ledger if r.before == "自已"] and not [r for r in ledger if r.applied]


def test_an_answer_is_never_changed() -> None:
    page, document = _question("", "学习要靠谁？", ("老师", "同学"), "自已")
    ledger = mend_questions(page, (document,), (), policy="safe")
    assert [r.field for r in ledger] == ["answer"] and not ledger[0].applied


def test_an_item_about_wrong_characters_is_left_alone() -> None:
    page, document = _question("", "下列词语中有错别字的是（）。", ("自已", "已经"), "A")
    assert mend_questions(page, (document,), (), policy="suggest") == ()


def test_new_entries_stay_clear_of_the_ledger() -> None:
    text = "学习要靠自已钻研。"
    taken = Repair(1, "other", "other", "text", 4, 6, "自已", "自己", "given", 1.0, True)
    assert mend_questions(text, (), (taken,), policy="suggest") == ()
    doubt = replace(taken, applied=False)
    assert mend_questions(text, (), (doubt,), policy="suggest") == ()


def test_edits_of_later_families_fold_into_earlier_ones() -> None:
    def finder(before: str, after: str) -> Rule:
        def find(page: Any) -> Any:
            at = page.text.find(before)
            return [Find(at, at + len(before), after, f"{before} to {after}")] if at >= 0 else []

        return Rule(f"{before}-{after}", "test", "page", 1.0, "none", "none", find, structural=True)

    text = "一二三四五六"
    families = ((finder("三", "丙丙"),), (finder("二丙", "乙"), finder("丙四", "丁")), (finder("乙丁五", ""),))
    ledger = engine.mend(text, families, policy="safe", knowledge=Knowledge())
    assert [(r.start, r.end, r.after) for r in ledger] == [(1, 5, "")]
    assert replay(text, ledger) == "一六" and undo("一六", ledger) == text
    assert "三 to 丙丙" in ledger[0].evidence


def test_protected_characters_are_at_most_a_suggestion() -> None:
    rule = Rule("bold", "test", "question", 1.0, "none", "none", lambda page: [Find(0, 1, "不", "for the test")])
    (found,) = engine.mend("可以", ((rule,),), policy="safe", knowledge=Knowledge())
    assert not found.applied and repair.engine.protected("甲", "乙") and not repair.engine.protected("程序", "程度")
