"""Numbers as exam papers write them (数字写法): 一 to 百, Ⅰ to Ⅻ, and the signs that hold one each (① ⑴ ⒈)."""

from __future__ import annotations

CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)}
IN_ONE_SIGN = CIRCLED | {chr(first + i): i + 1 for first in (0x2474, 0x2488) for i in range(20)}  # ①, ⑴ for (1), ⒈ for 1.


def chinese_number(text: str) -> int:
    """一 -> 1, 十二 -> 12, 二十 -> 20, 12 -> 12, Ⅱ or II -> 2; 0 if it is none."""
    text = text.strip()
    if text.isdigit():
        return int(text)
    if "Ⅰ" <= text <= "Ⅻ":
        return ord(text[0]) - 0x2160 + 1
    if text in ROMAN:
        return ROMAN[text]
    if text == "-":
        return 1
    total = digit = 0
    for c in text:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[c]
        else:
            return 0
    return total + digit
