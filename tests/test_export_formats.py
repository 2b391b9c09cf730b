"""Each format is read back by a reader that is not ours, and says what was put in."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import jsonschema
import openpyxl
import pytest
from export_values import NASTY, QUESTIONS, bank, extraction, made, options, text_of
from markdown_it import MarkdownIt

import extract
from extract.model import Question
from extract.wire import from_json
from kb import iterate
from kb.export import FORMATS, export

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")


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
