"""A pattern tried only where it can begin (起点扫描): the matches of ``finditer`` in a fraction of its time.

Python's engine tries a large alternation at every character, and nearly all characters of a page begin no mark. The characters
with which each alternative can begin are therefore read off its parse tree, once; one character class finds them, and only what can
begin with the character found is tried. An alternative that opens a line (``^`` and bullets) is tried only behind a line feed, where
the line, past its bullets, goes on with a character of such an alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from re import _parser  # type: ignore[attr-defined]  # the one way to a parse tree; tests/test_scan.py compares with finditer
from typing import Any

_TOKENS = re.compile(  # an escape, a class of characters, a sign of structure, anything else
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL
)
_OPENS_LINE = re.compile(r"(\(\?:)?\(\?:\^\|\(\?<=\\n\)\)(?P<bullets>\[(?:\\.|[^\]\\])+\]\*)?(?(1)\))")
_ANY = r"\s\S"
_CLASSES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}


class Scan:
    """A pattern that knows where it can begin. ValueError, when first asked, for one that can match nothing."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.match = re.compile(pattern).match

    @cached_property
    def _probes(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """What finds the line feed before a match that opens a line, and the first character of any other. Made when first asked for."""
        inside: list[str] = []
        lines: dict[str, list[str]] = {}  # what follows the same bullets
        for source in _alternatives(re.sub(r"\(\?P<\w+>", "(?:", self.pattern)):
            if lead := _OPENS_LINE.match(source):
                lines.setdefault(lead["bullets"] or "", []).extend(_alternatives(source[lead.end() :]))
            else:
                inside.append(source)
        firsts, begun = _dispatch(inside)
        opening, opened = [f"[{firsts}]"] * bool(inside), [begun] * bool(inside)
        for bullets, sources in lines.items():
            first, tried = _dispatch(sources)
            opening.append(f"[{first}{bullets[1:-2]}]")
            opened.append(f"{bullets}(?:{tried})")
        # A class of characters, or the line feed, comes first, so that the engine skips to it and tries nothing on the way.
        begins = rf"(?<=(?={begun})[\s\S])"
        if not lines:
            return None, re.compile(f"[{firsts}]{begins}")
        opens = re.compile(rf"\n(?={'|'.join(opening)})(?={'|'.join(opened)})")
        return opens, re.compile(rf"[{firsts}](?<!\n[\s\S]){begins}") if inside else None

    def starts(self, text: str, at: int = 0) -> list[int]:
        """Every place from ``at`` on where the pattern matches, in order, also inside its own matches."""
        opens, begins = self._probes
        found = [m.start() for m in begins.finditer(text, at)] if begins else []
        if opens:
            found += [m.end() for m in opens.finditer(text, at)]
            if self.match(text, at):
                found.append(at)
            found.sort()
        return found

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches, as ``finditer`` of the pattern gives them."""
        at = 0
        for start in self.starts(text):
            if start >= at and (m := self.match(text, start)):
                yield m
                at = m.end()

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first match from ``at`` on, as ``search`` of the pattern gives it."""
        opens, begins = self._probes
        places = []
        if opens:
            if m := self.match(text, at):
                return m
            if m := opens.search(text, at):
                places.append(m.end())
        if begins and (m := begins.search(text, at)):
            places.append(m.start())
        return self.match(text, min(places)) if places else None


def ten_digits(pattern: str) -> str:
    r"""A pattern for folded text with the ten digits in place of ``\d``, which asks after those of every script in twice the time."""
    return "".join(token.replace(r"\d", "0-9" if token[0] == "[" else "[0-9]") for token in _TOKENS.findall(pattern))


def begun(pattern: str) -> re.Pattern[str]:
    """A pattern for ``match`` at places of which few begin it: one class of characters tells, before any alternative is tried."""
    first, empty = first_characters(pattern)
    if empty:
        raise ValueError(f"a pattern that can match nothing: {pattern[:60]!r}")
    return re.compile(f"(?=[{first}])(?:{pattern})")


def _dispatch(sources: list[str]) -> tuple[str, str]:
    """The characters with which alternatives can begin; and the alternatives, each tried only where it can begin."""
    by_first: dict[str, list[str]] = {}
    for source in sources:
        first, empty = first_characters(source)
        if empty:
            raise ValueError(f"a pattern that can match nothing: {source[:60]!r}")
        by_first.setdefault(first, []).append(source)
    # what can begin with the character just read is tried at it, to which the look behind goes back
    tried = [rf"[{first}](?<=(?={'|'.join(sources)})[\s\S])" for first, sources in by_first.items()]
    return "".join(by_first), "|".join(tried)


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, and for one that is a group as a whole those of the group."""
    found, depth, outermost = [""], 0, 0
    for token in _TOKENS.findall(pattern):
        depth += (token == "(") - (token == ")")
        outermost += not depth
        if token == "|" and not depth:
            found.append("")
        else:
            found[-1] += token
    if outermost == 1 and pattern.startswith("(?:"):
        return _alternatives(pattern[3:-1])
    return [inner for source in found for inner in _alternatives(source)] if len(found) > 1 else found


def first_characters(source: str) -> tuple[str, bool]:
    """What a pattern can begin with, as members of a class; and whether it can match nothing."""
    return _firsts(_parser.parse(source))


def _firsts(items: Iterable[Any]) -> tuple[str, bool]:
    """What a piece of a pattern can begin with, as members of a class; and whether it can match nothing."""
    found = ""
    for op, value in items:
        match str(op):
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case "BRANCH":
                branches = [_firsts(branch) for branch in value[1]]
                first, empty = "".join(members for members, _ in branches), any(empty for _, empty in branches)
            case "SUBPATTERN":
                first, empty = _firsts(value[3])
            case "ATOMIC_GROUP":
                first, empty = _firsts(value)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                first, empty = _firsts(value[2])
                empty = empty or not value[0]
            case kind:
                first, empty = _members(value) if kind == "IN" else _code(value) if kind == "LITERAL" else _ANY, False
        found += first
        if not empty:
            return found, False
    return found, True


def _members(items: Iterable[Any]) -> str:
    """The members of a character class, as they stand between its brackets."""
    out = []
    for op, value in items:
        match str(op):
            case "LITERAL":
                out.append(_code(value))
            case "RANGE":
                out.append(f"{_code(value[0])}-{_code(value[1])}")
            case "CATEGORY":
                out.append(_CLASSES[str(value).removeprefix("CATEGORY_")])
            case _:  # a class of what it is not
                return _ANY
    return "".join(out)


def _code(value: int) -> str:
    return f"\\U{value:08x}"
