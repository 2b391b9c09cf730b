"""What two copies of a question have in common whatever page they stand on (归一形式): letters and signs, no layout.

Width, case, punctuation and blanks are folded away, for comparing only; nothing here changes a text that is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.model import Answer, Question
from extract.wire import answer_from_json

BETWEEN_OPTIONS = " ¦ "
"""How ``questions.options_text`` joins the options (kb.store)."""

CHOICE = frozenset({"single_choice", "multiple_choice", "indefinite_choice"})
PART = "\x1f"
LETTERS = tuple(chr(ord("A") + n) for n in range(26))
DROPPED = re.compile(r"[^\w\x1f+<>=%^~|&*/#.\-−×÷±√∞≤≥≠∈∪∩∠△°℃→←↑↓]+|_+")
LOOSE_SIGNS = re.compile(r"\.(?<![0-9]\.)|\.(?![0-9])|-(?![0-9]|[a-z](?![a-z]))|[/*#~|&]+(?![0-9a-z])")
"""Layout: a dot that is not in a number, a dash that is no minus before a number or a letter that stands alone, signs at an end.

Each way begins with a sign, which is what makes the search skip all others."""

LEAST = 6
"""Fewer characters than this in stem and options together say too little to call two questions one; 2 for a term to define."""


@dataclass(frozen=True, slots=True)
class Form:
    """The folded texts of a question. ``choice``: its type is one with options, also where the page lost them.

    ``key`` is the answer where it can be compared: the places of the right options (``0,2``), or T and F; else empty.
    """

    stem: str
    options: tuple[str, ...]
    material: str
    choice: bool
    key: str = ""
    document: int = 0


def fold(text: str) -> str:
    """The letters, digits and operators of a text, in one width and case."""
    return LOOSE_SIGNS.sub("", DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold().replace("−", "-")))


def form(question: Question, document: int = 0) -> Form:
    """The form of a question of the model."""
    texts, labels = [o.text for o in question.options], [o.label for o in question.options]
    return make(question.type, question.material, question.stem, texts, labels, question.answer, document)


def make(
    type_: str | None, material: str | None, stem: str, options: list[str], labels: list[str], answer: Answer, document: int = 0
) -> Form:
    """The form of a question's fields; ``labels`` may be empty, then the options are A, B, C ..."""
    # folded together, as most of the cost is in the calls; what divides them is kept by folding, and so must not be in them
    whole = PART.join((stem, material or "", *options))
    if whole.count(PART) > len(options) + 1:
        whole = PART.join(text.replace(PART, " ") for text in (stem, material or "", *options))
    head, shared, *folded = fold(whole).split(PART)
    key = ""
    if isinstance(answer, bool):
        key = "T" if answer else "F"
    elif isinstance(answer, tuple) and folded:
        key = _places(answer, tuple(labels) or LETTERS[: len(folded)])
    return Form(head, tuple(folded), shared, type_ in CHOICE or bool(options), key, document)


@lru_cache(maxsize=4096)
def _places(answer: tuple[str, ...], labels: Sequence[str]) -> str:
    """The places of the right options, where all of them are there."""
    return ",".join(map(str, sorted(map(labels.index, answer)))) if all(a in labels for a in answer) else ""


@lru_cache(maxsize=1024)
def parse_answer(raw: str | None) -> Answer:
    """The answer as the bank keeps it (JSON), or None; nearly all are one of a few letters."""
    return None if raw is None else answer_from_json(json.loads(raw))


def telling(f: Form, type_: str | None) -> bool:
    """Whether the texts say enough to recognise the question elsewhere."""
    return len(f.stem) + sum(map(len, f.options)) >= (2 if type_ == "term_definition" else LEAST)


def number(text: str, bits: int = 63) -> int:
    """A hash of a text as a positive integer, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> (64 - bits)


def content_key(f: Form) -> int:
    """Equal for copies whose stem, options (in any order) and material are the same."""
    return number("\x1e".join((f.material, f.stem, *sorted(f.options))))
