"""The formats of course platforms (GIFT, Moodle XML, QTI), read back by parsers that are not ours."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from export_values import NASTY, QUESTIONS, made, text_of
from lxml import etree

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")


def test_gift_is_parsed_by_pygiftparser(tmp_path: Path) -> None:
    from pygiftparser import answer as answers
    from pygiftparser import parser

    data, done = made(tmp_path, "gift", provenance=True)
    # Moodle's importer sets escaped signs aside before it looks for any other; this reader looks first, so it is done for it here
    aside = {f"\\{sign}": chr(0xE000 + n) for n, sign in enumerate("\\~=#{}:")}
    text = data.decode()
    for escaped, stand_in in aside.items():
        text = text.replace(escaped, stand_in)
    parsed = [q for q in parser.parseFile(io.StringIO(text)) if q.source.strip()]
    sent = [q for q in QUESTIONS if q.number != 10]
    assert len(parsed) == len(sent) == done.written and done.lost["skipped_unanswered"] == 1
    assert all(q.valid for q in parsed)

    def plain(text: str) -> str:
        for escaped, stand_in in aside.items():
            text = text.replace(stand_in, escaped[1])
        return text

    kinds = [type(q.answers) for q in parsed]
    assert kinds == [
        answers.SelectSet, answers.MultipleChoicesSet, answers.TrueFalseSet, answers.TrueFalseSet, answers.ShortSet, answers.Essay,
        answers.Essay, answers.SelectSet, answers.SelectSet, answers.Essay, answers.SelectSet, answers.SelectSet,
    ]
    assert [a.answer for a in parsed[0].answers.answers] == ["90℃", "100℃", "110℃", "120℃"]
    assert [a.fraction for a in parsed[0].answers.answers] == [0, 100, 0, 0]
    assert [a.fraction > 0 for a in parsed[1].answers.answers] == [True, False, True, True]
    assert (parsed[2].answers.answer, parsed[3].answers.answer) == (True, False)
    assert parsed[4].text.endswith("内角和是") and parsed[4].tail == "度。" and parsed[4].answers.answers[0].answer == "180"
    assert "氢|H；氧" in parsed[5].generalFeedback and done.lost["blanks_as_essay"] == 1
    assert plain(parsed[8].text) == f"{QUESTIONS[8].material}\n{QUESTIONS[8].stem}"
    assert [plain(a.answer) for a in parsed[7].answers.answers] == ["{}", "a=b", "~", "#//"]
    assert {q.markup for q in parsed} == {"plain"}


def test_gift_keeps_every_sign_of_a_hostile_stem() -> None:
    from kb.export.gift import escape

    line = escape(NASTY)
    assert "\n" not in line
    # the sign for a line break is the only bare backslash pair that Moodle's importer reads as something else
    back = re.sub(r"\\(n|[\\~=#{}:])", lambda found: "\n" if found.group(1) == "n" else found.group(1), line)
    assert back == NASTY


def test_moodle_xml_is_parsed_by_moodle_xml_parser(tmp_path: Path) -> None:
    import moodle_xml_parser.parser as reader

    data, done = made(tmp_path, "moodle-xml", provenance=True)
    parsed = reader.parse_bytes(data)
    choices, clozes = parsed["multichoice"], parsed["cloze"]
    assert [text_of(c.text_pre_parse) for c in choices][:3] == [QUESTIONS[0].stem, QUESTIONS[1].stem, NASTY]
    assert [o.score_fraction for o in choices[0].options] == [0, 100, 0, 0] and choices[0].single and not choices[1].single
    assert abs(sum(o.score_fraction for o in choices[1].options if o.score_fraction > 0) - 100) < 0.001
    assert [text_of(o.answer) for o in choices[2].options] == ["{}", "a=b", "~", "#//"]
    assert text_of(choices[2].general_feedback) == QUESTIONS[7].explanation
    assert [[o.answer for o in gap.options] for gap in clozes[0].gaps] == [["氢", "H"], ["氧"]]
    assert {o.score for gap in clozes[0].gaps for o in gap.options} == {100}
    assert choices[0].default_grade == 2.0 and done.lost["skipped_unanswered"] == 1


def test_moodle_xml_holds_what_moodles_importer_asks_for(tmp_path: Path) -> None:
    data, _ = made(tmp_path, "moodle-xml", provenance=True)
    root = etree.fromstring(data)
    kinds = Counter(q.get("type") for q in root.iter("question"))
    assert kinds == {"category": 10, "multichoice": 6, "truefalse": 2, "shortanswer": 1, "cloze": 1, "essay": 2}
    for q in root.iter("question"):
        if q.get("type") == "category":
            assert q.findtext("category/text", "").startswith("$course$/top/综合练习//一")
            continue
        assert q.findtext("name/text") and q.findtext("questiontext/text") and q.find("questiontext").get("format") == "html"
        fractions = [float(a.get("fraction")) for a in q.findall("answer")]
        assert q.get("type") in ("essay", "cloze") or max(fractions) == 100 or abs(sum(f for f in fractions if f > 0) - 100) < 0.001
        assert "<script" not in q.findtext("questiontext/text", "")
        assert {t.text for t in q.iter("tag") for t in t} >= {"来源:a.txt", "许可:CC-BY-4.0"}


def qti_items(data: bytes, folder: Path) -> list[Any]:
    """The items of a package in the order of its test, as pyslet's implementation of the QTI 2.1 model reads them."""
    import pyslet.qtiv2.xml as qti
    from pyslet import imscpv1p2

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        package.extractall(folder)
        manifest = imscpv1p2.ManifestDocument()
        manifest.read(src=io.BytesIO(package.read("imsmanifest.xml")))
        resources = {r.id: r.href for r in manifest.root.Resources.Resource}
        test = qti.QTIDocument()
        test.read(src=io.BytesIO(package.read(str(resources["test"]))))
        items = []
        for ref in test.root.find_children_depth_first(qti.tests.AssessmentItemRef):
            document = qti.QTIDocument()
            document.read(src=io.BytesIO(package.read(str(ref.href))))
            items.append(document.root)
        assert len(resources) == len(items) + 1 and set(package.namelist()) == {str(h) for h in resources.values()} | {"imsmanifest.xml"}
    return items


def test_qti_is_read_by_pyslet(tmp_path: Path) -> None:
    from pyslet.qtiv2 import interactions, items, variables

    data, done = made(tmp_path, "qti", provenance=True)
    read = qti_items(data, tmp_path / "package")
    assert len(read) == len(QUESTIONS) == done.written and all(isinstance(i, items.AssessmentItem) for i in read)
    kinds = {
        interactions.ChoiceInteraction: "choice", interactions.ExtendedTextInteraction: "text", interactions.TextEntryInteraction: "blank",
    }
    shapes = [Counter(kinds[type(x)] for kind in kinds for x in item.find_children_depth_first(kind)) for item in read]
    assert shapes[0] == {"choice": 1} and shapes[5] == {"blank": 2} and shapes[6] == {"text": 1}
    key = read[1].declarations["RESPONSE"].CorrectResponse
    assert sorted(value.get_value() for value in key.ValueElement) == ["A", "C", "D"]
    assert read[9].declarations["RESPONSE"].CorrectResponse is None
    assert isinstance(read[0].declarations["SCORE"], variables.OutcomeDeclaration)
    assert not [e for i in read for e in i.find_children_depth_first(etree._Element)]
    assert set(done.lost) == {"difficulty_dropped", "knowledge_dropped"}


def test_qti_scores_answers_in_pyslets_engine(tmp_path: Path) -> None:
    from pyslet.qtiv2 import variables

    data, _ = made(tmp_path, "qti")
    item = qti_items(data, tmp_path / "package")[5]
    for answers, score in ((("H", "氧"), 2.0), (("氢", "氮"), 1.0), (("氦", "氮"), 0.0)):
        state = variables.ItemSessionState(item)
        state.begin_session()
        for name, text in zip(("RESPONSE1", "RESPONSE2"), answers, strict=True):
            state.map[name].set_value(text)
        state.end_attempt()
        assert state["SCORE"].value == score
