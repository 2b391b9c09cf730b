"""What is page and not paper (页面杂质): lines of the site and of the printed sheet, each with the reason why it is set aside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from itertools import accumulate, groupby, pairwise, takewhile

from .figure_captions import figure_captions
from .line_start import LineStart
from .model import Mark
from .page_lines import BLANK, FILE_NAME, STARTS_LIKE_CONTENT, Span, is_title_line
from .scan import Scan
from .scoring_notes import scoring_notes
from .sites import SITES, Site
from .tails import tails

RELATED = re.compile(
    r"^ *(?:相关(?:文档|推荐|文章|阅读|资料|内容|搜索|主题)|最新文档|热门文档|猜你喜欢|您可能(?:还)?(?:感兴趣|关注)[^\n]{0,12}|你可能(?:还)?(?:喜欢|感兴趣)[^\n]{0,8}|(?:您|你)可能对[^\n]{2,12}感兴趣|为您推荐|推荐阅读|延伸阅读|大家都在看|喜欢此内容的人还(?:看过|喜欢)|(?:其[他它])?(?:类似|相似|相关)的?(?:问题|题目|试题)(?:推荐)?)[ :：]*(?:最新文档|相关文档|更多>*)? *$"  # noqa: E501
)
_LONG = 200
_ASKS = 60  # characters of a line that holds a blank or numbers and is no line of a site
_BEFORE_WORDS = re.compile(r"(?<!\[)\^(?:\(\?!.{0,60}?\]\))?\[\^[^\]]*\]\{0,\d+\}")
_ASKED = re.compile(rf"{BLANK.pattern}|[?] *$|[(] *[√×对错A-H] *[)][。.]?(?: |$)")
_NUMBERED = re.compile(r"[ 。)]1 ?[.、](?!\d).*[ 。)]2 ?[.、](?!\d)")  # a page in one short paragraph
_WORD = 6
_HEAD, _TAIL = 25, 12  # lines at the ends of a page
_BEFORE = re.compile(r"\^\[\^\\n\]\{0,\d+\}")  # what may stand before the words of a pattern, from the line's beginning on
_MENU_WORD = re.compile(r" *[\u4e00-\u9fff]{2,6} *")
_FOLIO = LineStart(r" *(\d{1,3}) *$")
_NUMBERED_LINE = re.compile(r" *(?:[(]?\d{1,4} ?[.、)](?!\d\d)|(?:题目|第|[QT]) ?\d{1,4})")
_BOX_WORD = re.compile(
    r"题 ?号|得 ?分|(?:评卷|阅卷|评阅|改卷) ?(?:教师|老师)|评 ?[卷阅] ?人|阅 ?卷 ?人"
    r"|复 ?核 ?人|评 ?分 ?人|核 ?分 ?人|统分人|总 ?分|合 ?计|[一二三四五六七八九十]{1,2}"
)
_BOX_ROW = LineStart(rf"[ |]*(?:{_BOX_WORD.pattern})(?:[ |]+(?:{_BOX_WORD.pattern}))*[ |]*$")
_BOX_SURE = frozenset(
    {"评卷人", "评阅人", "评卷教师", "阅卷教师", "评阅教师", "阅卷人", "题号", "总分", "复核人", "评分人", "核分人", "统分人"}
)
_ORDINAL_NEXT = re.compile(r"\s*[一二三四五六七八九十]{1,2} ?[、.]")
_LEAST_BOXES = 2
_SHORTEST_PAGE = 8  # lines
_LETTER_ROW = LineStart(r" *A {1,8}B {1,8}C(?: {1,8}D(?: {1,8}E(?: {1,8}F)?)?)? *$")
_GRID = LineStart(  # 题号 1 2 3 / 答案, for the taker to fill in; 答题栏 may stand over it
    r"(?: *(?:答 ?[题案] ?[栏卡表区]) *\n+)? *题 ?号(?:[ |]+\d{1,3})+[ |]*\n+ *答 ?案[ |]*(?=\n(?!\s*(?:[A-H√×|]|对|错|正确)))"
)
_LEAST_ROWS = 3
_TEASER = re.compile(
    r"[^\n]{2,80}?_[^\n_]{2,16}(?:_[^\n_]{1,24}){0,3}专区 ?[。:]?|(?:内容|文档|资料|正文)(?:提示|简介|介绍|摘要|预览) ?:|(?:摘要|简介) ?:"
)
_SAME = 10  # letters at either end of a teaser that stand again below
_REACH = 400
_BARE_LETTER = re.compile(r"[A-H](?=[ \u4e00-\u9fff])")
_NO_LETTER = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"[a-z0-9]\.(?:com|cn|net|org)(?![a-z])", re.I)
_ANSWER_ABOVE = re.compile(r"答 ?案[^\n]{0,4}$")
_OPEN_FIELD = re.compile(r"(?<!:\n)(?:^|(?<=\n)) *[(]?[A-H][.、)]? *$|: *$")  # not the A below 答案:


def furniture(folded: str, lines: list[Span], marks: tuple[Mark, ...], site: Site | None) -> list[tuple[int, int, str]]:
    """The lines to set aside (start, end, reason), in no order; ``lines`` are the spans of the lines that hold text."""
    found: list[tuple[int, int, str]] = []
    kinds = [kind for s in SITES if s is site or not s.hosts for kind in s.lines]
    of_items = [kind for kind in kinds if kind.beside_items]
    of_long = [kind for kind in kinds if kind.long]
    folios = {m.start for m in marks if m.kind == "folio"}
    behind = tails(folded, lines)
    until = {end: start for start, end, _ in behind}  # a line that holds the tail is judged by what stands before it
    rows = [folded[start : until.get(end, end)].strip() for start, end in lines]
    size = len(lines)
    ends = sorted({*range(min(_HEAD, size)), *range(max(0, size - _TAIL), size)})
    anywhere = _lines_that_say(tuple(_BEFORE.sub("", kind.pattern.pattern) for kind in kinds if not kind.edge), rows)
    at_ends = _lines_that_say(tuple(kind.pattern.pattern for kind in kinds if kind.edge), [rows[k] for k in ends])
    for k in sorted({*anywhere, *(ends[i] for i in at_ends), *(k for k, (start, _) in enumerate(lines) if start in folios)}):
        line, (start, end) = rows[k], lines[k]
        if start in folios:
            found.append((start, end, "page folio"))
            continue
        inner = _HEAD <= k < size - _TAIL
        opened = k > 0 and len(line) <= _WORD and _OPEN_FIELD.search(rows[k - 1]) is not None  # A. / 登录: the text of an option
        item = STARTS_LIKE_CONTENT.match(line) or (len(line) > _ASKS and _NUMBERED.search(line)) or (k and _next_option(rows[k - 1], line))
        if item and _ASKED.search(line):
            continue  # 2. 没有约定的，版权归（ ）所有。
        blank = len(line) > _ASKS and BLANK.search(line)
        for kind in of_long if len(line) > _LONG else of_items if item or blank else kinds:
            if not opened and not (inner and kind.edge) and kind.pattern.search(line):
                found.append((start, end, kind.reason))
                break
    found += _menu(folded, lines)
    found += _score_boxes(folded, lines)
    found += _letter_rows(folded, lines)
    found += figure_captions(folded, lines)
    found += scoring_notes(folded, lines)
    for m in _GRID.finditer(folded) if "号" in folded and "案" in folded else ():
        found += [(s, e, "answer grid") for s, e in lines if m.start() <= s < m.end()]
    found += _said_again(rows, lines)
    found += _teasers(folded, rows, lines)
    known = {s for s, _, _ in found}
    found += [f for f in (*_further_titles(folded, lines), *_page_links(folded, lines)) if f[0] not in known]
    known = {s for s, _, _ in found}
    found += [f for f in behind if f[0] not in known]
    return [*found, *_bare_folios(folded, lines), *_file_list(folded, lines, known)]


def _next_option(above: str, line: str) -> bool:
    """Whether a line begins with the letter that follows the one above it, neither with a sign: C 备份 / D 不扫描二维码."""
    said, before = _BARE_LETTER.match(line), _BARE_LETTER.match(above)
    return said is not None and before is not None and ord(said[0]) == ord(before[0]) + 1


def _lines_that_say(patterns: tuple[str, ...], rows: list[str]) -> set[int]:
    """The lines in which one of the patterns may match, and hardly any other: one scan of all lines in place of a search of each."""
    begins = list(accumulate((len(row) + 1 for row in rows), initial=0))
    return {bisect_right(begins, at) - 1 for at in _any_of(patterns).starts("\n".join(rows))}


@cache
def _any_of(patterns: tuple[str, ...]) -> Scan:
    """One scan of a text for all patterns of its lines; what may stand between a line's beginning and what it says is left to them."""
    patterns = tuple(_BEFORE_WORDS.sub("", pattern) for pattern in patterns)
    return Scan(re.sub(r"(?<!\[)\^", r"(?:^|(?<=\\n))", "|".join(patterns)).replace("$", r"(?=\n|\Z)"))


def _page_links(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The numbers of pages between 上一页 and 下一页, a line each, at the end of a page, and those of the questions below 答题卡."""
    words = [folded[s:e].strip() for s, e in lines[-30:]]
    if "答题卡" in words:
        k = words.index("答题卡") + 1
        return [(s, e, "navigation") for s, e in lines[-30:][k:]] if all(w.replace(" ", "").isdigit() for w in words[k:]) else []
    if "上一页" not in words or "下一页" not in words:
        return []
    first, last = words.index("上一页"), len(words) - 1 - words[::-1].index("下一页")
    between = words[first + 1 : last]
    return [(s, e, "navigation") for s, e in lines[-30:][first + 1 : last]] if all(w.isdigit() or w == "..." for w in between) else []


def _further_titles(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """Below 相关推荐 at the end of a page: titles of other pages, a short line each; a document that follows is another matter."""
    for k in range(len(lines) - 1, max(0, len(lines) - 25), -1):
        if RELATED.search(folded[slice(*lines[k])]):
            rest = lines[k + 1 :]
            plain = all(is_title_line(folded[s:e].strip()) and not BLANK.search(folded, s, e) for s, e in rest)
            return [(s, e, "related documents") for s, e in rest] if plain else []
    return []


def _menu(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The menu of a site at the head: from 首页 on, four words or more, a line each."""
    for k, (start, end) in enumerate(lines[:4]):
        if folded[start:end].strip() != "首页":
            continue
        run = list(takewhile(lambda line: _MENU_WORD.fullmatch(folded, *line) is not None, lines[k:]))
        return [(s, e, "navigation") for s, e in run] if len(run) >= 4 else []
    return []


def _score_boxes(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The boxes that a printed paper sets before its sections (得分 评卷人) and at its head (题号 一 二 总分), a row or a cell a line."""
    found: list[tuple[int, int, str]] = []
    lone: list[Span] = []  # 得分 alone on its line
    ends = {m.end() for m in _BOX_ROW.finditer(folded)}
    for boxed, run in groupby(lines, lambda line: line[1] in ends) if ends else ():
        rows = list(run)
        words = _BOX_WORD.findall(folded, rows[0][0], rows[-1][1]) if boxed else []
        if len(words) >= 2 and any(w in _BOX_SURE for w in words):
            found += [(s, e, "score box") for s, e in rows]
        elif words == ["得分"]:
            lone.append(rows[0])
    above = [line for line in lone if _ORDINAL_NEXT.match(folded, line[1])]
    return [*found, *((s, e, "score box") for s, e in above)] if len(above) >= _LEAST_BOXES else found


def _letter_rows(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The letters to click below each question of a course site (A B C D E), a row a question; below 答案 they would be an answer."""
    ends = {m.end() for m in _LETTER_ROW.finditer(folded)}
    if len(ends) < _LEAST_ROWS:
        return []
    rows = [(k, line) for k, line in enumerate(lines) if line[1] in ends]
    answers = any(k and _ANSWER_ABOVE.search(folded, *lines[k - 1]) for k, _ in rows)
    return [] if answers else [(s, e, "quiz widget") for _, (s, e) in rows]


def _teasers(folded: str, rows: list[str], lines: list[Span]) -> list[tuple[int, int, str]]:
    """The first words of the document, run together above it in a line that names the file or says 内容提示: they stand again below."""
    found: list[tuple[int, int, str]] = []
    for row, (start, end) in zip(rows[:_HEAD], lines, strict=False):
        m = _TEASER.match(row) if len(row) > _SAME else None
        if m is None:
            continue
        said = _NO_LETTER.sub("", row[m.end() :])
        below = _NO_LETTER.sub("", folded[end : end + 2 * len(row) + _REACH])
        if len(said) >= _SAME and said[:_SAME] in below and said[-_SAME - 2 : -2] in below:
            found.append((start, end, "caption"))
    return found


def _said_again(rows: list[str], lines: list[Span]) -> list[tuple[int, int, str]]:
    """Short lines with the address of a site that a page prints again and again (某某资源网 www...)."""
    short = [k for k, row in enumerate(rows) if "." in row and len(row) <= 40]
    if not _ADDRESS.search("\n".join(rows[k] for k in short)):
        return []
    named = [k for k in short if _ADDRESS.search(rows[k])]
    often = Counter(rows[k] for k in named)
    again = [k for k in named if often[rows[k]] >= 2]
    return [(*lines[k], "watermark") for k in again if not STARTS_LIKE_CONTENT.match(rows[k]) and not BLANK.search(rows[k])]


def _file_list(folded: str, lines: list[Span], aside: set[int]) -> list[tuple[int, int, str]]:
    """The names of other files that a page lists at its very end, a line each."""
    found: list[tuple[int, int, str]] = []
    for start, end in reversed(lines):
        line = folded[start:end].strip()
        if FILE_NAME.search(line) and len(line) <= 60 and not STARTS_LIKE_CONTENT.match(line):
            found.append((start, end, "related documents"))
        elif start not in aside:
            break
    return found


def _bare_folios(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """Page numbers alone on their lines (页码): 1, 2, 3 ... pages apart, on a page whose questions have their own numbers.

    Where other numbers stand alone, too, the pages must be of one length.
    """
    alone = [(bisect_right(lines, (m.start(1), len(folded))) - 1, int(m[1])) for m in _FOLIO.finditer(folded)]
    chain = alone[:1]
    for k, n in alone[1:]:
        apart = k - chain[-1][0] >= _SHORTEST_PAGE or k == len(lines) - 1  # the last page may be short
        if apart and n == chain[-1][1] + 1:
            chain.append((k, n))
        elif len(chain) == 1:
            chain = [(k, n)]
    if len(chain) < 3 or any(k and _OPEN_FIELD.search(folded[lines[max(0, k - 2)][0] : lines[k - 1][1]]) for k, _ in chain):
        return []
    pages = [b - a for (a, _), (b, _) in pairwise(chain) if b < len(lines) - 1]
    even = len(pages) > 1 and max(pages) <= 2 * min(pages)
    numbered = sum(_NUMBERED_LINE.match(folded, s) is not None for s, _ in lines)
    sure = numbered >= len(chain) if even else numbered >= 2 * len(chain) and len(chain) == len(alone)
    return [(*lines[k], "page folio") for k, _ in chain] if sure else []
