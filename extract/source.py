"""From the mended text back to the source (回到原文): the spans of every question, and its fields as the whole ledger leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .ledger import Patched, patch
from .model import Document, Option, Part, Question, Repair

_PROSE = ("material", "explanation", "commentary", "answer")  # fields whose pieces are paragraphs


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
    touched = bool(q.parts) and mended.touched(min([p.start for p in q.parts]), max([p.end for p in q.parts]) + 1)
    fields: dict[str, str] = {}
    for field, start, end in q.parts:
        text = mended.text[mended.to_mended(start) : mended.to_mended(end)] if touched else mended.source[start:end]
        fields[field] = fields[field] + ("\n" if field in _PROSE else "") + text if field in fields else text
    stem = fields.get("stem", "").strip()
    options = [fields.get(f"option:{o.label}", "").strip() for o in q.options]
    material, explanation, commentary, prose = [fields.get(name, "").strip() or None for name in _PROSE]
    answer = (prose or q.answer) if isinstance(q.answer, str) else q.answer
    same = stem == q.stem and options == [o.text for o in q.options] and answer == q.answer
    if same and (material, explanation, commentary) == (q.material, q.explanation, q.commentary):
        return q
    told = tuple(Option(o.label, text, o.printed_label) for o, text in zip(q.options, options, strict=True))
    return replace(q, stem=stem, options=told, material=material, explanation=explanation, commentary=commentary, answer=answer)
