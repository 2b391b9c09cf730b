"""Extracts every raw file of the bench and prints the table of its score, with the time each took (make bench).

Usage: python bench/layouts.py [--show N] [--only PREFIX]. Needs ../shared/bench; says so where it is absent.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extract import UnreadableError, extract
from extract.wire import to_json

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    if not BENCH.exists():
        print("bench: ../shared/bench is not here; nothing to measure", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold"
        pred = Path(folder) / "pred"
        gold.mkdir()
        pred.mkdir()
        for path in sorted((BENCH / "dev" / "raw").iterdir()):
            if not path.stem.startswith(args.only):
                continue
            (gold / f"{path.stem}.json").write_bytes((BENCH / "dev" / "gold" / f"{path.stem}.json").read_bytes())
            started = time.perf_counter()
            try:
                found = extract(path.read_bytes(), name=path.name)
            except UnreadableError as problem:
                print(f"{path.stem}: {problem}")
                continue
            took = time.perf_counter() - started
            print(f"{path.stem}: {took:.2f} s, {len(found.text) / took:,.0f} characters/s", file=sys.stderr)
            (pred / f"{path.stem}.json").write_text(json.dumps(to_json(found), ensure_ascii=False), "utf-8")
        return subprocess.run([sys.executable, str(BENCH / "score.py"), str(gold), str(pred), "--show", str(args.show)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
