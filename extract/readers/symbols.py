"""Signs of Word's symbol fonts (符号字体) as the characters that they look like: ticks, crosses, boxes, Greek letters.

The codes are those of the fonts Wingdings, Wingdings 2 and Symbol; a file may add 0xF000 to them.
"""

from __future__ import annotations

import re

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA8: "□", 0xAB: "★", 0xAC: "☆",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    **{0x80: "⓪"}, **{0x81 + k: chr(0x2460 + k) for k in range(10)}, **{0x8C + k: chr(0x2776 + k) for k in range(10)},
}
_WINGDINGS2 = {0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "☒", 0x56: "☒", 0xA3: "□", 0x98: "●", 0x99: "○"}
_SYMBOL = {
    **dict(zip(map(ord, "abgdezhqiklmnxoprstufcywGDQLXPSFYWjVJ"), "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩϕςϑ", strict=True)),
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪",
    0xC9: "⊃", 0xCA: "⊇", 0xCB: "⊄", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "·",
    0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫", 0x22: "∀", 0x24: "∃", 0x5E: "⊥", 0x5C: "∴",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character of a w:sym; empty where the font is not known and the code is private."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    number = int(code, 16)
    own = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    table = _FONTS.get(font.strip().lower())
    if table and own in table:
        return table[own]
    if 0xE000 <= number <= 0xF8FF:
        return chr(own) if table is _SYMBOL and 32 < own < 127 else ""
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


LONGEST_SIGN = 3  # characters of a run that may be signs typed as letters: P in Wingdings 2 is a tick
PRIVATE = re.compile("[\uf020-\uf0ff]")


def typed(font: str, text: str) -> str:
    """Text of a run in ``font``, as it looks: in a symbol font its characters, private ones or letters, are signs."""
    table = _FONTS.get(font.strip().lower())
    if table is None:
        return text
    if PRIVATE.search(text):
        return PRIVATE.sub(lambda m: symbol(font, f"{ord(m[0]):X}") or m[0], text)
    if table is _SYMBOL or any(ord(c) not in table for c in text.strip()):
        return text
    return "".join(table.get(ord(c), c) for c in text)
