"""The number of a question as quiz players count it (答题进度): 3/50, 第3/50题 above each, where nothing else numbers the questions."""

from __future__ import annotations

import re

_COUNTER = re.compile(
    r"\n *(?P<all>(?:第 ?)?(?P<number>\d{1,3}) ?/ ?(?P<of>\d{1,3})(?: ?题)?)(?=[ \n\[(]|[单多]选|判断|填空|简答|问答|名词|论述|计算|不定项)"
)
_NUMBERED = re.compile(r"\n *[(\[]?(?:第 ?)?\d{1,3} ?[.、:)\]题]")
_FIRST_OPTION = re.compile(r"\n *[(\[]?A(?! ?[a-z])")
_LEAST = 3


def numbered(folded: str) -> str:
    """The folded text with ``3/50`` as ``3.`` and blanks, where such lines count on to one total, a question each.

    A page number of a document (3/50) has numbered questions below it, or several.
    """
    text = "\n" + folded
    found = list(_COUNTER.finditer(text))
    if len(found) < _LEAST or len({m["of"] for m in found}) > 1 or int(found[-1]["number"]) > int(found[-1]["of"]):
        return folded
    if any(int(m["number"]) != k for k, m in enumerate(found, int(found[0]["number"]))) or 2 * len(_NUMBERED.findall(text)) > len(found):
        return folded
    options, answers = len(_FIRST_OPTION.findall(text)), text.count("答案")
    if options > len(found) or 2 * (options or answers) < len(found):
        return folded
    pieces: list[str] = []
    at = 0
    for m in found:
        start, end = m.span("all")
        pieces += text[at:start], f"{m['number']}.".ljust(end - start)
        at = end
    return "".join([*pieces, text[at:]])[1:]
