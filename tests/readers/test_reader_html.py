"""HTML: the visible text as a browser lays it out, and what the layout says of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Reading, UnreadableError
from extract.readers import read


def page(body: str, head: str = "<style>.k{display:none}</style>") -> Reading:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), name="page.html")


def marked(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(reading.text[m.start : m.end], m.value) for m in reading.marks if m.kind == kind]


LINES = {
    "a block is a line, spans of a sentence stay on it": (
        "<div><p><span>1. 水的</span><span>化学式</span>是<b>（ ）</b></p><p>A. H<sub>2</sub>O</p></div>",
        "1. 水的化学式是（ ）\nA. H2O",
    ),
    "white space of the source is one space, and none at line ends": ("<p>\n  A.  two\t words  \n</p>\n<p> B. </p>", "A. two words\nB."),
    "a line break of the source between Chinese characters is nothing": (
        "<p>光合\n作用<span>需要</span>\n<span>光</span></p>", "光合作用需要光",
    ),
    "a line break of the page is a line": ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙"),
    "an empty paragraph leaves no trace": ("<p>甲</p><p><br></p><p> </p><p>乙</p>", "甲\n乙"),
    "cells of a row stand between tabs": (
        "<table><tr><th>题号</th><th>1</th><th>2</th></tr><tr><td><p>答案</p></td><td><div>A</div></td><td></td></tr></table>",
        "题号\t1\t2\n答案\tA",
    ),
    "an empty cell keeps its column": ("<table><tr><td></td><td><br></td><td>丙</td></tr><tr><td>丁</td></tr></table>", "\t\t丙\n丁"),
    "a cell of several lines is lines": ("<table><tr><td>A. 甲<br>B. 乙</td><td>C. 丙</td></tr></table>", "A. 甲\nB. 乙\nC. 丙"),
    "a table that lays out the page": (
        "<table><tr><td>导航</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>", "导航\t1\t2",
    ),
    "what is hidden is left out": (
        "<p>甲</p><p style='display:none'>隐</p><p hidden>藏</p><p style='visibility: hidden'>匿</p><i aria-hidden='true'>★</i>"
        "<span class='sr-only'>读屏</span><script>var a = '<p>代码</p>'</script><style>p{}</style><noscript>无</noscript>"
        "<template>模板</template><!-- 注 --><p>乙</p>",
        "甲\n乙",
    ),
    "an underlined space is a blank": (
        "<p>水的沸点是<u>&nbsp;&nbsp;&nbsp;&nbsp;</u>℃，冰点是<u>      </u>，<span style='text-decoration:underline'>　　</span>。</p>",
        "水的沸点是____℃，冰点是____，____。",
    ),
    "space beside underlined words is no blank": (
        "<p>答：<u><span>&nbsp;&nbsp;</span>水<span>&nbsp;&nbsp;</span></u>。</p>", "答：\xa0\xa0水\xa0\xa0。",
    ),
    "a field to type in is a blank, a search box is not": (
        "<form><input type=search name=q></form><p>水的化学式是<input type=text>。</p><input type=hidden value=1><textarea></textarea>",
        "水的化学式是____。",
    ),
    "list items get the number that a browser prints": (
        "<ol start=3><li>甲</li><li value=7>乙</li><li>丙</li></ol><ol type=A><li>1</li><li>2</li></ol>"
        "<ol style='list-style:none'><li>丁</li></ol><ul><li>戊</li></ul>",
        "3. 甲\n7. 乙\n8. 丙\nA. 1\nB. 2\n丁\n戊",
    ),
    "a printed number is not doubled": (
        "<ol><li>A. 甲</li><li><b>B</b>、乙</li><li>（3）丙</li><li>第4题 丁</li></ol>", "A. 甲\nB、乙\n（3）丙\n第4题 丁",
    ),
    "a value is no printed number": (
        "<ol type=A><li>1.2 米</li><li>4.5倍</li><li>9:30</li></ol><ol><li>1.1949年建国</li></ol>",
        "A. 1.2 米\nB. 4.5倍\nC. 9:30\n1.1949年建国",
    ),
    "roman and Chinese lists": (
        "<ol type=i><li>甲</li><li>乙</li></ol><ol style='list-style-type:cjk-ideographic' start=11><li>丙</li></ol>",
        "i. 甲\nii. 乙\n十一. 丙",
    ),
    "code keeps its lines and spaces": ("<pre>int main() {\n    return 0;\n}</pre>", "int main() {\n    return 0;\n}"),
    "a reading above a character stands in brackets": ("<p><ruby>重<rp>(</rp><rt>zhòng</rt><rp>)</rp></ruby>要</p>", "重(zhòng)要"),
    "an inline block goes on in its line": ("<div>1. <div style='display:inline'>水是</div><span>化合物</span></div>", "1. 水是化合物"),
    "a span that is a block is a line": (
        "<span style='display:block'>A. 甲</span><span style='display:block'>B. 乙</span>", "A. 甲\nB. 乙",
    ),
    "entities": ("<p>a&lt;b &amp;&amp; c&gt;d &#x2460; &nbsp;&copy;</p>", "a<b && c>d ① \xa0©"),
    "text that only looks like a tag is not eaten": (
        "<p>#include <stdio.h> 与 vector<int> 之后，P<AVC 时亏损，if (a<b && c>d)</p><p>x</p>",
        "#include <stdio.h> 与 vector<int> 之后，P<AVC 时亏损，if (a<b && c>d)\nx",
    ),
    "text after a place to break a word, a sound or a film is read": (
        "<p>1. pneumono<wbr>coniosis是（ ）<bgsound src=a.mid>。</p><div><embed src=a.swf>2. 冰是水</div><p hidden><wbr>藏</p><p>乙</p>",
        "1. pneumonoconiosis是（ ）。\n2. 冰是水\n乙",
    ),
    "an article that fades in is read": (
        "<div id=js_content style='visibility: hidden; opacity: 0; '><section><p><span leaf=''>甲</span></p></section></div>", "甲",
    ),
    "what forums mix into posts against copying is left out, a list that closes the gaps between its items is not": (
        "<p>1. 水<font class=jammer>x9 b</font>是<span style='font-size:0px;color:#fff'>q3</span>（ ）</p>"
        "<ul style='font-size:0'><li style='font-size:14px'>A. 甲</li></ul><p>丙<span style='font-size:0.5em'>小</span></p>",
        "1. 水是（ ）\nA. 甲\n丙小",
    ),
    "numbers that a converter says its style sheet prints, bullets in letters of a symbol font": (
        "<ol><li data-list-text='1、'><p>水是（ ）</p><ul>"
        "<li data-list-text='A.'><p>单质</p></li><li data-list-text='B.'><p>1.5</p></li></ul></li></ol>"
        "<ul><li data-list-text='l'><p>甲</p></li><li data-list-text='•'><p>乙</p></li></ul>",
        "1、 水是（ ）\nA. 单质\nB. 1.5\n甲\n乙",
    ),
    "items that say themselves how they are numbered": (
        "<ol><li style='list-style-type:upper-alpha'>甲<li style='list-style-type:none'>乙</ol>", "A. 甲\n乙",
    ),
    "a formula that MathJax drew, by what it says to readers of screens": (
        "<p>设<span class=MathJax_Preview style='display:none'></span><span class=MathJax><nobr aria-hidden=true><span>x2</span></nobr>"
        "<span class=MJX_Assistive_MathML><math><msup><mi>x</mi><mn>2</mn></msup></math></span></span>"
        "<script type='math/tex'>x^2</script>则</p>",
        "设[公式:x^2]则",
    ),
    "an answer that is shown when it is asked for": (
        "<p>1. 水是（ ）</p><a>查看答案</a><div style='display:none'><p>正确答案：<b>B</b></p><p>解析：由两种元素组成。</p></div>"
        "<p>2. 冰是（ ）</p><p>答案：<span hidden>A</span></p><p>3. 雾是（ ）</p><button>显示答案</button><div class=k>C</div>"
        "<p>4. 雨是（ ）</p><div hidden>【答案】<i style='display:none'>暗</i>D</div>",
        "1. 水是（ ）\n查看答案\n正确答案：B\n解析：由两种元素组成。\n"
        "2. 冰是（ ）\n答案：A\n3. 雾是（ ）\n显示答案\nC\n4. 雨是（ ）\n【答案】D",
    ),
    "pieces that are put one by one are a line if they stand at one height": (
        "<div><p style='position:absolute;top:10px;left:20px'>1、水</p><p style='position:absolute;top:10px;left:60px'>是（ ）</p>"
        "<p style='position:absolute;top:30px;left:20px'>A.甲</p><p style='position:absolute;top:31px;left:220px'>B.乙</p></div>"
        "<div><span style='left:9%;top:5.2%'>2、冰</span><span style='left:19%;top:5.3%'>是</span>"
        "<span style='left:9%;top:8%'>A.甲</span></div>"
        "<p>丙<sup style='position:relative;top:-4px;left:1px'>2</sup>丁</p>",
        "1、水是（ ）\nA.甲 B.乙\n2、冰是\nA.甲\n丙2丁",
    ),
    "and so they are where a style sheet puts them": (
        "<style>.t{position:absolute}.x1{left:90px}.x2{left:130px}.y1{bottom:700px}.y2{bottom:680px}</style>"
        "<div class='t x1 y1'>1.水是</div><div class='t x2 y1'>（ ）</div><div class='t x1 y2'>A.甲</div><div>乙</div><div>丙</div>",
        "1.水是（ ）\nA.甲\n乙\n丙",
    ),
    "a cue of its own element and its value stand apart": (
        "<div><b>正确答案</b><span>化合物</span></div><p><i>解析</i>：略</p><p><b>答案</b>为A，<b>答案</b></p><p>乙</p>",
        "正确答案 化合物\n解析：略\n答案为A，答案\n乙",
    ),
    "windows, templates and offers that are hidden stay so": (
        "<p>1. 水是（ ）</p><a>查看答案</a><div hidden>请先登录</div><div hidden>答案错误，请重新作答</div>"
        "<div hidden>答案：{{answer}}</div>"
        "<div hidden>正确答案：</div><p>答案：<span hidden>开通会员后可见</span></p><div hidden><script>var s='答案：B'</script>甲</div>",
        "1. 水是（ ）\n查看答案\n答案：",
    ),
    "custom elements and those of Word are elements": ("<p><o:p>甲</o:p><el-tag>乙</el-tag><question>丙</question></p>", "甲乙丙"),
}


@pytest.mark.parametrize("case", LINES)
def test_text(case: str) -> None:
    markup, text = LINES[case]
    assert page(markup).text == text


def test_pictures_and_formulas_leave_place_holders() -> None:
    reading = page(
        "<p>如图<img src='https://a.example/pics/fig-3.png?v=1'>所示<img src='dot.gif' width=1><img src='/ui/icon_ok.png'><img></p>"
        "<p>方程<img class='kfformula' src='x.png' alt='x^2=[1]'>与"
        "<math><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math>"
        "与<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><msqrt><mn>2</mn></msqrt></math></p>"
    )
    assert reading.text == "如图[图:fig-3.png]所示\n方程[公式:x^2=［1］]与[公式:1/(a+b)]与[公式:x^2=√2]"


def test_marks_say_what_the_layout_says() -> None:
    reading = page(
        "<h2>一、选择题</h2><p>1. 水是<b>化合物</b>。<font color=red>A</font>"
        "<span style='color:rgb(0,176,80)'>B</span><span style='color:#333'>C</span></p>"
        "<p><s>旧题</s><mark>重点</mark>、<span style='background-color:yellow'>亮</span><u>线</u><code>x</code></p>"
        "<table><tr><td>甲</td><td>乙</td></tr></table>"
    )
    assert marked(reading, "heading") == [("一、选择题", "2")]
    assert marked(reading, "bold") == [("化合物", "")]
    assert marked(reading, "color") == [("A", "FF0000"), ("B", "00B050")]
    assert marked(reading, "strike") == [("旧题", "")]
    assert marked(reading, "highlight") == [("重点", "FFFF00"), ("亮", "FFFF00")]
    assert marked(reading, "underline") == [("线", "")]
    assert marked(reading, "code") == [("x", "")]
    assert marked(reading, "row") == [("甲\t乙", "")]
    assert marked(reading, "cell") == [("甲", ""), ("乙", "")]


def test_numbers_that_a_browser_prints_are_marked() -> None:
    reading = page("<ol><li>水是（ ）<ol type=A><li>单质</li><li>B. 化合物</li></ol></li></ol>")
    assert reading.text == "1. 水是（ ）\nA. 单质\nB. 化合物"
    assert marked(reading, "list") == [("1.", "0"), ("A.", "1")]


def test_style_sheets_are_resolved_for_simple_selectors() -> None:
    reading = page(
        "<p>A. 甲</p><p class='opt right'>B. 乙</p><p class=tip>提示</p><p id=key>C. 丙</p><p class=plain>丁</p>",
        "<style>/* x */ .right, .ok { color: #f00; font-weight: bold } @media print { p { display: none } } .tip{display:none}"
        "#key{color:green} p{font-weight:700} .plain{font-weight:normal} .a .b {color:blue}</style>",
    )
    assert reading.text == "A. 甲\nB. 乙\nC. 丙\n丁"
    assert marked(reading, "color") == [("B. 乙", "FF0000"), ("C. 丙", "008000")]
    assert marked(reading, "bold") == [("A. 甲", ""), ("B. 乙", ""), ("C. 丙", "")]


def test_the_colour_of_the_body_is_no_mark() -> None:
    reading = page("<div style='color:#3366cc'><p>下列说法正确的是（ ）</p><p>A. 甲</p><p style='color:#e00000'>B. 乙</p></div>")
    assert marked(reading, "color") == [("B. 乙", "E00000")]


def test_a_table_of_questions_reads_as_a_paper_and_other_tables_do_not() -> None:
    head = "<tr><th></th><th>题目</th><th>选项A</th><th>选项B</th><th>正确答案</th></tr>"
    first = "<tr><td>x</td><td>水是（ ）</td><td>单质</td><td>化合物</td><td>B</td></tr>"
    second = "<tr><td></td><td>冰是（ ）</td><td>水</td><td></td><td>A</td></tr>"
    scores = "<table><tr><td>题目</td><td>一</td><td>二</td></tr>"
    scores += "<tr><td>得分</td><td>2</td><td>3</td></tr></table>"
    reading = page(f"<p>前</p><table>{head}{first}{second}</table><p>后<b>粗</b></p>{scores}")
    assert reading.text == (
        "前\n题目：水是（ ）\nA.单质\nB.化合物\n【答案】B\n\n题目：冰是（ ）\nA.水\n【答案】A\n后粗\n题目\t一\t二\n得分\t2\t3")
    assert marked(reading, "bold") == [("粗", "")]
    assert [text for text, _ in marked(reading, "row")] == ["题目\t一\t二", "得分\t2\t3"]


def test_headings_inside_a_table_of_questions_are_lines_of_their_own() -> None:
    head = "<tr><th>序号</th><th>题目</th><th>选项A</th><th>选项B</th><th>答案</th></tr>"
    first = "<tr><td>1</td><td>水是（ ）</td><td>单质</td><td>化合物</td><td>B</td></tr>"
    second = "<tr><td>2</td><td>冰是冷的</td><td></td><td></td><td>√</td></tr>"
    over = "<tr><td colspan=5>一、单选题</td></tr>"
    within = "<tr><td>二、判断题</td><td></td><td></td><td></td><td></td></tr>"
    assert page(f"<table>{head}{over}{first}{head}{within}{second}<tr><td>3</td></tr></table>").text == (
        "一、单选题\n1.水是（ ）\nA.单质\nB.化合物\n【答案】B\n\n二、判断题\n2.冰是冷的\n【答案】√\n\n3")


def test_a_table_with_a_row_for_each_field_reads_as_a_paper() -> None:
    def card(number: int, stem: str) -> str:
        rows = (("题号", number, "题型", "单选题"), ("题干", stem), ("选项A", "单质"), ("选项B", "化合物"), ("答案", "B"), ("解析", ""))
        return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"

    other = "<table><tr><td>题目</td><td>1</td></tr><tr><td>答案</td><td>A</td></tr></table>"
    assert page(card(1, "水是（ ）") + card(2, "冰是（ ）") + other).text == (
        "1.【单选题】水是（ ）\nA.单质\nB.化合物\n【答案】B\n2.【单选题】冰是（ ）\nA.单质\nB.化合物\n【答案】B\n题目\t1\n答案\tA")


def test_a_ticked_box_marks_its_line() -> None:
    reading = page(
        "<p><input type=radio>A. 甲</p><p><input type=radio checked>B. 乙</p><label><input type=checkbox checked> C. 丙</label>")
    assert reading.text == "A. 甲\nB. 乙\nC. 丙"
    assert marked(reading, "checked") == [("B. 乙", ""), ("C. 丙", "")]
    assert marked(reading, "checkbox") == [("C. 丙", "")]


def test_titles_come_from_the_head() -> None:
    head = "<title> 化学练习 - 某站 </title><meta property='og:title' content='化学练习'>"
    reading = page("<p>1.</p><svg><title>图标</title></svg>", head)
    assert reading.titles == ("化学练习", "化学练习 - 某站")
    assert reading.text == "1."


def test_a_page_that_word_saved() -> None:
    markup = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">\r\n<head>\r\n'
        '<meta http-equiv=Content-Type content="text/html; charset=gb2312">\r\n<!--[if gte mso 9]><xml><o:OfficeDocumentSettings>'
        "</o:OfficeDocumentSettings></xml><![endif]-->\r\n<style><!--\r\n p.MsoNormal {color:black}\r\n--></style></head>\r\n"
        "<body lang=ZH-CN><div class=WordSection1>\r\n<p class=MsoNormal><![if !supportLists]>"
        "<span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>"
        "<span\r\nstyle='color:#00B050'>镁在空气中燃烧<span lang=EN-US><o:p></o:p></span></span></p>\r\n</div></body></html>"
    )
    reading = read(markup.encode("gb18030"), name="saved.htm")
    assert reading.text == "1.\xa0镁在空气中燃烧"
    assert reading.source.encoding == "gb18030"


@pytest.mark.parametrize("depth", [10, 10_000])
def test_nesting_changes_nothing(depth: int) -> None:
    inner = "<span>" * depth + "化合物" + "</span>" * depth
    reading = page(f"<p>甲</p>{'<div>' * depth}1. 水是<b>{inner}</b>。{'</div>' * depth}<p>乙</p>")
    assert reading.text == "甲\n1. 水是化合物。\n乙"
    assert marked(reading, "bold") == [("化合物", "")]


def test_deep_tables_and_lists_end() -> None:
    deep = 3_000
    assert page("<table><tr><td>" * deep + "甲" + "</td></tr></table>" * deep).text == "甲"
    assert page("<ol><li>" * deep + "甲" + "</li></ol>" * deep).text == "1. 甲"
    assert "a" in page("<math>" + "<msqrt>" * deep + "<mi>a</mi>" + "</msqrt>" * deep + "</math>").text


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"' abpdivtrspnulo!-&;#x0甲1."), max_size=200))
def test_no_markup_raises(markup: str) -> None:
    try:
        reading = page(markup)
    except UnreadableError:
        return
    for m in reading.marks:
        assert 0 <= m.start < m.end <= len(reading.text)
