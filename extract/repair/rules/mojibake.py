"""Bytes read in the wrong encoding (乱码), where the bytes can be had back and read right: the result itself is the proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from .. import tables, words
from ..rule import Find, Page, Rule

_HIGH = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_UTF8_AS_LATIN = re.compile(f"(?:[\u00e2-\u00ef][{_HIGH}]{{2}}){{2,}}")
_UTF8_ANY = re.compile(f"(?:[\u00c2-\u00df][{_HIGH}]|[\u00e2-\u00ef][{_HIGH}]{{2}})+")
_GBK_AS_LATIN = re.compile("[\u00a1-\u00fe][\u00a1-\u00fe]{3,}")  # one class first: the engine skips to it
_GBK_ANY = re.compile("(?:[\u00a1-\u00fe]{2})+")
_FEW = 20   # rare characters
_HABIT = 3  # proven runs, after which a lone mark that was read in the same way is proven too
# Characters whose GBK code begins like a three-byte UTF-8 sequence: only they can open a run of UTF-8 that was read as GBK.
_LEADS, _NEXT = (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF), range(0x80, 0xC0)
_OPENERS = frozenset(bytes([high, low]).decode("gbk", "ignore") for high in _LEADS for low in _NEXT) - {""}
# Two characters of three bytes each, as three of two bytes each: the least that can be proven.
_SEQUENCE = re.compile(
    "".join(
        f"[{''.join(bytes([high, low]).decode('gbk', 'ignore') for high in first for low in second)}]"
        for first, second in ((_LEADS, _NEXT), (_NEXT, _LEADS), (_NEXT, _NEXT))
    )
)
_HAN_RUN = re.compile("[^\x00-\x7f\\s]{3,80}")
_TRIES = 60  # classical texts are full of rare characters: the doubt is settled by then
_MARGIN = 3.0  # ln 20: how much likelier the best first byte must be than the next
PUNCTUATION = frozenset(
    "，。：；？！、“”‘’（）《》【】〔〕「」—…·．％～√×÷①②③④⑤⑥"
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:;()<>/ "
)


def plain(text: str) -> bool:
    """Whether every character is everyday Chinese, and at least two are."""
    common = tables.common()
    han = sum(c in common for c in text)
    return han >= 2 and all(c in common or c in PUNCTUATION for c in text)


def _pages(
    proven: re.Pattern[str], loose: re.Pattern[str], judge: Callable[[re.Match[str], bool], Find | None]
) -> Callable[[Page], list[Find]]:
    """A finder that takes long runs on their own proof, and short ones where the page shows the habit."""

    def find(page: Page) -> list[Find]:
        sure = [f for m in proven.finditer(page.text) if (f := judge(m, False))]
        if len(sure) < _HABIT:
            return sure
        return [f for m in loose.finditer(page.text) if (f := judge(m, True))]

    return find


def _utf8_as_latin(match: re.Match[str], habit: bool) -> Find | None:
    raw = b"".join(_byte(c) for c in match[0])
    try:
        after = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not habit and not any("\u4e00" <= c <= "\u9fff" for c in after):
        return None
    return Find(match.start(), match.end(), after, "UTF-8 被当作西文单字节读，倒回原字节后可读")


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(char) & 0xFF])


def _gbk_as_latin(match: re.Match[str], habit: bool) -> Find | None:
    if len(match[0]) % 2 or (not habit and len(set(match[0])) < 3):
        return None
    try:
        after = match[0].encode("latin-1").decode("gb2312")
    except UnicodeError:
        return None
    if not (plain(after) or (habit and all(c in PUNCTUATION or c in tables.common() for c in after))) or (
        len(match[0]) > 2 and all(ord(b) - ord(a) == 1 for a, b in pairwise(match[0]))
    ):
        return None  # the second is a table of the letters themselves
    return Find(match.start(), match.end(), after, "GBK 被当作西文单字节读，倒回原字节后可读")


def _utf8_as_gbk(page: Page) -> Iterator[Find]:
    if not _SEQUENCE.search(page.text):
        return
    for match in _HAN_RUN.finditer(page.text):
        run = match[0]
        if not _OPENERS & set(run):
            continue
        first = next(i for i, c in enumerate(run) if c in _OPENERS)
        for cut in range(len(run), first + 2, -1):
            try:
                after = run[first:cut].encode("gbk").decode("utf-8")
            except UnicodeError:
                continue
            if plain(after) and len(after) * 3 == (cut - first) * 2:
                yield Find(match.start() + first, match.start() + cut, after, "UTF-8 被当作 GBK 读，倒回原字节后可读")
                break


def _shifted(page: Page) -> Iterator[Find]:
    """GBK text that lost its step: drop the stray first byte and every pair falls into place."""
    rare = {c for c in page.letters - tables.common() if "\u4e00" <= c <= "\u9fff"}
    # to compile the pattern takes longer than to see that a few rare characters stand apart
    if len(rare) < _FEW and all(b - a > 2 for a, b in pairwise(sorted(m.start() for c in rare for m in re.finditer(c, page.text)))):
        return
    one, tried = f"[{''.join(rare)}]", 0
    for match in _around(f"{one}[\u4e00-\u9fff]?{one}", page.text):
        run = match[0]
        if len(run) < 3:
            continue
        if tried == _TRIES:
            return
        tried += 1
        odd = [i for i, c in enumerate(run) if c in rare]
        found = _unshift(run, odd[0], odd[-1])
        if found:
            first, cut, after = found
            where = match.start() + first
            yield Find(where, match.start() + cut, after, f"GBK 错了一个字节，移位后读作“{after}”", _certainty(after))


def _around(core: str, text: str) -> Iterator[re.Match[str]]:
    """What a pattern matches, with up to 20 Chinese characters on either side: the core is looked for, then what is before it."""
    search, match = re.compile(core).search, re.compile(f"[\u4e00-\u9fff]{{0,20}}{core}[\u4e00-\u9fff]{{0,20}}").match
    found, at = search(text), 0
    while found:
        start = found.start()
        while start > max(at, found.start() - 20) and "\u4e00" <= text[start - 1] <= "\u9fff":
            start -= 1
        if whole := match(text, start):
            yield whole
            at = whole.end()
        found = search(text, max(at, found.end()))


def _unshift(run: str, first_odd: int, last_odd: int) -> tuple[int, int, str] | None:
    """The piece of a run that reads as words once its first byte is dropped: its start, its end, and what it reads."""
    for first in range(max(0, first_odd - 2), first_odd + 1):
        for cut in sorted({len(run), len(run) - 1, last_odd + 1}, reverse=True):
            if cut - first < 3:
                continue
            try:
                after = run[first:cut].encode("gbk")[1:].decode("gbk")
            except UnicodeError:
                continue
            if after[1:] not in run and plain(after) and _reads(after) and not _reads(run[first:cut]):
                return first, cut, after
    for first in range(max(0, first_odd - 1), first_odd + 1):
        for cut in sorted({len(run), last_odd + 1}, reverse=True):
            guess = _with_lead(run[first:cut]) if cut - first >= 3 else None
            if guess and guess[1:] not in run and not _reads(run[first:cut]):
                return first, cut, guess
    return None


def _with_lead(piece: str) -> str | None:
    """The reading of a piece that lost its very first byte: of all bytes that could stand there, the one that reads far best."""
    try:
        raw = piece.encode("gbk")
    except UnicodeError:
        return None
    if not 0x40 <= raw[-1] < 0x7F:
        return None  # only a last letter or mark that was taken for half a character lets the pairs come out even
    readings: list[tuple[float, str]] = []
    for lead in (0xA1, 0xA3, *range(0xB0, 0xD8)):
        try:
            after = (bytes([lead]) + raw).decode("gbk")
        except UnicodeError:
            continue
        if plain(after) and _reads(after):
            readings.append((words.cut("".join(c for c in after if "\u4e00" <= c <= "\u9fff"))[1], after))
    readings.sort(reverse=True)
    clear = readings and (len(readings) == 1 or readings[0][0] - readings[1][0] >= _MARGIN)
    return readings[0][1] if clear else None


def _reads(text: str) -> bool:
    """Whether the text falls into words: at most one character of three stands alone."""
    han = "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
    pieces = words.cut(han)[0]
    return sum(len(p) for p in pieces if len(p) > 1 and words.frequency(p) >= 20) * 3 >= len(han) * 2


def _certainty(after: str) -> float:
    return 0.96 if sum("\u4e00" <= c <= "\u9fff" for c in after) >= 4 or after.startswith("答案") else 0.8


RULES = (
    Rule("mojibake-utf8-latin", "mojibake", "page", 0.99, "six or more bytes that are valid UTF-8 for Chinese",
         "RFC 3629; the chance of such bytes in real text is nil", _pages(_UTF8_AS_LATIN, _UTF8_ANY, _utf8_as_latin),
         chars=frozenset("äåæçèéï"), structural=True),
    Rule("mojibake-gbk-latin", "mojibake", "page", 0.99, "four or more bytes that are everyday GB 2312",
         "GB 2312-1980", _pages(_GBK_AS_LATIN, _GBK_ANY, _gbk_as_latin), chars=frozenset(map(chr, range(0xB0, 0xF8))), structural=True),
    Rule("mojibake-utf8-gbk", "mojibake", "page", 0.98, "bytes that are valid UTF-8 for everyday Chinese",
         "RFC 3629", _utf8_as_gbk, chars=_OPENERS, structural=True),
    Rule("mojibake-shift", "mojibake", "page", 0.96, "the shifted bytes read as words, the printed ones do not",
         "GBK pairs bytes; a lost byte shifts every pair", _shifted, structural=True),
)
