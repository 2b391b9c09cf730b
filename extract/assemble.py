"""Outline -> questions (组卷): every field taken from its spans, typed, with answers from the stem, the lines after it, and the keys."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from . import answers as read_answers
from .answer_key import read_keys
from .fold import fold
from .key_items import Item
from .model import Answer, Mark, Option, Part, Question, Section
from .outline import Draft, Material, Outline, Span
from .question_types import CHOICES, type_named
from .stem import (
    FALSE_WORDS,
    PAGE_REFERENCE,
    TRUE_WORDS,
    StemParts,
    blanks,
    empty_bracket_at_end,
    filled_blanks,
    judgement_mark,
    letters_at_end,
    letters_in_bracket,
    printed_choices,
    strip,
    tags_and_scores,
    without,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RIGHT_OPTION = re.compile(r"[(\[]? ?(?:此项为本题)?正确(?:答案|选项)? ?[)\]]|[√*] ?$|^ ?[√*]")
_TRUE_FALSE_OPTIONS = (TRUE_WORDS | FALSE_WORDS) - {"Y", "N", "V", "X", "R", "W"}
_PLAIN_MARK = re.compile(r"[(\[] ?(?:√|×|对|错|正确|错误) ?[)\]]|.[√×]")
_DOUBLE_BRACKET = re.compile(r"\[\[[^\[\]]+\]\]")
_ESSAY = re.compile(r"论述|试论|试述|作文|不少于 ?[4-9]\d\d ?字|不少于 ?\d{4} ?字|写一篇")
_CALCULATE = re.compile(r"计算|求[出解]?|多少")
_PROGRAM = re.compile(r"编写|编程|写出(?:下列|该|以下)?程序|程序(?:的)?(?:运行|输出)结果|写一个(?:程序|函数|方法)")
_TERM = re.compile(r"^[^\s,。?:，？]{2,16}$")


@dataclass(slots=True)
class Build:
    """One question being put together: the spans of its fields in the mended text, and what was learnt on the way."""

    draft: Draft
    stem: StemParts
    options: list[tuple[str, str, Span, list[Span]]] = field(default_factory=list)  # label, printed label, mark, text spans
    answer_spans: list[Span] = field(default_factory=list)
    explanation_spans: list[Span] = field(default_factory=list)
    key_item: Item | None = None
    type: str | None = None
    answer: Answer = None
    marked: list[str] = field(default_factory=list)
    number: int | None = None
    doubts: list[tuple[str, str]] = field(default_factory=list)
    place: int = 0


def build(text: str, folded: str, plan: Outline, marks: tuple[Mark, ...]) -> list[Build]:
    """The questions of one document, in order. ``marks`` are the container's, in offsets of ``text``."""
    builds = [_begin(folded, d) for d in _with_shared_options(plan, _with_sub_questions(plan))]
    lit = _lit_options(builds, marks)
    for b in builds:
        _letters_and_marks(folded, plan, b, lit)
    _letters_after_stems(folded, builds)
    _marks_before(folded, builds)
    by_draft = {id(b.draft): b for b in builds}
    keyed = read_keys(folded, plan)
    for draft, item in keyed.pairs:
        target = by_draft[id(draft)]
        if target.key_item is None:
            target.key_item = item
    for draft, code, message in keyed.doubts:
        by_draft[id(draft)].doubts.append((code, message))
    mark_side = _marks_in_use(folded, builds, plan)
    for b in builds:
        _type_and_answer(text, folded, plan, b, mark_side)
    return builds


def _with_sub_questions(plan: Outline) -> list[Draft]:
    """Drops the head of a group of sub-questions and gives its text to them as material."""
    out: list[Draft] = []
    for k, d in enumerate(plan.drafts):
        following = plan.drafts[k + 1] if k + 1 < len(plan.drafts) else None
        if d.action != "sub" and following is not None and following.action == "sub" and not d.options and not d.answers:
            spans = ([s for i in [d.material] if i >= 0 for s in plan.materials[i].spans]) + d.stem
            plan.materials.append(Material(spans))
            for later in plan.drafts[k + 1 :]:
                if later.action != "sub":
                    break
                later.material = len(plan.materials) - 1
                later.parent = d.number
            plan.roles.append((*d.mark, "number"))
            continue
        out.append(d)
    plan.drafts[:] = out
    return out


def _with_shared_options(plan: Outline, drafts: list[Draft]) -> list[Draft]:
    """Gives the options that stand before their questions (配伍题) to each of them."""
    own = {d.material for d in drafts if d.options}
    for d in drafts:
        if not d.options and d.material >= 0 and d.material not in own and len(plan.materials[d.material].options) >= 2:
            d.options = list(plan.materials[d.material].options)
            d.shares_options = True
    return drafts


def _begin(folded: str, d: Draft) -> Build:
    b = Build(d, tags_and_scores(folded, d.stem), place=d.place)
    if b.stem.type is None and d.printed and d.style == "例":
        b.stem.type = type_named(d.printed)
    for index, printed, mark, span in d.options:
        label = LETTERS[index] if 0 <= index < 26 else printed.strip(" .、:)(")
        b.options.append((label, re.sub(r"[^A-Za-z①-⑳]", "", printed) or printed.strip(), mark, [strip(folded, span)]))
    _unlettered_options(folded, b)
    _bracketed_options(folded, b)
    slot = re.match(r"[(\[] ?([A-Ha-h√×TF对错]{1,6}) ?[)\]]", d.printed or "")
    if slot:
        b.stem.answer = (d.mark[0] + slot.start(1), d.mark[0] + slot.end(1))
    if d.number is not None and b.stem.spans:  # 1、1. : the number stands twice
        again = re.compile(rf"[.、 ]*{d.number} ?[.、](?!\d)").match(folded, *b.stem.spans[0]) or re.compile(r"[.、]+").match(
            folded, *b.stem.spans[0]
        )
        if again:
            b.stem.spans[0] = (again.end(), b.stem.spans[0][1])
    b.answer_spans = [s for s in (strip(folded, a) for a in d.answers) if s[0] < s[1]]
    b.explanation_spans = [s for s in (strip(folded, e) for e in d.explanations) if s[0] < s[1]]
    return b


def _bracketed_options(folded: str, b: Build) -> None:
    """Options printed in the stem's own bracket, （A. ... B. ... ）选举产生: the bracket's end and what follows go back to the stem."""
    if len(b.options) < 2 or not b.stem.spans or not folded[: b.stem.spans[-1][1]].endswith("("):
        return
    label, printed, mark, [(start, end)] = b.options[-1]
    close = folded.find(")", start, end)
    if close < 0 or folded.find("(", start, close) >= 0:
        return
    b.options[-1] = (label, printed, mark, [strip(folded, (start, close))])
    b.stem.spans.append((close, end))


_RIGHT_LINE = re.compile(r"[(\[](?:正确答案|正确选项|答案)[)\]]")


def _unlettered_options(folded: str, b: Build) -> None:
    """Form exports list options without letters, a line each, the right ones marked (正确答案)."""
    if b.options or not b.stem.spans:
        return
    lines: list[Span] = []
    for start, end in b.stem.spans:
        at = start
        while at < end:
            stop = folded.find("\n", at, end)
            stop = end if stop < 0 else stop
            if folded[at:stop].strip(" *"):
                lines.append(strip(folded, (at, stop), "*○□◯☐●◇▢❍"))
            at = stop + 1
    marked = [k for k, (s, e) in enumerate(lines) if k and _RIGHT_LINE.search(folded, s, e)]
    tagged = (
        b.stem.type in ("single_choice", "multiple_choice", "indefinite_choice")
        and len(lines) >= 3
        and all(e - s <= 60 for s, e in lines[1:])
    )
    if not marked and not tagged:
        return
    b.stem.spans = [lines[0]]
    for k, (s, e) in enumerate(lines[1:9]):
        label = LETTERS[k]
        m = _RIGHT_LINE.search(folded, s, e)
        if m:
            b.marked.append(label)
            e = m.start()
        b.options.append((label, "", (s, s), [strip(folded, (s, e))]))


def _lit_options(builds: list[Build], marks: tuple[Mark, ...]) -> list[tuple[int, int, str]]:
    """Spans in a colour, in bold or highlighted, if the document marks its answers so: on one to three options of most questions."""
    best: list[tuple[int, int, str]] = []
    with_options = [b for b in builds if len(b.options) >= 2]
    if not with_options or not marks:
        return best
    groups: dict[tuple[str, str], list[Mark]] = {}
    for m in marks:
        if m.kind in ("color", "bold", "highlight", "underline", "checked"):
            groups.setdefault((m.kind, m.value if m.kind == "color" else ""), []).append(m)
    best_share = 0.5
    for group in groups.values():
        spans = sorted((m.start, m.end) for m in group)
        good = bad = 0
        for b in with_options:
            lit = sum(_is_lit(o[3], spans) for o in b.options)
            good += 0 < lit < len(b.options)
            bad += lit == len(b.options)
        if good > best_share * len(with_options) and bad < good:
            best_share, best = good / len(with_options), [(s, e, "") for s, e in spans]
    return best


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


def _letters_and_marks(folded: str, plan: Outline, b: Build, lit: list[tuple[int, int, str]]) -> None:
    spans = [(s, e) for s, e, _ in lit]
    for k, (label, printed, mark, texts) in enumerate(b.options):
        start, end = texts[0]
        chosen = bool(spans) and _is_lit(texts, spans)
        m = _RIGHT_OPTION.search(folded, start, end)
        star = mark[0] < mark[1] and folded[mark[0]] in "*√"
        if m and (m[0].strip("([ )]") not in ("*",) or m.start() == start):
            chosen = True
            texts = [s for s in without([(start, end)], m.span()) if folded[s[0] : s[1]].strip()] or [(start, start)]
            texts = [strip(folded, s) for s in texts]
        chosen = chosen or star
        b.options[k] = (label, printed, mark, texts)
        if chosen:
            b.marked.append(label)
    if len(b.marked) == len(b.options):
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


def _letters_after_stems(folded: str, builds: list[Build]) -> None:
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


_LONE_MARK = re.compile(r"\n *[(\[] ?(?:√|×|对|错|正确|错误|T|F) ?[)\]] *$")


def _marks_before(folded: str, builds: list[Build]) -> None:
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


def _section(plan: Outline, b: Build) -> Section | None:
    return plan.sections[b.draft.section] if b.draft.section >= 0 else None


def _declared(folded: str, plan: Outline, b: Build) -> str | None:
    for style, span in b.draft.notes:
        if style == "题型":
            named = type_named(folded[span[0] : span[1]])
            if named:
                return named
    if b.stem.type:
        return b.stem.type
    s = _section(plan, b)
    if s is None:
        return None
    if s.type:
        return s.type
    for title in reversed(s.path[:-1]):
        named = type_named(title)
        if named and named != "by_form":
            return named
    return None


def _marks_in_use(folded: str, builds: list[Build], plan: Outline) -> bool:
    """Whether statements without options end in a judgement mark, decided once for the document."""
    open_ones = [b for b in builds if not b.options and b.stem.spans]
    if not open_ones:
        return False
    marked = sum(judgement_mark(folded, b.stem.spans) is not None for b in open_ones)
    return marked >= 2 and marked * 3 >= len(open_ones)


def _type_and_answer(text: str, folded: str, plan: Outline, b: Build, marks_in_use: bool) -> None:
    declared = _declared(folded, plan, b)
    if declared == "by_form":
        declared = None
    if declared is None and b.draft.shares_options:
        declared = "matching"
    printed, explanation = _printed_answer(text, b)
    option_texts = [folded[o[3][0][0] : o[3][-1][1]].strip(" 。.;") for o in b.options]
    labels = "".join(o[0] for o in b.options)
    if declared in CHOICES and not b.options and not b.stem.type and _speaks_against_choice(folded, b, printed):
        declared = None
    two_words = len(b.options) == 2 and all(t in _TRUE_FALSE_OPTIONS for t in option_texts)
    mark = None
    both = printed_choices(folded, b.stem.spans) if b.stem.spans else None
    if both and declared in (None, "true_false"):
        declared = "true_false"
        b.stem.spans = [s for s in (strip(folded, s) for s in without(b.stem.spans, both)) if s[0] < s[1]]
    if not b.options or two_words or declared == "true_false":
        mark = judgement_mark(folded, b.stem.spans) if b.stem.spans else None
    if mark and declared != "true_false" and not (declared is None and (marks_in_use or _PLAIN_MARK.match(folded, mark[0][0] - 1))):
        mark = None
    if declared is None and not b.options and _DOUBLE_BRACKET.search("".join(folded[s:e] for s, e in b.stem.spans)):
        declared = "fill_blank"
    b.type = declared or _by_form(folded, b, printed, two_words, mark is not None)
    if b.type == "true_false":
        if mark:
            b.stem.answer = b.stem.answer or mark[0]
            b.stem.spans = [s for s in (strip(folded, s) for s in without(b.stem.spans, mark[1])) if s[0] < s[1]]
        hole = empty_bracket_at_end(folded, b.stem.spans) if b.stem.spans else None
        if hole:
            rest = tags_and_scores(folded, [s for s in without(b.stem.spans, hole) if folded[s[0] : s[1]].strip()])
            b.stem.spans, b.stem.score = rest.spans, b.stem.score if rest.score is None else rest.score
    if (
        declared == "fill_blank"
        and not b.options
        and not printed
        and b.stem.spans
        and not blanks("".join(folded[s:e] for s, e in b.stem.spans))
    ):
        filled = filled_blanks(folded, b.stem.spans)
        if filled:  # the page prints the answers in the blanks
            b.answer = tuple(text[s:e].strip(" []【】\n") for s, e in filled)
            for hole in filled:
                b.stem.spans = without(b.stem.spans, hole)
    _read_answer(text, folded, b, printed, explanation, labels, option_texts)
    if declared is None and b.type == "single_choice" and isinstance(b.answer, tuple) and len(b.answer) > 1:
        b.type = "multiple_choice"


def _speaks_against_choice(folded: str, b: Build, printed: str | None) -> bool:
    """Whether a question without options under a heading of choices is plainly something else (填空, 判断, 问答)."""
    if _DOUBLE_BRACKET.search("".join(folded[s:e] for s, e in b.stem.spans)):
        return True
    if printed and not read_answers.is_nothing(printed):
        return read_answers.letters(printed) is None
    return judgement_mark(folded, b.stem.spans) is not None if b.stem.spans else False


def _printed_answer(text: str, b: Build) -> tuple[str | None, bool]:
    """The printed answer nearest to the question: its own line, else its key item; True if a key item gives an explanation."""
    own = "\n".join(text[s:e].strip() for s, e in b.answer_spans)
    if own and not (read_answers.is_nothing(own) and b.key_item):
        return own, False
    if b.key_item:
        s, e = b.key_item.answer
        return b.key_item.text or text[s:e], b.key_item.explanation is not None
    return None, False


def _by_form(folded: str, b: Build, printed: str | None, two_words: bool, marked: bool) -> str:
    stem = "".join(folded[s:e] for s, e in b.stem.spans)
    if two_words:
        return "true_false"
    if len(b.options) >= 2 or (b.options and b.marked):
        run = read_answers.letters(printed) if printed else None
        several = run is not None and isinstance(run.answer, tuple) and len(run.answer) > 1
        if several or len(b.marked) > 1 or (b.stem.answer and b.stem.answer[1] - b.stem.answer[0] > 1):
            return "multiple_choice"
        if re.search(r"[(\[]多选|[两三四]项(?:是|有|正确|符合)|哪[两三]项", stem) and not printed:
            return "multiple_choice"
        return "single_choice"
    if marked:
        return "true_false"
    if printed:
        judged = read_answers.judgement(printed)
        rest = printed[judged.used :].strip() if judged else ""
        if judged and (not rest or rest[0] in "。.，,;；(（\n") and printed[:1] not in "TFNYVXRW是否":
            return "true_false"
        run = read_answers.letters(printed)
        if run and not printed[run.used :].strip() and blanks(stem) <= 1 and len(printed.strip()) <= 5 and not re.search("_{2,}", stem):
            return "single_choice" if isinstance(run.answer, tuple) and len(run.answer) == 1 else "multiple_choice"
    if blanks(stem):
        return "fill_blank"
    if _PROGRAM.search(stem):
        return "programming"
    if _ESSAY.search(stem):
        return "essay"
    return "short_answer"


def _read_answer(
    text: str, folded: str, b: Build, printed: str | None, has_explanation: bool, labels: str, option_texts: list[str]
) -> None:
    in_stem = text[b.stem.answer[0] : b.stem.answer[1]] if b.stem.answer else None
    choice = bool(b.options) or b.type in CHOICES
    rest_from: int | None = None
    if b.type == "true_false":
        for candidate in (printed, in_stem):
            if candidate is None:
                continue
            judged = read_answers.judgement(candidate)
            run = read_answers.letters(candidate)
            if run and b.options and isinstance(run.answer, tuple) and len(run.answer) == 1 and run.answer[0] in labels:
                words = option_texts[labels.index(run.answer[0])]
                if words in TRUE_WORDS or words in FALSE_WORDS:
                    judged = read_answers.Reading(words in TRUE_WORDS, run.used)
            elif run and not b.options and isinstance(run.answer, tuple) and run.answer in (("A",), ("B",)) and judged is None:
                judged = read_answers.Reading(run.answer == ("A",), run.used)
            if judged:
                b.answer = judged.answer
                if candidate is printed:
                    rest_from = judged.used
                break
        if b.answer is None and b.marked and b.options:
            words = option_texts[labels.index(b.marked[0])]
            b.answer = words in TRUE_WORDS if words in TRUE_WORDS or words in FALSE_WORDS else None
        if b.answer is None and printed and not read_answers.is_nothing(printed):
            m = re.match(r"[^\n。,，]{0,6}?(不?正确|错误?|不对|对)", printed)
            if m:
                b.answer = m[1] in TRUE_WORDS
    elif choice:
        if printed:
            run = read_answers.letters(printed, labels or None)
            if run:
                b.answer, rest_from = run.answer, run.used
            else:
                hit = _labels_of_texts(fold(printed), option_texts, labels)
                if hit:
                    b.answer, rest_from = hit, len(printed)
        if b.answer is None and in_stem:
            b.answer = tuple(dict.fromkeys(re.sub(r"[^A-Z]", "", in_stem.upper())))
        if b.answer is None and b.marked:
            b.answer = tuple(b.marked)
    elif printed and not read_answers.is_nothing(printed):
        if b.type == "fill_blank":
            stem = "".join(folded[s:e] for s, e in b.stem.spans)
            b.answer = read_answers.blanks(printed, blanks(stem))
        elif b.type == "term_definition":
            b.answer = _without_term(text, b, printed)
        else:
            b.answer = printed.strip()
    elif b.type == "term_definition" and b.answer is None and not printed:
        _split_term(text, folded, b)
    if choice and b.answer is None and printed and rest_from is None and len(printed) > 8 and not b.explanation_spans and b.answer_spans:
        b.explanation_spans, b.answer_spans = b.answer_spans, []  # 【解答】解：... 故选 B
    if rest_from is not None and printed:
        _rest_is_explanation(text, b, printed, rest_from)
    if b.key_item and b.key_item.explanation and not b.explanation_spans:
        b.explanation_spans = [b.key_item.explanation]
    if b.answer is None and choice and b.explanation_spans:
        chosen = read_answers.chosen_in("\n".join(text[s:e] for s, e in b.explanation_spans))
        if chosen and set(chosen) <= set(labels):
            b.answer = chosen
    if (
        b.answer is None
        and b.type in ("single_choice", "multiple_choice")
        and not b.options
        and printed
        and not read_answers.is_nothing(printed)
    ):
        b.answer = printed.strip()


def _labels_of_texts(printed: str, option_texts: list[str], labels: str) -> tuple[str, ...]:
    """The labels of options that an answer names by their texts (【棉花; 苎麻】); empty unless it names nothing else."""
    table = {t: labels[k] for k, t in enumerate(option_texts) if t}
    words = printed.strip(' 。.;\n[]"“”')
    if words in table:
        return (table[words],)
    pieces = [p.strip(' 。.\n"“”') for p in re.split(r"[;|\n#]", words) if p.strip()]
    return tuple(table[p] for p in pieces) if len(pieces) > 1 and all(p in table for p in pieces) else ()


def _split_term(text: str, folded: str, b: Build) -> None:
    """``术语：定义`` under 名词解释: the head is the stem, the rest its answer."""
    start, end = b.stem.spans[0]
    colon = folded.find(":", start, min(end, start + 24))
    if colon <= start or end - colon < 4 or len(b.stem.spans) > 1:
        return
    b.stem.spans = [(start, colon)]
    b.answer_spans = [strip(folded, (colon + 1, end))]
    b.answer = text[b.answer_spans[0][0] : b.answer_spans[0][1]]


def _without_term(text: str, b: Build, printed: str) -> str:
    """The definition without the term that the key prints before it once more; the span of the answer follows."""
    spans = b.answer_spans or ([b.key_item.answer] if b.key_item else [])
    at = read_answers.after_term(printed, "".join(text[s:e] for s, e in b.stem.spans)) if len(spans) == 1 else 0
    if at and b.answer_spans:
        b.answer_spans = [(spans[0][0] + at, spans[0][1])]
    elif at and b.key_item:
        b.key_item = replace(b.key_item, answer=(spans[0][0] + at, spans[0][1]))
    return printed[at:].strip()


def _rest_is_explanation(text: str, b: Build, printed: str, used: int) -> None:
    """What follows the letters of an answer explains it, unless it only repeats the options."""
    spans = b.answer_spans or ([b.key_item.answer] if b.key_item else [])
    if len(spans) != 1:
        return
    start, end = spans[0]
    rest = (start + used, end)
    while rest[0] < rest[1] and text[rest[0]] in " \n\t\u3000\xa0。.．;；,，、:：)）]】":
        rest = (rest[0] + 1, rest[1])
    words = text[rest[0] : rest[1]].strip()
    option_words = {text[o[3][0][0] : o[3][-1][1]].strip() for o in b.options}
    if (
        len(words) < 4
        or b.explanation_spans
        or words in option_words
        or all(w.strip() in option_words for w in re.split(r"[;；]", words) if w.strip())
    ):
        return
    b.explanation_spans = [strip(text, rest)]


def count_on(folded: str, builds: list[Build], keys: list[int]) -> None:
    """The number that a reader counts: where numbers begin anew inside one section, the count goes on (printed 1, number 9).

    ``keys`` are the places of the answer keys: what comes after one and begins at 1 is another paper.
    """
    section, kind, last, ahead, part, stem = -2, None, 0, 0, 0, ""
    for b in builds:
        d = b.draft
        passed = bisect_left(keys, d.mark[0])
        anew, part = passed > part and d.number == 1, passed
        named = type_named(d.printed) if d.style == "例" and d.printed else None  # 单选1、 判断1、
        if d.section != section or anew or named != kind:
            section, kind, last, ahead = d.section, named, 0, 0
        if d.number is None or d.action == "sub":
            b.number = d.number if d.style != "①" else None
            continue
        stem, stem_before = "".join(folded[s:e] for s, e in b.stem.spans).strip(), stem
        if d.number + ahead == last and ahead == 0 and last and stem == stem_before:
            b.doubts.append(("number_repeated", f"the number {d.number} stands twice"))
            b.number = d.number
            continue
        if d.number + ahead <= last:
            ahead = last + 1 - d.number
            b.doubts.append(("number_restarts", f"the numbers begin anew: printed {d.number}, counted {last + 1}"))
        last = b.number = d.number + ahead


def question(text: str, plan: Outline, b: Build, holes: list[Span]) -> Question:
    """The question of a build; offsets are those of ``text`` (the caller maps them to the source). ``holes`` are set aside as chrome."""
    parts: list[Part] = []
    b.stem.spans = _around(text, b.stem.spans, holes)
    b.explanation_spans = _around(text, b.explanation_spans, holes)
    b.answer_spans = _around(text, b.answer_spans, holes)
    b.options = [(label, printed, mark, _around(text, spans, holes) or [spans[0]]) for label, printed, mark, spans in b.options]
    stem = _join(text, b.stem.spans, "stem", parts)
    options = tuple(Option(label, _join(text, spans, f"option:{label}", parts), printed or None) for label, printed, _, spans in b.options)
    explanation = _join(text, b.explanation_spans, "explanation", parts) or None
    commentary = _join(text, [strip(text, s) for s in b.draft.commentaries], "commentary", parts) or None
    material = None
    if b.draft.material >= 0:
        spans = [s for span in plan.materials[b.draft.material].spans for s in _passage(text, span)]
        material = _join(text, spans, "material", parts, "\n") or None
    for s in b.answer_spans or ([b.key_item.answer] if b.key_item else [b.stem.answer] if b.stem.answer else []):
        parts.append(Part("answer", *s))
    section = plan.sections[b.draft.section] if b.draft.section >= 0 else None
    notes = {style: text[s:e].strip(" \n\t:：]】") for style, (s, e) in b.draft.notes}
    score = b.stem.score
    for style in ("分值", "分数"):
        if score is None and style in notes:
            m = re.search(r"\d+(?:\.\d+)?", notes[style])
            score = float(m[0]) if m else None
    if score is None and section is not None:
        score = section.score_each
    ends = [
        b.draft.mark[1],
        *(s[1] for s in b.stem.spans),
        *(o[3][-1][1] for o in b.options if not b.draft.shares_options),
        *(s[1] for s in b.answer_spans),
        *(s[1] for s in b.explanation_spans if not b.key_item),
    ]
    printed_number = re.sub(r"^[(\[] ?[A-Ha-h√×TF对错]{0,6} ?[)\]] ?(?=\S)", "", b.draft.printed or "") if b.draft.printed else None
    return Question(
        stem=stem,
        type=b.type,
        number=b.number,
        printed_number=(printed_number.strip(" .、:。,·") or None) if printed_number else None,
        section=section.path if section else (),
        material=material,
        options=options,
        answer=b.answer,
        explanation=explanation,
        commentary=commentary,
        score=score,
        difficulty=next((notes[k] for k in ("难度", "难易度", "难易程度", "难度系数", "题目难度", "试题难度") if notes.get(k)), None),
        knowledge=next((notes[k] for k in ("知识点", "考点", "考查点", "所属知识点") if notes.get(k)), None),
        span=(b.draft.mark[0], max(ends)),
        parts=tuple(parts),
    )


_ASK_LINE = re.compile(r"\s*(?:\[?(?:问题|要求|请回答|试题|回答下列问题)\]?[:：]?|【(?:问题|材料题结束)】)\s*$")
_MATERIAL_MARK = re.compile(r"\s*[【\[]材料题?(?:开始|结束)[】\]]\s*")


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
    return [s for s in (strip(text, s) for s in spans) if s[0] < s[1]]


_SCORE_NOTE = re.compile(r"[（(] ?(?:共|本题)? ?\d+(?:\.\d+)? ?分 ?[)）]")


def _join(text: str, spans: list[Span], name: str, parts: list[Part], between: str = "") -> str:
    pieces = []
    for s, e in spans:
        if s < e:
            parts.append(Part(name, s, e))
            pieces.append(text[s:e])
    return between.join(pieces).strip()


def _around(text: str, spans: list[Span], holes: list[Span]) -> list[Span]:
    """The spans less the holes that lie in them."""
    if not holes or not spans:
        return spans
    starts = [h[0] for h in holes]
    out = spans
    for start, end in spans:
        for k in range(bisect_left(starts, start), bisect_left(starts, end)):
            out = without(out, holes[k])
    return [s for s in (strip(text, s) for s in out) if s[0] < s[1]] if out is not spans else spans
