"""A pattern tried only where it can begin (起点扫描): the matches of ``finditer`` in a fraction of its time.

Python's engine tries a large alternation at every character, and nearly all characters of a page begin no mark. The characters
with which a pattern can begin are therefore read off its parse tree, once, and one character class finds them. An alternative that
opens a line (``^`` and bullets) is tried only where a line, past its bullets, goes on with a character of such an alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from re import _parser  # type: ignore[attr-defined]  # the one way to a parse tree; tests/test_scan.py compares with finditer
from typing import Any

_INSIDE, _LINE, _PAST_BULLETS = range(3)  # where in a pattern we are: not bound to a line, at its start, behind its bullets
_ANY = r"\s\S"
_CLASSES = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}


class Scan:
    """A pattern that knows where it can begin. ValueError, when first asked, for one that can match nothing."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.match = re.compile(pattern).match

    @cached_property
    def _probe(self) -> tuple[re.Pattern[str], bool]:
        """Matches one character where a match begins; and whether it may be the line feed before it. Made when first asked for."""
        found: tuple[list[str], list[str], list[str]] = ([], [], [])  # what begins inside a line, the bullets, what follows them
        empty, _ = _begin(_parser.parse(self.pattern), {_INSIDE}, found)
        inside, bullets, line = map("".join, found)
        if empty:
            raise ValueError(f"a pattern that can match nothing: {self.pattern[:60]!r}")
        if line and inside and re.match(f"[{inside}]", "\n"):
            inside, line = inside + bullets + line, ""  # a match can begin with a line feed and behind it: no short way
        # A class of characters comes first, so that the engine skips to them and tries nothing on the way. The pattern is then tried
        # at the character just read, to which the look behind goes back; where a line can open it, behind the line feed just read.
        whole = re.sub(r"\(\?P<\w+>", "(?:", self.pattern)
        if not line:
            return re.compile(rf"[{inside}](?<=(?={whole})[\s\S])"), False
        heads = [f"[{bullets}]*[{line}]" if bullets else f"[{line}]"] + [f"[{inside}]"] * bool(inside)
        opens_line = rf"(?<=\n)(?={'|'.join(heads)})(?={whole})"
        return re.compile(rf"[\n{inside}](?:{opens_line}|(?<!\n)(?<!\n.)(?<=(?={whole}).))"), True

    def starts(self, text: str, at: int = 0) -> Iterator[int]:
        """Every place from ``at`` on where the pattern matches, in order, also inside its own matches."""
        probe, lined = self._probe
        if not lined:
            yield from (m.start() for m in probe.finditer(text, at))
            return
        if self.match(text, at):
            yield at
        for m in probe.finditer(text, at):
            start = m.start()
            yield start + 1 if text[start] == "\n" else start

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches, as ``finditer`` of the pattern gives them."""
        at = 0
        for start in self.starts(text):
            if start >= at and (m := self.match(text, start)):
                yield m
                at = m.end()

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first match from ``at`` on, as ``search`` of the pattern gives it."""
        probe, lined = self._probe
        if lined:
            start = next(self.starts(text, at), None)
            return None if start is None else self.match(text, start)
        m = probe.search(text, at)
        return m and self.match(text, m.start())


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
