"""What it costs to read a mark as plain text (略过代价), by its kind and the state of the reading; 0 where it is nothing special.

The last numbers matter only to the kinds that are counted: numbers, headings and keys.
"""

from __future__ import annotations

from collections.abc import Callable

from .counted_passages import COUNTED
from .habits import Habits
from .mark_costs import SUB_STYLES
from .mark_looks import Looks
from .markers import ANS, BARE, CHOSEN, DRAWN, EXP, INSIDE, KEY, LINE, MAT, NOTE, NUM, OPT, SEC, TAG, TOLD, Candidate
from .ordinals import ORDERED
from .state import ANSWER, EXPLANATION, HEAD, MATERIAL, OPTIONS, STEM, Stand, State, first_missing, opens_blank

Passing = Callable[[Looks, Stand], float]

_SECTION = {
    "ord+": 4.0,
    "arabic": 4.0,
    "(ord)+": 1.5,
    "ord": 0.8,
    "(ord)": 0.2,
    "type": 3.0,
    "typed": 1.0,
    "inline": 3.0,
    "inline2": 2.0,
    "en": 2.0,
    "paper": 0.8,
    "topic": 1.5,
    "topic+": 3.0,
}


def _number(c: Candidate, state: State, i: int, habits: Habits) -> float:
    (field, _mask, _fresh, key, _shift), number, _ordinal, sub = state
    value, line = c.value, c.place == LINE
    if c.style == ORDERED:
        return 0.0 if key else 4.0
    if c.style == TOLD:
        return 4.0
    if c.style == DRAWN:
        return 4.0 if opens_blank(state, value) else 0.0
    if key:
        return 1.0 if value == number + 1 and line and c.style not in SUB_STYLES else 0.0
    if 0 < sub < 100 and value == sub + 1 and line and c.style in SUB_STYLES:
        return 3.0
    if habits.tagged > habits.numbered:
        return 0.0
    if value == 1 and line and field == STEM and number and habits.follows[i] == 2 and c.style == "(" != habits.main_style:
        return 2.5  # (1) with options of its own
    if not line and field == HEAD and number and value == number + 1 and c.style == habits.main_style:
        return 7.0  # 六、案例分析题13.某厂...(1)...(2)...: the section goes on counting, and (1) is asked of its case
    if not line and value == number + 1 and c.style == "第题" == habits.main_style:
        return 2.0
    if not line:
        if value == number + 1 and c.style == habits.main_style and (c.style == ":" or (c.style == "." and value > 9 and field == STEM)):
            return 1.0  # 简述输血的原则10. 如何...
        return 1.0 if value == number + 1 and field == OPTIONS and habits.follows[i] == 2 and c.style in (".", "、") else 0.0
    if habits.own_cost[i] > 2.0:
        return 0.0
    if field == STEM and value == 1 and number > 2 and habits.follows[i] == 2:
        return 3.0
    expected = value == number + 1
    if field in (ANSWER, EXPLANATION):
        return 4.0 if expected else 3.0 if habits.follows[i] == 2 and not habits.answers_next[i] else 0.2
    return 5.0 if expected else 1.2


def _option(c: Looks, stand: Stand) -> float:
    field, mask, _fresh, key, shift = stand
    if key:
        return 0.0
    if field == MATERIAL and c.in_set:
        return 1.0
    if c.asked and (field in (HEAD, ANSWER, EXPLANATION) or (field == OPTIONS and mask >= 7)):
        return 4.0  # the question that these options belong to was passed over
    if field not in (STEM, OPTIONS):
        return 0.0
    index = c.value + shift
    if c.in_set and (not mask >> index & 1 or (mask == 1 and c.style not in ("sp", "bare"))):
        return 3.0
    if index != first_missing(mask):
        if c.place == LINE:
            return 2.0 if c.cost < 0.5 else 0.0
        return 1.5 if c.value == 0 and mask >= 7 and c.cost < 1.5 else 0.0
    if c.place == LINE:
        return 4.0 if c.style not in ("bare", "sp") and c.cost < 2.0 else 1.0
    if index == 0:
        return 1.0 if c.style in (".", "、", "()", ")") else 0.0
    return 1.5 if c.place == INSIDE else 2.5 if c.style not in ("bare", "sp") else 1.0


def _section(c: Candidate, state: State, i: int, habits: Habits) -> float:
    (_field, _mask, _fresh, key, before), _number, ordinal, _sub = state
    if key and habits.own_key[i]:
        return 12.0  # its questions have a key of their own behind them
    if key and before and c.value == before + 1 != ordinal + 1 and c.style.startswith("ord"):
        return 12.0  # behind the key of one section the paper goes on, and so may the numbers
    if state[0][0] in (ANSWER, EXPLANATION) and c.style in ("ord", "(ord)", "typed"):
        return 3.0 if c.style == "typed" and habits.answers_next[i] else 0.0  # 判断题：√ × √ stands in a key
    return _SECTION.get(c.style, 2.0 if c.style.startswith("heading") else 3.0)


def _answer(c: Looks, stand: Stand) -> float:
    if stand[3] or (c.style == CHOSEN and stand[0] in (ANSWER, EXPLANATION)):
        return 0.0
    return 5.0 if c.style == "bracket" else 3.0


def _free(*_where: object) -> float:
    return 0.0


def _outside_keys(cost: Callable[[Looks], float]) -> Passing:
    """Of what a key holds in plenty, and which is nothing special there."""
    return lambda c, stand: 0.0 if stand[3] else cost(c)


PASSING: dict[str, Passing] = {
    OPT: _option,
    ANS: _answer,
    EXP: _outside_keys(lambda c: 4.0),
    NOTE: _outside_keys(lambda c: 2.5),
    TAG: _outside_keys(lambda c: 2.0 if c.usual else 0.0),
    MAT: _outside_keys(lambda c: 4.0 if c.style in ("marked", "close", COUNTED) else 1.0),
    BARE: _free,
}
PASSING_COUNTED: dict[str, Callable[[Candidate, State, int, Habits], float]] = {NUM: _number, SEC: _section, KEY: _free}
