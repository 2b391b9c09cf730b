"""Answers that a page hides until the reader asks for them (点击显示的答案): what is told of a hidden element, kept and told again.

What begins with a cue and a value (正确答案：B), goes on behind 答案：, or is letters or a mark behind 查看答案, is part of the paper.
All else that is hidden stays so: menus, windows to log in, templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .tags import BLOCKS

Attributes = Mapping[str, str | None]
_LONGEST = 20_000  # characters of an answer and its explanation; what is longer is a part of the page
_MOST = 2_000  # elements and texts of it
_BARE = frozenset({"script", "style", "template"})  # what they hold is no text
_CUE = r"(?:参考|正确|标准|本题|试题|题目|习题)?(?:答案|解析|答案[及与和]?解析)"
_ANSWER = re.compile(
    rf"\s*(?:[【\[]\s*{_CUE}\s*[】\]]\s*[:：]?"
    rf"|{_CUE}\s*(?:[为是]?\s*[:：]|\s(?!\s)|[为是]\s*(?=[A-H√×对错])))\s*[^\s:：【】]")
_CUED = re.compile(r"答案\s*(?:[:：】\]]|[为是]\s*[:：]?)\s*$")
_ASKED = re.compile(r"(?:(?:查看|显示|展开|看)(?:参考|正确|本题)?(?:答案|解析|答案[及与和]?解析)|[Ss]how [Aa]nswer)\W{0,3}$")
_VALUE = re.compile(r"\s*(?:[A-H](?:\s*[、,，]?\s*[A-H]){0,7}|[√×✓✗对错]|正确|错误)\s*[.。]?\s*$")
_TEMPLATE = re.compile(r"\{\{|\$\{|<%")
_OFFER = re.compile(r"会员|登录|登陆|付费|购买|解锁|扫码|VIP|APP", re.I)  # what stands in the place of an answer that is for sale


class Hidden:
    """What is told of the hidden element that is open."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._told: list[tuple[str, Attributes | None]] = []  # a start with its attributes, "/" with the tag, or a text
        self._texts: list[str] = []
        self._bare = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._told.append((tag, attributes))
        self._bare += tag in _BARE

    def end(self, tag: str) -> None:
        self._told.append((f"/{tag}", None))
        self._bare -= tag in _BARE

    def data(self, text: str) -> None:
        if not self._bare:
            self._told.append((f" {text}", None))
            self._texts.append(text)

    def is_answer(self, before: str) -> bool:
        """Whether it is the answer; ``before`` is the end of what stands before it."""
        if len(self._told) > _MOST or sum(map(len, self._texts)) > _LONGEST:
            return False
        text = "\n".join(self._texts)
        if _TEMPLATE.search(text):
            return False
        cued = _CUED.search(before)
        if _ANSWER.match(text) or (_VALUE.match(text) and (cued or _ASKED.search(before))):
            return True
        return bool(cued and self._tag not in BLOCKS and text.strip() and not _OFFER.search(text))

    def tell(self, start: Callable[[str, Attributes], None], end: Callable[[str], None], data: Callable[[str], None]) -> None:
        """Tell it all again, as what is seen."""
        root = "div" if self._tag in BLOCKS else "span"
        start(root, {})
        for what, attributes in self._told:
            if attributes is not None:
                start(what, attributes)
            elif what[0] == "/":
                end(what[1:])
            else:
                data(what[1:])
        end(root)
