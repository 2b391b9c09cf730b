"""``md``: a paper to print as Markdown (CommonMark). Nothing in a question is read as markup, HTML least of all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO

from .how import How
from .paper import Paragraph, paper
from .row import Lost, Row

MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&!^]")
LINE_START = re.compile(r"^(\s*)([-+=:]|[0-9]+[.)])", re.MULTILINE)


def escape(text: str) -> str:
    """A text in which nothing is markup; line breaks become hard ones, and spaces that would vanish stay."""
    text = MARKUP.sub(lambda found: "\\" + found.group(), text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    text = LINE_START.sub(lambda found: found.group(1) + re.sub(r"([-+=:.)])", r"\\\1", found.group(2)), text)
    text = re.sub(r"\n{2,}", "\n", text.replace("\t", "    "))
    text = re.sub(r"^ +|(?<= ) +", lambda found: "&nbsp;" * len(found.group()), text, flags=re.MULTILINE)
    return text.replace("\n", "\\\n")


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """A heading a document and section, a paragraph a stem, an option, an answer."""
    before = ""
    for p in paper(rows, how, lost):
        # the options of one question stand together, line under line
        out.write(("" if not before else "\\\n" if before == p.kind == "option" else "\n\n").encode())
        out.write(_set(p).encode("utf-8", "replace"))
        before = p.kind
    out.write(b"\n" if before else b"")


def _set(p: Paragraph) -> str:
    text = escape(p.text)
    if p.level:
        return "#" * p.level + " " + text.replace("\\\n", " ")
    if p.kind == "material":
        return "> " + text.replace("\n", "\n> ")
    if p.kind == "option":
        return f"{escape(p.lead)} {text}" if not p.lead[:1].isdigit() else f"{p.lead[:-1]}\\. {text}"
    return f"**{p.lead}** {text}" if p.lead else text
