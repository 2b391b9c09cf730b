"""A page as HTML and as text, and what reading a file of pages gives, for the tests of sources."""

from __future__ import annotations

from pathlib import Path

from kb.sources import Page, Wanted, read_found
from kb.sources.walk import Found

PAGE = "<html><body><p>1. 水的化学式是( )。A. H2O B. CO2</p></body></html>".encode()
TEXT = "1. 三角形的内角和是( )度。\nA. 90\nB. 180\n答案：B\n"


def all_of(path: Path, wanted: Wanted | None = None) -> list[object]:
    return list(read_found(Found(str(path), path.name), wanted or Wanted()))


def pages(found: list[object]) -> dict[str, bytes]:
    return {e.name: e.data for e in found if isinstance(e, Page)}
