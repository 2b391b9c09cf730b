"""What a line of a page looks like (行的样子): a title, the name of a file, the beginning of a question."""

from __future__ import annotations

import re

Span = tuple[int, int]
FILE_NAME = re.compile(r"\.(?:docx?|pdf|pptx?|wps|txt)(?:VIP)?$", re.I)
STARTS_LIKE_CONTENT = re.compile(
    r"\s*(?:[A-H][.、:)]|A [^\n]+ B [^\n]|[①-⑳]|\(?\d{1,5} ?[.、:)]|(?:题目|题干|问题|试题) ?:|(?:例|题目|试题|例题|题|Question|Q|问题|单选题?|多选题?|判断题?|填空题?|简答题?) ?\d|[一二三四五六七八九十]{1,3}[.、)]|(?:[Ⅰ-Ⅻ]|[IVX]{1,4}) ?[.、)](?=[ \u4e00-\u9fff])|第 ?[一二三四五六七八九十\d]+ ?(?:小?题|題)|\(|答|\[)"  # noqa: E501
)
ENDS_LIKE_TEXT = tuple("。?!;:,，、…")
TITLED = 40
BLANK = re.compile(r"[(\[][ _]*[)\]]|_{2,}")


def written_lines(text: str) -> list[Span]:
    """The spans of the lines that say something."""
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line and not line.isspace():
            found.append((at, end))
        at = end + 1
    return found


def is_title_line(line: str) -> bool:
    """Whether a line may be the title of a document: short, no sentence, no beginning of a question."""
    return 2 < len(line) <= TITLED and not line.endswith(ENDS_LIKE_TEXT) and not STARTS_LIKE_CONTENT.match(line) and "\t" not in line

