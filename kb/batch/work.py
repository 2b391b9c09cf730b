"""What a worker does with a page (抽取任务), and the compact form in which the result goes back to the writer.

A result crosses two processes for every page, and the writer's time is what bounds an import on many cores: so it goes as the rows
that the writer puts into the bank (``kb.rows``), as built-in values, which ``marshal`` reads faster than anything else.
"""

from __future__ import annotations

import json
import marshal

from extract import Knowledge
from extract.model import Extraction
from extract.wire import to_json
from kb.rows import Rows, rows_of
from kb.sources import Page

FORMAT = 2  # of marshal: without the search for values that stand twice, which takes longer than it saves


def extract_page(page: Page, *, repair: str, encoding: str | None, knowledge: Knowledge) -> bytes:
    """One page extracted, its rows packed for another process of the same program (never to be stored)."""
    return marshal.dumps(rows_of(_extracted(page, repair, encoding, knowledge)).packed(), FORMAT)


def unpack(packed: bytes) -> Rows:
    """The rows out of ``extract_page``."""
    return Rows(*marshal.loads(packed))


def extract_json(page: Page, *, repair: str, encoding: str | None, knowledge: Knowledge) -> str:
    """One page extracted, as its question set: what a cluster writes into shards."""
    return json.dumps(to_json(_extracted(page, repair, encoding, knowledge)), ensure_ascii=False)


def _extracted(page: Page, repair: str, encoding: str | None, knowledge: Knowledge) -> Extraction:
    """``encoding`` is what a person said, and outranks what the container states."""
    from extract import extract  # loaded where pages are read, not in the process that writes

    return extract(page.data, name=page.name, url=page.url, encoding=encoding or page.encoding, repair=repair, knowledge=knowledge)
