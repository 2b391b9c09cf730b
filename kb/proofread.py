"""Proofreading a whole bank (通校): the suggestions that cost too much for an import, one source after the other, resumable.

Nothing is applied. A source that was read with the same content before is passed over, so that a stopped run goes on where it was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from extract.model import Document, Extraction, Knowledge, Question, Reading, Repair
from extract.repair import mend_page, mend_questions

from .duplicates.tables import ready
from .load import read
from .review import rejected
from .store import rewrite, transaction

VERSION = "1"  # another set of rules reads everything again
PASSAGES = 8   # other sources with copies of its questions that are laid beside a source, at most
REACH = 200_000  # characters of each


@dataclass(frozen=True, slots=True)
class Proofread:
    """What came of one source: its name and how many suggestions were new."""

    name: str
    suggestions: int


def proofread(db: Database, *, glossary: frozenset[str] = frozenset(), stop: Callable[[], bool] = lambda: False) -> Iterator[Proofread]:
    """Proofread every source that was not yet, in the order of names; each is one transaction."""
    db.conn.execute("create table if not exists proofread(name text primary key, content text, version text)")
    refused = rejected(db)
    after = ""
    while not stop():
        row = db.execute(
            "select s.id, s.name, s.content from sources s left join proofread p on p.name = s.name and p.content is s.content and "
            "p.version = ? where s.name > ? and p.name is null order by s.name limit 1", [VERSION, after],
        ).fetchone()
        if row is None:
            return
        source_id, after, content = row
        x = read(db, after)
        found = suggestions(x, Knowledge(glossary, refused, _passages(db, source_id)))
        with transaction(db):
            if found:
                rewrite(db, after, with_suggestions(x, found))
            db.execute(
                "insert into proofread(name, content, version) values (?, ?, ?) on conflict(name) do update set "
                "content = excluded.content, version = excluded.version", [after, content, VERSION],
            )
        yield Proofread(after, len(found))


def suggestions(x: Extraction, knowledge: Knowledge) -> tuple[Repair, ...]:
    """What a careful reading adds to the ledger of a source; none of it applied, none where the ledger speaks already."""
    page = tuple(
        r for r in mend_page(Reading(x.source, x.text), policy="suggest", knowledge=knowledge) if not r.applied and _clear(x.repairs, r)
    )
    wording = mend_questions(x.text, x.documents, (*x.repairs, *page), policy="suggest", knowledge=knowledge)
    fresh = (*page, *(replace(r, applied=False, confidence=min(r.confidence, 0.9)) for r in wording))
    return tuple(sorted(fresh, key=lambda r: (r.start, r.end)))


def with_suggestions(x: Extraction, found: tuple[Repair, ...]) -> Extraction:
    """The source with more entries in its ledger, each known to the question whose words it means."""
    top = max((r.id for r in x.repairs), default=0)
    numbered = tuple(replace(r, id=top + n) for n, r in enumerate(found, 1))
    starts = [r.start for r in numbered]

    def told(q: Question) -> Question:
        mine = tuple(
            r.id for p in q.parts for r in numbered[bisect_left(starts, p.start) : bisect_left(starts, p.end)] if r.end <= p.end
        )
        return replace(q, repairs=(*q.repairs, *mine)) if mine else q

    documents: tuple[Document, ...] = tuple(replace(d, questions=tuple(told(q) for q in d.questions)) for d in x.documents)
    return replace(x, repairs=(*x.repairs, *numbered), documents=documents)


def _clear(ledger: tuple[Repair, ...], r: Repair) -> bool:
    return not any(a.start < max(r.end, r.start + 1) and r.start < max(a.end, a.start + 1) for a in ledger)


def _passages(db: Database, source_id: int) -> tuple[str, ...]:
    """Texts of other sources that hold copies of this one's questions, where the bank was grouped (``tiku duplicates``)."""
    if not ready(db):
        return ()
    rows = db.execute(
        "select substr(s.text, 1, ?) from sources s where s.id in (select distinct d2.source_id from documents d "
        "join questions q on q.document_id = d.id join duplicate_members m on m.question_id = q.id "
        "join duplicate_members m2 on m2.group_id = m.group_id join questions q2 on q2.id = m2.question_id "
        "join documents d2 on d2.id = q2.document_id where d.source_id = ? and d2.source_id <> ? limit ?) order by s.name",
        [REACH, source_id, source_id, PASSAGES],
    )
    return tuple(r[0] for r in rows)
