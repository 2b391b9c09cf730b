"""The cues among the marks (提示词的候选): 答案, 解析 and the words of notes, each where it is one and no word of what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .markers import ANS, BULLETS, CHOSEN, CUE, EXP, INSIDE, LINE, NOTE, Candidate
from .places import place_of, skip_blank

# a sentence and its translation, again and again: 1.三人行,必有我师焉。 / 译文:...
_TRANSLATED = re.compile(r"(?<=\n) *\(?\d{1,3} ?[.、)] ?[^\n]{2,160}\n+ *(?P<cue>(?:翻译|译文|译) ?: ?)(?=[^\s_])(?![^\n]*\n+ *\[?答案)")
_CONCLUDES = ("故", "因此", "所以", "选", "应", "答:", "答 :")
_SET_APART = 3  # so many cues that a blank alone sets apart (答案 C) tell that the page prints them so
# [正确答案] behind an option marks it; an answer's cue is followed by the answer
_RIGHT_HERE = re.compile(r"(?<=[^\n ])\[正确(?:答案|选项)\] *(?=\n(?! *[A-H√×对错]{1,6} *(?:\n|$))|$|[A-H] ?[.、:)]|[(\[][A-H][)\]])")
# ...正确答案:B 分析:...: what stands before 分析 in running text, which is also a word of tasks
_TOLD = re.compile(r"答 ?案 ?[:\]] ?(?:[A-H]{1,6}|[√×对错]|正确|错误)[。.]? ?\Z")
_ANSWERED = re.compile(r"答 ?案[^\n]{1,60}\n?\s*\Z")  # [某网校解析]: whose explanation it is, where an answer stands before
_OPTION_ENDS = re.compile(r"(?:(?P<judged>错误? ?B[.、:]) ?正确|[一-鿿]{2}标准)答案")

# a line of words and letters right below an option (结果：B), as pages print whose word for the answer is their own
_LEAST_OWN = 3
_OWN_LINE = re.compile(
    rf"\n[{BULLETS}]*(?P<words>(?:\[[^\[\]\n]{{1,8}}\]|[^\nA-Za-z\d()\[\]{BULLETS}])[^\nA-Za-z\d()\[\]]{{0,8}}?) ?"
    r"[(\[]?(?P<letters>[A-H]{1,6})[)\]]?[。.]? *(?=\n|$)"
)
_NO_CUE = re.compile(r"(?:选项?|[图表式题组类型]) ?|.*(?:[我你您误错]|学生|考生|用户|提交|已选).*")  # 选项A, 图 A; what the taker chose
_LAST_LABELS = re.compile(r"(?:^|[\s(\[])[C-H] ?[.、:)\] ]")


def cues_of(folded: str) -> list[Candidate]:
    """Every cue of a document, in order."""
    apart = sum(map(folded.count, ("\n答案 ", " 答案 ", "。答案 ", "确答案 ", "考答案 ", "\n解析 ", " 解析 "))) >= _SET_APART
    cues = [_cue(folded, m) for m in CUE.finditer(folded) if _counts(folded, m, apart)]
    if "译" in folded and len(translated := list(_TRANSLATED.finditer(folded))) > 1:
        below = [Candidate(*m.span("cue"), ANS, 0, "word", LINE) for m in translated]
        cues = sorted([*cues, *below], key=lambda c: c.start)
    if sum(c.kind == ANS for c in cues) < _LEAST_OWN and (own := list(_own_cues(folded, {c.start for c in cues}))):
        cues = sorted([*cues, *own], key=lambda c: c.start)
    told = "标准答案" in folded or "正确答案" in folded
    return list(_behind_options(folded, cues)) if told and _OPTION_ENDS.search(folded) else cues


def _counts(folded: str, m: re.Match[str], apart: bool) -> bool:
    if _RIGHT_HERE.match(folded, m.start()) or (not apart and (m["ansa"] or m["ansb"] or m["expa"] or m["nk"])):
        return False
    if m["expd"] and not _TOLD.search(folded, max(0, m.start() - 16), m.start()):
        return False
    return m["expo"] is None or _ANSWERED.search(folded, max(0, m.start() - 80), m.start()) is not None


def _cue(folded: str, m: re.Match[str]) -> Candidate:
    start = skip_blank(folded, m.start())
    place = place_of(folded, start)
    match m.lastgroup:
        case "exp":
            return Candidate(start, m.end(), EXP, 0, "exp", place)
        case "ans":
            opening = m["ans"].lstrip(" >*#\n")
            style = "bracket" if opening.startswith("[") else CHOSEN if opening.startswith(_CONCLUDES) else "word"
            return Candidate(start, m.end(), ANS, 0, style, place)
        case "shown":
            return Candidate(start, m.end(), ANS, 0, "word", place)
        case "mine":
            return Candidate(start, m.end(), NOTE, 0, "mine", place)
    style = m["nb"] or m["nl"] or m["nt"] or m["nw"] or m["ni"] or m["nd"] or m["nk"] or m["np"] or "junk"
    return Candidate(start, m.end(), NOTE, 0, "题型" if style.endswith(("类型", "题为")) else style, place)


def _behind_options(folded: str, cues: list[Candidate]) -> Iterator[Candidate]:
    """The cues less what is the option before them: B.正确答案:B; B.行业标准答案:B, where the page says 答案 elsewhere."""
    plain = sum(folded.startswith("答案", c.start) for c in cues)
    standard = sum(folded.startswith("标准答案", c.start) for c in cues) * 2 < plain
    for c in cues:
        m = _OPTION_ENDS.search(folded, max(0, c.start - 6), c.start + 4) if c.kind == ANS and c.place != LINE else None
        ends = m is not None and m.end() == c.start + 4 and (m["judged"] or standard)
        yield Candidate(c.start + 2, c.end, c.kind, c.value, c.style, INSIDE) if ends else c


def _own_cues(folded: str, known: set[int]) -> Iterator[Candidate]:
    """The answers' cues that only this page has: the same words before letters, on lines below options, again and again.

    ``known`` are the places of the cues that every page may have.
    """
    told: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    for m in _OWN_LINE.finditer(folded):
        above = folded[folded.rfind("\n", 0, m.start()) + 1 : m.start()] or folded[folded.rfind("\n", 0, m.start() - 1) + 1 : m.start() - 1]
        if m.start("words") not in known and not _NO_CUE.fullmatch(m["words"]) and _LAST_LABELS.search(above):
            told.setdefault(m["words"], set()).add(m["letters"])
            times[m["words"]] += 1
    words = max(times, key=times.__getitem__, default="")
    if times[words] < _LEAST_OWN or len(told[words]) < 2:
        return
    follows = "" if words.endswith((":", "]")) else r"(?=[(\[]?(?:[A-H]{1,6}(?![A-Za-z])|[√×对错]|正确|错误))"
    for m in re.finditer(rf"\n[{BULLETS}]*({re.escape(words)} ?){follows}", folded):
        if m.start(1) not in known:
            yield Candidate(*m.span(1), ANS, 0, "word", LINE)
