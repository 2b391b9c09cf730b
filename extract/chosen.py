"""Answers that are marked where they stand (随题标注): on an option, in the bracket of the stem, at its end, on a line before it."""

from __future__ import annotations

import re
from itertools import groupby

from .builds import Build
from .forms import declared_type
from .looks import is_lit
from .markers import SLOT
from .outlined import Draft, Outline, Span
from .statements import judgement_mark
from .stem import PAGE_REFERENCE, blanks, letters_at_end, letters_in_bracket, strip, without

_SAID = "[ \\n]?".join("此项为本题"), "[ \\n]?".join("正确答案")  # a wrap, or its blank, may stand within
_RIGHT_OPTION = re.compile(
    rf"[(\[]? ?(?:{_SAID[0]}[ \n]?)?(?:{_SAID[1]}|正[ \n]?确(?:选项)?)[ \n]?[)\]]|[(\[] ?(?:√|对) ?[)\]] ?$|[√*] ?$|^ ?[√*]"
)
_RIGHT_SIGN = re.compile(r"[√*正对](?:(?<=[√*])|(?<=正)[ \n]?确|(?<=对) ?[)\]])")  # one of which stands beside an option that is marked
_CALL = re.compile(r"[a-z]\(")
_LEAST_SHOWN = 3
_SAID_RIGHT = re.compile(r"[(\[]正确答案[)\]]")  # where the page says so, the star before A is the form's own (*: must be answered)


def ticks_behind(folded: str, builds: list[Build]) -> None:
    """A tick between two options (C.五年 √D.六年) is the first one's, where more stand behind last options than before A.

    At the head of a line (C.五年 / √D.六年), only where those behind last options stand so, too. Where none stands behind the last or
    before A, the blanks tell: A.三年 √B.五年C.八年.
    """
    between = [(b, k) for b in builds for k, o in enumerate(b.options) if k and folded[o[2][0]] == "√"]
    lettered = [b for b in builds if len(b.options) >= 2] if between else []
    before = sum(folded[b.options[0][2][0]] == "√" for b in lettered)
    behind = [b.options[-1][3][-1][1] - 1 for b in lettered if folded.endswith("√", *b.options[-1][3][-1])]
    if len(behind) <= before and (before or not _glued_to_labels(folded, lettered, between)):
        return
    apart = bool(behind) and all(folded[at - 1] == "\n" for at in behind)
    for b, k in between:
        label, printed, (start, end), texts = b.options[k]
        if folded[start - 1] == "\n" and not apart:
            continue
        b.options[k] = (label, printed, (start + 1, end), texts)
        label, printed, mark, texts = b.options[k - 1]
        b.options[k - 1] = (label, printed, mark, [*texts[:-1], (texts[-1][0], start + 1)])


def _glued_to_labels(folded: str, lettered: list[Build], between: list[tuple[Build, int]]) -> bool:
    """Whether a blank stands before every tick, and none before the other labels."""
    others = [o[2][0] for b in lettered for o in b.options[1:] if folded[o[2][0]] != "√"]
    glued = sum(folded[at - 1] not in " \n" for at in others)
    return glued * 4 > len(others) * 3 and all(folded[b.options[k][2][0] - 1] == " " for b, k in between)


def right_behind(folded: str, builds: list[Build]) -> None:
    """正确 behind an option as pages of a course site print it (B. 220V 正确), where most questions below 选择一项 show it."""
    lettered = [b for b in builds if len(b.options) >= 2] if folded.count("选择一项") >= _LEAST_SHOWN else []
    shown = [(b, hits) for b in lettered if 0 < len(hits := _said_behind(folded, b)) < len(b.options)]
    if len(shown) < _LEAST_SHOWN or len(shown) * 2 < len(lettered):
        return
    for b, hits in shown:
        for k in hits:
            label, printed, mark, texts = b.options[k]
            start, end = texts[-1]
            b.options[k] = (label, printed, mark, [*texts[:-1], strip(folded, (start, end - len("正确")))])
            b.marked.append(label)


def _said_behind(folded: str, b: Build) -> list[int]:
    """The options that end in 正确; if a blank sets it apart somewhere, only those."""
    hits = [k for k, o in enumerate(b.options) if o[3][-1][1] - o[3][-1][0] > 2 and folded.endswith("正确", *o[3][-1])]
    apart = [k for k in hits if folded[b.options[k][3][-1][1] - 3] in " \n"]
    return apart or hits


def letters_and_marks(folded: str, plan: Outline, b: Build, lit: list[Span], glued: bool) -> None:
    """The options that are marked as right, and the letters in the bracket or at the end of the stem (``glued`` to A., as others are)."""
    if b.options and (lit or _RIGHT_SIGN.search(folded, b.options[0][2][0], b.options[-1][3][-1][1])):
        _right_options(folded, b, lit)
    if b.options and b.stem.spans and b.stem.answer is None:
        labels = "".join([o[0] for o in b.options])
        found = letters_in_bracket(folded, b.stem.spans, labels)
        if found is None and not b.answer_spans:
            found = letters_at_end(folded, b.stem.spans, glued)
        if found and b.answer_spans and _CALL.match(folded, found[0][0] - 2):
            found = None  # print(len(A)): a program, and its answer is printed below
        if found:
            b.stem.answer = found[0]
            reference = PAGE_REFERENCE.search(folded, *b.stem.spans[-1])
            b.stem.spans = without(b.stem.spans, found[1])
            if reference:
                b.stem.notes.append(reference.span())
                b.stem.spans = without(b.stem.spans, reference.span())


def _right_options(folded: str, b: Build, lit: list[Span]) -> None:
    """The options that are marked as right, without their marks."""
    worded = bool(b.marked) or any(_SAID_RIGHT.search(folded, *texts[0]) for _, _, _, texts in b.options)
    for k, (label, printed, mark, texts) in enumerate(b.options):
        start, end = texts[0]
        chosen = is_lit(texts, lit)
        m = _RIGHT_OPTION.search(folded, start, end)
        if m and m[0].strip() == folded[start:end]:
            m = None  # √ is all that the option says
        star = not worded and mark[0] < mark[1] and folded[mark[0]] in "*√"
        if m and (m[0].strip("([ )]") not in ("*",) or m.start() == start):
            chosen = True
            texts = [s for s in without([(start, end)], m.span()) if folded[s[0] : s[1]].strip()] or [(start, start)]
            texts = [strip(folded, s) for s in texts]
            worded = worded or "正确" in m[0]
        chosen = chosen or star
        b.options[k] = (label, printed, mark, texts)
        if chosen:
            b.marked.append(label)
    if len(b.marked) == len(b.options) and not worded:
        b.marked = []


_RINGS_HELD = re.compile(r"[(\[] *([①-⑧](?:[ ,、]*[①-⑧]){0,7}) *[)\]]")


def rings_in_brackets(folded: str, builds: list[Build]) -> None:
    """The answers of options ① ② ③ as rings in the stem's one bracket (扣款（②）元): only if most such questions are so."""
    ringed = [b for b in builds if b.options and b.options[0][1] == "①" and not b.answer_spans]
    found = [(b, held[0]) for b in ringed if len(held := [m for s, e in b.stem.spans for m in _RINGS_HELD.finditer(folded, s, e)]) == 1]
    if len(found) < 2 or len(found) * 5 < len(ringed) * 4:
        return
    for b, m in found:
        b.marked = [label for label, printed, *_ in b.options if printed in m[1]]
        b.stem.spans = without(b.stem.spans, m.span(1))


_WORD_AFTER_STOP = re.compile(r"(?<=[。.;])[ \n]*[(][ \n]*([^()\n《》]{1,20}?(?:\n[^()\n《》]{1,20}?)?)[ \n]*[)] *$")
# where a whole line is missing, its author may follow
_BLANK_IN_CLAUSE = re.compile(r"(?:[^\W_]|、)(?:_{2,}|[(] *[)])|(?:_{2,}|[(] *[)])[^\W_]")
_NO_ANSWER = re.compile(r"[填选写用取]|保留|结果|精确|已知|提示|单位|其中|真题|教材|[年卷分章节页注见][ \d]*$|\d{4} ?年")  # hints, sources


def words_after_stems(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Fill-in answers in a bracket behind the full stop (共有____个。（四）): only if most blanks of the document are answered so."""
    open_ones = [
        b
        for b in builds
        if declared_type(folded, plan, b) in (None, "by_form", "fill_blank")
        and not (b.options or b.answer_spans or b.key_item)
        and b.stem.spans
        and blanks("".join(folded[s:e] for s, e in b.stem.spans)) == 1
    ]
    found = [(b, m) for b in open_ones if (m := _WORD_AFTER_STOP.search(folded, *b.stem.spans[-1])) and _in_clause(folded, b)]
    if len(found) < 4 or len(found) * 4 < len(open_ones) * 3 or any(_NO_ANSWER.search(m[1]) for _, m in found):
        return
    for b, m in found:
        b.answer_spans = [m.span(1)]
        b.stem.spans = without(b.stem.spans, m.span())


def _in_clause(folded: str, b: Build) -> bool:
    stem = "".join(folded[s:e] for s, e in b.stem.spans)
    return _BLANK_IN_CLAUSE.search(stem) is not None and sum("一" <= c <= "鿿" for c in stem) >= 4


_MARKS = frozenset({"√", "×", "对", "错", "正确", "错误", "T", "F"})


def marks_behind(folded: str, drafts: list[Draft]) -> None:
    """Marks glued to the next number, (√)2、 on the line below question 1: each goes back to the question before it.

    The first question of the section has none before it then, and the last one has its own behind it, or one stands before a choice,
    or the page ends there.
    """
    for _, group in groupby(drafts, key=lambda d: d.section):
        run = list(group)
        slots = [SLOT.match(d.printed or "") for d in run]
        marked = [slot is not None and slot["answer"] in _MARKS for slot in slots]
        behind = [before for before, on in zip(run, marked[1:], strict=False) if on]  # what the marks would go back to
        if marked[0] or len(behind) < 2 or any(d.options or d.answers or not d.stem for d in behind):
            continue
        last = run[-1]
        own = bool(last.stem) and not last.options and judgement_mark(folded, last.stem) is not None
        ends = last is drafts[-1] and slots[0] is None and sum(marked) > 2 and not _marked_before(folded, run[0])
        if not own and not ends and not any(d.options and on for d, on in zip(run, marked, strict=True)):
            continue
        for before, d, slot, moved in zip(run, run[1:], slots[1:], marked[1:], strict=False):
            if moved and slot and d.printed and before.stem[-1][1] == d.mark[0]:
                number = d.mark[0] + slot.end()
                before.stem[-1] = (before.stem[-1][0], number)
                d.mark, d.printed = (number, d.mark[1]), d.printed[slot.end() :]


def _marked_before(folded: str, d: Draft) -> bool:
    """Whether a mark stands before the first number, at the end of the heading: 一、判断题(√)1、..."""
    return _SLOT_AT_END.search(folded, max(0, d.mark[0] - _SLOT_LENGTH), d.mark[0]) is not None


_SLOT_AT_END = re.compile(r"\n? *(?:[(\[][ \n]{0,2}(√|×|对|错|正确|错误|[TF]|[A-H]{1,6})[ \n]{0,2}[)\]]|(?<=[。.?!)\s])([√×])) *$")
_SLOT_LENGTH = 16


def slots_before(folded: str, builds: list[Build]) -> None:
    """Answers that stand before the numbers, and so behind the question before (判断题（√）1、...。（×）2、...), each to its own.

    So it is where one stands before the first question of a section and none behind the last.
    """
    for _, group in groupby(builds, key=lambda b: b.draft.section):
        run = [b for b in group if b.stem.spans]
        own = SLOT.match(run[0].draft.printed or "") if run else None
        at = run[0].draft.mark[0] if run else 0
        head = None if own and own["answer"] else _SLOT_AT_END.search(folded, max(0, at - _SLOT_LENGTH), at)
        if len(run) < _LEAST_SHOWN or any(b.answer_spans for b in run) or not (head or (own and own["answer"])):
            continue
        ends = [_slot_behind(folded, b) for b in run]
        opens = [bool((m := SLOT.match(b.draft.printed or "")) and m["answer"]) for b in run]  # a wrap set the slot before its number
        if ends[-1] or sum(m is not None or on for m, on in zip(ends, opens[1:], strict=False)) * 10 < (len(run) - 1) * 9:
            continue
        for b, m in zip(run, [head, *ends[:-1]], strict=True):
            if m:
                b.stem.answer = m.span(m.lastindex or 0)
        for b, m in zip(run, ends, strict=True):
            if m and b.options:
                label, printed, mark, texts = b.options[-1]
                b.options[-1] = (label, printed, mark, without(texts, m.span()))
            elif m:
                b.stem.spans = without(b.stem.spans, m.span())


def _slot_behind(folded: str, b: Build) -> re.Match[str] | None:
    start, end = b.options[-1][3][-1] if b.options else b.stem.spans[-1]
    m = _SLOT_AT_END.search(folded, max(start, end - _SLOT_LENGTH), end)
    return m if m and m.start() > start else None
