"""Invented questions for the export tests: every shape a format must carry, and every sign that could break one."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from extract.model import Block, Document, Extraction, Option, Question, Repair, Section, Source
from kb import open_bank, save
from kb.export import FORMATS, Done, How, export

NASTY = "设 {x = 1} ~ #1: \"a\" & 'b' <script>alert(1)</script> \\n \\(x^2\\) 100%\n    if a == b:\n        return c // 2"


def options(*texts: str) -> tuple[Option, ...]:
    """Options A, B, C .. with these texts."""
    return tuple(Option("ABCDEFGH"[n], text, "ABCDEFGH"[n]) for n, text in enumerate(texts))


QUESTIONS = (
    Question(stem="水在标准大气压下的沸点是( )", type="single_choice", number=1, printed_number="1", section=("第一章 热学", "一 单选"),
             options=options("90℃", "100℃", "110℃", "120℃"), answer=("B",), explanation="标准大气压下水在100℃沸腾。", score=2.0,
             difficulty="易", knowledge="沸点"),
    Question(stem="下列属于偶数的有( )", type="multiple_choice", number=2, printed_number="2", section=("第一章 热学", "二 多选"),
             options=options("2", "3", "4", "=8"), answer=("A", "C", "D"), score=1.5),
    Question(stem="地球绕太阳公转一周约需一年。", type="true_false", number=3, printed_number="3", section=("判断",), answer=True),
    Question(stem="光在真空中比在水中传播得慢。", type="true_false", number=4, section=("判断",), answer=False, explanation="真空中最快。"),
    Question(stem="三角形的内角和是____度。", type="fill_blank", number=5, section=("填空",), answer=("180",)),
    Question(stem="水分子由两个____原子和一个( )原子组成。", type="fill_blank", number=6, section=("填空",), answer=("氢|H", "氧")),
    Question(stem="简述光合作用的意义。", type="short_answer", number=7, section=("简答",), answer="把光能变成化学能；\n放出氧气。",
             commentary="两点都要写到。"),
    Question(stem=NASTY, type="single_choice", number=8, section=("代码与公式",), options=options("{}", "a=b", "~", "#//"), answer=("C",),
             explanation="见 {第2页}: a~b=c#d"),
    Question(stem="小明一共走了多少千米?", type="single_choice", number=9, section=("应用",), material="小明上午走了3千米,下午走了4千米。",
             options=options("5", "6", "7", "8"), answer=("C",)),
    Question(stem="没有答案的题,答案可能是( )", type="single_choice", number=10, section=("应用",),
             options=options("甲", "乙", "丙", "丁")),
    Question(stem="试述企业管理的职能。", type="essay", number=11, section=("论述",)),
    Question(stem="联系电话 13800138000,身份证 11010519900307123X,邮箱 someone@example.org,以上信息属于( )",
             type="single_choice", number=12, section=("隐私",), answer=("B",),
             options=options("公开信息", "个人信息", "国家秘密", "商业秘密")),
    Question(stem="=SUM(1,2)的结果是( )", type="single_choice", number=13, section=("表格",), options=options("1", "2", "3", "-4"),
             answer=("C",)),
)


def extraction(name: str, questions: tuple[Question, ...] = QUESTIONS, title: str = "综合练习/一", url: str | None = None) -> Extraction:
    """A source that holds the questions, with a text in which each stands in its span."""
    text, placed, blocks = "", [], []
    for n, q in enumerate(questions):
        page = "\n".join((f"{q.number}.{q.stem}", *(f"{o.label}.{o.text}" for o in q.options))) + "\n"
        placed.append(replace(q, span=(len(text), len(text) + len(page)), repairs=() if n else (1,)))
        blocks.append(Block(len(text), len(text) + len(page), "stem", None, 0, n))
        text += page
    repairs = (Repair(1, "joined_word", "wrap", "stem", 0, 1, text[:1], text[:1] + " ", "", 0.6, True),) if placed else ()
    document = Document(title, "main", "exam", tuple(placed), (Section(("判断",), "true_false", 2, 1.0, 2.0, "每题1分"),))
    return Extraction(Source(name, f"{name:0>64}", "txt", "utf-8", url), text, tuple(blocks), repairs, (document,))


def bank(path: Path, *extractions: Extraction) -> Database:
    """A bank with these sources, or with the one of QUESTIONS."""
    db = open_bank(path, create=True)
    for x in extractions or (extraction("a.txt", url="https://example.org/a?x=1&y=2"),):
        save(db, x)
    return db


def made(tmp_path: Path, name: str, **how: Any) -> tuple[bytes, Done]:
    """The bytes of an export of the test questions."""
    out = io.BytesIO()
    done = export(bank(tmp_path / "bank.db"), FORMATS[name], out, name=name, how=How(**how), licence="CC-BY-4.0")
    return out.getvalue(), done


def text_of(markup: str) -> str:
    """HTML as a reader sees it."""
    return html.unescape(re.sub(r"<br ?/?>", "\n", markup)).replace("\u00a0", " ")
