"""The walk over a page (网页遍历): what has to be remembered between the start of an element and its end.

Nothing here knows the parser: an element is a tag and a table of its attributes. One call for a start, an end and a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import Mark
from .html_flow import Flow
from .html_hidden import Hidden
from .html_looks import Look, looks_below
from .html_parts import List, picture
from .html_placed import Place, Placed
from .html_unseen import Unseen
from .runs import PLAIN, Style
from .tags import VOID

Attributes = Mapping[str, str | None]
_Entered = tuple[Look, Style, bool, int]  # how it looks, style and verbatim around it, where its text begins
_SEARCH_BOX = re.compile(r"search|keyword|query|^(?:q|wd|kw|user\w*|pass\w*|captcha|email|phone|tel)$", re.I)
_QUOTES = {"rt": ("(", ")"), "q": ("“", "”")}  # a reading above a character stands in brackets after it
_BLOCK: _Entered = (looks_below(()).of("div", {}), PLAIN, False, -1)  # of a block that is nothing but a block


class Walk(Flow):
    """What every parser tells: ``start``, ``end`` and ``data`` in reading order; ``finish`` gives the page."""

    def __init__(self) -> None:
        super().__init__()
        self._looks = looks_below(())
        self._bare = self._looks.bare
        self._styles = {PLAIN: PLAIN}
        self._dressed: dict[tuple[int, Look], Style] = {}
        self._entered: list[_Entered | None] = []  # None: its end changes nothing
        self._lists: list[List] = []
        self._text = ""
        self._unseen = Unseen()
        self._inside = 0  # elements that are open and not seen
        self._hidden: Hidden | None = None  # what they hold, where it may be an answer
        self._telling = False  # it is one, and is being told again
        self._placed = Placed()

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._inside:
            self._inside += 1
            self._unseen.start(tag, attributes)
            if self._hidden is not None:
                self._hidden.start(tag, attributes)
            return
        if self._text:
            self.text(self._text)
            self._text = ""
        look = (not attributes and self._bare.get(tag)) or self._looks.of(tag, attributes)
        hidden = attributes and ("hidden" in attributes or attributes.get("aria-hidden") == "true")
        if look.inert and not hidden:
            self._entered.append(None)
            return
        if look.dropped:
            self._special(tag, attributes, look.hidden or "hidden" in attributes)
        if look.dropped or look.hidden or hidden:
            if tag in VOID:  # whatever a parser nests in it stands after it
                if tag == "meta":
                    self._unseen.meta(attributes)
                self._entered.append(None)
            else:
                self._unseen.start(tag, attributes)
                self._inside = 1
                self._hidden = None if look.dropped or self._telling else Hidden(tag)
            return
        role = look.role
        if look.place is not None:
            self._put(look.place)
        elif look.block:
            self._placed.leave()
            self.end_line()
            if not role and look.plain and look.verbatim is None:
                self.page.block()
                self._entered.append(_BLOCK)
                return
            if role != "cell":
                self.page.block()
        if role:
            self._open(role, tag, attributes, look)
        self._entered.append((look, self.style, self.verbatim, self.page.length))
        if not look.plain:
            self.style = self._dress(look)
        if look.verbatim is not None:
            self.verbatim = look.verbatim

    def end(self, tag: str) -> None:
        """The element that began last and has not ended yet ends."""
        if self._inside:
            self._end_unseen(tag)
            return
        if self._text:
            self.text(self._text)
            self._text = ""
        entered = self._entered.pop()
        if entered is None:
            return
        if entered is _BLOCK:
            self.end_line()
            self.page.block()
            return
        look, style, verbatim, start = entered
        role, block = look.role, look.block
        if role == "quote":
            self.write(_QUOTES[tag][1])
        if block:
            self.end_line()
        if role:
            self._close(role, tag, start)
        if look.right:
            self.page.span(start, "checked", "right")
        self.style, self.verbatim = style, verbatim
        if block and role != "cell":
            self.page.block()

    def data(self, text: str) -> None:
        """Characters; those on both sides of a comment are one text."""
        if self._inside:
            self._unseen.data(text)
            if self._hidden is not None:
                self._hidden.data(text)
        else:
            self._text = self._text + text if self._text else text

    def finish(self) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
        """Text, marks and titles."""
        if self._text:
            self.text(self._text)
        body, marks = self.page.finish()
        return body, marks, self._unseen.titles()

    def _end_unseen(self, tag: str) -> None:
        self._inside -= 1
        self._unseen.end(tag)
        for sheet in self._unseen.take_sheets():  # it counts for what follows it, as pages place their sheets before what they dress
            self._looks = looks_below((*self._looks.sheets, sheet))
            self._bare = self._looks.bare
        hidden = self._hidden
        if self._inside:
            if hidden is not None:
                hidden.end(tag)
            return
        formula = self._unseen.take_formula()
        self._hidden = None
        if hidden is not None and hidden.is_answer(self.page.tail()):
            self._telling = True
            hidden.tell(self.start, self.end, self.data)
            self._telling = False
        else:
            self.formula(formula)

    def _open(self, role: str, tag: str, attributes: Attributes, look: Look) -> None:
        if role == "cell":
            self.page.open_cell()
        elif role == "table":
            self.page.open_table()
        elif role == "item":
            self.item(self._lists[-1].next(attributes.get, look.declared) if self._lists else None)
        elif role == "list":
            self._lists.append(List(tag, attributes, look.declared))
            self.depth += 1
        elif role == "quote":
            self.write(_QUOTES[tag][0])
        elif role == "button":
            self.no_field()

    def _close(self, role: str, tag: str, start: int) -> None:
        if role == "cell":
            self.page.span(start, "cell")
            self.page.close_cell()
        elif role == "row":
            self.page.span(start, "row")
            self.page.close_row()
        elif role == "table":
            self.page.close_table(start)
        elif role == "heading":
            self.page.span(start, "heading", tag[1:])
        elif role == "item":
            self.item(None)
        elif role == "list":
            self._lists.pop()
            self.depth -= 1

    def _put(self, place: Place) -> None:
        """A piece of text that the page puts at ``place`` begins."""
        if self._placed.goes_on(place, self.page.length):
            self.page.rejoin()
            if self._placed.gap:
                self.text(" ")
        else:
            self.end_line()
            self.page.block()

    def _dress(self, look: Look) -> Style:
        """The style inside an element; the very same value where nothing changes, so that runs are not broken."""
        key = (id(self.style), look)  # every style is kept for good by its table
        dressed = self._dressed.get(key)
        if dressed is None:
            style = look.dress(self.style)
            dressed = self._dressed[key] = self._styles.setdefault(style, style)
        return dressed

    def _special(self, tag: str, attributes: Attributes, hidden: bool) -> None:
        """Elements that stand for something which is not their text."""
        if tag == "br":
            self.end_line()
            self.page.newline()
        elif tag == "hr":
            self.end_line()
            self.page.block()
        elif tag == "img":
            if not hidden:
                self.write(picture(attributes.get))
        elif tag in ("input", "textarea", "select"):
            kind = (attributes.get("type") or "text").lower() if tag == "input" else "text"
            if kind in ("checkbox", "radio"):  # a hidden one too: pages draw their own box in its place
                self.box("○" if kind == "radio" else "☐")
                if kind == "checkbox":
                    self.page.box("checkbox")
                if "checked" in attributes:
                    self.page.box("checked")
            elif kind in ("text", "number") and not hidden:
                self._blank(attributes)

    def _blank(self, attributes: Attributes) -> None:
        """A field to type in; a search box is none."""
        named = " ".join(attributes.get(name) or "" for name in ("name", "id", "type")).split()
        if not any(_SEARCH_BOX.search(n) for n in named):
            self.field()
