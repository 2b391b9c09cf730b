"""How a statement was judged (判断题): the mark, the letter or the two words printed before or behind it, and its empty bracket."""

from __future__ import annotations

import re

from .stem import FALSE_WORDS, TRUE_WORDS, Span, strip

_MARKS = "|".join(sorted((re.escape(w) for w in TRUE_WORDS | FALSE_WORDS), key=len, reverse=True))
_MARK_IN_BRACKET = re.compile(rf"[(\[] {{0,6}}({_MARKS}) {{0,6}}[)\]]")
_MARK_AT_HEAD = re.compile(r"([√×]) ?(?=[\u4e00-\u9fff])")
_MARK_AT_END = re.compile(rf"(?:[(\[][ \n]{{0,6}}({_MARKS})[ \n]{{0,6}}[)\]]|(?<=[。.!?;；)\s])(?:[√×] {{1,2}})?({_MARKS})|(?<=[\u4e00-\u9fff])([√×]))[ 。.]*$")
_CORRECTED = re.compile(
    rf"[(\[] {{0,6}}({_MARKS}) {{0,6}}[)\]] ?[。.]?\s*(?:(?:改正|订正|更正|理由|原因) ?: ?)?((?:(?<=[正由因]:)|(?<=[正由因]: )|应(?![当该]?[写用放])|改(?!错)|正确|所以|错在|因为|不是|注 ?:)[^\n]{{2,160}}|\([^()\n]{{2,120}}\)[。.]?)$"
    r"|(?<=[。.)\s])([√×]) ?(\([^()\n]{2,120}\))[。.]?$"
)
_MARK_REACH = 24  # characters before its end within which a mark in its bracket begins
_CODE_AT_END = re.compile(r"[(\[] {0,6}([AB]) {0,6}[)\]][ 。.]*$")
_EMPTY_AT_END = re.compile(r"[(\[][ _]*(?:[)\]] ?[。.]? *)?$")  # or but its half
_BOTH_MARKS = re.compile(r"[\n ] *(?:[ABYN][.、]? ?)?(?:对|正 ?确|√|T|True|是)(?:[ \n/]+|(?=错|×))(?:[ABYN][.、]? ?)?(?:错(?: ?误)?|×|F|False|否)[ 。]*$|[\n ] *(?:错(?: ?误)?|×|F|False)[ \n]+(?:对|正 ?确|√|T|True)[ 。]*$")
_ONE_RIGHT = re.compile(r"[\n ○◯*]*(?:(对|正确)\(正确答案\)[\n ○◯]*(?:错误|错)|(?:对|正确)[\n ○◯]*(错误|错)\(正确答案\))[ 。]*$")  # 对错(正确答案)


def judgement_mark(folded: str, spans: list[Span]) -> tuple[Span, Span] | None:
    """The mark of a true/false statement at its end or its head: (mark, what to take out)."""
    start, end = strip(folded, spans[-1])
    if len(spans) > 1 and folded[start:end] in TRUE_WORDS | FALSE_WORDS:  # on a line of its own, below the score
        return (start, end), (start, end)
    last = start + len(folded[start:end].rstrip(" 。."))
    m = _MARK_AT_END.search(folded, max(start, last - _MARK_REACH), end)
    if m and (m.start() > start or len(spans) > 1):  # behind the score, (2分)(T), it is a piece by itself
        group = next(k for k in (1, 2, 3) if m[k])
        closed = m.start() + len(m[0].rstrip(" 。."))  # the sentence's own full stop stays
        return m.span(group), (m.start(), m.end() if folded[m.start() - 1] in "。.!?" else closed)
    head = strip(folded, spans[0])
    m = _MARK_IN_BRACKET.match(folded, *head) or _MARK_AT_HEAD.match(folded, *head)
    return (m.span(1), m.span()) if m else None


def coded_mark(folded: str, spans: list[Span]) -> tuple[Span, Span] | None:
    """A or B in the bracket at the end of a statement, for right and wrong on the answer sheet: (letter, what to take out)."""
    start, end = strip(folded, spans[-1])
    m = _CODE_AT_END.search(folded, start, end)
    return (m.span(1), (m.start(), end)) if m and (m.start() > start or len(spans) > 1) else None


def corrected_mark(folded: str, spans: list[Span]) -> tuple[Span, Span, Span] | None:
    """The mark of a statement with its correction behind it, （×）应为...: (mark, what to take out, the correction)."""
    m = _CORRECTED.search(folded, *(last := strip(folded, spans[-1])))
    return (m.span(1 if m[1] else 3), (m.start(), last[1]), m.span(2 if m[1] else 4)) if m and m.start() > last[0] else None


def printed_choices(folded: str, spans: list[Span]) -> Span | None:
    """The two words 对 and 错 that a quiz page prints under a statement, each on a line of its own."""
    start, end = strip(folded, spans[-1])
    low = start - (len(spans) > 1)  # below 选择一项: they are a piece of the stem by themselves
    m = _BOTH_MARKS.search(folded, max(low, end - 24), end)
    return m.span() if m and (m.start() > start or low < start) else None


def choice_said_right(folded: str, spans: list[Span]) -> tuple[Span, Span] | None:
    """The one of the two words 对 and 错 behind a statement that the page says is right: (word, what to take out)."""
    start, end = strip(folded, spans[-1])
    m = _ONE_RIGHT.search(folded, max(start, end - 24), end)
    return (m.span(1 if m[1] else 2), m.span()) if m and (m.start() > start or len(spans) > 1) else None


def empty_bracket_at_end(folded: str, spans: list[Span]) -> Span | None:
    """The empty answer bracket at the end of a true/false statement."""
    start, end = strip(folded, spans[-1])
    m = _EMPTY_AT_END.search(folded, start, end)
    return (m.start(), end) if m and (m.start() > start or len(spans) > 1) else None
