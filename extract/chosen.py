"""Answers that are marked where they stand (随题标注): on an option, in the bracket of the stem, at its end, on a line before it."""

from __future__ import annotations

import re
from bisect import bisect_left

from .builds import LETTERS, Build, choice_lines
from .model import Mark
from .outlined import Outline, Span
from .question_types import CHOICES
from .stem import PAGE_REFERENCE, blanks, letters_at_end, letters_in_bracket, strip, without

_RIGHT_OPTION = re.compile(r"[(\[]? ?(?:此项为本题)?正 ?确(?: ?答 ?案|选项)? ?[)\]]|[(\[] ?(?:√|对) ?[)\]] ?$|[√*] ?$|^ ?[√*]")
_SAID_RIGHT = re.compile(r"[(\[]正确答案[)\]]")  # where the page says so, the star before A is the form's own (*: must be answered)


def lit_lines(folded: str, plan: Outline, builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """Options without letters, a short line each, of which the page shows the right ones in a look of their own (正确项变色).

    Counted per document: three questions or more, most of those that could be so, and not always the same line of them, for an
    answer below its question may be in a colour too.
    """
    open_ones = [(b, lines) for b in builds if _may_choose(plan, b) and 3 <= len(lines := _lines(folded, b)) <= 9]
    open_ones = [(b, lines) for b, lines in open_ones if all(e - s <= 60 for s, e in lines[1:])]
    for group in _looks(marks).values() if len(open_ones) >= 3 else ():
        lit = [[k for k, line in enumerate(lines) if _is_lit([line], group)] for _, lines in open_ones]
        good = [k for k, on in enumerate(lit) if on and on[0] and len(on) < len(open_ones[k][1]) - 1]
        if len(good) < 3 or len(good) * 3 < len(open_ones) * 2 or len({lit[k][0] for k in good}) < 2:
            continue
        if len({len(open_ones[k][1]) - lit[k][0] for k in good}) < 2:
            continue
        for b, lines in (open_ones[k] for k in good):
            b.stem.spans = [lines[0]]
            b.options += [(LETTERS[k], "", (s, s), [(s, e)]) for k, (s, e) in enumerate(lines[1:])]
        return


def _may_choose(plan: Outline, b: Build) -> bool:
    declared = _declared(plan, b)
    return not (b.options or b.answer_spans) and (declared in CHOICES or declared in (None, "by_form", "true_false"))


def _lines(folded: str, b: Build) -> list[Span]:
    return [strip(folded, line) for s, e in b.stem.spans for line in choice_lines(folded, s, e)]


def _looks(marks: tuple[Mark, ...]) -> dict[tuple[str, str], list[Span]]:
    """The spans of each look that may say that an option is right."""
    groups: dict[tuple[str, str], list[Span]] = {("checked", "right"): []}  # before what the one who took the test has ticked
    for m in marks:
        if m.kind in ("color", "bold", "highlight", "underline", "checked"):
            groups.setdefault((m.kind, m.value if m.kind in ("color", "checked") else ""), []).append((m.start, m.end))
    return {look: sorted(spans) for look, spans in groups.items()}


def lit_options(builds: list[Build], marks: tuple[Mark, ...]) -> list[tuple[int, int, str]]:
    """Spans in a colour, in bold or highlighted, if the document marks its answers so: on one to three options of most questions."""
    best: list[tuple[int, int, str]] = []
    with_options = [b for b in builds if len(b.options) >= 2]
    if not with_options or not marks:
        return best
    best_share = 0.5
    for spans in _looks(marks).values():
        good = bad = 0
        for b in with_options:
            lit = sum(_is_lit(o[3], spans) for o in b.options)
            good += 0 < lit < len(b.options)
            bad += lit == len(b.options)
        if good > best_share * len(with_options) and bad < good:
            best_share, best = good / len(with_options), [(s, e, "") for s, e in spans]
    return best


def lit_words(folded: str, plan: Outline, builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """What fill-in statements without a blank show underlined, or in the look that most of them share: their answers."""
    open_ones = [b for b in builds if _to_fill(plan, b) and not blanks("".join(folded[s:e] for s, e in b.stem.spans))]
    groups: dict[tuple[str, str], list[Span]] = {("underline", ""): []}
    for m in marks if open_ones else ():
        if m.kind in ("underline", "highlight", "color", "bold"):
            groups.setdefault((m.kind, m.value if m.kind == "color" else ""), []).append((m.start, m.end))
    for (kind, _), spans in groups.items():
        found = [(b, words) for b in open_ones if (words := _words_in(folded, b.stem.spans, sorted(spans)))]
        if found and (kind == "underline" or len(found) * 2 > max(2, len(open_ones))):
            for b, words in found:
                b.lit = words
            return


def _declared(plan: Outline, b: Build) -> str | None:
    return b.stem.type or (plan.sections[b.draft.section].type if b.draft.section >= 0 else None)


def _to_fill(plan: Outline, b: Build) -> bool:
    return _declared(plan, b) == "fill_blank" and bool(b.stem.spans) and not (b.options or b.answer_spans or b.key_item)


def _words_in(folded: str, stem: list[Span], spans: list[Span]) -> list[Span]:
    """The parts of a stem that the spans cover, neighbours joined; none where they cover all of it."""
    words: list[Span] = []
    for start, end in stem:
        for k in range(max(0, bisect_left(spans, (start, start)) - 1), len(spans)):
            if spans[k][0] >= end:
                break
            s, e = strip(folded, (max(start, spans[k][0]), min(end, spans[k][1])))
            if words and s < e and not folded[words[-1][1] : s].strip():
                words[-1] = (words[-1][0], e)
            elif s < e:
                words.append((s, e))
    return words if sum(e - s for s, e in words) * 5 < sum(e - s for s, e in stem) * 4 else []


def _is_lit(option: list[Span], spans: list[Span]) -> bool:
    start, end = option[0][0], option[-1][1]
    if start >= end:
        return False
    covered = 0
    k = max(0, bisect_left(spans, (start, start)) - 1)
    while k < len(spans) and spans[k][0] < end:
        covered += max(0, min(end, spans[k][1]) - max(start, spans[k][0]))
        k += 1
    return covered * 2 > end - start


def several_to_tick(builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """Options behind check boxes, of which several may be ticked (复选框), where radio buttons would allow one."""
    boxes = sorted((m.start, m.end) for m in marks if m.kind == "checkbox")
    for b in builds if boxes else ():
        b.ticks_several = len(b.options) >= 3 and all(_is_lit(o[3], boxes) for o in b.options)


def letters_and_marks(folded: str, plan: Outline, b: Build, lit: list[tuple[int, int, str]]) -> None:
    """The options that are marked as right, and the letters in the bracket or at the end of the stem."""
    spans = [(s, e) for s, e, _ in lit]
    worded = bool(b.marked) or any(_SAID_RIGHT.search(folded, *texts[0]) for _, _, _, texts in b.options)
    for k, (label, printed, mark, texts) in enumerate(b.options):
        start, end = texts[0]
        chosen = bool(spans) and _is_lit(texts, spans)
        m = _RIGHT_OPTION.search(folded, start, end)
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
    if b.options and b.stem.spans and b.stem.answer is None:
        labels = "".join(o[0] for o in b.options)
        found = letters_in_bracket(folded, b.stem.spans, labels)
        if found is None and not b.answer_spans:
            found = letters_at_end(folded, b.stem.spans)
        if found:
            b.stem.answer = found[0]
            reference = PAGE_REFERENCE.search(folded, *b.stem.spans[-1])
            b.stem.spans = without(b.stem.spans, found[1])
            if reference:
                b.stem.notes.append(reference.span())
                b.stem.spans = without(b.stem.spans, reference.span())


_LETTER_AT_END = re.compile(r"(?<=[\u4e00-\u9fff]) ?([A-H]{1,5}) *$")


def letters_after_stems(folded: str, builds: list[Build]) -> None:
    """Answers printed as a bare letter at the end of the stem (由（ ）决定B): only if most questions of the document do so."""
    open_ones = [
        b for b in builds if len(b.options) >= 2 and b.stem.spans and b.stem.answer is None and not b.answer_spans and not b.marked
    ]
    found = [(b, _LETTER_AT_END.search(folded, *b.stem.spans[-1])) for b in open_ones]
    hits = [(b, m) for b, m in found if m]
    if len(hits) < 2 or (len(hits) + sum(b.stem.answer is not None for b in builds)) * 5 < sum(len(b.options) >= 2 for b in builds) * 4:
        return
    for b, m in hits:
        b.stem.answer = m.span(1)
        b.stem.spans = without(b.stem.spans, m.span())


_WORD_AFTER_STOP = re.compile(r"(?<=[。.;]) *[(] *([^()\n《》]{1,20}?) *[)] *$")
# where a whole line is missing, its author may follow
_BLANK_IN_CLAUSE = re.compile(r"[^\W_](?:_{2,}|[(] *[)])|(?:_{2,}|[(] *[)])[^\W_]")
_NO_ANSWER = re.compile(r"[填选写用取]|保留|结果|精确|已知|提示|单位|其中|真题|教材|[年卷分章节页注见][ \d]*$|\d{4} ?年")  # hints, sources


def words_after_stems(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Fill-in answers in a bracket behind the full stop (共有____个。（四）): only if most blanks of the document are answered so."""
    open_ones = [
        b
        for b in builds
        if _declared(plan, b) in (None, "by_form", "fill_blank") and not (b.options or b.answer_spans or b.key_item) and b.stem.spans
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


_LONE_MARK = re.compile(r"\n *[(\[] ?(?:√|×|对|错|正确|错误|T|F) ?[)\]] *$")


def marks_before(folded: str, builds: list[Build]) -> None:
    """Marks on lines of their own: they belong to the question after them if one stands before the first question (counted per document)."""  # noqa: E501
    run = [b for b in builds if not b.options and b.stem.spans]
    if len(run) < 2 or run[0].draft.mark[0] < 4:
        return
    head = _LONE_MARK.search("\n" + folded[max(0, run[0].draft.mark[0] - 12) : run[0].draft.mark[0]].rstrip())
    marks = [_LONE_MARK.search(folded, b.stem.spans[-1][0], b.stem.spans[-1][1]) for b in run]
    if not head or marks[-1] is not None or not all(marks[:-1]):
        return
    base = run[0].draft.mark[0] - len(folded[max(0, run[0].draft.mark[0] - 12) : run[0].draft.mark[0]]) - 1
    spans = [(base + head.start(), base + head.end())] + [m.span() for m in marks[:-1] if m]
    for b, span in zip(run, spans, strict=True):
        own = _LONE_MARK.search(folded, b.stem.spans[-1][0], b.stem.spans[-1][1])
        if own:
            b.stem.spans = without(b.stem.spans, own.span())
        inner = re.compile(r"[^\s()\[\]]+").search(folded, *span)
        if inner:
            b.stem.answer = inner.span()
