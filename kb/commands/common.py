"""What several commands share: the choice of questions, encodings, a glossary, and output that is whole or not there."""

from __future__ import annotations

import codecs
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
from sqlite_utils import Database

from extract.question_types import KINDS

from ..load import Selection

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path, readable=False)
"""A path as it was typed: whether it is there and may be read is said with status 1 where it is opened, not as a wrong word (2)."""
REPAIR = click.option("--repair", type=click.Choice(["off", "safe", "suggest"]), default="safe", show_default=True,
                      help="off changes no character; safe mends what is proven; suggest only proposes.")
ENCODING = click.option("--encoding", callback=lambda _, __, value: known_encoding(value),
                        help="Encoding of the page, where it is known better than the page says.")
GLOSSARY = click.option("--glossary", type=PATH, callback=lambda _, __, value: glossary(value),
                        help="A file of words, one a line, to protect from repair and to offer.")
TYPE = click.option("--type", "type_", type=click.Choice([kind.name for kind in KINDS]), help="Only questions of this type.")
DOCUMENT = click.option("--document", help="Only the document with this id or exact title.")
SECTION = click.option("--section", help="Only questions under a heading that holds this text.")
PAGE_OR_BANK = click.argument("target", metavar="FILE|KB.db", type=PATH,
                              callback=lambda _, __, value: existing(value))
BANK = click.argument("bank", metavar="KB.db", type=PATH)


def existing(path: Path | None) -> Path | None:
    """The file as it was given. ClickException (exit 1) if there is none: that is no wrong word of the command."""
    if path is not None and not path.is_file():
        raise click.ClickException(f"{path} is a folder: give one file" if path.is_dir() else f"{path} does not exist: check the path")
    return path


def known_document(db: Database, document: str | None) -> None:
    """ClickException if the bank holds no document with this id or title."""
    if document is not None and not db.execute(
        "select 1 from documents where cast(id as text) = ? or title = ? limit 1", [document, document]
    ).fetchone():
        raise click.ClickException(f"the bank holds no document {document}: give its id or its exact title")


def known_encoding(name: str | None) -> str | None:
    """The encoding of this name as it was given. ClickException if Python knows none."""
    if name is not None:
        try:
            codecs.lookup(name)
        except LookupError as problem:
            raise click.ClickException(f"{name} is no encoding: try utf-8, gb18030, big5 or utf-16") from problem
    return name


def glossary(path: Path | None) -> frozenset[str]:
    """The words of a glossary (术语表): one a line, ``#`` begins a remark."""
    if path is None:
        return frozenset()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as problem:
        raise click.ClickException(f"{path} is not UTF-8 text: save the glossary as UTF-8, one word a line") from problem
    return frozenset(word for line in lines if (word := line.split("#", 1)[0].strip()))


def selecting(command: Command) -> Command:
    """The options that choose questions: ``--document --type --section --query``; the command takes them as such."""
    for option in (click.option("--query", help="Only questions that hold this text."), SECTION, TYPE, DOCUMENT):
        command = option(command)
    return command


def selection(document: str | None, type_: str | None, section: str | None, query: str | None) -> Selection:
    """The selection that the options of ``selecting`` describe."""
    return Selection(document, type_, section, query)


@contextmanager
def whole_file(out: Path | None) -> Iterator[BinaryIO]:
    """A binary stream to ``out`` (None: standard output). The file appears when all is written, and not at all after a failure."""
    if out is None:
        stream = sys.stdout.buffer
        yield stream
        stream.flush()
        return
    if not out.parent.is_dir():
        raise click.ClickException(f"the folder {out.parent} does not exist: make it first")
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with open(handle, "wb") as stream:
            yield stream
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)  # as open() would have made it; a temporary file is private
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
