"""What a page prints below every question, between its last option and its answer (每题附注): 认知：记忆, 满分：2分, 回答正确.

It ends every last option and hardly any other; so it is no part of the option, nor of a statement that ends so, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .builds import Build
from .outlined import Span
from .stem import strip

_FIELD = re.compile(r"(?P<words>[一-鿿]{2,12}) ?: ?(?P<value>[^\n。;:]{1,14})$")
_LINE = re.compile(r"\n *(?P<line>[^\n]{2,20})$")
_POINTS = re.compile(r" ?(?:[(\[] ?\d{1,2}(?:\.\d)? ?分 ?[)\]]|\+\d{1,2}(?:\.\d)? ?分)$")
_WORDS = re.compile(r"[一-鿿]{2,12}$")
_DIGITS = re.compile(r"\d+")
_ANSWERS = re.compile(r"[A-H]{1,6}|[√×对错]|正确|错误")  # what may be the answer itself, where a question has no other
_LEAST = 3
_REACH = 32  # characters from the end of an option within which it begins


def without_same_tails(folded: str, builds: list[Build]) -> None:
    """Cuts it off where nearly every last option ends so: in a field of one name, in a line, in the same words."""
    lettered = [b for b in builds if len(b.options) >= 2]
    if len(lettered) < _LEAST:
        return
    ends = [folded[max(s, e - _REACH) : e].rstrip() for s, e in (b.options[-1][3][-1] for b in lettered)]
    usual = Counter(t[-2:] for t in ends).most_common(1)[0][0]
    if sum(":" in t or "\n" in t or "分" in t[-2:] or t[-2:] == usual for t in ends) * 5 < len(ends) * 4:
        return  # by far the most pages
    for tails in (_fields, _lines, _points, _words):
        last = {id(b): tail for b, tail in tails(folded, [(b, b.options[-1][3][-1]) for b in lettered])}
        if len(last) < _LEAST or len(last) * 5 < len(lettered) * 4:
            continue
        others = [(b, o[3][-1]) for b in lettered for o in b.options[:-1]]
        keys = Counter(_key(folded, tail) for tail in last.values())
        if sum(_key(folded, tail) in keys for _, tail in tails(folded, others)) * 10 > len(others):
            continue
        for b in lettered:
            if tail := last.get(id(b)):
                label, printed, mark, texts = b.options[-1]
                b.options[-1] = (label, printed, mark, [*texts[:-1], strip(folded, (texts[-1][0], tail[0]))])
        stated = [(b, b.stem.spans[-1]) for b in builds if not b.options and b.stem.spans]
        for b, tail in tails(folded, stated):
            if _key(folded, tail) in keys:
                b.stem.spans[-1] = strip(folded, (b.stem.spans[-1][0], tail[0]))
        return


def _key(folded: str, tail: Span) -> str:
    return _DIGITS.sub("0", folded[slice(*tail)].partition(":")[0]).strip()


def _same_at_end(words: list[str]) -> int:
    """How many characters are the same at the end of all."""
    same = 0
    for characters in zip(*(reversed(word) for word in words), strict=False):
        if len(set(characters)) > 1:
            break
        same += 1
    return same


def _fields(folded: str, ends: list[tuple[Build, Span]]) -> Iterator[tuple[Build, Span]]:
    """难度：易 at the end, as far back as the words before the colon are the same in all."""
    found = [(b, m) for b, (start, end) in ends if (m := _FIELD.search(folded, max(start, end - _REACH), end))]
    named = Counter(m["words"][-2:] for _, m in found)
    name = max(named, key=named.__getitem__, default="")
    found = [(b, m) for b, m in found if m["words"].endswith(name) and (b.draft.answers or not _ANSWERS.fullmatch(m["value"].strip()))]
    same = _same_at_end([m["words"] for _, m in found])
    for b, m in found:
        yield b, (m.end("words") - same, m.end())


def _lines(folded: str, ends: list[tuple[Build, Span]]) -> Iterator[tuple[Build, Span]]:
    """A line below the option, the same but for figures."""
    found = [(b, m) for b, (start, end) in ends if (m := _LINE.search(folded, start, end)) and b.draft.answers]
    said = Counter(_DIGITS.sub("0", m["line"]) for _, m in found)
    most = max(said, key=said.__getitem__, default="")
    for b, m in found:
        if _DIGITS.sub("0", m["line"]) == most:
            yield b, m.span()


def _points(folded: str, ends: list[tuple[Build, Span]]) -> Iterator[tuple[Build, Span]]:
    """What the question counts."""
    for b, (start, end) in ends:
        if m := _POINTS.search(folded, max(start + 1, end - _REACH), end):
            yield b, m.span()


def _words(folded: str, ends: list[tuple[Build, Span]]) -> Iterator[tuple[Build, Span]]:
    """The same words at the end; where an option says nothing else, they may be its own."""
    found = [(b, span, m) for b, span in ends if (m := _WORDS.search(folded, max(span[0], span[1] - _REACH), span[1])) and b.draft.answers]
    same = _same_at_end([m[0] for _, _, m in found]) if len(found) == len(ends) else 0
    if same >= 2 and all(span[1] - same > span[0] for _, span, _ in found):
        for b, span, _ in found:
            yield b, (span[1] - same, span[1])
