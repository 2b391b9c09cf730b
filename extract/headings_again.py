"""Headings that a document prints again (标题重印): above the answers of its key, chapter by chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .markers import KEY, SEC, Candidate

_HEADING = re.compile(r"[(\[]?[^\n(\[:。]{2,24}")  # a heading without its notes
_FIRST_WORDS = re.compile(r"[^\n\d]*\n*[ (\[第]*\d{0,3}[)\].、题 ]*([^\n]{1,10})")  # of the first question, or answer, below it
PARTS = frozenset({"章", "节", "卷", "单元", "篇", "套", "paper"})  # each may have sections of the same names
_NAMED = ("ord", "(ord)", "inline", "部分")  # the styles of headings that name a section


def answered_again(folded: str, found: list[Candidate]) -> Iterator[int]:
    """The headings that a key prints once more above its answers: 三、填空题, and below it another text than the first time."""
    above: dict[str, str] = {}
    volumes: dict[str, str] = {}  # 第Ⅰ卷, 第Ⅱ卷: each holds sections of its own
    keyed = False
    for i, c in enumerate(found):
        if c.kind == KEY and c.style != "list":
            keyed = bool(above or volumes)
        elif c.kind == SEC and c.style.startswith((*_NAMED, "卷")):
            words = _FIRST_WORDS.match(folded, c.end)
            name, below = name_of(folded, c), words[1] if words else ""
            if c.style == "卷" and not keyed:
                volumes[name] = below
                above.clear()
            elif c.style == "卷":
                if volumes.get(name, below) != below:
                    yield i
                else:
                    above.clear()
                    keyed = name in volumes
            elif not keyed:
                above[name] = below
            elif above.get(name, below) != below:
                yield i
        elif c.kind == SEC:
            above.clear()  # another paper, another chapter
            keyed = False


def new_headings(folded: str, found: list[Candidate]) -> Iterator[int]:
    """The headings whose words the document, or its chapter, has not printed before: they open questions rather than answers."""
    seen: set[str] = set()
    for i, c in enumerate(found):
        if c.kind != SEC:
            continue
        if c.style in PARTS:
            seen.clear()
        elif (name := name_of(folded, c)) not in seen:
            seen.add(name)
            yield i


def name_of(folded: str, c: Candidate) -> str:
    """A heading's words, without its notes and blanks."""
    title = _HEADING.match(folded, c.start)
    return title[0].replace(" ", "") if title else ""
