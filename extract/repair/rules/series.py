"""Labels and numbers that a series proves (序列推断): what stands between neighbours that are the right number of steps apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...line_start import LineStart
from .. import words
from ..rule import Find, Page, Rule
from ..scans import COUNTED
from .spacing import width

_OPTION = LineStart(r"[ \t\u3000]*(?P<label>[A-H])(?P<stop>[.、．]?)[ ]?(?=[\u4e00-\u9fff“《])")
_NO_LABEL = re.compile(r"[ \t\u3000]*(?=[\u4e00-\u9fff“《])(?![一二三四五六七八九十]{1,3}[、.．]|答案|解析|正确|第?[ ]?\d|[(（【\[])")
_ANOTHER = re.compile(r"[A-H][.、．]|\s[B-H][\u4e00-\u9fff]")
_SHORT = 0.7      # of the page's column: such a line was not wrapped
_ROUND = LineStart(
    r"[ \t\u3000]*(?P<open>[(（]?)[.·,，]?(?P<number>\d{1,3})(?P<close>[)）]?)"
    r"(?:(?=[ ]?[“《\u4e00-\u9fff])|(?<=[(（]\d[)）])|(?<=[(（]\d\d[)）])|(?<=[(（]\d{3}[)）]))(?![年月日分])"
)
_NTH = LineStart(r"[ \t\u3000]*第(?P<number>\d{0,3})(?P<close>[\u4e00-\u9fff]?题|[\u4e00-\u9fff])(?=[\u4e00-\u9fff“《])")
_POINT = LineStart(r"[ \t\u3000]*(?P<number>\d{1,3})(?P<close>[.、．])(?=[ ]?[“《(（\u4e00-\u9fff])")


def _lost_lines(page: Page) -> Iterator[Find]:
    """Lines without a label between two options, exactly as many as labels are missing, where no line is long enough to be wrapped."""
    marks = list(_OPTION.finditer(page.text))
    gaps = [(a, b) for a, b in pairwise(marks) if ord(b["label"]) - ord(a["label"]) in (2, 3)]
    gaps = [(a, b) for a, b in gaps if a["stop"] or b["stop"] or page.scanned]
    if not gaps:
        return
    column = sorted(width(line) for line in page.text.split("\n"))[-max(1, page.text.count("\n") // 20) :][0]
    for a, b in gaps:
        begin = page.text.rfind("\n", 0, a.start("label")) + 1
        lines = page.text[begin : b.start()].split("\n")
        if len(lines) != ord(b["label"]) - ord(a["label"]) or any(width(line) > _SHORT * column for line in lines):
            continue
        if _ANOTHER.search(lines[0], a.end() - begin):
            continue  # the option between the two stands beside the first
        at = begin + len(lines[0]) + 1
        starts = []
        for line in lines[1:]:
            head = _NO_LABEL.match(line)
            if head and not re.search(r"[A-H][.、．]", line):
                starts.append(at + head.end())
            at += len(line) + 1
        if len(starts) == len(lines) - 1:
            for k, start in enumerate(starts, 1):
                label = chr(ord(a["label"]) + k)
                said = f"{a['label']} 与 {b['label']} 之间恰好 {len(starts)} 行，都未折行，只缺 {label}"
                yield Find(start, start, label + (a["stop"] or b["stop"]), said)


def _voted(items: list[re.Match[str]], most: int) -> Iterator[tuple[re.Match[str], int]]:
    """The items of stretches that at least three numbers hold up, each with the number it must have.

    A number votes for where its series began (its value less its place); what stands between two that agree belongs to them.
    """
    values = [int(m["number"]) if m["number"] else -1 for m in items]
    at = 0
    while at < len(items):
        began = values[at] - at
        same = [k for k in range(at, min(len(items), at + 60)) if values[k] - k == began and values[k] >= 0]
        stretch = [at]
        for k in same[1:]:
            between = range(stretch[-1] + 1, k)
            if k - stretch[-1] > most or not all(_partly(items[j]["number"], str(began + j), len(between)) for j in between):
                break
            stretch.append(k)
        if len(stretch) < 3:
            at += 1
            continue
        end = stretch[-1] + 1
        yield from ((items[k], began + k) for k in range(at, end))
        at = end


def _partly(seen: str, due: str, among: int = 1) -> bool:
    """Whether figures may be what is left of a number: some of it in order, or all but one.

    A lone figure that is another says nothing, if more than one number in a row is wrong; and (1) begins a list of its own.
    """
    rest = iter(due)
    if all(c in rest for c in seen):
        return True
    if len(due) == 1 and (among > 1 or seen == "1"):
        return False
    return len(seen) == len(due) and sum(a != b for a, b in zip(seen, due, strict=True)) == 1


def _rounds(page: Page) -> Iterator[Find]:
    """(31) in a series of numbers in brackets that lost a bracket or a figure; not where 31) is how the page numbers."""
    items = list(_ROUND.finditer(page.text))
    if sum(bool(m["open"]) != bool(m["close"]) for m in items) * 2 > sum(bool(m["open"] and m["close"]) for m in items):
        return
    for group in _grouped(_voted(items, 4)):
        whole = [m for m, _ in group if m["open"] and m["close"]]
        if len(whole) * 2 < len(group) or len(whole) == len(group) == sum(int(m["number"]) == n for m, n in group):
            continue
        ends = [group[0][0].start(), *(m.end() for m, _ in group)]
        starts = [*(m.start() for m, _ in group[1:]), group[-1][0].end()]
        for (m, number), before, after in zip(group, ends, starts, strict=False):
            now = f"{m['open'] or whole[0]['open']}{number}{m['close'] or whole[0]['close']}"
            start = m.end() - len(m[0].lstrip())
            if page.text[start : m.end()] != now and now not in page.text[before:after]:  # (2) stands glued to the end of (1)
                yield Find(start, m.end(), now, f"括号题号的序列，此处是 {number}")


def _grouped(voted: Iterator[tuple[re.Match[str], int]]) -> Iterator[list[tuple[re.Match[str], int]]]:
    group: list[tuple[re.Match[str], int]] = []
    for m, number in voted:
        if group and number != group[-1][1] + 1:
            yield group
            group = []
        group.append((m, number))
    if group:
        yield group


def _nths(page: Page) -> Iterator[Find]:
    """第2题 between 第22题 and 第24题, and 第28额 where every other number ends with 题."""
    items = [m for m in _NTH.finditer(page.text) if m["close"] not in COUNTED]
    groups = (g for g in _grouped(_voted(items, 3)) if sum(m["close"].endswith("题") for m, _ in g) * 2 >= len(g))
    for m, number in (pair for group in groups for pair in group):
        lone = not m["close"].endswith("题")
        word = words.frequency(m["close"] + page.text[m.end() : m.end() + 1]) if lone else 0
        end = m.end("number") if lone and word >= 100 else m.end("close")  # 题 itself is lost, or was misread
        if page.text[m.start("number") : m.end("close")] != f"{number}题" and not 3 <= word < 100:
            yield Find(m.start("number"), end, f"{number}题", f"题号在 {number - 1} 与 {number + 1} 之间")


def _points(page: Page) -> Iterator[Find]:
    """One wrong figure in a number between two numbers that are two apart, on a scanned page."""
    items = list(_POINT.finditer(page.text))
    for before, m, after in zip(items, items[1:], items[2:], strict=False):
        low, here, high = int(before["number"]), m["number"], int(after["number"])
        due = str(low + 1)
        if high - low == 2 and here != due and len(here) == len(due) and _partly(here, due) and page.scanned:
            yield Find(m.start("number"), m.end("number"), due, f"题号在 {low} 与 {high} 之间，一个数字误识")


RULES = (
    Rule("label-line", "label", "line", 0.96, "exactly as many lines as labels, none of them wrapped", "clean/OCR pairs",
         _lost_lines, chars=frozenset("CD"), structural=True),
    Rule("number-round", "label", "line", 0.96, "the series of numbers in brackets", "clean/OCR pairs",
         _rounds, chars=frozenset(")）"), structural=True),
    Rule("number-nth", "label", "line", 0.96, "the series of 第N题", "clean/OCR pairs", _nths, chars=frozenset("题"), structural=True),
    Rule("number-figure", "label", "line", 0.96, "the numbers on both sides, a scanned page", "clean/OCR pairs",
         _points, chars=frozenset(".、．"), structural=True),
)
