"""From the mended text back to the source (回到原文): the spans of every question, and its fields as the whole ledger leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .ledger import Patched, patch
from .model import Document, Option, Part, Question, Repair


def to_source(patched: Patched, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents with spans and parts in the untouched reading text instead of the mended one."""
    if patched.unchanged:
        return tuple(documents)
    return tuple(replace(d, questions=tuple(_located(patched, q) for q in d.questions)) for d in documents)


def settle(text: str, documents: Iterable[Document], ledger: Iterable[Repair]) -> tuple[Document, ...]:
    """The documents with every field rendered from its parts under the applied entries of the ledger."""
    mended = patch(text, ledger)
    return tuple(replace(d, questions=tuple(_rendered(mended, q) for q in d.questions)) for d in documents)


def _located(patched: Patched, q: Question) -> Question:
    parts = tuple(Part(p.field, patched.to_source(p.start), patched.to_source(p.end)) for p in q.parts)
    return replace(q, span=(patched.to_source(q.span[0]), patched.to_source(q.span[1])), parts=parts)


def _rendered(mended: Patched, q: Question) -> Question:
    fields: dict[str, list[str]] = {}
    for p in q.parts:
        fields.setdefault(p.field, []).append(mended.text[mended.to_mended(p.start) : mended.to_mended(p.end)])

    def text(name: str, between: str = "") -> str:
        return between.join(fields.get(name, ())).strip()

    stem = text("stem")
    options = tuple(Option(o.label, text(f"option:{o.label}"), o.printed_label) for o in q.options)
    prose = [text(name, "\n") or None for name in ("material", "explanation", "commentary")]
    answer = (text("answer", "\n") or q.answer) if isinstance(q.answer, str) else q.answer
    if (stem, options, prose, answer) == (q.stem, q.options, [q.material, q.explanation, q.commentary], q.answer):
        return q
    return replace(q, stem=stem, options=options, material=prose[0], explanation=prose[1], commentary=prose[2], answer=answer)
