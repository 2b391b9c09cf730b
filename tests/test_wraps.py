"""Line breaks inside a field: wraps are joined with their proof, breaks that are meant stay (折行)."""

import pytest

from extract.model import Part
from extract.wraps import wraps

COLUMN = (
    "光合作用是绿色植物利用光能把二氧化碳和水转化成有机物并释放氧气\n"
    "这一过程主要在叶绿体里进行所需的光能由叶绿素吸收得来白天强夜里\n"
    "停呼吸作用则昼夜不息因此测定光合速率须加上呼吸消耗的那部分才是\n"
    "真正的数值"
)


def joined(text: str) -> str:
    out, at = "", 0
    for w in sorted(wraps(text, [Part("explanation", 0, len(text))]), key=lambda w: w.start):
        out, at = out + text[at : w.start] + w.joined, w.end
    return out + text[at:]


@pytest.mark.parametrize(
    "text",
    [
        "水的沸点随气压的降低而降低，所以高原上煮\n饭要用高压锅。",
        "下列关于细胞膜结构和功能的叙述，正确的是\n（）。",
        "植物细胞壁的主要成分是纤维素和\n果胶，起保护作用。",
    ],
)
def test_a_proven_wrap_is_joined(text: str) -> None:
    assert joined(text) == text.replace("\n", "")


def test_lines_that_fill_the_column_are_joined() -> None:
    assert joined(COLUMN) == COLUMN.replace("\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "平均周转时间=（4+9+12+20）/5=11.25 min\n平均带权周转时间另行计算",
        "消费者甲        消费者乙        消费者丙\n取产品          取产品          取产品",
        "矛盾普遍性与特殊性的相互关系原理\n同一性指矛盾双方相互依存",
        "从缓冲区里取出一个数据再交给打印机\nV(S)",
    ],
)
def test_a_break_that_is_meant_stays(text: str) -> None:
    assert joined(text) == text
