"""HTML -> Reading (网页): the visible text in reading order, as a browser lays it out, with what its layout says as marks.

One walk over what a parser tells, whichever it is; see ``docs/readers.md`` for the parsers and for what is kept and left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ..decode import decode
from ..model import Mark, Reading, Source
from . import html_soup
from .html_walk import Walk
from .tags import rescue

try:
    from . import html_lexbor
except ImportError:  # tiku[fast] is not installed
    html_lexbor = None  # type: ignore[assignment]

Tell = Callable[[str, Walk], None]
PARSERS: dict[str, Tell] = {"soup": html_soup.tell}  # the last is the quickest, and taken
if html_lexbor is not None:
    PARSERS["lexbor"] = html_lexbor.tell
BEST = list(PARSERS)[-1]
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]+)", re.I)


def read_html(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a page's bytes. The declared meta charset is a hint only, for it is often wrong."""
    said = _META.search(data[:4096])
    hint = (said[1] or said[2]).decode("ascii") if said else None
    text, name = decode(data, encoding, hint=hint)
    body, marks, titles = read_markup(text)
    return Reading(replace(source, encoding=name), body, marks, titles)


def read_markup(markup: str, parser: str | None = None) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """Text, marks and titles of decoded HTML, by one of PARSERS (the quickest that is installed)."""
    walk = Walk()
    PARSERS[parser or BEST](rescue(markup).replace("\x00", "\ufffd"), walk)
    return walk.finish()
