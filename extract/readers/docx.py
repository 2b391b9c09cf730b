"""Word .docx -> Reading: the paragraphs with their automatic numbers, tables, text boxes, and the looks of the runs.

The parts are read with lxml straight from the zip: python-docx does not number lists, nor does it see text boxes, tracked changes
or formulas, so it would save little; see ``docs/readers.md``.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from ..model import Reading, Source, UnreadableError
from .docx_package import Package
from .docx_styles import Styles
from .docx_walk import Walk
from .numbering import Numbering


def read_docx(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a Word document. UnreadableError where the file is damaged or locked by a password."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            package = Package(archive)
            document = package.main
            root = package.part(document)
            if root is None:
                raise UnreadableError(f"{source.name}: the Word document holds no text part; open it in Word and save it again")
            styles = Styles(package.related(document, "styles"))
            numbering = Numbering(package.related(document, "numbering"), styles.style_lists)
            walker = Walk(styles, numbering, package.targets(document))
            walker.walk(root)
            text, marks = walker.page.finish()
            return Reading(source, text, marks, package.titles())
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, etree.XMLSyntaxError) as problem:
        raise UnreadableError(
            f"{source.name}: the Word document is damaged or locked by a password ({problem}); open it in Word and save it again"
        ) from problem
