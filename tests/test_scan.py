"""A scan gives what the engine gives: on every sample, every case, and texts made of nothing but the characters of marks."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

import pytest

from extract import markers
from extract.fold import fold
from extract.scan import Scan

HERE = Path(__file__).parent
SCANS = {name: scan for name, scan in vars(markers).items() if isinstance(scan, Scan)}


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
        assert [m.regs for m in scan.finditer(text)] == [m.regs for m in pattern.finditer(text)]


@pytest.mark.parametrize("pattern", ["a?", "(?:a|b*)", r"[^b]a", r"\n?a", ".a"])
def test_a_pattern_that_can_begin_anywhere_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="begin anywhere"):
        list(Scan(pattern).finditer("a"))


def test_a_match_that_opens_a_line_and_one_that_does_not() -> None:
    scan = Scan(r"(?:^|(?<=\n))[ *]*(?:A|(?P<b>B))|(?<= )C")
    assert [m.span() for m in scan.finditer("* A\n  B A C\n\nC\n A")] == [(0, 3), (4, 7), (10, 11), (15, 17)]
