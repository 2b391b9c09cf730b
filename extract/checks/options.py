"""Checks of options (选项检查): what the text of one may not hold, and what a set of them looks like."""

from __future__ import annotations

import re

from ..stem import BLANK
from .look import Check, Look
from .signs import LABEL, NUMBER, PICTURE, Inside, heading, heading_word, next_number, numbers, unbalanced

_WORD_LABEL = re.compile(r"([B-H](?<=[ \n\u4e00-\u9fff][B-H]))(?= ?[\u4e00-\u9fff])")
_STEM = re.compile(rf"(?:\n|。|\s).{{6,}}{BLANK}", re.S)
_EMPTY = re.compile(BLANK)
_ASKS_ON = re.compile(BLANK + r"(?=.*\S)", re.S)
_ASKS = re.compile(BLANK + r"|[?]")
_TAIL = Inside(
    r"(?<=[ \n])第[一二三四五六七八九十\d]+(?:章|节|套|单元|部分|卷)",
    r"(?: |\n)\d{1,3} ?/ ?\d{1,3}$",  # options of digits are more than blanks
    r"(?<=[ \n])(?:练习|模拟|测试)[一二三四五六]",
    r"(?<=[ \n])第 ?\d{1,3} ?页$",
    r"(?<=[ \n])(?:单选|多选|判断|填空|简答|名词解释)题?$",
    r"(?<=.)第[一二三四五六七八九十\d]+(?:章|单元|部分)[^,。]{0,12}$",
    r"(?<=.)[\[(]?(?:单选|多选|单项选择|多项选择|判断|填空|简答|问答)题[\])]?$",
    r"(?<=.)第[一二三ⅠⅡI\d]+卷",
    r"(?<=.)[A-D]卷$",
    r"(?:(?<=.)|(?<=.\n))\([一二三四五六]\)[\u4e00-\u9fff]{2,10}$",
)
_LABEL_BELOW = re.compile(r"\n *[A-H] ?[.、]")
_ODD_LABEL = re.compile(r"([a-hGO08](?:(?<=[\u4e00-\u9fff;].)|(?<=[\u4e00-\u9fff;] .))) ?[、.](?=\D)")
_MISREAD_LABELS = ("O", "0", "8", "c", "G")  # for D, B and C
_ODD_SIGN = re.compile(r"([B-H](?<=[\u4e00-\u9fff;].)) ?[·;,_。-](?=[ \u4e00-\u9fff\d])")
_LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LETTER = re.compile(r"[A-H]")
_SENTENCE = re.compile(r"[。?!;](?=.{4,})", re.S)
_MARK = Inside(r"(?<=.)[*√] *$", r"^[*√](?=.)")
_ANSWER = re.compile(r"\S *\( *[A-H](?:[,、 ]{0,2}[A-H]){0,5} *\)$|\n[A-H]{1,5}$")
_NUMBER_AT_END = Inside(
    r"(?<=[ \n])(?:例|第|Q)$",
    r"(?: |\n)\d{1,3} ?[.、]$",
    r" (?:(?<=[。.] )\d{1,2}|(?<=[\u4e00-\u9fff] )\d{1,3})$",
    r"- ?\d{1,3} ?-$",
)
_FOLIO_INSIDE = re.compile(r"\n\d{1,3}(?:$|\n)|[\u4e00-\u9fff]\d{1,3}\n[\u4e00-\u9fff]")
_SERIAL = re.compile(r"\d{1,3} ?(?:、|\. ?(?!\d))[\u4e00-\u9fff.]")
_SERIAL_INSIDE = re.compile(r"[\u4e00-\u9fff]\n\d{1,3}、|[\u4e00-\u9fff(] \d{1,3}、(?=[\u4e00-\u9fff(_])")
_GAP = re.compile(r"\S(?:\n| {2,})\S")
_BLANK_INSIDE = re.compile(r"\S\s\S")
_PUNCTUATION = re.compile(r"[\s。.;]")


def _holds_number(look: Look) -> str | None:
    if not NUMBER.search(look.lines):
        return None
    for label, text in look.labelled:
        if len(text) < 8:
            continue
        value = next_number(look, text)
        if value is not None:
            return f"选项{label}中疑有第{value}题"
        for value, end in numbers(text):
            if _ASKS.search(text, end) or len(text) - end > 30:
                return f"选项{label}中疑有题号{value}"
    return None


def _holds_stem(look: Look) -> str | None:
    if not _EMPTY.search(look.lines):
        return None
    for label, text in look.labelled:
        if (len(text) > 12 and _STEM.search(text)) or (_ASKS_ON.search(text) and not _EMPTY.search(look.stem)):
            return f"选项{label}中疑有另一题的题干"
    return None


def _holds_label(look: Look) -> str | None:
    lines = look.lines
    if not any(sign.search(lines) for sign in (LABEL, _WORD_LABEL, _ODD_LABEL, _ODD_SIGN, _LABEL_BELOW)):
        return None
    labels = set(look.labels)
    for label, text in look.labelled:
        marks = [(m[1] or m[2], m) for m in LABEL.finditer(text)]
        if marks and not marks[0][1].start() and marks[0][0] < label:
            return f"选项{label}开头有选项{marks[0][0]}的序号"
        if _LABEL_BELOW.search(text):
            return f"选项{label}中疑有另一组选项"
        if marks and marks[0][0] == label and not marks[0][1].start() and not _LETTER.search(text, marks[0][1].end()):
            return f"选项{label}的序号重复"
        if [inner for inner, _ in marks[:3]] in (["A", "B", "C"], ["B", "C", "D"]):
            return f"选项{label}中疑有一组选项"
        for inner, m in marks:
            if inner == label and m.start() > 1:
                return f"选项{label}中又有选项{label}"
            if len(label) != 1 or not 0 < ord(inner) - ord(label) <= 3 or (inner in labels and m.start() <= 1):
                continue
            ascii_next = text[m.end() : m.end() + 2].strip()[:1].isascii()
            if not (m[1] and ascii_next and inner in labels):
                return f"选项{label}中疑有选项{inner}"
        if label == look.q.options[-1].label and len(label) == 1 and label in "BC":
            odd = _ODD_LABEL.search(text)
            if odd and odd[1] in (chr(ord(label) + 33), *_MISREAD_LABELS):
                return f"选项{label}中疑有选项{chr(ord(label) + 1)}"
        sign = _ODD_SIGN.search(text)
        if sign and sign[1] not in labels and len(label) == 1 and ord(sign[1]) == ord(label) + 1:
            return f"选项{label}中疑有选项{sign[1]}"
        bare = _WORD_LABEL.search(text)
        if bare and bare[1] not in labels and bare[1] > label and len(labels) < 4:
            return f"选项{label}中疑有选项{bare[1]}"
    return None


def _holds_heading(look: Look) -> str | None:
    if not (heading_word(look.lines) or _TAIL.anywhere(look.lines)):
        return None
    found = [label for label, text in look.labelled if heading(text) or _TAIL.search(text)]
    return f"选项{found[0]}中疑有大题标题或页码" if len(found) == 1 else None  # in several options it is what they say


def _long(look: Look) -> str | None:
    if len(look.options) < 2 or len(look.lines) <= 40:
        return None
    lengths = sorted(len(t) for t in look.options)
    usual = lengths[(len(lengths) - 1) // 2]
    for label, text in look.labelled:
        if len(text) <= 40 or len(text) <= 4 * max(usual, 4):
            continue
        if _SENTENCE.search(text) or "\n" in text or len(text) > 10 * max(usual, 8):
            return f"选项{label}有{len(text)}字，其余约{usual}字"
    return None


def _odd(look: Look) -> str | None:
    """An option that keeps a bracket open, ends in a mark, begins with a number, or runs on where no other does."""
    lines = look.lines
    broken = [label for label, text in look.labelled if "\n" in text] if look.wrapped else []
    bracketed, marked = "(" in lines or ")" in lines, _MARK.anywhere(lines)
    numbered = (broken or " " in lines or "-" in lines) and _NUMBER_AT_END.anywhere(lines)
    if broken or bracketed or marked or numbered:
        for label, text in look.labelled:
            if bracketed and unbalanced(text):
                return f"选项{label}的括号不成对"
            if marked and _MARK.search(text):
                return f"选项{label}中疑有多余的标记"
            if (broken or text.endswith(")")) and _ANSWER.search(text):
                return f"选项{label}中疑有多余的答案"
            if (numbered and _NUMBER_AT_END.search(text)) or (broken and _FOLIO_INSIDE.search(text)):
                return f"选项{label}中疑有多余的页码或题号"
    if broken or NUMBER.search(lines):
        serial = [label for label, text in look.labelled if _SERIAL.match(text) or _SERIAL_INSIDE.search(text)]
        if len(serial) == 1:
            return f"选项{serial[0]}中有多余的编号"
    if not look.group.wrapped and len(look.options) > 1 and broken == [look.labels[-1]]:
        return f"只有选项{broken[0]}中有换行"
    return None


def pictured(look: Look) -> str | None:
    """Options that are lacking where a picture stands."""
    labels = look.labels
    lacking = len(labels) == 1 or (len(set(labels)) == len(labels) and labels != _LETTERS[: len(labels)])
    return "缺少的选项疑在图中" if lacking and PICTURE.search(look.text) else None


def _missing_label(look: Look) -> str | None:
    labels = look.labels
    if labels == _LETTERS[: len(labels)] or look.q.answer == tuple(labels):  # a page may print only what is right
        return None
    if len(set(labels)) < len(labels):
        return "选项号重复"
    if pictured(look):
        return None
    missing = [x for x in map(chr, range(65, 65 + len(labels))) if x not in labels]
    return f"缺少选项{'、'.join(missing)}" if missing else None


def _few(look: Look) -> str | None:
    n, usual = len(look.options), look.group.options
    if n == 1:
        return None if look.q.answer == tuple(look.labels) or pictured(look) else "只有一个选项"
    if look.q.type == "true_false" or not n:
        return None
    if n > 1 and not look.options[-1].strip():
        return "最后一个选项没有内容"
    if n in (2, 3) and sum(bool(_GAP.search(t)) for t in look.options) == 1:
        return f"只有{n}个选项，其中一个中间空开"
    if n == 3 and [bool(_BLANK_INSIDE.search(t)) for t in look.options] == [False, False, True]:
        return "只有3个选项，最后一个中间空开"
    if usual and n < usual and swollen(look):
        return f"有{n}个选项，同类题一般有{usual}个"
    return None


def _many(look: Look) -> str | None:
    n, usual = len(look.options), look.group.options
    printed = [o.printed_label or o.label for o in look.q.options]
    if usual > 2 and n > usual and "A" in printed[2:]:
        return f"有{n}个选项，疑有另一题的选项"
    if (usual and n > usual + 2 and look.group.size >= 8) or (look.q.type != "matching" and (n > 12 or (n > 8 and swollen(look)))):
        return f"有{n}个选项，同类题一般有{usual}个" if usual else f"有{n}个选项"
    return None


def _count(look: Look) -> str | None:
    """Another number of options than the siblings have; where several are right, papers vary it freely."""
    n, usual = len(look.options), look.group.options
    if not usual or n < 2 or n == usual or look.last or look.q.type != "single_choice" or _many(look) or _few(look):
        return None
    return f"有{n}个选项，同类题一般有{usual}个"


def _equal(look: Look) -> str | None:
    if len(set(look.options)) == len(look.options) and not look.wrapped and not _PUNCTUATION.search(look.lines.replace("\n", "")):
        return None
    first: dict[str, str] = {}
    for label, text in look.labelled:
        bare = _PUNCTUATION.sub("", text)
        if bare and first.setdefault(bare, label) != label and not bare.startswith("["):
            return f"选项{first[bare]}与{label}相同"
    return None


def _lost(look: Look) -> str | None:
    return f"选项{'、'.join(label for label, text in look.labelled if not text)}没有内容" if "" in look.options else None


def swollen(look: Look) -> bool:
    """Whether an option is much longer than the others or holds a gap, as where two were read as one."""
    lengths = sorted(len(t) for t in look.options)
    return (len(lengths) > 1 and lengths[-1] > 1.7 * max(lengths[-2], 3)) or any(_GAP.search(t) for t in look.options)


READING: tuple[Check, ...] = (
    Check("option_holds_number", "reading", "选项中疑有题号", _holds_number),
    Check("option_holds_stem", "reading", "选项中疑有题干", _holds_stem),
    Check("option_holds_label", "reading", "选项中疑有另一选项", _holds_label),
    Check("option_holds_heading", "reading", "选项中疑有大题标题", _holds_heading),
    Check("long_option", "reading", "选项过长", _long),
    Check("odd_option", "reading", "选项中有多余内容", _odd),
    Check("missing_label", "reading", "缺少选项", _missing_label),
    Check("few_options", "reading", "选项过少", _few),
    Check("many_options", "reading", "选项过多", _many),
)
SOURCE: tuple[Check, ...] = (
    Check("option_count", "source", "选项数目与同类题不同", _count),
    Check("equal_options", "source", "选项相同", _equal),
    Check("options_pictured", "source", "选项疑在图中", pictured),
    Check("lost_option", "source", "选项没有内容", _lost),
)
