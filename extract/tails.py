"""What a page prints behind its document (页尾): the words of its readers, and in running text the links and notices of the site."""

from __future__ import annotations

import re

from .page_lines import BLANK, Span, wrapped
from .scan import Scan

_COMMENTS = re.compile(
    r" *(?:(?:网友|用户|最新|全部|热门|精彩|发表|读者)(?:评论|留言)|(?:评论|留言)(?:区|列表)) ?(?:[(]? ?\d{0,6} ?条?[)]?)?[ :]*$"
)
_MOST_COMMENTS = 40  # lines
_LONG = 60  # characters of a line that holds a whole document, or the last question of one
_FURTHEST = 3000  # from its end
_SITE = Scan(  # each with an end of its own: 5. 发表评论时应当注意什么 is a question
    r"(?<=[ 。)?])(?:[上下]一篇 ?:|责任编辑 ?:|(?:免责)?声明 ?: ?本|版权(?:所有|声明)(?![人者权的])|Copyright ?(?:©|[(]|20)"
    r"|(?:相关(?:文档|推荐|文章|阅读|资料|试题|搜索|热词)|(?:热门|最新)(?:文档|推荐|文章|搜索)|猜你喜欢|大家都在看|为您推荐"
    r"|(?:网友|用户|最新|发表)评论|展开全[部文]|阅读全文|(?:点击|立即|免费)下载|点击(?:查看|阅读)(?:更多|全文)"
    r"|关于我们|联系我们)(?=[ :|>»(]|$))"
    r"|(?<=[A-H√×对错])(?:[上下]一篇|相关(?:推荐|文章|阅读|文档|资料)|猜你喜欢) ?:"  # glued to the last answer
)
_PAPER = re.compile(
    rf"{BLANK.pattern}|(?:\n|[ 。])[(\[]?[A-D] ?[.、:)]|答案[:\]]|\d{{1,3}} ?[.、)][^\n]{{2,200}}[?]"
)


def tails(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The spans behind the document, with the reason why each is set aside."""
    return [*_comments(folded, lines), *_in_running_text(folded, lines)]


def _comments(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """What readers say below 用户评论 at the end of a page, unless a paper follows."""
    first = max(0, len(lines) - _MOST_COMMENTS)
    if not lines or not ("评论" in (end := folded[lines[first][0] :]) or "留言" in end):
        return []
    for k in range(first, len(lines)):
        if _COMMENTS.match(folded[slice(*lines[k])]):
            below = lines[k:]
            return [] if _PAPER.search(folded, lines[k][1]) else [(s, e, "comments") for s, e in below]
    return []


def _in_running_text(folded: str, lines: list[Span]) -> list[tuple[int, int, str]]:
    """The links and notices of the site that a page in one paragraph ends with."""
    start, end = next((line for line in reversed(lines) if line[1] - line[0] > _LONG), (0, 0))
    if not end and lines and wrapped(folded):
        start, end = lines[0][0], lines[-1][1]
    for m in _SITE.finditer(folded[max(start, end - _FURTHEST) : end]):
        at = max(start, end - _FURTHEST) + m.start()
        if not _PAPER.search(folded, at, end):
            return [(at, end, "page tail")]
    return []
