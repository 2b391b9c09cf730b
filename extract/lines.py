"""The segmenter's own entries in the ledger (行结构与编号的修复): glue split, wraps joined, labels and numbers begun anew,
blanks drawn where answers stood.

They say how the page was read. With the policy ``off`` none is written: the questions are read right all the
same, and no character changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .documents import Plan
from .fold import fold
from .ledger import Patched
from .markers import BULLETS, LINE
from .model import Mark, Repair
from .printed_wraps import breaks
from .run_on import RUN_ON
from .wraps import wraps

_LONGEST_LEAD = 12
_SIGNS = frozenset(".、．")
_TAGS = re.compile(r"(?:\s*<[a-zA-Z/][^<>\n]{0,200}>)+")
# what stands before the stem of a question that was given no number and is of it
_OPENS = re.compile(r"(?:(?<!\d)\d{1,3} ?[.、．] ?)?[●◆■▲★•]*\Z")


def line_repairs(source: str, patched: Patched, plans: Iterable[Plan], marks: Iterable[Mark], *, policy: str) -> tuple[Repair, ...]:
    """The entries of all documents, in the coordinates of the source, none over an edit that is already there.

    ``marks`` are the container's, in the mended text.
    """
    if policy == "off":
        return ()
    printed = frozenset(breaks(marks))
    out: dict[tuple[int, int], Repair] = {}
    for plan in plans:
        labels = (*_signs(patched, plan), *_anew(patched, plan), *_drawn(patched, plan))
        for repair in (*_glue(patched, plan), *labels, *_wraps(patched, plan, printed)):
            key = (repair.start, repair.end)
            if (
                key not in out
                and not patched.touched(max(0, repair.start - 1), repair.end + 1)
                and source[repair.start : repair.end] == repair.before
            ):
                out[key] = repair
    ordered = sorted(out.values(), key=lambda r: (r.start, r.end))
    kept: list[Repair] = []
    for r in ordered:
        if not kept or (r.start >= kept[-1].end and (r.start, r.end) != (kept[-1].start, kept[-1].end)):
            kept.append(r)
    return tuple(kept)


def _entry(
    patched: Patched, rule: str, family: str, field: str, start: int, end: int, after: str, evidence: str, confidence: float
) -> Repair:
    a, b = patched.to_source(start), patched.to_source(end)
    return Repair(0, rule, family, field, a, max(a, b), patched.source[a:b], after, evidence, confidence, True)


def _glue(patched: Patched, plan: Plan) -> Iterator[Repair]:
    by = plan.piece.start
    for b in plan.builds:
        own = b.draft.mark[0] + by
        stems = [start + by for start, _ in b.stem.spans[:1]]
        at = own if b.draft.number is not None else _opening(patched.text, min([own, *stems]))
        glued = b.place != LINE or _regained(patched.text, own) if at == own else _behind_words(patched.text, at)
        if glued and patched.text[at - 1 : at] != "\n" and not _behind_tags(patched.text, at):
            yield _entry(
                patched,
                "split-glued-question",
                "lines",
                "text",
                at,
                at,
                "\n",
                f"题号 {b.draft.number} 紧跟在上一题之后，没有换行",
                0.98,
            )
        for index, _printed, mark, _span in b.draft.options:
            if index and _inside(patched.text, mark[0] + by):
                yield _entry(
                    patched,
                    "split-glued-option",
                    "lines",
                    "text",
                    mark[0] + by,
                    mark[0] + by,
                    "\n",
                    "下一个选项号按次序出现在同一行中",
                    0.97,
                )


def _signs(patched: Patched, plan: Plan) -> Iterator[Repair]:
    """The sign of a number that stands without it in running text, between the numbers before and after it that have the same."""
    by = plan.piece.start
    for before, b, after in zip(plan.builds, plan.builds[1:], plan.builds[2:], strict=False):
        n = b.draft.number
        if b.draft.style != RUN_ON or n is None or (before.draft.number, after.draft.number) != (n - 1, n + 1):
            continue
        signs = {patched.text[x.draft.mark[0] + by : x.draft.mark[1] + by].rstrip()[-1:] for x in (before, after)}
        sign = signs.pop()
        if not signs and sign in _SIGNS:
            at = b.draft.mark[0] + by + len(str(n))
            evidence = f"题号在 {n - 1} 与 {n + 1} 之间，前后题号后都用“{sign}”"
            yield _entry(patched, "number-stop", "label", "number", at, at, sign, evidence, 0.96)


def _opening(text: str, at: int) -> int:
    """Where a question opens that was given no number: before the bullet, or the number, that stands before its stem."""
    lead = _OPENS.search(text[max(0, at - _LONGEST_LEAD) : at])
    return at - (len(lead[0]) if lead else 0)


def _behind_words(text: str, at: int) -> bool:
    """Whether other text than bullets stands before a place on its line."""
    return bool(fold(text[max(0, at - _LONGEST_LEAD) : at]).rpartition("\n")[2].strip(BULLETS))


def _behind_tags(text: str, at: int) -> bool:
    """Whether nothing but the markup that a scraper left stands before a place on its line."""
    return text[at - 1 : at] == ">" and _TAGS.fullmatch(text, text.rfind("\n", 0, at) + 1, at) is not None


def _regained(text: str, at: int) -> bool:
    """Whether a place that counts as the beginning of a line stands behind a blank and other text."""
    return text[at - 1 : at].isspace() and _behind_words(text, at)


def _inside(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] not in " \n\t\u3000\xa0（([【*√|$;；"


def _anew(patched: Patched, plan: Plan) -> Iterator[Repair]:
    by = plan.piece.start
    text = patched.text
    for b in plan.builds:
        if b.number is not None and b.draft.number is not None and b.number != b.draft.number and b.draft.action == "number":
            m = re.compile(r"\d+").search(text, b.draft.mark[0] + by, b.draft.mark[1] + by)
            if m:
                yield _entry(
                    patched,
                    "count-on-after-restart",
                    "labels",
                    "number",
                    m.start(),
                    m.end(),
                    str(b.number),
                    f"大题还没有结束，题号却重新开始；上一题是第 {b.number - 1} 题",
                    0.95,
                )
        for label, printed, mark, _ in b.options:
            if len(printed) == 1 and printed.isascii() and printed.upper() != label:
                m2 = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]").search(text, mark[0] + by, mark[1] + by)
                if m2:
                    yield _entry(
                        patched,
                        "relabel-option",
                        "labels",
                        "label",
                        m2.start(),
                        m2.end(),
                        label,
                        "同一道题的选项号中途重新开始",
                        0.95,
                    )


def _drawn(patched: Patched, plan: Plan) -> Iterator[Repair]:
    """A blank where a statement shows its answer underlined."""
    by = plan.piece.start
    for b in plan.builds:
        if b.type == "fill_blank" and b.answer is not None and not b.on_lines:
            for start, _ in b.lit:
                why = "填空题的答案以下划线等样式写在此处，移作答案并留下空"
                yield _entry(patched, "draw-answered-blank", "lines", "stem", start + by, start + by, "____", why, 0.95)


def _wraps(patched: Patched, plan: Plan, printed: frozenset[int]) -> Iterator[Repair]:
    parts = (p for q in plan.document.questions for p in q.parts if p.field != "answer" or not isinstance(q.answer, tuple | bool))
    for w in wraps(patched.text, parts, printed):
        field = w.field.partition(":")[0].replace("option", "options")
        yield _entry(patched, "join-wrapped-line", "lines", field, w.start, w.end, w.joined, w.why, 0.95)
