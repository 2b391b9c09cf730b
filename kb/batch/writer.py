"""The one that writes (写入): whole pages in large transactions, with the search index in step at every commit.

Rows, index entries and triggers change in one transaction, so that a kill at any moment leaves the bank as it was after some
number of whole pages: it opens, its index fits, and the next run goes on from there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from kb.rows import Rows
from kb.schema import add_triggers, index_by_hand, merge_index, meta, postpone_merging, rebuild_index
from kb.store import Saved, also_called, forget, save_rows

PAGES = 1000        # pages in a transaction at most
SECONDS = 5.0       # and how long one is held open: others who write wait for it, for 15 at most; each leaves a piece of the index to merge
CACHE = 16 << 10    # KB of the bank kept in memory: four times as much saves no time
OPTIMIZE = 20_000   # questions written from which the index is merged into one piece at the end


@dataclass(slots=True)
class Writer:
    """Writes into an open bank. Every method may begin a transaction; ``breathe`` and ``finish`` end it."""

    db: Database
    written: int = 0        # questions
    _since: float = 0.0
    _pages: int = 0

    def begin_bank(self) -> None:
        """Make the bank ready for much writing."""
        self.db.execute(f"pragma cache_size=-{CACHE}")
        if meta(self.db, "index") != "ready":
            rebuild_index(self.db)

    def save(self, rows: Rows, root: str) -> Saved:
        """One page; see ``kb.store.save``."""
        self._begin()
        saved = save_rows(self.db, rows, by_hand=True)
        if saved.status in ("new", "replaced"):
            self.written += saved.questions
        self._named(rows.name, root)
        self.db.conn.execute("delete from quarantine where name = ?", [rows.name])
        return saved

    def alias(self, name: str, url: str | None, source_id: int, root: str) -> Saved:
        """One more name of a page."""
        self._begin()
        saved = also_called(self.db, name, url, source_id)
        self._named(name, root)
        return saved

    def keep(self, name: str, root: str) -> None:
        """The page is unchanged; a folder that did not answer for it yet does so now."""
        row = self.db.execute("select root from source_names where name = ?", [name]).fetchone()
        if row and row[0] != root:
            self._begin()
            self._named(name, root)

    def quarantine(self, name: str, sha256: str, reason: str) -> None:
        """Remember a page that no worker survives, so that the next run does not lose its time on it."""
        self._begin()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.db.conn.execute("insert or replace into quarantine values (?, ?, ?, ?)", [name, sha256, reason, now])

    def forget(self, name: str) -> None:
        """The name is gone, and the page with it if it has no other."""
        self._begin()
        forget(self.db, name)
        self._pages += 1

    def breathe(self) -> None:
        """Commit if much has been written, or if the transaction has been open for long."""
        if self.db.conn.in_transaction and (self._pages >= PAGES or time.monotonic() - self._since > SECONDS):
            self.commit()

    def commit(self) -> None:
        """Everything that was written so far is in the bank for good."""
        if self.db.conn.in_transaction:
            add_triggers(self.db)
            self.db.conn.commit()
            self._pages = 0

    def finish(self) -> None:
        """Commit, and after much writing merge the index into one piece: searching it is then a third faster or more."""
        self.commit()
        if self._since:
            postpone_merging(self.db, False)
        if self.written >= OPTIMIZE:
            merge_index(self.db)
            self.db.conn.execute("analyze")
        self.db.conn.commit()

    def abandon(self) -> None:
        """Take back what was not committed."""
        if self.db.conn.in_transaction:
            self.db.conn.rollback()

    def _begin(self) -> None:
        if not self.db.conn.in_transaction:
            self.db.conn.execute("begin immediate")
            if not self._since:
                postpone_merging(self.db)
            self._since = time.monotonic()
            index_by_hand(self.db)

    def _named(self, name: str, root: str) -> None:
        self._pages += 1
        self.db.conn.execute("update source_names set root = ? where name = ?", [root, name])
