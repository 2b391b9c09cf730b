"""A paper to print (试卷), as a flow of paragraphs that ``md`` and ``docx`` set each in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Literal

from .how import How
from .row import Lost, Row, unplaced
from .text import answer_text, score_text

Kind = Literal["title", "heading", "material", "stem", "option", "answer", "explanation", "source", "key"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its kind, what stands bold before it (a number, 答案), its text, and the level of a heading."""

    kind: Kind
    text: str
    lead: str = ""
    level: int = 0


def paper(rows: Iterable[Row], how: How, lost: Lost) -> Iterator[Paragraph]:
    """All paragraphs in order. ``rows`` is walked a second time for the key at the end: nothing is kept in memory.

    Questions are counted through within a document, so that the key names each of them once.
    """
    yield from _questions(rows, how, lost)
    if how.answers == "end":
        yield from _key(rows, how)


def _questions(rows: Iterable[Row], how: How, lost: Lost) -> Iterator[Paragraph]:
    for title, document in _documents(rows):
        yield Paragraph("title", title, level=1)
        section: tuple[str, ...] = ()
        material = None
        for number, row in enumerate(document, 1):
            q = row.question
            unplaced(q, lost, "difficulty", "knowledge")
            if q.section != section:
                shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(section, q.section, strict=False)))
                for level, name in enumerate(q.section[shared:], shared + 2):
                    yield Paragraph("heading", name, level=min(level, 6))
                section = q.section
            if q.material and q.material != material:
                yield Paragraph("material", q.material)
            material = q.material
            score = f"（{score_text(q.score)}分）" if q.score is not None else ""
            yield Paragraph("stem", q.stem + score, lead=f"{number}.")
            for option in q.options:
                yield Paragraph("option", option.text, lead=f"{option.label}.")
            if how.answers == "inline":
                yield from _answer(row, "")
            if how.provenance:
                yield Paragraph("source", " | ".join(n for n in (row.source.name, row.source.url, row.licence) if n), lead="来源")


def _key(rows: Iterable[Row], how: How) -> Iterator[Paragraph]:
    yield Paragraph("key", "参考答案", level=1)
    for title, document in _documents(rows):
        yield Paragraph("heading", title, level=2)
        for number, row in enumerate(document, 1):
            yield from _answer(row, f"{number}.")


def _answer(row: Row, number: str) -> Iterator[Paragraph]:
    """The answer and what is said about it; a question without an answer says nothing, as in the source."""
    q = row.question
    text = answer_text(q)
    if text or q.explanation or q.commentary:
        yield Paragraph("answer", text or "（无）", lead=number or "答案")
    if q.explanation:
        yield Paragraph("explanation", q.explanation, lead="解析")
    if q.commentary:
        yield Paragraph("explanation", q.commentary, lead="点评")


def _documents(rows: Iterable[Row]) -> Iterator[tuple[str, Iterator[Row]]]:
    for (name, title), document in groupby(rows, key=lambda row: (row.source.name, row.title)):
        yield title or name, document
