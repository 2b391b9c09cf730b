"""Personal data out of the text (隐去个人信息): telephone numbers, identity numbers and e-mail addresses become asterisks.

Masks keep the length of the text, so that spans still count right. What looks like a number of that form is masked even where
it is an invented example in a question: the point of the switch is that nothing is left to check by hand.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.model import Option, Question

PERSONAL: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "identity": re.compile(
        r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
        r"|[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3})(?![0-9A-Za-z])"
    ),
    "telephone": re.compile(
        r"(?<![0-9.])(?:(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|[(（]?0[1-9][0-9]{1,2}[)）]?[- ]?[2-9][0-9]{2,3}[- ]?[0-9]{4}"
        r"|[48]00-?[0-9]{3}-?[0-9]{4})(?![0-9.]*[0-9])"
    ),
}
MAYBE = re.compile(r"[@＠]|[0-9][0-9 ()（）-]{5,}[0-9]")
"""A cheap look that tells most texts apart before the three patterns are tried."""


def mask_text(text: str) -> str:
    """The text with personal data starred out, character for character."""
    if not MAYBE.search(text):
        return text
    for pattern in PERSONAL.values():
        text = pattern.sub(lambda found: re.sub(r"[^\s@＠.()（）-]", "*", found.group()), text)
    return text


def mask_question(q: Question) -> Question:
    """The question with personal data starred out of every field; the same object where there is none."""
    answer = q.answer
    if isinstance(answer, str):
        answer = mask_text(answer)
    elif isinstance(answer, tuple):
        answer = tuple(mask_text(a) for a in answer)
    masked = replace(
        q,
        stem=mask_text(q.stem),
        section=tuple(mask_text(s) for s in q.section),
        material=q.material and mask_text(q.material),
        options=tuple(Option(o.label, mask_text(o.text), o.printed_label) for o in q.options),
        answer=answer,
        explanation=q.explanation and mask_text(q.explanation),
        commentary=q.commentary and mask_text(q.commentary),
        knowledge=q.knowledge and mask_text(q.knowledge),
        flags=tuple(replace(f, message=mask_text(f.message)) for f in q.flags),
    )
    return q if masked == q else masked
