"""Checks of a question among its siblings (题组检查): numbers in a run, answers where the siblings have one, counts, points."""

from __future__ import annotations

from .answers import withheld
from .look import Check, Look


def _number_gap(look: Look) -> str | None:
    """A jump in the numbers, which the page itself makes: nothing that was read holds the numbers left out."""
    q, b = look.q, look.before
    if q.number is None or b is None or b.number is None or q.number <= b.number + 1 or look.build.draft.action == "sub":
        return None
    first, last = b.number + 1, q.number - 1
    return f"第{first}题缺失" if first == last else f"第{first}至{last}题缺失"


def _anew(look: Look) -> bool:
    """Whether the count goes on where the printed number begins anew."""
    return any(code == "number_restarts" for code, _ in look.build.doubts) and look.build.draft.action != "sub"


def _miscounted(look: Look) -> str | None:
    return f"印刷题号{look.q.printed_number}，按顺序数为{look.q.number}，疑漏读大题" if look.miscounted else None


def _number_restarts(look: Look) -> str | None:
    if _anew(look):
        return f"题号从{look.q.printed_number}重新开始，按顺序应为{look.q.number}"
    return None


def _no_number(look: Look) -> str | None:
    draft = look.build.draft
    if look.q.number is not None or draft.style in ("case", "lone") or draft.action == "sub":
        return None
    beside = look.numbered or any(x is not None and x.number is not None for x in (look.before, look.after))
    return "其他题有题号，本题没有" if beside else None


def _stem_lost(look: Look) -> str | None:
    return "一组选项之前没有题干" if look.build.draft.action == "lost" else None


def _no_answer(look: Look) -> str | None:
    # where the page answers each question where it stands, a section that answers none of its own has no answers
    expected = look.mostly_answered and (look.choice or look.q.type in ("true_false", "fill_blank")) and not look.bare
    passed_over = look.listed and look.group.silent and look.q.type != "case_analysis"
    if look.q.answer is not None or withheld(look) or not (look.group.answered or look.keyed or expected or passed_over):
        return None
    return "同类题有答案，本题没有" if look.group.answered or expected else "文档有答案部分，本题没有答案"


def _doubtful_section(look: Look) -> str | None:
    return f"本大题{look.doubted[1]}题中有{look.doubted[0]}题存疑" if look.doubted else None


def _key_unmatched(look: Look) -> str | None:
    return "答案部分与本题对不上" if look.q.answer is None and any(code == "key_unmatched" for code, _ in look.build.doubts) else None


def _equal_questions(look: Look) -> str | None:
    return "与前面一题相同" if look.twin is not None else None


def _count_mismatch(look: Look) -> str | None:
    if not look.run or look.section is None or not look.section.count or len(look.run) == look.section.count:
        return None
    return f"大题说明共{look.section.count}题，实有{len(look.run)}题"


def _score_mismatch(look: Look) -> str | None:
    s = look.section
    if not look.run or s is None or s.score_each is None or s.score_total is None:
        return None
    count = s.count or len(look.run)
    if abs(count * s.score_each - s.score_total) > 0.01:
        return f"每题{s.score_each:g}分、{count}题，说明共{s.score_total:g}分"
    return None


READING: tuple[Check, ...] = (
    Check("number_counted", "reading", "题号与原文不同", _miscounted),
    Check("no_number", "reading", "没有题号", _no_number),
    Check("stem_lost", "reading", "题干缺失", _stem_lost),
    Check("no_answer", "reading", "没有答案", _no_answer),
    Check("key_unmatched", "reading", "答案部分与题目对不上", _key_unmatched),
)
REST = Check("doubtful_section", "reading", "同大题半数存疑", _doubtful_section)  # asked after all others
SOURCE: tuple[Check, ...] = (
    Check("number_gap", "source", "题号不连续", _number_gap),
    Check("number_restarts", "source", "题号重新开始", _number_restarts),
    Check("equal_questions", "source", "题目重复", _equal_questions),
    Check("count_mismatch", "source", "题数与大题说明不符", _count_mismatch),
    Check("score_mismatch", "source", "分值与大题说明不符", _score_mismatch),
)
