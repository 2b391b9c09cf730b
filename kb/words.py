"""How text is cut for the index (切分): a token for each two neighbours, so that every substring is found; jieba words for the looser try.

A word index of Chinese loses rows, because the same characters are cut differently in a question and in the query. Cutting text
and query into single characters and asking for phrases cannot lose any; but the places of one character are so many that reading
them is all that a search costs. The places of two neighbours (供应, 应链) are few, and a phrase of them is the same substring.
What is given up on purpose: a match that starts inside an ASCII word (``base`` in ``database``).
"""

from __future__ import annotations

import hashlib
import html
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from operator import add
from pathlib import Path
from typing import Any, cast

# Goes up whenever tokens() gives other tokens for the same text: a bank indexed by another version is indexed anew.
TOKENS_VERSION = 2
# Longer queries are cut here: nobody types them, and each character is one more step of the phrase.
MAX_QUERY = 200

_BREAK = "\ue000"  # private use: a run of punctuation; text that holds it loses it first
_SPELT = "\ue001"  # private use: begins the name of a character that FTS5's tokenizer would drop
_ENDS = "\ue002"  # private use: ends a unit of several characters, so that its neighbour cannot be taken for its tail
# Runs of common Chinese characters and digits are nearly all of a text: they are parted at once, what stands between them piece by piece.
_COMMON = re.compile(r"([\u4e00-\u9fa50-9]+)")
_PIECE = re.compile(r"[a-z]+|[^\W_]|\s+|(?:[^\w\s]|_)+")
# What is cut into words: 3.14, c++ and a-b are each one, whatever a dictionary makes of them; then runs of Chinese, letters, digits.
_COMPOUND = re.compile(r"[a-z0-9]+(?:[+#&._%-]+[a-z0-9]+)*[+#%]+|[a-z0-9]+(?:[+#&._%-]+[a-z0-9]+)+")
_RUN = re.compile(rf"{_COMPOUND.pattern}|(?:[\u4e00-\u9fd5]|(?!{_COMPOUND.pattern})[a-z0-9]++)+|[^\W_]")
_PRIVATE = re.compile("[\ue000-\ue004]")
_OPEN, _CLOSE = "\ue003", "\ue004"


def normal(text: str) -> str:
    """The form in which text and query are compared (归一化): NFKC, case folded."""
    if text.isascii():
        return text.lower()
    return _PRIVATE.sub(" ", unicodedata.normalize("NFKC", text).casefold())


def _spelt(char: str) -> str:
    return f"{_SPELT}{ord(char):x}{_ENDS}"


def _punctuation(run: str) -> Iterable[str]:
    """A run of marks is one break; a symbol in it (+ = √ an emoji) counts as a character of its own."""
    broken = False
    for char in run:
        kind = unicodedata.category(char)
        if kind[0] == "S" or kind in ("Co", "Cn"):
            yield _spelt(char)
            broken = False
        elif kind[0] != "C" and not broken:  # control and zero-width characters are as good as white space
            yield _BREAK
            broken = True


def _of_piece(piece: str) -> Iterable[str]:
    first = piece[0]
    if "a" <= first <= "z":
        return (piece + _ENDS,)
    if first.isalnum():
        return (first if first <= "\uffff" else _spelt(first),)
    return () if first.isspace() else _punctuation(piece)


class _Between(dict[str, list[str]]):
    """The units of what stands between two common runs; short ones come again and again and are kept."""

    def __missing__(self, between: str) -> list[str]:
        units = [unit for piece in _PIECE.findall(between) for unit in _of_piece(piece)]
        if len(between) < 6 and len(self) < 50_000:
            self[between] = units
        return units


_between = _Between().__getitem__


def _units(text: str) -> list[str]:
    """What the index counts as one (单元): a character, a run of ASCII letters, a break; white space is skipped. Linear."""
    units: list[str] = []
    for odd, run in enumerate(_COMMON.split(normal(text))):
        units += run if odd & 1 else _between(run)
    return units


def tokens(text: str | None) -> str:
    """The text as the index sees it (索引用词): each unit with the next one, the last one alone, with a blank between. Linear."""
    units = _units(text) if text else []
    if not units:
        return ""
    pairs = [" "] * (3 * len(units) - 1)
    pairs[::3], pairs[1::3] = units, [*units[1:], ""]
    return "".join(pairs)


def phrase(query: str) -> str:
    """The FTS5 expression that finds every text holding each blank-separated term of ``query`` (逐字检索式).

    A ``|`` that stands alone parts alternatives: ``甲 乙 | 丙`` is both 甲 and 乙, or else 丙. The first 200 characters count. A query
    without a single token gives an expression that finds nothing.
    """
    ways: list[list[str]] = [[]]
    for term in normal(query[:MAX_QUERY]).split():
        if term == "|":
            ways.append([])
        else:
            ways[-1].append(term)
    found = [e for way in ways if (e := _expression(way, " AND ")) != '""']
    return " OR ".join(f"({e})" for e in found) if len(found) > 1 else found[0] if found else '""'


def _expression(terms: Iterable[str], glue: str) -> str:
    return glue.join(dict.fromkeys([_phrase(units) for term in terms if (units := _units(term))])) or '""'


def _phrase(units: list[str]) -> str:
    """The pairs of neighbours as a phrase. One unit alone begins a pair; letters at the end may be the beginning of a longer word."""
    last = units[-1]
    begins = "a" <= last[0] <= "z"
    units = [*units[:-1], last.removesuffix(_ENDS)] if begins else units
    if len(units) == 1:
        return f'"{units[0]}" *'
    return f'"{" ".join(map(add, units, units[1:]))}"' + (" *" if begins else "")


def every_word(words: Iterable[str]) -> str:
    """The FTS5 expression for texts that hold all the words, in any order."""
    return _expression(words, " AND ")


def any_word(words: Iterable[str]) -> str:
    """The FTS5 expression for texts that hold one of the words."""
    return _expression(words, " OR ")


@cache
def jieba() -> Any:
    """jieba with its dictionary loaded from a cache of our own: it unmarshals that file, so no one else may have written it."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="tiku-words-"))
    jieba.dt.tmp_dir = str(folder)
    jieba.initialize()
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()
    return jieba


@cache
def cutter() -> Callable[[str], Iterable[str]]:
    """What cuts a run of Chinese into words: rjieba where ``tiku[fast]`` is installed, else jieba; both cut it alike."""
    try:
        import rjieba
    except ImportError:
        return cast("Callable[[str], Iterable[str]]", jieba().cut)
    return cast("Callable[[str], Iterable[str]]", rjieba.cut)


def load_dictionary() -> None:
    """Load the word dictionary now (half a second, 80 MB), so that the first looser search does not wait for it."""
    list(cutter()("题库"))


def words(text: str) -> list[str]:
    """The words of a query (分词), each once, in order; punctuation is left out, and single characters where there are longer words."""
    found: list[str] = []
    for run in _RUN.findall(normal(text[:MAX_QUERY])):
        found += (run,) if _COMPOUND.fullmatch(run) else cutter()(run)
    cut = [w for w in dict.fromkeys(found) if any(c.isalnum() for c in w)]
    return [w for w in cut if len(w) > 1] or cut


def mark(text: str, terms: Iterable[str]) -> str:
    """HTML of ``text`` with every occurrence of the terms in ``<mark>`` (命中标记). Safe: the text is escaped, whatever it holds.

    Terms are compared as the index compares them (width and case folded, white space inside a match allowed).
    """
    spans = find(text, terms)
    if not spans:
        return html.escape(_PRIVATE.sub("", text))
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (_PRIVATE.sub("", text[at:start]), _OPEN, _PRIVATE.sub("", text[start:end]), _CLOSE)
        at = end
    pieces.append(_PRIVATE.sub("", text[at:]))
    return html.escape("".join(pieces)).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def find(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where the terms stand in ``text`` (命中位置): spans of characters of the untouched text, in order, merged where they touch."""
    folded: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(text):
        for c in normal(char):
            if not c.isspace():
                folded.append(c)
                origin.append(i)
    haystack = "".join(folded)
    found: list[tuple[int, int]] = []
    for term in {"".join(normal(t).split()) for t in terms}:
        at = haystack.find(term) if term else -1
        while at >= 0:
            # a match that begins inside an ASCII word is not one for the index either
            if not (at and term[0].isascii() and term[0].isalpha() and haystack[at - 1].isascii() and haystack[at - 1].isalpha()
                    and origin[at] - origin[at - 1] == 1):
                found.append((origin[at], origin[at + len(term) - 1] + 1))
            at = haystack.find(term, at + max(1, len(term)))
    found.sort()
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def digest(text: str) -> str:
    """A short fingerprint of a text (指纹), 16 hexadecimal digits."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
