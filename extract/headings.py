"""The titles of a heading (大题标题): its levels without ordinals and notes, and what it announces of counts and scores."""

from __future__ import annotations

import re

from .markers import BULLETS, Candidate
from .model import Section
from .numerals import CHINESE_DIGITS, chinese_number
from .question_types import HEADING_WORDS, type_named

_UNITS = {
    "卷": 1,
    "部分": 2,
    "部份": 2,
    "篇": 2,
    "编": 2,
    "模块": 2,
    "专题": 2,
    "套": 2,
    "单元": 3,
    "章": 3,
    "讲": 3,
    "课": 3,
    "课时": 4,
    "周": 3,
    "次": 3,
    "项": 4,
    "节": 4,
    "大题": 5,
    "题": 5,
}
_ENGLISH_UNITS = {"Chapter": 3, "Unit": 3, "Section": 4, "Passage": 5, "Text": 5}
_TYPE_LEVEL, ORDINAL_LEVEL, _SUB_LEVEL = 6, 5, 7
_SUBHEADING = re.compile(
    r"(?<=[ )\u4e00-\u9fff])(?<!\( )(?=(?:[一二三四五六七八九十]{1,2}[.、)] ?[^ ]|[(][一二三四五六七八九十]{1,2}[)] ?[^ ]|第[一二三四五六七八九十]{1,2}[章节] ?|\d{1,2}\.\d{1,2} ?(?![分元米倍万亿年个度题])[\u4e00-\u9fff]|True/False|Multiple Choice|True or False))"  # noqa: E501
)
_CHAPTER_AND_TYPE = re.compile(rf"(第 ?[{''.join(CHINESE_DIGITS)}十百\d]{{1,4}} ?(?:章|节|单元) ?[^ ]{{2,24}}) ((?:{HEADING_WORDS}))")
_EDGES = BULLETS + "[]"
_LEADING = re.compile(
    rf"^[\[{BULLETS}]*(?:"
    r"第 ?(?P<cn>[一二三四五六七八九十百零\d]{1,4}|[Ⅰ-ⅫIVX]{1,4}|[壹贰叁肆伍]) ?(?P<unit>章|节|部分|部份|卷|单元|篇|编|讲|课时|课|套|大题|题|模块|专题|项|周|次)"  # noqa: E501
    r"|(?P<an>\d{1,2})(?: ?[.、](?!\d)| (?=" + HEADING_WORDS + r"))|(?P<on>[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻ]|[IVX]{1,4}(?=[.、)])) ?(?P<op>[.、),]| |(?=" + HEADING_WORDS + r"))|(?:\( ?)?(?P<bn>[一二三四五六七八九十]{1,3}) ?[)\]][.、]?|(?P<ln>[A-H]) ?[.、](?=[^(]{2,24}\([^)]*\d ?分)|(?P<en>[A-Z][A-Za-z]+ (?:\d{1,2}|[IVXA-Z]{1,4}|One|Two|Three|Four|Five)\b))? ?"  # noqa: E501
)
_SCORED = re.compile(r"[ ]*(?:得分|评分|阅卷人)[ :_分]*$")  # the box for the marks behind a heading
_SENTENCE_ENDS = re.compile(r"(?<=[a-z]{4})\. (?=[A-Z])")  # Read the statements carefully. For each ...
_DEMANDS = re.compile(r"(?<=[\u4e00-\u9fff]{2})要求:.{4,}")  # 二、安全技术要求:掌握...
# what is done to the sentences below such a heading, which ask nothing themselves
WORKED_ON = re.compile(r"翻译|互译|[英汉]译|译[英汉文]|默写|改写|修改|病句|改错|造句|仿写|[缩扩]句|断句|标点|换[^。]{0,6}说法|按要求")
_EMPTY_SLOT = re.compile(r" ?[(（] *[)）]$")  # of the first question, whose bracket stands before its number
_DOUBLED = re.compile(r"(?<=题)[^\u4e00-\u9fff(]{0,3}分[)]$")  # 选择题(每题2分,共20分)分), left of a note printed twice
_NOTES = re.compile(r"[(\[](?=[^)\]]*(?:\d|分|题|每|共|答案|选|填|判断|请|正确|错误|对|错))(?:\(\d{1,3}\)|[^)\]])*[)\]]?")


def titles_of(folded: str, c: Candidate) -> tuple[list[tuple[int, str, str]], int]:
    """The titles of a heading, outermost first, as (level, title without ordinal and notes, as printed); and where the heading ends."""
    text = folded[c.start : c.end]
    role_end = c.end
    pieces = [p for p in _SUBHEADING.split(text) if p.strip(" 试题")] if len(text) <= 120 else [text]
    if pieces and (both := _CHAPTER_AND_TYPE.fullmatch(pieces[-1].rstrip(" :"))):
        pieces[-1:] = both.groups()
    out: list[tuple[int, str, str]] = []
    for piece in pieces:
        m = _LEADING.match(piece)
        assert m is not None
        rest = piece[m.end() :].strip(_EDGES + ":")
        if c.style == "paper":
            out.append((1, _clean_title(piece), piece))
            continue
        if m["unit"]:
            level = _UNITS[m["unit"]]
            title = (piece[: m.end()].strip(" *#[") + " " + _clean_title(rest)).strip()
            if m["unit"] in ("大题", "题", "卷", "部分", "部份") and type_named(rest):
                title = _clean_title(rest)
        elif m["on"] or m["an"]:
            level = ORDINAL_LEVEL if m["an"] or m["op"] in ".、, " else _SUB_LEVEL
            title = _clean_title(rest)
        elif m["bn"] or m["ln"]:
            level, title = _SUB_LEVEL, _clean_title(rest)
        elif m["en"]:
            level, title = _ENGLISH_UNITS.get(m["en"].split(" ")[0].capitalize(), 2), _clean_title(piece)
        else:
            title = _clean_title(piece.strip(_EDGES))
            level = (
                _TYPE_LEVEL - 1
                if type_named(title)
                else (2 + int(c.style[-1]) if c.style.startswith("heading") and c.style[-1].isdigit() else 4)
            )
        if not title:
            title = piece.strip(" *#[]:")
        out.append((level, title, piece))
    return out, role_end


def _clean_title(text: str) -> str:
    """A heading without its score and count notes, its instruction and its closing marks."""
    text = _DOUBLED.sub("", _DEMANDS.sub("", _SCORED.sub("", _NOTES.sub("", text))))
    if type_named(text):
        text = re.split(r"[:。;]|(?<=题) (?=\S)|(?<=题)(?=共 ?\d|每(?:小|道)?题|在每|下列[各每]|请[将从在选])", text, maxsplit=1)[0]
        first, _, rest = text.partition(",")
        text = text if rest.endswith("填空") and not type_named(first) else first  # 读句子,选词填空
    title = _SENTENCE_ENDS.split(text, maxsplit=1)[0].strip(_EDGES + ":。.、_")
    return _EMPTY_SLOT.sub("", title).rstrip("(")  # whose other half a wrap cut off


def announced_section(path: tuple[str, ...], printed: str) -> Section:
    each = re.search(r"每(?:小)?(?:题|空|个)?(?:各)?(?:得)? ?(\d+(?:\.\d+)?) ?分|各 ?(\d+(?:\.\d+)?) ?分", printed)
    total = re.search(r"(?:共计?|总计|合计|满分|本题|计|总共) ?(\d+(?:\.\d+)?) ?分|\( ?(\d+(?:\.\d+)?) ?分 ?\)", printed)
    count = re.search(
        r"(?:共|有|含|本大题共?|总题数 ?:?) ?(\d+|[一二三四五六七八九十]{1,2}) ?(?:个)?(?:小|道)?题|\( ?(\d+) ?(?:道|小)?题", printed
    )
    number = None
    if count:
        digits = count[1] or count[2]
        number = chinese_number(digits) if digits[0] in CHINESE_DIGITS or digits[0] == "十" else int(digits)
    named = type_named(path[-1]) or type_named(re.split(r"[(。]", printed)[0])
    return Section(
        path,
        type=named,
        count=number,
        score_each=float(each[1] or each[2]) if each else None,
        score_total=float(total[1] or total[2]) if total else None,
    )
