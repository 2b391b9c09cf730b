"""One golden a format: what each writes for the same questions, to be read by a person when it changes.

``python tests/test_export_goldens.py`` writes them anew. Packages (zip) are kept as the texts inside, without what depends on the
version of a library.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from export_values import bank, extraction

from kb.export import FORMATS, How, export

GOLDEN = Path(__file__).parent / "golden" / "export"
INSIDE = {"docx": ("word/document.xml",), "qti": ("items/q0000001.xml", "items/q0000006.xml", "items/q0000007.xml", "test.xml")}
BY_A_LIBRARY = ("xlsx", "anki")  # their bytes are the library's; test_export_formats reads them back


def written(name: str, folder: Path) -> bytes:
    """The golden of a format."""
    out = io.BytesIO()
    how = How(provenance=True)
    db = bank(folder / "bank.db", extraction("卷一.txt", url="https://example.org/1"))
    export(db, FORMATS[name], out, name=name, how=how, licence="CC0")
    if name not in INSIDE:
        return out.getvalue()
    with zipfile.ZipFile(out) as package:
        return b"".join(f"== {member}\n".encode() + package.read(member).rstrip(b"\n") + b"\n" for member in INSIDE[name])


@pytest.mark.parametrize("name", [n for n in FORMATS if n not in BY_A_LIBRARY])
def test_golden(name: str, tmp_path: Path) -> None:
    assert written(name, tmp_path) == (GOLDEN / f"{name}.golden").read_bytes()


def test_no_golden_without_a_format() -> None:
    assert {p.stem for p in GOLDEN.iterdir()} == set(FORMATS) - set(BY_A_LIBRARY)


if __name__ == "__main__":
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for made in (n for n in FORMATS if n not in BY_A_LIBRARY):
        with tempfile.TemporaryDirectory() as somewhere:
            (GOLDEN / f"{made}.golden").write_bytes(written(made, Path(somewhere)))
    sys.exit()
