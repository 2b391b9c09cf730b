"""Question tables (表格题库): a header row that names the columns, then one question a row, cells separated by tabs.

Spreadsheets, CSV files and tables in Word or HTML pages come this way. The columns are told by their words; rows become drafts
whose fields are the cells, so that everything after the outline treats them as any other question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .outlined import Draft
from .readers import bank

_PREVIEW = 8  # lines from which the header is told
_SAYS = re.compile(r"[^\W_]")  # | --- | --- | is only the rule below the header


@dataclass(frozen=True, slots=True)
class Table:
    """A question table: its span, the end of its header row, its questions."""

    start: int
    end: int
    header_end: int
    drafts: tuple[Draft, ...]


def find_tables(text: str) -> list[Table]:
    """The question tables of a text (not folded: tabs part the cells, or bars, as the text of a web page has them)."""
    return _tables(text) or (_tables(text.replace("|", "\t")) if "|" in text else [])


def _tables(text: str) -> list[Table]:
    tables: list[Table] = []
    at = 0
    while True:
        tab = text.find("\t", at)
        if tab < 0:
            return tables
        start = text.rfind("\n", 0, tab) + 1
        end = text.find("\n", tab)
        end = len(text) if end < 0 else end
        at = end
        if bank.columns(text[start:end].split("\t")) and (known := bank.header(_lines(text, start))):
            columns, _, rows = known
            for _ in range(rows - 1):
                end = text.index("\n", end + 1)
            table = _rows(text, start, end, columns)
            if table.drafts:
                tables.append(table)
                at = table.end


def _lines(text: str, start: int) -> list[list[str]]:
    """The cells of the first lines from here, as far as lines hold several."""
    found: list[list[str]] = []
    while len(found) < _PREVIEW and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        cells = text[start:end].split("\t")
        if len(cells) < 2:
            break
        found.append(cells)
        start = end + 1
    return found


def _rows(text: str, start: int, header_end: int, columns: list[str]) -> Table:
    drafts: list[Draft] = []
    at = header_end
    end = header_end
    while at < len(text):
        row_start = at + 1
        row_end = text.find("\n", row_start)
        row_end = len(text) if row_end < 0 else row_end
        if bank.columns(text[row_start:row_end].split("\t")):
            break  # the next table
        if text.count("\t", row_start, row_end) < max(1, min(2, len(columns) - 2)):
            if text[row_start:row_end].strip():
                break
            at = row_end
            continue
        draft = _draft(text, row_start, row_end, columns) if _SAYS.search(text, row_start, row_end) else None
        if draft:
            drafts.append(draft)
        at = end = row_end
    return Table(start, end, header_end, tuple(drafts))


def _draft(text: str, start: int, end: int, columns: list[str]) -> Draft | None:
    draft = Draft(None, None, (start, start), "start", -1, style="row")
    at = start
    apart = any(name.startswith("option") for name in columns)
    for name in columns:
        if at > end:
            break
        stop = text.find("\t", at, end)
        stop = end if stop < 0 else stop
        cell = text[at:stop]
        if cell.strip():
            if name == "stem":
                inside = None if apart else _FIRST_INSIDE.search(text, at, stop)
                draft.stem.append((at, inside.start() if inside else stop))
                if inside:
                    _split_options(draft, text, inside.start(), stop)
            elif name.startswith("option:"):
                text_start = at + bank.label_length(name[-1], cell)
                draft.options.append((ord(name[-1]) - 65, name[-1], (at, text_start), (text_start, stop)))
            elif name == "options":
                _split_options(draft, text, at, stop)
            elif name == "answer":
                draft.answers.append((at, stop))
            elif name == "解析":
                draft.explanations.append((at, stop))
            elif name == "type":
                draft.notes.append(("题型", (at, stop)))
            elif name == "number" and cell.strip().isdigit():
                draft.number, draft.printed = int(cell), cell.strip()
                draft.mark = (at, stop)
            elif name:
                draft.notes.append((name, (at, stop)))
        at = stop + 1
    return draft if draft.stem else None


_FIRST_INSIDE = re.compile(r"(?<=[ )）。？?:：])A\s?[.、．](?=[^\n\t]{1,400}[\s;；]B\s?[.、．])")  # 题目及选项 in one cell
_LABEL = re.compile(r"(?:^|(?<=[\s;；|$]))([A-J])\s?[.、:：．)）-]?\s?(?=\S)")
_CUT = re.compile(r"\$;\$|[|｜;；]|\Z")


def _split_options(draft: Draft, text: str, start: int, end: int) -> None:
    """The options of one cell: with their letters, or parted by signs."""
    found = list(_LABEL.finditer(text, start, end))
    if len(found) >= 2 and [ord(m[1]) - 65 for m in found] == list(range(len(found))):
        for k, m in enumerate(found):
            stop = found[k + 1].start() if k + 1 < len(found) else end
            stop = m.end() + len(text[m.end() : stop].rstrip(" ;；|$"))
            draft.options.append((k, m[1], m.span(), (m.end(), stop)))
        return
    at = start
    for k, m in enumerate(_CUT.finditer(text, start, end)):
        draft.options.append((k, "", (at, at), (at, m.start())))
        at = m.end()
