"""A pattern for the beginning of lines (行首扫描): searched from the line feed before them, to which the engine skips.

To search for ``(?m)^`` is to ask at every character, and to match at the beginning of each line is a call a line; a pattern whose
first character is one literal costs a nanosecond a character and a tenth of such a call a line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import chain


class LineStart:
    """What may begin a line. A match holds the line feed before the line, except at the very beginning of the text."""

    __slots__ = ("_first", "_later", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._first = re.compile(pattern, re.M).match
        self._later = re.compile(f"\n(?:{pattern})", re.M).finditer

    def finditer(self, text: str, at: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """The lines of ``text[at:end]`` that begin so, in order."""
        first = None if at else self._first(text, 0, end)
        return chain((first,), self._later(text, first.end(), end)) if first else self._later(text, at, end)

    def search(self, text: str) -> re.Match[str] | None:
        """The first line that begins so."""
        return next(self.finditer(text), None)
