"""Debris of encodings (字符残渣): radicals that stand for characters, invisible characters, ligatures, control codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .. import tables
from ..rule import Find, Page, Rule, each

INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)
CONTROLS = frozenset(chr(c) for c in [*range(0x00, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0)] if c != 0x85)
_JOINED = re.compile("[\u200b-\u200f\u00ad\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]+")
# Joiners mean something between emoji and in Indic, Arabic and Hebrew script; there they stay.
_JOINS = re.compile("[\u0590-\u08ff\u0900-\u0dff\u1780-\u17ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")
_SHOWN = re.compile("部首|偏旁")  # here the radical itself is spoken of
_COMPATIBLE = frozenset(chr(c) for c in range(0xF900, 0xFAFF) if unicodedata.normalize("NFKC", chr(c)) != chr(c))
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}


def _radicals(page: Page) -> Iterator[Find]:
    table = tables.inverse("radicals")
    for match in re.finditer("[\u2e80-\u2fd5]+", page.text):
        after = "".join(table.get(c, c) for c in match[0])
        shown = _SHOWN.search(page.text, max(0, match.start() - 60), match.end() + 60)
        yield Find(match.start(), match.end(), after, "部首码位代替了汉字，按 Unicode 的对应统一汉字", 0.6 if shown else None)


def _invisible(page: Page, match: re.Match[str]) -> Find | None:
    around = page.text[max(0, match.start() - 1) : match.start()] + page.text[match.end() : match.end() + 1]
    if _JOINS.search(around):
        return None
    return Find(match.start(), match.end(), "", "看不见的字符，不属于文字")


def _control(page: Page, match: re.Match[str]) -> Find:
    return Find(match.start(), match.end(), "\n" if "\x0b" in match[0] else "", "控制字符，不属于文字")


def _compatible(page: Page, match: re.Match[str]) -> Find:
    return Find(match.start(), match.end(), unicodedata.normalize("NFKC", match[0]), "兼容汉字，Unicode 规定与统一汉字同一")


def _ligature(page: Page, match: re.Match[str]) -> Find:
    return Find(match.start(), match.end(), _LIGATURES[match[0]], "排版连字，还原成字母")


RULES = (
    Rule("debris-radical", "debris", "page", 0.995, "the code point alone", "Unicode: EquivalentUnifiedIdeograph, NFKC of U+2F00-2FD5",
         _radicals, chars=frozenset(map(chr, range(0x2E80, 0x2FD6))), structural=True),
    Rule("debris-invisible", "debris", "page", 0.995, "no script that needs joiners beside it", "Unicode: general category Cf",
         each(_JOINED, _invisible), chars=INVISIBLE, structural=True),
    Rule("debris-control", "debris", "page", 0.995, "the code point alone", "Unicode: general category Cc",
         each(re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]+"), _control), chars=CONTROLS, structural=True),
    Rule("debris-compatible", "debris", "page", 0.99, "the code point alone", "Unicode: canonical singletons F900-FAFF",
         each(re.compile("[\uf900-\ufaff]"), _compatible), chars=_COMPATIBLE, structural=True),
    Rule("debris-ligature", "debris", "page", 0.99, "the code point alone", "Unicode: Alphabetic Presentation Forms",
         each(re.compile("[\ufb00-\ufb06]"), _ligature), chars=frozenset(_LIGATURES), structural=True),
)
