"""The account of every character (字符去向): blocks that cover the reading text, in order, without overlap; and the ledger's ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .chrome import Split
from .documents import Plan
from .ledger import Patched
from .model import Block, Document, Extraction, Reading, Repair

Claim = tuple[int, int, str, str | None, int | None, int | None]  # start, end, role, reason, document, question


def account(
    reading: Reading, patched: Patched, pages: Split, plans: Sequence[Plan], documents: tuple[Document, ...], ledger: Iterable[Repair]
) -> Extraction:
    """Puts the extraction together: blocks from all claims, entries numbered in the order of the text, questions told their entries."""
    ordered = sorted(ledger, key=lambda r: (r.start, r.end, not r.applied, r.rule))
    numbered = tuple(replace(r, id=k + 1) for k, r in enumerate(ordered))
    return Extraction(
        reading.source, reading.text, tuple(_blocks(reading.text, patched, pages, plans)), numbered, _with_repairs(documents, numbered)
    )


def _blocks(text: str, patched: Patched, pages: Split, plans: Sequence[Plan]) -> list[Block]:
    claims: list[Claim] = []
    for d, plan in enumerate(plans):
        claims += _claims(plan, d)
    claims += [(s, e, "chrome", reason, None, None) for s, e, reason in pages.chrome]
    claims.sort(key=lambda c: (c[0], c[1]))
    found: list[Claim] = []  # in the source, without overlap or gap
    at = 0
    # chrome lines lie inside other claims: they cut them in two
    for claim in _flat(claims):
        start, end = max(patched.to_source(claim[0]), at), patched.to_source(claim[1])
        if end <= start:
            continue
        if start > at:
            if text[at:start].strip():
                found.append((at, start, "unclaimed", "no rule claimed this text", None, None))
            elif found:
                found[-1] = (found[-1][0], start, *found[-1][2:])
            else:
                start = at
        if found and found[-1][2:] == claim[2:]:
            found[-1] = (found[-1][0], end, *claim[2:])
        else:
            found.append((start, end, *claim[2:]))
        at = end
    if at < len(text):
        if found and not text[at:].strip():
            found[-1] = (found[-1][0], len(text), *found[-1][2:])
        else:
            found.append((at, len(text), "unclaimed", "no rule claimed this text" if text[at:].strip() else "blank", None, None))
    return [Block(*claim) for claim in found]


def _flat(claims: list[Claim]) -> list[Claim]:
    """Claims without overlap: where two overlap, the inner (later begun) one cuts the outer."""
    out: list[Claim] = []
    stack: list[Claim] = []

    def close(until: int) -> None:
        while stack and stack[-1][1] <= until:
            done = stack.pop()
            if done[0] < done[1]:
                out.append(done)
            if stack and stack[-1][0] < done[1]:
                top = stack.pop()
                if done[1] < top[1]:
                    stack.append((done[1], *top[1:]))

    for claim in claims:
        close(claim[0])
        if stack and stack[-1][0] < claim[0]:
            top = stack[-1]
            out.append((top[0], claim[0], *top[2:]))
            stack[-1] = (claim[0], *top[1:])
        stack.append(claim)
    close(max((c[1] for c in claims), default=0))
    out.sort(key=lambda c: (c[0], c[1]))
    return out


def _claims(plan: Plan, d: int) -> list[Claim]:
    piece = plan.piece
    by = piece.start
    claims: list[Claim] = [(s, e, "title", None, d, None) for s, e in piece.title_spans]
    questions = plan.document.questions
    if not questions:
        return [(piece.start, piece.end, "body", "no question in this document", d, None), *claims]
    roles = {"head": "note", "note": "note", "heading": "heading", "instruction": "instruction", "number": "number"}
    for start, end, role in plan.outline.roles:
        claims.append((start + by, end + by, roles[role], "before the first heading or question" if role == "head" else None, d, None))
    for material in plan.outline.materials:
        claims += [(s + by, e + by, "material", None, d, None) for s, e in material.spans]
    for key in plan.outline.keys:
        claims.append((key.span[0] + by, key.span[1] + by, "key", "answer key", d, None))
    kept = {id(b.draft) for b in plan.builds}
    for draft in plan.outline.drafts:
        if id(draft) not in kept:
            spans = [
                draft.mark,
                *draft.stem,
                *(o[2] for o in draft.options),
                *(o[3] for o in draft.options),
                *draft.answers,
                *draft.explanations,
            ]
            claims += [(s + by, e + by, "instruction", "numbered, but no question", d, None) for s, e in spans if s < e]
    for k, b in enumerate(plan.builds):
        draft = b.draft
        if draft.mark[0] < draft.mark[1] and draft.action != "start":
            claims.append((draft.mark[0] + by, draft.mark[1] + by, "number", None, d, k))
        claims += [(s + by, e + by, "stem", None, d, k) for s, e in draft.stem if s < e]
        for _, _, mark, span in () if draft.shares_options else draft.options:
            claims.append((mark[0] + by, max(mark[1], span[1]) + by, "option", None, d, k))
        claims += [(s + by, e + by, "answer", None, d, k) for s, e in draft.answers if s < e]
        claims += [(s + by, e + by, "explanation", None, d, k) for s, e in draft.explanations if s < e]
        claims += [(s + by, e + by, "commentary", None, d, k) for s, e in draft.commentaries if s < e]
        claims += [(s + by, e + by, "note", style, d, k) for style, (s, e) in draft.notes if s < e]
        claims += [(s + by, e + by, role, None, d, k) for role, (s, e) in draft.cues if s < e]
    return claims


def _with_repairs(documents: tuple[Document, ...], ledger: tuple[Repair, ...]) -> tuple[Document, ...]:
    if not ledger:
        return documents
    starts = [r.start for r in ledger]
    out = []
    for document in documents:
        questions = []
        for q in document.questions:
            spans = [q.span, *((p.start, p.end) for p in q.parts if p.field != "material" and not q.span[0] <= p.start < q.span[1])]
            ids: set[int] = set()
            for start, end in spans:
                k = bisect_left(starts, start)
                while k < len(ledger) and ledger[k].start < end:
                    ids.add(ledger[k].id)
                    k += 1
            questions.append(replace(q, repairs=tuple(sorted(ids))))
        out.append(replace(document, questions=tuple(questions)))
    return tuple(out)
