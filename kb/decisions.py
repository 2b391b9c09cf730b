"""What a person decided about a reading (人工决定), as a value that can be carried out on any reading of the same text, and taken back.

A decision names its place by the characters around it, so it survives a new reading of the page, and means the same in another
bank. What it changes stands in the ledger: an accepted suggestion becomes an applied entry, an edit an entry of rule ``human``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from extract.ledger import fingerprint, patch
from extract.model import Document, Extraction, Flag, Question, Repair
from extract.source import settle

from .fields import FIELDS, LABELS, DecisionError, as_text, get_field, set_field, smallest

AROUND = 12  # characters on either side by which a place is found again
HUMAN = "human"
Action = Literal["accept", "reject", "edit", "dismiss"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``accept`` and ``reject`` mean the entry of this fingerprint; ``edit`` gives ``field`` the JSON ``value``;
    ``dismiss`` says that the flag ``field`` is nothing to worry about. ``previous`` is the JSON of what was there before."""

    action: Action
    fingerprint: str
    field: str
    start: int
    left: str
    before: str
    after: str
    right: str
    rule: str = HUMAN
    value: str | None = None
    previous: str | None = None
    who: str = ""
    decided_at: str = ""
    note: str = ""
    source_name: str = ""
    sha256: str = ""
    id: int = 0


def about_repair(x: Extraction, repair: Repair, action: Action) -> Decision:
    """The decision to accept or reject an entry of the ledger."""
    left, right = _around(x.text, repair.start, repair.end)
    return Decision(action, fingerprint(x.text, repair), repair.field, repair.start, left, repair.before, repair.after, right, repair.rule,
                    previous=json.dumps(repair.applied), source_name=x.source.name, sha256=x.source.sha256)


def about_flag(x: Extraction, q: Question, code: str) -> Decision:
    """The decision that a flag of a question needs no attention. DecisionError where the question has none of this code."""
    held = [f for f in q.flags if f.code == code]
    if not held:
        raise DecisionError(f"the question carries no flag {code}")
    previous = json.dumps([[f.code, f.about, f.message] for f in held], ensure_ascii=False)
    return replace(_of_question(x, q, "dismiss", code), previous=previous)


def about_field(x: Extraction, q: Question, field: str, value: Any) -> Decision:
    """The decision that a field of a question should read ``value`` (its JSON form). DecisionError for a field that cannot be edited."""
    if field not in FIELDS and not field.startswith("option:"):
        raise DecisionError(f"{field} cannot be edited: {', '.join(FIELDS)} or option:A can")
    old = get_field(q, field)
    # the wire's own check: a value that cannot be set is refused here and not when it is replayed
    set_field(q, field, value)
    decision = _of_question(x, q, "edit", field)
    return replace(decision, before=as_text(old), after=as_text(value), value=json.dumps(value, ensure_ascii=False),
                   previous=json.dumps(old, ensure_ascii=False))


def carry_out(x: Extraction, d: Decision) -> Extraction:
    """The reading after the decision. Carrying it out twice changes nothing. DecisionError where it does not fit this reading."""
    if d.action in ("accept", "reject"):
        return _switch(x, d, d.action == "accept")
    di, qi = _find(x, d)
    q = x.documents[di].questions[qi]
    if d.action == "dismiss":
        return _put(x, di, qi, replace(q, flags=tuple(f for f in q.flags if f.code != d.field)))
    value = json.loads(d.value or "null")
    if get_field(q, d.field) == value:
        return x
    ledger, added = _ledger_of(x, q, d, value)
    return _put(replace(x, repairs=ledger), di, qi, replace(set_field(q, d.field, value), repairs=(*q.repairs, *added)))


def take_back(x: Extraction, d: Decision) -> Extraction:
    """The reading as it was before the decision. DecisionError where later decisions stand in the way."""
    if d.action in ("accept", "reject"):
        return _switch(x, d, bool(json.loads(d.previous or "false")))
    di, qi = _find(x, d)
    q = x.documents[di].questions[qi]
    if d.action == "dismiss":
        gone = tuple(Flag(*f) for f in json.loads(d.previous or "[]"))
        return _put(x, di, qi, replace(q, flags=(*(f for f in q.flags if f.code != d.field), *gone)))
    if get_field(q, d.field) != json.loads(d.value or "null"):
        raise DecisionError("the field was edited again after this decision: undo the later one first")
    evidence = _evidence(d)
    own = {r.id for r in x.repairs if r.rule == HUMAN and r.evidence == evidence}
    # entries that the edit set aside come back; two entries never overlap, so they fit again once the edit's own are gone
    back = {r.id for r in x.repairs if not r.applied and r.evidence.endswith(_aside(d))}
    repairs = tuple(
        replace(r, applied=True, evidence=r.evidence.removesuffix(_aside(d))) if r.id in back else r for r in x.repairs if r.id not in own
    )
    restored = replace(set_field(q, d.field, json.loads(d.previous or "null")), repairs=tuple(r for r in q.repairs if r not in own))
    return _put(replace(x, repairs=repairs), di, qi, restored)


def carry_out_all(x: Extraction, decisions: Iterable[Decision]) -> tuple[Extraction, list[tuple[Decision, str]]]:
    """The reading after all decisions that fit, and those that do not, with the reason."""
    left: list[tuple[Decision, str]] = []
    for d in decisions:
        try:
            x = carry_out(x, d)
        except DecisionError as problem:
            left.append((d, str(problem)))
    return x, left


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


def _of_question(x: Extraction, q: Question, action: Action, field: str) -> Decision:
    """A decision about a whole question is placed by the beginning of its span, or by its stem where there is no text."""
    start = q.span[0]
    left, right = _around(x.text, start, start)
    mark = Repair(0, HUMAN, HUMAN, field, start, start, "", q.stem, "", 1.0, False)
    return Decision(action, fingerprint(x.text, mark), field, start, left, "", "", right, note=q.stem[:80],
                    source_name=x.source.name, sha256=x.source.sha256)


def _find(x: Extraction, d: Decision) -> tuple[int, int]:
    """Which question a decision means: the one that begins at its place, else the only one with its stem."""
    nearest: tuple[int, int, int] | None = None
    same: list[tuple[int, int]] = []
    for di, document in enumerate(x.documents):
        for qi, q in enumerate(document.questions):
            start = q.span[0]
            if (d.left or d.right) and q.span[1] > start and (d.left, d.right) == _around(x.text, start, start):
                distance = abs(start - d.start)
                if nearest is None or distance < nearest[0]:
                    nearest = (distance, di, qi)
            if q.stem[:80] == d.note:
                same.append((di, qi))
    if nearest:
        return nearest[1:]
    if len(same) == 1:
        return same[0]
    raise DecisionError(f"the question that was decided about is no longer there: {d.note or d.right!r}")


def _switch(x: Extraction, d: Decision, applied: bool) -> Extraction:
    found = [r for r in x.repairs if fingerprint(x.text, r) == d.fingerprint]
    if not found:
        if d.action == "reject":
            return x  # rejected repairs are not even proposed again
        raise DecisionError(f"the repair {d.before!r} -> {d.after!r} is not proposed in this reading")
    target = found[0] if len(found) == 1 else min(found, key=lambda r: abs(r.start - d.start))
    if target.applied == applied:
        return x
    ledger = tuple(replace(r, applied=applied) if r is target else r for r in x.repairs)
    try:
        patch(x.text, ledger)
    except ValueError as problem:
        raise DecisionError(f"the repair {d.before!r} -> {d.after!r} overlaps another one that is applied: undo that one "
                            "first") from problem
    documents = []
    for document in x.documents:
        questions = list(document.questions)
        for qi, q in enumerate(questions):
            if any(p.start <= target.end and target.start <= p.end for p in q.parts):
                questions[qi] = _again(x, ledger, document, q)
        documents.append(replace(document, questions=tuple(questions)))
    return replace(x, repairs=ledger, documents=tuple(documents))


def _again(x: Extraction, ledger: tuple[Repair, ...], document: Document, q: Question) -> Question:
    """The question as its parts read under another ledger; a field that does not come from its parts alone is left as it is."""
    alone = (replace(document, questions=(q,)),)
    before = settle(x.text, alone, x.repairs)[0].questions[0]
    after = settle(x.text, alone, ledger)[0].questions[0]

    def pick(now: Any, old: Any, new: Any) -> Any:
        return new if now == old else now

    return replace(
        q, stem=pick(q.stem, before.stem, after.stem), material=pick(q.material, before.material, after.material),
        explanation=pick(q.explanation, before.explanation, after.explanation), answer=pick(q.answer, before.answer, after.answer),
        commentary=pick(q.commentary, before.commentary, after.commentary),
        options=tuple(pick(*o) for o in zip(q.options, before.options, after.options, strict=True)),
    )


def _put(x: Extraction, di: int, qi: int, q: Question) -> Extraction:
    document = x.documents[di]
    questions = (*document.questions[:qi], q, *document.questions[qi + 1 :])
    return replace(x, documents=(*x.documents[:di], replace(document, questions=questions), *x.documents[di + 1 :]))


def _evidence(d: Decision) -> str:
    return f"{d.who} {d.decided_at}".strip() + f" ({d.fingerprint})"


def _aside(d: Decision) -> str:
    return f" [set aside by {d.fingerprint}]"


def _ledger_of(x: Extraction, q: Question, d: Decision, value: Any) -> tuple[tuple[Repair, ...], tuple[int, ...]]:
    """The ledger with an edit in it, and the ids of its entries. Entries that the edit covers are set aside."""
    mended = patch(x.text, x.repairs)
    spans = [(p.start, p.end) for p in q.parts if p.field == d.field]
    new = as_text(value)
    if len(spans) == 1:
        changes = [smallest(mended, *spans[0], new)]
    elif spans:
        changes = [(a, b, new if i == 0 else "") for i, (a, b) in enumerate(spans)]
    else:
        end = min(q.span[1], len(x.text))
        changes = [(end, end, f"\n{LABELS.get(d.field, d.field)}：{new}")]
    repairs = list(x.repairs)
    added: list[int] = []
    for start, end, after in changes:
        for i, r in enumerate(repairs):
            inside = start <= r.start and r.end <= end and (r.start < end or start == end)
            crosses = r.start < end and start < r.end
            if r.applied and (inside or crosses):
                if not inside or r.rule == HUMAN:
                    raise DecisionError(f"the edit overlaps the repair {r.before!r} -> {r.after!r}: undo that one first")
                repairs[i] = replace(r, applied=False, evidence=r.evidence + _aside(d))
        number = max((r.id for r in repairs), default=0) + 1
        repairs.append(Repair(number, HUMAN, HUMAN, d.field.split(":")[0], start, end, x.text[start:end], after, _evidence(d), 1.0, True))
        added.append(number)
    try:
        patch(x.text, repairs)
    except ValueError as problem:
        raise DecisionError("the edit overlaps another repair: undo that one first") from problem
    return tuple(repairs), tuple(added)
