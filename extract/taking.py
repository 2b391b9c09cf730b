"""What it costs to let a mark count (计入代价), by the state of the reading, and the state that it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable

from .habits import Habits
from .mark_looks import Looks
from .markers import ANS, BARE, CHOSEN, EXP, INSIDE, KEY, LINE, MAT, NOTE, NUM, OPT, SEC, SPACE, TAG, Candidate
from .run_on import LOST, RUN_ON
from .state import ANSWER, EXPLANATION, HEAD, KEYS, MATERIAL, NOTES, OPTIONS, STEM, LooseTake, Stand, State, Take, first_missing
from .taking_numbers import take_number
from .without_numbers import ROW

_SECTION = {
    "ord+": -1.0,
    "arabic": -1.0,
    "(ord)+": 0.0,
    "ord": 0.6,
    "(ord)": 1.5,
    "type": -0.5,
    "typed": 0.8,
    "inline": 0.5,
    "inline2": 0.2,
    "en": 0.0,
    "paper": 0.4,
    "topic": 0.3,
    "topic+": -0.5,
}

_BARE = {RUN_ON: -1.0, LOST: -4.0, ROW: -4.0, "told": -1.0, "stem": 0.3, "answered": 0.3}

_PLAIN_CUE = re.compile(r"(?:参考|标准|正确|试题|本题)?答案(?:与|及)?(?:解析|详解|要点)?")

_LONE = 2.0  # A股是...: a single option is no option

Taking = Callable[[Looks, Stand], list[LooseTake]]


def _take_answer(c: Looks, stand: Stand) -> list[LooseTake]:
    field, mask, _fresh, key, shift = stand
    if key or (c.style == CHOSEN and field in (ANSWER, EXPLANATION)):
        return []
    cost = (_LONE if field == OPTIONS and mask == 1 else 0.0) + (-1.0 if c.style == "bracket" else (-0.5, 0.3, 0.3, 0.8)[c.place])
    if field == HEAD and mask < 7 and not c.below_heading:
        cost += 4.0
    elif field == ANSWER:
        cost += 1.0
    return [(cost, (ANSWER, mask, 0, 0, shift), True, "answer", 0)]


def _take_explanation(c: Looks, stand: Stand) -> list[LooseTake]:
    field, mask, _fresh, key, shift = stand
    if key:
        return []
    cost = _LONE if field == OPTIONS and mask == 1 else 0.0
    cost += 3.0 if c.place == INSIDE and field not in (OPTIONS, ANSWER, NOTES) else -0.5
    cost += 4.0 if field == HEAD and mask < 7 and not c.below_heading else 0.5 if field == EXPLANATION else 0.0
    return [(cost, (EXPLANATION, mask, 0, 0, shift), True, "explanation", 0)]


def _take_note(c: Looks, stand: Stand) -> list[LooseTake]:
    field, mask, fresh, key, shift = stand
    if key:
        return []
    after = field if field in (STEM, HEAD, MATERIAL) else NOTES
    return [(1.5 if field == HEAD else -0.5, (after, mask, fresh, 0, shift), True, "note", 0)]


def _take_tag(c: Looks, stand: Stand) -> list[LooseTake]:
    _field, _mask, _fresh, key, _shift = stand
    if key:
        return []
    return [(-2.0 if c.usual else 5.0, (STEM, 0, 0, 0, 0), False, "start", 0)]


def _take_bare(c: Looks, stand: Stand) -> list[LooseTake]:
    field, mask, _fresh, key, _shift = stand
    if key and c.style != LOST:
        return []
    cost = c.cost
    cost += _BARE.get(c.style, 1.2) if c.usual or c.style in (LOST, ROW) else (4.0 if c.style == "stem" else 6.0)
    if field == STEM:
        cost += 3.0
    elif field == OPTIONS and mask < 3:
        cost += 2.0
    return [(cost, (STEM, 0, 0, 0, 0), False, "start", 0)]


def _take_material(c: Looks, stand: Stand) -> list[LooseTake]:
    field, _mask, _fresh, key, _shift = stand
    if key == 1 and not c.own_key:
        return []
    if c.style == "close":
        return [(-0.5, (HEAD, 0, 1, 0, 0), False, "material", 0)]
    cost = -0.5 + (2.0 if field == STEM and not c.usual else 0.0)
    if field == STEM and c.own:
        cost += 4.0
    cost += 1.5 if key == 2 else -4.0 if key else 0.0  # 答案：1. ... right below the questions of a case: the next case
    return [(cost, (MATERIAL, 0, 1, 0, 0), False, "material", 0)]


def _take_option(c: Looks, stand: Stand) -> list[LooseTake]:
    field, mask, fresh, key, shift = stand
    if key:
        return []
    cost = c.cost
    index = c.value + shift
    missing = first_missing(mask)
    if index > 25:
        return []
    if field == STEM:
        cost += -0.8 if index == 0 else 3.0 if index == 1 else 6.0
    elif field == OPTIONS:
        out: list[LooseTake] = []
        if c.value == 0 and mask >= 3 and c.place == LINE:  # A, B | A, B: the page broke and the letters began anew
            whole = mask >= 15
            out.append(
                (cost + (5.0 if whole else 2.2), (OPTIONS, mask | 1 << missing, 0, 0, missing), True, "option", missing)
            )
            if whole and c.in_set:  # a second whole set: the stem before it is lost
                out.append((cost + 2.8, (OPTIONS, 1, 0, 0, 0), False, "lost", 0))
            return out
        if (
            index > missing and missing and c.next_label == missing + 1 and not c.in_set
        ):  # A, D, C: the D stands where B must be
            return [(cost + 1.5, (OPTIONS, mask | 1 << missing, 0, 0, shift), True, "option", missing)]
        cost += (
            (-0.8 if index < 6 else 0.2)
            if index == missing
            else (0.4 if c.in_set else 1.8)
            if index == missing + 1
            else (0.8 if c.in_set and index > missing else 3.5)
        )
        if mask >> index & 1:
            cost += 2.0
        elif index == missing and mask >= 7 and c.style == "sp":  # A. B. C. D : the last label lost its point
            cost -= 1.0
        if c.place != LINE and index != missing and not c.in_set:
            cost += 0.3 if c.place == SPACE and c.style in (".", "、") and index == missing + 1 and missing > 1 else 2.0
    elif field in (ANSWER, NOTES):
        cost += 7.0 if mask or index else 0.0 if c.sourced else 1.0 if c.place == LINE else 7.0
    elif field == EXPLANATION:
        cost += 2.5 if not mask and index == 0 and c.place == LINE else 7.0
    else:
        cost += (
            (0.0 if field == MATERIAL and c.in_set else 1.5 if c.in_set and c.place == LINE else 1.0 if c.above else 3.0)
            if index == 0 and (c.place == LINE or c.in_set)
            else (-0.8 if mask and index == missing else 7.0)
        )
        return [(cost, (field, mask | 1 << index, fresh, 0, shift), True, "option", index)]
    return [(cost, (OPTIONS, mask | 1 << index, 0, 0, shift), True, "option", index)]


def _take_section(folded: str, c: Candidate, state: State, i: int, habits: Habits) -> list[Take]:
    (field, mask, fresh, key, before), number, ordinal, _sub = state
    cost = _SECTION.get(c.style, 0.3 if c.style.startswith("heading") else 0.0)
    if c.style.startswith(habits.ordinals) and c.value:
        cost += -0.8 if c.value == ordinal + 1 else 0.0 if c.value == 1 else 1.0
    opens = ordinal or fresh or (c.value == 1 and not number and habits.follows[i])
    if field in (ANSWER, EXPLANATION) and c.style in ("ord", "(ord)", "typed"):
        cost += 3.0
    elif c.style == "(ord)" and c.end - c.start <= 24 and ((field == HEAD and opens) or (field == OPTIONS and mask >= 7)):
        cost -= 1.6
    elif (
        field == STEM
        and not mask
        and c.style in ("ord", "(ord)", "typed", "type", "topic")
        and not (c.style == "ord" and c.value == ordinal + 1 > 1 and c.end - c.start <= 12)
    ) or (field == OPTIONS and mask == 1):
        cost += 1.5
    if c.end - c.start > 60 and "+" not in c.style:
        cost += 2.0
    next_ordinal = (
        c.value or ordinal
        if c.style.startswith(habits.ordinals)
        else 0
        if c.style in ("章", "节", "部分", "卷", "单元", "篇", "套")
        else ordinal
    )
    questions = habits.follows[i]
    if not key:
        out: list[Take] = [(cost + (3.0 if habits.answers_next[i] else 0.0), ((HEAD, 0, 1, 0, 0), number, next_ordinal, 0), "section", 0)]
        if habits.answers_next[i] and number != 1 and not questions:  # no number yet: a page that holds only the key
            out.append((cost + (0.5 if number else 2.0), ((KEYS, 0, 1, 1, ordinal), 0, next_ordinal, 0), "key", 0))
        return out
    stay = leave = 0.0
    if habits.own_key[i]:
        stay, leave = 12.0, -5.0
    elif c.style.startswith(habits.ordinals) and c.value:
        if before and c.value == before + 1 and c.value != ordinal + 1:  # a key after one section: the paper's own headings go on
            stay, leave = 12.0, -5.0
        elif c.value == ordinal + 1 and (before or questions < 2):
            leave = 2.0
    if habits.answered_again[i] and questions < 2:
        leave += 6.0
    if key == 2 and (c.value in (0, before + 1) or not c.style.startswith(habits.ordinals)):
        # 答案：1. ... right below its questions: the next heading opens questions again
        leave -= 12.0 if habits.new_heading[i] and not habits.answers_next[i] else 3.0
    return [
        (cost + stay + min(questions, 5) * 0.8, ((KEYS, 0, 1, 1, before), 0, next_ordinal, 0), "keysection", 0),
        (
            cost + leave + 3.0 - min(questions, 5) * 1.2 + (3.0 if habits.answers_next[i] else 0.0),
            ((HEAD, 0, 1, 0, 0), number if habits.own_key[i] else 0, next_ordinal, 0),  # the numbers may run on
            "section",
            0,
        ),
    ]


def _take_key(folded: str, c: Candidate, state: State, i: int, habits: Habits) -> list[Take]:
    (field, mask, _fresh, key, _shift), number, ordinal, _sub = state
    if key or habits.answers_one[i]:
        return []
    if c.style == "inline":
        cost = -1.5 if number > 1 or ordinal > 1 else 3.0  # the last section may hold one question
        cost -= 5.0 if habits.own_key[i] else 0.0  # a row of as many answers as there are questions
    elif c.style == "list":  # 答案：1. ... one for all, where questions are not answered one by one
        pending = habits.pending[i]  # 1: the one question before it has a list for its answer
        few = number > 1 and pending != 1 and habits.answer_lines * 3 <= habits.numbered and c.value <= number
        few = few or habits.own_key[i]
        cost = (-1.0 if few else 1.0 if pending > 1 else 16.0 if habits.each_answered else 5.0) + (3.0 if c.place == INSIDE else 0.0)
        return [(cost, ((KEYS, 0, 0, 2, ordinal), c.value - 1, 0, 0), "key", 0)]
    else:
        plain = bool(_PLAIN_CUE.fullmatch(folded[c.start : c.end].strip(" *#>=:[]()-\n")))
        cost = (4.0 if habits.answer_lines >= 3 else 0.8) if plain else -0.5
        if habits.answers_next[i]:
            cost -= 3.0
        else:
            lonely = habits.answer_lines * 2 <= number  # the only 答案 of the page, after several questions
            cost += (0.0 if lonely else 3.0 if plain else 0.0) + (1.5 if field == STEM else 0.0)
    if number == 0 and (field == HEAD or (field == OPTIONS and mask == 1)):
        if habits.follows[i] >= 2 and not (habits.answers_next[i] and c.style == "line"):
            return []  # a title that names answers: the questions stand below it with theirs
        cost += 2.0 if habits.answers_next[i] else 4.0
    return [(cost, ((KEYS, 0, 1, 1, ordinal), 0, 0, 0), "key", 0)]


TAKING: dict[str, Taking] = {
    OPT: _take_option,
    ANS: _take_answer,
    EXP: _take_explanation,
    NOTE: _take_note,
    TAG: _take_tag,
    BARE: _take_bare,
    MAT: _take_material,
}
TAKING_COUNTED: dict[str, Callable[[str, Candidate, State, int, Habits], list[Take]]] = {
    NUM: take_number, SEC: _take_section, KEY: _take_key,
}
