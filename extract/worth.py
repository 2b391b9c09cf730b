"""What is a question and what only looks like one (题目与非题目): regulations, forms, manuals and instructions count their lines too."""

from __future__ import annotations

import re

from .builds import Build
from .fold import fold
from .headings import WORKED_ON
from .markers import DRAWN
from .ordinals import ORDERED
from .outlined import Outline
from .question_types import HEADING_WORDS
from .stem import MARKED_BLANK

_WORDED = re.compile(
    r"[?]|^(?:What|Where|When|Who|Why|How|Which) |minutes to (?:write|translate)|"
    r"(?:简述|试述|论述|说明|分析|解释|什么|如何|怎样|为什么|哪些|计算|证明|写出|列举|比较|谈谈|概括|翻译|求|说出|画出|化简|解(?:方程|不等式)|默写)"
)
_ASKED_FIRST = re.compile(r"[^。!?\n]*[?]")
_FIELD_TO_FILL = re.compile(r"[^。,，?]{1,10}:[ _]+$")  # 联系电话：____ in a form
_DRAWN = re.compile(r"_{2,}|\( *\)")  # notes on a form of import speak of []
_SAYS = re.compile(r"[一-鿿a-z]|[=+×÷]")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]{1,4}条")
_CHOICE = frozenset({"single_choice", "multiple_choice", "indefinite_choice"})
_SHOWN = frozenset({"true_false", "fill_blank"})  # types that a blank, a bracket or an answer shows


# the kind of writing that a title ends with (文种): its numbered lines and its blanks are no questions
_GENRE = re.compile(
    r"(?:合同|协议书?|(?:登记|申请|报名|审批|统计|评分|明细)表|手册|指南|大纲|办法|规定|规程|制度|细则|条例|通知|方案|总结|要求|标准|规范|说明书?|承诺书|答题卡|须知"
    r"|技巧|攻略|经验|教案|教学设计|说课稿)(?:[(][^)]*[)])?$|^(?:如何|怎样)"
)


# a title that says what the page is made of: 世界历史材料分析题
_NAMED = re.compile(rf"(?:{HEADING_WORDS})(?<=题)(?:专题|专练|汇总|集锦|精选|大全|及答案|\(.{{1,12}}\)|\d{{1,3}}[道题])*$")
_PROBLEM = re.compile(r"设[^备计]|假设|已知|现有|给定|某")  # 设有关系模式...: a heading that states what is asked about
_TALK = re.compile(r"^[^题]*(?:答记者问|记者会|发布会|访谈|专访|笔录|实录)[^题]*$")  # people are asked there, not candidates


def questions_only(folded: str, plan: Outline, builds: list[Build], title: str | None) -> list[Build]:
    """Drops what only looks like questions; nothing is left where the document is no exam."""
    builds = _without_instructions(folded, builds)
    if not builds:
        return builds
    stems = [_stem(folded, b) for b in builds]
    worth = [_worth(folded, plan, b, stem) for b, stem in zip(builds, stems, strict=True)]
    sure = sum(w >= 2 for w in worth)
    some = sum(w >= 1 for w in worth)
    if _TALK.search(title or "") and not any(b.options for b in builds):
        return []
    genre = _GENRE.search(fold(title or ""))
    titled = genre is not None and "题" not in genre.string
    plain = sum(_plainly_asked(folded, b, stem) for b, stem in zip(builds, stems, strict=True)) if titled else 0
    articles = len(_ARTICLE.findall(folded))
    printed = any(len(b.options) >= 2 or b.answer is not None or b.stem.type for b in builds)
    if articles >= 3 and not printed:
        return []  # a contract with blanks
    asked = sum(b.draft.number is not None and _ASKED_FIRST.match(stem) is not None for b, stem in zip(builds, stems, strict=True))
    named = _NAMED.search(fold(title or "")) is not None
    headed = sum(w >= 1 and (named or _section_type(plan, b) is not None) for w, b in zip(worth, builds, strict=True))
    if titled and headed * 2 < len(builds) and (plain < 2 or plain * 4 < len(builds)):
        return []
    answered = sum(b.answer is not None for b in builds)
    asking = (asked >= 3 and asked * 2 >= len(builds)) or (asked >= 2 and asked == len(builds))
    if not sure and not asking and headed * 2 < len(builds) and answered < 2:
        return []
    printed_below = answered >= 3 and answered * 2 >= len(builds)
    if sure < 2 and len(builds) > 3 and not (headed or asking or printed_below) and not any(b.options for b in builds):
        return []
    if sure == 0 and (some * 2 < len(builds) or articles >= 3 or (some < 2 and not headed)):
        return []
    if sure and sure * 8 < len(builds) and some * 2 < len(builds):
        return []
    first = next((k for k, w in enumerate(worth) if w >= 2), 0)
    told = _told(folded, plan, builds, worth)
    return [b for k, b in enumerate(builds) if not ((k < first or b.draft.section in told) and worth[k] == 0 and b.draft.style != "第题")]


def _told(folded: str, plan: Outline, builds: list[Build], worth: list[int]) -> set[int]:
    """The sections whose numbered lines tell and do not ask (备考建议): whole sentences without answers, under a heading of no type."""
    of: dict[int, list[tuple[Build, int]]] = {}
    for b, w in zip(builds, worth, strict=True):
        of.setdefault(b.draft.section, []).append((b, w))
    return {
        section
        for section, held in of.items()
        if section >= 0
        and plan.sections[section].type is None
        and plan.sections[section].score_each is None
        and plan.sections[section].score_total is None
        and "题" not in plan.sections[section].path[-1]
        and not _PROBLEM.match(plan.sections[section].path[-1])
        and not WORKED_ON.search(plan.sections[section].path[-1])
        and all(w == 0 and b.answer is None and _stem(folded, b).endswith("。") for b, w in held)
    }


def _without_instructions(folded: str, builds: list[Build]) -> list[Build]:
    """Without the numbered notes at the head (导入说明, 注意事项): a run without options, blanks and answers, before a number 1."""
    for k, b in enumerate(builds):
        told = not b.options and b.answer is None and not any(_DRAWN.search(folded, *s) for s in b.draft.stem)
        if not told or b.draft.section >= 0 or b.draft.style == ORDERED:
            return builds[k:] if k > 1 and b.draft.number == 1 and builds[0].draft.number == 1 else builds
    return builds


def _plainly_asked(folded: str, b: Build, stem: str) -> bool:
    """Whether a build is a question beyond doubt, whatever the document: options below a blank or a question, or a question answered."""
    asks = any(MARKED_BLANK.search(folded, *s) for s in b.draft.stem) or stem.endswith(("?", ":"))
    return isinstance(b.answer, bool) or (len(b.options) >= 3 and (asks or b.answer is not None)) or (asks and b.answer is not None)


def _section_type(plan: Outline, b: Build) -> str | None:
    return plan.sections[b.draft.section].type if b.draft.section >= 0 else None


def _stem(folded: str, b: Build) -> str:
    return "".join([folded[s:e] for s, e in b.stem.spans]).strip()


def _worth(folded: str, plan: Outline, b: Build, stem: str) -> int:
    """2: certainly a question (options, an answer, a blank, the form of its type); 1: worded like one; 0: nothing says so."""
    if isinstance(b.answer, bool) or len(b.options) > 2:
        return 2
    blank = any(MARKED_BLANK.search(folded, *s) for s in b.draft.stem)
    if len(b.options) >= 2:
        return 2 if b.answer is not None or blank or b.stem.type or _section_type(plan, b) or "?" in stem else 1
    if b.draft.style == DRAWN:
        return 2 if b.draft.material >= 0 else 0
    kind = b.stem.type or _section_type(plan, b)
    if not _SAYS.search(stem) or (_FIELD_TO_FILL.match(stem) and kind != "fill_blank"):
        return int(b.answer is not None)
    if blank:
        return 2
    worded = bool(_WORDED.search(stem)) and len(stem) < 400
    if worded and (b.stem.score is not None or b.draft.style == ORDERED):
        return 2
    tag, heading = b.stem.type, _section_type(plan, b)
    if kind is None or (kind in _CHOICE and b.answer is None):
        total = b.draft.section >= 0 and plan.sections[b.draft.section].score_total is not None
        scored = b.stem.score is not None or (total and b.draft.number is not None)
        return max(worded + (b.answer is not None), scored, b.draft.style == ORDERED)
    if b.answer is not None or (tag and any(folded[s : s + 1] in "([" for s, _ in b.stem.notes)):
        return 2
    if kind in _SHOWN:
        return int(tag is None)
    return 2 if heading or worded else 0
