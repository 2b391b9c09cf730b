"""Line breaks that the container knows for wraps (版面折行): a blank in the folded text, but before what opens a part of a question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .model import Mark

_OPENS = re.compile(
    r"\s*(?:[(\[]?(?:\d{1,4}|[A-Ja-j]|[一二三四五六七八九十]{1,3}) ?[.、)\]:](?!\d)|[①-⑳]|第 ?[一二三四五六七八九十\d]+ ?[章节部卷篇题套]"
    r"|\[?(?:(?:参考|正确|标准)?答案|解析|答|分析|难度|知识点|考点|题目|试题|材料|案例)\]? ?[:\]一二三\d]|例 ?\d"
    r"|(?:(?:参考|正确|标准|试题|题目|本题|习题)?(?:答案|解析|答案解析)|[我你您]的答案)[ :]*(?:\n|$))"
)

_RUNS_ON = 3  # wraps in a row


def breaks(marks: Iterable[Mark]) -> list[int]:
    """Where the line feeds stand that only wrap a line."""
    return [m.start for m in marks if m.kind == "wrap"]


def without_wraps(folded: str, marks: Iterable[Mark]) -> str:
    """The folded text with its paragraphs whole; ``marks`` are in its offsets.

    What opens a part of a question opens a line of its own, unless the paragraph runs on for lines: a page without lines, printed.
    """
    pieces: list[str] = []
    at, run, below = 0, 0, -1  # wraps in a row; where the line below the last one begins
    for k in breaks(marks):
        run = run + 1 if folded.find("\n", below, k) < 0 else 1
        below = k + 1
        if folded[k : k + 1] == "\n" and (run > _RUNS_ON or not _OPENS.match(folded, k + 1)):
            pieces += folded[at:k], " "
            at = k + 1
    return "".join([*pieces, folded[at:]]) if at else folded
