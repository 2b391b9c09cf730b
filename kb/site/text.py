"""Text for the templates (模板过滤器): marked matches, Chinese names instead of codes, answers as a paper prints them.

Everything that comes out of a page is hostile. Only ``marked`` returns markup, and it escapes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from extract.model import Question

from ..shown import TYPES, answer_text
from ..words import mark
from .names import ABOUT, COLUMNS, FAMILIES, FLAGS, FORMATS, KINDS, LOOKUPS, REASONS, RELATIONS, ROLES, RULES, TABLES, YES_NO

_LOST = re.compile(r"\[(图|公式|表)\]")  # a reader's place holder; a picture that could be shown is none


def marked(text: str | None, terms: Iterable[str] = ()) -> Markup:
    """Escaped text with the matches in <mark>, and the place holders of what the page showed and a text cannot."""
    return Markup(_LOST.sub(r'<span class="lost" title="原文此处有\1，这里没有收入">[\1]</span>', mark(text or "", terms)))


def type_name(code: str | None) -> str:
    """The Chinese name of a question type."""
    return TYPES.get(code or "", "题型未定")


def flag_name(code: str) -> str:
    """What a flag's code means, in Chinese where we have words for it."""
    return FLAGS.get(code, code)


def flag_names(codes: str) -> str:
    """The names of several flags, as a question holds their codes."""
    return "、".join(flag_name(c) for c in codes.split())


def rule_name(rule: str, family: str = "") -> str:
    """What a repair rule is called: its own name, else that of its family."""
    return RULES.get(rule) or FAMILIES.get(family) or FAMILIES.get(rule.partition("-")[0], rule)


def titled(title: str | None, source: str) -> str:
    """A document's title; where the page has none, the name of its file."""
    return title or f"{PurePosixPath(source).stem or source}（原文无标题）"


CODES: dict[str, Callable[[str], str]] = {
    "type": type_name, "flag_codes": flag_names, "code": flag_name, "about": lambda v: ABOUT.get(v, v), "role": lambda v: ROLES.get(v, v),
    "field": lambda v: ROLES.get(v.partition(":")[0], v), "kind": lambda v: KINDS.get(v, v), "rule": rule_name,
    "family": lambda v: FAMILIES.get(v, v), "relation": lambda v: RELATIONS.get(v, v), "format": lambda v: FORMATS.get(v, v),
    "reason": lambda v: REASONS.get(v, v),
}
"""Columns that hold codes, and what says them in Chinese."""


def shown(value: Any, column: str) -> str:
    """A value of a table as a teacher reads it (筛选值)."""
    if value is None or value == "":
        return "（空）"
    if column in YES_NO and str(value) in ("0", "1"):
        return YES_NO[column][int(value)]
    return CODES[column](str(value)) if column in CODES else str(value)


def cell(of: Any) -> Any:
    """A cell of a row of a table: the name of a code, else what Datasette shows, links included."""
    raw, column = of["raw"], of["column"]
    if column not in CODES and column not in YES_NO:
        return of["value"]
    return "" if raw is None else shown(raw, column)


def editable(q: Question) -> list[tuple[str, str, str]]:
    """The fields of a question that a person may edit: what the form sends, what it is called, what it holds now as it is typed."""
    return [
        ("stem", "题干", q.stem), *((f"option:{o.label}", f"选项 {o.label}", o.text) for o in q.options),
        ("answer", "答案", answer_text(q.answer)), ("explanation", "解析", q.explanation or ""), ("material", "材料", q.material or ""),
        ("number", "题号", "" if q.number is None else str(q.number)), ("score", "分值", "" if q.score is None else f"{q.score:g}"),
    ]


def visible(text: str) -> str:
    """Text of a repair with its line breaks, tabs and blanks made visible where it consists of nothing else."""
    return text.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣").replace("\u3000", "□") if text.isspace() else text


FILTERS: dict[str, Callable[..., Any]] = {
    "marked": marked,
    "type_name": type_name,
    "flag_name": flag_name,
    "rule_name": rule_name,
    "titled": titled,
    "shown": shown,
    "cell": cell,
    "table_name": lambda name: TABLES.get(name, name),
    "column_name": lambda name: COLUMNS.get(name, name),
    "lookup_name": lambda name: LOOKUPS.get(name) or LOOKUPS.get(f"{name}__1", name),
    "role_name": lambda role: ROLES.get(role, role),
    "reason_name": lambda reason: REASONS.get(reason, reason),
    "format_name": lambda name: FORMATS.get(name, name),
    "about_name": lambda about: ABOUT.get(about, about),
    "answer_text": answer_text,
    "editable": editable,
    "visible": visible,
    "relation_name": lambda relation: RELATIONS.get(relation, relation),
    "thousands": lambda number: f"{number or 0:,}",
}
