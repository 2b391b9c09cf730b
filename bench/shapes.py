"""Make extract/repair/data/shapes.tsv (形近字表): for each everyday character the eight that look most like it.

    python bench/shapes.py NotoSansCJK-Regular.ttc NotoSerifCJK-Regular.ttc

Each character is drawn in both faces (SIL Open Font License; Debian fonts-noto-cjk), a little blurred, and correlated with all others.
Needs numpy and Pillow; run once, by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from extract.repair import tables  # noqa: E402

SIMPLIFIED = 2  # the face for simplified script in the collections
NEAREST = 8


def drawn(chars: str, font: Path) -> np.ndarray:
    """Each character as a vector of mean 0 and length 1."""
    face = ImageFont.truetype(str(font), 30, index=SIMPLIFIED)
    rows = []
    for char in chars:
        image = Image.new("L", (36, 36), 0)
        ImageDraw.Draw(image).text((3, -4), char, font=face, fill=255)
        pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(1.3)), dtype=np.float32).ravel()
        pixels = pixels - pixels.mean()
        rows.append(pixels / np.linalg.norm(pixels))
    return np.stack(rows)


def main() -> None:
    """Write the table."""
    chars = "".join(sorted(tables.common()))
    likeness = sum(vectors @ vectors.T for vectors in (drawn(chars, Path(name)) for name in sys.argv[1:]))
    np.fill_diagonal(likeness, -1)
    order = np.argsort(-likeness, axis=1)[:, :NEAREST]
    lines = [f"{char}\t{''.join(chars[k] for k in row)}" for char, row in zip(chars, order, strict=True)]
    note = "# The eight everyday characters that look most like each: made by bench/shapes.py from Noto Sans CJK and Noto Serif CJK (OFL)\n"
    (ROOT / "extract/repair/data/shapes.tsv").write_text(note + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
