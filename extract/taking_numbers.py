"""What it costs to let a number count (题号计入代价), and what it may be: a question, a sub-question, an item of a list or key."""

from __future__ import annotations

from .habits import Habits
from .mark_costs import FUSED_STYLES, SUB_STYLES
from .markers import DRAWN, INSIDE, LINE, STOP, TOLD, VARIED, Candidate
from .ordinals import BEYOND, ORDERED
from .run_on import RUN_ON
from .state import ANSWER, BLANK, EXPLANATION, HEAD, KEYS, MATERIAL, NOTES, OPTIONS, STEM, State, Take, first_missing, opens_blank


def take_number(folded: str, c: Candidate, state: State, i: int, habits: Habits) -> list[Take]:
    """The ways to count number ``i`` in a state."""
    (field, mask, fresh, key, _shift), number, ordinal, sub = state
    follows = habits.follows[i]
    cost = habits.own_cost[i]
    value = c.value
    step = value - number
    if c.style == ORDERED:
        return [] if key else [(-2.5, ((STEM, 0, 0, 0, 0), BEYOND + value, value, 0), "number", value)]
    if c.style == TOLD:
        return [(-2.5, ((STEM, 0, 0, 0, 0), value, ordinal, 0), "number", value)]
    if c.style == DRAWN:
        return [(-2.5, ((NOTES, 0, 0, 0, 0), value, ordinal, BLANK), "number", value)] if opens_blank(state, value) else []
    if key:
        out: list[Take] = []
        asks = follows == 2 or habits.blank_next[i]
        numbers = c.style not in SUB_STYLES or c.style == habits.main_style  # as the paper numbers its questions
        counts = habits.answers_next[i] or (numbers and habits.own_cost[i] < 2.3 and not asks)
        if c.style in FUSED_STYLES:
            begun = number > 0 or key == 2  # 3.24: the answer to 3 is 24; 答案：1.1) ...；2) ...: the answer to 1 is a list
            counts = step == 1 and begun and c.style == "decimal" and c.place != INSIDE
        counts = counts or (c.style == "dec" and c.place == LINE and step == 1)  # 2.1）...；2）...: the answer to 2 is a list
        # one was missed, or the numbers run on across the sections
        goes_on = (step == 2 and (c.place == LINE or c.style == RUN_ON)) if number else (fresh and c.place != INSIDE)
        if counts and (step == 1 or value == 1 or goes_on):
            again = value == 1 and key == 2 and number > 0 and not fresh  # a list right below its questions does not begin twice
            gain = -3.2 if step == 1 and number else 2.0 if again else -2.1 if value == 1 else -1.0
            out.append((gain, ((KEYS, 0, 0, key, _shift), value, ordinal, 0), "keyitem", value))
        if value == 1 and follows == 2 and not habits.answers_next[i]:
            out.append((cost + 3.0, ((STEM, 0, 0, 0, 0), 1, ordinal, 0), "number", 1))
        return out
    begins = follows == 2 or habits.cued[i]
    anew = value == 1 and field == ANSWER and begins and not folded[c.start - 1 : c.start].isdigit()  # 答案：B1、甲...A.
    if c.style in FUSED_STYLES and step != 1 and not anew and not (fresh and value == 1):
        return []
    if c.style == "decimal" and not _decimal_counts(field, number > 0 or bool(fresh), mask, c, i, habits):
        return []
    out = []
    if value == 8 and field == OPTIONS and first_missing(mask) == 1 and habits.next_label[i] == 2 and step != 1:  # 8. for B.
        out.append((1.0, ((OPTIONS, mask | 2, 0, 0, 0), number, ordinal, sub), "option", 1))
    minor = c.style in SUB_STYLES and habits.main_style != c.style
    if (
        field in (ANSWER, EXPLANATION)
        and (c.place == LINE or c.place == STOP or minor)
        and (value == sub - 99 or (value == 1 and not habits.cued[i]))
        and follows != 2
    ):  # a list inside an answer
        opening = -1.5 if habits.opens_answer[i] else 0.3
        out.append((opening if value == 1 else -0.5, ((field, mask, 0, 0, 0), number, ordinal, 100 + value), "keyitem", value))
    if field == STEM and not mask and number and ((value == 1 and c.place == LINE and follows != 2) or (sub > 100 and value == sub - 99)):
        out.append(
            (0.4 if value == 1 else -0.3, ((STEM, 0, 0, 0, 0), number, ordinal, 100 + value), "keyitem", value)
        )  # a list inside a stem
    if habits.tagged > habits.numbered:
        cost += 4.0
    grouped = habits.opens_group[i] and field == OPTIONS
    opens = grouped or (value == 1 and field == STEM and (follows == 2 or habits.sub_cued[i]))
    if minor and number and value == sub + 1 and (opens or 0 < sub < 100):
        own = (-2.0 if grouped else -1.0 if habits.sub_cued[i] else 0.6) + (0.0, 1.0, 1.0, 4.0)[c.place]
        out.append((own, ((STEM, 0, 0, 0, 0), number, ordinal, value), "sub", value))
    if step == 1 or (c.style == VARIED and step == 0):
        cost -= 2.5 if number else 1.5
    elif value == 1 and fresh:
        cost -= 1.5
    elif number == 0:
        cost += 1.0 if c.place == LINE or (fresh and follows and c.style == habits.main_style) else 4.0
    elif 1 < step <= 4:
        cost += 2.5
    elif step > 4:
        shown = field == ANSWER and begins and c.place == LINE and c.style in (".", "、") and habits.main_style == c.style
        cost += 2.5 if fresh else 3.0 if shown else 5.0  # a page may show but some of the questions, each with its answer
    elif fresh:  # a material may count on as it likes: the questions of 材料题开始 ... 结束
        cost += 0.5 if field == MATERIAL and c.place == LINE else 2.0
    else:
        cost += (1.5 if anew or ((follows == 2 or habits.cued[i]) and c.place == LINE) else 4.0) if value == 1 else 4.5
    run = (
        -1 if minor and ((fresh and field == HEAD and value == 1 and follows) or (sub == -1 and step == 1)) else 0
    )  # a section that numbers its questions (1) (2)
    if run:
        cost -= 3.0
    if field == OPTIONS and mask == 1:
        cost += 2.0
    elif (
        field in (ANSWER, EXPLANATION)
        and step == 1
        and follows != 2
        and (not habits.cued[i] or (c.place != LINE and value == sub - 99))
        and c.style not in ("tagged", "第题")
    ):
        # the question before was answered here; this one has no answer: perhaps a list in that answer, surely its next item in the line
        listed = value == sub - 99 and c.place != LINE
        cost += 4.0 if listed else 2.8 if habits.each_answered and c.style in SUB_STYLES else 2.0
    elif field in (ANSWER, EXPLANATION, NOTES) and step != 1 and c.style != VARIED:
        cost += 1.0 if anew or ((follows == 2 or (value == 1 and habits.cued[i])) and c.place in (LINE, STOP)) else 3.0
    elif field == STEM and not mask and step != 1 and not (value == 1 and follows == 2):
        cost += 1.5
    if follows:
        cost -= 1.2 if follows == 2 else 0.6
    if habits.answers_next[i]:
        cost += 3.5
    out.append((cost, ((STEM, 0, 0, 0, 0), value, ordinal, run), "number", value))
    return out


def _decimal_counts(field: int, begun: bool, mask: int, c: Candidate, i: int, habits: Habits) -> bool:
    """Whether 4.1 may be question 4 that begins with 1: behind a whole question or a heading, before options, a blank or an answer."""
    before = mask >= 3 if field == OPTIONS else c.place != INSIDE or field not in (STEM, HEAD)
    return before and begun and (habits.follows[i] == 2 or habits.blank_next[i] or (field in (ANSWER, NOTES) and habits.cued[i]))

