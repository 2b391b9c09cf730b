"""The bench documents laid out anew (换版式): the same text wrapped, in one paragraph, renumbered, and scored against the same gold.

Papers from other sites differ from the ones at hand in little but their layout. What is right here and wrong there was read by
memory, not by convention. A row a layout: mean perfect F1 over the documents, the worst document, and how honest the flags are.
A few percent are lost by the change itself (a (1) that the text has already, a bracket that a label takes away).

Usage: python bench/relayout.py [--damaged] [--only LAYOUT] [--each] [--codes]; --damaged does what scanners and sites do to a page
(damages.py) instead of laying it out anew, for the flags: nobody expects all of it to be read.
Needs ../shared/bench; says so where it is absent.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import ModuleType

from damages import DAMAGES
from flags import HALVES, Tally, by_code, half, tally

from extract import UnreadableError, extract
from extract.wire import to_json

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
LABEL = re.compile(r"(?<![A-Za-z0-9(（，,])([A-H])\s?[.．、:：]\s?(?=\S)")
NUMBER = re.compile(r"^\s*(\d{1,3})\s?[.．、]\s*(?=[^\d])|(?<=[A-H√×对错])\s(\d{1,3})[.．、](?=\s?[A-H√×])", re.M)
CLOSING = "，。；：？！、）)”》】.,;:?!"
WHOLE = re.compile(r"[\w.(（][A-Za-z0-9.、．(（]", re.A)
FOLIO = "第 {} 页 共 9 页"
FRAME = (
    "首页 > 教育专区 > 资格考试\n上传于 2021-03-05 | 格式：DOC | 页数：12 | 大小：56KB\n收藏 分享 举报 下载\n{}\n"
    "相关推荐\n高一物理期末试卷及答案\n安全生产管理制度汇编\n关于我们 | 联系我们 | 网站地图\n版权所有 某某文库\n"
)

Change = Callable[[str], str]


def _sub(pattern: str, now: str) -> Change:
    compiled = re.compile(pattern, re.M)
    return lambda text: compiled.sub(now, text)


def _labels(form: str) -> Change:
    return lambda text: LABEL.sub(lambda m: form.format(m[1]), text)


def _numbers(form: str) -> Change:
    return lambda text: NUMBER.sub(lambda m: (" " if m[2] else "") + form.format(m[1] or m[2]), text)


def _wrapped(width: int) -> Change:
    """Lines of at most ``width`` characters, cut where a word processor would: not before a stop, not inside a number or a word."""

    def line(text: str) -> str:
        out = []
        while len(text) > width:
            at = width
            while at > width - 12 and (text[at] in CLOSING or WHOLE.match(text, at - 1)):
                at -= 1
            out.append(text[:at].rstrip())
            text = text[at:].lstrip()
        return "\n".join([*out, text])

    return lambda text: "\n".join(map(line, text.split("\n")))


def _spaced(text: str) -> str:
    """A blank in the middle of a word now and then, always at the same places."""
    return re.sub(r"(?<=[一-鿿])(?=[一-鿿])", lambda m: " " if (m.start() * 2654435761 & 0xFFFF) % 29 == 0 else "", text)


def _paged(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line + (f"\n{FOLIO.format(k // 45 + 1)}" if k % 45 == 44 else "") for k, line in enumerate(lines))


LAYOUTS: dict[str, Change] = {
    "as read": lambda text: text,
    "one paragraph": _sub(r"\s*\n\s*", " "),
    "one paragraph, glued": _sub(r"\s*\n\s*", ""),
    "wrapped at 40": _wrapped(40),
    "wrapped at 25": _wrapped(25),
    "blank lines between": _sub(r"\n+", "\n\n"),
    "no blank lines": _sub(r"\n\s*\n+", "\n"),
    "indented": _sub(r"^[ \u3000\t]*(?=\S)", "\u3000\u3000"),
    "tabs and CRLF": _sub(r"\n", "\r\n\t"),
    "options in one line": _sub(r"\n+\s*(?=[B-H][.．、])", "    "),
    "options glued": _sub(r"\s+(?=[B-H][.．、])", ""),
    "options behind the stem": lambda text: re.sub(r"\n+\s*(?=[A-H][.．、])", " ", text),
    "an option a line": _sub(r"(?<=\S)[ \u3000\t]+(?=[B-H][.．、])", "\n"),
    "labels A、": _labels("{}、"),
    "labels (A)": _labels("({})"),
    "labels A": _labels("{} "),
    "numbers 1、": _numbers("{}、"),
    "numbers (1)": _numbers("({})"),
    "numbers 1)": _numbers("{})"),
    "numbers 第1题": _numbers("第{}题 "),
    "numbers 1": _numbers("{} "),
    "half width": lambda text: text.translate(str.maketrans("，（）：；？", ",():;?")),
    "full width": lambda text: text.translate(str.maketrans("():.", "（）：．")),
    "blanks in words": _spaced,
    "page numbers": _paged,
    "a site around it": lambda text: FRAME.format(text),
}


@cache
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts() -> dict[str, tuple[str, str]]:
    """The documents with questions: their text as tiku's own readers give it, and their gold."""
    out = {}
    for path in sorted((BENCH / "dev" / "raw").iterdir()):
        gold = (BENCH / "dev" / "gold" / f"{path.stem}.json").read_text("utf-8")
        try:
            if any(document["questions"] for document in json.loads(gold)["documents"]):
                out[path.stem] = (extract(path.read_bytes(), name=path.name).text, gold)
        except UnreadableError as problem:
            print(f"{path.name}: {problem}", file=sys.stderr)
    return out


def measure(layout: str, name: str, text: str, gold: str) -> tuple[float, Tally]:
    """Perfect F1 of one document in one layout, and its flags."""
    changed = LAYOUTS[layout](text) if layout in LAYOUTS else DAMAGES[layout](random.Random(f"{name} {layout}"), text)
    truth, read = json.loads(gold), to_json(extract(changed.encode(), name="page.txt"))
    found = score().score(truth, read)
    return score().f1(found["counts"]["perfect"][0], found["gold"], found["pred"]), tally(score(), truth, read)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[*LAYOUTS, *DAMAGES], help="one layout")
    parser.add_argument("--damaged", action="store_true", help="the damages instead of the layouts")
    parser.add_argument("--each", action="store_true", help="a figure a document")
    parser.add_argument("--codes", action="store_true", help="count the flags code by code")
    args = parser.parse_args()
    if not BENCH.exists():
        print("bench: ../shared/bench is not here; nothing to measure", file=sys.stderr)
        return 0
    held, totals = texts(), {side: Tally() for side in HALVES}
    print(f"{'layout':24} mean perfect F1 | worst document | wrong questions flagged | flagged questions wrong")
    with ProcessPoolExecutor(2) as pool:
        for layout in [args.only] if args.only else DAMAGES if args.damaged else LAYOUTS:
            figures = list(pool.map(measure, [layout] * len(held), held, *zip(*held.values(), strict=True)))
            counts = Tally()
            for name, (_, one) in zip(held, figures, strict=True):
                counts.add(one)
                totals[half(name)].add(one)
            worst, name = min((f1, name) for name, (f1, _) in zip(held, figures, strict=True))
            mean = sum(f1 for f1, _ in figures) / len(figures)
            honest = f"{_share(counts.caught, counts.wrong)} | {_share(counts.caught, counts.flagged)}"
            print(f"{layout:24} {mean:15.3f} | {worst:.2f} {name:9} | {honest}")
            if args.codes:
                print(by_code(counts))
            if args.each:
                print("  " + " ".join(f"{name} {f1:.2f}" for name, (f1, _) in zip(held, figures, strict=True)))
    for side, total in totals.items():
        print(total.line(f"flags, documents {side}"))
    return 0


def _share(a: int, b: int) -> str:
    return f"{a:5} of {b:5} ({a / b:.2f})" if b else f"{a:5} of {b:5}   -   "


if __name__ == "__main__":
    sys.exit(main())
