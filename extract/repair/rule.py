"""What a repair rule is (修复规则), and what it is shown: one small record, one frozen view of the text.

A rule never edits. It names places (``Find``) and says how sure it is; the engine alone decides what is applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from ..model import Knowledge, Part
from ..scan import Scan
from . import scans, words
from .zones import Zones

Scope = Literal["page", "line", "question"]
_RUN = re.compile("[\u4e00-\u9fff]{2,200}")


@lru_cache(maxsize=2)
def _letters(text: str) -> frozenset[str]:
    return frozenset(text)


@dataclass(frozen=True, slots=True)
class Find:
    """A place to mend (发现): ``text[start:end]`` should read ``after``. ``sure`` overrides the rule's own confidence."""

    start: int
    end: int
    after: str
    evidence: str
    sure: float | None = None


@dataclass(frozen=True)
class Page:
    """The text as it stands (待修文本), with what a rule may ask about it.

    ``parts`` are the fields of questions, if they are known; ``source`` is the untouched text, or empty where that is the same.
    """

    text: str
    knowledge: Knowledge = field(default_factory=Knowledge)
    parts: tuple[Part, ...] = ()
    closed: tuple[tuple[int, int], ...] = ()
    source: str = ""

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character that occurs: the cheapest gate there is."""
        return _letters(self.text)

    @cached_property
    def zones(self) -> Zones:
        """Where wording is the question itself (错别字, 读音 ...) and must stay."""
        return Zones(self.text, self.closed)

    @cached_property
    def cuts(self) -> list[tuple[int, list[str]]]:
        """Every run of Chinese characters, its place and its words: for rules that may cost."""
        return [(m.start(), words.cut(m[0], self.knowledge.glossary)[0]) for m in _RUN.finditer(self.text)]

    @cached_property
    def guarded(self) -> Zones:
        """Where words of the glossary stand: wording rules leave them alone."""
        words_ = sorted(self.knowledge.glossary, key=len, reverse=True)
        spans = re.finditer("|".join(map(re.escape, words_)), self.text) if words_ else ()
        return Zones("", tuple(m.span() for m in spans))

    @property
    def traces(self) -> tuple[tuple[str, int], ...]:
        """What optical recognition left on the untouched page, by kind (识别痕迹)."""
        return scans.traces(self.source or self.text)

    @property
    def scanned(self) -> bool:
        """Whether the page shows the habits of optical recognition (识别稿)."""
        return scans.scanned(self.traces)


@dataclass(frozen=True, slots=True)
class Rule:
    """One repair rule.

    ``needs`` is the evidence it asks for, ``sure`` its confidence, ``authority`` why it may be believed. ``chars``: one of them must
    occur in the text, else the rule is not asked. ``structural`` rules may touch digits and words of negation or direction, which
    the engine otherwise never applies. ``deep`` rules cost more and run only for suggestions.
    """

    name: str
    family: str
    scope: Scope
    sure: float
    needs: str
    authority: str
    find: Callable[[Page], Iterable[Find]]
    chars: frozenset[str] = frozenset()
    structural: bool = False
    deep: bool = False


def each(
    pattern: re.Pattern[str] | Scan, judge: Callable[[Page, re.Match[str]], Find | None], *, wording: bool = False
) -> Callable[[Page], Iterator[Find]]:
    """A finder from one compiled pattern and a judge of its matches; ``wording`` keeps out of the no-touch zones."""

    def find(page: Page) -> Iterator[Find]:
        for match in pattern.finditer(page.text):
            if wording and page.zones.holds(match.start(), match.end()):
                continue
            found = judge(page, match)
            if found is not None:
                yield found

    return find


def put(after: str, evidence: str, group: int | str = 0, sure: float | None = None) -> Callable[[Page, re.Match[str]], Find]:
    """A judge that always puts ``after`` in place of one group of the match."""
    return lambda page, match: Find(match.start(group), match.end(group), after, evidence, sure)
