"""One site's chrome as data."""

from __future__ import annotations

from dataclasses import dataclass

from ..scan import Scan


@dataclass(frozen=True, slots=True)
class Site:
    """``lines``: (reason, pattern) pairs searched in folded lines. A reason that ends in `` (edge)`` counts only near the page's ends."""

    name: str
    hosts: tuple[str, ...]
    lines: tuple[tuple[str, Scan], ...]


def rules(**patterns: str) -> tuple[tuple[str, Scan], ...]:
    """Reason -> pattern, written as keyword arguments: ``navigation_edge=...`` gives the reason ``navigation (edge)``."""
    return tuple((name.removesuffix("_edge").replace("_", " ") + (" (edge)" if name.endswith("_edge") else ""), Scan(p)) for name, p in patterns.items())
