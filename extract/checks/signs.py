"""Signs of what belongs elsewhere (外来标志): a number, a label, a heading, a cue inside a field that should hold none. On folded text."""

from __future__ import annotations

import re

from ..scan import Scan
from .look import Look

_FRONT, _BEHIND = re.compile(r"^(?:\[[^\]]+\]|\\n)(?![*+?{])"), r"(?<=\g<0>)"


class Inside:
    """A sign inside a field (字段中的标志): searched in one, or anywhere in all that ``Look.text`` and ``Look.lines`` hold.

    What its alternatives ask of their surroundings ends at a line break, so that it stands in all of them where it stands in one.
    Anywhere is not where: there a class at the front, or a line feed, is looked back at, and the scan finds what follows it, which is
    rarer.
    """

    def __init__(self, *alternatives: str) -> None:
        self.search = Scan("|".join(alternatives)).search
        self.anywhere = Scan("|".join(f"(?m:{_FRONT.sub(_BEHIND, a)})" for a in alternatives)).search


TYPE_WORDS = "选择题|判断题|填空题|简答题|问答题|论述题|名词解释|计算题|案例分析题?|单选|多选|不定项"

# Patterns open with a class or a letter and look back from it, so that the engine skips to where they can begin.
LABEL = Scan(r"(?<![A-Za-z\d'’(-])(?:([A-H])[.、:](?! ?[A-H](?![a-z])|[.、])|[(\[]([A-H])[)\]])")
_TITLE_END = r"题(?<![问主课难话标议命试]题)(?=[(:\n\d ]|$)"
_HEADING_WORD = re.compile(rf"{TYPE_WORDS}|{_TITLE_END}", re.M)
_IN_HEADING_WORDS = ("题", "选", "释", "析", "不定项")  # of which each has one
_HEADING = Scan(
    rf"(?:[一二三四五六七八九十]{{1,2}}[、.]|第[一二三四五六七八九十\d]+(?:章|节|部分|单元|大题) ?|\n *)[^\n,。;?]{{0,12}}(?:{TYPE_WORDS})"
    rf"|[一二三四五六七八九十]{{1,2}}、[^\n,。;?]{{1,12}}{_TITLE_END}"
)
PICTURE = re.compile(r"\[(?:图|表|公式)")

NUMBER = re.compile(r"[0-9] ?[.、)题:\]]")  # what each of the next holds
_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(\d(?<![\d.A-Za-z/第(]\d)\d{0,3}) ?[.、](?!\d)(?=[^\n]{4,})",  # a digit first: so the engine skips to digits
        r"\n[(]?(\d{1,3})[)] ?(?=[^\n]{6,})",
        r"第 ?(\d{1,4}) ?题(?![的答中里和与、提所说])",
        r"(?:题目|单选|多选|判断|填空|简答)题? ?(\d{1,3}) ?[.、:\]]",
    )
)
SITE = Inside(  # of a document-sharing site
    r"已阅读 ?\d+ ?页|还剩 ?\d+ ?页|免费阅读|点击(?:查看|下载)(?:更多|全文|本文|答案)|下载本文|(?:精品|最新)文档|专业资料",
    r"加微信|加 ?QQ|QQ ?[:群]|公众号|领取.{0,6}资料|更多.{0,4}资料|本站|文库网|相关(?:文档|推荐)|推荐阅读|百度文库|豆丁|道客巴巴",
    r"谢谢楼主|沙发 |回复 举报|值得下载|本文(?:来源|由)|PAGE ?PAGE",
)
SITE_LINE = Inside(r"\n(?:www\.|https?://)\w", r"\.docx?\s*\n", r"\n第一条 ")  # what stands on the lines below a text
_LIST_BRACKET = re.compile(r"(?:^|[\n;。:]) *[\da-z]{1,2}\)")
_BRACKETED = re.compile(r"\)(?<=[\da-z]\))")
CUES = Inside(  # of an answer, an explanation or an option list
    r"(?:参考|正确|标准|本题)答案(?=[ :\]是为A-H]|$)",
    r"答案 ?[:\]]",
    r"\[?解析 ?[:\]]",
    r"\[(?:分析|详解|点评|考点|难度|答案)",
    r"(?:查看|显示|隐藏)答案",
    r"选择一项",
    r"(?:故|所以)选 ?[A-H]",
    r"[ \n]答 ?:",
    r"(?<=[)。?_]) ?选项 ?:?$",
    r"(?:选项|问题) ?:$",
    r"答案(?=判断题|选择题|填空题|简答题)",
    r"(?:参考|标准)答案(?:及|与|和|$)",
    r"[ \n]答案(?= \d| ?$)",
    r"[。?!)] ?(?:解|要点|解答) ?:",
    r"\[(?:解答|答)\]",
    r"因此,?选择? ?[A-H]|本题考查",
)


def numbers(text: str) -> list[tuple[int, int]]:
    """The question numbers that a text may hold, each with the place where it ends, in order."""
    if not NUMBER.search(text):
        return []
    found = [(m.start(), int(m[1]), m.end()) for pattern in _NUMBERS for m in pattern.finditer(text)]
    return [(value, end) for _, value, end in sorted(found)]


def next_number(look: Look, text: str) -> int | None:
    """A number inside a text that continues the run of questions, if there is one."""
    own = look.q.number if look.q.number is not None else look.build.draft.number
    if own is None:
        return None
    after = look.after.number if look.after is not None else None
    before = 0
    for value, _ in numbers(text):
        if 0 < value - own <= 3 and value - 1 != before and not (after is not None and after <= value):
            return value  # 2. after 1. is an inner list
        before = value
    return None


def unbalanced(text: str) -> bool:
    """Whether a text opens a bracket that it does not close, or the other way round; 1) 2) number a list."""
    closed = text.count(")")
    listed = len(_LIST_BRACKET.findall(text)) if closed and _BRACKETED.search(text) else 0
    return text.count("(") != closed - listed


def heading_word(text: str) -> bool:
    """Whether a text holds a word that the heading of a section has."""
    return any(sign in text for sign in _IN_HEADING_WORDS) and _HEADING_WORD.search(text) is not None


def heading(text: str) -> bool:
    """Whether a text holds the heading of a section behind its first character."""
    return heading_word(text) and _HEADING.search(text, 1) is not None


def site_words(text: str) -> str | None:
    """The words of a document-sharing site behind what a text says, if any; a text that begins with them may be about them."""
    m = SITE.search(text, 2) or SITE_LINE.search(text)
    return m[0] if m else None
