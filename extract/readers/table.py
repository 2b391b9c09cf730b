"""CSV and TSV -> Reading (表格文本): a record is a line, its fields stand between tabs."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from io import StringIO
from itertools import islice

from ..decode import decode
from ..model import Reading, Source
from .page import Page

_DELIMITERS = ",\t;|"
_PREVIEW = 40  # records from which the delimiter is told


def read_table(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a table in text form; the delimiter is the one that splits the records alike."""
    text, name = decode(data, encoding)
    delimiter = "\t" if source.name.lower().endswith(".tsv") else _delimiter(text)
    page = Page()
    start_of_table = page.length
    rows = csv.reader(StringIO(text.replace("\x00", "\ufffd"), newline=""), delimiter=delimiter)
    for row in rows:
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
    page.span(start_of_table, "table")
    body, marks = page.finish()
    return Reading(replace(source, encoding=name), body, marks)


def _delimiter(text: str) -> str:
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        records = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record in islice(records, _PREVIEW))
        width, rows = max(widths.items(), key=lambda item: item[1] * (item[0] > 1), default=(1, 0))
        if width > 1 and rows > most:
            best, most = delimiter, rows
    return best
