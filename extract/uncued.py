"""Answers without a word before them (无提示的答案): what stands below or behind a question that is asked, in documents that answer so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from .builds import Build
from .forms import declared_type
from .model import Mark
from .outlined import Draft, Outline, Span
from .question_types import CHOICES
from .stem import blanks, filled_blanks, strip

_ASKS_AT_END = re.compile(r"\?$|(?:区别|异同|不同|优缺点|原理|方法|特点|作用)$|^(?:什么是|为什么|如何|怎[样么])|哪[些几]|有几种")
_ASKS_ON = re.compile(r"\? *(?:\n|$)|_{2,}|\( +\)")
_SHORTEST_ANSWER = 8
_LISTED = re.compile(r"\s*(?:[(]1[)]|①|⑴)")
_HEADING_LIKE = re.compile(r"[^。;\n]{2,40}")


def answers_below(folded: str, plan: Outline, drafts: list[Draft], marks: tuple[Mark, ...]) -> None:
    """Lists of interview questions (面试题): a line that asks and its answer below, where nothing of the document has an answer's cue.

    Where the container says that the line is a heading, other questions may have cues.
    """
    headings = {m.start for m in marks if m.kind == "heading"}
    bare = [d for d in drafts if not (d.options or d.answers or d.explanations) and len(d.stem) == 1]
    if len(bare) < len(drafts):
        bare = [d for d in bare if d.mark[0] in headings]
    if plan.keys or len(bare) < 3 or any(d.options for d in drafts):
        return
    found: list[tuple[Draft, Span, Span]] = []
    asked = 0
    for d in bare:
        start, end = strip(folded, d.stem[0])
        cut = folded.find("\n", start, end)
        line = folded[start:cut].rstrip() if cut > 0 else ""
        if not _HEADING_LIKE.fullmatch(line) or end - cut <= _SHORTEST_ANSWER or _ASKS_ON.search(folded, cut + 1, end):
            continue
        asked += _ASKS_AT_END.search(line) is not None
        found.append((d, (start, cut), (cut + 1, end)))
    unlisted = [span for _, _, span in found if not _LISTED.match(folded, *span)]
    lines = Counter(len([x for x in folded[s:e].split("\n") if x.strip()]) for s, e in unlisted)
    alike = max((n for k, n in lines.items() if k > 1), default=0)  # as many lines below each: choices without letters
    if asked < 3 or asked * 3 < 2 * len(bare) or alike * 3 >= 2 * len(found):
        return
    for d, question, answer in found:
        d.stem, d.answers = [question], [answer]


_ASKED_FIRST = re.compile(r"(?P<q>(?:[^。?!\n_]{3,60}\?){1,3}|[^。?!\n_]{3,60}。) *\n?\s*(?P<a>\S)")
_ASKS_AT_HEAD = re.compile(r"请?(?:解释|简述|说明|描述|列举|介绍|阐述|试述|谈谈|什么是|为什么|如何|怎[样么])")
_GOES_ON = re.compile(r"请(?!求)|试[述析说写分]|结合|举例|说明理由|写出|分析|论述|谈谈|要求|提示")  # the task, in further sentences
_LEAST_TOLD, _SHORTEST_TOLD, _LEAD_IN = 5, 12, 24


def answers_in_text(folded: str, plan: Outline, drafts: list[Draft]) -> None:
    """The same lists where the answer stands behind the question, in its line too (1. 什么是Java？Java是一种语言。): if nearly all do."""
    bare = [d for d in drafts if not (d.options or d.answers or d.explanations) and len(d.stem) == 1 and d.number is not None]
    if plan.keys or len(bare) < max(_LEAST_TOLD, len(drafts)) or "答案" in folded:
        return
    found: list[tuple[Draft, Span, Span]] = []
    asked = 0
    for d in bare:
        start, end = strip(folded, d.stem[0])
        m = _ASKED_FIRST.match(folded, start, end)
        if not m or end - m.start("a") < _SHORTEST_TOLD or "?" in folded[m.start("a") : end] or "_" in folded[start:end]:
            continue
        marked = m["q"].endswith("?")
        if (marked or _ASKS_AT_HEAD.match(m["q"])) and not _GOES_ON.search(folded, m.start("a"), min(end, m.start("a") + _LEAD_IN)):
            asked += marked
            found.append((d, (start, m.end("q")), (m.start("a"), end)))
    if len(found) >= _LEAST_TOLD and len(found) * 5 >= len(bare) * 4 and asked * 3 >= len(found):
        for d, question, answer in found:
            d.stem, d.answers = [question], [answer]


# how a quiz prints the answer behind what it asks, and how many questions must do so: ？（诸葛亮） ？——诸葛亮 ？诸葛亮
_BEHIND = (
    (re.compile(r"(?<=[?。:]) *\(((?:[^()\n]|\([^()\n]*\)){1,80})\)[。.]?$"), 4),
    (re.compile(r"(?<=\?) *\[([^\[\]\n]{1,80})\][。.]?$"), 4),
    (re.compile(r"(?<=\?) *-{1,6} *([^-\n?][^\n?]{0,79})$"), 4),
    (re.compile(r"(?<=[^?\n]{4}\?) *([^\s?()\[\]-][^\n?]{0,29})$"), 5),
)
# of a choice that lost its options, or all of them but the right one; a judgement
_LETTERS = re.compile(r"[A-H√×]{1,6}|对|错|正确|错误|[A-H] ?[.:、].*")
_TASK = re.compile(
    r"为什么|说明|简述|简答|论述|举|写出|至少|不少于|不超过|字以内|分析|谈谈|说说|^结合|请|试|如:|提示|必答|抢答|选做|多选|单选|真题|高考|教材|课本"
    r"|[见第].{0,6}[页章节课]|\d ?分$"
)


def answers_behind(folded: str, plan: Outline, drafts: list[Draft]) -> None:
    """Quizzes (知识竞赛) that print the answer right behind each question: only if most questions that are asked are so, and in one way.

    Where a key stands, and behind a blank, a bracket holds the author of a verse or a hint.
    """
    if plan.keys:
        return
    judged = {k for k, section in enumerate(plan.sections) if section.type in (*CHOICES, "true_false")}
    bare = [d for d in drafts if not (d.options or d.answers or d.explanations) and len(d.stem) == 1 and d.section not in judged]
    bare = [d for d in bare if "__" not in folded[slice(*d.stem[0])]]
    asking = sum("?" in folded[slice(*d.stem[0])] for d in bare)
    for behind, least in _BEHIND if asking >= 4 else ():
        found = [(d, m) for d in bare if (m := behind.search(folded, *strip(folded, d.stem[0]))) and not _LETTERS.fullmatch(m[1])]
        told = {m[1] for _, m in found}
        of = max(asking, len(bare)) if behind is _BEHIND[0][0] else asking  # behind a full stop, too
        most = len(found) >= least and len(found) * 4 >= of * 3 and len(told) * 2 > len(found)
        if most and not any(_TASK.search(t) for t in told):
            for d, m in found:
                d.stem, d.answers = [(d.stem[0][0], m.start())], [m.span(1)]
            return


_WORDS_BELOW = re.compile(r"(?:(?<=[。.?])|(?<=分\)))[ \n]*(?P<words>[^\s。?_()][^\n。?_()]{0,39})$")


def words_below_statements(folded: str, plan: Outline, drafts: list[Draft]) -> None:
    """Fill-in statements whose answer stands behind the full stop, mostly on the line below: if nearly all of a section are so."""
    of: dict[int, list[Draft]] = {}
    for d in drafts:
        if d.section >= 0 and plan.sections[d.section].type == "fill_blank" and len(d.stem) == 1 and not (d.options or d.explanations):
            of.setdefault(d.section, []).append(d)
    for run in of.values() if not plan.keys else ():
        found = [(d, m) for d in run if not d.answers and (m := _WORDS_BELOW.search(folded, *strip(folded, d.stem[0])))]
        below = sum("\n" in folded[m.start() : m.start("words")] for _, m in found)
        if len(found) >= 4 and len(found) * 5 >= len(run) * 4 and below * 2 >= len(found):
            for d, m in found:
                d.stem, d.answers = [(d.stem[0][0], m.start())], [m.span("words")]


_LACKS = "是为有在于的即指叫用由称和与从以到达占分含:“《、"  # after which a sentence cannot end


def filled_statements(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Statements that print their answers in brackets, ...光中的（紫外线）。, under no heading that says 填空题: if nearly all do."""
    open_ones = [
        b
        for b in builds
        if not (b.options or b.answer_spans or b.key_item or b.stem.answer) and b.stem.spans and declared_type(folded, plan, b) is None
    ]
    filled: list[Build] = []
    lacking: set[str] = set()
    for b in open_ones if len(open_ones) >= 5 else ():
        held = filled_blanks(folded, b.stem.spans)
        words = [folded[s:e] for s, e in held if folded[s - 2] in _LACKS]
        if held and not any(_LETTERS.fullmatch(folded[s:e]) for s, e in held) and not blanks("".join(folded[s:e] for s, e in b.stem.spans)):
            filled.append(b)
            lacking.update(words[:1])
    if len(filled) >= 5 and len(filled) * 5 >= len(open_ones) * 4 and len(lacking) * 5 >= len(filled) * 3:
        for b in filled:
            b.stem.type = "fill_blank"


_OPENS = re.compile(  # B。... B ... B. ..., or B alone, but not A. ... B. ..., which comments on the options one by one
    r"(?:答案(?:是|为)? ?:? ?)?(?:(?P<letters>[A-H](?:[ ,、]?[A-H]){0,6})(?: ?。|\.(?![^\n]*[A-H] ?[.、])| {1,2}(?=[一-鿿])|$)"
    r"|(?P<judged>[√×]|正确|错误|[对错]) ?(?:。|$))(?! ?(?:选?项|错|不|应|与|和))"
)
_ASKS_TO_JUDGE = re.compile(r"[(] *[)][。.]?$")


def answers_open_explanations(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Explanations that open with the answer (【解析】B。...): if most that have no other answer do so."""
    found: list[tuple[Build, Span, Span]] = []
    explained = 0
    for b in builds:
        keyed = b.key_item and (b.key_item.text or b.key_item.answer[0] < b.key_item.answer[1])
        if b.answer_spans or b.stem.answer or b.marked or keyed:
            continue
        key = b.key_item.explanation if b.key_item else None
        spans = [key] if key else b.explanation_spans
        judged = not b.options and (declared_type(folded, plan, b) == "true_false" or _judges(folded, b))
        if not spans or not (b.options or judged):
            continue
        explained += 1
        m = _OPENS.match(folded, *spans[0])
        if m and (m["letters"] is None) == judged and set(re.sub("[ ,、]", "", m["letters"] or "")) <= {o[0] for o in b.options}:
            found.append((b, m.span("letters" if m["letters"] else "judged"), strip(folded, (m.end(), spans[0][1]))))
    if len(found) < 2 or len(found) * 2 <= explained:
        return
    for b, answer, rest in found:
        if b.key_item and b.key_item.explanation:
            b.key_item = replace(b.key_item, answer=answer, explanation=rest if rest[0] < rest[1] else None)
        else:
            b.answer_spans = [answer]
            b.explanation_spans = [s for s in (rest, *b.explanation_spans[1:]) if s[0] < s[1]]


def _judges(folded: str, b: Build) -> bool:
    """Whether a statement ends in the bracket of a judgement."""
    return bool(b.stem.spans) and _ASKS_TO_JUDGE.search(folded, *strip(folded, b.stem.spans[-1])) is not None
