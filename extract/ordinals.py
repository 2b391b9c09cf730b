"""Ordinals that number questions and not sections (大题即题): 二、（8分）求…的全微分。 with no numbered question below it."""

from __future__ import annotations

import re

from .markers import ANS, EXP, INSIDE, KEY, LINE, MAT, NUM, OPT, SEC, SPACE, Candidate
from .numerals import CHINESE_DIGITS, chinese_number
from .question_types import HEADING_WORDS, closed_up
from .scan import Scan
from .stem import MARKED_BLANK

ORDERED = "大题"  # the style of such a number
_ORDINAL = re.compile(rf"[{''.join(CHINESE_DIGITS)}十百]{{1,3}} ?[.、) ] ?")
_SCORE = re.compile(r"[(\[] ?(?:本题|本小题|共|满分|计)?[ :]*\d{1,3}(?:\.\d)? ?分[^)\]\n]{0,10}[)\]]")
_POINTS = re.compile(r"[(\[]\d{1,2}(?: ?分[^)\]\n]{0,4})?[)\]] *(?=\n|$)")  # (10) at the end of the line
_NAMES_TYPE = re.compile(rf"[^。?!;,\n]{{0,12}}?(?:(?:{HEADING_WORDS})[ ]*(?:$|[(\[\n]|\d{{1,3}}(?: ?[.、):]| [一-鿿]))|(?<=题)[:。,])")
_ASKS = re.compile(
    r"[?]|试[求证述析比写说画用]|(?<![要需追])求[^职学生助救]|证明|计算|设[^备计施]|已知|简述|论述|叙述|阐述|概述|简答|说明|解释|分析|比较|讨论|写出|列出|画出"
    r"|如何|怎样|为什么|为何|什么|何谓|何为|谈谈|解方程|化简|判断|确定|推导|翻译|编制|填制"
)
_OPENS = re.compile(
    r"(?:请)?(?:试|求|证明|设|已知|简述|论述|叙述|阐述|概述|如图|图示|计算|若|写出|画出|什么|如何|怎样|为什么|何谓|谈谈|解方程|用)"
)
_TO_DO = re.compile(r"(?P<task>[^\n。()]{4,40}[。.,]?) ?\([^()\n]{0,16}\d ?分[^()\n]{0,8}\)(?: *\n|(?= *[^\s\d]))")
# the same without its points, in the words of primary school: 三、给形近字组词。
_EXERCISE = re.compile(r"(?P<task>[^\n。()?!:]{2,40}[。.:]?)(?: *\n|(?<=[。:]) *(?=[^\s\d]))")
_PRIMARY = re.compile(
    r"拼音|组词|写词|词语|成语|量词|读音|反义词|近义词|填上|填空|连线|连一连|照样子|仿[写照]|句子|诗句|古诗|默写|标点|排列|补充|补全|加点|划线|比一比|笔画|部首|偏旁"
)
_STATES = re.compile(r"设[^备计施]|假设|已知|现有|给定|某|如图|有一|[一-鿿A-Z]{0,10}(?:公司|企业|工厂)")
_PARTS = re.compile(r"\n *(?:\(1\)|①|要?求 ?:|试求)")
_CLOSED = re.compile(r"[。?!:;.][)\"”]?\s*(?:$|\n)|[。?]")
_LISTS = frozenset({".", "、", "第题", "tagged"})
_INLINE = Scan(r"(?<=[ 。)])(?P<on>[一二三四五六七八九十]{1,2})[、.] ?(?=[(\[](?:本题|共|满分)?[ :]*\d{1,2} ?分[)\]])")
_STEM, _SCORED_STEM = 6, 3  # the shortest first line of a question, and behind its score
_COUNTED = frozenset({"ord", "ord+", "一", "inline", "inline2"})
_LONG = 400
BEYOND = 1000  # added to the number in the state: what 1. 2. 3. may stand in such a question counts on from nothing


def asking_ordinals(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The headings of ``found`` (in order) that may be questions themselves, each once more as a number."""
    flat = [Candidate(m.start(), m.end(), NUM, chinese_number(m["on"]), ORDERED, SPACE) for m in _INLINE.finditer(folded)]
    bounds = [
        (i, c)
        for i, c in enumerate(found)
        if (c.kind == SEC and c.style not in ("(ord)", "(ord)+")) or c.style == "一" or c.kind == KEY
    ]
    read: list[tuple[int, Candidate]] = []
    told: list[int] = []  # which of them say what is to be done and show no blank; beside exercises that do they are some, too
    last = 0
    for k, (i, c) in enumerate(bounds):
        if c.style not in _COUNTED:
            last = 0  # of another chapter
        elif 1 < c.value <= last:
            continue  # it lists what answers a question
        else:
            last = c.value or last
        if c.kind == KEY and c.style == "line" and read:
            break  # what follows answers
        runs_on = c.style == "inline"
        if not c.value or not (runs_on or (c.place == LINE and c.style in ("ord", "ord+", "一"))):
            continue
        m = _ORDINAL.match(folded, c.start)
        if m is None:
            continue
        stop = bounds[k + 1][0] if k + 1 < len(bounds) else len(found)
        end = found[stop].start if stop < len(found) else len(folded)
        number = Candidate(c.start, m.end(), NUM, c.value, ORDERED, LINE)
        inside = found[i + 1 : stop]
        weight = 3 * _exercise(folded, m.end(), end, inside) if runs_on else _weight(folded, m.end(), end, inside)
        read.append((weight, number))
        if not weight and _told(folded, m.end(), end, inside):
            told.append(len(read) - 1)
    for k in (*told, *reversed(told)):  # each beside one that is sure, or that stands beside one
        weight, number = read[k]
        beside = {n.value for w, n in (*read[k - 1 : k], *read[k + 1 : k + 2]) if w == 3}
        read[k] = (3 if beside & {number.value - 1, number.value + 1} else weight, number)
    worded = sum(w >= 2 for w, _ in read)
    least = 3 if worded < 2 else 2 if worded * 2 < len(read) else 1
    return [*flat, *(number for w, number in read if w >= least)]


def _weight(folded: str, start: int, end: int, inside: list[Candidate]) -> int:
    """How surely the text of an ordinal is a question: 3 with a score note or an answer, 2 by how it opens, 1 if it asks, 0 it is none."""
    cue = next((c for c in inside if c.kind in (ANS, EXP)), None)
    stop = cue.start if cue else end
    numbers = [c for c in inside if c.kind == NUM and c.start < stop and c.style in _LISTS]
    if any(c.place == LINE or (c.value == 1 and c.place != INSIDE) for c in numbers):
        return 0
    if not cue and _exercise(folded, start, stop, inside):
        return 3
    note = _SCORE.match(folded, start, stop)
    asked = folded[note.end() if note else start : stop].strip()
    if len(_SCORE.sub("", asked.partition("\n")[0])) < (_SCORED_STEM if note else _STEM) or _NAMES_TYPE.match(closed_up(asked[:60])):
        return 0
    if not _ASKS.search(asked) or not (note or _CLOSED.search(asked) or _POINTS.search(asked)):
        return 0
    if note or cue or _SCORE.search(asked) or _POINTS.search(asked) or (_STATES.match(asked) and _PARTS.search(asked)):
        return 3
    return (2 if _OPENS.match(asked) else 1) if len(asked) <= _LONG else 0


def _exercise(folded: str, start: int, end: int, inside: list[Candidate]) -> bool:
    """Whether an ordinal is an exercise of primary school: what is to be done, its points, and below it only what is to be filled in."""
    m = _told(folded, start, end, inside)
    return m is not None and MARKED_BLANK.search(folded, m.end(), end) is not None


def _told(folded: str, start: int, end: int, inside: list[Candidate]) -> re.Match[str] | None:
    """What is to be done and its points, where a text without marks of its own follows."""
    m = _TO_DO.match(folded, start, end)
    if m is None and (m := _EXERCISE.match(folded, start, end)) and not _PRIMARY.search(m["task"]):
        return None
    if m is None or _NAMES_TYPE.match(closed_up(m["task"])) or not folded[m.end() : end].strip():
        return None
    below = [c for c in inside if c.start >= m.end()]
    counted = (c for c in below if c.kind in (NUM, MAT))
    marked = any(c.kind in (OPT, SEC) for c in below) or any(c.place == LINE or (c.value == 1 and c.style in _LISTS) for c in counted)
    return None if marked else m
