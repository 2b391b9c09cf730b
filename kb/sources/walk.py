"""From what a person typed to files (文件遍历): files, folders, patterns and lists of paths, in one fixed order.

The order is that of the arguments and, inside a folder, of the names: the same folder is walked the same way every time,
which is why an import that was interrupted ends where an undisturbed one does. One folder's names are held at a time.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from .entry import Failed, Listed


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk: its path, the name of its source, and the argument it came from (``root``, a digest, empty for none).

    ``root`` tells ``--prune`` which names a folder (or archive, or list) answers for. It is a digest so that a bank that is
    published does not show the folders of the machine that made it.
    """

    path: str
    name: str
    root: str = ""


def find(paths: Iterable[str]) -> Iterator[Found | Failed | Listed]:
    """The files of all arguments. A path that is not there, and a pattern that matches nothing, is ``Failed``."""
    arguments = list(paths)
    names = _file_names([p for p in arguments if os.path.isfile(p)])
    for path in arguments:
        if os.path.isdir(path):
            yield from _walk(path, "", root_of(path))
        elif path in names:
            yield Found(path, names[path], root_of(path))
        elif os.path.exists(path):
            yield Failed(path, "is neither a file nor a folder")
        elif glob.has_magic(path):
            yield from _matches(path)
        else:
            yield Failed(path, "is not there; check the path")


def numbered(lines: Iterable[str], root: str = "") -> Iterator[Found | Failed | Listed]:
    """The files of a list, a path a line (``--files-from``), named as the list writes them; empty lines are skipped.

    ``root`` is the digest of the list itself, where it is a file: it answers for everything that it names.
    """
    for line in lines:
        path = line.rstrip("\r\n")
        if not path.strip():
            continue
        if os.path.isdir(path):
            yield from _walk(path, _listed_name(path) + "/", root or root_of(path))
        elif os.path.isfile(path):
            yield Found(path, _listed_name(path), root)
        else:
            yield Failed(path, "is not there; check the list of paths")


def root_of(path: str) -> str:
    """The digest that stands for a folder given on the command line."""
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]


def _walk(folder: str, prefix: str, root: str) -> Iterator[Found | Failed | Listed]:
    """Depth first, names in order, without following links to folders (they may go round in a circle)."""
    try:
        with os.scandir(folder) as listing:
            inside = sorted((e.name, e.is_dir(follow_symlinks=False), e.is_file()) for e in listing)
    except OSError as problem:
        yield Failed(prefix or folder, f"cannot be listed: {problem.strerror or problem}")
        return
    for name, is_folder, is_file in inside:
        path = os.path.join(folder, name)
        shown = prefix + _clean(name)
        if is_folder:
            if not name.startswith("."):
                yield from _walk(path, shown + "/", root)
        elif is_file:
            if not name.startswith("."):
                yield Found(path, shown, root)
        elif not os.path.isdir(path):
            yield Listed(shown, "is a broken link or a device, not a file")


def _matches(pattern: str) -> Iterator[Found | Failed | Listed]:
    base = pattern
    while glob.has_magic(base):
        base = os.path.dirname(base)
    root = root_of(pattern)
    seen = False
    for path in sorted(glob.iglob(pattern, recursive=True)):
        seen = True
        name = _clean(os.path.relpath(path, base or ".").replace(os.sep, "/"))
        if os.path.isdir(path):
            # ** already names what is inside; a plain pattern that matches a folder means the folder.
            if "**" not in pattern:
                yield from _walk(path, name + "/", root)
        else:
            yield Found(path, name, root)
    if not seen:
        yield Failed(pattern, "matches no file")


def _file_names(files: list[str]) -> dict[str, str]:
    """Single files go by their base name; where two have the same, by their path below the folder that holds them all."""
    files = list(dict.fromkeys(files))
    real = [os.path.abspath(f) for f in files]
    base = Counter(os.path.basename(r) for r in real)
    common = os.path.commonpath([os.path.dirname(r) for r in real]) if real else ""
    return {
        given: _clean(os.path.basename(r) if base[os.path.basename(r)] == 1 else os.path.relpath(r, common).replace(os.sep, "/"))
        for given, r in zip(files, real, strict=True)
    }


def _listed_name(path: str) -> str:
    """The path as the list writes it, without what leads out of a folder or to the top of a machine."""
    parts = [p for p in PurePosixPath(os.path.normpath(path).replace(os.sep, "/")).parts if p not in ("/", "..", ".")]
    return _clean("/".join(parts)) or "."


def _clean(name: str) -> str:
    """A name that can be stored: bytes that are no UTF-8 (an old GBK disk) are read as GB18030, else shown as escapes."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
