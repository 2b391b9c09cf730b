"""A printed line cut into its pieces (一行的各段): with the blanks and pictures drawn in it, and what its letters look like."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from .page import placeholder
from .pdf_drawn import Fill, Picture, Rule
from .pdf_layout import Line
from .pdf_letters import Letters

Span = tuple[int, int, str, str]  # start, end, the kind of look and its value
_GAP = 2.0  # letters' heights of empty space that part a line in two pieces
_BELOW = 0.35  # of a letter's height: nothing stands so close below an underline; the denominator of a fraction does


class Drawn:
    """What a page draws beside its letters, and where its letters begin, from the top."""

    def __init__(self, letters: Letters, rules: list[Rule], pictures: list[Picture], fills: list[Fill]) -> None:
        self.letters, self.rules, self.pictures, self.fills = letters, rules, pictures, fills
        self._tops: list[tuple[float, float]] | None = None

    def underlines(self, rule: Rule, size: float) -> bool:
        """Whether nothing stands right below a rule: else it is the bar of a fraction."""
        if self._tops is None:
            inked = (box for k, box in enumerate(self.letters.boxes) if not self.letters.text[k].isspace())
            self._tops = sorted((box[2], (box[0] + box[1]) / 2) for box in inked)
        first, last = (bisect_left(self._tops, (rule.y + share * size, 0.0)) for share in (-0.1, _BELOW))
        return not any(rule.left < x < rule.right for _, x in self._tops[first:last])


def pieces_of(drawn: Drawn, start: int, end: int) -> list[tuple[Line, list[Span]]]:
    """The pieces of a line, cut where its letters stand far apart, with the blanks and small pictures that are drawn in it."""
    letters = drawn.letters
    boxes = letters.boxes
    inked = [k for k in range(start, end) if not letters.text[k].isspace()]
    if not inked:
        return []
    size = max(1.0, sorted(boxes[k][3] - boxes[k][2] for k in inked)[len(inked) * 3 // 4])
    top, bottom = min(boxes[k][2] for k in inked), max(boxes[k][3] for k in inked)
    rules = [r for r in drawn.rules if top + size * 0.5 < r.y < bottom + size * 0.45]
    drawn_in = [(r.left, r.right, "____") for r in rules]
    drawn_in += [(p.left, p.right, placeholder("图", p.name)) for p in drawn.pictures if _inside(p, top, bottom, size)]
    inserts = _inserts([(boxes[k][0], boxes[k][1], k) for k in inked], drawn_in, size, end)
    looks = [(r.left, r.right, "underline", "") for r in rules if drawn.underlines(r, size)]
    looks += [(f.left, f.right, "highlight", f.color) for f in drawn.fills if f.top < (top + bottom) / 2 < f.bottom]
    cuts = [b for a, b in pairwise(inked) if boxes[b][0] - boxes[a][1] > _GAP * size and b not in inserts]
    pieces = []
    for first, last in pairwise((start, *cuts, end)):
        text = ""
        spans: list[Span] = []
        for k in range(first, last):
            if k in inserts:
                text = text.rstrip(" ") + inserts[k]
            if letters.colors[k]:
                spans.append((len(text), len(text) + 1, "color", letters.colors[k]))
            for left, right, kind, value in looks:
                if left < (boxes[k][0] + boxes[k][1]) / 2 < right:
                    spans.append((len(text), len(text) + 1, kind, value))
            text += letters.text[k]
        if last == end and end in inserts:
            text = text.rstrip(" ") + inserts[end]
        own = [boxes[k] for k in inked if first <= k < last]
        box = min(b[0] for b in own), max(b[1] for b in own), min(b[2] for b in own), max(b[3] for b in own)
        pieces.append((Line(text, *box, size), _joined(spans) if not looks else _joined(sorted(spans, key=_by_look))))
    return pieces


def _by_look(span: Span) -> tuple[str, str, int]:
    return span[2], span[3], span[0]


def _inserts(letters: list[tuple[float, float, int]], drawn_in: list[tuple[float, float, str]], size: float, end: int) -> dict[int, str]:
    """What is drawn between the letters of a line, by the character that follows it; what touches no letter is not of this line."""
    found: dict[int, str] = {}
    for left, right, sign in sorted(drawn_in):
        if any(a + 1 < right and b - 1 > left for a, b, _ in letters):
            continue  # something is printed on it: an underline, or a picture behind the text
        before = max((b for _, b, _ in letters if b <= left + 1), default=None)
        after = min(((a, k) for a, _, k in letters if a >= right - 1), default=None)
        if (before is not None and left - before < size) or (after is not None and after[0] - right < size):
            k = after[1] if after is not None else end
            found[k] = found.get(k, "") + sign
    return found


def _inside(picture: Picture, top: float, bottom: float, size: float) -> bool:
    """Whether a picture stands in a line, as a formula does, rather than on its own."""
    return picture.bottom - picture.top < 2.5 * size and picture.top < bottom - 0.3 * size and picture.bottom > top + 0.3 * size


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, stop, kind, value in spans:
        if joined and joined[-1][2:] == (kind, value) and 0 <= start - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], stop, kind, value)
        else:
            joined.append((start, stop, kind, value))
    return joined
