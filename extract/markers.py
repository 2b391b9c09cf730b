"""The table of marks (标记表): every string that may begin a part of an exam, with the place where it stands.

A mark is only a candidate here. Whether it counts is decided in ``segment.py``, by the cheapest path through all of them.
All patterns run on folded text (``fold.py``): brackets, width and blanks have one form, offsets are those of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .question_types import HEADING_WORDS, TAG_WORDS
from .scan import Scan

NUM, TAG, BARE, OPT, SEC, KEY, ANS, EXP, NOTE, MAT = "num", "tag", "bare", "opt", "sec", "key", "ans", "exp", "note", "mat"
VARIED = "变式"  # the style of an exercise that goes with an example and bears its number
DRAWN = "空"  # the style of the number of a blank in a passage
CHOSEN = "chosen"  # the style of 故选：B and 答：, which end an explanation or a solution, or answer where there is none

LINE, SPACE, STOP, INSIDE = 0, 1, 2, 3  # place: at the start of a line, after a blank, after a closing mark, inside running text

CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)}
IN_ONE_SIGN = CIRCLED | {chr(first + i): i + 1 for first in (0x2474, 0x2488) for i in range(20)}  # ①, ⑴ for (1), ⒈ for 1.


@dataclass(slots=True, eq=False)  # never changed, but made by the thousand: a frozen one takes four times as long to make
class Candidate:
    """A mark that may count. ``value``: number, option index or ordinal; ``style``: its punctuation or sub-kind; ``place``: see above."""

    start: int
    end: int
    kind: str
    value: int
    style: str
    place: int


Marks = list[tuple[int, Candidate]]  # the candidates of some kinds, each with its place among all


def chinese_number(text: str) -> int:
    """一 -> 1, 十二 -> 12, 二十 -> 20, 12 -> 12, Ⅱ or II -> 2; 0 if it is none."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    if "Ⅰ" <= text <= "Ⅻ":
        return ord(text[0]) - 0x2160 + 1
    if text in ROMAN:
        return ROMAN[text]
    if text == "-":
        return 1
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


def _compile(pattern: str) -> Scan:
    """A pattern laid out over lines, an alternative a line; blanks inside a line count (re.X would drop them)."""
    return Scan("".join(re.sub(r"^\| ", "|", line.strip()) for line in pattern.splitlines()))


_CN = "一二三四五六七八九十百零"
# a line may open with list bullets, quote marks, emphasis, and with the answer slot of its question
BULLETS = " >*#+•·●◆◇■□○◯☐★☆▲△►※◎=~-"
# words that begin with the character of a unit: 3 年满十八岁的公民 is a question, 3 年 a time
NO_UNIT = frozenset(["年满", "年轻", "年龄", "年金", "年利", "年均", "年产", "日本", "日常", "日语", "日益", "日光", "日记", "日均", "月球", "月亮", "月经", "月食", "月相", "级数", "级别", "届时", "届满"])
_NO_UNIT = "(?:" + "|".join(sorted(NO_UNIT)) + ")"
_LEAD = rf"(?:^|(?<=\n))[{BULLETS}]*"
# what may stand before the number: ( B )3、 the answer slot, empty or filled, on lines of its own too; [单选题]3. the type
SLOT = re.compile(
    r"[(\[](?: {0,6}|\n(?=[^)\]\n]{1,2}\n[)\]]))(?:(?P<answer>[A-Ha-h](?:[ ,、]?[A-Ha-h]){0,6}|[√×TFVX对错]|正确|错误)?"
    rf"|(?P<tag>{TAG_WORDS}) ?(?:[,、;] ?\d{{1,3}}(?:\.\d)? ?分)?)(?: {{0,6}}|(?<=\n.)\n|(?<=\n..)\n)[)\]] {{0,2}}"
)
_SLOT = "(?:" + re.sub(r"\?P<\w+>", "?:", SLOT.pattern) + ")?"

NUMBER = _compile(
    rf"""
      (?P<lead>{_LEAD}){_SLOT}(?:
          \[?第 ?(?P<di>\d{{1,5}}) ?(?:小题|道题|题|題)\]? ?[.、:)]*
        | \[?(?:例题?|试题|题目|题干|问题|练习|习题|小题|题|Question|Q|T|单选题?|多选题?|判断题?|填空题?|简答题?) ?(?:(?<=例 )\d{{1,2}}[.-]|(?<=例)\d{{1,2}}[.-])?(?P<ex>\d{{1,4}})(?: ?(?:of|/) ?\d{{1,4}}(?=[ ]*(?:\n|[(\[一-鿿“《])))?\]? ?[.、:)]*
        | \[?(?:变式(?:训练|练习)?|(?:跟踪|对点|针对)训练) ?(?P<var>\d{{1,2}})\]? ?[.、:)]*
        | \[?(?:例题?|试题|题目|问题|练习|习题) ?(?P<exc>[{_CN}]{{1,3}})\]? ?[.、:]
        | (?P<lp>[(\[<]) ?(?P<pn>\d{{1,4}}) ?[.、]?[)\]>] ?[.、:]?
        | (?P<of>\d{{1,4}}) ?/ ?\d{{1,4}}(?=[ \n]*[(\[]? ?(?:{TAG_WORDS}))
        | (?P<tagged>\d{{1,5}})[ ]{{0,3}}(?:[.、]?[ ]*\n[ ]*)?(?=[(\[] ?(?:{TAG_WORDS}))
        | (?P<xy>\d{{1,2}}[.-](?P<y>\d{{1,3}}))[.、:]?(?=[ ]*[一-鿿A-Z(“"])
        | (?P<n>\d{{1,5}}) ?(?P<p>[.、:)。,·]+)(?:\*\*)?(?P<dec>(?=\d))?
        | (?P<alone>\d{{1,5}})(?=[ ]*(?:\n|$))
        | (?P<sp>\d{{1,4}})(?=[ ]+(?:[^\d\s%年月日级届×+*/=<>.~-]|\d{{4}} ?年|{_NO_UNIT}))
        | (?P<bare>\d{{1,3}})(?=[一-鿿“"《(]|\[(?:参考|正确)?答案\])
        | (?P<circ>[①-⑳]) ?[.、]?
        | (?P<par>[⑴-⒇]) ?[.、]?
        | (?P<dot>[⒈-⒛])
      )
    | (?<![\dA-Za-z/第=≥≤<>÷+±≈^-])(?<![^ a-z一-鿿)_]\.)(?:
          第 ?(?P<di2>\d{{1,5}}) ?(?:小题|题)(?: ?[.、:)]|(?=[ ][^至到~和与、-]))
        | (?P<lp2>[(\[]) ?(?P<pn2>\d{{1,3}}) ?[.、]?[)\]]
        | (?:试题|题目|小题) ?(?P<exc2>\d{{1,3}}|[{_CN}]{{1,3}}) ?(?::|[、.](?= *\n))
        | (?=\d{{1,5}}[ .、):])(?:
              (?P<n2>\d{{1,5}}) ?(?P<p2>[.、])(?![\d]{{1,2}}(?!\d))
            | (?P<n3>\d{{1,4}})(?P<p3>[)])
            | (?<=[ 。)])(?P<nc>\d{{1,3}}):(?=[ ]?[一-鿿“"《(\[_])
            | (?<=[ ])(?P<nd>\d{{1,3}})\.(?=\d{{1,2}}[一-鿿])
            | (?<=[ 。])(?P<sp2>\d{{1,3}})(?=[ ](?:[一-鿿“"《(_]|[A-Z][a-z]*[ ][a-z]|\[(?:正确|参考|标准)?答案\]))
          )
      )
    | (?P<par2>[⑴-⒇])
    | (?<![\d.])(?P<tag2>\d{{1,3}})(?=[ ]{{0,3}}[(\[](?:{TAG_WORDS})[^)\]\n]{{0,12}}[)\]])
    | (?<=[一-鿿A-H])(?P<nc2>\d{{1,3}}):(?=[ ]?[一-鿿“"《(\[_])
    | \[(?:题干|题目|试题|问题|例题?) ?(?:\d{{1,2}}[.-])?(?P<ix>\d{{1,4}})\] ?[.、:]?
    | (?<=\d)\((?P<pn3>\d{{1,3}})\)(?=[ ]?[^\s)])
    """
)
# digits with a sign that may end in a number: D.1406、 is 140 and question 6; 。4.1吨 is question 4
FUSED = re.compile(r"(?P<p>[.、):])(?<=\d.)(?=[ ]?(?P<next>\S))")

_NO_MINUS = r"(?<![ ]-)(?![A-Za-z\d.(√∞])"  # A-天山 is a label with its mark; A -4 and A-4 are a label and a number

OPTION = _compile(
    rf"""
      (?P<lead>{_LEAD})(?P<star>[*√] ?)?(?:选项 ?)?(?:
          (?P<lb>[(\[]) ?(?P<b>[A-Za-z]) ?[)\]] ?[.、:]?
        | (?P<l>[A-Ja-j]|[K-Z](?=[.、])) {{0,2}}(?P<p>[.、:)。,]|-{_NO_MINUS})
        | (?P<s>[A-H])(?=[ ]{{1,}}[^\s])(?! *选?项)
        | (?P<h>[A-H])(?=[一-鿿“"《\d(+-])(?! *选?项)
        | (?P<nl>[A-H])(?=\n)
      )
    | (?<![A-Za-z\d'’-])(?:
          (?:(?<=[ ])[*√])?(?P<lb2>[(\[]) ?(?P<b2>[A-H]|(?<=[ ):。?_一-鿿][(\[])(?<![图式].)[a-h]) ?[)\]] ?[.、:]?
        | (?:(?<=[ ])(?:[*√]|选项 ?))?(?P<l2>[A-Ja-h]) {{0,2}}(?P<p2>[.、:]|(?<![/=+*^][A-Za-z])(?<!\([a-h])[)]|(?<=[ ][A-H])(?:[。,](?![ ]*(?:\n|$))|-{_NO_MINUS}))
        | (?:(?<=[ ])[*√])?(?P<s2>[A-H])(?=[ ][^\s])(?! *选?项)
        | (?P<h2>[A-H])(?=[一-鿿“"《])(?! *选?项)
          | (?<=[ ])(?P<h3>[B-H])(?=-?\d)
      )
    | (?<=[A-Za-z\d+-])(?P<d2>[B-H])(?P<p4>[.、]|(?<=[a-z\d].)[):])|(?:(?<=\)[a-zVWA])|(?<=\)[ckmMH][mgVWPz]))(?P<da>A)(?P<p5>[.、])
    | (?<=[A-Za-z\d])[(\[](?P<b3>[B-Hb-h])[)\]](?![=<>≤≥≠∪∩,])
    """
)

_ORDINAL = rf"(?:[{_CN}]{{1,3}}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{{1,4}}(?=[.、)])|-(?=、 ?(?:{HEADING_WORDS})))"  # —、选择题: 一 misread
_LINE_OF_TITLE = rf"(?=[^\n。?!:;,]{{1,38}}+(?<=[A-D\d卷套题) {_CN}])[ ]*+(?:\n|$))"  # what the end of a line tells of a whole title
SECTION = _compile(
    rf"""
      (?P<lead>{_LEAD})(?:
          (?P<ch>第 ?(?P<cn>[{_CN}\d]{{1,4}}|[ⅠⅡⅢⅣⅤⅥIVX]{{1,4}}|[壹贰叁肆伍]) ?(?P<unit>章|节|部分|部份|卷|单元|篇|编|讲|课|套|大题|模块|专题|项|周|次|(?<=[{_CN}])题(?=[ :、]?(?:{HEADING_WORDS})))(?![的是中要至~-]))(?=(?P<cht>[^\n]{{0,60}}))
        | (?P<an>\d{{1,2}}) ?[.、] ?(?P<ant>(?:{HEADING_WORDS})[ ]*(?:[(\[][^)\]\n]{{0,80}}[)\]])?[ :。]*)(?=(?<=[: ])1 ?[)]|\n\s*[(\[]? ?\d{{1,3}} ?(?:[)\].、]|-\d{{1,3}} )(?![ ]*(?:{HEADING_WORDS})[ ]*(?:[(\[:]|\n)))|(?P<ap>\d{{1,2}})、 ?(?P<apt>[^\n]{{4,90}}\(\d{{1,2}} ?分\))(?=[ ]*\n\s*(?:[(\[] *[)\]] ?)?1\.(?!\d))
        | (?P<on>{_ORDINAL}) ?(?P<op>[.、)]|(?<=[{_CN}]) (?=[^ ])) ?(?=(?P<ot>[^\n]{{0,300}}))
        | (?P<tp>\[?(?:考点|题型|类型|主题|专题|板块) ?(?P<tpn>[{_CN}]{{1,3}}|\d{{1,2}}))(?=[ :、.\]])(?=(?P<tpt>[^\n。?!;]{{1,30}})(?:\n|$))
        | (?P<ls>\[(?:学习目标|教学目标|知识梳理|知识要点|典型例题|例题(?:精讲|讲解)|(?:课堂|随堂|课后|巩固)练习|课后作业|(?:当堂|达标|预习)检测|(?:巩固|能力|拓展)提升|基础(?:巩固|训练|过关)|自主学习|合作探究|课前预习)\])(?=[ ]*(?:\n|$))
        | (?P<pt>(?:[一-鿿]{{2,4}}部分|试题 ?[{_CN}]{{1,2}}) ?\([^)\n]{{0,30}}\d ?分[^)\n]{{0,20}}\))(?=[ ]*(?:\n|$))
        | (?P<ln>[A-H]) ?[.、] ?(?P<lnt>[一-鿿][^\n()]{{1,20}}\((?:本[大小]?题)?(?:共|有) ?\d{{1,2}} ?(?:小|道)?题[^)\n]{{0,60}}\d ?分[^)\n]{{0,20}}\))(?=[ ]*(?:\n|$))
        | [(\[] ?(?P<bn>[{_CN}]{{1,3}}) ?[)\]][.、]?(?=(?P<bt>[^\n]{{0,120}}))
        | (?P<en>(?:Part|Chapter|Section|Unit|Module|PART|SECTION|Directions|Passage|Text|TEXT|Passage)[ ]?(?:[A-Z]|\d{{1,2}}|[IVX]{{1,4}}|One|Two|Three|Four|Five)\b)(?P<ent>[^\n]{{0,80}})
        | (?P<tw>\[?(?:{HEADING_WORDS})\]?)(?P<twt>[ ]*(?:\([^)\n]{{0,80}}\)|\[[^\]\n]{{0,80}}\])?[ ]*[:。]?[^\n]{{0,90}})
        | (?P<apart>[一-鿿](?: {{1,2}}[一-鿿]){{2,7}})[ ]*(?:[(\[][^)\]\n]{{0,80}}[)\]])?[:{BULLETS}]*(?=\n|$)
        | {_LINE_OF_TITLE}(?P<pap>[^\n。?!:;,]{{0,26}}?(?:[A-D甲乙] ?卷|(?:习题|练习|作业|测验|测试|模拟|试卷|训练|任务|考核|自测|小测|检测) ?[{_CN}\d]{{1,3}}|(?:模拟|测试|考试|真|试|练习|复习|预测)(?:试卷|试题|卷|题)|第 ?[{_CN}\d]{{1,3}} ?套|(?:题|卷)[及和与含附](?:参考)?答案(?:[及和与]?解析)? ?\d{{1,2}})(?:[(][{_CN}\dA-Z]{{1,3}}[)]|[{_CN}\dA-D])?)(?=[ ]*(?:\n|$))
      )
    | (?:(?<=[ 。)A-H√×])|(?=第 ?\d{{1,2}} ?卷))(?P<inc>(?:第 ?(?P<incn>[{_CN}\d]{{1,4}}) ?(?P<incu>章|节|单元|部分(?! ?(?:{HEADING_WORDS}))|篇|套|卷(?=[ ]?一[.、]))(?:(?<=卷) ?一[.、][^\n。?!,;:()\d]{{2,14}}(?:\([^)\n]{{0,30}}\))?)?|Part [A-D](?= ?[一-鿿]))[^\n。?!,;:()\d]{{0,24}}?(?:\d{{1,2}}\.\d{{1,2}} ?[^\n。?!,;:()\d]{{1,24}}?)?)(?=[ ]?(?: ?\n?1[.、](?!\d)|第 ?[一1] ?[章节]|一[.、]|Part ?[A1I]|(?:{HEADING_WORDS})[ (]))
    | (?P<in>(?:第 ?[{_CN}Ⅰ-Ⅻ\d]{{1,3}} ?(?:部分 ?:?|章|卷|大题)|(?<![{_CN}第])[{_CN}]{{1,2}} ?[、.)]|(?<=[ 。)])\([{_CN}]{{1,2}}\)) ?[^\n。?!,;:()\d]{{0,10}}?(?:{HEADING_WORDS}))(?P<inp>[ ]*\((?! ?\d{{1,3}} ?\))[^)\n]{{0,80}}\))?
    | (?<![{_CN}第 ])(?P<ins>(?P<insn>[{_CN}]{{1,2}}) ?[、.] ?[^\n?!;:()\d_]{{2,24}}? ?\((?=[^)\n]{{0,40}}\d ?分)[^)\n]{{0,60}}\))|(?<=[ 。)])(?P<in2>(?P<in2n>[{_CN}]{{1,2}})[.、)] ?[^\n。?!,;:()\d]{{2,14}}?)(?=[ ]?1[.、])
    | (?<![{_CN}第])(?P<inr>(?P<inrn>[{_CN}]{{1,2}})[.、] ?[^\n。?!,;:()\d]{{2,20}}?)要求:[^\n。?!]{{4,90}}。(?=1[.、](?!\d))
    | (?<=[ ])(?P<inw>(?:{HEADING_WORDS})(?:\([^)\n]{{0,60}}\))?)(?=[ ]{{1,4}}(?:1(?:[.、](?!\d)|[ ](?!\d{{1,3}}(?!\d)|\.)|[):])|\(1\)|第 ?1 ?题))
    | (?<=[A-H√×对错。])(?P<ing>(?:{HEADING_WORDS})(?<=题)(?:\([^)\n]{{0,60}}\))?)(?=\d{{1,3}}[.、](?!\d))|(?<=[\n。)\]A-H√×对错确误])(?P<inx>\d{{4}} ?年?[^\n。?!\d]{{6,60}}\(第 ?\d{{1,2}} ?套\))(?=[ ]?[一1][.、])
    | (?<=[ ])(?P<ine>True/False|Multiple Choice|True or False|Fill in the Blanks?|Short Answer|Essay Questions?)(?=[ ]+1[.、])
    """
)

# what the players of course sites (在线测验) print around a question, a line each
_PLAYER = (
    r"(?:未作答|未回答|已作答|答案已保存|满分 ?[\d.]+|(?:得分|成绩) ?[\d.]+ ?/ ?[\d.]+|标记试题|提交(?:答案|试卷|作业)?|交卷|"
    r"Not (?:yet )?answered|Answer saved|Incorrect|Correct|Partially correct|Marked out of [\d.]+|Mark [\d.]+ out of [\d.]+|"
    r"Flag(?:ged)? question|Remove flag|Question text|Feedback|Your answer is (?:partially )?(?:in)?correct\.?)"
)
_EXPLAINED = r"(?:[与及和、/&](?:答案)?解析)"
_ANSWER_WORDS = (  # a blank, or the end of a line, may have got into the word
    r"(?:(?:本题|本小题|参 ?考 ?|正 ?确|标 ?准 ?|试题|习题|此题|官方)?的?(?:正确|参考)?的?答(?: |\n)?案(?:要点|内容)?|参考要点|答题要点|答案要点|参考解答)"
)
CUE = _compile(
    rf"""
      (?P<mine>(?:我|你|您|学生|考生|用户)(?: ?的 ?)?(?:(?:答 ?案|选择|作答|答题)[ ]?:?|回答[ ]?:)|你(?:选[对错]了|错选为|没有(?:填写|选择)答案))
    | (?P<exp>
          \[(?:答案|试题|题目|本题|参考|考点|名师)?(?:解 ?析|详解|详细解析|题解|解析思路|分析(?:p )?|思路|思路分析|思路点拨|解题思路|解题分析|考点分析|答案分析)\] ?:?
        | \((?:答案|试题|题目|本题)?(?:解 ?析|详解) ?:
        | (?P<expl>{_LEAD})(?:(?:答案|试题|题目|本题|习题|参考|知识点|详细|名师)? ?(?:解 ?析(?:思路)?|详解)|(?:改正|更正|订正)(?! ?:[ _]*(?:\n|$))|(?:本题|试题|解题|思路|考点|题目|答案)?分析|解题思路|本题思路|答题思路|[本此]题解释|解释|P ?\d{{1,3}}|Explanation) ?:
        | (?<=[ 。)\]A-H√×对错])(?:本题思路|[本此]题解释|(?<=案:.)解释) ?:
        | (?<=[^\n的下列])(?:答案 ?|试题|题目|本题|参考)?(?:解 ?析(?:思路)?|详解) ?[:]
        | {_LEAD}(?:(?:答案|试题|参考|题目|本题)?解析|详解)(?=[ ]*\n)|(?P<expa>(?:{_LEAD}|(?<=[^\n] ))(?:答案)?解析 {{1,4}}(?=[^\s:]))
        | {_LEAD}(?:反馈|Feedback)(?=[ ]*\n[ ]*(?!你的回答|正确答案|Your|The|Correct|Incorrect)[^\n ])
      )
    | (?P<shown>{_LEAD}(?:点击)?(?:查看|显示|展开)(?:参考|正确)?答案[^\n:]{{0,8}}\n(?=[ \n]*(?:[√×] {{0,2}})?(?:[A-H]{{1,6}}|[对错√×]|正确|错误)[ ]*(?:[。.,]|\n|$)))
    | (?P<note>
          (?<=[.、) ])(?P<nt>题型) ?:(?! ?(?:{TAG_WORDS})[^\s(\[])
        | (?<=[ 。)])(?<!\] )(?P<ni>(?:题目|试题)?难度|难易(?:程)?度|难度系数|(?:所属)?知识点|考点|所属章节|能力层次|认知层次|[本此]题得分(?= ?: ?\d)|得分(?= ?: ?\d)) ?:|(?<=[^\n] )(?P<nk>考点) (?=[^\s:])
        | (?P<nx>\[选项\] ?:?|{_LEAD}(?:选项|备选项|答案选项) ?:(?=[ ]*(?:\n|[(\[]?A ?[.、:)\]]))|{_LEAD}(?:选择一项(?:或多项)?|Select one(?: or more)?) ?:)
        | \[(?P<nb>难度|难易度|难易程度|知识点|知识模块|考点|考查点|考点定位|所属章节|分值|分数|得分|题型|来源|出处|章节|能力层次|点评|试题点评|名师点评|点睛|名师点睛|方法点睛|专题|考查方向|标签|易错|易错点|拓展点评|认知层次|题号|编号|页码|备注|该题针对[^\]\n]{{0,60}}|答疑编号[^\]\n]{{0,24}})\] ?:?
        | {_LEAD}(?P<nl>(?:题目|试题)?类型(?= ?: ?[^\n]{{1,8}}题[ ]*\n)|难度|难易度|难易程度|难度系数|知识点|考点|考查点|所属章节|分值|分数|得分|题型|来源|出处|章节|能力层次|认知层次|点评|试题点评|试题来源|(?:考题|试题|题目)出处|(?:考题|题目)来源|标签|正确率|[本此]题得分|教师评语|备注|所属知识点|题目难度|试题难度|答题时间|作答时间|批语) ?:
        | {_LEAD}(?P<nj>(?:(?:(?:AI讲解|查看解析|查看答案|显示答案|收藏|收藏本题|纠错|加入错题本|隐藏答案|展开解析|收起解析|加入收藏|加入记忆|错题反馈|我要纠错|分享|笔记|上一题|下一题|举报|点赞|评论)[ |·]*)+|\d{{1,3}}(?:\.\d{{1,2}})? ?分|回答(?:正确|错误)|参考资料|(?:点击|展开|收起)?查看(?:参考|正确)?(?:答案|解析)[^\n]{{0,16}}|笔记 ?:|获得 ?[\d.]+ ?分中的 ?[\d.]+ ?分|(?:\[图:[^\]\n]{{1,40}}\])?未?标记(?:标记)?(?:试?题目?)|试题正文|题干|题目(?=[ ]*\n(?! *[(]?[1一][.、]))|题目解答|反馈|{_PLAYER}|你的回答(?:不|部分)?正确|(?<!正确\n)(?<!错误\n)(?:不?正确|错误|部分正确|完成)(?=[ ]*\n[ ]*(?:查看|答案|得分|获得|满分|标记|正确答案|我的答案|本题(?:总|得)))|本题(?:总得分|得分|得) ?:? ?\d[^\n]{{0,12}})(?=[ ]*(?:\n|$)))
      )
    | (?P<ans>
          \[{_ANSWER_WORDS}(?:是|为|{_EXPLAINED})?\] ?:?
        | (?P<ansl>{_LEAD}){_ANSWER_WORDS}(?: ?(?:是|为)|{_EXPLAINED})? ?:
        | {_LEAD}{_ANSWER_WORDS}(?: ?(?:是|为)|{_EXPLAINED})?(?=[ ]*\n)
        | {_LEAD}正确 答案 ?:|(?P<ansa>{_LEAD}答案 {{1,4}}(?=[^\s:]))
        | {_LEAD}正确的?答案(?:是|为) ?["“”](?=[^"“”\n]{{1,40}}["“”][。.]?[ ]*(?:\n|$))
        | {_LEAD}{_ANSWER_WORDS}(?: ?(?:是|为|应?选|-{{1,2}}))?[ ]*(?=[A-H√×对错](?![一-鿿])|(?:[A-H]{{1,6}}|[对错]|正确|错误) ?(?:您|你|我|考生)的(?:答案|选择))
        | {_LEAD}(?:(?:(?:故|因此|所以)(?:本题)?)?(?:应|答案)?选择? ?:? ?(?=[A-H]{{1,6}}[。.]?[ ]*(?:\n|$)))
        | {_LEAD}The correct answers? (?:is|are) ?:?[ '"“‘]*
        | \((?:正确|参考)?答案 ?[:为是]? ?(?=[A-H√×对错]{{1,6}} ?\))
        | \((?:正确|参考)?答案 ?: ?(?=(?:[^()\n]|\([^()\n]{{0,40}}\)){{1,200}}\)[ ]*(?:\n|$))
        | {_LEAD}(?:\[?(?:答|解|答题|解答|参考解答)\] ?:?|答 ?:|解答? ?:|证明? ?:(?![ _]*(?:\n|$))|[解证](?= {{1,4}}[^\s:](?! ))|要点 ?:|(?:(?:The )?(?:[Cc]orrect|[Rr]ight|Reference|Model) )?(?:[Aa]nswers?|ANSWERS?|Ans|ANS|Keys?|KEYS?) ?[:.])
        | (?<=[^\n下列各故以此则即])(?:{_ANSWER_WORDS}) ?(?:是|为)? ?:
        | (?<=[ 。)])(?:参考|正确|标准)答案(?=[ ]?[A-H]{{1,6}}(?:[ \n]|$))|(?<=[ 。)])答案 {{1,2}}(?=(?:[A-H]{{1,6}}|[a-d])(?:[ \n]|$))
        | (?<=[。?!？)）]) ?(?:解?答|解答过程):
        | (?<=[ ])答 ?:
        | (?<=[^\n下列\]] )解答? ?:
        | (?<=[ ])\[答\] ?:?
        | (?<=[^\n])\[(?:参考)?解答\] ?:?
      )
    """
)

MATERIAL = _compile(
    rf"""
      {_LEAD}(?:
          [(\[]? ?(?P<a>\d{{1,3}}(?:-\d{{1,2}})?) ?[-~至、到] ?(?P<b>\d{{1,3}}(?:-\d{{1,2}})?) ?(?:小?题)[^\n]{{0,12}}?(?:共用|共享|基于|根据|使用|材料|题干|备选|选项|配伍)[^\n]{{0,60}}
        | \[?材料题?开始\]?
        | 听(?:下面|以下)?(?:第 ?[{_CN}\d]{{1,2}} ?)?(?:段|篇|则)?(?:对话|材料|独白|短文|录音|长对话)[,、]? ?(?:回答|完成|做)[^\n]{{0,6}}\d[^\n]{{0,16}}题[。.]?(?=[ ]*(?:\n|$))
        | [(\[] ?(?:第 ?)?\d{{1,3}} ?[-~至] ?\d{{1,3}} ?(?:小?题)? ?[)\]](?=\s*[(\[]?A)
        | (?:请)?(?:阅读|根据|依据|认真阅读|仔细阅读|结合)(?:以下|下列|下面|下述|上述|所给|以上|给定)?[^\n。]{{0,40}}(?:回答|完成|做|解答)[^\n]{{0,12}}(?:\d{{1,3}} ?[-~至到—、] ?\d{{1,3}}|各|下列|下面|以下|问)[^\n]{{0,12}}题[^\n]{{0,24}}
        | (?:请)?(?:阅读|根据)(?:以下|下列|下面|下述|所给)[^\n。]{{0,12}}?(?:材料|短文|文章|文字|资料|案例|诗歌?|文段|选文|文言文|作品|这首[诗词]|内容|图|表)[^\n]{{0,40}}
        | (?:\[?(?:材料|资料|案例|背景资料|背景材料|案情|病例|阅读材料|共用题干|案例背景)[一二三四五六七八九十\d]?\]?)(?: ?:|(?=[ ]*\n)|(?<=\]))
      )
    | (?<=[ 。)\]A-H])[(\[] ?(?:第 ?)?\d{{1,3}} ?[-~至] ?\d{{1,3}} ?(?:(?:小?题)?(?:共[用享][^\n()\[\]]{{0,12}})?[)\]](?=\s*[(\[]?A ?[.、:)\] ])|小?题 ?共[用享](?:题干|材料|案例|病例)[)\]])
    | (?<=[。)])案例[{_CN}]:|(?<=[ 。)])(?:请)?(?:仔细|认真)?(?:阅读|根据)(?:以下|下列|下面|下述|所给)[^\n。?!]{{0,24}}(?:回答|完成|做)[^\n。?!\d]{{0,6}}\d{{1,3}} ?[-~至到—] ?\d{{1,3}} ?(?:各|小)?题[。.:]?
    """
)
MATERIAL_END = re.compile(r"\[?材料题?结束\]?")
MATERIAL_EDGE = re.compile(r"\[?材料题?(?:开始|结束)\]?")
# options ① ② ③ after a blank or a question mark, a question or the end behind them, never the A. B. that combine them
_PIECE = r"[^①-⑳\n_]{1,40}"
CIRCLED_SET = Scan(
    rf"(?:(?<!\d)[)\]]|[?_])[^\n①-⑳]{{0,12}}[ \n]*(?P<set>①{_PIECE}\n? *②{_PIECE}\n? *③{_PIECE}(?:\n? *④{_PIECE})?(?:\n? *⑤{_PIECE})?)(?=\s*\Z|\n(?!\s*[(\[]?A))"
)
FIELD = Scan(rf"{_LEAD}(?:题干|题目|问题|试题|(?P<pair>问|Q)) ?:(?! *\n)")
# the tag that opens a question; in running text not the one after its number, nor the one that ends it (before A. or the next number)
_TAG = rf"[(\[](?! ?材料题?(?:开始|结束)) ?(?:{TAG_WORDS})[^)\]\n]{{0,12}}[)\]]"
TYPE_TAG = Scan(rf"{_LEAD}{_TAG}(?! ?\d{{1,4}} ?[.、])|(?<=[^.、)\]\d题] )(?<!\d  )(?<!\d   ){_TAG}(?! *(?:\n|[(\[]?(?:A|\d{{1,4}}) ?[.、)]))")
