"""Questions that are copied in the tests of copies (同题测试的题目)."""

from __future__ import annotations

from dataclasses import replace

from export_values import options

from extract.model import Question

BASE = Question(
    stem="在企业的库存管理中,决定经济订货批量大小的主要因素是( )。", type="single_choice", number=1,
    options=options("订货成本与储存成本", "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色"), answer=("A",),
)


def with_options(q: Question, *texts: str) -> Question:
    return replace(q, options=options(*texts))

