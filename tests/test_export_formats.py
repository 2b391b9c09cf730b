"""Each format is read back by a reader that is not ours, and says what was put in."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
from export_values import NASTY, QUESTIONS, bank, extraction, options
from lxml import etree
from markdown_it import MarkdownIt

import extract
from extract.model import Question
from extract.wire import from_json
from kb import iterate
from kb.export import FORMATS, Done, How, export

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")


def made(tmp_path: Path, name: str, **how: Any) -> tuple[bytes, Done]:
    """The bytes of an export of the test questions."""
    out = io.BytesIO()
    done = export(bank(tmp_path / "bank.db"), FORMATS[name], out, name=name, how=How(**how), licence="CC-BY-4.0")
    return out.getvalue(), done


def text_of(markup: str) -> str:
    """HTML as a reader sees it."""
    return html.unescape(re.sub(r"<br ?/?>", "\n", markup)).replace("\u00a0", " ")


@pytest.mark.parametrize("name", FORMATS)
def test_same_bank_gives_same_bytes(name: str, tmp_path: Path) -> None:
    db = bank(tmp_path / "bank.db", extraction("b.txt"), extraction("a.txt", QUESTIONS[:3], "另一份"))
    first, second = io.BytesIO(), io.BytesIO()
    export(db, FORMATS[name], first, name=name)
    export(db, FORMATS[name], second, name=name)
    assert first.getvalue() == second.getvalue() and first.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_choice_is_an_empty_file_of_the_format(name: str, tmp_path: Path) -> None:
    done = export(bank(tmp_path / "bank.db", extraction("a.txt", ())), FORMATS[name], io.BytesIO(), name=name)
    assert done.chosen == done.written == 0


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_left_out_in_silence(name: str, tmp_path: Path) -> None:
    _, done = made(tmp_path, name)
    counts = done.manifest["counts"]
    assert counts["questions"] == len(QUESTIONS)
    assert counts["written"] + sum(n for code, n in counts["lost"].items() if code.startswith("skipped_")) == len(QUESTIONS)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_follows_the_schema_and_reads_back(name: str, tmp_path: Path) -> None:
    data, _ = made(tmp_path, name, provenance=True)
    sources = json.loads(data)["sources"] if name == "json" else [json.loads(line) for line in data.splitlines()]
    schema = json.loads((Path(extract.__file__).parent / "question_set.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(data) if name == "json" else sources[0], schema)
    assert sources[0]["source"]["licence"] == "CC-BY-4.0"
    assert [from_json(s) for s in sources] == list(iterate(bank(tmp_path / "again.db")))


def test_the_schema_refuses_what_is_not_a_question_set() -> None:
    schema = json.loads((Path(extract.__file__).parent / "question_set.schema.json").read_text(encoding="utf-8"))
    good = {"source": {"name": "a", "sha256": "b", "format": "txt"}, "documents": [{"questions": [{"stem": "甲"}]}]}
    jsonschema.validate(good, schema)
    for bad in ({"documents": []}, {**good, "documents": [{"questions": [{"type": "choice", "stem": "甲"}]}]},
                {**good, "documents": [{"questions": [{"stem": "甲", "answer": 3}]}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)


def test_csv_opens_as_a_table(tmp_path: Path) -> None:
    data, done = made(tmp_path, "csv", provenance=True)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(QUESTIONS)
    assert [row["题干"].removeprefix("'") for row in rows] == [q.stem for q in QUESTIONS]
    assert (rows[0]["选项B"], rows[0]["答案"], rows[0]["难度"], rows[0]["章节"]) == ("100℃", "B", "易", "第一章 热学 / 一 单选")
    assert rows[1]["答案"] == "ACD" and rows[2]["答案"] == "对" and rows[5]["答案"] == "氢|H；氧"
    assert rows[8]["材料"] == QUESTIONS[8].material and rows[0]["许可"] == "CC-BY-4.0" and rows[0]["网址"].startswith("https://")
    # what a spreadsheet would run is guarded and counted; a plain negative number is not
    assert rows[12]["题干"] == "'=SUM(1,2)的结果是( )" and rows[12]["选项D"] == "-4" and rows[1]["选项D"] == "=8"
    assert done.lost == {"cell_guarded": 1}


def test_xlsx_opens_in_openpyxl(tmp_path: Path) -> None:
    data, done = made(tmp_path, "xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(data), read_only=False).active.iter_rows())
    assert [c.value for c in rows[0]] == ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "难度", "章节"]
    assert len(rows) == len(QUESTIONS) + 1
    assert [r[1].value for r in rows[1:9]] == [q.stem for q in QUESTIONS[:8]]
    assert rows[9][1].value == f"{QUESTIONS[8].material}\n{QUESTIONS[8].stem}"
    assert {c.data_type for row in rows for c in row if c.value is not None} == {"s"}
    assert rows[13][1].value.startswith("=SUM") and done.lost["material_folded"] == 1 and done.lost["score_dropped"] == 2


def test_csv_and_xlsx_grow_with_the_options(tmp_path: Path) -> None:
    wide = Question(stem="下列城市中位于赤道附近的有( )", type="multiple_choice", options=options(*"一二三四五六"), answer=("F",))
    db = bank(tmp_path / "bank.db", extraction("a.txt", (wide,)))
    out = io.BytesIO()
    export(db, FORMATS["xlsx"], out, name="xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(out.getvalue())).active.values)
    assert rows[0][7] == "选项F" and rows[1][7] == "六"


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


def test_anki_deck_is_a_collection_of_ankis_schema(tmp_path: Path) -> None:
    data, done = made(tmp_path, "anki", title="物理题库")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.namelist() == ["collection.anki2", "media"]
        (tmp_path / "collection.anki2").write_bytes(package.read("collection.anki2"))
    db = sqlite3.connect(tmp_path / "collection.anki2")
    tables = {r[0] for r in db.execute("select name from sqlite_master where type = 'table'")}
    assert tables >= {"col", "notes", "cards", "revlog", "graves"}
    assert db.execute("select ver from col").fetchone() == (11,)
    models, decks = (json.loads(x) for x in db.execute("select models, decks from col").fetchone())
    assert "物理题库" in {d["name"] for d in decks.values()}
    rows = db.execute("select n.guid, n.flds, n.tags, n.mid, count(c.id) from notes n left join cards c on c.nid = n.id "
                      "group by n.id order by n.id").fetchall()
    assert len(rows) == len(QUESTIONS) == done.written and {r[4] for r in rows} == {1}
    assert {str(r[3]) for r in rows} <= set(models) and len({r[0] for r in rows}) == len(rows)
    fields = [r[1].split("\x1f") for r in rows]
    assert text_of(fields[7][0]) == NASTY and "<script" not in rows[7][1]
    assert fields[0][2] == "B. 100℃" and fields[9][2] == "（来源没有给出答案）" and rows[0][2] == " 综合练习/一::第一章_热学::一_单选 "


def test_anki_note_keeps_its_guid_when_the_answer_changes(tmp_path: Path) -> None:
    guids, moments = [], []
    for n, answer in enumerate((("A",), ("B",))):
        folder = tmp_path / str(n)
        folder.mkdir()
        db = bank(folder / "bank.db", extraction("a.txt", (replace(QUESTIONS[0], answer=answer),)))
        db.execute("update sources set imported_at = ?", [f"2024-05-0{n + 1}T00:00:00+00:00"])
        out = io.BytesIO()
        export(db, FORMATS["anki"], out, name="anki")
        with zipfile.ZipFile(out) as package:
            (folder / "c.anki2").write_bytes(package.read("collection.anki2"))
        guid, moment, fields = sqlite3.connect(folder / "c.anki2").execute("select guid, mod, flds from notes").fetchone()
        guids.append(guid)
        moments.append(moment)
    assert guids[0] == guids[1] and moments[0] < moments[1] and "B. 100℃" in fields


def test_markdown_shows_the_text_and_runs_nothing(tmp_path: Path) -> None:
    data, _ = made(tmp_path, "md")
    tokens = MarkdownIt("commonmark").parse(data.decode())
    assert not [t for t in tokens if t.type in ("html_block", "fence", "code_block", "bullet_list_open", "ordered_list_open")]
    inline = [
        "".join("\n" if c.type in ("hardbreak", "softbreak") else c.content for c in t.children or [])
        for t in tokens if t.type == "inline"
    ]
    assert not [c for t in tokens for c in t.children or [] if c.type == "html_inline"]
    shown = "\n".join(inline).replace("\u00a0", " ")
    for q in QUESTIONS:
        assert q.stem in shown, q.stem
        assert all(o.text in shown for o in q.options)
    headings = [t for t in tokens if t.type == "heading_open"]
    assert len([h for h in headings if h.tag == "h1"]) == 2 and shown.index("参考答案") > shown.index(QUESTIONS[-1].stem)
    assert "1. B" in shown[shown.index("参考答案"):]


@pytest.mark.parametrize("answers", ["none", "inline", "end"])
def test_docx_opens_in_python_docx(answers: str, tmp_path: Path) -> None:
    data, _ = made(tmp_path, "docx", answers=answers)
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    text = "\n".join(p.text for p in paragraphs)
    for q in QUESTIONS:
        assert q.stem in text and all(o.text in text for o in q.options)
    assert [p.text for p in paragraphs if p.style.name == "Heading 1"] == ["综合练习/一", "参考答案"][: 2 if answers == "end" else 1]
    assert (QUESTIONS[0].explanation in text) == (answers != "none")
    assert text.count(str(QUESTIONS[8].material)) == 1


def test_evaluation_sets_hold_complete_single_choice_only(tmp_path: Path) -> None:
    data, done = made(tmp_path, "hf", provenance=True)
    lines = [json.loads(line) for line in data.splitlines()]
    assert len(lines) == 5 == done.written
    assert set(lines[0]) == {"question", "A", "B", "C", "D", "answer", "explanation", "section", "source", "url", "license"}
    assert lines[0]["answer"] == "B" and lines[1]["question"] == NASTY and lines[2]["question"].startswith("小明上午")
    (tmp_path / "other").mkdir()
    table, _ = made(tmp_path / "other", "cmmlu-csv")
    rows = list(csv.reader(io.StringIO(table.decode(), newline="")))
    assert rows[0] == ["", "Question", "A", "B", "C", "D", "Answer"] and len(rows) == 6
    assert [r[1] for r in rows[1:]] == [line["question"] for line in lines] and rows[-1][1].startswith("=SUM")
