"""Doubts about every question (存疑标记): a table of small checks that look at meaning, after all fields are settled.

A check about the source states what is odd about the page itself and stays true however well the page was read; a check about the
reading says where we may have read it wrong. ``docs/flags.md`` lists them all.
"""

from __future__ import annotations

from dataclasses import replace

from ..documents import Plan
from ..model import Document, Flag
from . import answers, inside_stems, options, page, runs, stems, strays
from .look import Check, Look, looks

CHECKS: tuple[Check, ...] = (
    *options.READING, *inside_stems.READING, *stems.READING, *answers.READING, *runs.READING, *strays.READING,
    *options.SOURCE, *stems.SOURCE, *answers.SOURCE, *page.SOURCE, *runs.SOURCE, runs.REST,
)


def check(plan: Plan, document: Document) -> Document:
    """The document with every question's doubts (存疑) as flags, in the order of the table; ``plan`` says how it was read."""
    if not document.questions:
        return document
    seen: list[tuple[Look, list[Flag]]] = [(look, []) for look in looks(plan, document)]
    for c in CHECKS:  # one check of all questions, then the next: its pattern stays in the processor's cache
        if c is runs.REST:
            _doubt_the_rest(seen)
        for look, flags in seen:
            if (message := c.find(look)) is not None:
                flags.append(Flag(c.code, c.about, message))
    return replace(document, questions=tuple(replace(look.q, flags=tuple(flags)) if flags else look.q for look, flags in seen))


def _doubt_the_rest(seen: list[tuple[Look, list[Flag]]]) -> None:
    """Notes on the questions that nothing is said of how many of their section are doubted, where these are two and half of it."""
    sections: dict[int, list[tuple[Look, bool]]] = {}
    for look, flags in seen:
        sections.setdefault(look.build.draft.section, []).append((look, any(f.about == "reading" for f in flags)))
    for held in sections.values():
        doubted = sum(doubt for _, doubt in held)
        if 2 <= doubted < len(held) <= 2 * doubted:
            for look, doubt in held:
                look.doubted = None if doubt else (doubted, len(held))


__all__ = ["CHECKS", "Check", "check"]
