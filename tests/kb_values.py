"""Extractions made by hand and by hypothesis for the tests of the knowledge base."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from extract.model import Block, Document, Extraction, Flag, Option, Part, Question, Repair, Section, Source

words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
titles = st.one_of(st.none(), words)
whole = st.integers(min_value=-(2**53), max_value=2**53)
places = st.integers(min_value=0, max_value=10**6)
scores = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
paths = st.lists(words, max_size=3).map(tuple)
flags = st.builds(Flag, words, st.sampled_from(["source", "reading"]), words)
options = st.builds(Option, words, words, titles)
parts = st.builds(Part, words, places, places)
answers = st.one_of(st.none(), st.booleans(), words, st.lists(words, max_size=3).map(tuple))
types = st.sampled_from([None, "single_choice", "true_false", "fill_blank", "essay"])
sections = st.builds(Section, paths, types, st.one_of(st.none(), whole), scores, scores, titles)


@st.composite
def questions(draw: st.DrawFn, ledger: list[int]) -> Question:
    repairs = draw(st.lists(st.sampled_from(ledger), max_size=3)) if ledger else []
    return Question(
        stem=draw(words), type=draw(types), number=draw(st.one_of(st.none(), whole)), printed_number=draw(titles), section=draw(paths),
        material=draw(titles), options=tuple(draw(st.lists(options, max_size=3))), answer=draw(answers), explanation=draw(titles),
        commentary=draw(titles), score=draw(scores), difficulty=draw(titles), knowledge=draw(titles), span=(draw(places), draw(places)),
        parts=tuple(draw(st.lists(parts, max_size=2))), repairs=tuple(repairs), flags=tuple(draw(st.lists(flags, max_size=2))),
    )


@st.composite
def extractions(draw: st.DrawFn, name: str = "卷.txt") -> Extraction:
    ledger = draw(st.lists(st.integers(0, 99), unique=True, max_size=4))
    documents = tuple(
        Document(draw(titles), draw(st.sampled_from(["main", "related"])), draw(st.sampled_from(["exam", "other"])),
                 tuple(draw(st.lists(questions(ledger), max_size=3))), tuple(draw(st.lists(sections, max_size=3))))
        for _ in range(draw(st.integers(0, 2)))
    )
    blocks = []
    for _ in range(draw(st.integers(0, 4))):
        document = draw(st.sampled_from([None, *range(len(documents))]))
        question = None if document is None else draw(st.sampled_from([None, *range(len(documents[document].questions))]))
        blocks.append(Block(draw(places), draw(places), draw(words), draw(titles), document, question))
    return Extraction(
        Source(name, draw(st.text("0123456789abcdef", min_size=8, max_size=8)), draw(words), draw(titles), draw(titles)),
        draw(words),
        tuple(blocks),
        tuple(Repair(i, draw(words), draw(words), draw(words), draw(places), draw(places), draw(words), draw(words), draw(words),
                     draw(st.floats(0, 1)), draw(st.booleans())) for i in ledger),
        documents,
    )


PAPER = """校园网首页 > 资料
物流管理期末试卷

一、单项选择题(每题2分)
1.供应链管理最看重的是()。
A.各环节协同
B.单个仓库的大小
C.车辆的颜色
D.招牌的新旧
2.下列属于运输方式的是()。
A.管道
B.验收
C.盘点
D.分拣3.“牛鞭效应”指需求信息沿供应链向上游逐级放大。( )
答案:1.A 2.A 3.√
相关资料 版权所有
"""


def paper(name: str = "物流/期末.txt", text: str = PAPER) -> Extraction:
    """A small paper with three questions, chrome, a glued start that was split, a flag and a suggestion that is not applied."""

    def at(piece: str, after: int = 0) -> tuple[int, int]:
        start = text.index(piece, after)
        return start, start + len(piece)

    glue = at("分拣3.")[0] + 2
    repairs = (
        Repair(1, "glue.question", "structure", "number", glue, glue, "", "\n", "行内出现下一题号 3", 0.99, True),
        Repair(2, "confusion.shape", "wording", "stem", *at("放大"), "放大", "扩大", "同类表述更常见", 0.4, False),
    )
    one = at(text[text.index("1.供应链") : text.index("2.下列")])
    two = at(text[text.index("2.下列") : glue])
    three = at(text[glue : text.index("答案:")])
    section = ("单项选择题",)
    questions = (
        Question("供应链管理最看重的是()。", "single_choice", 1, "1", section, None,
                 tuple(Option(x, t, x) for x, t in zip("ABCD", ("各环节协同", "单个仓库的大小", "车辆的颜色", "招牌的新旧"), strict=True)),
                 ("A",), "供应链是一个整体,协同才有效率。", None, 2.0, None, None, one,
                 (Part("stem", one[0] + 2, one[0] + 15), Part("option:A", *at("各环节协同")))),
        Question("下列属于运输方式的是()。", "single_choice", 2, "2", section, None,
                 (Option("A", "管道", "A"), Option("B", "验收", "B"), Option("C", "盘点", "C"), Option("D", "分拣", "D")),
                 ("A",), None, None, 2.0, None, None, two, (Part("stem", two[0] + 2, two[0] + 15),), (1,)),
        Question("“牛鞭效应”指需求信息沿供应链向上游逐级放大。", "true_false", 3, "3", section, None, (), True,
                 None, None, None, None, None, three,
                 (Part("stem", three[0] + 2, text.index("( )\n答案")),), (1, 2),
                 (Flag("type_mismatch", "reading", "题型与大题不符"), Flag("odd_number", "source", "题号接在上一题之后"))),
    )
    title = at("物流管理期末试卷")
    heading = at("一、单项选择题(每题2分)\n")
    key = at("答案:1.A 2.A 3.√\n")
    blocks = (
        Block(0, title[0], "chrome", "网站导航"),
        Block(*title, "title", None, 0),
        Block(title[1], heading[0], "chrome", "空行"),
        Block(*heading, "heading", None, 0),
        Block(*one, "stem", None, 0, 0), Block(*two, "stem", None, 0, 1), Block(*three, "stem", None, 0, 2),
        Block(*key, "key", None, 0),
        Block(key[1], len(text), "chrome", "相关资料列表"),
    )
    return Extraction(
        Source(name, hashlib.sha256(text.encode()).hexdigest(), "text", "utf-8", None), text, blocks, repairs,
        (Document("物流管理期末试卷", "main", "exam", questions, (Section(section, "single_choice", None, 2.0),)),),
    )
