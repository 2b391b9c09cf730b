"""Markdown: the syntax goes, the exam's own signs stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Reading
from extract.readers import read


def paper(text: str) -> Reading:
    return read(text.encode(), name="paper.md")


def marked(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(reading.text[m.start : m.end], m.value) for m in reading.marks if m.kind == kind]


CASES = {
    "headings of both kinds": ("# 化学 #\n## 一、选择题\n第二章\n===\n正文", "化学\n一、选择题\n第二章\n正文"),
    "a printed number stays as printed": ("1. 甲\n1. 乙\n7) 丙\n（3）丁\n1986. 年份", "1. 甲\n1. 乙\n7) 丙\n（3）丁\n1986. 年份"),
    "a bullet goes, its indent stays": ("- 甲\n  * 乙\n+ 丙\n-丁", "甲\n  乙\n丙\n-丁"),
    "a type tag is no link": ("1. [单选题] 水是（ ）\n[A] 甲\n[见图](fig.html)\n[1](注)", "1. [单选题] 水是（ ）\n[A] 甲\n见图\n[1](注)"),
    "blanks are no emphasis": ("水的化学式是____，冰是_____。\n____\n__粗__", "水的化学式是____，冰是_____。\n____\n粗"),
    "products and powers are no emphasis": ("2*3*4=24，a**b**c，x * y * z，卷积核 5*5", "2*3*4=24，abc，x * y * z，卷积核 5*5"),
    "emphasis between low lines goes, a filled blank stays": (
        "_A、_多样性，答案：_√_，第一空：_ _第二空：_ 酶\nmy_var_name，能量货币是_ATP_。",
        "A、多样性，答案：√，第一空：_ 第二空： 酶\nmy_var_name，能量货币是_ATP_。",
    ),
    "a link that runs a script goes": ("[氧](javascript:void(0);)与[单选题](4)", "氧与[单选题](4)"),
    "emphasis goes": ("**答案：**B，*斜*与***重***，~~删~~", "答案：B，斜与重，删"),
    "a lone sign stays": ("**注意：共 3 * 4 题\n~~ 约\n`未完", "**注意：共 3 * 4 题\n~~ 约\n`未完"),
    "hard breaks go": ("A. 甲\\\nB. 乙  \nC. 丙\\\\", "A. 甲\nB. 乙\nC. 丙\\"),
    "escapes": (r"1\. 甲 \* \_ \# \[单选\] C:\temp 5\%", r"1. 甲 * _ # [单选] C:\temp 5%"),
    "quotes": ("> 材料一\n> > 甲\n>乙\n3 > 2", "材料一\n甲\n乙\n3 > 2"),
    "tables": ("| 题号 | 1 |\n|---|:-:|\n| 答案 | **A** |\n| 空 | |\n后文", "题号\t1\n答案\tA\n空\n后文"),
    "a bar in a line is no table": ("A. a | b\nB. c | d", "A. a | b\nB. c | d"),
    "code keeps its lines": ("```c\nif (a*b*c) {\n    x = **p;\n}\n```\n~~~\n# 不是标题\n~~~", "if (a*b*c) {\n    x = **p;\n}\n# 不是标题"),
    "code in a line": ("用 `printf(\"*%d*\")` 与 `` a`b `` 输出", "用 printf(\"*%d*\") 与 a`b 输出"),
    "pictures": ("如图![装置](img/图1.png \"标题\")所示 ![](https://a.example/b(1).jpg?x=1)", "如图[图:图1.png]所示 [图:b(1).jpg]"),
    "html in it": (
        "甲<br>乙<b>丙</b><img src='a/f.png'> a<b && c>d\n#include <stdio.h>\n<!-- 注\n释 -->丁",
        "甲\n乙丙[图:f.png] a<b && c>d\n#include <stdio.h>\n丁",
    ),
    "entities": ("A&lt;B &amp; &#8805; &copy2 AT&T", "A<B & ≥ &copy2 AT&T"),
    "rules go, blank lines are one": ("甲\n\n\n---\n\n乙\n* * *\n丙", "甲\n\n乙\n丙"),
    "no space after the sign of a heading": ("##第一章 绪论\n#include <a.h>\n#1 号", "第一章 绪论\n#include <a.h>\n#1 号"),
    "blanks and letters that LaTeX sets, formulas stay": (
        r"水是$\underline{\quad\quad}$，冰是（$\quad$），雾是$(\ \ )$，点$A$在$x\quad y$上，价格5$ 和6$，\underline{\hspace{2cm}}。"
        "答案：$B$",
        r"水是____，冰是（  ），雾是(  )，点$A$在$x\quad y$上，价格5$ 和6$，____。答案：B",
    ),
    "a value in a list of tasks is no label": ("- [x] 1.1\n- [ ] A. 2", "☐ 1.1\nA. 2"),
    "an address": ("见 <https://a.example/x>", "见 https://a.example/x"),
}


@pytest.mark.parametrize("case", CASES)
def test_text(case: str) -> None:
    source, text = CASES[case]
    assert paper(source).text == text


def test_marks() -> None:
    reading = paper("# 化学\n\n1. **水**是~~单质~~`H2O`\n\n- [x] A. 甲\n- [ ] B. 乙\n\n|题号|1|\n|-|-|\n|答案|A|\n")
    assert marked(reading, "heading") == [("化学", "1")]
    assert marked(reading, "bold") == [("水", "")]
    assert marked(reading, "strike") == [("单质", "")]
    assert marked(reading, "code") == [("H2O", "")]
    assert marked(reading, "checked") == [("A. 甲", "")]
    assert marked(reading, "row") == [("题号\t1", ""), ("答案\tA", "")]
    assert marked(reading, "table") == [("题号\t1\n答案\tA", "")]


def test_front_matter_gives_the_title_only() -> None:
    reading = paper("---\ntitle: \"化学练习\"\ntags:\n  - a\n---\n1. 甲\n---\n2. 乙")
    assert (reading.titles, reading.text) == (("化学练习",), "1. 甲\n2. 乙")
    assert paper("---\n1. 甲\n---\n2. 乙").text == "1. 甲\n2. 乙"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("*_`~[]()<>|\\#-+!&;.1A甲\n \t"), max_size=120))
def test_no_signs_raise_or_lose_a_character(text: str) -> None:
    reading = paper("甲" + text + "\n乙")
    assert reading.text.count("乙") == 1
    assert reading.text.count("甲") == 1 + text.count("甲")
