"""The headings among the marks (大题标题的候选): where each begins and ends, its ordinal and its style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .line_start import LineStart
from .markers import ANS, BULLETS, EXP, KEY, LINE, MATERIAL_EDGE, NUM, SEC, SECTION, SPACE, Candidate
from .model import Mark
from .numerals import chinese_number
from .places import NUMBER_BEFORE, lies_in, place_of, skip_blank
from .question_types import HEADING_WORDS, TAG_WORDS, closed_up

# 共30题，每题1分。每题的备选项中，只有1个最符合题意。 behind a heading, where the brackets around it are missing
COUNT_NOTE = (
    r"(?:共 ?\d{1,3} ?(?:小|道)?题(?!目)|第 ?\d{1,3} ?[-~至] ?\d{1,3} ?(?:小|道)?题)[^\n。\[]{0,40}。"
    r"(?: ?(?!\d|题号)[^\n。\[]{0,24}(?:选项|题意|答案|得分|答题卡)[^\n。\[]{0,40}。){0,3}"
)
_OPTION_BEFORE = re.compile(r"(?:^|\n)[ ]*[(\[]?[A-H] ?[.、:)\]]\s*$")
_ASKED = re.compile(r"[(\[][ _]*[)\]]|_{2,}|[?]$")
_OPTION_NEXT = re.compile(r"\s*A ?[.、:)]")
_CHOICES_NEXT = re.compile(r" *[*]?\n\s*(?:A ?[.、:)]|[○◯☐□]|(?:对|正确|√) *\n)")
_NOTE_PAREN = re.compile(r"[(\[][^)\]\n]{0,80}[)\]]")
_AFTER_ORDINAL = re.compile(rf"(?:[第部分章卷大题、.) ]|{HEADING_WORDS}).*")
_HEAD_TYPE = re.compile(HEADING_WORDS)
_SLOT_LAST = re.compile(r"[(\[] ?(?:[A-H]{1,6}|[√×对错]|正确|错误) ?[)\]] *$")
_GLUED = re.compile(  # the first question of a section that its heading runs into
    r"(?<![\d第.(-])(?:1 ?[.、](?!\d)|\( ?1 ?\)|1 ?[.、](?=\d{3,4}年)|(?<=[)题 ])1 ?[):]"
    r"|(?<=[选择断空])第 ?\d{1,3} ?题"
    r"|(?:(?<=[)题释])|(?<=[)题释] ))(?:\d{1,3} ?[.、):](?!\d)|(?:第|题目|试题) ?\d{1,3} ?[题.、:]|\d{1,3} (?=[一-鿿_“\[])(?![分道小题个]))"
    r"|(?<=\))\( ?\d{1,3} ?\)(?=[^\s])"
    r"|(?:(?<=题 )|(?<=[题释]))\( ?\d{1,3} ?\)(?=(?![每共本各在分题小])[一-鿿“])"
    rf"|(?:(?<=[题释)])|(?<=[题释)] ))[(]?\d{{1,3}}[)]? ?(?=[(\[] ?(?:{TAG_WORDS})[^)\]\n]{{0,12}}[)\]])"  # 简答题1 (简答题, 2.0分)...
    r"|(?<=[)题])案例[一二三四五]:)|[(\[] ?(?:第 ?)?\d{1,3} ?[-~至] ?\d{1,3} ?小?题 ?共[用享]"
    rf"|[(\[](?:{TAG_WORDS})[)\]] ?\d{{1,4}} ?[.、]"
)
_STATEMENTS = LineStart(  # Ⅰ. ... Ⅱ. ... below a stem, each on its line, and the options that combine them
    r" *[ⅠI] ?[.、)][^\n]*\n(?:\s*(?:[Ⅱ-Ⅻ]|I{2,3}|I?V|VI{0,3}) ?[.、)][^\n]*\n)+\s*[(\[]?A ?[.、:)\]]"
)
BRACKETED = "[type]"  # the style of [判断题] in running text
_BRACKETED = re.compile(
    rf"(?P<head>\[ ?(?P<t>{HEADING_WORDS}) ?(?:\([^)\n]{{0,40}}\))?\]) ?(?:第 ?|[(\[] ?)?(?P<n>\d{{1,3}}) ?(?:题|[)\].、:])(?!\d)"
)
_SCORED = re.compile(r"[^\n。?!;()]{2,24}\([^)\n]{0,60}\d ?分[^)\n]{0,30}\)(?= ?[^\n]{4})")
_NUMBERED = re.compile(r"\d{1,3}(?: ?[.、](?!\d)| (?=[一-鿿“《])(?![分道小题个]))")
_COUNTED = re.compile(rf"[^\n\d。()]{{0,16}}?{COUNT_NOTE}")
_POINTS_EARNED = re.compile(r" ?\(\d{1,3}(?:\.\d)? ?分\) ?\d{1,3} *")
_TASK_GLUED = re.compile(rf"(?:{HEADING_WORDS})(?<=题)(?=每(?:小|道)?题|在每|下列[各每]|请[将从在选]|以下[各每])")  # 单项选择题每题只有...
_WORTH = re.compile(r"\d ?(?:分|points?\b|marks?\b)")
_ENGLISH_TITLE = re.compile(r"[A-Z][a-z]+(?: [\w,'’-]+){1,14}(?:[.:]|(?= ?\())(?= )")
_SENTENCE = re.compile(r"[^\d(\[].{4,}[。?]")


def headings(folded: str) -> Iterator[Candidate]:
    """The headings; the search goes on where one ends, not where its line would: another may be glued to it."""
    at = 0
    stated = [m.span() for m in _STATEMENTS.finditer(folded)]
    for start in SECTION.starts(folded):
        m = SECTION.match(folded, start) if start >= at else None
        if m is None or (stated and m["on"] and lies_in(stated, m.end("lead")) and not _HEAD_TYPE.search(m["ot"])):
            continue
        heading = _section(folded, m)
        if heading:
            yield heading
        at = max(heading.end if heading else m.end("lead"), m.start() + 1)


def bracketed_headings(folded: str) -> Iterator[Candidate]:
    """[判断题] 1. ... 2. ... in running text: the type in brackets heads a section, unless it stands before most numbers."""
    found = list(_BRACKETED.finditer(folded)) if "题]" in folded else []
    if any(m["n"] != "1" for m in found) or any(a["t"] == b["t"] for a, b in pairwise(found)):
        return  # the tags of questions
    for m in found:
        if (place := place_of(folded, m.start())) != LINE:
            yield Candidate(m.start(), m.end("head"), SEC, 0, BRACKETED, place)


def container_headings(folded: str, found: list[Candidate], marks: list[Mark]) -> Iterator[Candidate]:
    """The headings that the container states, where no other mark says what they are.

    Below a heading that is a question's (## 第3题), deeper ones head parts of its answer.
    """
    taken = {c.start for c in found if c.kind in (SEC, KEY, ANS, EXP) or c.style == "junk"}
    worded = {c.start for c in found if c.kind == NUM and c.style in ("第题", "例")}
    inside = ""  # the level of the last heading that is a question's
    for h in marks:
        start, level = skip_blank(folded, h.start), h.value or "1"
        if start >= h.end:
            continue  # the title of the page, which is set aside
        if start in worded:
            inside = level
        elif level <= inside:
            inside = ""
        if start not in taken and h.end - start <= 60 and not (inside and level > inside):
            yield Candidate(start, h.end, SEC, 0, "heading" + level, LINE)


def _section(folded: str, m: re.Match[str]) -> Candidate | None:
    if m["lead"] is None:
        if m["in"]:
            end = m.end("inp") if m["inp"] else m.end("in")
            counted = _COUNTED.match(folded, end)
            end = counted.end() if counted else end + (folded[end : end + 1] == "。")
            level = 0 if m["in"][0] == "(" else chinese_number(_AFTER_ORDINAL.sub("", m["in"].removeprefix("试题").lstrip("第 ")))
            return Candidate(m.start(), end, SEC, level, "inline", place_of(folded, m.start()))
        if m["ins"]:
            return Candidate(m.start(), m.end(), SEC, chinese_number(m["insn"]), "inline", place_of(folded, m.start()))
        if m["in2"]:
            return Candidate(m.start(), m.end(), SEC, chinese_number(m["in2n"]), "inline2", place_of(folded, m.start()))
        if m["inn"]:  # ...。2、单选题(共20题)1.
            return Candidate(m.start(), m.end(), SEC, int(m["innn"]), "arabic", place_of(folded, m.start()))
        if m["inx"]:  # the title of the next paper: ...。2025...试卷(第2套)一、
            return Candidate(m.start(), m.end(), SEC, 0, "paper", place_of(folded, m.start()))
        if m["inr"]:  # 二、安全技术要求:掌握...。1.
            return Candidate(m.start(), m.end(), SEC, chinese_number(m["inrn"]), "inline", place_of(folded, m.start()))
        if m["inc"]:
            return Candidate(m.start(), m.end(), SEC, chinese_number(m["incn"] or ""), m["incu"] or "en", place_of(folded, m.start()))
        return Candidate(m.start(), m.end(), SEC, 0, "inline", SPACE)
    start = m.end("lead")
    if m["ch"]:
        title = m["cht"]
        if m["unit"] in ("项", "次", "周", "课", "课时") and len(title) > 24:
            return None
        end = _heading_end(folded, m.end("ch"), m.end())
        return Candidate(start, end, SEC, chinese_number(m["cn"]), m["unit"], LINE)
    if m["ls"]:  # [典型例题]
        return Candidate(start, m.end("ls"), SEC, 0, "topic", LINE)
    if m["pt"]:  # 笔试部分(80分)
        return Candidate(start, m.end("pt"), SEC, 0, "部分", LINE)
    if m["tp"]:  # 考点一 氧化还原反应
        style = "topic+" if "题组" in m["tp"] else "topic"
        return Candidate(start, m.end("tpt"), SEC, chinese_number(m["tpn"]), style, LINE)
    if m["an"]:  # 1、单项选择题, and a question on the next line
        return Candidate(start, m.end("ant"), SEC, int(m["an"]), "arabic", LINE)
    if m["ap"]:  # 3、Read and choose.(...)(9分), and 1. on the next line
        return Candidate(start, m.end("apt"), SEC, int(m["ap"]), "arabic", LINE)
    if m["ln"]:  # A.听句子(共5小题,每小题1分)
        return Candidate(start, m.end("lnt"), SEC, ord(m["ln"]) - 64, "(ord)+", LINE)
    if m["apart"]:  # 单 项 选 择 题
        return Candidate(start, m.end(), SEC, 0, "type", LINE) if _HEAD_TYPE.fullmatch(closed_up(m["apart"])) else None
    if m["pap"]:
        return Candidate(start, m.end("pap"), SEC, 0, "paper", LINE)
    if m["en"]:
        return Candidate(start, _heading_end(folded, m.end("en"), m.end()), SEC, 0, "en", LINE)
    if m["tw"] and MATERIAL_EDGE.match(folded, start):
        return None  # 【材料题开始】 names no section
    if m["tw"] and NUMBER_BEFORE.search(folded, max(0, start - 12), start):
        return None  # 1 / 单选题 (2分): a tag on the line after the number
    if m["tw"] and _POINTS_EARNED.fullmatch(m["twt"]):
        return None  # 判断题 (6 分) 6: what a player says below a question
    if m["tw"] and m["tw"].endswith("]") and _CHOICES_NEXT.match(folded, m.end("tw")):
        return None  # [单选题] / A. ...: a tag on the line after the stem
    if m["tw"] and _OPTION_BEFORE.search(folded, max(0, start - 8), start):
        return None  # A. / 单选题: the word is the text of an option
    if m["tw"]:
        rest = _NOTE_PAREN.sub("", m["twt"]).strip(BULLETS + ":。")
        glued = len(m["tw"]) > 3 and _NUMBERED.match(folded, m.end("tw"))  # 名词解释16. ..., not 判断1. ... of each question
        if rest and not m["tw"].rstrip("]").endswith(("题", "型")) and folded[m.end("tw")] not in " ([:" and not glued:
            return None  # 判断下列各题 ... is an instruction
        if rest and not m["tw"].rstrip("]").endswith(("题", "型")) and _SENTENCE.fullmatch(m["twt"].strip(" :")):
            return None  # 证明:对顶角相等。 is a question
        if rest and not rest.strip("0123456789. "):
            return None  # a row of a table of types
        end = _heading_end(folded, m.end("tw") - 1, m.end())
        return Candidate(start, end, SEC, 0, "type" if not rest or not folded[m.end("tw") : end].strip(" :。") else "typed", LINE)
    ordinal, text_start = (m["on"], m.start("ot")) if m["on"] else (m["bn"], m.start("bt"))
    end = _heading_end(folded, text_start, m.end())
    title = folded[text_start:end]
    typed = bool(_HEAD_TYPE.search(closed_up(_NOTE_PAREN.sub("", title))[:28])) or "大题" in title or bool(_WORTH.search(title))
    if m["on"] and not typed and (_ASKED.search(title) or _OPTION_NEXT.match(folded, end)):
        return Candidate(start, text_start, NUM, chinese_number(ordinal), "一", LINE)
    style = ("ord" if m["on"] else "(ord)") + ("+" if typed else "")
    level = 0 if m["on"] and m["op"] == ")" else chinese_number(ordinal)  # 一) counts under 一. and not beside it
    return Candidate(start, end, SEC, level, style, LINE)


def _heading_end(folded: str, at: int, limit: int) -> int:
    """Where a heading ends that may run on into its first question or its instruction: before ``1.`` or at the line's end."""
    line_end = folded.find("\n", at)
    line_end = len(folded) if line_end < 0 else line_end
    glued = _GLUED.search(folded, at, line_end)
    end = glued.start() if glued else line_end
    if glued and (slot := _SLOT_LAST.search(folded, at, end)):
        return slot.start()  # 一、判断题(√)1、...: the answer to its first question
    if glued and (scored := _SCORED.match(folded, at, end)):
        return scored.end()  # 一、听句选词(每小题1分)听录音,选出...1.
    if end - at > 64:  # a heading that ran into its text: it ends with its first phrase, or with its score note
        note = re.compile(r"\([^)\n]{2,240}\)|\[[^\]\n]{0,60}\d ?分[^\]\n]{0,60}\]").search(folded, at, min(end, at + 280))
        if note and not re.search(r"[。?!]", folded[at : note.start()]) and re.search(r"\d|题|分", note[0]):
            return note.end()
        if counted := _COUNTED.match(folded, at, end):
            return counted.end()
        if ends := _ENGLISH_TITLE.match(folded, at, end):  # Read the following statements carefully. For each ...
            return ends.end()
        ends = re.compile(r"[ 。:]").search(folded, at + 1, at + 40) or _TASK_GLUED.match(folded, at, end)
        return end if ends is None else ends.start() if ends.re is not _TASK_GLUED else ends.end()
    return end

