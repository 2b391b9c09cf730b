"""The few rules of a style sheet that change what is seen or how (样式表): colour, weight, underline, hidden, and what is a block.

Only selectors of one part are resolved (``p``, ``.right``, ``p.right``, ``#key``): they are what decides on exam pages, and one
table look-up an element keeps the reader linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .colors import color_code
from .tags import without

Declared = dict[str, str]
_COMMENT_SIGNS = re.compile(r"<!--|-->")
_BRACE = re.compile(r"([{}])")
_SELECTOR = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+)?)$")
_OFF_SCREEN = re.compile(r"@media\s+print|@font-face|@page|@keyframes|@-", re.I)
_OF_USE = frozenset({
    "color", "font-weight", "text-decoration", "text-decoration-line", "display", "visibility", "white-space", "background",
    "background-color", "list-style", "list-style-type", "border-bottom", "mso-list", "mso-hide",
})

_PLACES = frozenset({"top", "bottom", "left"})  # of pieces that are put one by one
_MOVED = re.compile(r"position\s*:\s*(?:relative|static|sticky)", re.I)  # a little from where it stands
_UNSEEN_AT_NONE = frozenset({"font-size", "opacity"})  # told only where they are none
_NONE = re.compile(r"\s*(?:0+(?:\.0*)?|\.0+)(?:p[xt]|r?em|%)?\s*(?:!\s*important\s*)?$", re.I)


@lru_cache(maxsize=4096)
def declarations(style: str) -> Declared:
    """``color:red; display:none`` as a table, with what we have no use for left out; kept for the next that asks, so not to be changed."""
    found: Declared = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _OF_USE:
            found[name] = value.replace("!important", "").strip().lower()
        elif colon and name in _UNSEEN_AT_NONE and _NONE.match(value):
            found[name] = "0"
        elif colon and name in _PLACES:
            found[name] = value.strip()
    return {name: value for name, value in found.items() if name not in _PLACES} if _MOVED.search(style) else found


class Sheet:
    """The rules of a page's <style> elements by selector, weakest first: tag, class, tag with class, id."""

    def __init__(self) -> None:
        self.rules: dict[str, Declared] = {}

    def of(self, tag: str, classes: Iterable[str], ident: str) -> Declared:
        """What the sheet declares for an element."""
        if not self.rules:
            return {}
        found: Declared = {}
        named = [f"#{ident}", f"{tag}#{ident}"] if ident else []
        for key in ["*", tag, *[f".{c}" for c in classes], *[f"{tag}.{c}" for c in classes], *named]:
            if key in self.rules:
                found.update(self.rules[key])
        return found

    def read(self, source: str) -> None:
        """Take in the text of a <style> element."""
        source = _COMMENT_SIGNS.sub("", without(source, "/*", "*/"))
        open_rules: list[str] = []  # preludes of the rules that enclose this place
        parts = _BRACE.split(source)
        for text, brace in zip(parts[0::2], parts[1::2], strict=False):
            if brace == "{":
                open_rules.append(text.rpartition(";")[2].strip())
                continue
            prelude = open_rules.pop() if open_rules else ""
            if prelude and not prelude.startswith("@") and not any(_OFF_SCREEN.match(p) for p in open_rules):
                self._add(prelude, text)

    def _add(self, prelude: str, text: str) -> None:
        declared = declarations(text)
        if declared:
            for selector in prelude.split(","):
                if _SELECTOR.match(selector.strip()):
                    self.rules.setdefault(selector.strip(), {}).update(declared)


def is_bold(declared: Declared, inherited: bool) -> bool:
    weight = declared.get("font-weight", "")
    if not weight:
        return inherited
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def background(declared: Declared) -> str:
    """The colour behind the text as RRGGBB, empty for white and none."""
    value = declared.get("background-color") or declared.get("background", "")
    code = color_code(value.split(" ")[0]) if value and not value.startswith("rgb") else color_code(value)
    return "" if code == "FFFFFF" else code


def is_hidden(declared: Declared) -> bool:
    return declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse") or declared.get("mso-hide") == "all"


def fades_in(inline: Declared) -> bool:
    """Text that its page hides and makes transparent until it is laid out, as 微信公众号 does with every article."""
    return inline.get("visibility") == "hidden" and "opacity" in inline
