"""The score of the bench documents (基准): extracts ../shared/bench/dev/raw, runs score.py, and says how honest the flags are.

Usage: python bench/layouts.py [--show N] [--only PREFIX] [--codes]. Needs ../shared/bench; says so where it is absent.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from damages import DAMAGES, UNHURT
from flags import DAMAGED_PAPERS, HALVES, PAPERS, Tally, by_code, cases, damaged, half, papers, tally

from extract import UnreadableError, extract
from extract.wire import to_json

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--codes", action="store_true", help="count the flags code by code")
    args = parser.parse_args()
    if not BENCH.exists():
        print("bench: ../shared/bench is not here; nothing to measure", file=sys.stderr)
        return 0
    spec = importlib.util.spec_from_file_location("score", BENCH / "score.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    honest: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        pred = Path(folder) / "pred"
        gold.mkdir()
        pred.mkdir()
        for path in sorted((BENCH / "dev" / "raw").iterdir()):
            if not path.stem.startswith(args.only):
                continue
            truth = (BENCH / "dev" / "gold" / f"{path.stem}.json").read_text("utf-8")
            (gold / f"{path.stem}.json").write_text(truth, "utf-8")
            started = time.perf_counter()
            try:
                found = extract(path.read_bytes(), name=path.name)
            except UnreadableError as problem:
                print(f"{path.stem}: {problem}")
                continue
            took = time.perf_counter() - started
            print(f"{path.stem}: {took:.2f} s, {len(found.text) / took:,.0f} characters/s", file=sys.stderr)
            read = to_json(found)
            honest[path.stem] = tally(score, json.loads(truth), read)
            (pred / f"{path.stem}.json").write_text(json.dumps(read, ensure_ascii=False), "utf-8")
        command = [sys.executable, str(BENCH / "score.py"), str(gold), str(pred), "--show", str(args.show)]
        status = subprocess.run(command, check=False).returncode
    _print("flags about the reading, on the bench documents", honest, args.codes)
    if not args.only:
        for side in HALVES:
            counts = damaged(score, [page for page in cases() if half(page[0]) == side])
            _print(f"flags about the reading, on the layout cases as they stand and damaged: the half {side}", counts, args.codes)
        _print("flags about the reading, on generated papers as they stand and damaged", damaged(score, papers(DAMAGED_PAPERS)), args.codes)
        whole = {UNHURT: DAMAGES[UNHURT]}
        _print("flags about the reading, on other generated papers as they stand", damaged(score, papers(PAPERS), whole), args.codes)
    return status


def _print(title: str, counts: dict[str, Tally], codes: bool) -> None:
    total = Tally()
    print(f"\n{title}")
    for name, found in counts.items():
        total.add(found)
        if found.wrong or found.flagged:
            print(found.line(name))
    print(total.line("TOTAL"))
    if codes:
        print(by_code(total))


if __name__ == "__main__":
    sys.exit(main())
