"""Marks behind labels and numbers that recognition lost or misread (题号与选项号后的标点), by the series and habit of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ...line_start import LineStart
from ..rule import Find, Page, Rule
from .brackets import bracket

_PLAIN = (".", "、", "．")
_BARE = LineStart(r"[ \t\u3000]*(?P<label>[A-H])(?P<stop>[.、．·,，:：]{0,2})[ ]?(?=[\u4e00-\u9fff“《])(?![ ]?[项选型股级卷组类])")
_DOTTED = LineStart(r"[ \t\u3000]*(?P<label>[A-H])(?P<stop>·)(?=\S)")
_NUMBERED = LineStart(
    r"[ \t\u3000]*(?P<number>\d{1,3})(?P<stop>[.、．·:：,，]?)(?=[ ]?[\u4e00-\u9fff“《(（]|(?:0[)）]?|[)）])[的是指主在])"
)
_OPENING = re.compile(r"[ ]?([(（]0|0[)）]?|[()（）])(?=[的是指主在](?![)）]))")
_ZERO_STEM = LineStart(r"[ \t]*\d{1,3}[.、．][ ]?0[)）]?(?:的|是|主要指|指|在)")
_HEAD = LineStart(
    r"[ \t]*A(?=[^\s.、．·,，:：A-Za-z项型股级卷组类](?:[^\nB]{0,60})B(?P<stop>[.、．])(?![A-H][、和与])[^\nC]{1,60}"
    r"C(?P=stop)(?![A-H][、和与])[^\s])"
)
_LOOSE = re.compile("[B-H](?<=[\u4e00-\u9fff》”）)%\\d].)(?=[\u4e00-\u9fff《“])")
_STOPPED = {n: re.compile(f"{chr(n)}[ ]?[.、．]") for n in range(ord("B"), ord("I"))}
_LOOSE_LABEL = {n: re.compile(_LOOSE.pattern.replace("[B-H]", chr(n))) for n in range(ord("B"), ord("I"))}
_REACH = 399  # characters from one label to the end of the line before the next, at most


def _stops(page: Page) -> Iterator[Find]:
    """The mark behind a label, lost or misread, where the page's other labels show which it is."""
    marks = list(_BARE.finditer(page.text))
    for group in _groups(list(_DOTTED.finditer(page.text))):
        if len(group) >= 3:
            for m in group:
                yield Find(m.start("stop"), m.end("stop"), ".", "连续的选项号后都是“·”，只能是点的误识", 0.97)
    for m in marks:
        if m["stop"] in ("..", "、、", ".、", "、.") and sum(o["stop"] == m["stop"] for o in marks) * 4 >= 3 * len(marks) >= 9:
            yield Find(m.start("stop"), m.end("stop"), m["stop"][0], "选项号后的点重了一次，全页如此", 0.96)
    for m in _HEAD.finditer(page.text):
        yield Find(m.end(), m.end(), m["stop"], f"同行的 B、C 之后都有“{m['stop']}”", 0.97)
    odd = {id(m) for m in marks if m["stop"] not in _PLAIN or _LOOSE.search(_rest(page.text, m))}
    if not odd:
        return
    habit = Counter(m["stop"] for m in marks if m["stop"] in _PLAIN)
    groups = list(_groups(marks))
    mixed = sum(0 < sum(m["stop"] in _PLAIN for m in g) < len(g) for g in groups)  # options of one question, some bare: misread
    worn = mixed >= 2 or (mixed and page.scanned)
    lost = mixed >= 3 or (mixed >= 2 and page.scanned)  # then the few marks that are left show what was printed
    if habit.total() < (2 if lost else 4) or habit.total() * 10 < len(marks) * (1 if lost else 2 if worn else 5):
        return
    usual, count = habit.most_common(1)[0]
    if count * 10 < habit.total() * 7:
        return
    following = {id(m): after for m, after in pairwise(marks)}
    for group in groups:
        if not any(id(m) in odd for m in group):
            continue
        stopped = sum(m["stop"] in _PLAIN or _later(page.text, m) for m in group)
        if not stopped and not worn and not page.scanned:
            continue
        sure = 0.96 if worn or page.scanned or stopped >= 2 else 0.9
        for m in group:
            if m["stop"] not in _PLAIN and (len(group) > 1 or _later(page.text, m) or (worn and m["label"] == "A")):
                yield Find(m.start("stop"), m.end("stop"), usual, f"本页选项号后用“{usual}”（{count} 处），前后选项相接", sure)
            yield from _inline(page, m, following.get(id(m)), usual, count, sure)


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
    return re.search(f"[{chr(ord(m['label']) + 1)}-H][.、．]", _rest(text, m)) is not None


def _rest(text: str, m: re.Match[str]) -> str:
    """The rest of the label's line."""
    end = text.find("\n", m.end())
    return text[m.end() : end if end >= 0 else len(text)]


def _inline(
    page: Page, m: re.Match[str], following: re.Match[str] | None, usual: str, count: int, sure: float
) -> Iterator[Find]:
    """Bare labels later on the same line, in order and to the end of the series."""
    line = _rest(page.text, m)
    if len(line) > 200 or not _LOOSE.search(line):
        return
    due, bare, at = ord(m["label"]) + 1, [], 0
    while due <= ord("H"):
        stopped, loose = _STOPPED[due].search(line, at), _LOOSE_LABEL[due].search(line, at)
        if stopped is None and loose is None:
            break
        if stopped is None and loose:
            bare.append(m.end() + loose.end())
        at = (stopped or loose).end()  # type: ignore[union-attr]
        due += 1
    next_line = following["label"] if following and following.start() - m.end() - len(line) <= 1 else ""
    whole = due - ord(m["label"]) >= 3 and (due > ord("D") or m["label"] != "A")
    if whole or next_line == chr(due):
        for place in bare:
            yield Find(place, place, usual, f"选项依次到 {next_line or chr(due - 1)}，本页选项号后用“{usual}”（{count} 处）",
                       sure if len(bare) == due - ord(m["label"]) - 1 else 0.96)


def _bare_numbers(page: Page) -> Iterator[Find]:
    """Numbers without their mark in a run of items one more each, where the mark stands before and behind them."""
    marks = list(_NUMBERED.finditer(page.text))
    usual = Counter(m["stop"] for m in marks if m["stop"] in _PLAIN).most_common(1)
    if not usual or usual[0][1] < 3 or usual[0][1] * 10 < len(marks) * 3:
        return
    run: list[re.Match[str]] = []
    for m in [*marks, None]:
        if m is not None and (not run or int(m["number"]) == int(run[-1]["number"]) + 1):
            run.append(m)
            continue
        marked = [k for k, item in enumerate(run) if item["stop"] in _PLAIN]
        for k, item in enumerate(run):
            if len(marked) >= 2 and marked[0] < k < marked[-1] and item["stop"] not in _PLAIN:
                yield Find(item.end("number"), item.end("stop"), usual[0][0],
                           f"题号在 {run[k - 1]['number']} 与 {run[k + 1]['number']} 之间，本页题号后用“{usual[0][0]}”")
        run = [m] if m is not None else []


def _opening(page: Page) -> Iterator[Find]:
    """The empty bracket that opens a stem, read as 0 or with one half lost: ``4.0的应用是``, ``5.(主要指``."""
    marks = list(_NUMBERED.finditer(page.text))
    values = [int(m["number"]) for m in marks]
    many = sum(1 for _ in _ZERO_STEM.finditer(page.text)) >= 2
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
        sure = 0.96 if page.scanned or many or found[1] != "0" else 0.9
        yield Find(found.start(1), found.end(1), bracket(page.text, found.start(1)), "题号后的空括号误识，题号前后相接", sure)


_STOP_LINE = re.compile(r"([A-H])(?<=[ \t\n\u3000].)。[ \t]*\n[ \t]*(?=[^\s.、．。])(?!\d{1,3}[.、．](?!\d))")
_POINT_LINE = re.compile(
    r"。(?<=\d.)[ \t]*\n[ \t]*(?=\d{1,3}(?:[%％℃°‰万亿元米克升克吨倍Ω]|毫[米升克]|厘米|公[里斤分]|[kmcMKμ]?[mgLVAWHPs](?![a-z])))"
)
_STOPPED_BEFORE = {chr(n): re.compile(f"{chr(n - 1)}[.．。、]") for n in range(ord("B"), ord("I"))}
_LEAST_LINES = 3


def _broken_stops(page: Page) -> Iterator[Find]:
    """``B。`` and a new line for ``B.``, as sites print that take every point for the end of a sentence; ``0。`` ``9%`` likewise."""
    text = page.text
    labels = [m for m in _STOP_LINE.finditer(text) if m[1] == "A" or _STOPPED_BEFORE[m[1]].search(text, max(0, m.start() - 90), m.start())]
    if len(labels) >= _LEAST_LINES:
        for m in labels:
            yield Find(m.start() + 1, m.end(), ".", f"选项号后的点成了句号并换行，全页 {len(labels)} 处")
    for m in _POINT_LINE.finditer(text):
        yield Find(m.start(), m.end(), ".", "小数点成了句号并换行，其后是数与单位")


RULES = (
    Rule("stop-line", "label", "page", 0.97, "the label before it, three of the page; a figure with its unit",
         "sites that break lines at every point", _broken_stops, chars=frozenset("。"), structural=True),
    Rule("label-stop", "label", "line", 0.96, "the habit of the page, the neighbouring labels, a scanned page", "clean/OCR pairs",
         _stops, chars=frozenset("A"), structural=True),
    Rule("number-stop", "label", "line", 0.96, "the habit of the page, the numbers on both sides", "clean/OCR pairs",
         _bare_numbers, chars=frozenset("123456789"), structural=True),
    Rule("bracket-opening", "bracket", "line", 0.96, "the number's neighbours, a scanned page", "clean/OCR pairs",
         _opening, chars=frozenset("0(（"), structural=True),
)
