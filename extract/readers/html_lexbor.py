"""HTML by lexbor (快速网页解析), the parser of ``tiku[fast]``: its tree told in reading order without recursion."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from .html_walk import Walk

_ROOT = LexborHTMLParser("-", is_fragment=True).root
_TEXT = _ROOT.tag_id if _ROOT else 0  # the number of all texts


def tell(markup: str, walk: Walk) -> None:
    """Tell what the tree of ``markup`` holds."""
    start, end, data = walk.start, walk.end, walk.data
    node = LexborHTMLParser(markup).root
    text = _TEXT
    names: dict[int, str] = {}  # the tags of this page by number, which is quicker to ask for
    open_, tags = [], []
    while node is not None:
        number = node.tag_id
        if number == text:
            data(node.text_content or "")
        else:
            tag = names.get(number)
            if tag is None:
                tag = names[number] = node.tag or ""
            if tag[:1] != "-":  # no comment
                start(tag, node.attributes)
                child = node.first_child
                if child is not None:
                    open_.append(node)
                    tags.append(tag)
                    node = child
                    continue
                end(tag)
        following = node.next
        while following is None and open_:
            following = open_.pop().next
            end(tags.pop())
        node = following
