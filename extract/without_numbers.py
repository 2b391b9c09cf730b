"""Questions of a page that has lost its numbers (失号题): a word processor counted them, and the text that a site took holds none.

What a question ends with tells where the next begins: the mark in the bracket behind a statement, the last label of a set of options and
the blank behind it, or the end of its line, below a heading that names a type whose questions end so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise

from .markers import ANS, BARE, EXP, INSIDE, KEY, LINE, MAT, NUM, OPT, SEC, TAG, Candidate
from .page_lines import wrapped
from .places import place_of, skip_blank
from .question_types import CHOICES, type_named
from .stem import MARKED_BLANK

ROW = "row"  # the style of a question that begins where the one before it ended
_LEAST = 3  # questions one after another, where no heading says what they are
_SHORTEST = 5
_FULL = 24  # a line this long without a stop goes on in the next
_SIGNS = re.compile(r"[(\[][ _]{0,6}(?:[√×对错]|正确|错误)[ _]{0,6}[)\]]")
_JUDGED = re.compile(_SIGNS.pattern + "[。.]?")
_STOP = re.compile(r"[。.?!;:)\]_”]\s*$")
_BLANK = re.compile(r"(?<=[^\s(\[_]) +(?=[^\s)\]_(])")
_LATIN = re.compile(r"[A-Za-z,.]? +[A-Za-z]")
_GLUED = re.compile(r"(?<=[^\s以.、:\d)\]])(?=(?:下列|关于[^。]{2,30}(?:说法|叙述|描述|表述)))")
_ASKED = re.compile(MARKED_BLANK.pattern + "|[?]")
_TITLE = re.compile(r"[^\s。]{2,30}题[^\s。]{0,9}(?=[\n ])")
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_SENTENCE = re.compile(r"\S(?:[^ ]|(?<![。?)]) )*")
_TASK = re.compile(r"(?:简述|试述|论述|简要|试论|谈谈|列举|说明|分析|比较|什么|如何|怎样|为什么|为何)|.*(?:[?]|什么|哪些|如何|怎样)。?$")
_LABELS = frozenset({".", "、", "()", ")", ":"})
_FIGURES = frozenset({"bare", "alone", "decimal", "fused", "dec", "x.y", "(", "①"})
_ANSWERED = frozenset({ANS, EXP, MAT, TAG, KEY, OPT})
_ENDS: dict[str, Callable[[str], object]] = {  # what a question of each type looks like on its line
    "true_false": re.compile(r".{6,}(?:[。]|[(\[][ _]*[)\]]。?) *$").match,
    "fill_blank": MARKED_BLANK.search,
    "short_answer": _TASK.match,
    "essay": _TASK.match,
    "term_definition": re.compile(r"[^。?!:;,_()]{2,16}。?$").match,
}


def stems_without_numbers(folded: str, found: list[Candidate], title: str) -> list[Candidate]:
    """Where such questions begin. ``found`` are the other candidates, in order; ``title`` is that of the document."""
    starts: set[int] = set()
    heads = [c for c in found if c.kind in (SEC, KEY)]
    places = [c.start for c in found]
    first = heads[0].start if heads else len(folded)
    name = _TITLE.match(folded, 0, first)  # a page in one paragraph holds its title
    named = type_named(name[0] if name else title)
    parts = [(name.end() if name and named else 0, first, named)]
    for c, d in pairwise([*heads, None]):
        if c and c.kind == SEC:
            parts.append((c.end, d.start if d else len(folded), type_named(folded[c.start : c.end])))
    for start, end, kind in parts:
        inside = found[bisect_left(places, start) : bisect_left(places, end)]
        begun = _statements(folded, start, end, inside, kind == "true_false") or _behind_sets(folded, start, inside)
        begun = begun or _above_sets(inside, kind) or _before_sets(folded, start, inside)
        starts.update(begun or _lines(folded, start, end, inside, kind))
    return [Candidate(at, at, BARE, 0, ROW, place_of(folded, at)) for at in sorted(starts)]


def _numbers(c: Candidate) -> bool:
    """Whether a mark may be the number of a question, and is no figure inside a sentence."""
    return c.kind == NUM and (c.place != INSIDE or c.style not in _FIGURES)


def _statements(folded: str, start: int, end: int, inside: list[Candidate], headed: bool) -> list[int]:
    """Where the statements begin that a mark in brackets ends: behind the mark of the one before, or on the line of their own."""
    marks = list(_JUDGED.finditer(folded, start, end))
    if len(marks) < (2 if headed else _LEAST):
        return []
    below = sum(folded.startswith("\n", m.end()) or m.end() == len(folded) for m in marks) * 4 >= len(marks) * 3
    out: list[int] = []
    numbered = 0
    at = start
    for m in marks:
        begin = skip_blank(folded, at)
        said = folded[begin : m.start()].rstrip()
        k = bisect_left(inside, at, key=lambda c: c.start)
        between = [c for c in inside[k : k + 4] if c.start < m.start()]
        at = m.end()
        if len(said) < _SHORTEST or any(c.kind in _ANSWERED for c in between):
            continue
        if below:
            begin = _line_start(folded, begin, begin + len(said))
        elif not out and start == 0 and " " in said:
            begin += said.rindex(" ") + 1  # behind the title
        if any(_numbers(c) or (c.kind == NUM and c.start == begin) for c in between):
            numbered += 1
        else:
            out.append(begin)
    return out if len(out) >= (2 if headed else _LEAST) and numbered * 4 <= len(out) else []


def _line_start(folded: str, begin: int, end: int) -> int:
    """Where the paragraph begins whose last line ends at ``end``."""
    at = folded.rfind("\n", begin, end) + 1 or begin
    while at > begin:
        above = folded.rfind("\n", begin, at - 1) + 1 or begin
        if at - above < _FULL or _STOP.search(folded, max(above, at - 4), at):
            break
        at = above
    return skip_blank(folded, at)


def _behind_sets(folded: str, start: int, inside: list[Candidate]) -> list[int]:
    """Where the stems begin that stand behind the last option of the question before, in its line or on the one below."""
    gaps: list[tuple[list[Candidate], Candidate]] = []  # a set of labels, and the A of the next behind it
    run: list[Candidate] = []
    alone = True  # whether nothing but labels has come since the first of the run
    opening = -1
    before: list[Candidate] = []
    for c in inside:
        if c.kind != OPT or c.style not in _LABELS:
            alone = alone and c.kind in (NUM, OPT) and not _numbers(c)
            continue
        if c.value == 0:
            opening = c.start if not run and alone else opening
            before, run, alone = run if alone else [], [c], True
        elif run and c.value == len(run) and c.start - run[-1].end > 1:
            run.append(c)
            if len(run) == _LEAST <= len(before) and run[0].place != LINE:
                gaps.append((before, run[0]))
    lines = all(folded.count("\n", a[0].end, b.start) == folded.count("\n", a[-1].end, b.start) == 1 for a, b in gaps)
    lines = lines and not (gaps and wrapped(folded))
    figures = [(c.start, c.end) for c in inside if c.kind == NUM] if gaps else []
    out = [at for a, b in gaps if (at := _stem_behind(folded, a, b, lines, figures)) >= 0]
    if out and 0 <= opening < out[0]:
        line = max(start, folded.rfind("\n", start, opening) + 1)
        blanks = [] if start else [m.end() for m in _BLANK.finditer(folded, line, opening - 1)]
        out.append(skip_blank(folded, blanks[-1] if blanks else line))
    return out


def _stem_behind(folded: str, run: list[Candidate], after: Candidate, lines: bool, figures: list[tuple[int, int]]) -> int:
    """Where the stem of the next set begins behind the last label of a run; -1 if that is not plain.

    ``lines``: it is the next line; ``figures`` are what may be numbers.
    """
    begin, end = run[-1].end + 1, after.start - _SHORTEST
    if begin >= end:
        return -1
    held = figures[bisect_left(figures, (run[-1].end, 0)) : bisect_left(figures, (end, 0))]
    if lines:
        at = folded.find("\n", begin, end) + 1
        return skip_blank(folded, at) if at else -1
    blank = next((m for m in _BLANK.finditer(folded, begin, end) if not _LATIN.match(folded, m.start() - 1)), None)
    if blank and folded[blank.start() - 1].isdigit():
        said = [folded[a.end : b.start].strip() for a, b in pairwise(run)]
        if len(folded[begin - 1 : blank.start()].strip()) not in [len(s) for s in said if s.isdigit()]:
            return -1  # (C)100(D)1603 收益法: the number of the next question
    if blank and not any(_BLANK.search(folded, a.end + 1, b.start - 1) for a, b in pairwise(run)):
        at = blank.end()  # a bullet is the next question's
        return -1 if any(a <= at <= b + 1 for a, b in held) else at
    glued = _GLUED.search(folded, begin, end)
    return glued.start() if glued and not held else -1


def _above_sets(inside: list[Candidate], kind: str | None) -> list[int]:
    """The lines above the options of a section of choices that has no number, whatever the rest of the page has."""
    if kind not in CHOICES or any(_numbers(c) for c in inside):
        return []
    stems = [c.start for c in inside if c.kind == BARE and c.style == "stem"]
    return stems if len(stems) > 1 else []


def _before_sets(folded: str, start: int, inside: list[Candidate]) -> list[int]:
    """The lines that each hold a stem and its options (and mostly the answer), of a part without numbers, tags and lines in one."""
    if any(_numbers(c) or c.kind in (TAG, BARE) for c in inside):
        return []
    marks = [c for c in inside if c.kind in (ANS, EXP) or (c.kind == OPT and c.style in _LABELS)]
    out: list[int] = []
    told = -1  # where the last answer or explanation begins; what is said on its line speaks of the options
    for c, d in pairwise(marks):
        told = c.start if c.kind != OPT else told
        at = skip_blank(folded, max(start, folded.rfind("\n", 0, c.start) + 1))
        if c.kind == d.kind == OPT and c.value == 0 and d.value == 1 and told < at:
            if at in out[-1:] or c.start - at < _SHORTEST:
                return []
            out.append(at)
    if len(out) == 1:  # the one question of a page
        first = next(c.start for c in marks if c.kind == OPT)
        answered = any(c.kind == ANS for c in marks) and _ASKED.search(folded, out[0], first)
        return out if answered else []
    if not out:
        return []
    alone = sum(not line.isspace() for line in folded[out[0] : out[-1]].splitlines()) == len(out) - 1  # no line but theirs
    return out if alone or not wrapped(folded) else []


def _lines(folded: str, start: int, end: int, inside: list[Candidate], kind: str | None) -> list[int]:
    """Where the lines begin, each a question, below a heading that names their type; of a page in one paragraph, the sentences."""
    looks = _ENDS.get(kind or "")
    if looks is None or any(c.kind in _ANSWERED or _numbers(c) for c in inside):
        return []
    lines = list(_LINE.finditer(folded, folded.rfind("\n", 0, start) + 1, end))
    if len(lines) < 3 or any(len(m[0]) >= _FULL and not _STOP.search(m[0]) for m in lines) or wrapped(folded):
        lines = list(_SENTENCE.finditer(folded, start, end))
    elif lines[0].start() < start:
        lines = lines[1:]  # the heading's
    return [skip_blank(folded, m.start()) for m in lines] if len(lines) > 1 and all(looks(m[0]) for m in lines) else []
