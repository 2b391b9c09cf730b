"""Characters read for look-alikes on a worn page (形近字): the page's own words say what a broken word was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .. import tables, words
from ..engine import PROTECTED
from ..rule import Find, Page, Rule

_KNOWN = 20      # a word of the dictionary that was seen less often proves nothing
_RARE = 30       # a piece of two characters that is seen less often may be broken
_LONGEST = 4     # characters of a word
_REACH = 5       # characters of context on either side
_CLEAR = 8.0     # ln 3000: so much likelier a reading is clear by itself
_TOLD = 3.0      # ln 20: enough where the page says the word twice
_WORN = 3        # readings beyond doubt that show that the page is worn
_EACH = 1500     # and one for so many characters


@dataclass(frozen=True)
class _Reading:
    at: int
    after: str
    word: str
    place: int
    told: int
    gain: float


@cache
def _shapes() -> dict[str, frozenset[str]]:
    """Each character with those that look like it, both ways round."""
    out: dict[str, set[str]] = {}
    for char, near in tables.rows("shapes"):
        for other in near:
            out.setdefault(char, set()).add(other)
            out.setdefault(other, set()).add(char)
    return {char: frozenset(near) for char, near in out.items()}


def _readings(page: Page) -> Iterator[_Reading]:
    """Lone characters and broken words that one look-alike makes a word which the page says elsewhere."""
    said = Counter(word for _, cut in page.cuts for word in cut if len(word) > 1 and words.frequency(word) >= _KNOWN)
    broken: dict[str, list[str]] = {}  # a word with a hole in it -> the characters that fill the hole
    for word in said:
        for k in range(len(word) if len(word) <= _LONGEST else 0):
            broken.setdefault(f"{word[:k]}\0{word[k + 1 :]}", []).append(word[k])
    for start, cut in page.cuts:
        run = "".join(cut)
        at = 0
        for word in cut:
            if len(word) == 1 or words.frequency(word) < _RARE:
                for k in range(at, at + len(word)):
                    if run[k] not in PROTECTED and not page.zones.holds(start + k, start + k + 1):
                        found = _read(run, k, said, broken)
                        if found:
                            yield _Reading(start + k, *found)
            at += len(word)


def _read(run: str, k: int, said: Counter[str], broken: dict[str, list[str]]) -> tuple[str, str, int, int, float] | None:
    """The likeliest reading of one character: what it is, the word it makes, its place in it, how often the page says it, the gain."""
    alike = _shapes().get(run[k], frozenset()) - PROTECTED
    if not alike:
        return None
    told: dict[str, tuple[str, int]] = {}  # what it may be -> the longest word that it makes, its place in it
    for a in range(max(0, k - 3), k + 1):
        for b in range(max(k + 1, a + 2), min(len(run), a + _LONGEST) + 1):
            for other in broken.get(f"{run[a:k]}\0{run[k + 1 : b]}", ()):
                if other in alike and (other not in told or b - a > len(told[other][0])):
                    told[other] = run[a:k] + other + run[k + 1 : b], k - a
    low = max(0, k - _REACH)
    window = run[low : k + _REACH + 1]
    best: tuple[str, str, int, int, float] | None = None
    for other, (word, place) in told.items():
        gain = words.gain(window, k - low, k - low + 1, other)
        if best is None or gain > best[4]:
            best = (other, word, place, said[word], gain)
    return best


def _clear(page: Page) -> list[_Reading]:
    """The readings that the dictionary and the page together make clear."""
    out = []
    for r in _readings(page):
        broken = r.word[: r.place] + page.text[r.at] + r.word[r.place + 1 :]
        if r.told == 1 and page.text.count(broken) > 1:
            continue  # the page says the strange word more often than the other
        if r.gain >= _CLEAR or (r.told > 1 and r.gain >= _TOLD):
            out.append(r)
    return out


def _find(r: _Reading, sure: float) -> Find:
    said = f"“{r.word}”在文中另有 {r.told} 处，字形相近，概率高 e^{r.gain:.0f} 倍"
    return Find(r.at, r.at + 1, r.after, said, sure)


def _alike(page: Page) -> Iterator[Find]:
    """Applied only on a page that shows a trace of recognition and several such readings beyond doubt for its length."""
    found = _clear(page) if page.traces else []
    beyond = [r for r in found if r.gain >= _CLEAR]
    worn = len(beyond) * _EACH >= max(len(page.text), _WORN * _EACH) and len({(page.text[r.at], r.word) for r in found}) > 1
    for r in found:
        yield _find(r, 0.96 if worn else 0.6)


def _doubt(page: Page) -> Iterator[Find]:
    return (_find(r, 0.6) for r in _clear(page) if r.told > 1 and r.gain >= _CLEAR)


RULES = (
    Rule("ocr-alike", "ocr", "question", 0.96, "the word elsewhere on a worn page, the look, the dictionary", "clean/OCR pairs", _alike),
    Rule("ocr-alike-doubt", "ocr", "question", 0.6, "the word elsewhere on the page, the look, the dictionary", "clean/OCR pairs",
         _doubt, deep=True),
)
