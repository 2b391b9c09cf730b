"""Question tables (表格题库): a header row that names the columns, then one question a row, cells separated by tabs.

Spreadsheets, CSV files and tables in Word or HTML pages come this way. The columns are told by their words; rows become drafts
whose fields are the cells, so that everything after the outline treats them as any other question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .outline import Draft

_COLUMNS = (
    ("stem", re.compile(r"^(?:题干|题目|问题|试题|题目内容|试题内容|题干内容|试题题干|题目描述|内容|question|stem)$", re.I)),
    ("option", re.compile(r"^(?:选项|答案|option|备选)? ?([A-Ja-j])(?: ?选项)?$", re.I)),
    ("options", re.compile(r"^(?:选项|备选答案|答案选项|可选项|options|choices)$", re.I)),
    ("answer", re.compile(r"^(?:答案|正确答案|参考答案|标准答案|正确选项|试题答案|answer|key)$", re.I)),
    ("explanation", re.compile(r"^(?:解析|答案解析|试题解析|题目解析|解释|explanation|analysis)$", re.I)),
    ("type", re.compile(r"^(?:题型|试题类型|题目类型|类型|type)$", re.I)),
    ("number", re.compile(r"^(?:序号|题号|编号|no\.?|id|number)$", re.I)),
    ("难度", re.compile(r"^(?:难度|难易度|难易程度|difficulty)$", re.I)),
    ("知识点", re.compile(r"^(?:知识点|考点|章节|所属章节)$", re.I)),
    ("分值", re.compile(r"^(?:分值|分数|score)$", re.I)),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A question table: its span, the end of its header row, its questions."""

    start: int
    end: int
    header_end: int
    drafts: tuple[Draft, ...]


def find_tables(text: str) -> list[Table]:
    """The question tables of a text (not folded: tabs part the cells)."""
    if "\t" not in text:
        return []
    tables: list[Table] = []
    at = 0
    while True:
        tab = text.find("\t", at)
        if tab < 0:
            return tables
        start = text.rfind("\n", 0, tab) + 1
        end = text.find("\n", tab)
        end = len(text) if end < 0 else end
        columns = _columns(text[start:end])
        at = end
        if columns:
            table = _rows(text, start, end, columns)
            if table.drafts:
                tables.append(table)
                at = table.end


def _columns(row: str) -> list[str] | None:
    """The field of each column, or None if the row is no header of a question table."""
    names = []
    for cell in row.split("\t"):
        cell = cell.strip().strip("*#")
        for name, pattern in _COLUMNS:
            m = pattern.match(cell)
            if m:
                names.append(f"option:{m[1].upper()}" if name == "option" and m[1] else name)
                break
        else:
            names.append("")
    known = set(names)
    return names if "stem" in known and ("answer" in known or "option:A" in known or "options" in known) else None


def _rows(text: str, start: int, header_end: int, columns: list[str]) -> Table:
    drafts: list[Draft] = []
    at = header_end
    end = header_end
    while at < len(text):
        row_start = at + 1
        row_end = text.find("\n", row_start)
        row_end = len(text) if row_end < 0 else row_end
        if text.count("\t", row_start, row_end) < max(1, min(2, len(columns) - 2)):
            if text[row_start:row_end].strip():
                break
            at = row_end
            continue
        draft = _draft(text, row_start, row_end, columns)
        if draft:
            drafts.append(draft)
        at = end = row_end
    return Table(start, end, header_end, tuple(drafts))


def _draft(text: str, start: int, end: int, columns: list[str]) -> Draft | None:
    draft = Draft(None, None, (start, start), "start", -1, style="row")
    at = start
    for name in columns:
        if at > end:
            break
        stop = text.find("\t", at, end)
        stop = end if stop < 0 else stop
        cell = text[at:stop]
        if cell.strip():
            if name == "stem":
                draft.stem.append((at, stop))
            elif name.startswith("option:"):
                draft.options.append((ord(name[-1]) - 65, name[-1], (at, at), (at, stop)))
            elif name == "options":
                _split_options(draft, text, at, stop)
            elif name == "answer":
                draft.answers.append((at, stop))
            elif name == "explanation":
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


_LABEL = re.compile(r"(?:^|(?<=[\s;；|]))([A-J])\s?[.、:：．)）]?\s?(?=\S)")


def _split_options(draft: Draft, text: str, start: int, end: int) -> None:
    found = list(_LABEL.finditer(text, start, end))
    if len(found) >= 2 and [ord(m[1]) - 65 for m in found] == list(range(len(found))):
        for k, m in enumerate(found):
            stop = found[k + 1].start() if k + 1 < len(found) else end
            draft.options.append((k, m[1], m.span(), (m.end(), stop)))
        return
    at = start
    for k, piece in enumerate(re.split(r"[|｜;；]", text[start:end])):
        draft.options.append((k, "", (at, at), (at, at + len(piece))))
        at += len(piece) + 1
