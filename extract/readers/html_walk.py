"""The walk over a page (网页遍历): what has to be remembered between the start of an element and its end.

Nothing here knows the parser: an element is a tag and a way to ask for its attributes. One call a start, an end and a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from .html_looks import Look, Looks
from .html_parts import PERHAPS_PRINTED, PRINTED, List, picture
from .page import PLAIN, Page, Style, placeholder
from .tags import DROPPED

Get = Callable[[str], str | None]
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6“”‘’…—"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_SEARCH_BOX = re.compile(r"search|keyword|query|^(?:q|wd|kw|user\w*|pass\w*|captcha|email|phone|tel)$", re.I)
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_KINDS = {"table": "table", "tr": "row", "td": "cell", "th": "cell", **{f"h{k}": "heading" for k in range(1, 7)}}
_QUOTES = {"rt": ("(", ")"), "q": ("“", "”")}  # a reading above a character stands in brackets after it


class Walk:
    """What has to be remembered between the start of an element and its end."""

    def __init__(self) -> None:
        self.page = Page()
        self._looks = Looks()
        self._styles = {PLAIN: PLAIN}
        self._dressed: dict[tuple[int, int], Style] = {}
        self._style = PLAIN
        self._open: list[tuple[Style, bool, bool, int, str]] = []  # style before, verbatim before, is a block, where it began, kind of mark
        self._verbatim = False
        self._space = ""  # white space seen and not yet written: "", " " or "\n"
        self._lists: list[List] = []
        self._label: str | None = None  # the number of a list item that has no text yet
        self._field_due = False  # a field to type in stands at the head of the line
        self._held = ""  # the item's first characters, as long as they may be a printed number

    def add_style(self, source: str) -> None:
        """A style sheet: it counts for what follows it, as pages place their sheets before what they dress."""
        self._looks.learn(source)
        self._dressed.clear()

    def start(self, tag: str, get: Get) -> bool:
        """Enter an element; False where nothing in it is seen: nothing of it is then told until its end."""
        if tag in DROPPED:
            self._special(tag, get)
            self._open.append((self._style, self._verbatim, False, -1, ""))
            return False
        look = self._look(tag, get)
        if look.hidden or get("hidden") is not None or get("aria-hidden") == "true":
            self._open.append((self._style, self._verbatim, False, -1, ""))
            return False
        kind, block = _KINDS.get(tag, ""), look.block
        if block:
            self._end_line()
            if tag not in ("td", "th"):
                self.page.block()
        if kind == "cell":
            self.page.open_cell()
        elif kind == "table":
            self.page.open_table()
        elif tag == "li":
            self._label, self._held = self._lists[-1].next(get("value"), look.declared) if self._lists else None, ""
        elif tag in _LISTS:
            self._lists.append(List(tag, get, look.declared))
        elif tag in _QUOTES:
            self._write(_QUOTES[tag][0])
        elif tag == "button":
            self._field_due = False
        self._open.append((self._style, self._verbatim, block, self.page.length, kind))
        self._style = self._dress(look)
        if look.verbatim is not None:
            self._verbatim = look.verbatim
        return True

    def end(self, tag: str) -> None:
        """Leave the element entered last."""
        before, verbatim, block, start, kind = self._open.pop()
        if start < 0:
            return
        if tag in _QUOTES:
            self._write(_QUOTES[tag][1])
        if block:
            self._end_line()
        if kind == "cell":
            self.page.span(start, kind)
            self.page.close_cell()
        elif kind == "row":
            self.page.span(start, kind)
            self.page.close_row()
        elif kind == "table":
            self.page.close_table(start)
        elif kind:
            self.page.span(start, kind, tag[1:])
        if tag == "li":
            self._label, self._held = None, ""
        elif tag in _LISTS:
            self._lists.pop()
        self._style, self._verbatim = before, verbatim
        if block and kind != "cell":
            self.page.block()

    def text(self, text: str) -> None:
        """Characters of the page."""
        if self._verbatim:
            lines = text.replace("\r", "").split("\n")
            for k, line in enumerate(lines):
                if k:
                    self._settle_item()
                    self.page.newline()
                self._write(line)
            return
        if self._style.underline and len(text) > 1 and not text.strip(" \xa0\u3000") and "\n" not in text:
            self.page.write(text, self._style)
            return
        if "\n" in text:
            text = _WIDE_BREAK.sub("", text)
        body = _SPACE.sub(" ", text)
        if body == " ":
            self._space = "\n" if "\n" in text and self._space != " " else self._space or " "
            return
        if body[:1] == " ":
            lead = text[: len(text) - len(text.lstrip(" \t\r\n\f"))]
            self._space = self._space or ("\n" if "\n" in lead else " ")
            body = body[1:]
        tail = ""
        if body[-1:] == " ":
            tail = "\n" if "\n" in text[len(text.rstrip(" \t\r\n\f")):] else " "
            body = body[:-1]
        if body:
            self._write(body)
            self._space = tail

    def _write(self, body: str) -> None:
        if not body:
            return
        if self._field_due:
            self._field_due = False
            self.page.write("____")
        if self._label is not None:
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
                self.page.write(" ", replace(self._style, underline=False) if self._style.underline else self._style)
        self.page.write(body, self._style)

    def _settle_label(self, head: str) -> None:
        """Print the number of the list item that begins with ``head``, unless the page has printed one."""
        label, self._label, self._held = self._label, None, ""
        if label and not PRINTED.match(head):
            start = self.page.length
            self.page.write(label, PLAIN)
            self.page.span(start, "list", str(len(self._lists) - 1))

    def _settle_item(self) -> None:
        """The item's first line is at an end: what was held as a possible number was its text."""
        held = self._held
        if held:
            self._settle_label(held)
            self.page.write(held, self._style)

    def _look(self, tag: str, get: Get) -> Look:
        classes, ident, inline = get("class") or "", get("id") or "", get("style") or ""
        if tag == "font" and get("color"):
            inline = f"color:{get('color')};{inline}"
        key = (tag, classes, ident if ident in self._looks.idents else "", inline)
        return self._looks.get(key) or self._looks.add(key)

    def _dress(self, look: Look) -> Style:
        """The style inside an element; the very same value where nothing changes, so that runs are not broken."""
        if look.plain:
            return self._style
        key = (id(self._style), id(look))  # both are kept for good by the two tables
        dressed = self._dressed.get(key)
        if dressed is None:
            style = look.dress(self._style)
            dressed = self._dressed[key] = self._styles.setdefault(style, style)
        return dressed

    def formula(self, text: str) -> None:
        """A formula in the course of the text."""
        if text:
            self._write(placeholder("公式", text))

    def _special(self, tag: str, get: Get) -> None:
        """Elements that stand for something which is not their text."""
        if tag == "br":
            self._end_line()
            self.page.newline()
        elif tag == "hr":
            self._end_line()
            self.page.block()
        elif tag == "img":
            self._write(picture(get))
        elif tag == "input":
            kind = (get("type") or "text").lower()
            if kind in ("checkbox", "radio"):
                if get("checked") is not None:
                    self.page.check()
            elif kind in ("text", "number"):
                self._blank(tag, get)
        elif tag in ("textarea", "select"):
            self._blank(tag, get)

    def _blank(self, tag: str, get: Get) -> None:
        """A field to type in is a blank where it stands in a sentence; a search box or an answer field on its own is not."""
        named = f"{get('name') or ''} {get('id') or ''} {get('type') or ''}".split()
        if not self._look(tag, get).hidden and get("hidden") is None and not any(_SEARCH_BOX.search(n) for n in named):
            if self.page.at_line_start() and not self._held:
                self._field_due = True  # a sentence may begin with it; written when text follows
            else:
                self._write("____")

    def _end_line(self) -> None:
        self._settle_item()
        self._space = ""
        self._field_due = False
