"""Zip files whose bytes depend on their contents alone: fixed dates, fixed rights, written from front to back."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import IO

DATE = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 16


class Archive:
    """A zip under construction on any stream that can be written; use as a context manager."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, name: str, chunks: Iterable[bytes], *, stored: bool = False) -> None:
        """One member from its chunks, which are never held together in memory."""
        info = zipfile.ZipInfo(name, DATE)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        info.create_system = 3
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)

    def text(self, name: str, text: str) -> None:
        """One small member."""
        self.add(name, [text.encode("utf-8")])


def chunks_of(stream: IO[bytes]) -> Iterable[bytes]:
    """A stream in pieces."""
    while chunk := stream.read(CHUNK):
        yield chunk
