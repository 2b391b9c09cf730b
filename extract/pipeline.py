"""The stages in order (流水线), and nothing else."""

from __future__ import annotations

from .account import account
from .checks import check
from .chrome import split
from .documents import read_document
from .ledger import Patched, patch
from .lines import line_repairs
from .model import Extraction, Knowledge, Mark, Reading
from .readers import read
from .repair import mend_page, mend_questions
from .source import settle, to_source


def extract(
    data: bytes, *, name: str, url: str | None = None, encoding: str | None = None, repair: str = "safe", knowledge: Knowledge | None = None
) -> Extraction:
    """Bytes -> Extraction (抽取). ``repair`` is off, safe or suggest. Raises UnreadableError, never on text."""
    return extract_reading(read(data, name=name, url=url, encoding=encoding), repair=repair, knowledge=knowledge)


def extract_reading(reading: Reading, *, repair: str = "safe", knowledge: Knowledge | None = None) -> Extraction:
    """The stages after the reader, for callers that have the text already."""
    knows = knowledge or Knowledge()
    text = reading.text
    ledger = mend_page(reading, policy=repair, knowledge=knows)
    patched = patch(text, ledger)
    marks = tuple(_moved(m, patched) for m in reading.marks)
    pages = split(patched.text, marks, reading.titles, reading.source.url)
    plans = [read_document(patched.text, pages, piece, marks) for piece in pages.pieces]
    ledger = (*ledger, *line_repairs(text, patched, plans, marks, policy=repair))
    documents = settle(text, to_source(patched, [plan.document for plan in plans]), ledger)
    wording = mend_questions(text, documents, ledger, policy=repair, knowledge=knows)
    if wording:
        ledger = (*ledger, *wording)
        documents = settle(text, documents, ledger)
    documents = tuple(check(plan, document) for plan, document in zip(plans, documents, strict=True))
    return account(reading, patched, pages, plans, documents, ledger)


def _moved(mark: Mark, patched: Patched) -> Mark:
    return Mark(patched.to_mended(mark.start), patched.to_mended(mark.end), mark.kind, mark.value)
