"""Brackets and marks that were misread (括号与标点): the empty answer bracket, mismatched pairs, strokes for commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...line_start import LineStart
from ..rule import Find, Page, Rule, each

_CUES = "是为有指在于括属含用由"
# The bracket of a stem's end read as 0, O, o, or with one half lost: behind a word that asks for an answer, before the stem's end.
_READ_AS_ZERO = re.compile(
    rf"[{_CUES}][ ]?([(（]?[0Oo][)）]?)[ ]?(?=[。.．：:]?(?:[ ]*\n|\Z|[ ]*[AＡ][.．、][^\n]{{1,120}}[BＢ][.．、]))"
)
_VALUES = "是为于"  # behind these a zero may be the value that the sentence states
_FIRST = re.compile(r"[ ]?[。.．：:]?[ ]*\n*[ \t]*[AＡ][ ]?[.．、·]?[ ]?(?!对|正确|√|错)[^\s.．、·]")
_HALF = re.compile(
    rf"[(（](?:(?<=[{_CUES}的].)[ ]*(?=[。.．:：]?[ ]*(?:\n(?!\s*[_\s]*[)）])|\Z))"
    r"|(?<=[\u4e00-\u9fff].)[ ]*(?=[。.．]?[ ]*\n\s*A[ ]?[.、．]))"
)
_ANY_ZERO = re.compile(r"[0O](?<=[\u4e00-\u9fff].)(?=。[ ]*\n\s*A[ ]?[.、．](?![ ]?(?:对|正确|√|错)))")
_EMPTY_TAIL = re.compile(r"([(（][ ]*[)）])[oO0](?=[。A\n]|[ ]*$)", re.M)
# 未经〔B合格的人员: the answer in a corner bracket whose other half the site has dropped, as on the whole page
_CORNER = re.compile(r"〔[ ]?(?:[A-Ha-h]{1,6}|[√×])(?![A-Za-z\d])(?P<shut>[ ]?[〕）)\]】])?")
_LEAST_CORNERS = 3
_OPEN = {"(": ")", "（": "）", "[": "]", "【": "】", "{": "}", "〔": "〕"}
_OTHER = {"(": r"\]】}〕", "（": r"\]】}〕", "[": ")）】}〕", "【": r")）\]}〕", "{": r")）\]】〕", "〔": r")）\]】}"}
_MIXED = re.compile("|".join(rf"\{opened}[^()（）\[\]【】{{}}〔〕\n]{{1,30}}[{other}]" for opened, other in _OTHER.items()))
_SAYS = re.compile(r"[\u4e00-\u9fff]")
_SCORE = re.compile(r"^[每共本总计各满小大题分空个选项,，、。;；:：\d０-９l lO.\u4e00-\u9fff ]+$")
_STROKE = re.compile(r"(?<=[\u4e00-\u9fff0-9A-Za-z)）”》])丶(?=[\u4e00-\u9fff0-9A-Za-z(（“《])")
_TWICE = re.compile(r"(?:，，|；；|：：|,,)(?<=[\u4e00-\u9fff)）”》]..)(?=[\u4e00-\u9fff(（“《])")


def _zero(page: Page) -> Iterator[Find]:
    matches = list(_READ_AS_ZERO.finditer(page.text))
    asked = [_FIRST.match(page.text, m.end()) is not None for m in matches]
    for m, before_options in zip(matches, asked, strict=True):
        inner = m[1]
        begins = page.text.rfind("\n", 0, m.start()) + 1
        line = page.text[begins : m.start() + 1]
        if inner[-1] in ")）" and inner[0] not in "(（" and (_opened(line) or _opened(_wrapped(page.text, begins) + line)):
            continue  # it closes a bracket of the sentence: （编号为0）
        value = inner == "0" and line[-1:] in _VALUES and not page.scanned and sum(asked) < 2  # 余数为0 is a sentence
        if len(inner) > 1:
            sure = 0.97
        elif (before_options or line[-1:] not in _VALUES) and (before_options or page.scanned) and not value:
            sure = 0.96
        else:
            sure = 0.8
        yield Find(m.start(1), m.end(1), bracket(page.text, m.start(1)), "题干末尾的空括号被识别成了字符", sure)


def _any_zero(page: Page) -> Iterator[Find]:
    """A zero between a stem's last word and its full stop, where this page reads three or more brackets so."""
    matches = list(_ANY_ZERO.finditer(page.text))
    if len(matches) >= 3:
        for m in matches:
            yield Find(m.start(), m.end(), bracket(page.text, m.start()), f"题干末尾的空括号被识别成了字符，全页 {len(matches)} 处")


def bracket(text: str, at: int) -> str:
    """An empty bracket as wide as the nearest one before the place, or after it."""
    wide, narrow = text.rfind("（", 0, at), text.rfind("(", 0, at)
    if wide == narrow == -1:
        return "()" if {"(", ")"} & set(text) and "（" not in text else "（）"
    return "（）" if wide > narrow else "()"


def _wrapped(text: str, at: int) -> str:
    """The line before the one that begins at ``at``, if the sentence may go on from it."""
    line = text[text.rfind("\n", 0, max(0, at - 1)) + 1 : max(0, at - 1)].rstrip()
    return "" if line[-1:] in "。.?？!！:：" else line


def _opened(line: str) -> bool:
    return line.count("(") + line.count("（") > line.count(")") + line.count("）")


def _half(page: Page, m: re.Match[str]) -> Find:
    return Find(m.start(), m.start() + 1, "（）" if m[0][0] == "（" else "()", "题干末尾的空括号失了后半")


def _corners(page: Page) -> Iterator[Find]:
    """The other half of corner brackets that hold an answer, where three or more of the page lack it and few have it."""
    found = list(_CORNER.finditer(page.text))
    lacking = [m for m in found if m["shut"] is None]
    if len(lacking) >= _LEAST_CORNERS and len(lacking) * 4 >= len(found) * 3:
        for m in lacking:  # before the character behind it, which stays in the stem when the answer is taken out
            behind = page.text[m.end() : m.end() + 1]
            yield Find(m.end(), m.end() + len(behind), "〕" + behind, f"括号里的答案之后失了后半，全页 {len(lacking)} 处")


def _tail(page: Page, m: re.Match[str]) -> Find:
    return Find(m.start(1), m.end(), m[1] + ("" if page.text[m.end() : m.end() + 1] == "。" else "。"), "句号被识别成字母 o")


def _mixed(page: Page, m: re.Match[str]) -> Find | None:
    (start, end), left, says, right = m.span(), m[0][0], m[0][1:-1], m[0][-1]
    if not _SAYS.search(says) or re.search(r"[,，].*[<>≤≥=∞]|^[-\d.,，∞ ]+$", says):
        return None
    if not _SCORE.match(says) or not re.search("[题分空]", says):
        return Find(end - 1, end, _OPEN[left], "括号前后不成对", 0.6)
    if left in "(（[【":
        return Find(end - 1, end, _OPEN[left], "分值说明的括号前后不成对", 0.96)
    return Find(start, start + 1, "（" if right == "）" else "(", "分值说明的括号前后不成对", 0.96 if right in ")）" else 0.6)


def _stroke(page: Page, m: re.Match[str]) -> Find | None:
    return Find(m.start(), m.end(), "、", "“丶”是笔画，在两词之间只能是顿号")


def _twice(page: Page, m: re.Match[str]) -> Find:
    return Find(m.start(), m.end(), m[0][0], "标点重了一次")


_FORMULA = re.compile("[=+×÷<>≤≥√]")
_DASH = re.compile(r"一(?:(?<=\d一)(?=\d)|(?<=\d[年月日]一)(?=\d{4}年)|(?<=[A-Z]\d一)(?=[A-Z]\d)|(?<=[A-Z]\d\d一)(?=[A-Z]\d))")

_TICKS = re.compile(
    r"(?:正确|对)的?[^“\"‘”'’，,。√×\n]{0,8}?[打划画](?P<a>[“”\"‘’' √厂V]{0,5})(?P<comma>[，,、；;]?)[ ]?"
    r"(?:错误|不正确|错)的?[^“\"‘”'’，,。√×\n]{0,8}?[打划画](?P<b>[“”\"‘’' ×xXⅹ]{0,5})(?=[)）。，,\n])"
)
_BEFORE_ANOTHER, _LEAST_EXTRA = re.compile(r"[，,](?=[。、；])(?<=[\u4e00-\u9fff）)][，,])"), 3
_QUOTES = re.compile("[“”\"‘’']")
_KEY = LineStart(r"[ \t]*(?P<open>[\[【（(])(?:参考|正确)?(?:答案|解析|点评|分析|详解)(?P<close>[\]】）)])(?=.)")


def _dash(page: Page, m: re.Match[str]) -> Find | None:
    """A dash; in a formula it is a minus, and which sign the page prints there is not known."""
    formula = _FORMULA.search(page.text, max(0, m.start() - 6), m.end() + 6)
    return None if formula else Find(m.start(), m.end(), "—", "数字之间的“一”只能是连接号")


def _ticks(page: Page) -> Iterator[Find]:
    """正确的打“”，错误的打“”: the marks or half of their quotes were lost; which they were is never in doubt."""
    for m in _TICKS.finditer(page.text):
        quotes = _QUOTES.findall(m["a"] + m["b"])
        opening, closing = ("“", "”") if set(quotes) & set("“”") else (quotes[0], quotes[-1]) if quotes else ("", "")
        for name, mark in (("a", "√"), ("b", "×")):
            now = f"{opening}{mark}{closing}"
            if mark not in m[name] or len(_QUOTES.findall(m[name])) * 2 != max(len(quotes), 2 * bool(quotes)):
                yield Find(m.start(name), m.end(name), now, "判断题说明里的记号丢失，正确打√，错误打×")


def _before_another(page: Page) -> Iterator[Find]:
    """确认,、计量,。: a comma that a copying site put before other stops, three of the page and more."""
    matches = list(_BEFORE_ANOTHER.finditer(page.text))
    for m in matches if len(matches) >= _LEAST_EXTRA else ():
        yield Find(m.start(), m.end(), "", f"逗号后紧跟另一标点，全页 {len(matches)} 处")


def _key(page: Page) -> Iterator[Find]:
    """[答案】: the bracket of the other labels of the page."""
    pairs = {"[": "]", "【": "】", "（": "）", "(": ")"}
    for m in _KEY.finditer(page.text):
        if pairs[m["open"]] != m["close"] and {m["open"], m["close"]} not in ({"(", "）"}, {"（", ")"}):
            if m["close"] == "】":
                yield Find(m.start("open"), m.end("open"), "【", "标签的括号前后不成对")
            else:
                yield Find(m.start("close"), m.end("close"), pairs[m["open"]], "标签的括号前后不成对")


RULES = (
    Rule("bracket-zero", "bracket", "line", 0.96, "a word that asks before it, the end of the stem behind it, a scanned page",
         "14 of 14 in clean/OCR pairs", _zero, chars=frozenset("0Oo"), structural=True),
    Rule("bracket-zeros", "bracket", "line", 0.96, "three or more on the page, options behind each", "clean/OCR pairs",
         _any_zero, chars=frozenset("0O"), structural=True),
    Rule("bracket-half", "bracket", "line", 0.97, "a word that asks before it, the end of the line behind it", "clean/OCR pairs",
         each(_HALF, _half), structural=True),
    Rule("bracket-corner", "bracket", "page", 0.97, "three or more of the page hold an answer and nothing closes them",
         "sites that drop 〕 behind a letter", _corners, chars=frozenset("〔"), structural=True),
    Rule("bracket-tail", "bracket", "line", 0.96, "an empty bracket before it, the end of the stem behind it", "scanned papers",
         each(_EMPTY_TAIL, _tail), chars=frozenset("oO0"), structural=True),
    Rule("bracket-mixed", "bracket", "line", 0.96, "a note of scores between them", "8 of 300 pages",
         each(_MIXED, _mixed), chars=frozenset("]】}〕{〔[【"), structural=True),
    Rule("bracket-key", "bracket", "line", 0.97, "the word 答案 or 解析 between two halves", "scanned papers",
         _key, chars=frozenset("【】[]"), structural=True),
    Rule("mark-ticks", "punctuation", "line", 0.97, "the sentence that says which mark is meant", "√ lost in 9 of 22 clean/OCR pages",
         _ticks, chars=frozenset("打划画"), structural=True),
    Rule("mark-stroke", "punctuation", "line", 0.98, "between two words", "丶 is a stroke, not a mark of punctuation",
         each(_STROKE, _stroke, wording=True), chars=frozenset("丶")),
    Rule("mark-dash", "punctuation", "line", 0.96, "figures on both sides", "一 never stands between figures",
         each(_DASH, _dash), chars=frozenset("一"), structural=True),
    Rule("mark-twice", "punctuation", "line", 0.96, "the same mark twice between words", "GB/T 15834 knows no doubled comma",
         each(_TWICE, _twice, wording=True), chars=frozenset("，；：,")),
    Rule("mark-extra", "punctuation", "page", 0.97, "three or more on the page", "GB/T 15834 knows no comma before a stop",
         _before_another, chars=frozenset("，,")),
)
