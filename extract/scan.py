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

_INSIDE, _LINE, _PAST_BULLETS = range(3)  # where in a pattern we are: not bound to a line, at its start, behind its bullets
_TOKENS = re.compile(  # an escape, a class of characters, a sign of structure, anything else
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)
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
        inside: dict[str, list[str]] = {}  # the alternatives that begin with a character of one set
        lines: dict[tuple[str, str], list[str]] = {}  # those that open a line, past the same bullets, with a character of one set
        for source in _alternatives(re.sub(r"\(\?P<\w+>", "(?:", self.pattern)):
            found: tuple[list[str], list[str], list[str]] = ([], [], [])  # what begins inside a line, the bullets, what follows them
            empty, _ = _begin(_parser.parse(source), {_INSIDE}, found)
            if empty:
                raise ValueError(f"a pattern that can match nothing: {source[:60]!r}")
            first, bullets, behind = map("".join, found)
            if first:
                inside.setdefault(first, []).append(source)
            if behind:
                lines.setdefault((bullets, behind), []).append(source)
        # A class of characters, or the line feed, comes first, so that the engine skips to it and tries nothing on the way. What can
        # begin with the character just read is tried at it, to which the look behind goes back.
        firsts = "".join(inside)
        begun = [rf"[{first}](?<=(?={'|'.join(sources)})[\s\S])" for first, sources in inside.items()]
        begins = rf"(?<=(?={'|'.join(begun)})[\s\S])"
        if not lines:
            return None, re.compile(f"[{firsts}]{begins}")
        bullets, behind = ("".join(sets) for sets in zip(*lines, strict=True))
        opened = [f"(?={_head(*key)})(?:{'|'.join(sources)})" for key, sources in lines.items()]
        opens = re.compile(rf"\n(?={_head(bullets, firsts + behind)})(?={'|'.join(begun + opened)})")
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


def _head(bullets: str, behind: str) -> str:
    """How a line begins that opens with a character of ``behind``."""
    return f"[{bullets}]*[{behind}]" if bullets else f"[{behind}]"


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


def _begin(items: Iterable[Any], states: set[int], found: tuple[list[str], list[str], list[str]]) -> tuple[bool, set[int]]:
    """Adds what a piece of a pattern can begin with; whether it can match nothing, and where in the pattern one is behind it."""
    for op, value in items:
        match str(op):
            case "AT" | "ASSERT" | "ASSERT_NOT":
                continue
            case "BRANCH" if _line_start(value[1]):
                states = {_LINE}
                continue
            case "BRANCH":
                ends = [_begin(branch, states, found) for branch in value[1]]
                passed = [after for empty, after in ends if empty]
                if not passed:
                    return False, states
                states = set().union(*passed)
            case "SUBPATTERN" | "ATOMIC_GROUP":
                empty, states = _begin(value[3] if str(op) == "SUBPATTERN" else value, states, found)
                if not empty:
                    return False, states
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, _, inner = value
                if states == {_LINE} and not least and str(inner[0][0]) == "IN":
                    found[1].append(_members(inner[0][1]))
                    states = {_PAST_BULLETS}
                    continue
                empty, after = _begin(inner, states, found)
                if least and not empty:
                    return False, states
                states = states | after if empty else states
            case kind:
                members = _members(value) if kind == "IN" else _code(value) if kind == "LITERAL" else _ANY
                for state in states:
                    found[0 if state == _INSIDE else 2].append(members)
                return False, states
    return True, states


def _line_start(branches: list[Any]) -> bool:
    """Whether an alternation is ``(?:^|(?<=\\n))``."""
    return len(branches) == 2 and [str(op) for branch in branches for op, _ in branch] == ["AT", "ASSERT"]


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
