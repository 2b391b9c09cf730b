"""What a worker does with a page (抽取任务), and the compact form in which the result goes back to the writer.

A result crosses two processes for every page. As built-in values it is read by ``marshal`` three times faster than the frozen
types are unpickled, and the writer's time is what bounds an import on many cores.
"""

from __future__ import annotations

import marshal

from extract import Knowledge, extract
from extract.model import Extraction
from extract.wire import from_json, to_json
from kb.sources import Page
from kb.store import content_hash


def extract_page(page: Page, *, repair: str, encoding: str | None, knowledge: Knowledge) -> bytes:
    """One page extracted and packed. ``encoding`` is what a person said, and outranks what the container states."""
    extraction = extract(page.data, name=page.name, url=page.url, encoding=encoding or page.encoding, repair=repair, knowledge=knowledge)
    return pack(extraction)


def pack(extraction: Extraction) -> bytes:
    """An extraction with its content hash, to be sent to another process of the same program (never to be stored)."""
    return marshal.dumps((to_json(extraction), content_hash(extraction)))


def unpack(packed: bytes) -> tuple[Extraction, str]:
    """The extraction and its content hash out of ``pack``."""
    value, content = marshal.loads(packed)
    return from_json(value), content
