"""HTML -> Reading (网页): the visible text in reading order, as a browser lays it out, with what its layout says as marks.

One walk along the events of lxml's parser, without a tree and without recursion; see ``docs/readers.md`` for why
lxml itself is driven and not a wrapper, and what is kept and left.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from ..decode import decode
from ..model import Mark, Reading, Source
from .formula import linear
from .html_walk import Walk
from .tags import rescue

_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]+)", re.I)
_CHUNK = 1 << 16  # bytes that the parser is handed at a time
_TITLE_PROPERTIES = ("og:title", "twitter:title")


def read_html(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a page's bytes. The declared meta charset is a hint only, for it is often wrong."""
    said = _META.search(data[:4096])
    hint = (said[1] or said[2]).decode("ascii") if said else None
    text, name = decode(data, encoding, hint=hint)
    body, marks, titles = read_markup(text)
    return Reading(replace(source, encoding=name), body, marks, titles)


def read_markup(markup: str) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """Text, marks and titles of decoded HTML."""
    # The parser is handed UTF-8 and told so: given bytes and a meta element it gives up on pages that Word has saved.
    prepared = rescue(markup).replace("\x00", "\ufffd").encode("utf-8", "replace")
    target = _Target()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=target)
    for at in range(0, len(prepared), _CHUNK):
        parser.feed(prepared[at : at + _CHUNK])
    with contextlib.suppress(etree.XMLSyntaxError):  # a page without a single element or character
        parser.close()
    body, marks = target.walk.page.finish()
    return body, marks, target.titles()


class _Target:
    """What the parser calls: it hands on whole texts, passes over what is not seen, and keeps titles and formulas.

    The parser builds no tree: that is quicker, its memory is flat, and pages nested deeper than trees may be are read to their end.
    """

    def __init__(self) -> None:
        self.walk = Walk()
        self._text: list[str] = []
        self._skipped = 0  # elements that are open and not seen
        self._kept: list[str] | None = None  # the text of an unseen element that is wanted
        self._formula: etree.TreeBuilder | None = None
        self._titles: list[str] = []
        self._named: list[str] = []
        self._drawings = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            self._drawings += tag == "svg"
            if self._formula is not None:
                self._formula.start(tag, {})
            elif not self._drawings:
                self._head(tag, attributes)
            return
        self._flush()
        if not self.walk.start(tag, attributes.get):
            self._skipped = 1
            self._drawings = int(tag == "svg")
            if tag == "math":
                self._formula = etree.TreeBuilder()
                self._formula.start(tag, {})
            elif not self._drawings:
                self._head(tag, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            if self._formula is not None:
                self._formula.end(tag)
            if self._kept is not None and tag in ("title", "style"):
                text, self._kept = "".join(self._kept), None
                if tag == "title":
                    self._titles.append(text)
                else:
                    self.walk.add_style(text)
            if self._skipped:
                return
            if self._formula is not None:
                self.walk.formula(linear(self._formula.close()))
                self._formula = None
        else:
            self._flush()
        self.walk.end(tag)

    def data(self, text: str) -> None:
        if not self._skipped:
            self._text.append(text)
        elif self._formula is not None:
            self._formula.data(text)
        elif self._kept is not None:
            self._kept.append(text)

    def comment(self, text: str) -> None:
        """A comment parts no word."""

    def pi(self, target: str, text: str | None = None) -> None:
        """Nor does a processing instruction."""

    def close(self) -> None:
        self._flush()

    def titles(self) -> tuple[str, ...]:
        """What the head calls the page: og:title first, for it seldom holds the name of the site."""
        clean = [" ".join(title.split()) for title in (*self._named, *self._titles)]
        return tuple(dict.fromkeys(title for title in clean if title))

    def _flush(self) -> None:
        if self._text:
            self.walk.text("".join(self._text))
            self._text.clear()

    def _head(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What is not seen and yet says something: titles, style sheets."""
        if tag == "style" or (tag == "title" and not self._titles):
            self._kept = []
        elif tag == "meta" and (attributes.get("property") or attributes.get("name") or "").lower() in _TITLE_PROPERTIES:
            self._named.append(attributes.get("content") or "")
