"""The fields of a question that a person can edit (可编辑字段): as JSON values, as text, and as the smallest change of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from extract.ledger import Patched
from extract.model import Option, Question
from extract.wire import answer_from_json, answer_to_json


class DecisionError(Exception):
    """A decision does not fit this reading; the message is one sentence."""


def smallest(mended: Patched, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The smallest change of the source that makes the part read ``new``; the whole part where repairs lie inside the change."""
    low, high = mended.to_mended(start), mended.to_mended(end)
    old = mended.text[low:high]
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, last = mended.to_source(low + head), mended.to_source(high - tail)
    if mended.touched(first, last + 1) or mended.touched(max(0, first - 1), last) or last < first:
        return start, end, new
    return first, last, new[head : len(new) - tail]


def as_text(value: Any) -> str:
    """The JSON value of a field as the text that stands for it on a page."""
    if isinstance(value, bool):
        return "√" if value else "×"
    if isinstance(value, list):
        return "".join(value) if all(len(v) == 1 for v in value) else "；".join(value)
    return "" if value is None else str(value)


LABELS = {
    "answer": "答案", "explanation": "解析", "material": "材料", "commentary": "点评", "type": "题型", "score": "分值", "number": "题号",
}
# What can be edited, and how a JSON value becomes the field; ValueError and TypeError there become a sentence.
FIELDS: dict[str, Callable[[Any], Any]] = {
    "stem": str,
    "material": lambda v: v if v is None else str(v),
    "answer": answer_from_json,
    "explanation": lambda v: v if v is None else str(v),
    "commentary": lambda v: v if v is None else str(v),
    "type": lambda v: v if v is None else str(v),
    "number": lambda v: v if v is None else int(v),
    "score": lambda v: v if v is None else float(v),
}


def get_field(q: Question, field: str) -> Any:
    """A field, or ``option:A``, in its JSON form."""
    if field.startswith("option:"):
        return next((o.text for o in q.options if o.label == field[7:]), None)
    value = getattr(q, field)
    return answer_to_json(value) if field == "answer" else value


def set_field(q: Question, field: str, value: Any) -> Question:
    """The question with another value in a field. DecisionError where the value cannot stand there."""
    if field.startswith("option:"):
        if not any(o.label == field[7:] for o in q.options):
            raise DecisionError(f"the question has no option {field[7:]}")
        return replace(q, options=tuple(Option(o.label, str(value), o.printed_label) if o.label == field[7:] else o for o in q.options))
    try:
        return replace(q, **{field: FIELDS[field](value)})
    except (TypeError, ValueError) as problem:
        raise DecisionError(f"{value!r} is no {field}") from problem
