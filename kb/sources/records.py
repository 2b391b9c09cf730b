"""Records of scraped pages (抓取记录): JSON lines, JSON and Parquet, and the question sets that tiku itself wrote.

A record is a JSON object with the page's HTML or its text, and mostly its address. Which field is which is guessed from the
names that crawlers use, and can be said (``--html-field`` and its kin).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import Any, BinaryIO, cast

from extract.wire import from_json

from .entry import Container, Entry, Failed, Inner, Listed, Page, Ready, Wanted
from .guard import Budget, Metered, TooLargeError, size_of

# In the order of trust: a crawl that keeps both the HTML and a text cut from it is read from the HTML.
HTML_FIELDS = ("html", "raw_html", "html_content", "page_html")
TEXT_FIELDS = ("text", "content", "raw_content", "body", "markdown", "plain_text")
URL_FIELDS = ("url", "link", "source_url", "page_url", "uri", "warc_target_uri")
TITLE_FIELDS = ("title", "name", "headline")


def record_entry(record: Mapping[str, Any], container: str, number: int, wanted: Wanted) -> Entry:
    """The entry of one record; ``number`` counts from 1 and names a record without an address."""
    url = _text(record, (wanted.url_field,) if wanted.url_field else URL_FIELDS)
    name = f"{container}#{url or number}"
    if isinstance(record.get("source"), dict) and isinstance(record.get("documents"), list):
        try:
            extraction = from_json(dict(record))
        except ValueError as problem:
            return Failed(name, str(problem))
        return Ready(extraction.source.name, extraction)
    for word, kind in (("failed", Failed), ("listed", Listed)):  # what a cluster could not read stands in its shards, too
        told = record.get(word)
        if len(record) == 1 and isinstance(told, dict):
            return kind(str(told.get("name")), str(told.get("reason")))
    html, text = _page_fields(wanted)
    page = _text(record, html)
    if page is None:
        page = _text(record, text)
        title = _text(record, (wanted.title_field,) if wanted.title_field else TITLE_FIELDS)
        if page is not None and title and not page.lstrip().startswith(title):
            page = f"{title}\n\n{page}"  # the title is part of what the reader of the page saw
    if page is None and not any(record.get(field, 0) in (None, "", b"") for field in (*html, *text)):
        fields = ", ".join(sorted(map(str, record))[:12])
        return Failed(name, f"holds no text among its fields ({fields}); name one with --text-field or --html-field")
    if page is None or not page.strip():
        return Listed(name, "is empty")
    data = page.encode("utf-8", "surrogatepass" if _has_surrogate(page) else "strict")
    if len(data) > wanted.max_bytes:
        return Failed(name, f"is larger than {wanted.max_bytes:,} bytes; --max-bytes raises the limit")
    return Page(name, data, url=url, encoding="utf-8")


def _page_fields(wanted: Wanted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that may hold HTML and text; a field that was named is the only one, and leaves nothing to guess."""
    if wanted.html_field or wanted.text_field:
        return tuple(filter(None, (wanted.html_field,))), tuple(filter(None, (wanted.text_field,)))
    return HTML_FIELDS, TEXT_FIELDS


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def _text(record: Mapping[str, Any], fields: tuple[str, ...]) -> str | None:
    """The first of the fields that holds a string (or bytes in UTF-8) which is not empty."""
    for field in fields:
        value = record.get(field)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str) and value:
            return value
    return None


def _json_lines(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    head = stream.read(2)
    stream.seek(0)
    if head == b"\x1f\x8b":
        stream = cast(BinaryIO, Metered(cast(BinaryIO, gzip.GzipFile(fileobj=stream, mode="rb")), Budget(size_of(stream))))
    for number, line in _lines(stream, 8 * wanted.max_bytes):
        if line is None:
            yield Failed(f"{name}#{number}", f"line {number} is longer than {8 * wanted.max_bytes:,} bytes; --max-bytes raises the limit")
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as problem:
            yield Failed(f"{name}#{number}", f"line {number} is not JSON: {problem}"[:300])
            continue
        if isinstance(record, dict):
            yield record_entry(record, name, number, wanted)
        else:
            yield Failed(f"{name}#{number}", f"line {number} is not a JSON object")


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines, and None for one above the limit: a file without a line break must not fill the memory."""
    pieces: list[bytes] = []
    held, number, too_long = 0, 1, False
    while chunk := stream.read(1 << 16):
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            pieces.append(chunk[start:end])
            yield number, None if too_long else b"".join(pieces)
            pieces, held, too_long = [], 0, False
            start, number = end + 1, number + 1
        pieces.append(chunk[start:])
        held += len(chunk) - start
        if held > limit:
            pieces, too_long = [], True
    if too_long or any(pieces):
        yield number, None if too_long else b"".join(pieces)


def _json(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    """One object, an array of them, or ``{"sources": [...]}``: walked object by object, so that a whole bank fits."""
    for number, record in enumerate(_objects(stream, 8 * wanted.max_bytes), 1):
        yield record_entry(record, name, number, wanted)


def _objects(stream: BinaryIO, limit: int) -> Iterator[dict[str, Any]]:
    text = TextIOWrapper(cast(Any, stream), encoding="utf-8-sig")
    decoder = json.JSONDecoder()
    buffer = text.read(1 << 16).lstrip()
    opening = buffer[:1]
    if opening == "{":
        inside = buffer[1:].lstrip()
        if not inside.startswith('"sources"'):
            whole = buffer + _rest(text, limit)
            value = json.loads(whole)
            if isinstance(value, dict):
                yield value
            return
        buffer = inside[len('"sources"') :].lstrip().removeprefix(":").lstrip()
        opening = buffer[:1]
    if opening != "[":
        raise ValueError("is JSON, but neither an object nor a list of objects")
    buffer = buffer[1:]
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer[:1] == "]":
            return
        try:
            value, end = decoder.raw_decode(buffer)
        except ValueError:
            # Not whole yet: double what is held, so that the text is scanned a bounded number of times.
            more = text.read(max(1 << 16, len(buffer)))
            if not more:
                raise
            buffer += more
            if len(buffer) > limit:
                raise TooLargeError(f"holds an object of more than {limit:,} characters; --max-bytes raises the limit") from None
            continue
        buffer = buffer[end:]
        if isinstance(value, dict):
            yield value


def _rest(text: TextIOWrapper, limit: int) -> str:
    rest = text.read(limit)
    if len(rest) == limit:
        raise TooLargeError(f"is larger than {limit:,} characters; --max-bytes raises the limit")
    return rest


def _parquet(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        yield Failed(name, "is Parquet, which needs pyarrow: pip install 'tiku[parquet]'")
        return
    table = parquet.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
    fields = [f for f in table.schema_arrow.names if _is_wanted(f, wanted)]
    number = 0
    # Small batches: a row is a page, and a row group of pages may be a gigabyte.
    for batch in table.iter_batches(batch_size=64, columns=fields or None, use_threads=False):
        for record in batch.to_pylist():
            number += 1
            if isinstance(record.get("question_set"), str):
                record = json.loads(record["question_set"])
            yield record_entry(record, name, number, wanted)


def _is_wanted(field: str, wanted: Wanted) -> bool:
    named = (wanted.text_field, wanted.html_field, wanted.url_field, wanted.title_field)
    return field == "question_set" or field in (*named, *HTML_FIELDS, *TEXT_FIELDS, *URL_FIELDS, *TITLE_FIELDS)


JSON_LINES = Container("jsonl", (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"), (), _json_lines)
JSON = Container("json", (".json",), (), _json)
PARQUET = Container("parquet", (".parquet", ".pq"), (b"PAR1",), _parquet)
