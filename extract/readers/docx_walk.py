"""The walk over a part of a Word document (正文遍历): paragraphs, runs, tables, fields and boxes in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from .docx_objects import drawn, equation, ruby
from .docx_package import MC, W14, M, W
from .docx_styles import Look, Styles, apply, merged, on
from .formula import linear
from .numbering import Numbering
from .page import Page, placeholder
from .runs import PLAIN
from .symbols import LONGEST_SIGN, PRIVATE, symbol, typed


class Walk:
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
        self._boxes: list[etree._Element] = []  # text boxes that hang on the open paragraph
        self._joined = False  # the paragraph's mark is deleted: the next one goes on in its line

    def walk(self, root: etree._Element) -> None:
        """Read a part; boxes that hang on a paragraph follow it."""
        todo = [self._events(root)]
        while todo:
            events = todo[-1]
            for event, element in events:
                tag = element.tag
                if event == "start":
                    begin = _BEGIN.get(tag)
                    if begin is not None and not begin(self, element):
                        events.skip_subtree()
                else:
                    end = _END.get(tag)
                    if end is not None:
                        end(self)
                        if self._boxes and tag == _P:
                            todo += [self._events(box) for box in reversed(self._boxes)]
                            self._boxes.clear()
                            break
            else:
                todo.pop()

    @staticmethod
    def _events(root: etree._Element) -> etree.iterwalk:
        return etree.iterwalk(root, events=("start", "end"))

    # What begins: False where nothing more of it is to be read.

    def _left_out(self, element: etree._Element) -> bool:
        return False

    def _begin_text(self, element: etree._Element) -> bool:
        text = element.text
        if not self._run[1] and text:
            if len(text) <= LONGEST_SIGN or PRIVATE.search(text):
                fonts = element.getparent().find(f"{_RPR}/{W}rFonts")
                text = text if fonts is None else typed(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "", text)
            self._text(text)
        return False

    def _begin_run(self, run: etree._Element) -> bool:
        properties = run.find(_RPR)
        self._run = self._paragraph if properties is None else self._look(properties)
        return True

    def _begin_table(self, table: etree._Element) -> bool:
        self.page.open_table()
        self._marks.append((self.page.length, "table", ""))
        return True

    def _begin_row(self, row: etree._Element) -> bool:
        if row.find(f"{W}trPr/{W}del") is not None:
            self._marks.append((-1, "", ""))
            return False
        self.page.block()
        self._marks.append((self.page.length, "row", ""))
        return True

    def _begin_cell(self, cell: etree._Element) -> bool:
        self._marks.append((self.page.open_cell(), "cell", ""))
        return True

    def _begin_instruction(self, element: etree._Element) -> bool:
        if self._fields and self._fields[-1] is not None:
            self._fields[-1].append(element.text or "")
        return False

    # What ends.

    def _end_paragraph(self) -> None:
        if self._fields and self._fields[-1] is not None:
            self._instruct()  # an instruction ends with its paragraph; a field that is never closed swallows no more
        start, kind, value = self._marks.pop()
        if kind:
            self.page.span(start, kind, value)
        if not self._joined:
            self.page.block()

    def _end_run(self) -> None:
        self._run = self._paragraph

    def _end_cell(self) -> None:
        self.page.span(self._marks.pop()[0], "cell")
        self.page.close_cell()

    def _end_row(self) -> None:
        start = self._marks.pop()[0]
        if start >= 0:
            self.page.span(start, "row")
            self.page.close_row()

    def _end_table(self) -> None:
        self.page.close_table(self._marks.pop()[0])

    def _begin_paragraph(self, paragraph: etree._Element) -> bool:
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
        return True

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
            base = merged(base, self._styles.look(named.get(f"{W}val", "")))
        return apply(properties, base)

    def _text(self, text: str) -> None:
        """Text of a run; a line end inside w:t is mere space."""
        if "\n" in text or "\r" in text:
            text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
        if self._fields and self._fields[-1] is not None:
            return
        self.page.write(text, self._run[0])

    def _sign(self, element: etree._Element) -> bool:
        if self._run[1]:
            return False
        name = element.tag[len(W):]
        if name in ("br", "cr"):
            self.page.newline()
        elif name == "sym":
            self._text(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))
        else:
            self._text("-" if name == "noBreakHyphen" else "\t")
        return False

    def _field(self, element: etree._Element) -> bool:
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                states = [box.find(f"{W}{name}") for name in ("checked", "default")]
                self._text("☑" if next((on(state) for state in states if state is not None), False) else "☐")
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._instruct()
        elif kind == "end" and self._fields:
            self._instruct()
            self._fields.pop()
        return False

    def _instruct(self) -> None:
        """An EQ field has no result but draws a formula: circled numbers are its commonest use."""
        parts = self._fields[-1]
        if parts is None:
            return
        self._fields[-1] = None
        self.page.write(equation("".join(parts).strip()), self._run[0])

    def _content(self, control: etree._Element) -> bool:
        """A control that is a box to tick, or ticked, in the course of a paragraph; whatever else it holds is text."""
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if box is None or control.find(f"{W}sdtContent/{W}r") is None:
            return True
        ticked = box.find(f"{W14}checked")
        if not self._run[1]:
            self._text("☑" if ticked is not None and ticked.get(f"{W14}val", "1") in ("1", "true", "on") else "☐")
        return False

    def _formula(self, element: etree._Element) -> bool:
        text = linear(element)
        if text:
            self.page.write(placeholder("公式", text), self._run[0])
        return False

    def _ruby(self, element: etree._Element) -> bool:
        if not self._run[1]:
            self._text(ruby(element))
        return False

    def _alternate(self, element: etree._Element) -> bool:
        """The first form that is offered; the others say the same for older programs."""
        chosen = element.find(f"{MC}Choice")
        if chosen is None:
            chosen = element.find(f"{MC}Fallback")
        if chosen is not None and not self._run[1]:
            if chosen.find(f".//{W}drawing") is not None or chosen.find(f".//{W}pict") is not None:
                self._drawing(chosen)
            else:
                self._text("".join(t.text or "" for t in chosen.iter(f"{W}t")))
        return False

    def _drawing(self, element: etree._Element) -> bool:
        """A picture or a formula object leaves a place holder; a text box is read after the paragraph."""
        if not self._run[1]:
            signs, boxes = drawn(element, self._targets)
            self.page.write("".join(signs))
            self._boxes += boxes
        return False


def _small(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,2}", text) else 0


_P = f"{W}p"
_RPR = f"{W}rPr"
_BEGIN: dict[str, Callable[[Walk, etree._Element], bool]] = {
    **dict.fromkeys((W + name for name in (
        "del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "delText", "commentReference",
        "footnoteReference", "endnoteReference", "fldData", "rubyPr")), Walk._left_out),
    **dict.fromkeys((W + name for name in ("br", "cr", "tab", "ptab", "sym", "noBreakHyphen")), Walk._sign),
    **dict.fromkeys((W + name for name in ("drawing", "pict", "object")), Walk._drawing),
    _P: Walk._begin_paragraph, f"{W}r": Walk._begin_run, f"{W}t": Walk._begin_text, f"{W}tbl": Walk._begin_table,
    f"{W}tr": Walk._begin_row, f"{W}tc": Walk._begin_cell, f"{W}fldChar": Walk._field, f"{W}instrText": Walk._begin_instruction,
    f"{W}sdt": Walk._content, f"{W}ruby": Walk._ruby,
    f"{M}oMath": Walk._formula, f"{M}oMathPara": Walk._formula, f"{MC}AlternateContent": Walk._alternate,
}
_END: dict[str, Callable[[Walk], None]] = {
    _P: Walk._end_paragraph, f"{W}r": Walk._end_run, f"{W}tbl": Walk._end_table, f"{W}tr": Walk._end_row, f"{W}tc": Walk._end_cell,
}
