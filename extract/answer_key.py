"""Answer keys (答案页) -> the questions that their items belong to.

A key region is cut into lists by the headings inside it. A list goes to the run of questions that it fits: by the heading's words, by
its ordinal, by the chapter over it, by its numbers, else in order. Where counts do not fit, nothing is shifted: the questions stay
without an answer and carry a doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from .fold import fold
from .key_items import read_items
from .key_lists import ItemList, begun_anew, key_lists, words_of
from .key_ordinals import answered_by_ordinals
from .key_parts import joined_by_blanks, split_by_parts
from .key_rows import Item
from .key_runs import Run, runs_of
from .key_signs import key_begins
from .notices import NOTICES
from .outlined import Draft, Outline
from .question_types import CHOICES, type_named

_VERDICT = re.compile(r"[√×]|不?正确|错误|[对错TF](?![一-鿿A-Za-z])")  # 错，应为...
_TITLE_LAST = re.compile(r"\n[^\n。,;]{0,30}(?:学年|考试|测试|检测|试[题卷])[^\n。,;]{0,24}\s*\Z")
_IN_HEADING = re.compile(r"[(\[](?:参考|正确)?答案 ?[:]? ?(?P<key>[^)\]\n]*(?:[(\[][^)\]\n]*[)\]][^)\]\n]*)*)[)\]]")


@dataclass(slots=True)
class Keyed:
    """What the keys of a document say: an item a question, and doubts."""

    pairs: list[tuple[Draft, Item]] = field(default_factory=list)
    doubts: list[tuple[Draft, str, str]] = field(default_factory=list)


def read_keys(folded: str, plan: Outline) -> Keyed:
    """The answers that the keys of one document give to its questions."""
    out = Keyed()
    runs = runs_of(plan)
    starts = [r.drafts[0].mark[0] for r in runs]
    for start, end, role in plan.roles:
        if role == "heading":
            k = bisect_left(starts, end)
            m = _IN_HEADING.search(folded, start, min(starts[k], end + 400)) if k < len(runs) else None
            if m:
                items = read_items(folded, m.span("key"))
            if m and items.items:
                _give(folded, out, runs[k : k + 1], [ItemList("", "", items.items, items.counted)])
        elif role == "instruction" and key_begins(folded, start) == 2:  # 一、单选题 / 1.B 2.A, above the questions
            k = bisect_left(starts, end)
            items = read_items(folded, (start, end))
            asked = {d.number for d in runs[k].drafts} if k < len(runs) else set()
            if len(items.items) * 2 >= max(len(asked), 4) and {i.number for i in items.items} <= asked:
                _give(folded, out, runs[k : k + 1], [ItemList("", "", items.items, items.counted)])
    titles = {words_of(s.path[-1]) for s in plan.sections}
    before = 0
    for key in plan.keys:
        here = bisect_left(starts, key.span[0])
        paper = (NOTICES.search(folded, *key.span) or _TITLE_LAST.search(folded, *key.span)) if here == 0 else None
        if paper:  # the key stands before the paper, whose head says 注意事项, or whose title comes last
            key.span = (key.span[0], paper.start())
        ordered = answered_by_ordinals(folded, key.span, plan, [d for r in runs[before:here] for d in r.drafts])
        out.pairs += [(d, item) for d, item, _ in ordered]
        given = {id(d) for d, _, _ in ordered}
        for r in runs[before:here]:
            r.used = r.used or all(id(d) in given for d in r.drafts)
        lists = key_lists(folded, key, titles, [hole for _, _, hole in ordered])
        scope = [r for r in runs[before:here] if not r.used] or [r for r in runs[:here] if not r.used]
        scope = [r for r in scope if not all(d.answers for d in r.drafts)] or scope  # answered where they stand
        if lists and not scope and here == 0:
            scope = runs  # the key stands before the paper
        if len(lists) == 1 < len(scope) and not lists[0].title and not any(r.subs for r in scope):
            anew = begun_anew(folded, key.span, [sorted(r.numbers) for r in scope])
            for run, item_list in zip(scope, anew, strict=False):
                _give(folded, out, [run], [item_list])
            lists = [] if anew else lists
        if lists:
            _give(folded, out, scope, lists, parted=here < len(runs) or len(plan.keys) > 1)
        before = here
    return out


def _give(folded: str, out: Keyed, scope: list[Run], lists: list[ItemList], parted: bool = False) -> None:
    """Gives the items of one key to the questions of the runs that it is for."""
    if _by_number(folded, out, scope, [ls for ls in lists if not ls.alone]):
        lists = [ls for ls in lists if ls.alone]  # 书面表达: ... without a number
    position = 0
    nearest = parted and len(lists) == 1 and not lists[0].title and not lists[0].ordinal  # it is for the section right above it
    rest: list[ItemList] = []
    ordinals: defaultdict[str, set[int]] = defaultdict(set)
    for item_list in lists:
        ordinals[item_list.path].add(item_list.ordinal)
    for item_list in lists:
        k = _best(folded, scope, item_list, position, ordinals[item_list.path], nearest)
        if k is None:
            rest.append(item_list)
            continue
        scope[k].used = True
        position = k + 1
        _fill(folded, out, scope, k, item_list)
    for item_list in rest:
        if not item_list.counted:
            _spill(out, [r for r in scope if not r.used], item_list.items)


def _by_number(folded: str, out: Keyed, scope: list[Run], lists: list[ItemList]) -> bool:
    """Where neither the paper nor the key uses a number twice, the number alone says it all."""
    asked = [(n, r, d) for r in scope for n, d in r.numbers.items() if d.style != "case"]
    numbers = [n for n, _, _ in asked]
    items = [i.number for ls in lists for i in ls.items]
    if not lists or any(ls.counted for ls in lists) or len(set(numbers)) < len(numbers) or len(set(items)) < len(items) or len(scope) < 2:
        return False
    if not set(items) <= set(numbers) or any(r.subs for r in scope):
        return False
    table = {n: (r, d) for n, r, d in asked}
    for item_list in lists:
        for i in item_list.items:
            run, draft = table[i.number]
            run.used = True
            out.pairs.append((draft, i))
    _unanswered(out, [r for r in scope if r.used], {id(d) for d, _ in out.pairs})
    return True


def _fill(folded: str, out: Keyed, scope: list[Run], k: int, wanted: ItemList) -> None:
    run = scope[k]
    heads = run.heads
    if wanted.counted:
        drafts = run.drafts if len(run.drafts) == len(wanted.items) else heads
        if len(drafts) != len(wanted.items):
            out.doubts += [
                (d, "key_unmatched", f"the key prints {len(wanted.items)} answers without numbers for {len(heads)} questions")
                for d in heads
            ]
            return
        out.pairs += zip(drafts, wanted.items, strict=True)
        return
    items = split_by_parts(folded, wanted.items, run.numbers, run.subs) if run.subs else wanted.items
    items = joined_by_blanks(folded, items, run.numbers)
    if (wanted.title or (len(scope) == 1 and run.drafts[0].number is None)) and _listed_points(scope, k, items):
        first, end = items[0], items[-1].answer[1]
        if first.explanation:
            items = [Item(1, first.mark, first.answer, (first.explanation[0], end))]
        else:
            items = [Item(1, first.mark, (first.mark[0], end))]
    hits = [i for i in items if i.number in run.numbers]
    if not hits and len(items) == len(heads) and items[0].number == 1:  # the paper counts on where its key begins anew
        out.pairs += zip(heads, items, strict=True)
        return
    given: set[int] = set()
    missed: list[Item] = []
    for i in items:
        draft = run.numbers.get(i.number)
        if draft is not None and id(draft) not in given:
            given.add(id(draft))
            out.pairs.append((draft, i))
        elif draft is None:
            missed.append(i)
    if missed and missed[0].number > max(run.numbers):
        _spill(out, [r for r in scope[k + 1 :] if r.numbers and min(r.numbers) > max(run.numbers)], missed)  # that count on
    _unanswered(out, [run], given)


def _listed_points(scope: list[Run], k: int, items: list[Item]) -> bool:
    """Whether a list answers the only question of a section, point by point: 三、论述题 1、... 2、... 3、..."""
    run = scope[k]
    if len(run.drafts) != 1 or run.drafts[0].options or list(run.numbers) != [1] or any(i.explanation for i in items[1:]):
        return False
    runs_on = k + 1 < len(scope) and min(scope[k + 1].numbers, default=0) == 2
    return not runs_on and [i.number for i in items] == list(range(1, len(items) + 1)) and len(items) > 1


def _spill(out: Keyed, runs: list[Run], items: list[Item]) -> None:
    """One list of numbers that runs over several sections: each number goes to the first question that bears it."""
    table: dict[int, tuple[Run, Draft]] = {}
    for r in runs:
        for n, d in r.numbers.items():
            table.setdefault(n, (r, d))
    for i in items:
        hit = table.pop(i.number, None)
        if hit:
            hit[0].used = True
            out.pairs.append((hit[1], i))


def _unanswered(out: Keyed, runs: list[Run], given: set[int]) -> None:
    for r in runs:
        for n, d in r.numbers.items():
            if id(d) not in given and d.action != "sub" and not r.subs.get(n) and not d.answers:
                out.doubts.append((d, "key_unmatched", f"the key of this section has no answer under number {n}"))


def _surface(folded: str, items: list[Item]) -> str:
    """What most items of a list look like: letters, marks, or words."""
    head = [folded[i.answer[0] : i.answer[1]].strip(" ()[]。.;,、\n") if i.text is None else i.text for i in items[:12]]
    letters = sum(bool(re.fullmatch(r"[A-H ,、]{1,12}", w)) for w in head)
    marks = sum(_VERDICT.match(w) is not None for w in head)
    return "marks" if marks * 2 > len(head) else "letters" if letters * 2 > len(head) else "words"


def _within(chapter: str, names: tuple[str, ...]) -> bool:
    words = [words_of(name, ordinals=True) for name in names]
    return any(w and (chapter in w or w in chapter) for w in words)


def _best(folded: str, scope: list[Run], wanted: ItemList, position: int, others: set[int], nearest: bool) -> int | None:
    named = type_named(fold(wanted.title)) if wanted.title else None
    title, chapter, ordinal = words_of(wanted.title), words_of(wanted.path, ordinals=True), wanted.ordinal
    surface = _surface(folded, wanted.items)
    near = range(max(0, position - 3), min(len(scope), position + 12))
    places = range(len(scope)) if len(scope) <= 40 or (chapter and position == 0) else near
    # the first of several papers stands under the title of the document
    elsewhere = chapter and any(r.chapter for r in scope) and not any(r.chapter and _within(chapter, r.chapter) for r in scope)
    best: tuple[float, int] | None = None
    for k in places:
        run = scope[k]
        if run.used or (wanted.alone and len(run.drafts) > 1):
            continue
        score = 2.0 * sum(i.number in run.numbers for i in wanted.items) / max(1, len(wanted.items)) if not wanted.counted else 0.6
        score += 1.0 * min(len(run.drafts), len(wanted.items)) / max(1, len(run.drafts), len(wanted.items))
        score += 0.5 * (not wanted.counted and {i.number for i in wanted.items} == set(run.numbers))
        own = words_of(run.title)
        if title and own and (own == title or own in title or title in own):
            score += 4.0
        elif named and run.type == named:
            score += 3.0
        elif named and run.type and named in CHOICES and run.type in CHOICES:
            score += 1.0
        elif title and named and run.type and run.type != named:
            score -= 4.0
        if ordinal and run.printed:
            score += 2.0 if ordinal == run.printed else -6.0 if run.printed in others else -2.0
        elif ordinal:
            score += 1.0 if ordinal == run.ordinal else -0.5
        if chapter and run.title:
            score += 4.0 if _within(chapter, run.chapter or (run.title,)) or (not run.chapter and elsewhere) else -2.0
        options = sum(len(d.options) >= 2 for d in run.drafts) * 2 > len(run.drafts)
        score += (0.8 if options else -0.4) if surface == "letters" else (-0.8 if options else 0.4)
        if run.type == "true_false" and surface == "words":
            score -= 1.5
        score += 0.8 if k == (len(scope) - 1 if nearest else position) else 0.4 if k > position or nearest else -0.5
        if score > (best[0] if best else 1.2):
            best = (score, k)
    return best[1] if best else None
