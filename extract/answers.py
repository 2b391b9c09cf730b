"""The printed answer -> the answer (答案): letters, judgement, one string a blank, or prose, as the type of the question asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fold import fold
from .model import Answer
from .stem import FALSE_WORDS, TRUE_WORDS

LETTERS = re.compile(r"^[\[( ]*([A-Za-z](?:[ ,、;.，/|和及与]*[A-Za-z])*)[\]) ]*")
_RUN = re.compile(  # A,C; not the A of C A.甲 B.乙, which comments on an option
    r"^[\[( ]*(?:选项 ?)?([A-Ja-j](?:(?: ?[,、;/|，和及与] ?)?[A-Ja-j]| {1,2}[A-Ja-j](?! ?[.:] ?[^\s.]{2})){0,9})"
    r"(?![A-Za-z]| ?选?项)[\]) ]*"
)
_QUOTE = "[\"'“”‘’]"
_LISTED = re.compile(rf"\[+{_QUOTE}[A-Ja-j]{_QUOTE}(?: ?, ?{_QUOTE}[A-Ja-j]{_QUOTE})*\]+")  # [['B']], as programs print it
_WORDS = "|".join(sorted((re.escape(w) for w in TRUE_WORDS | FALSE_WORDS), key=len, reverse=True))
_JUDGEMENT = re.compile(rf"^[\[( ]*(?:[√×] {{1,2}}(?=[正错对不])(?!正确(?:答案|率|[说做]法|的|应|:)))?({_WORDS})(?![A-Za-z])[\])]*")
_NOTHING = re.compile(r"^[\s略无暂:。.\-_()\[\]]*$|^(?:暂无|参见教材|见教材|参加考试可见|登录后查看|主观题|无确定选项)[^\n]{0,12}$")
_CHOICE = r"([A-H](?:[、,]?[A-H]){0,6})(?![A-Za-z])"
_CHOSEN = re.compile(
    rf"(?:故|所以|因此|综上)[^。\n]{{0,16}}?(?:正确答案|答案|选择?|应选)(?:是|为|选项|:)? ?{_CHOICE}"
    rf"|^\s*(?:本题)?(?:应)?选择? ?{_CHOICE}|(?<=[\n。.;]) ?应选:? ?{_CHOICE}"
    rf"|(?:因此|所以|故),? ?选项 ?{_CHOICE}(?: ?[“\"][^“”\"\n]{{1,40}}[”\"])?(?:是|为)(?:本题)?的?正确的?(?:答案|选项)"
    rf"|综上(?:所述)?,? ?{_CHOICE} ?选?项(?:正确|(?:(?:说法|表述)?(?:错误|不正确),? ?)?当选|符合题意)"
    rf"|正确(?:选项|答案)(?:应?[是为]|:) ?{_CHOICE}|[,;。] ?(?:本题)?应?选择? ?{_CHOICE}[。.]?\s*\Z"
)
CONCLUDED = re.compile(r"(?:故|所以|因此|综上|则)[^。\n]{0,6}?答案(?:是|应?为)? ?[:]? ?([^\n]{1,200})\s*\Z")
_WORD = 10  # characters of one of several answers that a blank sets apart
_SCORED = re.compile(r"^[(（] ?\d{1,2} ?分[^()（）\n]{0,12}[)）] ?")
_EACH_BLANK = re.compile(r"[(（]每[空点] ?\d(?:\.\d)? ?分[)）]")
_POINTS = re.compile(r"[(（] ?\d{1,2}(?:\.5)? ?分 ?[)）]")  # 活性炭（1分）
_PART = re.compile(r"^[\s;；。,，]*(?:[(（] ?\d{1,2} ?[)）])?\s*")
_OUTSIDE = r"(?![^()（）\n]*[)）])"  # of brackets, which hold alternatives: 定时;定点(或准确;安静)
_WHOLE = re.compile(r"【([^【】]+)】")


@dataclass(frozen=True, slots=True)
class Reading:
    """``answer`` as typed; ``used`` how many characters of the printed text it took (the rest may be an explanation)."""

    answer: Answer
    used: int


def letters(text: str, allowed: str | None = None) -> Reading | None:
    """The letters at the head of a printed answer: ``A,C`` -> A C. None where it does not begin with letters."""
    folded = fold(text)
    lead = len(folded) - len(folded.lstrip(" :\n"))
    m = _LISTED.match(folded[lead:]) or _RUN.match(folded[lead:])
    if not m:
        return None
    run = "".join(c for c in m[0].upper() if "A" <= c <= "Z")
    if allowed and not set(run) <= set(allowed) and lead + m.end() < len(folded.rstrip()):
        return None
    return Reading(tuple(dict.fromkeys(run)), lead + m.end())


def judgement(text: str) -> Reading | None:
    """True or false at the head of a printed answer."""
    m = _JUDGEMENT.match(fold(text))
    if not m:
        return None
    return Reading(m[1] in TRUE_WORDS, m.end())


def is_nothing(text: str) -> bool:
    """Whether a printed answer says nothing (empty, 略, 暂无)."""
    return bool(_NOTHING.match(fold(text).strip()))


def is_withheld(text: str) -> bool:
    """Whether a printed answer says in words that there is none (略, 暂无, 主观题无确定选项)."""
    return is_nothing(text) and any(c.isalnum() for c in text)


def blanks(text: str, count: int) -> tuple[str, ...]:
    """One string a blank. ``count`` is the number of blanks that the stem shows; alternatives of one blank stay as printed."""
    text = text.strip().rstrip(";；")
    whole = _WHOLE.fullmatch(text)
    text = _EACH_BLANK.sub("", _SCORED.sub("", whole[1].strip() if whole else text)).rstrip()
    scored = [_PART.sub("", piece).strip() for piece in _POINTS.split(text)]
    if len(scored) == count + 1 and not scored[-1] and all(scored[:-1]):
        return tuple(scored[:-1])
    numbered = re.split(
        r"(?:^|(?<=[\s;；。,，、]))(?:[(（] ?\d{1,2} ?[)）]|[①-⑳][.．、]?|第[一二三四五六七八九十\d]{1,2}空[:：]|\d{1,2}[.、．](?!\d))\s*",
        text,
    )
    pieces = [p.strip(" \t\n;；,，、") for p in numbered if p.strip(" \t\n;；,，、")]
    glued = [p.strip(" \t\n;；,，、") for p in re.split(r"[(（] ?\d{1,2} ?[)）]", text)]
    named = [p.strip(" \t\n;；,，、") for p in re.split(r"第[一二三四五六七八九十\d]{1,2}空[:：]", text)]
    circled = [p.strip(" \t\n;；,，、") for p in re.split(r"[①-⑳][.．、]?", text)]
    inner = [p for part in glued[1:] for p in re.split(r"[\s;；]+", part) if p] if not glued[0] else []
    inner = inner if all(len(p) <= _WORD and "，" not in p for p in inner) else []  # (1)细胞核(2)② 细胞壁
    for parts in (glued, circled, named, ["", *inner]):
        if count > 1 and len(parts) == count + 1 and not parts[0] and all(parts[1:]):
            return tuple(parts[1:])
    if len(numbered) > 1 and len(pieces) >= 1 and not numbered[0].strip():
        return tuple(pieces) if len(pieces) > 1 or len(glued) <= 2 else (text,)  # (1)...(2)... on one line to write on
    if count > 1:
        for cut in (r"\n+", r"[;；]", r"\s{2,}|\t", r" ?[/／] ?", r"[、]", r"[,，]", r"\s+", r"[|｜]"):
            for parted in (cut, cut + _OUTSIDE) if "(" in text or "（" in text else (cut,):
                pieces = [p.strip() for p in re.split(parted, text) if p.strip()]
                if len(pieces) == count:
                    return tuple(pieces)
    return (text,)


def after_term(text: str, term: str) -> int:
    """Where the definition begins that a key prints after the term again (遗传：亲代的性状...); 0 where it does not."""
    wanted = fold(term).strip(" :。.")
    m = re.match(rf"{re.escape(wanted)}(?: ?(?::|-{{1,2}}) ?| {{1,4}}(?=[^\s是指即为]))", fold(text)) if wanted else None
    return m.end() if m and text[m.end() :].strip() else 0


_SAID_RIGHT = re.compile(r"\(([A-H](?:[、,]?[A-H]){0,6})(?:选?项)?(?:正确|对)\)")  # 是核心矛盾（A对）
_ASKS_WRONG = re.compile("不|错|非|无关|除外|没有|误")


def chosen_in(explanation: str, stem: str | None = None) -> tuple[str, ...] | None:
    """The letters that an explanation ends on (故本题选 B); None where it names none. Negated ones (故排除 D) are none.

    Where the ``stem`` does not ask for what is wrong, those that the explanation says in brackets are right are chosen, too (A对).
    """
    folded = fold(explanation)
    found = _CHOSEN.findall(folded) if "选" in explanation or "答案" in explanation or "综上" in explanation else None
    if not found and stem is not None and not _ASKS_WRONG.search(stem):
        said = _SAID_RIGHT.findall(folded)
        return tuple(sorted(set("".join(said)) - set("、,"))) or None
    return tuple(dict.fromkeys(re.sub(r"[、,]", "", "".join(found[-1])))) if found else None
