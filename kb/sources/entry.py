"""What an input holds (来源条目): pages to extract, question sets that are ready, and what was left aside and why.

Names are paths relative to the folder that was given; a member of a container is ``container/member``, a record of a
crawl ``container#URL`` (or ``container#LINE`` where the record has no address).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from extract.model import Extraction


@dataclass(frozen=True, slots=True)
class Page:
    """One page to extract (页面): its bytes, and the address and encoding that the container states."""

    name: str
    data: bytes
    url: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A question set that tiku wrote earlier (题库 JSON): loaded as it is, nothing is extracted again."""

    name: str
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that is no page (非试卷文件): named in the report, and no failure."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that should have been a page and cannot be read (读取失败); ``reason`` is one sentence."""

    name: str
    reason: str


Entry = Page | Ready | Listed | Failed


@dataclass(frozen=True, slots=True)
class Wanted:
    """How records and sizes are read: field names (None = guess) and the largest page, in bytes."""

    text_field: str | None = None
    html_field: str | None = None
    url_field: str | None = None
    title_field: str | None = None
    max_bytes: int = 32 * 1024 * 1024


# Opens what a container holds, by name: a page, or a container inside the container.
Inner = Callable[[BinaryIO, str], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Container:
    """One kind of container (容器): its name suffixes, the bytes it may begin with, and how to walk through it.

    ``read(stream, name, wanted, inner)`` yields entries in the order of the container and holds one page at a time.
    Whatever it raises ends this container only: the caller reports it as ``Failed`` behind the entries that came before.
    """

    kind: str
    suffixes: tuple[str, ...]
    magic: tuple[bytes, ...]
    read: Callable[[BinaryIO, str, Wanted, Inner], Iterator[Entry]]
    note: str = ""
