"""Readings put in brackets behind characters by a mirroring site (夹注拼音), as ``會(huì)計(jì)``; not those of a language exam."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import tables
from ..rule import Find, Page, Rule

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_NOTE = re.compile(f"([\u3400-\u9fff])([(（][ ]?[a-zü]{{0,5}}[{TONED}][a-zü]{{0,3}}[ ]?[)）])")
_FURNITURE = re.compile("(?:单项|多项)?选择题|单选题|多选题|填空题|判断题|简答题|参考答案|正确答案|试题|试卷")
_LEAST = 3        # fewer are no habit
_MIRROR = 12      # different traditional characters: on such a page one is enough
_PLAIN_LEAST = 8  # on a page in simplified script the annotated characters must be many, and everyday ones


def _notes(page: Page) -> Iterator[Find]:
    notes = list(_NOTE.finditer(page.text))
    if not notes:
        return
    traditional = tables.inverse("traditional")
    simplified = tables.simplified()
    shifted = sum(m[1] in traditional and m[1] not in simplified for m in notes)
    if len(notes) < _LEAST and (shifted < len(notes) or sum(c in traditional and c not in simplified for c in page.letters) < _MIRROR):
        return
    everyday = sum(m[1] in tables.common() for m in notes)
    mirrored = shifted * 2 >= len(notes)
    many = len(notes) >= _PLAIN_LEAST and everyday * 100 >= len(notes) * 95
    habit = mirrored or (many and (_spread(notes) or _on_furniture(page.text)))
    for m in notes:
        kept = page.zones.holds(m.start(), m.end()) and not (mirrored and m[1] in traditional)
        if not kept:
            evidence = f"全页 {len(notes)} 处夹注拼音，{shifted} 处注在繁体字后，是转载站加的"
            yield Find(m.start(2), m.end(2), "", evidence, None if habit else 0.6)


def _spread(notes: list[re.Match[str]]) -> bool:
    """Whether the same characters are annotated again and again: a teacher annotates a character once."""
    return len({m[1] for m in notes}) * 3 <= len(notes) * 2


def _on_furniture(text: str) -> bool:
    """Whether the words of headings are annotated, 单项选(xuǎn)择(zé)题: no teacher explains these."""
    return len(_FURNITURE.findall(_NOTE.sub(r"\1", text))) > len(_FURNITURE.findall(text))


RULES = (
    Rule("pinyin-note", "pinyin", "page", 0.985, "a habit of the page, mostly behind traditional characters",
         "40 of 300 pages carried them, all mirrors", _notes, chars=frozenset(TONED), structural=True),
)
