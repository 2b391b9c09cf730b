"""One import from beginning to end (批量导入): what is found -> plan -> workers -> writer, and a line a page on the way.

Everything streams: what is held at any time is what is with the workers, whatever the number of pages.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from sqlite_utils import Database

from extract import Knowledge
from kb.rows import Rows, rows_of
from kb.sources import Failed, Found, Listed, Page, Ready, Wanted, read_found

from . import workers
from .plan import Decision, Plan
from .work import extract_page, unpack
from .writer import Writer

TIMEOUT = 60.0  # seconds a page; the slowest page of 300 real ones takes under 3


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one page (导入结果): a line of the report.

    ``status``: new, replaced, unchanged, alias (the same page under another name), repeated (given twice), listed (no page),
    failed, quarantined, forgotten; in a dry run would-be-new, would-be-replaced and would-be-forgotten.
    """

    name: str
    status: str
    questions: int | None = None
    flags: int | None = None
    seconds: float | None = None
    error: str | None = None


@dataclass(slots=True)
class Summary:
    """The counts of a run. ``complete`` is false where it was stopped before everything was met."""

    counts: Counter[str] = field(default_factory=Counter)
    questions: int = 0
    flags: int = 0
    seconds: float = 0.0
    complete: bool = True

    @property
    def failed(self) -> int:
        """Pages that could not be read."""
        return self.counts["failed"] + self.counts["quarantined"]


def run_import(
    db: Database, found: Iterable[Found | Failed | Listed], *, tell: Callable[[Line], None] = lambda line: None,
    wanted: Wanted | None = None, jobs: int | None = None, timeout: float = TIMEOUT, repair: str = "safe", encoding: str | None = None,
    knowledge: Knowledge | None = None, force: bool = False, prune: bool = False, dry_run: bool = False,
    shards: bool = False, stop: Callable[[], bool] = lambda: False, work: Callable[..., bytes] = extract_page,
) -> Summary:
    """Bring everything that was found into the bank, each page exactly once, and tell what became of it.

    ``force`` reads unchanged pages again; ``prune`` forgets what the folders of this run no longer hold; ``dry_run`` changes
    nothing. ``shards``: the question sets are what a cluster made of pages, so that the same bytes are the same page, as if they were
    read here. Once ``stop()`` is true, what is in hand is finished and the rest left for the next run. ``work`` is what the workers
    do with a page. Raises WorkersError where no worker can be started; one bad page never stops the others.
    """
    began = time.monotonic()
    run = _Run(db, tell, wanted or Wanted(), Plan(db, force=force), Writer(db), dry_run, shards and not force, stop)
    task = partial(work, repair=repair, encoding=encoding, knowledge=knowledge or Knowledge())
    if not dry_run:
        run.writer.begin_bank()
    try:
        for done in workers.run(run.pages(found), task, jobs=jobs or os.cpu_count() or 1, timeout=timeout, stop=stop):
            run.finish(done)
        run.summary.complete = not stop()
        if prune and run.summary.complete:
            run.prune()
        if not dry_run:
            run.writer.finish()
    except workers.WorkersError:
        run.writer.commit()
        raise
    except BaseException:
        run.writer.abandon()
        raise
    run.summary.seconds = time.monotonic() - began
    return run.summary


@dataclass(slots=True)
class _Run:
    db: Database
    _tell: Callable[[Line], None]
    wanted: Wanted
    plan: Plan
    writer: Writer
    dry_run: bool
    shards: bool
    stop: Callable[[], bool]
    summary: Summary = field(default_factory=Summary)
    out: dict[str, tuple[Decision, str]] = field(default_factory=dict)            # name -> what is with the workers, its root
    twins: dict[str, list[tuple[str, str | None, str]]] = field(default_factory=dict)  # sha256 -> (name, url, root) that wait for it

    def pages(self, found: Iterable[Found | Failed | Listed]) -> Iterator[Page]:
        """The pages that have to be extracted; everything else is dealt with on the way."""
        for each in found:
            if self.stop():
                return
            if isinstance(each, Found):
                self.plan.roots.add(each.root)
                for entry in read_found(each, self.wanted):
                    if self.shards and isinstance(entry, Listed) and entry.name == each.name:
                        continue  # the shard of a part without pages
                    yield from self._entry(entry, each.root)
                    self.writer.breathe()
                    if self.stop():
                        return
            else:
                yield from self._entry(each, "")

    def _entry(self, entry: Page | Ready | Failed | Listed, root: str) -> Iterator[Page]:
        if isinstance(entry, Listed):
            self.tell(Line(entry.name, "listed", error=entry.reason))
        elif isinstance(entry, Failed):
            self.plan.unsure(entry.name)
            self.tell(Line(entry.name, "failed", error=entry.reason))
        elif isinstance(entry, Ready):
            self._ready(entry, root)
        else:
            decision = self.plan.decide(entry)
            if decision.verdict == "extract" and not self.dry_run:
                self.out[decision.page.name] = (decision, root)
                yield decision.page
            else:
                self._settle(decision, root)

    def _settle(self, d: Decision, root: str) -> None:
        """A page that needs no worker."""
        name, url = d.page.name, d.page.url
        if d.verdict == "extract":
            self.plan.finished(d.sha256, name, 0)
            self.tell(Line(name, "would-be-replaced" if d.known else "would-be-new"))
        elif d.verdict == "twin":
            self.twins.setdefault(d.sha256, []).append((name, url, root))
        elif d.verdict == "quarantined":
            self.plan.unsure(name)
            self.tell(Line(name, "quarantined", error=f"{d.reason} (in an earlier run; --force tries it again)"))
        elif d.verdict == "alias" and not self.dry_run:
            assert d.source_id is not None
            self.tell(Line(name, self.writer.alias(name, url, d.source_id, root).status))
        else:
            if d.verdict == "unchanged" and not self.dry_run:
                self.writer.keep(name, root)
            self.tell(Line(name, d.verdict))

    def _ready(self, entry: Ready, root: str) -> None:
        ready = self.plan.decide_ready(entry)
        if ready is None:
            self.tell(Line(entry.name, "repeated"))
        elif self.dry_run:
            known = self.db.execute("select 1 from source_names where name = ?", [ready.name]).fetchone()
            self.tell(Line(ready.name, "would-be-replaced" if known else "would-be-new"))
        else:
            source = ready.extraction.source
            twin = self.db.execute("select id from sources where sha256 = ? order by id limit 1", [source.sha256]).fetchone()
            if twin and self.shards:
                self.tell(Line(ready.name, self.writer.alias(ready.name, source.url, twin[0], root).status))
            else:
                try:
                    rows = rows_of(ready.extraction)
                except ValueError as problem:  # its ledger or account contradicts itself
                    self.plan.unsure(ready.name)
                    self.tell(Line(ready.name, "failed", error=str(problem)))
                else:
                    self._save(rows, root, 0.0)

    def finish(self, done: workers.Done) -> None:
        """A page comes back from the workers."""
        decision, root = self.out.pop(done.page.name)
        source_id, error = None, done.error
        if error is None:
            source_id = self._save(unpack(done.value), root, done.seconds)
        else:
            self._failed(done.page.name, decision.sha256, done, error)
        self.plan.finished(decision.sha256, done.page.name, source_id)
        for name, url, of in self.twins.pop(decision.sha256, ()):
            if source_id is not None:
                self.tell(Line(name, self.writer.alias(name, url, source_id, of).status))
            else:
                self._failed(name, decision.sha256, done, error or "")
        self.writer.breathe()

    def _failed(self, name: str, sha256: str, done: workers.Done, error: str) -> None:
        self.plan.unsure(name)
        if done.quarantined:
            self.writer.quarantine(name, sha256, error)
        self.tell(Line(name, "quarantined" if done.quarantined else "failed", seconds=done.seconds, error=error))

    def _save(self, rows: Rows, root: str, seconds: float) -> int:
        saved = self.writer.save(rows, root)
        self.tell(Line(rows.name, saved.status, saved.questions, len(rows.flags), round(seconds, 4)))
        return saved.source_id

    def prune(self) -> None:
        """Forget what is gone."""
        for name in self.plan.gone():
            if not self.dry_run:
                self.writer.forget(name)
                self.writer.breathe()
            self.tell(Line(name, "would-be-forgotten" if self.dry_run else "forgotten"))

    def tell(self, line: Line) -> None:
        s = self.summary
        s.counts[line.status] += 1
        s.questions += line.questions or 0
        s.flags += line.flags or 0
        self._tell(line)
