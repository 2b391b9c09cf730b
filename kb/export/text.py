"""Words that every format needs: names of types, answers as text, blanks, and escapes for XML."""

from __future__ import annotations

import html
import re

from extract.model import Question

TYPE_NAMES: dict[str | None, str] = {
    "single_choice": "单选题",
    "multiple_choice": "多选题",
    "indefinite_choice": "不定项选择题",
    "true_false": "判断题",
    "fill_blank": "填空题",
    "term_definition": "名词解释",
    "short_answer": "简答题",
    "essay": "论述题",
    "calculation": "计算题",
    "case_analysis": "案例分析题",
    "matching": "配伍题",
    "programming": "编程题",
    "other": "其他",
    None: "",
}

BLANK = re.compile(r"_{2,}|[(（][ \t\u3000]*[)）]")
"""A blank in a stem (空): underscores or an empty bracket."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


def answer_text(question: Question) -> str:
    """The answer as a reader writes it: ``AC``, ``对``, blanks joined by ``；``; empty where there is none."""
    answer = question.answer
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "对" if answer else "错"
    if isinstance(answer, str):
        return answer
    if question.type == "fill_blank" or not question.options:
        return "；".join(answer)
    return "".join(answer) if all(len(label) == 1 for label in answer) else ",".join(answer)


def alternatives(answer: str) -> tuple[str, ...]:
    """What is accepted for one blank: ``a|b`` and ``a;b`` are the source's own alternatives."""
    pieces = [piece.strip() for piece in re.split(r"[|;；]", answer)]
    return tuple(dict.fromkeys(pieces)) if len(pieces) > 1 and all(pieces) else (answer,)


def section_path(question: Question) -> str:
    """The headings above the question, outermost first, as one string."""
    return " / ".join(question.section)


def score_text(score: float | None) -> str:
    """2 for 2.0, 1.5 for 1.5, empty for none."""
    return "" if score is None else f"{score:g}"


def xml(text: str) -> str:
    """Text for an XML element or attribute: escaped, without characters that XML cannot hold."""
    return html.escape(NOT_XML.sub("", text), quote=True)


def xhtml(text: str) -> str:
    """Text as XHTML: what the page said is shown, never run; lines stay lines and runs of spaces stay."""
    lines = xml(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "<br/>".join(line.replace("\t", "    ").replace("  ", " \u00a0") for line in lines)
