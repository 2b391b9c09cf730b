"""The two words to choose from, glued to a statement (对错): 鲸是鱼类。对错 答案：错."""

from __future__ import annotations

import re

from .builds import Build
from .stem import FALSE_WORDS, TRUE_WORDS, without

_BOTH = re.compile(r"(?:[○◯□☐ ]*(?:对|正确|√)[、/ ]*[○◯□☐]? ?(?:错误?|×)) *$")
_WORDS = TRUE_WORDS | FALSE_WORDS  # A. 对 / B. 错 may follow, too
_STOPS = ".。,，;；)）?？!！_ \n"
_LEAST = 3
_LONGEST = 16  # characters of the two words, their rings and the blanks behind them


def without_both_words(folded: str, builds: list[Build]) -> None:
    """Takes the words off the stems that end in them: where they stand behind so many stops, behind other words too."""
    open_ones = [b for b in builds if b.stem.spans and all(folded[s[0][0] : s[-1][1]].strip() in _WORDS for *_, s in b.options)]
    found = [(b, m) for b in open_ones if (m := _last_words(folded, *b.stem.spans[-1])) and m.start() > b.stem.spans[0][0]]
    if sum(folded[m.start() - 1] in _STOPS for _, m in found) >= _LEAST:
        for b, m in found:
            b.stem.spans = without(b.stem.spans, m.span())


def _last_words(folded: str, start: int, end: int) -> re.Match[str] | None:
    return _BOTH.search(folded, max(start, end - _LONGEST), end)
