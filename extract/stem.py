"""What stands in a stem beside the question (题干里的杂项): type tag, score note, the answer in the bracket, the judgement mark.

All functions take and return spans of one text; a field is made of the spans that remain, so nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from .question_types import TAGS, type_named
from .run_on import runs_on
from .scan import begun

Span = tuple[int, int]

TRUE_WORDS = frozenset({"√", "对", "正确", "正 确", "T", "TRUE", "True", "true", "是", "Y", "V", "t", "right", "Right", "R", "yes", "Yes", "√√"})
FALSE_WORDS = frozenset({"×", "错", "错误", "错 误", "F", "FALSE", "False", "false", "否", "N", "X", "x", "f", "不正确", "wrong", "Wrong", "W", "no", "No", "╳", "Ⅹ", "ⅹ"})

_WRAPPED_TAG = re.sub(r"([\u4e00-\u9fff])(?=[\u4e00-\u9fff])", r"\1\\s{0,6}", TAGS)  # a wrap may cut the tag itself
_TAG = re.compile(rf"(?:[*](?=\[[^\]\n]{{2,8}}\] ?[*]))?[(\[](?!填空 ?\d{{1,2}} ?[)\]])\s{{0,6}}[*]?(?:{_WRAPPED_TAG})(?:[ ,、;:|/]*(?:分值|分数)?[ :]*\d+(?:\.\d+)? ?分?)?[ *]*[)\]](?: *[*](?= *(?:_|\n|$)))?")
_BARE_TAG = begun(rf"题型 ?: ?(?:{_WRAPPED_TAG}) *|(?!(?:计算|证明) ?:)(?:{_WRAPPED_TAG})[ :*]*(?:[(\[] ?(?:本题|共|计)? ?[\d.]+ ?分 ?[)\]])?[ ]*(?=\n)|(?!计算|证明)(?:{_WRAPPED_TAG})(?:(?:[ ]?[:*])+[ ]*|(?<=题) ?[(\[] ?[\d.]+ ?分 ?[)\]][ :]*(?=\S)|(?<=题) +(?=[\u4e00-\u9fff“《(]))")
_TAG_AFTER_NUMBER = re.compile(r"(?:[单單][选選]|多[选選]|不定项)(?:择题|擇題|题|題)?+[ :]*(?=\S)")
_SCORE = re.compile(r"[(\[]\s?(?:本题|本小题|每空|每小题|每题|小题|共|计|满分|分值|分数|score){0,3}[ :]*(\d+(?:\.\d+)?)\s?(?:分|points?)[^)\]\n]{0,10}[)\]]|[(\[] ?(?:分数|分值|score|Score) ?[:] ?\d+(?:\.\d+)? ?[)\]](?:_(?!_))?", re.I)
_POINTS = re.compile(r"(\d+(?:\.\d+)?) ?分|(?:分值|分数)[ :]*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?point")
_SCORE_AT_LINE_END = re.compile(r"(?:(?<=[^\n])|\n *)(?:" + _SCORE.pattern + r")(?=[ ]*(?:[(\[][ _]*[)\]][ 。.]*|_+)?(?:\n|$))", re.I)
_SCORE_GLUED = re.compile(r"(?<=[^\s(\d])\((?:本小?题 ?)?(?P<n>\d{1,2}) ?分\)(?=[^\s,。、;)])")  # it ended a line of a page that lost its lines
_runs_on = lru_cache(maxsize=1)(runs_on)
_SAYS_TYPE = re.compile(  # ...单选题 _: what [单选题] * of a form is where its brackets are lost
    r"(?:[此本]题为判断题 ?(?:\([对√正][^)\n]{1,8}\))?[。.]?|(?:(?<=[。?)])|(?<= )(?=[^ ]+ ?[_*]))(?:[单多]项?选(?:择)?题|判断题|填空题|简答题) ?[_*]?) *$"
)
# (多选、错选不得分); [不选全或者选错,不算完成]
_MARKING = re.compile(r"[(\[](?:多选|少选|错选|漏选|选错|不选)[^()\[\]\n]{0,16}(?:不算完成|不?得分|不给分)[)\]]")
_HELD = re.compile(r"[(\[]\s*[^\s)\]_]")  # a bracket that is no blank
SLOT_BELOW = re.compile(r"(?:\n *填空项? ?\d{1,2} ?: ?_{2,} *)+$")  # 填空项1:____, where a player lets one type
_FIELD_BELOW = re.compile(r"\n *(?:_{6,} *|(?:改正|更正|订正|理由|回答) ?:[ _]*)$")  # where a form lets one type, below a stem that shows its blank
_ASKED = re.compile(  # 1.>题干: a number may be parted from its stem by a sign of the list
    r"(?:问|题干|(?:题目|试题)(?:内容)?|问题) ?: ?|\[(?:题干|题目|试题|问题)\] ?:? ?|(?:正确|不正确|部分正确|未回答|未作答|已完成|完成)[ ]*\n|>+ ?(?=[\u4e00-\u9fff《“(])|★+ *(?:\n\s*|$)|[●◆] *(?=\S)"  # how hard it is, in lights or stars
)
_BLANK_NUMBER = re.compile(r"[①-⑳](?<=_.)(?=_)")
_LETTERS = re.compile(r"[(\[][ _]*\n?[ _]*([A-Ha-h](?:[ ,、;\n]*[A-Ha-h]){0,7})[ _]*\n?[ _]*[)\]]")  # a wrap may cut the bracket
_UNDERLINED = re.compile(r"_(?=_* ?[A-H]{1,5} ?_)(?:_+(?= ?[A-H]+ ?_)|(?= ?[A-H]+ ?__)) ?([A-H]{1,5}) ?_+")  # __C___, _A____
CHAPTER = re.compile(r"[(] ?第 ?[一二三四五六七八九十百\d]{1,4} ?[章节课]{1,2}[^()\n。,]{0,12}[)][。.]?")
PAGE_REFERENCE = re.compile(r"(?<=[)\]]) *(?:" + CHAPTER.pattern + r"|P\.? ?\d{1,4}|第? ?\d{1,3}-\d{1,3}页?|第 ?\d{1,4} ?页?) *[。.]? *$")
_AFTER_END = re.compile(r"(?<=[?。.!:)\]]) *([A-H]{1,6}) *$")
LETTERS_GLUED = re.compile(r"(?<=[\u4e00-\u9fff)])[A-H]{1,4}(?=A[.、])")
_APART = re.compile(r"(?<=[\u4e00-\u9fff] )([A-H]{1,6})(?= [。.] *$)")


# an empty blank, and one that may hold a mark (or the tag with a star behind a stem of a form site); each begins with one class, so that the engine skips to it
# a line of any length; a single sign inside a name (x_1) is none, nor one of two around a title (《_史记_》)
_DRAWN = r"(?<=_)(?:_+|(?<![A-Za-z\d_《“]_)(?![A-Za-z\d_》”])|(?<=[《“]_)(?=[》”]))"
_NAMED_BLANK = r"填空 ?\d{1,2} ?[)\]]"  # [填空1], as a classroom app prints it
BLANK = rf"[(\[_](?:(?<!_)[ _]*[)\]]|{_DRAWN}|{_NAMED_BLANK})"
MARKED_BLANK = re.compile(rf"[(\[_](?:(?<!_)[ _]*[√×]?[ _]*[)\]]|{_DRAWN}|{_NAMED_BLANK}|(?:[单多]选|判断)题[)\]] ?[*])")
_BLANK = re.compile(BLANK)
NUMBER_DRAWN = re.compile(r"_+ ?\(\d{1,2}\) ?_+")  # ___(1)___ is one blank
_JUNK = " \n\t\u3000\xa0\r"


@dataclass(slots=True)
class StemParts:
    """The spans that are the stem, and what was beside it. ``answer`` is the span of letters or of a judgement mark."""

    spans: list[Span]
    type: str | None = None
    score: float | None = None
    answer: Span | None = None
    notes: list[Span] = field(default_factory=list)


def strip(text: str, span: Span, extra: str = "") -> Span:
    """The span without the blanks (and ``extra`` characters) at both ends."""
    start, end = span
    junk = _JUNK + extra if extra else _JUNK
    while start < end and text[start] in junk:
        start += 1
    while end > start and text[end - 1] in junk:
        end -= 1
    return start, end


def stripped(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans without the blanks at their ends, those apart that are nothing else."""
    out: list[Span] = []
    for span in spans:
        start, end = strip(text, span)
        if start < end:
            out.append((start, end))
    return out


def without(spans: list[Span], hole: Span) -> list[Span]:
    """The spans less one hole."""
    out: list[Span] = []
    for start, end in spans:
        if hole[1] <= start or hole[0] >= end:
            out.append((start, end))
            continue
        if start < hole[0]:
            out.append((start, hole[0]))
        if hole[1] < end:
            out.append((hole[1], end))
    return out


def tags_and_scores(folded: str, spans: list[Span]) -> StemParts:
    """Takes the type tag and the score note out of a stem."""
    parts = StemParts(stripped(folded, spans))
    if not parts.spans:
        return parts
    asked = _ASKED.match(folded, *parts.spans[0])
    if asked:
        parts.spans[0] = (asked.end(), parts.spans[0][1])
    for _ in range(4):  # (单选题, 1.0 分) (1分) ... in any order at the head
        if not parts.spans:
            break
        start, end = parts.spans[0] = strip(folded, parts.spans[0])
        bracketed = start < end and folded[start] in "(["
        m = _TAG.match(folded, start, end) or _SCORE.match(folded, start, end) if bracketed else None
        if m is None and folded[max(0, start - 2) : start].strip().endswith(("题", "題")):
            m = _TAG_AFTER_NUMBER.match(folded, start, end)
        if m is None and start < end and not bracketed:
            m = _BARE_TAG.match(folded, start, end)
        if m is None:
            break
        _note(parts, folded, m)
        parts.spans[0] = (m.end(), end)
    if parts.notes and parts.spans and (asked := _ASKED.match(folded, *strip(folded, parts.spans[0]))):
        parts.spans[0] = (asked.end(), parts.spans[0][1])
    shares: list[float] = []  # (1)...(4分) / (2)...(6分): the points of the sub-questions
    for start, end in list(parts.spans):
        held = _HELD.search(folded, start, end)
        for m in (*_TAG.finditer(folded, start, end), *_MARKING.finditer(folded, start, end)) if held else ():
            _note(parts, folded, m, scored=m.re is _TAG)
            parts.spans = without(parts.spans, m.span())
        scored = held and _SCORE.search(folded, held.start(), end)
        glued = _SCORE_GLUED.finditer(folded, start, end) if scored and _runs_on(folded) else ()
        for m in (*glued, *_SCORE_AT_LINE_END.finditer(folded, start, end)) if scored else ():
            shares += [points] if (points := _points(m[0])) is not None else []
            _note(parts, folded, m, scored=False)
            parts.spans = without(parts.spans, m.span())
        for m in _BLANK_NUMBER.finditer(folded, start, end) if "_" in folded[start:end] else ():
            parts.spans = without(parts.spans, m.span())
    if parts.score is None and shares:
        parts.score = shares[0] if shares[0] == sum(shares[1:]) else sum(shares)
    parts.spans = [s for s in parts.spans if folded[s[0] : s[1]].strip()]
    last = parts.spans[-1] if parts.spans else (0, 0)
    if said := _SAYS_TYPE.search(folded, max(last[0] + 1, last[1] - 24), last[1]):
        _note(parts, folded, said)
        parts.spans = without(parts.spans, said.span())
    if parts.spans and "\n" in folded[slice(*parts.spans[-1])]:
        _take_fields(parts, folded)
    return parts


def _take_fields(parts: StemParts, folded: str) -> None:
    """Takes out the lines below a stem where a player or a form lets one type."""
    if slots := SLOT_BELOW.search(folded, *parts.spans[-1]):
        parts.spans = without(parts.spans, slots.span())
    below = _FIELD_BELOW.search(folded, *parts.spans[-1]) if parts.spans else None
    if below and any(_BLANK.search(folded, s, min(e, below.start())) for s, e in parts.spans):
        parts.spans = without(parts.spans, below.span())


def _note(parts: StemParts, folded: str, m: re.Match[str], scored: bool = True) -> None:
    parts.notes.append(m.span())
    parts.type = parts.type or type_named(re.sub(r"\s", "", m[0]))
    if scored and parts.score is None:
        parts.score = _points(m[0])


def _points(text: str) -> float | None:
    points = _POINTS.search(text)
    return float(next(g for g in points.groups() if g)) if points else None


def letters_in_bracket(folded: str, spans: list[Span], labels: str) -> tuple[Span, Span] | None:
    """The answer letters printed in the stem's bracket: (letters, what to take out); None if there are none.

    ``labels`` are the labels of the options, in upper case; letters outside them are no answer. A stem that still has an empty
    blank keeps its bracket: ``(A)`` is then a name, not an answer; a letter underlined in one of several blanks answers them all.
    """
    whole = "".join([folded[s:e] for s, e in spans])
    found = [m for s, e in spans for m in _UNDERLINED.finditer(folded, s, e)] if "_" in whole else []
    if _BLANK.search(_UNDERLINED.sub("", whole) if found else whole):
        if not found:
            return None
    else:
        found += [m for s, e in spans for m in _LETTERS.finditer(folded, s, e)]
    good = [m for m in found if all(x in labels for x in re.sub(r"[^A-Z]", "", m[1].upper()))]
    if len(good) != 1 and not (good and good[-1].end() >= spans[-1][1] - 3):
        return None
    m = good[-1]
    return m.span(1), m.span(1)


def letters_at_end(folded: str, spans: list[Span], glued: bool) -> tuple[Span, Span] | None:
    """Answer letters after the end of the sentence (…环节? E), or set apart in its last blank (属于 D 。): (letters, what to take out).

    ``glued``: in this document they may stand right behind the words and before A. (属于DA.甲B.乙).
    """
    start, end = spans[-1]
    if glued and (m := LETTERS_GLUED.search(folded, max(start, end - 5), end + 2)) and m.end() == end > m.start() > start:
        return m.span(), m.span()
    m = _AFTER_END.search(folded, start, end) or (None if _BLANK.search(folded, start, end) else _APART.search(folded, start, end))
    return (m.span(1), m.span()) if m and m.start() > start else None
_FILLED = re.compile(r"\[(\[[^\[\]\n]{1,40}\])\]|(?:(?<=[\u4e00-\u9fff=,、是为指:“\"《])|(?<=[\u4e00-\u9fff] ))[(](?!或|即|如|含|简称|又称|也称|下同|[-\da-z]{1,3}(?:,[-\da-z]{1,3})+[)])([^()\n]{1,14})[)]|(?<=[有是为:])[(]([^()\n]{1,60})[)](?=[。.]?$)|_+([^_\n]{1,14})_+")  # (0,1) is a point
_FILLED_TOO = re.compile(r"[(](?!或|即|如|含|简称|又称|也称|下同)([^()\n]{1,14})[)](?<=[\u4e00-\u9fff\dA-Za-z%]\))")
_SET_APART = re.compile(r"\[ ([^\[\]\n]{1,30}) \]")  # 【 12 】


def filled_blanks(folded: str, spans: list[Span]) -> list[Span]:
    """The spans of what stands in the brackets or on the lines of a fill-in statement that has no empty blank."""
    out = [m.span(1) for start, end in spans for m in _SET_APART.finditer(folded, start, end)]
    for start, end in spans if not out else ():
        for m in _FILLED.finditer(folded, start, end):
            out.append(m.span(m.lastindex or 0))
            more = _FILLED_TOO.match(folded, m.end(), end)
            while more:  # (基本膳食)(治疗膳食)(实验膳食)
                out.append(more.span(1))
                more = _FILLED_TOO.match(folded, more.end(), end)
    said = [folded[s:e] for s, e in out]
    counted = len(said) > 1 and said[0] in ("1", "2") and said == [str(int(said[0]) + k) for k in range(len(said))]
    return [] if counted else out  # (2)... (3)... are the numbers of parts, or of questions


def blanks(text: str) -> int:
    """How many blanks a folded stem shows."""
    return len(_BLANK.findall(NUMBER_DRAWN.sub("__", text) if "_(" in text else text))
