"""Markdown -> Reading: the visible text with the syntax taken off, and what the syntax said as marks.

Line by line, by rules that exam text cannot trip: printed numbers stay as printed, ``____`` is a blank and no emphasis, ``2*3*4``
is a product, ``[单选题]`` is no link, an indented option is no code, ``<stdio.h>`` is no element. See ``docs/readers.md``.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from ..decode import decode
from ..model import Reading, Source
from .html_looks import Look, looks_below
from .html_parts import LETTERED
from .latex import unset
from .page import Page, placeholder
from .runs import PLAIN, Style
from .tags import without

_FENCE = re.compile(r"\s{0,8}(`{3,}|~{3,})\s*([^`]*)$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:[ \t\u3000]+|(?=[一-鿿第(（【]))(.*?)(?:[ \t]+#+)?\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|={3,})$")
_QUOTE = re.compile(r"(?:\s{0,3}>[ \t]?)++")
_BULLET = re.compile(r"(\s*)[-*+][ \t]+(?=\S)")
_TASK = re.compile(r"\s*(\[([ xX√])\][ \t]+)(?=\S)")
_HARD_BREAK = re.compile(r"(?<!\\)\\$")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL = re.compile(r"(?<!\\)\|")
_FRONT = re.compile(r"---[ \t]*\n((?:[\w-]+[ \t]*:.*\n|[ \t]+.*\n|- .*\n|#.*\n)*)---[ \t]*\n")
_TITLE = re.compile(r"^title[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.M)
_HTML = re.compile(
    r"</?(?:a|b|i|u|s|p|br|hr|em|strong|span|div|font|center|sub|sup|del|ins|mark|small|big|details|summary|table|thead|tbody|tr|td|th|ul|ol|li|"
    r"h[1-6]|img|code|pre|kbd|blockquote)(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*/?>", re.I)
_BARE_TAG = re.compile(r"<(/?)([a-z][a-z\d]*)\b")
_NEVER_CLOSED = frozenset({"br", "hr", "img", "p"})  # others that a document opens and never closes are what it speaks of: A <h1>
_STYLING = ("font", "span", "div", "a")  # with attributes, what a writer leaves open
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_SIGNS = {"***": "b", "**": "b", "__": "b", "~~": "s", "==": "mark", "*": "i"}  # emphasis, and the element that it stands for
_STAR_CLOSES = re.compile(r"(?<=[^\s*])\*(?!\*)")
_IMAGE_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.I)
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?P<ticks>`+)(?P<inside>(?:[^`]|(?!(?P=ticks))`)+?)(?P=ticks)(?!`))"
    r"|(?P<image>!\[(?P<alt>[^\]\n]{0,300})\]\((?P<src>[^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200}){0,4})(?:\s+[^)\n]{0,300})?\))"
    r"|(?P<link>(?<!!)\[(?P<words>[^\[\]\n]{1,500})\]\((?P<to>(?:https?:|mailto:|[./#]|[\w%-]+[./])[^()\s]*|javascript:[^()\s]*(?:\([^()\s]*\);?)?)(?:\s+\"[^\"\n]{0,300}\")?\))"
    r"|(?P<auto><https?://[^<>\s]+>)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,1000}>)"
    r"|(?P<both>\*\*\*)"
    r"|(?P<bold>\*\*|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_]))"
    r"|(?<![\w\\])_(?P<said>[^\s_\\`](?:[^_\n\\`]{0,28}[^\s_\\`])?)_(?!\w)|(?<![A-Za-z\d_\\])_(?P<label>[^\s_\\`][^_\n\\`]{0,10}[、：:.])_(?!_)"
    r"|(?P<strike>~~)"
    r"|(?P<mark>(?<![\w=!<>)\]])==(?=[^\s=][^=\n]*==(?![\w=]))|(?<=[一-鿿])==(?=[^\s=][^=\n]*==)|(?<=[^\s=])==(?![A-Za-z\d_=]))"
    r"|(?P<italic>(?<![\w*\\])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<=[一-鿿，。、；：？！）》”])\*(?=[一-鿿]))"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});)"
)


def read_markdown(data: bytes, source: Source, encoding: str | None = None) -> Reading:
    """The Reading of a Markdown file. A title in its front matter goes to ``titles``."""
    text, name = decode(data, encoding)
    titles: tuple[str, ...] = ()
    front = _FRONT.match(text)
    if front:
        titles = tuple(t for t in _TITLE.findall(front[1])[:1] if t)
        text = text[front.end():]
    text = without(text, "<!--", "-->")
    if "$" in text or "\\underline" in text:
        text = unset(text)
    body, marks = _Reader(text).page.finish()
    return Reading(replace(source, encoding=name), body, marks, titles)


class _Reader:
    """The lines of a document in one pass; a table is looked for one line ahead."""

    def __init__(self, text: str) -> None:
        self.page = Page()
        self._style = PLAIN
        self._looks = looks_below(())
        self._open: list[tuple[str, Look]] = []  # emphasis and elements that are open
        tags = _BARE_TAG.findall(text)
        self._named = {name for end, name in tags if not end} - {name for end, name in tags if end} - _NEVER_CLOSED
        lines = text.split("\n")
        fence, table_start, at = "", -1, 0
        for at, line in enumerate(lines):
            opened = _FENCE.match(line)
            if fence:
                if opened and opened[1].startswith(fence) and not opened[2].strip():
                    fence = ""
                else:
                    self._verbatim(line)
                continue
            if opened:
                fence = opened[1]
                continue
            if table_start >= 0 or _is_table_head(lines, at):
                if _ROW.match(line) or (table_start >= 0 and "|" in line and line.strip()):
                    if table_start < 0:
                        self.page.open_table()
                        table_start = self.page.length
                    if not _DELIMITER_ROW.match(line):
                        self._row(line)
                    continue
                if table_start >= 0:
                    self.page.close_table(table_start)
                table_start = -1
            self._line(line, lines[at + 1] if at + 1 < len(lines) else "")
        if table_start >= 0:
            self.page.close_table(table_start)

    def _line(self, line: str, following: str) -> None:
        quote = _QUOTE.match(line)
        if quote:
            line = line[quote.end():]
        if not line.strip():
            self.page.blank_line()
            self._end_emphasis()  # which never reaches over an empty line
            return
        if _RULE.match(line):
            self.page.block()
            return
        level = ""
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        if heading:
            level, line = str(len(heading[1])), heading[2]
        elif bullet:
            line = bullet[1] + line[bullet.end():]
        elif following.lstrip().startswith("=") and _RULE.match(following):
            level = "1"
        self.page.block()
        start = self.page.length
        task = _TASK.match(line) if bullet else None
        if task:
            lettered = LETTERED.match(line, task.end())
            line = line[: task.start(1)] + ("" if lettered else "☐ ") + line[task.end():]
            if task[2] != " ":
                self.page.box("checked")
        self._inline(_HARD_BREAK.sub("", line.rstrip()))
        if level:
            self.page.span(start, "heading", level)
            self._end_emphasis()
        elif quote:
            self.page.span(start, "quote")
        self.page.block()

    def _verbatim(self, line: str) -> None:
        if line.strip():
            self.page.block()
            self.page.write(line.rstrip(), Style(code=True))
            self.page.block()
        else:
            self.page.blank_line()

    def _row(self, line: str) -> None:
        self.page.block()
        start = self.page.length
        for cell in _CELL.split(line.strip().removeprefix("|").removesuffix("|")):
            at = self.page.open_cell()
            self._inline(cell.strip())
            self.page.span(at, "cell")
            self.page.close_cell()
            self._end_emphasis()
        self.page.span(start, "row")
        self.page.close_row()

    def _inline(self, line: str) -> None:
        at = 0
        for token in _TOKEN.finditer(line):
            self.page.write(line[at : token.start()], self._style)
            self._token(token)
            at = token.end()
        self.page.write(line[at:], self._style)

    def _token(self, token: re.Match[str]) -> None:
        whole = token[0]
        write = self.page.write
        if token["escape"]:
            write(whole[1], self._style)
        elif token["code"]:
            write(token["inside"].strip() or token["inside"], replace(self._style, code=True))
        elif token["image"]:
            write(placeholder("图", token["src"].partition("?")[0].rpartition("/")[2] or token["alt"]))
        elif words := token["words"] or token["said"] or token["label"]:  # of a link, or between _ and _
            write(words, self._style)
        elif token["auto"]:
            write(whole[1:-1], self._style)
        elif token["tag"]:
            self._tag(whole)
        elif token["italic"]:
            self._toggle(token, "*")
        elif token["both"] or token["bold"] or token["strike"] or token["mark"]:
            self._toggle(token, whole)
        else:
            write(html.unescape(whole), self._style)

    def _toggle(self, token: re.Match[str], sign: str) -> None:
        """Emphasis opens only where the line also closes it; a lone sign is a sign, and so are stars before labels (*A. 甲 *B. 乙)."""
        star = sign == "*"
        if any(name == sign for name, _ in self._open) and not (star and token.string[token.start() - 1].isspace()):
            self._close(sign)
        elif _STAR_CLOSES.search(token.string, token.end()) if star else token.string.find(sign, token.end()) >= 0:
            self._begin(sign, self._looks.of(_SIGNS[sign], {}))
        else:
            self.page.write(sign, self._style)

    def _begin(self, name: str, look: Look) -> None:
        self._open.append((name, look))
        self._style = look.dress(self._style)

    def _close(self, name: str) -> None:
        at = max((k for k, (known, _) in enumerate(self._open) if known == name), default=-1)
        if at >= 0:
            del self._open[at]
            self._style = PLAIN
            for _, look in self._open:
                self._style = look.dress(self._style)

    def _end_emphasis(self) -> None:
        self._style = PLAIN
        self._open.clear()

    def _tag(self, tag: str) -> None:
        """Inline HTML: a line break breaks, known elements vanish, part lines and cells, or style; the rest is text (``<stdio.h>``)."""
        name = re.sub(r"[</>\s].*", "", tag.lstrip("</").lower(), flags=re.S)
        if not _HTML.fullmatch(tag) or (name in self._named and ("=" not in tag or name not in _STYLING)):
            self.page.write(tag, self._style)
            return
        closing = tag.startswith("</")
        if name == "br":
            self.page.newline()
        elif name == "hr":
            self.page.block()
        elif name == "img":
            source = _IMAGE_SOURCE.search(tag)
            self.page.write(placeholder("图", source[1].rpartition("/")[2]) if source else "")
        else:
            look = self._looks.of(name, {m[1].lower(): m[2] or m[3] or m[4] for m in _ATTRIBUTE.finditer(tag)})
            if look.role == "cell":
                if not closing and not self.page.at_line_start():
                    self.page.write("\t")
            elif look.block:
                self.page.block()
            if closing:
                self._close(name)
            elif not look.plain and not tag.endswith("/>"):
                self._begin(name, look)


def _is_table_head(lines: list[str], at: int) -> bool:
    return "|" in lines[at] and at + 1 < len(lines) and "|" in lines[at + 1] and bool(_DELIMITER_ROW.match(lines[at + 1]))
