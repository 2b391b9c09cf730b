"""``docx``: a paper to print for Word. The package is written from front to back, so that a paper of any length needs no memory.

The parts and elements are the smallest set that ECMA-376 (Office Open XML) asks of a text document with styles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from .archive import Archive
from .how import How
from .paper import Paragraph, paper
from .row import Lost, Row
from .text import NOT_XML, xml

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/></Types>'
)
STYLE = {
    "title": "Heading1", "key": "Heading1", "heading": "Heading2", "material": "Material", "stem": "Stem", "option": "Choice",
    "answer": "Answer", "explanation": "Answer", "source": "Origin",
}


def _style(name: str, title: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


STYLES = (
    f'{HEAD}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + "".join(
        _style(f"Heading{n}", f"heading {n}", f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{n - 1}"/>',
               f'<w:b/><w:sz w:val="{max(22, 36 - 4 * n)}"/>')
        for n in range(1, 7)
    )
    + _style("Material", "tiku material", '<w:spacing w:before="120"/><w:ind w:left="240" w:right="240"/>', "")
    + _style("Stem", "tiku stem", '<w:keepNext/><w:spacing w:before="120"/>', "")
    + _style("Choice", "tiku choice", '<w:ind w:left="420"/>', "")
    + _style("Answer", "tiku answer", '<w:ind w:left="420"/>', '<w:color w:val="1F5F3F"/>')
    + _style("Origin", "tiku origin", '<w:ind w:left="420"/>', '<w:color w:val="808080"/><w:sz w:val="16"/>')
    + "</w:styles>"
)


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """A paragraph for each of the paper's, in styles that a person can restyle in one place."""
    with Archive(out) as package:
        package.text("[Content_Types].xml", TYPES)
        package.text("_rels/.rels", _relations("officeDocument", "word/document.xml"))
        package.text("word/_rels/document.xml.rels", _relations("styles", "styles.xml"))
        package.text("word/styles.xml", STYLES)
        package.add("word/document.xml", _document(paper(rows, how, lost), lost))


def _relations(kind: str, target: str) -> str:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'


def _document(paragraphs: Iterable[Paragraph], lost: Lost) -> Iterator[bytes]:
    yield f'{HEAD}<w:document xmlns:w="{MAIN}"><w:body>'.encode()
    for p in paragraphs:
        if NOT_XML.search(p.text):
            lost["characters_removed"] += 1
        style = f"Heading{p.level}" if p.level else STYLE[p.kind]
        lead = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{xml(p.lead)} </w:t></w:r>' if p.lead else ""
        yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{lead}{_runs(p.text)}</w:p>'.encode("utf-8", "replace")
    yield (
        b'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        b'<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
        b"</w:body></w:document>"
    )


def _runs(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    breaks = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{xml(piece)}</w:t>' for piece in line.split("\t")) for line in lines
    )
    return f"<w:r>{breaks}</w:r>"
