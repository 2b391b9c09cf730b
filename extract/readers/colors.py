"""Colours of text (颜色): as pages write them, and which of them say something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..model import Mark

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})$")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})")
_NAMES = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00", "gray": "808080",
    "grey": "808080", "orange": "FFA500", "purple": "800080", "maroon": "800000", "navy": "000080", "teal": "008080", "lime": "00FF00",
    "aqua": "00FFFF", "cyan": "00FFFF", "fuchsia": "FF00FF", "magenta": "FF00FF", "silver": "C0C0C0", "olive": "808000",
    "darkred": "8B0000", "darkgreen": "006400", "darkblue": "00008B", "crimson": "DC143C", "tomato": "FF6347", "orangered": "FF4500",
    "firebrick": "B22222", "seagreen": "2E8B57", "forestgreen": "228B22", "royalblue": "4169E1", "dimgray": "696969",
    "lightgray": "D3D3D3", "lightgrey": "D3D3D3", "darkgray": "A9A9A9", "darkgrey": "A9A9A9", "windowtext": "000000",
}


def color_code(value: str) -> str:
    """A colour as pages write it (``#f00``, ``rgb(255,0,0)``, ``red``) as RRGGBB; empty where it is none that we know."""
    value = value.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    hexadecimal = _HEX.match(value)
    if hexadecimal:
        digits = hexadecimal[1].upper()
        return digits if len(digits) == 6 else "".join(2 * d for d in digits)
    rgb = _RGB.match(value)
    return "".join(f"{min(255, int(level)):02X}" for level in rgb.groups()) if rgb else ""


def telling_colors(marks: Sequence[Mark], text: str) -> tuple[Mark, ...]:
    """The marks without those of the body's own colour: near black, and the colour that most of the text has."""
    lengths: Counter[str] = Counter()
    for m in marks:
        if m.kind == "color":
            lengths[m.value] += m.end - m.start
    usual = {color for color, length in lengths.most_common(1) if length * 2 > len(text)}
    return tuple(m for m in marks if m.kind != "color" or not (m.value in usual or near_black(m.value)))


def near_black(color: str) -> bool:
    """Whether RRGGBB is what a page uses for plain text."""
    levels = [int(color[k : k + 2], 16) for k in (0, 2, 4)]
    return max(levels) < 0x60 and max(levels) - min(levels) < 0x30
