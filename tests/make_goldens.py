"""Write NAME.golden.json beside every sample: what the extractor makes of it today. Read each change before committing it.

    python tests/make_goldens.py            write all goldens
    python tests/make_goldens.py --check    only say which would change; exit status 1 if any would
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from extract.pipeline import extract
from extract.wire import to_json

SAMPLES = Path(__file__).parents[1] / "samples"
NOT_SAMPLES = {".json", ".py"}


def sources() -> list[Path]:
    """The documents in samples/, in the order of their names."""
    return sorted(p for p in SAMPLES.iterdir() if p.is_file() and p.suffix not in NOT_SAMPLES and not p.name.startswith((".", "README")))


def golden(path: Path) -> Path:
    """Where the golden of a sample stands."""
    return path.with_suffix(".golden.json")


def render(path: Path) -> str:
    """What ``tiku extract`` prints for a sample, with text and blocks."""
    return json.dumps(to_json(extract(path.read_bytes(), name=path.name)), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    changed = []
    for path in sources():
        text, target = render(path), golden(path)
        if not target.exists() or target.read_text("utf-8") != text:
            changed.append(path.name)
            if "--check" not in sys.argv:
                target.write_text(text, "utf-8")
    verb = "would change" if "--check" in sys.argv else "written"
    print(f"{len(sources())} samples, {len(changed)} goldens {verb}: {', '.join(changed) or '-'}")
    return 1 if changed and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
