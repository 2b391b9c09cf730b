"""One question on its way out of the bank (导出行), and the plain item that every quiz format is made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from extract.model import Question, Source

from .text import BLANK, alternatives, answer_text

Shape = Literal["single", "multiple", "judge", "blank", "blanks", "open"]
Lost = Counter[str]
"""How often a format could not carry something, by the code of ``kb.export.loss.LOSSES``."""

JUDGED = {"对": True, "正确": True, "√": True, "错": False, "错误": False, "×": False}


@dataclass(frozen=True, slots=True)
class Row:
    """A question with where it stands: its source, the title of its document and its place there.

    ``id`` is the bank's own and never written: the same questions give the same bytes whatever the run. ``read_at`` (ISO 8601) is
    when the bank read the page.
    """

    source: Source
    title: str | None
    question: Question
    id: int = 0
    licence: str | None = None
    read_at: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of an item: its label, text, and whether it is a right one."""

    label: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A question as quiz programs see it (试题): one shape, one prompt, and the key in the form that the shape wants.

    ``blanks`` holds for every blank the answers that are accepted; ``truth`` the key of a judgement; ``reference`` the model
    answer of an open question. ``answered`` is false where the source prints no key that fits the shape.
    """

    shape: Shape
    material: str | None
    stem: str
    choices: tuple[Choice, ...] = ()
    truth: bool | None = None
    blanks: tuple[tuple[str, ...], ...] = ()
    reference: str | None = None
    explanation: str | None = None
    answered: bool = False


def item(question: Question, lost: Lost) -> Item:
    """The item of a question; what does not fit is counted in ``lost``."""
    q = question
    notes = notes_of(q) or None
    if q.type == "true_false" or isinstance(q.answer, bool):
        truth = q.answer if isinstance(q.answer, bool) else JUDGED.get(q.answer or "") if not isinstance(q.answer, tuple) else None
        return Item("judge", q.material, q.stem, truth=truth, explanation=notes, answered=truth is not None)
    if len(q.options) >= 2 and (isinstance(q.answer, tuple) or q.answer is None):
        key = set(q.answer or ())
        if key - {o.label for o in q.options}:
            lost["answer_names_no_option"] += 1
            key = set()
        several = len(key) > 1 or q.type in ("multiple_choice", "indefinite_choice")
        choices = tuple(Choice(o.label, o.text, o.label in key) for o in q.options)
        return Item("multiple" if several else "single", q.material, q.stem, choices, explanation=notes, answered=bool(key))
    if q.type == "fill_blank" and isinstance(q.answer, tuple) and q.answer:
        blanks = tuple(alternatives(a) for a in q.answer)
        if len(blanks) == 1:
            return Item("blank", q.material, q.stem, blanks=blanks, explanation=notes, answered=True)
        if len(BLANK.findall(q.stem)) == len(blanks):
            return Item("blanks", q.material, q.stem, blanks=blanks, explanation=notes, answered=True)
        lost["blanks_do_not_match"] += 1
    stem = q.stem
    if q.options:
        stem = "\n".join((stem, *(f"{o.label}. {o.text}" for o in q.options)))
    reference = answer_text(q) or None
    return Item("open", q.material, stem, reference=reference, explanation=notes, answered=reference is not None)


def notes_of(question: Question) -> str:
    """Explanation and commentary as one text, for formats that have one place for both."""
    return "\n".join(part for part in (question.explanation, question.commentary and f"点评：{question.commentary}") if part)


def unplaced(question: Question, lost: Lost, *fields: str) -> None:
    """Count the fields that the question has and the format has no place for."""
    for field in fields:
        if getattr(question, field) is not None:
            lost[f"{field}_dropped"] += 1


def prompt(item: Item, lost: Lost) -> str:
    """The stem with its material at the head, for formats without a place of its own for 共用题干."""
    if not item.material:
        return item.stem
    lost["material_folded"] += 1
    return f"{item.material}\n{item.stem}"
