"""Answers as letters beside stems and options (旁注字母): behind or before a stem that keeps its blank, or behind the last option.

A letter there may be a name; it answers only where most questions of the document are answered so.
"""

from __future__ import annotations

import re

from .builds import Build
from .forms import declared_type
from .outlined import Outline
from .stem import without

_LETTER_AT_END = re.compile(r"(?<=[\u4e00-\u9fff]) ?([A-H]{1,5}) *$|[(\[][ \n]*([A-H](?:[,、]?[A-H]){0,7}|[a-h])[ \n]*[)\]][ 。.]*$")
_REACH = 40  # characters before its end within which such letters begin
_LETTER_AT_HEAD = re.compile(r"[(\[] *([A-H](?:[,、]?[A-H]){0,7}) *[)\]] *(?=\S)")


def letters_after_stems(folded: str, builds: list[Build]) -> None:
    """Answers as letters beside an empty blank (由（ ）决定B, （B）由（ ）决定, 属于（B）或（ ）的): if most of the document are so."""
    open_ones = [
        b for b in builds if len(b.options) >= 2 and b.stem.spans and b.stem.answer is None and not b.answer_spans and not b.marked
    ]
    found = [
        (b, _at_end(folded, *b.stem.spans[-1]) or _LETTER_AT_HEAD.match(folded, *b.stem.spans[0]) or _lettered(folded, b))
        for b in open_ones
    ]
    hits = [(b, m) for b, m in found if m]
    answered = len(hits) + sum(b.stem.answer is not None for b in builds)
    if answered < 2 or answered * 5 < sum(len(b.options) > 2 for b in builds) * 4:
        return
    for b, m in hits:
        b.stem.answer = m.span(m.lastindex or 0)
        b.stem.spans = without(b.stem.spans, m.span(1) if m.re is _LETTERED else m.span())


def _at_end(folded: str, start: int, end: int) -> re.Match[str] | None:
    return _LETTER_AT_END.search(folded, max(start, end - _REACH), end)


_LETTERED = re.compile(r"(?<=[(\[]) *([A-H](?:[,、]?[A-H]){0,7}) *(?=[)\]])")


def _lettered(folded: str, b: Build) -> re.Match[str] | None:
    """The only bracket of a stem with several that holds labels of its options."""
    held = [m for s, e in b.stem.spans for m in _LETTERED.finditer(folded, s, e)]
    labels = {label for label, *_ in b.options}
    return held[0] if len(held) == 1 and labels.issuperset(re.sub("[,、]", "", held[0][1])) else None


_LETTERS_BEHIND = re.compile(
    r"(?<=\S)(?:(?: {2,}| *\n[ \n]*)([A-H]{1,6})| *\n? *[(\[] *([A-H](?:[ ,、]*[A-H]){0,7}) *[)\]])[。.]?$"
)


# E.清朝 3 B, with the number again; a page number may be glued to it (32 C)
_NUMBERED = re.compile(r"(?<=[^\s(]) +(\d{1,4}) ?([A-H]{1,6})[。.]?$")


def letters_behind_options(folded: str, plan: Outline, builds: list[Build]) -> None:
    """Answers as letters behind the last option, in brackets, set apart or on a line below: only if most of the document are so."""
    open_ones = [b for b in builds if len(b.options) >= 2 and not (b.answer_spans or b.key_item or b.marked or b.stem.answer)]
    found = [(b, m) for b in open_ones if (m := _NUMBERED.search(folded, *b.options[-1][3][-1])) and m[1].startswith(str(b.draft.number))]
    if len(found) < 3 or len(found) * 5 < len(open_ones) * 3:
        found = [(b, m) for b in open_ones if (m := _LETTERS_BEHIND.search(folded, *b.options[-1][3][-1]))]
    told = {m[m.lastindex or 0] for _, m in found}
    if len(found) < 3 or len(found) * 5 < len(open_ones) * 4 or len(told) < 2:
        _letters_glued(folded, plan, open_ones)
        return
    for b, m in found:
        if all(c in " ,、" or any(c == label for label, *_ in b.options) for c in m[m.lastindex or 0]):
            label, printed, mark, texts = b.options[-1]
            b.options[-1] = (label, printed, mark, [*texts[:-1], (texts[-1][0], m.start())])
            b.answer_spans = [m.span(m.lastindex or 0)]


_LETTERS_GLUED = re.compile(r"(?<=[^\s_A-H])[A-H]{1,7}$|(?<=[A-H])[A-H]$")
_LEAST_GLUED = 4


def _letters_glued(folded: str, plan: Outline, open_ones: list[Build]) -> None:
    """Answers glued to the last option (D.X染色体C2.采血后…): if nearly all last options end in a letter, and hardly another does.

    Where more than one letter stands there and the section says that one option is right, the letters before it are the option's own.
    """
    found = [(b, m) for b in open_ones if (m := _LETTERS_GLUED.search(folded, *b.options[-1][3][-1]))]
    if len(found) < _LEAST_GLUED or len(found) * 10 < len(open_ones) * 9 or len({m[0][-1] for _, m in found}) < 2:
        return
    others = [_LETTERS_GLUED.search(folded, *o[3][-1]) is not None for b in open_ones for o in b.options[:-1]]
    if sum(others) * 5 > len(others):
        return
    for b, m in found:
        one = declared_type(folded, plan, b) == "single_choice" or list(m[0]) != sorted(set(m[0]))
        letters = m[0][-1] if one else m[0]
        if all(any(c == label for label, *_ in b.options) for c in letters):
            label, printed, mark, texts = b.options[-1]
            b.options[-1] = (label, printed, mark, [*texts[:-1], (texts[-1][0], m.end() - len(letters))])
            b.answer_spans = [(m.end() - len(letters), m.end())]
