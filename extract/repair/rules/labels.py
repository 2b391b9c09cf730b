"""Misread labels and figures (题号、选项号、数字误识): only where the series on the page proves the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...line_start import LineStart
from ..rule import Find, Page, Rule, each

# What a capital label is taken for. The reading needs its neighbours: A before it and C behind it, in order and in reach.
_LOOKS = {"A": "4ΛＡ^", "B": "8ß日13Ｂ", "C": "G(（<e〔", "D": "0OoＯＤ口Q"}
_NEXT = {"A": "B", "B": "C", "C": "D"}
_FAINT = {"B": "E35RPD", "C": "GOQ"}  # looks that a label has only on the lines next to its neighbours
_LINE = LineStart(r"[ \t\u3000]*(?P<label>[A-H]|13|[Il|][)）]|[48ßG(（<0Oo日口QΛ35RP])(?P<stop>[ ]?[.、．·,，:：])[ ]?(?=[^\s\d])")
_CASED = LineStart(r"[ \t\u3000]*(?P<label>[A-Ha-h])[ ]?[.、．,，][ ]?(?=[\u4e00-\u9fff“《])")
_OPEN_D = LineStart(
    r"[ \t]*B[^\n]{2,80}\n[ \t]*C[^\n]{2,80}\n[ \t]*(?P<label>[0O口])(?=[.、．]?[\u4e00-\u9fff“《])(?![年月日个点分度号时的是])"
)
_IN_ROW = LineStart(
    r"[ \t]*A[.、．]?[\u4e00-\u9fff][^\nB]{1,40}(?<=[\u4e00-\u9fff])(?P<label>8)(?![个年月日分秒元万倍人天次种项时点])"
    r"[.、．]?[\u4e00-\u9fff][^\nB]{1,40}C[.、．]?[\u4e00-\u9fff]"
)
_ITEM = LineStart(r"[ \t\u3000]*(?P<number>[\dlI|O]{1,3})[ ]?[.、．](?=[ ]?[^\s\d.、．])")
_ODD_ITEM = LineStart(r"[ \t\u3000]*\d{0,2}[lI|O]")
# A、甲 / B>乙 / C>丙 / D、丁: the mark behind a label read as an angle
_ANGLED = re.compile(r"[B-H][>》](?<![A-Za-z\d>》./][A-H].)(?=[ ]?[^\s=>])")
_DIGITS = str.maketrans("lI|O", "1110")
_HEADLESS = LineStart(r"[ \t\u3000]*(?P<label>[A-H]?)(?P<stop>[.、．])[ ]?(?=[\u4e00-\u9fff“《])")
_REACH = 399  # characters from one label to the end of the line before the next, at most

_BEFORE_UNIT = re.compile(
    r"[lI|O](?:(?<![A-Za-z0-9.].)(?:(?<!O)(?=\d{1,3}(?:分|题|小题|个|年|月|日|空|名|页|道|%))|(?<=O)(?=\.\d))|"
    r"(?<=[共每第计题空][lI])(?=[分题小]))"
)
_LETTER_BEHIND = re.compile(r"[lO](?<=\d.)")
_INSIDE = re.compile(r"\d(?<![A-Za-z0-9.].)\d{0,2}[lO]\d*(?=分|小题|个小题|道题|％|%|年(?!\w)|页)")


def _options(page: Page) -> Iterator[Find]:
    """A label at a line's start that breaks A, B, C, D where one look-alike completes it."""
    marks = list(_LINE.finditer(page.text))
    labels = [m["label"] for m in marks]
    for k, (first, label) in enumerate(pairwise(labels)):
        due = _NEXT.get(first, "")
        if not due or label == due or label == "A" or marks[k + 1].start() - marks[k].end() > _REACH:
            continue
        before, odd, after = marks[k], marks[k + 1], marks[k + 2] if k + 2 < len(marks) else None
        if label in _FAINT.get(due, "") and after is not None and after["label"] == chr(ord(due) + 1):
            lines = page.text.count("\n", before.start("label"), after.start("label"))
            if before["stop"] == odd["stop"] == after["stop"] and lines == 2:
                said = f"上一行是 {before['label']}，下一行是 {after['label']}，只能是 {due}"
                yield Find(odd.start("label"), odd.end("label"), due, said)
            continue
        stroke = due == "D" and label[0] in "Il|"  # I).: the letter came apart
        if not stroke and label not in _split(_LOOKS.get(due, "")):
            continue
        # Not the number of the next question: that one stands on the page as the item that follows its neighbour.
        closes = after is not None and after["label"] == chr(ord(due) + 1) and after.start() - odd.end() <= _REACH
        last = due == "D" and (stroke or label in "0OoＯ口Q")
        if not closes and not last:
            continue
        if before["stop"].strip() != odd["stop"].strip() and not closes:
            continue
        if re.search(rf"(?<![A-Za-z]){due} ?[.、．]", page.text[before.end() : odd.start()]):
            continue  # A. 铁 B. 汞 C. 铜 / 8. ...: it stands inside a line
        yield Find(odd.start("label"), odd.end("label"), due, f"{before['label']} 与 {chr(ord(due) + 1)} 之间只能是 {due}，字形相近",
                   None if closes or page.text.count("\n", before.end(), odd.start("label")) <= 2 else 0.8)
    yield from _first(page, marks)


def _first(page: Page, marks: list[re.Match[str]]) -> Iterator[Find]:
    """4 for A before B and C, unless the page is about to count to four."""
    for k, odd in enumerate(marks[:-2]):
        if odd["label"] not in _LOOKS["A"] or marks[k + 1]["label"] != "B" or marks[k + 2]["label"] != "C":
            continue
        items = [m["number"] for m in _ITEM.finditer(page.text, max(0, odd.start() - 1200), odd.start())]
        if odd["label"] == "4" and (not items or items[-1] == "3" or "3" in items[-4:]):
            continue
        if marks[k + 1].start() - odd.end() <= _REACH and odd["stop"].strip() == marks[k + 1]["stop"].strip():
            yield Find(odd.start("label"), odd.end("label"), "A", "B、C 之前只能是 A，字形相近")


def _angles(page: Page) -> Iterator[Find]:
    """An angle behind a label for its mark: the label one less stands before it with a mark, the next, or the last line, behind."""
    mended: dict[int, str] = {}  # where a label was found to have this mark
    for m in _ANGLED.finditer(page.text):
        at, label = m.start(), m[0][0]
        begins, stop = max(0, at - _REACH), ""
        for before in re.finditer(rf"(?<![A-Za-z\d]){chr(ord(label) - 1)}(?P<stop>[.、．>》])", page.text[begins:at]):
            adjoins = begins + before.end() == at  # A、B>C compares two things with a third
            stop = "" if adjoins else mended.get(begins + before.start(), before["stop"])
        opens_line = page.text[:at].rstrip(" \t\u3000").endswith("\n")
        next_one = re.compile(rf"(?<![A-Za-z\d]){chr(ord(label) + 1)}[.、．>》]").search(page.text, m.end() + 1, m.end() + _REACH)
        if stop and stop not in ">》" and (next_one or (opens_line and label >= "C")):
            mended[at] = stop
            yield Find(at + 1, at + 2, stop, f"选项号依次到 {label}，其后的“{m[0][1]}”只能是“{stop}”的误识")


def _split(looks: str) -> frozenset[str]:
    return frozenset(looks) | ({"13"} if "13" in looks else set())


def _case(page: Page) -> Iterator[Find]:
    """One lower-case label among capitals: c between B and D."""
    marks = list(_CASED.finditer(page.text))
    labels = [m["label"] for m in marks]
    if sum(map(str.isupper, labels)) < 3:
        return
    for k, (m, label) in enumerate(zip(marks, labels, strict=True)):
        if label.isupper():
            continue
        before = marks[k - 1]["label"] if k and m.start() - marks[k - 1].end() <= _REACH else ""
        after = marks[k + 1]["label"] if k + 1 < len(marks) and marks[k + 1].start() - m.end() <= _REACH else ""
        one_less, one_more = chr(ord(label) - 33), chr(ord(label) - 31)
        if (before == one_less and after in ("", "A", one_more)) or (after == one_more and before < "a"):
            yield Find(m.start("label"), m.end("label"), label.upper(), f"大写选项 {before or '…'} 与 {after or '…'} 之间的小写 {label}")


def _lost(page: Page) -> Iterator[Find]:
    """A line that begins with the mark of a label, between the labels one less and one more: the letter itself is gone."""
    marks = list(_HEADLESS.finditer(page.text))
    for k, m in enumerate(marks):
        if m["label"]:
            continue
        before, after = marks[k - 1] if k else None, marks[k + 1] if k + 1 < len(marks) else None
        near_before = before is not None and before["label"] != "" and m.start() - before.end() <= _REACH
        near_after = after is not None and after["label"] != "" and after.start() - m.end() <= _REACH
        due = chr(ord(before["label"]) + 1) if before and near_before and before["label"] < "H" else ""
        if after and near_after and after["label"] > "A" and (not due or after["label"] == "A"):
            due = due or (chr(ord(after["label"]) - 1) if after["label"] == "B" else "")
        elif after and near_after and due and chr(ord(due) + 1) != after["label"]:
            due = ""
        closes = near_after and after is not None and after["label"] == chr(ord(due or "A") + 1)
        side_by_side = before is None or page.text.count("\n", before.end(), m.start("label")) <= 2
        side_by_side = side_by_side and (after is None or due == "D" or page.text.count("\n", m.end(), after.start("label")) <= 2)
        cut_off = page.text.endswith(f"{due}\n", 0, m.start("stop"))  # the letter stands at the end of the line before
        if due and side_by_side and not cut_off and (closes or due == "D"):
            yield Find(m.start("stop"), m.start("stop"), due, f"选项号丢失，前后选项之间只缺 {due}")


def _numbers(page: Page) -> Iterator[Find]:
    """Question numbers with l, I, | for 1 or O for 0, in a run of numbers one more each that plain figures hold up."""
    if not _ODD_ITEM.search(page.text):
        return
    run: list[re.Match[str]] = []
    for m in [*_ITEM.finditer(page.text), None]:
        value = int(m["number"].translate(_DIGITS)) if m else -1
        if m and (not run or value == int(run[-1]["number"].translate(_DIGITS)) + 1):
            run.append(m)
            continue
        firm = sum(o["number"].isdigit() for o in run)
        for k, o in enumerate(run):
            reads = o["number"].translate(_DIGITS)
            if not o["number"].isdigit() and firm >= 2 and len(run) >= 3 and (k or reads == "1") and (k + 1 < len(run) or k > 1):
                yield Find(o.start("number"), o.end("number"), reads, f"题号在 {int(reads) - 1 or '开头'} 之后，前后 {firm} 个题号相接")
        run = [m] if m else []


def _bare(page: Page) -> Iterator[Find]:
    """Labels without a mark: 0 on the line behind B and C, 8 in a row between A and C."""
    for pattern, due in ((_OPEN_D, "D"), (_IN_ROW, "B")):
        for m in pattern.finditer(page.text):
            yield Find(m.start("label"), m.end("label"), due, f"前后选项之间只缺 {due}，字形相近")


def _figure(page: Page, m: re.Match[str]) -> Find:
    return Find(m.start(), m.end(), "0" if m[0] == "O" else "1", "数字与量词之间的字母只能是误识")


def _inside(page: Page) -> Iterator[Find]:
    if _LETTER_BEHIND.search(page.text):
        for m in _INSIDE.finditer(page.text):
            yield Find(m.start(), m.end(), m[0].replace("l", "1").replace("O", "0"), "数字中间的字母只能是误识")


RULES = (
    Rule("label-option", "label", "line", 0.97, "the labels on both sides, and the look", "21 of 21 with both, 54 of 78 by sequence alone",
         _options, chars=frozenset("48ßG(（<0Oo日口QΛ135ERPDIl|"), structural=True),
    Rule("label-bare", "label", "line", 0.96, "the labels before it and behind it, and the look", "clean/OCR pairs",
         _bare, chars=frozenset("08O口"), structural=True),
    Rule("label-angle", "label", "line", 0.97, "the label before it with its mark, the label behind it", "scanned papers",
         _angles, chars=frozenset(">》"), structural=True),
    Rule("label-case", "label", "line", 0.97, "capitals on both sides", "10 of 300 pages",
         _case, chars=frozenset("abcdefgh"), structural=True),
    Rule("label-lost", "label", "line", 0.96, "its mark at the line's start, the labels on both sides", "clean/OCR pairs",
         _lost, structural=True),
    Rule("label-number", "label", "line", 0.97, "the numbers on both sides", "misread numbers of scanned papers",
         _numbers, chars=frozenset("lI|O"), structural=True),
    Rule("figure-letter", "figure", "line", 0.97, "figures and a unit around one letter", "l5分, O.5分 in scanned papers",
         each(_BEFORE_UNIT, _figure), chars=frozenset("lI|O"), structural=True),
    Rule("figure-inside", "figure", "line", 0.96, "figures on the left and a unit behind", "scanned papers",
         _inside, chars=frozenset("lO"), structural=True),
)
