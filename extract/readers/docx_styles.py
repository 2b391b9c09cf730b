"""What a Word document's styles make of a paragraph or a run (样式): looks, outline level, list, hidden text."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from .colors import color_code
from .docx_package import W
from .runs import PLAIN, Style

_OFF = ("0", "false", "off", "none")
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000",
}
_LOOKS = {W + name: name for name in ("b", "color", "u", "strike", "dstrike", "highlight", "shd", "em", "vanish")}
Look = tuple[Style, bool]  # the style, and whether the text is hidden


class Styles:
    """styles.xml, asked by style id; every answer is computed once."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self._lists: dict[str, tuple[str, int | None]] = {}
        self._headings: dict[str, str] = {}
        self.style_lists: dict[str, str] = {}
        self.default = ""
        if root is None:
            return
        for style in root.iterchildren(f"{W}style"):
            ident = style.get(f"{W}styleId", "")
            self._elements[ident] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default = ident
            number = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if style.get(f"{W}type") == "numbering" and number is not None:
                self.style_lists[ident] = number.get(f"{W}val", "")

    def look(self, ident: str) -> Look:
        """The look that a style gives, its ancestors included."""
        if ident not in self._looks:
            look: Look = (PLAIN, False)
            for element in reversed(self._chain(ident)):
                properties = element.find(f"{W}rPr")
                if properties is not None:
                    look = apply(properties, look)
            self._looks[ident] = look
        return self._looks[ident]

    def list_of(self, ident: str) -> tuple[str, int | None]:
        """(numId, level) that a paragraph style carries; an empty numId where it carries none."""
        if ident not in self._lists:
            number, level = "", None
            for element in self._chain(ident):
                properties = element.find(f"{W}pPr/{W}numPr")
                if properties is not None:
                    child, at = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
                    if level is None and at is not None:
                        level = int(at.get(f"{W}val", "0"))
                    if child is not None:
                        number = child.get(f"{W}val", "")
                        break
            self._lists[ident] = (number, level)
        return self._lists[ident]

    def heading(self, ident: str) -> str:
        """The heading level ("1".."9") of a paragraph style, empty for body text."""
        if ident not in self._headings:
            self._headings[ident] = self._level(ident)
        return self._headings[ident]

    def _level(self, ident: str) -> str:
        for element in self._chain(ident):
            level = element.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                value = level.get(f"{W}val", "9")
                return str(int(value) + 1) if value in "012345678" else ""
            name = element.find(f"{W}name")
            words = name.get(f"{W}val", "").lower().split() if name is not None else []
            if words[:1] == ["heading"] and len(words) == 2 and words[1].isdigit():
                return str(words[1])
            if words == ["title"]:
                return "1"
        return ""

    def _chain(self, ident: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while ident in self._elements and ident not in seen:
            seen.add(ident)
            chain.append(self._elements[ident])
            based = self._elements[ident].find(f"{W}basedOn")
            ident = based.get(f"{W}val", "") if based is not None else ""
        return chain


def on(element: etree._Element) -> bool:
    """A toggle such as <w:b/>: on unless it says otherwise."""
    return element.get(f"{W}val", "1") not in _OFF


def apply(properties: etree._Element, look: Look) -> Look:
    """``look`` changed by a w:rPr."""
    style, hidden = look
    changes: dict[str, bool | str] = {}
    for child in properties:
        name = _LOOKS.get(child.tag)
        if name is None:
            continue
        value = child.get(f"{W}val", "")
        if name == "b":
            changes["bold"] = on(child)
        elif name == "color":
            changes["color"] = color_code(value) if value != "auto" else ""
        elif name == "u":
            changes["underline"] = on(child)
        elif name in ("strike", "dstrike"):
            changes["strike"] = on(child) or bool(changes.get("strike", False))
        elif name == "highlight":
            changes["highlight"] = _HIGHLIGHTS.get(value, "")
        elif name == "shd":
            fill = child.get(f"{W}fill", "auto")
            if "highlight" not in changes and fill not in ("auto", "FFFFFF"):
                changes["highlight"] = color_code(fill)
        elif name == "em":
            changes["emphasis"] = on(child)
        else:
            hidden = on(child)
    if not changes:
        return (style, hidden) if hidden != look[1] else look
    changes = {name: value for name, value in changes.items() if getattr(style, name) != value}
    return (replace(style, **changes) if changes else style, hidden)  # type: ignore[arg-type]


def merged(base: Look, other: Look) -> Look:
    """A character style over a paragraph style: what it switches on, on."""
    style, over = base[0], other[0]
    return replace(
        style, bold=style.bold or over.bold, color=over.color or style.color, underline=style.underline or over.underline,
        strike=style.strike or over.strike, highlight=over.highlight or style.highlight, emphasis=style.emphasis or over.emphasis,
    ), base[1] or other[1]
