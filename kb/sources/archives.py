"""Zip and tar archives, read in place (压缩包): nothing is written to disk under a member's name."""

from __future__ import annotations

import gzip
import posixpath
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from .entry import Container, Entry, Failed, Inner, Listed, Wanted
from .guard import Budget, Metered, size_of, unsafe_name


def _zip(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    budget = Budget(size_of(stream))
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            member = _zip_name(info)
            full = f"{name}/{posixpath.normpath(member)}"
            if reason := unsafe_name(member):
                yield Failed(full.replace("\x00", "\\0"), reason)
            elif info.flag_bits & 0x1:
                yield Failed(full, "is locked with a password; unpack it and import the folder")
            else:
                with archive.open(info) as opened:
                    yield from inner(cast(BinaryIO, Metered(cast(BinaryIO, opened), budget)), full)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; Chinese Windows writes GBK without saying so, and zipfile then reads it as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _tar(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    budget = Budget(size_of(stream))
    opener = _PACKED.get(stream.read(2))
    stream.seek(0)
    unpacked = cast(BinaryIO, opener(stream)) if opener else stream
    # Headers, skipped members and padding are charged as well: a bomb may hide in what nobody wants.
    metered = cast(BinaryIO, Metered(unpacked, budget))
    with tarfile.open(fileobj=metered, mode="r|") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile remembers every member: memory would grow with the archive
            if info.isdir():
                continue
            full = f"{name}/{posixpath.normpath(info.name)}"  # tar writes ./page.html where . was packed
            if reason := unsafe_name(info.name):
                yield Failed(full, reason)
            elif not info.isreg():
                yield Listed(full, "is a link or a device, not a file")
            else:
                opened = archive.extractfile(info)
                if opened is not None:
                    with opened:  # charged above already; metered again only because a member cannot be read backwards
                        yield from inner(cast(BinaryIO, Metered(cast(BinaryIO, opened), Budget(info.size))), full)


def _bz2(stream: BinaryIO) -> object:
    import bz2

    return bz2.BZ2File(stream)


def _xz(stream: BinaryIO) -> object:
    import lzma

    return lzma.LZMAFile(stream)


_PACKED = {b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"), b"BZ": _bz2, b"\xfd7": _xz}


def _gzip(stream: BinaryIO, name: str, wanted: Wanted, inner: Inner) -> Iterator[Entry]:
    """A single page or container packed alone: ``page.html.gz`` is read as ``page.html``."""
    budget = Budget(size_of(stream))
    with gzip.GzipFile(fileobj=stream, mode="rb") as unpacked:
        yield from inner(cast(BinaryIO, Metered(cast(BinaryIO, unpacked), budget)), name.removesuffix(".gz"))


ZIP = Container("zip", (".zip",), (b"PK\x03\x04", b"PK\x05\x06"), _zip)
TAR = Container("tar", (".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"), (), _tar)
GZIP = Container("gzip", (".gz",), (b"\x1f\x8b",), _gzip)
