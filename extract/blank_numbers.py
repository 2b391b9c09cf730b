"""Blanks that are numbered as their questions are (空号): the passage says 由 (1) 完成, below it stands (1) A. ... B. ...

The number stands right before its options, so the stem is the passage before it: where one number alone points into it, it is that
question's stem; where several do, they share it as material.
"""

from __future__ import annotations

import re

from .markers import BULLETS
from .outlined import Draft, Material, Outline, Span

_BULLET = re.compile(r"\n *[●•◆■★▲※]|(?<=[^\n]) *[●◆■](?=[^\n])")
_ONE_EACH = re.compile(r"\s*[A-H](?:[ ,、;/]{1,3}[A-H])+[\s。.]*")


def give_passages(folded: str, plan: Outline) -> None:
    """Gives the drafts without a stem of their own the passage before them that holds their number in brackets."""
    before: Draft | None = None
    k = 0
    while k < len(plan.drafts):
        draft = plan.drafts[k]
        passage = _passage(folded, plan, before, draft) if _bare(folded, draft) else None
        before = draft
        k += 1
        if passage is None:
            continue
        sharing = [draft]
        while k < len(plan.drafts) and _bare(folded, plan.drafts[k]) and _refers(folded, passage, plan.drafts[k]):
            before = plan.drafts[k]
            sharing.append(before)
            k += 1
        if len(sharing) == 1:
            draft.stem = [passage]
        else:
            plan.materials.append(Material([passage], sharing[0].number, sharing[-1].number, draft.section, used=True))
            for d in sharing:
                d.material = len(plan.materials) - 1
            _deal(folded, sharing)


def _bare(folded: str, d: Draft) -> bool:
    return d.material < 0 and d.number is not None and len(d.options) >= 2 and not any(folded[s:e].strip() for s, e in d.stem)


def _refers(folded: str, passage: Span, d: Draft) -> bool:
    return re.compile(rf"[(\[_] ?{d.number} ?[)\]_]").search(folded, *passage) is not None


def _passage(folded: str, plan: Outline, before: Draft | None, d: Draft) -> Span | None:
    """The lines between what came before and the number, taken out of the field, or of the heading's text, that they were read into."""
    if before is not None and before.options and not before.notes:
        return _taken_from_last_field(folded, before, d)
    for i, (start, end, role) in enumerate(plan.roles):
        if role in ("head", "instruction", "note") and end <= d.mark[0] and not folded[end : d.mark[0]].strip(BULLETS + "\n"):
            paragraph = folded.rfind("\n\n", start, end)
            bullet = _BULLET.search(folded, start, end)
            cut = bullet.start() if bullet else max(paragraph, start)
            if _refers(folded, (cut, end), d):
                plan.roles[i] = (start, cut, role)
                return _stripped(folded, (cut, end))
    return None


def _taken_from_last_field(folded: str, before: Draft, d: Draft) -> Span | None:
    """The end of the last field of the question before: from a bullet or its second line on; of an explanation, the line that refers."""
    index, label, mark, (start, end) = before.options[-1]
    told = max(before.answers + before.explanations, default=None)
    if told:
        start, end = told
    if end > d.mark[0]:
        return None
    refers = folded.rfind(f"({d.number})", start, end) + 1
    line = folded.rfind("\n", start, refers) if told in before.explanations else folded.find("\n", start, end)
    bullet = _BULLET.search(folded, start, end)
    cut = bullet.start() if bullet else line
    if cut < 0 or not _refers(folded, (cut, end), d):
        return None
    if told is None:
        before.options[-1] = (index, label, mark, (start, cut))
    else:
        field = before.answers if told in before.answers else before.explanations
        field[field.index(told)] = (start, cut)
    return _stripped(folded, (cut, end))


def _deal(folded: str, sharing: list[Draft]) -> None:
    """Gives each of several blanks its letter, where the last question alone is answered, with as many letters: A、B."""
    answers = sharing[-1].answers
    if len(answers) != 1 or any(d.answers for d in sharing[:-1]) or not _ONE_EACH.fullmatch(folded, *answers[0]):
        return
    letters = [(at, at + 1) for at in range(*answers[0]) if "A" <= folded[at] <= "H"]
    if len(letters) == len(sharing):
        for d, span in zip(sharing, letters, strict=True):
            d.answers = [span]


def _stripped(folded: str, span: Span) -> Span:
    start, end = span
    while start < end and folded[start] in BULLETS + "\n":
        start += 1
    return start, end
