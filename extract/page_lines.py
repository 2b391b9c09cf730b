"""What a line of a page looks like (行的样子): a title, the name of a file, the beginning of a question."""

from __future__ import annotations

import re

from .fold import fold

Span = tuple[int, int]
FILE_NAME = re.compile(r"\.(?:docx?|pdf|pptx?|wps|txt)(?:VIP)?$", re.I)
STARTS_LIKE_CONTENT = re.compile(
    r"\s*(?:[A-H][.、:)]|A [^\n]+ B [^\n]|[①-⑳]|\(?\d{1,5} ?[.、:)]|(?:题目|题干|问题|试题) ?:|(?:例|题目|试题|例题|小?题|Question|Q|问题|单选题?|多选题?|判断题?|填空题?|简答题?) ?\d|(?:题目|试题|问题|例题?) ?[一二三四五六七八九十]{1,3} ?[.、:]|[一二三四五六七八九十]{1,3}[.、)]|(?:[Ⅰ-Ⅻ]|[IVX]{1,4}) ?[.、)](?=[ \u4e00-\u9fff])|第 ?[一二三四五六七八九十\d]+ ?(?:小?题|題)|\((?!正文)|答|\[)"  # noqa: E501
)
ENDS_LIKE_TEXT = tuple("。?!;:,，、…")
TITLED = 40
_LEAST_COLUMN = 24
_TITLE_TAIL = re.compile(
    r"(?:\.(?:docx?|pdf|pptx?|txt|wps|xlsx?|rtf|html?)(?:VIP)?\b|[(\[](?:doc|docx|pdf|ppt|word|共|第)? ?\d+ ?页[)\]]|_第 ?\d+ ?页|[(\[]复制链接[)\]]|[-_](?:推荐下载|图文|文档下载|下载|副本)|[(\[](?:VIP|最新|精品|免费下载|word版|可编辑|下载)[)\]]|[-_|] ?(?:文库|豆丁网|道客巴巴|百度文库|文档之家|在线文库)[^\n]*|(?:学校|院校|班级|姓名|考号|学号|准考证号) ?[:_][^\n]*|[-_|] ?[^-_|\s]{2,10}(?:网|文库|论坛|学习通|题库) *)+ *$",  # noqa: E501
    re.I,
)
_TAIL_BEGINS = re.compile(r"[.(\[_|-]")
LETTERS_ALONE = re.compile(r"[A-H√×](?:[ ,、]*[A-H√×])*|(?:对|正确|是)[ /、]*(?:错误?|否)")  # or the two words to choose from
_TITLE_HEAD = re.compile(
    r"^(?:[#*>\s]+|(?:文件|文档|试卷)名称? ?[:：] ?|[(（【\[](?:完整|完整版|完整(?:[Ww]ord|WORD)版|(?:[Ww]ord|WORD)(?:完整)?版"
    r"|精选|精品|推荐|最新版?|整理版?|已整理|打印版)[)）】\]] ?)+"
)
_SHORTEST_NAME = 6
_SAID_AGAIN = re.compile(r"(.{6,60}?)(?: ?\1)+")  # the title three times, glued to itself
_NO_LETTER = re.compile(r"[\W_]+")
BLANK = re.compile(r"[(\[][ _]*[)\]]|_{2,}")
EXAM_WORDS = re.compile(r"题|试卷|试题|测试|考试|练习|复习|小测|测验|作业|模拟|月考|期中|期末|真题|问卷|问答|知识")


def written_lines(text: str) -> list[Span]:
    """The spans of the lines that say something."""
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line and not line.isspace():
            found.append((at, end))
        at = end + 1
    return found


def wrapped(text: str) -> bool:
    """Whether most lines of a page end where its column does."""
    widths = [len(line) for line in text.split("\n") if line.strip()]
    full = max(widths, default=0)
    return full >= _LEAST_COLUMN and sum(w > full - 3 for w in widths) * 2 > len(widths)


def is_title_line(line: str) -> bool:
    """Whether a line may be the title of a document: short, no sentence, no beginning of a question."""
    says = not line.endswith(ENDS_LIKE_TEXT) and not STARTS_LIKE_CONTENT.match(line) and not LETTERS_ALONE.fullmatch(line)
    return 2 < len(line) <= TITLED and says and "\t" not in line


# the margin of a sealed paper, in one line with its title: 姓名 单位 密.封线内.不. 准答. 题 2020年...
_SEALED = re.compile(r"^[^\n]{0,40}密[. ]{0,3}封[. ]{0,3}线[. ]{0,3}内[. ]{0,3}不[. ]{0,3}[准要][. ]{0,3}答[. ]{0,3}题[. ]*(?=\S)")


def clean_title(line: str) -> str:
    """A title without site name, page count and file ending."""
    title = _SEALED.sub("", _TITLE_HEAD.sub("", line)).strip()
    title = title[: _name_end(fold(title))].strip(" *_#\u3000\xa0")
    if title.startswith("【") and title.find("】") == len(title) - 1:
        title = title[1:-1]
    title = title.rstrip(".。．(（- ")
    again = _SAID_AGAIN.fullmatch(title) if len(title) >= 2 * _SHORTEST_NAME else None
    return again[1] if again else title


def title_letters(folded: str) -> str:
    """The letters of a title, for comparing it with another."""
    title = _TITLE_HEAD.sub("", folded).strip()
    return _NO_LETTER.sub("", title[: _name_end(title)]).lower()


def _name_end(folded: str) -> int:
    """Where site name, page count and file ending begin."""
    m = _TITLE_TAIL.search(folded) if _TAIL_BEGINS.search(folded) else None
    return m.start() if m and m.start() > 1 else len(folded)
