"""Checks of what a stem holds (题干中的异物): cues, notes, numbers, options, headings and answers that belong elsewhere."""

from __future__ import annotations

import re
from itertools import pairwise

from ..lost_signs import UNIT
from ..scan import Scan
from ..stem import BLANK
from .look import NOTES, Check, Look
from .signs import CUES, LABEL, NUMBER, SITE, SITE_LINE, Inside, heading, next_number, numbers, site_words

_WORD_LABELS = re.compile(
    r"A(?<![A-Za-z]A)(?:[^A-Za-z\n]{1,30}[ \n]+B[^A-Za-z\n]{1,30}[ \n]+C|[^\s.、]{1,12} +B[^\s.、]{1,12} +C|"
    r" ?[.、)].{1,60}?[ \n]B ?[.、)].{1,60}?[ \n]C ?[.、)])"
)
_MARKUP = Inside(
    r"(?<=[^>\s])</?[a-zA-Z][a-zA-Z0-9]*/?>$",
    r"^<[a-zA-Z][a-zA-Z0-9]*(?: [^<>\n]{0,80})?>(?=[^<\s])",
    r"&(?:nbsp|lt|gt|amp|quot|#\d{2,5});",
    r"< ?/?(?:input|div|span|td|tr|img|font|li)\b[^>]",
    r"^[□○◯☐] |^\*\*|\*\*(?=\S)|^[◆■★▲●]|[◆■★▲●]$",
)
_TAG_CLOSED = re.compile(r"</(?:p|div|td|tr|li|span|body|html)>")
_OF_MARKUP = re.compile(r"标签|标记|元素|属性|网页|浏览器|单元格|超链接|表单|HTML|XML|CSS")  # the question asks about it
_PINYIN = re.compile("\\((?<=[\u4e00-\u9fff]\\()[a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}\\)")
_SCORE = re.compile(r"[(\[] ?(?:本题|分值|分数|满分|共)?[ :]*\d+(?:\.\d+)? ?分? ?[)\]]")
_FOLIO = re.compile(r"第 ?\d+ ?页|共 ?\d+ ?页")
_OF_A_BOOK = re.compile(r"[本看读][^。\n]{0,12}(?:书|小说|画册|杂志|故事)|[看读][了到完起]|页的[^页]{0,6}书")  # its pages are counted
_NUMBER_FIRST = re.compile(r"[^。?\n]{0,12}?(?<![\d.])\d{1,3} ?[.、](?!\d)|\d{1,3} ?[_~^|'\";,:·。-] ?[\u4e00-\u9fff]")
_SECOND_STATEMENT = re.compile(r"[。?] ?[(](?:[ _√×]*|对|错|正确|错误)[)]\s*[^。?\n]{4,}[。?]")
_SENTENCE_ABOVE = re.compile(r"[。?] *\n+ *(?=[^\n]{6,})")
_BLANK_ON_TWO_LINES = re.compile(BLANK + r"[^\n]{0,12}[。;]? *\n+[^\n]*" + BLANK)
_ASKED_TWICE = re.compile(r"\([ _]*\)[^\n]{0,4}\n[^\n]{4,}\([ _]*\)[^\n]{0,4}$")  # two lines that both end with the bracket to fill
_BEGINS_ANEW = re.compile(r"1(?<=[\n\u4e00-\u9fff]1) ?[.、] ?(?=[\u4e00-\u9fff《“\"])")
_LONE_SERIAL = re.compile(r"(\d(?<=[ \n\u4e00-\u9fff]\d)\d{0,2})、(?=[\u4e00-\u9fff(])")
_SERIAL_AT_END = re.compile(r"\n *\d{1,3} ?[、.] *$|[)_。] +\d{1,3}、$")
_MISREAD_BELOW = re.compile(r"\n *(?:\d[OSBlI]|[OSl]) ?[.、] ?(?=[一-鿿])")
_LABEL_BELOW = re.compile(r"\n *[B-H] ?[.、]")
_LABEL_AT_END = re.compile(r"\n *[A-H] ?[;·,、.:)]\s*$")
_LETTERED_ON = re.compile(BLANK + r"[。.]?\s*A[^A-Za-z\n]{2,30}B[^A-Za-z\n]{2,30}C[^A-Za-z]{2,30}D")
_TWO_NAMED = re.compile(r"[(\[][A-H][)\]](?:[和与及、]|或者?)[(\[][A-H][)\]]")
_NAMED = re.compile(r"第 ?\d{1,3} ?题(?=[中的提所里])")  # 第1题中提到的 names a question
_LETTER = re.compile(r"[A-H]")
_NUMBER_BEFORE = re.compile(rf"\d{{1,3}} +(?!{UNIT}|[世的与和或乘加减除])(?=[\u4e00-\u9fff])")  # not 1 千克, 2 的 3 倍
_LINE_WITH_NUMBER = re.compile(
    r"\n ?(?:\(?\d{1,3}\)?|[OSl]|\d[OSBlI]) ?(?:[.、](?!\d)|[,;。_·](?=[\u4e00-\u9fff])|(?=[\u4e00-\u9fff](?<![年月日个人号次])))"
)
_FOLIO_INSIDE = re.compile(r"^\d{1,3}\n|\n\d{1,3}(?:\n|$)|\n *-? ?\d{1,3} ?- *$|[\u4e00-\u9fff]\d{1,3}\n[\u4e00-\u9fff]")
_SERIAL_INSIDE = re.compile(r"[\u4e00-\u9fff]\n\d{1,3}、(?=[\u4e00-\u9fff])|\d\n\d{1,3}、\d")
_OWN_NUMBER = re.compile(r"[。?] *(\d{1,3}) +(?=[\u4e00-\u9fff])")
_VERDICT_AT_END = re.compile(r"[。?)] ?(?:对|错|正确|错误)$")
_CODE_INSIDE = re.compile(r"[(][TF][)]\s+\d")
_MARK_INSIDE = re.compile(r"[√×](?![\d(a-z]|\)[一-鿿](?<=[一-鿿]\(.\).))")  # not 题目中(√)应当写在括号里
_TIMES = re.compile(r"[=＝][^。;；√×]{0,16}[\u4e00-\u9fff)]×(?=[\u4e00-\u9fff(])")  # 路程=速度×时间
_TRAILING_NUMBER = re.compile(r"[(\[_](?:(?<!_)[ _]*[)\]]|(?<=_)_)[。.]?\s+\d{1,3}$")  # of a line the end is enough, at any length
_CHAPTER_AT_END = re.compile(r"[)\]_。? \n]第[一二三四五六七八九十\d]+(?:章|单元|部分)[^,。?]{0,16}$")
_SECOND = re.compile(r"2 ?[.、]")
_SHARED = re.compile(r"\d ?[-~至、到] ?\d{1,3} ?(?:小?题)|共用(?:题干|备选|材料|选项)|共享答案")
_ANSWER_AT_END = re.compile(  # within the last eight characters
    r"(?:[\u4e00-\u9fff?。:)\]] ?[A-H]{1,5}|[*√×]|[\u4e00-\u9fff][TF]|[?。)\]] ?(?:对|错|正确|错误|TF)|对 ?错"
    r"|P ?\d{1,4}|\d{1,3}-\d{1,3})$"
)
_MISREAD_BLANK = re.compile(r"O(?<![A-Za-z]O)(?![A-Za-z\d(])")  # not O2, O(n)
_ANSWER_BELOW = re.compile(r"\n[(][^()\n]{1,8}[)]$|[?][ \n][^?]{8,}[。)]$")
_TELLS = re.compile(r"[?][ \n](?![^?]*(?:请|说明|要求|写|\d ?分|字|如图|已知|\(1\)|_|试))[^?]+$")
_TOLD_BELOW = re.compile(  # 简述...的原因。 / (1)...;(2)...。
    r"^(?:简述|试述|论述|阐述|概述|简答|试比较|比较)[^\n?]{2,40}[。.]? *\n"
    r"(?![^\n]*(?:请|要求|\d ?分|字|如图|已知|材料|案例|_|试))[^?]{12,}[。;]\s*$"
)
_PART_TOLD = re.compile(  # (1)...是哪一阶段?母系氏族社会。
    r"(?:^|\n)(?:\(\d\)|[①-⑨])[^\n?]{4,100}\?(?! *(?:\(|请|为|试|并|结合|说明|简|谈|如何|怎|什么|\d))[^\n?_]{2,80}(?=\n|$)"
)
_MARK_AT_END = Scan(r"(?<!_)_{2,}+ ?[A-H] ?__|[)\]] ?(?:P ?\d{1,4}|\d{1,3}-\d{1,3})$|\n[*√]$")
_ANY_BLANK = re.compile(BLANK)
_LONG_TYPES = ("case_analysis", "programming", "essay", "short_answer", "calculation")


def _cue(look: Look) -> str | None:
    if not CUES.anywhere(look.text):
        return None
    if look.stem and CUES.search(look.stem, 2):
        return "题干中疑有答案或解析的标志"
    for label, text in look.labelled:
        if CUES.search(text):
            return f"选项{label}中疑有答案或解析的标志"
    return None


def _markup(look: Look) -> str | None:
    if isinstance(look.q.answer, str) and look.q.type != "programming" and _TAG_CLOSED.search(look.q.answer):
        return "答案中疑有网页标记"
    if not (_MARKUP.anywhere(look.text) or _PINYIN.search(look.text)):
        return None
    for text in (look.stem, *look.options):
        if _MARKUP.search(text) and look.q.type != "programming" and not _OF_MARKUP.search(look.stem):
            return "疑有网页标记或项目符号残留"
        if _PINYIN.search(text) and "音" not in look.stem:
            return "疑有插入的拼音"
    return None


def _note(look: Look) -> str | None:
    score = _SCORE.match(look.stem)
    if score and "分" in score[0]:
        return "题干开头疑有分值"
    if "\n" in look.stem and NOTES.search(look.stem, 0, look.stem.index("\n")):
        return "题干开头疑有考试说明"
    folio = _FOLIO.search(look.stem) is not None and not _OF_A_BOOK.search(look.stem)
    found = folio or _TRAILING_NUMBER.search(look.stem) or ("\n" in look.stem and _FOLIO_INSIDE.search(look.stem))
    return "题干中疑有页码" if found else None


def _site(look: Look) -> str | None:
    texts = [look.stem, *look.options] if SITE.anywhere(look.text) or SITE_LINE.anywhere(look.text) else []
    if isinstance(look.q.answer, str):
        texts.append(look.q.answer)
    found = next((words for text in texts if (words := site_words(text))), None)
    return f"疑有网站的文字：{found}" if found else None


def _holds_number(look: Look) -> str | None:
    lined = "\n" in look.stem
    if look.q.type in _LONG_TYPES and not lined:
        return None
    numbered = NUMBER.search(look.stem) is not None
    value = next_number(look, look.stem[2:]) if numbered else None
    if value is not None:
        return f"题干中疑有第{value}题"
    if _NUMBER_BEFORE.match(look.stem) or (look.q.number is None and _NUMBER_FIRST.match(look.stem)):
        return "题干开头疑有题号"
    own = _OWN_NUMBER.search(look.stem)
    if own and int(own[1]) == look.q.number:
        return "题干中又有本题的题号"
    again = numbered and look.choice and look.q.number is not None and not _NAMED.search(look.stem)
    if again and [value for value, _ in numbers(look.stem)] == [look.q.number]:
        return "题干中又有本题的题号"
    if lined and not look.group.lines and look.group.size >= 4:
        if look.q.type == "true_false" and _SENTENCE_ABOVE.search(look.stem):
            return "题干中疑有另一道判断题"
        if look.q.type == "fill_blank" and _BLANK_ON_TWO_LINES.search(look.stem):
            return "题干中疑有另一道填空题"
        if look.choice and _ASKED_TWICE.search(look.stem):
            return "题干中疑有另一道选择题"
    if lined and _MISREAD_BELOW.search(look.stem):
        return "题干中疑有另一题的题号"
    if look.stem.rstrip(" ").endswith(("、", ".")) and _SERIAL_AT_END.search(look.stem):
        return "题干末尾疑有多余的序号"
    if numbered and (look.choice or look.q.type in ("true_false", "fill_blank")) and "1、" not in look.stem:
        serials = set(_LONE_SERIAL.findall(look.stem))
        if len(serials) == 1 and serials != {"1"}:
            return "题干中疑有多余的序号"
    if look.q.type == "true_false" and _SECOND_STATEMENT.search(look.stem):
        return "题干中疑有另一道判断题"
    if lined and (look.choice or look.q.type in ("true_false", "term_definition", "fill_blank")):
        lines = _LINE_WITH_NUMBER.findall(look.stem)
        if len(lines) == 1 and not lines[0].lstrip("\n (").startswith("1"):
            return "题干中疑有另一题的题号"
    if lined and "1、" not in look.stem and len(_SERIAL_INSIDE.findall(look.stem)) == 1:
        return "题干中疑有多余的序号"
    anew = _BEGINS_ANEW.search(look.stem) if numbered and look.choice else None
    return "题干中疑有另一题的题号" if anew and not _SECOND.search(look.stem, anew.end()) else None


def _holds_options(look: Look) -> str | None:
    if look.q.type == "programming" or not _LETTER.search(look.stem):
        return None
    if "\n" in look.stem and _LABEL_AT_END.search(look.stem):
        return "题干末尾疑有选项"
    found = [m[1] or m[2] for m in LABEL.finditer(look.stem)]
    if look.q.options:
        if len(_LABEL_BELOW.findall(look.stem)) == 1 and len(found) == 1:
            return "题干中疑有选项"
        named = _TWO_NAMED.search(look.stem)  # (A)和(B)两班
        return "题干中疑有另一组选项" if found[:2] in (["A", "B"], ["B", "C"]) and not named else None
    if _LETTERED_ON.search(look.stem):
        return "题干中疑有选项"
    rising = any(ord(b) == ord(a) + 1 for a, b in pairwise(found))
    return "题干中疑有选项" if rising or (_LABEL_BELOW.search(look.stem) and "A" not in found) or _WORD_LABELS.search(look.stem) else None


def _holds_heading(look: Look) -> str | None:
    return "题干中疑有大题标题" if heading(look.stem) or ("第" in look.stem and _CHAPTER_AT_END.search(look.stem)) else None


def _holds_material(look: Look) -> str | None:
    return "题干中疑有共用题干的说明" if ("题" in look.stem or "共" in look.stem) and _SHARED.search(look.stem) else None


def _holds_answer(look: Look) -> str | None:
    judged = look.choice or look.q.type == "true_false" or look.mostly_answered
    if look.q.answer is None and judged and _ANSWER_AT_END.search(look.stem.removesuffix("\n").rstrip(" 。.")[-8:]):
        return "题干末尾疑有答案"
    if look.q.answer is None and _ANSWER_BELOW.search(look.stem) and (look.q.type == "fill_blank" or _TELLS.search(look.stem)):
        return "题干末尾疑有答案"
    if look.q.answer is None and look.q.type in _LONG_TYPES and (
        _TOLD_BELOW.search(look.stem) or len(_PART_TOLD.findall(look.stem)) >= 2
    ):
        return "题干中疑有答案"
    if look.choice and _MISREAD_BLANK.search(look.stem) and not _ANY_BLANK.search(look.stem):
        return "题干中的O疑是空"
    if look.q.type == "true_false" and _CODE_INSIDE.search(look.stem):
        return "题干中疑有另一道判断题"
    if look.q.type == "true_false" and (_MARK_INSIDE.search(_TIMES.sub("", look.stem)) or _VERDICT_AT_END.search(look.stem)):
        return "题干中疑有判断标记"
    return "题干末尾疑有多余的标记" if look.q.options and _MARK_AT_END.search(look.stem) else None


READING: tuple[Check, ...] = (
    Check("cue_in_field", "reading", "题干或选项中疑有答案", _cue),
    Check("markup_left", "reading", "有标记残留", _markup),
    Check("note_in_stem", "reading", "题干中疑有分值或页码", _note),
    Check("site_words", "reading", "疑有网站的文字", _site),
    Check("stem_holds_number", "reading", "题干中疑有下一题", _holds_number),
    Check("stem_holds_options", "reading", "题干中疑有选项", _holds_options),
    Check("stem_holds_heading", "reading", "题干中疑有大题标题", _holds_heading),
    Check("stem_holds_material", "reading", "题干中疑有共用题干", _holds_material),
    Check("stem_holds_answer", "reading", "题干末尾疑有答案", _holds_answer),
)
