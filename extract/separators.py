"""Signs that a page sets between options or behind numbers and that are no text (分隔符): A、2000.,B、3000., and 1.>光缆..."""

from __future__ import annotations

from .builds import Build

_SIGNS = (".,", "?")  # behind every option but the last
_LEAST = 3


def without_separators(text: str, folded: str, builds: list[Build]) -> None:
    """Cuts them off where nearly every option but the last ends so, and hardly a last one; and the > that opens most stems."""
    lettered = [b for b in builds if len(b.options) >= 2]
    for sign in (sign for sign in _SIGNS if text.count(sign) >= _LEAST):
        inner = [o for b in lettered for o in b.options[:-1] if text.endswith(sign, *o[3][-1])]
        if len(inner) < _LEAST or len(inner) * 10 < sum(len(b.options) - 1 for b in lettered) * 9:
            continue
        if sum(text.endswith(sign, *b.options[-1][3][-1]) for b in lettered) * 10 > len(lettered):
            continue
        for b in lettered:
            for k, (label, printed, mark, texts) in enumerate(b.options[:-1]):
                start, end = texts[-1]
                if text.endswith(sign, start, end) and end - start > len(sign):
                    b.options[k] = (label, printed, mark, [*texts[:-1], (start, end - len(sign))])
    opened = [b for b in builds if b.stem.spans and folded.startswith(">", *b.stem.spans[0])]
    if len(opened) >= 2 and len(opened) * 4 >= len(builds):
        for b in opened:
            start, end = b.stem.spans[0]
            b.stem.spans[0] = (start + 1, end)
