"""Where a page appends other documents (附加文档): sites print what they call related behind the one that was asked for."""

from __future__ import annotations

import re
from bisect import bisect_left

from .page_lines import BLANK, EXAM_WORDS, FILE_NAME, STARTS_LIKE_CONTENT, TITLED, Span, is_title_line, title_letters
from .question_types import HEADING_WORDS

_LONG = 100
_HEAD = 8  # lines within which a page says that it shows a collection
_LEAST_TITLE = 4
_FLAT_LINE = 60  # the last line of a flattened document is as long
_FLAT = 40  # as long as a paragraph is at least that follows a title below 相关文档
# a regulation begins: its articles are counted from 第一条, a long one's chapters from 第一章 总则
_REGULATION = re.compile(r"\n *第[一1] ?(?:条|章 ?总 ?则)(?![一-鿿]{0,3}[款项])")
_RULES = re.compile(r"(?:办法|规定|条例|制度|细则|规程|守则|章程|公约|规范|规则|合同|协议书?)(?:[(][^)]{1,12}[)])?$")
_QUESTION = re.compile(rf"{STARTS_LIKE_CONTENT.pattern}|{BLANK.pattern}|[?。] *$")
_TYPE = re.compile(HEADING_WORDS)
_ASKED = re.compile(r"\n *[(\[]?A ?[.、:)]|答案")


def appended(folded: str, lines: list[Span], related: int | None, others: list[Span]) -> list[Span]:
    """The titles of the documents that the page appends, in order.

    ``related`` is where the site itself says so (相关文档：), None if it does not; ``others`` are its headings above other questions.
    """
    found = {*_paragraphs(folded, lines, related), _regulation(folded, lines), _other_questions(folded, lines, others)}
    return sorted(span for span in found if span)


def _other_questions(folded: str, lines: list[Span], headings: list[Span]) -> Span | None:
    """The one heading (相关的问题, 你可能感兴趣的试题) between the question that the page is about and those that it lists beside it."""
    if len(headings) != 1:
        return None
    k = bisect_left(lines, headings[0])
    return headings[0] if k >= 2 and k < len(lines) and _QUESTION.search(folded, *lines[k]) else None


def collection(folded: str, lines: list[Span], kept: list[Span], title: str) -> list[Span]:
    """The titles of a page that shows others of its collection (合集下载) above its own document, which comes last, titled again."""
    heads = [end for start, end in lines[:_HEAD] if folded[start:end].strip() == "合集下载"]
    below = [line for line in kept if heads and line[0] > heads[0]] if len(title) >= _LEAST_TITLE else []
    said = [title_letters(folded[s:e]) if e - s <= TITLED * 2 else "" for s, e in below]
    own = next((k for k, letters in enumerate(said) if letters == title), 0)
    others = [k for k in range(own) if len(said[k]) >= _LEAST_TITLE and said[k] == said[k + 1] and (not k or said[k] != said[k - 1])]
    return [below[k] for k in (*others, own)] if others[:1] == [0] else []


def _regulation(folded: str, lines: list[Span]) -> Span | None:
    """The title above a regulation that follows the paper to the page's end: 仓库管理办法.doc, then 第一条; nothing is asked behind it."""
    m = _REGULATION.search(folded)
    if m is None or _ASKED.search(folded, m.start()):
        return None
    k = bisect_left(lines, (m.start() + 1, 0)) - 1
    if k < 4:
        return None
    line, above = (folded[slice(*lines[j])].strip() for j in (k, k - 1))
    if FILE_NAME.search(above) and title_letters(above) == title_letters(line):
        return lines[k - 1]  # 仓库管理办法.doc / 仓库管理办法
    return lines[k] if is_title_line(line) and (FILE_NAME.search(line) or _RULES.search(line)) else None


def _paragraphs(folded: str, lines: list[Span], related: int | None) -> list[Span]:
    """A title on its own line, then one long paragraph that is that document, flattened."""
    found: list[Span] = []
    sizes = [*(e - s for s, e in lines), 0]
    for k in range(1, len(lines) - 1):
        start, end = lines[k]
        if not found and sizes[k + 1] < _FLAT and sizes[k + 2] < _LONG:
            continue  # the first of them stands above a long paragraph, or a line further up
        line = folded[start:end].strip()
        if not is_title_line(line) or _TYPE.fullmatch(line):
            continue
        following = folded[lines[k + 1][0] : lines[k + 1][1]].strip()
        title = title_letters(line)
        repeats = len(title) >= 4 and title_letters(following[: len(line) + 24]).startswith(title)
        named = bool(FILE_NAME.search(line))
        long = len(following) >= (_FLAT if related is not None and start > related else _LONG)
        if not long and not (repeats and not named):
            after = folded[lines[k + 2][0] : lines[k + 2][1]].strip() if k + 2 < len(lines) else ""
            near = title_letters(following)
            long = len(after) >= _LONG and len(following) <= TITLED + 30 and len(near) > 4 and _shared(title, near) >= 0.7
        if related is not None and start > related:
            if (named or repeats) and long:
                found.append((start, end))
        elif found:
            above = len(folded[lines[k - 1][0] : lines[k - 1][1]].strip()) >= _FLAT_LINE or named or _stands_apart(folded, start, end)
            if above and (long or (repeats and len(following) > len(line))):
                found.append((start, end))
        elif k >= 4 and long and (named or repeats) and _flattened(lines[k + 1 :]):
            found.append((start, end))
    return found


def _stands_apart(folded: str, start: int, end: int) -> bool:
    """Whether a line that speaks of exercises stands between empty lines: the document above it may end with a short option."""
    apart = folded[max(0, start - 2) : start] == "\n\n" == folded[end : end + 2]
    return apart and EXAM_WORDS.search(folded, start, end) is not None


def _shared(a: str, b: str) -> float:
    return len(set(a) & set(b)) / max(1, len(set(a)))


def _flattened(lines: list[Span]) -> bool:
    """Whether the rest of the page is long paragraphs under short titles, as sites print what they append."""
    long = sum(e - s for s, e in lines if e - s >= _LONG)
    return long * 2 > sum(e - s for s, e in lines)
