"""The type of a question (题型判定): declared by a tag or a heading, else told by its form; its answer is read by it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from . import answers as read_answers
from .answering import WIDE_BLANK, option_texts, printed_answer, printed_letters, read_answer
from .builds import Build
from .markers import MATERIAL_EDGE
from .model import Section
from .outlined import Outline
from .question_types import CHOICES, OPEN_TYPES, type_named
from .statements import choice_said_right, coded_mark, corrected_mark, empty_bracket_at_end, judgement_mark, printed_choices
from .stem import CHAPTER, FALSE_WORDS, TRUE_WORDS, Span, blanks, filled_blanks, stripped, tags_and_scores, without

_LINE_INSIDE = re.compile(r"[^_。?!)\s]_{2,}[^_\s]|^_{2,}[^_\s]")
_NEVER_LETTERED = OPEN_TYPES | {"term_definition", "true_false"}
_TRUE_FALSE_OPTIONS = (TRUE_WORDS | FALSE_WORDS) - {"Y", "N", "V", "X", "R", "W"}
_SLOT_MARKS = frozenset({"√", "×", "✓", "✗", "对", "错", "正确", "错误"})
_CAPITALS = re.compile(r"\s*[A-H]+[.。]?\s*")
_PLAIN_MARK = re.compile(r"[(\[] ?(?:√|×|对|错|正确|错误) ?[)\]]|.[√×]")
_DOUBLE_BRACKET = re.compile(r"\[\[[^\[\]]+\]\]")
_CALL = re.compile(r"(?<![A-Za-zÀ-ɏ])[A-Za-z_][A-Za-z0-9_.]*\(\)")  # hashCode(), not the pinyin of shūbāo()
_STATED = re.compile(r"。 ?[(] {0,4}[)] ?$")  # 太阳是恒星。（ ）: the bracket behind the full stop is for a mark
_STATES = re.compile(r"[^?!_\n()\[\]]{4,100}。")  # the same, where the bracket was lost
_TASK = re.compile(
    r"请|试(?!管|剂|件|样)|写(?!字)|填|选(?![举民手])|简(?!支)|说|分析|计算(?!机)|求|按|根据|读(?!者)|翻译|默|用(?![户人电水药工地途于])|把|将(?![军来])"
    r"|给|画(?!家)|列(?![宁车入])|找|比较|解(?![放剖决热毒])"
)
_LEAST_STATED = 3
_REASON = re.compile(r"(?:理由|原因|改正|更正|解释)[:：]")
_ESSAY = re.compile(r"论述|试论|试述|作文|不少于 ?[4-9]\d\d ?字|不少于 ?\d{4} ?字|写一篇")
_PARTS = re.compile(r"\n *(?:[(]1[)]|⑴).*\n *(?:[(]2[)]|⑵)", re.S)
_PROGRAM = re.compile(r"编写|编程|写出(?:下列|该|以下)?程序|程序(?:的)?(?:运行|输出)结果|写一个(?:程序|函数|方法)")


@dataclass(frozen=True, slots=True)
class Judging:
    """How a document judges the statements that stand without options, decided once for all of them."""

    marks: bool  # they end in a judgement mark
    brackets: bool  # they end in an empty bracket behind the full stop, most of them
    letters: bool  # T answers one, and F others: letters of a judgement, where F could be that of an option
    unfilled: frozenset[int] = frozenset()  # sections most of whose fill-ins have neither a blank nor a bracket: one bracket explains


def judging(text: str, folded: str, plan: Outline, builds: list[Build]) -> Judging:
    """Looks at all questions without options."""
    open_ones = [b for b in builds if not b.options]
    stems = [b.stem.spans for b in open_ones if b.stem.spans]
    marked = sum(judgement_mark(folded, spans) is not None for spans in stems)
    stated = sum(_STATED.search(folded, spans[-1][0], spans[-1][1]) is not None for spans in stems)
    said = [(printed_answer(text, b) or "").strip(" 。.\n") for b in open_ones]
    return Judging(
        marks=marked >= 2 and marked * 3 >= len(stems),
        brackets=stated >= _LEAST_STATED and stated * 2 >= len(stems),
        letters="T" in said and sum(answer in ("T", "F") for answer in said) > 1,
        unfilled=_unfilled(folded, plan, open_ones),
    )


def _unfilled(folded: str, plan: Outline, open_ones: list[Build]) -> frozenset[int]:
    """The sections of fill-ins most of whose stems have neither a blank nor a bracket."""
    bare: Counter[int] = Counter()
    for b in open_ones:
        section = _section(plan, b)
        if section is None or section.type != "fill_blank" or not b.stem.spans or b.on_lines or b.lit:
            continue
        if not blanks("".join(folded[s:e] for s, e in b.stem.spans)):
            bare[b.draft.section] += -1 if filled_blanks(folded, b.stem.spans) else 1
    return frozenset(section for section, count in bare.items() if count > 0)


_WRAP = re.compile(r"(?<=[\u4e00-\u9fff])\s*\n\s*(?=[\u4e00-\u9fff])")


def type_and_answer(text: str, folded: str, plan: Outline, b: Build, judged: Judging) -> None:
    """Settles the type of a question and reads its answer."""
    declared = declared_type(folded, plan, b)
    if declared == "by_form":
        declared = None
    if declared in _NEVER_LETTERED and len(b.options) >= 3 and not b.stem.type:
        declared = None  # 计算分析题 whose case is asked by choices; or the heading before them was lost
    if declared in (None, "fill_blank") and b.draft.shares_options and not b.stem.type:
        declared = "matching"
    printed = printed_answer(text, b)
    if declared == "true_false" and not b.stem.type and not b.options and _fills_in(folded, b, printed):
        declared = None  # a heading was lost: 人体最大的器官是____。
    if declared in CHOICES and declared != "matching" and not b.options and not b.stem.type and _speaks_against_choice(folded, b, printed):
        declared = None
    two_words = len(b.options) == 2 and all(t in _TRUE_FALSE_OPTIONS for t in option_texts(folded, b))
    mark = None
    right = choice_said_right(folded, b.stem.spans) if b.stem.spans and not b.options and declared in (None, "true_false") else None
    both = right[1] if right else printed_choices(folded, b.stem.spans) if b.stem.spans and declared in (None, "true_false") else None
    if right:
        b.stem.answer = b.stem.answer or right[0]
    if both:
        declared = "true_false"
        b.stem.spans = stripped(folded, without(b.stem.spans, both))
    if not b.options or two_words or declared == "true_false":
        mark = judgement_mark(folded, b.stem.spans) if b.stem.spans else None
    if mark is None and declared == "true_false" and not b.options and b.stem.spans:
        mark = coded_mark(folded, b.stem.spans)
    if mark is None and declared == "true_false" and not (b.options or printed) and (
        corrected := corrected_mark(folded, b.stem.spans) if b.stem.spans else None
    ):
        mark = corrected[:2]
        if CHAPTER.fullmatch(folded, *corrected[2]):
            b.stem.notes.append(corrected[2])
            b.stem.spans = without(b.stem.spans, corrected[2])
        else:
            b.explanation_spans = b.explanation_spans or [corrected[2]]
    if mark and declared != "true_false" and not (declared is None and (judged.marks or _PLAIN_MARK.match(folded, mark[0][0] - 1))):
        mark = None
    if declared is None and not b.options and _DOUBLE_BRACKET.search("".join(folded[s:e] for s, e in b.stem.spans)):
        declared = "fill_blank"
    slotted = b.stem.answer is not None and not b.options and text[b.stem.answer[0] : b.stem.answer[1]] in _SLOT_MARKS
    b.type = declared or ("true_false" if slotted else None) or _by_form(folded, b, printed, two_words, mark is not None, judged)
    if b.type == "true_false":
        if mark:
            b.stem.answer = b.stem.answer or mark[0]
            _take_out(folded, b, mark[1])
        hole = empty_bracket_at_end(folded, b.stem.spans) if b.stem.spans else None
        if hole:
            _take_out(folded, b, hole)
    if (
        b.type == "fill_blank"
        and (declared == "fill_blank" or b.on_lines)
        and not b.options
        and not printed
        and b.stem.spans
        and (b.on_lines or not (blanks(stem := "".join(folded[s:e] for s, e in b.stem.spans)) or WIDE_BLANK.search(stem)))
    ):
        filled = b.lit or filled_blanks(folded, b.stem.spans)
        if len(filled) == 1 and b.draft.section in judged.unfilled and not b.lit:
            filled = []
        if filled:  # the page prints the answers in the blanks
            b.answer = tuple(_WRAP.sub("", text[s:e].strip(" []【】\n")) for s, e in filled)
            for hole in filled:
                b.stem.spans = without(b.stem.spans, hole)
    read_answer(text, folded, b, printed)
    if b.answer is None and printed and read_answers.is_withheld(printed):
        b.doubts.append(("answer_withheld", printed.strip(" []【】\n")))
    if declared is None and b.type == "single_choice" and isinstance(b.answer, tuple) and len(b.answer) > 1:
        b.type = "multiple_choice"


def _fills_in(folded: str, b: Build, printed: str | None) -> bool:
    """Whether a stem has a line to write on inside its sentence, and no judgement answers it."""
    stem = "".join(folded[s:e] for s, e in b.stem.spans)
    return _LINE_INSIDE.search(stem) is not None and (printed is None or read_answers.judgement(printed) is None)


def _take_out(folded: str, b: Build, span: Span) -> None:
    """The stem without a mark or an empty bracket, and without the score that stood before it: （2分）（√）."""
    rest = tags_and_scores(folded, [s for s in without(b.stem.spans, span) if folded[s[0] : s[1]].strip()])
    b.stem.spans, b.stem.score = rest.spans, b.stem.score if rest.score is None else rest.score


def _section(plan: Outline, b: Build) -> Section | None:
    return plan.sections[b.draft.section] if b.draft.section >= 0 else None


def holds_choices(section: Section) -> bool:
    """Whether the heading of a section says that all below it are choices."""
    return section.type in CHOICES or re.search("(?<!非)选择题", section.path[-1]) is not None


def declared_type(folded: str, plan: Outline, b: Build) -> str | None:
    """The type that 题型：, a tag or a heading over the question names, "by_form" where it names only a form."""
    for style, span in b.draft.notes:
        if style == "题型":
            named = type_named(folded[span[0] : span[1]])
            if named:
                return named
    if b.stem.type:
        return b.stem.type
    s = _section(plan, b)
    if not b.options and _is_case(folded, plan, b) and (s is None or s.type not in OPEN_TYPES):
        return "case_analysis"
    if s is None:
        return None
    if s.type:
        return s.type
    for title in reversed(s.path[:-1]):
        named = type_named(title)
        if named and named != "by_form":
            return named
    return None


def _is_case(folded: str, plan: Outline, b: Build) -> bool:
    """Whether a question with parts of its own is all that stands between 材料题开始 and 材料题结束."""
    spans = plan.materials[b.draft.material].spans if b.draft.material >= 0 else []
    return len(spans) == 1 and MATERIAL_EDGE.fullmatch(folded[slice(*spans[0])].strip()) is not None


def _speaks_against_choice(folded: str, b: Build, printed: str | None) -> bool:
    """Whether a question without options under a heading of choices is plainly something else (填空, 判断, 问答)."""
    if _DOUBLE_BRACKET.search("".join(folded[s:e] for s, e in b.stem.spans)):
        return True
    if printed and not read_answers.is_nothing(printed):
        return read_answers.letters(printed) is None
    stem = "".join(folded[s:e] for s, e in b.stem.spans)
    if _PARTS.search(stem) and not blanks(stem):
        return True
    return judgement_mark(folded, b.stem.spans) is not None if b.stem.spans else False


def _by_form(folded: str, b: Build, printed: str | None, two_words: bool, marked: bool, judged: Judging) -> str:
    stem = "".join(folded[s:e] for s, e in b.stem.spans)
    if two_words:
        return "true_false"
    if len(b.options) >= 2 or (b.options and b.marked):
        run = printed_letters(folded, b, printed) if printed else None
        several = run is not None and isinstance(run.answer, tuple) and len(run.answer) > 1
        if several or len(b.marked) > 1 or (b.stem.answer and b.stem.answer[1] - b.stem.answer[0] > 1):
            return "multiple_choice"
        if b.ticks_several and run is None and not b.marked and not b.stem.answer:
            return "multiple_choice"
        if re.search(r"[(\[]多选|[两三四]项(?:是|有|正确|符合)|哪[两三]项", stem) and not printed:
            return "multiple_choice"
        return "single_choice"
    if marked:
        return "true_false"
    if not stem.strip() and b.draft.material >= 0 and not _CAPITALS.fullmatch(printed or ""):
        return "fill_blank"  # a numbered blank of a passage
    stated = _STATED.search(stem) or (judged.brackets and _STATES.fullmatch(stem.strip()))
    if printed is None and stated and not _TASK.match(stem):
        return "true_false"
    if printed:
        verdict = read_answers.judgement(printed)
        if judged.letters and printed.strip(" 。.\n") in ("T", "F") and "__" not in stem:
            return "true_false"
        if printed.strip(" 。.\n").lower() in ("true", "false") and stem.rstrip().endswith(("。", ".")) and "__" not in stem:
            return "true_false"
        rest = printed[verdict.used :].strip() if verdict else ""
        if verdict and (not rest or rest[0] in "。.，,;；(（\n" or _REASON.match(rest)) and printed[:1].upper() not in "TFNYVXRW是否":
            return "true_false"
        run = read_answers.letters(printed)
        if run and not printed[run.used :].strip() and blanks(stem) <= 1 and len(printed.strip()) <= 5 and not re.search("_{2,}", stem):
            return "single_choice" if isinstance(run.answer, tuple) and len(run.answer) == 1 else "multiple_choice"
    if blanks(_CALL.sub("", stem)):
        return "fill_blank"
    if _PROGRAM.search(stem):
        return "programming"
    if _ESSAY.search(stem):
        return "essay"
    return "short_answer"
