"""What every exam words alike (套语): 答案 before a letter, an ordinal before a type of question, √ in a bracket of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...line_start import LineStart
from ..rule import Find, Page, Rule, each, put

_TYPES = "(?:单项|多项|不定项)?选择题|[单多]选题|判断(?:改错)?题|填空题|简答题|论述题|问答题|计算题|名词解释|案例分析题|综合题|实验题"
_HEADING = LineStart(rf"[ \t]*(?P<ordinal>[一二三四五六七八九十]{{1,2}})(?P<stop>[.．·、,，:：]?)(?={_TYPES})")
_ANSWER = re.compile(  # begins with 案, which is rare in a text
    r"案(?<!答案)(?<=[\u4e00-\u9fff]案)(?:[】\]](?<=[【\[]...)(?=[ ]?[A-H√×\n])|(?P<line>[:：])(?=[ ]?[A-H]{1,8}[ ]*$))", re.M
)
_TEXTS = frozenset("方文本个预教提草档备图学法病判定专立冤悬")  # 方案, 文案 ... are words of their own
_DEGREE = re.compile(r"(?<=【答案】)℃(?=[ ]*$)", re.M)
_TICK = LineStart(r"[(（][VvＶ](?=[)）][ ]*$)")
_PAIR = re.compile(r"对(?P<tick>[、,，vV·])(?=错[×xX])|√错误?(?P<cross>[xXⅹ])")
_TYPE = re.compile(  # the look-alikes of 项, 填 and 本; 单个选择题, 补空题 and 各大题共 are wordings of their own
    r"题(?:(?<=单[顶顷页须预领颂坝]选择题)|(?<=[真慎镇域境请]空题)(?<=[一二三四五六七八九十、.．]...)(?=[(（\n])|"
    r"(?<=[(（][木末未术奉主夲太]大题)(?=共[ ]?\d))"
)
_MEANT = {"择": (3, "项"), "空": (2, "填"), "大": (2, "本")}  # the character before 题: how far back the misread one stands, what it was
_STRAY = re.compile(r"[·:：](?<=[\u4e00-\u9fff)）].)(?=(?P<label>[B-H])(?P<stop>[.、．])[^\s])")
_IN_HEADING = re.compile(r"[·.](?:(?<=小题.)(?=每)|(?<=分.)(?=共))")


def _headings(page: Page) -> Iterator[Find]:
    """三判断题 and 三.判断题 where the page's other ordinals are followed by 、."""
    marks = list(_HEADING.finditer(page.text))
    sound = sum(m["stop"] == "、" for m in marks)
    odd = [m for m in marks if m["stop"] != "、"]
    if odd and (sound > len(odd) or (sound and page.scanned) or (page.scanned and all(not m["stop"] for m in odd))):
        for m in odd:
            if not m["stop"] or page.scanned or m["stop"] not in ".．":
                yield Find(m.start("stop"), m.end("stop"), "、", "大题序号后的顿号丢失或误识")


def _answer(page: Page, m: re.Match[str]) -> Find | None:
    at = m.start() - 1
    if page.text[at] in _TEXTS or (m["line"] and page.text[page.text.rfind("\n", 0, at) + 1 : at].strip(" \t")):
        return None
    return Find(at, at + 1, "答", "选择题答案之前只能是“答案”")


def _ticks(page: Page) -> Iterator[Find]:
    """(V) on a line of its own where the page marks other statements with √ or ×."""
    if re.search("[(（][√×][)）]", page.text):
        for m in _TICK.finditer(page.text):
            yield Find(m.end() - 1, m.end(), "√", "判断题的记号，全页另有√或×")


def _type(page: Page, m: re.Match[str]) -> Find:
    back, now = _MEANT[page.text[m.start() - 1]]
    return Find(m.start() - back, m.start() - back + 1, now, "题型说明的套语")


def _pair(page: Page, m: re.Match[str]) -> Find:
    name, now = ("tick", "√") if m["tick"] else ("cross", "×")
    return Find(m.start(name), m.end(name), now, "对√与错×成对")


def _stray(page: Page, m: re.Match[str]) -> Find | None:
    """A dot before a label of a row that has the label before it; a colon only on a scanned page, for it may be printed."""
    if m[0] != "·" and not page.scanned:
        return None
    begin = page.text.rfind("\n", 0, m.start()) + 1
    before = f"{chr(ord(m['label']) - 1)}{m['stop']}"
    return Find(m.start(), m.end(), "", "选项末尾多出的点") if page.text.find(before, begin, m.start()) >= 0 else None


RULES = (
    Rule("phrase-heading", "punctuation", "line", 0.96, "an ordinal before a type of question, the other headings of the page",
         "clean/OCR pairs", _headings, chars=frozenset("题释"), structural=True),
    Rule("phrase-answer", "ocr", "line", 0.97, "案 before the letter of a choice", "clean/OCR pairs",
         each(_ANSWER, _answer), chars=frozenset("案"), structural=True),
    Rule("phrase-degree", "ocr", "line", 0.97, "【答案】 before it, the line's end behind it", "clean/OCR pairs",
         each(_DEGREE, put("C", "答案不会是温度单位")), chars=frozenset("℃"), structural=True),
    Rule("phrase-tick", "punctuation", "line", 0.96, "a bracket of its own, √ or × elsewhere", "√ read as V", _ticks,
         chars=frozenset("Vv"), structural=True),
    Rule("phrase-type", "ocr", "line", 0.97, "the rest of the wording of a heading", "clean/OCR pairs",
         each(_TYPE, _type), chars=frozenset("题"), structural=True),
    Rule("phrase-comma", "punctuation", "line", 0.97, "小题 or 分 before it, 每 or 共 behind it", "clean/OCR pairs",
         each(_IN_HEADING, put("，", "题型说明的分句之间是逗号")), chars=frozenset("·."), structural=True),
    Rule("label-stray", "label", "line", 0.96, "the label before it in the row, with the same mark", "clean/OCR pairs",
         each(_STRAY, _stray), chars=frozenset("·:："), structural=True),
    Rule("phrase-pair", "punctuation", "line", 0.97, "对√ beside 错×, one of them whole", "clean/OCR pairs",
         each(_PAIR, _pair), chars=frozenset("错"), structural=True),
)
