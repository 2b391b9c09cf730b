"""A table of questions (题库表格) printed as a paper: one row a question under headings such as 题干, 选项A, 答案, 解析.

What importers of question banks ask for, and what they export. Without this such a table would be a line of cells a question,
in which nothing says where an option begins.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from ..model import Mark

_FIELDS = (  # field, the headings that announce it
    ("stem", r"题干|题目|试题|问题|内容|题面|题目(?:内容|描述|名称|文本|题干)|试题(?:内容|题干)|题干内容"
     r"|(?:题目|题干|试题|题目内容)(?:及|和|与|、|\+)(?:备)?选项"
     r"|question(?:[ _]?(?:text|content|stem))?|stem"),
    ("type", r"题型|(?:题目|试题|问题)类型|类型|题类|(?:question[ _]?)?type"),
    ("number", r"题号|序号|编号|no\.?|id|number"),
    ("answer", r"(?:正确|标准|参考|试题)?答案(?:内容)?|正确选项|正误|对错|判断|(?:correct[ _]?)?(?:answer|option)|correct|right|key"),
    ("解析", r"(?:答案|试题|题目)?(?:解析|详解)(?:内容|说明)?|解释|explanation|explain|analysis"),
    ("options", r"选项|备选项|备选答案|选项(?:内容|列表)|options|choices"),
    ("难度", r"难度|难易度|难易程度|difficulty"),
    ("知识点", r"知识点|考点|所属知识点|knowledge"),
    ("分值", r"分值|分数|score|points"),
    ("点评", r"点评"),
    ("section", r"章节|所属章节|section|chapter"),
    ("material", r"材料|共用题干|material|passage"),
    ("title", r"文档|试卷|试卷名称|document|title"),
)
_OPTION = re.compile(
    r"(?:(?:备选)?(?:选项|答案(?=[ _]?[A-H]))|option|choice)?[ _]?([A-H]|[1-9]|[一二三四五六七八])(?:选项|项)?(?:内容)?", re.I
)
_BARE = re.compile(r"[\d一二三四五六七八]")
_NAMES = re.compile("|".join(f"(?P<f{k}>{names})" for k, (_, names) in enumerate(_FIELDS)), re.I)
_LETTERS = {**{d: "ABCDEFGHI"[k] for k, d in enumerate("123456789")}, **{d: "ABCDEFGH"[k] for k, d in enumerate("一二三四五六七八")}}
_NOTES = (("answer", "答案"), *((name, name) for name in ("解析", "难度", "知识点", "分值", "点评")))
_PARTED = re.compile(r"\s*(?:\|{1,2}|\$;\$|[;；\n])\s*")
_DASHED = re.compile(r"([A-H])[-－] ?")  # A-甲|B-乙
_LISTED = re.compile(r"""\[\s*(?P<q>["']).*(?P=q)\s*\]""", re.S)  # ["甲", "乙"]: a list as programs write it
_LABEL = re.compile(r"\s*[（(]?([A-H]) ?[.．、:：)）]\s*(?=\S)")
_SECTION = re.compile(r"(?:第?[一二三四五六七八九十]{1,3} ?[、.．章节部]|[（(][一二三四五六七八九十]{1,3}[)）])\s*\S{2,20}$")
_SEVERAL = re.compile(r"\s*[|;；\n$]+\s*(?=[（(]?[A-H][.．、:：)）\s])")


def columns(header: Sequence[str]) -> list[str] | None:
    """What each column holds (``option:A`` for an option), empty where it is unknown; None where the table is none of questions."""
    found: list[str] = []
    for cell in header:
        field = _field(cell)
        found.append(field if field not in found else "")
    bare = "answer" not in found and any(_BARE.fullmatch(cell.strip()) for cell in header)  # 题目 一 二 三 总分: how much each counts
    return found if _of_questions(found) and not bare else None


def _of_questions(fields: Iterable[str]) -> bool:
    """Whether the fields are those of a question: what it asks, and its answer or options."""
    known = list(fields)
    return "stem" in known and ("answer" in known or sum(field.startswith("option") for field in known) > 1)


def _field(cell: str) -> str:
    """What a cell announces, empty where it is no heading."""
    name = unicodedata.normalize("NFKC", cell).strip().strip("*()【】:").strip()
    known = _NAMES.fullmatch(name)
    if known:
        return _FIELDS[int((known.lastgroup or "f0")[1:])][0]
    return _option(name) if _OPTION.fullmatch(name) else ""


def cards(rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]] | None:
    """The fields and the questions of a table that has a row for each field, with its heading in front; None where it is no such table.

    Short fields may share a row. A question begins where a field comes again.
    """
    found: list[dict[str, str]] = [{}]
    for row in rows:
        cells = [cell for cell in row if cell.strip()]
        names = [_field(cell) for cell in cells[::2]]
        if not all(names) or not names or (len(names) > 1 and len(cells) % 2):
            return None
        for name, value in zip_longest(names, cells[1::2], fillvalue=""):
            if name in found[-1]:
                found.append({})
            found[-1][name] = value
    if any(not _of_questions(card) or card["stem"].strip().isdigit() for card in found):
        return None
    fields = list(dict.fromkeys(field for card in found for field in card))
    return fields, [[card.get(field, "") for field in fields] for card in found]


def header(rows: Sequence[Sequence[str]]) -> tuple[list[str], int, int] | None:
    """What each column holds, and the rows that say so, from the first up to the next number.

    Below titles that fill a row, 选项 may stand over A, B, C, or over several columns.
    """
    first = 0
    while first < 2 and first + 2 < len(rows) and sum(bool(cell.strip()) for cell in rows[first]) < 2:
        first += 1
    fields = columns(rows[first]) if first < len(rows) else None
    if fields is None or "options" not in fields or first + 1 == len(rows):
        return None if fields is None else (fields, first, first + 1)
    at = fields.index("options")
    empty = _empty_from(rows[first], at)
    named = [cell.strip() for cell in rows[first + 1] if cell.strip()]
    if len(named) > 1 and all(_OPTION.fullmatch(name) for name in named):  # A, B, C on a row of their own
        return [*fields[:at], *(_option(name) for name in named), *fields[empty:]], first, first + 2
    wider = Counter(len(row) for row in rows[first + 1 :]).most_common(1)[0][0] - len(fields)
    over, after = (wider + 1, at + 1) if 0 < wider < 8 else (empty - at, empty)
    if over > 1:
        fields = [*fields[:at], *("option:" + letter for letter in "ABCDEFGH"[:over]), *fields[after:]]
    return fields, first, first + 1


def label_length(letter: str, cell: str) -> int:
    """How much of an option's cell is the letter that its column has anyway: A. in A.银杏."""
    label = _LABEL.match(cell)
    return label.end() if label and label[1] == letter else 0


def _empty_from(row: Sequence[str], at: int) -> int:
    """Where the empty cells right of a cell end, which reaches over them."""
    end = at + 1
    while end < len(row) and not row[end].strip():
        end += 1
    return end


def _option(name: str) -> str:
    letter = (_OPTION.fullmatch(name) or [""] * 2)[1]
    return "option:" + _LETTERS.get(letter, letter.upper())


def paper(fields: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The lines of the paper that the rows are, each with its heading level ("" for none); an empty line parts the questions.

    Titles, sections and shared material are printed where they change.
    """
    last: dict[str, str] = {}
    for cells in rows:
        if len(cells) == 1 < len(fields):  # a heading over all columns: 一、单选题
            yield from ((line, "") for line in cells[0].strip().split("\n"))
            continue
        row = {field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field and cell.strip()}
        if _field(row.get("stem", "")) == "stem":
            continue  # the headings once more
        if len(row) == 1 and (heading := row.get("stem") or row.get("number") or "") and _SECTION.match(heading):
            yield heading, ""  # in the first of its cells
            continue
        for field, level in (("title", "1"), ("section", "2"), ("material", "")):
            if field in row and row[field] != last.get(field):
                yield from ((line, level) for line in row[field].split("\n"))
            last[field] = row.get(field, "")
        if "stem" not in row:
            continue
        number, kind = row.get("number", ""), row.get("type", "")
        head = (f"{number}." if number.isdigit() else number) + (f"【{kind}】" if kind else "") or "题目："
        printed = [head + row["stem"]]
        for field, text in row.items():
            if field.startswith("option:"):
                printed.append(f"{field[7:]}.{text[label_length(field[7:], text) :]}")
            elif field == "options":
                printed.append(_printed_options(text))
        printed += [f"【{name}】{row[field]}" for field, name in _NOTES if field in row]
        yield from ((line, "") for text in printed for line in text.split("\n"))
        yield "", ""


def _printed_options(cell: str) -> str:
    """The options of a cell that holds all of them, a line each: with their letters, or parted by bars, stops, lines or as a list."""
    items = re.split(r"""["']\s*,\s*["']""", cell[1:-1].strip()[1:-1]) if _LISTED.fullmatch(cell) else _PARTED.split(cell)
    dashed = [_DASHED.match(item) for item in items]
    if len(items) > 1 and "".join(m[1] for m in dashed if m) == "ABCDEFGH"[: len(items)]:
        items = [_DASHED.sub("", item, count=1) for item in items]
    if len(items) > 1 and not any(_LABEL.match(item) for item in items):
        return "\n".join(f"{letter}.{item.strip()}" for letter, item in zip("ABCDEFGH", items, strict=False))
    return "\n".join(items) if _LISTED.fullmatch(cell) else _SEVERAL.sub("\n", cell)


def unfold(
    text: str, marks: Sequence[Mark], tables: Iterable[tuple[int, int, Sequence[Sequence[tuple[int, int]]]]],
) -> tuple[str, list[Mark]]:
    """The text with every table of questions in it printed as a paper. ``tables`` are (start, end, rows of cell spans), in order."""
    pieces: list[str] = []
    edits: list[tuple[int, int, int]] = []  # start, end, length of what stands there now
    at = 0
    for start, end, rows in tables:
        cells = [[text[a:b] for a, b in row] for row in rows] if len(rows) > 1 and start >= at else []
        read = header(cells) if cells else None
        if read is not None:
            fields, first, below = read
            start = rows[first][0][0] if first else start
            cells = cells[below:]
        elif cells and (told := cards(cells)):
            fields, cells = told
        else:
            continue
        start += len(text[start:end]) - len(text[start:end].lstrip("\n"))
        body = "\n".join(line for line, _ in paper(fields, cells)).rstrip("\n")
        pieces += (text[at:start], body)
        edits.append((start, end, len(body)))
        at = end
    if not edits:
        return text, list(marks)
    return "".join((*pieces, text[at:])), _moved(marks, edits)


def _moved(marks: Sequence[Mark], edits: Sequence[tuple[int, int, int]]) -> list[Mark]:
    """The marks outside the edited spans, in their new places."""
    starts, ends, shifts = [e[0] for e in edits], [e[1] for e in edits], [0]
    for start, end, length in edits:
        shifts.append(shifts[-1] + length - (end - start))
    kept = []
    for m in marks:
        first, last = bisect_right(ends, m.start), bisect_right(ends, m.end)
        inside = first < len(edits) and starts[first] <= m.start
        if not inside:
            kept.append(m._replace(start=m.start + shifts[first], end=m.end + shifts[last]))
    return kept
