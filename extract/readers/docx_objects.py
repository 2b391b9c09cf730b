"""What stands in a Word paragraph and is no text (对象): pictures, formula objects, text boxes, EQ fields, readings above characters."""

from __future__ import annotations

import re

from lxml import etree

from .docx_package import MC, A, R, W
from .page import placeholder

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_CHARTS = ("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart", "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")
_CIRCLED = re.compile(r"eq\s*\\o(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,，;；]\s*(\d{1,2})\s*\)", re.I)


def drawn(element: etree._Element, targets: dict[str, str]) -> tuple[list[str], list[etree._Element]]:
    """The place holders of a drawing or an embedded object, and the text boxes in it. ``targets``: relation id -> file name."""
    signs: list[str] = []
    boxes: list[etree._Element] = []
    program = element.find(f"{_O}OLEObject")
    what = "公式" if program is not None and program.get("ProgID", "").startswith("Equation") else "图"

    def sign(kind: str, relation: str | None) -> None:
        if relation:
            signs.append(placeholder(kind, targets.get(relation, relation)))

    events = etree.iterwalk(element, events=("start",))
    for _, child in events:
        tag = child.tag
        if tag == f"{MC}Fallback" and child is not element:
            events.skip_subtree()
        elif tag == f"{W}txbxContent":
            boxes.append(child)
            events.skip_subtree()
        elif tag == f"{A}blip":
            sign("图", child.get(f"{R}embed") or child.get(f"{R}link"))
        elif tag == f"{_V}imagedata":
            sign(what, child.get(f"{R}id") or child.get(f"{R}pict"))
        elif tag in _CHARTS:
            sign("图", child.get(f"{R}id") or child.get(f"{R}dm"))
    return signs, boxes


def equation(instruction: str) -> str:
    """What an EQ field draws (other fields: nothing): circled numbers are its commonest use."""
    if instruction[:3].lower() not in ("eq ", "eq\\"):
        return ""
    circled = _CIRCLED.fullmatch(instruction)
    number = int(circled[1]) if circled else 0
    return chr(0x2460 + number - 1) if 0 < number <= 20 else placeholder("公式", instruction[2:].strip())


def ruby(element: etree._Element) -> str:
    """Characters with the reading above them in brackets."""
    base = "".join(t.text or "" for t in element.iterfind(f"{W}rubyBase//{W}t"))
    above = "".join(t.text or "" for t in element.iterfind(f"{W}rt//{W}t"))
    return f"{base}({above})" if above else base
