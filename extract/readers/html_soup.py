"""HTML by BeautifulSoup with lxml (网页解析): the tree that it builds, told in reading order without recursion."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString, Tag

from .html_walk import Walk


def tell(markup: str, walk: Walk) -> None:
    """Tell what the tree of ``markup`` holds."""
    # White space is left to the walk, which knows an underlined blank; a class is one string; nesting and length have no limit.
    builder = LXMLTreeBuilder(
        huge_tree=True, multi_valued_attributes=None, preserve_whitespace_tags={"html"}, string_containers={}, store_line_numbers=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(markup, builder=builder)
    start, end, data = walk.start, walk.end, walk.data
    open_: list[Tag] = [soup]
    node = soup.contents[0] if soup.contents else None
    while node is not None:
        parent = node.parent
        while open_[-1] is not parent:
            end(open_.pop().name)
        if isinstance(node, Tag):
            start(node.name, node.attrs)  # type: ignore[arg-type]  # every value is one string here
            open_.append(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):  # no comment, no instruction
            data(node)
        node = node.next_element
    while len(open_) > 1:
        end(open_.pop().name)
