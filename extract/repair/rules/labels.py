"""Misread labels and figures (题号、选项号、数字误识): only where the series on the page proves the reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..rule import Find, Page, Rule, each

# What a capital label is taken for. The reading needs its neighbours: A before it and C behind it, in order and in reach.
_LOOKS = {"A": "4ΛＡ^", "B": "8ß日13Ｂ", "C": "GcC(（<e〔", "D": "0OoＯＤ口Q"}
_STOP = r"[ ]?[.、．·,，:：]"
_LINE = re.compile(r"(?m)^[ \t\u3000]*(?P<label>[A-H]|13|[48ßGc(（<0Oo日口QΛ])(?P<stop>[ ]?[.、．·,，:：])[ ]?(?=[^\s\d])")
_ITEM = re.compile(r"(?m)^[ \t\u3000]*(?P<number>[\dlI|O]{1,3})[ ]?[.、．](?=[ ]?[^\s\d.、．])")
_DIGITS = str.maketrans("lI|O", "1110")
_CASED = re.compile(r"(?m)^[ \t\u3000]*(?P<label>[A-Hb-h])[ ]?[.、．][ ]?(?=[\u4e00-\u9fff“《])")
_BARE = re.compile(r"(?m)^[ \t\u3000]*(?P<label>[A-H])(?P<stop>[.、．·,，:：]{0,2})[ ]?(?=[\u4e00-\u9fff“《])(?![ ]?[项选型股级卷组类])")
_NUMBERED = re.compile(r"(?m)^[ \t\u3000]*(?P<number>\d{1,3})(?P<stop>[.、．]?)(?=[ ]?[\u4e00-\u9fff“《(（]|0[)）]?[的是指主在])")
_OPENING = re.compile(r"[ ]?([(（]0|0[)）]?|[(（])(?=[的是指主在](?![)）]))")
_ZERO_STEM = re.compile(r"(?m)^[ \t]*\d{1,3}[.、．][ ]?0[)）]?(?:的|是|主要指|指|在)")
_REACH = 400  # characters from one label to the next, at most

_BEFORE_UNIT = re.compile(
    r"(?<![A-Za-z0-9.])(?:(?P<l>[lI|](?=\d{1,3}(?:分|题|小题|个|年|月|日|空|名|页|道|%))|(?<=[共每第计题空])[lI](?=[分题小]))|(?P<o>O(?=\.\d)))"
)
_INSIDE = re.compile(r"(?<![A-Za-z0-9.])(?P<a>\d{1,3})[lO](?P<b>\d*)(?=分|小题|个小题|道题|％|%|年(?!\w)|页)")


def _options(page: Page) -> Iterator[Find]:
    """A label at a line's start that breaks A, B, C, D where one look-alike completes it."""
    marks = list(_LINE.finditer(page.text))
    for before, odd, after in zip(marks, marks[1:], [*marks[2:], None], strict=False):
        label = odd["label"]
        if label in "ABCDEFGH" or before["label"] not in "ABC" or odd.start() - before.end() > _REACH:
            continue
        due = chr(ord(before["label"]) + 1)
        if label not in _split(_LOOKS.get(due, "")):
            continue
        # Not the number of the next question: that one stands on the page as the item that follows its neighbour.
        closes = after is not None and after["label"] == chr(ord(due) + 1) and after.start() - odd.end() <= _REACH
        if not closes and not (due == "D" and label in "0OoＯ口Q"):
            continue
        if before["stop"].strip() != odd["stop"].strip() and not closes:
            continue
        yield Find(odd.start("label"), odd.end("label"), due, f"{before['label']} 与 {chr(ord(due) + 1)} 之间只能是 {due}，字形相近",
                   None if closes else 0.8)


def _case(page: Page) -> Iterator[Find]:
    """One lower-case label among capitals: c between B and D."""
    marks = list(_CASED.finditer(page.text))
    capitals = sum(m["label"].isupper() for m in marks)
    for k, m in enumerate(marks):
        label = m["label"]
        if label.isupper() or capitals < 3:
            continue
        before = marks[k - 1]["label"] if k and m.start() - marks[k - 1].end() <= _REACH else ""
        after = marks[k + 1]["label"] if k + 1 < len(marks) and marks[k + 1].start() - m.end() <= _REACH else ""
        if (before == chr(ord(label) - 33) and after in ("", "A", chr(ord(label) - 31))) or (after == chr(ord(label) - 31) and before < "a"):
            yield Find(m.start("label"), m.end("label"), label.upper(), f"大写选项 {before or '…'} 与 {after or '…'} 之间的小写 {label}")


def _stops(page: Page) -> Iterator[Find]:
    """The mark behind a label, lost or misread, where the page's other labels show which it is."""
    marks = list(_BARE.finditer(page.text))
    for group in _groups([m for m in marks if m["stop"] == "·"]):
        if len(group) >= 3:
            for m in group:
                yield Find(m.start("stop"), m.end("stop"), ".", "连续的选项号后都是“·”，只能是点的误识", 0.97)
    for m in marks:
        if m["stop"] in ("..", "、、", ".、", "、.") and sum(o["stop"] == m["stop"] for o in marks) * 4 >= 3 * len(marks) >= 9:
            yield Find(m.start("stop"), m.end("stop"), m["stop"][0], "选项号后的点重了一次，全页如此", 0.96)
    habit = Counter(m["stop"] for m in marks if m["stop"] in (".", "、", "．"))
    if not habit or habit.total() < 4 or habit.total() * 10 < len(marks) * 5:
        return
    usual, count = habit.most_common(1)[0]
    if count * 10 < habit.total() * 7:
        return
    for group in _groups(marks):
        stopped = sum(m["stop"] in (".", "、", "．") or _later(page.text, m) for m in group)
        if not stopped and not page.scanned:
            continue
        sure = 0.96 if page.scanned or stopped >= 2 else 0.9
        for m in group:
            if m["stop"] not in (".", "、", "．") and (len(group) > 1 or _later(page.text, m)):
                yield Find(m.start("stop"), m.end("stop"), usual, f"本页选项号后用“{usual}”（{count} 处），前后选项相接", sure)
            yield from _inline(page, m, usual, count)


def _groups(marks: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Labels at the start of lines in rising order, within reach of one another."""
    group: list[re.Match[str]] = []
    for m in marks:
        if group and not (group[-1]["label"] < m["label"] <= chr(ord(group[-1]["label"]) + 2) and m.start() - group[-1].end() <= _REACH):
            yield group
            group = []
        group.append(m)
    if group:
        yield group


def _later(text: str, m: re.Match[str]) -> bool:
    """Whether a later label of the series stands with its mark on the same line."""
    end = text.find("\n", m.end())
    return re.search(f"[{chr(ord(m['label']) + 1)}-H][.、．]", text[m.end() : end if end >= 0 else len(text)]) is not None


def _inline(page: Page, m: re.Match[str], usual: str, count: int) -> Iterator[Find]:
    """Bare labels later on the same line, in order and to the end of the series."""
    end = page.text.find("\n", m.end())
    line = page.text[m.end() : end if end >= 0 else len(page.text)]
    if len(line) > 200:
        return
    due, bare, at = ord(m["label"]) + 1, [], 0
    while due <= ord("H"):
        stopped = re.compile(f"{chr(due)}[ ]?[.、．]").search(line, at)
        loose = re.compile(f"(?<=[\u4e00-\u9fff》”）)%\\d]){chr(due)}(?=[\u4e00-\u9fff《“])").search(line, at)
        if stopped is None and loose is None:
            break
        if stopped is None and loose:
            bare.append(m.end() + loose.end())
        at = (stopped or loose).end()  # type: ignore[union-attr]
        due += 1
    if due - ord(m["label"]) >= 3 and (due > ord("D") or m["label"] != "A"):
        for place in bare:
            yield Find(place, place, usual, f"同一行的选项依次到 {chr(due - 1)}，本页选项号后用“{usual}”（{count} 处）",
                       0.96 if page.scanned or len(bare) < due - ord(m["label"]) - 1 else 0.9)


def _bare_numbers(page: Page) -> Iterator[Find]:
    """A number without its mark between the items one less and one more."""
    marks = list(_NUMBERED.finditer(page.text))
    usual = Counter(m["stop"] for m in marks if m["stop"]).most_common(1)
    if not usual or usual[0][1] < 3 or usual[0][1] * 10 < len(marks) * 6:
        return
    for before, m, after in zip(marks, marks[1:], marks[2:], strict=False):
        if not m["stop"] and int(before["number"]) + 2 == int(m["number"]) + 1 == int(after["number"]) and before["stop"] and after["stop"]:
            yield Find(m.end("number"), m.end("number"), usual[0][0], f"题号在 {before['number']} 与 {after['number']} 之间，本页题号后用“{usual[0][0]}”")


def _opening(page: Page) -> Iterator[Find]:
    """The empty bracket that opens a stem, read as 0 or with one half lost: ``4.0的应用是``, ``5.(主要指``."""
    marks = list(_NUMBERED.finditer(page.text))
    values = [int(m["number"]) for m in marks]
    many = len(_ZERO_STEM.findall(page.text)) >= 2
    for k, m in enumerate(marks):
        near = values[k - 1] == values[k] - 1 if k else False
        near = near or (k + 1 < len(values) and values[k + 1] == values[k] + 1)
        found = _OPENING.match(page.text, m.end()) if m["stop"] and near else None
        if not found:
            continue
        end = page.text.find("\n", m.end())
        rest = page.text[found.end() : end if end >= 0 else len(page.text)]
        if found[1] in "(（" and re.search("[)）]", rest.split("(")[0].split("（")[0]):
            continue
        wide = "（" in page.text
        yield Find(found.start(1), found.end(1), "（）" if wide else "()", "题号后的空括号误识，题号前后相接", 0.96 if page.scanned or many or found[1] != "0" else 0.9)


def _split(looks: str) -> frozenset[str]:
    return frozenset(looks) | ({"13"} if "13" in looks else set())


def _numbers(page: Page) -> Iterator[Find]:
    """A question number with l, I, | for 1 or O for 0, where the number before or behind it says which."""
    marks = list(_ITEM.finditer(page.text))
    values = [int(m["number"].translate(_DIGITS)) for m in marks]
    for k, m in enumerate(marks):
        if m["number"].isdigit() or not any(c in "lI|O" for c in m["number"]):
            continue
        if m["number"] in ("I", "O") and page.text[m.end() - 1] != "、":
            if m["number"] == "O":
                continue
        before = values[k - 1] if k and marks[k - 1]["number"].isdigit() else 0
        after = values[k + 1] if k + 1 < len(marks) and marks[k + 1]["number"].isdigit() else None
        roman = m["number"] in ("I",) and re.search(r"(?m)^[ \t]*II[.、．]", page.text)
        if after == values[k] + 1 and (before == values[k] - 1 or values[k] == 1) and not roman:
            yield Find(m.start("number"), m.end("number"), str(values[k]), f"题号在 {before or '开头'} 与 {after} 之间")


def _figure(page: Page, m: re.Match[str]) -> Find:
    after = "1" if m["l"] else "0"
    return Find(m.start(), m.end(), after, "数字与量词之间的字母只能是误识")


def _inside(page: Page, m: re.Match[str]) -> Find:
    return Find(m.start(), m.end(), m[0].replace("l", "1").replace("O", "0"), "数字中间的字母只能是误识")


RULES = (
    Rule("label-option", "label", "line", 0.97, "the labels on both sides, and the look", "21 of 21 with both, 54 of 78 by sequence alone",
         _options, chars=frozenset("48ßGc(（<0Oo日口QΛ13"), structural=True),
    Rule("label-case", "label", "line", 0.97, "capitals on both sides", "10 of 300 pages", _case, chars=frozenset("bcdefgh"), structural=True),
    Rule("label-stop", "label", "line", 0.96, "the habit of the page, the neighbouring labels, a scanned page", "clean/OCR pairs",
         _stops, chars=frozenset("A"), structural=True),
    Rule("number-stop", "label", "line", 0.96, "the habit of the page, the numbers on both sides", "clean/OCR pairs",
         _bare_numbers, chars=frozenset("123456789"), structural=True),
    Rule("bracket-opening", "bracket", "line", 0.96, "the number's neighbours, a scanned page", "clean/OCR pairs",
         _opening, chars=frozenset("0(（"), structural=True),
    Rule("label-number", "label", "line", 0.97, "the numbers on both sides", "misread numbers of scanned papers",
         _numbers, chars=frozenset("lI|O"), structural=True),
    Rule("figure-letter", "figure", "line", 0.97, "figures and a unit around one letter", "l5分, O.5分 in scanned papers",
         each(_BEFORE_UNIT, _figure), chars=frozenset("lI|O"), structural=True),
    Rule("figure-inside", "figure", "line", 0.96, "figures on the left and a unit behind", "scanned papers",
         each(_INSIDE, _inside), chars=frozenset("lO"), structural=True),
)
