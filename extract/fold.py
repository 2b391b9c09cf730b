"""One character for one character (等长折叠): width, look-alikes and exchanged cues folded for matching only; every offset stays true."""

from __future__ import annotations

import re

from .item_counters import numbered

_FOLDED = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
_FOLDED |= {
    "\u3000": " ",
    "\u00a0": " ",
    "\t": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u200b": " ",
    "\ufeff": " ",
    "\r": " ",
    "【": "[",
    "】": "]",
    "〔": "[",
    "〕": "]",
    "［": "[",
    "］": "]",
    "﹝": "(",
    "﹞": ")",
    "｛": "(",
    "｝": ")",
    "〖": "[",
    "〗": "]",
    "﹒": ".",
    "∶": ":",
    "︰": ":",
    "﹕": ":",
    "﹑": "、",
    "丶": "、",
    "✓": "√",
    "✔": "√",
    "☑": "√",
    "╳": "×",
    "✗": "×",
    "✘": "×",
    "✕": "×",
    "✖": "×",
    "ⅹ": "×",
    "✅": "√",
    "❌": "×",
    "❎": "×",
    "\U0001f5f8": "√",
    "\U0001f5f9": "√",
    "\ufe0f": " ",  # which makes a picture of the sign before it
    "〇": "○",
    "–": "-",
    "—": "-",
    "―": "-",
    "ー": "-",
    "－": "-",
    "~": "~",
    "～": "~",
    "〜": "~",
    "﹎": "_",
    "＿": "_",
    "‐": "-",
}
# what is folded, as one class; its last range, small pictures that adorn headings and cues, is in no table
_WIDE = re.compile(f"[{''.join(map(re.escape, _FOLDED))}\U0001f300-\U0001faff]")
# the cues for which a page whose words were exchanged for others (同义改写) has these; each as long as its own
_REWRITTEN = (
    ("参照答案", "参考答案"), ("参照解析", "参考解析"), ("参照解答", "参考解答"),
    ("对的答案", "正确答案"), ("对旳答案", "正确答案"), ("原则答案", "标准答案"),
)

_CORNERED = re.compile(  # 『正确答案』, not a title or a quotation
    "(?:『(?=(?:正确|参考|标准)答案|答案解析|该题针对)|(?<=\n)[『「])"
    "((?:正确|参考|标准)?答案(?:解析|要点)?|解析|考点|知识点|该题针对[^『』「」\n]{0,60})[』」]"
)
_BRACES = re.compile(r"(?<![A-Za-z_^}\\$])\{([^{}\n;=:\"$\\]{0,24})\}")  # { 物理层 }: a blank, not a program or a formula
_WORD_OR_MARK = re.compile("[\u4e00-\u9fff√×]")
_SHORTEST_PAGE = 60
_HABITS = re.compile(r"[{/?■●☒#]|\[Q\]|- A|选项A")  # what each of them needs
_LEAST_BRACES = 4
_LEAST_Q = 3
_LEAST_COUNTED = 3
_LEAST_LISTED = 2
# ...为()选项A.甲选项B.乙: the word before each label, in one paragraph, where nearly all labels have it
_NAMED = re.compile(r"选项(?=[A-H][.、])")
_LABEL = re.compile(r"(?<![A-Za-z])[A-H][.、]")
# 由哪些组成?– A. 骨骼– B. 血管–答案: A: the dash of a list that a page in one paragraph has glued to what stood before
_LISTED = re.compile(r"-(?<=[\u4e00-\u9fff)?。:]-)(?= A ?[.、:)])")
_LIST_DASH = re.compile(r"-(?<=[^\s-]-)(?= ?(?:[A-H] ?[.、:)]|(?:(?:正确|参考)?答案|(?:答案)?解析) ?:))")
# ?在CPU中...: a bullet that was decoded badly, before questions
_QUESTIONED = re.compile(r"(?:(?<=\n)|(?<=[^\s?][ \n]))[?](?=[\u4e00-\u9fff])")
# D.122---###二、: rules and headings of Markdown in one paragraph
_RULES_LEFT = re.compile(r"-{3,}#{1,6}|(?<=[^\s#])#{2,6}(?=[\u4e00-\u9fff\[(])")

# ■A. □B., ●A. ○B., ☒ A. ☐ B. (as Word draws its boxes): the filled one is ticked
_LABELLED = r"(?= ?[(\[]?[A-H] ?[.、:)\]])"
_BOXES = {
    filled: (re.compile(filled + _LABELLED), re.compile(f"[{empty}]{_LABELLED}"))
    for filled, empty in (("■", "□"), ("●", "○◯"), ("☒", "☐□"))
}
_TICKED = re.compile("√" + _LABELLED)


def _tells(folded: str, chosen: re.Pattern[str], left: re.Pattern[str]) -> bool:
    """Whether the boxes before labels are filled and empty ones, more of them empty, and no other sign ticks them."""
    filled = len(chosen.findall(folded))
    return filled > 1 and len(left.findall(folded)) >= filled and not _TICKED.search(folded)


def fold(text: str) -> str:
    """The text folded for matching; ``len(fold(text)) == len(text)``. Newlines stay."""
    # str.translate asks its table for every character, which takes six times as long where most of them stay
    folded = _WIDE.sub(lambda m: _FOLDED.get(m[0], "★"), text)
    if "答案" in folded or "参照" in folded:
        for printed, cue in _REWRITTEN:
            folded = folded.replace(printed, cue)
    if "『" in folded or "「" in folded:
        folded = _CORNERED.sub(r"[\1]", folded)
    return folded if len(folded) < _SHORTEST_PAGE or _HABITS.search(folded) is None else _page_folded(folded)


def _page_folded(folded: str) -> str:
    """The same of a page: its habits tell what else a sign stands for. A field is too short to have any."""
    if (braces := folded.count("{")) >= _LEAST_BRACES and _fills(_BRACES.findall(folded), braces, folded):
        folded = _BRACES.sub(r"(\1)", folded)
    if folded.count("[Q]") >= _LEAST_Q:  # before the numbers of a bank
        folded = folded.replace("[Q]", "   ")
    for filled, (chosen, left) in _BOXES.items():
        if filled in folded and _tells(folded, chosen, left):
            folded = chosen.sub("√", folded)
    if folded.count("/") >= _LEAST_COUNTED:
        folded = numbered(folded)
    if folded.count("?") >= _LEAST_Q and len(_QUESTIONED.findall(folded)) >= _LEAST_Q:
        folded = _QUESTIONED.sub("●", folded)
    if folded.count("- A") >= _LEAST_LISTED and len(_LISTED.findall(folded)) >= _LEAST_LISTED:
        folded = _LIST_DASH.sub(" ", folded)
    if folded.count("选项A") >= _LEAST_LISTED and len(_NAMED.findall(folded)) * 5 >= len(_LABEL.findall(folded)) * 4 > 0:
        folded = _NAMED.sub("  ", folded)
    if "##" in folded:
        folded = _RULES_LEFT.sub(lambda m: " " * len(m[0]), folded)
    return folded


def _fills(held: list[str], braces: int, folded: str) -> bool:
    """Whether the braces of a page are its blanks: nearly all hold little, half of them words, a mark or nothing, and no sets are meant."""
    worded = sum(not h.strip() or _WORD_OR_MARK.search(h) is not None for h in held)
    return len(held) * 10 >= braces * 9 and worded * 2 >= len(held) and "集合" not in folded
