"""Noise that a forum puts into its posts against copying (论坛干扰码): ``! d7 \\7 O+ E2 u$`` behind a line or before the next label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rule import Find, Page, Rule

# tokens of one or two signs with a blank between them, from the beginning of a line or behind its words, to the end of the line or a mark
_NOISE = re.compile(
    r"(?:(?<=\n)|(?<=[\u4e00-\u9fff。，、；：？！”》）(),.]) ?)[!-~]{1,2}(?: [!-~]{1,2}){3,40}"
    r"(?: [!-~](?=[A-H][.、] ?[^\s!-~]|\d{1,3}[.、] ?[^\s!-~])| ?(?=\n|\Z))"
)
_JOINED = re.compile(r"[A-Za-z][#$@&!%*'\"`+:/.~^\\|{}-](?= |\Z)")  # E# X$ B. : no formula and no program sets its signs so
_ODD = re.compile(r"[\\|{}^@#$&~`]")
_LEAST, _LEAST_JOINED = 6, 2


def _noise(page: Page) -> Iterator[Find]:
    """All of a page where six or more, on every sixth line and more, can be nothing else."""
    found = [(m, len(_JOINED.findall(m[0]))) for m in _NOISE.finditer(page.text)]
    sure = sum(joined >= _LEAST_JOINED and _ODD.search(m[0]) is not None for m, joined in found)
    if sure < _LEAST or sure * 6 < sum(bool(line.strip()) for line in page.text.split("\n")):
        return
    for m, joined in found:
        if joined:
            yield Find(m.start(), m.end(), "", f"论坛插入的干扰码，全页 {len(found)} 处")


RULES = (
    Rule("insert-noise", "insert", "page", 0.96, "six or more on the page, on every sixth line; letters and signs that no formula joins so",
         "forums that add noise against copying, 3 of 300 pages", _noise, chars=frozenset("#$@&\\|"), structural=True),
)
