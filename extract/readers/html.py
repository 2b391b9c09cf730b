"""HTML -> Reading (网页): the visible text in reading order, as a browser lays it out, with what its layout says as marks.

One walk over the tree of lxml's parser, without recursion and without asking an element twice; see ``docs/readers.md`` for why
lxml itself is driven and not a wrapper, and what is kept and left.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from lxml import etree

from ..decode import decode
from ..model import Mark, Reading, Source
from . import css
from .formula import linear
from .listing import HTML_LISTS, numeral
from .page import PLAIN, Page, Style, color_code, placeholder
from .tags import BLOCKS, DROPPED, rescue

_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]+)", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6“”‘’…—"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_PRINTED = re.compile(
    r"\s*(?:[（(【\[]?\s*(?:\d{1,4}|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[①-⑳㉑-㉟])\s*[.．、:：)）】\]，,]|[①-⑳]|第\s*\S{1,4}\s*[题章节部])")
_PERHAPS_PRINTED = re.compile(r"\s*[（(【\[]?\s*(?:\d{1,4}|[A-Za-z]|[一二三四五六七八九十百]{1,4})\s*$")
_UNSEEN = re.compile(  # conventions for text that is meant for screen readers only
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-only|-text)?|element-invisible\S*|mjx-assistive-mml|MJX_Assistive_MathML)(?:\s|$)",
    re.I)
_FORMULA_IMAGE = re.compile(r"formula|latex|equation|mathjax|math|codecogs|(?:^|[^a-z])tex(?:[^a-z]|$)", re.I)
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icons?|logo|spacer|blank|pixel|loading|avatar|btn|button|arrow|qrcode|ewm|banner|bg|grey|transparent|clear|dot|"
    r"emoji|share|weixin|wechat|tongji|stat)(?:[\d/_.?-]|$)", re.I)
_SEARCH_BOX = re.compile(r"search|keyword|query|^(?:q|wd|kw|user\w*|pass\w*|captcha|email|phone|tel)$", re.I)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)")
_STYLE_TAGS: dict[str, tuple[str, bool | str]] = {
    "b": ("bold", True), "strong": ("bold", True), "th": ("bold", True), "u": ("underline", True), "ins": ("underline", True),
    "s": ("strike", True), "strike": ("strike", True), "del": ("strike", True), "mark": ("highlight", "FFFF00"), "code": ("code", True),
    "kbd": ("code", True), "samp": ("code", True), "tt": ("code", True), "pre": ("code", True), "xmp": ("code", True),
    "listing": ("code", True),
}
_VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_PROPERTIES = ("og:title", "twitter:title")
_ALWAYS_BLOCKS = frozenset({"li", "td", "th", "tr", "table"})


def read_html(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a page's bytes. The declared meta charset is a hint only, for it is often wrong."""
    said = _META.search(data[:4096])
    hint = (said[1] or said[2]).decode("ascii") if said else None
    text, name = decode(data, encoding, hint=hint)
    body, marks, titles = read_markup(text)
    return Reading(replace(source, encoding=name), body, marks, titles)


def read_markup(markup: str) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """Text, marks and titles of decoded HTML."""
    # The parser is handed UTF-8 and told so: given bytes and a meta element it gives up on pages that Word has saved.
    prepared = rescue(markup).replace("\x00", "\ufffd").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(prepared, parser) if prepared.strip() else None
    except etree.XMLSyntaxError:  # a page without a single element or character
        root = None
    if root is None:
        return "", (), ()
    walker = _Walk(css.Sheet(e.text or "" for e in root.iter("style")))
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start":
            if walker.start(element):
                if element.text:
                    walker.text(element.text)
            else:
                walk.skip_subtree()
            continue
        if event == "end":
            walker.end(element.tag)
        if element.tail:
            walker.text(element.tail)
    body, marks = walker.page.finish()
    return body, marks, _titles(root)


def _titles(root: etree._Element) -> tuple[str, ...]:
    """What the head calls the page: og:title first, for it seldom holds the name of the site."""
    found = [e.get("content", "") for e in root.iter("meta") if (e.get("property") or e.get("name") or "").lower() in _TITLE_PROPERTIES]
    found += ["".join(e.itertext()) for e in root.iter("title")]
    clean = [" ".join(t.split()) for t in found]
    return tuple(dict.fromkeys(t for t in clean if t))


class _Walk:
    """What has to be remembered between the start of an element and its end."""

    def __init__(self, sheet: css.Sheet) -> None:
        self.page = Page()
        self._sheet = sheet
        self._looks: dict[tuple[str, str, str, str], css.Declared] = {}
        self._style = PLAIN
        self._open: list[tuple[Style, bool, bool, int, str]] = []  # style before, verbatim before, is a block, where it began, kind of mark
        self._verbatim = False
        self._space = ""  # white space seen and not yet written: "", " " or "\n"
        self._lists: list[_List] = []
        self._label: str | None = None  # the number of a list item that has no text yet
        self._held = ""  # the item's first characters, as long as they may be a printed number

    def start(self, element: etree._Element) -> bool:
        """Enter an element; False where nothing in it is seen (it is then not entered)."""
        tag: str = element.tag
        if tag in DROPPED:
            self._special(tag, element)
            self._open.append((self._style, self._verbatim, False, -1, ""))
            return False
        get = element.get
        classes, inline = get("class") or "", get("style") or ""
        look = self._look(tag, classes, get("id") or "", inline)
        if css.is_hidden(look) or get("hidden") is not None or get("aria-hidden") == "true" or (classes and _UNSEEN.search(classes)):
            self._open.append((self._style, self._verbatim, False, -1, ""))
            return False
        display = look.get("display", "")
        in_line = display in ("inline", "inline-block") and tag not in _ALWAYS_BLOCKS
        block = display in ("block", "table-row") or (tag in BLOCKS and not in_line)
        before, kind, style = self._style, "", self._dress(tag, look, element)
        if block:
            self._settle_item()
            self._space = ""
            if tag not in ("td", "th"):
                self.page.block()
        if tag in _HEADINGS:
            kind = "heading"
        elif tag == "table":
            kind = "table"
        elif tag == "tr":
            kind = "row"
        elif tag in ("td", "th"):
            kind = "cell"
            self.page.open_cell()
        elif tag == "li":
            kind = "list"
            self._item(element, look)
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(_List(element, look))
        elif tag == "rt":
            self._write("(")
        elif tag == "q":
            self._write("“")
        self._open.append((before, self._verbatim, block, self.page.length, kind))
        self._style = style
        white = look.get("white-space", "")
        if tag in _VERBATIM or white.startswith(("pre", "break-spaces")):
            self._verbatim = True
        elif white in ("normal", "nowrap"):
            self._verbatim = False
        return True

    def end(self, tag: str) -> None:
        """Leave the element entered last."""
        before, verbatim, block, start, kind = self._open.pop()
        if start < 0:
            return
        if tag == "rt":
            self._write(")")
        elif tag == "q":
            self._write("”")
        if block:
            self._settle_item()
        if kind == "cell":
            self._space = ""
            self.page.span(start, kind)
            self.page.close_cell()
        elif kind == "row":
            self.page.span(start, kind)
            self.page.close_row()
        elif kind:
            depth = str(len(self._lists)) if kind == "list" else tag[1:] if kind == "heading" else ""
            self.page.span(start, kind, depth)
        if tag == "li":
            self._label, self._held = None, ""
        elif tag in ("ol", "ul", "menu", "dir") and self._lists:
            self._lists.pop()
        self._style, self._verbatim = before, verbatim
        if block and kind != "cell":
            self._space = ""
            self.page.block()

    def text(self, text: str) -> None:
        """Characters of the page."""
        if self._verbatim:
            lines = text.replace("\r", "").split("\n")
            for k, line in enumerate(lines):
                if k:
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
        if self._label is not None:
            head = self._held + body
            if _PERHAPS_PRINTED.match(head):
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
        if label and not _PRINTED.match(head):
            self.page.write(label, PLAIN)

    def _settle_item(self) -> None:
        """The item's first line is at an end: what was held as a possible number was its text."""
        held = self._held
        if held:
            self._settle_label(held)
            self.page.write(held, self._style)

    def _look(self, tag: str, classes: str, ident: str, inline: str) -> css.Declared:
        key = (tag, classes, ident if f"#{ident}" in self._sheet.rules else "", inline)
        look = self._looks.get(key)
        if look is None:
            look = {**self._sheet.of(tag, classes.split(), ident), **css.declarations(inline)}
            self._looks[key] = look
        return look

    def _dress(self, tag: str, look: css.Declared, element: etree._Element) -> Style:
        """The style inside the element; the very same value where nothing changes, so that runs are not broken."""
        own = _STYLE_TAGS.get(tag)
        if not look and own is None and tag != "font":
            return self._style
        style = self._style
        changes: dict[str, bool | str] = {own[0]: own[1]} if own else {}
        if tag == "font" and element.get("color"):
            changes["color"] = color_code(element.get("color") or "") or style.color
        if look:
            if "color" in look:
                changes["color"] = color_code(look["color"]) or style.color
            if "font-weight" in look:
                changes["bold"] = css.is_bold(look, style.bold)
            line = look.get("text-decoration", "") + look.get("text-decoration-line", "")
            if "underline" in line:
                changes["underline"] = True
            if "line-through" in line:
                changes["strike"] = True
            if "background" in look or "background-color" in look:
                changes["highlight"] = css.background(look) if tag in ("span", "font", "b", "strong", "mark", "em", "i", "u", "a") else ""
            if tag in ("span", "u", "em", "i") and "border-bottom" in look and "none" not in look["border-bottom"]:
                changes["underline"] = True
        changes = {name: value for name, value in changes.items() if getattr(style, name) != value}
        return replace(style, **changes) if changes else style  # type: ignore[arg-type]

    def _item(self, element: etree._Element, look: css.Declared) -> None:
        self._label, self._held = None, ""
        if self._lists:
            self._label = self._lists[-1].next(element, look)

    def _special(self, tag: str, element: etree._Element) -> None:
        """Elements that stand for something which is not their text."""
        if tag == "br":
            self._settle_item()
            self._space = ""
            self.page.newline()
        elif tag == "hr":
            self._space = ""
            self.page.block()
        elif tag == "img":
            self._write(_picture(element))
        elif tag == "math":
            formula = linear(element)
            self._write(placeholder("公式", formula) if formula else "")
        elif tag == "input":
            kind = (element.get("type") or "text").lower()
            if kind in ("checkbox", "radio"):
                if element.get("checked") is not None:
                    self.page.check()
            elif kind in ("text", "number"):
                self._blank(element)
        elif tag in ("textarea", "select"):
            self._blank(element)

    def _blank(self, element: etree._Element) -> None:
        """A field to type in is a blank where it stands in a sentence; a search box or an answer field on its own is not."""
        look = self._look(element.tag, element.get("class") or "", element.get("id") or "", element.get("style") or "")
        named = f"{element.get('name') or ''} {element.get('id') or ''} {element.get('type') or ''}".split()
        if not css.is_hidden(look) and not any(_SEARCH_BOX.search(n) for n in named):
            after = (element.tail or "").strip()
            if not self.page.at_line_start() or after:
                self._write("____")


class _List:
    """An open list: how its items are numbered, as a browser prints them."""

    def __init__(self, element: etree._Element, look: css.Declared) -> None:
        self.ordered = element.tag == "ol"
        self.form = HTML_LISTS.get(element.get("type") or "", "decimal")
        kind = look.get("list-style-type") or look.get("list-style") or ""
        self.form = next((HTML_LISTS[k] for k in kind.split() if k in HTML_LISTS), self.form)
        if "none" in kind:
            self.ordered = False
        self.step = -1 if element.get("reversed") is not None else 1
        begin = _whole(element.get("start"))
        if begin is None:
            begin = sum(1 for _ in element.iterchildren("li")) if self.step < 0 else 1
        self.at = begin - self.step

    def next(self, item: etree._Element, look: css.Declared) -> str | None:
        value = _whole(item.get("value"))
        self.at = value if value is not None else self.at + self.step
        if not self.ordered or "none" in look.get("list-style-type", look.get("list-style", "")):
            return None
        return f"{numeral(self.at, self.form)}. "


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,6}", text.strip()) else None


def _picture(element: etree._Element) -> str:
    """The place holder of a picture that could be content: a formula by its words, an icon or a dot by nothing."""
    get = element.get
    address = get("data-original") or get("data-src") or get("data-lazy-src") or get("src") or ""
    words = " ".join((get("data-latex") or get("data-tex") or get("alt") or "").split())
    hints = f"{get('class') or ''} {get('id') or ''}"
    if words and (get("data-latex") or _FORMULA_IMAGE.search(hints) or _FORMULA_IMAGE.search(address[:300])):
        return placeholder("公式", words)
    for side in ("width", "height"):
        size = _NUMBER.match(get(side) or "") or re.search(rf"(?:^|[;\s]){side}\s*:\s*(\d+(?:\.\d+)?)\s*p[xt]", get("style") or "")
        if size and float(size[1]) <= 8:
            return ""
    if not address or (address.startswith("data:") and len(address) < 400):
        return ""
    if address.startswith("data:"):
        return placeholder("图", words)
    name = unquote(urlsplit(address).path.rpartition("/")[2]) if "://" in address or "/" in address else unquote(address)
    if _ICON.search(address.partition("?")[0].rpartition("/")[2] or address) or _ICON.search(hints.replace(" ", "/")):
        return ""
    return placeholder("图", name or words)
