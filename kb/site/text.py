"""Text for the templates (模板过滤器): marked matches, Chinese names of types and doubts, answers as a paper prints them.

Everything that comes out of a page is hostile. Only ``mark`` returns markup, and it escapes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from extract.checks import CHECKS
from extract.model import Part

from ..shown import TYPES, answer_text
from ..words import mark

# What a flag is called; the checks name their own, duplicates add what only several copies can show.
FLAGS: dict[str, str] = {
    **{check.code: check.name for check in CHECKS},
    "conflicting_answers": "各处答案不一致",
    "truncated_copy": "内容不完整的副本",
}

RELATIONS = {"canonical": "主本", "exact": "完全相同", "shuffled": "选项次序不同", "near": "个别字不同", "truncated": "选项不全"}

ROLES = {
    "title": "标题", "heading": "大题标题", "instruction": "说明", "number": "题号", "stem": "题干", "option": "选项",
    "answer": "答案", "explanation": "解析", "commentary": "点评", "material": "材料", "key": "答案部分",
    "body": "正文", "chrome": "页面杂质", "note": "附注",
    "unclaimed": "未归入",
}

ABOUT = {"source": "原文如此", "reading": "识别存疑"}

COLUMNS = {
    "type": "题型", "document_id": "试卷", "section_id": "大题", "has_answer": "有无答案", "has_repairs": "有无修复",
    "flag_codes": "存疑", "kind": "类别", "role": "角色", "code": "存疑类别", "about": "关于", "rule": "规则", "family": "规则族",
    "applied": "已应用", "format": "格式",
}

TABLES = {
    "questions": "题目", "documents": "试卷", "sections": "大题", "sources": "来源", "source_names": "来源名称", "options": "选项",
    "repairs": "修复", "flags": "存疑", "blocks": "原文去向", "duplicate_groups": "重复题组", "duplicate_members": "重复题",
    "duplicate_offers": "可借用的内容", "duplicate_conflicts": "答案不一致",
}

YES_NO = {"has_answer": ("无答案", "有答案"), "has_repairs": ("无修复", "有修复"), "applied": ("建议", "已应用")}


def marked(text: str | None, terms: Iterable[str] = ()) -> Markup:
    """Escaped text with the matches in <mark>."""
    return Markup(mark(text or "", terms))


def type_name(code: str | None) -> str:
    """The Chinese name of a question type."""
    return TYPES.get(code or "", "题型未定")


def flag_name(code: str) -> str:
    """What a flag's code means, in Chinese where we have words for it."""
    return FLAGS.get(code, code)


def facet_label(value: Any, column: str) -> str:
    """A facet's value as a teacher reads it."""
    if value is None or value == "":
        return "(空)"
    if column == "type":
        return type_name(str(value))
    if column in YES_NO and str(value) in ("0", "1"):
        return YES_NO[column][int(value)]
    if column in ("flag_codes", "code"):
        return "、".join(flag_name(c) for c in str(value).split())
    return str(value)


def span_of(parts: Iterable[Part], field: str) -> tuple[int, int] | None:
    """Where a field of a question lies in the source, from its first part to its last."""
    own = [p for p in parts if p.field == field]
    return (min(p.start for p in own), max(p.end for p in own)) if own else None


def visible(text: str) -> str:
    """Text of a repair with its line breaks, tabs and blanks made visible where it consists of nothing else."""
    return text.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥").replace(" ", "␣").replace("\u3000", "□") if text.isspace() else text


FILTERS: dict[str, Callable[..., Any]] = {
    "marked": marked,
    "type_name": type_name,
    "flag_name": flag_name,
    "facet_label": facet_label,
    "table_name": lambda name: TABLES.get(name, name),
    "column_name": lambda name: COLUMNS.get(name, name),
    "role_name": lambda role: ROLES.get(role, role),
    "about_name": lambda about: ABOUT.get(about, about),
    "answer_text": answer_text,
    "visible": visible,
    "relation_name": lambda relation: RELATIONS.get(relation, relation),
    "thousands": lambda number: f"{number or 0:,}",
}
