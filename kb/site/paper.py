"""One document as a paper (试卷): clean, or as printed with every repair shown where it was made; and what was set aside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from sqlite_utils import Database

from .cards import Card, cards

PAGE = 100  # questions of a document that one page shows
WHOLE = 2000  # a longer paper is never shown on one page
WINDOW = 40_000  # characters of the source that one page shows as printed


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together: the headings that begin here with their depth, shared material once, the cards."""

    headings: tuple[tuple[int, str], ...]
    material: str | None
    cards: tuple[Card, ...]


class Piece(NamedTuple):
    """A piece of the source as printed. ``kind``: text, aside (was set aside, ``note`` says why), change, offer (not applied)."""

    kind: str
    text: str
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside in a source, of one kind (不属于题目的内容)."""

    role: str
    reason: str | None
    pieces: int
    characters: int
    sample: str


@dataclass(frozen=True, slots=True)
class Place:
    """A section in the contents of a paper (目录): its headings, its first question and the page that holds it, how many questions."""

    path: tuple[str, ...]
    first: int
    page: int
    questions: int


def contents(db: Database, document_id: int) -> list[Place]:
    """The sections of a document that hold questions, in the order of the paper."""
    sections = {i: (parent, title) for i, parent, title in db.execute(
        "select id, parent_id, title from sections where document_id = ?", [document_id])}
    rows = db.execute("select section_id, id from questions where document_id = ? order by position", [document_id]).fetchall()
    out = []
    at = 0
    for section_id, run in groupby(rows, key=lambda row: row[0]):
        ids = [i for _, i in run]
        path: list[str] = []
        while section_id in sections:
            section_id, title = sections[section_id]
            path.insert(0, title or "")
        out.append(Place(tuple(path), ids[0], at // PAGE + 1, len(ids)))
        at += len(ids)
    return out


def clean(db: Database, document_id: int, page: int, whole: bool) -> tuple[list[Group], int]:
    """The groups of one page of a document, or of the whole document, and how many pages there are."""
    total = db.execute("select count(*) from questions where document_id = ?", [document_id]).fetchone()[0]
    size = WHOLE if whole else PAGE
    ids = [r[0] for r in db.execute(
        "select id from questions where document_id = ? order by position limit ? offset ?", [document_id, size, (page - 1) * size],
    )]
    groups: list[Group] = []
    shown: tuple[str, ...] = ()
    for (path, material), run in groupby(cards(db, ids), key=lambda c: (c.q.section, c.q.material)):
        common = 0
        while common < min(len(path), len(shown)) and path[common] == shown[common]:
            common += 1
        # a section that is left for a shorter path is named again when it comes back
        groups.append(Group(tuple((i, title) for i, title in enumerate(path) if i >= common), material, tuple(run)))
        shown = path
    return groups, max(1, -(-total // size))


def printed(db: Database, document_id: int, source_id: int, at: int) -> tuple[list[Piece], int | None, tuple[int, int]]:
    """The source of a document from the offset ``at`` as pieces, where the next window begins (None: at its end), and the span."""
    first, last = db.execute(
        'select coalesce(min(start), 0), coalesce(max("end"), 0) from blocks where source_id = ? and document_id = '
        '?', [source_id, document_id]
    ).fetchone()
    low = min(max(first, at), last)
    high = min(last, low + WINDOW)
    text = db.execute("select substr(text, ?, ?) from sources where id = ?", [low + 1, high - low, source_id]).fetchone()[0]
    high = min(high, low + len(text))
    blocks = db.execute(
        'select start, "end", role, reason from blocks where source_id = ? and start < ? and "end" > ? order by '
        'start', [source_id, high, low]
    ).fetchall()
    edits = db.execute(
        'select start, "end", before, after, rule, applied from repairs where source_id = ? and start < ? and "end" >= ? '
        "order by start, \"end\"", [source_id, high, low],
    ).fetchall()
    return pieces(text, low, blocks, edits), high if high < last else None, (first, last)


def pieces(text: str, low: int, blocks: Sequence[Sequence[Any]], edits: Sequence[Sequence[Any]]) -> list[Piece]:
    """Cut ``text``, which begins at ``low`` of the source, at its edits and what was set aside. Linear; overlapping edits are skipped."""
    out: list[Piece] = []
    starts = [b[0] for b in blocks]
    high = low + len(text)

    def plain(start: int, end: int) -> None:
        k = max(0, bisect_right(starts, start) - 1)
        at = start
        while at < end:
            while k < len(blocks) and blocks[k][1] <= at:
                k += 1
            if k < len(blocks) and blocks[k][0] <= at:
                stop = min(end, blocks[k][1])
                aside = blocks[k][2] in ("chrome", "unclaimed", "note")
                out.append(Piece("aside" if aside else "text", text[at - low : stop - low], "", blocks[k][3] or ""))
            else:
                stop = min(end, blocks[k][0]) if k < len(blocks) else end
                out.append(Piece("text", text[at - low : stop - low]))
            at = stop

    at = low
    for start, end, before, after, rule, applied in edits:
        if start < at or end > high:
            continue
        plain(at, start)
        out.append(Piece("change" if applied else "offer", before, after, rule))
        at = end
    plain(at, high)
    return _joined(out)


def _joined(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and piece.kind == last.kind and piece.kind in ("text", "aside") and piece.note == last.note:
            out[-1] = Piece(last.kind, last.text + piece.text, "", last.note)
        else:
            out.append(piece)
    return out


def asides(db: Database, source_id: int) -> list[Aside]:
    """What was set aside in a source and why, the largest first."""
    rows = db.execute(
        'select role, reason, count(*), sum("end" - start), min(start) from blocks where source_id = ? '
        "and role in ('chrome', 'unclaimed', 'note') group by role, reason order by 4 desc limit 30", [source_id],
    ).fetchall()
    out = []
    for role, reason, count, characters, start in rows:
        end = db.execute('select "end" from blocks where source_id = ? and start = ? limit 1', [source_id, start]).fetchone()[0]
        sample = db.execute("select substr(text, ?, ?) from sources where id = "
                            "?", [start + 1, min(160, end - start), source_id]).fetchone()[0]
        out.append(Aside(role, reason, count, characters, " ".join((sample or "").split())))
    return out
