"""Automatic numbers and letters of Word (自动编号) read as they are printed."""
# ruff: noqa: E501 - the fixtures are XML, which reads worse when it is cut

from __future__ import annotations

import pytest
from word_parts import abstract, marked, num, p, package, text_of

from extract.readers import read
from extract.readers.listing import numeral


def test_automatic_numbers_and_letters_read_as_printed() -> None:
    numbering = abstract("0", ("decimal", "%1."), ("upperLetter", "%2.")) + num("1", "0")
    body = "".join((
        p("水的化学式是（ ）", "1"), p("H2O", "1", 1), p("CO2", "1", 1),
        p("下列属于单质的是（ ）", "1"), p("氧气", "1", 1), p("水", "1", 1), p("答案：A"),
    ))
    reading = read(package(body, numbering=numbering), name="paper.docx")
    assert reading.text == "1. 水的化学式是（ ）\nA. H2O\nB. CO2\n2. 下列属于单质的是（ ）\nA. 氧气\nB. 水\n答案：A"
    assert marked(reading, "list")[:2] == [("1.", "0"), ("A.", "1")]


@pytest.mark.parametrize(("form", "pattern", "printed"), [
    ("decimal", "（%1）", "（2） "), ("decimal", "第%1题", "第2题 "), ("chineseCounting", "%1、", "二、 "), ("decimalEnclosedCircle", "%1", "② "),
    ("upperRoman", "%1.", "II. "), ("lowerRoman", "%1)", "ii) "), ("lowerLetter", "(%1)", "(b) "), ("decimalZero", "%1.", "02. "),
    ("ideographTraditional", "%1、", "乙、 "), ("japaneseCounting", "%1.", "二. "), ("bullet", "", ""), ("none", "例", "例 "),
])
def test_number_formats(form: str, pattern: str, printed: str) -> None:
    numbering = abstract("0", (form, pattern)) + num("1", "0")
    assert text_of(p("甲", "1") + p("乙", "1"), numbering=numbering).split("\n")[1] == f"{printed}乙"


@pytest.mark.parametrize(("n", "form", "printed"), [
    (10, "chineseCounting", "十"), (12, "chineseCounting", "十二"), (20, "chineseCounting", "二十"), (105, "chineseCounting", "一百零五"),
    (110, "chineseCounting", "一百一十"), (1003, "chineseCounting", "一千零三"), (21, "decimalEnclosedCircle", "㉑"), (60, "decimalEnclosedCircle", "(60)"),
    (27, "upperLetter", "AA"), (28, "lowerLetter", "bb"), (1994, "upperRoman", "MCMXCIV"), (20, "ideographDigital", "二〇"),
    (12, "chineseLegalSimplified", "壹拾贰"), (3, "nobody-knows", "3"), (0, "upperLetter", "0"),
])
def test_numerals(n: int, form: str, printed: str) -> None:
    assert numeral(n, form) == printed


def test_lower_levels_begin_anew_and_show_the_upper_ones() -> None:
    numbering = abstract("0", ("chineseCounting", "%1、"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")) + num("1", "0")
    body = p("总论", "1") + p("甲", "1", 1) + p("乙", "1", 1) + p("丙", "1", 2) + p("分论", "1") + p("丁", "1", 1)
    assert text_of(body, numbering=numbering) == "一、 总论\n一.1 甲\n一.2 乙\n一.2.1 丙\n二、 分论\n二.1 丁"


def test_legal_numbers_suffix_and_restart_never() -> None:
    legal = abstract("0", ("chineseCounting", "第%1章"), ("decimal", "%1.%2"), extra='<w:isLgl/><w:suff w:val="nothing"/>')
    body = p("绪论", "1") + p("甲", "1", 1)
    assert text_of(body, numbering=legal + num("1", "0")) == "第1章绪论\n1.1甲"
    never = abstract("0", ("decimal", "%1."), ("decimal", "(%2)"), extra='<w:lvlRestart w:val="0"/>')
    body = p("甲", "1") + p("乙", "1", 1) + p("丙", "1") + p("丁", "1", 1)
    assert text_of(body, numbering=never + num("1", "0")) == "1. 甲\n(1) 乙\n2. 丙\n(2) 丁"


def test_a_start_override_begins_anew_once_and_lists_of_one_kind_count_on() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract("0", ("decimal", "%1.")) + num("1", "0") + num("2", "0", override) + num("3", "0")
    body = p("甲", "1") + p("乙", "1") + p("丙", "2") + p("丁", "2") + p("戊", "3")
    assert text_of(body, numbering=numbering) == "1. 甲\n2. 乙\n1. 丙\n2. 丁\n3. 戊"


def test_a_level_of_its_own_in_the_list() -> None:
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl></w:lvlOverride>'
    assert text_of(p("甲", "1"), numbering=abstract("0", ("decimal", "%1.")) + num("1", "0", own)) == "(5) 甲"


def test_lists_of_styles_and_their_lifting() -> None:
    numbering = abstract("0", ("decimal", "%1."), ("upperLetter", "%2.")) + num("7", "0")
    numbering = numbering.replace('<w:lvlText w:val="%2."/>', '<w:lvlText w:val="%2."/><w:pStyle w:val="Opt"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="Stem"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Opt"><w:basedOn w:val="Stem"/></w:style>'
    )
    lifted = '<w:p><w:pPr><w:pStyle w:val="Stem"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>答案：A</w:t></w:r></w:p>'
    body = p("题干", style="Stem") + p("选项", style="Opt") + lifted + p("下一题", style="Stem")
    assert text_of(body, numbering=numbering, styles=styles) == "1. 题干\nA. 选项\n答案：A\n2. 下一题"


def test_a_list_that_is_defined_by_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Paper"/></w:abstractNum>' + abstract("1", ("decimal", "%1、"))
        + num("1", "0") + num("2", "1"))
    styles = '<w:style w:type="numbering" w:styleId="Paper"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    assert text_of(p("甲", "1") + p("乙", "1"), numbering=numbering, styles=styles) == "1、 甲\n2、 乙"
