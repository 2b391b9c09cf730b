"""What the style sheet and the attributes of an element make of it (元素外观), computed once for elements that are written alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import css
from .page import Style, color_code
from .tags import BLOCKS

_Key = tuple[str, str, str, str]  # tag, classes, id (where the sheet speaks of it), style attribute
_UNSEEN = re.compile(  # conventions for text that is meant for screen readers only
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-only|-text)?|element-invisible\S*|mjx-assistive-mml|MJX_Assistive_MathML)(?:\s|$)",
    re.I)
_ALWAYS_BLOCKS = frozenset({"li", "td", "th", "tr", "table"})
_VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
_RUNS = frozenset({"span", "font", "b", "strong", "mark", "em", "i", "u", "a"})  # whose background is a highlighter, not a box
_STYLE_TAGS: dict[str, tuple[str, bool | str]] = {
    "b": ("bold", True), "strong": ("bold", True), "th": ("bold", True), "u": ("underline", True), "ins": ("underline", True),
    "s": ("strike", True), "strike": ("strike", True), "del": ("strike", True), "mark": ("highlight", "FFFF00"), "code": ("code", True),
    "kbd": ("code", True), "samp": ("code", True), "tt": ("code", True), "pre": ("code", True), "xmp": ("code", True),
    "listing": ("code", True),
}


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How an element looks: hidden or a block, with white space kept as it is or not (None: as around it), and its declarations."""

    tag: str
    declared: css.Declared
    hidden: bool
    block: bool
    verbatim: bool | None
    plain: bool  # changes nothing of the style

    def dress(self, style: Style) -> Style:
        """The style inside the element, within ``style``."""
        look, tag = self.declared, self.tag
        own = _STYLE_TAGS.get(tag)
        changes: dict[str, bool | str] = {own[0]: own[1]} if own else {}
        if "color" in look:
            changes["color"] = color_code(look["color"]) or style.color
        if "font-weight" in look:
            changes["bold"] = css.is_bold(look, style.bold)
        line = look.get("text-decoration", "") + look.get("text-decoration-line", "")
        if "underline" in line or (tag in _RUNS and look.get("border-bottom", "none").find("none") < 0):
            changes["underline"] = True
        if "line-through" in line:
            changes["strike"] = True
        if "background" in look or "background-color" in look:
            changes["highlight"] = css.background(look) if tag in _RUNS else ""
        changes = {name: value for name, value in changes.items() if getattr(style, name) != value}
        return replace(style, **changes) if changes else style  # type: ignore[arg-type]


class Looks(dict[_Key, Look]):
    """The looks of a page's elements."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = css.Sheet()
        self.idents: frozenset[str] = frozenset()  # the ids that the sheet speaks of

    def learn(self, source: str) -> None:
        """Take in a style sheet; what was computed before it is computed anew."""
        self._sheet.read(source)
        self.idents = frozenset(selector.rpartition("#")[2] for selector in self._sheet.rules if "#" in selector)
        self.clear()

    def add(self, key: _Key) -> Look:
        """The look of elements of this key, remembered."""
        tag, classes, ident, inline = key
        declared = {**self._sheet.of(tag, classes.split(), ident), **css.declarations(inline)}
        display = declared.get("display", "")
        in_line = display in ("inline", "inline-block") and tag not in _ALWAYS_BLOCKS
        white = declared.get("white-space", "")
        kept = tag in _VERBATIM or white.startswith(("pre", "break-spaces"))
        look = self[key] = Look(
            tag=tag,
            declared=declared,
            hidden=css.is_hidden(declared) or bool(_UNSEEN.search(classes)),
            block=display in ("block", "table-row") or (tag in BLOCKS and not in_line),
            verbatim=True if kept else False if white in ("normal", "nowrap") else None,
            plain=not declared and tag not in _STYLE_TAGS,
        )
        return look
