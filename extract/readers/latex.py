"""What LaTeX in Markdown sets that is no formula (公式里的空): blanks to fill in, empty brackets, the letters of an answer."""

from __future__ import annotations

import re

_SPACE = r"(?:\\[,;:! ]|\\q?quad|\\hspace\*?\{[^{}\n]{0,20}\}|\\h?phantom\{[^{}\n]{0,40}\}|[~_ ]|\\_)"
_SET = re.compile(
    rf"(?<!\$)\${{1,2}}(?!\$) ?(?:\\underline ?\{{{_SPACE}*+\}}|(?P<bracket>[(（]{_SPACE}*+[)）])|(?=\\){_SPACE}++(?P<space>)) ?\${{1,2}}"
    rf"|\\underline ?\{{{_SPACE}*+\}}"  # outside the dollars that a converter has lost
    r"|(?<=[:：】(（]) ?\$(?P<letters>[A-H]{1,6})\$(?=[ )）。]*(?:\n|\Z|[)）]))"
)


def unset(text: str) -> str:
    r"""``text`` with ``$\underline{\quad}$`` as ____, ``$( \quad )$`` as an empty bracket and ``答案：$A$`` as 答案：A; formulas stay."""
    return _SET.sub(_as_text, text)


def _as_text(m: re.Match[str]) -> str:
    bracket = m["bracket"]
    if bracket:
        return f"{bracket[0]}  {bracket[-1]}"
    return m["letters"] or ("  " if m["space"] is not None else "____")
