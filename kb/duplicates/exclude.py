"""Whether a question is in another set already (污染检查): the set's texts under the same keys, on disk, and the same judgement."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from extract.model import Option, Question
from extract.wire import from_json, question_from_json

from .candidates import CROWD
from .compare import compare
from .form import Form, content_key, form
from .sketch import keys
from .texts import Scratch

BATCH = 5000
STEMS = ("stem", "question", "Question", "题干", "题目")
CHOICES = ("options", "choices", "选项")
LETTERS = "ABCDEFGH"


class Excluded:
    """The set of a JSON lines file; a context manager, as it keeps its keys in a temporary database."""

    def __init__(self, path: Path) -> None:
        """ValueError with the line where the file holds something else."""
        self._db = sqlite3.connect("")  # a temporary file that SQLite removes
        self._db.execute("create table texts(id integer primary key, content integer unique)")
        self._db.execute("create table bands(key integer, text_id integer, primary key (key, text_id)) without rowid")
        self._texts = Scratch()
        forms = (form(q) for q in read_set(path))
        while batch := list(islice(forms, BATCH)):
            self._add(batch)

    def __enter__(self) -> Excluded:
        return self

    def __exit__(self, *_: object) -> None:
        self._texts.close()
        self._db.close()

    def _add(self, forms: list[Form]) -> None:
        fresh: list[tuple[int, Form]] = []  # their numbers, from 1 without a gap, say where the scratch file has them
        for f in forms:
            cursor = self._db.execute("insert or ignore into texts(content) values (?)", [content_key(f)])
            if cursor.rowcount:
                fresh.append((int(cursor.lastrowid or 0), f))
        for _, f in fresh:
            self._texts.add(f)
        rows = ((key, text_id) for (text_id, _), made in zip(fresh, keys([f for _, f in fresh]).tolist(), strict=True) for key in made)
        self._db.executemany("insert or ignore into bands values (?, ?)", sorted(row for row in rows if row[0] >= 0))

    def holds(self, questions: Sequence[Question]) -> list[bool]:
        """For each question whether the set holds it, or a copy of it with other order, wrong characters or lost options."""
        forms = [form(q, -1) for q in questions]
        return [self._known(f, made) for f, made in zip(forms, keys(forms).tolist(), strict=True)]

    def _known(self, f: Form, made: Iterable[int]) -> bool:
        if len(f.stem) + sum(map(len, f.options)) < 2:
            return False
        if self._db.execute("select 1 from texts where content = ?", [content_key(f)]).fetchone():
            return True
        seen: set[int] = set()
        for key in made:
            for (text_id,) in self._db.execute("select text_id from bands where key = ? limit ?", [key, CROWD]):
                if text_id not in seen:
                    seen.add(text_id)
                    if compare(f, self._texts.form(text_id - 1)):
                        return True
        return False


def read_set(path: Path) -> Iterator[Question]:
    """The questions of a JSON lines file: our own ``jsonl``, our ``hf``, or rows with a stem or question and its options."""
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield from _questions(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as problem:
                raise ValueError(
                    f"{path}, line {number}: no question ({problem}); give one JSON object a line, with stem and options"
                ) from problem


def _questions(value: dict[str, Any]) -> Iterator[Question]:
    if "documents" in value:
        for document in from_json(value).documents:
            yield from document.questions
        return
    stem = next((value[name] for name in STEMS if isinstance(value.get(name), str)), None)
    if stem is None:
        raise ValueError("it has neither stem nor question")
    options = next((value[name] for name in CHOICES if value.get(name)), None)
    if options is None:
        options = [value[letter] for letter in LETTERS if value.get(letter) is not None]
    if isinstance(options, dict):
        options = list(options.values())
    if options and isinstance(options[0], dict):
        yield question_from_json({**value, "stem": stem, "options": options})
        return
    labelled = tuple(Option(LETTERS[n] if n < len(LETTERS) else str(n + 1), str(o)) for n, o in enumerate(options))
    yield Question(stem=stem, options=labelled, material=value.get("material"))
