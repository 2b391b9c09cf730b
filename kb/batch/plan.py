"""What is to be done with each page (导入计划): exactly once, whatever was done before and wherever it was interrupted.

The bank itself is the only memory between runs. A page whose bytes it holds is never read again; it costs a hash. Which names
this run has met stands in a temporary table, not in memory, so that a crawl of any size can be walked.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sqlite_utils import Database

from kb.sources import Page, Ready

Verdict = Literal["extract", "unchanged", "alias", "twin", "quarantined", "repeated"]


@dataclass(frozen=True, slots=True)
class Decision:
    """``extract``; ``unchanged``; ``alias`` of ``source_id``; ``twin`` of a page that is in work; ``quarantined`` or ``repeated``.

    ``page`` goes by the name that it has in the bank; ``known``: the bank has read this name before.
    """

    verdict: Verdict
    page: Page
    sha256: str
    known: bool = False
    source_id: int | None = None
    reason: str | None = None


class Plan:
    """Decides page by page, in the order in which they are met. ``force``: read again what has not changed."""

    def __init__(self, db: Database, *, force: bool = False) -> None:
        self.db = db
        self.force = force
        self.roots: set[str] = set()
        self.in_work: set[str] = set()  # sha256 of the pages that are with the workers now
        # A private file that SQLite deletes by itself: what was met does not have to fit into memory.
        self._met = sqlite3.connect("", isolation_level=None)
        self._met.executescript(
            "pragma journal_mode=off; pragma synchronous=off;"
            "create table met(name text primary key, sha256 text, source_id int) without rowid;"
            "create index met_sha256 on met(sha256); create table unsure(prefix text primary key) without rowid;"
        )

    def decide(self, page: Page) -> Decision:
        """What is to be done with a page. Pages decided as ``extract`` are in work until ``finished``."""
        sha256 = hashlib.sha256(page.data).hexdigest()
        name = self._meet(page.name, sha256)
        if name is None:
            return Decision("repeated", page, sha256)
        page = replace(page, name=name) if name != page.name else page
        row = self.db.execute(
            "select s.sha256, s.id from source_names n join sources s on s.id = n.source_id where n.name = ?", [name]).fetchone()
        known = row is not None
        if not self.force:
            bad = self.db.execute("select reason from quarantine where name = ? and sha256 = ?", [name, sha256]).fetchone()
            if bad:
                return Decision("quarantined", page, sha256, known, reason=bad[0])
            if row and row[0] == sha256:
                return Decision("unchanged", page, sha256, known, row[1])
        if sha256 in self.in_work:
            return Decision("twin", page, sha256, known)
        twin = self._met.execute("select source_id from met where sha256 = ? and source_id is not null", [sha256]).fetchone()
        if not twin and not self.force:  # with force, only what this run has read anew counts
            twin = self.db.execute("select id from sources where sha256 = ? order by id limit 1", [sha256]).fetchone()
        if twin:
            return Decision("alias", page, sha256, known, twin[0])
        self.in_work.add(sha256)
        return Decision("extract", page, sha256, known)

    def finished(self, sha256: str, name: str, source_id: int | None) -> None:
        """A page is no longer in work; ``source_id`` is where it went, None where it failed."""
        self.in_work.discard(sha256)
        self._met.execute("update met set source_id = ? where name = ?", [source_id, name])

    def decide_ready(self, entry: Ready) -> Ready | None:
        """A question set under its name in this run, to be loaded as it is; None where the same one was met before."""
        source = entry.extraction.source
        name = self._meet(source.name, source.sha256)
        if name is None:
            return None
        return entry if name == source.name else Ready(name, replace(entry.extraction, source=replace(source, name=name)))

    def _meet(self, name: str, sha256: str) -> str | None:
        """Two different pages of one name are told apart by ~2, ~3. None: met already, the same bytes."""
        met, number = name, 1
        while row := self._met.execute("select sha256 from met where name = ?", [met]).fetchone():
            if row[0] == sha256:
                return None
            number += 1
            met = numbered_name(name, number)
        self._met.execute("insert into met(name, sha256) values (?, ?)", [met, sha256])
        return met

    def unsure(self, name: str) -> None:
        """What failed may still hold what was read from it earlier: it and everything below it is not taken for gone."""
        self._met.execute("insert or ignore into unsure values (?)", [name.rstrip("/")])

    def gone(self) -> Iterator[str]:
        """The names that the folders of this run (``roots``) held once and hold no longer, in order."""
        for root in sorted(self.roots):
            last = ""
            while rows := self.db.execute(
                "select name from source_names where root = ? and name > ? order by name limit 500", [root, last]).fetchall():
                for (name,) in rows:
                    if not self._met.execute("select 1 from met where name = ?", [name]).fetchone() and not self._below_unsure(name):
                        yield name
                last = rows[-1][0]

    def _below_unsure(self, name: str) -> bool:
        above = [name[:i] for i, c in enumerate(name) if c in "/#"]
        return any(self._met.execute("select 1 from unsure where prefix = ?", [p]).fetchone() for p in (name, *above))


def free_name(name: str, digest: bytes, met: dict[str, bytes]) -> str:
    """The name under which a page goes among those that were ``met``, which is added to; see ``Plan._meet``."""
    own, number = name, 1
    while met.setdefault(own, digest) != digest:
        number += 1
        own = numbered_name(name, number)
    return own


def numbered_name(name: str, number: int) -> str:
    """``a/page.html`` -> ``a/page~2.html``: the suffix stays, because it tells the kind."""
    folder, slash, base = name.rpartition("/")
    stem, dot, suffix = base.rpartition(".")
    return f"{folder}{slash}{stem}~{number}{dot}{suffix}" if stem else f"{name}~{number}"
