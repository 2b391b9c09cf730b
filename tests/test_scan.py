"""A scan gives what the engine gives: on every sample, every case, and texts made of nothing but the characters of marks."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from extract import key_marks, markers, ordinals
from extract.checks import page, signs, stems
from extract.fold import fold
from extract.furniture import _lines_that_say
from extract.line_start import LineStart
from extract.repair import rules
from extract.scan import Scan, begun, ten_digits
from extract.sites import SITES

HERE = Path(__file__).parent
SCANS = {
    f"{module.__name__} {name}": scan
    for module in (markers, key_marks, ordinals, page, signs, stems)
    for name, scan in vars(module).items()
    if isinstance(scan, Scan)
} | {f"{site.name} {kind.reason} {kind.long}": kind.pattern for site in SITES for kind in site.lines}

LINE_STARTS = {
    f"{module.__name__} {name}": start
    for module in vars(rules).values()
    for name, start in (vars(module).items() if isinstance(module, ModuleType) else ())
    if isinstance(start, LineStart)
}


def texts() -> list[str]:
    found = [p.read_bytes().decode("utf-8", "replace") for p in sorted((HERE.parent / "samples").glob("*.txt"))]
    for path in sorted((HERE / "cases" / "layout").glob("*.toml")):
        found += [case["text"] for case in tomllib.loads(path.read_text("utf-8"))["case"] if "text" in case]
    dice = random.Random(3)
    signs = "\n\n  1230.、)(（:：ABCDEa[]【】_√×*#①②一二三第题章节卷部分答案解析参考正确单选材料阅读根据难度"
    found += ["".join(dice.choices(signs, k=400)) for _ in range(200)]
    return [fold(text) for text in found]


@pytest.mark.parametrize("name", SCANS)
def test_scan_finds_what_finditer_finds(name: str) -> None:
    scan = SCANS[name]
    pattern = re.compile(scan.pattern)
    for text in texts():
        found = [m.regs for m in pattern.finditer(text)]
        assert [m.regs for m in scan.finditer(text)] == found
        for at in (0, 7, len(text) // 2):
            first, ours = pattern.search(text, at), scan.search(text, at)
            assert (first and first.regs) == (ours and ours.regs)


@pytest.mark.parametrize("pattern", ["a?", "(?:a|b*)", ""])
def test_a_pattern_that_can_match_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="match nothing"):
        list(Scan(pattern).finditer("a"))


@pytest.mark.parametrize(
    "pattern",
    [
        "[^b]a", r"\n?a", ".a", r"(?:^|(?<=\n))[ ]*a|\nb", r"(?:^|(?<=\n))(?:a|b)|c(?:a|$)", r"\D\d|^b",
        r"(?:a|(?:^|(?<=\n))b)|[|)(]c|(?:\|b)(?:c|a)",
    ],
)
def test_a_pattern_that_can_begin_with_anything_or_a_line_feed(pattern: str) -> None:
    for text in ("", "a", "\na\n\nb a\n  a\nb1ca\nc", "cab1\n\na b", "(c|bc\n|ba)c b\nb"):
        assert [m.span() for m in Scan(pattern).finditer(text)] == [m.span() for m in re.finditer(pattern, text)]


def test_a_match_that_opens_a_line_and_one_that_does_not() -> None:
    scan = Scan(r"(?:^|(?<=\n))[ *]*(?:A|(?P<b>B))|(?<= )C")
    assert [m.span() for m in scan.finditer("* A\n  B A C\n\nC\n A")] == [(0, 3), (4, 7), (10, 11), (15, 17)]


@pytest.mark.parametrize("name", LINE_STARTS)
def test_line_start_finds_what_finditer_finds(name: str) -> None:
    start = LINE_STARTS[name]
    pattern = re.compile(f"^(?:{start.pattern})", re.M)
    for text in texts():
        assert [m.end() for m in start.finditer(text)] == [m.end() for m in pattern.finditer(text)]


@pytest.mark.parametrize("name", [f"{site.name} {kind.reason} {kind.long}" for site in SITES for kind in site.lines if not kind.edge])
def test_one_scan_of_a_page_finds_every_line_that_a_search_finds(name: str) -> None:
    anywhere = tuple(kind.pattern.pattern for site in SITES for kind in site.lines if not kind.edge)
    said = ["版权声明", "第3页 共8页", "以上内容第2页,共5页", "3/12", "还剩 4 页", "这份提纲 本文关键词:提纲", "相关文档", "精品文档"]
    for text in [*texts(), "\n".join([*said, *(f"1.{line}" for line in said)])]:
        rows = [row for line in text.split("\n") if (row := line.strip())]
        assert {k for k, row in enumerate(rows) if SCANS[name].search(row)} <= _lines_that_say(anywhere, rows)


def test_what_begins_a_pattern_is_told_by_one_class() -> None:
    pattern = r"(?!计算)(?:单选题?|计算题)[ :]*|题型 ?: ?\S"
    for text in ("单选题: 甲", "计算题", "题型:乙", "下列", "", "单"):
        first, plain = begun(pattern).match(text), re.compile(pattern).match(text)
        assert (first and first.regs) == (plain and plain.regs)
    with pytest.raises(ValueError, match="can match nothing"):
        begun("a?")


def test_ten_digits_stand_for_any_outside_and_inside_a_class() -> None:
    assert ten_digits(r"\d{1,3}(?<![\d.])\\d[^\]\d]") == r"[0-9]{1,3}(?<![0-9.])\\d[^\]0-9]"
