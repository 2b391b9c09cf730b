"""Which container a file is, what all readers have in common, and the small ones: text, CSV, .doc, MHTML."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import UnreadableError
from extract.readers import READERS, doc, kind, read

QUESTION = "1．下列属于单质的是（　　）\nA．氧气\nB．水\n答案：A"
RAW = Path(__file__).parents[2] / "shared" / "bench" / "dev" / "raw"
CONVERTER = any(shutil.which(name) for name, _ in doc._CONVERTERS)
NO_CONVERTER = "no converter for .doc is installed (apt-get install antiword)"
HTML = "<html><head><meta charset=gb2312></head><body><p>1．水是<b>化合物</b></p></body></html>"


@pytest.mark.parametrize(("data", "name", "expected"), [
    (QUESTION.encode(), "a.txt", "text"),
    (QUESTION.encode("utf-16"), "a", "text"),
    (QUESTION.encode("utf-16-le"), "a.txt", "text"),
    (QUESTION.encode("gb18030"), "a.dat", "text"),
    (HTML.encode(), "a.txt", "html"),
    (HTML.encode("utf-16"), "a.txt", "html"),
    (b"\n<!-- x --><!DOCTYPE html><title>t</title><p>1.", "a.doc", "html"),
    (b"<?xml version='1.0'?><html xmlns='x'><body>1.</body></html>", "a", "html"),
    (b"<p>1. a</p><p>2. b</p>", "a.md", "html"),
    (b"1. a<br/>A. b<br>B. c<br>C. d", "a.txt", "html"),
    ("<p> 标签的作用是（ ）\nA. 段落\nB. <b> 是粗体\n2. <html> 是什么\n".encode(), "a.txt", "text"),
    ("1. 下列标签中表示段落的是\nA. <p></p>\nB. <b></b>\nC. <i></i>\nD. <a></a>\n".encode() * 9, "a.txt", "text"),
    (b"# a\n\n1. b", "a.md", "markdown"),
    (b"# a\n\n1. b", "a.txt", "text"),
    ("# 化学\n## 一、选择题\n**1** 与 **2**\n| a | b |\n|---|---|\n```\n".encode(), "-", "markdown"),
    (b"a,b\n1,2\n", "a.csv", "csv"),
    ("题干,选项A,选项B,答案\n水是,甲,乙,A\n".encode("gb18030"), "a.txt", "csv"),
    ("题目,有三个,各二分\n1.水是\n".encode(), "a.txt", "text"),
    (b"%PDF-1.7\n", "a.txt", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a", "doc"),
    (b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "a.html", "mhtml"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt", None),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.html", None),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", None),
    (bytes(range(256)) * 4, "a.txt", None),
    (b"BM25 is a ranking function", "a.txt", "text"),
    (b"", "a.txt", "text"),
])
def test_the_container_is_told_by_content(data: bytes, name: str, expected: str | None) -> None:
    assert kind(data, name=name) == expected


def test_a_zip_is_a_word_document_only_if_it_holds_one() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert kind(out.getvalue(), name="a.docx") is None
    with pytest.raises(UnreadableError, match=r"^a\.docx: the file is a zip archive"):
        read(out.getvalue(), name="a.docx")


def test_the_source_says_where_and_what() -> None:
    data = HTML.encode("gb18030")
    source = read(data, name="x/a.txt", url="https://a.example/1").source
    assert (source.name, source.url, source.format, source.encoding) == ("x/a.txt", "https://a.example/1", "html", "gb18030")
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_the_encoding_that_the_caller_names_is_kept_to() -> None:
    assert read("élève".encode("latin-1"), name="a.txt", encoding="latin-1").text == "élève"
    assert read("水是化合物".encode("big5"), name="a.txt", encoding="big5").text == "水是化合物"
    with pytest.raises(UnreadableError, match=r"^a\.txt: there is no text encoding called 'klingon'; use utf-8"):
        read(b"1.", name="a.txt", encoding="klingon")


@pytest.mark.parametrize(("data", "name"), [
    (b" \n\t\n", "a.txt"), (b"<html><body><script>1</script></body></html>", "a.html"), (b"<!-- x -->\n", "a.md"), (b",,\n", "a.csv"),
])
def test_a_file_that_is_not_empty_but_says_nothing_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableError, match="but no text"):
        read(data, name=name)


def test_an_empty_file_is_an_empty_reading() -> None:
    assert read(b"", name="a.txt").text == ""


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], include_characters="\n\t"), max_size=300))
def test_text_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    if kind(data, name="a.txt") == "text" and text.strip():
        assert read(data, name="a.txt").text == text.removeprefix("\ufeff")


@settings(deadline=None)
@given(st.binary(max_size=600),
       st.sampled_from(["a.txt", "a.html", "a.md", "a.csv", "a.docx", "a.doc", "a.pdf", "a.mhtml", "a"]),
       st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe",
                        b"MIME-Version: 1.0\n"]))
def test_bytes_are_read_or_refused_and_nothing_else(data: bytes, name: str, head: bytes) -> None:
    try:
        reading = read(head + data, name=name)
    except UnreadableError as problem:
        assert str(problem).startswith(f"{name}: ")
        assert "\n" not in str(problem)
        return
    for m in reading.marks:
        assert 0 <= m.start < m.end <= len(reading.text)


def test_a_table_in_text_form() -> None:
    data = '物质,类别,备注\n"水, 冰","化合物\n（纯净物）",甲\n空,,\n'.encode("utf-8-sig")
    reading = read(data, name="list.csv")
    assert reading.text == "物质\t类别\t备注\n水, 冰\t化合物\n（纯净物）\n甲\n空"
    assert [m.kind for m in reading.marks].count("row") == 3
    assert read("物质\t用量\n水\t1,5 克\n".encode(), name="list.tsv").text == "物质\t用量\n水\t1,5 克"
    assert read("物质;用量\n水;1,5 克\n".encode(), name="list.csv").text == "物质\t用量\n水\t1,5 克"


def test_a_table_of_questions_reads_as_a_paper() -> None:
    data = (
        "题号,题型,题干,选项A,选项B,答案,解析,难度,章节\n"
        '1,单选题,"水是（ ）\n请选择",单质,化合物,B,由两种元素组成,易,第一章\n'
        "2,判断题,冰是水。,,,对,,,第一章\n"
    )
    reading = read(data.encode(), name="bank.csv")
    assert reading.text == (
        "第一章\n1.【单选题】水是（ ）\n请选择\nA.单质\nB.化合物\n【答案】B\n【解析】由两种元素组成\n【难度】易\n\n"
        "2.【判断题】冰是水。\n【答案】对"
    )
    assert [(reading.text[m.start : m.end], m.kind, m.value) for m in reading.marks] == [("第一章", "heading", "2")]
    one_column = "题目,选项,正确答案\n水是（ ）,A.单质|B.化合物,B\n"
    assert read(one_column.encode(), name="bank.csv").text == "题目：水是（ ）\nA.单质\nB.化合物\n【答案】B"


def test_a_table_whose_quotation_mark_never_closes_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^bank\.csv: the table cannot be read"):
        read(b'a,b\n"' + b"x" * 200_000, name="bank.csv")


def test_a_page_saved_with_its_pictures() -> None:
    message = EmailMessage()
    message["Content-Location"] = "https://a.example/paper"
    message.set_content("plain")
    message.add_related("<p>1．水是（ ）</p>", subtype="html", charset="utf-8")
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    reading = read(message.as_bytes(), name="paper.mhtml")
    assert (reading.text, reading.source.format) == ("1．水是（ ）", "mhtml")
    with pytest.raises(UnreadableError, match="no HTML part"):
        read(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--", name="a.mht")


def test_a_doc_without_a_converter_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableError, match="install antiword, catdoc or LibreOffice"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), name="old.doc")


@pytest.mark.skipif(not CONVERTER, reason=NO_CONVERTER)
def test_a_doc_that_no_converter_can_read_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^old\.doc: the \.doc cannot be read .*; save it as \.docx$"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), name="old.doc")


@pytest.mark.skipif(not RAW.is_dir(), reason="the shared documents are not beside this checkout")
@pytest.mark.parametrize("program", [name for name, _ in doc._CONVERTERS])
def test_every_converter_reads_a_real_doc_alike(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    (tmp_path / program).symlink_to(found)
    papers = sorted(RAW.glob("*.doc"))
    usual = read(papers[0].read_bytes(), name="paper.doc").text
    monkeypatch.setattr(doc, "_CONVERTERS", tuple(c for c in doc._CONVERTERS if c[0] == program))
    text = read(papers[0].read_bytes(), name="paper.doc").text
    letters = {c for c in usual if "一" <= c <= "鿿"}
    assert len({c for c in text if "一" <= c <= "鿿"} & letters) > 0.95 * len(letters)
    assert max(len(line) for line in text.split("\n")) > 76  # paragraphs are not cut into columns


@pytest.mark.parametrize("path", sorted(RAW.glob("*")), ids=lambda path: path.name)
def test_every_shared_document_is_read_in_the_container_that_it_is(path: Path) -> None:
    data = path.read_bytes()
    suffixes = {".md": "markdown", ".htm": "html", ".html": "html", ".docx": "docx", ".doc": "doc", ".pdf": "pdf", ".txt": "text"}
    expected = "html" if path.name == "d005.txt" else suffixes[path.suffix]
    assert kind(data, name=path.name) == expected
    if expected == "doc" and not CONVERTER:
        pytest.skip(NO_CONVERTER)
    assert read(data, name=path.name).source.format == expected


def test_every_reader_is_written_down() -> None:
    page = (Path(__file__).parents[1] / "docs" / "readers.md").read_text("utf-8")
    assert [r.name for r in READERS if f"| `{r.name}` |" not in page] == []
