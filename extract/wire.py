"""Extraction <-> JSON (题库的 JSON 形式): golden files, import and export speak this one form.

``to_json`` and ``from_json`` are inverse: ``from_json(to_json(x)) == x``. Field names are those of ``docs/question-set.md``.
"""

from __future__ import annotations

from typing import Any

from .model import Answer, Block, Document, Extraction, Flag, Option, Part, Question, Repair, Section, Source


def to_json(extraction: Extraction, *, text: bool = True) -> dict[str, Any]:
    """The JSON object of one source. ``text=False`` leaves out the reading text."""
    s = extraction.source
    out: dict[str, Any] = {"source": {"name": s.name, "sha256": s.sha256, "format": s.format, "encoding": s.encoding, "url": s.url}}
    if text:
        out["text"] = extraction.text
    out["blocks"] = [_block(b) for b in extraction.blocks]
    out["repairs"] = [_repair(r) for r in extraction.repairs]
    out["documents"] = [_document(d) for d in extraction.documents]
    return out


def from_json(value: dict[str, Any]) -> Extraction:
    """The Extraction of a JSON object. ValueError with one sentence where the form is not ours."""
    try:
        s = value["source"]
        return Extraction(
            source=Source(s["name"], s["sha256"], s["format"], s.get("encoding"), s.get("url")),
            text=value.get("text", ""),
            blocks=tuple(
                Block(b["start"], b["end"], b["role"], b.get("reason"), b.get("document"), b.get("question"))
                for b in value.get("blocks", [])
            ),
            repairs=tuple(
                Repair(
                    r["id"],
                    r["rule"],
                    r["family"],
                    r["field"],
                    r["start"],
                    r["end"],
                    r["before"],
                    r["after"],
                    r["evidence"],
                    r["confidence"],
                    r["applied"],
                )
                for r in value.get("repairs", [])
            ),
            documents=tuple(_read_document(d) for d in value["documents"]),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"this is not a question set of tiku: {type(problem).__name__} {problem}") from problem


def answer_to_json(answer: Answer) -> list[str] | bool | str | None:
    """The JSON form of an answer: a list of labels or blanks, true/false, a string, or null."""
    return list(answer) if isinstance(answer, tuple) else answer


def answer_from_json(answer: Any) -> Answer:
    """The answer of its JSON form."""
    return tuple(answer) if isinstance(answer, list) else answer


def question_to_json(q: Question) -> dict[str, Any]:
    """The JSON object of one question."""
    return {
        "number": q.number,
        "printed_number": q.printed_number,
        "type": q.type,
        "section": list(q.section),
        "material": q.material,
        "stem": q.stem,
        "options": [{"label": o.label, "text": o.text, "printed_label": o.printed_label} for o in q.options],
        "answer": answer_to_json(q.answer),
        "explanation": q.explanation,
        "commentary": q.commentary,
        "score": q.score,
        "difficulty": q.difficulty,
        "knowledge": q.knowledge,
        "span": list(q.span),
        "parts": [[p.field, p.start, p.end] for p in q.parts],
        "repairs": list(q.repairs),
        "flags": [{"code": f.code, "about": f.about, "message": f.message} for f in q.flags],
    }


def question_from_json(q: dict[str, Any]) -> Question:
    """The question of its JSON object; fields that are left out are unknown."""
    span = q.get("span") or (0, 0)
    return Question(
        stem=q["stem"],
        type=q.get("type"),
        number=q.get("number"),
        printed_number=q.get("printed_number"),
        section=tuple(q.get("section") or ()),
        material=q.get("material"),
        options=tuple(Option(o["label"], o["text"], o.get("printed_label")) for o in q.get("options") or ()),
        answer=answer_from_json(q.get("answer")),
        explanation=q.get("explanation"),
        commentary=q.get("commentary"),
        score=q.get("score"),
        difficulty=q.get("difficulty"),
        knowledge=q.get("knowledge"),
        span=(span[0], span[1]),
        parts=tuple(Part(p[0], p[1], p[2]) for p in q.get("parts") or ()),
        repairs=tuple(q.get("repairs") or ()),
        flags=tuple(Flag(f["code"], f["about"], f["message"]) for f in q.get("flags") or ()),
    )


def _block(b: Block) -> dict[str, Any]:
    return {"start": b.start, "end": b.end, "role": b.role, "reason": b.reason, "document": b.document, "question": b.question}


def _repair(r: Repair) -> dict[str, Any]:
    return {
        "id": r.id,
        "rule": r.rule,
        "family": r.family,
        "field": r.field,
        "start": r.start,
        "end": r.end,
        "before": r.before,
        "after": r.after,
        "evidence": r.evidence,
        "confidence": r.confidence,
        "applied": r.applied,
    }


def _document(d: Document) -> dict[str, Any]:
    return {
        "title": d.title,
        "role": d.role,
        "kind": d.kind,
        "sections": [
            {
                "path": list(s.path),
                "type": s.type,
                "count": s.count,
                "score_each": s.score_each,
                "score_total": s.score_total,
                "instruction": s.instruction,
            }
            for s in d.sections
        ],
        "questions": [question_to_json(q) for q in d.questions],
    }


def _read_document(d: dict[str, Any]) -> Document:
    return Document(
        title=d.get("title"),
        role=d.get("role") or "main",
        kind=d.get("kind") or "exam",
        questions=tuple(question_from_json(q) for q in d.get("questions", [])),
        sections=tuple(
            Section(tuple(s["path"]), s.get("type"), s.get("count"), s.get("score_each"), s.get("score_total"), s.get("instruction"))
            for s in d.get("sections", [])
        ),
    )
