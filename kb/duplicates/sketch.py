"""Keys under which copies with wrong characters meet (MinHash 签名与分段).

A text's set of neighbouring character pairs is sketched by ``BANDS`` x ``ROWS`` minima; a band's minima together are one key, and
texts that share a key are compared. Two texts that share a part J of their pairs meet with probability 1 - (1 - J^ROWS)^BANDS:
0.9994 at J = 0.8, 0.98 at 0.7, 0.86 at 0.6, and less than 1 in 10,000 at 0.05, which is what two unrelated questions share. Two more
keys, of the stem alone and of the options alone, meet every copy whose errors lie in the other half.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .compare import SLIPS, SLIPS_OF_100
from .form import Form, number

BANDS = 14
ROWS = 4
BITS = 41
"""Bits of a key beside its band: SQLite keeps both in six bytes, and a million keys of a band meet by chance less than once."""

BUCKETS = 32

PHRASES = re.compile(
    "下列|以下|关于|有关|说法|叙述|描述|表述|选项|哪[一]?[个项些种]|正确的?是|错误的?是|不正确|正确|错误|不属于|属于|不包括|包括|主要有|是指|的是|指的"
)
"""The furniture of questions: what every second stem has says nothing about which question it is."""

BLOCK = 500
"""Forms that are sketched together: what they need stays in the processor's cache."""

_rng = np.random.default_rng(20240607)
_FACTORS: npt.NDArray[np.uint64] = _rng.integers(1, 2**63, size=BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_OFFSETS: npt.NDArray[np.uint64] = _rng.integers(0, 2**63, size=BANDS * ROWS, dtype=np.uint64)
_MIX: npt.NDArray[np.uint64] = _rng.integers(1, 2**63, size=ROWS + 1, dtype=np.uint64) | np.uint64(1)


def keys(forms: Sequence[Form]) -> npt.NDArray[np.int64]:
    """All keys of each form: an array of (forms, BANDS + 2), where -1 is no key. The keys of a band lie in a range of their own."""
    out = np.full((len(forms), BANDS + 2), -1, np.int64)
    for start in range(0, len(forms), BLOCK):
        block = forms[start : start + BLOCK]
        out[start : start + BLOCK, :BANDS] = _bands([_text(f) for f in block])
    for n, f in enumerate(forms):
        if len(f.stem) >= 4 and f.choice:
            out[n, BANDS] = BANDS << BITS | number("stem\x1e" + f.stem, BITS)
        if sum(map(len, f.options)) >= 8:
            out[n, BANDS + 1] = BANDS + 1 << BITS | number("options\x1e" + "\x1e".join(sorted(f.options)), BITS)
    return out


def _bands(texts: list[str]) -> npt.NDArray[np.int64]:
    ends = np.cumsum([len(t) for t in texts])
    starts = np.concatenate(([0], ends[:-1]))
    codes = _codes("".join(texts)).astype(np.uint64)
    pairs = (codes[:-1] << np.uint64(21)) | codes[1:]
    pairs = (pairs ^ (pairs >> np.uint64(17))) * np.uint64(0x9E3779B97F4A7C15)
    # the pair that begins at a text's last character would reach into the next text: it takes the value of the pair before it
    last = ends[:-1] - 1
    pairs[last] = pairs[last - 1]
    full = np.concatenate((pairs, pairs[-1:]))
    mixed, shifted = np.empty_like(full), np.empty_like(full)
    out = np.empty((len(texts), BANDS), np.int64)
    for band in range(BANDS):
        key = np.full(len(texts), np.uint64(band + 1)) * _MIX[ROWS]
        for row in range(ROWS):
            np.multiply(full, _FACTORS[band * ROWS + row], out=mixed)
            mixed += _OFFSETS[band * ROWS + row]
            np.right_shift(mixed, np.uint64(29), out=shifted)
            mixed ^= shifted
            key = (key ^ np.minimum.reduceat(mixed, starts)) * _MIX[row]
            key ^= key >> np.uint64(31)
        out[:, band] = (key >> np.uint64(64 - BITS)).astype(np.int64) | band << BITS
    return out


def _text(f: Form) -> str:
    """Stem and sorted options without the phrases that all questions share; never shorter than two characters."""
    whole = "".join((f.stem, *sorted(f.options)))
    bare = PHRASES.sub("", whole)
    return (bare if len(bare) >= 8 else whole).ljust(2, "\x00")


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def bags(forms: Sequence[Form]) -> npt.NDArray[np.uint16]:
    """How often the characters of each form fall into each of BUCKETS: an array of (forms, BUCKETS)."""
    texts = ["".join((f.stem, *f.options)) for f in forms]
    owner = np.repeat(np.arange(len(texts)), [len(t) for t in texts])
    counts = np.bincount(owner * BUCKETS + _codes("".join(texts)) % BUCKETS, minlength=len(texts) * BUCKETS)
    return np.minimum(counts, 65535).astype(np.uint16).reshape(len(texts), BUCKETS)


def may_match(a: npt.NDArray[np.uint16], b: npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
    """Which of the pairs of bags can be one question: all but those that ``compare`` would refuse for their characters alone.

    Each wrong character takes one from a bag and puts one into it, and a truncated copy has nothing that the whole one lacks.
    """
    more = a.astype(np.int32) - b
    lost, gained = np.maximum(more, 0).sum(axis=1), np.maximum(-more, 0).sum(axis=1)
    length = np.maximum(a.sum(axis=1, dtype=np.int64), b.sum(axis=1, dtype=np.int64))
    near = np.maximum(lost, gained) <= np.maximum(SLIPS, length * SLIPS_OF_100 // 100)
    passed: npt.NDArray[np.bool_] = near | (np.minimum(lost, gained) == 0)
    return passed
