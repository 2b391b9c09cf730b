"""Checks for what strayed into a field (错位内容): a question that was not told apart, and marks, meta lines and ends of pages within."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fold import fold
from ..lost_signs import UNIT
from ..question_types import TAG_WORDS, type_named
from ..scan import Scan
from .look import Check, Look
from .signs import TYPE_WORDS, Inside

_NUMBER_WITHIN = re.compile(
    r"[\u4e00-\u9fff\n。?_)\]](?: ?(?:\d ?)?\d| ?\d?[OSBlI]) ?[.、,;:·。_)](?=[\u4e00-\u9fff《“\"\[(])"
)
_BEFORE_WORD = re.compile(rf"(?<!\d)(?P<n>\d{{1,3}})(?: (?!{UNIT})| ?[.、:)] ?)(?=[\u4e00-\u9fff“《_])")
_GOES_ON = re.compile(r"[?](?! *[(\[])[^?\n]{4,}[?。]|(?:_|\(\s*\))[^_(。]{0,20}[。?)\n][^_(]{2,}(?:_|\(\s*\))|^[^。]{6,}。[^。]{6,}。$")
_TWO_ANSWERS = re.compile(r"[。;] *\n[^\n]{4,}")
_STEM_BEGINS = re.compile(rf"[(\[] ?(?:{TAG_WORDS})[^\u4e00-\u9fff]|\d{{1,3}} ?[.、]{{2}}|\d{{1,3}}、[.:]|(?:第 ?\d{{1,3}} ?|\d ?)题[ :]")
_OWN_TYPE = re.compile(r"(?P<type>(?:判断|填空|简答|问答|论述|计算)题)(?![的是中和与及里共])[\u4e00-\u9fff]")  # 判断题钱塘江在浙江省
_BARE_FIRST = re.compile(rf"\d{{1,2}} (?!{UNIT}|[或和与的至到])(?=[\u4e00-\u9fff])")
_SERIAL_FIRST = re.compile(r"(\d{1,3})、(?=[\u4e00-\u9fff])")
_STEM_ENDS = Scan(r"[\[]\d{1,3} ?[~-] ?\d{1,3}\]\s*$|\(\n?\d{1,3}、 ?\d{1,2}分\)$")
_CUES = ("知识点", "难度", "答案")
_BEFORE_CUE = re.compile(r"(?:[\u4e00-\u9fff]{2}|[。?)_])(?:知识点|难度|答案)$")
_HEADING_END = re.compile(rf"\n(?:{TYPE_WORDS}|是非题|案例题|[A-BX]\d?型题)$")
_STOP_FIRST = Scan(r"^[。,;·_:](?![_\n])|^[A-H][;,。·_](?=[\u4e00-\u9fff])|\n[。,;·_:](?![_\n])|\n[A-H][;,。·_](?=[\u4e00-\u9fff])")
_DASHED = Inside(r"\n\d{1,3} -(?=\n|$)", r"(?<=[_。?)]) ?\d{1,3} -$|(?<=\)) ?- \d{1,3} -$")  # the number of a page
_STRAY = Inside(
    r"(?<=[^\s:是为址页站名在到于入.(\"'《/@])www\.[\w.]+$",
    r"(?<=[\u4e00-\u9fff。?_)\w])(?:难度|知识点|考点) ?:[^:(_?。\n]{0,20}(?=\n|$)",
    r"[(\[](?<=.[(\[])[一二三四五六七八九十][)\]][^\n,。;?]{0,8}题(?=\n|$)",
    rf"(?:(?<=[。?_)])|(?<=[。?_)] ))(?:{TYPE_WORDS}|是非题|案例题|[A-BX]\d?型题)$",
    r"\n第 ?\d{1,3} ?题[ :]",
    r"(?<=[ \n])第[一二三四五六七八九十]{1,3}条 ",
    rf"(?:{TYPE_WORDS})\d{{1,3}} ?[.、]",
    r"(?<=[_。?)]) ?[一二三四五六七八九]、[\u4e00-\u9fff]{2,6}$",
    r"<[a-z]{1,4} \d",
    r"< \d{1,3}、",
    r"\[解析",
)
_LABELLED = re.compile(r"\(?A ?[.、)][^\n]*\n\(?B ?[.、)]")
_LONG_ANSWER = 30  # characters of one of two answers to one choice
_SERIAL_BELOW = re.compile(r"\n\d{1,3}、")
_LISTED = re.compile(r"\d、")
_SERIAL_OPENS = re.compile(r"\d{1,3}、(?!\d{1,2}(?!\d))")  # 1、2和3 names statements
_MATERIAL_BELOW = re.compile(r"(?:根据|阅读)(?:以下|下列|下面)(?:的)?(?:材料|资料|案例)|回答第? ?\d{1,3} ?[-~至] ?\d{1,3} ?题")
_QUESTION_BELOW = re.compile(rf"\n *\d{{1,3}} ?[.、:)] ?[\[(](?:{TAG_WORDS})|\n *\d{{1,3}} ?[.、][^\n]+\n+答(?:案)? ?:")
_FOLIO_BELOW = re.compile(r"[。;]?\s*\n\s*(?:\d{1,3}|- ?\d{1,3} ?-|第 ?\d+ ?页[^\n]*)\s*(?:\n|$)|[。;] 第 ?\d{1,3} ?页$")
_TERM_GOES_ON = re.compile(r"\d ?[.、](?!\d)|[\u4e00-\u9fff](?:\d{1,3} |\(\d{1,3}\))(?=[\u4e00-\u9fff])|(?<![回应问解抢作对])(?<=..)答$")
_LETTER_ON = re.compile(r"([E-H](?:(?<=[\u4e00-\u9fff].)|(?<=[\u4e00-\u9fff\d] .)|(?<=[\u4e00-\u9fff\d]  .))) ?(?=[\u4e00-\u9fff])")
_NUMBERED_ON = re.compile(
    r"[\u4e00-\u9fff](?:\d{1,2}[.:]|[OSlI][.、]) ?(?=[\u4e00-\u9fff])|[\d\u4e00-\u9fff] \d{1,3} {1,2}(?=[\u4e00-\u9fff])"
    rf"|(?<!\d)\d{{1,2}} (?!{UNIT}|号)(?=[\u4e00-\u9fff]{{2}})"
)


def _texts(look: Look) -> Iterator[str]:
    """What the fields say that an untold question may have gone into, folded: the stem, the last option, the answer."""
    yield look.stem
    if look.options:
        yield look.options[-1]
    yield from _answers(look)


def _answers(look: Look) -> list[str]:
    a = look.q.answer
    return [fold(t) for t in ((a,) if isinstance(a, str) else a if isinstance(a, tuple) and not look.choice else ())]


def _holed(look: Look) -> bool:
    """Whether the number after this one is lacking: the next question counts further, or the heading announces more."""
    own, after = look.q.number, look.after
    if own is None or look.build.draft.action == "sub":
        return False
    if after is not None:
        return after.number is not None and 1 < after.number - own <= 4
    return look.section is not None and look.section.count is not None and own < look.section.count


def _untold(look: Look) -> str | None:
    """A question that holds the one whose number is lacking, or an answer that holds the one of the next, which has none."""
    if _holed(look):
        if any(_NUMBER_WITHIN.search(t, 2) or _names_next(look, t) for t in _texts(look)):
            return "下一题号缺失，本题中有疑似题号"
        if not look.choice and not look.group.lines and _GOES_ON.search(look.stem, 4) and look.group.size >= 3:
            return "下一题号缺失，本题题干中疑有另一题"
    after = look.after
    if look.group.answered and after is not None and after.answer is None and any(_TWO_ANSWERS.search(t) for t in _answers(look)):
        return "下一题没有答案，疑在本题的答案中"
    return None


def _names_next(look: Look, text: str) -> bool:
    """Whether a text holds the number that is lacking, before a word: - 1 -13 产盐..., 是（21）产盐..., 冬眠（2分） 23 首因效应."""
    own = look.q.number
    return any(own is not None and int(m["n"]) == own + 1 for m in _BEFORE_WORD.finditer(text, 1))


def _stray(look: Look) -> str | None:
    ranged = look.stem.rstrip().endswith(("]", ")")) and _STEM_ENDS.search(look.stem)
    own = _OWN_TYPE.match(look.stem)
    if (own and type_named(own["type"]) == look.q.type) or _STEM_BEGINS.match(look.stem) or ranged or _HEADING_END.search(look.stem):
        return "题干中疑有题型、题号或题号范围"
    if look.stem.endswith(_CUES) and _BEFORE_CUE.search(look.stem, len(look.stem) - 5):
        return "题干末尾疑有标志词"
    first = _SERIAL_FIRST.match(look.stem)
    if first and look.q.number is not None and "、" not in look.stem[first.end() : first.end() + 4]:
        return "题干开头疑有多余的序号"
    if look.q.type == "term_definition" and _TERM_GOES_ON.search(look.stem):
        return "名词中疑有另一题或答案"
    answers = _answers(look)
    dashed = any("-" in text for text in (look.text, *answers))
    if _holds(_STRAY, look, answers) or (dashed and _holds(_DASHED, look, answers)):
        return "疑有不属于本题的内容"
    if any(_FOLIO_BELOW.search(t) for t in answers):
        return "答案中疑有页码"
    for text in (*(look.options if look.wrapped else ()), *answers):
        if len(_SERIAL_BELOW.findall(text)) == 1 and len(_LISTED.findall(text)) == 1 and "\n1、" not in text:
            return "疑有多余的序号"
    if look.options and look.q.material and _LABELLED.match(fold(look.q.material)):
        return "共用题干疑为另一题的选项"
    spans = look.build.answer_spans
    if look.choice and len(spans) > 1 and any(e - s > _LONG_ANSWER for s, e in spans):
        return "答案中疑有另一题"
    if look.q.explanation and _QUESTION_BELOW.search(fold(look.q.explanation)):
        return "解析中疑有另一题"
    return _stray_option(look)


def _holds(sign: Inside, look: Look, answers: list[str]) -> bool:
    return (sign.anywhere(look.text) and any(map(sign.search, (look.stem, *look.options)))) or any(map(sign.search, answers))


def _stray_option(look: Look) -> str | None:
    if not look.options:
        return None
    if look.lines.count("、") == 1:
        if any(map(_SERIAL_OPENS.match, look.options)):
            return "选项开头疑有多余的序号"
        if any(t.endswith("、") and t[-2:-1].isdigit() for t in look.options):
            return "选项末尾疑有多余的序号"
    if _STOP_FIRST.search(look.lines):
        return "选项开头疑有序号的符号"
    if _MATERIAL_BELOW.search(look.lines):
        return "选项中疑有共用题干"
    last = look.options[-1]
    if len(look.options) >= 4 and look.labels[-1] in "DEFG":
        if _NUMBERED_ON.search(last, 1) and not any(_NUMBERED_ON.search(t, 1) for t in look.options[:-1]):
            return "最后一个选项中疑有题号"
        more = _LETTER_ON.search(last) if look.q.type == "matching" else None
        if more and ord(more[1]) == ord(look.labels[-1]) + 1:
            return "最后一个选项中疑有另一选项"
    bare = [k for k, text in enumerate(look.options) if _BARE_FIRST.match(text)]
    if len(bare) == 1 < len(look.options):
        return "选项开头疑有多余的序号"
    if not look.wrapped:
        return None
    lines = [t.partition("\n") for t in look.options]
    longer = any(len(below) > max(len(text), 8) and text[-1:] not in "。;," for text, _, below in lines)
    if longer and not look.group.wrapped and not all(below for _, _, below in lines):
        return "选项的下一行疑不属于它"
    return None


READING: tuple[Check, ...] = (
    Check("holds_next", "reading", "疑含下一题", _untold),
    Check("stray_text", "reading", "有错位内容", _stray),
)
