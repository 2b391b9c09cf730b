"""What the style sheet and the attributes of an element make of it (元素外观), computed once for elements that are written alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from . import css
from .colors import color_code
from .html_placed import Place, place_of
from .runs import Style
from .tags import BLOCKS, DROPPED

_Key = tuple[str, str, str, str]  # tag, classes, id (where the sheet speaks of it), style attribute
_UNSEEN = re.compile(  # conventions for text that is meant for screen readers only, and for what forums mix into posts against copying
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-only|-text)?|element-invisible\S*|jammer)(?:\s|$)", re.I)
_RIGHT = re.compile(  # what pages call the right option by
    r"(?:^|\s)(?:(?:is-|option-|answer-)?correct|(?:correct|right)-(?:answer|option))(?:\s|$)", re.I)
_MOST = 2000  # looks that are kept for the pages of a site
_ALWAYS_BLOCKS = frozenset({"li", "td", "th", "tr", "table"})
_VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
_RUNS = frozenset({"span", "font", "b", "strong", "mark", "em", "i", "u", "a"})  # whose background is a highlighter, not a box
_STYLE_TAGS: dict[str, tuple[str, bool | str]] = {
    "b": ("bold", True), "strong": ("bold", True), "th": ("bold", True), "u": ("underline", True), "ins": ("underline", True),
    "s": ("strike", True), "strike": ("strike", True), "del": ("strike", True), "mark": ("highlight", "FFFF00"), "code": ("code", True),
    "kbd": ("code", True), "samp": ("code", True), "tt": ("code", True), "pre": ("code", True), "xmp": ("code", True),
    "listing": ("code", True),
}
# What an element is to the walk beside a run or a block of text.
_ROLES = {
    "table": "table", "tr": "row", "td": "cell", "th": "cell", **{f"h{k}": "heading" for k in range(1, 7)}, "li": "item",
    **dict.fromkeys(("ol", "ul", "menu", "dir"), "list"), "q": "quote", "rt": "quote", "button": "button",
}


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How an element looks: hidden or a block, with white space kept as it is or not (None: as around it), and its declarations."""

    tag: str
    declared: css.Declared
    dropped: bool  # never entered
    hidden: bool
    block: bool
    verbatim: bool | None
    plain: bool  # changes nothing of the style
    role: str
    inert: bool  # text inside it is as text outside it
    right: bool  # its class calls it the right answer
    place: Place | None  # where on the page it is put

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
    """The looks of elements below some style sheets, whatever the page: the pages of a site share theirs."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        super().__init__()
        self.sheets = sheets
        self._sheet = css.Sheet()
        for source in sheets:
            self._sheet.read(source)
        # the ids that the sheets speak of
        self.idents = frozenset(selector.rpartition("#")[2] for selector in self._sheet.rules if "#" in selector)
        self.bare: dict[str, Look] = {}  # by tag, of elements without attributes

    def of(self, tag: str, attributes: Mapping[str, str | None]) -> Look:
        """The look of an element."""
        if not attributes:
            look = self.bare[tag] = self[tag, "", "", ""]
            return look
        get = attributes.get
        inline = get("style") or ""
        if tag == "font" and (color := get("color")):
            inline = f"color:{color};{inline}"
        ident = get("id") if self.idents else None
        return self[tag, get("class") or "", ident if ident and ident in self.idents else "", inline]

    def __missing__(self, key: _Key) -> Look:
        if len(self) >= _MOST:
            self.clear()
            self.bare.clear()
        look = self[key] = self._made(key)
        return look

    def _made(self, key: _Key) -> Look:
        """The look of elements of this key; all that nothing is declared for look alike."""
        tag, classes, ident, inline = key
        declared = self._sheet.of(tag, classes.split(), ident)
        if inline:
            own = css.declarations(inline)
            declared = {**declared, **own, **({"visibility": "visible"} if css.fades_in(own) else {})}
        unseen = bool(classes and _UNSEEN.search(classes))
        right = bool(classes and _RIGHT.search(classes))
        return _look(tag, declared, unseen, right) if declared or unseen or right else _undressed(tag)


@lru_cache(maxsize=16)
def looks_below(sheets: tuple[str, ...]) -> Looks:
    """The looks below these style sheets, kept for the next page that has them."""
    return Looks(sheets)


def _look(tag: str, declared: css.Declared, unseen: bool = False, right: bool = False) -> Look:
    display = declared.get("display", "")
    in_line = display in ("inline", "inline-block") and tag not in _ALWAYS_BLOCKS
    white = declared.get("white-space", "")
    kept = tag in _VERBATIM or white.startswith(("pre", "break-spaces"))
    block = display in ("block", "table-row") or (tag in BLOCKS and not in_line)
    verbatim = True if kept else False if white in ("normal", "nowrap") else None
    plain = not (declared or right or tag in _STYLE_TAGS)
    return Look(
        tag=tag,
        declared=declared,
        dropped=tag in DROPPED,
        hidden=unseen or css.is_hidden(declared) or (tag in _RUNS and "font-size" in declared),
        block=block,
        verbatim=verbatim,
        plain=plain,
        role=_ROLES.get(tag, ""),
        inert=plain and not (block or unseen or tag in DROPPED or tag in _ROLES) and verbatim is None,
        right=right,
        place=place_of(declared) if "left" in declared else None,
    )


@lru_cache(maxsize=512)
def _undressed(tag: str) -> Look:
    return _look(tag, {})
