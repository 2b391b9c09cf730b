"""Letters and figures mixed up in English text (英文误识): the pronoun I, and what an apostrophe follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..rule import Find, Page, Rule, each

_SHORT = re.compile(r"[l1I|](?<![A-Za-z0-9'’].)['’,][ ]?(?P<rest>ve|m|ll|d|Il|l1|1l)(?![A-Za-z0-9'’])")
_ASK = re.compile(
    r"(?<![A-Za-z])(?:Can|Could|Shall|Should|Do|Did|Will|Would|Am|Was|Have|If|When|what|that|and|but|because|think|so)[ ](?P<one>[1l|])[ ]"
    r"(?=(?:am|was|have|had|do|don|did|can|could|will|would|should|must|want|like|think|know|hope|help|go|went|see|saw|ask|come|use|need)\b)"
)
_MAY = re.compile(r"(?<![A-Za-z])May[ ](?P<one>[1l|])[ ](?=(?:help|ask|come|use|go|have|know|take|see|speak|borrow|sit)\b)")
_START = re.compile(
    r"(?m)(?<=[-–—.?!,\"“])[ ](?P<one>[1l|])[ ](?=(?:am|was|have|had|don['’]t|didn['’]t|like|think|hope|know|would|will|want)[ ])"
)


def _short(page: Page, match: re.Match[str]) -> Find | None:
    rest = {"Il": "ll", "l1": "ll", "1l": "ll"}.get(match["rest"], match["rest"])
    after = f"I'{rest}" if "’" not in match[0] else f"I’{rest}"
    if "," in match[0] and rest != "m":
        return None
    return None if after == match[0] else Find(match.start(), match.end(), after, "撇号前只能是代词 I")


def _lone(pattern: re.Pattern[str]) -> Callable[[Page], Iterable[Find]]:
    """A finder that looks only where a 1, l or | stands between blanks."""
    find = each(pattern, _pronoun, wording=True)
    return lambda page: find(page) if any(lone in page.text for lone in (" 1 ", " l ", " | ")) else ()


def _pronoun(page: Page, match: re.Match[str]) -> Find:
    return Find(match.start("one"), match.end("one"), "I", "助动词或主句旁只能是代词 I")


RULES = (
    Rule("english-short", "english", "question", 0.97, "an apostrophe and the rest of a short form", "English has no other word there",
         each(_SHORT, _short, wording=True), chars=frozenset("'’,"), structural=True),
    Rule("english-ask", "english", "question", 0.96, "an auxiliary or conjunction before it, a verb behind", "388 pairs of real pages",
         _lone(_ASK), chars=frozenset("1l|"), structural=True),
    Rule("english-may", "english", "question", 0.96, "May before it, a verb of asking behind", "388 pairs of real pages",
         _lone(_MAY), chars=frozenset("1l|"), structural=True),
    Rule("english-start", "english", "question", 0.96, "the start of a sentence before it, a verb behind", "388 pairs of real pages",
         _lone(_START), chars=frozenset("1l|"), structural=True),
)
