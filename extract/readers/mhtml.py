"""MHTML (网页存档), as browsers save a page with its pictures: the first HTML part is the page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from ..model import Reading, Source, UnreadableError
from .html import read_html


def is_mhtml(data: bytes) -> bool:
    """Mail headers with a multipart page in them."""
    head = data[:4096].lower()
    return b"mime-version:" in head and (b"multipart/related" in head or b"content-type: text/html" in head)


def read_mhtml(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of the first text/html part."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                charset = part.get_content_charset()
                address = part.get("Content-Location")
                page = read_html(payload, source, encoding or charset)
                return replace(page, source=replace(page.source, url=source.url or address))
    raise UnreadableError(f"{source.name}: the saved page holds no HTML part; save it again as HTML")
