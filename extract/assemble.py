"""Outline -> builds (组卷): every field taken from its spans, typed, with answers from the stem, the lines after it, and the keys."""

from __future__ import annotations

from bisect import bisect_left

from .answer_key import read_keys
from .blank_numbers import give_passages
from .both_words import without_both_words
from .builds import Build, begin, second_numbers, types_before_stems
from .chosen import (
    letters_and_marks,
    marks_behind,
    right_behind,
    rings_in_brackets,
    slots_before,
    ticks_behind,
    words_after_stems,
)
from .earned import earned_answers
from .forms import holds_choices, judging, type_and_answer
from .grouped import give_groups
from .labels_twice import labels_once
from .letters_beside import letters_after_stems, letters_behind_options
from .looks import lit_answers, lit_lines, lit_options, lit_words, quoted_answers, several_to_tick
from .markers import TOLD, VARIED
from .model import Mark
from .outlined import Outline
from .own_marks import own_marks
from .point_codes import codes_around_stems
from .printed_again import without_first_print
from .question_types import CHOICES, type_named
from .right_only import right_only
from .same_tails import without_same_tails
from .scan import Scan
from .separators import without_separators
from .sharing import (
    answers_in_order,
    points_that_explain,
    share_answers,
    show_answers,
    stems_go_on,
    with_shared_options,
    with_sub_questions,
)
from .stem import LETTERS_GLUED
from .two_columns import two_columns
from .uncued import answers_behind, answers_below, answers_in_text, answers_open_explanations, filled_statements, words_below_statements
from .words_on_lines import words_on_lines

_GLUED = Scan(LETTERS_GLUED.pattern)  # of a whole page; the pattern itself is searched at the end of one stem
_LEAST_GLUED = 3  # questions whose letters stand right before A.


def build(text: str, folded: str, plan: Outline, marks: tuple[Mark, ...]) -> list[Build]:
    """The questions of one document, in order. ``marks`` are the container's, in offsets of ``text``."""
    give_passages(folded, plan)
    give_groups(folded, plan)
    without_first_print(folded, plan)
    drafts = with_shared_options(plan, with_sub_questions(plan))
    two_columns(folded, drafts)
    show_answers(folded, drafts)
    stems_go_on(folded, drafts)
    points_that_explain(folded, drafts)
    share_answers(folded, drafts)
    answers_in_order(folded, drafts)
    answers_below(folded, plan, drafts, marks)
    answers_in_text(folded, plan, drafts)
    answers_behind(folded, plan, drafts)
    words_below_statements(folded, plan, drafts)
    marks_behind(folded, drafts)
    builds = [begin(folded, d, d.section >= 0 and holds_choices(plan.sections[d.section])) for d in drafts]
    without_separators(text, folded, builds)
    without_same_tails(folded, builds)
    types_before_stems(folded, builds)
    second_numbers(folded, builds)
    without_both_words(folded, builds)
    codes_around_stems(folded, builds)
    labels_once(folded, builds)
    quoted_answers(folded, builds, marks)
    lit_lines(folded, plan, builds, marks)
    lit = lit_options(builds, marks)
    if "√" in folded:
        ticks_behind(folded, builds)
    right_behind(folded, builds)
    slots_before(folded, builds)
    glued = sum(1 for _ in _GLUED.finditer(folded)) >= _LEAST_GLUED
    for b in builds:
        letters_and_marks(folded, plan, b, lit, glued)
    right_only(folded, plan, builds)
    several_to_tick(builds, marks)
    rings_in_brackets(folded, builds)
    letters_after_stems(folded, builds)
    by_draft = {id(b.draft): b for b in builds}
    keyed = read_keys(folded, plan)
    for draft, item in keyed.pairs:
        target = by_draft[id(draft)]
        if target.key_item is None:
            target.key_item = item
    for draft, code, message in keyed.doubts:
        by_draft[id(draft)].doubts.append((code, message))
    own_marks(folded, builds)
    letters_behind_options(folded, plan, builds)
    answers_open_explanations(folded, plan, builds)
    words_after_stems(folded, plan, builds)
    if "__" in folded:
        words_on_lines(folded, plan, builds)
    lit_words(folded, plan, builds, marks)
    lit_answers(folded, plan, builds, marks)
    filled_statements(folded, plan, builds)
    earned_answers(folded, plan, builds)
    judged = judging(text, folded, plan, builds)
    for b in builds:
        type_and_answer(text, folded, plan, b, judged)
    return builds


def count_on(folded: str, builds: list[Build], keys: list[int]) -> None:
    """The number that a reader counts: where numbers begin anew inside one section, the count goes on (printed 1, number 9).

    ``keys`` are the places of the answer keys: what comes after one and begins at 1 is another paper. What begins at 1 and has options
    where those before it had none, or the other way about, is another section; and the questions of a case may have numbers of their own.
    """
    section, kind, last, ahead, part, stem, choices, case = -2, None, 0, 0, 0, "", False, -1
    for b in builds:
        d = b.draft
        passed = bisect_left(keys, d.mark[0])
        anew, part = d.number == 1 and (passed > part or (b.type in CHOICES) != choices or d.material not in (case, -1)), passed
        case = d.material
        choices = b.type in CHOICES
        named = type_named(d.printed) if d.style == "例" and d.printed else None  # 单选1、 判断1、
        if d.section != section or anew or named != kind:
            section, kind, last, ahead = d.section, named, 0, 0
        if d.number is None or d.action == "sub" or d.style == VARIED:
            b.number = d.number if d.style != "①" else None
            continue
        if d.style == TOLD:
            last, ahead = d.number, 0
            b.number = d.number
            continue
        stem, stem_before = "".join(folded[s:e] for s, e in b.stem.spans).strip(), stem
        if d.number + ahead == last and ahead == 0 and last and stem == stem_before:
            b.number = d.number
            continue
        if ahead and d.number > last:  # the one that seemed to begin anew was misread: 11, 2 (for 12), 13
            ahead = 0
        if d.number + ahead <= last:
            ahead = last + 1 - d.number
            b.doubts.append(("number_restarts", f"the numbers begin anew: printed {d.number}, counted {last + 1}"))
        last = b.number = d.number + ahead
