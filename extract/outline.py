"""Steps of the path -> what belongs together (提纲): headings, drafts of questions, shared material, answer keys.

All spans are in the mended text of one document. Nothing is cut out or interpreted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .headings import announced_section, titles_of
from .markers import BULLETS, LINE, SEC, Candidate
from .model import Section
from .segment import Step

Span = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A question on its way: its marks and the spans of its fields, nothing taken out yet."""

    number: int | None
    printed: str | None
    mark: Span
    action: str
    section: int  # index into Outline.sections, -1 for none
    material: int = -1  # index into Outline.materials
    stem: list[Span] = field(default_factory=list)
    options: list[tuple[int, str, Span, Span]] = field(default_factory=list)  # index, printed label, mark, text
    answers: list[Span] = field(default_factory=list)
    explanations: list[Span] = field(default_factory=list)
    commentaries: list[Span] = field(default_factory=list)
    notes: list[tuple[str, Span]] = field(default_factory=list)
    cues: list[tuple[str, Span]] = field(default_factory=list)  # the words before a field (答案：), by the block's role
    style: str = ""
    place: int = 0
    shares_options: bool = False
    parent: int | None = None  # of a sub-question: the number of the question that it belongs to


@dataclass(slots=True)
class Material:
    """Text that several questions share, with the numbers that it announces."""

    spans: list[Span]
    first: int | None = None
    last: int | None = None
    section: int = -1
    used: bool = False
    options: list[tuple[int, str, Span, Span]] = field(default_factory=list)


@dataclass(slots=True)
class Key:
    """An answer key region: its span and the headings inside it."""

    span: Span
    headings: list[tuple[Span, str]]


@dataclass(slots=True)
class Outline:
    """All that was found in one document, in order; ``roles`` are the spans that are no question's (heading, instruction, ...)."""

    drafts: list[Draft] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    first: int = 0


def _before(folded: str, c: Candidate) -> int:
    """Where the text before a mark ends: bullets and ornaments that open the mark's line are no part of it."""
    line = folded.rfind("\n", 0, c.start) + 1
    return line if c.place == LINE and line and not folded[line : c.start].strip(BULLETS) else c.start


def outline(folded: str, steps: list[Step]) -> Outline:
    """Groups the steps of one document; ``folded`` is its folded text."""
    out = Outline(first=steps[0].candidate.start if steps else len(folded))
    if out.first:
        out.roles.append((0, out.first, "head"))
    stack: list[tuple[int, str]] = []
    section = -1
    material = -1
    draft: Draft | None = None
    key: Key | None = None
    coming: tuple[str, Span] | None = None  # 题型：... printed before its question
    for k, step in enumerate(steps):
        c = step.candidate
        end = _before(folded, steps[k + 1].candidate) if k + 1 < len(steps) else len(folded)
        body = (c.end, end)
        action = step.action
        if action in ("key", "keysection"):
            if action == "key" or key is None:
                key = Key((c.end, end), [((c.start, c.end), folded[c.start : c.end])] if c.kind == SEC else [])
                out.keys.append(key)
                out.roles.append((c.start, c.end, "heading"))
            else:
                key.headings.append(((c.start, c.end), folded[c.start : c.end]))
            key.span = (key.span[0], end)
            draft, material = None, -1
            continue
        if action == "section":
            key, draft, material = None, None, -1
            titles, role_end = titles_of(folded, c)
            for level, title, printed in titles:
                while stack and stack[-1][0] >= level:
                    stack.pop()
                stack.append((level, title))
                out.sections.append(announced_section(tuple(t for _, t in stack), printed))
            if titles:
                section = len(out.sections) - 1
            out.roles.append((c.start, role_end, "heading"))
            body = (role_end, end)
            text = folded[body[0] : end].strip()
            announced = _RANGE.search(folded, c.start, end)
            if announced and len(text) > 60:
                out.materials.append(Material([body], int(announced[1]), int(announced[2])))
                material = len(out.materials) - 1
            else:
                passage = body[0]
                if not (
                    (len(text) > 160 and _PASSAGE.search(folded[c.start : body[0] + 60]))
                    or (len(text) > 60 and c.style == "en" and _PASSAGE_TITLE.match(folded, c.start))
                ):
                    passage = _passage_start(folded, body)
                if passage > body[0]:
                    out.roles.append((body[0], passage, "instruction"))
                if passage < end:
                    out.materials.append(Material([(passage, end)]))
                    material = len(out.materials) - 1
            continue
        if action == "material":
            draft = None
            if c.style == "close":
                material = -1
                out.roles.append((c.start, end, "instruction"))
                continue
            announced = _RANGE.search(folded, c.start, min(c.end + 40, end))
            first, last = (int(announced[1]), int(announced[2])) if announced else (None, None)
            if material >= 0 and first is None and not out.materials[material].used and not _asks(folded, out.materials[material].spans):
                out.materials[material].spans.append((c.start, end))  # 材料一, 材料二 of one group
            else:
                out.materials.append(Material([(c.start, end)], first, last, section))
                material = len(out.materials) - 1
            continue
        key = None
        if action == "lost":  # a whole set of options whose stem the page lost
            draft = Draft(None, None, (c.start, c.start), "lost", section, style="lost")
            out.drafts.append(draft)
            draft.options.append((0, folded[c.start : c.end], (c.start, c.end), body))
            continue
        if action == "start" and c.style == "field" and draft is not None and _just_numbered(folded, draft):
            draft.cues.append(("note", (c.start, c.end)))  # 第1题 / 题目：...
            draft.stem = [body]
            continue
        if action in ("number", "sub", "start"):
            mark = None if action == "start" else folded[c.start : c.end]
            number = None if action == "start" else step.number
            draft = Draft(number, mark, (c.start, c.end), action, section, style=c.style, place=c.place)
            if material >= 0:
                shared = out.materials[material]
                if number is None or shared.last is None or (shared.first or 0) <= number <= shared.last:
                    draft.material = material
                    shared.used = True
                elif number > shared.last:
                    material = -1
            draft.stem.append((c.start, end) if action == "start" and c.style != "field" else body)
            if coming:
                draft.notes.append(coming)
                coming = None
            out.drafts.append(draft)
            continue
        if (
            action == "note"
            and c.style == "题型"
            and k + 1 < len(steps)
            and steps[k + 1].action in ("start", "number")
            and draft is not (out.drafts[-1] if out.drafts and not out.drafts[-1].options and not out.drafts[-1].answers else object())
        ):
            coming = (c.style, (c.end, _note_end(folded, c, body)))
            out.roles.append((c.start, end, "note"))
            continue
        if draft is None:  # an option list, a cue or a note before any question
            if action == "option" and material >= 0:
                out.materials[material].options.append((step.number, folded[c.start : c.end], (c.start, c.end), body))
                out.materials[material].spans.append((c.start, end))
            elif action == "option":
                out.materials.append(Material([(c.start, end)], options=[(step.number, folded[c.start : c.end], (c.start, c.end), body)]))
                material = len(out.materials) - 1
            else:
                out.roles.append((c.start, end, "note"))
            continue
        _into(draft, folded, step, c, body)
    _options_twice(folded, out)
    _questions_of_materials(folded, out)
    return out


def _just_numbered(folded: str, d: Draft) -> bool:
    """Whether a question has a number and nothing else yet."""
    return d.number is not None and not (d.options or d.answers or d.explanations or any(folded[s:e].strip() for s, e in d.stem))


def _options_twice(folded: str, out: Outline) -> None:
    """Options that a page prints a second time under the same question are one set; what follows belongs to the question."""
    kept: list[Draft] = []
    for d in out.drafts:
        before = kept[-1] if kept else None
        if (
            d.action == "lost"
            and before is not None
            and [folded[s:e].strip() for _, _, _, (s, e) in d.options] == [folded[s:e].strip() for _, _, _, (s, e) in before.options]
        ):
            before.answers += d.answers
            before.explanations += d.explanations
            before.notes += [*d.notes, *(("again", (m[0], t[1])) for _, _, m, t in d.options)]
            continue
        kept.append(d)
    out.drafts[:] = kept


_ASKS = re.compile(r"(?:^|\n)[ *]*(?:问题|问|请回答|要求|回答下列问题)[ *]*[:]|[?]|\(1\)")


def _asks(folded: str, spans: list[Span]) -> bool:
    return any(_ASKS.search(folded, *s) for s in spans)


def _questions_of_materials(folded: str, out: Outline) -> None:
    """A case that asks its own questions and has no numbered ones after it is one question (材料一 ... 问题：(1) (2))."""
    ordinal: dict[int, int] = {}
    for m in out.materials:
        if m.used or m.options or not _asks(folded, m.spans):
            continue
        ordinal[m.section] = ordinal.get(m.section, 0) + 1
        start = m.spans[0][0]
        draft = Draft(None, None, (start, start), "start", m.section, stem=list(m.spans), style="case", parent=ordinal[m.section])
        at = next((k for k, d in enumerate(out.drafts) if d.mark[0] > start), len(out.drafts))
        out.drafts.insert(at, draft)


def _into(draft: Draft, folded: str, step: Step, c: Candidate, body: Span) -> None:
    action = step.action
    if action != "option":
        role = action if action in ("answer", "explanation") else "commentary" if "点评" in c.style else "note"
        draft.cues.append((role, (c.start, c.end)))
    if action == "option":
        draft.options.append((step.number, folded[c.start : c.end], (c.start, c.end), body))
    elif action == "answer":
        draft.answers.append(body)
    elif action == "explanation":
        draft.explanations.append(body)
    elif "点评" in c.style:
        draft.commentaries.append(body)
    else:
        end = _note_end(folded, c, body)
        draft.notes.append((c.style, (c.end, end)))
        rest = (end, body[1])
        if folded[end : body[1]].strip():
            if not draft.options and not draft.answers and not draft.explanations:
                draft.stem.append(rest)
            else:
                draft.notes.append(("after", rest))


def _note_end(folded: str, c: Candidate, body: Span) -> int:
    if c.style == "junk":
        return body[0]
    end = folded.find("\n", *body)
    end = body[1] if end < 0 else end
    if not folded[body[0] : end].strip(" :]"):
        following = re.compile(r"\s*([^\n]{1,24})(?=\n|$)").match(folded, end, body[1])
        if following:
            return following.end()
    return end


_PASSAGE_TITLE = re.compile(r"Passage|Text|TEXT")
_PASSAGE = re.compile(r"阅读|材料|资料|短文|文章|根据|案例")
_RANGE = re.compile(r"(?:第 ?)?(\d{1,3}) ?(?:题)? ?[-~至到—、] ?(?:第 ?)?(\d{1,3}) ?(?:小?题|题|$|。|\))")
_INSTRUCTS = re.compile(
    r"每(?:小)?题|选项|答题|括号|备选|填涂|填入|填在|填写|打[“\"]? ?√|正确的|错选|作答|请将|计分|得分|涂黑|判断下列|回答(?:下列|以下)|简要|解答(?:下列|应)|要求写出"  # noqa: E501
    r"|Directions|[Cc]hoose|ANSWER SHEET|Answer Sheet|marked A|In this (?:part|section)"
)
_SENTENCE_END = re.compile(r"[。!?]|\.(?=\s+[A-Z\"“]|\s*$)")


def _passage_start(folded: str, body: Span) -> int:
    """Where the passage begins between a heading and its first question, behind the lines that instruct; the end if there is none."""
    at, end = body
    while at < end:
        line = folded.find("\n", at, end)
        line = end if line < 0 else line + 1
        if folded[at:line].strip() and not _INSTRUCTS.search(folded, at, min(line, at + 120)):
            break
        at = line
    text = folded[at:end].strip()
    return at if len(text) >= 50 and len(_SENTENCE_END.findall(text)) >= 2 and not _INSTRUCTS.search(text[:120]) else end
