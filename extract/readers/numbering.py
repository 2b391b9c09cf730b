"""Word's automatic numbers (自动编号): what a list prints before each paragraph, which the paragraph itself does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from .docx_package import W
from .listing import numeral

_SLOT = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``pattern`` holds %1..%9 for the numbers of the levels."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # the level (1-based) whose number begins this one anew; 0 = never; None = any level above
    suffix: str = "tab"
    legal: bool = False  # all numbers in it are printed as decimals
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: etree._Element | None, style_lists: dict[str, str]) -> None:
        """``root`` is numbering.xml; ``style_lists`` maps a numbering style to the numId that it uses."""
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, _Instance] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        if root is None:
            return
        for abstract in root.iterchildren(f"{W}abstractNum"):
            ident = abstract.get(f"{W}abstractNumId", "")
            self._abstracts[ident] = {k: level for k, level in map(_level, abstract.iterchildren(f"{W}lvl"))}
            link = abstract.find(f"{W}numStyleLink")
            if link is not None:
                links[ident] = link.get(f"{W}val", "")
        for num in root.iterchildren(f"{W}num"):
            child = num.find(f"{W}abstractNumId")
            starts, levels = {}, {}
            for override in num.iterchildren(f"{W}lvlOverride"):
                k = _int(override.get(f"{W}ilvl"), 0)
                begin = override.find(f"{W}startOverride")
                if begin is not None:
                    starts[k] = _int(begin.get(f"{W}val"), 1)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[k] = _level(own)[1]
            abstract_id = child.get(f"{W}val", "") if child is not None else ""
            self._instances[num.get(f"{W}numId", "")] = _Instance(abstract_id, starts, levels)
        for ident, style in links.items():
            target = self._instances.get(style_lists.get(style, ""))
            if target is not None and target.abstract != ident:
                for number, instance in self._instances.items():
                    if instance.abstract == ident:
                        self._instances[number] = replace(instance, abstract=target.abstract)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a paragraph style stands for in a list; 0 where the list does not say."""
        instance = self._instances.get(number)
        levels = self._levels(instance) if instance else {}
        return next((k for k, level in sorted(levels.items()) if level.style == style), 0)

    def next(self, number: str, k: int) -> tuple[str, str]:
        """Count one paragraph of list ``number`` at level ``k``: what Word prints before it, and the suffix (tab, space, nothing)."""
        instance = self._instances.get(number)
        if instance is None:
            return "", ""
        levels = self._levels(instance)
        level = levels.get(k)
        if level is None:
            return "", ""
        counts = self._counts.setdefault(instance.abstract, {})
        if k in instance.starts and (number, k) not in self._begun:
            counts[k] = instance.starts[k]
        elif k in counts:
            counts[k] += 1
        else:
            counts[k] = level.start
        self._begun.add((number, k))
        for deeper in [d for d in counts if d > k]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and k < restart):
                del counts[deeper]

        def printed(slot: re.Match[str]) -> str:
            j = int(slot[1]) - 1
            other = levels.get(j, Level())
            n = counts.get(j)
            if n is None:
                n = counts[j] = instance.starts.get(j, other.start)
            return numeral(n, "decimal" if level.legal else other.form)

        if level.form == "bullet":
            return "", ""
        return _SLOT.sub(printed, level.pattern), level.suffix

    def _levels(self, instance: _Instance) -> dict[int, Level]:
        levels = self._abstracts.get(instance.abstract, {})
        return {**levels, **instance.levels} if instance.levels else levels


def _level(element: etree._Element) -> tuple[int, Level]:
    def value(name: str, default: str) -> str:
        child = element.find(f".//{W}{name}")
        return child.get(f"{W}val", default) if child is not None else default

    form = value("numFmt", "decimal")
    custom = element.find(f".//{W}numFmt")
    if form == "custom" and custom is not None and custom.get(f"{W}format", "").startswith("0"):
        form = "decimalZero"
    legal = element.find(f"{W}isLgl")
    restart = element.find(f"{W}lvlRestart")
    return _int(element.get(f"{W}ilvl"), 0), Level(
        start=_int(value("start", "1"), 1),
        form=form,
        pattern=value("lvlText", ""),
        restart=_int(restart.get(f"{W}val"), 0) if restart is not None else None,
        suffix=value("suff", "tab"),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        style=value("pStyle", ""),
    )


def _int(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else default
