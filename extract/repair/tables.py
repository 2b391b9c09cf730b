"""The small tables beside this module (数据表), read once: what is fact and not code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>.tsv``; lines that begin with # are notes."""
    text = (files(__package__) / "data" / f"{name}.tsv").read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("# "))


@cache
def inverse(name: str) -> dict[str, str]:
    """A table of ``value TAB characters`` as a map from each character to its value."""
    return {char: row[0] for row in rows(name) for char in row[1]}


@cache
def common() -> frozenset[str]:
    """The 3,755 everyday characters: level 1 of GB 2312 (rows 16 to 55)."""
    return _plane(0xB0, 0xD7)


@cache
def simplified() -> frozenset[str]:
    """The 6,763 characters of GB 2312, which is simplified script."""
    return _plane(0xB0, 0xF7)


def _plane(first: int, last: int) -> frozenset[str]:
    codes = bytes(b for high in range(first, last + 1) for low in range(0xA1, 0xFF) for b in (high, low))
    return frozenset(codes.decode("gb2312", "ignore"))
