"""What a number or a label costs by its own looks (标记代价), whatever the state: its style, its place, what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .markers import CODED, DRAWN, INSIDE, LINE, NO_UNIT, OPT, PICTURED, STOP, TOLD, VARIED, Candidate, Marks
from .ordinals import ORDERED
from .question_types import TAG_WORDS
from .run_on import RUN_ON

FUSED_STYLES = frozenset({"fused", "decimal"})
SUB_STYLES = frozenset({"(", "[", "①", ")"})
MAIN_STYLES = frozenset({".", "、", "第题", "tagged", "dec", "例", "sp", "fused", "decimal", "一", "x.y", RUN_ON, CODED, VARIED})

# 题号 styles by how seldom they number questions; measured on nothing but the convention of Chinese papers
_STYLE = {
    ".": 0.0,
    "、": 0.0,
    "第题": 0.0,
    "tagged": 0.0,
    "例": 0.5,
    "一": 0.5,
    "dec": 3.0,
    "x.y": 3.0,
    ")": 1.5,
    "(": 2.0,
    "[": 2.0,
    "sp": 2.0,
    ":": 2.5,
    "。": 2.5,
    "·": 2.5,
    ",": 3.0,
    "alone": 3.0,
    "bare": 3.0,
    "fused": 0.5,
    "decimal": 1.0,
    "①": 4.0,
    ORDERED: 0.0,
    RUN_ON: 0.0,
    DRAWN: 0.0,
    CODED: 0.0,
    VARIED: 0.5,
    TOLD: 0.0,
}
_OPTION_STYLE = {
    "①": 0.0, ".": 0.0, "、": 0.0, ")": 0.0, "()": 0.3, "-": 1.5, ":": 0.5, "。": 1.0, ",": 1.5, "sp": 1.0, "alone": 1.5, "bare": 1.5,
    PICTURED: 0.0,
}
_YEAR = re.compile(r"\d{4} ?年|\d{3,}|\d{1,2}(?:月(?:\d|[初末中上下])|[日号],)")  # 1.5月2日
_TAG_NEXT = re.compile(rf"[ ]?[(\[] ?(?:{TAG_WORDS})")
_DECIMAL_ALONE = re.compile(r"\d{1,2} *(?:\n|$)")
_CHAINED = re.compile(rf"\d+\.\d|{_DECIMAL_ALONE.pattern}")  # 2.1.4 of a list of paragraphs, 3.5 alone on its line
_SETS = 6  # so many labels that count on are several sets
_OPENED = re.compile(r"[\n ](?:[(\[第] ?)?\d{1,3} ?[.、)\]题][^\n\d。?!;:()_]*$")  # 5. 从 6 开始: the stem has only begun
_PHRASE = 30
_SENTENCE = 60  # characters of a stem behind the bracket that holds its answer
_LABEL_BEFORE = re.compile(r"[A-H][.、:)]\s*$")


def between_neighbours(folded: str, numbers: Marks) -> dict[int, int]:
    """Which numbers before a decimal (2.1.4) stand in a run of lines between 1. and 3. or 4. (2), or after 1. as the last of a run (1)."""
    out: dict[int, int] = {}
    run: list[tuple[int, Candidate]] = []  # lines whose numbers count on by one
    for i, c in (*((i, c) for i, c in numbers if c.place == LINE and c.style in (".", "dec")), (-1, None)):
        if run and (c is None or c.value != run[-1][1].value + 1):
            signed = [k for k, (_, d) in enumerate(run) if d.style == "."]
            last = len(run) - 1 if c is None or c.value == 1 else -1
            for k, (j, d) in enumerate(run):
                if d.style == "dec" and not _DECIMAL_ALONE.match(folded, d.end):
                    if signed and signed[0] < k < signed[-1]:
                        out[j] = 2
                    elif k == last > 0:
                        out[j] = 1
            run = []
        if c is not None:
            run.append((i, c))
    return out


def running_style(numbers: Marks) -> str:
    """The style of numbers that stand in running text with no blank and no stop before them: 1、土壤2、母质3、...; "" if there is none."""
    for style in (".", "、"):
        places: Counter[int] = Counter()
        last = 0
        for _, c in numbers:
            if c.style == style:
                if c.value == last + 1:
                    places[c.place] += 1
                last = c.value
        if places[INSIDE] >= 4 and places[INSIDE] > places[LINE]:
            return style
    return ""


def number_cost(folded: str, c: Candidate, hits: Counter[str], main: str, between: bool, running: str) -> float:
    """What a number costs by its style, its place and what follows it; ``hits`` says how often each style counts on."""
    cost = 0.0 if between else _STYLE[c.style]
    best = hits.get(main, 0)
    mine = hits[c.style]
    if best >= 4 and c.style in SUB_STYLES and c.style != main:
        cost += 3.0
    elif mine >= 4 and mine * 2 >= best:
        cost *= 0.3
    elif best >= 4 and c.style not in MAIN_STYLES and c.style != main:
        cost += 3.0
    if c.style in FUSED_STYLES:
        cost += 1.0 if folded[c.start - 1] in "0123456789ABCDEFGHT√×" or c.place == STOP else 2.0
    else:
        cost += (0.0, 1.2, 1.0, 1.2 if c.style in ("例", RUN_ON, CODED, running) else 2.5)[c.place]
    if c.style in ("alone", "sp") and _LABEL_BEFORE.search(folded, max(0, c.start - 8), c.start):
        cost += 4.0  # a bare number that is the text of an option
    if c.style == "x.y" and mine < 4:
        cost += 2.0
    if c.style == "dec" and not between:
        cost += -2.5 if _YEAR.match(folded, c.end) else 2.0 if _CHAINED.match(folded, c.end) else 0.0
    after = folded[c.end : c.end + 3].lstrip(" ")
    if not after.strip() and c.style != "alone":
        cost += 1.0
    elif after[:1] in "月日年岁%℃" and after[:2] not in NO_UNIT and c.style in ("sp", "bare", "alone"):
        cost += 3.0
    elif c.style == "sp" != main and _OPENED.search(folded, max(0, c.start - _PHRASE), c.start):
        cost += 4.0
    elif after[:1] in ",，。;；、)）" or (after[:1] == "." and c.style != "dec"):
        cost += 2.0
    if _TAG_NEXT.match(folded, c.end):
        cost = max(0.0, cost - 1.5)
    if c.value == 0 or (c.value > 999 and c.style != main):
        cost += 3.0
    return cost


def option_costs(folded: str, found: list[Candidate], options: Marks) -> Iterator[float]:
    """What each label costs by its style, its place and its neighbours."""
    series = _series(options)
    looks: dict[tuple[str, int], float] = {}
    for k, (i, c) in enumerate(options):
        look = c.style, c.place
        if look not in looks:
            looks[look] = _label_cost(*look, series)
        cost = looks[look]
        if c.style == ")" and folded[max(0, c.start - 1) : c.start] in (",", "(", "、", ";"):
            cost += 4.0
        if c.place != LINE and c.style != PICTURED and any(
            d.kind == OPT and abs(d.value - c.value) == 1 and (_touch(folded, c, d) or _touch(folded, d, c))
            and not (d.style in ("sp", "bare") and c.style in (".", "()"))
            and not (d.style == "()" != c.style)  # 可以挪用。(B)A、正确B、错误: the answer in its bracket
            for d in found[max(0, i - 2) : i + 3]
        ):
            cost += 2.5
        if c.style == "()" and c.value == 0 and c.place != LINE and k + 1 < len(options):
            after = options[k + 1][1]
            stem = folded[c.end : after.start]
            if after.value == 0 and len(stem) < _SENTENCE and ("\n" not in stem or not stem.strip()):
                cost += 6.0  # 属于（A）。 (A)摩擦 (B)啮合, 属于（A）A.摩擦B.啮合: the answer stands in the bracket of the stem
        yield cost


def _label_cost(style: str, place: int, series: Counter[str]) -> float:
    """What a label costs by its looks; ``series`` says how often each style counts on."""
    cost = _OPTION_STYLE.get(style, 1.5) + (0.0, 0.3, 0.6, 1.2)[place]
    if not series[style] and style != PICTURED and max(series.values(), default=0) >= _SETS:
        cost += 2.5  # where labels are a) b) c) d), A.append(4) is a line of a program
    if style in ("sp", "bare") and place != LINE:
        cost += 1.0  # a lone letter in a sentence, no whole set: A 型, B 型
    if (style not in ("sp", "bare") or place == LINE) and series[style] >= 6 and series[style] * 4 >= max(series.values()):
        cost *= 0.4
    return cost


def _series(options: Marks) -> Counter[str]:
    """How often each style of label counts on."""
    hits: Counter[str] = Counter()
    last: dict[str, int] = {}
    for _, c in options:
        if last.get(c.style) == c.value - 1:
            hits[c.style] += 1
        last[c.style] = c.value
    return hits


def _touch(folded: str, a: Candidate, b: Candidate) -> bool:
    """Whether nothing but blanks stands between two marks: an enumeration (A、B、C), not two options."""
    return 0 <= b.start - a.end <= 2 and not folded[a.end : b.start].strip(" ") and "\n" not in folded[a.end : b.start]

