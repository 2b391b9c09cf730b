"""Guards for archives from strangers (防护): bombs, names that climb out, and pages beyond the limit.

Nothing is ever unpacked to disk by name, so a hostile name cannot overwrite a file; it is refused all the same, because it
would become the name of a source. Sizes that an archive states are never believed: bytes are counted as they come out.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

# Real archives of pages compress 3 to 40 times, templates of one site up to about 100; a bomb 1,000 times and more.
BOMB_RATIO = 250
BOMB_GRACE = 16 * 1024 * 1024  # bytes that may come out of anything, however small
DEPTH = 3                      # an archive in an archive in an archive, and no further
CHUNK = 1 << 20


class BombError(Exception):
    """An archive gives out far more than it holds; the message says how much."""


class TooLargeError(Exception):
    """A page is larger than the limit (``--max-bytes``)."""


class Budget:
    """Counts what comes out of one archive against its size on disk. BombError where the ratio is a bomb's."""

    __slots__ = ("allowed", "out", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self.allowed = BOMB_GRACE + BOMB_RATIO * size
        self.out = 0

    def take(self, count: int) -> None:
        """Another ``count`` bytes came out."""
        self.out += count
        if self.out > self.allowed:
            raise BombError(f"gives out over {self.allowed:,} bytes from {self.size:,}: left as a decompression bomb")


class Metered(io.RawIOBase):
    """A stream that charges everything read from it to a budget; it can be read forwards only."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._budget.take(len(data))
        buffer[: len(data)] = data
        return len(data)


def size_of(stream: BinaryIO) -> int:
    """The size in bytes of a seekable stream; the place in it is kept."""
    at = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(at)
    return size


def bounded(stream: BinaryIO, limit: int) -> bytes:
    """All bytes of the stream. TooLargeError above ``limit``; never holds more than that."""
    data = stream.read(limit + 1)
    if data is not None and len(data) <= limit:
        # A raw stream may give less than was asked for: go on to its end.
        pieces, total = [data], len(data)
        while piece := stream.read(limit + 1 - total):
            pieces.append(piece)
            total += len(piece)
            if total > limit:
                break
        else:
            return b"".join(pieces)
    raise TooLargeError(f"is larger than {limit:,} bytes; --max-bytes raises the limit")


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself where it can seek; else a copy of it, in memory up to 8 MiB and in an unnamed file beyond."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=8 << 20) as aside:
        shutil.copyfileobj(stream, aside, CHUNK)
        aside.seek(0)
        yield cast(BinaryIO, aside)


_DRIVE = re.compile(r"^[A-Za-z]:")


def unsafe_name(member: str) -> str | None:
    """Why the name of an archive's member is refused, or None where it is a plain relative path."""
    parts = member.replace("\\", "/").split("/")
    if member.startswith(("/", "\\")) or _DRIVE.match(member):
        return "its name is an absolute path; it was left unread"
    if ".." in parts:
        return "its name climbs out of the archive (../); it was left unread"
    if "\x00" in member:
        return "its name holds a NUL character; it was left unread"
    return None

