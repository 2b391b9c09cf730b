"""Lists, printed numbers and pictures of web pages (网页列表与图片)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from . import css
from .listing import HTML_LISTS, numeral
from .page import placeholder

PRINTED = re.compile(  # a list item that begins so has its number in its text; 1.2 is a value, 1.1949年 a number before a year
    r"\s*(?:[（(【\[]?\s*(?:\d{1,4}|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[①-⑳㉑-㉟])\s*[.．、:：)）】\]，,](?!(?<=\d[.．:：,])\d(?!\d{3}年))"
    r"|[①-⑳]|第\s*\S{1,4}\s*[题章节部])")
# what follows a box to tick and has a label of its own
LETTERED = re.compile(r"[*_`(（【\[]{0,3}(?:[A-Za-zＡ-Ｚ][*_`]{0,2}(?:[.、．:：)）】\]\s]|$)|\d{1,4}[.、．](?!\d))")
PERHAPS_PRINTED = re.compile(r"\s*[（(【\[]?\s*(?:\d{1,4}|[A-Za-z]|[一二三四五六七八九十百]{1,4})\s*$")
_FORMULA_IMAGE = re.compile(r"formula|latex|equation|mathjax|math|codecogs|(?:^|[^a-z])tex(?:[^a-z]|$)", re.I)
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icons?|logo|spacer|blank|pixel|loading|avatar|btn|button|arrow|qrcode|ewm|banner|bg|grey|transparent|clear|dot|"
    r"emoji|share|weixin|wechat|tongji|stat)(?:[\d/_.?-]|$)", re.I)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)")
# What Acrobat says that its style sheet prints before an item; a bullet of a symbol font may be a letter, too (l, n, u, Ø).
_COUNTS = re.compile(r"\s*(?:[（(【\[第]?\s*[\dA-H一二三四五六七八九十①-⑳]|[（(]?[A-Za-z][.．、)）])")


class List:
    """An open list: how its items are numbered, as a browser prints them."""

    def __init__(self, tag: str, attributes: Mapping[str, str | None], look: css.Declared) -> None:
        get = attributes.get
        self.form = HTML_LISTS.get(get("type") or "", "decimal")
        kind = look.get("list-style-type") or look.get("list-style") or ""
        self.form = next((HTML_LISTS[k] for k in kind.split() if k in HTML_LISTS), self.form)
        begin = _whole(get("start"))
        backwards = "reversed" in attributes
        # A list that counts down from the number of its items has numbers that only its end could tell.
        self.ordered = tag == "ol" and "none" not in kind and not (backwards and begin is None)
        self.step = -1 if backwards else 1
        self.at = (1 if begin is None else begin) - self.step

    def next(self, get: Callable[[str], str | None], look: css.Declared) -> str | None:
        """The number of the next item, with its full stop; None where none is printed."""
        own = _whole(get("value"))
        self.at = own if own is not None else self.at + self.step
        printed = get("data-list-text")
        if printed and _COUNTS.match(printed):
            return f"{printed.strip()} "
        kind = look.get("list-style-type") or look.get("list-style") or ""
        if not self.ordered or "none" in kind:
            return None
        return f"{numeral(self.at, HTML_LISTS.get(kind, self.form))}. "


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,6}", text.strip()) else None


def picture(get: Callable[[str], str | None]) -> str:
    """The place holder of a picture that could be content: a formula by its words, an icon or a dot by nothing."""
    address = get("data-original") or get("data-src") or get("data-lazy-src") or get("src") or ""
    words = " ".join((get("data-latex") or get("data-tex") or get("alt") or "").split())
    hints = f"{get('class') or ''} {get('id') or ''}"
    if words and (get("data-latex") or _FORMULA_IMAGE.search(hints) or _FORMULA_IMAGE.search(address[:300])):
        return placeholder("公式", words)
    for side in ("width", "height"):
        size = _NUMBER.match(get(side) or "") or re.search(rf"(?:^|[;\s]){side}\s*:\s*(\d+(?:\.\d+)?)\s*p[xt]", get("style") or "")
        if size and float(size[1]) <= 8:
            return ""
    if not address or (address.startswith("data:") and len(address) < 400):
        return ""
    if address.startswith("data:"):
        return placeholder("图", words)
    name = unquote(urlsplit(address).path.rpartition("/")[2]) if "://" in address or "/" in address else unquote(address)
    if _ICON.search(address.partition("?")[0].rpartition("/")[2] or address) or _ICON.search(hints.replace(" ", "/")):
        return ""
    return placeholder("图", name or words)
