"""What container the bytes are (容器识别), by their content; the name decides only where the content leaves it open."""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO

from ..decode import decode, utf16_without_mark
from .bank import columns
from .tags import BLOCKS

_HEAD = 65_536
_LONGEST_HEADING = 1000  # bytes of the first line of a table
_FOREIGN = (  # bytes at the start, what to call it
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"BM", "a bitmap picture"),
    (b"RIFF", "a sound, film or WebP file"), (b"\x1f\x8b", "a gzip archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"),
    (b"PK", "a zip archive, spreadsheet or slide show"), (b"SQLite format 3", "an SQLite database"), (b"\x7fELF", "a program"),
    (b"MZ", "a program"), (b"ID3", "a sound file"), (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office file that is no Word document"),
    (b"PAR1", "a Parquet table"), (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"),
)
_OPENING = re.compile(rb"\s*+(?:(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+<(!doctype\s+html|[a-z][a-z0-9]*)(?=[\s>/])", re.S)
_CLOSER = re.compile(rb"</(?:p|div|td|li|span|table|ul|ol|h[1-6]|a|font|body|html|section|article|b|strong)\s*>")
_LINE_OF_TAGS = re.compile(rb"^[ \t]*<[a-z/!]", re.M)
_PAGE_TAGS = frozenset(b"html head body meta title script style link".split())
_HEADING = re.compile(rb"^#{1,6} +\S", re.M)
_MARKDOWN = ("md", "markdown", "mkd", "mdown")
_MARKED = re.compile(rb"\*\*[^*\n]+\*\*|^\|?\s*:?-{3,}:?\s*\||^```", re.M)


def is_pdf(data: bytes, name: str) -> bool:
    return b"%PDF-" in data[:1024]


def is_doc(data: bytes, name: str) -> bool:
    """An OLE file with a WordDocument stream, or Word for Windows 2."""
    ole = data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return (ole and ("WordDocument".encode("utf-16-le") in data)) or data.startswith(b"\xdb\xa5")


def is_html(data: bytes, name: str) -> bool:
    """A page, or a fragment of one: it begins with an element and closes some, or nearly every line closes one."""
    if not is_text(data, name):
        return False
    head = data[:_HEAD].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lower()
    closers = len(_CLOSER.findall(head))
    lines = head.count(b"\n") + 1
    opening = _OPENING.match(head)
    if opening:
        if opening[1].startswith(b"!doctype") or opening[1] in _PAGE_TAGS:
            return True
        if opening[1].decode() in BLOCKS or opening[1] in (b"span", b"font", b"b", b"strong", b"a", b"img", b"br"):
            return (closers * 4 >= lines and closers > 0) or (b"<br" in head and head.count(b"<br") * 4 >= lines > 2)
    if (b"<html" in head or b"<body" in head) and closers >= 20:
        return True
    if _suffix(name) in _MARKDOWN:
        return False  # <br> in the cells of a Markdown table
    breaks = head.count(b"<br")
    if breaks >= 3 and breaks >= lines:
        return True
    # A text about HTML closes elements too, but its lines do not begin with them.
    return closers >= 10 and len(_LINE_OF_TAGS.findall(head)) * 2 >= lines


def is_markdown(data: bytes, name: str) -> bool:
    """By its name; a file without one by headings and emphasis."""
    suffix = _suffix(name)
    if suffix in _MARKDOWN:
        return is_text(data, name)
    return suffix == "" and is_text(data, name) and len(_HEADING.findall(data[:_HEAD])) > 1 and len(_MARKED.findall(data[:_HEAD])) > 1


def is_table(data: bytes, name: str) -> bool:
    """By its name; any text whose first line heads a table of questions between commas."""
    if _suffix(name) in ("csv", "tsv"):
        return is_text(data, name)
    first = data[:_LONGEST_HEADING].lstrip().partition(b"\n")[0]
    if first.count(b",") < 2 or not is_text(data, name):
        return False
    return columns(next(csv.reader([decode(first.strip(), None)[0]]), [])) is not None


def is_text(data: bytes, name: str) -> bool:
    """No known picture, archive or program, and hardly a control character (the zero bytes of UTF-16 apart)."""
    if any(data.startswith(magic) for magic, _ in _FOREIGN if magic not in (b"BM", b"MZ", b"PK", b"ID3", b"RIFF")):
        return False
    head = data[:_HEAD]
    if any(head.startswith(magic) for magic in (b"PK\x03\x04", b"PK\x05\x06")):
        return False
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head[: len(head) & ~1]) is not None
    strange = sum(head.count(bytes([c])) for c in (*range(0 if not wide else 1, 9), *range(14, 27), *range(28, 32)))
    return wide or strange * 100 <= len(head)


def foreign(data: bytes, name: str) -> str:
    """What to say of a file that is none of ours, or is not whole."""
    if data.startswith(b"PK") and _suffix(name) == "docx" and not zipfile.is_zipfile(BytesIO(data)):
        return "the Word document is damaged; open it in Word and save it again"
    what = next((words for magic, words in _FOREIGN if data.startswith(magic)), "not a text, web page, Word or PDF file that we know")
    mend = "save it as .docx" if "RTF" in what else "give a text, HTML, Markdown, CSV, Word or PDF file"
    return f"the file is {what}; {mend}"


def _suffix(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return base.rpartition(".")[2].lower() if "." in base else ""

