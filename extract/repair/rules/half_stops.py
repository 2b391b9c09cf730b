"""A full stop and the mark behind it whose bytes were read across one another (句号半字节): 。【解析】 printed as ?!窘馕觥?

Some mirrors put ``!`` for every ``！`` byte by byte. In GBK the end of 。 and the beginning of the next mark are the bytes of ``！``:
they go, and everything behind them pairs wrongly until a byte stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import tables
from ..rule import Find, Page, Rule
from .mojibake import PUNCTUATION

_LEFT = re.compile("[?？][!！](?=[^\x00-\x7f])")
# the same where the half of the full stop is gone, before a type or a cue in brackets: ...的( )！径噙x题】
_ALONE = re.compile("(?<![?？])[!！](?=[^\x00-\x7f][^\n。！!]{1,10}】)")
_TAGGED = re.compile("。【(?:判[断斷]|[单單多][选選]|不定|填空|[简簡]答|[参參]?考?答案|解析)")
_STOP, _CLOSE = "。".encode("gbk") + b"\xa1", b"\xbf"  # the next mark is 【, ”, 《 ...: its first byte went; 】 is A1BF
_BLANK = re.compile("[(（][?？]。(?=[^\x00-\x7f]|[?？])")
_SPACE, _SLOT_END = "\u3000".encode("gbk") + b"\xa3", b"\xa9"  # （　）: （ was put as ( byte by byte, the blank and ） pair wrongly
_LONGEST = 40
_OPTION_BEFORE = re.compile("[A-H][.、．:：][^。?？!！\n]{0,40}$")
_ANSWER = re.compile("。【[^】]{0,4}答案】?")


def _found(page: Page) -> Iterator[Find]:
    text = page.text
    for m in _LEFT.finditer(text) if "!" in page.letters or "！" in page.letters else ():
        read = _paired(text, m.end(), _STOP, _CLOSE)
        if read is None:
            continue
        end, after = read
        evidence = f"句号与其后标点的字节错读，按 GBK 重排为“{after}”"
        # an option ends in no full stop: before its answer the half of a character was lost
        if not (_ANSWER.match(after) and _OPTION_BEFORE.search(text, max(0, m.start() - 44), m.start())):
            yield Find(m.start(), m.start() + 1, after[0], evidence)
        yield Find(m.start() + 1, end, after[1:], evidence)
    for m in _ALONE.finditer(text) if "】" in page.letters else ():
        read = _paired(text, m.end(), _STOP, _CLOSE)
        if read and _TAGGED.match(read[1]):
            yield Find(m.start(), read[0], read[1], f"句号与其后标点的字节错读，按 GBK 重排为“{read[1]}”")
    for m in _BLANK.finditer(text):
        if read := _paired(text, m.end(), _SPACE, _SLOT_END):
            yield Find(m.start() + 1, read[0], read[1], f"括号内全角空格的字节错读，按 GBK 重排为“{read[1]}”")


def _paired(text: str, at: int, raw: bytes, close: bytes) -> tuple[int, str] | None:
    """Where the bytes pair rightly again from ``at`` on, and what the text before that place says; None where it does not read."""
    waiting = raw[-1:]  # for the byte ``close``, where a lone ? stands for it
    for k in range(at, min(at + _LONGEST, len(text))):
        c = text[k]
        if c in "?？":
            whole = raw + close if raw[-1:] == waiting else raw[:-1]
            return _read(whole, k + 1 if len(whole) > len(raw) else k, "")
        try:
            code = c.encode("gbk")
        except UnicodeEncodeError:
            return None
        if len(code) == 1 and not 0x40 <= code[0] < 0x7F:
            return None
        raw += code
        if code[-1] < 0x80:
            alone = chr(code[-1]) if len(code) == 2 else ""
            found = _read(raw[:-1] if alone else raw, k + 1, alone)
            if found:
                return found
    return None


def _read(raw: bytes, end: int, alone: str) -> tuple[int, str] | None:
    try:
        after = raw.decode("gbk")
    except UnicodeDecodeError:
        return None
    common, plain = tables.common(), tables.inverse("traditional")
    says = [plain.get(c, c) for c in after[2:]]
    plausible = any(c in common for c in says) or after == "\u3000）"
    reads = plausible and after[1] in PUNCTUATION and all(c in common or c in PUNCTUATION for c in says)
    return (end, after + alone) if reads else None


RULES = (
    Rule("mojibake-half-stop", "mojibake", "page", 0.97, "the bytes behind a lost full stop pair into everyday characters",
         "GBK pairs bytes; ！ is A3A1, which 。【 holds across two characters", _found, chars=frozenset("?？!！"), structural=True),
)
