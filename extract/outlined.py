"""What a document holds before anything is interpreted (提纲): drafts of questions, shared material, answer keys, all as spans."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import Section

Span = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A question on its way: its marks and the spans of its fields, nothing taken out yet."""

    number: int | None
    printed: str | None
    mark: Span
    action: str
    section: int  # index into Outline.sections, -1 for none
    material: int = -1  # index into Outline.materials
    stem: list[Span] = field(default_factory=list)
    options: list[tuple[int, str, Span, Span]] = field(default_factory=list)  # index, printed label, mark, text
    answers: list[Span] = field(default_factory=list)
    explanations: list[Span] = field(default_factory=list)
    commentaries: list[Span] = field(default_factory=list)
    notes: list[tuple[str, Span]] = field(default_factory=list)
    cues: list[tuple[str, Span]] = field(default_factory=list)  # the words before a field (答案：), by the block's role
    style: str = ""
    place: int = 0
    shares_options: bool = False
    parent: int | None = None  # of a sub-question: the number of the question that it belongs to


@dataclass(slots=True)
class Material:
    """Text that several questions share, with the numbers that it announces."""

    spans: list[Span]
    first: int | None = None
    last: int | None = None
    section: int = -1
    used: bool = False
    options: list[tuple[int, str, Span, Span]] = field(default_factory=list)


@dataclass(slots=True)
class Key:
    """An answer key region: its span and the headings inside it."""

    span: Span
    headings: list[tuple[Span, str]]


@dataclass(slots=True)
class Outline:
    """All that was found in one document, in order; ``roles`` are the spans that are no question's (heading, instruction, ...)."""

    drafts: list[Draft] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    ordinals: dict[int, int] = field(default_factory=dict)  # by the section: the ordinal that its heading prints
    materials: list[Material] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    first: int = 0
