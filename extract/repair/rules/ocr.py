"""Characters read for look-alikes (形近误识): strings that are never right, and pairs that the words around them prove."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .. import tables, words
from ..rule import Find, Page, Rule, each

_MARGIN = 4.6       # ln 100: the corrected window must be a hundred times likelier
_MARGIN_TOLD = 2.5  # ln 12, where the page says the word elsewhere
_HYPHEN = re.compile("[-—](?<=[\u4e00-\u9fff].)(?=[步个项次种般切些]|部分|定的|系列)")
_HYPHEN_LEFT = frozenset("进哪第每某这那任同另有是的之了逐单唯统万")
_ENTER = re.compile("[借流购填插排攻收步渗投汇转注纳引输深切混陷侵驶加嵌植跌闯涌计列并归介]人")
_PERSON = re.compile("入(?<=[\u4e00-\u9fff].)(?=[民员类才们生物格口均士群力])")


@cache
def _sure() -> tuple[tuple[str, str, re.Pattern[str], float], ...]:
    """Rows of confusions.tsv: wrong, right, the pattern that leaves out innocent neighbours, confidence."""
    out = []
    for wrong, right, sure, before, behind in tables.rows("confusions"):
        pattern = (f"(?<![{before}])" if before != "-" else "") + re.escape(wrong) + (f"(?!{behind})" if behind != "-" else "")
        out.append((wrong, right, re.compile(pattern), float(sure)))
    return tuple(out)


def _confusions(page: Page) -> Iterator[Find]:
    text = page.text
    for wrong, right, pattern, sure in _sure():
        if not page.letters.issuperset(wrong) or wrong not in text:
            continue
        for match in pattern.finditer(text):
            if page.zones.holds(match.start(), match.end()):
                continue
            a, b = match.span()
            legal = words.spanning(text, a, b, least=3)
            if legal and legal != wrong and right not in legal:
                continue
            yield Find(a, b, right, f"“{wrong}”不成词，字形相近的“{right}”成词", sure)


def _hyphen(page: Page, match: re.Match[str]) -> Find | None:
    before = page.text[match.start() - 1]
    if before not in _HYPHEN_LEFT:
        return None
    after = page.text[match.end()]
    word = f"{before}一{after}"
    if before in "进逐" and after != "步":
        return None
    return Find(match.start(), match.end(), "一", f"横线是“{word}”里的“一”", 0.97 if before in "进哪第每某" else 0.8)


def _enter(page: Page) -> Iterator[Find]:
    """人 for 入 behind a verb of motion."""
    for match in _ENTER.finditer(page.text):
        found = _weigh(page, match.start() + 1, "人", "入", match[0][0] + "入")
        if found:
            yield found


def _person(page: Page) -> Iterator[Find]:
    """入 for 人 before a noun of persons."""
    for match in _PERSON.finditer(page.text):
        found = _weigh(page, match.start(), "入", "人", "人" + page.text[match.end()])
        if found:
            yield found


def _weigh(page: Page, at: int, wrong: str, right: str, word: str) -> Find | None:
    """A find where the words around say so; applied only if the page says the word elsewhere, or shows that it was scanned."""
    text = page.text
    if page.zones.holds(at, at + 1) or not words.frequency(word):
        return None
    left = re.search("[\u4e00-\u9fff]{0,5}\\Z", text[max(0, at - 5) : at])
    right_run = re.match("[\u4e00-\u9fff]{0,5}", text[at + 1 : at + 6])
    begin = len(left[0]) if left else 0
    window = (left[0] if left else "") + text[at] + (right_run[0] if right_run else "")
    gain = words.gain(window, begin, begin + 1, right)
    told = word in text or any(word in passage for passage in page.knowledge.passages) or word in page.knowledge.glossary
    if gain < (_MARGIN_TOLD if told else _MARGIN):
        return None
    reasons = [f"读作“{word}”概率高 e^{gain:.0f} 倍"]
    if told:
        reasons.append(f"“{word}”在文中另有出现")
    if page.scanned:
        reasons.append("全页有识别稿的痕迹")
    sure = 0.96 if gain >= 8 and told and page.scanned else 0.6 + 0.1 * (told + page.scanned)
    return Find(at, at + 1, right, "；".join(reasons), sure)


RULES = (
    Rule("ocr-confusion", "ocr", "question", 0.96, "a string that no word allows, and no word across its edges", "388 pairs of real pages",
         _confusions, structural=True),
    Rule("ocr-hyphen", "ocr", "question", 0.97, "a line where only 一 makes a word", "进-步 wrong in 8 of 10 finds, names apart",
         each(_HYPHEN, _hyphen, wording=True), chars=frozenset("-—"), structural=True),
    Rule("ocr-enter", "ocr", "question", 0.7, "dictionary margin, the word elsewhere, a scanned page", "入/人 in 16 of 388 pairs",
         _enter, chars=frozenset("人")),
    Rule("ocr-person", "ocr", "question", 0.7, "dictionary margin, the word elsewhere on the page, a scanned page", "入/人 reversed",
         _person, chars=frozenset("入")),
)
