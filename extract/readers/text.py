"""Plain text -> Reading (纯文本): the decoded text itself; nothing is taken away."""

from __future__ import annotations

from dataclasses import replace

from ..decode import decode
from ..model import Reading, Source


def read_text(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a text file: every character as decoded, line ends as LF."""
    text, name = decode(data, encoding)
    return Reading(replace(source, encoding=name), text)
