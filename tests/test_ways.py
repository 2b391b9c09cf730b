"""What marks cost is remembered from page to page, and changes no page."""

from pathlib import Path

from extract import Extraction, extract
from extract.ways import KEPT, stretch_of

SAMPLES = sorted(p for p in (Path(__file__).resolve().parents[1] / "samples").iterdir() if p.suffix in (".txt", ".html", ".md"))


def _read(pages: list[Path]) -> dict[Path, Extraction]:
    return {page: extract(page.read_bytes(), name=page.name) for page in pages}


def test_a_page_reads_the_same_whatever_was_read_before_it() -> None:
    stretch_of.cache_clear()
    first = _read(SAMPLES)
    assert len(first) > 3
    assert _read(SAMPLES[::-1]) == first


def test_only_so_much_is_remembered() -> None:
    _read(SAMPLES)
    assert 0 < stretch_of.cache_info().currsize <= KEPT
