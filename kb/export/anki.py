"""``anki``: an ``.apkg`` deck, one note and one card a question, tags from title and sections; importing again updates.

A note's guid comes from the text of its question, so that a second import of a bank with better answers updates the cards that
are there. Anki takes the newer of two notes by their time: it is the time at which the bank read the page, never the time of the export.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO

import genanki

from .archive import Archive, chunks_of
from .how import How
from .row import Item, Lost, Row, item, unplaced
from .text import xhtml

EPOCH = 1_500_000_000
"""The time of notes whose page has none, in seconds; also where note ids begin (Anki counts them in milliseconds)."""

FIELDS = ("题目", "选项", "答案", "解析", "材料", "章节", "来源")
CSS = (
    ".card{font-family:sans-serif;font-size:18px;text-align:left;line-height:1.6}"
    ".材料,.来源{color:#666;font-size:15px}.答案{color:#0a6b2d;font-weight:bold}"
)
FRONT = '{{#材料}}<div class="材料">{{材料}}</div><hr>{{/材料}}<div>{{题目}}</div>{{#选项}}<div>{{选项}}</div>{{/选项}}'
BACK = (
    '{{FrontSide}}<hr id="answer"><div class="答案">{{答案}}</div>{{#解析}}<div>{{解析}}</div>{{/解析}}'
    '{{#来源}}<div class="来源">{{来源}}</div>{{/来源}}'
)


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """Streams the notes into a collection on disk, then packs it. A question without a printed answer says so on its back."""
    model = genanki.Model(
        _identity("tiku/" + "/".join(FIELDS)), "题库", fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "题目", "qfmt": FRONT, "afmt": BACK}], css=CSS,
    )
    deck = genanki.Deck(_identity(how.title), how.title)
    deck.add_model(model)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        db = sqlite3.connect(path)
        db.execute("PRAGMA journal_mode=off")
        db.execute("ATTACH ? AS work", (str(Path(folder) / "seen.db"),))
        db.execute("CREATE TABLE work.seen (guid TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        cursor = db.cursor()
        ids = count(EPOCH * 1000)
        genanki.Package(deck).write_to_db(cursor, EPOCH, ids)
        for row in rows:
            quiz = item(row.question, lost)
            unplaced(row.question, lost, "score", "difficulty", "knowledge")
            fields = _fields(row, quiz, how)
            note = genanki.Note(model, fields, tags=_tags(row), guid=_guid(db, row))
            note.write_to_db(cursor, _moment(row), deck.deck_id, ids)
        db.commit()
        db.close()
        with Archive(out) as package:
            with path.open("rb") as stream:
                package.add("collection.anki2", chunks_of(stream))
            package.text("media", "{}")


def _fields(row: Row, quiz: Item, how: How) -> list[str]:
    options = "<br/>".join(f"{xhtml(c.label)}. {xhtml(c.text)}" for c in quiz.choices)
    if not quiz.answered:
        key = "（来源没有给出答案）"
    elif quiz.shape in ("single", "multiple"):
        key = "<br/>".join(f"{xhtml(c.label)}. {xhtml(c.text)}" for c in quiz.choices if c.right)
    elif quiz.shape == "judge":
        key = "对" if quiz.truth else "错"
    elif quiz.blanks:
        key = "<br/>".join(xhtml(" / ".join(accepted)) for accepted in quiz.blanks)
    else:
        key = xhtml(quiz.reference or "")
    names = (row.source.name, row.source.url, row.licence) if how.provenance else ()
    return [
        xhtml(quiz.stem), options, key, xhtml(quiz.explanation or ""), xhtml(quiz.material or ""),
        xhtml(" / ".join(row.question.section)), xhtml(" | ".join(n for n in names if n)),
    ]


def _tags(row: Row) -> list[str]:
    """Anki's tags have no spaces; ``::`` makes a tree of title and sections."""
    parts = [re.sub(r"[\s:\"]+", "_", part).strip("_") for part in (row.title or row.source.name, *row.question.section)]
    return ["::".join(part for part in parts if part)]


def _guid(db: sqlite3.Connection, row: Row) -> str:
    """From the question's text; a second copy in the same deck gets its turn as a number, as Anki keeps one note a guid."""
    q = row.question
    text = "\x00".join((q.material or "", q.stem, *(o.text for o in q.options)))
    guid = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
    (times,) = db.execute(
        "INSERT INTO work.seen VALUES (?, 1) ON CONFLICT (guid) DO UPDATE SET times = times + 1 RETURNING times", (guid,)
    ).fetchone()
    return guid if times == 1 else f"{guid}-{times}"


def _moment(row: Row) -> int:
    if not row.read_at:
        return EPOCH
    try:
        moment = datetime.fromisoformat(row.read_at)
    except ValueError:
        return EPOCH
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _identity(name: str) -> int:
    """A model's or deck's id from its name, in the range that Anki's own ids have."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % (1 << 30)
