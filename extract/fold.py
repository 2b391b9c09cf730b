"""One character for one character (等长折叠): width and look-alikes folded for matching only, so that every offset stays true."""

from __future__ import annotations

_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
_TABLE |= {
    ord(a): ord(b)
    for a, b in {
        "\u3000": " ",
        "\u00a0": " ",
        "\t": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "\r": " ",
        "【": "[",
        "】": "]",
        "〔": "[",
        "〕": "]",
        "［": "[",
        "］": "]",
        "﹝": "(",
        "﹞": ")",
        "｛": "(",
        "｝": ")",
        "〖": "[",
        "〗": "]",
        "﹒": ".",
        "∶": ":",
        "︰": ":",
        "﹕": ":",
        "﹑": "、",
        "丶": "、",
        "✓": "√",
        "✔": "√",
        "☑": "√",
        "╳": "×",
        "✗": "×",
        "✘": "×",
        "✕": "×",
        "✖": "×",
        "✅": "√",
        "❌": "×",
        "❎": "×",
        "\ufe0f": " ",  # which makes a picture of the sign before it
        "〇": "○",
        "–": "-",
        "—": "-",
        "―": "-",
        "－": "-",
        "~": "~",
        "～": "~",
        "〜": "~",
        "﹎": "_",
        "＿": "_",
        "‐": "-",
    }.items()
}
_TABLE |= {code: ord("★") for code in range(0x1F300, 0x1FB00)}  # small pictures that adorn headings and cues


def fold(text: str) -> str:
    """The text folded for matching; ``len(fold(text)) == len(text)``. Newlines stay."""
    return text.translate(_TABLE)
