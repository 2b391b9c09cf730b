"""Traces of rewriting software (伪原创): what it always writes is undone; what may be the author's word is only shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .. import tables, words
from ..rule import Find, Page, Rule

_OF = re.compile("(?<![绝相反面针配成敌校核应作派])(不?)对旳(?![\u4e00-\u9fff]*尊严)|旳")
_FINGERPRINTS = 2  # different ones that switch a table on


def _particle(page: Page) -> Iterator[Find]:
    """旳 is 的; 对旳 was 正确 unless another word ends in 对."""
    many = page.text.count("旳")
    for match in _OF.finditer(page.text):
        if page.zones.holds(match.start(), match.end()):
            continue
        if match[0] == "旳":
            yield Find(match.start(), match.end(), "的", f"“旳”全页 {many} 处，现代文不用", 0.99 if many >= 2 else 0.9)
        else:
            after = f"{match[1]}正确"
            yield Find(match.start(), match.end(), after, f"伪原创把“正确”写作“对旳”，“旳”全页 {many} 处", 0.96 if many >= 3 else 0.8)


@cache
def _tables() -> dict[str, list[tuple[re.Pattern[str], str, str, float]]]:
    """For each table its rows: the pattern, its plain beginning (the cheap gate), what the author wrote, confidence."""
    out: dict[str, list[tuple[re.Pattern[str], str, str, float]]] = {}
    for name, written, original, sure in tables.rows("rewritten"):
        out.setdefault(name, []).append((re.compile(written), written.split("(")[0], original, float(sure)))
    return out


def _rewritten(page: Page) -> Iterator[Find]:
    """The words of a table, once enough of its fingerprints (rows at 0.8 and above) stand on the page."""
    text = page.text
    for name, table in _tables().items():
        seen = [plain for _, plain, _, sure in table if sure >= 0.8 and page.letters.issuperset(plain) and plain in text]
        if not seen or (len(seen) < _FINGERPRINTS and not (name == "T1" and text.count("旳") >= 3) and name != "words"):
            continue
        for pattern, plain, original, sure in table:
            if plain not in text:
                continue
            for match in pattern.finditer(text):
                a, b = match.span()
                if page.zones.holds(a, b) or _innocent(text, a, b, plain):
                    continue
                told = f"伪原创替换表 {name}：“{original}”被写作“{plain}”，本页特征 {'、'.join(seen[:4])}"
                yield Find(a, b, original, told, min(0.94, sure + 0.05 * (original in text)))


def _innocent(text: str, a: int, b: int, wrong: str) -> bool:
    """Whether a word crosses an edge of the find, so that the string is only where two words meet."""
    legal = words.spanning(text, a, b, least=3)
    return legal is not None and wrong not in legal


RULES = (
    Rule("rewriting-particle", "rewriting", "question", 0.99, "the character alone, on a page that uses it again and again",
         "旳 is not written in modern Chinese; measured on 5 pages", _particle, chars=frozenset("旳"), structural=True),
    Rule("rewriting-table", "rewriting", "question", 0.8, "two fingerprints of the same table on the page",
         "substitution tables read off real pages", _rewritten),
)
