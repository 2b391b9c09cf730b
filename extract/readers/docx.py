"""Word .docx -> Reading: the paragraphs with their automatic numbers, tables, text boxes, and the looks of the runs.

The parts are read with lxml straight from the zip: python-docx does not number lists, nor does it see text boxes, tracked changes
or formulas, so it would save little; see ``docs/readers.md``.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO

from lxml import etree

from ..model import Reading, Source, UnreadableError
from .docx_package import A, M, Package, R, W
from .docx_styles import Look, Styles, apply, on
from .formula import linear
from .numbering import Numbering
from .page import PLAIN, Page, placeholder
from .symbols import symbol

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(W + name for name in (
    "del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "delText", "commentReference",
    "footnoteReference", "endnoteReference", "fldData", "rubyPr"))
_CIRCLED = re.compile(r"eq\s*\\o(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,，;；]\s*(\d{1,2})\s*\)", re.I)
_CHARTS = ("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart", "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")


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
            walker = _Walk(styles, numbering, package.targets(document))
            walker.walk(root)
            text, marks = walker.page.finish()
            return Reading(source, text, marks, package.titles())
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, etree.XMLSyntaxError) as problem:
        raise UnreadableError(
            f"{source.name}: the Word document is damaged or locked by a password ({problem}); open it in Word and save it again"
        ) from problem


class _Walk:
    """One walk over a part, without recursion: text boxes are read after the paragraph that they hang on."""

    def __init__(self, styles: Styles, numbering: Numbering, targets: dict[str, str]) -> None:
        self.page = Page()
        self._styles = styles
        self._numbering = numbering
        self._targets = targets
        self._paragraph: Look = (PLAIN, False)
        self._run: Look = (PLAIN, False)
        self._marks: list[tuple[int, str, str]] = []
        self._fields: list[list[str] | None] = []  # the instruction of each open field; None once its result has begun
        self._joined = False  # the paragraph's mark is deleted: the next one goes on in its line

    def walk(self, root: etree._Element) -> None:
        """Read a part; boxes that hang on a paragraph follow it."""
        todo: list[tuple[etree.iterwalk, list[etree._Element]]] = [(self._events(root), [])]
        while todo:
            events, boxes = todo[-1]
            for event, element in events:
                if event == "start":
                    if not self._start(element, boxes):
                        events.skip_subtree()
                    continue
                self._end(element)
                if element.tag == f"{W}p" and boxes:
                    waiting = [self._events(box) for box in boxes]
                    boxes.clear()
                    todo.extend((box, []) for box in reversed(waiting))
                    break
            else:
                todo.pop()

    @staticmethod
    def _events(root: etree._Element) -> etree.iterwalk:
        return etree.iterwalk(root, events=("start", "end"))

    def _start(self, element: etree._Element, boxes: list[etree._Element]) -> bool:
        tag = element.tag
        if tag in _LEFT_OUT:
            return False
        if tag == f"{W}t":
            if not self._run[1] and element.text:
                self._text(element.text)
            return False
        if tag == f"{W}r":
            properties = element.find(f"{W}rPr")
            self._run = self._paragraph if properties is None else self._look(properties)
        elif tag == f"{W}p":
            self._open_paragraph(element)
        elif tag == f"{W}tbl":
            self.page.open_table()
            self._marks.append((self.page.length, "table", ""))
        elif tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is not None:
                return False
            self.page.block()
            self._marks.append((self.page.length, "row", ""))
        elif tag == f"{W}tc":
            self._marks.append((self.page.open_cell(), "cell", ""))
        elif tag == f"{_MC}AlternateContent":
            self._alternate(element, boxes)
            return False
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            self._drawing(element, boxes)
            return False
        elif tag in (f"{M}oMath", f"{M}oMathPara"):
            self._formula(element)
            return False
        elif tag == f"{W}ruby":
            self._ruby(element)
            return False
        elif not self._run[1] and tag in _SIGNS:
            self._sign(element)
        elif tag == f"{W}fldChar":
            self._field(element.get(f"{W}fldCharType", ""))
        elif tag == f"{W}instrText" and self._fields and self._fields[-1] is not None:
            self._fields[-1].append(element.text or "")
        return True

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{W}p":
            start, kind, value = self._marks.pop()
            if kind:
                self.page.span(start, kind, value)
            if not self._joined:
                self.page.block()
        elif tag == f"{W}r":
            self._run = self._paragraph
        elif tag == f"{W}tc":
            start, kind, _ = self._marks.pop()
            self.page.span(start, kind)
            self.page.close_cell()
        elif tag == f"{W}tr" and self._marks and self._marks[-1][1] == "row":
            start, kind, _ = self._marks.pop()
            self.page.span(start, kind)
            self.page.close_row()
        elif tag == f"{W}tbl":
            self.page.close_table(self._marks.pop()[0])

    def _open_paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        style, heading, number, level = self._styles.default, "", "", None
        joined, self._joined = self._joined, False
        if properties is not None:
            for child in properties:
                if child.tag == f"{W}pStyle":
                    style = child.get(f"{W}val", style)
                elif child.tag == f"{W}outlineLvl" and child.get(f"{W}val", "9") in "012345678":
                    heading = str(int(child.get(f"{W}val", "0")) + 1)
                elif child.tag == f"{W}numPr":
                    ident, at = child.find(f"{W}numId"), child.find(f"{W}ilvl")
                    number = ident.get(f"{W}val", "") if ident is not None else ""
                    level = _small(at.get(f"{W}val", "0")) if at is not None else None
                elif child.tag == f"{W}rPr":
                    self._joined = child.find(f"{W}del") is not None or child.find(f"{W}moveFrom") is not None
        if not joined:
            self.page.block()
        self._paragraph = self._run = self._styles.look(style)
        heading = heading or self._styles.heading(style)
        self._marks.append((self.page.length, "heading" if heading else "", heading))
        if not number:
            number, styled = self._styles.list_of(style)
            if level is None:
                level = styled if styled is not None else self._numbering.level_of_style(number, style) if number else 0
        if number and number != "0" and not joined and not self._vanished(properties, paragraph):
            label, suffix = self._numbering.next(number, level or 0)
            if label:
                start = self.page.length
                self.page.write(label)
                self.page.span(start, "list", str(level or 0))
                if suffix != "nothing":
                    self.page.write(" ")

    @staticmethod
    def _vanished(properties: etree._Element | None, paragraph: etree._Element) -> bool:
        """A paragraph whose mark and text are hidden or deleted is not counted."""
        mark = properties.find(f"{W}rPr") if properties is not None else None
        gone = mark is not None and (mark.find(f"{W}del") is not None or ((v := mark.find(f"{W}vanish")) is not None and on(v)))
        return gone and not any(True for _ in paragraph.iterchildren(f"{W}r", f"{W}ins", f"{W}hyperlink"))

    def _look(self, properties: etree._Element) -> Look:
        base = self._paragraph
        named = properties.find(f"{W}rStyle")
        if named is not None:
            base = _merged(base, self._styles.look(named.get(f"{W}val", "")))
        return apply(properties, base)

    def _text(self, text: str) -> None:
        """Text of a run; a line end inside w:t is mere space."""
        if "\n" in text or "\r" in text:
            text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
        if self._fields and self._fields[-1] is not None:
            return
        self.page.write(text, self._run[0])

    def _sign(self, element: etree._Element) -> None:
        name = element.tag[len(W):]
        if name in ("br", "cr"):
            self.page.newline()
        elif name == "sym":
            self._text(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))
        else:
            self._text({"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}[name])

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._instruct()
            self._fields[-1] = None
        elif kind == "end" and self._fields:
            self._instruct()
            self._fields.pop()

    def _instruct(self) -> None:
        """An EQ field has no result but draws a formula: circled numbers are its commonest use."""
        parts = self._fields[-1]
        if parts is None:
            return
        self._fields[-1] = None
        instruction = "".join(parts).strip()
        if instruction[:3].lower() in ("eq ", "eq\\"):
            circled = _CIRCLED.fullmatch(instruction)
            from_one = int(circled[1]) if circled else 0
            formula = chr(0x2460 + from_one - 1) if 0 < from_one <= 20 else placeholder("公式", instruction[2:].strip())
            self.page.write(formula, self._run[0])

    def _formula(self, element: etree._Element) -> None:
        text = linear(element)
        if text:
            self.page.write(placeholder("公式", text), self._run[0])

    def _ruby(self, element: etree._Element) -> None:
        base = "".join(t.text or "" for t in element.iterfind(f"{W}rubyBase//{W}t"))
        above = "".join(t.text or "" for t in element.iterfind(f"{W}rt//{W}t"))
        self._text(f"{base}({above})" if above else base)

    def _alternate(self, element: etree._Element, boxes: list[etree._Element]) -> None:
        """The first form that is offered; the others say the same for older programs."""
        chosen = element.find(f"{_MC}Choice")
        if chosen is None:
            chosen = element.find(f"{_MC}Fallback")
        if chosen is None:
            return
        if chosen.find(f".//{W}drawing") is not None or chosen.find(f".//{W}pict") is not None:
            self._drawing(chosen, boxes)
        else:
            self._text("".join(t.text or "" for t in chosen.iter(f"{W}t")) if not self._run[1] else "")

    def _drawing(self, element: etree._Element, boxes: list[etree._Element]) -> None:
        """A picture or a formula object leaves a place holder; a text box is read after the paragraph."""
        if self._run[1]:
            return
        program = ""
        events = etree.iterwalk(element, events=("start",))
        for _, child in events:
            tag = child.tag
            if tag == f"{_MC}Fallback" and child is not element:
                events.skip_subtree()
            elif tag == f"{W}txbxContent":
                boxes.append(child)
                events.skip_subtree()
            elif tag == f"{A}blip":
                self._picture(child.get(f"{R}embed") or child.get(f"{R}link") or "", "图")
            elif tag == f"{_V}imagedata":
                if element.tag == f"{W}object" and not program:
                    ole = element.find(f"{_O}OLEObject")
                    program = ole.get("ProgID", "?") if ole is not None else "?"
                self._picture(child.get(f"{R}id") or child.get(f"{R}pict") or "", "公式" if program.startswith("Equation") else "图")
            elif tag in _CHARTS:
                self._picture(child.get(f"{R}id") or child.get(f"{R}dm") or "", "图")

    def _picture(self, relation: str, what: str) -> None:
        if relation:
            self.page.write(placeholder(what, self._targets.get(relation, relation)))


_SIGNS = frozenset(W + name for name in ("br", "cr", "tab", "ptab", "sym", "noBreakHyphen"))


def _merged(base: Look, other: Look) -> Look:
    """A character style over a paragraph style: what it switches on, on."""
    style, over = base[0], other[0]
    return replace(
        style, bold=style.bold or over.bold, color=over.color or style.color, underline=style.underline or over.underline,
        strike=style.strike or over.strike, highlight=over.highlight or style.highlight, emphasis=style.emphasis or over.emphasis,
    ), base[1] or other[1]


def _small(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,2}", text) else 0

