"""Extraction past one machine (集群抽取): parts of a crawl go to the workers of a Dask cluster, question sets come back as shards.

The same pool of processes that a single machine uses (``kb.batch.workers``) runs inside every task, so that a page that kills
or hangs costs that page here as well; lost workers and their parts are Dask's own business. A shard is written whole or not at
all and named by what it was made of, so a run that is repeated makes only what is missing. Loading shards is an ordinary
``tiku import``: they can be kept, moved and loaded again without a cluster.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

from extract import Knowledge
from kb.batch import workers
from kb.batch.plan import free_name
from kb.batch.work import extract_json
from kb.shards import note_line, other_line, packed_jsonl, packed_parquet
from kb.sources import Failed, Found, Listed, Page, Ready, Wanted, container_of, read_found

GROUP = 200              # single page files in a part
PART_BYTES = 32 << 20    # bytes of a container in a part: a WET file of 100 MB is four parts of some 10,000 pages
AHEAD = 3                # parts submitted for each thread of the cluster
FORM_VERSION = 2         # goes up when shards of the same input would hold something else


class ClusterError(Exception):
    """The cluster or a path cannot be used; the message is one sentence with the mend."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the input (分片): some files, of whose pages those are taken whose hash is ``turn`` of ``of``.

    So two copies of a page in one container are in one part, in their order, and the first one counts as it does on one machine.
    """

    files: tuple[tuple[str, str], ...]  # path or URL, name
    root: str = ""
    turn: int = 0
    of: int = 1
    state: str = ""                     # size and time of the files: other bytes are another part


@dataclass(frozen=True, slots=True)
class Recipe:
    """How parts are extracted and where their shards go (抽取方式): the same for every part of a run."""

    out: str
    form: Literal["jsonl", "parquet"] = "jsonl"
    wanted: Wanted = field(default_factory=Wanted)
    repair: str = "safe"
    encoding: str | None = None
    knowledge: Knowledge = field(default_factory=Knowledge)
    timeout: float = 60.0
    work: Callable[..., str] = extract_json

    def path(self, part: Part) -> str:
        """Where the shard of a part is: its name is a digest of what it is made of and how."""
        knows = (sorted(self.knowledge.glossary), sorted(self.knowledge.rejected))
        made = (FORM_VERSION, part, self.wanted, self.repair, self.encoding, knows)
        suffix = {"jsonl": "jsonl.gz", "parquet": "parquet"}[self.form]
        return f"{self.out.rstrip('/')}/part-{hashlib.sha256(repr(made).encode()).hexdigest()[:24]}.{suffix}"


def parts(found: Iterable[Found | Failed | Listed], group: int = GROUP, part_bytes: int = PART_BYTES) -> Iterator[Part | Failed | Listed]:
    """The input cut into parts (切分), streaming. Containers are shared by size; page files are put together."""
    held: list[tuple[str, str, str, str]] = []
    for each in found:
        if not isinstance(each, Found):
            yield each
            continue
        info = _filesystem(each.path)[0].info(each.path)
        state = f"{info.get('size')}/{info.get('mtime') or info.get('LastModified') or info.get('ETag')}"
        alone = container_of(each.name) is not None
        # The order stays that of the input, because of two copies of a page the first one counts.
        if held and (alone or held[0][2] != each.root or len(held) >= group):
            yield _together(held)
            held = []
        if not alone:
            held.append((each.path, each.name, each.root, state))
        else:
            of = max(1, -(-int(info.get("size") or 0) // part_bytes))
            for turn in range(of):
                yield Part(((each.path, each.name),), each.root, turn, of, state)
    if held:
        yield _together(held)


def _together(held: list[tuple[str, str, str, str]]) -> Part:
    return Part(tuple((path, name) for path, name, _, _ in held), held[0][2], state=" ".join(s for *_, s in held))


def find_remote(pattern: str) -> Iterator[Found | Failed]:
    """The files of a URL that fsspec understands (``s3://bucket/crawl/*.warc.gz``), in order; a folder means what is below it."""
    import fsspec

    try:
        filesystem, path = fsspec.core.url_to_fs(pattern)
        if filesystem.isdir(path):
            base, names = path, sorted(filesystem.find(path))
        else:
            base, names = path.split("*")[0].rpartition("/")[0], sorted(filesystem.glob(path))
    except (ImportError, ValueError, OSError) as problem:
        yield Failed(pattern, f"cannot be listed: {problem}")
        return
    root = hashlib.sha256(pattern.encode()).hexdigest()[:16]
    if not names:
        yield Failed(pattern, "matches no file")
    for name in names:
        yield Found(filesystem.unstrip_protocol(name), name[len(base):].lstrip("/"), root)


def run_on_cluster(
    scheduler: str | Any, found: Iterable[Found | Failed | Listed], recipe: Recipe, *, group: int = GROUP, part_bytes: int = PART_BYTES,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Found | Failed | Listed]:
    """Extract on the cluster and yield the shards, as files to import, in the order of the input.

    ``scheduler`` is its address (``tcp://host:8786``) or a ``distributed.Client``; all workers must be able to write ``recipe.out``.
    No more than a few parts a thread are with the cluster at a time. A part that Dask gives up is a ``Failed``.
    """
    client = _client(scheduler) if isinstance(scheduler, str) else scheduler
    try:
        waiting: list[tuple[Any, Part] | Failed | Listed] = []
        source = parts(found, group, part_bytes)
        exhausted = False
        while waiting or not exhausted:
            threads = sum(client.nthreads().values()) or 1
            while not exhausted and len(waiting) < AHEAD * threads:
                part = next(source, None)
                if part is None or stop():
                    exhausted = True
                elif isinstance(part, Part):
                    # The key is the shard's own: the same part is one task, and a task may be run again after a worker was lost.
                    waiting.append((client.submit(extract_part, part, recipe, key=f"tiku-{recipe.path(part)}", retries=2), part))
                else:
                    waiting.append(part)
            if not waiting:
                return
            first = waiting.pop(0)
            if not isinstance(first, tuple):
                yield first
                continue
            future, part = first
            try:
                path = future.result()
            except Exception as problem:  # KilledWorker, a full disk, a missing module there: the part is lost, the others go on
                yield Failed(part.files[0][1], f"the cluster gave up its part: {type(problem).__name__}: {problem}"[:500])
            else:
                yield Found(path, path.rpartition("/")[2], part.root)
            future.release()
    finally:
        if isinstance(scheduler, str):
            client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as problem:
        raise ClusterError("a cluster needs Dask: pip install 'tiku[dask]'") from problem
    make: Any = Client  # has no types
    try:
        return make(address, timeout=20)
    except (OSError, ValueError, TimeoutError) as problem:
        raise ClusterError(f"no Dask scheduler answers at {address}: {problem}") from problem


def extract_part(part: Part, recipe: Recipe) -> str:
    """The task of a worker of the cluster: extract one part, write its shard, give back the shard's path."""
    task = partial(recipe.work, repair=recipe.repair, encoding=recipe.encoding, knowledge=recipe.knowledge)
    path = recipe.path(part)
    filesystem, inside = _filesystem(path)
    if filesystem.exists(inside):
        return path
    multiprocessing.current_process().daemon = False  # Dask's workers are daemons, which may not have processes of their own
    others: list[Ready | Failed | Listed] = []

    def lines() -> Iterator[str]:
        for done in workers.run(_pages(part, recipe.wanted, others), task, jobs=1, timeout=recipe.timeout):
            if done.error is None:
                yield done.value
            else:
                yield note_line("failed", done.page.name, done.error)
            while others:
                yield other_line(others.pop(0))
        while others:
            yield other_line(others.pop(0))

    body = packed_jsonl(lines()) if recipe.form == "jsonl" else packed_parquet(lines())
    filesystem.makedirs(inside.rpartition("/")[0], exist_ok=True)
    aside = f"{inside}.{hashlib.sha256(body).hexdigest()[:8]}.part"
    with filesystem.open(aside, "wb") as stream:
        stream.write(body)
    filesystem.mv(aside, inside)  # a shard is there whole or not at all
    return path


def _pages(part: Part, wanted: Wanted, others: list[Ready | Failed | Listed]) -> Iterator[Page]:
    for path, name in part.files:
        met: dict[str, bytes] = {}  # every part sees the whole container, and so names its pages as one machine does
        for number, entry in enumerate(read_found(Found(path, name), wanted)):
            if isinstance(entry, Page):
                digest = hashlib.sha256(entry.data).digest()
                own = free_name(entry.name, digest, met)
                if int.from_bytes(digest[:4], "big") % part.of == part.turn:
                    yield entry if own == entry.name else replace(entry, name=own)
            elif number % part.of == part.turn:
                others.append(entry)


def _filesystem(path: str) -> tuple[Any, str]:
    import fsspec

    filesystem, inside = fsspec.core.url_to_fs(path)
    return filesystem, inside
