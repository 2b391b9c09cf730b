"""The account of every character (字符去向): blocks that cover the reading text, in order, without overlap; and the ledger's ids."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from .chrome import Split
from .documents import Plan
from .ledger import Patched
from .model import Block, Document, Extraction, Reading, Repair

What = tuple[str, str | None, int | None, int | None]  # role, reason, document, question
Claim = tuple[int, int, What]  # start, end
_UNCLAIMED: What = ("unclaimed", "no rule claimed this text", None, None)
_PLACE = itemgetter(0, 1)


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
    claims += [(s, e, ("chrome", reason, None, None)) for s, e, reason in pages.chrome]
    claims.sort(key=_PLACE)
    found: list[Claim] = []  # in the source, without overlap or gap
    at = 0
    to_source = patched.to_source
    # chrome lines lie inside other claims: they cut them in two
    for claimed, claimed_end, what in _flat(claims):
        start, end = to_source(claimed), to_source(claimed_end)
        if start < at:
            start = at
        if end <= start:
            continue
        if start > at:
            if text[at:start].strip():
                found.append((at, start, _UNCLAIMED))
            elif found:
                found[-1] = (found[-1][0], start, found[-1][2])
            else:
                start = at
        if found and found[-1][2] == what:
            found[-1] = (found[-1][0], end, what)
        else:
            found.append((start, end, what))
        at = end
    if at < len(text):
        if text[at:].strip():
            found.append((at, len(text), _UNCLAIMED))
        elif found:
            found[-1] = (found[-1][0], len(text), found[-1][2])
        else:
            found.append((at, len(text), ("unclaimed", "blank", None, None)))
    return [Block(start, end, *what) for start, end, what in found]


def _flat(claims: list[Claim]) -> list[Claim]:
    """Claims without overlap: where two overlap, the inner (later begun) one cuts the outer."""
    out: list[Claim] = []
    open_: list[Claim] = []
    for claim in [*claims, (sys.maxsize, sys.maxsize, _UNCLAIMED)]:  # the last one closes all others
        at = claim[0]
        while open_ and open_[-1][1] <= at:
            start, end, what = open_.pop()
            if start < end:
                out.append((start, end, what))
            if open_ and open_[-1][0] < end:
                _, outer_end, outer = open_.pop()
                if end < outer_end:
                    open_.append((end, outer_end, outer))
        if open_ and open_[-1][0] < at:
            start, end, what = open_[-1]
            out.append((start, at, what))
            open_[-1] = (at, end, what)
        open_.append(claim)
    out.sort(key=_PLACE)
    return out


def _claims(plan: Plan, d: int) -> list[Claim]:
    piece = plan.piece
    by = piece.start
    claims: list[Claim] = [(s, e, ("title", None, d, None)) for s, e in piece.title_spans]
    questions = plan.document.questions
    if not questions:
        return [(piece.start, piece.end, ("body", "no question in this document", d, None)), *claims]
    roles = {"head": "note", "note": "note", "heading": "heading", "instruction": "instruction", "number": "number"}
    for start, end, role in plan.outline.roles:
        claims.append((start + by, end + by, (roles[role], "before the first heading or question" if role == "head" else None, d, None)))
    for material in plan.outline.materials:
        claims += [(s + by, e + by, ("material", None, d, None)) for s, e in material.spans]
    for key in plan.outline.keys:
        claims.append((key.span[0] + by, key.span[1] + by, ("key", "answer key", d, None)))
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
            claims += [(s + by, e + by, ("instruction", "numbered, but no question", d, None)) for s, e in spans if s < e]
    for k, b in enumerate(plan.builds):
        draft = b.draft
        if draft.mark[0] < draft.mark[1] and draft.action != "start":
            claims.append((draft.mark[0] + by, draft.mark[1] + by, ("number", None, d, k)))
        for role, held in (("stem", draft.stem), ("answer", draft.answers), ("explanation", draft.explanations),
                           ("commentary", draft.commentaries)):
            for s, e in held:
                if s < e:
                    claims.append((s + by, e + by, (role, None, d, k)))
        what = ("option", None, d, k)
        for _, _, mark, span in () if draft.shares_options else draft.options:
            claims.append((mark[0] + by, (span[1] if span[1] > mark[1] else mark[1]) + by, what))
        for style, (s, e) in draft.notes:
            if s < e:
                claims.append((s + by, e + by, ("note", style, d, k)))
        for role, (s, e) in draft.cues:
            if s < e:
                claims.append((s + by, e + by, (role, None, d, k)))
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
