"""Word: documents made by python-docx or written as XML, read as Word prints them."""
# ruff: noqa: E501 - the fixtures are XML, which reads worse when it is cut

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.shared import RGBColor
from word_parts import NAMESPACES, RELATIONS, marked, p, package, saved, text_of

from extract.model import UnreadableError
from extract.readers import read

RUNS = {
    "tabs and breaks": ("<w:r><w:t>A.甲</w:t><w:tab/><w:t>B.乙</w:t><w:br/><w:t>C.丙</w:t><w:cr/><w:t>D.丁</w:t></w:r>", "A.甲\tB.乙\nC.丙\nD.丁"),
    "deleted text is gone, inserted text stays": (
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>搬走</w:t></w:r></w:moveFrom>",
        "新",
    ),
    "hidden text is gone": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t><w:tab/></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>", "显"),
    "underlined space is a blank": (
        "<w:r><w:t>水的沸点是</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t xml:space='preserve'>   </w:t></w:r>"
        "<w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t xml:space='preserve'>   </w:t></w:r><w:r><w:t>℃。</w:t></w:r>",
        "水的沸点是____℃。",
    ),
    "an underlined tab is a blank": ("<w:r><w:t>姓名</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:tab/><w:tab/></w:r>", "姓名____"),
    "so is one tab in a sentence, but not one beside underlined words": (
        "<w:r><w:t>盐的水溶液能</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:tab/></w:r><w:r><w:t>，它叫</w:t></w:r>"
        "<w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t>电解质</w:t><w:tab/></w:r><w:r><w:t>。</w:t></w:r>",
        "盐的水溶液能____，它叫电解质\t。",
    ),
    "symbols of symbol fonts": (
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Wingdings 2' w:char='F04F'/><w:sym w:font='Symbol' w:char='F061'/>"
        "<w:sym w:font='Nowhere' w:char='F061'/></w:r>",
        "√×α",
    ),
    "signs typed as letters in a symbol font, private or not": (
        "<w:r><w:rPr><w:rFonts w:ascii='Wingdings 2' w:hAnsi='Wingdings 2'/></w:rPr><w:t>\uf052</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Wingdings 2'/></w:rPr>"
        "<w:t>\xa3</w:t></w:r><w:r><w:rPr><w:rFonts w:hAnsi='Wingdings'/></w:rPr><w:t>\xfc</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr>"
        "<w:t>甲</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>a\uf061</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Arial'/></w:rPr><w:t>P\uf052</w:t></w:r>",
        "☑□√甲aαP\uf052",
    ),
    "boxes to tick": (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:t>A.甲</w:t></w:r><w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>B.乙</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar>"
        "<w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType='separate'/><w:fldChar w:fldCharType='end'/><w:t>C.丙</w:t></w:r>",
        "☑A.甲☐B.乙☑C.丙",
    ),
    "a field shows its result only": (
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> PAGEREF x </w:instrText><w:fldChar w:fldCharType='separate'/><w:t>12</w:t>"
        "<w:fldChar w:fldCharType='end'/><w:t>页</w:t></w:r>",
        "12页",
    ),
    "circled numbers made by a field": (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>eq \\o\\ac(○,</w:instrText></w:r><w:r><w:instrText>3)</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>对</w:t></w:r>",
        "③对",
    ),
    "a field that is never closed": (
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> PAGE </w:instrText></w:r></w:p><w:p><w:r><w:t>后文</w:t></w:r>", "后文",
    ),
    "a formula of a field": (
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>EQ \\f(1,2)</w:instrText><w:fldChar w:fldCharType='end'/></w:r>", "[公式:\\f(1,2)]",
    ),
    "a formula object": (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:r><m:t>=</m:t></m:r>"
        "<m:f><m:fPr><m:ctrlPr/></m:fPr><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        "<m:rad><m:deg/><m:e><m:r><m:t>3</m:t></m:r></m:e></m:rad></m:oMath>",
        "[公式:x^2=(a+b)/2√3]",
    ),
    "pictures by the names of their files": (
        "<w:r><w:drawing><a:blip r:embed='p1'/></w:drawing></w:r><w:r><w:pict><v:shape><v:imagedata r:id='p2'/></v:shape></w:pict></w:r>"
        "<w:r><w:object><v:shape><v:imagedata r:id='p2'/></v:shape><o:OLEObject ProgID='Equation.DSMT4'/></w:object></w:r>"
        "<w:r><w:pict><v:shape><v:imagedata o:title=''/></v:shape></w:pict></w:r>",
        "[图:image1.png][图:image2.wmf][公式:image2.wmf]",
    ),
    "a reading above characters": (
        "<w:r><w:ruby><w:rt><w:r><w:t>zhòng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>重</w:t></w:r></w:rubyBase></w:ruby></w:r>", "重(zhòng)",
    ),
    "links, tags and content controls are seen through": (
        "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>"
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>",
        "链签控",
    ),
    "a text box follows its paragraph and is read once": (
        "<w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框一</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>框二</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>"
        "<w:r><w:t>框一</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r>",
        "前后\n框一\n框二",
    ),
}


@pytest.mark.parametrize("case", RUNS)
def test_runs(case: str) -> None:
    runs, text = RUNS[case]
    relations = '<Relationship Id="p1" Type="x/image" Target="media/image1.png"/><Relationship Id="p2" Type="x/image" Target="media/image2.wmf"/>'
    assert text_of(f"<w:p>{runs}</w:p>", relations=relations) == text


def test_a_deleted_paragraph_mark_joins_the_lines() -> None:
    body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>水是</w:t></w:r></w:p><w:p><w:r><w:t>化合物</w:t></w:r></w:p><w:p><w:r><w:t>。</w:t></w:r></w:p>"
    assert text_of(body) == "水是化合物\n。"


def test_looks_of_runs_and_styles_become_marks() -> None:
    document = docx.Document()
    document.add_heading("一、选择题", level=2)
    paragraph = document.add_paragraph("1. 水是")
    paragraph.add_run("化合物").bold = True
    for text, change in (("A", lambda f: setattr(f.color, "rgb", RGBColor(0xFF, 0, 0))), ("B", lambda f: setattr(f, "strike", True)),
                         ("C", lambda f: setattr(f, "highlight_color", WD_COLOR_INDEX.YELLOW)), ("D", lambda f: setattr(f, "underline", True))):
        paragraph.add_run("、")
        change(paragraph.add_run(text).font)
    document.core_properties.title = "化学练习"
    reading = saved(document)
    assert reading.text == "一、选择题\n1. 水是化合物、A、B、C、D"
    assert reading.titles == ("化学练习",)
    assert marked(reading, "heading") == [("一、选择题", "2")]
    assert ("化合物", "") in marked(reading, "bold")
    assert ("A", "FF0000") in marked(reading, "color")
    assert marked(reading, "strike") == [("B", "")]
    assert marked(reading, "highlight") == [("C", "FFFF00")]
    assert marked(reading, "underline") == [("D", "")]


def test_tables_page_breaks_and_the_lists_of_the_usual_template() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for k, text in enumerate(("题号", "1", "2", "答案", "A", "")):
        table.rows[k // 3].cells[k % 3].text = text
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Number")
    document.add_paragraph("丙").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("丁")
    reading = saved(document)
    assert reading.text == "题号\t1\t2\n答案\tA\n1. 甲\n2. 乙\n丙\n丁"
    assert [value for value, _ in marked(reading, "cell")] == ["题号", "1", "2", "答案", "A"]
    assert marked(reading, "table") == [("题号\t1\t2\n答案\tA", "")]


def test_the_strict_form_of_word() -> None:
    strict = NAMESPACES.replace("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(with_document(f"<w:document {strict}><w:body>{p('水')}</w:body></w:document>"), name="paper.docx").text == "水"


def test_deep_nesting_is_read_and_what_no_word_processor_writes_is_refused() -> None:
    nested = "<w:sdt><w:sdtContent>" * 900 + p("底") + "</w:sdtContent></w:sdt>" * 900
    assert text_of(p("上") + nested + p("下")) == "上\n底\n下"
    assert text_of("<w:tbl><w:tr><w:tc>" * 500 + p("底") + "</w:tc></w:tr></w:tbl>" * 500) == "底"
    with pytest.raises(UnreadableError, match="damaged"):
        text_of("<w:sdt>" * 10_000 + p("底") + "</w:sdt>" * 10_000)


def with_document(document: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package(""))) as archive, zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, document if name == "word/document.xml" else archive.read(name))
    return out.getvalue()


def test_no_outside_entity_is_fetched_and_no_bomb_unfolds() -> None:
    paper = f"<w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>"
    outside = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + paper.format(p("水&a;"))
    assert read(with_document(outside), name="paper.docx").text == "水"
    laughs = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    bomb = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{laughs}]>' + paper.format(p("水&a11;"))
    with pytest.raises(UnreadableError, match="damaged"):
        read(with_document(bomb), name="paper.docx")


@pytest.mark.parametrize("damage", ["cut", "no archive", "no text part", "broken xml", "nothing in it"])
def test_a_damaged_document_is_refused_in_one_sentence(damage: str) -> None:
    data = package(p("水"))
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "no archive":
        data = b"PK\x03\x04 what a broken disk left"
    elif damage == "broken xml":
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", "<w:document")
        data = out.getvalue()
    elif damage == "no text part":
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("_rels/.rels", f'<Relationships><Relationship Type="{RELATIONS}/officeDocument" Target="word/other.xml"/></Relationships>')
            archive.writestr("word/document.xml", "<x/>")
        data = out.getvalue()
    else:
        data = package("<w:p/>")
    with pytest.raises(UnreadableError, match=r"^paper\.docx: .*; open"):
        read(data, name="paper.docx")
