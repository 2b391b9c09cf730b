"""Search in the knowledge base (检索): every substring of stem, options, material and explanation; best matches first.

When the phrase finds nothing, a second try looks for the words of the query; it says that it is looser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlite_utils import Database

from extract.model import Question
from extract.wire import question_to_json

from .load import Selection, chunks, conditions, questions
from .schema import INDEXED
from .words import any_word, every_word, phrase, words

RARE = 3  # an OR of all words reads half the bank (1.4 s at a million questions); the rarest three say most


@dataclass(frozen=True, slots=True)
class Found:
    """One question that was found, and where it stands: id in the bank, name of its source, title of its document.

    ``bank`` is the file, where several were searched.
    """

    id: int
    source: str
    document: str | None
    question: Question
    bank: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The JSON object of docs/question-set.md, with ``bank`` (of several), ``id``, ``source`` and ``document`` before its fields."""
        place = {} if self.bank is None else {"bank": self.bank}
        return {**place, "id": self.id, "source": self.source, "document": self.document, **question_to_json(self.question)}


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found. ``terms`` are what to mark; ``looser`` says that not the phrase but its words were looked for."""

    found: tuple[Found, ...]
    terms: tuple[str, ...]
    looser: bool = False


def search(
    db: Database, query: str, *, selection: Selection | None = None, limit: int = 20, offset: int = 0, loose: bool = True
) -> Results:
    """The questions that hold each blank-separated term of ``query``, best first (bm25, the stem counts most).

    With ``loose``, a query that finds nothing is tried again by its words: all of them, then any of its three rarest.
    """
    ids = ranked(db, phrase(query), selection, limit, offset)
    terms = tuple(query.split())
    if not ids and loose and not offset:
        expression, terms = looser(db, query)
        ids = ranked(db, expression, selection, limit, offset)
        return Results(tuple(found(db, ids)), terms, bool(ids))
    return Results(tuple(found(db, ids)), terms)


def ranked(db: Database, expression: str, selection: Selection | None, limit: int, offset: int = 0) -> list[int]:
    """The ids that an FTS5 expression finds, best first."""
    return [i for _, i in scored(db, expression, selection, limit, offset)]


def scored(db: Database, expression: str, selection: Selection | None, limit: int, offset: int = 0) -> list[tuple[float, int]]:
    """What an FTS5 expression finds, best first, as score (the less the better) and id."""
    rank = f"bm25(questions_fts, {', '.join(str(w) for w in INDEXED.values())})"
    if not selection:
        rows = db.execute(
            f"select {rank}, rowid from questions_fts where questions_fts match ? order by 1, 2 limit ? offset ?",
            [expression, limit, offset],
        )
    else:
        where, values = conditions(selection)
        rows = db.execute(
            f"select {rank}, q.id from questions_fts join questions q on q.id = questions_fts.rowid "
            f"join documents d on d.id = q.document_id where questions_fts match ? and {where} order by 1, 2 limit ? offset ?",
            [expression, *values, limit, offset],
        )
    return [(score, i) for score, i in rows]


def looser(db: Database, query: str) -> tuple[str, tuple[str, ...]]:
    """The expression and the words of the second try (宽松检索); the expression finds nothing where the words do not occur either."""
    return loosened(query, partial(holds, db), partial(count, db))


def loosened(query: str, holds: Callable[[str], bool], count: Callable[[str], int]) -> tuple[str, tuple[str, ...]]:
    """``looser`` where whether an expression is held, and how often, is asked of the caller."""
    cut = words(query)
    if cut and holds(every_word(cut)):
        return every_word(cut), tuple(cut)
    counts = {w: count(phrase(w)) for w in cut}
    rare = sorted((w for w in cut if counts[w]), key=lambda w: counts[w])[:RARE]
    return any_word(rare), tuple(rare)


def holds(db: Database, expression: str) -> bool:
    """Whether any question holds it."""
    return db.execute("select 1 from questions_fts where questions_fts match ? limit 1", [expression]).fetchone() is not None


def count(db: Database, expression: str) -> int:
    """How many questions hold it, counted no further than 10,000: rare is all that is asked."""
    sql = "select count(*) from (select 1 from questions_fts where questions_fts match ? limit 10000)"
    return int(db.execute(sql, [expression]).fetchone()[0])


def found(db: Database, ids: Iterable[int]) -> list[Found]:
    """The questions of these ids with their place, in the order given; unknown ids are left out."""
    wanted = list(ids)
    held = questions(db, wanted)
    places: dict[int, tuple[str, str | None]] = {}
    for chunk in chunks(wanted):
        places.update({i: (name, title) for i, name, title in db.execute(
            "select q.id, s.name, d.title from questions q join documents d on d.id = q.document_id join sources s on s.id = d.source_id "
            f"where q.id in ({','.join('?' * len(chunk))})", chunk,
        )})
    return [Found(i, *places[i], held[i]) for i in wanted if i in held]
