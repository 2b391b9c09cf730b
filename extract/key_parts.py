"""Items of a key that answer parts (分问作答): one item for several sub-questions, or several numbered blanks of one question."""

from __future__ import annotations

import re
from itertools import groupby

from .key_items import PART, read_item
from .key_rows import Item
from .numerals import IN_ONE_SIGN
from .outlined import Draft

Numbered = dict[int, Draft]
_LETTERS = re.compile(r"[A-H√×]+")
_PARTS = re.compile(r"(?:^|(?<=[\s。;,A-H√×]))(?:\( ?(\d{1,2}) ?\)|([①-⑳⑴-⒇]))")
_DRAWN_NUMBER = re.compile(r"_ ?[(\[]? ?(\d{1,2}|[①-⑳]) ?[)\]]? ?_")


def split_by_parts(folded: str, items: list[Item], numbers: Numbered, parts_of: dict[int, list[Draft]]) -> list[Item]:
    """``33. B B D`` answers the three sub-questions of 33: one item each, under the number that they are counted by."""
    counted = {id(d): n for n, d in numbers.items()}
    out: list[Item] = []
    for i in items:
        subs = parts_of.get(i.number, [])
        letters = list(_LETTERS.finditer(folded, *i.answer)) if subs else []
        parts = list(_PARTS.finditer(folded, *i.answer)) if subs else []
        answered = list(PART.finditer(folded, *i.answer)) if subs else []
        if subs and len(answered) == len(subs):
            ends = [p.start() for p in answered[1:]] + [i.answer[1]]
            for d, p, end in zip(subs, answered, ends, strict=True):
                out.append(read_item(folded, counted.get(id(d), 0), p.span(), (p.end(), end)))
        elif subs and len(parts) == len(subs):
            ends = [p.start() for p in parts[1:]] + [i.answer[1]]
            for d, p, end in zip(subs, parts, ends, strict=True):
                out.append(Item(counted.get(id(d), 0), p.span(), (p.end(), end)))
        elif subs and len(letters) == len(subs):
            out += [Item(counted.get(id(d), 0), i.mark, m.span()) for d, m in zip(subs, letters, strict=True)]
        else:
            out.append(i)
    return out


def joined_by_blanks(folded: str, items: list[Item], numbers: Numbered) -> list[Item]:
    """Where the blanks of a section are numbered on from question to question (___(3)___), the items of one question as one."""
    owner: dict[int, int] = {}  # the number of a blank: the number of its question
    for number, d in numbers.items():
        for m in (m for s, e in d.stem for m in _DRAWN_NUMBER.finditer(folded, s, e)):
            n = IN_ONE_SIGN.get(m[1]) or int(m[1])
            if n in owner:
                return items
            owner[n] = number
    if len(set(owner.values())) < 2 or len(owner) <= len(numbers) or [i.number for i in items] != sorted(owner):
        return items
    out: list[Item] = []
    for number, held in groupby(items, key=lambda i: owner[i.number]):
        first, *others = held
        out.append(Item(number, first.mark, (first.mark[0], (others or [first])[-1].answer[1])))
    return out
