"""What the web is kept in (网页存档): WARC and WET files of a crawl, and the .mhtml that browsers save."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator

from extract.decode import codec_name

from .entry import Container, Entry, Failed, Inner, Listed, Page, Wanted
from .guard import Budget, Metered, TooLargeError, bounded, size_of

# What a crawl answers with and a reader of pages can read; pictures, styles and scripts are only listed.
PAGE_TYPES = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/csv", "application/pdf", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


def _warc(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    budget = Budget(size_of(stream))
    for record in ArchiveIterator(stream):
        url = record.rec_headers.get_header("WARC-Target-URI")
        full = f"{name}#{url or record.rec_headers.get_header('WARC-Record-ID') or 'record'}"
        if record.rec_type == "conversion":  # WET: text that the crawl took from the page
            kind, encoding = _content_type("text/plain; charset=utf-8")
        elif record.rec_type in ("response", "resource"):
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if status != "200":
                yield Listed(full, f"was answered with status {status}")
                continue
            stated = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
            kind, encoding = _content_type(stated)
        else:
            continue  # warcinfo, request, metadata, revisit: about pages, not pages
        if kind and kind not in PAGE_TYPES:
            yield Listed(full, f"is {kind}, not a page")
            continue
        try:
            data = bounded(cast(BinaryIO, Metered(cast(BinaryIO, record.content_stream()), budget)), wanted.max_bytes)
        except TooLargeError as problem:
            yield Failed(full, str(problem))
            continue
        if data.strip():
            yield Page(full, data, url=url, encoding=encoding)
        else:
            yield Listed(full, "is empty")


def _content_type(value: str) -> tuple[str, str | None]:
    """``text/html; charset=gbk`` as its two parts; a charset that says nothing is left to the page itself."""
    kind, _, rest = value.partition(";")
    encoding = None
    for part in rest.split(";"):
        key, _, charset = part.partition("=")
        if key.strip().lower() == "charset":
            encoding = _known(charset.strip().strip("\"'"))
    return kind.strip().lower(), encoding


def _known(charset: str | None) -> str | None:
    """A charset to rely on: one that there is, and not Latin-1, which servers say of every page and which fits any bytes."""
    return charset if charset and codec_name(charset) not in (None, "cp1252") else None


def _mhtml(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    """The first HTML part is the page; pictures and frames beside it are left out."""
    message = cast(Any, email.message_from_bytes(bounded(stream, wanted.max_bytes), policy=email.policy.default))
    for part in cast(EmailMessage, message).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                url = message.get("Snapshot-Content-Location") or part.get("Content-Location")
                yield Page(name, data, url=str(url) if url else None, encoding=_known(part.get_content_charset()))
                return
    yield Failed(name, "holds no HTML part; save the page again as a complete page")


WARC = Container("warc", (".warc", ".warc.gz", ".wet", ".wet.gz"), (b"WARC/",), _warc)
MHTML = Container("mhtml", (".mhtml", ".mht"), (), _mhtml)
