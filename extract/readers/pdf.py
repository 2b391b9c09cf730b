"""PDF -> Reading: the text layer in reading order, a line as printed is a line, running heads and page numbers marked ``folio``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pypdfium2

from ..model import Mark, Reading, Source, UnreadableError
from .colors import near_black
from .page import placeholder
from .pdf_drawn import Picture, drawn
from .pdf_layout import Line, in_order
from .pdf_letters import Letters, letters_of
from .pdf_pieces import Drawn, Span, pieces_of
from .pdf_tables import Table, tables_of
from .pdf_wraps import CELLS, Place, wrapped

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\s*(?:第?\s*\d{1,4}\s*页?|[-—–·•]+\s*\d{1,4}\s*[-—–·•]+|第\s*\d+\s*页\s*[,，/ (（]?\s*共\s*\d+\s*页\s*[)）]?|\d{1,4}\s*/\s*\d{1,4}|"
    r"Page\s*\d+(?:\s*of\s*\d+)?)\s*$", re.I)
# what a browser prints above and below a page: 2026/3/14 09:26 期末试卷, https://... 3/12
_BROWSER = re.compile(
    r"\s*(?:\d{1,4}/\d{1,2}/\d{1,4},? *(?:上午|下午)? *\d{1,2}:\d\d(?: *[AP]M)?(?:\s.*)?|(?:https?|file)://[!-~]+(?:\s+\d{1,4}/\d{1,4})?)\s*$")
_MARGIN = 0.1  # the part of a page's height at its head and foot where running heads and page numbers are
_QUESTION = re.compile(r"\s*[（(]?\d+\s*[.．、)）]")  # at the head of a page, but no running head
_PICTURE = re.compile(r"\[图:p\d+-\d+\]")


_SEGMENT = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as read, the spans of its looks, where it lies, and whether that is the margin where running heads are."""

    text: str
    spans: list[Span]
    place: Place
    edge: bool


def read_pdf(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a PDF's text layer. UnreadableError for a damaged or locked file, and for a scan without a text layer."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError(
            f"{source.name}: the PDF is damaged or locked by a password ({problem}); save it again without one") from problem
    pages: list[list[_Printed | Table]] = []
    table: Table | None = None
    try:
        title = document.get_metadata_value("Title").strip()
        for number in range(len(document)):
            page = document[number]
            pages.append(_lines(page, number + 1, table))
            table = next((line for line in reversed(pages[-1]) if isinstance(line, Table)), None)
            page.close()
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError(f"{source.name}: page {len(pages) + 1} of the PDF is damaged ({problem}); save it again") from problem
    finally:
        document.close()
    printed = [[part for line in page for part in (_as_lines(line) if isinstance(line, Table) else (line,))] for page in pages]
    if not any(_DIGITS.sub("", _PICTURE.sub("", line.text)).strip() for page in printed for line in page):
        raise UnreadableError(f"{source.name}: the PDF is a scan of {len(pages)} page(s) without a text layer; run OCR over it first")
    return _assemble(printed, source, (title,) if title else ())


def _as_lines(table: Table) -> list[_Printed]:
    """A table of questions as the lines of the paper that it is, none of which is wrapped."""
    return [_Printed(line, [], Place(table.edges[0], table.edges[-1], table.top, 10.0, 0, CELLS), False) for line in table.lines()]


def _lines(page: pypdfium2.PdfPage, number: int, before: Table | None) -> list[_Printed | Table]:
    """The lines of a page in reading order, each with the spans of its looks, and its tables of questions; ``before`` is the last one."""
    letters = letters_of(page)
    rules, pictures, fills, (level, upright) = drawn(page, number)
    beside = Drawn(letters, rules, pictures, fills)
    tables = tables_of(letters, level, upright, before) if len(level) > 2 and len(upright) > 2 else []
    rows: list[list[Line]] = []
    dressed: dict[int, list[Span]] = {}
    width, height = page.get_size() if page.get_rotation() in (0, 180) else reversed(page.get_size())
    for segment in _SEGMENT.finditer(letters.text):
        if tables and _in_tables(tables, letters, segment.start(), segment.end()):
            continue
        row = []
        for piece, its_spans in pieces_of(beside, segment.start(), segment.end()):
            row.append(piece)
            dressed[id(piece)] = its_spans
        if row:
            rows.append(row)
    found: list[_Printed | Table] = []
    middle = width / 2
    for ordered in _with_pictures(in_order(rows, height), pictures, rows):
        text = ""
        spans: list[Span] = []
        for line in ordered:
            spans += [(start + len(text), end + len(text), kind, value) for start, end, kind, value in dressed.get(id(line), ())]
            text += line.text
        edge = ordered[0].bottom < _MARGIN * height or ordered[0].top > (1 - _MARGIN) * height
        left, right = min(line.left for line in ordered), max(line.right for line in ordered)
        place = Place(left, right, ordered[0].top, ordered[0].size, int(left > middle), len(ordered))
        found.append(_Printed(text.rstrip(), spans, place, edge))
    for table in tables:
        at = next((k for k, line in enumerate(found) if isinstance(line, _Printed) and line.place.top > table.top), len(found))
        found.insert(at, table)
    return found


def _in_tables(tables: list[Table], letters: Letters, start: int, end: int) -> bool:
    """Whether a line stands in one of the tables: its first letter does."""
    first = next((box for k in range(start, end) if not letters.text[k].isspace() for box in (letters.boxes[k],)), None)
    return first is not None and any(t.holds((first[0] + first[1]) / 2, (first[2] + first[3]) / 2) for t in tables)


def _with_pictures(rows: list[list[Line]], pictures: list[Picture], drawn_rows: list[list[Line]]) -> list[list[Line]]:
    """The rows with a place holder for each picture that stands on its own: before the first line below it."""
    written = "".join(line.text for row in drawn_rows for line in row) if pictures else ""
    for picture in pictures:
        sign = placeholder("图", picture.name)
        if sign not in written:
            own = Line(sign, picture.left, picture.right, picture.top, picture.bottom)
            middle = (picture.top + picture.bottom) / 2
            at = next((k for k, row in enumerate(rows) if _below(row, middle, picture)), len(rows))
            rows = [*rows[:at], [own], *rows[at:]]
    return rows


def _below(row: list[Line], y: float, picture: Picture) -> bool:
    return row[0].top > y and min(row[-1].right, picture.right) > max(row[0].left, picture.left)


def _assemble(pages: list[list[_Printed]], source: Source, titles: tuple[str, ...]) -> Reading:
    heads = _running(pages)
    colors: Counter[str] = Counter()
    pieces: list[str] = []
    marks: list[Mark] = []
    length = 0
    # On the only page a bare number may be anything, but 第1页 is a page number.
    folios = [
        [
            bool(line.text) and (
                (line.edge and (_shape(line.text) in heads or _BROWSER.match(line.text) is not None))
                or ((k in (0, len(page) - 1) or line.edge) and (len(pages) > 1 or "页" in line.text)
                    and _PAGE_NUMBER.match(line.text) is not None)
            )
            for k, line in enumerate(page)
        ]
        for page in pages
    ]
    wraps = wrapped([
        [None if aside else (line.text, line.place) for line, aside in zip(page, outside, strict=True)]
        for page, outside in zip(pages, folios, strict=True)
    ])
    for number, page in enumerate(pages):
        for k, line in enumerate(page):
            if folios[number][k]:
                marks.append(Mark(length, length + len(line.text), "folio", str(number + 1)))
            for start, end, kind, value in line.spans:
                if kind == "color":
                    colors[value] += end - start
                if kind != "color" or not near_black(value):
                    marks.append(Mark(length + start, length + end, kind, value))
            pieces.append(line.text + "\n")
            length += len(line.text) + 1
            if wraps[number][k]:
                marks.append(Mark(length - 1, length, "wrap"))
    text = "".join(pieces).rstrip("\n")
    usual = {color for color, count in colors.items() if count * 2 > len(text)}
    return Reading(source, text, tuple(m for m in marks if m.kind != "color" or m.value not in usual), titles)


def _running(pages: list[list[_Printed]]) -> set[str]:
    """Lines in the margins that come back on half of the pages, numbers apart, and hardly ever between them."""
    seen: Counter[str] = Counter()
    within: Counter[str] = Counter()  # 答案解析：参见教材第#页 of every question stands in the margin, too, where a page is full
    for page in pages:
        seen.update({_shape(line.text) for line in page if line.edge and len(line.text) > 1 and not _QUESTION.match(line.text)})
        within.update(_shape(line.text) for line in page if not line.edge)
    return {line for line, count in seen.items() if count >= 3 and count * 2 >= len(pages) and within[line] * 2 < count}


def _shape(line: str) -> str:
    """A line with its numbers made equal."""
    return _DIGITS.sub("#", line.strip())
