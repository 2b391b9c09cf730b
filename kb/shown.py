"""How values are called and written for people (显示用语): Chinese names of types, answers as a paper prints them."""

from __future__ import annotations

from extract.model import Answer

TYPES = {
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
}


def answer_text(answer: Answer) -> str:
    """An answer in one line or more (答案): labels joined, blanks separated, a judgement as 对 or 错."""
    if isinstance(answer, bool):
        return "对" if answer else "错"
    if isinstance(answer, tuple):
        return "".join(answer) if all(len(a) == 1 and a.isascii() for a in answer) else "；".join(answer)
    return answer or ""
