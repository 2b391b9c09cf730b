"""Runs of characters that look alike (字体): what they look like, and where each kind of look begins and ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of characters looks (字体). ``color`` and ``highlight`` are RRGGBB or empty."""

    bold: bool = False
    color: str = ""
    underline: bool = False
    strike: bool = False
    highlight: str = ""
    code: bool = False
    emphasis: bool = False  # 着重号: the dots under characters that a question speaks of


PLAIN = Style()
_REMEMBERED = 1000  # changes of style; a page of a few looks makes a few
_KINDS = ("bold", "color", "underline", "strike", "highlight", "code", "emphasis")
_Change = tuple[int, str | None, bool]  # which of _KINDS, the value of the run that ends, whether one begins


def _changes(before: Style, after: Style) -> list[_Change]:
    pairs = ((k, getattr(before, kind), getattr(after, kind)) for k, kind in enumerate(_KINDS))
    return [(k, ("" if old is True else old) if old else None, bool(new)) for k, old, new in pairs if old != new]


class Runs:
    """The runs that are open at the end of a text under construction."""

    def __init__(self) -> None:
        self.style = PLAIN
        self.ended: list[tuple[int, int, str, str]] = []  # start, end, kind, value
        self._starts = [0] * len(_KINDS)
        # What a change of style ends and begins; the two styles are held, so that no other gets their identity.
        self._changes: dict[tuple[int, int], tuple[Style, Style, list[_Change]]] = {}

    def change(self, style: Style, at: int) -> None:
        """From ``at`` on the text looks like ``style``."""
        key = (id(self.style), id(style))
        change = self._changes.get(key)
        if change is None:
            if len(self._changes) >= _REMEMBERED:
                self._changes.clear()
            change = self._changes[key] = (self.style, style, _changes(self.style, style))
        for k, old, begins in change[2]:
            if old is not None and at > self._starts[k]:
                self.ended.append((self._starts[k], at, _KINDS[k], old))
            if begins:
                self._starts[k] = at
        self.style = style
