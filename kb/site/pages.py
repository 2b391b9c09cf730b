"""Routes and template values (路由): each page's values in one place, read in Datasette's own threads under its time limit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasette import Response
from datasette.utils import path_with_removed_args
from datasette.utils.asgi import NotFound
from sqlite_utils import Database

from extract.wire import to_json

from ..load import only_document
from ..search import found, looser
from ..stats import stats
from ..words import MAX_QUERY, every_word
from . import home as front
from . import paper, review
from .access import allowed, form_token, reading
from .cards import Card, by_reason, cards, context, duplicates, elsewhere, ledger, neighbours, offers
from .names import LOOKUPS
from .text import titled

COUNTING_MS = 120_000  # counting is done once for all visitors, so it may take its time
GROUPABLE = frozenset({"type", "role", "kind", "rule", "family", "field", "applied", "code", "about", "reason", "format", "encoding",
                       "source_id", "document_id", "relation", "is_answer", "announced"})
VALUELESS = ("isnull", "notnull", "isblank", "notblank")
NAMED = {  # what a number in these columns is called
    "document_id": "select d.id, d.title, s.name, null from documents d join sources s on s.id = d.source_id where d.id in ",
    "section_id": "select x.id, d.title, s.name, x.title from sections x join documents d on d.id = x.document_id "
                  "join sources s on s.id = d.source_id where x.id in ",
}


def counts_of(datasette: Any) -> front.Counts:
    """The counts of the bank that this site shows; one keeper a site."""
    if not hasattr(datasette, "tiku_counts"):
        bank = Path(datasette.get_database("kb").path)
        datasette.tiku_counts = front.Counts(lambda: reading(datasette, stats, COUNTING_MS), bank)
    counts: front.Counts = datasette.tiku_counts
    return counts


def template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """What every template can ask for; nothing is read before a template asks."""
    args = request.args if request else {}
    query = args.get("_search") or ""
    may = allowed(datasette, request)

    async def home() -> dict[str, Any]:
        counted = await counts_of(datasette).now()
        return await reading(datasette, lambda db: front.home(db, counted))

    async def cards_of(rows: Any) -> list[Card]:
        ids = [int(row["id"]) for row in rows]
        return await reading(datasette, lambda db: cards(db, ids))

    async def one_question(key: Any) -> dict[str, Any]:
        return await reading(datasette, lambda db: _question(db, int(key)))

    async def one_document(key: Any) -> dict[str, Any]:
        printed, at = args.get("view") == "printed", _number(args.get("at"), 0)
        page = None if args.get("page") == "all" else _number(args.get("page"), 1)
        return await reading(datasette, lambda db: _document(db, int(key), printed, page, at))

    async def documents_of(rows: Any) -> dict[int, dict[str, Any]]:
        ids = [int(row["id"]) for row in rows]
        return await reading(datasette, lambda db: _documents(db, ids))

    async def looser_offer() -> dict[str, Any]:
        expression, words = await reading(datasette, lambda db: looser(db, query))
        return {"words": words, "every": expression == every_word(list(words))}

    async def names_of(column: str, values: list[Any]) -> dict[Any, str]:
        return await reading(datasette, lambda db: _names(db, column, values)) if column in NAMED else {}

    return {
        "home": home, "cards_of": cards_of, "one_question": one_question, "one_document": one_document, "documents_of": documents_of,
        "without": lambda key, value: path_with_removed_args(request, {key: value}),
        "looser_offer": looser_offer, "names_of": names_of, "groupable": GROUPABLE, "lookups": LOOKUPS.items(), "valueless": VALUELESS,
        "query": query[:MAX_QUERY], "query_cut": len(query) > MAX_QUERY,
        "terms": tuple(t for t in query[:MAX_QUERY].split() if t != "|"), "is_looser": bool(args.get("_looser")),
        "can_decide": may, "form_token": form_token(datasette) if may else "", "args": args,
    }


def _number(value: str | None, least: int) -> int:
    return max(least, int(value)) if value and value.isascii() and value.isdigit() and len(value) < 12 else least


def _question(db: Database, question_id: int) -> dict[str, Any]:
    held = cards(db, [question_id])
    if not held:
        raise NotFound("没有这道题")
    card = held[0]
    previous, following = neighbours(db, card)
    return {
        "card": card, "context": context(db, card), "elsewhere": elsewhere(db, card), "ledger": by_reason(ledger(db, question_id)),
        "duplicates": duplicates(db, question_id), "offers": offers(db, question_id), "previous": previous, "following": following,
    }


def _document(db: Database, document_id: int, printed: bool, page: int | None, at: int) -> dict[str, Any]:
    row = db.execute(
        "select d.id, d.title, d.role, d.kind, d.source_id, s.name, s.url, s.format, s.encoding, "
        "(select count(*) from questions where document_id = d.id) from documents d join sources s on s.id = d.source_id where d.id = ?",
        [document_id],
    ).fetchone()
    if row is None:
        raise NotFound("没有这份试卷")
    names = ("id", "title", "role", "kind", "source_id", "source", "url", "format", "encoding", "questions")
    d = dict(zip(names, row, strict=True))
    whole = d["questions"] <= (paper.WHOLE if page is None else paper.PAGE)
    out: dict[str, Any] = {"document": d, "printed": printed, "page": page or 1, "at": at, "whole": whole}
    if printed:
        out["pieces"], out["next_at"], out["span"] = paper.printed(db, document_id, row[4], at)
    else:
        out["groups"], out["pages"] = paper.clean(db, document_id, page or 1, whole)
        out["contents"] = paper.contents(db, document_id)
    out["asides"] = paper.asides(db, row[4])
    out["others"] = db.execute(
        "select id, title, role, kind, (select count(*) from questions where document_id = documents.id) from documents "
        "where source_id = ? and id <> ? order by position limit 50", [row[4], document_id],
    ).fetchall()
    return out


def _names(db: Database, column: str, values: list[Any]) -> dict[Any, str]:
    """What these values of a column are called: documents by their titles, sections with the document's behind them."""
    known = {
        str(i): titled(title, source) if own is None else f"{own} · {titled(title, source)}"
        for i, title, source, own in db.execute(f"{NAMED[column]} ({','.join('?' * len(values))})", values)
    }
    return {v: known[str(v)] for v in values if str(v) in known}


def _documents(db: Database, ids: list[int]) -> dict[int, dict[str, Any]]:
    out: dict[int, dict[str, Any]] = {}
    for i in ids:
        values = db.execute(
            "select d.title, s.name, d.role, d.kind, (select count(*) from questions where document_id = d.id), "
            "(select count(*) from questions where document_id = d.id and has_answer) "
            "from documents d join sources s on s.id = d.source_id where d.id = ?", [i],
        ).fetchone()
        out[i] = dict(zip(("title", "source", "role", "kind", "questions", "answered"), values, strict=True))
    return out


def _json(value: Any, name: str | None = None) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'} if name else {}
    return Response(json.dumps(value, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8", headers=headers)


async def question_json(datasette: Any, request: Any) -> Response:
    """One question in the form of docs/question-set.md, with the entries of its ledger."""
    question_id = int(request.url_vars["id"])

    def work(db: Database) -> dict[str, Any] | None:
        for hit in found(db, [question_id]):
            entries = [{**entry, "applied": bool(entry["applied"])} for entry in ledger(db, question_id)]
            for entry in entries:
                entry["id"] = entry.pop("number")
            return {**hit.to_json(), "ledger": entries}
        return None

    value = await reading(datasette, work)
    return _json(value) if value else Response(json.dumps({"ok": False, "error": "没有这道题"}, ensure_ascii=False), status=404,
                                               content_type="application/json; charset=utf-8")


async def document_json(datasette: Any, request: Any) -> Response:
    """One document, with its source, its text and its ledger, in the form of docs/question-set.md."""
    document_id = int(request.url_vars["id"])

    def work(db: Database) -> dict[str, Any] | None:
        extraction = only_document(db, document_id)
        return to_json(extraction) if extraction else None

    value = await reading(datasette, work)
    return _json(value, f"document-{document_id}.json") if value else Response.json({"ok": False, "error": "no such document"}, status=404)


async def question_page(request: Any) -> Response:
    """The short address of a question."""
    return Response.redirect(f"/kb/questions/{int(request.url_vars['id'])}")


async def basket_page(datasette: Any, request: Any) -> Response:
    """A paper of one's own: the page is the same for all, what was picked stays in the browser."""
    return Response.html(await datasette.render_template("basket.html", {}, request=request))


async def review_page(datasette: Any, request: Any) -> Response:
    """What waits for a person. Reading is open; the token of ``--review`` in the address opens deciding in this browser."""
    return await review.page(datasette, request)


async def review_decide(datasette: Any, request: Any) -> Response:
    """One decision, from the buttons that only the holder of the token sees."""
    return await review.decide(datasette, request)


ROUTES: list[tuple[str, Any]] = [
    (r"^/kb/question/(?P<id>\d{1,18})\.json$", question_json),
    (r"^/kb/question/(?P<id>\d{1,18})$", question_page),
    (r"^/kb/document/(?P<id>\d{1,18})\.json$", document_json),
    (r"^/paper$", basket_page),
    (r"^/review$", review_page),
    (r"^/review/decide$", review_decide),
]
