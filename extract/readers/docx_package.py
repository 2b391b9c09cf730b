"""The parts inside a .docx (文档包): a zip of XML files that refer to each other."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from posixpath import basename, dirname, join, normpath

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LARGEST = 400 * 1024 * 1024  # of one part, unpacked: no exam is near it, and a bomb is stopped
_STRICT = {  # Word's "strict" form says the same under other names
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W, b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/officeDocument/math": M, b"http://purl.oclc.org/ooxml/drawingml/main": A,
}


def is_docx(data: bytes) -> bool:
    """A zip that holds a Word document, whatever the file is called."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return b"word/document.xml" in data  # a cut-off download is still a Word document, and is refused as one
    return any(re.fullmatch(r"word/document\d*\.xml", name.lower()) for name in names)


class Package:
    """The parts of the zip and how they refer to each other."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {n.lower(): n for n in archive.namelist()}
        targets = self._relations("_rels/.rels")
        self.main = next((target for kind, target in targets.values() if kind == "officeDocument"), "word/document.xml")
        self._core = next((target for kind, target in targets.values() if kind == "core-properties"), "docProps/core.xml")

    def part(self, name: str) -> etree._Element | None:
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        if self._archive.getinfo(stored).file_size > _LARGEST:
            raise OSError(f"{name} unpacks to more than {_LARGEST >> 20} MB")
        data = self._archive.read(stored)
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual[1:-1].encode())
        return etree.fromstring(data, etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_pis=True, remove_comments=True))

    def related(self, name: str, kind: str) -> etree._Element | None:
        """The part of a kind (styles, numbering) that a part refers to."""
        return next((self.part(target) for k, target in self._of(name).values() if k == kind), None)

    def targets(self, name: str) -> dict[str, str]:
        """Relation id -> the file name it leads to."""
        return {ident: basename(target) for ident, (_, target) in self._of(name).items()}

    def titles(self) -> tuple[str, ...]:
        root = self.part(self._core)
        found = root.findtext(f"{_DC}title") if root is not None else None
        return (" ".join(found.split()),) if found and found.strip() else ()

    def _of(self, name: str) -> dict[str, tuple[str, str]]:
        return self._relations(join(dirname(name), "_rels", basename(name) + ".rels"))

    def _relations(self, name: str) -> dict[str, tuple[str, str]]:
        root = self.part(name)
        found: dict[str, tuple[str, str]] = {}
        base = dirname(dirname(name))
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = target[1:] if target.startswith("/") else normpath(join(base, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found
