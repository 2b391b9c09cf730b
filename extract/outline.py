"""Steps of the path -> what belongs together (提纲): headings, drafts of questions, shared material, answer keys.

All spans are in the mended text of one document. Nothing is cut out or interpreted here.
"""

from __future__ import annotations

import re

from .counted_passages import COUNTED
from .field_ends import note_end, text_end
from .headings import ORDINAL_LEVEL, announced_section, titles_of
from .markers import SEC, Candidate
from .ordinals import ORDERED
from .outlined import Draft, Key, Material, Outline, Span
from .segment import Step
from .unnumbered import (
    asked_and_answered,
    asks,
    defined_terms,
    instructs,
    join_cases,
    only_question,
    options_counted_apart,
    questions_of_materials,
)


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
    papers = sum(s.action == "section" and s.candidate.style == "paper" for s in steps)
    coming: tuple[str, Span] | None = None  # 题型：... printed before its question
    for k, step in enumerate(steps):
        c = step.candidate
        if draft is None and material < 0 and step.action in ("section", "key", "answer", "explanation"):
            draft = only_question(folded, out, section, c)
            out.drafts += [draft] if draft else []
        elif draft is None and material >= 0 and step.action in ("answer", "explanation"):
            draft = asked_and_answered(folded, out.materials[material])
            out.drafts += [draft] if draft else []
        action = step.action
        number = step.number if action in ("number", "sub") else draft.number if draft else None
        end = text_end(folded, steps[k + 1].candidate, c.end, number, action == "option") if k + 1 < len(steps) else len(folded)
        body = (c.end, end)
        if action == "option" and draft is not None:  # most steps are options
            key = None
            draft.options.append((step.number, folded[c.start : c.end], (c.start, c.end), body))
            continue
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
            if c.style == "paper" and papers == 1 and not out.drafts and section < 0:
                titles = []  # the only paper of the page: its name is the title once more
            for level, title, printed in titles:
                while stack and stack[-1][0] >= level:
                    stack.pop()
                stack.append((level, title))
                out.sections.append(announced_section(tuple(t for _, t in stack), printed))
            if titles:
                section = len(out.sections) - 1
                if c.value and c.style.startswith(("ord", "(ord)", "inline")):
                    out.ordinals[section] = c.value
            stated = _STATED.match(folded, c.start) if k + 1 < len(steps) and steps[k + 1].action == "number" else None
            role_end = stated.end() if stated else role_end
            out.roles.append((c.start, role_end, "heading"))
            body = (role_end, end)
            text = folded[body[0] : end].strip()
            if terms := defined_terms(folded, out, section, body):
                out.drafts += terms
                draft = terms[-1]
                continue
            announced = _RANGE.search(folded, c.start, end)
            if announced and len(text) > 20 and not instructs(folded, body[0], end):
                out.materials.append(Material([body], int(announced[1]), int(announced[2])))
                material = len(out.materials) - 1
            else:
                passage = body[0]
                if not stated and not (
                    (len(text) > 160 and _PASSAGE.search(folded[c.start : body[0] + 60]))
                    or (len(text) > 60 and c.style == "en" and _PASSAGE_TITLE.match(folded, c.start))
                ):
                    case = section >= 0 and out.sections[section].type == "case_analysis"
                    reads = _READS.search(folded, c.start, role_end) is not None
                    passage = _passage_start(folded, body, sentences=1 if case or reads else 2)
                if passage > body[0]:
                    out.roles.append((body[0], passage, "instruction"))
                if passage < end:
                    out.materials.append(Material([(passage, end)], section=section))
                    material = len(out.materials) - 1
            continue
        if action == "material":
            draft = None
            if c.style == "close":
                material = -1
                out.roles.append((c.start, end, "instruction"))
                continue
            if c.style == COUNTED:
                out.roles.append((c.start, c.end, "number"))
                out.materials.append(Material([(c.end, end)], section=section))
                material = len(out.materials) - 1
                continue
            announced = _RANGE.search(folded, c.start, min(c.end + 40, end))
            first, last = (int(announced[1]), int(announced[2])) if announced else (None, None)
            if material >= 0 and first is None and not out.materials[material].used and not asks(folded, out.materials[material].spans):
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
            if c.style == ORDERED:  # 二、求...: the sections that ordinals number end here
                while stack and stack[-1][0] >= ORDINAL_LEVEL:
                    stack.pop()
                if stack:
                    out.sections.append(announced_section(tuple(t for _, t in stack), stack[-1][1]))
                section, material = (len(out.sections) - 1 if stack else -1), -1
            draft = Draft(number, mark, (c.start, c.end), action, section, style=c.style, place=c.place)
            if material >= 0:
                shared = out.materials[material]
                if number is None or shared.last is None or (shared.first or 0) <= number <= shared.last:
                    draft.material = material
                    shared.used = True
                elif number > shared.last:
                    material = -1
            draft.stem.append((c.start, end) if action == "start" and c.style != "field" else body)
            if c.style == "field":
                draft.cues.append(("note", (c.start, c.end)))
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
            coming = (c.style, (c.end, note_end(folded, c, body)))
            out.roles.append((c.start, end, "note"))
            continue
        if draft is None:  # an option list, a cue or a note before any question
            if action == "option" and material >= 0:
                out.materials[material].options.append((step.number, folded[c.start : c.end], (c.start, c.end), body))
                out.materials[material].spans.append((c.start, end))
            elif action == "option":
                out.materials.append(Material([(c.start, end)], options=[(step.number, folded[c.start : c.end], (c.start, c.end), body)]))
                material = len(out.materials) - 1
            elif action in ("answer", "explanation") and material >= 0 and (shared := out.materials[material]).options and not shared.used:
                first = shared.spans[0][0]
                if first == shared.options[0][2][0]:  # a whole set of options and its answer: the page lost the stem before them
                    draft = Draft(None, None, (first, first), "lost", section, options=shared.options, style="lost")
                    out.materials.pop()
                    out.drafts.append(draft)
                    material = -1
                    _into(draft, folded, step, c, body)
            else:
                out.roles.append((c.start, end, "note"))
            continue
        _into(draft, folded, step, c, body)
    if draft is None and material < 0 and (alone := only_question(folded, out, section, None)):
        out.drafts.append(alone)
    _options_twice(folded, out)
    options_counted_apart(folded, out)
    join_cases(out)
    questions_of_materials(folded, out)
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


def _into(draft: Draft, folded: str, step: Step, c: Candidate, body: Span) -> None:
    action = step.action
    role = action if action in ("answer", "explanation") else "commentary" if c.style in _COMMENTS else "note"
    draft.cues.append((role, (c.start, c.end)))
    if action == "answer" and "_" in folded[slice(*body)] and not folded[slice(*body)].strip(" _\n"):
        draft.notes.append(("slot", body))  # 答：____ is for the taker
    elif action == "answer":
        draft.answers.append(body)
    elif action == "explanation":
        draft.explanations.append(body)
    elif c.style in _COMMENTS:
        draft.commentaries.append(body)
    else:
        end = note_end(folded, c, body)
        draft.notes.append((c.style, (c.end, end)))
        rest = (end, body[1])
        if folded[end : body[1]].strip():
            opened = draft.explanations or draft.answers
            if opened and not folded[slice(*opened[-1])].strip():  # 解析 / 查看解析 / ...
                opened[-1] = rest
            elif not draft.options and not draft.answers and not draft.explanations:
                draft.stem.append(rest)
            else:
                draft.notes.append(("after", rest))


_COMMENTS = frozenset({"点评", "试题点评", "名师点评", "拓展点评", "点睛", "名师点睛", "方法点睛"})
_STATED = re.compile(r"[一二三四五六七八九十]{1,2}[、.] ?(?=(?:设[^备计]|假设|已知|现有|给定|某)[^\n]{16})")  # 二、设有关系模式 S(...)
_READS = re.compile(r"阅读[^\n]{0,20}(?:短文|文章|文段|回答|完成)")
_PASSAGE_TITLE = re.compile(r"Passage|Text|TEXT")
_PASSAGE = re.compile(r"阅读|材料|资料|短文|文章|根据|案例")
_RANGE = re.compile(r"(?:第 ?)?(\d{1,3}) ?(?:题)? ?[-~至到—、] ?(?:第 ?)?(\d{1,3}) ?(?:小?题|题|$|。|\))")
_ASKED_BELOW = re.compile(r"[。!?]\s*(?:问题|问) ?:$")  # the word between a case and its questions
_SENTENCE_END = re.compile(r"[。!?]|\.(?=\s+[A-Z\"“]|\s*$)")


def _passage_start(folded: str, body: Span, sentences: int) -> int:
    """Where the passage begins between a heading and its first question, behind the lines that instruct; the end if there is none."""
    at, end = body
    goes_on = False  # whether the line before is an instruction in English that ends in the middle of a sentence
    while at < end:
        line = folded.find("\n", at, end)
        line = end if line < 0 else line + 1
        said = folded[at:line].strip()
        goes_on = goes_on and said[:1].islower()
        if said and not goes_on and not instructs(folded, at, line):
            break
        goes_on = said[-1:].isalpha() or said[-1:] == ","
        at = line
    text = folded[at:end].strip()
    least = 12 if sentences == 1 and _ASKED_BELOW.search(text) else 25 * sentences
    return at if len(text) >= least and len(_SENTENCE_END.findall(text)) >= sentences and not instructs(folded, at, end) else end
