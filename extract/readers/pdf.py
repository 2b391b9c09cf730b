"""PDF -> Reading: the text layer in reading order, a line as printed is a line, running heads and page numbers marked ``folio``."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2

from ..model import Mark, Reading, Source, UnreadableError

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\s*(?:第?\s*\d{1,4}\s*页?|[-—–·•]\s*\d{1,4}\s*[-—–·•]|第\s*\d+\s*页\s*[,，/ (（]?\s*共\s*\d+\s*页\s*[)）]?|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d+(?:\s*of\s*\d+)?)\s*$", re.I)
_EDGE = 3  # lines at the top and at the bottom of a page among which its running heads are


def read_pdf(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a PDF's text layer. UnreadableError for a damaged or locked file, and for a scan without a text layer."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError(f"{source.name}: the PDF is damaged or locked by a password ({problem}); save it again without one") from problem
    pages: list[list[str]] = []
    try:
        title = document.get_metadata_value("Title").strip()
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            pages.append([line.rstrip() for line in text_page.get_text_range().replace("\x00", "").splitlines()])
            text_page.close()
            page.close()
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError(f"{source.name}: page {len(pages) + 1} of the PDF is damaged ({problem}); save it again") from problem
    finally:
        document.close()
    if not any(line.strip() for page in pages for line in page):
        raise UnreadableError(f"{source.name}: the PDF holds {len(pages)} page(s) of pictures and no text layer; run OCR over the scan first")
    return _assemble(pages, source, (title,) if title else ())


def _assemble(pages: list[list[str]], source: Source, titles: tuple[str, ...]) -> Reading:
    heads = _running(pages)
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    for number, page in enumerate(pages):
        last = len(page) - 1
        for k, line in enumerate(page):
            edge = k < _EDGE or k > last - _EDGE
            if edge and line.strip() and (_DIGITS.sub("#", line.strip()) in heads or ((k == 0 or k == last) and _PAGE_NUMBER.match(line) and len(pages) > 1)):
                marks.append(Mark(length, length + len(line), "folio", str(number + 1)))
            pieces.append(line + "\n")
            length += len(line) + 1
    return Reading(source, "".join(pieces).rstrip("\n"), tuple(marks), titles)


def _running(pages: list[list[str]]) -> set[str]:
    """Lines at the edges of pages that come back on half of them, numbers apart."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("#", line.strip()) for line in (*page[:_EDGE], *page[-_EDGE:]) if line.strip()})
    return {line for line, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
