"""Blanks that a converter left where a line was wrapped or letters were set apart (多余空格); plain separating blanks stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import words
from ..rule import Find, Page, Rule

_HAN = "\u4e00-\u9fff"
_GAP = re.compile(f" (?<=[{_HAN}] )(?=[{_HAN}])")
_RUN_LEFT = re.compile(f"[{_HAN}]{{1,12}}\\Z")
_RUN_RIGHT = re.compile(f"[{_HAN}]{{1,12}}")
_ACRONYM = re.compile(r"[A-Z](?<![A-Za-z].)[A-Z]{0,3}(?:[ ]|[ ]?-[ ]?)[A-Z]{1,4}(?:(?:[ ]|[ ]?-[ ]?)[A-Z]{1,4})*(?![A-Za-z])")
_QUOTED = re.compile(f" (?:(?<=[“‘《] )(?=[{_HAN}][^“”‘’《》\\n ]{{0,30}}[”’》])|(?<=[{_HAN}] )(?=[”’》]))")
_COMMA = re.compile(f", (?<=[{_HAN}], )(?![一二三四五六七八九十]+、)(?=[{_HAN}])")
_UNITS = "年月日万亿元台个人件次天米级倍岁分秒"
_FIGURES = re.compile(f" (?=[{_UNITS}])(?:" + "|".join(rf"(?<=[{_HAN}]\d{{{size}}} )" for size in range(1, 7)) + ")")
_LONG = 40       # half widths: a wrapped line is longer, a heading or an item of a list is shorter
_HABIT = 3       # proven gaps that show the habit of the page
_SAME = 60       # two lines of the same width prove a column only if they are long
_OPENS = frozenset("，,、。；;：:.．)）\n“")  # behind these a word may begin
_CONTINUES = frozenset("的和或与及等")
_WIDE = re.compile("[\u2e80-\uffef“”‘’…—]")


def width(text: str) -> int:
    """The width in half columns: a Chinese character or mark counts two."""
    return len(text) + len(_WIDE.findall(text))


def _gaps(page: Page) -> Iterator[Find]:
    """One blank between two characters: inside a word, or at the end of the column that the proven ones show."""
    text = page.text
    joined: list[tuple[int, str]] = []  # gaps between two words that are also one
    open_gaps: list[tuple[int, int, int]] = []  # place, start of its line, width on its left
    proven: dict[int, list[int]] = {}
    for match in _GAP.finditer(text):
        at = match.start()
        line = text.rfind("\n", 0, at) + 1
        left_from = max(text.rfind(" ", line, at) + 1, line)
        if at - left_from < 2 and at > 1 and text[at - 2] not in _OPENS:
            continue
        wide = width(text[left_from:at]) if at - left_from < 400 else 999
        word, certain = (None, False) if page.zones.holds(at, at + 1) else _split_word(text, at)
        if word and not certain:
            joined.append((at, word))
        elif word:
            proven.setdefault(line, []).append(wide)
            yield Find(at, at + 1, "", f"空格在词“{word}”中间")
        elif wide >= _LONG:
            open_gaps.append((at, line, wide))
    if sum(map(len, proven.values())) >= _HABIT:
        for at, word in joined:
            yield Find(at, at + 1, "", f"空格在词“{word}”中间，全页空格多在词中", 0.96)
    for at, line, wide in open_gaps:
        twins = sum(abs(w - wide) <= 1 for _, other, w in open_gaps if other == line and wide >= _SAME) if len(open_gaps) < 500 else 0
        near = any(abs(w - wide) <= 3 or abs(2 * w - wide) <= 3 for w in proven.get(line, ())) and wide >= _LONG
        asked = any(p.start <= at < p.end for p in page.parts) if page.parts else False
        if twins >= 2 or near:
            yield Find(at, at + 1, "", f"折行留下的空格：与同段其他折行同宽（{wide} 半角）", 0.96)
        elif not asked and page.parts and (text[at + 1] in _CONTINUES or _tail(text, at)):
            yield Find(at, at + 1, "", f"折行留下的空格：句子未完（行宽 {wide} 半角）", 0.95)


def _tail(text: str, at: int) -> bool:
    """Whether no more than four characters and a full stop follow: the end of a sentence, not a sentence."""
    return bool(re.match(f"[ ][{_HAN}]{{1,4}}[。；]", text[at : at + 7]))


def _split_word(text: str, at: int) -> tuple[str | None, bool]:
    """The dictionary word that the blank at ``at`` splits, and whether the pieces on either side are no words of their own."""
    left = _RUN_LEFT.search(text[max(0, at - 12) : at])
    right = _RUN_RIGHT.match(text, at + 1)
    if left is None or right is None or len(left[0]) + len(right[0]) < 4:
        return None, False
    if len(left[0]) == 1 and (len(right[0]) < 3 or (at > 1 and text[at - 2] not in _OPENS)):
        return None, False
    after = at + 1 + len(right[0])
    apart = text[after : after + 1] == " " and len(right[0]) == 1
    if apart and (len(left[0]) < 4 or words.frequency(left[0][-1] + right[0]) < 1000):
        return None, False  # one character between two blanks: set apart on purpose
    joined = left[0][-8:] + right[0][:8]
    middle = len(left[0][-8:])
    begin = 0
    for word in words.cut(joined)[0]:
        end = begin + len(word)
        if begin < middle < end:
            head, tail = word[: middle - begin], word[middle - begin :]
            whole = len(head) > 1 and len(tail) > 1 and words.frequency(head) and words.frequency(tail)
            loose = (len(head) == 1 and words.cut(left[0])[0][-1] == head) or (len(tail) == 1 and words.cut(right[0])[0][0] == tail)
            return (word, bool(loose and not whole)) if words.frequency(word) >= 5 else (None, False)
        begin = end
    return None, False


_LABEL = re.compile(r"[A-H] ?[.．、:：)）]")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")
_BARE_LABEL = re.compile(r"[\s\u3000][A-H] +-")  # A -sV: an option that begins with a dash


def _acronyms(page: Page) -> Iterator[Find]:
    """Capitals set apart whose joined form stands in the text; never a row of option labels."""
    standing: set[str] | None = None
    for match in _ACRONYM.finditer(page.text):
        joined = match[0].replace(" ", "")
        labels = _is_key(joined) or _LABEL.match(page.text, match.end() - 1) or _BARE_LABEL.match(page.text, match.start() - 1)
        if " " not in match[0] or len(joined) < 3 or labels:
            continue
        pieces = [piece for piece in joined.split("-") if len(piece) > 1]
        if pieces and standing is None:
            standing = _standing(page.text)
        if pieces and standing and standing.issuperset(pieces):
            start, end = match.span()
            yield Find(start, end, joined, f"“{'”“'.join(pieces)}”连写在文中另有出现")


def _is_key(joined: str) -> bool:
    """Option labels in a row: ``A B C D``, ``A C``."""
    return set(joined) <= set("ABCDEFGH-") and sorted(joined) == list(joined)


def _standing(text: str) -> set[str]:
    """The words of capitals on a page, less those between two blanks, which may be pieces themselves."""
    words_of = _CAPITALS.finditer(text)
    return {m[0] for m in words_of if not (text[m.start() - 1 : m.start()] == " " == text[m.end() : m.end() + 1])}


def _quoted(page: Page) -> Iterator[Find]:
    """A blank just inside a quotation mark, where the page sets none as a rule."""
    matches = list(_QUOTED.finditer(page.text))
    if matches and len(matches) * 10 <= page.text.count("“") + page.text.count("《") + page.text.count("‘") + 9:
        for match in matches:
            yield Find(match.start(), match.end(), "", "引号内侧的空格，全页仅此类少数")


def _commas(page: Page) -> Iterator[Find]:
    """A blank behind a comma between characters, where the page sets none as a rule."""
    matches = list(_COMMA.finditer(page.text))
    if matches and len(matches) * 10 <= _bare_commas(page.text):
        for match in matches:
            yield Find(match.start() + 1, match.end(), "", "逗号后的空格，全页仅此类少数，是折行留下的")


def _bare_commas(text: str) -> int:
    return len(re.findall(f"(?<=[{_HAN}]),(?=[{_HAN}])", text))


def _figures(page: Page) -> Iterator[Find]:
    """A blank between a figure and its unit, where the page sets none as a rule."""
    matches = list(_FIGURES.finditer(page.text))
    if matches and len(matches) * 5 <= len(re.findall(f"(?<=\\d)(?=[{_UNITS}])", page.text)):
        for match in matches:
            yield Find(match.start(), match.end(), "", "数字与单位之间的空格，全页仅此类少数", 0.7)


_YEAR = re.compile(r"[12](?<![\d ].) [09] \d \d(?=[ ]?[年—–-])(?! \d)")


def _years(page: Page) -> Iterator[Find]:
    """A year whose figures are set apart; figures are never more than suggested."""
    for match in _YEAR.finditer(page.text):
        yield Find(match.start(), match.end(), match[0].replace(" ", ""), "年份的数字之间有空格")


RULES = (
    Rule("space-gap", "spacing", "line", 0.97, "a dictionary word across the gap, or the column that such gaps show",
         "15 of 15 and 69 of 70 blanks inside words", _gaps, chars=frozenset(" ")),
    Rule("space-acronym", "spacing", "line", 0.97, "the joined form elsewhere in the text", "6 of 6", _acronyms, chars=frozenset(" ")),
    Rule("space-quote", "spacing", "line", 0.96, "the habit of the page", "GB/T 15834", _quoted, chars=frozenset("“‘《")),
    Rule("space-comma", "spacing", "line", 0.96, "the habit of the page", "GB/T 15834", _commas, chars=frozenset(",")),
    Rule("space-year", "spacing", "line", 0.7, "four figures and 年", "H05 in 18 sites", _years, chars=frozenset("12")),
    Rule("space-figure", "spacing", "line", 0.7, "the habit of the page", "wrap residue", _figures, chars=frozenset("0123456789")),
)
