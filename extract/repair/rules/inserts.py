"""Text put into sentences by sites and printers (插入文字): watermarks, page folios; only the words themselves go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ...scan import Scan
from .. import tables
from ..rule import Find, Page, Rule, each, put

_FOLIO = re.compile(r"[-—–]*[ ]?(?:本?试[卷题])?第[ ]?(\d{1,4})[ ]?页[ ]?[,，/(（|]?[ ]?[共总][ ]?(\d{1,4})[ ]?页[)）]?[ ]?[-—–]*")
_ITS_MIDDLE = re.compile(r"第[ ]?\d{1,4}[ ]?页[ ]?[,，/(（|]?[ ]?[共总]")
_FOOT = re.compile(  # 英语试卷(三) 第1页(共8页)
    r"(?![（(]?\d{1,3}[）)]?[.．、])[^\n。？！?!；;]{0,20}(?:卷|试题|学年|测试|考试|练习|年级)[^\n。？！?!；;]{0,12}"
)
_PAGE_NUMBERS = (  # - 3 -, 第3页
    re.compile(r"[-—–](?:[ ](?P<n>\d{1,3})[ ][-—–]|(?P<m>\d{1,3})[-—–](?!\d))(?![-—–])[ ]?"),
    re.compile(r"第[ ]?(?P<n>\d{1,3})(?P<m>)[ ]?页(?![ ]?[,，/(（]?[ ]?[共总第])[ ]?"),
)
_OF_PAGES = re.compile(
    r"(?<![\d/.])(\d{1,3})[ ]?/[ ]?(\d{1,3})(?![\d/.%])"
    r"(?![ ]?[(（\[【]?(?:[单多判填简]|不定|[一-鿿]{2}题)|[ ]?[一-鿿]?[）)])"
)
_JOINED = re.compile(r"[\dA-Za-z=+*/×÷<>—–-][ ]?$")  # what a dash may join to a number
_PAGES, _PAGE, _MISSED = 3, 200, 3  # so many that count on, so many characters apart, by so much at most
_ENDS_TEXT = re.compile(r"[\u4e00-\u9fff）)。？?_] ")
_BEGINS_MARK = re.compile(
    r" ?(?:[(（]?\d{1,3} ?(?:[)）][.．、]?|[.．、](?!\d))|第 ?\d{1,3} ?题"
    r"|[（(\[]?[A-H](?:[.．、:：]|[)）\]])|[（(]?[一二三四五六七八九十]{1,2}[)）.．、]"
    r"|[【\[][\u4e00-\u9fff]|(?:参考|正确|标准)?答案|答[:：]|(?:解析|知识点|难度)[:：])"
)
_REFERS = re.compile(r"[见在到至看查于翻写阅从印是为及和或][ ]?$")
_CITES = re.compile(r"[见在到至看查于翻写阅从印是为及和或章节材书版册论》][ ]?$")  # 教材第242页
_WHOLE = re.compile(r"[)）。?？!！;；_]")
# 1.?A. ten ?B. twenty: the blanks behind numbers and labels; and those within English words, once these tell
_AT_MARKS = Scan(
    r"(?<=\d[.．、])[?？](?=[^\s?？])|(?<=[A-D][.．、])[?？](?=[^\s?？])(?![?？][A-H][.．、])|(?<= )[?？](?=[B-H][.．、])"
)
_FOR_BLANK = re.compile(_AT_MARKS.pattern + r"|(?<=[A-Za-z,’'])[?](?=[a-z_])|(?<=[A-D]\. )[?](?=[A-Za-z])")
_LEAST_BLANKS = 4
_DOT = re.compile(r"[.．](?<=的.)(?=[\u4e00-\u9fff])")

_PAIRS = "(?:[A-Z](?:10|[1-9])){7}"  # what some collections put behind every answer: C, H and Z with seven letters and figures each
_CODE = re.compile(f"C{_PAIRS}H{_PAIRS}Z{_PAIRS}")


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], re.Pattern[str], int], ...]:
    """The rows of watermarks.tsv: pieces of which a match holds one, the pattern, how often it must stand on the page."""
    return tuple((tuple(row[2].split("|")), re.compile(row[0]), int(row[1])) for row in tables.rows("watermarks"))


def _watermarks(page: Page) -> Iterator[Find]:
    text = page.text
    for pieces, pattern, least in _phrases():
        if not any(page.letters.issuperset(piece) and piece in text for piece in pieces):
            continue
        matches = list(pattern.finditer(text))
        for m in matches:
            left, right = text[max(0, m.start() - 1) : m.start()], text[m.end() : m.end() + 1]
            if left in ("", "\n") and right in ("", "\n"):
                continue  # a line of its own is set aside as a whole, not deleted
            if left and left in "“《「‘\"":
                continue  # a quoted phrase is spoken of
            sure = None if len(matches) >= least else 0.7
            yield Find(m.start(), m.end(), "", f"文库网站的水印，全页 {len(matches)} 处", sure)


def _folios(page: Page) -> Iterator[Find]:
    """``第3页共8页`` inside a line: behind the mark that ends it, or where the page shows two or more, the same total, rising."""
    text = page.text
    matches = list(_FOLIO.finditer(text)) if _ITS_MIDDLE.search(text) else []
    for m in matches:
        if _FOOT.fullmatch(text, text.rfind("\n", 0, m.start()) + 1, m.start()):
            continue  # the whole line is the page's foot
        if int(m[1]) <= int(m[2]) and _WHOLE.match(text[max(0, m.start() - 1) : m.start()]) and text[m.end() : m.end() + 1] in ("", "\n"):
            yield Find(m.start(), m.end(), "", "题末标点之后、行末的页脚")
    if len(matches) < 2:
        return
    total = Counter(m[2] for m in matches).most_common(1)[0][0]
    ours = [m for m in matches if m[2] == total]
    numbers = [int(m[1]) for m in ours]
    if len(ours) < 2 or numbers != sorted(numbers) or numbers[-1] > int(total) or len(set(numbers)) < len(numbers):
        return
    heads = [text[text.rfind("\n", 0, m.start()) + 1 : m.start()] for m in ours]
    often = Counter(heads)
    for m, head in zip(ours, heads, strict=True):
        alone = (not head or often[head] > 1) and text[m.end() : m.end() + 1] in ("", "\n")  # a line of the page's foot
        if alone or _REFERS.search(text, max(0, m.start() - 3), m.start()):
            continue
        yield Find(m.start(), m.end(), "", f"页脚“共{total}页”共 {len(ours)} 处，页码递增")


def _numbers(page: Page) -> Iterator[Find]:
    """``- 3 -`` or ``第3页`` inside lines, where nearly all that the page shows count on, pages apart."""
    text = page.text
    for pattern in _PAGE_NUMBERS:
        found = [(int(m["n"] or m["m"]), _JOINED.search(text, max(0, m.start() - 2), m.start()) is None, m) for m in pattern.finditer(text)]
        found = [x for x in found if not _CITES.search(text, max(0, x[2].start() - 3), x[2].start())]
        free = {number for number, apart, _ in found if apart}
        run: list[tuple[int, bool, re.Match[str]]] = []
        for number, apart, m in found:
            step = number - run[-1][0] if run else 1
            far = not run or m.start() - run[-1][2].end() >= _PAGE * step
            if (apart or (run and number not in free)) and 0 < step <= _MISSED and far:
                run.append((number, apart, m))
        taken = sum(apart for _, apart, _ in run)
        few = taken < _PAGES or taken * 5 < sum(apart for _, apart, _ in found) * 4
        if few and not (0 < len(run) == len(found) and run[0][0] == 1 and all(_between_questions(text, m) for _, _, m in run)):
            continue
        for _, _, m in run:
            start = m.start() - text.endswith(" ", max(0, m.start() - 1), m.start())
            alone = text[start - 1 : start] in ("", "\n") and text[m.end() : m.end() + 1] in ("", "\n")
            if not alone:
                blank = text[start] == " " or m[0].endswith(" ")
                yield Find(start, m.end(), " " if blank else "", f"行中的页码，全页 {len(run)} 处依次递增")


def _between_questions(text: str, m: re.Match[str]) -> bool:
    """Whether ``- 1 -`` stands between the end of one question and the number, the label or the heading of what comes next."""
    return m[0][1] == " " and _ENDS_TEXT.match(text, m.start() - 2) is not None and _BEGINS_MARK.match(text, m.end()) is not None


def _of_pages(page: Page) -> Iterator[Find]:
    """``3 / 12`` inside lines: the same total each time, nearly every page from the first to the last, pages apart."""
    text = page.text
    found = [(int(m[1]), m) for m in _OF_PAGES.finditer(text)]
    total = Counter(m[2] for _, m in found).most_common(1)[0][0] if len(found) >= _PAGES else "0"
    found = [(number, m) for number, m in found if m[2] == total]
    run: list[tuple[int, re.Match[str]]] = []
    for number, m in found:
        step = number - run[-1][0] if run else 1
        if 0 < step <= _MISSED and (not run or m.start() - run[-1][1].end() >= _PAGE * step):
            run.append((number, m))
    if len(run) < max(_PAGES, len(found)) or run[0][0] > 2 or (int(total) - run[-1][0]) > 1 or len(run) * 5 < int(total) * 4 - 5:
        return
    for _, m in run:
        start, end = m.start() - text.endswith(" ", max(0, m.start() - 1), m.start()), m.end()
        if not (text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")):
            yield Find(start, end, "" if start == m.start() else " ", f"行中的页码“/{total}”，全页 {len(run)} 处依次递增")


def _dots(page: Page) -> Iterator[Find]:
    """A full stop put behind 的 by a copying site; three or more, and never where dots mark characters."""
    matches = list(_DOT.finditer(page.text))
    if len(matches) >= 3:
        for m in matches:
            if not page.zones.holds(m.start(), m.end()):
                yield Find(m.start(), m.end(), "", f"“的”后插入的点，全页 {len(matches)} 处")


def _blanks(page: Page) -> Iterator[Find]:
    """A question mark printed for a blank that has no break, where four and more stand right behind numbers and labels or before these."""
    text = page.text
    if sum(not page.zones.holds(*m.span()) for m in _AT_MARKS.finditer(text)) < _LEAST_BLANKS:
        return
    for m in _FOR_BLANK.finditer(text):
        yield Find(m.start(), m.end(), " ", "不换行空格印成的问号")


RULES = (
    Rule("insert-code", "insert", "page", 0.99, "three runs of seven letters with figures behind C, H and Z",
         "put behind the answers of whole collections so that copies differ",
         each(_CODE, put("", "答案后插入的乱码：C、H、Z 各带七组字母与数字")), chars=frozenset("Z"), structural=True),
    Rule("insert-watermark", "insert", "page", 0.97, "a known phrase, inside a line, as often as the table asks",
         "19 of 300 pages on 15 sites",
         _watermarks, structural=True),
    Rule("insert-folio", "insert", "page", 0.97, "behind the mark that ends a line; or the same total twice, page numbers rising",
         "11 of 300 pages on 7 sites",
         _folios, chars=frozenset("页"), structural=True),
    Rule("insert-page", "insert", "page", 0.97, "three or more between dashes or as 第3页, counting on, pages apart",
         "pages in one paragraph keep the numbers that the printer set between them",
         _numbers, chars=frozenset("-—–页"), structural=True),
    Rule("insert-of-pages", "insert", "page", 0.97, "3 / 12: the same total each time, nearly all pages, counting on, pages apart",
         "pages in one paragraph keep the numbers that the printer set between them",
         _of_pages, chars=frozenset("/"), structural=True),
    Rule("insert-mark-for-blank", "insert", "page", 0.95, "four or more right behind numbers and labels, or before labels",
         "7 of 300 pages print a question mark for a sign that was lost", _blanks, chars=frozenset("?？")),
    Rule("insert-dot", "insert", "page", 0.97, "three or more behind 的", "jammer of copying sites", _dots, chars=frozenset(".．")),
)
