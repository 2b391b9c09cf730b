"""The answer keys among the marks (答案的候选): the line that heads one, and the cue or the table that opens one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .key_signs import ANSWER_ROW, NUMBER_ROW, key_begins
from .line_start import LineStart
from .markers import ANS, EXP, KEY, LINE, Candidate
from .places import place_of
from .question_types import HEADING_WORDS
from .run_on import runs_on
from .scan import Scan

_KEY = (
    r"答案(?:[ ]?(?:及|与|和|、|&)?[ ]?(?:详细|试题|题目)?"
    r"(?:如下|解析|评分(?:标准|细则|参考|意见|说明|建议|要求|办法)|提示|要点|详解|部分|汇总|速查|页|表|点拨))*",
    r"Answers(?: Keys?)?|Answer Keys?|Keys?(?: to [^\n:]{0,24})?|KEYS?",
)
_END = (  # 答案(仅供参考), 答案(B卷), 答案:某网整理
    r"(?: ?\((?:(?:供|仅供|附|含|教师|部分)[^)\n]{0,16}|[^()\n\d]{0,4}[A-D] ?卷?)\))?"
    r"[ \])*=~-]*:?[ *]*(?:[^\n。?!:;,、.()\d]{0,16}(?:整理|提供|供参考))?(?=\n|$)"
)
_KEY_ENDS_LINE = re.compile(rf"(?:{'|'.join(_KEY)}){_END}")
_KEY_LINE = re.compile(
    r"[ >*#•·●◆■=~-]*(?!答案 ?\([A-D]\))"
    rf"(?P<t>(?:附(?:录|件)? ?:)?(?:[^\n:。?!]{{0,60}}?)(?:参考|标准|试题|习题|练习)?{'|'.join(_KEY)}){_END}"
)
_SPACED_LINE = LineStart(  # 参 考 答 案
    r" *(?P<t>[^\n:。?!]{0,24}答 案(?: [及与和])?(?: 解 析| 评 分 标 准| 评 分 参 考| 评 分 细 则)?)[ :]*(?=\n|$)"
)
_ENGLISH_CUE = LineStart(r" *(?P<i>(?:Answer )?Keys?|KEYS?|Answers?) +(?=\d)")  # Key 1-5 CABDA
_WORDED_ITEMS = LineStart(r" *(?P<i>小题1 ?: ?[A-H]{1,4}) *\n *小题2 ?: ?[A-H]{1,4} *(?=\n|$)")  # with no word before
_LONGEST_TITLE, _LONGEST_PAPER = 34, 64  # of a line that ends with 答案, and of one that names a paper
_PAPER = re.compile(r"[^\d][^\n.、]*(?:试[卷题]|测[试验]|检测|期[中末]|考试|练习|模拟)[^\n]*答案")
_HEAD, _SHORTEST_NAME = 800, 8
_RIGHT_OPTION = re.compile(r"(?<=[^\s(\[])[(\[]正确(?:答案|选项)")
_TO_CHOOSE_FROM = ("备选答案", "可选答案", "选择的答案")  # 3-4题共用备选答案: they answer nothing
_BUTTON = re.compile(r" *(?:点击)?(?:查看|显示|展开|隐藏|收起)")
_OPTION_LINE = re.compile(r"[(\[]?[A-H] ?[.、:)\] ]")

_SCORED = r"(?:与|及|和)评分(?:标准|细则|参考|意见|说明|建议)(?: ?\([A-D]\))?(?: ?\(供参考\))?(?: ?\d{4} ?年 ?\d{1,2} ?月)?"
_FOR_WHOM = r"(?: ?\((?:仅?供|附|教师)[^()\n]{0,12}\))?"  # 答案(供教师使用)
_KEY_CUE = re.compile(rf"答案(?:(?:与|及|和)?(?:详细)?解析|{_SCORED}|汇总|速查|部分|如下)?{_FOR_WHOM}(?: {{0,4}}[\])])? ?:?")
_OPENING = (
    r"(?:[=*~-]{3,40} ?)?(?:[\[(] {0,4})?(?:附 ?:? ?)?(?:第 ?[一二三四五六七八九十\d]{1,3} ?[卷套] ?)?"
    r"(?:本次?(?:试卷|卷|试题)的?)?(?:参考|标准|正确|试题)?"
)
_CUE_OPENS = re.compile(rf"{_OPENING}\Z")
# the same behind what its line names: 第一章 练习 答案
_SUBJECTS = "语文|数学|英语|物理|化学|生物|历史|地理|政治"
_NAMED_CUE = re.compile(
    rf"[ *#>]{{0,4}}[^\n。?!:;,()、.]{{0,16}}(?:章|节|单元|练习|习题|试卷|试题|卷|套|题|测试|模拟|{_SUBJECTS}) ?(?:\([文理]科?\))?"
    rf"[一二三四五六七八九十\d]{{0,3}} ?{_OPENING}{_KEY_CUE.pattern}"
)
_HEADER_AGAIN = re.compile(r"(?<=[\n 。?])试卷代号 ?:? ?\d{2,6}[^\n。?!]{0,80}\Z")  # of the printed paper, set again over its key
# the title of a paper in running text, set again over its key: ...的意义。(8分)高二历史参考答案
_PLAIN = r"[^\n。?!:;,、().]{0,20}"
_TITLE_AGAIN = re.compile(
    rf"(?:(?<=[。?!)])|(?<=[^A-H]\.)) ?{_PLAIN}"
    rf"(?:年级|[初高小][一二三]|学[年期]|期[中末]|第\w{{1,2}}[单章]|单元|试[题卷]|练习|习题|测[试验]|小测){_PLAIN}\Z"
)
_TITLE_NAMES = re.compile(r"[(\[][含带](?:有|标准)?\Z")  # ...考试题库598题[含参考答案]一、判断题: the title at the head of the page
_LONGEST_HEADER = 100
_LONGEST_OPENING = 50  # 答案 may be opened by ===== [附: 本次试卷参考
_REACH = 40  # how far before 答案 a line may begin that names it
# 参考答案 一、单选题: the headings once more
_PAPER_ANEW = re.compile(rf"[ \n]?(?:(?:一[、.] ?|\[|\(一\) ?)(?:{HEADING_WORDS})|第 ?[一1] ?(?:章|单元|部分))")
_TYPE_NAMED = re.compile(rf"(?:{HEADING_WORDS})(?<=题)(?:参考|标准|正确)?\Z")  # ...。( )判断题答案：1.√ 2.×
_HEADING_NEXT = re.compile(rf"[ \n]?([一二三四五六七八九十][.、] ?(?:{HEADING_WORDS}|[一-鿿]{{2,10}}(?=[ :(\n\d])))")
_FIRST_LINE = re.compile(r" *\n\s*[(\[第]{0,2}1 ?[.、)\]题]")  # the only 参考答案, glued to the end of a line above 1.
# ... 参考答案 1、..., 参考答案 一、1、360 2、...: in running text, where nothing else of the page is so called
_FIRST_ITEM = re.compile(r" ?1(?: ?[.、](?!\d)|、(?=\d)|\.(?=\d[^\n]{1,60}? 2[.、](?!\d)))")
_GLUED_OPENS = re.compile(r"[^\s下列](?P<named>参考|标准)\Z|[。.?!)_]\Z")  # ...____。答案1.粽子2.月饼
_ANY_NUMBER = re.compile(r"(?<![\d.])(\d{1,3}) ?[.、](?!\d)")
_FIRST_OF_FIRST = re.compile(r" ?一[.、] ?(?=\(?1 ?[.、)])")  # 参考答案 一、1、360 2、...
_ANSWERED_FIRST = Scan(r"1(?<!\d\d)(?<!\.1) ?[.、] ?\[?(?:参考|正确)?答案(?:\]|:)")  # 1.答案:A解析:... 2.答案:...: a key that nothing heads
_SECOND = re.compile(r"2(?<!\d\d)(?<!\.2) ?[.、](?!\d)( ?\[?(?:参考|正确)?答案)?")
# 答案：11．1.甲；2.乙
_LIST_NEXT = re.compile(
    r"\s*[(]?(\d{1,3}) ?(?:[.、:)](?!\d(?! ?[.、)](?!\d)))|、(?=\d{1,4}[一-鿿])|\.(?=\d{1,2}月\d)"
    r"|(?<=\D1)[.、](?=\d{1,6}[^\s\d]{0,6}(?: +|\n+)2 ?[.、](?!\d)))"  # 1.100 2.作用点: the answer to 1 is 100
)
_ANSWERS_NEXT = re.compile(r"\s*(1) ?[.、] ?\[(?:参考|正确)?答案\]")  # 参考解析：1.【参考答案】...
_FOR_ALL = re.compile(r"答 ?案(?!要点|内容)|[Aa]ns|ANS|Key|KEY")  # 答: and 要点: open the answer of one question
_KEY_TABLE = Scan(rf"(?:^|(?<=\n))(?=[ *|]{{0,8}}[题序] ?号[ |]){NUMBER_ROW}{ANSWER_ROW}")


def keys(folded: str) -> Iterator[Candidate]:
    """The marks of answer keys that stand by themselves, kind by kind."""
    lines = [m for key in _KEY_ENDS_LINE.finditer(folded) if (m := _KEY_LINE.match(folded, folded.rfind("\n", 0, key.start()) + 1))]
    head = [m for m in lines if m.start() < _HEAD and m.end("t") - m.start("t") >= _SHORTEST_NAME]  # the title of the page, again and again
    again = {m["t"] for m, n in pairwise(head) if m["t"] == n["t"] and not folded[m.end() : n.start()].strip()}
    for m in lines:
        longest = _LONGEST_PAPER if _PAPER.match(m["t"]) else _LONGEST_TITLE
        if m.end("t") - m.start("t") <= longest and m["t"] not in again and not _names_option(folded, m):
            yield Candidate(m.start(), m.end(), KEY, 0, "line", LINE)
    yield from _cues(folded)
    for m in _SPACED_LINE.finditer(folded) if "答 案" in folded else ():
        if m["t"].count(" ") >= len(m["t"]) // 2:
            yield Candidate(m.start("t"), m.end(), KEY, 0, "line", LINE)
    for m in _ENGLISH_CUE.finditer(folded):
        if key_begins(folded, m.end()) == 2:
            yield Candidate(m.start("i"), m.end(), KEY, 1, "inline", LINE)
    for m in _WORDED_ITEMS.finditer(folded) if "小题1" in folded else ():
        yield Candidate(m.start("i"), m.start("i"), KEY, 1, "inline", LINE)
    for m in _ANSWERED_FIRST.finditer(folded):
        if (second := _SECOND.search(folded, m.end())) and second[1]:
            yield Candidate(m.start(), m.start(), KEY, 1, "inline", place_of(folded, m.start()))
    for m in _KEY_TABLE.finditer(folded):
        yield Candidate(m.start(), m.start(), KEY, 1, "inline", LINE)


def _names_option(folded: str, m: re.Match[str]) -> bool:
    """Whether a line that ends with 答案 is an option or a button, says of an option that it is right, or heads options of several."""
    says = _RIGHT_OPTION.search(folded, *m.span("t")) or any(words in m["t"] for words in _TO_CHOOSE_FROM)
    button = _BUTTON.match(m["t"]) and folded.count(m["t"].strip()) > 1  # below every question
    return bool(says or button or _OPTION_LINE.match(folded, m.start("t")))


def _cues(folded: str) -> Iterator[Candidate]:
    """The cues that open a key, each from the start of its line where that names what it answers."""
    done = 0
    runs = runs_on(folded)
    once = folded.count("答案") - sum(map(folded.count, _TO_CHOOSE_FROM)) == 1
    for cue in _KEY_CUE.finditer(folded):
        at, before = cue.start(), done
        if at < before:
            continue  # named by the line of the cue before
        line = folded.rfind("\n", max(0, at - _REACH), at) + 1
        named = _NAMED_CUE.match(folded, line) if line >= before and (line or at <= _REACH) else None
        done = (named or cue).end()
        apart = folded.endswith((" ", " 参考"), max(0, at - 3), at) or (runs and once and _opens_glued(folded, at, done))
        only = once and apart and _FIRST_ITEM.match(folded, done)
        only = only or _FIRST_OF_FIRST.match(folded, done)
        only = only or (once and cue.start() > 0 and folded[cue.start() - 1] != "\n" and _FIRST_LINE.match(folded, done))
        anew = _PAPER_ANEW.match(folded, done) and not (at < _HEAD and _TITLE_NAMES.search(folded, max(0, at - 4), at))
        if only or key_begins(folded, done) == 2 or anew or _headed_again(folded, done):
            title = named or _HEADER_AGAIN.search(folded, max(before, at - _LONGEST_HEADER), at)
            title = title or _TITLE_AGAIN.search(folded, max(before, at - _REACH), at)
            title = title or _TYPE_NAMED.search(folded, max(before, at - _REACH), at)
            opens = title or _CUE_OPENS.search(folded, max(before, at - _LONGEST_OPENING), at) or cue
            yield Candidate(opens.start(), done, KEY, 1, "inline", place_of(folded, opens.start()))


def _opens_glued(folded: str, at: int, done: int) -> bool:
    """Whether the only 答案 of a page is glued to its last question: it says 参考答案, or its last number is that of the paper."""
    m = _GLUED_OPENS.search(folded, max(0, at - 4), at)
    if m is None or m["named"]:
        return m is not None
    last = [part[-1] for part in (_ANY_NUMBER.findall(folded, 0, at), _ANY_NUMBER.findall(folded, done)) if part]
    return len(last) == 2 and last[0] == last[1]


def _headed_again(folded: str, at: int) -> bool:
    """Whether the heading of a section stands behind a cue that stood above its questions before: 参考答案 四、填空题."""
    m = _HEADING_NEXT.match(folded, at)
    return m is not None and 0 <= folded.find(m[1]) < at


def list_begins(folded: str, cue: Candidate) -> int:
    """The first number of a list that a cue opens for several questions (答案：1. ...), 0 where it opens none."""
    listed = _LIST_NEXT.match(folded, cue.end) if cue.kind == ANS else _ANSWERS_NEXT.match(folded, cue.end)
    return int(listed[1]) if listed and (cue.kind == EXP or _FOR_ALL.search(folded, cue.start, cue.end)) else 0
