"""What drafts take over from one another (共用), before they are built: a head that several share, options, answers in one list."""

from __future__ import annotations

import re
from itertools import groupby

from .numerals import IN_ONE_SIGN
from .outlined import Draft, Material, Outline, Span


def with_sub_questions(plan: Outline) -> list[Draft]:
    """Drops the head of a group of sub-questions and gives its text to them as material."""
    out: list[Draft] = []
    for k, d in enumerate(plan.drafts):
        following = plan.drafts[k + 1] if k + 1 < len(plan.drafts) else None
        if d.action != "sub" and following and following.action == "sub" and not d.answers and not (d.options and following.options):
            spans = ([s for i in [d.material] if i >= 0 for s in plan.materials[i].spans]) + d.stem
            spans += [(d.options[0][2][0], d.options[-1][3][1])] if d.options else []  # 1、A. ... B. ... (1) ... (2) ...
            plan.materials.append(Material(spans, options=list(d.options)))
            for later in plan.drafts[k + 1 :]:
                if later.action != "sub":
                    break
                later.material = len(plan.materials) - 1
                later.parent = d.number
            plan.roles.append((*d.mark, "number"))
            continue
        out.append(d)
    plan.drafts[:] = out
    return out


def with_shared_options(plan: Outline, drafts: list[Draft]) -> list[Draft]:
    """Gives the options that stand before their questions (配伍题) to each of them."""
    _next_groups(plan, drafts)
    own = {d.material for d in drafts if d.options}
    for d in drafts:
        if not d.options and d.material >= 0 and d.material not in own and len(plan.materials[d.material].options) >= 2:
            d.options = list(plan.materials[d.material].options)
            d.shares_options = True
    return drafts


def _next_groups(plan: Outline, drafts: list[Draft]) -> None:
    """Options that follow the last question of a group and stand before the next one's open the next group.

    That is so under 配伍题, and where the first question of the group has no options but those above it.
    """
    first: dict[int, Draft] = {}
    for k, d in enumerate(drafts[:-1]):
        first.setdefault(d.material, d)
        if not (d.options and d.material >= 0 and plan.materials[d.material].options):
            continue
        section = plan.sections[d.section] if d.section >= 0 else None
        if first[d.material].options and not (section and section.type == "matching"):
            continue
        group = len(plan.materials)
        later = [x for x in drafts[k + 1 :] if x.section == d.section and x.material == d.material]
        if not later or later[0].options:
            continue
        plan.materials.append(Material([(d.options[0][2][0], d.options[-1][3][1])], section=d.section, used=True, options=list(d.options)))
        d.options = []
        for x in later:
            x.material = group


_LETTERS_ALONE = re.compile(r"[ \n]*[A-H](?:[、,]?[A-H])*[ *]*(?=\n\s*\S)")


def stems_go_on(folded: str, drafts: list[Draft]) -> None:
    """What stands between the letters of an answer and the options below it (答案：C, a program, A. ...) is the rest of the stem."""
    for d in drafts:
        if d.options and len(d.answers) == 1 and not d.explanations and d.answers[0][1] <= d.options[0][2][0]:
            letters = _LETTERS_ALONE.match(folded, *d.answers[0])
            if letters:
                d.stem.append((letters.end(), d.answers[0][1]))
                d.answers = [letters.span()]


_POINTS = frozenset({"知识点", "考点"})


def points_that_explain(folded: str, drafts: list[Draft]) -> None:
    """A point of knowledge that is told in sentences (知识点：i++先取值，再加一。) explains an answer that nothing else explains."""
    for d in drafts:
        if d.answers and not d.explanations:
            for k, (style, (start, end)) in enumerate(d.notes):
                behind = d.notes[k + 1 : k + 2]
                if behind and behind[0][0] == "after" and behind[0][1][0] == end:
                    end = behind[0][1][1]
                if style in _POINTS and "。" in folded[start:end]:
                    d.explanations.append((start, end))
                    del d.notes[k : k + 1 + (end > d.notes[k][1][1])]
                    break


_SHOWS_ANSWER = re.compile(r"(?:查看|显示|展开)(?:参考|正确)?答案[^\n]{0,8}$")


def show_answers(folded: str, drafts: list[Draft]) -> None:
    """The text behind a button 查看答案 is the answer of an open question: if it stands behind most of these buttons of the document."""
    buttons = 0
    behind: list[tuple[Draft, Span]] = []
    for d in drafts:
        ends = [e for style, (_, e) in d.notes if style == "junk" and _SHOWS_ANSWER.search(folded, max(0, e - 20), e)]
        if not ends or d.options or d.answers or d.explanations:
            continue
        buttons += 1
        if len(d.stem) == 2 and d.stem[1][0] == ends[-1] and folded[slice(*d.stem[0])].strip() and folded[slice(*d.stem[1])].strip():
            behind.append((d, d.stem[1]))
    if len(behind) >= 2 and len(behind) * 4 >= buttons * 3:
        for d, span in behind:
            d.stem.remove(span)
            d.answers.append(span)


_ROW_ITEM = re.compile(r"[^\s、,;]+")
_GLUED_ROW = re.compile("[A-H]+|[√×]+")
_ONE_EACH = re.compile(r"[A-H]{1,6}|√|×|对|错|正确|错误")


def answers_in_order(folded: str, drafts: list[Draft]) -> None:
    """The answers of questions without numbers in one row below the last (参考答案：B C A): as many as there are questions."""
    if len(drafts) < 3 or any(d.number is not None or d.explanations for d in drafts) or any(d.answers for d in drafts[:-1]):
        return
    if len(drafts[-1].answers) != 1:
        return
    start, end = drafts[-1].answers[0]
    row = [(m.start(), m.end()) for m in _ROW_ITEM.finditer(folded, start, end)]
    if len(row) == 1 and _GLUED_ROW.fullmatch(folded, *row[0]):
        row = [(k, k + 1) for k in range(*row[0])]
    if len(row) == len(drafts) and all(_ONE_EACH.fullmatch(folded, *span) for span in row):
        for d, span in zip(drafts, row, strict=True):
            d.answers = [span]


_LINE_FEED = re.compile("\n")
_IN_LINE = re.compile(r"(?:(?<=[ \n。;:\]])|^)(?:[(\[](?P<n>\d{1,2}) ?[)\]]|(?P<sign>[⑴-⒇]))")
_IN_ROW = re.compile(r"(?<=[ 。;!?])(?:[(\[]?(?P<n>\d{1,2}) ?[.、)\]]+(?!\d)|(?P<sign>[⑴-⒇]))")
_LISTED = re.compile(r"\s*(?:[(\[]?(?P<n>\d{1,2}) ?[.、)\]]+(?!\d)|(?P<sign>[⑴-⒇]))")


def share_answers(folded: str, drafts: list[Draft]) -> None:
    """The list below the last question of a case (答：1. ... 2. ...) answers its questions one by one, if it numbers just these."""
    for _, group in groupby(drafts, key=lambda d: d.material):
        run = list(group)
        last = run[-1]
        parts = all(d.action == "sub" for d in run)  # (1) (2) (3) of one question, some with options
        if last.material < 0 or len(run) < 2 or len(last.answers) != 1 or (not parts and any(d.options or d.explanations for d in run)):
            continue
        if any(d.answers or d.explanations for d in run[:-1]):
            continue
        items = _items(folded, last.answers[0], parts)
        if [_value(m) for m in items] != [d.number for d in run]:
            continue
        for d, span in zip(run, _between(folded, items, last.answers[0][1]), strict=True):
            d.answers = [span]
        for fields in ("explanations", "commentaries") if parts else ():
            _deal(folded, run, fields)


def _items(folded: str, span: Span, counted: bool) -> list[re.Match[str]]:
    """The items that open a line of a list, or count on in its only line; ``counted``: only those that count on from 1."""
    places = [span[0], *(m.start() for m in _LINE_FEED.finditer(folded, span[0] + 1, span[1]))]
    items = [m for at in places if (m := _LISTED.match(folded, at, span[1]))]
    if not counted:
        for m in _IN_ROW.finditer(folded, items[0].end(), span[1]) if len(items) == 1 else ():
            if _value(m) == _value(items[-1]) + 1:
                items.append(m)
        return items
    on: list[re.Match[str]] = []
    for m in items if len(items) > 1 else _IN_LINE.finditer(folded, *span):
        if _value(m) == len(on) + 1:
            on.append(m)
    return on


def _value(m: re.Match[str]) -> int:
    return IN_ONE_SIGN[m["sign"]] if m["sign"] else int(m["n"])


def _between(folded: str, items: list[re.Match[str]], end: int) -> list[Span]:
    """What each item says, without the sign that parts it from the next."""
    stops = [*(m.start() for m in items[1:]), end]
    return [(m.end(), m.end() + len(folded[m.end() : stop].rstrip(" ;\n"))) for m, stop in zip(items, stops, strict=True)]


def _deal(folded: str, run: list[Draft], fields: str) -> None:
    """Gives each part of a question what its own item of the last part's text says; what stands before the first item goes with it."""
    spans: list[Span] = getattr(run[-1], fields)
    items = _items(folded, spans[-1], True) if spans else []
    if not items or [_value(m) for m in items] != [d.number for d in run]:
        return
    before = [s for s in (*spans[:-1], (spans[-1][0], items[0].start())) if folded[slice(*s)].strip()]
    for d, span in zip(run, _between(folded, items, spans[-1][1]), strict=True):
        setattr(d, fields, [*before, span] if d is run[0] else [span])
