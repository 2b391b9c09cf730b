"""PDF -> Reading: the text layer in reading order, a line as printed is a line, running heads and page numbers marked ``folio``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2

from ..model import Mark, Reading, Source, UnreadableError
from .colors import near_black
from .page import placeholder
from .pdf_drawn import Picture, Rule, drawn
from .pdf_layout import Line, in_order
from .pdf_letters import Letters, letters_of
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
_GAP = 2.0  # letters' heights of empty space that part a line in two pieces


_SEGMENT = re.compile(r"[^\r\n]+")
_Span = tuple[int, int, str]  # start, end, colour


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as read, its coloured spans, where it lies, and whether that is the margin where running heads are."""

    text: str
    spans: list[_Span]
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
    """The lines of a page in reading order, each with its coloured spans, and its tables of questions; ``before`` is the last one."""
    letters = letters_of(page)
    rules, pictures, (level, upright) = drawn(page, number)
    tables = tables_of(letters, level, upright, before) if len(level) > 2 and len(upright) > 2 else []
    rows: list[list[Line]] = []
    colored: dict[int, list[_Span]] = {}
    width, height = page.get_size() if page.get_rotation() in (0, 180) else reversed(page.get_size())
    for segment in _SEGMENT.finditer(letters.text):
        if tables and _in_tables(tables, letters, segment.start(), segment.end()):
            continue
        row = []
        for piece, its_spans in _pieces(letters, segment.start(), segment.end(), rules, pictures):
            row.append(piece)
            colored[id(piece)] = its_spans
        if row:
            rows.append(row)
    found: list[_Printed | Table] = []
    middle = width / 2
    for ordered in _with_pictures(in_order(rows, height), pictures, rows):
        text = ""
        spans: list[_Span] = []
        for line in ordered:
            spans += [(start + len(text), end + len(text), color) for start, end, color in colored.get(id(line), ())]
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


def _pieces(
    letters: Letters, start: int, end: int, rules: list[Rule], pictures: list[Picture],
) -> list[tuple[Line, list[_Span]]]:
    """The pieces of a line, cut where its letters stand far apart, with the blanks and small pictures that are drawn in it."""
    boxes = letters.boxes
    inked = [k for k in range(start, end) if not letters.text[k].isspace()]
    if not inked:
        return []
    size = max(1.0, sorted(boxes[k][3] - boxes[k][2] for k in inked)[len(inked) * 3 // 4])
    top, bottom = min(boxes[k][2] for k in inked), max(boxes[k][3] for k in inked)
    drawn_in = [(r.left, r.right, "____") for r in rules if top + size * 0.5 < r.y < bottom + size * 0.45]
    drawn_in += [(p.left, p.right, placeholder("图", p.name)) for p in pictures if _inside(p, top, bottom, size)]
    inserts = _inserts([(boxes[k][0], boxes[k][1], k) for k in inked], drawn_in, size, end)
    cuts = [b for a, b in pairwise(inked) if boxes[b][0] - boxes[a][1] > _GAP * size and b not in inserts]
    pieces = []
    for first, last in pairwise((start, *cuts, end)):
        text, spans = "", []
        for k in range(first, last):
            if k in inserts:
                text = text.rstrip(" ") + inserts[k]
            if letters.colors[k]:
                spans.append((len(text), len(text) + 1, letters.colors[k]))
            text += letters.text[k]
        if last == end and end in inserts:
            text = text.rstrip(" ") + inserts[end]
        own = [boxes[k] for k in inked if first <= k < last]
        box = min(b[0] for b in own), max(b[1] for b in own), min(b[2] for b in own), max(b[3] for b in own)
        pieces.append((Line(text, *box, size), _joined(spans)))
    return pieces


def _inserts(letters: list[tuple[float, float, int]], drawn_in: list[tuple[float, float, str]], size: float, end: int) -> dict[int, str]:
    """What is drawn between the letters of a line, by the character that follows it; what touches no letter is not of this line."""
    found: dict[int, str] = {}
    for left, right, sign in sorted(drawn_in):
        if any(a + 1 < right and b - 1 > left for a, b, _ in letters):
            continue  # something is printed on it: an underline, or a picture behind the text
        before = max((b for _, b, _ in letters if b <= left + 1), default=None)
        after = min(((a, k) for a, _, k in letters if a >= right - 1), default=None)
        if (before is not None and left - before < size) or (after is not None and after[0] - right < size):
            k = after[1] if after is not None else end
            found[k] = found.get(k, "") + sign
    return found


def _inside(picture: Picture, top: float, bottom: float, size: float) -> bool:
    """Whether a picture stands in a line, as a formula does, rather than on its own."""
    return picture.bottom - picture.top < 2.5 * size and picture.top < bottom - 0.3 * size and picture.bottom > top + 0.3 * size


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


def _joined(spans: list[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for start, stop, color in spans:
        if joined and joined[-1][2] == color and start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], stop, color)
        else:
            joined.append((start, stop, color))
    return joined


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
            for start, end, color in line.spans:
                colors[color] += end - start
                if not near_black(color):
                    marks.append(Mark(length + start, length + end, "color", color))
            pieces.append(line.text + "\n")
            length += len(line.text) + 1
            if wraps[number][k]:
                marks.append(Mark(length - 1, length, "wrap"))
    text = "".join(pieces).rstrip("\n")
    usual = {color for color, count in colors.items() if count * 2 > len(text)}
    return Reading(source, text, tuple(m for m in marks if m.value not in usual), titles)


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
