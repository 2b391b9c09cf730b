"""Forms of questions (题面库): those of the sources that are looked at in a scratch file, older ones out of the bank.

A form is written as a record: bytes whose order is the order of the texts, so that copies that lost their end, or have a slip near
it, stand beside the whole ones.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from .form import BETWEEN_OPTIONS, Form, make, parse_answer

COLUMNS = "q.type, q.material, q.stem, q.options_text, q.answer, q.document_id"
FIELD, OPTION = "\x1d", "\x1e"  # folding leaves no such character; the end of a field comes before all else
AT_ONCE = 5000
KEPT = 20_000


def of_row(row: Sequence[Any]) -> Form:
    """The form of a row of ``COLUMNS``. Options whose labels are not A, B, C .. in order give an answer key by position."""
    type_, material, stem, options, answer, document = row
    return make(type_, material, stem, options.split(BETWEEN_OPTIONS) if options else [], [], parse_answer(answer), document)


def record(f: Form) -> bytes:
    """A form as bytes that sort as its stem, options and material do."""
    wording = OPTION.join((f.stem, *f.options))
    return FIELD.join((wording, f.material, "1" if f.choice else "", f.key, str(f.document))).encode("utf-8", "surrogatepass")


def of_record(data: bytes) -> Form:
    """The form that ``record`` wrote."""
    wording, material, choice, key, document = data.decode("utf-8", "surrogatepass").split(FIELD)
    stem, *options = wording.split(OPTION)
    return Form(stem, tuple(options), material, bool(choice), key, int(document))


class Scratch:
    """Records by the order in which they came, in a temporary file, so that memory does not hold them."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by close()
        self._ends = array("Q", [0])
        self._pending: list[bytes] = []

    def add(self, f: Form) -> None:
        """Keep a form."""
        data = record(f)
        self._pending.append(data)
        self._ends.append(self._ends[-1] + len(data))
        if len(self._pending) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(self._pending))
        self._file.flush()
        self._pending.clear()

    def record(self, n: int) -> bytes:
        """The bytes of the form that came as the ``n``-th."""
        if self._pending:
            self._flush()
        return os.pread(self._file.fileno(), self._ends[n + 1] - self._ends[n], self._ends[n])

    def form(self, n: int) -> Form:
        """The ``n``-th form."""
        return of_record(self.record(n))

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


class Known:
    """Texts that the bank holds, by their ids; the last ones that were asked for are kept."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.form = lru_cache(maxsize=KEPT)(self._form)

    def _form(self, text_id: int) -> Form:
        row = self._db.conn.execute(
            f"select {COLUMNS} from questions q where q.id = (select min(question_id) from duplicate_forms where text_id = ?)", [text_id]
        ).fetchone()
        return of_row(row) if row and row[2] is not None else Form("", (), "", False)


@dataclass(frozen=True, slots=True)
class Fresh:
    """The texts that came with an update, by their rank: their place in the order of all records. ``ids`` ascend with it."""

    scratch: Scratch
    places: array[int]
    ids: array[int]

    def form(self, rank: int) -> Form:
        """The form of a fresh text."""
        return self.scratch.form(self.places[rank])

    def __len__(self) -> int:
        return len(self.ids)
