"""Checks of an answer and its explanation (答案检查): of the kind that the type asks for, among the options, in one voice."""

from __future__ import annotations

import re

from ..answers import chosen_in
from ..fold import fold
from ..stem import BLANK, NUMBER_DRAWN
from .look import Check, Look
from .options import pictured, swollen
from .signs import CUES, TYPE_WORDS, heading, next_number, numbers, unbalanced

_ANY_BLANK = re.compile(BLANK)
_NUMBERED_LINE = re.compile(r"(?:^|\n) *\d{1,3} ?[.、](?!\d)[^\n]{4,}")
_QUESTION = re.compile(BLANK + r"|\n *A[.、]")
_OPTIONS = re.compile(r"A ?[.、．].{1,60}B ?[.、．].{1,60}C ?[.、．]", re.S)
_BREAKS_OFF = re.compile(r"[，、：]\s*$")
_FIRST_OF_SEVERAL = re.compile(r"[;；]\s*$")  # a list that ends so has a second line; a page may print one at its end
_SIDE_BY_SIDE = re.compile(rf"{BLANK}(?:[,、]{BLANK})+")  # two halves of a verse are one answer
_BLANK_CUT = re.compile(r"(?<=_)\s*\n\s*(?=_)")
_VERDICT_FIRST = re.compile(r"(?:正确|错误|对|错|√|×|[A-H]{1,5})[。.]?\s*\n")
_ASKED_BELOW = re.compile(r"\n[^\n]*[?]\s*(?:\n|$)|[。?!] ?问 ?:")
_NUMBER_BELOW = re.compile(r"\n *[(]?(\d{1,3})(?![\d.%])")
_ODD_NUMBER = re.compile(r"\n *(?:\d{1,3} ?[,;。_·]|[lIOo|]\d? ?[.、]|\d[OSBlI] ?[.、])(?=[\u4e00-\u9fff])")
_SERIAL = re.compile(r"(?:(?<=[\u4e00-\u9fff(] )|(?<=[\u4e00-\u9fff(]\n))(\d{1,3})、(?=[\u4e00-\u9fff(_])")
_ONLY_FIRST = re.compile(r"\(?1 ?[.、)](?!\d)(?!.*2 ?[.、)])", re.S)
_FIRST_BELOW = re.compile(r"[。;]\n *1 ?[.、](?!\d)(?!.*2 ?[.、)])", re.S)
_NUMBER_INSIDE = re.compile(r"[^\s\d.] ?\d{1,2} ?[.、] ?(?=[^\d\s])")
_FIRST_MISSING = re.compile(r"(?:\(?[2-9] ?[.、)]|②)(?!\d)")
_LONE_ORDINAL = re.compile(r"\n\s*[(]?[一二三四五六七八九十]{1,2}[)、]?\s*$")
_TYPE_AT_END = re.compile(rf"\S[ \n]+(?:{TYPE_WORDS})$")  # 月饼 名词解释
_LETTERS = re.compile(r"[A-H]{1,6}")
_TOLD = ("term_definition", "short_answer", "essay", "case_analysis")  # types that are answered in words
_TAIL_OF_ANSWER = re.compile(r"[、,;)\]]")


def _blank_count(look: Look) -> str | None:
    a = look.q.answer
    if look.q.type != "fill_blank" or not isinstance(a, tuple) or not a:
        return None
    stem = NUMBER_DRAWN.sub("__", _BLANK_CUT.sub("", look.stem))
    shown = len(_ANY_BLANK.findall(stem))
    fits = shown in (0, len(a)) or len(_ANY_BLANK.findall(_SIDE_BY_SIDE.sub("()", stem))) == len(a)
    return None if fits else f"题干有{shown}个空，答案有{len(a)}个"


def withheld(look: Look) -> str | None:
    """What the page prints where the answer would stand, and which is none (略)."""
    said = next((said for code, said in look.build.doubts if code == "answer_withheld"), None)
    return None if said is None or look.q.answer is not None else f"原文不给出答案：{said}"


def _outside(look: Look) -> str | None:
    a = look.q.answer
    if not look.choice or not look.q.options or not isinstance(a, tuple):
        return None
    outside = [x for x in a if x not in look.labels]
    return f"答案{'、'.join(outside)}不在选项中" if outside else None


def _whole(look: Look) -> bool:
    """Whether the options are a whole set: A, B, C ..., as many as the siblings have, none swollen."""
    labels = look.labels
    return sorted(labels) == [chr(65 + k) for k in range(len(labels))] and len(labels) >= (look.group.options or 2) and not swollen(look)


def _outside_as_read(look: Look) -> str | None:
    outside = _outside(look)
    return None if outside is None or _whole(look) or pictured(look) else outside


def _outside_as_printed(look: Look) -> str | None:
    outside = _outside(look)
    return outside if outside is not None and _whole(look) else None


def _several(look: Look) -> str | None:
    a = look.q.answer
    if not isinstance(a, tuple) or len(a) < 2:
        return None
    beside = [x.answer for x in (look.before, look.after) if x is not None and x.type == "matching"]
    alone = look.q.type == "matching" and any(isinstance(x, tuple) and len(x) == 1 for x in beside)
    return f"单选题有{len(a)}个答案" if look.q.type == "single_choice" or alone else None


def _one(look: Look) -> str | None:
    a = look.q.answer
    said = look.q.type == "multiple_choice" and look.build.type == "multiple_choice"
    return "多选题只有一个答案" if said and isinstance(a, tuple) and len(a) == 1 else None


def _doubled(look: Look) -> str | None:
    a = look.q.answer
    return "答案的字母重复" if isinstance(a, tuple) and look.choice and len(set(a)) < len(a) else None


def _form(look: Look) -> str | None:
    """An answer that is not of the kind that the type asks for, or holds what is no answer."""
    q, a = look.q, look.q.answer
    if a is None and q.type == "true_false" and any(s < e for s, e in look.build.answer_spans) and not withheld(look):
        return "印出的答案没有读出"
    if look.choice and isinstance(a, str) and q.options:
        return "选择题的答案不是字母"
    if q.type == "true_false" and a is not None and not isinstance(a, bool):
        return "判断题的答案不是对错"
    if q.type in _TOLD and isinstance(a, str) and _LETTERS.fullmatch(a):
        return "答案疑是选择题的"
    if isinstance(a, str) and min(len(look.build.answer_spans), len(look.build.draft.answers)) > 1:
        return "有几个答案"
    texts = [a] if isinstance(a, str) else list(a) if isinstance(a, tuple) and not look.choice else []
    for text in map(fold, texts):
        if _answers_next(look, text) or (next_number(look, text) is not None and _NUMBERED_LINE.search(text)):
            return "答案中疑有下一题"
        if CUES.search(text):
            return "答案中疑有解析或另一答案"
        if q.type == "fill_blank" and isinstance(a, tuple) and "\n" in text.strip():
            return "一个空的答案有几行"
        if _OPTIONS.search(text):
            return "答案中疑有选项"
        if heading(text) or _LONE_ORDINAL.search(text) or _TYPE_AT_END.search(text):
            return "答案中疑有大题标题"
        if _VERDICT_FIRST.match(text) and (look.section is None or look.section.type is None):
            return "答案开头是判断，后面另有内容"
        lines = [int(n) for n in _NUMBER_BELOW.findall(text)]
        if q.number is not None and q.number >= 5 and q.number + 1 in lines and q.number not in lines:
            return "答案中疑有下一题"
        if _ASKED_BELOW.search(text) or _ODD_NUMBER.search(text) or (q.type == "fill_blank" and _NUMBER_INSIDE.search(text)):
            return "答案中疑有另一题"
        if _FIRST_BELOW.search(text):
            return "答案中疑有另一题的答案"
        if _ONLY_FIRST.match(text):
            return "答案只有第一点"
        if _FIRST_MISSING.match(text):
            return "答案缺第一点"
        serials = _SERIAL.findall(text)
        if len(serials) == 1 and serials != ["1"]:
            return "答案中疑有多余的编号"
        if unbalanced(text):
            return "答案的括号不成对"
        if _BREAKS_OFF.search(text) or (_FIRST_OF_SEVERAL.search(text) and "\n" not in text.strip()):
            return "答案疑不完整"
    return None


def _answers_next(look: Look, text: str) -> bool:
    """Whether an answer holds the number of the next question, which has none."""
    own, after = look.q.number, look.after
    if own is None or after is None or after.number != own + 1 or after.answer is not None:
        return False
    return any(value == after.number for value, _ in numbers(text))


def _explanation_holds_question(look: Look) -> str | None:
    if not look.q.explanation:
        return None
    text = fold(look.q.explanation)
    value = next_number(look, text)
    if value is not None and _QUESTION.search(text):
        return f"解析中疑有第{value}题"
    if not look.q.options and _OPTIONS.search(text):
        return "解析中疑有选项"
    return "解析开头疑是答案的一部分" if _TAIL_OF_ANSWER.match(text) else None


def _disagrees(look: Look) -> str | None:
    a = look.q.answer
    if not look.choice or not isinstance(a, tuple) or not look.q.explanation:
        return None
    chosen = chosen_in(look.q.explanation)
    return f"答案为{''.join(a)}，解析说是{''.join(chosen)}" if chosen and set(chosen) != set(a) else None


READING: tuple[Check, ...] = (
    Check("blank_count", "reading", "空与答案数目不符", _blank_count),
    Check("answer_outside_options", "reading", "答案不在选项中", _outside_as_read),
    Check("several_answers", "reading", "单选题有多个答案", _several),
    Check("one_answer", "reading", "多选题只有一个答案", _one),
    Check("doubled_answer", "reading", "答案字母重复", _doubled),
    Check("answer_form", "reading", "答案形式不符", _form),
    Check("explanation_holds_question", "reading", "解析中疑有下一题", _explanation_holds_question),
)
SOURCE: tuple[Check, ...] = (
    Check("answer_withheld", "source", "原文不给出答案", withheld),
    Check("answer_outside_options", "source", "答案不在选项中", _outside_as_printed),
    Check("explanation_disagrees", "source", "答案与解析不一致", _disagrees),
)
