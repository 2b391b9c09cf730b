"""HTML -> Reading (网页): the visible text in reading order, as a browser lays it out, with what its layout says as marks.

One walk over the tree of lxml's parser, without recursion and without asking an element twice; see ``docs/readers.md`` for why
lxml itself is driven and not a wrapper, and what is kept and left.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from ..decode import decode
from ..model import Mark, Reading, Source
from . import css
from .html_walk import Walk
from .tags import rescue

_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]+)", re.I)
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
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(prepared, parser) if prepared.strip() else None
    except etree.XMLSyntaxError:  # a page without a single element or character
        root = None
    if root is None:
        return "", (), ()
    walker = Walk(css.Sheet(e.text or "" for e in root.iter("style")))
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start":
            if walker.start(element):
                if element.text:
                    walker.text(element.text)
            else:
                walk.skip_subtree()
            continue
        if event == "end":
            walker.end(element.tag)
        if element.tail:
            walker.text(element.tail)
    body, marks = walker.page.finish()
    return body, marks, _titles(root)


def _titles(root: etree._Element) -> tuple[str, ...]:
    """What the head calls the page: og:title first, for it seldom holds the name of the site."""
    found = [e.get("content", "") for e in root.iter("meta") if (e.get("property") or e.get("name") or "").lower() in _TITLE_PROPERTIES]
    found += ["".join(e.itertext()) for e in root.iter("title") if not any(a.tag == "svg" for a in e.iterancestors())][:1]
    clean = [" ".join(t.split()) for t in found]
    return tuple(dict.fromkeys(t for t in clean if t))
