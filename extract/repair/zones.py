"""Where a repair must not go (禁改区): items whose mistake is the question."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

# An item that asks about characters, sounds or faulty sentences: its damage is its content.
ASKING = re.compile(
    "错别字|别字|错字|字形|字音|读音|注音|拼音|加点|语病|病句|书写|笔画|笔顺|偏旁|部首|同音字|形近字|多音字|词形|通假|"
    "成语.{0,8}(?:有误|错误|正确|恰当)|没有错误的|发音|音标|改错"
)
_ITEM = re.compile(r"(?m)^[ \t\u3000]*[(（【第]?\s*\d{1,4}\s*[)）】题]?\s*[.、．:：)）]")
_LONG = 400      # a line longer than this is a flattened page: the item is a window, not a line
_REACH = 1200    # options of such an item end before this many characters


class Zones:
    """The no-touch spans of a text, merged and in order; found when first asked for."""

    def __init__(self, text: str, closed: tuple[tuple[int, int], ...] = ()) -> None:
        self._text = text
        self._closed = closed

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The spans, in order and without overlap."""
        text = self._text
        found = list(self._closed)
        reached = 0
        for match in ASKING.finditer(text):
            if match.start() < reached:
                continue
            start = text.rfind("\n", 0, match.start()) + 1
            if match.start() - start > _LONG:
                start = match.start() - 200
            line_end = text.find("\n", match.end())
            if line_end < 0 or line_end - start > _LONG:
                line_end = match.end()
            limit = min(len(text), match.end() + _REACH)
            following = _ITEM.search(text, line_end, limit)
            reached = following.start() if following else limit
            found.append((start, reached))
        found.sort()
        merged: list[tuple[int, int]] = []
        for start, end in found:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def holds(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` touches a no-touch span."""
        spans = self.spans
        k = bisect_right(spans, (end, 0)) - 1
        return k >= 0 and spans[k][1] > start and spans[k][0] < max(end, start + 1)
