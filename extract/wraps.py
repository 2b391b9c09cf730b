"""Whether a line break inside a field is a wrap (折行) or meant: by the word across it, the sentence, and the column of its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from .model import Part
from .repair import words
from .repair.rules.spacing import width

_BREAK = re.compile(r"[ \t\u3000\xa0]*\n[ \t\u3000\xa0\n]*")
_ENDS = re.compile(r"[。？！；：.?!;:…”』」》>}]$")
_BEGINS_ITEM = re.compile(
    r"^(?:[(（\[【]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-zⅠ-Ⅻ])\s*[)）\].、．:：】]|[①-⑳•·●◆■\-—*#>|]|第[一二三四五六七八九十\d]|材料|资料|[A-H]\s*项|问题|解法|注[:：释]|\[|【)"
)
_HAN = re.compile(r"[\u4e00-\u9fff，、。；：？！“”‘’（）《》]")
_CODE = re.compile(r"[{};]\s*$|^\s*(?:#include|int |void |for ?\(|while ?\(|def |class |import |print|return|public |SELECT |BEGIN|END)")
_SET_OUT = re.compile(r"\S[ \xa0\u3000]{3,}\S|\t")  # columns of a table or of code
_OPEN_END = re.compile(r"[，,、（(“‘《]$|[\u4e00-\u9fff](?:的|和|与|及|或|在|是|为|把|被|对|从|由|于)$")
_FIGURE = re.compile(r"\[图:[^\]\n]*\]")
_EMPTY = re.compile(r"[（(][ \xa0\u3000]*[)）]")
_CLOSING = "。，、；：？！）)”》】;,.?!"
_LEFT = re.compile("[\u4e00-\u9fff]{1,8}\\Z")
_RIGHT = re.compile("[\u4e00-\u9fff]{1,8}")
_NEAR = 1500  # characters on each side whose lines show the column
_LEAST = 40   # half widths: no column is narrower
_FULL = 0.86  # of the column: as far as a line that was wrapped may fall short of it


@dataclass(frozen=True, slots=True)
class Wrap:
    """A line break inside a field that is a wrap (折行): what joins its two lines, and why. ``wide`` is the width of the first."""

    start: int
    end: int
    field: str
    joined: str
    why: str
    wide: int


class _Widths(dict[int, int]):
    """Where a line of the page begins -> its width in half columns, its figures apart; measured once."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __missing__(self, start: int) -> int:
        end = self._text.find("\n", start)
        line = self._text[start : end if end >= 0 else len(self._text)].strip()
        wide = self[start] = width(_FIGURE.sub("", line))
        return wide


def wraps(text: str, parts: Iterable[Part], printed: Container[int] = ()) -> Iterator[Wrap]:
    """The wraps of the fields: first those that prove themselves, then breaks at a column where at least two of these stand.

    ``printed`` are the line feeds of which the container knows that they only wrap a line.
    """
    widths = _Widths(text)
    proven: Counter[int] = Counter()
    open_: list[Wrap] = []
    for p in parts:
        if (p.end - p.start < 16 and not printed) or text.find("\n", p.start + 1, p.end - 1) < 0:
            continue
        for m in _BREAK.finditer(text, p.start + 1, p.end - 1):
            wrap = _wrap(text, m, p, widths, m[0].count("\n") == 1 and text.index("\n", m.start()) in printed)
            if wrap and wrap.why:
                proven[wrap.wide] += 1
                yield wrap
            elif wrap and m[0].count("\n") == 1:
                open_.append(wrap)
    for wrap in open_:
        twins = sum(proven[wrap.wide + k] for k in range(-3, 4))
        if wrap.wide >= _LEAST and twins >= 2:
            yield replace(wrap, why=f"此行断在另外 {twins} 处折行的同一列")


def _wrap(text: str, m: re.Match[str], p: Part, widths: _Widths, printed: bool) -> Wrap | None:
    """The break with what would join its lines and the proof, if any; None where it is meant."""
    before = text[max(text.rfind("\n", p.start, m.start()) + 1, p.start) : m.start()]
    next_end = text.find("\n", m.end(), p.end)
    after = text[m.end() : next_end if next_end >= 0 else p.end]
    wide = widths[text.rfind("\n", 0, m.start()) + 1]
    if after[:1] and after[:1] in _CLOSING:
        return Wrap(m.start(), m.end(), p.field, "", "下一行以不能居行首的标点开头", wide)
    if len(before.strip()) < 14 and not printed:
        return None
    if _ENDS.search(before) or _BEGINS_ITEM.match(after) or (before.count("_") > 6 and before[-1] == "_"):
        return None
    if any(pattern.search(line) for pattern in ((_CODE,) if printed else (_CODE, _SET_OUT)) for line in (before, after)):
        return None
    if _HAN.match(after[:1]) or _HAN.match(before[-1:]):
        joined = ""
    elif before[-1:].isascii() and before[-1:].isalnum() and (after[:1].isalnum() if printed else after[:1].islower()):
        joined = " "
    else:
        return None
    why = "此行在原版面中写满一栏，下一行接着写" if printed else _why(text, m, before, after, widths)
    return Wrap(m.start(), m.end(), p.field, joined, why, wide)


def _why(text: str, m: re.Match[str], before: str, after: str, widths: _Widths) -> str:
    """What speaks for a wrap by itself, or nothing."""
    word = _word(before, after)
    if word:
        return f"词“{word}”跨在换行两边"
    if m[0].count("\n") > 1:
        return ""  # an empty line between them: another paragraph
    if _OPEN_END.search(before) or _EMPTY.match(after):
        return "此行在句中断开，下一行接着写"
    return "此行写满一列，下一行接着写" if _fills(text, m.start(), widths) else ""


def _word(before: str, after: str) -> str | None:
    """The dictionary word across the break, where the characters on either side do not stand alone."""
    left, right = _LEFT.search(before), _RIGHT.match(after)
    if left is None or right is None:
        return None
    at = 0
    for word in words.cut(left[0] + right[0])[0]:
        if at < len(left[0]) < at + len(word):
            return word if words.frequency(word) >= 5 else None
        at += len(word)
    return None


def _fills(text: str, at: int, widths: _Widths) -> bool:
    """Whether the line that ends at ``at`` is as wide as the widest of its neighbours, of which several are."""
    start, high = text.rfind("\n", 0, max(0, at - _NEAR)) + 1, text.find("\n", at + _NEAR)
    near = []
    for line in text[start : high if high >= 0 else len(text)].split("\n"):
        if line and not line.isspace():
            near.append(widths[start])
        start += len(line) + 1
    near.sort()
    own = widths[text.rfind("\n", 0, at) + 1]
    column = max(near[int(len(near) * 0.95) - 1], _LEAST)
    full = sum(w >= _FULL * column for w in near)
    return own >= _FULL * column and full >= max(3, len(near) // 8)
