"""The lines that a page in one paragraph gets back: a break for a blank, and nothing else."""

from __future__ import annotations

from test_properties import TEXTS

from extract.fold import fold
from extract.lines_regained import with_lines


def test_only_blanks_become_breaks() -> None:
    for text in TEXTS:
        folded = fold(" ".join(text.split()))
        regained = with_lines(folded)
        assert len(regained) == len(folded)
        assert all(now == was or (was, now) == (" ", "\n") for was, now in zip(folded, regained, strict=True)), text[:60]


def test_parts_and_numbers_open_lines_together() -> None:
    page = (
        "园艺练习 Part A 选择题 1. 菊花多在（ ）开放。 A. 秋季 B. 春季 2. 荷花生于（ ）。 A. 水中 B. 沙漠 "
        "Part B 简答题 3. 简述浇花的要点。 4. 简述修剪的好处。"
    )
    lines = with_lines(fold(page)).split("\n")
    assert [line[:6] for line in lines] == ["园艺练习", "Part A", "1. 菊花多", "2. 荷花生", "Part B", "3. 简述浇", "4. 简述修"]


def test_a_page_with_lines_stays_as_it_is() -> None:
    folded = fold("一、单选题\n1. 菊花多在（ ）开放。 A. 秋季 B. 春季\n2. 荷花生于（ ）。\nA. 水中 B. 沙漠\n")
    assert with_lines(folded) == folded
