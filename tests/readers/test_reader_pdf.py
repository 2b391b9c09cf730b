"""PDF: pages drawn by reportlab with a font that needs no file, read in the order of reading."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.colors import red
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.model import Reading, UnreadableError
from extract.pipeline import extract_reading
from extract.readers import read
from extract.readers.pdf_layout import Line, in_order

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
HEIGHT = A4[1]


def drawn(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: str) -> Reading:
    out = BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.setTitle(options.get("title", ""))
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read(out.getvalue(), name="paper.pdf")


def lines(*texts: str, x: float = 72, top: float = 72, step: float = 20) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        for k, text in enumerate(texts):
            canvas.drawString(x, canvas._pagesize[1] - top - k * step, text)

    return page


def both(*parts: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return page


def picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGB", (40, 30), (200, 30, 30)))


def marked(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(reading.text[m.start : m.end], m.value) for m in reading.marks if m.kind == kind]


def test_a_printed_line_is_a_line_and_pages_follow_each_other() -> None:
    reading = drawn(lines("1．下列物质属于单质的是（　　）", "A．氧气", "B．水"), lines("C．二氧化碳", "答案：A"), title="化学练习")
    assert reading.text == "1．下列物质属于单质的是（　　）\nA．氧气\nB．水\nC．二氧化碳\n答案：A"
    assert reading.titles == ("化学练习",)


def test_a_page_of_short_lines_is_not_read_downwards() -> None:
    texts = ("1. 下列属于湖泊的是（ ）。", "A. 洞庭湖 Big Lake", "B. 长江", "对", "错")

    def page(canvas: Canvas) -> None:
        canvas.drawString(540, 20, "1/13")  # far to the right of lines that are short and close
        for k in range(50):
            x = 72.0
            for letter in texts[k % 5]:
                canvas.drawString(x, 770 - 12 * k, letter)
                x += pdfmetrics.stringWidth(letter, "STSong-Light", 12)

    assert drawn(page).text.replace("（）", "（ ）").split("\n") == [*texts * 10, "1/13"]


def test_what_a_browser_prints_around_a_page_is_marked() -> None:
    def page(*texts: str) -> Callable[[Canvas], None]:
        return both(lines("2026/3/14 09:26 环境科学练习", top=24), lines(*texts), lines("https://example.org/paper?id=7 1/2", top=820))

    reading = drawn(page("1．下列气体中属于温室气体的是", "A．氮气"), page("B．二氧化碳", "C．2026/3/14 12:00"))
    assert [text for text, _ in marked(reading, "folio")] == ["2026/3/14 09:26 环境科学练习", "https://example.org/paper?id=7 1/2"] * 2


def test_a_full_line_is_wrapped_where_the_next_goes_on() -> None:
    texts = (
        "1．下列关于鄱阳湖的说法，正确的是鄱阳湖位于哪一个省，它是我国最大的淡",
        "水湖，又是候鸟越冬的地方（　　）",
        "A．江西省",
        "B．湖南省，这里还有洞庭湖，它的水面从前比鄱阳湖大，后来围湖造田，才渐",
        "渐小了",
        "2．青海湖是我国最大的湖泊，它的水是咸的，湖中的鸟岛上栖息着许多种水鸟，",
        "这种说法（　　）",
        "A．对",
        "B．错",
    )
    reading = drawn(lines(*texts))
    wraps = [reading.text[m.start - 3 : m.end + 3] for m in reading.marks if m.kind == "wrap"]
    assert wraps == ["大的淡\n水湖，", "，才渐\n渐小了", "水鸟，\n这种说"]
    first, second = extract_reading(reading).documents[0].questions
    assert first.stem.startswith("下列关于鄱阳湖的说法") and "最大的淡水湖，又是候鸟" in first.stem
    assert first.options[1].text.endswith("才渐渐小了")
    assert "许多种水鸟，这种说法" in second.stem


def test_rows_of_a_table_are_not_wrapped() -> None:
    def page(canvas: Canvas) -> None:
        for k in range(4):
            for row, cells in ((0, [str(10 * k + n + 11) for n in range(10)]), (20, list("ABCDABCDAB"))):
                for n, cell in enumerate(cells):
                    canvas.drawString(72 + 45 * n, 700 - 40 * k - row, cell)

    assert not marked(drawn(page), "wrap")


def test_running_heads_and_page_numbers_stay_and_are_marked() -> None:
    def page(n: int) -> Callable[[Canvas], None]:
        foot = lines(f"第 {n} 页 共 3 页", x=280, top=HEIGHT - 40)
        return both(lines("某校化学期末试卷", top=40), lines(f"{n}．第{n}题的题干", "A．甲"), foot)

    reading = drawn(page(1), page(2), page(3))
    assert reading.text.startswith("某校化学期末试卷\n1．第1题的题干\nA．甲\n第 1 页 共 3 页\n")
    assert marked(reading, "folio") == [pair for n in "123" for pair in (("某校化学期末试卷", n), (f"第 {n} 页 共 3 页", n))]


def test_what_every_question_says_is_no_running_head() -> None:
    def page(n: int) -> Callable[[Canvas], None]:
        said = [line for k in range(8) for line in (f"{n * 8 + k}．中国的第{k}长河流入哪个海？", "答案解析：参见地理教材")]
        return lines(*said, top=60, step=50)

    assert not marked(drawn(*(page(n) for n in range(6))), "folio")


def test_the_number_of_an_only_page() -> None:
    reading = drawn(both(lines("1．甲", "12"), lines("第 1 页 共 1 页", x=280, top=HEIGHT - 40)))
    assert marked(reading, "folio") == [("第 1 页 共 1 页", "1")]


def test_a_page_number_drawn_first_comes_where_it_stands() -> None:
    def page(n: int, *texts: str) -> Callable[[Canvas], None]:
        return both(lines(str(n), x=295, top=HEIGHT - 40), lines(*texts))

    reading = drawn(page(1, "甲题", "乙题"), page(2, "丙题", "丁题"))
    assert reading.text == "甲题\n乙题\n1\n丙题\n丁题\n2"
    assert marked(reading, "folio") == [("1", "1"), ("2", "2")]


LEFT = [f"左栏第{k}行说的是光合作用需要的条件和场所，{k}字满行" for k in range(1, 9)]
RIGHT = [f"右栏第{k}行说的是呼吸作用放出的能量与产物，{k}字满行" for k in range(1, 9)]


def test_columns_drawn_one_after_the_other() -> None:
    reading = drawn(both(lines(*LEFT), lines(*RIGHT, x=620)), size=landscape(A3))
    assert reading.text.split("\n") == LEFT + RIGHT


def test_columns_drawn_row_by_row_under_a_heading_that_crosses_them() -> None:
    def page(canvas: Canvas) -> None:
        lines("这是一份横跨左右两栏的试卷标题，" * 5, top=50)(canvas)
        for k, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            lines(left, top=90 + 20 * k)(canvas)
            lines(right, x=620, top=90 + 20 * k)(canvas)

    reading = drawn(page, size=landscape(A3))
    assert reading.text.split("\n")[1:] == LEFT + RIGHT


def test_options_in_columns_are_no_columns_of_the_page() -> None:
    def page(canvas: Canvas) -> None:
        for k in range(8):
            top = 72 + 60 * k
            lines(f"{k + 1}．下列各组物质中，前者是单质而后者是化合物的一组是哪一组（　　）", top=top)(canvas)
            for column, label in enumerate("AB"):
                lines(f"{label}．氧气和水", x=90 + 250 * column, top=top + 20)(canvas)
            for column, label in enumerate("CD"):
                lines(f"{label}．铁和铜", x=90 + 250 * column, top=top + 40)(canvas)

    text = drawn(page).text
    assert [text.index(f"{label}．") for label in "ABCD"] == sorted(text.index(f"{label}．") for label in "ABCD")
    assert text.index("1．") < text.index("A．") < text.index("2．")


def test_a_blank_drawn_as_a_line_and_one_that_is_a_table() -> None:
    def page(canvas: Canvas) -> None:
        y = HEIGHT - 72
        canvas.drawString(72, y, "水的化学式是")
        canvas.line(146, y - 2, 206, y - 2)
        canvas.drawString(208, y, "，常温下是液体。")
        canvas.drawString(72, y - 30, "姓名")
        canvas.line(98, y - 32, 158, y - 32)
        canvas.drawString(72, y - 60, "重点")
        canvas.line(72, y - 62, 96, y - 62)
        canvas.grid([72, 200, 330], [y - 140, y - 110, y - 80])
        canvas.drawString(80, y - 100, "题号")

    assert drawn(page).text == "水的化学式是____，常温下是液体。\n姓名____\n重点\n题号"


def test_pictures_leave_place_holders_where_they_stand() -> None:
    def page(canvas: Canvas) -> None:
        lines("1．如图所示，下列说法正确的是（　　）", "A．甲", top=72, step=120)(canvas)
        canvas.drawImage(picture(), 72, HEIGHT - 180, width=120, height=90)
        canvas.drawString(72, HEIGHT - 250, "方程")
        canvas.drawImage(picture(), 98, HEIGHT - 252, width=30, height=14)
        canvas.drawString(130, HEIGHT - 250, "的解")

    assert drawn(page).text == "1．如图所示，下列说法正确的是（　　）\n[图:p1-1]\nA．甲\n方程[图:p1-2]的解"


def test_coloured_letters_are_marked() -> None:
    def page(canvas: Canvas) -> None:
        lines("下列属于单质的是", "A．水")(canvas)
        canvas.setFillColor(red)
        lines("B．氧气", top=112)(canvas)

    assert marked(drawn(page), "color") == [("B．氧气", "FF0000")]


def test_a_scan_is_refused_with_a_sentence_that_says_so() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, width=A4[0], height=A4[1])

    with pytest.raises(UnreadableError, match=r"a scan of 2 page.* without a text layer"):
        drawn(page, page)


def test_a_damaged_or_locked_pdf_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^cut\.pdf: the PDF is damaged or locked"):
        read(b"%PDF-1.4\n1 0 obj\n<<>>", name="cut.pdf")
    out = BytesIO()
    canvas = Canvas(out, encrypt="secret")
    canvas.drawString(72, 72, "1.")
    canvas.save()
    with pytest.raises(UnreadableError, match="locked by a password"):
        read(out.getvalue(), name="locked.pdf")


def test_order_of_scattered_pieces_costs_no_square() -> None:
    rows = [[Line(str(k), 10, 20, 1000 - k % 997, 1005 - k % 997)] for k in range(20_000)]
    assert len(in_order(rows)) == len(rows)


def grid(rows: list[tuple[str, ...]], open_below: bool = False) -> Callable[[Canvas], None]:
    """A table with lines around its cells; a cell of several lines is drawn line by line."""
    xs, height = (60, 90, 250, 330, 410, 470), 40

    def page(canvas: Canvas) -> None:
        ys = [HEIGHT - 100 - k * height for k in range(len(rows) + 1)]
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y in ys[: -1 if open_below else None]:
            canvas.line(xs[0], y, xs[-1], y)
        for row, y in zip(rows, ys, strict=False):
            for cell, x in zip(row, xs, strict=False):
                for k, line in enumerate(cell.split("\n")):
                    canvas.drawString(x + 4, y - 14 - 13 * k, line)

    return page


NAMES = ("序", "题目", "选项A", "选项B", "答案")


def test_a_table_of_questions_reads_as_a_paper_over_pages() -> None:
    first = [("题号", *NAMES[1:]), ("1", "下列属于化合物的\n是（）", "水", "氧气", "A"), ("2", "冰是水的", "气态", "", "B")]
    second = [("", "哪种状态", "", "固态", ""), ("3", "雾是（）", "A.水滴\nB.冰", "", "A")]
    reading = drawn(both(lines("化学题库"), grid(first, open_below=True)), both(grid(second), lines("完", top=400)))
    assert reading.text == (
        "化学题库\n1.下列属于化合物的是（）\nA.水\nB.氧气\n【答案】A\n\n2.冰是水的\n哪种状态\nA.气态\nB.固态\n【答案】B\n\n"
        "3.雾是（）\nA.水滴\nB.冰\n【答案】A\n\n完")


def test_other_tables_stay_as_they_are_printed() -> None:
    rows = [("题目", "一", "二", "三", "总分"), ("得分", "10", "20", "30", "60")]
    assert drawn(both(lines("1．水是（　）"), grid(rows))).text.replace(" ", "").split("\n")[1:] == ["题目一二三总分", "得分10203060"]


def test_underlined_and_highlighted_letters_are_marked_and_the_bar_of_a_fraction_underlines_nothing() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(72, HEIGHT - 96, 34, 14, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        lines("1．水的沸点是一百度。", "A．甲B．乙")(canvas)
        canvas.line(150, HEIGHT - 74, 186, HEIGHT - 74)  # below 一百度
        canvas.drawString(72, HEIGHT - 134, "即")
        canvas.drawString(88, HEIGHT - 128, "三甲")
        canvas.drawString(88, HEIGHT - 142, "四乙")
        canvas.line(88, HEIGHT - 130, 112, HEIGHT - 130)

    reading = drawn(page)
    assert marked(reading, "underline") == [("一百度", "")]
    assert marked(reading, "highlight") == [("A．甲", "FFFF00")]
