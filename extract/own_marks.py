"""Right options that a page marks in a way of its own (自用标记): B. 李白 ←, **B. 李白**, B. 李白 (correct), where no table knows the sign.

It stands beside one option, or a few, of nearly every question and beside no others; what stands beside all of them is a list's.
"""

from __future__ import annotations

import re
from collections import Counter

from .builds import Build
from .stem import strip

_SIGN = r"[^\w\s\u3000-\u303f一-鿿。.,;:?!%()\[\]{}“”‘’\"'…·+/\\^<>=&°℃-]"
_WORD = r"(?:[Cc]orrect|[Rr]ight|[Aa]nswer|正确答案|正确选项|本题答案|答案)"
_BEHIND = re.compile(rf" *(?<!\n)(?P<sign>(?:{_SIGN}|<-{{1,2}}|={{2}}){{1,3}}|[(\[] ?{_WORD} ?[)\]]|(?<=[ \n]){_WORD})$")
_BEFORE = re.compile(rf"(?P<sign>(?:{_SIGN}|-{{1,2}}>|={{2}}|_{{2}}){{1,3}})[ ]*$")
_LEAST = 3
_REACH = 12


def own_marks(folded: str, builds: list[Build]) -> None:
    """Marks the options where nearly every question without an answer has some so, and takes the sign off."""
    open_ones = [b for b in builds if len(b.options) >= 2 and not (b.answer_spans or b.key_item or b.marked or b.stem.answer)]
    if len(open_ones) < _LEAST:
        return
    shown = {id(b): _signs(folded, b) for b in open_ones}
    used: Counter[str] = Counter()
    for b in open_ones:
        signs = shown[id(b)]
        used.update(sign for sign in {s for s, _ in signs.values()} if sum(s == sign for s, _ in signs.values()) < len(b.options))
    sign = max(used, key=used.__getitem__, default="")
    if used[sign] < _LEAST or used[sign] * 5 < len(open_ones) * 4:
        return
    marked = {id(b): {k: end for k, (s, end) in shown[id(b)].items() if s == sign} for b in open_ones}
    places = {tuple(ends) for ends in marked.values() if ends}
    if len(places) < 2 or sum(map(len, marked.values())) * 5 > sum(len(b.options) for b in open_ones) * 3:
        return  # behind every last option, or before all but the first: a sign of the page's own
    for b in open_ones:
        ends = marked[id(b)]
        for k, (label, printed, mark, texts) in enumerate(b.options) if len(ends) < len(b.options) else ():
            start, end = texts[-1][0], ends.get(k, texts[-1][1])
            if k + 1 in ends and folded.endswith("\n" + sign, start, end):  # that opens the next line
                end -= len(sign) + 1
            if k in ends:
                b.marked.append(label)
            b.options[k] = (label, printed, mark, [*texts[:-1], strip(folded, (start, end), "*_=`" if k in ends else "")])


def _signs(folded: str, b: Build) -> dict[int, tuple[str, int]]:
    """What stands beside its options, by their places: the sign, and where the text of the option ends then."""
    found: dict[int, tuple[str, int]] = {}
    for k, (_, _, mark, texts) in enumerate(b.options):
        start, end = texts[-1]
        behind = _BEHIND.search(folded, max(start + 1, end - _REACH), end)
        before = _BEFORE.search(folded, max(b.options[k - 1][3][-1][0] if k else 0, folded.rfind("\n", 0, mark[0]) + 1), mark[0])
        if behind:
            found[k] = (behind["sign"], behind.start())
        elif before:
            found[k] = (before["sign"], end)
    return found
