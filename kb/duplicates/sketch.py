"""Keys under which copies with wrong characters meet (MinHash 签名与分段).

A text's set of neighbouring character pairs is sketched by ``BANDS`` x ``ROWS`` minima; a band's minima together are one key, and
texts that share a key are compared. Two texts that share a part J of their pairs meet with probability 1 - (1 - J^ROWS)^BANDS:
0.9996 at J = 0.8, 0.97 at 0.7, 0.80 at 0.6, and less than 1 in 100,000 at 0.05, which is what two unrelated questions share. Two more
keys, of the stem alone and of the options alone, meet every copy whose errors lie in the other half.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .form import Form, number

BANDS = 20
ROWS = 5
BITS = 46
"""Bits of a key: SQLite keeps such a number in six bytes, and ten million keys meet by chance less than once."""

PHRASES = re.compile(
    "下列|以下|关于|有关|说法|叙述|描述|表述|选项|哪[一]?[个项些种]|正确的?是|错误的?是|不正确|正确|错误|不属于|属于|不包括|包括|主要有|是指|的是|指的"
)
"""The furniture of questions: what every second stem has says nothing about which question it is."""

_rng = np.random.default_rng(20240607)
_FACTORS: npt.NDArray[np.uint64] = _rng.integers(1, 2**63, size=BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_OFFSETS: npt.NDArray[np.uint64] = _rng.integers(0, 2**63, size=BANDS * ROWS, dtype=np.uint64)
_MIX: npt.NDArray[np.uint64] = _rng.integers(1, 2**63, size=ROWS + 1, dtype=np.uint64) | np.uint64(1)


def keys(forms: Sequence[Form]) -> npt.NDArray[np.int64]:
    """All keys of each form: an array of (forms, BANDS + 2), where -1 is no key. About 25 µs a form."""
    texts = [_text(f) for f in forms]
    out = np.full((len(forms), BANDS + 2), -1, np.int64)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    ends = np.cumsum([len(t) for t in texts])
    starts = np.concatenate(([0], ends[:-1])) if len(texts) else ends
    if len(codes) > 1:
        pairs = (codes[:-1] << np.uint64(21)) | codes[1:]
        pairs = (pairs ^ (pairs >> np.uint64(17))) * np.uint64(0x9E3779B97F4A7C15)
        # the pair that begins at a text's last character would reach into the next text: it takes the value of the pair before it
        last = ends[:-1] - 1
        pairs[last] = pairs[last - 1]
        full = np.concatenate((pairs, pairs[-1:]))
        minima = np.empty((BANDS * ROWS, len(texts)), np.uint64)
        for n in range(BANDS * ROWS):
            mixed = full * _FACTORS[n] + _OFFSETS[n]
            minima[n] = np.minimum.reduceat(mixed ^ (mixed >> np.uint64(29)), starts)
        for band in range(BANDS):
            key = np.full(len(texts), np.uint64(band + 1)) * _MIX[ROWS]
            for row in range(ROWS):
                key = (key ^ minima[band * ROWS + row]) * _MIX[row]
                key ^= key >> np.uint64(31)
            out[:, band] = (key >> np.uint64(64 - BITS)).astype(np.int64)
    for n, f in enumerate(forms):
        if len(f.stem) >= 4 and f.choice:
            out[n, BANDS] = number("stem\x1e" + f.stem, BITS)
        if sum(map(len, f.options)) >= 8:
            out[n, BANDS + 1] = number("options\x1e" + "\x1e".join(sorted(f.options)), BITS)
    return out


def _text(f: Form) -> str:
    """Stem and sorted options without the phrases that all questions share; never shorter than two characters."""
    whole = "".join((f.stem, *sorted(f.options)))
    bare = PHRASES.sub("", whole)
    return (bare if len(bare) >= 8 else whole).ljust(2, "\x00")
