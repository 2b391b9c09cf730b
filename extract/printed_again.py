"""The paper printed again in its key (试题与解析): 参考答案与试题解析, and below it every question once more, now with its answer.

The second print says all that the first says and more, so it is the question. The first print is left in its place as a note.
"""

from __future__ import annotations

import re

from .outlined import Draft, Outline

_NO_LETTER = re.compile(r"[\W_]+")
_SAME = 8  # letters of two stems that begin alike, where the blanks of one are filled


def without_first_print(folded: str, plan: Outline) -> None:
    """Drops the questions without answers that stand again behind them, in the same order, answered."""
    drafts = plan.drafts
    cut = next((k for k, d in enumerate(drafts) if _explained(d)), len(drafts))
    again = next((k for k in range(1, cut + 1) if k < len(drafts) and _twins(folded, drafts[0], drafts[k])), 0)
    if again < 2:
        return
    first: list[Draft] = []
    k = again
    for d in drafts[:again]:
        twin = next((j for j in range(k, min(k + 4, len(drafts))) if _twins(folded, d, drafts[j])), None)
        if twin is not None:
            first.append(d)
            k = twin + 1
    answered = sum(_explained(d) for d in drafts[again:])
    if len(first) * 5 < again * 4 or answered * 5 < (len(drafts) - again) * 4:
        return
    gone = {id(d) for d in first}
    plan.drafts[:] = [d for d in drafts if id(d) not in gone]
    for d in first:
        plan.roles += [(*span, "note") for span in (d.mark, *d.stem, *((mark[0], text[1]) for _, _, mark, text in d.options))]


def _explained(d: Draft) -> bool:
    return bool(d.answers or d.explanations)


def _twins(folded: str, a: Draft, b: Draft) -> bool:
    """Whether two drafts are the same question: number, options, and stem but for its blanks."""
    if a.number is None or a.number != b.number or len(a.options) != len(b.options):
        return False
    if [folded[slice(*o[3])].strip() for o in a.options] != [folded[slice(*o[3])].strip() for o in b.options]:
        return False
    one, two = _letters(folded, a), _letters(folded, b)
    return one == two or (not a.options and one[:_SAME] == two[:_SAME])


def _letters(folded: str, d: Draft) -> str:
    return _NO_LETTER.sub("", "".join(folded[s:e] for s, e in d.stem))
