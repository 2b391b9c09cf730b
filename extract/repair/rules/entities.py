"""HTML entities and tags left in the text (实体与标签残留); not in questions about markup, where they are the matter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..rule import Find, Page, Rule, each

_ENTITY = re.compile(r"&(?:amp;)?(#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d?);")
_MARKUP = re.compile(r"(?i)html|xml|转义|字符实体|实体引用|标记语言|字符引用|javascript|php|网页.{0,6}(?:代码|源)|</?[a-z]")
_NAMES = frozenset({
    "nbsp", "ensp", "emsp", "thinsp", "ldquo", "rdquo", "lsquo", "rsquo", "quot", "apos", "middot", "hellip", "mdash", "ndash",
    "times", "divide", "plusmn", "deg", "micro", "le", "ge", "ne", "lt", "gt", "amp", "sup1", "sup2", "sup3", "frac12", "frac14",
    "radic", "infin", "alpha", "beta", "gamma", "delta", "pi", "omega", "mu", "lambda", "theta", "sigma", "rarr", "larr", "bull",
    "laquo", "raquo", "yen", "copy", "reg", "permil", "prime", "sum", "prod", "int", "part", "asymp", "equiv", "cap", "cup",
    "sub", "sube", "isin", "there4", "perp", "ang",
})


def _entity(page: Page, match: re.Match[str]) -> Find | None:
    name = match[1]
    if name[0] != "#" and name not in _NAMES:
        return None
    if _MARKUP.search(page.text, max(0, match.start() - 300), match.end() + 300):
        return None
    after = html.unescape(f"&{name};")
    if len(after) != 1 or (ord(after) < 32) or "\ud800" <= after <= "\udfff" or 0x7F <= ord(after) < 0xA0:
        return None
    return Find(match.start(), match.end(), " " if after in "\xa0\u2002\u2003\u2009" else after, f"没有还原的 HTML 实体 {match[0]}")


# the tags of running text; none that a question about forms, pictures or scripts would speak of
_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|font|h[1-6]|li|ul|ol|tr|td|tbody)(?: [a-z-]{2,12}=(?:\"[^\"<>\n]{0,120}\"|'[^'<>\n]{0,120}'))*[ ]?/?>"
)
_SPOKEN_OF = re.compile(r"(?i)html|xml|标签|标记|网页|网站|超文本|javascript|php|jsp|css|\bweb|代码|程序")
_BREAKS = re.compile(r"</?(?:p|br|div|li|tr|h[1-6])\b")
_MATTER = re.compile(r"[A-Ha-h][.、．:：)）]?[ ]*\Z|[(（“\"'‘《][ ]*\Z")
_AFTER = "\n)）”\""
_LEAST = 4


def _tags(page: Page) -> Iterator[Find]:
    """``</p>`` and ``<br>`` at the ends of lines: a habit of a page that speaks of no markup."""
    text = page.text
    matches = list(_TAG.finditer(text))
    if len(matches) < _LEAST or _SPOKEN_OF.search(text):
        return
    if any(_is_matter(text, m) for m in matches):
        return
    for m in matches:
        inside = text[m.start() - 1 : m.start()] not in ("", "\n", ">") and text[m.end() : m.end() + 1] not in ("", "\n", "<")
        yield Find(m.start(), m.end(), "\n" if inside and _BREAKS.match(m[0]) else "", f"没有还原的网页标记，全页 {len(matches)} 处")


def _is_matter(text: str, m: re.Match[str]) -> bool:
    """Whether an opening tag is itself the text of an option, or is quoted."""
    opens = m[0][1] != "/" and text[m.end() : m.end() + 1] in _AFTER
    return opens and _MATTER.search(text, max(0, m.start() - 6), m.start()) is not None


RULES = (
    Rule("entity", "entity", "page", 0.98, "a known name or number, and no markup is spoken of nearby", "HTML: named character references",
         each(_ENTITY, _entity), chars=frozenset("&"), structural=True),
    Rule("entity-tag", "entity", "page", 0.97, "a habit of the page, and nothing on it speaks of markup", "HTML: the tags of running text",
         _tags, chars=frozenset("<"), structural=True),
)
