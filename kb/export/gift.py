"""``gift``: Moodle's plain text format. https://docs.moodle.org/en/GIFT_format is the source of every sign used here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO

from .how import How
from .row import Item, Lost, Row, item, prompt, unplaced
from .text import BLANK

SPECIAL = re.compile(r"[\\~=#{}:]")


def escape(text: str) -> str:
    """A text in which nothing is a sign of the format; line breaks become ``\\n``."""
    return SPECIAL.sub(lambda found: "\\" + found.group(), text).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """One block a question, a blank line between two; a category line wherever document or section change."""
    category = None
    for number, row in enumerate(rows, 1):
        quiz = item(row.question, lost)
        if not quiz.answered and quiz.shape != "open":
            lost["skipped_unanswered"] += 1
            continue
        unplaced(row.question, lost, "score", "difficulty", "knowledge")
        here = "/".join(("$course$", *(_category(part) for part in (row.title or row.source.name, *row.question.section))))
        if here != category:
            category = here
            out.write(f"$CATEGORY: {here}\n\n".encode())
        if how.provenance:
            names = (row.source.name, row.source.url, row.licence)
            out.write(("// " + " | ".join(_one_line(n) for n in names if n) + "\n").encode())
        out.write((f"::{number:06d}::[plain]" + _block(quiz, lost) + "\n\n").encode("utf-8", "replace"))


def _block(quiz: Item, lost: Lost) -> str:
    stem = prompt(quiz, lost)
    feedback = f"####{escape(quiz.explanation)}" if quiz.explanation else ""
    if quiz.shape in ("single", "multiple"):
        right = sum(c.right for c in quiz.choices)
        if quiz.shape == "single":
            signs = ["=" if c.right else "~" for c in quiz.choices]
        else:
            signs = [f"~%{_share(right)}%" if c.right else "~%-100%" for c in quiz.choices]
        lines = [sign + escape(c.text) for sign, c in zip(signs, quiz.choices, strict=True)]
        return escape(stem) + "{\n" + "\n".join(lines) + ("\n" + feedback if feedback else "") + "\n}"
    if quiz.shape == "judge":
        return escape(stem) + "{" + ("T" if quiz.truth else "F") + feedback + "}"
    if quiz.shape == "blank":
        answers = " ".join("=" + escape(a) for a in quiz.blanks[0])
        places = list(BLANK.finditer(stem))
        if len(places) == 1 and places[0].start() > 0:
            tail = escape(stem[places[0].end() :])
            return escape(stem[: places[0].start()]) + "{" + answers + feedback + "}" + tail
        return escape(stem) + "{" + answers + feedback + "}"
    if quiz.shape == "blanks":
        lost["blanks_as_essay"] += 1
        reference = "；".join("|".join(b) for b in quiz.blanks)
    else:
        reference = quiz.reference or ""
        if not reference:
            lost["open_without_answer"] += 1
    notes = "\n".join(part for part in (reference and f"参考答案：{reference}", quiz.explanation) if part)
    return escape(stem) + "{" + (f"####{escape(notes)}" if notes else "") + "}"


def _share(right: int) -> str:
    """The part of the whole mark, in the five digits that Moodle knows (33.33333)."""
    return f"{100 / right:.5f}".rstrip("0").rstrip(".")


def _category(text: str) -> str:
    """A category's name: a slash would begin a sub-category, so it is doubled as Moodle asks."""
    return _one_line(text).replace("/", "//")


def _one_line(text: str) -> str:
    return " ".join(text.split())
