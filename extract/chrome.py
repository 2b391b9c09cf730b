"""What is page and what is document (页面与文档): chrome set aside with its reason, and where an appended document begins.

The page is cut into pieces: one for the main document, one for each document that the site appends after it. Chrome is whole lines only;
what was injected into the middle of a sentence is the business of ``repair``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .appended import appended
from .fold import fold
from .furniture import furniture
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
    written_lines,
)
from .question_types import HEADING_WORDS, type_named
from .scan import Scan
from .sites import SITES

_CRUMB = re.compile(r"(?:当前位置|您现在的位置|您的位置|你的位置|首页) ?[:>›»]")
_LETTER = re.compile(r"[^\W_]")
# (2024年)...题库, 【自考】...真题: a title may open with a bracket that holds words
_BRACKET_TITLE = re.compile(r"[(\[](?!\d{1,3}[)\]]|单选|多选|判断|填空|简答|答案|解析|题干|题目|试题 ?\d|问题|材料|例|第)[\d\u4e00-\u9fff]{2,16}[)\]][^\n]{5,}$")  # noqa: E501
_HEADING = re.compile(
    r"第[一二三四五六七八九十\d]+(?:章|部分|节|卷|单元|套|篇)|参考?答案|姓名|目录$|(?:[一二三四五六七八九十]{1,2}[、.]|-、)"
    r"|(?:Part|PART|Section|SECTION|Passage|Chapter) (?:[A-Z]|\d{1,2}|[IVX]{1,4}|One|Two|Three|Four|Five)\b"
)
# the title at the head of a page in one paragraph: 高二历史期末考试试题注意事项:1.答题前...
_OPENING_TITLE = re.compile(
    r"(?:\d{1,2}[、 ])?(?P<t>[^\n。?!:;,_]{4,44}?(?:试题|(?<!本)试卷|[A-D甲乙]卷|练习题?|测[评验]|(?:测试|检测)[题卷]?|复习题|小测|真题"
    r"|学情评估|考试(?!时间))(?:[(]?[及与和含附带]?(?:参考)?答案(?:[及与和]?(?:解析|详解))?[)]?)?(?:[(][^()\n]{1,10}[)])?)"
    r"(?= ?(?:[^\s。,:]{0,6} ?本试卷|注意事项|考生|[一1]、|一\.|第 ?[一ⅠI1] ?[卷部章]"
    r"|姓名|班级|学校|题号|[(]? ?(?:满分|时间|考试时间|共)))"
)
_HEADING_BEHIND = re.compile(r"(?<=[^一二三四五六七八九十第(])一[、.](?=[^\n]{2,20}\([^)\n]{0,30}\d ?分)")  # 期末试卷一、基础知识(共30分)
_CUE = re.compile(r"[\[(]?(?:[\u4e00-\u9fff]{0,4}答案|解析|参考答案|正确答案|答|我的答案|难度|知识点|得分)")
_TYPE_LINE = re.compile(rf"(?:{HEADING_WORDS}) *(?:[(\[][^)\]]*[)\]])? *[:]?$")
_HEAD_LINES = 15
_LONGEST_HEAD = 200  # what is longer is no title, whatever is glued to it
_NO_TITLE = re.compile(
    r"阅读|根据|请|下列|[下上右左][图表](?!书)|读[图右左下上]|如图|材料|资料|背景|案情|问题$|要求$|姓名|班级|学号|考号|时间|考试时间|考试形式|课程|题量|满分|说明|注意|得分|题号|评卷|本试卷|该\[|\d+ ?/ ?\d+|提示$|作答"  # noqa: E501
)
# the name that a site gives to the page, not the title of the paper
_PAGE_NAME = re.compile(r"(?:作业|考试|试卷|答题|成绩|练习|测验|测试|试题)(?:详情|记录|结果|列表|中心|报告|回顾)$|^查看")
_SITE_NAME = re.compile(r"(?:资料|考试|试题|题库|教育|文档|学习|培训|职称|答案)网$")
# 第一单元测试 at the head of a page that has no second unit names the paper
_UNIT_TEST = re.compile(r"第[一二三四五六七八九十\d]+(?:单元|章|课)[^。?!:;,]{0,16}(?:测试|测验|检测|练习|复习|试)(?:题|卷|试卷|试题)?$")
_UNIT = re.compile(r"^ *第[一二三四五六七八九十\d]+(?:单元|章|课)", re.M)
_SHARED = re.compile(r"(?:《|该\[)([^《》\[\]\n]{4,80}?) ?(?:》由会员分享|\] ?是由\[)")  # how a sharing site names the file; the paper may have no title of its own
_SERIAL = re.compile(r" *1 ?[、.][. ]{0,2}")
_GOES_ON = re.compile(r" |[一1][、.]|第|[(\[]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of the page: its span, its clean title, its role; ``title_spans`` are the lines that state the title."""

    start: int
    end: int
    title: str | None
    role: str
    title_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """The documents of a page and the spans that are none (start, end, reason), in order."""

    pieces: tuple[Piece, ...]
    chrome: tuple[tuple[int, int, str], ...]
    folded: str  # the page's text, folded


def split(text: str, marks: tuple[Mark, ...], titles: tuple[str, ...], url: str | None) -> Split:
    """Cuts a page into chrome and documents. ``text`` is the mended text, ``marks`` are in its offsets."""
    folded = fold(text)
    site = next((s for s in SITES if url and any(h in url for h in s.hosts)), None)
    lines = written_lines(folded)
    if not lines:
        return Split((Piece(0, len(text), _first_title(titles), "main"),), (), folded)
    chrome = sorted(furniture(folded, lines, marks, site))
    crumbs = [clean_title(re.split(r"[>›»]", text[s:e])[-1]) for s, e in lines[:12] if _CRUMB.search(folded[s:e])]
    aside = {s for s, _, _ in chrome}
    kept = [line for line in lines if line[0] not in aside]
    related = next((s for s, e, reason in chrome if reason == "related documents" and any(k[0] > e for k in kept)), None)
    others = [(s, e) for s, e, reason in chrome if reason == "related questions"]
    boundaries = appended(folded, kept, related, others)
    first_end = boundaries[0][0] if boundaries else len(text)
    menu = max((s for s, e, reason in chrome if reason == "navigation" and s < first_end and (s, e) in lines[:8]), default=0)
    title, title_spans = _main_title(text, folded, [k for k in kept if k[1] <= first_end], marks, titles, crumbs, menu)
    shared = _SHARED.search(folded) if title is None and ("由会员分享" in folded or "是由[" in folded) else None
    if shared:
        title = clean_title(text[slice(*shared.span(1))])
        title_spans = [span for line in kept[:3] if (span := _glued_title(folded, *line, fold(title)))]
    if title is None and kept and (opening := _OPENING_TITLE.match(folded, kept[0][0], kept[0][1])):
        title, title_spans = clean_title(text[slice(*opening.span("t"))]), [opening.span("t")]
    chrome = sorted([*chrome, *_running_heads(folded, kept, title, title_spans)])
    pieces = [Piece(0, first_end, title, "main", tuple(title_spans))]
    for k, (start, end) in enumerate(boundaries):
        stop = boundaries[k + 1][0] if k + 1 < len(boundaries) else len(text)
        title = clean_title(text[start:end])
        pieces.append(Piece(start, stop, title, "related", ((start, end), *_again(text, end, stop, title))))
    return Split(tuple(pieces), tuple(chrome), folded)


def _again(text: str, end: int, stop: int, title: str) -> tuple[Span, ...]:
    """The title that an appended document repeats, glued to its first words."""
    at = end
    while at < stop and text[at] in " \n\u3000\xa0":
        at += 1
    return ((at, at + len(title)),) if title and text.startswith(title, at) else ()


def _glued_title(folded: str, start: int, end: int, title: str) -> Span | None:
    """The title at the head of a line that goes on (1、仓储管理复习题1、...), with the page's serial number before it."""
    serial = _SERIAL.match(folded, start, end)
    at = begin = serial.end() if serial else start
    for char in title:
        if at == end or folded[at] != char:
            break
        at += 1
    return (start, at) if at - begin >= 6 and (at == end or _GOES_ON.match(folded, at)) else None


def _running_heads(folded: str, lines: list[Span], title: str | None, title_spans: list[Span]) -> list[tuple[int, int, str]]:
    """Lines that print the title, or a part of it, again on every page (页眉)."""
    whole = title_letters(fold(title or ""))
    if len(whole) < 4:
        return []
    stated = {s for s, _ in title_spans}
    seen: dict[str, list[Span]] = {}
    for start, end in lines:
        begin = folded[start]  # most lines are long or begin with a character that the title does not hold
        if end - start > 60 or (begin.isalnum() and begin.lower()[:1] not in whole) or start in stated:
            continue
        first = _LETTER.search(folded, start, end)
        if first and first[0].lower()[:1] in whole:
            bare = title_letters(folded[start:end])
            if len(bare) >= 4 and bare in whole:
                seen.setdefault(bare, []).append((start, end))
    wrapped = _on_two_lines(folded, [span for span in lines[:_HEAD_LINES] if span[1] - span[0] <= 60], whole)
    return [(s, e, "running head") for s, e in wrapped] + [
        (s, e, "running head")
        for bare, spans in seen.items()
        if bare == whole or len(spans) >= 2 or (whole.startswith(bare) and len(bare) * 5 >= len(whole) * 3)
        for s, e in spans
        if not STARTS_LIKE_CONTENT.match(folded[s:e]) and (s, e) not in wrapped
    ]


def _on_two_lines(folded: str, lines: list[Span], title: str) -> list[Span]:
    """The lines that print the letters of a title in two parts, one right below the other."""
    found: list[Span] = []
    for (start, end), below in pairwise(lines):
        first = _LETTER.search(folded, start, end)
        if first and first[0].lower() == title[0]:  # few lines go on as the title begins
            part = title_letters(folded[start:end])
            if part != title and title.startswith(part) and part + title_letters(folded[slice(*below)]) == title:
                found += [(start, end), below]
    return found


def _first_title(titles: tuple[str, ...]) -> str | None:
    return next((clean_title(t) for t in titles if t.strip()), None)


_FIRST_CHAPTER = re.compile(r"(?<=\S) +(?=第[一1] ?章[^\n]{0,48}?1 ?[.、](?!\d))")
_SECOND_CHAPTER = re.compile(r"第[二2] ?章")
_GLUED_HEADING = Scan(
    rf"(?<=\S) +(?:[一二三]{{1,2}}[.、]|\([一1]\)|1 ?[.、:)]|第 ?1 ?题|(?=\[(?:{HEADING_WORDS})\] ?[(\[]?1 ?[.、:)\]]))"
    rf"|(?<=\S) +(?:{HEADING_WORDS})(?:\([^)\n]{{0,60}}\))? *(?=\(?1 ?[.、:)]|第 ?1 ?题)"
    rf"|(?<=[^\s、,第]) *(?:第[一1Ⅰ] ?(?:部分 ?:?|章|卷|大题)|[一Ⅰ1] ?[.、]|一 ?,) ?[^\n。?!,;:()\d]{{0,8}}?(?:{HEADING_WORDS})"
    r"|(?<=[卷题)])1 ?[.、](?!\d)|(?<=\S) *第[1一] ?卷 ?一[.、]"
    r"|(?<=\S) *[(](?:考试(?:形式|时间|方式)|闭卷|开卷|满分|答题时间)|(?<=\S) *(?:专业)?班级 ?[:_ ]"  # the header of the printed paper
)


def _before_question(folded: str, start: int, end: int) -> int:
    """The end of a head line, or where its first heading or question is glued on."""
    chapter = _FIRST_CHAPTER.search(folded, start, min(end, start + 80))
    if chapter and _SECOND_CHAPTER.search(folded, chapter.end()):
        end = chapter.start()
    m = _GLUED_HEADING.search(folded[start : min(end, start + _LONGEST_HEAD)])
    return start + m.start() if m else end


def _main_title(
    text: str, folded: str, lines: list[Span], marks: tuple[Mark, ...], titles: tuple[str, ...], breadcrumbs: list[str], menu: int
) -> tuple[str | None, list[Span]]:
    """The title of the page and its lines. ``menu`` is where the menu of the site stands: above it, the site names itself."""
    head = [(s, _before_question(folded, s, e)) for s, e in lines[:12]]
    letters = [title_letters(folded[s:e]) for s, e in head]
    outside = [title_letters(fold(t)) for t in titles if t.strip()]
    for k, (start, end) in enumerate(head):
        line, bare = folded[start:end].strip(), letters[k]
        if (
            len(bare) < 3
            or len(line) > 80
            or LETTERS_ALONE.fullmatch(line)
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
        content = STARTS_LIKE_CONTENT.match(line) and not _BRACKET_TITLE.match(line)
        if content or chapter or BLANK.search(line) or _TYPE_LINE.match(line):
            break
        bare = letters[k]
        if len(bare) < 3 or len(line) > 60 or _NO_TITLE.match(line):
            continue
        score = 3.0 * heading + 3.0 * (bare in outside) + 3.0 * (bare in crumbs) + 2.0 * bool(EXAM_WORDS.search(line)) - 0.3 * k
        score -= 5.0 * bool(_PAGE_NAME.search(line)) + 1.5 * (start < menu)
        if glued := _HEADING_BEHIND.search(folded, start, end):
            end = glued.start()
        score -= 2.0 * line.endswith(ENDS_LIKE_TEXT) + 1.5 * (k > 2) + 1.0 * bool(re.search(r"文库|网$|论坛", line)) + 3.0 * bool(_SITE_NAME.search(line))
        if score > (best[0] if best else -1.0):
            best = (score, (start, end))
    if best and (opening := _OPENING_TITLE.match(folded, best[1][0])):
        return clean_title(text[slice(*opening.span("t"))]), [opening.span("t")]
    if best:
        return clean_title(text[best[1][0] : best[1][1]]), [best[1]]
    return _first_title(titles) or next(iter(named), None), []
