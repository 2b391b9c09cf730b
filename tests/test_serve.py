"""The running site over HTTP: what it answers, what it refuses, and what it never shows."""

from __future__ import annotations

import csv
import json
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import jsonschema
import pytest
from kb_values import paper
from site_server import HOSTILE, Running, make_bank, serving

import extract
from extract.wire import from_json, question_from_json
from kb.duplicates.refresh import update
from kb.schema import BankError, open_bank
from kb.serve import FOLDER, build
from kb.store import iterate, read, save


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    bank = make_bank(tmp_path_factory.mktemp("site") / "我的 题库.db")
    with serving(bank) as running:
        yield running


@pytest.fixture
def web(site: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=30) as client:
        yield client


PAGES = ("/", "/kb/questions?_size=20&_facet=type&_facet=has_answer&_facet=flag_codes&_facet=document_id&_facet=section_id",
         "/kb/questions/1", "/kb/questions/3", "/kb/documents", "/kb/documents/1", "/kb/documents/1?view=printed", "/kb/documents/3",
         "/kb/documents/3?view=printed", "/review", "/review?code=type_mismatch", "/review?rule=confusion.shape", "/paper", "/kb",
         "/kb/options", "/kb/sources", "/kb/sources/1", "/kb/repairs", "/nothing/here", "/kb/questions/99999")


def test_the_stock_search_finds_exactly_what_holds_the_text(web: httpx.Client, site: Running) -> None:
    for query in ("供应链", "应链", "链", "仓库的大", "管道", "整体,协同", "个城市", "没有的", "城市 航空", "1"):
        held = set()
        for x in iterate(open_bank(site.bank)):
            for q in (q for d in x.documents for q in d.questions):
                fields = [q.stem, q.material or "", q.explanation or "", *(o.text for o in q.options)]
                if all(any(term in f for f in fields) for term in query.split()):
                    held.add(q.stem)
        found = web.get("/kb/questions.json", params={"_search": query, "_shape": "array", "_size": "max"}).json()
        assert {row["stem"] for row in found} == held, query


def test_every_page_is_chinese_html_with_guards(web: httpx.Client) -> None:
    for path in PAGES:
        answer = web.get(path)
        assert answer.status_code in (200, 404), path
        assert '<html lang="zh-CN">' in answer.text, path
        for name, value in (("x-frame-options", "DENY"), ("x-content-type-options", "nosniff")):
            assert answer.headers[name] == value
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_nothing_hostile_becomes_markup(web: httpx.Client) -> None:
    searches = [f"/kb/questions?_search={httpx.QueryParams({'q': bad})['q']}" for bad in HOSTILE]
    more = ("/kb/questions?_search=供应", "/review?rule=" + HOSTILE[0], "/kb/documents?title__contains=" + HOSTILE[3])
    for path in (*PAGES, *searches, *more):
        page = web.get(path).text
        assert "hacked=1</script>" not in page.replace("&lt;", "<_"), path
        for tag in re.findall(r"<(?:script|svg|img)\b[^>]*>", page):
            assert "hacked" not in tag, path
        assert "49" not in re.findall(r"\{\{7\*7\}\}|>49<", page), path


def test_reads_only_and_shows_no_path(web: httpx.Client, site: Running) -> None:
    for path in ("/kb?sql=select+1", "/kb.json?sql=select+1", "/kb/questions?_where=1=1", "/kb.db"):
        assert web.get(path, follow_redirects=True).status_code in (400, 403, 404), path
    folder = str(site.bank.parent)
    for path in (*PAGES, "/kb.json", "/-/databases", "/-/databases.json", "/-/versions.json", "/-/settings.json", "/-/plugins.json",
                 "/-/threads.json", "/-/metadata.json", "/_internal.json", "/.json", "/kb/meta.json", "/kb/sources.json"):
        answer = web.get(path)
        assert folder not in answer.text and "datasette_config" not in answer.text, path
    for path in ("/-/databases.json", "/_internal.json"):
        assert web.get(path).status_code in (403, 404), path


def test_who_decided_what_is_not_published(web: httpx.Client) -> None:
    for table in ("decisions", "meta", "quarantine", "_sqlite_migrations"):
        for form in ("", ".json", ".csv"):
            assert web.get(f"/kb/{table}{form}").status_code == 403, table


def test_long_queries_are_cut_and_longer_addresses_refused(web: httpx.Client) -> None:
    cut = web.get("/kb/questions", params={"_search": "供" * 300})
    assert cut.status_code == 200 and "只取了前 200 个字" in cut.text
    assert web.get("/kb/questions", params={"_search": "供" * 3000}).status_code == 414
    for nasty in ('"', "NEAR(", "*", "(((", "\ue000", "' OR 1=1--", "|", "| |", "a|b"):
        assert web.get("/kb/questions.json", params={"_search": nasty}).status_code == 200, nasty


def test_the_looser_search_offers_itself(web: httpx.Client) -> None:
    page = web.get("/kb/questions", params={"_search": "供应链的最看重"}).text
    assert "没有题目含有" in page and "宽松检索" in page
    link = re.search(r'id="looser" href="([^"]+)"', page)
    assert link
    loose = web.get(link[1].replace("&amp;", "&")).text
    assert "宽松检索" in loose and "看重" in loose


def test_the_looser_search_asks_for_any_word_where_no_question_holds_all(web: httpx.Client) -> None:
    page = web.get("/kb/questions", params={"_search": "航空供应链"}).text
    link = re.search(r'id="looser" href="([^"]+)"', page)
    assert link and "其中任何一个词" in page
    found = web.get(link[1].replace("&amp;", "&")).text
    assert "<article" in found and "<mark>供应链</mark>" in found
    nothing = web.get("/kb/questions", params={"_search": "量子纠缠"}).text
    assert "一个也没有出现" in nothing and "id=\"looser\"" not in nothing
    elsewhere = web.get("/kb/questions", params={"_search": "供应链", "type": "essay"}).text
    assert "在全部题目里检索" in elsewhere


def test_an_address_may_be_typed_in_chinese(site: Running) -> None:
    host, port = site.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as link:
        link.sendall("GET /kb/questions.json?_search=供应链&_shape=array HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: link.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    rows = json.loads(answer[answer.index(b"[") : answer.rindex(b"]") + 1])
    assert "供应链管理最看重的是()。" in [row["stem"] for row in rows]


def test_no_page_speaks_english_or_in_codes(web: httpx.Client) -> None:
    more = ("/kb/repairs?_facet=rule", "/kb/flags?_facet=code", "/kb/blocks", "/kb/repairs/1", "/kb/questions?_sort=no_such_column")
    for path in (*PAGES, *more):
        page = re.sub(r"(?s)<(script|style|code)\b.*?</\1>|<[^>]*>", " ", web.get(path).text)
        for word in ("rows", "Apply", "This data", "not found", "single_choice", "true_false", "type_mismatch", "navigation", "has_answer",
                     "document_id", "descending", "records"):
            assert not re.search(rf"\b{re.escape(word)}\b", page), (path, word)


def test_one_question_and_one_document_for_programs(web: httpx.Client) -> None:
    rows = web.get("/kb/questions.json", params={"_search": "牛鞭", "_shape": "array"}).json()
    answer = web.get(f"/kb/question/{rows[0]['id']}.json")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    value = answer.json()
    assert question_from_json(value) == paper().documents[0].questions[2]
    assert value["source"] == "物流/期末.txt" and [r["rule"] for r in value["ledger"]] == ["glue.question", "confusion.shape"]
    schema = json.loads((Path(extract.__file__).parent / "question_set.schema.json").read_text("utf-8"))
    jsonschema.validate(value, {"$defs": schema["$defs"], "$ref": "#/$defs/question"})
    document = web.get(f"/kb/document/{rows[0]['document_id']}.json").json()
    jsonschema.validate(document, schema)
    assert from_json(document) == paper()
    assert web.get("/kb/question/99999.json").status_code == 404
    assert web.get(f"/kb/question/{rows[0]['id']}").headers["location"].endswith(f"/kb/questions/{rows[0]['id']}")
    for path in ("/kb/questions.csv?_size=5", "/kb/options.json?_shape=array", "/kb/questions.json?_shape=array&_nl=on"):
        assert web.get(path).status_code == 200


def test_reading_is_all_that_is_open(web: httpx.Client, site: Running) -> None:
    before = read(open_bank(site.bank), "物流/期末.txt")
    assert web.post("/review/decide", data={"action": "accept", "repair": "2"}).status_code == 403
    assert web.get("/review/decide").status_code == 403
    web.get("/review", params={"token": "guess"})
    assert "/review/decide" not in web.get("/review").text
    assert read(open_bank(site.bank), "物流/期末.txt") == before


def test_deciding_needs_the_token_the_form_and_this_site(tmp_path: Path) -> None:
    bank = make_bank(tmp_path / "bank.db")
    with serving(bank, "--review") as running, httpx.Client(base_url=running.url, follow_redirects=True) as web:
        repair = open_bank(bank).execute("select id from repairs where rule = 'confusion.shape'").fetchone()[0]
        form = {"action": "accept", "repair": str(repair), "back": "/review?rule=confusion.shape"}
        assert web.post("/review/decide", data=form).status_code == 403
        assert running.review
        page = web.get(running.review)
        assert "token" not in str(page.url)
        token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
        assert token
        own = re.search(r'name="form" value="([0-9a-f]{64})"', page.text)
        assert own
        assert web.post("/review/decide", data={**form, "form": own[1]}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert web.post("/review/decide", data={**form, "csrftoken": token[1]}).status_code == 403
        assert web.post("/review/decide", data={**form, "csrftoken": token[1], "form": "0" * 64}).status_code == 403
        form |= {"csrftoken": token[1], "form": own[1]}
        assert web.post("/review/decide", data=form, headers={"origin": "http://evil.example"}).status_code == 403
        assert web.post("/review/decide", data=form, headers={"host": "evil.example"}).status_code == 403
        done = web.post("/review/decide", data=form)
        assert done.status_code == 200 and done.url.path == "/review"
        assert read(open_bank(bank), "物流/期末.txt").documents[0].questions[2].stem.endswith("扩大。")
        wrong = web.post("/review/decide", data={**form, "action": "edit", "question": "3", "field": "span", "value": "1"})
        assert wrong.status_code == 400 and "没有做成" in wrong.text and "题库没有改动" in wrong.text
        letter = web.post("/review/decide", data={**form, "action": "edit", "question": "1", "field": "number", "value": "十"})
        assert letter.status_code == 400 and "填写的内容不合" in letter.text
        edited = web.post("/review/decide", data={**form, "action": "edit", "question": "3", "field": "answer", "value": "错",
                                                  "back": "//evil.example/"})
        assert edited.url.host == "127.0.0.1"
        assert read(open_bank(bank), "物流/期末.txt").documents[0].questions[2].answer is False
        for decision in (2, 1):
            assert web.post("/review/decide", data={**form, "action": "undo", "decision": str(decision)}).status_code == 200
        assert read(open_bank(bank), "物流/期末.txt") == paper()


def test_refuses_to_start_when_settings_are_not_safe(tmp_path: Path) -> None:
    bank = make_bank(tmp_path / "bank.db")
    folder = tmp_path / "config"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("default_allow_sql", "allow_download"):
        chosen = json.loads((FOLDER / "settings.json").read_text("utf-8"))
        for value in (True, None):
            chosen[name] = value
            (folder / "settings.json").write_text(json.dumps({k: v for k, v in chosen.items() if v is not None}), "utf-8")
            with pytest.raises(BankError, match=name):
                build(bank, folder=folder)
    (folder / "settings.json").unlink()
    with pytest.raises(BankError, match="cannot be read"):
        build(bank, folder=folder)


def test_a_bank_is_seen_while_it_grows(tmp_path: Path) -> None:
    from site_server import many

    from kb.store import save

    bank = make_bank(tmp_path / "bank.db")
    with serving(bank) as running, httpx.Client(base_url=running.url) as web:
        before = len(web.get("/kb/questions.json?_shape=array&_size=max").json())
        db = open_bank(bank)
        save(db, many(20))
        assert len(web.get("/kb/questions.json?_shape=array&_size=max").json()) == before - 40


def test_the_front_page_counts_what_is_there_and_leads_to_it(web: httpx.Client, site: Running) -> None:
    page = web.get("/").text
    db = open_bank(site.bank)
    tiles = dict(re.findall(r"<b>([\d,]+)</b><span>(\w+)</span>", page))
    asked = {"道题": "1", "有答案": "has_answer = 1", "无答案": "has_answer = 0", "修复过": "has_repairs = 1"}
    counts = {name: db.execute(f"select count(*) from questions where {where}").fetchone()[0] for name, where in asked.items()}
    assert {name: int(n) for n, name in tiles.items() if name in asked} == counts
    charts = re.findall(r'<section class="chart" aria-label="(\w+)">(.*?)</section>', page, re.S)
    assert [title for title, _ in charts] == ["题型", "需要人看一看的地方"]
    bars = re.findall(r'<a href="([^"]+)"><span>([^<]+)</span> <svg.*?<b>(\d+)</b>', charts[0][1])
    assert sum(int(n) for _, _, n in bars) == counts["道题"]
    for address, name, n in bars:
        found = web.get(address.replace("&amp;", "&").replace("/kb/questions?", "/kb/questions.json?_shape=array&"))
        assert min(int(n), 20) == len(found.json()), name
    newest = re.findall(r'<li><a href="(/kb/documents/\d+)">', page.partition("最近导入")[2])
    assert len(newest) == 3 and all(web.get(address).status_code == 200 for address in newest)


def test_every_facet_of_the_questions_leads_to_them(web: httpx.Client) -> None:
    for facet in ("type", "document_id", "section_id", "has_answer", "flag_codes", "has_repairs"):
        page = web.get(f"/kb/questions?_size=20&_facet={facet}").text
        links = re.findall(rf'href="(?:http://[^/"]+)?(/kb/questions\?[^"]*\b{facet}(?:__\w+)?=[^"]*)"', page)
        assert links, facet
        for link in links[:3]:
            assert 'class="card' in web.get(link.replace("&amp;", "&")).text, link


def test_a_question_names_its_copies_and_its_neighbours(tmp_path: Path) -> None:
    db = open_bank(tmp_path / "copies.db", create=True)
    first = paper()
    save(db, first)
    save(db, replace(first, source=replace(first.source, name="另一处/期末.txt", sha256="9" * 64)))
    update(db)
    db.close()
    with serving(tmp_path / "copies.db") as running, httpx.Client(base_url=running.url, timeout=30) as client:
        page = client.get("/kb/questions/2").text
        copies = re.search(r'<section class="panel" id="duplicates">.*?</section>', page, re.S)
        assert copies and "另一处/期末.txt" in copies[0]
        (copy,) = re.findall(r'href="(/kb/questions/\d+)"', copies[0])
        assert first.documents[0].questions[1].stem in client.get(copy).text
        assert 'rel="prev" href="/kb/questions/1"' in page and 'rel="next" href="/kb/questions/3"' in page
        assert 'href="/kb/document/1.json" download' in client.get("/kb/documents/1").text


def test_every_table_stays_datasettes_own(web: httpx.Client) -> None:
    """Its page, its JSON and its CSV agree on how many rows there are."""
    for table in ("sources", "documents", "sections", "questions", "options", "repairs", "flags", "blocks"):
        assert web.get(f"/kb/{table}").status_code == 200, table
        rows = web.get(f"/kb/{table}.json?_shape=array&_size=max").json()
        lines = list(csv.reader(web.get(f"/kb/{table}.csv?_size=max").text.splitlines(keepends=True)))
        assert len(lines) == len(rows) + 1, table
