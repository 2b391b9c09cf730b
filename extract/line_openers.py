"""What surely opens a line (行首标记): numbers in words, headings, fields, the words of players, as a page in one paragraph holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .lost_signs import UNIT
from .question_types import HEADING_WORDS, TAG_WORDS

BEFORE = "[ \\n]"  # the blank that stands for the lost line break, or one; a line break is set before the text
_CN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Family:
    """Marks of one kind, which count on: ``mark`` with its number ``n``. ``sign`` is what a text must hold to have any.

    ``strict``: such numbers say other things, too, so all of a page must count on, and begin anew below a heading alone.
    ``first``: the greatest number that a page may begin with; the first may be glued to the title.
    """

    sign: re.Pattern[str]
    mark: re.Pattern[str]
    least: int = 3
    strict: bool = False
    first: int = 2


def _family(sign: str, mark: str, least: int = 3, strict: bool = False) -> Family:
    return Family(re.compile(sign), re.compile(rf"{BEFORE}(?P<mark>{mark})"), least, strict)


_POINTS = r" ?\([^()\n]{0,40}\d ?分[^()\n]{0,8}\)"
# what an English paper asks below a Roman ordinal: III. 根据首字母完成单词, II. Vocabulary, IV. Choose the best answer
_TASKS = "根据|完成|按要求|用所给|选出|补全|连词|改写|转换|书面|听|阅读|翻译|作文"
_ENGLISH = (
    "Listening|Vocabulary|Structure|Grammar|Reading|Cloze|Translat|Writing|Composition|Fill|Choose|Complete|Multiple|Dialogue"
    "|Match|Rewrite|Read|Look|Write|Error|Choice|Use of|Answer|Correct|Short|True|Word|Phrase|Sentence|Oral|Communicat"
    "|Explain|Define|Discuss|Paraphrase|Identify|Give|State|(?:One )?[Pp]ossible"
)
ORDINALS = (
    _family("[一二][.、]", rf"(?P<n>[{_CN}]{{1,3}})[.、](?! ?[\d{_CN}][.、])", 2),
    _family(r"\(一\)", rf"\((?P<n>[{_CN}]{{1,3}})\)[.、]?", 2),
    _family(  # Ⅰ. 单项选择(每小题1分), never Ⅰ. of what options combine
        "[IⅠ] ?[.、]",
        rf"(?P<n>[Ⅰ-Ⅹ]|I{{1,3}}|IV|VI{{0,3}}|IX|X) ?[.、] ?(?=[^\s。?!:;,()]{{1,14}}(?:{_POINTS}| ?(?:\( *\) ?)?1 ?[.、]|(?<=题)[ (])"
        rf"|[^\s。?!:;,()]{{0,8}}(?:{HEADING_WORDS}|{_TASKS})[^\s。?!:;,()]{{0,12}}[ (]|(?:{_ENGLISH})|\d{{1,2}} ?[-~.、])",
        2,
    ),
)
BARE = _family("1 ", rf"(?<![A-H][.、:)] )(?<! [A-H] )(?P<n>\d{{1,3}})(?! ?{UNIT})(?= (?![\d%=+×÷<>≤≥.、,)~-]))", strict=True)
# 52小张带了...: glued to its stem, behind the end of a sentence; a page may be one part of a paper
GLUED = replace(_family(r"\d", rf"(?<=[。?!)] )(?P<n>\d{{1,3}})(?! ?{UNIT})(?=[一-鿿“《])", 4, strict=True), first=200)
COUNTED = (
    *ORDINALS,
    _family("第", rf"第 ?(?P<n>[{_CN}\d]{{1,3}}) ?(?:章|部分|单元|篇)(?![的是中要至~-])", 2),
    _family("第 ?1 ?[小道]?题", r"\[?第 ?(?P<n>\d{1,3}) ?(?:小题|道题|题)\]?(?! ?(?:[和与至到~-]|的))"),
    _family("[目题例] ?1", r"\[?(?:试题|题目|题干|问题|练习|习题|例题?|Question) ?(?P<n>\d{1,3})\]?(?=[ .、:\]]|[一-鿿])"),
    _family("1 ?/", rf"(?P<n>\d{{1,3}}) ?/ ?\d{{1,3}}(?= ?[(\[]? ?(?:{TAG_WORDS}))"),
    _family(r"[题型] ?[(\[]", rf"(?P<n>\d{{1,3}}) {{0,3}}(?:{TAG_WORDS})(?= ?[(\[])"),
    _family("Q ?1", r"Q ?(?P<n>\d{1,3}) ?[.:、]"),
    _family("1,", r"(?P<n>\d{1,3}),(?=[一-鿿“\"《])"),
    _family("[单多判填简]", r"(?:单选题?|多选题?|判断题?|填空题?|简答题?) ?(?P<n>\d{1,3})(?=[.、:])"),
    _family(r"[.-]2", r"\d{1,2}[.-](?P<n>\d{1,3})[.、]? ?(?=[一-鿿A-Z“(])"),
    replace(_family(r"[)\]] ?\d", r"[(\[] {0,6}[A-D√×对错]? {0,6}[)\]] ?(?P<n>\d{1,3})[.、](?!\d)"), first=200),
    _family(r"1 \[", r"(?P<n>\d{1,3}) (?=\[(?:正确|参考|标准)?答案\])", strict=True),
    _family("1 ?[.、]", r"(?P<n>\d{1,3}) ?[.、](?!\d)", strict=True),
    _family("<1>", r"<(?P<n>\d{1,3})>"),
    _family(r"\(1\)", r"\((?P<n>\d{1,3})\)(?! ?\()", strict=True),
    _family(r"1\)", r"(?P<n>\d{1,3})\) ?(?=[^\d\s])", strict=True),
    _family("1 ?:", r"(?P<n>\d{1,3}) ?:(?!\d)", strict=True),
    BARE,
    GLUED,
)
# fields that open a question, each answered before the next
ASKED = (
    (_family("题 ?:|[题试]目 ?:|题干 ?:", r"(?:题目|题干|试题|问题) ?:"), re.compile("答案")),
    (_family("问 ?:", r"问 ?:"), re.compile("答 ?:")),
    (_family("Q ?:", r"Q ?:"), re.compile(" A ?:")),
)
ANSWER_TO_Q = re.compile(rf"{BEFORE}A ?:")
# what a strict number may begin anew below
HEADS = re.compile(rf"[{_CN}][.、]|{HEADING_WORDS}|答案|第 ?[\d{_CN}]+ ?[章节部单]")

_NOTE = r"(?: ?\((?! ?\d{1,3} ?[-~至])[^)\n]{0,60}\))?"
_RANGE = r"\d{1,3} ?[-~至] ?\d{1,3}"
# a heading right before a question or the head of shared options: ... 判断题(每题1分) 1. ...; it begins and ends a line
_HEADING = (
    rf"{BEFORE}(?<![A-H][.、:)] )(?<! [A-H] )(?:\d{{1,2}}[.、] ?)?[^\s。?!:;,()\d]{{0,6}}"
    rf"(?:{HEADING_WORDS})[^\s。?!:;,()\d]{{0,4}}{_NOTE}:?(?P<end> )"
)
HEADED = re.compile(
    rf"{_HEADING}(?=[(\[]? ?\d{{1,3}} ?[.、:)\]](?!\d)|\[?第 ?\d{{1,3}} ?题"
    rf"|[(\[] ?(?:第 ?)?{_RANGE} ?(?:小?题 ?共[用享]|(?:小?题 ?)?[)\]])"
    r"|(?:根据|阅读)(?:以下|下列|下面))"
)
HEADED_BARE = re.compile(rf"{_HEADING}(?=\d{{1,3}} (?![\d分个道小]))")  # of a page whose bare numbers open lines
# the end of a heading with an ordinal that names a type: 一、填空题(每空1分) 1.5吨=...
ORDINAL_END = re.compile(
    r"(?:[IVXⅠ-Ⅹ]{1,4} ?[.、] ?|[^\s。?!:;,()\d_])[^\s。?!:;,()\d_]{0,13}"
    rf"(?:(?:{HEADING_WORDS}){_NOTE}|。?{_POINTS})[:。]?(?P<end> )(?!\d{{1,3}} )"
)
# the name of a paper above its first section, its first question or its answers
_NAMED = (
    rf"(?:练习|习题|试卷|试题|测试|测验|模拟|作业|任务|检测|训练)[一-鿿]{{0,2}}(?:[{_CN}\d]{{1,2}}|[(][{_CN}\d]{{1,2}}[)])"
    "|(?<!试)[A-D甲乙] ?卷"
)
PAPER = re.compile(
    rf"{BEFORE}(?<![A-H][.、:)] )(?:[^\s。?!:;,()]{{0,24}}(?:{_NAMED})|[^\s。?!:;,()]{{4,24}} 篇 ?\d{{1,2}}|第 ?[{_CN}\d]{{1,3}} ?套"
    r"|(?![A-H] ?[.、:)]|\d)[^\s。?!:;,()]{2,24}(?:试题|试卷|练习题|测试题|复习题|题库)(?= 一[.、]))"
    rf"(?P<end> )(?=[一1] ?[.、](?!\d)|第 ?[1一] ?题|[^\s。?!;,]{{0,6}}(?:{HEADING_WORDS})[ (])"
)
_KEY_WORDS = (  # the title of the paper may be set again before them
    r"(?:[^\s。?!:;,]{0,24}(?:卷|题|测试|练习|考试)[^\s。?!:;,]{0,6}?(?: \d{1,3})?)?"
    r"[(\[]?(?:参考|标准)?答案(?:[及与和、]?(?:解析|评分标准|详解))?(?:[)\]]|\([A-D] ?卷\))?:?"
)
KEY_NAMED_SIGN = re.compile(r"答案:? ?1 ?(?:[.、](?!\d)|[-~至] ?\d)")
KEY_NAMED = re.compile(  # 第一章答案 1-2 AA, 练习一答案:1.B
    rf"{BEFORE}(?<![A-H][.、:)] )[^\s。?!:;,]{{0,16}}(?:(?:章|单元|节)|{_NAMED})(?:参考|标准)?答案:? ?(?=1 ?(?:[.、](?!\d)|[-~至] ?\d))"
)
KEY = re.compile(
    rf"{BEFORE}{_KEY_WORDS}(?= *(?:一[.、]|[IⅠ][.、]|第 ?[一1]|\(一\)))"
    rf"|{BEFORE}(?P<en>(?:Answer )?Keys?|KEYS?|Answers?):?(?= *(?:1 ?[-~] ?\d{{1,2}} ?[:.]? ?[A-H]|[IⅠ][.、]))"
)
KEY_ABOVE = re.compile(rf"{BEFORE}{_KEY_WORDS}(?= 1 ?[.、](?!\d))")  # of a page whose numbers open lines
# what stands on a line of its own, or opens one
EDGES = re.compile(
    rf"{BEFORE}(?:\[材料题?(?:开始|结束)\]"
    rf"|[(\[][^()\[\]\n]{{0,6}}{_RANGE}[^()\[\]\n]{{0,6}}共[用享][^()\[\]\n]{{0,12}}[)\]]"
    rf"|[(\[] ?(?:第 ?)?{_RANGE} ?(?:小?题)? ?[)\]](?= ?[(\[]?A ?[.、:)\]]))(?P<end> ?)"
    rf"|{BEFORE}(?:Passage|Text) (?:One|Two|Three|Four|Five|[A-E1-5])(?P<named> )(?=[A-Z“])"
    rf"|{BEFORE}(?=Directions ?:)"
    rf"|{BEFORE}(?:非?选择题部分|(?:Part|PART|Section|SECTION) (?:[A-D]|[IVX]{{1,3}})\b)"
    rf"|{BEFORE}第 ?(?:[ⅠⅡ]|I{{1,2}}|[一二]) ?卷 ?\([^()\n]{{0,12}}选择题[^()\n]{{0,24}}\)(?P<end2> )"
    r"|(?<=[.?!)。\]]) (?:Passage|Text) (?:One|Two|Three|Four|Five|\d)\b"
)
# the answer behind the last option, with no word before it: C.锡 A 2.水的...
LETTERS_BEHIND = re.compile(
    r"(?<=[^\s案选:]) (?<![A-H][.、:)] )(?<! [A-H] )[A-H]{1,6}(?=  ?(?:\d{1,3} ?[.、](?!\d)|[二三四五六][.、])|\s*\Z)"
)
FIRST_LABEL = re.compile(r"(?<![A-Za-z])A ?[.、]")
# the letters to click below a question, before the next
CLICKED = re.compile(rf"{BEFORE}A B C(?: D(?: E(?: F)?)?)?(?P<end> )(?=\d{{1,3}} ?[、.]|<\d{{1,2}}>|[{_CN}]{{1,2}}[、.]|答案)")
SCORED = re.compile(r"\((?:本小?题 ?)?\d{1,2} ?分\)(?P<end> )(?=\S)")  # ends a line
# what the player of a course prints around a question
PLAYS = re.compile("试题正文|选择一项")
PLAYED = re.compile(
    r" (?=(?:未回答|未作答|满分 ?\d|标记试题|试题正文|选择一项|反馈|正确的?答案(?:是|为)|The correct answer))"
    r"|(?<=试题正文) |(?<=选择一项:) (?=对 错 )|(?<=选择一项: 对) (?=错 )"
)
# a title; not 错误 错误 错误 错误, a row of answers
SAID_AGAIN = re.compile(rf"{BEFORE}(?P<t>(?!(?P<w>[^\s。?!;]{{1,3}}) (?P=w) )[^\s。?!;][^\n。?!;]{{4,60}}?)(?: (?P=t))+(?= )")
