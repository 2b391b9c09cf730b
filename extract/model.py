"""Every value that travels through the pipeline. Frozen, and imports nothing of ours; what a page has by the thousand is a tuple.

All offsets are characters (not bytes) in the reading text of the source, half open: ``[start, end)``.
The names are those of the one JSON form (see ``docs/question-set.md``); ``wire.py`` turns them into JSON and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

QuestionType = Literal[
    "single_choice",  # 单选
    "multiple_choice",  # 多选
    "indefinite_choice",  # 不定项
    "true_false",  # 判断
    "fill_blank",  # 填空
    "term_definition",  # 名词解释
    "short_answer",  # 简答/问答
    "essay",  # 论述/作文
    "calculation",  # 计算/应用
    "case_analysis",  # 案例/材料分析
    "matching",  # 配伍/连线
    "programming",  # 编程/程序
    "other",
]
Answer = tuple[str, ...] | bool | str | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page came from (来源). ``name`` is relative to the folder that was given; ``sha256`` is of the bytes."""

    name: str
    sha256: str
    format: str
    encoding: str | None = None
    url: str | None = None


class Mark(NamedTuple):
    """What the container says about a span of the reading text (版面标记), e.g. a heading, red or bold letters, a table.

    ``kind`` is one of heading, bold, color, underline, strike, highlight, table, row, cell, list, code, wrap; ``value`` its detail
    (heading level, colour as RRGGBB in upper case, list level ...).
    """

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of the bytes (阅读文本): the text before anything is cut or mended, with the container's marks.

    ``titles`` are titles that the container states outside the text (HTML <title>, document properties), best first.
    """

    source: Source
    text: str
    marks: tuple[Mark, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One entry of the ledger (修复): ``text[start:end]`` was ``before`` and becomes ``after``.

    ``applied`` is false for a suggestion. ``confidence`` is between 0 and 1. ``field`` says what it concerns: text, stem,
    options, label, number, answer, explanation, heading, chrome.
    """

    id: int
    rule: str
    family: str
    field: str
    start: int
    end: int
    before: str
    after: str
    evidence: str
    confidence: float
    applied: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt (存疑) about the page itself (``about="source"``) or about our reading of it (``about="reading"``)."""

    code: str
    about: Literal["source", "reading"]
    message: str


class Option(NamedTuple):
    """One choice of a question (选项)."""

    label: str
    text: str
    printed_label: str | None = None


class Part(NamedTuple):
    """Where a piece of a field lies in the reading text: the field is its parts, mended by the ledger, one after another.

    ``field`` is stem, material, answer, explanation, commentary, number, or ``option:A`` (by the label given).
    """

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what it announces (大题). ``path`` holds the titles from the outermost to this one."""

    path: tuple[str, ...]
    type: str | None = None
    count: int | None = None
    score_each: float | None = None
    score_total: float | None = None
    instruction: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question (题目). See ``docs/question-set.md`` for what each field means."""

    stem: str
    type: str | None = None
    number: int | None = None
    printed_number: str | None = None
    section: tuple[str, ...] = ()
    material: str | None = None
    options: tuple[Option, ...] = ()
    answer: Answer = None
    explanation: str | None = None
    commentary: str | None = None
    score: float | None = None
    difficulty: str | None = None
    knowledge: str | None = None
    span: tuple[int, int] = (0, 0)
    parts: tuple[Part, ...] = ()
    repairs: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the page (试卷/文档): the main one, or a related one that the page appends after its own."""

    title: str | None
    role: Literal["main", "related"]
    kind: Literal["exam", "other"]
    questions: tuple[Question, ...] = ()
    sections: tuple[Section, ...] = ()


class Block(NamedTuple):
    """Where a span of the reading text went (去向). ``document`` and ``question`` are indexes, the latter in its document.

    Roles: title, heading, instruction, number, stem, option, answer, explanation, commentary, material, key, body (text of a
    document without questions), chrome, note, unclaimed. ``reason`` says why, for chrome and what was set aside.
    """

    start: int
    end: int
    role: str
    reason: str | None = None
    document: int | None = None
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one source: the account of its characters, the ledger, and its documents."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a caller knows beyond the page, handed in because ``extract`` never imports ``kb``.

    ``glossary``: words to protect and to offer (术语表). ``rejected``: fingerprints of repairs that a person refused.
    ``passages``: texts of other documents that may hold the same passage (evidence, never a majority vote).
    """

    glossary: frozenset[str] = field(default_factory=frozenset)
    rejected: frozenset[str] = field(default_factory=frozenset)
    passages: tuple[str, ...] = ()


class UnreadableError(Exception):
    """The bytes cannot be read; the message is one sentence that names the place and the mend."""
