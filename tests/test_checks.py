"""Each doubt by its cases (tests/cases/flags/<code>.toml): questions that must carry it, and questions that must not.

A case gives fields of the question; what is usual around it (four options, no answers, no numbers) is given where it matters.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from extract import extract
from extract.builds import Build
from extract.checks import CHECKS, answers, inside_stems, options, page, signs, stems
from extract.checks.look import Group, Look, texts_of
from extract.checks.signs import Inside
from extract.model import Option, Question, Section
from extract.outline import Draft
from extract.question_types import CHOICES
from extract.stem import StemParts

CASES = Path(__file__).parent / "cases" / "flags"
USUAL = {"size": 10, "options": 4, "answered": False, "silent": False, "asking": False, "wrapped": False, "lines": False, "stem": 20}
AROUND = {
    "last": False, "keyed": False, "listed": False, "mostly_answered": False, "bare": False, "numbered": False, "twin": None,
    "usual_type": None, "miscounted": False, "doubted": None,
}


def cases(kind: str) -> list[Any]:
    out = []
    for path in sorted(CASES.glob("*.toml")):
        for k, case in enumerate(tomllib.loads(path.read_text("utf-8")).get(kind, [])):
            out.append(pytest.param(path.stem, case, id=f"{path.stem}-{k}"))
    return out


def question(case: dict[str, Any]) -> Question:
    known = {f.name for f in fields(Question)}
    given = {k: v for k, v in case.items() if k in known}
    printed = case.get("printed", "")
    options = tuple(Option(o[0], o[1:].strip(), printed[k : k + 1] or o[0]) for k, o in enumerate(given.pop("options", [])))
    answer = given.pop("answer", None)
    return Question(**{"stem": "", **given}, options=options, answer=tuple(answer) if isinstance(answer, list) else answer)


def look(case: dict[str, Any]) -> Look:
    q = question(case)
    neighbours = [question(case[k]) if k in case else None for k in ("before", "after")]
    draft = Draft(q.number, None, (0, 0), case.get("action", "number"), 0)
    build = Build(draft, StemParts([]), type=q.type, doubts=[tuple(d) for d in case.get("doubts", [])])
    build.answer_spans = draft.answers = [(0, 0)] * case.get("answers", 0)
    section = Section(**{**case["heading"], "path": tuple(case["heading"]["path"])}) if "heading" in case else None
    run = tuple(q for _ in range(case.get("run", 0)))
    around = {k: case.get(k, v) for k, v in AROUND.items()}
    own = (*texts_of(q), [o.label for o in q.options], q.type in CHOICES)
    return Look(q, *own, build, Group(**{**USUAL, **case.get("siblings", {})}), section, run, *neighbours, **around)


def doubts(case: dict[str, Any], about: str) -> set[str]:
    seen = look(case)
    return {c.code for c in CHECKS if c.about == about and c.find(seen)}


@pytest.mark.parametrize(("name", "case"), cases("flagged"))
def test_a_doubt_speaks(name: str, case: dict[str, Any]) -> None:
    code, _, about = name.partition(".")
    assert code in doubts(case, about)


@pytest.mark.parametrize(("name", "case"), cases("kept"))
def test_a_doubt_keeps_still(name: str, case: dict[str, Any]) -> None:
    code, _, about = name.partition(".")
    assert code not in doubts(case, about)


def test_a_sign_in_a_field_is_found_in_all_of_them() -> None:
    modules = (answers, inside_stems, options, page, signs, stems)
    inside = {sign for module in modules for sign in vars(module).values() if isinstance(sign, Inside)}
    seen = [look(case.values[1]) for case in cases("flagged") + cases("kept")]
    found = {(sign, x.text) for x in seen for field in (x.stem, *x.options) for sign in inside if sign.search(field)}
    assert {sign for sign, _ in found} == inside
    assert all(sign.anywhere(text) for sign, text in found)


def test_every_check_has_both_kinds_of_case() -> None:
    held = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in CASES.glob("*.toml")}
    assert set(held) == {f"{c.code}.{c.about}" for c in CHECKS}
    assert all(case.get("flagged") and case.get("kept") for case in held.values())


def test_options_past_the_letters_raise_no_error() -> None:
    cell = "|".join([f"{k}号河段" for k in range(1, 28)] + ["支流 B.干流", "河口"])
    rows = "\n".join(f'{k},单选题,第{k}个河段是（ ）,"{cell}",A' for k in range(1, 4))
    questions = extract(f"题号,题型,题干,选项,答案\n{rows}".replace(",", "\t").encode(), name="rivers.txt").documents[0].questions
    assert [len(q.options) for q in questions] == [29, 29, 29]
    assert all("many_options" in {f.code for f in q.flags} for q in questions)


def test_a_long_line_to_write_on_takes_no_longer_than_its_length() -> None:
    short, long = (look({"stem": f"水的化学式是{'_' * n}", "type": "fill_blank"}) for n in (2_000, 200_000))
    assert [c.code for c in CHECKS if c.find(short)] == [c.code for c in CHECKS if c.find(long)]


def test_where_half_of_a_section_is_doubted_the_rest_is() -> None:
    lines = ["一、单选题", *(f"{n}. 我国的第{n}大河是（ ）\nA. 甲河  B. 乙河  C. 丙河  D. 丁河（长" for n in (1, 2)),
             *(f"{n}. 我国的第{n}大湖是（ ）\nA. 甲湖  B. 乙湖  C. 丙湖  D. 丁湖" for n in (3, 4)), "二、判断题", "1. 长江注入东海。（ ）"]
    (document,) = extract("\n".join(lines).encode(), name="page.txt").documents
    codes = [{f.code for f in q.flags if f.about == "reading"} for q in document.questions]
    assert codes == [{"odd_option"}, {"odd_option"}, {"doubtful_section"}, {"doubtful_section"}, set()]
