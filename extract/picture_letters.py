"""Letters whose pictures the page has lost (图片选项): 下列图形是轴对称图形的是( ) ABCD (or A、B、C、D、), and nothing beside the letters.

Such a row looks like an answer, or like an A that a text follows. It is a set of options behind the empty slot of a stem, before the end of
the question.
"""

from __future__ import annotations

import re

from .markers import OPT, PICTURED, SPACE, Candidate

_ROW = re.compile(r"A(?: *B *C *D(?: *E)?| +B +C)|A、 *B、 *C、 *D、")
_SLOT = re.compile(r"[(\[][ _]*[)\]][。.]? *\n? *\Z")
_BEHIND = re.compile(  # the end of the question: no options of its own, no words of an option
    r" *(?:\Z|\n(?!\s*[(\[]?A ?[.、:)\]])|\d{1,3} ?[.、](?!\d)|\d{1,3}(?=[一-鿿“《])(?! ?[个年月日分米元次])"
    r"|\[?(?:答案|解析)|[一二三四五六]、)"
)
_LONGEST_SLOT = 16


def picture_letters(folded: str, known: set[int]) -> list[Candidate]:
    """The letters of such rows, each an option without a text; ``known`` are the places of letters that are options already."""
    found: list[Candidate] = []
    for m in _ROW.finditer(folded):
        if m.start() not in known and _BEHIND.match(folded, m.end()) and _SLOT.search(folded, max(0, m.start() - _LONGEST_SLOT), m.start()):
            places = [at for at in range(*m.span()) if folded[at] not in " 、"]
            sign = "、" in m[0]
            found += [Candidate(at, at + 1 + sign, OPT, k, PICTURED, SPACE) for k, at in enumerate(places)]
    return found
