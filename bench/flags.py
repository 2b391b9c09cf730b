"""How honest the flags are (存疑是否可信): of the wrong questions, how many carry a doubt about the reading; of those, how many are wrong.

Flags about the source are true statements about the page and do not count. Measured on the documents of ../shared/bench and, because few
questions are wrong there, on the pages of tests/cases/layout as they stand and damaged: lines joined and cut, numbers and
labels lost or misread: what a person would still read right. A damaged page must give what the whole page gives.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from extract import UnreadableError, extract
from extract.wire import to_json

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "layout"
Json = dict[str, Any]


@dataclass
class Tally:
    """Counts of questions as read: ``wrong`` by the score's own comparison, ``flagged`` with a doubt about the reading, ``caught`` both."""

    read: int = 0
    wrong: int = 0
    flagged: int = 0
    caught: int = 0
    missed: int = 0  # questions of the page that no question read stands for; nothing can carry their flag
    codes: Counter[str] = field(default_factory=Counter)
    right_codes: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.read += other.read
        self.wrong += other.wrong
        self.flagged += other.flagged
        self.caught += other.caught
        self.missed += other.missed
        self.codes += other.codes
        self.right_codes += other.right_codes

    def line(self, name: str) -> str:
        def share(a: int, b: int) -> str:
            return f"{a / b:.2f}" if b else " -  "

        return (
            f"{name:28} read {self.read:5} wrong {self.wrong:4} of these flagged {self.caught:4} ({share(self.caught, self.wrong)}) | "
            f"flagged {self.flagged:4} of these wrong {self.caught:4} ({share(self.caught, self.flagged)}) | missed {self.missed}"
        )


def doubts(question: Json) -> set[str]:
    """The codes of the flags about the reading."""
    return {f["code"] for f in question["flags"] if f["about"] == "reading"}


def tally(score: ModuleType, gold_set: Json, pred_set: Json) -> Tally:
    """The counts of one source; ``score`` is the bench's score.py."""
    gold, pred = score.questions(gold_set), score.questions(pred_set)
    pairs = score.align(gold, pred)
    right = {p for g, p in pairs if score.compare(gold[g], pred[p])["perfect"]}
    found = Tally(read=len(pred), wrong=len(pred) - len(right), missed=len(gold) - len(pairs))
    for k, question in enumerate(pred):
        codes = doubts(question)
        found.flagged += bool(codes)
        found.caught += bool(codes) and k not in right
        (found.right_codes if k in right else found.codes).update(codes)
    return found


def cases() -> Iterator[tuple[str, str, str, Json]]:
    """(name, file ending, page, gold) of the layout cases that say what every question holds."""
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            questions = [_gold(q) for q in case.get("question", [])]
            if questions and None not in questions:
                ending = "html" if case.get("html") else case.get("ext", "txt")
                yield f"{path.stem}:{case['name']}", ending, case["text"], {"documents": [{"title": "", "questions": questions}]}


def _gold(question: Json) -> Json | None:
    if "stem" not in question or ("options" not in question and "choice" in question.get("type", "")):
        return None
    options = [{"label": o.partition(" ")[0], "text": o.partition(" ")[2]} for o in question.get("options", [])]
    gold = {k: None if v == "null" else v for k, v in question.items() if k in ("stem", "type", "number", "answer")}
    return {**gold, "options": options}


def _replaced(pattern: str, share: float, now: str) -> Callable[[random.Random, str], str]:
    def change(dice: random.Random, text: str) -> str:
        return re.sub(pattern, lambda m: m.expand(now) if dice.random() < share else m[0], text, flags=re.M)

    return change


DAMAGES: dict[str, Callable[[random.Random, str], str]] = {
    "as it stands": lambda _, text: text,
    "lines joined": _replaced(r"\n+(?=.)", 0.3, ""),
    "one paragraph": lambda _, text: re.sub(r"\s*\n\s*", " ", text.strip()),
    "lines cut": _replaced(r"(?<=\S{6})(?=\S{4})", 0.01, "\n"),
    "numbers lost": _replaced(r"^[(（]?\d{1,3}[.、．)）]\s*", 0.15, ""),
    "labels lost": _replaced(r"(?<![A-Za-z])[A-F][.、．]\s*", 0.08, ""),
    "labels misread": _replaced(r"(?<![A-Za-z])B([.、．])", 0.25, r"8\1"),
    "numbers misread": _replaced(r"^1([.、．])", 0.5, r"l\1"),
}


def on_cases(score: ModuleType) -> dict[str, Tally]:
    """The counts on the layout cases, by damage; every page gets the same damage every time."""
    out = {name: Tally() for name in DAMAGES}
    for name, ending, text, gold in cases():
        for damage, change in DAMAGES.items():
            hurt = change(random.Random(f"{name} {damage}"), text)
            if hurt == text and damage != "as it stands":
                continue
            try:
                found = to_json(extract(hurt.encode(), name=f"page.{ending}"))
            except UnreadableError:
                continue
            out[damage].add(tally(score, gold, found))
    return out


def by_code(counts: Tally) -> str:
    """A line a code: on how many wrong and on how many right questions it stands."""
    codes = sorted(set(counts.codes) | set(counts.right_codes), key=lambda c: -counts.codes[c] - counts.right_codes[c])
    return "\n".join(f"  {c:28} on wrong {counts.codes[c]:5}  on right {counts.right_codes[c]:5}" for c in codes)
