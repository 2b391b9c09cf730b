"""One site's chrome as data."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """``lines``: (reason, pattern) pairs searched in folded lines. A reason that ends in `` (edge)`` counts only near the page's ends."""

    name: str
    hosts: tuple[str, ...]
    lines: tuple[tuple[str, re.Pattern[str]], ...]


def rules(**patterns: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Reason -> pattern, written as keyword arguments: ``navigation_edge=...`` gives the reason ``navigation (edge)``."""
    return tuple((name.removesuffix("_edge").replace("_", " ") + (" (edge)" if name.endswith("_edge") else ""), re.compile(p)) for name, p in patterns.items())
