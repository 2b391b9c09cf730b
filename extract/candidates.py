"""Every candidate mark of a document (候选标记), in order: what the table of marks finds, with its number, its style and its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from .chained_headings import with_chained_headings
from .counted_passages import counted_passages
from .cues import cues_of
from .drawn_numbers import with_drawn_numbers
from .expected_numbers import with_counted_out
from .form_tags import bare_labels
from .formulas import without_formulas
from .grouped import without_items
from .heading_marks import bracketed_headings, container_headings, headings
from .key_marks import keys, list_begins
from .listed_letters import without_listed_letters
from .lost_signs import without_signs
from .markers import (
    ANS,
    BARE,
    CIRCLED_SET,
    EXP,
    FIELD,
    KEY,
    LINE,
    MAT,
    MATERIAL,
    MATERIAL_EDGE,
    MATERIAL_END,
    NOTE,
    NUM,
    NUMBERED_SET,
    OPT,
    OPTION,
    SEC,
    SPACE,
    TAG,
    TYPE_TAG,
    Candidate,
)
from .model import Mark
from .notices import sources_above, without_notices
from .number_marks import behind_headings, numbers, tags_before_numbers, without_named_blanks, without_repeats
from .numbered_again import numbered_again
from .numerals import CIRCLED
from .ordinals import asking_ordinals
from .passages import numbered_passages, passages
from .picture_letters import picture_letters
from .places import NUMBER_BEFORE, order, place_of, skip_blank
from .ringed import ringed_below_tags
from .rows_above import without_rows_above
from .run_on import cues_behind_stems, stems_lost_in_options
from .run_on_stems import run_on_stems
from .sequences import without_claims, without_letters_of_parts, without_own_letters, without_points
from .stem_lists import without_stem_lists
from .ticked_below import ticked_below
from .two_columns import without_columns
from .two_level import two_level
from .without_numbers import stems_without_numbers

_LETTERS = "ABCDEFGH"
_LONGEST_CHOICES = 600
_LEAST_SETS = 3  # of options (1) (2) (3), which may be parts, too
_LEAST_DASHED = 2  # so many lists of options (- A.) of a page in one paragraph whose items have kept their dash
_RINGS = frozenset("○◯☐□")
_FORM_SIGN = re.compile("[○◯☐□]")
_TO_ORDER, _STEM = re.compile(r"(?:顺序|排序|排列|步骤|连接)[^①-⑳]*\Z"), 40
_CHOOSE = re.compile(r"选择题|选一选|我会选|序号填")
# what the last group of a match tells: the group of the letter; the style; and the group of the sign that is the style
_OPTION_FORMS = {
    "b": ("b", "()", ""), "p": ("l", "", "p"), "s": ("s", "sp", ""), "h": ("h", "bare", ""), "nl": ("nl", "alone", ""),
    "nd": ("nd", ".", ""),
    "b2": ("b2", "()", ""), "p2": ("l2", "", "p2"), "s2": ("s2", "sp", ""), "h2": ("h2", "bare", ""), "h3": ("h3", "bare", ""),
    "p4": ("d2", "", "p4"), "p5": ("da", "", "p5"), "b3": ("b3", "()", ""), "pw": ("lw", "", "pw"), "px": ("lw", "", "px"),
    "p6": ("d3", "", "p6"),
}
_OF_SEVERAL = re.compile(  # (3-4题共用备选答案); (二)[背景资料]
    r"[(\[] ?(?:第 ?)?\d{1,3}(?:-\d{1,2})? ?[-~至] ?\d{1,3}(?:-\d{1,2})? ?(?:小?题[^\n]{0,12}?)?[)\]]"
    r"|\([一二三四五六七八九十]{1,2}\) ?\[背景|问题 ?\d{1,3} ?[-~至] ?\d"
)
_TOLD = re.compile(r" *(?:答|解|答案|参考答案|要点) ?:")  # 答:(略)①... lists what answers
_TYPED_NUMBER = re.compile(r"(?:^|\n) *\d{1,4} ?[.、] ?(?:题型|类型) ?: ?[^\n]{1,12}\n\s*$")
_SAYS_TYPE = re.compile(r" *[此本]题为判断题")  # between a statement and its answer
_STEM_END = re.compile(r"[(\[_] ?[)\]_][。.?!:]?$|[?:]$|_{2,}|\( *\)")


def find_candidates(folded: str, marks: tuple[Mark, ...], title: str = "") -> list[Candidate]:
    """Every candidate mark of a document, in order. ``folded`` is the folded text; ``marks`` the container's, in its offsets."""
    found = without_named_blanks(folded, numbers(folded))
    add = found.append
    found += [*run_on_stems(folded), *cues_behind_stems(folded)]
    label = None
    dashed = tuple(sign for sign in (" - ", " * ") if folded.count(f"{sign}A") >= _LEAST_DASHED)
    for m in OPTION.finditer(folded):
        c = _option(folded, m)
        if dashed and c.place == SPACE and folded.endswith(dashed, 0, c.start):
            c = Candidate(c.start - 2, c.end, OPT, c.value, c.style, SPACE)
        if (m["b3"] or m["p6"] or m["p4"] in (")", ":")) and not (label and label.style == c.style and label.value == c.value - 1):
            continue  # sin(B), (图2B), where no (A) or A) opens a set
        add(c)
        label = c
    numbered, labelled = without_signs(folded)
    labelled = labelled or list(bare_labels(folded))
    labelled += picture_letters(folded, {c.start for c in labelled})
    if numbered or labelled:
        starts = {c.start for c in (*numbered, *labelled)}
        found[:] = [*(c for c in found if c.start not in starts), *numbered, *labelled]
    circled = [m for m in CIRCLED_SET.finditer(folded) if not (m["row"] and _to_order(folded, m.start()))] if "③" in folded else []
    circled = [m for m in circled if not _TOLD.match(folded, folded.rfind("\n", 0, m.start()) + 1)]
    lettered = any(c.kind == OPT and c.value == 0 for c in found)
    if not lettered and folded.count("①") >= _LEAST_SETS and len(ringed := list(ringed_below_tags(folded))) >= _LEAST_SETS:
        circled = ringed
    if not lettered and not circled and folded.count("(3)") >= _LEAST_SETS:
        numbered_sets = list(NUMBERED_SET.finditer(folded))
        circled = numbered_sets if len(numbered_sets) * 3 >= max(3 * _LEAST_SETS, folded.count("(1)")) else []
    if len(circled) >= 2 or (circled and not lettered and _CHOOSE.search(folded)):
        found = [*_without(found, circled), *(label for m in circled for label in _circled_labels(folded, m))]
        add = found.append
    found += [*headings(folded), *bracketed_headings(folded)]
    found += list(behind_headings(folded, found))
    found[:] = tags_before_numbers(folded, found)
    counted = {c.start for c in found if c.style == "arabic" or (c.kind == SEC and c.style == "(ord)+" and folded[c.start] in _LETTERS)}
    if counted:
        found[:] = [c for c in found if c.kind not in (NUM, OPT) or c.start not in counted]
    cues = cues_of(folded)
    if buttons := {c.start for c in cues if c.style == "junk"}:
        found[:] = [c for c in found if c.style != "paper" or c.start not in buttons]  # 标记试题 names no paper
    for c in cues:
        add(c)
        if c.kind in (ANS, EXP) and (first := list_begins(folded, c)):
            add(Candidate(c.start, c.end, KEY, first, "list", c.place))
    found += keys(folded)
    for m in MATERIAL.finditer(folded):
        start = skip_blank(folded, m.start())
        sure = MATERIAL_EDGE.match(folded, start) or _OF_SEVERAL.match(folded, start)
        add(Candidate(start, m.end(), MAT, 0, "marked" if sure else "open", LINE))
    found += list(passages(folded, found))
    for m in MATERIAL_END.finditer(folded) if "结束" in folded else ():
        add(Candidate(m.start(), m.end(), MAT, 0, "close", LINE))
    fields = list(FIELD.finditer(folded))
    pairs = sum(m["pair"] is not None for m in fields)
    paired = pairs > 2 and sum(c.kind == MAT or (c.kind == NUM and c.place == LINE) for c in found) * 3 < pairs  # else a case asks
    named = sum(m["named"] is not None for m in fields)
    opened = {c.start for c in found if c.kind == MAT} if named else set()
    for m in fields:
        if m.end() in opened:
            continue  # [题目] a passage: its questions are numbered below it
        start = skip_blank(folded, m.start())
        if m["named"] and (named < 2 or NUMBER_BEFORE.search(folded, max(0, start - 12), start)):
            continue  # 1. [题干] ...: the number begins the question
        if folded.startswith("[问题", start) and "[选项]" not in folded:
            continue  # what a case asks
        if _TYPED_NUMBER.search(folded, max(0, start - 40), start):
            continue  # 1. 题型：单选题 / 题干：...
        if paired or not m["pair"]:
            add(Candidate(start, m.end(), TAG, 0, "field", place_of(folded, start) if m["named"] else LINE))
    for m in TYPE_TAG.finditer(folded):
        start = skip_blank(folded, m.start())
        if not NUMBER_BEFORE.search(folded, max(0, start - 12), start):
            add(Candidate(start, m.end(), TAG, 0, "tag", place_of(folded, start)))
    found += sources_above(folded, found)
    found = with_chained_headings(folded, found)
    found += container_headings(folded, found, [m for m in marks if m.kind == "heading"])
    found = sorted(without_formulas(folded, two_level(folded, found)), key=order)
    if (below := ticked_below(folded, found)) is not found:
        found = sorted(below, key=order)
    found = numbered_again(folded, found)
    found = with_counted_out(folded, found)
    found = without_columns(found)
    found = without_points(folded, without_claims(folded, without_letters_of_parts(folded, without_own_letters(found))))
    found = numbered_passages(folded, without_repeats(folded, without_listed_letters(folded, found)))
    found = without_rows_above(folded, counted_passages(folded, found))
    found = without_items(folded, with_drawn_numbers(folded, without_notices(folded, without_stem_lists(folded, found))))
    if ordered := asking_ordinals(folded, found):
        found = sorted([*found, *ordered], key=order)
    found = _with_bare_stems(folded, _answers_to_q(folded, found))
    if rows := stems_without_numbers(folded, found, title):
        there = {c.start for c in rows}
        found = sorted([*(c for c in found if c.kind != BARE or c.start not in there), *rows], key=order)
    if lost := stems_lost_in_options(folded, found):
        found = sorted([*found, *lost], key=order)
    return found


def _option(folded: str, m: re.Match[str]) -> Candidate:
    label, style, sign = _OPTION_FORMS[m.lastgroup or ""]
    lead = m["lead"]
    start, place = m.start(), LINE
    if lead is None:
        place = place_of(folded, start)
        ring = start - 2 if folded[start - 1 : start] == " " else start - 1
        start = ring if ring > 0 and folded[ring] in _RINGS else start  # ...A、甲○B、乙: a ring that a form prints before its options
    elif box := lead and _FORM_SIGN.search(lead):
        start += box.start()  # ○A: the ring that a form prints before its options
    elif lead:
        start += len(lead)
        if lead.endswith("*") and not lead.endswith("**"):
            start -= 1  # *B: the mark of the right option
    return Candidate(start, m.end(), OPT, ord(m[label].upper()) - 65, style or m[sign].strip(), place)


def _without(found: list[Candidate], sets: list[re.Match[str]]) -> list[Candidate]:
    """The candidates that do not stand in a set of circled options."""
    ends = [m.end(m.lastgroup or 0) for m in sets]
    return [c for c in found if (k := bisect_left(ends, c.end)) == len(ends) or c.start < sets[k].start(sets[k].lastgroup or 0)]


def _answers_to_q(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The same, with the A that answers a Q (Q1: ... A: ...) as what it is: no B stands before the next Q."""
    if "Q" not in folded:
        return found
    asked = [k for k, c in enumerate(found) if c.kind in (NUM, TAG) and folded[c.start] == "Q"]
    for k, after in pairwise([*asked, len(found)]):
        labels = [j for j in range(k + 1, after) if found[j].kind == OPT]
        if labels and found[labels[0]].value == 0 and found[labels[0]].place == LINE and all(found[j].value != 1 for j in labels):
            a = found[labels[0]]
            found[labels[0]] = Candidate(a.start, a.end, ANS, a.value, "word", a.place)
    return found


def _to_order(folded: str, end: int) -> bool:
    """Whether the stem that ends there asks for an order: ①取样②称量③记录 behind it are no options."""
    return _TO_ORDER.search(folded, max(0, end - _STEM), end) is not None


def _circled_labels(folded: str, m: re.Match[str]) -> Iterator[Candidate]:
    for at in range(*m.span(m.lastgroup or 0)):
        if folded[at] in CIRCLED:
            yield Candidate(at, at + 1, OPT, CIRCLED[folded[at]] - 1, "①", place_of(folded, at))
        elif folded[at] == "(" and folded[at + 2] == ")":  # (1), in a set whose options hold no other bracket
            yield Candidate(at, at + 3, OPT, int(folded[at + 1]) - 1, "①", place_of(folded, at))


def _choices_above(folded: str, after: int, end: int, cue: Candidate, line: int) -> int:
    """Where a stem begins whose choices, a line each, stand between it and an answer that repeats one of them.

    That is the line above the answer where nothing is repeated, and the end where it is not plain which line is the stem.
    """
    stop = folded.find("\n", cue.end)
    answer = folded[cue.end : len(folded) if stop < 0 else stop].strip(" 。.")
    lines = folded[max(after, end - _LONGEST_CHOICES) : end].split("\n")
    choices = [text.strip(" 。.") for text in lines if text.strip()]
    if not answer or answer not in choices[1:]:
        return line
    asked = next((text for text in lines[:-1] if _STEM_END.search(text.rstrip())), "")
    if asked:
        return skip_blank(folded, folded.index(asked, max(after, end - _LONGEST_CHOICES)))
    return skip_blank(folded, after) if end - after <= _LONGEST_CHOICES and len(choices) <= 9 else end


def _with_bare_stems(folded: str, found: list[Candidate]) -> list[Candidate]:
    """Adds the lines that look like a stem without a number: the line before a line that begins with option A or with an answer's cue."""
    starts = [c.start for c in found]
    bare: list[Candidate] = []
    told = 0  # where the cue of the last answer or explanation ends
    for c in found:
        before, told = told, c.end if c.kind in (ANS, EXP) else told
        asked = c.kind == ANS and folded[c.start : c.start + 1] not in "故因所选应"
        if not (asked or (c.kind == OPT and c.value == 0)) or c.place != LINE:
            continue
        end = folded.rfind("\n", 0, c.start)
        while end > 0 and (not (line := folded[folded.rfind("\n", 0, end) + 1 : end]).strip() or (asked and _SAYS_TYPE.match(line))):
            end -= len(line) + 1
        if end <= 0:
            continue
        start = skip_blank(folded, end - len(line))
        told_so = asked and _SAYS_TYPE.match(folded, skip_blank(folded, end)) is not None
        if asked:
            start = _choices_above(folded, folded.find("\n", before, c.start) + 1 if before else 0, end, c, start)
        if start >= end:
            continue
        k = bisect_left(starts, start)
        there = found[k] if k < len(found) and found[k].start == start else None
        if there and there.kind in (NUM, TAG, OPT, SEC, ANS, EXP, NOTE, KEY) and there.style != "bare":
            continue
        style = "told" if told_so else "answered" if c.kind == ANS else "stem" if _STEM_END.search(folded[start:end].rstrip()) else "line"
        bare.append(Candidate(start, start, BARE, 0, style, LINE))
    return sorted([*found, *bare], key=order) if bare else found
