"""What an export chooses, masks, leaves out and says about itself; the command; and what it costs in memory."""

from __future__ import annotations

import hashlib
import html
import io
import json
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from export_values import QUESTIONS, bank, extraction, options

from extract.model import Document, Extraction, Flag, Question, Source
from kb.cli import main
from kb.export import ASPECTS, FORMATS, Filters, export, pick
from kb.export.loss import LOSSES
from kb.export.mask import mask_text
from kb.load import Selection, iterate

DOCS = Path(__file__).parent.parent / "docs" / "exports.md"


def exported(db: Any, name: str, filters: Filters | None = None, **more: Any) -> tuple[bytes, Any]:
    out = io.BytesIO()
    done = export(db, FORMATS[name], out, name=name, filters=filters, **more)
    return out.getvalue(), done


def stems(db: Any, filters: Filters) -> list[str]:
    return [row.question.stem for row in pick(db, filters)]


def test_questions_go_out_by_source_name_then_as_the_source_has_them(tmp_path: Path) -> None:
    db = bank(tmp_path / "bank.db", extraction("乙.txt"), extraction("甲/2.txt", QUESTIONS[:2]), extraction("b.txt", QUESTIONS[2:4]))
    rows = [(row.source.name, row.question.number) for row in pick(db, Filters())]
    assert rows == [("b.txt", 3), ("b.txt", 4), *(("乙.txt", q.number) for q in QUESTIONS), ("甲/2.txt", 1), ("甲/2.txt", 2)]


@pytest.mark.parametrize(("filters", "numbers"), [
    (Filters(), list(range(1, 14))),
    (Filters(Selection(type="true_false")), [3, 4]),
    (Filters(Selection(section="热学")), [1, 2]),
    (Filters(Selection(query="光合作用")), [7]),
    (Filters(Selection(document="综合练习/一", type="essay")), [11]),
    (Filters(Selection(document="没有这份")), []),
    (Filters(answered=True), [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13]),
    (Filters(Selection(type="single_choice"), answered=True, limit=2), [1, 8]),
    (Filters(min_confidence=0.7), list(range(2, 14))),
    (Filters(min_confidence=0.6), list(range(1, 14))),
])
def test_filters(filters: Filters, numbers: list[int], tmp_path: Path) -> None:
    assert [row.question.number for row in pick(bank(tmp_path / "bank.db"), filters)] == numbers


def test_a_doubt_about_our_reading_counts_as_half(tmp_path: Path) -> None:
    doubtful = replace(QUESTIONS[0], flags=(Flag("any", "reading", ""),))
    odd = replace(QUESTIONS[1], flags=(Flag("any", "source", ""),))
    x = extraction("a.txt", (replace(QUESTIONS[2]), doubtful, odd))
    db = bank(tmp_path / "bank.db", x)
    assert [row.question.number for row in pick(db, Filters(min_confidence=0.5))] == [3, 1, 2]
    assert [row.question.number for row in pick(db, Filters(min_confidence=0.6))] == [3, 2]


def test_a_filtered_json_keeps_text_ledger_and_account_and_is_read_back(tmp_path: Path) -> None:
    from extract.wire import from_json
    from kb import save

    db = bank(tmp_path / "bank.db", extraction("a.txt"), extraction("b.txt", QUESTIONS[:1]))
    data, _ = exported(db, "jsonl", Filters(Selection(type="true_false")))
    sources = [from_json(json.loads(line)) for line in data.splitlines()]
    assert [s.source.name for s in sources] == ["a.txt"]
    assert [q.number for q in sources[0].documents[0].questions] == [3, 4]
    assert sources[0].text == extraction("a.txt").text and len(sources[0].blocks) == len(QUESTIONS)
    assert [b.question for b in sources[0].blocks][:5] == [None, None, 0, 1, None]
    again = bank(tmp_path / "again.db", *sources)
    assert list(iterate(again)) == sources
    assert save(again, sources[0]).status == "unchanged"


def test_a_whole_json_also_carries_sources_without_questions(tmp_path: Path) -> None:
    empty = Extraction(Source("c.txt", "c", "txt"), "条例", (), (), (Document(None, "main", "other"),))
    db = bank(tmp_path / "bank.db", extraction("a.txt"), empty)
    data, _ = exported(db, "json")
    assert [s["source"]["name"] for s in json.loads(data)["sources"]] == ["a.txt", "c.txt"]
    data, _ = exported(db, "json", Filters(answered=True))
    assert [s["source"]["name"] for s in json.loads(data)["sources"]] == ["a.txt"]


def test_dedupe_sends_each_group_once_and_prefers_the_canonical_copy(tmp_path: Path) -> None:
    bare = replace(QUESTIONS[0], answer=None, explanation=None)
    db = bank(tmp_path / "bank.db", extraction("a.txt", (bare, QUESTIONS[1])), extraction("b.txt", QUESTIONS[:3]))
    data, done = exported(db, "jsonl", Filters(dedupe=True))
    sent = [(json.loads(line)["source"]["name"], q["number"], q["answer"])
            for line in data.splitlines() for d in json.loads(line)["documents"] for q in d["questions"]]
    assert sent == [("a.txt", 2, ["A", "C", "D"]), ("b.txt", 1, ["B"]), ("b.txt", 3, True)]
    assert done.left_out == {"dedupe": 2}
    # where the canonical copy is not among the chosen, the first that is goes out
    db.execute("update documents set title = '甲卷' where source_id = 1")
    data, _ = exported(db, "jsonl", Filters(Selection(document="甲卷"), dedupe=True))
    assert [q["number"] for q in json.loads(data)["documents"][0]["questions"]] == [1, 2]


@pytest.mark.parametrize("line", [
    {"question": "水在标准大气压下的沸点是（ ）", "A": "90℃", "B": "100℃", "C": "110℃", "D": "120℃", "answer": "B"},
    {"question": "水在标准大气压下的沸点是____。", "choices": ["120℃", "100℃", "90℃", "110℃"]},
    {"stem": "水在标准大气圧下的沸点是", "options": [{"label": "A", "text": t} for t in ("90℃", "100℃", "110℃", "120℃")]},
])
def test_exclude_leaves_out_what_another_set_holds(line: dict[str, Any], tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(line, ensure_ascii=False) + "\n\n" + json.dumps({"question": "另一个问题是什么?"}) + "\n", encoding="utf-8")
    data, done = exported(bank(tmp_path / "bank.db"), "jsonl", Filters(exclude=other))
    assert done.left_out == {"exclude": 1} and 1 not in [q["number"] for q in json.loads(data)["documents"][0]["questions"]]
    assert done.manifest["filters"]["exclude"] == {"name": "other.jsonl", "sha256": hashlib.sha256(other.read_bytes()).hexdigest()}


def test_exclude_takes_our_own_exports(tmp_path: Path) -> None:
    db = bank(tmp_path / "bank.db")
    own = tmp_path / "own.jsonl"
    own.write_bytes(exported(db, "jsonl", Filters(Selection(type="single_choice")))[0])
    _, done = exported(db, "csv", Filters(exclude=own))
    assert done.left_out == {"exclude": 6} and done.written == len(QUESTIONS) - 6


def test_exclude_names_the_line_that_is_no_question(tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"question": "好"}\n{"title": "坏"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        exported(bank(tmp_path / "bank.db"), "jsonl", Filters(exclude=other))


@pytest.mark.parametrize(("text", "masked"), [
    ("电话13800138000。", "电话***********。"),
    ("+86 138-0013-8000", "+** ***-****-****"),
    ("座机010-62770000", "座机***-********"),
    ("身份证号11010519900307123X", "身份证号******************"),
    ("110105900307123", "***************"),
    ("写信给a.b_c@mail.example.com吧", "写信给*.***@****.*******.***吧"),
    ("圆周率3.14159265358979", "圆周率3.14159265358979"),
    ("2024年5月1日 12小时 GB/T 19000-2016", "2024年5月1日 12小时 GB/T 19000-2016"),
    ("订单号20240507001234567890123", "订单号20240507001234567890123"),
])
def test_mask(text: str, masked: str) -> None:
    assert mask_text(text) == masked.replace("+**", "***") or mask_text(text) == masked
    assert len(mask_text(text)) == len(text)


@pytest.mark.parametrize("name", FORMATS)
def test_mask_personal_leaves_none_in_any_format(name: str, tmp_path: Path) -> None:
    import zipfile

    data, done = exported(bank(tmp_path / "bank.db"), name, masked=True)
    pieces = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            pieces = [package.read(n) for n in package.namelist()]
    for secret in (b"13800138000", b"11010519900307123X", b"someone@example.org"):
        assert not any(secret in piece for piece in pieces)
    assert any(b"***********" in piece or b"\\*\\*\\*" in piece for piece in pieces)
    assert done.manifest["options"]["mask_personal"] is True


@pytest.mark.parametrize("name", FORMATS)
def test_every_field_is_in_the_file_or_counted_as_lost(name: str, tmp_path: Path) -> None:
    import zipfile

    marks = {"explanation": "甲解析甲", "commentary": "乙点评乙", "difficulty": "丙难度丙", "knowledge": "丁知识丁", "score": 7.25}
    data, done = exported(bank(tmp_path / "bank.db", extraction("a.txt", (replace(QUESTIONS[0], **marks),))), name)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"".join(package.read(n) for n in package.namelist())
    text = html.unescape(data.decode("utf-8", "replace"))
    assert done.written == 1
    for field, mark in marks.items():
        assert (str(mark) in text) != (done.lost[f"{field}_dropped"] == 1), field


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args])


def test_the_command_writes_a_file_and_a_manifest_that_fits_it(tmp_path: Path) -> None:
    bank(tmp_path / "bank.db").close()
    out = tmp_path / "out.gift"
    result = run("export", tmp_path / "bank.db", "--to", "gift", "--out", out, "--answered", "--limit", 9, "--licence", "CC0")
    assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "out.gift.manifest.json").read_text(encoding="utf-8"))
    assert manifest["file"] == {"name": "out.gift", "bytes": out.stat().st_size, "sha256": hashlib.sha256(out.read_bytes()).hexdigest()}
    assert manifest["format"] == "gift" and manifest["filters"]["answered"] and manifest["filters"]["limit"] == 9
    assert manifest["counts"] == {"sources": 1, "documents": 1, "questions": 9, "written": 9, "left_out": {},
                                  "lost": {"blanks_as_essay": 1, "difficulty_dropped": 1, "knowledge_dropped": 1,
                                           "material_folded": 1, "score_dropped": 2}}
    assert manifest["options"]["licence"] == "CC0" and str(tmp_path) not in json.dumps(manifest)
    assert "1 x several blanks" in result.stderr and "9 of 9 questions written" in result.stderr


def test_the_command_warns_and_writes_to_standard_output(tmp_path: Path) -> None:
    bank(tmp_path / "bank.db").close()
    result = run("export", tmp_path / "bank.db", "--to", "cmmlu-csv")
    assert result.exit_code == 0 and result.stdout.splitlines()[0] == ",Question,A,B,C,D,Answer"
    assert "x left out: not a single choice question" in result.stderr


def test_the_command_fails_in_one_sentence(tmp_path: Path) -> None:
    bank(tmp_path / "bank.db").close()
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n", encoding="utf-8")
    result = run("export", tmp_path / "bank.db", "--to", "csv", "--exclude", bad, "--out", tmp_path / "out.csv")
    assert result.exit_code == 1 and "bad.jsonl, line 1" in result.stderr and not (tmp_path / "out.csv").exists()
    assert run("export", tmp_path / "bank.db", "--to", "pdf").exit_code == 2
    assert run("export", tmp_path / "bank.db", "--type", "single").exit_code == 2
    assert run("export", tmp_path / "bank.db", "--exclude", tmp_path / "none.jsonl").exit_code == 1


def test_an_export_is_one_view_of_a_bank_that_changes_meanwhile(tmp_path: Path) -> None:
    from kb import open_bank, save

    many = tuple(replace(QUESTIONS[0], stem=f"第{n}题的水温是( )", number=n) for n in range(1000))
    db = bank(tmp_path / "bank.db", extraction("a.txt", many))
    other = open_bank(tmp_path / "bank.db")

    class Meddling(io.BytesIO):
        def write(self, data: Any) -> int:
            if not self.tell():
                save(other, extraction("a.txt", many[:3]))
            return super().write(data)

    out = Meddling()
    done = export(db, FORMATS["hf"], out, name="hf")
    assert len(out.getvalue().splitlines()) == 1000 == done.written
    assert exported(db, "hf")[1].written == 3


@pytest.mark.parametrize("name", [n for n in FORMATS if n not in ("json", "jsonl", "qti")])
def test_memory_does_not_grow_with_the_bank(name: str, tmp_path: Path) -> None:
    peaks = []
    # both hold more than one batch of rows (CHUNK), so that what is compared is what stays, not a batch half full
    for size in (6, 18):
        sources = [
            extraction(f"{n:03d}.txt", tuple(
                Question(stem=f"第{n}册第{m}题:" + "水的沸点与气压的关系是" * 20, type="single_choice", number=m,
                         options=options("升高" * 20, "降低" * 20, "不变" * 20, "不定" * 20), answer=("A",)) for m in range(200)))
            for n in range(size)
        ]
        folder = tmp_path / str(size)
        folder.mkdir()
        db = bank(folder / "bank.db", *sources)

        class Nowhere(io.RawIOBase):
            def write(self, data: Any) -> int:
                return len(data)

        exported(db, name)
        tracemalloc.start()
        export(db, FORMATS[name], Nowhere(), name=name)  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # three times the questions, 5 MB more of text: nothing of it may stay
    assert peaks[1] < peaks[0] + 1_000_000, peaks


def test_docs_say_what_each_format_carries() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert "| format | file | " + " | ".join(ASPECTS) + " | for |" in text
    for name, f in FORMATS.items():
        assert f"| `{name}` | `{f.suffix}` | {' | '.join(f.carries)} | {f.use} |" in text
    for code, sentence in LOSSES.items():
        assert f"| `{code}` | {sentence} |" in text


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_import_reads_our_json_back_without_loss(name: str, tmp_path: Path) -> None:
    bank(tmp_path / "bank.db", extraction("a.txt"), extraction("b/c.txt", QUESTIONS[:3], "另一份")).close()
    first, second = tmp_path / f"out{FORMATS[name].suffix}", tmp_path / f"again{FORMATS[name].suffix}"
    assert run("export", tmp_path / "bank.db", "--to", name, "--out", first).exit_code == 0
    result = run("import", tmp_path / "again.db", first)
    assert result.exit_code == 0, result.output
    assert run("export", tmp_path / "again.db", "--to", name, "--out", second).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
