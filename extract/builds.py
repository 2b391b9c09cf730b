"""Drafts -> builds (题目草稿): the text of each field found and cut clean, options without letters and inside brackets too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from .key_rows import Item
from .markers import SLOT
from .model import Answer
from .outlined import Draft, Span
from .question_types import TAGS, type_named
from .scan import begun
from .statements import choice_said_right
from .stem import SLOT_BELOW, StemParts, strip, stripped, tags_and_scores

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NO_LABEL = re.compile(r"[^A-Za-z①-⑳]")
_NUMBER_AGAIN = re.compile(r"[.、 ]*(?:(\d+) ?[.、](?!\d)|第 ?(\d+) ?题 ?[.、:])")
_STOPS = re.compile(r"[.、,:]+|(?:> ?|[-•] )(?=[一-鿿“\"])")  # doubled, or the sign of a list in its paper's source


@dataclass(slots=True)
class Build:
    """One question being put together: the spans of its fields in the mended text, and what was learnt on the way."""

    draft: Draft
    stem: StemParts
    options: list[tuple[str, str, Span, list[Span]]] = field(default_factory=list)  # label, printed label, mark, text spans
    answer_spans: list[Span] = field(default_factory=list)
    explanation_spans: list[Span] = field(default_factory=list)
    key_item: Item | None = None
    type: str | None = None
    answer: Answer = None
    marked: list[str] = field(default_factory=list)
    lit: list[Span] = field(default_factory=list)  # the words of a fill-in statement that look like its answers
    on_lines: bool = False  # they stand on its drawn lines
    ticks_several: bool = False  # its options stand behind check boxes
    number: int | None = None
    doubts: list[tuple[str, str]] = field(default_factory=list)
    place: int = 0


def begin(folded: str, d: Draft, chosen: bool) -> Build:
    """The build of one draft, its fields cut clean. ``chosen``: its section holds choices."""
    b = Build(d, tags_and_scores(folded, d.stem), place=d.place)
    for index, printed, mark, span in d.options:
        label = LETTERS[index] if 0 <= index < 26 else printed.strip(" .、:)(")
        b.options.append((label, _bare_label(printed), mark, [strip(folded, span)]))
    _list_signs(folded, b)
    _unlettered_options(folded, b, chosen)
    _bracketed_options(folded, b)
    slot = SLOT.match(d.printed or "")
    if b.stem.type is None and d.printed and (d.style == "例" or (slot and slot["tag"])):
        b.stem.type = type_named(d.printed)
    if slot and slot["answer"]:
        b.stem.answer = (d.mark[0] + slot.start("answer"), d.mark[0] + slot.end("answer"))
    if d.number is not None and b.stem.spans:  # 1、1. : the number stands twice
        twice = _NUMBER_AGAIN.match(folded, *b.stem.spans[0])
        again = twice if twice and twice[twice.lastindex or 1] == str(d.number) else _STOPS.match(folded, *b.stem.spans[0])
        if again:
            b.stem.spans[0] = (again.end(), b.stem.spans[0][1])
    if any(folded.find("**", *s) >= 0 for s in (*b.stem.spans, *(s for o in b.options for s in o[3]), *d.answers)):
        b.stem.spans = [without_odd_stars(folded, s) for s in b.stem.spans]
        b.options = [(*o[:3], [without_odd_stars(folded, s) for s in o[3]]) for o in b.options]
        d.answers = [without_odd_stars(folded, strip(folded, s)) for s in d.answers]
    spans = [_balanced(folded, _without_cue(folded, strip(folded, a))) for a in d.answers]
    b.answer_spans = [_without_number(folded, s, d.number) for s in spans if s[0] < s[1]]
    if len(b.answer_spans) > 1 and _CHOSEN.fullmatch(folded, *b.answer_spans[0]):  # 答案：B / 解答：...
        told = [s for s in b.answer_spans[1:] if _TELLS.match(folded, *s)]
        d.explanations = [*told, *d.explanations]
        b.answer_spans = [s for s in b.answer_spans if s not in told]
    explained = [_unwrapped(folded, s) for s in stripped(folded, d.explanations)]
    b.explanation_spans = [s for s in explained if not _NO_EXPLANATION.fullmatch(folded, *s)]
    return b


_LIST_SIGN = re.compile(r"[,:-](?=[ 一-鿿])")  # not the one of -3, --help or :8080


def _list_signs(folded: str, b: Build) -> None:
    """Signs of a list that stand behind every label (A,甲B,乙), or before every one (* A.甲 * B.乙), are no part of the options."""
    if len(b.options) < 2:
        return
    texts = [o[3][-1] for o in b.options]
    sign = folded[texts[0][0] : texts[0][0] + 1]
    if sign in ",:-" and all(folded[s] == sign and _LIST_SIGN.match(folded, s, e) for s, e in texts):
        b.options = [(*o[:3], [strip(folded, (o[3][0][0] + 1, o[3][0][1])), *o[3][1:]]) for o in b.options]
    starred = b.stem.spans and folded[b.stem.spans[-1][1] - 1] == "*"
    before = [b.stem.spans[-1], *texts[:-1]] if starred else []
    if before and all(e - s > 1 and folded[e - 1] == "*" for s, e in before):
        b.stem.spans[-1] = strip(folded, before[0], "*")
        b.options[:-1] = [(*o[:3], [*o[3][:-1], strip(folded, o[3][-1], "*")]) for o in b.options[:-1]]


def without_odd_stars(folded: str, span: Span) -> Span:
    """A span without the stars of Markdown at one of its ends whose others stand outside of it (**答案：碳**)."""
    start, end = span
    if folded.endswith("**", start, end) and folded.count("**", start, end) % 2:
        return strip(folded, (start, end - 2))
    if folded.startswith("**", start, end) and folded.count("**", start, end) % 2:
        return strip(folded, (start + 2, end))
    return span


_CHOSEN = re.compile(r"(?:[A-H]{1,6}|[√×对错]|正确|错误)[。.]?")
_TELLS = re.compile(r"(?:解 ?: ?)?[一-鿿][^\n]{5,}")


_OWN_NUMBER = re.compile(r"(?:第 ?(\d{1,3}) ?题 ?[.、:]?|[(\[](\d{1,3})[)\]]|(\d{1,3}) ?[.、:)])(?!\d) ?")


def _without_number(folded: str, span: Span, number: int | None) -> Span:
    """An answer without the number of its question (答案：1.C): a section's key of one item. A list is left whole, and a value."""
    own = _OWN_NUMBER.match(folded, *span)
    if own is None or own.end() == span[1] or number is None or int(own[1] or own[2] or own[3]) != number:
        return span
    listed = any(int(m[1] or m[2] or m[3]) == number + 1 for m in _OWN_NUMBER.finditer(folded, own.end(), span[1]))
    return span if listed else (own.end(), span[1])


_TYPE_GLUED = begun(rf"(?:{TAGS})(?<=题)(?=[^\s:的是中目])")


def types_before_stems(folded: str, builds: list[Build]) -> None:
    """The type right before each stem with nothing between (1、单选题我国..., 2、判断题法律...): only if most of the document are so."""
    open_ones = [b for b in builds if b.stem.type is None and b.stem.spans]
    found = [(b, m) for b in open_ones if (m := _TYPE_GLUED.match(folded, *b.stem.spans[0]))]
    if (len(found) >= 3 and len(found) * 10 >= len(builds) * 9) or len(found) == len(builds) == 2:
        for b, m in found:
            b.stem.type = type_named(m[0])
            b.stem.notes.append(m.span())
            b.stem.spans[0] = (m.end(), b.stem.spans[0][1])


_SECOND_NUMBER = re.compile(r"(\d{1,4}) ?[、.](?!\d)")


def second_numbers(folded: str, builds: list[Build]) -> None:
    """The number of a bank behind the number of the paper (1.301、... 2.302、...): where nearly all stems have one, and they count on."""
    found = [(b, m) for b in builds if b.stem.spans and (m := _SECOND_NUMBER.match(folded, *b.stem.spans[0]))]
    if len(found) >= 4 and len(found) * 5 >= len(builds) * 4 and all(int(m[1]) + 1 == int(n[1]) for (_, m), (_, n) in pairwise(found)):
        for b, m in found:
            b.stem.spans[0] = (m.end(), b.stem.spans[0][1])


@lru_cache(maxsize=256)
def _bare_label(printed: str) -> str:
    """A label without its marks; a page prints the same few again and again."""
    return _NO_LABEL.sub("", printed) or printed.strip()


_CUE_AGAIN = re.compile(r"(?:[解答] ?: ?)?(?:本题)?[应故]?选择?项? ?:? ?(?=[A-H]{1,6}[。.]?$)|[解答] ?: ?")  # 答：选A
_WRAPPED = re.compile(
    r"\((?=[^()]*[一-鿿]{4})((?:[^()]|\([^()]*\))*)\)[。.]?|\[(?=[^\[\]]*[一-鿿]{4})([^\[\]]*)\][。.]?"
)


def _without_cue(folded: str, answer: Span) -> Span:
    """An answer without the cue that opens it behind another one, 【解答】解：, 参考答案：答：, or the bracket around all of it."""
    if wrapped := _WRAPPED.fullmatch(folded, *answer):
        return wrapped.span(wrapped.lastindex or 0)
    if slot := SLOT_BELOW.search(folded, *answer):
        answer = strip(folded, (answer[0], slot.start()))
    m = _CUE_AGAIN.match(folded, *answer)
    return (m.end(), answer[1]) if m else answer


_OPENS = {")": "([", "”": "“", '"': '"'}  # [2,5) is an interval
_CLOSES = re.compile(r"[)\"”][。.]?$")


def _balanced(folded: str, answer: Span) -> Span:
    """An answer without the closing mark of (答案:119) or of 答案是“对”, whose opening one belongs to the cue."""
    m = _CLOSES.search(folded, *answer)
    if m is None:
        return answer
    before, mark = folded[answer[0] : m.start()], m[0][0]
    opens = sum(before.count(c) for c in _OPENS[mark])
    opened = opens % 2 == 1 if mark == '"' else opens > before.count(mark)
    return answer if opened else (answer[0], m.start())


_NO_EXPLANATION = re.compile(r"[\[(]?(?:暂无|没有|尚无)(?:答案)?(?:解析|详解|解释)?[\])]?[。.!]?")
_EXPLAINED_AGAIN = re.compile(r"\[?解析\]? *[: ] *(?=\S)")


def _unwrapped(folded: str, explanation: Span) -> Span:
    """An explanation without the closing bracket of a cue that opens one, B（解析：...）, and without the cue again (解析：解析 ...)."""
    if again := _EXPLAINED_AGAIN.match(folded, *explanation):
        explanation = again.end(), explanation[1]
    if folded[explanation[1] - 1] == '"' and folded.count('"', *explanation) % 2:  # left of the field of a table: ...选D。"
        explanation = explanation[0], explanation[1] - 1
    opened = folded.rfind("(", explanation[0] - 10, explanation[0])
    cue = opened >= 0 and folded[opened + 1 : explanation[0]].rstrip(" ").endswith(":")
    return _balanced(folded, explanation) if cue else explanation


def _bracketed_options(folded: str, b: Build) -> None:
    """Options printed in the stem's own bracket, （A. ... B. ... ）选举产生: the bracket's end and what follows go back to the stem."""
    if len(b.options) < 2 or not b.stem.spans or not folded.endswith("(", 0, b.stem.spans[-1][1]):
        return
    label, printed, mark, [(start, end)] = b.options[-1]
    close = folded.find(")", start, end)
    if close < 0 or folded.find("(", start, close) >= 0:
        return
    b.options[-1] = (label, printed, mark, [strip(folded, (start, close))])
    b.stem.spans.append((close, end))


_FORM_SIGNS = "○□◯☐●◇▢❍"  # a ring or a box to tick; the filled ones may be mere bullets
_CHOICE_LINE = re.compile(r"[^\n]+")
_LETTERED = re.compile(r"[A-H] ?[.、]")
_NEXT_BOX = re.compile(r"(?<=\S) +(?=[○□◯☐] )")
_BLANK_LAST = re.compile(r"[(\[] *[)\]][。.]?\Z")
_NO_CHOICE = re.compile(r"[①-⑳(\d]|.*[?:]\Z")
_RIGHT_LINE = re.compile(r"[(\[](?:正确答案|正确选项|答案)[)\]]")


def _unlettered_options(folded: str, b: Build, chosen: bool) -> None:
    """Options without letters, a line each: behind the signs of a form, the right ones marked (正确答案), or the answer names a line."""
    if b.options or not b.stem.spans:
        return
    judged = choice_said_right(folded, b.stem.spans)
    if judged and "\n" not in folded[slice(*judged[1])].strip():
        return  # ○对(正确答案)○错 in one line
    lines: list[Span] = []
    signs: list[int] = []  # the lines that open with a box to tick
    for start, end in b.stem.spans:
        for line in choice_lines(folded, start, end):
            if folded[line[0]] in _FORM_SIGNS[:4]:
                signs.append(len(lines))
            lines.append(strip(folded, line, _FORM_SIGNS + "*"))
    marked = [k for k, (s, e) in enumerate(lines) if k and _RIGHT_LINE.search(folded, s, e)]
    tagged = (
        b.stem.type in ("single_choice", "multiple_choice", "indefinite_choice")
        and len(lines) >= 3
        and all(e - s <= 60 for s, e in lines[1:])
    )
    asked = next((k for k, (s, e) in enumerate(lines) if _BLANK_LAST.search(folded, s, e)), -1) if chosen else -1
    plain = asked >= 0 and len(lines) - asked == 5 and not any(_NO_CHOICE.match(folded, s, e) or e - s > 60 for s, e in lines[asked + 1 :])
    first = signs[0] if len(signs) > 1 else asked + 1 if plain else 0
    signed = first > 0 and signs == list(range(first, first + len(signs))) and len(lines) - len(signs) - first < 2
    if not (marked or tagged or signed or plain or _named(folded, b, lines)) or len(lines) < 3:
        return
    first = first if signed or plain else 1
    b.stem.spans = [(lines[0][0], lines[first - 1][1])]
    choices = lines[first : first + (len(signs) if signed else 8)]
    glued = len(choices) > 1 and all(folded[s] == LETTERS[k] and s + 1 < e for k, (s, e) in enumerate(choices))  # A有机质, B颜色
    for k, (s, e) in enumerate(choices):
        label = LETTERS[k]
        m = _RIGHT_LINE.search(folded, s, e)
        if m:
            b.marked.append(label)
            e = m.start()
        lettered = _LETTERED.match(folded, s, e)
        if lettered and folded[s] == label:  # the letters of the lines before were lost
            b.options.append((label, label, lettered.span(), [strip(folded, (lettered.end(), e))]))
            continue
        mark = (s, s + glued)
        b.options.append((label, label if glued else "", mark, [strip(folded, (mark[1], e))]))


def choice_lines(folded: str, start: int, end: int) -> Iterator[Span]:
    """The lines that say something; one that opens with a box may hold several choices."""
    for m in _CHOICE_LINE.finditer(folded, start, end):
        line = strip(folded, m.span())
        if folded[slice(*line)].strip(" *"):
            boxes = _NEXT_BOX.finditer(folded, *line) if folded[line[0]] in _FORM_SIGNS[:4] else ()
            edges = [line[0], *(k for box in boxes for k in box.span()), line[1]]
            yield from zip(edges[::2], edges[1::2], strict=True)


def _named(folded: str, b: Build, lines: list[Span]) -> bool:
    """Whether the printed answer repeats one of several short lines behind the first, word for word."""
    if not 3 <= len(lines) <= 9 or len(b.draft.answers) != 1 or any(e - s > 60 for s, e in lines[1:]):
        return False
    start, end = strip(folded, b.draft.answers[0], ".。;")
    return sum(folded[s:e].strip(" .。;") == folded[start:end] for s, e in lines[1:]) == 1
