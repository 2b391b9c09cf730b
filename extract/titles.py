"""What the document of a page is called (标题): its title at the head, on the way to it, or where the site names the file."""

from __future__ import annotations

import re

from .fold import fold
from .key_signs import key_begins
from .model import Mark
from .page_lines import (
    BLANK,
    ENDS_LIKE_TEXT,
    EXAM_WORDS,
    LETTERS_ALONE,
    STARTS_LIKE_CONTENT,
    Span,
    clean_title,
    title_letters,
)
from .question_types import HEADING_WORDS, type_named
from .scan import Scan

_CRUMB = re.compile(r"(?:当前位置|您现在的位置|您的位置|你的位置|首页) ?[:>›»]")
# (2024年)...题库, 【自考】...真题: a title may open with a bracket that holds words
_BRACKET_TITLE = re.compile(r"[(\[](?!\d{1,3}[)\]]|单选|多选|判断|填空|简答|答案|解析|题干|题目|试题 ?\d|问题|材料|例|第)(?:[Ww]ord|[\d\u4e00-\u9fff]){2,16}[)\]][^\n]{5,}$")  # noqa: E501
_HEADING = re.compile(
    r"第[一二三四五六七八九十\d]+(?:章|部分|节|卷|单元|套|篇)|参考?答案|姓名|目录$|(?:[一二三四五六七八九十]{1,2}[、.]|-、)"
    r"|(?:Part|PART|Section|SECTION|Passage|Chapter) (?:[A-Z]|\d{1,2}|[IVX]{1,4}|One|Two|Three|Four|Five)\b"
)
# the title at the head of a page in one paragraph: 高二历史期末考试试题注意事项:1.答题前...
_OPENING_TITLE = re.compile(
    r"(?:\d{1,2}[、 ])?(?P<t>[^\n。?!:;,_]{4,44}?(?:试题|(?<!本)试卷|[A-D甲乙]卷|练习题?|测[评验]|(?:测试|检测)[题卷]?|复习题|小测|真题卷?"
    r"|(?<!参考)题库|学情评估|考试(?!时间))(?:[(]?[及与和含附带]?(?:参考)?答案(?:[及与和]?(?:解析|详解))?[)]?)?(?:[(][^()\n]{1,10}[)])?)"
    r"(?= ?(?:[^\s。,:]{0,6} ?本试卷|注意事项|考生|[一1]、|一\.|第 ?[一ⅠI1] ?[卷部章]"
    r"|姓名|班级|学校|题号|[(]? ?(?:满分|时间|考试时[间长]|共)))"
)
_HEADING_BEHIND = re.compile(r"(?<=[^一二三四五六七八九十第(])一[、.](?=[^\n]{2,20}\([^)\n]{0,30}\d ?分)")  # 期末试卷一、基础知识(共30分)
_CUE = re.compile(r"[\[(]?(?:[\u4e00-\u9fff]{0,4}答案|解析|参考答案|正确答案|答|我的答案|难度|知识点|得分)")
_TYPE_LINE = re.compile(rf"[一二三四五六七八九十]?(?:{HEADING_WORDS}) *(?:[(\[][^)\]]*[)\]])? *[:]?$")
_OF_KEY = re.compile(r"(.{2,40}?)(?:参考|标准)?答案")
_WORD = re.compile("[A-Za-z]+")  # alone on its line, on pages that print each word so
_LONGEST_LINE = 100
_APART = re.compile(r"(?<=[^\s(\[_]) +(?=[^\s)\]_])(?!.*[^\s(\[_] +[^\s)\]_])")  # the last blank that is not part of one to fill
_LONGEST_SENTENCE = 30  # that may stand for a title
_LONGEST_HEAD = 200  # what is longer is no title, whatever is glued to it
_NO_TITLE = re.compile(
    r"阅读|根据|请|下列|[下上右左][图表](?!书)|读[图右左下上]|如图|材料|资料|背景|案情|问题$|要求$|姓名|班级|学号|考号|时间|考试时间|考试范围|考试形式|课程|题量|满分|说明|注意|得分|题号|评卷|本试卷|该\[|\d+ ?/ ?\d+|\d{1,3} ?[-~至] ?\d{1,3} ?题|提示$|作答|※|题目内容$|题库首页$|-? ?\d{4}-\d{1,2}-\d{1,2}(?: ?\d\d:\d\d(?::\d\d)?)? ?(?:发布|上传)?$|- [\d.]+ ?[KMG]B$"  # noqa: E501
    r"|[^\n]*(?:完成|回答|解答)(?:下面|下列|以下|后面)[^\n]{0,6}(?:题|要求)[。.:]?(?:\([^()\n]{0,6}分\))?$"
)
# the name that a site gives to the page, not the title of the paper
_PAGE_NAME = re.compile(r"(?:作业|考试|试卷|答题|成绩|练习|测验|测试|试题)(?:详情|记录|结果|列表|中心|报告|回顾)$|^查看")
_SITE_NAME = re.compile(r"(?:资料|考试|试题|题库|教育|文档|学习|培训|职称|答案)网$")
# 第一单元测试 at the head of a page that has no second unit names the paper
_UNIT_TEST = re.compile(r"第[一二三四五六七八九十\d]+(?:单元|章|课)[^。?!:;,]{0,16}(?:测试|测验|检测|练习|复习|试)(?:题|卷|试卷|试题)?$")
_UNIT = re.compile(r"^ *第[一二三四五六七八九十\d]+(?:单元|章|课)", re.M)
_SHARED = re.compile(
    r"(?:《|该\[)([^《》\[\]\n]{4,80}?) ?(?:》由会员分享|\] ?是由\[)"
)  # how a sharing site names the file; the paper may have no title of its own
_SERIAL = re.compile(r" *1 ?[、.][. ]{0,2}")
_GOES_ON = re.compile(r" |[一1][、.]|第|[(\[]")


def title_of(
    text: str, folded: str, top: list[Span], lines: list[Span], marks: tuple[Mark, ...], titles: tuple[str, ...], menu: int
) -> tuple[str | None, list[Span]]:
    """The title of the page and the lines that state it; ``top`` are its first lines with their chrome, ``lines`` those of the document.

    ``menu`` is where the menu of the site stands: above it, the site names itself.
    """
    crumbs = [clean_title(re.split(r"[>›»]", text[s:e])[-1]) for s, e in top if e - s <= _LONGEST_CRUMBS and _CRUMB.search(folded[s:e])]
    title, spans = _main_title(text, folded, lines, marks, titles, crumbs, menu)
    shared = _SHARED.search(folded) if title is None and ("由会员分享" in folded or "是由[" in folded) else None
    if shared:
        title = clean_title(text[slice(*shared.span(1))])
        spans = [span for line in lines[:3] if (span := _glued_title(folded, *line, fold(title)))]
    if title is None and lines and (opening := _OPENING_TITLE.match(folded, *lines[0])):
        title, spans = clean_title(text[slice(*opening.span("t"))]), [opening.span("t")]
    return title, spans


def _glued_title(folded: str, start: int, end: int, title: str) -> Span | None:
    """The title at the head of a line that goes on (1、仓储管理复习题1、...), with the page's serial number before it."""
    serial = _SERIAL.match(folded, start, end)
    at = begin = serial.end() if serial else start
    for char in title:
        if at == end or folded[at] != char:
            break
        at += 1
    return (start, at) if at - begin >= 6 and (at == end or _GOES_ON.match(folded, at)) else None


def first_title(titles: tuple[str, ...]) -> str | None:
    """The first of the titles that the container names."""
    return next((clean_title(t) for t in titles if t.strip()), None)


_FIRST_CHAPTER = re.compile(r"(?<=\S) +(?=第[一1] ?章[^\n]{0,48}?1 ?[.、](?!\d))")
_SECOND_CHAPTER = re.compile(r"第[二2] ?章")
_GLUED_HEADING = Scan(
    rf"(?<=\S) +(?:[一二三]{{1,2}}[.、]|\([一1]\)|1 ?[.、:)]|第 ?1 ?题|(?=\[(?:{HEADING_WORDS})\] ?[(\[]?1 ?[.、:)\]]))"
    rf"|(?<=\S) +(?:{HEADING_WORDS})(?:\([^)\n]{{0,60}}\))? *(?=\(?1 ?[.、:)]|第 ?1 ?题)"
    rf"|(?<=[卷习验测试题库])(?:{HEADING_WORDS})(?<=[题释])(?:\([^)\n]{{0,60}}\))?(?=\(1\)|1[.、](?!\d|docx?|pdf|wps|txt|pptx?)|第1题)"
    rf"|(?<=[^\s、,第]) *(?:第[一1Ⅰ] ?(?:部分 ?:?|章|卷|大题)|[一二三四五六Ⅰ1] ?[.、]|一 ?,) ?[^\n。?!,;:()\d]{{0,8}}?(?:{HEADING_WORDS})"
    r"|(?:(?<=[卷题)])|(?<=题库|考试|竞赛|答案))(?:1 ?[.、](?!\d|docx?|pdf|wps|txt|pptx?)|第 ?1 ?题(?=[ .、:]))"
    r"|(?<=\S) *第[1一] ?卷 ?一[.、]|(?<=\S) *[(\[] ?[√×] ?[)\]](?= ?1 ?[.、])"
    r"|(?<=\S) +[(\[]?A ?[.、:)\]](?=[^\n]* [(\[]?B ?[.、:)\]])"  # options above the questions that share them
    r"|(?<=\S) +(?:(?:[(\[] ?(?:第 ?)?|问题 ?)\d{1,3} ?[-~至] ?\d{1,3} ?(?:小?题|[)\]]| ?A ?[.、]))"
    r"|(?<=\S) *\(图片大小可[^()\n]{0,8}\)|(?<=\S) *题[型号] ?(?=一[ |]?二)"
    r"|(?<=\S) *(?:注意事项|考生注意|考生须知|答题须知)[)\]]?:? ?(?=[(]?1 ?[.、)])"
    r"|(?<=\S) *题 ?号 ?[一1] ?[二2]"
    r"|(?<=\S) *[(](?:考试(?:形式|时间|方式)|闭卷|开卷|满分|答题时间|总分 ?:)|(?<=\S) *(?:专业)?班级 ?[:_ ]"  # the header of the paper
)


_CAPTION = re.compile(r" *(?:资源|文档|资料|内容|文件)(?:简介|介绍|描述|摘要) +(?=\S)")  # of the site, glued before the title
_BARE_FIRST = re.compile(r" *1(?= ?-? ?[\u4e00-\u9fff“《\[(])")
_BARE_SECOND = re.compile(r" *2(?= ?-? ?[\u4e00-\u9fff“《\[(])")
_FIRST_REACH, _FIRST_OPTION = 10, 16  # lines, characters


def _first_question(folded: str, lines: list[Span], k: int, end: int) -> bool:
    """Whether what opens with a bare 1 and ends at ``end`` stands right before option A, or not far above a line that opens with 2 so."""
    if not _BARE_FIRST.match(folded, lines[k][0], end):
        return False
    if _OPTIONS.match(folded[end : end + _FIRST_OPTION].lstrip(" \n○◯")):
        return True
    return any(_BARE_SECOND.match(folded, s, e) for s, e in lines[k + 1 : k + _FIRST_REACH])


_LONGEST_CRUMBS = 200  # in a page in one paragraph, the page itself stands behind them
_OPTIONS = re.compile(r"[(\[□☐☑○]? ?[Aa] ?[.、:)\]]|A +[\d\u4e00-\u9fff]|A(?=\d)")


def _before_question(folded: str, start: int, end: int) -> int:
    """The end of a head line, or where its first heading or question is glued on."""
    chapter = _FIRST_CHAPTER.search(folded, start, min(end, start + 80))
    if chapter and _SECOND_CHAPTER.search(folded, chapter.end()):
        end = chapter.start()
    m = _GLUED_HEADING.search(folded[start : min(end, start + _LONGEST_HEAD)])
    end = start + m.start() if m else end
    stop = folded.find("。", start, end - 1) if end - start <= _LONGEST_LINE else -1
    blank = _APART.search(folded, start, stop) if stop > 0 else None  # a wrapped page: its title, and the first sentence behind it
    return blank.start() if blank else end


def _main_title(
    text: str, folded: str, lines: list[Span], marks: tuple[Mark, ...], titles: tuple[str, ...], breadcrumbs: list[str], menu: int
) -> tuple[str | None, list[Span]]:
    """The title that the head of the page states, and its lines."""
    lines = [(m.end() if (m := _CAPTION.match(folded, s, e)) else s, e) for s, e in lines[:12]] + lines[12:]
    head = [(s, _before_question(folded, s, e)) for s, e in lines[:12]]
    over_key = _OF_KEY.fullmatch(text[slice(*head[0])].strip()) if head else None
    if over_key and key_begins(folded, head[0][1]) == 2:  # the key stands before the paper
        return clean_title(over_key[1]), []
    letters = [title_letters(folded[s:e]) for s, e in head]
    outside = [title_letters(fold(t)) for t in titles if t.strip()]
    for k, (start, end) in enumerate(head):
        line, bare = folded[start:end].strip(), letters[k]
        if _OPTIONS.match(line):
            break  # what is said again below is the end of an option that a wrap cut off
        if (
            len(bare) < 3
            or len(line) > 80
            or LETTERS_ALONE.fullmatch(line)
            or _WORD.fullmatch(line)
            or (len(line) <= 16 and type_named(line))
            or _HEADING.match(line)
            or line.endswith(ENDS_LIKE_TEXT)
            or _CUE.match(line)
            or _NO_TITLE.match(line)
        ):
            continue
        if bare in letters[k + 1 :] and not (STARTS_LIKE_CONTENT.match(line) and not _BRACKET_TITLE.match(line)):
            return clean_title(text[start:end]), [span for span, said in zip(head, letters, strict=True) if said == bare]
    crumbs = [title_letters(fold(c)) for c in breadcrumbs]
    named = [c for c in breadcrumbs if len(c) >= 6 and EXAM_WORDS.search(c)]
    if named and any(title_letters(folded[s:e]).startswith(title_letters(fold(named[0]))) for s, e in lines[:40]):
        return named[0], []
    unnamed = any(_PAGE_NAME.search(t.strip()) for t in titles)
    best: tuple[float, Span] | None = None
    for k, (start, end) in enumerate(head[:9]):
        line = folded[start:end].strip()
        heading = any(m.kind == "heading" and m.start <= start < m.end for m in marks)
        unit_test = k == 0 and _UNIT_TEST.match(line) is not None and len(_UNIT.findall(folded)) == 1
        chapter = _HEADING.match(line) and not (heading and unnamed) and not unit_test
        content = (STARTS_LIKE_CONTENT.match(line) and not _BRACKET_TITLE.match(line)) or _first_question(folded, lines, k, end)
        if content or chapter or BLANK.search(line) or _TYPE_LINE.match(line):
            break
        bare = letters[k]
        if len(bare) < 3 or len(line) > 60 or _NO_TITLE.match(line) or line.endswith((":", ",")):
            continue
        if len(line) > _LONGEST_SENTENCE and line.endswith("。"):
            continue
        score = 3.0 * heading + 3.0 * (bare in outside) + 3.0 * (bare in crumbs) + 2.0 * bool(EXAM_WORDS.search(line)) - 0.3 * k
        score -= 5.0 * bool(_PAGE_NAME.search(line)) + 1.5 * (start < menu)
        if glued := _HEADING_BEHIND.search(folded, start, end):
            end = glued.start()
        score -= 2.0 * line.endswith(ENDS_LIKE_TEXT) + 1.5 * (k > 2) + 1.0 * bool(re.search(r"文库|网$|论坛", line))
        score -= 3.0 * bool(_SITE_NAME.search(line))
        if score > (best[0] if best else -1.0):
            best = (score, (start, end))
    if best and (opening := _OPENING_TITLE.match(folded, best[1][0])):
        return clean_title(text[slice(*opening.span("t"))]), [opening.span("t")]
    if best:
        return clean_title(text[best[1][0] : best[1][1]]), [best[1]]
    return first_title(titles) or next(iter(named), None), []
