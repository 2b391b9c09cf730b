"""Bring docs/layouts.md in step with tests/cases/layout: the counts, and the row of every kind that the catalogue names.

    python tests/make_catalogue.py          write the rows anew; a new kind needs a row of its own first (``| Z01 |`` is enough)
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

CASES = Path(__file__).parent / "cases" / "layout"
CATALOGUE = Path(__file__).parents[1] / "docs" / "layouts.md"


def in_step(catalogue: str) -> str:
    """The catalogue with the counts and rows that the case files say."""
    pages = left = kinds = 0
    for path in sorted(CASES.glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        cases = document["case"]
        open_ones = [case["left"] for case in cases if "left" in case]
        kinds, pages, left = kinds + 1, pages + len(cases), left + len(open_ones)
        read = f"no ({'; '.join(dict.fromkeys(open_ones))})" if open_ones else "yes"
        names = ", ".join(case["name"].replace("|", "/") for case in cases)
        row = f"| {document['kind']} | [{document['title']}](../tests/cases/layout/{path.name}) | {names} | {read} |"
        catalogue = re.sub(rf"^\| {re.escape(document['kind'])} \|.*$", lambda _, row=row: row, catalogue, flags=re.M)
    counts = f"({pages} pages for {kinds} kinds, {pages - left} of them read right)"
    return re.sub(r"\(\d+ pages for \d+ kinds, \d+ of them read right\)", counts, catalogue)


if __name__ == "__main__":
    CATALOGUE.write_text(in_step(CATALOGUE.read_text("utf-8")), "utf-8")
