"""What a PDF draws beside its letters: blanks drawn as lines (填空横线) and pictures (图), which the text layer does not know of."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

_MOST = 1500  # drawn objects on a page beyond which it is a drawing, and its lines are no blanks
_TALL, _GREY = 40, 60  # points of a highlighted line; how little the parts of a grey differ
_THIN = 2.6  # points: a stroke of 1.2 with the room that pdfium gives it


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule in points; ``y`` grows downwards."""

    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its box in points; ``top`` grows downwards."""

    name: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured ground and its box in points: a highlighter's stroke; ``top`` grows downwards."""

    color: str
    left: float
    right: float
    top: float
    bottom: float


Grid = tuple[list[Rule], list[tuple[float, float, float]]]  # all level lines, and the upright ones: x, top, bottom


def drawn(page: pypdfium2.PdfPage, number: int) -> tuple[list[Rule], list[Picture], list[Fill], Grid]:
    """The rules, the pictures and the highlighted grounds of a page, and all lines that may be those of tables.

    A blank is a horizontal rule of 12 to 360 points with no upright line at it (those make tables); a picture is at least
    16 points in one direction and does not lie behind the whole page.
    """
    width, height = page.get_size()
    level: list[Rule] = []
    pictures: list[Picture] = []
    fills: list[Fill] = []
    upright: list[tuple[float, float, float]] = []  # x, top, bottom
    # The plain functions of the library: its wrapper makes an object of every letter that is drawn.
    edges = [ctypes.c_float() for _ in range(4)]
    count = 0
    for k in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, k)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE) or not pdfium.FPDFPageObj_GetBounds(item, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        count += 1
        if count > _MOST:
            return [], pictures, [], ([], [])
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if max(right - left, top - bottom) >= 16 and (right - left) * (top - bottom) < 0.8 * width * height:
                pictures.append(Picture(f"p{number}-{len(pictures) + 1}", left, right, height - top, height - bottom))
        elif top - bottom <= _THIN < right - left:
            level.append(Rule(left, right, height - bottom))
        elif right - left <= _THIN < top - bottom:
            upright.append(((left + right) / 2, height - top, height - bottom))
        elif min(right - left, top - bottom) > _THIN and _frames(item):
            level += [Rule(left, right, height - y) for y in (bottom, top)]
            upright += [(x, height - top, height - bottom) for x in (left, right)]
        elif _THIN < top - bottom < _TALL and (color := _ground(item)):
            fills.append(Fill(color, left, right, height - top, height - bottom))
    joined: list[Rule] = []
    for rule in sorted(level, key=lambda r: (round(r.y), r.left)):
        if joined and abs(joined[-1].y - rule.y) < 1 and rule.left - joined[-1].right < 1.5:
            joined[-1] = replace(joined[-1], right=max(joined[-1].right, rule.right))
        else:
            joined.append(rule)
    return [r for r in joined if 12 <= r.right - r.left <= 360 and not _in_table(r, upright)], pictures, fills, (joined, upright)


def _frames(item: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is a rectangle that is drawn around: a cell."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return pdfium.FPDFPath_CountSegments(item) in (4, 5) and bool(pdfium.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def _in_table(rule: Rule, upright: list[tuple[float, float, float]]) -> bool:
    return any(top - 2 <= rule.y <= bottom + 2 and rule.left - 2 <= x <= rule.right + 2 for x, top, bottom in upright)


def _ground(item: pdfium.FPDF_PAGEOBJECT) -> str:
    """The colour that a path is filled with, empty for none, for grey and for what is near to white."""
    rgba = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *rgba):
        return ""
    red, green, blue, seen = (part.value for part in rgba)
    return f"{red:02X}{green:02X}{blue:02X}" if seen and max(red, green, blue) - min(red, green, blue) > _GREY else ""
