"""Damage at known places (损伤生成器): clean text of our own and each family's way of hurting it, so that repair can be counted.

A family is a function that names edits of the clean text; ``hurt`` carries them out and keeps, for every place of the damaged
text, what stood there before. The same seed gives the same damage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from extract.repair import tables

Edits = list[tuple[int, int, str]]  # (start, end, what stands there now) in the clean text, in order, without overlap
HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Hurt:
    """A damaged text and the truth: ``wounds`` are (start, end, clean) in the damaged text."""

    clean: str
    text: str
    wounds: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Family:
    """One way of damage. ``sure``: its repair is deterministic and must be applied; otherwise a suggestion is enough."""

    name: str
    edits: Callable[[str, random.Random], Edits]
    sure: bool = True
    base: Callable[[str], str] = str


def hurt(clean: str, family: Family, seed: int) -> Hurt:
    """The clean text with one family's damage."""
    clean = family.base(clean)
    pieces: list[str] = []
    wounds: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, now in family.edits(clean, random.Random(f"{family.name} {seed}")):
        pieces += (clean[at:start], now)
        length += start - at
        wounds.append((length, length + len(now), clean[start:end]))
        length += len(now)
        at = end
    return Hurt(clean, "".join(pieces) + clean[at:], tuple(wounds))


def each(pattern: str, now: str | Callable[[re.Match[str]], str | None], share: float = 1.0) -> Callable[[str, random.Random], Edits]:
    """Edits at the matches of a pattern; ``share`` of them by lot."""

    def edits(text: str, rng: random.Random) -> Edits:
        out: Edits = []
        for m in re.finditer(pattern, text):
            after = now(m) if callable(now) else now
            if after is not None and after != m[0] and rng.random() < share:
                out.append((m.start(), m.end(), after))
        return out

    return edits


def _swap(table: dict[str, str], share: float) -> Callable[[str, random.Random], Edits]:
    return each("|".join(map(re.escape, sorted(table, key=len, reverse=True))), lambda m: table[m[0]], share)


def _insert(what: list[str], pattern: str, share: float) -> Callable[[str, random.Random], Edits]:
    def edits(text: str, rng: random.Random) -> Edits:
        return [(m.start(), m.start(), rng.choice(what)) for m in re.finditer(pattern, text) if rng.random() < share]

    return edits


def _radicals() -> dict[str, str]:
    return {row[0]: row[1][-1] for row in tables.rows("radicals")}


def _recode(write: str, read: str, pattern: str, share: float) -> Callable[[str, random.Random], Edits]:
    def now(m: re.Match[str]) -> str | None:
        try:
            raw = m[0].encode(write)
        except UnicodeEncodeError:
            return None
        if read == "cp1252":
            return "".join(bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in raw)
        try:
            return raw.decode(read)
        except UnicodeDecodeError:
            return None

    return each(pattern, now, share)


def _shift(m: re.Match[str]) -> str | None:
    try:
        return (b"\x8a" + m[0].encode("gbk")).decode("gbk")
    except UnicodeDecodeError:
        return None


def _grid(text: str, rng: random.Random) -> Edits:
    return [(0, 0, "1、"), *((at, at, f"\n{k}、") for k, at in enumerate(range(300, len(text), 300), 2))]


def _mirror(text: str, rng: random.Random) -> Edits:
    """Traditional script, and a reading in brackets behind some of the characters."""
    readings = {c: row[0] for row in tables.rows("pinyin") for c in row[1]}
    toned = str.maketrans("aeiou", "āéǐòū")
    other = {row[0]: row[1][0] for row in tables.rows("traditional") if row[0] in tables.simplified()}
    out: Edits = []
    for m in HAN.finditer(text):
        if m[0] in other:
            reading = re.sub("[aeiou]", lambda v: v[0].translate(toned), readings.get(m[0], "de"), count=1)
            out.append((m.start(), m.end(), other[m[0]] + (f"({reading})" if rng.random() < 0.3 and re.search("[āéǐòū]", reading) else "")))
    return out


def _wrapped(text: str, rng: random.Random) -> Edits:
    """A blank every so many characters of a long line, as a flattened page keeps its line ends; only inside words is it provable."""
    out: Edits = []
    for m in re.finditer("[^\n]{90,}", text):
        out += [(at, at, " ") for at in range(m.start() + 36, m.end() - 8, 36)
                if HAN.match(text[at - 1]) and HAN.match(text[at])]
    return out


def _folios(text: str, rng: random.Random) -> Edits:
    ends = [m.end() for m in re.finditer("[。）](?=\n)", text)][3::20][:9]
    return [(at, at, f"第{k}页共{len(ends)}页") for k, at in enumerate(ends, 1)]


def _fields(text: str, rng: random.Random) -> Edits:
    return [(0, 0, "PAGEPAGE1"), *((m.end(), m.end(), "第PAGE页共NUMPAGES页") for m in re.finditer("二、判断题[^\n]*", text))]


def _lost(text: str, rng: random.Random) -> Edits:
    """A character that a site filters: 范 of 规范, wherever it stands in one passage."""
    return [(m.start(), m.end(), "规") for m in re.finditer("规范", text)]


def _one_a_paper(pattern: str, now: str | Callable[[re.Match[str]], str]) -> Callable[[str, random.Random], Edits]:
    """At most one place in each question (the text between two answers), so that the series around it stays whole."""

    def edits(text: str, rng: random.Random) -> Edits:
        out: Edits = []
        for block in re.finditer(r"(?s)\d+[.、．].*?(?=答案|\Z)", text):
            found = list(re.finditer(pattern, block[0]))
            if found and rng.random() < 0.6:
                m = rng.choice(found)
                out.append((block.start() + m.start(), block.start() + m.end(), now(m) if callable(now) else now))
        return out

    return edits


CONFUSED = {"自己": "自已", "已经": "己经", "根据": "恨据", "能否": "能杏", "括号": "栝号", "下列哪一项": "下列哪-项", "进一步": "进-步"}
LETTERS = {
    "I'm": "l'm", "I've": "l've", "I'd": "l'd", "Can I help": "Can 1 help", "May I ask": "May 1 ask", "what I want": "what 1 want",
}
WATERMARKS = ["盗传必究", "--精选优质文档--倾情为你奉上--", "来源：考试大", "奎屯 王新敞 新疆"]
SLIPS = {"满意程度": "满意程序", "登录系统": "登陆系统", "商务谈判": "上午谈判", "可以看成": "以看成"}

FAMILIES: tuple[Family, ...] = (
    Family("debris-radical", _swap(_radicals(), 0.5)),
    Family("debris-invisible", _insert(["\u200b", "\ufeff", "\u00ad\u200b", "\u2060"], "[\u4e00-\u9fff]", 0.02)),
    Family("debris-control", _insert(["\x00", "\x01", "\x7f", "\x1f"], "[\u4e00-\u9fff]", 0.01)),
    Family("mojibake-utf8-latin", _recode("utf-8", "cp1252", "[\u4e00-\u9fff]{3,12}", 0.05)),
    Family("mojibake-gbk-latin", _recode("gb2312", "latin-1", "(?<=[A-D][.、．])[\u4e00-\u9fff]{3,12}(?=\n)", 0.3)),
    Family("mojibake-utf8-gbk", _recode("utf-8", "gbk", "(?:[\u4e00-\u9fff]{2}){2,5}(?=[，。\n])", 0.1)),
    Family("mojibake-shift", each("答案：[A-D](?=\n)", _shift, 0.3)),
    Family("mojibake-lead", each("答案：[A-D](?=\n)", lambda m: m[0].encode("gbk")[1:].decode("gbk"), 0.3)),
    Family("entity", _swap({"“": "&ldquo;", "—": "&mdash;", "，": "&#65292;"}, 0.2)),
    Family("grid-serial", _grid, base=lambda t: t.replace("\n", "")),
    Family("mirror", _mirror, base=lambda t: re.sub("[乾瞭著]", "", t)),
    Family("fieldcode", _fields),
    Family("insert-watermark", _insert(WATERMARKS, "(?<=[\u4e00-\u9fff]，)(?=[\u4e00-\u9fff])", 0.05)),
    Family("insert-folio", _folios),
    Family("bracket-zero", each("(?<=[是为有])（）(?=。\n)|(?<=[是为有])\\(\\)(?=。\n)", "O", 0.5)),
    Family("bracket-half", each("(?<=[是为有])（）(?=。\n)", "（", 0.3)),
    Family("bracket-mixed", each("(?<=共40分)[)）]", "】")),
    Family("label-option", _one_a_paper(r"(?m)^B(?=[.、．])", "8")),
    Family("label-case", _one_a_paper(r"(?m)^C(?=[.、．])", "c")),
    Family("label-number", each(r"(?m)^1(?=[.、．][^\n]{4,60}\n(?:A|2|解))", "l", 0.5)),
    Family("figure-letter", each("(?<=[共第])40(?=分)|(?<=每小题)2(?=分)", lambda m: {"40": "4O", "2": None}[m[0]])),
    Family("mark-stroke", each("、(?=[\u4e00-\u9fff])(?<=[\u4e00-\u9fff]、)(?<!^.、)(?m:(?<!^[一二三四]、))", "丶", 0.3)),
    Family("mark-twice", each("，(?=[\u4e00-\u9fff])(?<=[\u4e00-\u9fff]，)", "，，", 0.05)),
    Family("mark-dash", each(r"(?<=\d)—(?=\d)", "一")),
    Family("ocr-confusion", _swap(CONFUSED, 0.5)),
    Family("english", _swap(LETTERS, 0.7)),
    Family("rewriting-particle", lambda t, r: each("(?<![绝相反面针配成敌校核])的", "旳", 0.9)(t, r)),
    Family("space-acronym", each("CRM(?=系统与)|SCM(?=、)", lambda m: " ".join(m[0])),
           base=lambda t: t + "\nCRM、ERP和SCM是三个缩写。\n"),
    Family("space-gap", _wrapped, sure=False),
    Family("ocr-enter", _swap({"借入": "借人", "购入": "购人", "流入": "流人", "输入": "输人", "投入": "投人"}, 0.4), sure=False),
    Family("typing-slip", _swap(SLIPS, 0.8), sure=False),
    Family("lost-twice", each("(?<=[\u4e00-\u9fff])[是为](?=一[个种])", lambda m: m[0] * 2, 0.8), sure=False),
    Family("passage", each("(?<=货物)出库|(?<=保管)费用", lambda m: m[0][0], 0.3), sure=False),
)
