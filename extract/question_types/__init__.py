"""The question types (题型), most particular first, and the words by which headings and tags name them.

A type is a file here and its place in ``KINDS``. Words that fix only the form (选择题, 阅读理解, 综合题) name no type: the
questions under them are typed by their own form.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..scan import first_characters
from . import (
    calculation,
    case_analysis,
    essay,
    fill_blank,
    indefinite_choice,
    matching,
    multiple_choice,
    other,
    programming,
    short_answer,
    single_choice,
    term_definition,
    true_false,
)

KINDS = tuple(
    module.KIND
    for module in (
        indefinite_choice, multiple_choice, single_choice, true_false, programming, matching, case_analysis, term_definition, calculation,
        fill_blank, essay, short_answer, other,
    )
)

BY_FORM = (
    "选择题", "客观题", "完形填空", "完型填空", "阅读理解题?", "阅读题", "综合题", "综合应用题", "听力题?", "听力理解", "语法填空", "词汇与结构", "词汇题?", "语法与词汇",
    "七选五", "任务型阅读", "阅读表达",
    "常识判断", "言语理解与表达", "言语理解", "数量关系", "判断推理", "图形推理", "定义判断", "类比推理", "逻辑判断", "资料分析", "古诗文阅读", "现代文阅读", "语言文字运用",
    "文言文阅读", "积累与运用", "情景交际", "补全对话", "交际用语", "共用题干题", "共用备选答案题", "选一选", "我会选", "选做题", "附加题", "必做题", "必答题", "抢答题", "风险题", "Multiple Choice", "解答与计算", "客观案例题", "简单题",
)


def _alternation(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _by_first(words: str) -> str:
    """The same alternation by first characters, in their order: at most places of a text the first two characters are none of them."""
    rests: dict[str, list[str]] = {}
    for word in words.split("|"):
        rests.setdefault(word[0], []).append(word[1:])
    grouped = "|".join(f"{first}(?:{'|'.join(after)})" for first, after in rests.items())
    second, none = first_characters("|".join(after for left in rests.values() for after in left))
    if none:
        raise ValueError("a word of one character among the words of types")
    return f"(?=[{''.join(rests)}][{second}])(?:{grouped})"


HEADING_WORDS = _by_first(_alternation([w for k in KINDS for w in k.headings] + list(BY_FORM)))
TAGS = _alternation([w for k in KINDS for w in k.headings if w.isascii() is False] + ["选择题", "综合题", "完形填空", "阅读理解", "客观案例题"])  # a word an alternative
TAG_WORDS = _by_first(TAGS)

_PATTERNS = [(k.name, re.compile(_alternation(list(k.headings)))) for k in KINDS]
_BY_FORM = re.compile(_alternation(list(BY_FORM)))
OPEN_TYPES = frozenset({"short_answer", "essay", "calculation", "case_analysis", "programming"})
CHOICES = frozenset({"single_choice", "multiple_choice", "indefinite_choice", "matching"})


_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")


def closed_up(text: str) -> str:
    """A heading without the blanks that a page sets between its characters (单 项 选 择 题)."""
    return _SPACED.sub("", text)


@lru_cache(maxsize=1024)  # few words name a type, and all headings and tags are asked
def type_named(text: str) -> str | None:
    """The type that a heading or a tag names (题型), "by_form" where it names only a form, None where it names nothing."""
    text = closed_up(text)
    best: tuple[int, int, str] | None = None
    for name, pattern in _PATTERNS:
        m = pattern.search(text)
        if m and (best is None or (m.start(), -m.end()) < (best[0], best[1])):
            best = (m.start(), -m.end(), name)
    form = _BY_FORM.search(text)
    if form and (best is None or form.start() < best[0] or (form.start() == best[0] and form.end() > -best[1])):
        return "by_form"
    return best[2] if best else None
