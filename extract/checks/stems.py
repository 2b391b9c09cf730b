"""Checks of a stem as a question (题干检查): whole, of its type, and asking something."""

from __future__ import annotations

import re

from ..fold import fold
from ..forms import holds_choices
from ..headings import WORKED_ON
from ..question_types import CHOICES
from ..scan import Scan
from ..stem import BLANK
from .look import NOTES, Check, Look
from .signs import PICTURE, unbalanced

_TO_CHOOSE = re.compile(r"[选找圈挑]出|选[择一]|找|听[录音句对短]|不同类")
_EMPTY = " .。、,:()_（）"
_LIST_FIRST = re.compile(r"①|\(1\)|1[.、](?!\d)")
_HEADLESS = re.compile(
    r"\d+(?:\.\d+)?(?:[cmk]?m|k?g|s|℃|%|元),|题 |"
    r"[”’]|(?:对|错|正确|错误|√|×)\n|[lIOoS8] ?[.、](?!\d)|答 ?:|[,。、;:)\]?!.·%](?!\d)|(?:的|了|着|们|而|且)[^\u4e00-\u9fff ]"
)
_ONE_WORD = re.compile(r"\s*(?:正确|错误|对|错|√|×)\s*(?:正确|错误|对|错|√|×)?\s*")  # what a page prints below a statement to choose from
_SECOND_PART = re.compile(r"\(2\)(?<![a-z\u4e00-\u9fff]\(2\))|\(2\)(?<![a-z]\(2\))(?![中的应是与和、])")  # 业务(2)中 names one, f(2) calls
_TOLD = re.compile(r"[^的]{1,5}。")  # 折叶。 of a list that was cut; 火山的成因。 asks
_ANY_BLANK = re.compile(BLANK)
_ASKED = Scan(r"[?:]|[是为有][。.]?$|[A-Za-z]{3}|\[(?:图|公式|表)")
_DRAWN_BLANK = re.compile(BLANK + r"|\{ *\}|[ \u3000]{3,}|-{2,}")
_FORM_FIELD = re.compile(r"请?(?:输入|填写|填入)(?:整数|数字|一个|下列|答案|你)")  # a page to be filled in draws the field itself
_VANISHED = re.compile(r"(?:为|是|于|和|与|即|称|叫|有|属于|包括|在)(?:[、,。;]|年[,。]|$)")
_ASKS = Scan(
    r"[?]|^(?:说|解|化简|默写|找|列|判断|选|补|连|用|把|将|按|根据)|什么|如何|怎样|为什么|哪|何|简述|试述|论述|说明|分析|解释|谈|比较|列举|写|求|计算|证明|概括|翻译|请|指出|描述|阐述|举例|设计|评"
    r"|画|改|答|编|完成|处理|阅读|[A-Z][a-z]+ (?:into|the|a|your|in|about)\b|(?:What|Who|Why|How|Which|When|Where) "
)


def _empty(look: Look) -> str | None:
    if look.q.options and look.section and _TO_CHOOSE.search(look.section.path[-1]) and any(
        x is not None and x.options and not x.stem.strip(_EMPTY) for x in (look.before, look.after)
    ):
        return None  # 选出不同类的单词: the heading asks, for all its questions
    least = 1 if look.q.type == "term_definition" else 2  # 力
    shown = look.q.material or len(look.stem.strip(_EMPTY)) >= least  # the numbered blank of a passage is its stem
    return None if shown and not _ONE_WORD.fullmatch(look.stem) else "题干缺失"


def _headless(look: Look) -> str | None:
    if look.q.type == "term_definition" and "\n" in look.stem.strip():
        return "名词有几行"
    if look.q.type == "term_definition" and look.q.answer is None and look.stem.endswith("。") and len(look.stem) > 8:
        return "名词疑是释义"
    if _SECOND_PART.search(look.stem) and "(1)" not in look.stem and "①" not in look.stem and look.q.number != 2:
        return "题干中有(2)而没有(1)"
    if unbalanced(look.stem) and not _cut_like_its_neighbours(look):
        return "题干的括号不成对"
    if look.stem.endswith((";", "、")) and not look.q.options and "\n" not in look.stem:
        return "题干疑不完整"
    if look.stem.endswith(("(", "[")) and not _cut_like_its_neighbours(look):
        return "题干疑不完整"
    if look.choice and look.group.asking and not _ANY_BLANK.search(look.stem) and not _ASKED.search(look.stem):
        return "题干疑不完整"
    return "题干疑缺开头" if look.stem and _HEADLESS.match(look.stem) else None


def _cut_like_its_neighbours(look: Look) -> bool:
    """Whether a stem ends in the half of a bracket where the one beside it does: so the page prints them."""
    return look.stem.endswith("(") and any(x is not None and x.stem.rstrip().endswith(("(", "（")) for x in (look.before, look.after))


def _long(look: Look) -> str | None:
    short_kind = look.choice or look.q.type in ("true_false", "fill_blank", "term_definition")
    if short_kind and len(look.stem) > 240 and len(look.stem) > 6 * look.group.stem:
        return f"题干有{len(look.stem)}字，同类题约{look.group.stem}字"
    return None


def _no_question(look: Look) -> str | None:
    """Numbered text that asks nothing: an instruction, a rule, a list."""
    q = look.q
    if q.type == "short_answer" and q.answer is None and _LIST_FIRST.match(look.stem) and not _ASKS.search(look.stem):
        return "题干疑是另一题的答案"
    printed = look.build.draft.number
    anew = printed is not None and q.number is not None and q.number != printed  # the numbers began anew, as those of a key do
    if q.type == "short_answer" and q.answer is None and (anew or _TOLD.fullmatch(look.stem)) and not _ASKS.search(look.stem):
        return "题干疑是另一题的答案"
    if NOTES.search(look.stem) and not q.options:
        return "疑是考试说明"
    if q.type not in ("short_answer", "other", "fill_blank") or q.options or q.answer is not None:
        return None
    if look.last or (look.section and (look.section.type or WORKED_ON.search(look.section.path[-1]))):
        return None
    return None if _ASKS.search(look.stem) or _ANY_BLANK.search(look.stem) else "没有提问的内容"


def _type(look: Look) -> str | None:
    q = look.q
    joined = q.type == "matching" and ("连" in look.stem or "\n" in look.stem)  # 连线题 shows its two columns in the stem
    choices = look.choice or (look.section is not None and look.section.type in (None, "by_form") and holds_choices(look.section))
    choices = choices or (look.section is not None and look.section.type in CHOICES and q.type == "short_answer" and q.answer is None)
    if choices and not (q.options or joined or PICTURE.search(look.stem)):
        return "大题为选择题，却没有选项"
    if q.options and q.type in ("fill_blank", "short_answer", "essay", "term_definition", "calculation"):
        return "有选项，却不是选择题"
    unusual = look.usual_type not in (None, "choice" if look.choice else q.type) and look.build.stem.type is None
    if unusual and not _one_of_several(look):
        return "题型与同一大题的其他题不同"
    return "判断题有多于两个选项" if q.type == "true_false" and len(q.options) > 2 else None


def _one_of_several(look: Look) -> bool:
    """Whether a question in words stands beside another of its type: a paper without headings goes on to its next kind."""
    beside = (x is not None and x.type == look.q.type and not x.options for x in (look.before, look.after))
    return look.q.type == "short_answer" and _ASKS.search(look.stem) is not None and any(beside)


def _sub_question(look: Look) -> str | None:
    """Numbered parts (1) (2) without options that stand as questions of their own."""
    if look.build.draft.action != "sub" or look.q.options or (look.before is not None and look.before.options):
        return None
    return "小问没有选项，疑属于上一题"


def _without_blank(look: Look) -> bool:
    if look.q.type != "fill_blank" or look.q.options or (look.q.material and not look.stem):  # the passage shows its numbered blank
        return False
    return not (_DRAWN_BLANK.search(look.stem) or _FORM_FIELD.search(look.stem))


def _blanks_vanished(look: Look) -> bool:
    """Whether the sentence breaks off where a blank must have been, or the one beside it shows none either: the page lost them."""
    beside = (x for x in (look.before, look.after) if x is not None and x.type == "fill_blank" and not x.options)
    return bool(_VANISHED.search(look.stem)) or any(not _DRAWN_BLANK.search(fold(x.stem)) for x in beside)


def _no_blank(look: Look) -> str | None:
    return "填空题没有空" if _without_blank(look) and not _blanks_vanished(look) else None


def _blank_lost(look: Look) -> str | None:
    return "原文中的空疑已丢失" if _without_blank(look) and _blanks_vanished(look) else None


READING: tuple[Check, ...] = (
    Check("empty_stem", "reading", "题干为空", _empty),
    Check("headless_stem", "reading", "题干不完整", _headless),
    Check("long_stem", "reading", "题干过长", _long),
    Check("type_mismatch", "reading", "题型存疑", _type),
    Check("no_question", "reading", "疑不是题目", _no_question),
    Check("sub_questions", "reading", "疑是上一题的小问", _sub_question),
    Check("no_blank", "reading", "填空题没有空", _no_blank),
)
SOURCE: tuple[Check, ...] = (Check("blank_lost", "source", "空已丢失", _blank_lost),)
