"""Every layout of docs/layouts.md: small invented pages and what must be read from them (tests/cases/layout/*.toml).

A file holds the cases of one kind; a case holds a page and the questions expected of it, in reading order. Only the keys
that are given are compared, and texts are compared as a reader would: width, spaces, quotes and the way a blank is drawn
make no difference, every other character does. A case with ``left`` is one that is not read right yet: it says what is left to do.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from extract.pipeline import extract
from extract.wire import to_json

CASES = Path(__file__).parent / "cases" / "layout"
KEYS = {
    "number", "printed_number", "type", "stem", "options", "texts", "labels", "printed_labels", "answer", "section", "explanation",
    "material", "score", "flags", "span_text",
}
CASE_KEYS = {"name", "text", "question", "questions", "documents", "titles", "html", "ext", "why", "left"}
FOLD = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "－": "-", "―": "-", "【": "[", "】": "]",
     "〔": "[", "〕": "]", "、": ",", "。": ".", "．": ".", "﹒": ".", "·": "."}
)


def fold(text: object) -> str:
    """The text without what a reader would not call a difference."""
    folded = unicodedata.normalize("NFKC", str(text or "")).translate(FOLD)
    folded = re.sub(r"\s+", "", folded)
    folded = re.sub(r"\[(?:图|公式|表)[^\]]{0,80}\]", "", folded)
    return re.sub(r"_+|\(\)|\[\]", "", folded).rstrip(".;,")


CUE = re.compile(
    r"^[(\[]?(?:\d+[-~]\d+题共用[^)\]]*|(?:根据|阅读)[^.]{0,12}回答[^.]{0,8}题|材料题开始|阅读下面[^.]{0,12}完成[^.]{0,8}题)[)\].]*"
)


def fold_material(text: object) -> str:
    """A passage with or without the sentence that introduces it: both are right readings of the source."""
    return CUE.sub("", fold(text)) if text else ""


def fold_answer(answer: object) -> object:
    """The answer in one form: labels sorted, texts folded, true, false and null as they are."""
    if isinstance(answer, str) and re.fullmatch(r"[A-Za-z]{1,10}", answer.strip()):
        answer = list(answer.strip())
    if isinstance(answer, list):
        parts = [fold(a) for a in answer]
        return tuple(sorted(p.upper() for p in parts)) if all(re.fullmatch(r"[A-Za-z]", p) for p in parts) else tuple(parts)
    return answer if isinstance(answer, bool) or answer in (None, "null") else (fold(answer),)


def fold_options(options: list[Any]) -> list[tuple[str, str]]:
    """(label, text) of options given as "A text" or as JSON objects."""
    pairs = [(o["label"], o["text"]) if isinstance(o, dict) else (o.partition(" ")[0], o.partition(" ")[2]) for o in options]
    return [(str(label).upper(), fold(text)) for label, text in pairs]


def shown(question: dict[str, Any], key: str, text: str) -> object:
    """What was read, in the form in which ``wanted`` gives what is expected."""
    match key:
        case "options":
            return fold_options(question["options"])
        case "labels":
            return [o["label"] for o in question["options"]]
        case "texts":
            return [fold(o["text"]) for o in question["options"]]
        case "printed_labels":
            return [o["printed_label"] for o in question["options"]]
        case "answer":
            return fold_answer(question["answer"])
        case "section":
            return [fold(s) for s in question["section"]]
        case "flags":
            return {f["code"] for f in question["flags"]}
        case "span_text":
            return fold(text[slice(*question["span"])])
        case "material":
            return fold_material(question[key])
        case "stem" | "explanation":
            return fold(question[key])
        case _:
            return question[key]


def wanted(question: dict[str, Any], key: str) -> object:
    value = question[key]
    match key:
        case "options":
            return fold_options(value)
        case "answer":
            return fold_answer(None if value == "null" else value)
        case "section" | "texts":
            return [fold(s) for s in value]
        case "flags":
            return set(value)
        case "material":
            return fold_material("" if value == "null" else value)
        case "stem" | "explanation" | "span_text":
            return "" if value == "null" else fold(value)
        case _:
            return None if value == "null" else value


def differences(expected: dict[str, Any], got: dict[str, Any], text: str) -> list[str]:
    """One line a key that was read differently."""
    found = []
    for key in expected:
        want, have = wanted(expected, key), shown(got, key, text)
        if key == "section" and isinstance(want, list) and isinstance(have, list):
            have = have[len(have) - len(want) :] if want else have
        if key == "options" and expected.get("type") == "true_false":
            continue  # printed 对/错 may stand as options or not
        if key == "flags" and isinstance(want, set) and isinstance(have, set):
            have = have & want
        if want != have:
            found.append(f"{key}: expected {want!r}\n{' ' * len(key)}       read {have!r}")
    return found


def load(*kinds: str) -> list[Any]:
    """The cases of these kinds, or of all."""
    params = []
    for path in sorted(CASES.glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        for case in document["case"] if not kinds or document["kind"] in kinds else []:
            params.append(pytest.param(case, id=f"{path.stem}:{case['name']}"))
    return params


def problems_of(case: dict[str, Any], repair: str = "safe") -> list[str]:
    """What was read otherwise than the case expects."""
    name = "case.html" if case.get("html") else f"case.{case.get('ext', 'txt')}"
    result = to_json(extract(case["text"].encode(), name=name, repair=repair))
    questions = [q for d in result["documents"] for q in d["questions"]]
    expected = case.get("question", [])
    problems = []
    if "documents" in case and len(result["documents"]) != case["documents"]:
        problems.append(f"documents: expected {case['documents']}, read {[d['title'] for d in result['documents']]}")
    if "titles" in case:
        want, have = [fold(t) for t in case["titles"]], [fold(d["title"]) for d in result["documents"]]
        if want != have:
            problems.append(f"titles: expected {want}, read {have}")
    count = case.get("questions", len(expected))
    if len(questions) != count:
        problems.append(f"count: expected {count} questions, read {len(questions)}: " + " | ".join(q["stem"][:16] for q in questions[:12]))
    for k, (want_q, got_q) in enumerate(zip(expected, questions, strict=False)):
        problems += [f"#{k + 1} {line}" for line in differences(want_q, got_q, result["text"])]
    return problems


def settle(case: dict[str, Any], problems: list[str]) -> None:
    """Reading right passes; what is known to be left must be wrong still, or its mark is taken away."""
    if "left" in case:
        assert problems, f"this is read right now: take away {case['left']!r}"
        pytest.xfail(f"{case['left']}: {problems[0]}")
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("case", load())
def test_layout(case: dict[str, Any]) -> None:
    settle(case, problems_of(case))


@pytest.mark.parametrize("case", load("B02", "B03", "B04", "B10", "C09"))
def test_layout_without_repair(case: dict[str, Any]) -> None:
    """Glue, labels and numbers are still read right when no character may change."""
    settle(case, problems_of(case, repair="off"))


def test_case_files_are_well_formed() -> None:
    """A mistyped key would compare nothing and pass: none may slip in."""
    for path in sorted(CASES.glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        assert set(document) == {"kind", "title", "case"}, path.name
        assert path.stem.split("-")[0] == document["kind"], path.name
        names = [case["name"] for case in document["case"]]
        assert len(names) == len(set(names)), path.name
        for case in document["case"]:
            assert set(case) <= CASE_KEYS, (path.name, set(case) - CASE_KEYS)
            assert case["text"].strip(), path.name
            assert "question" in case or "questions" in case or "titles" in case, (path.name, case["name"])
            for question in case.get("question", []):
                assert set(question) <= KEYS, (path.name, set(question) - KEYS)
                assert "stem" in question or "options" in question, path.name


def test_every_kind_is_in_the_catalogue() -> None:
    catalogue = (Path(__file__).parents[1] / "docs" / "layouts.md").read_text("utf-8")
    kinds = {tomllib.loads(p.read_text("utf-8"))["kind"] for p in CASES.glob("*.toml")}
    missing = sorted(k for k in kinds if f"| {k} |" not in catalogue)
    assert not missing, f"docs/layouts.md names no {missing}"
