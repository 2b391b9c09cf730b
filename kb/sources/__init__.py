"""Everything that can be pointed at (输入来源): files, folders, archives and crawls, as one stream of entries.

``CONTAINERS`` is the table of containers; a new kind is a module with a record of it, and its line here. Which files are
pages is known by ``PAGE_SUFFIXES`` or, for other names, by their first bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from .archives import GZIP, TAR, ZIP
from .entry import Container, Entry, Failed, Listed, Page, Ready, Wanted
from .guard import DEPTH, TooLargeError, bounded, seekable
from .records import JSON, JSON_LINES, PARQUET
from .walk import Found, find, numbered
from .web import MHTML, WARC

__all__ = [
    "CONTAINERS", "PAGE_SUFFIXES", "Container", "Entry", "Failed", "Found", "Listed", "Page", "Ready", "Wanted", "container_of", "entries",
    "find", "numbered", "read_found",
]

# Longer suffixes win, whatever the order here.
CONTAINERS: tuple[Container, ...] = (ZIP, TAR, JSON_LINES, JSON, PARQUET, WARC, MHTML, GZIP)
_BY_SUFFIX = sorted(((suffix, c) for c in CONTAINERS for suffix in c.suffixes), key=lambda pair: -len(pair[0]))

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".md", ".markdown", ".csv", ".docx", ".doc", ".pdf")

# Other names are told by their first bytes: what begins so, or holds a NUL without being UTF-16, is no page of ours.
_FOREIGN = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"MZ", b"SQLite format 3", b"7z\xbc\xaf", b"Rar!", b"ID3", b"OggS",
            b"\x00\x00\x01\x00", b"BM", b"wOF", b"%!PS")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_APPLE_DOUBLE = b"\x00\x05\x16\x07"
# What browsers save beside a page: text, and no page.
_BESIDE = (".css", ".js", ".mjs", ".map", ".svg")

# What tiku itself writes beside a page or an export.
_OURS = {".golden.json": "is the golden of a sample, left alone", ".manifest.json": "is what an export says of itself, left alone"}


def container_of(name: str) -> Container | None:
    """The kind of container that a file of this name is, or None."""
    lower = name.lower()
    return next((c for suffix, c in _BY_SUFFIX if lower.endswith(suffix)), None)


def read_found(found: Found, wanted: Wanted) -> Iterator[Entry]:
    """The entries of one file on disk. Never raises on what the file holds: a file that cannot be read is ``Failed``."""
    try:  # opened apart from reading, so that its error is told from a container's
        stream = _open(found.path)
    except (OSError, ValueError, ImportError) as problem:
        yield Failed(found.name, f"cannot be opened: {getattr(problem, 'strerror', None) or problem}")
        return
    with stream:
        yield from entries(stream, found.name, wanted)


def _open(path: str) -> BinaryIO:
    """A file of this machine, or of any place that fsspec knows (``s3://``, ``hdfs://``, ``https://``)."""
    if "://" not in path:
        return open(path, "rb")
    import fsspec

    return cast(BinaryIO, fsspec.open(path, "rb").open())


def entries(stream: BinaryIO, name: str, wanted: Wanted, depth: int = 0) -> Iterator[Entry]:
    """What an open stream of this name holds: one page, or the entries of a container (and of containers inside it)."""
    beside = next((reason for suffix, reason in _OURS.items() if name.lower().endswith(suffix)), None)
    if beside:
        yield Listed(name, beside)
        return
    container = container_of(name)
    if container is None:
        yield _page(stream, name, wanted)
        return
    if depth >= DEPTH:
        yield Failed(name, f"is an archive more than {DEPTH} archives deep; unpack the outer ones")
        return
    empty = True
    try:
        with seekable(stream) as whole:
            for entry in container.read(whole, name, wanted, lambda inner, member: entries(inner, member, wanted, depth + 1)):
                empty = False
                yield entry
        if empty:
            yield Listed(name, "holds no page")
    except Exception as problem:  # zip, tar, gzip, Arrow and WARC readers raise a dozen kinds on damaged bytes, all meaning the same
        message = str(problem) or type(problem).__name__
        ours = type(problem).__module__.startswith("kb.")
        yield Failed(name, message if ours else f"is damaged or no {container.kind}: {message}"[:300])


def _page(stream: BinaryIO, name: str, wanted: Wanted) -> Entry:
    try:
        data = bounded(stream, wanted.max_bytes)
    except TooLargeError as problem:
        return Failed(name, str(problem))
    if not data:
        return Listed(name, "is empty")
    reason = _no_page(name.lower(), data[:4096])
    return Listed(name, reason) if reason else Page(name, data)


def _no_page(name: str, head: bytes) -> str | None:
    if head.startswith(_APPLE_DOUBLE):
        return "is what a Mac keeps beside a file, not the file"
    if name.endswith(PAGE_SUFFIXES):
        return None
    if name.endswith(_BESIDE):
        return "is a part of a web page, not a page"
    if head.startswith(_FOREIGN) or (b"\x00" in head and not head.startswith(_UTF16)):
        return "is not a kind of file that tiku reads"
    return None
