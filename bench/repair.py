"""How well repair does (修复评测): a table with a row a family, on generated damage and, where they lie beside us, on real pages.

    python bench/repair.py [--real ../shared/bench] [--list]

Generated: own clean texts, each family's damage at known places. applied/right/wrong count what was changed, suggested/right
what was only proposed, recall the wounds healed (applied) or shown (suggested too). Exit status 1 if a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from damage import FAMILIES, Family, Hurt, hurt  # noqa: E402
from own_texts import clean  # noqa: E402

from extract import extract  # noqa: E402
from extract.ledger import Patched, replay  # noqa: E402
from extract.model import Document, Reading, Repair, Source  # noqa: E402
from extract.readers import read  # noqa: E402
from extract.repair import mend_page, mend_questions  # noqa: E402

WIDTH = str.maketrans({chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {"\u3000": " "})


@dataclass
class Score:
    """What one family came to."""

    applied: int = 0
    right: int = 0
    suggested: int = 0
    suggested_right: int = 0
    wounds: int = 0
    healed: int = 0
    shown: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.applied if self.applied else 1.0

    @property
    def recall(self) -> float:
        return self.healed / self.wounds if self.wounds else 1.0

    @property
    def shown_recall(self) -> float:
        return self.shown / self.wounds if self.wounds else 1.0


def repairs_of(text: str, policy: str = "suggest", documents: tuple[Document, ...] = ()) -> tuple[Repair, ...]:
    """The ledger of a text by the two entries of repair, without a segmenter between them."""
    page = mend_page(Reading(Source("bench", "", "text"), text), policy=policy)
    return tuple(sorted(page + mend_questions(text, documents, page, policy=policy), key=lambda r: (r.start, r.end)))


def judge(hurt_: Hurt, repairs: tuple[Repair, ...]) -> Score:
    """Right is what gives back exactly what stood there, judged a cluster of touching wounds and repairs at a time."""
    score = Score(wounds=len(hurt_.wounds))
    for suggested in (False, True):
        chosen = [r for r in repairs if suggested or r.applied]
        for wounds, mending, good in _clusters(hurt_, chosen):
            proposed = [r for r in mending if not r.applied]
            if suggested:
                score.suggested += len(proposed)
                score.suggested_right += len(proposed) * good
                score.shown += len(wounds) * good
            else:
                score.applied += len(mending)
                score.right += len(mending) * good
                score.healed += len(wounds) * good
                if mending and not good:
                    r = mending[0]
                    around = hurt_.text[max(0, r.start - 12) : r.start], hurt_.text[r.end : r.end + 12]
                    score.wrong.append(f"{r.rule} {around[0]}[{r.before}->{r.after}]{around[1]}")
    return score


def _clusters(hurt_: Hurt, repairs: list[Repair]) -> Iterator[tuple[list[tuple[int, int, str]], list[Repair], bool]]:
    """Wounds and repairs that overlap, together, and whether the repairs give back what stood there."""
    spans: list[tuple[int, int, str, Repair | None]] = [(*w, None) for w in hurt_.wounds] + [(r.start, r.end, r.after, r) for r in repairs]
    spans.sort(key=lambda s: (s[0], s[1]))
    k = 0
    while k < len(spans):
        low, high, first = spans[k][0], spans[k][1], k
        while k < len(spans) and (spans[k][0] < high or spans[k][0] == low or (spans[k][0] == high and spans[k][0] == spans[k][1])):
            high = max(high, spans[k][1])
            k += 1
        wounds = [(a, b, now) for a, b, now, r in spans[first:k] if r is None]
        mending = [r for *_, r in spans[first:k] if r is not None]
        want = Patched(hurt_.text[low:high], [(a - low, b - low, now) for a, b, now in wounds]).text
        got = Patched(hurt_.text[low:high], [(r.start - low, r.end - low, r.after) for r in mending]).text
        yield wounds, mending, got == want


def generated(family: Family, size: int, seed: int = 1) -> Score:
    """The score of one family on ``size`` characters."""
    h = hurt(clean(size, seed), family, seed)
    return judge(h, repairs_of(h.text, "suggest"))


def main() -> int:
    """Print the tables; 1 if a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--real", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--size", type=int, default=20_000, help="characters of clean text a family")
    parser.add_argument("--list", action="store_true", help="print every wrong and every real repair")
    args = parser.parse_args()
    missed = 0
    print(f"{'family':22} {'applied':>8} {'right':>7} {'wrong':>6} {'prec':>6} {'suggest':>8} {'right':>6} {'wounds':>7}",
          "  recall  shown")
    for family in FAMILIES:
        s = generated(family, args.size)
        ok = s.precision >= 0.995 and (not family.sure or s.recall >= 0.95)
        missed += not ok
        applied = f"{s.applied:8} {s.right:7} {s.applied - s.right:6} {s.precision:6.3f}"
        print(f"{family.name:22} {applied} {s.suggested:8} {s.suggested_right:6} {s.wounds:7}  {s.recall:7.3f} {s.shown_recall:6.3f}"
              f"{'' if ok else '  MISSED'}")
        for line in s.wrong[: None if args.list else 2]:
            print("    wrong:", line)
    text = clean(200_000)
    touched = [r for r in repairs_of(text, "safe") if r.applied]
    missed += bool(touched)
    print(f"clean own text, {len(text)} characters: {len(touched)} applied{'' if not touched else '  MISSED'}")
    if args.real.is_dir():
        real(args.real, args.list)
    cost()
    return 1 if missed else 0


def real(folder: Path, show: bool) -> None:
    """The seed against its marks, the clean/OCR lines, the gold texts."""
    text = (folder / "dev/raw/seed.txt").read_text("utf-8")
    ledger = repairs_of(text)
    marks = [line.split("\t") for line in (folder / "repair/seed_errors.tsv").read_text("utf-8").splitlines()[1:]]
    hits, certain = _seed_hits(text, ledger, [m for m in marks if m[7] == "1"])
    suggested = [r for r in ledger if not r.applied]
    print(f"seed: {len(ledger) - len(suggested)} applied, {len(suggested)} suggested; {hits} of {certain} certain errors among them")
    if show:
        for r in ledger:
            before = text[max(0, r.start - 10) : r.start]
            print("   ", "applied" if r.applied else "suggest", r.rule, repr(before), repr(r.before), "->", repr(r.after))
    _ocr(folder / "repair/ocr_pairs.jsonl", show)
    changed = total = 0
    for path in sorted((folder / "dev/gold").glob("*.json")):
        gold = _gold_text(json.loads(path.read_text("utf-8")))
        total += len(gold)
        for r in repairs_of(gold, "safe"):
            if r.applied and r.before.strip():
                changed += 1
                print(f"    gold {path.stem}: {r.rule} {gold[max(0, r.start - 10):r.start]!r} {r.before!r} -> {r.after!r}")
    print(f"gold texts: {changed} applied changes of characters other than blanks in {total} characters")


def _seed_hits(text: str, ledger: tuple[Repair, ...], marks: list[list[str]]) -> tuple[int, int]:
    hits = 0
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for line, wrong, right, context, *_ in marks:
        begin = text.find(context.replace("\\n", "\n"), starts[int(line) - 1] - 5)
        at = text.find(wrong, max(begin, 0) if begin >= 0 else starts[int(line) - 1])
        window = text[at - 6 : at + len(wrong) + 6]
        want = text[at - 6 : at] + right + text[at + len(wrong) : at + len(wrong) + 6]
        for r in ledger:
            if at - 6 <= r.start and r.end <= at + len(wrong) + 6:
                now = window[: r.start - at + 6] + r.after + window[r.end - at + 6 :]
                if now == want or (right in now and right not in window):
                    hits += 1
                    break
    return hits, len(marks)


def _ocr(path: Path, show: bool) -> None:
    """Character distance, width and blanks apart, before and after, by kind of degradation; lines that were not read are left out."""
    from rapidfuzz.distance import Levenshtein

    pages: dict[tuple[str, str, int], list[dict[str, str]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["ocr"].strip():
            pages[row["font"], row["degradation"], row["page"]].append(row)
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    classes: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    halves = [[0, 0], [0, 0]]
    alone_left = 0
    for number, ((_, degradation, _), rows) in enumerate(pages.items()):
        text = "\n".join(r["ocr"] for r in rows)
        ledger = repairs_of(text, "safe")
        mended = replay(text, ledger).split("\n")
        at = 0
        for row, line in zip(rows, mended, strict=True):
            want = _bare(row["clean"])
            old = Levenshtein.distance(_bare(row["ocr"]), want)
            kind = degradation.split("|")[0]
            before[kind] += old
            left = Levenshtein.distance(_bare(line), want)
            after[kind] += left
            halves[number % 2] = [halves[number % 2][0] + old, halves[number % 2][1] + left]
            alone_left += Levenshtein.distance(_bare(replay(row["ocr"], repairs_of(row["ocr"], "safe"))), want)
            for counts, read_ in zip(classes, (_bare(row["ocr"]), _bare(line)), strict=True):
                worn = Levenshtein.distance(read_, want) * 3 > len(want)
                for op in Levenshtein.editops(read_, want):
                    gone = read_[op.src_pos] if op.tag != "insert" else ""
                    printed = want[op.dest_pos] if op.tag != "delete" else ""
                    counts["line of which a third is wrong" if worn else _class(gone, printed)] += 1
            for r in ledger:
                if r.applied and at <= r.start <= at + len(row["ocr"]):
                    alone = row["ocr"][: r.start - at] + r.after + row["ocr"][r.end - at :]
                    new = Levenshtein.distance(_bare(alone), want)
                    verdicts[r.rule]["right" if new < old else "wrong" if new > old else "same"] += 1
                    if show and new >= old:
                        print("    ocr", r.rule, repr(r.before), repr(r.after), row["ocr"])
            at += len(row["ocr"]) + 1
    total, rest = before.total(), after.total()
    print(f"clean/OCR lines, a page of them at a time: distance {total} -> {rest} (-{1 - rest / total:.1%});"
          f" worse in {[k for k in before if after[k] > before[k]]}")
    print("    pages of even and of odd number:", ", ".join(f"{a} -> {b} (-{1 - b / a:.1%})" for a, b in halves),
          f"; each line alone: {total} -> {alone_left} (-{1 - alone_left / total:.1%})")
    print(f"    {'what differs':34} {'read':>5} {'left':>5}  oracle (all of it mended)")
    for name, count in classes[0].most_common():
        print(f"    {name:34} {count:5} {classes[1][name]:5}  -{count / total:.1%}")
    for rule, verdict in sorted(verdicts.items()):
        print(f"    {rule:20} {dict(verdict)}")


_CLASSES = (  # the first whose pattern finds one of the two characters
    ("radical printed, character read", "[\u2e80-\u2fdf]"),
    ("Chinese character", "[\u4e00-\u9fff]"),
    ("bracket", r"[()（）\[\]【】《》]"),
    ("underscore or dash of a blank", "[_—]"),
    ("mark of a sentence or label", r"[.,:;?!、。·．“”‘’'\"…]"),
    ("figure, Latin letter", "[0-9A-Za-z]"),
)


def _class(gone: str, printed: str) -> str:
    tag = "lost " if not gone else "added " if not printed else "misread "
    return tag + next((name for name, pattern in _CLASSES if re.search(pattern, printed or gone)), "symbol")


def _bare(text: str) -> str:
    return "".join(text.translate(WIDTH).split())


def _gold_text(value: dict[str, object]) -> str:
    out: list[str] = []
    for document in value["documents"]:  # type: ignore[attr-defined]
        for q in document["questions"]:
            out += [q.get("material") or "", f"{q.get('number') or ''}.{q['stem']}"]
            out += [f"{o['label']}.{o['text']}" for o in q["options"]]
            out += [str(q.get("explanation") or "")]
    return "\n".join(line for line in out if line)


def cost() -> None:
    """Characters a second on one core, twice the text twice the time."""
    for size in (100_000, 200_000):
        text = clean(size)
        start = time.process_time()
        repairs_of(text, "safe")
        print(f"cost: {len(text)} characters in {time.process_time() - start:.2f} s of one core")
    for size in (100_000, 200_000):
        page = clean(size)
        start = time.process_time()
        ledger = extract(page.encode(), name="clean.txt").repairs
        whole = time.process_time() - start
        reading = read(page.encode(), name="clean.txt")
        start = time.process_time()
        mend_questions(page, (), mend_page(reading))
        share = (time.process_time() - start) / whole
        print(f"share of extraction: {share:.0%} of {whole:.2f} s for {len(page)} characters, {len(ledger)} entries"
              f"{'' if share <= 1 / 3 else '  MISSED'}")


if __name__ == "__main__":
    sys.exit(main())
