"""Options that rings number, a line each, below a stem that its type opens (圈码选项): 【判断题】... / ① 正确 / ② 错误.

Rings also number what a stem or an answer counts up; here the tags of most questions, and no letter anywhere, tell that they are options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAYS = r" *[^\s①-⑳][^\n①-⑳]{0,119}"
_MORE = "".join(rf"(?:\n+ *{ring}{_SAYS}" for ring in "③④⑤⑥") + ")?" * 4
_SET = re.compile(rf"(?<=\n) *(?P<set>①{_SAYS}\n+ *②{_SAYS}{_MORE})(?=\n|\Z)")
_TYPES = r"[单多]项?选(?:择)?题?|不定项选?(?:择题)?|判断题?"
_TAG = re.compile(rf"(?:^|\n)[^\n]{{0,8}}[(\[](?:{_TYPES})[^\n)\]]{{0,12}}[)\]]")
_TOLD = re.compile(r"\n *(?:[(\[]?(?:参考|正确)?答案|答 ?:|解析)")
_LONGEST_STEM = 600


def ringed_below_tags(folded: str) -> Iterator[re.Match[str]]:
    """The sets of options, each right below the stem that its tag opens."""
    for m in _SET.finditer(folded):
        tags = list(_TAG.finditer(folded, max(0, m.start() - _LONGEST_STEM), m.start()))
        if tags and "①" not in folded[tags[-1].end() : m.start()] and not _TOLD.search(folded, tags[-1].end(), m.start()):
            yield m
