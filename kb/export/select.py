"""Which questions go out (筛选), and their rows in one stable order: by source name, then as the source has them.

The choice is made once, in a temporary table that SQLite may keep on disk; rows are then read 400 at a time. Memory does not
grow with the bank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from extract.model import Extraction, Source
from kb.duplicates.exclude import Excluded
from kb.load import CHUNK, Selection, conditions, questions, read

from .mask import mask_question, mask_text
from .row import Row

DOUBT = 0.5
"""What a flag about our own reading counts as, for ``min_confidence``."""

UNSURE = (
    "(exists (select 1 from question_repairs l join repairs r on r.id = l.repair_id where l.question_id = q.id and r.applied "
    f"and r.confidence < :least) or (:least > {DOUBT} and exists (select 1 from flags f where f.question_id = q.id "
    "and f.about = 'reading')))"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asked for. ``min_confidence``: no applied repair below it (a flag about our reading counts as 0.5).

    ``dedupe`` keeps one question a group of duplicates; ``exclude`` names a file of questions that must not be among them.
    """

    selection: Selection = field(default_factory=Selection)
    answered: bool = False
    min_confidence: float | None = None
    limit: int | None = None
    dedupe: bool = False
    exclude: Path | None = None

    def __bool__(self) -> bool:
        some = self.selection or self.answered or self.dedupe or self.exclude
        return bool(some) or self.min_confidence is not None or self.limit is not None


@dataclass(slots=True)
class Picked:
    """The questions that were chosen, to be walked as often as a format needs. ``left_out`` counts what dedupe and exclude took."""

    db: Database
    whole: bool
    licence: str | None = None
    masked: bool = False
    left_out: dict[str, int] = field(default_factory=dict)

    def count(self, what: str = "*") -> int:
        """How many questions were chosen, or how many different ``source_id`` or ``document_id`` they have."""
        return int(self.db.execute(f"select count({what}) from temp.chosen").fetchone()[0])

    def __iter__(self) -> Iterator[Row]:
        sources: dict[int, tuple[Source, str | None]] = {}
        at = 0
        while chunk := self.db.execute(
            "select c.place, c.question_id, c.source_id, d.title from temp.chosen c join documents d on d.id = c.document_id "
            "where c.place > ? order by c.place limit ?", [at, CHUNK],
        ).fetchall():
            at = chunk[-1][0]
            held = questions(self.db, [row[1] for row in chunk])
            here = {row[2] for row in chunk}
            sources = {k: v for k, v in sources.items() if k in here}
            for source_id in here - sources.keys():
                sources[source_id] = self._source(source_id)
            for _, question_id, source_id, title in chunk:
                source, read_at = sources[source_id]
                question = held[question_id]
                if self.masked:
                    question, title = mask_question(question), title and mask_text(title)
                yield Row(source, title, question, question_id, self.licence, read_at)

    def sources(self) -> Iterator[Extraction]:
        """The sources of the chosen questions, each with the chosen questions only; text, ledger and account stay whole.

        Masked sources carry neither text nor ledger nor account: personal data would stand there too.
        """
        for source_id, name in self.db.execute(
            "select s.id, s.name from sources s where exists (select 1 from temp.chosen c where c.source_id = s.id) or ? order by s.name",
            [self.whole],
        ):
            extraction = read(self.db, name)
            if not self.whole:
                rows = self.db.execute(
                    "select d.position, q.position from temp.chosen c join questions q on q.id = c.question_id "
                    "join documents d on d.id = q.document_id where c.source_id = ?", [source_id],
                )
                extraction = narrow(extraction, {(d, q) for d, q in rows})
            yield _mask(extraction) if self.masked else extraction

    def _source(self, source_id: int) -> tuple[Source, str | None]:
        *fields, read_at = self.db.execute(
            "select name, sha256, format, encoding, url, imported_at from sources where id = ?", [source_id]
        ).fetchone()
        return Source(*fields), read_at


def pick(db: Database, filters: Filters, *, licence: str | None = None, masked: bool = False) -> Picked:
    """Choose the questions. ValueError where the excluded set cannot be read. ``dedupe`` goes by the groups as they are:
    ``kb.duplicates.update`` brings them in step with the bank.
    """
    where, values = conditions(filters.selection)
    names = {f"v{n}": value for n, value in enumerate(values)}
    for name in names:
        where = where.replace("?", f":{name}", 1)
    if filters.answered:
        where += " and q.answer is not null"
    if filters.min_confidence is not None:
        where += f" and not {UNSURE}"
        names["least"] = filters.min_confidence
    conn = db.conn
    conn.execute("drop table if exists temp.chosen")
    conn.execute("create temp table chosen(place integer primary key, question_id integer, source_id integer, document_id integer)")
    conn.execute(
        "insert into temp.chosen(question_id, source_id, document_id) select q.id, d.source_id, d.id from questions q "
        f"join documents d on d.id = q.document_id join sources s on s.id = d.source_id where {where} "
        "order by s.name, d.position, q.position", names,
    )
    conn.execute("create index temp.chosen_source on chosen(source_id)")
    conn.execute("create index temp.chosen_question on chosen(question_id)")
    picked = Picked(db, not filters, licence, masked)
    if filters.dedupe:
        picked.left_out["dedupe"] = _dedupe(db)
    if filters.exclude:
        picked.left_out["exclude"] = _exclude(db, picked, filters.exclude)
    if filters.limit is not None:
        conn.execute("delete from temp.chosen where place > (select coalesce(max(place), 0) from (select place from temp.chosen "
                     "order by place limit ?))", [filters.limit])
    return picked


def _dedupe(db: Database) -> int:
    """One question a group: its canonical copy where that was chosen, else the first that was."""
    return db.conn.execute(
        "delete from temp.chosen where question_id in (select question_id from duplicate_members) and place not in ("
        "select coalesce(max(case when c.question_id = g.canonical_question_id then c.place end), min(c.place)) "
        "from temp.chosen c join duplicate_members m on m.question_id = c.question_id join duplicate_groups g on g.id = m.group_id "
        "group by m.group_id)"
    ).rowcount


def _exclude(db: Database, picked: Picked, path: Path) -> int:
    """Take out what duplicates a question of another set."""
    gone = 0
    with Excluded(path) as excluded:
        rows = iter(picked)
        while batch := list(islice(rows, CHUNK)):
            held = excluded.holds([row.question for row in batch])
            own = [(row.id,) for row, known in zip(batch, held, strict=True) if known]
            gone += len(own)
            db.conn.executemany("delete from temp.chosen where question_id = ?", own)
    return gone


def narrow(x: Extraction, wanted: set[tuple[int, int]]) -> Extraction:
    """The extraction with the wanted questions only, by (document, question); blocks of the others name no question."""
    kept = {di: [qi for qi in range(len(d.questions)) if (di, qi) in wanted] for di, d in enumerate(x.documents)}
    at = {di: n for n, di in enumerate(di for di, own in kept.items() if own)}
    place = {(di, qi): n for di, own in kept.items() for n, qi in enumerate(own)}
    return replace(
        x,
        documents=tuple(replace(d, questions=tuple(d.questions[qi] for qi in kept[di])) for di, d in enumerate(x.documents) if di in at),
        blocks=tuple(
            b._replace(
                document=None if b.document is None else at.get(b.document),
                question=None if b.document is None or b.question is None else place.get((b.document, b.question)),
            )
            for b in x.blocks
        ),
    )


def _mask(x: Extraction) -> Extraction:
    documents = tuple(
        replace(
            d,
            title=d.title and mask_text(d.title),
            sections=tuple(
                replace(s, path=tuple(mask_text(p) for p in s.path), instruction=s.instruction and mask_text(s.instruction))
                for s in d.sections
            ),
            questions=tuple(replace(mask_question(q), parts=(), repairs=()) for q in d.questions),
        )
        for d in x.documents
    )
    return Extraction(x.source, "", (), (), documents)
