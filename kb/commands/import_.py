"""``tiku import KB.db PATH...``: pages, folders, archives, crawls and question sets into the bank."""

from __future__ import annotations

import itertools
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import click

from extract import Knowledge

from ..batch import WorkersError, run_import
from ..batch.report import Watch, closing, counted, report_file
from ..batch.run import TIMEOUT
from ..cluster import ClusterError, Recipe, find_remote, run_on_cluster
from ..duplicates import ready, update
from ..review import rejected
from ..schema import open_bank
from ..sources import Failed, Found, Listed, Wanted, find, numbered
from ..sources.walk import root_of
from .common import BANK, ENCODING, GLOSSARY, REPAIR


@click.command()
@BANK
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--files-from", metavar="F", help="A list of paths, one a line; - is standard input.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes that extract.  [default: one a core]")
@click.option("--force", is_flag=True, help="Read pages again that have not changed, and pages in quarantine.")
@click.option("--prune", is_flag=True, help="Forget what the folders, archives and lists given no longer hold.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option("--report", metavar="F", help="Write a JSON line a page: name, status, questions, flags, seconds, error.")
@click.option("--scheduler", metavar="ADDRESS", help="Extract on the Dask cluster of this scheduler (tcp://host:8786).")
@click.option("--shards", metavar="URL", help="Folder or URL, writable for the cluster, for its question sets.  [default: KB.db.shards]")
@click.option("--max-bytes", type=click.IntRange(1), default=Wanted().max_bytes, show_default=True, help="Largest page that is read.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=TIMEOUT, show_default=True, help="Seconds a page may take.")
@click.option("--text-field", help="Field of a record that holds the text.  [default: text, content, ...]")
@click.option("--html-field", help="Field of a record that holds the HTML.  [default: html, ...]")
@click.option("--url-field", help="Field of a record that holds the address.  [default: url, link, ...]")
@click.option("--title-field", help="Field of a record that holds the title.  [default: title, ...]")
@ENCODING
@REPAIR
@GLOSSARY
def command(
    bank: Path, paths: tuple[str, ...], files_from: str | None, jobs: int | None, force: bool, prune: bool, dry_run: bool,
    report: str | None, scheduler: str | None, shards: str | None, max_bytes: int, timeout: float, text_field: str | None,
    html_field: str | None, url_field: str | None, title_field: str | None,
    encoding: str | None, repair: str, glossary: frozenset[str],
) -> None:
    """Read pages, folders, patterns, archives, crawls and question sets into KB.db, each page exactly once.

    Takes HTML, text, Markdown, CSV, Word, PDF, .mhtml; .zip and .tar.gz; .jsonl, .jsonl.gz and .parquet of scraped pages; WARC and
    WET; and what tiku exports as json or jsonl. What is there already and has not changed costs a hash. Ctrl-C finishes what
    is in hand; the same command goes on where it stopped. A bank that was grouped (tiku duplicates) is brought up to date.
    """
    if not paths and files_from is None:
        raise click.UsageError("name at least one PATH, or give a list with --files-from")
    if scheduler and (dry_run or prune):
        raise click.UsageError("--dry-run and --prune need the pages themselves: leave out --scheduler")
    wanted = Wanted(text_field, html_field, url_field, title_field, max_bytes)
    with ExitStack() as stack:
        if dry_run and not bank.exists():
            bank = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "dry-run.db"
        db = open_bank(bank, create=True)
        stack.callback(db.close)
        out = stack.enter_context(report_file(report)) if report else None
        total = counted(_found(paths, files_from)) if sys.stderr.isatty() and files_from != "-" and not scheduler else _unknown
        watch = stack.enter_context(Watch(out, total))
        stop = stack.enter_context(_stopping())
        knowledge = Knowledge(glossary=glossary, rejected=rejected(db))
        found = _found(paths, files_from)
        if scheduler:
            recipe = Recipe(shards or f"{bank.absolute()}.shards", "jsonl", wanted, repair, encoding, knowledge, timeout)
            found = run_on_cluster(scheduler, found, recipe, stop=stop)
        try:
            summary = run_import(
                db, watch.files(found), tell=watch.tell, wanted=wanted, jobs=jobs, timeout=timeout, repair=repair,
                encoding=encoding, knowledge=knowledge, force=force, prune=prune, dry_run=dry_run, shards=bool(scheduler), stop=stop,
            )
        except (WorkersError, ClusterError) as problem:
            raise click.ClickException(str(problem)) from problem
        if summary.complete and not dry_run and ready(db):
            update(db)
    click.echo(closing(summary, watch.problems, watch.aside, dry_run=dry_run), err=bool(summary.failed))
    if not summary.complete:
        click.echo("stopped; everything up to here is in the bank: run the same command again to go on", err=True)
    if summary.failed or not summary.complete:
        sys.exit(1)


def _unknown() -> int | None:
    return None


def _found(paths: tuple[str, ...], files_from: str | None) -> Iterator[Found | Failed | Listed]:
    here = find(p for p in paths if "://" not in p)
    away = itertools.chain.from_iterable(find_remote(p) for p in paths if "://" in p)
    listed = () if files_from is None else numbered(sys.stdin) if files_from == "-" else _listed(files_from)
    return itertools.chain(here, away, listed)


def _listed(path: str) -> Iterator[Found | Failed | Listed]:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as lines:
            yield from numbered(lines, root_of(path))
    except OSError as problem:
        yield Failed(path, f"the list of paths cannot be read: {problem.strerror or problem}")


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C asks for an end, the second one is not asked for anything."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        click.echo("stopping when the pages in hand are done (again: at once) ...", err=True)

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
