"""The table of marks (标记表): every string that may begin a part of an exam, with the place where it stands.

A mark is only a candidate here. Whether it counts is decided in ``segment.py``, by the cheapest path through all of them.
All patterns run on folded text (``fold.py``): brackets, width and blanks have one form, offsets are those of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from .key_signs import key_begins
from .model import Mark
from .question_types import HEADING_WORDS, TAG_WORDS

NUM, TAG, BARE, OPT, SEC, KEY, ANS, EXP, NOTE, MAT = "num", "tag", "bare", "opt", "sec", "key", "ans", "exp", "note", "mat"

LINE, SPACE, STOP, INSIDE = 0, 1, 2, 3  # place: at the start of a line, after a blank, after a closing mark, inside running text

CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mark that may count. ``value``: number, option index or ordinal; ``style``: its punctuation or sub-kind; ``place``: see above."""

    start: int
    end: int
    kind: str
    value: int
    style: str
    place: int


def chinese_number(text: str) -> int:
    """一 -> 1, 十二 -> 12, 二十 -> 20, 12 -> 12, Ⅱ or II -> 2; 0 if it is none."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    if "Ⅰ" <= text <= "Ⅻ":
        return ord(text[0]) - 0x2160 + 1
    if text in ROMAN:
        return ROMAN[text]
    total = digit = 0
    for c in text:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[c]
        else:
            return 0
    return total + digit


def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern laid out over lines, an alternative a line; blanks inside a line count (re.X would drop them)."""
    return re.compile("".join(re.sub(r"^\| ", "|", line.strip()) for line in pattern.splitlines()))


_CN = "一二三四五六七八九十百零"
# a line may open with list bullets, quote marks, emphasis, and with the answer slot of its question
_LEAD = r"(?:^|(?<=\n))[ >*#+•·●◆■□★☆▲△►※-]*"
_SLOT = r"(?:[(\[] ?[A-Ha-h√×TFVX对错]{0,6} ?[)\]] ?)?"

_NUMBER = _compile(
    rf"""
      (?P<lead>{_LEAD}){_SLOT}(?:
          \[?第 ?(?P<di>\d{{1,5}}) ?(?:小题|道题|题)\]? ?[.、:)]*
        | \[?(?:例题?|试题|题目|题干|问题|练习|习题|小题|题|Question|Q|T|单选题?|多选题?|判断题?|填空题?|简答题?) ?(?P<ex>\d{{1,4}})\]? ?[.、:)]*
        | (?P<lp>[(\[]) ?(?P<pn>\d{{1,4}}) ?[)\]] ?[.、:]?
        | (?P<xy>\d{{1,2}}\.(?P<y>\d{{1,3}}))(?=[ ]*[一-鿿A-Z(“"])
        | (?P<n>\d{{1,5}}) ?(?P<p>[.、:)。,·]+)(?P<dec>(?=\d))?
        | (?P<tagged>\d{{1,5}}) ?(?=[(\[] ?(?:{TAG_WORDS}))
        | (?P<alone>\d{{1,5}})(?=[ ]*(?:\n|$))
        | (?P<sp>\d{{1,4}})(?=[ ]+(?:[^\d\s%年月日级届×+*/=<>.~-]|\d{{4}} ?年))
        | (?P<bare>\d{{1,3}})(?=[一-鿿“"《(])
        | (?P<circ>[①-⑳]) ?[.、]?
      )
    | (?<![\d.A-Za-z/第-])(?:
          第 ?(?P<di2>\d{{1,5}}) ?题 ?[.、:)]
        | (?P<lp2>[(\[]) ?(?P<pn2>\d{{1,3}}) ?[)\]]
        | (?P<n2>\d{{1,5}}) ?(?P<p2>[.、])(?![\d]{{1,2}}(?!\d))
        | (?P<n3>\d{{1,4}})(?P<p3>[)])
          | (?<=[ ])(?P<nd>\d{{1,3}})\.(?=\d{{1,2}}[一-鿿])
        | (?<=[ ])(?P<sp2>\d{{1,3}})(?=[ ][一-鿿“"《(])
      )
    """
)
_FUSED = re.compile(r"(?<=[\dA-Za-z√×])(?P<n>\d{1,3})(?P<p>[.、])(?=[ ]?[^\d\s])")

_OPTION = _compile(
    rf"""
      (?P<lead>{_LEAD})(?P<star>[*√] ?)?(?:选项 ?)?(?:
          (?P<lb>[(\[]) ?(?P<b>[A-Za-z]) ?[)\]] ?[.、:]?
        | (?P<l>[A-Ja-j]|[K-Z](?=[.、])) ?(?P<p>[.、:)。,-])
        | (?P<s>[A-H])(?=[ ]{{1,}}[^\s])(?! *选?项)
        | (?P<h>[A-H])(?=[一-鿿“"《\d(+-])(?! *选?项)
        | (?P<nl>[A-H])(?=\n)
      )
    | (?<![A-Za-z\d'’-])(?:
          (?P<lb2>[(\[]) ?(?P<b2>[A-H]) ?[)\]] ?[.、:]?
        | (?P<l2>[A-Ja-h]) ?(?P<p2>[.、:)]|(?<=[ ][A-H])[。,])
        | (?P<s2>[A-H])(?=[ ][^\s])(?! *选?项)
        | (?P<h2>[A-H])(?=[一-鿿“"《])(?! *选?项)
          | (?<=[ ])(?P<h3>[B-H])(?=\d)
      )
    | (?<=[A-Za-z\d])(?P<d2>[B-H])(?P<p4>[.、])
    """
)

_ORDINAL = rf"(?:[{_CN}]{{1,3}}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{{1,4}}(?=[.、)]))"
_SECTION = _compile(
    rf"""
      (?P<lead>{_LEAD})(?:
          (?P<ch>第 ?(?P<cn>[{_CN}\d]{{1,4}}|[ⅠⅡⅢⅣⅤⅥIVX]{{1,4}}) ?(?P<unit>章|节|部分|部份|卷|单元|篇|编|讲|课|套|大题|模块|专题|项|周|次)(?![的是中要至~-]))(?=(?P<cht>[^\n]{{0,60}}))
        | (?P<on>{_ORDINAL}) ?(?P<op>[.、)]|(?<=[{_CN}]) (?=[^ ])) ?(?=(?P<ot>[^\n]{{0,300}}))
        | \( ?(?P<bn>[{_CN}]{{1,3}}) ?\)[.、]?(?=(?P<bt>[^\n]{{0,120}}))
        | (?P<en>(?:Part|Chapter|Section|Unit|Module|PART|SECTION|Directions|Passage|Text|TEXT|Passage)[ ]?(?:[A-Z]|\d{{1,2}}|[IVX]{{1,4}}|One|Two|Three|Four|Five)\b)(?P<ent>[^\n]{{0,80}})
        | (?P<tw>\[?(?:{HEADING_WORDS})\]?)(?P<twt>[ ]*(?:\([^)\n]{{0,80}}\)|\[[^\]\n]{{0,80}}\])?[ ]*[:。]?[^\n]{{0,90}})
        | (?P<pap>[^\n。?!:;,]{{0,26}}?(?:[A-D甲乙] ?卷|(?:练习|作业|测验|测试|模拟|试卷|训练) ?[{_CN}\d]{{1,3}}|(?:模拟|测试|考试|真|试|练习|复习|预测)(?:试卷|试题|卷|题)|第 ?[{_CN}\d]{{1,3}} ?套)(?:[(][{_CN}\dA-Z]{{1,3}}[)]|[{_CN}\dA-D])?)(?=[ ]*(?:\n|$))
      )
    | (?P<in>(?:第 ?[{_CN}Ⅰ-Ⅻ\d]{{1,3}} ?(?:部分|章|卷|大题)|(?<![{_CN}\d第])[{_CN}]{{1,2}} ?[、.)]) ?[^\n。?!,;:()\d]{{0,10}}?(?:{HEADING_WORDS}))(?P<inp>[ ]*\([^)\n]{{0,80}}\))?
    | (?<=[ 。)])(?P<in2>(?P<in2n>[{_CN}]{{1,2}})[.、)] ?[^\n。?!,;:()\d]{{2,14}}?)(?=[ ]?1[.、])
    | (?<=[ ])(?P<ine>True/False|Multiple Choice|True or False|Fill in the Blanks?|Short Answer|Essay Questions?)(?=[ ]+1[.、])
    """
)

_ANSWER_WORDS = r"(?:(?:本题|本小题|参考|正确|标准|试题|习题|此题|官方)?的?(?:正确|参考)?的?答案(?:要点|内容)?|参考要点|答题要点|答案要点|参考解答)"
_CUE = _compile(
    rf"""
      (?P<mine>(?:我|你|您|学生|考生|用户)的?(?:答案|选择|作答|答题)[ ]?:?)
    | (?P<exp>
          \[(?:答案|试题|题目|本题|参考|名师)?(?:解析|详解|分析|思路|思路分析|思路点拨|解题思路|解题分析|考点分析|答案分析)\] ?:?
        | (?P<expl>{_LEAD})(?:(?:答案|试题|题目|本题|习题|参考|知识点|详细|名师)?(?:解析|详解)|改正|更正|订正|(?:本题|试题|解题|思路)?分析|解题思路|本题思路|答题思路|Explanation) ?:
        | (?<=[ \n。;；A-H√×对错误确])(?:答案|试题|题目|本题|参考)?(?:解析|详解) ?[:]
        | {_LEAD}(?:答案解析|试题解析|解析|详解)(?=[ ]*\n)
      )
    | (?P<note>
          (?<=[.、) ])(?P<nt>题型) ?:
        | (?P<nx>\[选项\] ?:?|{_LEAD}(?:选项|备选项|答案选项) ?:(?=[ ]*\n)|{_LEAD}选择一项(?:或多项)? ?:)
        | \[(?P<nb>难度|难易度|难易程度|知识点|考点|考查点|考点定位|所属章节|分值|分数|得分|题型|来源|出处|章节|能力层次|点评|试题点评|名师点评|标签|易错|易错点|拓展点评|认知层次|题号|编号|页码|备注)\] ?:?
        | {_LEAD}(?P<nl>难度|难易度|难易程度|难度系数|知识点|考点|考查点|所属章节|分值|分数|得分|题型|来源|出处|章节|能力层次|认知层次|点评|试题点评|试题来源|标签|正确率|本题得分|教师评语|备注|所属知识点|题目难度|试题难度|答题时间|作答时间|批语) ?:
        | {_LEAD}(?P<nj>(?:(?:(?:AI讲解|查看解析|查看答案|显示答案|收藏|收藏本题|纠错|加入错题本|隐藏答案|展开解析|收起解析|加入收藏|我要纠错|分享|笔记|上一题|下一题|举报|点赞|评论)[ |·]*)+|\d{{1,3}}(?:\.\d{{1,2}})? ?分|回答(?:正确|错误)|参考资料|查看答案[^\n]{{0,16}}|获得 ?[\d.]+ ?分中的 ?[\d.]+ ?分|未?标记(?:标记)?(?:试?题目?)|试题正文|反馈|你的回答(?:不|部分)?正确|(?:正确|错误)(?=[ ]*\n[ ]*(?:查看|答案|正确答案|我的答案))|本题得 ?\d[^\n]{{0,12}})(?=[ ]*(?:\n|$)))
      )
    | (?P<ans>
          \[{_ANSWER_WORDS}(?:是|为)?\] ?:?
        | (?P<ansl>{_LEAD}){_ANSWER_WORDS}(?: ?(?:是|为))? ?:
        | {_LEAD}{_ANSWER_WORDS}(?: ?(?:是|为))?(?=[ ]*\n)
        | {_LEAD}{_ANSWER_WORDS}(?: ?(?:是|为))?[ ]*(?=[A-H√×对错](?![一-鿿]))
        | {_LEAD}(?:(?:故|因此|所以)(?:本题)?(?:应|答案)?选择? ?:? ?(?=[A-H]{{1,6}}[。.]?[ ]*(?:\n|$)))
        | \((?:正确|参考)?答案 ?[:为是]? ?(?=[A-H√×对错]{{1,6}} ?\))
        | {_LEAD}(?:\[?(?:答|解|答题|解答|参考解答)\] ?:?|答 ?:|解 ?:|要点 ?:|(?:Answer|ANSWER|Ans|ANS|Key|KEY) ?[:.])
        | (?<=[^\n下列各])(?:{_ANSWER_WORDS}) ?(?:是|为)? ?:
        | (?<=[ 。)])(?:参考|正确|标准)答案(?=[ ]?[A-H]{{1,6}}(?:[ \n]|$))
        | (?<=[。?!？)）]) ?答:
        | (?<=[ ])\[答\] ?:?
      )
    """
)

_KEYLINE = re.compile(
    r"(?:^|(?<=\n))[ >*#•·●◆■=~-]*(?P<t>(?:[^\n:。?!]{0,36}?)(?:参考|标准|试题|习题|练习)?答案(?:[ ]?(?:及|与|和|、|&)?[ ]?(?:详细|试题|题目)?(?:解析|评分标准|评分细则|评分参考|提示|要点|详解|部分|汇总|速查|页|表|点拨))*)[ \])*=~-]*:?[ *]*(?=\n|$)"
)
_KEYCUE = re.compile(r"(?:(?:^|(?<=\n))[ *#>]{0,4}[^\n。?!:;,()、.]{0,16}(?:章|节|单元|练习|习题|试卷|试题|卷|套|题|测试|模拟) ?[一二三四五六七八九十\d]{0,3} ?)?[\[(]?(?:附 ?:? ?)?(?:参考|标准|正确)?答案(?:(?:与|及|和)?(?:详细)?解析|汇总|速查|部分)?[\])]? ?:?")

_MATERIAL = _compile(
    rf"""
      {_LEAD}(?:
          [(\[]? ?(?P<a>\d{{1,3}}(?:-\d{{1,2}})?) ?[-~至、到] ?(?P<b>\d{{1,3}}(?:-\d{{1,2}})?) ?(?:小?题)[^\n]{{0,12}}?(?:共用|共享|基于|根据|使用|材料|题干|备选|选项|配伍)[^\n]{{0,60}}
        | \[?材料题?开始\]?
        | [(\[] ?\d{{1,3}} ?[-~] ?\d{{1,3}} ?[)\]](?=\s*A)
        | (?:请)?(?:阅读|根据|依据|认真阅读|仔细阅读|结合)(?:以下|下列|下面|下述|上述|所给|以上|给定)?[^\n。]{{0,40}}(?:回答|完成|做|解答)[^\n]{{0,12}}(?:\d{{1,3}} ?[-~至到—、] ?\d{{1,3}}|各|下列|下面|以下|问)[^\n]{{0,12}}题[^\n]{{0,24}}
        | (?:请)?(?:阅读|根据)(?:以下|下列|下面|下述|所给)[^\n。]{{0,12}}?(?:材料|短文|文章|文字|资料|案例|诗歌?|文段|选文|文言文|作品|这首[诗词]|内容|图|表)[^\n]{{0,40}}
        | (?:\[?(?:材料|资料|案例|背景资料|背景材料|案情|病例|阅读材料|共用题干|案例背景)[一二三四五六七八九十\d]?\]?)(?: ?:|(?=[ ]*\n)|(?<=\]))
      )
    """
)
_MATERIAL_END = re.compile(r"\[?材料题?结束\]?")


def find_candidates(folded: str, marks: tuple[Mark, ...]) -> list[Candidate]:
    """Every candidate mark of a document, in order. ``folded`` is the folded text; ``marks`` the container's, in its offsets."""
    found: list[Candidate] = []
    add = found.append
    for m in _NUMBER.finditer(folded):
        c = _number(folded, m)
        add(c)
        if c.style == "x.y":  # 1.8位 is question 1, or exercise 1.8: the document's own run of numbers tells
            first = folded.index(".", c.start)
            add(Candidate(c.start, first + 1, NUM, int(folded[c.start : first]), "dec", LINE))
    for m in _FUSED.finditer(folded):
        add(Candidate(m.start("n"), m.end("p"), NUM, int(m["n"]), "fused", INSIDE))
    for m in _OPTION.finditer(folded):
        add(_option(folded, m))
    for m in _SECTION.finditer(folded):
        heading = _section(folded, m)
        if heading:
            add(heading)
    for m in _CUE.finditer(folded):
        c = _cue(folded, m)
        add(c)
        if c.kind == ANS and _LIST_NEXT.match(folded, c.end):
            add(Candidate(c.start, c.end, KEY, 1, "list", c.place))
    for m in _KEYLINE.finditer(folded):
        if m.end("t") - m.start("t") <= 34 and not _RIGHT_OPTION_LINE.search(folded, m.start("t"), m.end()):
            add(Candidate(m.start(), m.end(), KEY, 0, "line", LINE))
    for m in _KEYCUE.finditer(folded):
        if key_begins(folded, m.end()) == 2:
            add(Candidate(m.start(), m.end(), KEY, 1, "inline", _place(folded, m.start())))
    for m in _MATERIAL.finditer(folded):
        start = _skip_blank(folded, m.start())
        add(Candidate(start, m.end(), MAT, 0, "marked" if "开始" in folded[start : start + 8] else "open", LINE))
    for m in _MATERIAL_END.finditer(folded):
        add(Candidate(m.start(), m.end(), MAT, 0, "close", LINE))
    for m in re.finditer(rf"{_LEAD}(?:题干|题目|问题|试题) ?:(?! *\n)", folded):
        add(Candidate(_skip_blank(folded, m.start()), m.end(), TAG, 0, "field", LINE))
    for m in re.finditer(rf"{_LEAD}[(\[] ?(?:{TAG_WORDS})[^)\]\n]{{0,12}}[)\]]", folded):
        add(Candidate(_skip_blank(folded, m.start()), m.end(), TAG, 0, "tag", LINE))
    taken = {c.start for c in found if c.kind in (SEC, KEY)}
    for h in (m for m in marks if m.kind == "heading"):
        start = _skip_blank(folded, h.start)
        if start not in taken and 0 < h.end - start <= 60:
            add(Candidate(start, h.end, SEC, 0, "heading" + (h.value or "1"), LINE))
    found.sort(key=_order)
    return _with_bare_stems(folded, found)


def _order(c: Candidate) -> tuple[int, bool, int]:
    return c.start, c.kind != KEY, c.end  # a key is weighed before the answer cue that opens it


def _skip_blank(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " \n>*#+•·●◆■□★☆▲△►※-":
        at += 1
    return at


def _place(folded: str, at: int) -> int:
    if at == 0:
        return LINE
    before = folded[at - 1]
    if before == "\n":
        return LINE
    if before == " ":
        k = at - 1
        while k > 0 and folded[k - 1] == " ":
            k -= 1
        return LINE if k == 0 or folded[k - 1] == "\n" else SPACE
    return STOP if before in "。.?!;；？！)]”\"’』」》…:" else INSIDE


def _number(folded: str, m: re.Match[str]) -> Candidate:
    if m["lead"] is not None:
        start, place = m.end("lead"), LINE
        if m["di"]:
            return Candidate(start, m.end(), NUM, int(m["di"]), "第题", place)
        if m["ex"]:
            return Candidate(start, m.end(), NUM, int(m["ex"]), "例", place)
        if m["pn"]:
            return Candidate(start, m.end(), NUM, int(m["pn"]), m["lp"], place)
        if m["xy"]:
            return Candidate(start, m.end(), NUM, int(m["y"]), "x.y", place)
        if m["n"]:
            style = m["p"][0]
            return Candidate(start, m.end(), NUM, int(m["n"]), "dec" if m["dec"] is not None and style == "." else style, place)
        if m["tagged"]:
            return Candidate(start, m.end(), NUM, int(m["tagged"]), "tagged", place)
        if m["alone"]:
            return Candidate(start, m.end(), NUM, int(m["alone"]), "alone", place)
        if m["sp"]:
            return Candidate(start, m.end(), NUM, int(m["sp"]), "sp", place)
        if m["circ"]:
            return Candidate(start, m.end(), NUM, CIRCLED[m["circ"]], "①", place)
        return Candidate(start, m.end(), NUM, int(m["bare"]), "bare", place)
    start = m.start()
    place = _place(folded, start)
    for name, style in (("di2", "第题"), ("pn2", m["lp2"]), ("n2", m["p2"]), ("n3", ")"), ("nd", "fused"), ("sp2", "sp")):
        if m[name]:
            return Candidate(start, m.end(), NUM, int(m[name]), style or "", place)
    raise AssertionError("a branch of the number pattern has no name")


def _option(folded: str, m: re.Match[str]) -> Candidate:
    for name, style in (("b", "()"), ("l", m["p"]), ("s", "sp"), ("h", "bare"), ("nl", "alone"), ("b2", "()"), ("l2", m["p2"]), ("s2", "sp"), ("h2", "bare"),
                        ("h3", "bare"), ("d2", m["p4"])):
        letter = m[name]
        if letter:
            lead = m["lead"]
            start = m.end("lead") if lead is not None else m.start()
            place = LINE if lead is not None else _place(folded, start)
            if lead is not None and start and folded[start - 1] in "*√" and folded[start - 2 : start - 1] != "*":
                start -= 1  # *B: the mark of the right option
            return Candidate(start, m.end(), OPT, ord(letter.upper()) - 65, style or "", place)
    raise AssertionError("a branch of the option pattern has no name")


_OPTION_BEFORE = re.compile(r"(?:^|\n)[ ]*[(\[]?[A-H] ?[.、:)\]]\s*$")
_NUMBER_BEFORE = re.compile(r"(?:^|\n)[ ]*\d{1,4}[.、]?[ ]*\n\s*$")
_LIST_NEXT = re.compile(r"\s*[(]?1 ?[.、:)](?!\d)")
_RIGHT_OPTION_LINE = re.compile(r"[(\[]正确答案[)\]]|^[A-H] ?[.、:)]")
_ASKED = re.compile(r"[(\[][ _]*[)\]]|_{2,}|[?]$")
_OPTION_NEXT = re.compile(r"\s*A ?[.、:)]")
_NOTE_PAREN = re.compile(r"[(\[][^)\]\n]{0,80}[)\]]")
_HEAD_TYPE = re.compile(HEADING_WORDS)


def _section(folded: str, m: re.Match[str]) -> Candidate | None:
    if m["lead"] is None:
        if m["in"]:
            end = m.end("inp") if m["inp"] else m.end("in")
            return Candidate(m.start(), end, SEC, chinese_number(re.sub(r"[第部分章卷大题、.) ].*", "", m["in"].lstrip("第 "))), "inline", _place(folded, m.start()))
        if m["in2"]:
            return Candidate(m.start(), m.end(), SEC, chinese_number(m["in2n"]), "inline2", _place(folded, m.start()))
        return Candidate(m.start(), m.end(), SEC, 0, "inline", SPACE)
    start = m.end("lead")
    if m["ch"]:
        title = m["cht"]
        if m["unit"] in "项次周课" and len(title) > 24:
            return None
        end = _heading_end(folded, m.end("ch"), m.end())
        return Candidate(start, end, SEC, chinese_number(m["cn"]), m["unit"], LINE)
    if m["pap"]:
        return Candidate(start, m.end("pap"), SEC, 0, "paper", LINE)
    if m["en"]:
        return Candidate(start, _heading_end(folded, m.end("en"), m.end()), SEC, 0, "en", LINE)
    if m["tw"] and _NUMBER_BEFORE.search(folded, max(0, start - 12), start):
        return None  # 1 / 单选题 (2分): a tag on the line after the number
    if m["tw"] and _OPTION_BEFORE.search(folded, max(0, start - 8), start):
        return None  # A. / 单选题: the word is the text of an option
    if m["tw"]:
        rest = _NOTE_PAREN.sub("", m["twt"]).strip(" :。")
        if rest and not m["tw"].rstrip("]").endswith(("题", "型")) and folded[m.end("tw")] not in " ([:":
            return None  # 判断下列各题 ... is an instruction
        if rest and not rest.strip("0123456789. "):
            return None  # a row of a table of types
        end = _heading_end(folded, m.end("tw"), m.end())
        return Candidate(start, end, SEC, 0, "type" if not rest else "typed", LINE)
    ordinal, text_start = (m["on"], m.start("ot")) if m["on"] else (m["bn"], m.start("bt"))
    end = _heading_end(folded, text_start, m.end())
    title = folded[text_start:end]
    typed = bool(_HEAD_TYPE.search(_NOTE_PAREN.sub("", title)[:28])) or "大题" in title or bool(re.search(r"\d ?分", title))
    if m["on"] and not typed and (_ASKED.search(title) or _OPTION_NEXT.match(folded, end)):
        return Candidate(start, text_start, NUM, chinese_number(ordinal), "一", LINE)
    style = ("ord" if m["on"] else "(ord)") + ("+" if typed else "")
    level = 0 if m["on"] and m["op"] == ")" else chinese_number(ordinal)  # 一) counts under 一. and not beside it
    return Candidate(start, end, SEC, level, style, LINE)


def _heading_end(folded: str, at: int, limit: int) -> int:
    """Where a heading ends that may run on into its first question or its instruction: before ``1.`` or at the line's end."""
    line_end = folded.find("\n", at)
    line_end = len(folded) if line_end < 0 else line_end
    glued = re.compile(r"(?<![\d第.(-])(?:1 ?[.、](?!\d)|\( ?1 ?\)|1 ?[.、](?=\d{3,4}年))").search(folded, at, line_end)
    end = glued.start() if glued and glued.start() > at else line_end
    if end - at > 64:  # a heading that ran into its text: it ends with its first phrase, or with its score note
        note = re.compile(r"\([^)\n]{2,100}\)").search(folded, at, min(end, at + 140))
        if note and not re.search(r"[。?!]", folded[at : note.start()]) and re.search(r"\d|题|分", note[0]):
            return note.end()
        phrase = re.compile(r"[ 。:]").search(folded, at + 1, at + 40)
        return phrase.start() if phrase else end
    return end


def _cue(folded: str, m: re.Match[str]) -> Candidate:
    start = _skip_blank(folded, m.start())
    place = _place(folded, start)
    if m["mine"]:
        return Candidate(start, m.end(), NOTE, 0, "mine", place)
    if m["exp"]:
        return Candidate(start, m.end(), EXP, 0, "exp", place)
    if m["note"]:
        return Candidate(start, m.end(), NOTE, 0, m["nb"] or m["nl"] or m["nt"] or "junk", place)
    return Candidate(start, m.end(), ANS, 0, "bracket" if m["ans"].lstrip(" >*#").startswith("[") else "word", place)


_STEM_END = re.compile(r"[(\[_] ?[)\]_][。.?!:]?$|[?:]$|_{2,}|\( *\)")


def _with_bare_stems(folded: str, found: list[Candidate]) -> list[Candidate]:
    """Adds the lines that look like a stem without a number: the line before a line that begins with option A."""
    starts = [c.start for c in found]
    bare: list[Candidate] = []
    for c in found:
        if c.kind != OPT or c.value != 0 or c.place != LINE:
            continue
        end = folded.rfind("\n", 0, c.start)
        while end > 0 and not folded[folded.rfind("\n", 0, end) + 1 : end].strip():
            end = folded.rfind("\n", 0, end)
        if end <= 0:
            continue
        start = _skip_blank(folded, folded.rfind("\n", 0, end) + 1)
        if start >= end:
            continue
        k = bisect_left(starts, start)
        if k < len(found) and found[k].start == start and found[k].kind in (NUM, TAG, OPT, SEC, ANS, EXP, NOTE, KEY):
            continue
        bare.append(Candidate(start, start, BARE, 0, "stem" if _STEM_END.search(folded[start:end].rstrip()) else "line", LINE))
    return sorted([*found, *bare], key=_order) if bare else found
