"""Signs of what belongs elsewhere (外来标志): a number, a label, a heading, a cue inside a field that should hold none. On folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..scan import Scan
from .look import Look

BLANK = r"(?:[(\[][ _]*[)\]]|_{2,})"
TYPE_WORDS = "选择题|判断题|填空题|简答题|问答题|论述题|名词解释|计算题|案例分析题?|单选|多选|不定项"

LABEL = re.compile(r"(?<![A-Za-z\d'’(-])(?:([A-H])[.、:](?! ?[A-H](?![a-z])|[.、])|[(\[]([A-H])[)\]])")
HEADING = Scan(
    rf"(?:[一二三四五六七八九十]{{1,2}}[、.]|第[一二三四五六七八九十\d]+(?:章|节|部分|单元|大题) ?|\n *)[^\n,。;?]{{0,12}}(?:{TYPE_WORDS})"
    r"|[一二三四五六七八九十]{1,2}、[^\n,。;?]{1,12}(?<![问主课难话标议命试])题(?=[(:\n\d ]|$)"
)
PICTURE = re.compile(r"\[(?:图|表|公式)")

_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(\d(?<![\d.A-Za-z/第(]\d)\d{0,3}) ?[.、](?!\d)(?=[^\n]{4,})",  # a digit first: so the engine skips to digits
        r"\n[(]?(\d{1,3})[)] ?(?=[^\n]{6,})",
        r"第 ?(\d{1,4}) ?题",
        r"(?:题目|单选|多选|判断|填空|简答)题? ?(\d{1,3}) ?[.、:\]]",
    )
)
_SITE = Scan(
    r"已阅读 ?\d+ ?页|还剩 ?\d+ ?页|免费阅读|点击(?:查看|下载)(?:更多|全文|本文|答案)|下载本文|(?:精品|最新)文档|专业资料"
    r"|加微信|加 ?QQ|QQ ?[:群]|公众号|领取.{0,6}资料|更多.{0,4}资料|本站|文库网|相关(?:文档|推荐)|推荐阅读|百度文库|豆丁|道客巴巴"
    r"|\nwww\.\w|\.docx?\s*\n|\n第一条 |谢谢楼主|沙发 |回复 举报"
)
_LIST_BRACKET = re.compile(r"(?:^|[\n;。:]) *[\da-z]{1,2}\)")
_DIGIT = re.compile(r"\d")
_CUES = Scan(
    "|".join(
        (
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
    )
)


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """The question numbers that a text may hold, each with the place where it ends, in order."""
    if not _DIGIT.search(text):
        return
    found = [(m.start(), int(m[1]), m.end()) for pattern in _NUMBERS for m in pattern.finditer(text)]
    for _, value, end in sorted(found):
        yield value, end


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
    return text.count("(") != text.count(")") - len(_LIST_BRACKET.findall(text))


def site_words(text: str) -> str | None:
    """The words of a document-sharing site behind what a text says, if any; a text that begins with them may be about them."""
    m = _SITE.search(text, 4)
    return m[0] if m else None


def cue(text: str, start: int = 0) -> bool:
    """Whether a text holds the cue of an answer, an explanation or an option list."""
    return _CUES.search(text, start) is not None
