"""One module a container (阅读器): bytes -> Reading. The container is told by its content; the name only breaks ties."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from ..decode import codec_name
from ..model import Reading, Source, UnreadableError
from .doc import read_doc
from .docx import read_docx
from .docx_package import is_docx
from .html import read_html
from .markdown import read_markdown
from .mhtml import is_mhtml, read_mhtml
from .pdf import read_pdf
from .sniff import foreign, is_doc, is_html, is_markdown, is_pdf, is_table, is_text
from .table import read_table
from .text import read_text

__all__ = ["READERS", "Reader", "kind", "read"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A container: ``sniff(data, name)`` tells it, ``read(data, source, encoding)`` reads it."""

    name: str
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, Source, str | None], Reading]


READERS = (  # the first that knows its container reads it
    Reader("docx", lambda data, name: is_docx(data), read_docx),
    Reader("doc", is_doc, read_doc),
    Reader("pdf", is_pdf, read_pdf),
    Reader("mhtml", lambda data, name: is_mhtml(data), read_mhtml),
    Reader("html", is_html, read_html),
    Reader("markdown", is_markdown, read_markdown),
    Reader("csv", is_table, read_table),
    Reader("text", is_text, read_text),
)


def kind(data: bytes, *, name: str) -> str | None:
    """The container of ``data`` as READERS calls it; None where it is none of ours (a picture, a program, an archive)."""
    return next((r.name for r in READERS if r.sniff(data, name)), None)


def read(data: bytes, *, name: str, url: str | None = None, encoding: str | None = None) -> Reading:
    """The Reading of a file's bytes (阅读).

    ``encoding`` is kept to for text, HTML, Markdown and CSV. Raises UnreadableError, one sentence, for an unknown encoding, a
    damaged file, a kind that is not ours, a scan without a text layer, and a file that is not empty but holds no text.
    """
    if encoding is not None and codec_name(encoding) is None:
        raise UnreadableError(f"{name}: there is no text encoding called {encoding!r}; use utf-8, gb18030, big5 or utf-16, or leave it out")
    reader = next((r for r in READERS if r.sniff(data, name)), None)
    if reader is None:
        raise UnreadableError(f"{name}: {foreign(data, name)}")
    source = Source(name=name, sha256=hashlib.sha256(data).hexdigest(), format=reader.name, url=url)
    reading = reader.read(data, source, encoding)
    if data and not re.search(r"\S", reading.text):
        raise UnreadableError(f"{name}: the {reader.name} file holds {len(data)} bytes but no text; open it and see whether it shows any")
    return reading
