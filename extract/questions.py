"""Builds -> questions (成题): every field joined from its spans, which become the parts of the question."""

from __future__ import annotations

import re
from bisect import bisect_left

from .builds import Build
from .markers import SLOT
from .model import Option, Part, Question
from .outlined import Outline, Span
from .stem import strip, stripped, without

_ASK_LINE = re.compile(r"\s*(?:\[?(?:问题|要求|请回答|试题|回答下列问题)\]?[:：]?|【(?:问题|材料题结束)】)\s*$")
_MATERIAL_MARK = re.compile(r"\s*[【\[]材料题?(?:开始|结束)[】\]]\s*")
_SCORE_NOTE = re.compile(r"[（(] ?(?:共|本题)? ?\d+(?:\.\d+)? ?分 ?[)）]")
_DIFFICULTY = ("难度", "难易度", "难易程度", "难度系数", "题目难度", "试题难度", "本题难度")
_KNOWLEDGE = ("知识点", "考点", "考查点", "所属知识点", "知识模块")


def question(text: str, plan: Outline, b: Build, holes: list[Span], within: list[Span]) -> Question:
    """The question of a build; offsets are those of ``text`` (the caller maps them to the source).

    ``holes`` are set aside as chrome or as the title; ``within`` are those of them that no passage holds as its own.
    """
    parts: list[Part] = []
    span = _span(b)
    printed = b.answer_spans or ([b.key_item.answer] if b.key_item else [])
    answer = _without_chrome(text, b.answer, printed, holes) if holes and isinstance(b.answer, tuple) else b.answer
    if holes and (b.key_item or b.draft.shares_options or bisect_left(holes, (span[0],)) < bisect_left(holes, (span[1],))):
        b.stem.spans = _around(text, b.stem.spans, holes)
        b.explanation_spans = _around(text, b.explanation_spans, holes)
        b.answer_spans = _around(text, b.answer_spans, holes)
        b.options = [(label, printed, mark, _around(text, spans, holes) or [spans[0]]) for label, printed, mark, spans in b.options]
        span = _span(b)
    stem = _join(text, b.stem.spans, "stem", parts)
    options = [Option(label, _join(text, spans, f"option:{label}", parts), printed or None) for label, printed, _, spans in b.options]
    explanation = _join(text, b.explanation_spans, "explanation", parts, "\n") or None
    commentary = _join(text, [strip(text, s) for s in b.draft.commentaries], "commentary", parts, "\n") or None
    material = None
    if b.draft.material >= 0:
        spans = [s for span in plan.materials[b.draft.material].spans for s in _passage(text, span)]
        spans = _around(text, spans, within)
        material = _join(text, spans, "material", parts, "\n") or None
    for part in _around(text, printed, holes) or ([b.stem.answer] if b.stem.answer else []):
        parts.append(Part("answer", *part))
    section = plan.sections[b.draft.section] if b.draft.section >= 0 else None
    notes = {style: text[s:e].strip(" \n\t:：]】") for style, (s, e) in b.draft.notes}
    score = b.stem.score
    for style in ("分值", "分数"):
        if score is None and style in notes:
            m = re.search(r"\d+(?:\.\d+)?", notes[style])
            score = float(m[0]) if m else None
    if score is None and section is not None:
        score = section.score_each
    printed_number = b.draft.printed or ""
    slot = SLOT.match(printed_number)
    if slot and slot.end() < len(printed_number):
        printed_number = printed_number[slot.end() :]
    return Question(
        stem=stem,
        type=b.type,
        number=b.number,
        printed_number=printed_number.strip(" .、:。,·\n") or None,
        section=section.path if section else (),
        material=material,
        options=tuple(options),
        answer=answer,
        explanation=explanation,
        commentary=commentary,
        score=score,
        difficulty=next((notes[k] for k in _DIFFICULTY if notes.get(k)), None),
        knowledge=next((notes[k] for k in _KNOWLEDGE if notes.get(k)), None),
        span=span,
        parts=tuple(parts),
    )


def _span(b: Build) -> Span:
    """From the number, or the stem where that stands before it, to the end of the last field that stands with the question."""
    start, end = b.draft.mark
    if b.stem.spans:
        start = min(start, b.stem.spans[0][0])
    fields = [b.stem.spans, b.answer_spans, *([] if b.key_item else [b.explanation_spans])]
    fields += [] if b.draft.shares_options else [o[3][-1:] for o in b.options]
    end = max([end, *[s[1] for spans in fields for s in spans]])
    return (start, end) if start < end else (start - 1, end)  # a blank of a passage has nothing of its own: the passage ends here


def _passage(text: str, span: Span) -> list[Span]:
    """The spans of a passage without the marks around it, the score note in its first line, and the line that only says 问题："""
    start, end = strip(text, span)
    opened = _MATERIAL_MARK.match(text, start, end)
    if opened:
        start = opened.end()
    closing = _ASK_LINE.search(text, max(start, end - 16), end)
    if closing:
        end = closing.start()
    spans = [(start, end)]
    first = text.find("\n", start, end)
    note = _SCORE_NOTE.search(text, start, first if first > 0 else end)
    if note:
        spans = without(spans, note.span())
    return stripped(text, spans)


def _join(text: str, spans: list[Span], name: str, parts: list[Part], between: str = "") -> str:
    pieces = []
    for s, e in spans:
        if s < e:
            parts.append(Part(name, s, e))
            pieces.append(text[s:e])
    return (pieces[0] if len(pieces) == 1 else between.join(pieces)).strip()


def _around(text: str, spans: list[Span], holes: list[Span]) -> list[Span]:
    """The spans less the holes that lie in them."""
    out = spans
    for start, end in spans:
        for k in range(bisect_left(holes, (start, start)), bisect_left(holes, (end, end))):
            out = without(out, holes[k])
    return stripped(text, out) if out is not spans else spans


def _without_chrome(text: str, answer: tuple[str, ...], spans: list[Span], holes: list[Span]) -> tuple[str, ...]:
    """The answers to blanks less what was set aside inside the text that holds them."""
    for start, end in spans:
        for s, e in holes[bisect_left(holes, (start, start)) : bisect_left(holes, (end, end))]:
            hole = re.compile(rf"\s*{re.escape(text[s:e].strip())}[ \u3000]*")
            answer = tuple(hole.sub("", words, 1).strip() for words in answer)
    return answer
