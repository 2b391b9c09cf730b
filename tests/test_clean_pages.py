"""Clean pages (干净的页面) whose text holds what also labels and numbers: the next number, A 组, dates, articles, minus signs.

Nothing of such a page may be changed, and every question is read as it was printed.
"""

from __future__ import annotations

import random
import re

import pytest

from extract import extract
from extract.model import Extraction

# stem and options; n is the number of the next question, m of the one after
ASKED = (
    ("从 {n} 开始的连续三个整数中最大的是（ ）", ("{m}", "{n}", "{n}+{m}", "{m}+1")),
    ("一袋面粉重{n}.5千克，{m}袋这样的面粉重（ ）千克", ("{n}.5", "{m}.5", "{n}.5×{m}", "{n}.5+{m}")),
    ("已知 A、B 两点在数轴上，AB={n}，则线段 AB 的中点到 A 的距离是（ ）", ("{n}÷2", "{n}", "{m}-1", "都不是")),
    ("一、二年级共有{n}0人，三、四年级共有{m}0人，四个年级共有（ ）人", ("{n}0", "{m}0", "{n}0+{m}0", "{m}0-{n}0")),
    ("20{n:0>2}年{n}月4日发射的卫星属于（ ）卫星", ("气象", "导航", "通信", "第{n}代")),
    ("依据某条例第{n}条规定，3日内应当答复，下列做法错误的是（ ）", ("当日答复", "第2日答复", "第3日答复", "第{m}0日答复")),
    ("下列说法正确的有（ ）：①物体受力平衡时静止；②匀速直线运动的物体受力平衡；③重力方向竖直向下", ("①②", "②③", "①③", "①②③")),
    ("三角形 ABC 中，∠A={n}0°，∠B={m}0°，则∠C 是（ ）", ("锐角", "直角", "钝角", "平角")),
    ("下列物质中属于维生素 B 族的是（ ）", ("维生素 B2", "维生素 C", "维生素 A", "维生素 D")),
    ("下列关于 1、2、3 号电梯的说法，错误的是（ ）", ("1 号在{n}层", "2 号在{m}层", "3 号停用", "{n} 号不存在")),
    ("下列说法与图不符的是（ ）", ("老师讲的第{n}题很清楚", "A 组和 B 组同学都来了", "他排在第{n}、我排在第{m}", "选项 C 最好")),
    ("下列数中最大的是( )", ("-{n}", "0", "{m}", "{n}")),
)
EXPLAINED = (
    "A 项错误，{n} 不是质数；C、D 两项均不合题意。",
    "{n}.5 与 {m} 比较，前者较小。",
    "由题意得：（1）AB={n}；（2）BC={m}。",
    "解：设共有 x 人，则 {n}x={m}。",
    "考点：{n}、{m} 的倍数。",
)
NUMBERS = ("{}．", "{}. ", "{}、", "（{}）", "第{}题 ")
LABELS = ("A．", "A. ", "A、", "(A)")
Printed = tuple[str, list[str], str, str]


def page(seed: int) -> tuple[str, list[Printed], bool]:
    """The text of a page, its questions (stem, options, answer, explanation), and whether it is all one paragraph."""
    dice = random.Random(seed)
    number, label, flat, together = dice.choice(NUMBERS), dice.choice(LABELS), seed % 4 == 3, dice.random() < 0.5
    lines, questions = ["综合知识练习题", "", "一、单项选择题"], []
    for n, (stem, options) in enumerate(dice.sample(ASKED, dice.randint(5, 9)), 2):
        now = {"n": n, "m": n + 1}
        answer, told = dice.choice("ABCD"), dice.choice(EXPLAINED).format(**now)
        texts = [text.format(**now) for text in options]
        printed = [label.replace("A", letter) + text for letter, text in zip("ABCD", texts, strict=True)]
        lines += [number.format(n - 1) + stem.format(**now), *(["  ".join(printed)] if together or flat else printed)]
        lines += [f"【答案】{answer}", f"【解析】{told}"]
        questions.append((stem.format(**now), texts, answer, told))
    return (" " if flat else "\n").join(lines), questions, flat


def read(text: str) -> Extraction:
    return extract(text.encode(), name="page.txt")


@pytest.mark.parametrize("seed", range(48))
def test_nothing_of_a_clean_page_is_changed(seed: int) -> None:
    text, _, flat = page(seed)
    changed = [r for r in read(text).repairs if not (flat and r.rule == "split-glued-question")]
    assert not changed


@pytest.mark.parametrize("seed", [seed for seed in range(48) if seed % 4 != 3])
def test_every_question_is_read_as_printed(seed: int) -> None:
    text, questions, _ = page(seed)
    (document,) = read(text).documents
    assert [(q.stem, [o.text for o in q.options], q.answer, q.explanation) for q in document.questions] == [
        (stem, options, (answer,), told) for stem, options, answer, told in questions
    ]


def test_a_break_stands_before_the_bullet_of_a_question_and_behind_no_markup() -> None:
    asked = "●并行总线适合（ ）传输。 A.近距离 B.远距离 C.无线 D.水下 "
    text = asked + "●光盘属于（ ）。 A.内存 B.外存 C.缓存 D.寄存器 ●文件名后缀jpg表示（ ）。 A.图片 B.声音 C.文字 D.程序"
    at = [r.start for r in read(text).repairs if r.rule == "split-glued-question"]
    assert at == [m.start() for m in re.finditer("●", text)][1:]
    marked = "<p>1. 光盘属于（ ）。 A.内存 B.外存</p>\n<p>2. 图片的后缀是（ ）。 A.jpg B.mp3</p>\n"
    assert not [r for r in read(marked).repairs if r.rule == "split-glued-question"]
