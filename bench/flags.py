"""How honest the flags are (存疑是否可信): of the wrong questions, how many carry a doubt about the reading; of those, how many are wrong.

Flags about the source are true statements about the page and do not count. Measured on the documents of ../shared/bench and, because few
questions are wrong there, on the pages of tests/cases/layout and on generated papers, as they stand and damaged (damages.py).
A damaged page must give what the whole page gives. The cases are in two halves: what was tuned was tuned on the one,
so that the figure of the other is the honest one.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from damages import DAMAGES, UNHURT, Damage

from extract import UnreadableError, extract
from extract.wire import to_json

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))
CASES = ROOT / "tests" / "cases" / "layout"
DAMAGED_PAPERS = range(9000, 9060)  # seeds of generated papers; those up to 10000 were never looked at
PAPERS = range(9100, 9600)
HALVES = ("tuned on", "held out")
Json = dict[str, Any]
Page = tuple[str, str, str, Json]  # name, file ending, text, gold


@dataclass
class Tally:
    """Counts of questions as read: ``wrong`` by the score's own comparison, ``flagged`` with a doubt about the reading, ``caught`` both."""

    read: int = 0
    wrong: int = 0
    flagged: int = 0
    caught: int = 0
    missed: int = 0  # questions of the page that no question read stands for; nothing can carry their flag
    silent: int = 0  # pages that lack a question and doubt nothing at all
    codes: Counter[str] = field(default_factory=Counter)
    right_codes: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.read += other.read
        self.wrong += other.wrong
        self.flagged += other.flagged
        self.caught += other.caught
        self.missed += other.missed
        self.silent += other.silent
        self.codes += other.codes
        self.right_codes += other.right_codes

    def line(self, name: str) -> str:
        def share(a: int, b: int) -> str:
            return f"{a / b:.2f}" if b else " -  "

        return (
            f"{name:28} read {self.read:5} wrong {self.wrong:4} of these flagged {self.caught:4} ({share(self.caught, self.wrong)}) | "
            f"flagged {self.flagged:4} of these wrong {self.caught:4} ({share(self.caught, self.flagged)}) | "
            f"missed {self.missed}, pages that miss and doubt nothing {self.silent}"
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
    found.silent = int(found.missed > 0 and not found.flagged)
    return found


def half(name: str) -> str:
    """Which half of the cases or documents a name belongs to; all cases of a file belong to the same."""
    return HALVES[hashlib.sha256(name.partition(":")[0].encode()).digest()[0] & 1]


def papers(seeds: Iterable[int]) -> Iterator[Page]:
    """Generated papers: no case of their layout was ever looked at."""
    from generated_papers import make, pool

    questions = pool()
    for seed in seeds:
        paper = make(seed, questions)
        gold = [g for q in paper.questions if (g := _gold(q)) is not None]
        if len(gold) == len(paper.questions):
            yield f"paper {seed}", paper.name.rpartition(".")[2], paper.text, {"documents": [{"title": "", "questions": gold}]}


def cases() -> Iterator[Page]:
    """The layout cases that say what every question holds."""
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            questions = [_gold(q) for q in case.get("question", [])]
            if questions and None not in questions:
                ending = "html" if case.get("html") else case.get("ext", "txt")
                yield f"{path.stem}:{case['name']}", ending, case["text"], {"documents": [{"title": "", "questions": questions}]}


def _gold(question: Json) -> Json | None:
    if "stem" not in question or ("options" not in question and "choice" in question.get("type", "choice")):
        return None
    options = [{"label": o.partition(" ")[0], "text": _lines(o.partition(" ")[2])} for o in question.get("options", [])]
    gold = {k: None if v == "null" else _lines(v) for k, v in question.items() if k in ("stem", "type", "number", "answer")}
    return {**gold, "options": options}


def _lines(value: Any) -> Any:
    return value.replace("\\n", "\n") if isinstance(value, str) else value


def damaged(score: ModuleType, pages: Iterable[Page], damages: Mapping[str, Damage] = DAMAGES) -> dict[str, Tally]:
    """The counts by damage; every page gets the same damage every time."""
    out = {name: Tally() for name in damages}
    for name, ending, text, gold in pages:
        for damage, change in damages.items():
            hurt = change(random.Random(f"{name} {damage}"), text)
            if hurt == text and damage != UNHURT:
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
