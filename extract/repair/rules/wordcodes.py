"""Field codes of a word processor printed as text (域代码): PAGE, NUMPAGES, HYPERLINK, EMBED, MERGEFORMAT."""

from __future__ import annotations

import re

from ..rule import Find, Page, Rule, each, put

_PAGES = re.compile(r"(?:第PAGE|PAGE)(?:PAGE)?[ ]*\d{0,4}[ ]*页[ ]*[,，/]?[ ]*共[ ]*NUMPAGES(?:NUMPAGES)?[ ]*\d{0,4}[ ]*页")
_TWICE = re.compile(r"(?:PAGE[ ]?PAGE|PAGE[ ]*\\\*[ ]*MERGEFORMAT)[ ]*(\d*)[ ]*")
_YEAR = re.compile(r"(?:19|20)\d\d(?=[年\u4e00-\u9fff/-])")
_NUMBER = re.compile(r"(?:^|(?<=\n))[ ]*(\d{1,3})[ ]?[.、．]")
_NUMBERS = re.compile(r"[.、．](?!\d)")
_REACH = 2000  # how far before a page number the number of the last question may stand
_CONTENTS = re.compile(r"TOC[ ]+(?:\\[a-z][ ]*(?:[\"“][^\"”\n]{0,20}[\"”])?[ ]*){1,6}")
_LINK = re.compile(r"HYPERLINK[ ]+(?:\\l[ ]+)?[\"“][^\"”\n]{1,200}[\"”](?:[ ]*\\[a-z](?:[ ]+\"[^\"\n]*\")?)*[ ]?")
_EMBED = re.compile(r"EMBED[ ]+Equation\.(?:3|DSMT4|KSEE3)[ ]*(?:\\\*[ ]*MERGEFORMAT)?[ ]?|\\\*[ ]*MERGEFORMAT[ ]?")


def _twice(page: Page, match: re.Match[str]) -> Find | None:
    """The page number stops where a year (``PAGEPAGE12025公路``) or the next question's number (``PAGEPAGE 22. 下列``) begins."""
    digits, end = match[1], match.end()
    if digits and _NUMBERS.match(page.text, match.end(1)):
        numbers = _NUMBER.findall(page.text, max(0, match.start() - _REACH), match.start())
        coming = str(int(numbers[-1]) + 1) if numbers else "1"
        if not digits.endswith(coming):
            return None
        end = match.end(1) - len(coming)
    elif digits:
        tail = page.text[match.start(1) : match.end() + 1]
        year = next((m for i in range(len(digits)) if (m := _YEAR.match(tail, i)) and m.end() <= len(digits)), None)
        if year:
            end = match.start(1) + year.start()
    return Find(match.start(), end, "", "Word 的页码域代码")


def _embed(page: Page, match: re.Match[str]) -> Find:
    return Find(match.start(), match.end(), "[公式]" if match[0].startswith("EMBED") else "", "Word 的公式域代码，公式本身已失")


RULES = (
    Rule("fieldcode-page", "fieldcode", "page", 0.985, "the doubled code word", "Word field PAGE as converters print it",
         each(_TWICE, _twice), chars=frozenset("P"), structural=True),
    Rule("fieldcode-pages", "fieldcode", "page", 0.99, "第 PAGE 页 共 NUMPAGES 页", "Word fields PAGE and NUMPAGES",
         each(_PAGES, put("", "Word 的页码域代码")), chars=frozenset("P"), structural=True),
    Rule("fieldcode-link", "fieldcode", "page", 0.98, "the code word and its quoted target", "Word field HYPERLINK",
         each(_LINK, put("", "Word 的超链接域代码")), chars=frozenset("H"), structural=True),
    Rule("fieldcode-contents", "fieldcode", "page", 0.98, "the code word and its switches", "Word field TOC",
         each(_CONTENTS, put("", "Word 的目录域代码")), chars=frozenset("T"), structural=True),
    Rule("fieldcode-embed", "fieldcode", "page", 0.98, "the code word and its class", "Word field EMBED",
         each(_EMBED, _embed), chars=frozenset("EM"), structural=True),
)
