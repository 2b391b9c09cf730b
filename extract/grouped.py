"""Answers of a group (成组作答): below the questions of one passage stand 【答案】1. B 2. A 3. C and 【1题详解】 ... for them all.

The list is told by its numbers: they are those of the questions just above that have no answer yet. Its items number nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .key_items import read_items
from .mark_costs import SUB_STYLES
from .markers import ANS, DRAWN, EXP, INSIDE, KEY, LINE, NUM, OPT, Candidate
from .outlined import Draft, Outline, Span

_POINTED = frozenset({".", "、"})  # numbers of questions inside a line, where they count on
_OPENS = re.compile(r"[ \n]*(?:第 ?)?[(\[]?\d")
_NUMBER = r"(?:第 ?)?[(\[]? ?(?P<n>\d{1,3}) ?(?:小?题)?[)\]]?"
_LETTERS = re.compile(rf"[ \n,;、。]*{_NUMBER} ?[.、:]? ?[A-H√×TF]{{1,7}}(?![A-Za-z])[。.;]?")
_RANGE = re.compile(r"[ \n,;]*(?P<a>\d{1,3}) ?[-~] ?(?P<b>\d{1,3}) ?[.、:]?[ \n]*[A-H](?:[ ,、]*[A-H])+(?![A-Za-z])")
_WORDS = re.compile(r"[ \n]*(?P<n>\d{1,3}) ?[.、](?!\d) ?[^\n\[ ](?:(?! {2,}\d{1,3} ?[.、])[^\n\[])*")
_WORDS_END = re.compile(r"[ \n]*(?:\[|$)")  # an item that goes on in another line ends elsewhere
# the same over several lines, where the cue of the explanations ends the list
_LINES = re.compile(rf"{_WORDS.pattern}(?:\n+(?! *(?:\d{{1,3}} ?[.、]|\[|阅读)) *[^\n\[]+)*")
_LINES_END = re.compile(r"\s*\[(?:答案)?(?:解析|分析|详解|导语|题解)\]")
_CHOSEN_EACH = re.compile(r" *(?:\d{1,3} ?选 ?[A-H]{1,4}[,、;。. ]*){2,}")  # 【解析】1选B,2选D。第1题,...
_CHOSEN = re.compile(r"(\d{1,3}) ?选 ?([A-H]{1,4})")
_CUE_BEFORE = re.compile(r"答 ?案[)\]]?[ :]*\n?[ ]*$")
_EACH = re.compile(
    r"\[(?:第|小题)? ?(?P<n>\d{1,3}) ?(?:小?题)?(?:详解|解析|分析)\]|(?<=[\n\]:。;]) *第 ?(?P<k>\d{1,3}) ?小?题[,:、]? ?"
    r"|(?:(?<=\n)|(?<=[\n\]] )) *\[(?P<b>\d{1,3})\](?! *[\[\n])"
    r"|(?<=[\n\]:]) *(?P<m>\d{1,3}) ?(?:题|[.、])(?!\d)|(?<=\n) *[(](?P<p>\d{1,3})[)]"
)


def without_items(folded: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates less those inside the answers of a group, and less the numbers of its explanations. ``found`` is in order."""
    taken: set[int] = set()  # places in ``found``
    asked: list[int] = []  # the numbers that have no answer yet
    style = ""  # of the last of them
    printed: set[tuple[str, int]] = set()  # all numbers since, with their styles
    until, explained, drawn, explains = 0, range(0), False, False
    for k, c in enumerate(found):
        if c.start < until:
            if c.kind in (NUM, OPT, KEY):
                taken.add(k)
        elif c.kind == NUM and c.value in explained[:1] and _explains(folded, found, k):
            taken.add(k)
            explained = explained[1:]
        elif c.kind == NUM and (c.place == LINE or (c.style in _POINTED and c.place != INSIDE and (not asked or c.value == asked[-1] + 1))):
            printed.add((c.style, c.value))
            if c.style not in SUB_STYLES or _opens_options(found, k):
                asked.append(c.value)
                style, drawn, explains = c.style, c.style == DRAWN, False
        elif c.kind == EXP:
            explains = True
        elif c.kind == ANS:
            until, answered = _list(folded, c.end) if _OPENS.match(folded, c.end) else (0, range(0))
            goes_on = (style, answered.stop) in printed  # a key of (1) to (25), whose first numbers have options
            if not _all_asked(asked, answered) or goes_on or _another_follows(folded, found, k, until, answered):
                until, answered = 0, range(0)
            else:
                every = c.style == "bracket" or drawn or explains
                taken.update(_keys_at(found, k)[: None if every else 1])
            explained = answered
            asked.clear()
            printed.clear()
    return [c for k, c in enumerate(found) if k not in taken] if taken else found


def _another_follows(folded: str, found: list[Candidate], k: int, until: int, answered: range) -> bool:
    """Whether the next answer mark stands right behind a list and opens one of the same numbers: keys of several papers, in order."""
    nearby = (c for c in found[k + 1 : k + 400] if c.start >= until)
    after = next((c for c in nearby if c.kind == ANS), None)
    if after is None or folded[until : after.start].strip() or not _OPENS.match(folded, after.end):
        return False
    return _list(folded, after.end)[1][:1] == answered[:1]


def _opens_options(found: list[Candidate], k: int) -> bool:
    """Whether a part of a question, (1), has options of its own."""
    after = next((c for c in found[k + 1 : k + 4] if c.kind in (NUM, OPT)), None)
    return after is not None and after.kind == OPT and after.value == 0


def _keys_at(found: list[Candidate], k: int) -> list[int]:
    """The keys that may begin where candidate ``k`` does, the nearest first."""
    keys: list[int] = []
    for j in range(k - 1, -1, -1):
        if found[j].start != found[k].start:
            break
        if found[j].kind == KEY:
            keys.append(j)
    return keys


def _list(folded: str, at: int) -> tuple[int, range]:
    """Where the list ends that begins at ``at``, and the numbers that it answers one after the other."""
    bracketed = folded[max(0, at - 2) : at].rstrip(" :").endswith("]")  # 【答案】: words in a list may else be a model answer's
    for pattern, closes in ((_LETTERS, None), (_WORDS, _WORDS_END), (_LINES, _LINES_END)) if bracketed else ((_LETTERS, None),):
        first = last = 0
        end = at
        while m := pattern.match(folded, end) or (_RANGE.match(folded, end) if pattern is _LETTERS else None):
            a, b = (int(m["n"]),) * 2 if m.re is pattern else (int(m["a"]), int(m["b"]))
            if last and a != last + 1:
                break
            beside = pattern is not _LETTERS and re.compile(rf" {b + 1} ?[.、](?!\d)").search(folded, m.end("n"), m.end())
            first, last, end = first or a, b, beside.start() if beside else m.end()
        goes_on = closes is None and bracketed and re.compile(rf" *{last + 1} ?[.、](?!\d)").match(folded, end)
        if last > first and not goes_on and (closes is None or closes.match(folded, end)):
            return end, range(first, last + 1)
    return 0, range(0)


def _all_asked(asked: list[int], answered: range) -> bool:
    """Whether the numbers of a list are those of the last questions; lists inside the stems may stand between them."""
    wanted = list(answered)
    for n in reversed(asked):
        if wanted and n == wanted[-1]:
            wanted.pop()
        elif wanted and len(wanted) == len(answered) and n > wanted[-1]:
            return False
    return len(answered) > 0 and not wanted


def _explains(folded: str, found: list[Candidate], k: int) -> bool:
    """Whether a number opens the explanation of an item: right behind the cue, or below the item before it."""
    cue = next((found[j] for j in range(k - 1, max(-1, k - 60), -1) if found[j].kind in (EXP, ANS)), None)
    c = found[k]
    asks = next((d for d in found[k + 1 : k + 12] if d.kind in (NUM, OPT)), None)
    if asks and asks.kind == OPT and asks.value == 0 and (asks.place == LINE or asks.style not in ("bare", "sp")):
        return False
    return cue is not None and cue.kind == EXP and c.place != INSIDE


def give_groups(folded: str, plan: Outline) -> None:
    """Gives each question of a group its answer, and its explanation where that is marked or numbered."""
    for group in _blanks_of_passages(folded, plan):
        for d in group:
            d.answers, d.stem = d.stem, []
        _explain(folded, group)
    for k, last in enumerate(plan.drafts):
        if last.explanations and not last.answers and (chosen := _CHOSEN_EACH.match(folded, *last.explanations[0])):
            _chosen_each(folded, plan.drafts[: k + 1], chosen)
        if len(last.answers) != 1 or not last.number or not _OPENS.match(folded, last.answers[0][0]):
            continue
        end, answered = _list(folded, last.answers[0][0])
        group = plan.drafts[max(0, k + 1 - len(answered)) : k + 1]
        if not answered or [d.number for d in group] != list(answered) or any(d.answers for d in group[:-1]):
            continue
        items = {i.number: i for i in read_items(folded, (last.answers[0][0], end)).items}
        if set(items) != set(answered):
            continue
        if folded[end : last.answers[0][1]].strip():
            last.explanations.insert(0, (end, last.answers[0][1]))
        for d in group:
            d.answers = [items[d.number or 0].answer]
        _explain(folded, group)
        if last.material >= 0 and plan.materials[last.material].last is None:
            for j in range(k + 1, len(plan.drafts)):  # answered together, asked together
                if plan.drafts[j].material != last.material:
                    break
                plan.drafts[j].material = -1


def _chosen_each(folded: str, drafts: list[Draft], chosen: re.Match[str]) -> None:
    """Gives the last drafts the answers that open the explanation below them all."""
    items = list(_CHOSEN.finditer(folded, *chosen.span()))
    group = drafts[-len(items) :]
    if [d.number for d in group] != [int(m[1]) for m in items] or any(d.answers for d in group):
        return
    last = group[-1]
    last.explanations[0] = (chosen.end(), last.explanations[0][1])
    for d, m in zip(group, items, strict=True):
        d.answers = [m.span(2)]
    _explain(folded, group)


def _blanks_of_passages(folded: str, plan: Outline) -> Iterator[list[Draft]]:
    """Runs of drafts that are the answers to the numbered blanks of the passage before them (语法填空), right behind their cue."""
    sharing: dict[int, list[Draft]] = {}
    for d in plan.drafts:
        sharing.setdefault(d.material, []).append(d)
    for i, m in enumerate(plan.materials):
        group = sharing.get(i, [])
        whole = all(d.number and not d.options and not d.answers and len(d.stem) == 1 for d in group)
        if len(group) > 1 and whole and _CUE_BEFORE.search(folded, max(0, group[0].mark[0] - 12), group[0].mark[0]):
            passage = "".join(folded[s:e] for s, e in m.spans)
            if all(re.search(rf"[(\[_ ]{d.number}[)\]_ ]", passage) for d in group):
                yield group


def _explain(folded: str, group: list[Draft]) -> None:
    """Cuts the explanation below a group at the marks of its questions; what stands before them goes with the first."""
    spans, last = group[-1].explanations, group[-1]
    marks: list[Span] = []
    for s, e in spans:
        for m in _EACH.finditer(folded, s, e):
            if len(marks) < len(group) and int(m[m.lastgroup or 0]) == group[len(marks)].number:
                marks.append(m.span())
    if len(marks) != len(group):
        return
    last.explanations = []
    last.cues += [("explanation", mark) for mark in marks]
    for s, e in spans:
        here = [(k, mark) for k, mark in enumerate(marks) if s <= mark[0] < e]
        before = next((k for k, mark in reversed(list(enumerate(marks))) if mark[0] < s), 0)
        edges = [(before, s), *((k, mark[1]) for k, mark in here)]
        ends = [*(mark[0] for _, mark in here), e]
        for (k, start), end in zip(edges, ends, strict=True):
            if folded[start:end].strip():
                group[k].explanations.append((start, end))
