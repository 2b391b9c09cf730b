"""Choices behind the tag of a form site in running text (表单题型标记): ...检查一次 [单选题] * A每月(正确答案) B每年 2. ...

A site for forms prints the type and a star behind each stem, and the choices on lines of their own, often with a bare letter or none.
Where a page has lost its lines, the tag and the star still tell where the choices begin; they end before the next number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .markers import OPT, SPACE, Candidate
from .question_types import TAG_WORDS
from .run_on import RUN_ON

_TAG = re.compile(rf"[(\[](?:{TAG_WORDS})[)\]] ?[*](?![*]) ?")
_ENDS = re.compile(r" \d{1,3} ?[.、](?!\d)| (?:答案)?解析 ?:| *\Z")
_LETTERED = re.compile(r"A ?[.、:)]|[(\[]A[)\]]|[○□◯☐]")
_BARE = re.compile(r"(?<![A-Za-z])[A-H](?![A-Za-z.、:)])")
_BLANK = re.compile(r"(?<=\S) (?=\S)(?!(?<=[A-Za-z] )[A-Za-z])")
_LEAST = 3  # tags of a page
_FARTHEST = 400  # from the tag to its last choice


def _choices(folded: str) -> Iterator[tuple[int, int]]:
    """Where the choices behind each tag begin, and where at the latest they end."""
    tags = list(_TAG.finditer(folded)) if folded.count("*") >= _LEAST else []
    if len(tags) >= _LEAST:
        for m, stop in zip(tags, [*(t.start() for t in tags[1:]), len(folded)], strict=True):
            if not _LETTERED.match(folded, m.end()):
                yield m.end(), min(stop, m.end() + _FARTHEST)


def choice_blanks(folded: str) -> Iterator[int]:
    """The blanks before choices without a letter."""
    for start, stop in _choices(folded):
        if not _BARE.match(folded, start) and (end := _ENDS.search(folded, start - 1, stop)):
            yield start - 1
            yield from (m.start() for m in _BLANK.finditer(folded, start, end.start()))


def bare_labels(folded: str) -> Iterator[Candidate]:
    """The letters without a sign that count on from the A behind a tag."""
    for start, stop in _choices(folded):
        found = [start] if folded.startswith("A", start) and _BARE.match(folded, start) else []
        for m in _BARE.finditer(folded, start + 1, stop) if found else ():
            if ord(m[0]) - 65 == len(found) and "\n" not in folded[found[-1] : m.start()]:
                found.append(m.start())
        if len(found) > 1:
            yield from (Candidate(at, at + 1, OPT, k, RUN_ON, SPACE) for k, at in enumerate(found))
