"""What can be imported: every container read in place, every hostile one refused, every other file listed."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from source_values import PAGE, TEXT, all_of, pages
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.model import Document, Extraction, Question, Source
from extract.wire import to_json
from kb.sources import CONTAINERS, Failed, Listed, Page, Ready, Wanted, entries, find, numbered, read_found
from kb.sources.walk import Found


def question_set(name: str) -> Extraction:
    return Extraction(Source(name, "0" * 64, "text", "utf-8"), "1. 一加一等于几？", (), (),
                      (Document("算术", "main", "exam", (Question("一加一等于几？", number=1),)),))


def test_what_stands_beside_pages_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "saved.zip"
    beside = {
        "__MACOSX/._page.html": b"\x00\x05\x16\x07\x00", "page_files/a.css": b"p { color: red }", "page_files/b.js": b"var a = 1;",
        "bank.xlsx.manifest.json": b'{"format": "xlsx"}',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in {"page.html": PAGE, **beside}.items():
            archive.writestr(name, body)
    found = all_of(path)
    assert list(pages(found)) == ["saved.zip/page.html"]
    assert {e.name for e in found if isinstance(e, Listed)} == {f"saved.zip/{name}" for name in beside}


def test_json_lines_guess_the_fields_and_take_names(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    rows = [
        {"url": "https://example.org/1", "html": PAGE.decode(), "text": "别的"},
        {"title": "几何练习", "text": TEXT},
        {"seite": TEXT, "adresse": "https://example.org/3"},
        {"text": "   "},
    ]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\nkein json\n", encoding="utf-8")
    found = all_of(path)
    assert found[0] == Page("crawl.jsonl#https://example.org/1", PAGE, "https://example.org/1", "utf-8")
    assert found[1] == Page("crawl.jsonl#2", f"几何练习\n\n{TEXT}".encode(), None, "utf-8")
    assert [type(e) for e in found[2:]] == [Failed, Listed, Failed]
    named = all_of(path, Wanted(text_field="seite", url_field="adresse"))
    assert named[2] == Page("crawl.jsonl#https://example.org/3", TEXT.encode(), "https://example.org/3", "utf-8")


def test_an_empty_record_is_listed_and_a_named_field_leaves_nothing_to_guess(tmp_path: Path) -> None:
    path = tmp_path / "crawl.jsonl"
    rows = [{"url": "a", "text": None}, {"url": "b", "html": "", "text": ""}, {"url": "c", "html": PAGE.decode(), "body": TEXT},
            {"url": "d"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [type(e) for e in all_of(path)] == [Listed, Listed, Page, Failed]
    assert pages(all_of(path, Wanted(text_field="body"))) == {"crawl.jsonl#c": TEXT.encode()}


@pytest.mark.parametrize("form", ["one", "list", "sources"])
def test_json_of_every_form_is_walked_object_by_object(tmp_path: Path, form: str) -> None:
    sets = [question_set(f"{n}.html") for n in range(1 if form == "one" else 400)]
    objects = [to_json(s) for s in sets]
    value: object = {"one": objects[0], "list": objects, "sources": {"sources": objects}}[form]
    path = tmp_path / "bank.json"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    assert all_of(path) == [Ready(s.source.name, s) for s in sets]


def test_json_lines_of_question_sets_are_loaded_not_extracted(tmp_path: Path) -> None:
    path = tmp_path / "bank.jsonl.gz"
    sets = [question_set(f"{n}.html") for n in range(3)]
    path.write_bytes(gzip.compress("\n".join(json.dumps(to_json(s), ensure_ascii=False) for s in sets).encode()))
    assert all_of(path) == [Ready(s.source.name, s) for s in sets]


def test_parquet_is_read_batch_by_batch(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "crawl.parquet"
    table = pyarrow.table({
        "url": [f"https://example.org/{n}" for n in range(200)], "content": [f"{n}\n{TEXT}" for n in range(200)], "score": [0.5] * 200,
    })
    parquet.write_table(table, path)
    found = all_of(path)
    assert len(found) == 200
    assert found[7] == Page("crawl.parquet#https://example.org/7", f"7\n{TEXT}".encode(), "https://example.org/7", "utf-8")


def test_warc_gives_pages_and_lists_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, (status, kind, body) in enumerate([
            ("200 OK", "text/html; charset=gbk", TEXT.encode("gbk")),
            ("200 OK", "image/png", b"\x89PNG"),
            ("404 Not Found", "text/html", b"no"),
            ("200 OK", "text/html; charset=no-such-set", PAGE),
            ("200 OK", "text/html; charset=ISO-8859-1", PAGE),
        ]):
            http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            url, payload = f"https://example.org/{number}", io.BytesIO(body)
            writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=http))
    found = all_of(path)
    assert found[0] == Page("crawl.warc.gz#https://example.org/0", TEXT.encode("gbk"), "https://example.org/0", "gbk")
    assert [type(e) for e in found] == [Page, Listed, Listed, Page, Page]
    assert [e.encoding for e in found[3:]] == [None, None], "what servers say of every page is left to the page"  # type: ignore[attr-defined]


def test_wet_text_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.wet.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        payload = io.BytesIO(TEXT.encode())
        record = writer.create_warc_record("https://example.org/9", "conversion", payload=payload, warc_content_type="text/plain")
        writer.write_record(record)
    assert all_of(path) == [Page("crawl.warc.wet.gz#https://example.org/9", TEXT.encode(), "https://example.org/9", "utf-8")]


def test_mhtml_gives_its_html_part_and_address(tmp_path: Path) -> None:
    path = tmp_path / "saved.mhtml"
    path.write_bytes(
        b"From: <Saved>\r\nSnapshot-Content-Location: https://example.org/exam\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=E9=A2=98</p>\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n----b--\r\n"
    )
    [page] = all_of(path)
    assert isinstance(page, Page)
    assert (page.data.strip(), page.url, page.encoding) == ("<p>题</p>".encode(), "https://example.org/exam", "utf-8")


def test_every_container_reports_damage_and_never_raises(tmp_path: Path) -> None:
    for container in CONTAINERS:
        for body in (b"", b"\x1f\x8b\x08broken", b"PK\x03\x04broken", os.urandom(3000), b"PAR1" + b"x" * 50, b"{" * 100_000):
            found = list(entries(io.BytesIO(body), f"broken{container.suffixes[0]}", Wanted()))
            assert all(isinstance(e, Failed | Listed) for e in found), (container.kind, body[:10])


def test_files_folders_and_patterns_in_one_fixed_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b/2.html", "b/1.html", "a/1.html", "a/deep/3.txt", "a/photo.png", ".hidden/x.html", "a/x.golden.json"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"\x89PNG" if name.endswith("png") else PAGE)
    (tmp_path / "a" / "up").symlink_to(tmp_path)  # a circle
    found = list(find([str(tmp_path)]))
    assert [f.name for f in found if isinstance(f, Found)] == [
        "a/1.html", "a/deep/3.txt", "a/photo.png", "a/x.golden.json", "b/1.html", "b/2.html"]
    assert {f.root for f in found if isinstance(f, Found)} != {""}
    listed = [type(e) for f in found if isinstance(f, Found) for e in read_found(f, Wanted())]
    assert listed == [Page, Page, Listed, Listed, Page, Page]
    assert [f.name for f in find([str(tmp_path / "*/1.html")])] == ["a/1.html", "b/1.html"]
    assert [f.name for f in find([str(tmp_path / "a/1.html"), str(tmp_path / "b/1.html"), str(tmp_path / "b/2.html")])] == [
        "a/1.html", "b/1.html", "2.html"]
    monkeypatch.chdir(tmp_path)
    lines = ["a/1.html\n", "\n", str(tmp_path / "b/2.html") + "\n", "gone.html\n"]
    listing = list(numbered(lines))
    assert listing[0] == Found("a/1.html", "a/1.html")
    assert isinstance(listing[2], Failed)


@pytest.mark.parametrize("argument", ["missing.html", "none*.html"])
def test_what_is_not_there_is_a_failure(tmp_path: Path, argument: str) -> None:
    [failed] = find([str(tmp_path / argument)])
    assert isinstance(failed, Failed)


def test_a_page_above_the_limit_is_reported_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.html"
    path.write_bytes(b"x" * 2000)
    [failed] = all_of(path, Wanted(max_bytes=1999))
    assert isinstance(failed, Failed)
    assert "--max-bytes" in failed.reason
    assert isinstance(all_of(path, Wanted(max_bytes=2000))[0], Page)
