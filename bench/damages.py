"""What sites and scanners do to a page (仿真损伤): damage of the kinds of ../shared/DEFECTS.md after which a person still reads it right.

The same dice give the same damage. The gold of a damaged page is the gold of the whole page: nothing here takes away what a question
says, only its lines, marks, order, or puts something between.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import chain, zip_longest

Damage = Callable[[random.Random, str], str]
NUMBER = r"^([ \u3000\t]*[(（]?)(\d{1,3})([.、．)）])"
LABEL = r"(?<![A-Za-z])([A-F])([.、．])"
RULES = (
    "仓库管理办法.doc\n第一条 为加强仓库管理，制定本办法。\n第二条 入库物资应当核对数量、规格和质量。\n"
    "1、发现短缺的，应当当日报告。\n2、发现损坏的，应当拍照留存。\n第三条 本办法自发布之日起施行。"
)
NOTES = (
    "注意事项：\n1、答题前，请将姓名、准考证号填写清楚。\n2、请用黑色墨水的钢笔或签字笔作答。\n"
    "3、本试卷满分100分，考试时间120分钟。\n"
)


def _replaced(pattern: str, share: float, *now: str) -> Damage:
    compiled = re.compile(pattern, re.M)

    def change(dice: random.Random, text: str) -> str:
        return compiled.sub(lambda m: m.expand(dice.choice(now)) if dice.random() < share else m[0], text)

    return change


def _after(*changes: Damage) -> Damage:
    def change(dice: random.Random, text: str) -> str:
        for one in changes:
            text = one(dice, text)
        return text

    return change


def _flat(_: random.Random, text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text.strip())


def _columns(dice: random.Random, text: str) -> str:
    """Two columns read across: of some stretches of lines the second half stands between the lines of the first."""
    lines, out = text.split("\n"), []
    while lines:
        size = dice.choice((12, 16, 20))
        block, lines = lines[:size], lines[size:]
        if dice.random() < 0.3:
            half = (len(block) + 1) // 2
            block = [x for x in chain(*zip_longest(block[:half], block[half:])) if x is not None]
        out += block
    return "\n".join(out)


def _pages(anew: bool) -> Damage:
    """A page break every so many lines, inside questions too; with ``anew`` the numbers begin at 1 on each page."""

    def change(dice: random.Random, text: str) -> str:
        out, page, first = [], 1, 0
        left = dice.randint(12, 30)
        for line in text.split("\n"):
            number = re.match(r"(\d{1,3})(?=[.、．])", line)
            if re.match(r"[一二三四五六七八九十]、|第.{1,3}[部章]|.{0,6}答案|1[.、．]", line):
                first = 0
            if anew and page > 1 and number:
                first = first or int(number[1])
                line = str(int(number[1]) - first + 1) + line[number.end() :]
            out.append(line)
            left -= 1
            if not left:
                out.append(dice.choice((f"- {page} -", f"第{page}页 共9页", f"{page} / 9", "精品文档")))
                page, left, first = page + 1, dice.randint(12, 30), 0
        return "\n".join(out)

    return change


def _between(what: tuple[str, ...], share: float) -> Damage:
    def change(dice: random.Random, text: str) -> str:
        return re.sub(r"\n(?=.)", lambda m: f"\n{dice.choice(what)}\n" if dice.random() < share else m[0], text)

    return change


def _row_short(dice: random.Random, text: str) -> str:
    """A letter dropped from a row of answers: 1-5 ABCA."""

    def short(m: re.Match[str]) -> str:
        at = dice.randrange(len(m[2]))
        return m[1] + m[2][:at] + m[2][at + 1 :] if dice.random() < 0.4 else m[0]

    return re.sub(r"(\d{1,3} ?[-~—] ?\d{1,3}[ :：.、)）]*)([A-F]{4,})", short, text)


def _grid(_: random.Random, text: str) -> str:
    """A serial number on a line of its own every 300 characters."""
    pieces = [text[at : at + 300] for at in range(0, len(text), 300)]
    return pieces[0] + "".join(f"\n{k}、" + piece for k, piece in enumerate(pieces[1:], 2))


UNHURT = "as it stands"
DAMAGES: dict[str, Damage] = {
    UNHURT: lambda _, text: text,
    "lines joined": _replaced(r"\n+(?=.)", 0.3, ""),
    "one paragraph": _flat,
    "one paragraph, bare numbers": _after(_replaced(NUMBER, 1, r"\1\2 "), _flat),
    "lines cut": _replaced(r"(?<=\S{6})(?=\S{4})", 0.01, "\n"),
    "a sentence a line": _replaced(r"(?<=[。？！])(?=.)", 1, "\n"),
    "numbers lost": _replaced(r"^[(（]?\d{1,3}[.、．)）]\s*", 0.15, ""),
    "numbers bare": _replaced(NUMBER, 0.2, r"\1\2", r"\1\2 "),
    "numbers' stops confused": _replaced(NUMBER, 0.2, r"\1\2,", r"\1\2。", r"\1\2·", r"\1\2;", r"\1\2_"),
    "numbers misread": _replaced(r"^1(\d?[.、．])", 0.5, r"l\1", r"I\1"),
    "digits misread": _replaced(r"^(\d{0,2})(?:0|3|5|8)([.、．])", 0.15, r"\1O\2", r"\1S\2", r"\1B\2"),
    "digits lost": _replaced(r"^\d(\d[.、．])", 0.1, r"\1"),
    "digits apart": _replaced(r"^(\d)(\d[.、．])", 0.3, r"\1 \2"),
    "labels lost": _replaced(r"(?<![A-Za-z])[A-F][.、．]\s*", 0.08, ""),
    "labels bare": _replaced(LABEL + r"\s*", 0.2, r"\1", r"\1 "),
    "labels' stops confused": _replaced(LABEL, 0.15, r"\1,", r"\1。", r"\1·", r"\1;"),
    "labels misread": _replaced(r"(?<![A-Za-z])B([.、．])", 0.25, r"8\1"),
    "labels of other shape": _replaced(r"(?<![A-Za-z])[CD]([.、．])", 0.15, r"c\1", r"G\1", r"0\1", r"O\1", r"D1\1", r"（\1"),
    "columns across": _columns,
    "page breaks": _pages(anew=False),
    "page breaks, numbers anew": _pages(anew=True),
    "page breaks in sentences": _replaced(r"(?<=[一-鿿]{8})(?=[一-鿿]{8})", 0.01, "\n- 3 -\n", "\n第4页\n", "\n12\n"),
    "watermarks": _between(("来源：某某文库网", "更多资料请关注公众号", "www.example.cn", "精品文档 值得下载"), 0.03),
    "serial grid": _grid,
    "answers glued": _replaced(r"\n+(?=[(（【\[]?(?:参考|正确|标准)?(?:答案|解析))", 0.7, ""),
    "answers a line below": _replaced(r"[ \u3000]*([(（][ \u3000]*(?:[A-H]{1,5}|[√×对错])[ \u3000]*[)）][。.]?)$", 1, r"\n\1"),
    "answer cues lost": _replaced(r"^[(（【\[]?(?:参考|正确|标准)?答案[】\])）]?[ :：]*(?=[A-H√×对错正])", 0.3, ""),
    "answer rows short": _row_short,
    "headings glued": _replaced(r"\n+(?=[一二三四五六七八九]、)", 0.7, "", " "),
    "headings misread": _replaced(r"^[一二三]、", 0.5, "一 ", "-、", "=、", "—、", "十、"),
    "a regulation behind": lambda _, text: f"{text}\n{RULES}",
    "notes to candidates before": lambda _, text: NOTES + text,
}
