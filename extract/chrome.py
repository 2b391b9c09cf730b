"""What is page and what is document (页面与文档): chrome set aside with its reason, and where an appended document begins.

The page is cut into pieces: one for the main document, one for each document that the site appends after it. Chrome is whole lines only;
what was injected into the middle of a sentence is the business of ``repair``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from .appended import appended, collection
from .fold import fold
from .furniture import furniture
from .lines_regained import with_lines
from .model import Mark
from .page_lines import BLANK, STARTS_LIKE_CONTENT, Span, clean_title, title_letters, written_lines
from .printed_wraps import without_wraps
from .sites import SITES
from .titles import first_title, title_of

_LETTER = re.compile(r"[^\W_]")
_HEAD_LINES = 15
_ASKS = re.compile(rf"{BLANK.pattern}|[（【][ _]*[）】]|[？?]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of the page: its span, its clean title, its role; ``title_spans`` are the lines that state the title."""

    start: int
    end: int
    title: str | None
    role: str
    title_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """The documents of a page and the spans that are none (start, end, reason), in order."""

    pieces: tuple[Piece, ...]
    chrome: tuple[tuple[int, int, str], ...]
    folded: str  # the page's text, folded


def split(text: str, marks: tuple[Mark, ...], titles: tuple[str, ...], url: str | None) -> Split:
    """Cuts a page into chrome and documents. ``text`` is the mended text, ``marks`` are in its offsets."""
    folded = with_lines(without_wraps(fold(text), marks))
    site = next((s for s in SITES if url and any(h in url for h in s.hosts)), None)
    lines = written_lines(folded)
    if not lines:
        return Split((Piece(0, len(text), first_title(titles), "main"),), (), folded)
    chrome = sorted(furniture(folded, lines, marks, site))
    aside = {s for s, _, _ in chrome}
    kept = [line for line in lines if line[0] not in aside]
    related = next((s for s, e, reason in chrome if reason == "related documents" and any(k[0] > e for k in kept)), None)
    others = [(s, e) for s, e, reason in chrome if reason == "related questions"]
    boundaries = appended(folded, kept, related, others)
    first_end = boundaries[0][0] if boundaries else len(text)
    menu = max((s for s, e, reason in chrome if reason == "navigation" and s < first_end and (s, e) in lines[:8]), default=0)
    title, title_spans = title_of(text, folded, lines[:12], [k for k in kept if k[1] <= first_end], marks, titles, menu)
    collected = collection(folded, lines, kept, title_letters(fold(title or "")))
    if collected:  # others first, then the one that was asked for
        title_spans = [collected.pop()]
        pieces = [*_related(text, collected, title_spans[0][0]), Piece(title_spans[0][0], len(text), title, "main", tuple(title_spans))]
        pieces[0] = replace(pieces[0], start=0)
    else:
        pieces = [Piece(0, first_end, title, "main", tuple(title_spans)), *_related(text, boundaries, len(text))]
    chrome = sorted([*chrome, *_running_heads(folded, kept, title, title_spans)])
    return Split(tuple(pieces), tuple(chrome), folded)


def _related(text: str, boundaries: list[Span], until: int) -> list[Piece]:
    """The documents that begin with these title lines, one after the other."""
    ends = [*(start for start, _ in boundaries[1:]), until]
    found: list[Piece] = []
    for (start, end), stop in zip(boundaries, ends, strict=False):
        title = clean_title(text[start:end])
        found.append(Piece(start, stop, title, "related", ((start, end), *_again(text, end, stop, title))))
    return found


def _again(text: str, end: int, stop: int, title: str) -> tuple[Span, ...]:
    """The title that an appended document repeats, glued to its first words."""
    at = end
    while at < stop and text[at] in " \n\u3000\xa0":
        at += 1
    return ((at, at + len(title)),) if title and text.startswith(title, at) else ()


def _running_heads(folded: str, lines: list[Span], title: str | None, title_spans: list[Span]) -> list[tuple[int, int, str]]:
    """Lines that print the title, or a part of it, again on every page (页眉)."""
    whole = title_letters(fold(title or ""))
    if len(whole) < 4 or _ASKS.search(title or ""):  # a page named by the question that it asks
        return []
    stated = {s for s, _ in title_spans}
    seen: dict[str, list[Span]] = {}
    for start, end in lines:
        begin = folded[start]  # most lines are long or begin with a character that the title does not hold
        if end - start > 60 or (begin.isalnum() and begin.lower()[:1] not in whole) or start in stated:
            continue
        first = _LETTER.search(folded, start, end)
        if first and first[0].lower()[:1] in whole:
            bare = title_letters(folded[start:end])
            if len(bare) >= 4 and bare in whole:
                seen.setdefault(bare, []).append((start, end))
    wrapped = _on_two_lines(folded, [span for span in lines[:_HEAD_LINES] if span[1] - span[0] <= 60], whole)
    return [(s, e, "running head") for s, e in wrapped] + [
        (s, e, "running head")
        for bare, spans in seen.items()
        if bare == whole or len(spans) >= 2 or (whole.startswith(bare) and len(bare) * 5 >= len(whole) * 3)
        for s, e in spans
        if not STARTS_LIKE_CONTENT.match(folded[s:e]) and (s, e) not in wrapped
    ]


def _on_two_lines(folded: str, lines: list[Span], title: str) -> list[Span]:
    """The lines that print the letters of a title in two parts, one right below the other."""
    found: list[Span] = []
    for (start, end), below in pairwise(lines):
        first = _LETTER.search(folded, start, end)
        if first and first[0].lower() == title[0]:  # few lines go on as the title begins
            part = title_letters(folded[start:end])
            if part != title and title.startswith(part) and part + title_letters(folded[slice(*below)]) == title:
                found += [(start, end), below]
    return found
