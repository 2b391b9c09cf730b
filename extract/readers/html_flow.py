"""The text of a web page as it flows (网页文本流): white space collapsed as a browser does, numbers of list items, fields to fill in.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .html_parts import LETTERED, PERHAPS_PRINTED, PRINTED
from .page import Page, placeholder
from .runs import PLAIN

_WHITE = " \t\r\n\f"
_SPACE = re.compile(f"[{_WHITE}]+")
_LINE_SPACE = re.compile(r"[\t\r\n\f]")
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6“”‘’…—"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_IS_WIDE = re.compile(f"[{_WIDE}]")

# What pages set apart from the value behind it by a margin (<b>正确答案</b><span>水</span>), and what goes on with its word.
_CUES = frozenset(f"{of}{what}" for of in ("", "正确", "参考", "标准", "试题", "本题", "你的", "您的", "我的") for what in ("答案", "解析"))
_CUES |= {"答案解析"}
_LONGEST_CUE = 5
_GOES_ON = frozenset("：:】]）)。，,是为的与和及、")


class Flow:
    """What has to be remembered between one text and the next."""

    def __init__(self) -> None:
        self.page = Page()
        self.style = PLAIN
        self.verbatim = False
        self.label: str | None = None  # the number of a list item that has no text yet
        self.depth = 0  # of lists that are open
        self._space = ""  # white space seen and not yet written: "", " " or "\n"
        self._held = ""  # the item's first characters, as long as they may be a printed number
        self._field_due = False  # a field to type in stands at the head of the line
        self._box = ""  # the ring or box that stands before the next text
        self._boxed = False  # this line begins with one
        self._cued = False  # the last text was a cue of its own element

    def end_line(self) -> None:
        """What was open on this line is at an end."""
        if self._held:
            self._settle_item()
        self._space = ""
        self._field_due = self._boxed = self._cued = False

    def item(self, label: str | None) -> None:
        """A list item begins or ends: the number that a browser prints before its text, None for none."""
        self.label, self._held = label, ""

    def no_field(self) -> None:
        """The field that stands at the head of the line belongs to no sentence."""
        self._field_due = False

    def field(self) -> None:
        """A field to type in: a blank where it stands in a sentence."""
        if self.page.at_line_start() and not self._held:
            self._field_due = True  # a sentence may begin with it; written when text follows
        else:
            self.write("____")

    def box(self, sign: str) -> None:
        """A box to tick: its sign is printed before an option that bears no letter."""
        if self.page.at_line_start() or self._boxed:
            self._box = sign

    def formula(self, text: str) -> None:
        """A formula in the course of the text."""
        if text:
            self.write(placeholder("公式", text))

    def text(self, text: str) -> None:
        """Characters of the page."""
        if (text == "\n" or text == " ") and not self.verbatim and not self.style.underline:
            self._space = "\n" if text == "\n" and self._space != " " else self._space or " "
            return
        if self.verbatim:
            lines = text.replace("\r", "").split("\n")
            for k, line in enumerate(lines):
                if k:
                    self._settle_item()
                    self.page.newline()
                self.write(line)
            return
        if self.style.underline and len(text) > 1 and not text.strip(" \xa0\u3000") and "\n" not in text:
            self.page.write(text, self.style)
            return
        # nothing to collapse; what is printable holds no white space but spaces, and that is asked for in no time
        if (text.isprintable() or not _LINE_SPACE.search(text)) and (
            " " not in text or ("  " not in text and text[0] != " " != text[-1])
        ):
            if self.label is None and not self._space and not self._field_due and not self._box and not self._cued:
                self.page.write(text, self.style)
                self._cued = len(text) < _LONGEST_CUE and text in _CUES
            else:
                self.write(text)
                self._space = ""
            return
        body = text.lstrip(_WHITE)
        if not body:
            self._space = "\n" if "\n" in text and self._space != " " else self._space or " "
            return
        if len(body) < len(text):
            self._space = self._space or ("\n" if "\n" in text[: -len(body)] else " ")
        line = body.rstrip(_WHITE)
        tail = body[len(line) :]
        if "\n" in line:
            line = _WIDE_BREAK.sub("", line)
        self.write(line if line.isprintable() and "  " not in line else _SPACE.sub(" ", line))
        self._space = ("\n" if "\n" in tail else " ") if tail else ""

    def write(self, body: str) -> None:
        """Text of one line, white space before it settled."""
        if not body:
            return
        if self._field_due:
            self._field_due = False
            self.page.write("____")
        if self.label is not None:
            head = f"{self._held} {body}" if self._held and self._space else self._held + body
            self._space = ""
            if PERHAPS_PRINTED.match(head):
                self._held = head
                return
            self._settle_label(head)
            body = head
        if self._space:
            space, self._space = self._space, ""
            last = self.page.last()
            if last and not (space == "\n" and _IS_WIDE.match(last) and _IS_WIDE.match(body)):
                self.page.write(" ", replace(self.style, underline=False) if self.style.underline else self.style)
        elif self._cued and body[0] not in _GOES_ON:
            self.page.write(" ")
        self._cued = len(body) < _LONGEST_CUE and body in _CUES
        if self._box:
            sign, self._box = self._box, ""
            if not LETTERED.match(body):
                self.page.write(f" {sign} " if self._boxed and self.page.last() != " " else f"{sign} ")
                self._boxed = True
        self.page.write(body, self.style)

    def _settle_label(self, head: str) -> None:
        """Print the number of the list item that begins with ``head``, unless the page has printed one."""
        label, self.label, self._held = self.label, None, ""
        if label and not PRINTED.match(head):
            start = self.page.length
            self.page.write(label, PLAIN)
            self.page.span(start, "list", str(self.depth - 1))

    def _settle_item(self) -> None:
        """The item's first line is at an end: what was held as a possible number was its text."""
        held = self._held
        if held:
            self._settle_label(held)
            self.page.write(held, self.style)
