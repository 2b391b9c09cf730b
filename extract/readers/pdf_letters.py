"""The letters of a PDF's page (PDF 的字符): what is drawn, in the order of drawing, with boxes and colours, and where lines really end."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, right, top, bottom in points; top grows downwards
_BLANK = (0.12, 0.2, 0.6)  # heights of a letter that tell of a blank: between two Latin letters, beside a Chinese one, between two
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of a page with their boxes and colours, as drawn."""

    text: str
    boxes: list[Box]  # around the ink; of no size for the ones that pdfium added
    colors: list[str]


def letters_of(page: pypdfium2.PdfPage) -> Letters:
    """The letters of a page; a line ends in a line feed."""
    text_page = page.get_textpage()
    handle, count = text_page.raw, text_page.count_chars()
    box = [ctypes.c_double() for _ in range(4)]
    loose = pdfium.FS_RECTF()
    rgba = [ctypes.c_uint() for _ in range(4)]
    height, turned = page.get_height(), page.get_rotation() in (90, 270)
    characters: list[str] = []
    boxes: list[Box] = []
    spaces: list[Box] = []  # that the letters take up, ink or not
    colors: list[str] = []
    for k in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, k)
        if 0xD800 <= code < 0xDC00 and k + 1 < count:  # the two halves of a rare character are two letters here
            low = pdfium.FPDFText_GetUnicode(handle, k + 1)
            code = 0x10000 + (code - 0xD800 << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else 0xFFFD
        elif 0xDC00 <= code < 0xE000:
            continue
        if code in (0, 0xFFFE, 0xFFFF):  # pdfium's sign for a hyphen at a line end is U+FFFE
            code = 0x2D if code == 0xFFFE else 0
        if not code:
            continue
        pdfium.FPDFText_GetCharBox(handle, k, *box)
        left, right, bottom, top = (v.value for v in box)
        boxes.append(_turned(left, right, bottom, top, height, turned))
        known = pdfium.FPDFText_GetLooseCharBox(handle, k, loose)
        spaces.append(_turned(loose.left, loose.right, loose.bottom, loose.top, height, turned) if known else boxes[-1])
        color = ""
        if code > 32 and pdfium.FPDFText_GetFillColor(handle, k, *rgba) and (rgba[0].value or rgba[1].value or rgba[2].value):
            color = f"{rgba[0].value:02X}{rgba[1].value:02X}{rgba[2].value:02X}"
        characters.append(chr(code))
        colors.append(color)
    text_page.close()
    return _as_printed(Letters("".join(characters), boxes, colors), spaces)


def _turned(left: float, right: float, bottom: float, top: float, height: float, turned: bool) -> Box:
    return (bottom, top, left, right) if turned else (left, right, height - top, height - bottom)


def _as_printed(letters: Letters, spaces: list[Box]) -> Letters:
    """The letters with the line breaks where they are printed.

    pdfium takes a page of short lines for one that is written downwards: then it ends a line behind every letter that has
    another beside it, and none where the next stands below.
    """
    text = letters.text
    inked = [k for k, character in enumerate(text) if not character.isspace()]
    pieces: list[str] = []
    kept: list[int] = []  # the letters that stay; for a sign put in, one of those that it replaces
    at = 0
    for a, b in pairwise(inked):
        left, right = spaces[a], spaces[b]
        beside = min(left[3], right[3]) - max(left[2], right[2]) > 0.5 * min(left[3] - left[2], right[3] - right[2])
        broken = "\n" in text[a + 1 : b] or "\r" in text[a + 1 : b]
        size = max(end - start for box in (letters.boxes[a], letters.boxes[b]) for start, end in (box[:2], box[2:]))
        gap = right[0] - left[1]
        if broken and beside and gap > -0.3 * size:
            sign = " " if gap > _BLANK[(_WIDE.match(text[a]) is not None) + (_WIDE.match(text[b]) is not None)] * size else ""
        elif not broken and not beside and ((right[2] > left[2] and right[0] < left[1]) or right[3] < left[2] - size):
            sign = "\n"  # below, or far above: the head of the page is drawn last
        else:
            continue
        pieces += text[at : a + 1], sign
        kept += [*range(at, a + 1), *([b] if sign else [])]
        at = b
    if not at:
        return letters
    kept += range(at, len(text))
    boxes, colors = [letters.boxes[k] for k in kept], [letters.colors[k] for k in kept]
    return Letters("".join([*pieces, text[at:]]), boxes, colors)
