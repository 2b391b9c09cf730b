"""Whether a page was scanned (识别稿): traces that only optical recognition leaves, kind by kind."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

MOST = 6  # traces of a kind that are counted; more would say nothing new
COUNTED = "章节页条部卷届次个一讲课期集天回套步周年月日类组级位名项号小大单关轮篇版行列层段册款"  # 第3章, 第2次 ...
_KINDS: tuple[tuple[str, str], ...] = (  # each pattern begins with what is rare, so that a clean page costs little
    ("stroke", r"-(?<=[\u4e00-\u9fff]-)[步个项次种般切些]"),
    ("figure", r"l(?:(?<![A-Za-z].)[0-9](?![0-9.]*[A-Za-z])|(?<=[0-9]l)(?<![A-Za-z]..)(?![A-Za-z]))|"
               r"O(?:(?<![A-Za-z0-9].)\.[0-9]|(?<=[0-9]O)[0-9])"),
    ("bracket", r"[O0](?:(?:(?<=[是为有指在于括].)|(?<=[是为有指在于括][(（].))[)）]?[。A]|(?<=[(（][)）].)[。A]|(?<=[(（]0)[是。，]|"
                r"(?<=[\u4e00-\u9fff]0)(?:[)）][，,。]|。))"),
    ("middle", r"·(?:(?<=[\u4e00-\u9fff]·)(?:[，,。、；;]|[B-H][.、．])|(?<=[，,。、；;]·)[\u4e00-\u9fff])"),
    ("ring", r"[①-⑨](?<=[(（].)[)）]、?[(（]\d[)）]|[①-⑨](?<=\d[)）]、[(（].)[)）]|[①-⑨](?<=\d[)）][(（].)[)）]"),
    ("answer", r"案(?:(?<=[【\[][\u4e00-\u9fff]案)(?<!答案)[】\]][ ]?[A-H]?[ ]*$|(?<=[普荅签笞岩]案)[:：])"),
    ("opening", r"\n[ \t]*\d{1,3}[.、．][ ]?(?:0[)）]?|[)）])[的是指主在]"),
    ("number", r"\n[ \t]*[l|][.、．]"),
    ("label", r"\n[ \t]*A[ ]?[.、．][^\n]{1,80}\n+[ \t]*[8E3R日][ ]?[.、．][^\n]{1,80}\n+[ \t]*C[.、．]"),
    ("last", r"\n[ \t]*C[ ]?[.、．]?[^\n]{1,80}\n+[ \t]*[0O口][.、．\u4e00-\u9fff]"),
    ("dot", r"\n[ \t]*[A-D]·"),
    ("row", r"\n[A-D][\u4e00-\u9fff]{2,12}[B-D8][\u4e00-\u9fff]"),
    ("tick", r"\n[ \t]*[(（]V[)）]"),
    ("nth", rf"\n[ \t]*第\d{{1,3}}(?![题{COUNTED}])[\u4e00-\u9fff]"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.M)) for name, pattern in _KINDS)
_PRINTED = frozenset({"row", "bracket"})  # some pages print bare labels, and sentences that end in a zero, on purpose


@lru_cache(maxsize=2)
def traces(text: str) -> tuple[tuple[str, int], ...]:
    """The kinds of misreading that stand in the text, each with how often, up to six."""
    lines = "\n" + text  # so that the first line begins like the others
    counts = ((name, sum(1 for _ in islice(pattern.finditer(lines), MOST))) for name, pattern in _PATTERNS)
    return tuple((name, count) for name, count in counts if count)


def scanned(seen: tuple[tuple[str, int], ...]) -> bool:
    """Whether the traces show that a page was scanned: two kinds, or three of one that nobody prints."""
    return len(seen) >= 2 or any(count >= 3 and name not in _PRINTED for name, count in seen)
