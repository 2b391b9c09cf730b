"""Questions that the paper prints without a number (无题号): the only one of its section, or a case that asks what it asks itself."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .markers import KEY, SEC, Candidate
from .outlined import Draft, Material, Outline, Span
from .question_types import OPEN_TYPES, type_named

_ASKS = re.compile(r"(?:^|\n)[ *]*(?:问题|问|请回答|要求|回答下列问题)[ *]*[:]|[?]|\(1\)")
_TASK = re.compile(r"[?]|试|请|求|述|算|写|画|证明|说明|分析|设计|什么|如何|怎样|为题|话题")
_REQUEST = re.compile(r"(?<=[。;,，\n ])[请试](?!阅读|根据[^。\n]*[回完])[^。\n]{2,60}[。.]?[ \n-]*$")
_COMPOSE = re.compile(r"假[定设]你是|写一[篇封则份]|续写")  # the task of a composition, whatever it says of the answer sheet
_NUMBER = re.compile(r"\s*(\d{1,3}) ?[.、](?!\d)")
_ALLOWED = re.compile(r"allowed \d{1,3} minutes to (?:write|translate)")  # Part I Writing / Directions: ...
_DEFINED = re.compile(r"[ *]*([^\s。,;:?()]{2,16})(?:[*。.]* ?: ?|[*。.]* +)[*]*(?=[^\n]{6})")  # a term and its definition on one line
_INSTRUCTS = re.compile(
    r"每(?:小)?题|选项|答题|括号|备选|填涂|填入|填在|填写|打[“\"]? ?√|正确的|错选|作答|请将|计分|得分|涂黑|判断下列|回答(?:下列|以下)|简要|解答(?:下列|应)|要求写出|要求 ?:(?=[^\n]{0,40}(?:回答|选择|判断|填))"  # noqa: E501
    r"|Directions|[Cc]hoose|ANSWER SHEET|Answer Sheet|marked A|In this (?:part|section)"
)


def asks(folded: str, spans: list[Span]) -> bool:
    """Whether a passage puts its questions itself."""
    return any(_ASKS.search(folded, *s) for s in spans)


def instructs(folded: str, start: int, end: int) -> bool:
    """Whether the head of a text tells the candidate what to do (答题说明)."""
    return _INSTRUCTS.search(folded, start, min(end, start + 120)) is not None


def only_question(folded: str, out: Outline, section: int, following: Candidate | None) -> Draft | None:
    """The text between the heading of a section and what follows it, if it is the section's one question; else None."""
    if section < 0 or not out.roles:
        return None
    kind = _type(out, section)
    start, end, role = out.roles[-1]
    text = folded[start:end].strip()
    allowed = _ALLOWED.search(text) is not None
    if kind not in OPEN_TYPES and not allowed and not (kind in (None, "by_form") and _counts_on(out, section, following)):
        return None
    if role != "instruction" or len(text) < 8 or not (allowed or _TASK.search(text)):
        return None
    if instructs(folded, start, end) and not (allowed or _COMPOSE.search(text)):
        return None
    out.roles.pop()
    if number := _NUMBER.match(folded, start, end):
        return Draft(int(number[1]), number[0].strip(), number.span(), "number", section, stem=[(number.end(), end)], style=".")
    return _draft(section, [(start, end)], 1)


def defined_terms(folded: str, out: Outline, section: int, body: Span) -> list[Draft]:
    """The lines below a heading if each defines a term that most of them say once more (亲权 亲权是指…), as its questions."""
    kind = _type(out, section) if section >= 0 else "other"
    if kind not in (None, "term_definition"):
        return []
    lines = [m.span() for m in re.compile(r"[^\n]*\S[^\n]*").finditer(folded, *body)]
    found = [m for line in lines if (m := _DEFINED.match(folded, *line))]
    again = sum(_said_again(folded, m) for m in found)
    if again < 2 or len(found) < len(lines) or again * 3 < len(lines) * (2 if kind else 3):
        return []
    out.sections[section] = replace(out.sections[section], type="term_definition")
    drafts = [_draft(section, [m.span(1)], k) for k, m in enumerate(found, start=1)]
    for draft, m, line in zip(drafts, found, lines, strict=True):
        draft.answers = [(m.end(), line[1])]
    return drafts


def _said_again(folded: str, m: re.Match[str]) -> bool:
    return re.compile(re.escape(m[1]) + r",?(?:是|指|即|就是|又称)").match(folded, m.end()) is not None


def _counts_on(out: Outline, section: int, following: Candidate | None) -> bool:
    """Whether a heading that announces points is followed by the next ordinal, by the key or by nothing: 五、动手操作（6分）."""
    ordinal = out.ordinals.get(section, 0)
    if not ordinal or out.sections[section].score_total is None:
        return False
    return following is None or following.kind == KEY or (following.kind == SEC and following.value == ordinal + 1)


def _type(out: Outline, section: int) -> str | None:
    """The type of a section, or of the part that it is of: 第四部分 写作 / 第一节."""
    s = out.sections[section]
    return s.type or next((named for title in reversed(s.path[:-1]) if (named := type_named(title)) not in (None, "by_form")), None)


def asked_and_answered(folded: str, m: Material) -> Draft | None:
    """A case that asks its own questions and is answered at once, as one question; else None."""
    if m.used or m.options or not asks(folded, m.spans):
        return None
    m.used = True
    return _draft(m.section, list(m.spans), 1)


def questions_of_materials(folded: str, out: Outline) -> None:
    """A case that asks its own questions and has no numbered ones after it is one question (材料一 ... 问题：(1) (2))."""
    ordinal: dict[int, int] = {}
    for m in out.materials:
        if m.used or m.options or not (asks(folded, m.spans) or _requests(folded, out, m)):
            continue
        ordinal[m.section] = ordinal.get(m.section, 0) + 1
        draft = _draft(m.section, list(m.spans), ordinal[m.section])
        at = next((k for k, d in enumerate(out.drafts) if d.mark[0] > draft.mark[0]), len(out.drafts))
        out.drafts.insert(at, draft)


def _requests(folded: str, out: Outline, m: Material) -> bool:
    """Whether a case ends in what is to be done (请分析该来访者的问题并说明理由。), in a section of such questions."""
    open_type = m.section >= 0 and _type(out, m.section) in OPEN_TYPES
    if open_type and any(_COMPOSE.search(folded, *span) for span in m.spans):
        return True
    return open_type and _REQUEST.search(folded, m.spans[-1][0], m.spans[-1][1]) is not None


def _draft(section: int, spans: list[Span], ordinal: int) -> Draft:
    start = spans[0][0]
    return Draft(None, None, (start, start), "start", section, stem=spans, style="case", parent=ordinal)


def join_cases(out: Outline) -> None:
    """A case whose (1) (2) have no options and one answer for all is one question, as it would be with a number of its own."""
    kept: list[Draft] = []
    k = 0
    while k < len(out.drafts):
        d = out.drafts[k]
        run = [d]
        while k + len(run) < len(out.drafts) and _continues(run[-1], out.drafts[k + len(run)]):
            run.append(out.drafts[k + len(run)])
        k += len(run)
        if not _asked_of_case(out, d) or any(r.options for r in run) or any(r.answers or r.explanations for r in run[:-1]):
            kept += run
            continue
        last = run[-1]
        spans = [*out.materials[d.material].spans, *((r.mark[0], r.stem[-1][1]) for r in run)]
        joined = _draft(d.section, spans, 1)
        joined.answers, joined.explanations, joined.commentaries = last.answers, last.explanations, last.commentaries
        joined.notes, joined.cues = last.notes, last.cues
        kept.append(joined)
    out.drafts[:] = kept


def _asked_of_case(out: Outline, d: Draft) -> bool:
    if d.material < 0 or d.style not in ("(", "①") or d.number != 1 or d.action != "number":
        return False
    return out.materials[d.material].first is None and d.section >= 0 and out.sections[d.section].type == "case_analysis"


def _continues(a: Draft, b: Draft) -> bool:
    return b.material == a.material >= 0 and b.style == a.style and b.number == (a.number or 0) + 1 and b.action == "number"


def options_counted_apart(folded: str, out: Outline) -> None:
    """Joins the options to the question before them where a list counts both as items of its own: 1. ...( )。 2. A:... B:..."""
    pairs = [(a, b) for a, b in pairwise(out.drafts) if _only_options(folded, b) and a.number == (b.number or 0) - 1 and not _told(a)]
    if len(pairs) < 2 or len(pairs) * 2 < len(out.drafts) - 1:
        return
    for a, b in pairs:
        a.options, a.answers, a.explanations = b.options, b.answers, b.explanations
        a.notes += b.notes
        a.cues += b.cues
        out.roles.append((*b.mark, "number"))
    joined = {id(b) for _, b in pairs}
    out.drafts[:] = [d for d in out.drafts if id(d) not in joined]


def _only_options(folded: str, d: Draft) -> bool:
    return len(d.options) > 1 and not any(folded[s:e].strip() for s, e in d.stem)


def _told(d: Draft) -> bool:
    return bool(d.options or d.answers or d.explanations)
