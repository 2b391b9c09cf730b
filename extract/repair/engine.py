"""The one engine (修复引擎): families in a written order until nothing changes, one ledger in the coordinates of the source.

Each family sees the text as the families before it left it. Its edits are folded into what stands already, so that every entry is
an edit of the untouched reading text, entries never overlap, and replay and undo are one pass.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, cycle, islice

from ..ledger import Patched, fingerprint
from ..model import Knowledge, Part, Repair
from .rule import Find, Page, Rule

APPLY_FROM = 0.95   # the one threshold: at or above it a repair is applied, below it a suggestion
SUGGEST_FROM = 0.3  # below it a find is not worth a person's time
ROUNDS = 3          # a mended number may show the next damage; more rounds never found anything

# What a repair of wording may at most suggest: figures, units, negation, comparison and direction, enumerators.
PROTECTED = frozenset(
    "0123456789０１２３４５６７８９%％‰℃°½¼²³×÷+=<>≤≥±√零〇一二三四五六七八九十百千万亿两"
    "不未无非没勿莫否上下左右大小多少正负奇偶增减高低长短快慢前后内外升降有甲乙丙丁"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the source (改动). ``own`` is false for what the ledger held before: it is respected, never changed."""

    start: int
    end: int
    after: str
    rule: str
    family: str
    evidence: str
    sure: float
    own: bool = True


def mend(
    text: str,
    families: Sequence[Sequence[Rule]],
    *,
    policy: str,
    knowledge: Knowledge,
    taken: Iterable[Repair] = (),
    parts: tuple[Part, ...] = (),
    closed: tuple[tuple[int, int], ...] = (),
) -> tuple[Repair, ...]:
    """The entries that the families add to the ledger ``taken``. ValueError for a policy other than off, safe, suggest."""
    if policy not in ("off", "safe", "suggest"):
        raise ValueError(f"repair policy {policy!r} is none of off, safe, suggest")
    if policy == "off":
        return ()
    taken = tuple(taken)
    applied = sorted(
        (Edit(r.start, r.end, r.after, r.rule, r.family, r.evidence, r.confidence, own=False) for r in taken if r.applied),
        key=lambda e: (e.start, e.end),
    )
    doubts: dict[int, list[Edit]] = {}  # of each family, where it looked last
    sight = _look(text, applied, knowledge, parts, closed)
    quiet = 0  # so many families in a row have seen the text as it stands and left it
    for k, rules in islice(cycle(enumerate(families)), ROUNDS * len(families)):
        asked = [rule for rule in rules if policy == "suggest" or not rule.deep]
        fresh, doubts[k] = _ask(text, asked, applied, *sight)
        quiet += 1
        if fresh:
            quiet = 0
            applied = fold(text, applied, fresh)
            sight = _look(text, applied, knowledge, parts, closed)
        if quiet == len(families):
            break
    return _entries(text, applied, [*chain.from_iterable(doubts.values())], taken, parts, knowledge)


def _look(
    text: str, applied: list[Edit], knowledge: Knowledge, parts: tuple[Part, ...], closed: tuple[tuple[int, int], ...]
) -> tuple[Page, Patched | None]:
    """The text as it stands after the edits, with the fields and the no-touch spans at their places in it."""
    if not applied:
        return Page(text, knowledge, parts, closed, text), None
    patched = Patched(text, [(e.start, e.end, e.after) for e in applied])
    moved = tuple(Part(p.field, patched.to_mended(p.start), patched.to_mended(p.end)) for p in parts)
    shut = tuple((patched.to_mended(a), patched.to_mended(b)) for a, b in closed)
    return Page(patched.text, knowledge, moved, shut, text), patched


def _ask(
    text: str, rules: Sequence[Rule], applied: list[Edit], page: Page, patched: Patched | None
) -> tuple[list[Edit], list[Edit]]:
    """What the rules of one family find: edits in the text as it stands, and doubts already in the coordinates of the source."""
    found: list[tuple[float, Find, Rule]] = []
    for rule in rules:
        if rule.chars and rule.chars.isdisjoint(page.letters):
            continue
        for find in rule.find(page):
            before = page.text[find.start : find.end]
            if before == find.after or not 0 <= find.start <= find.end <= len(page.text):
                continue
            if rule.scope == "question" and page.knowledge.glossary and page.guarded.holds(find.start, find.end):
                continue
            sure = rule.sure if find.sure is None else find.sure
            if not rule.structural and sure >= APPLY_FROM and protected(before, find.after):
                sure = APPLY_FROM - 0.05
            if sure >= SUGGEST_FROM:
                found.append((sure, find, rule))
    fresh: list[Edit] = []
    doubts: list[Edit] = []
    for sure, find, rule in resolve(found):
        start, end, touched = _source_span(patched, applied, find.start, find.end)
        edit = Edit(start, end, find.after, rule.name, rule.family, find.evidence, sure)
        if page.knowledge.rejected and fingerprint(text, _repair(text, edit, "text", True)) in page.knowledge.rejected:
            continue
        if sure < APPLY_FROM or _in_answer(page.parts, find):
            if not touched:
                doubts.append(replace(edit, sure=min(sure, APPLY_FROM - 0.05)))
        else:
            fresh.append(replace(edit, start=find.start, end=find.end))
    return fresh, doubts


def protected(before: str, after: str) -> bool:
    """Whether a change adds, drops or swaps a character that only a person may change."""
    changed = set(before) ^ set(after)
    return bool(changed & PROTECTED) or any(before.count(c) != after.count(c) for c in set(before) & set(after) & PROTECTED)


def resolve(found: list[tuple[float, Find, Rule]]) -> list[tuple[float, Find, Rule]]:
    """Of finds that overlap, the surer, then the longer, then the earlier; in the order of the text. One sweep."""
    kept: list[tuple[float, Find, Rule]] = []
    for item in sorted(found, key=lambda f: (f[1].start, f[1].end)):
        if not kept or (kept[-1][1].end <= item[1].start and kept[-1][1].start < item[1].start):
            kept.append(item)
        elif (item[0], item[1].end - item[1].start) > (kept[-1][0], kept[-1][1].end - kept[-1][1].start):
            kept[-1] = item
    return kept


def _source_span(patched: Patched | None, applied: list[Edit], start: int, end: int) -> tuple[int, int, bool]:
    """The span of the source behind a span of the mended text, and whether an applied edit lies in it."""
    if patched is None:
        return start, end, False
    a = patched.to_source(start)
    b = patched.to_source(end - 1) + 1 if end > start else a
    return a, max(a, b), patched.touched(a, max(a + 1, b))


def fold(text: str, old: list[Edit], new: list[Edit]) -> list[Edit]:
    """The edits of the source that do ``old`` and then ``new`` (whose places are in the mended text). Linear.

    A new edit that meets an old one becomes one entry with it; a new edit that meets an entry that is not our own is dropped.
    """
    mended: list[tuple[int, int]] = []
    shift = 0
    for e in old:
        mended.append((e.start + shift, e.start + shift + len(e.after)))
        shift += len(e.after) - (e.end - e.start)
    whole = Patched(text, [(e.start, e.end, e.after) for e in old]).text
    out: list[Edit] = []
    k = at = 0
    back = 0  # what turns a place of the mended text into one of the source, behind the edits seen so far
    while at < len(new):
        n = new[at]
        while k < len(old) and mended[k][1] <= n.start:
            out.append(old[k])
            back = old[k].end - mended[k][1]
            k += 1
        low, high, j, upto = n.start, n.end, k, at + 1
        while True:  # what meets what meets: one cluster of old and new edits becomes one entry
            if j < len(old) and mended[j][0] < high:
                low, high, j = min(low, mended[j][0]), max(high, mended[j][1]), j + 1
            elif upto < len(new) and j > k and new[upto].start < high:
                high, upto = max(high, new[upto].end), upto + 1
            else:
                break
        group, met = new[at:upto], old[k:j]
        at = upto
        if not met:
            out.append(replace(n, start=n.start + back, end=n.end + back))
            continue
        if all(e.own for e in met):
            start = met[0].start - (mended[k][0] - low)
            end = met[-1].end + (high - mended[j - 1][1])
            after = Patched(whole[low:high], [(g.start - low, g.end - low, g.after) for g in group]).text
            if after != text[start:end]:
                said = dict.fromkeys(e.evidence for e in [*met, *group])
                sure = min(e.sure for e in [*met, *group])
                out.append(Edit(start, end, after, group[-1].rule, group[-1].family, "；".join(said), sure))
        else:
            out += met
        back = met[-1].end - mended[j - 1][1]
        k = j
    return out + old[k:]


def _in_answer(parts: tuple[Part, ...], find: Find) -> bool:
    return bool(parts) and _field(parts, find.start) == "answer"


def _field(parts: tuple[Part, ...], at: int) -> str:
    """The ledger's name of the field that holds a place; ``parts`` are in order."""
    k = bisect_left(parts, at + 1, key=lambda p: p.start) - 1
    if k < 0 or parts[k].end <= at:
        return "text"
    field = parts[k].field
    return _FIELDS.get(field, "options" if field.startswith("option:") else "text")


_FIELDS = {
    "stem": "stem", "material": "stem", "answer": "answer", "explanation": "explanation", "commentary": "explanation", "number": "number",
}


def _entries(
    text: str, applied: list[Edit], doubts: list[Edit], taken: tuple[Repair, ...], parts: tuple[Part, ...], knowledge: Knowledge
) -> tuple[Repair, ...]:
    """The ledger's new entries: what was applied, and the doubts that touch nothing else."""
    own = [_repair(text, e, _field(parts, e.start), True) for e in applied if e.own]
    held = [(r.start, r.end) for r in taken if not r.applied]
    if held:
        own = [r for r in own if not any(a < r.end and r.start < b for a, b in held)]
    if knowledge.rejected:
        own = [r for r in own if fingerprint(text, r) not in knowledge.rejected]
    busy = sorted([(r.start, r.end) for r in taken] + [(r.start, r.end) for r in own])
    starts = [start for start, _ in busy]
    kept: list[Edit] = []
    for doubt in sorted(doubts, key=lambda d: (d.start, d.end, -d.sure)):
        k = bisect_left(starts, doubt.start)
        if (k < len(busy) and (busy[k][0] < doubt.end or busy[k][0] == doubt.start)) or (k and busy[k - 1][1] > doubt.start):
            continue
        if not kept or (kept[-1].end <= doubt.start and kept[-1].start < doubt.start):
            kept.append(doubt)
        elif doubt.sure > kept[-1].sure:
            kept[-1] = doubt
    unsure = [_repair(text, e, _field(parts, e.start), False) for e in kept]
    return tuple(sorted(own + unsure, key=lambda r: (r.start, r.end)))


def _repair(text: str, e: Edit, field: str, applied: bool) -> Repair:
    return Repair(0, e.rule, e.family, field, e.start, e.end, text[e.start : e.end], e.after, e.evidence, round(e.sure, 3), applied)
