"""Forms of questions by the number of their text (题面库): fresh ones from a scratch file, older ones from the bank."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from .form import BETWEEN_OPTIONS, Form, make, parse_answer

COLUMNS = "q.type, q.material, q.stem, q.options_text, q.answer, q.document_id"


def of_row(row: Sequence[Any]) -> Form:
    """The form of a row of ``COLUMNS``. Options whose labels are not A, B, C .. in order give an answer key by position."""
    type_, material, stem, options, answer, document = row
    return make(type_, material, stem, options.split(BETWEEN_OPTIONS) if options else [], [], parse_answer(answer), document)


class Texts:
    """The scratch file of one update: a form a text, read back by place, so that memory does not hold them."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by close()
        self._first = 0
        self._ends = array("Q")
        self._pending: list[bytes] = []
        self.get = lru_cache(maxsize=20_000)(self._get)

    def add(self, text_id: int, f: Form) -> None:
        """Keep the form of a text. Fresh texts come in the order of their numbers, without a gap."""
        self._first = self._first or text_id
        if text_id != self._first + len(self._ends):
            raise ValueError(f"text {text_id} does not follow {self._first + len(self._ends) - 1}")
        fields = ("1" if f.choice else "", str(f.document), f.key, f.material, f.stem, *f.options)
        data = "\x1e".join(fields).encode("utf-8", "surrogatepass")
        self._pending.append(data)
        self._ends.append((self._ends[-1] if self._ends else 0) + len(data))
        if len(self._pending) >= 5000:
            self._flush()

    def _flush(self) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(self._pending))
        self._file.flush()
        self._pending.clear()

    def _get(self, text_id: int) -> Form:
        if not self.is_fresh(text_id):
            row = self._db.execute(
                f"select {COLUMNS} from questions q where q.id = (select min(question_id) from duplicate_forms where text_id = ?)",
                [text_id],
            ).fetchone()
            return of_row(row) if row and row[2] is not None else Form("", (), "", False)
        if self._pending:
            self._flush()
        at = text_id - self._first
        start = self._ends[at - 1] if at else 0
        data = os.pread(self._file.fileno(), self._ends[at] - start, start)
        choice, document, key, material, stem, *options = data.decode("utf-8", "surrogatepass").split("\x1e")
        return Form(stem, tuple(options), material, bool(choice), key, int(document))

    def is_fresh(self, text_id: int) -> bool:
        """Whether the text came with this update."""
        return 0 < self._first <= text_id < self._first + len(self._ends)

    def __len__(self) -> int:
        return len(self._ends)

    def close(self) -> None:
        """Give the scratch file back."""
        self._file.close()
