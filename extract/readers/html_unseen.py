"""What a page does not show and yet says (网页隐藏内容): titles, style sheets, formulas in MathML."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from .formula import linear

_TITLE_PROPERTIES = ("og:title", "twitter:title")


class Unseen:
    """The elements that are not seen, with all that is in them."""

    def __init__(self) -> None:
        self._kept: list[str] | None = None  # the text of an element that is wanted
        self._sheets: list[str] = []
        self._titles: list[str] = []
        self._named: list[str] = []
        self._drawings = 0  # open <svg>, whose titles are none of the page
        self._open = 0
        self._formula: etree.TreeBuilder | None = None
        self._linear = ""

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """An element begins."""
        if tag == "math" and not self._open:
            self._formula = etree.TreeBuilder()
        self._open += 1
        if self._formula is not None:
            self._formula.start(tag, {})
        elif tag == "svg":
            self._drawings += 1
        elif not self._drawings:
            if tag == "style" or (tag == "title" and not self._titles):
                self._kept = []
            elif tag == "meta":
                self.meta(attributes)

    def meta(self, attributes: Mapping[str, str | None]) -> None:
        """What the head says of the page."""
        if (attributes.get("property") or attributes.get("name") or "").lower() in _TITLE_PROPERTIES:
            self._named.append(attributes.get("content") or "")

    def end(self, tag: str) -> None:
        """The element that began last ends."""
        self._open -= 1
        if self._formula is not None:
            self._formula.end(tag)
            if not self._open:
                self._linear = linear(self._formula.close())
                self._formula = None
        elif tag == "svg":
            self._drawings -= 1
        elif self._kept is not None and tag in ("title", "style"):
            (self._titles if tag == "title" else self._sheets).append("".join(self._kept))
            self._kept = None

    def data(self, text: str) -> None:
        """Characters."""
        if self._formula is not None:
            self._formula.data(text)
        elif self._kept is not None:
            self._kept.append(text)

    def take_sheets(self) -> list[str]:
        """The style sheets that ended since the last call."""
        sheets, self._sheets = self._sheets, []
        return sheets

    def take_formula(self) -> str:
        """The formula that ended since the last call, as one line of text."""
        text, self._linear = self._linear, ""
        return text

    def titles(self) -> tuple[str, ...]:
        """What the head calls the page: og:title first, for it seldom holds the name of the site."""
        clean = [" ".join(title.split()) for title in (*self._named, *self._titles)]
        return tuple(dict.fromkeys(title for title in clean if title))
