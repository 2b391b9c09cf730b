"""Word packages made of the parts that a test is about (Word 部件): paragraphs, lists, styles."""


from __future__ import annotations

import zipfile
from io import BytesIO

import docx

from extract.model import Reading
from extract.readers import read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, *, numbering: str = "", styles: str = "", relations: str = "") -> bytes:
    """A Word file with just these parts."""
    def rels(content: str) -> str:
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'

    parts = {
        "_rels/.rels": rels(f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": rels(
            f'<Relationship Id="n" Type="{RELATIONS}/numbering" Target="numbering.xml"/>'
            f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="/word/styles.xml"/>{relations}'),
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def text_of(body: str, **parts: str) -> str:
    return read(package(body, **parts), name="paper.docx").text


def saved(document: docx.document.Document) -> Reading:
    out = BytesIO()
    document.save(out)
    return read(out.getvalue(), name="paper.docx")


def marked(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(reading.text[m.start : m.end], m.value) for m in reading.marks if m.kind == kind]


def p(text: str, number: str = "", level: int = 0, style: str = "") -> str:
    """A paragraph, in list ``number`` if given."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def abstract(ident: str, *levels: tuple[str, str], extra: str = "") -> str:
    """A list definition: (number format, text pattern) a level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>{extra}</w:lvl>'
        for k, (form, pattern) in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{ident}">{inner}</w:abstractNum>'


def num(ident: str, of: str, override: str = "") -> str:
    return f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'
