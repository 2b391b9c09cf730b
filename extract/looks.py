"""Answers that only a look shows (版面标出的答案): colour, bold, highlight, underline, a ticked or a right box."""

from __future__ import annotations

import re
from bisect import bisect_left

from .builds import LETTERS, Build, choice_lines
from .forms import declared_type
from .model import Mark
from .outlined import Outline, Span
from .question_types import CHOICES, OPEN_TYPES
from .stem import blanks, strip


def lit_lines(folded: str, plan: Outline, builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """Options without letters, a short line each, of which the page shows the right ones in a look of their own (正确项变色).

    Counted per document: three questions or more, most of those that could be so, and not always the same line of them, for an
    answer below its question may be in a colour too.
    """
    if not marks:
        return
    open_ones = [(b, lines) for b in builds if _may_choose(folded, plan, b) and 3 <= len(lines := _lines(folded, b)) <= 9]
    open_ones = [(b, lines) for b, lines in open_ones if all(e - s <= 60 for s, e in lines[1:])]
    for group in _looks(marks).values() if len(open_ones) >= 3 else ():
        lit = [[k for k, line in enumerate(lines) if is_lit([line], group)] for _, lines in open_ones]
        good = [k for k, on in enumerate(lit) if on and on[0] and len(on) < len(open_ones[k][1]) - 1]
        if len(good) < 3 or len(good) * 3 < len(open_ones) * 2 or len({lit[k][0] for k in good}) < 2:
            continue
        if len({len(open_ones[k][1]) - lit[k][0] for k in good}) < 2:
            continue
        for b, lines in (open_ones[k] for k in good):
            b.stem.spans = [lines[0]]
            b.options += [(LETTERS[k], "", (s, s), [(s, e)]) for k, (s, e) in enumerate(lines[1:])]
        return


def _may_choose(folded: str, plan: Outline, b: Build) -> bool:
    declared = declared_type(folded, plan, b)
    return not (b.options or b.answer_spans) and (declared in CHOICES or declared in (None, "by_form", "true_false"))


def _lines(folded: str, b: Build) -> list[Span]:
    return [strip(folded, line) for s, e in b.stem.spans for line in choice_lines(folded, s, e)]


def _looks(marks: tuple[Mark, ...]) -> dict[tuple[str, str], list[Span]]:
    """The spans of each look that may say that an option is right."""
    groups: dict[tuple[str, str], list[Span]] = {("checked", "right"): []}  # before what the one who took the test has ticked
    for m in marks:
        if m.kind in ("color", "bold", "highlight", "underline", "checked", "quote"):
            groups.setdefault((m.kind, m.value if m.kind in ("color", "checked") else ""), []).append((m.start, m.end))
    return {look: sorted(spans) for look, spans in groups.items()}


def lit_options(builds: list[Build], marks: tuple[Mark, ...]) -> list[Span]:
    """Spans in a colour, in bold or highlighted, if the document marks its answers so: on one to three options of most questions."""
    best: list[Span] = []
    with_options = [b for b in builds if len(b.options) >= 2]
    if not with_options or not marks:
        return best
    best_share = 0.5
    for spans in _looks(marks).values():
        good = bad = 0
        for b in with_options:
            lit = sum(is_lit(o[3], spans) for o in b.options)
            good += 0 < lit < len(b.options)
            bad += lit == len(b.options)
        if good > best_share * len(with_options) and bad < good:
            best_share, best = good / len(with_options), spans
    return best or _lit_labels(with_options, marks)


def _lit_labels(builds: list[Build], marks: tuple[Mark, ...]) -> list[Span]:
    """The texts of the options whose letter alone is in such a look; not always the same letter, which a template may print so."""
    for spans in _looks(marks).values():
        lit = [on for b in builds if 0 < len(on := [o for o in b.options if _touches(o[2], spans)]) < len(b.options)]
        if len(lit) * 2 > len(builds) and len({on[0][0] for on in lit}) > 1:
            return sorted(text for on in lit for o in on for text in o[3])
    return []


def _touches(span: Span, spans: list[Span]) -> bool:
    """Whether a part of ``span`` lies in one of ``spans``, which are in order."""
    k = bisect_left(spans, (span[1], 0)) - 1
    return k >= 0 and spans[k][1] > span[0]


def lit_words(folded: str, plan: Outline, builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """What fill-in statements without a blank show underlined, or in the look that most of them share: their answers."""
    if not marks:
        return
    open_ones = [b for b in builds if _to_fill(folded, plan, b) and not blanks("".join(folded[s:e] for s, e in b.stem.spans))]
    looks = _looks(marks) if open_ones else {}
    for look in sorted((look for look in looks if look[0] != "checked"), key=lambda look: look[0] != "underline"):
        found = [(b, words) for b in open_ones if (words := _words_in(folded, b.stem.spans, looks[look]))]
        if found and (look[0] == "underline" or len(found) * 2 > max(2, len(open_ones))):
            for b, words in found:
                b.lit = words
            return


def lit_answers(folded: str, plan: Outline, builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """What stands below an open question in a colour, or quoted, on whole lines, where most open questions have it so: its answer."""
    colours = {look: spans for look, spans in _looks(marks).items() if look[0] in ("color", "quote")}
    open_ones = [b for b in builds if _to_answer(folded, plan, b)] if colours else []
    for spans in colours.values():
        found: list[tuple[Build, Span]] = []
        for b in open_ones:
            start, end = b.stem.spans[-1]
            lines = choice_lines(folded, start, end)
            lit = [is_lit([strip(folded, line)], spans) for line in lines]
            first = lit.index(True) if True in lit else 0
            if first and all(lit[first:]):
                found.append((b, (list(choice_lines(folded, start, end))[first][0], end)))
        if len(found) >= 2 and len(found) * 2 > len(open_ones):
            for b, (start, end) in found:
                b.stem.spans[-1] = strip(folded, (b.stem.spans[-1][0], start))
                b.answer_spans = [strip(folded, (start, end))]
            return


_QUOTED_LETTERS = re.compile(r"[A-H]{1,6}(?![A-Za-z])(?=[.。 ]*(?:\n|$))")


def quoted_answers(folded: str, builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """What is quoted below the options (> B) answers the question, if it opens with letters, and explains it."""
    quoted = sorted((m.start, m.end) for m in marks if m.kind == "quote")
    for b in builds if quoted else ():
        if len(b.options) < 2 or b.answer_spans or b.explanation_spans:
            continue
        label, printed, mark, texts = b.options[-1]
        start, end = texts[-1]
        k = bisect_left(quoted, (start + 1, 0))
        if k == len(quoted) or quoted[k][0] >= end:
            continue
        at = quoted[k][0]
        b.options[-1] = (label, printed, mark, [*texts[:-1], strip(folded, (start, at))])
        letters = _QUOTED_LETTERS.match(folded, at, end)
        b.answer_spans = [letters.span()] if letters else []
        rest = strip(folded, (letters.end() if letters else at, end), ".。")
        b.explanation_spans = [rest] if rest[0] < rest[1] else []


def _to_answer(folded: str, plan: Outline, b: Build) -> bool:
    plain = not (b.options or b.answer_spans or b.key_item or b.explanation_spans or b.stem.answer) and bool(b.stem.spans)
    return plain and (declared_type(folded, plan, b) or "by_form") in {*OPEN_TYPES, "by_form"}


def _to_fill(folded: str, plan: Outline, b: Build) -> bool:
    return declared_type(folded, plan, b) == "fill_blank" and bool(b.stem.spans) and not (b.options or b.answer_spans or b.key_item)


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


def several_to_tick(builds: list[Build], marks: tuple[Mark, ...]) -> None:
    """Options behind check boxes, of which several may be ticked (复选框), where radio buttons would allow one."""
    boxes = sorted((m.start, m.end) for m in marks if m.kind == "checkbox")
    for b in builds if boxes else ():
        b.ticks_several = len(b.options) >= 3 and all(is_lit(o[3], boxes) for o in b.options)


def is_lit(option: list[Span], spans: list[Span]) -> bool:
    """Whether most of an option lies in the spans of a look."""
    start, end = option[0][0], option[-1][1]
    if start >= end:
        return False
    covered = 0
    k = max(0, bisect_left(spans, (start, start)) - 1)
    while k < len(spans) and spans[k][0] < end:
        covered += max(0, min(end, spans[k][1]) - max(start, spans[k][0]))
        k += 1
    return covered * 2 > end - start
