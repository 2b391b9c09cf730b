"""HTML entities left in the text (实体残留), whole or halved; not in questions about markup, where they are the matter."""

from __future__ import annotations

import html
import re

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


RULES = (
    Rule("entity", "entity", "page", 0.98, "a known name or number, and no markup is spoken of nearby", "HTML: named character references",
         each(_ENTITY, _entity), chars=frozenset("&"), structural=True),
)
