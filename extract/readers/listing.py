"""Numbers as lists print them (列表编号): decimal, letters, Roman, Chinese, circled."""

from __future__ import annotations

from collections.abc import Callable

HTML_LISTS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal",
    "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting", "cjk-decimal": "ideographDigital",
}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)
_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def numeral(n: int, form: str) -> str:
    """``n`` in the form that Word calls ``form`` (ST_NumberFormat); decimal where we know no other."""
    return _FORMS.get(form, str)(n)


def _letters(n: int) -> str:
    # Word goes on A..Z, AA, BB: the letter repeated, not base 26.
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n < 1000 else str(n)


def _roman(n: int) -> str:
    if not 0 < n < 5000:
        return str(n)
    out = ""
    for value, sign in _ROMAN:
        out += sign * (n // value)
        n %= value
    return out


def _chinese(n: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    if not 0 < n < 10_000:
        return digits[0] if n == 0 else str(n)
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            if gap and out:
                out += digits[0]
            # 十二, not 一十二, where the ten leads
            one_ten = power == 1 and digit == 1 and not out and digits is _DIGITS
            out += ("" if one_ten else digits[digit]) + (units[power - 1] if power else "")
            gap = False
        else:
            gap = True
    return out


def _circled(n: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= n <= last:
            return chr(code + n - first)
    return f"({n})"


def _from(code: int, count: int) -> Callable[[int], str]:
    return lambda n: chr(code + n - 1) if 0 < n <= count else str(n)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda n: "",
    "bullet": lambda n: "",
    "decimalZero": lambda n: f"{n:02d}",
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "chineseLegalSimplified": lambda n: _chinese(n, _FORMAL, "拾佰仟"),
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(abs(n))).replace("零", "〇"),
    "japaneseDigitalTenThousand": lambda n: "".join(_DIGITS[int(d)] for d in str(abs(n))).replace("零", "〇"),
    "taiwaneseDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(abs(n))).replace("零", "〇"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda n: chr(0x2488 + n - 1) if 0 < n <= 20 else f"{n}.",
    "decimalEnclosedParen": lambda n: chr(0x2474 + n - 1) if 0 < n <= 20 else f"({n})",
    "ideographEnclosedCircle": lambda n: chr(0x3280 + n - 1) if 0 < n <= 10 else _chinese(n),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + k: 0xFF10 + k for k in range(10)}),
    "decimalFullWidth2": lambda n: str(n).translate({ord("0") + k: 0xFF10 + k for k in range(10)}),
    "decimalHalfWidth": str,
    "ordinal": lambda n: f"{n}{'th' if 10 < n % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}",
}
