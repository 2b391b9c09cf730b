"""One site's chrome as data."""

from __future__ import annotations

from dataclasses import dataclass

from ..scan import Scan


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of line that is chrome (杂质行): ``pattern`` is searched in folded lines.

    ``edge``: counts only near the page's ends. ``long``: counts in a line of any length, others in short lines alone.
    ``beside_items``: counts in a line that begins like a question, too.
    """

    reason: str
    pattern: Scan
    edge: bool = False
    long: bool = False
    beside_items: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """``lines``: what is chrome on the pages of ``hosts``; on every page where there are none."""

    name: str
    hosts: tuple[str, ...]
    lines: tuple[Line, ...]


_BESIDE_ITEMS = ("disclaimer", "file", "preview", "page", "quiz")  # notices are numbered lists themselves


def rules(**patterns: str) -> tuple[Line, ...]:
    """Reason -> pattern, written as keyword arguments: ``navigation_edge=...`` is navigation near the ends, ``x_long=...`` of any length."""
    return tuple(_line(name, pattern) for name, pattern in patterns.items())


def _line(name: str, pattern: str) -> Line:
    reason, _, last = name.rpartition("_")
    if last not in ("edge", "long"):
        reason = name
    reason = reason.replace("_", " ")
    return Line(reason, Scan(pattern), edge=last == "edge", long=last == "long", beside_items=reason.startswith(_BESIDE_ITEMS))
