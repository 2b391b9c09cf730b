"""CSV and TSV -> Reading (表格文本): a record is a line, its fields stand between tabs; a table of questions reads as a paper."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from io import StringIO
from itertools import chain, islice

from ..decode import decode
from ..model import Reading, Source, UnreadableError
from .bank import header, paper
from .page import Page

_DELIMITERS = ",\t;|"
_PREVIEW = 40  # records from which the delimiter and the header are told


def read_table(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a table in text form; the delimiter is the one that splits the records alike."""
    text, name = decode(data, encoding)
    text = text.replace("\x00", "\ufffd")
    page = Page()
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter="\t" if source.name.lower().endswith(".tsv") else _delimiter(text))
        head = list(islice(rows, _PREVIEW))
        known = header(head)
        if known is not None:
            fields, first, below = known
            for row in head[:first]:
                _print_row(page, row)
            for line, level in paper(fields, chain(head[below:], rows)):
                _print_line(page, line, level)
        else:
            for row in chain(head, rows):
                _print_row(page, row)
            page.span(0, "table")
    except csv.Error as problem:
        mend = "look for a quotation mark that is never closed"
        raise UnreadableError(f"{source.name}: the table cannot be read ({problem}); {mend}") from problem
    body, marks = page.finish()
    return Reading(replace(source, encoding=name), body, marks)


def _print_line(page: Page, line: str, level: str) -> None:
    if not line:
        page.blank_line()
        return
    page.block()
    start = page.length
    page.write(line.replace("\t", " "))
    if level:
        page.span(start, "heading", level)
    page.block()


def _print_row(page: Page, row: list[str]) -> None:
    page.block()
    start = page.length
    for field in row:
        cell = page.open_cell()
        for k, line in enumerate(field.strip().split("\n")):
            if k:
                page.newline()
            page.write(line.replace("\t", " "))
        page.span(cell, "cell")
        page.close_cell()
    page.span(start, "row")
    page.close_row()


def _delimiter(text: str) -> str:
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        records = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record in islice(records, _PREVIEW))
        width, rows = max(widths.items(), key=lambda item: item[1] * (item[0] > 1), default=(1, 0))
        if width > 1 and rows > most:
            best, most = delimiter, rows
    return best
