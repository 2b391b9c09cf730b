"""The bench documents in other containers (换容器): the same lines as HTML, Markdown, Word and PDF, scored against the same gold.

What a reader loses shows here: a list number that is a value, a wrapped line, a column, a page that pdfium reads downwards.
A few percent are lost by the change itself (blanks drawn as spaces, pictures).

Usage: python bench/containers.py [FORM...]. Needs ../shared/bench; says so where it is absent.
"""

from __future__ import annotations

import html
import io
import json
import re
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from relayout import BENCH, score, texts

from extract import extract
from extract.wire import to_json

LONGEST = 70_000  # characters; longer documents say nothing more
NUMBER = re.compile(r"\s*(\d{1,3})[.．、]\s*(?!\d)(.+)")
LABEL = re.compile(r"\s*([A-H])[.．、]\s*(?!.*\s[B-H][.．、])(.+)")
FONT = "STSong-Light"
WORD = re.compile(r"[(（\[【“《]*(?:[!-~]{1,20}|.)[，。、；：？！）】”》,.;:?!)\]]*")  # what is not cut at the end of a line

Lines = list[str]


def page(body: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def each(before: str, after: str) -> Callable[[Lines], bytes]:
    return lambda lines: page("".join(f"{before}{html.escape(line)}{after}" for line in lines))


def automatic(lines: Lines) -> bytes:
    """Numbers and labels that the browser prints."""
    out = []
    for line in lines:
        number, label = NUMBER.match(line), LABEL.match(line)
        if number:
            out.append(f'<ol start="{number[1]}"><li>{html.escape(number[2])}</li></ol>')
        elif label:
            out.append(f'<ol type="A" start="{ord(label[1]) - 64}"><li>{html.escape(label[2])}</li></ol>')
        else:
            out.append(f"<p>{html.escape(line)}</p>")
    return page("".join(out))


def word(lines: Lines) -> bytes:
    import docx

    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def printed(columns: int, letters: bool = False) -> Callable[[Lines], bytes]:
    """A PDF in columns, with a foot on each page; ``letters``: letter by letter on narrow lines, with a foot far to the right."""

    def draw(lines: Lines) -> bytes:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4)
        width = 230 if columns > 1 or letters else 490
        x, y, left = 0.0, 0.0, 0
        for k, line in enumerate(lines):
            for word in ("\n", *WORD.findall(line.strip())):
                if word == "\n" or x + pdfmetrics.stringWidth(word, FONT, 10) > width:
                    x, y = 0.0, y - (11 if letters else 14)
                    if y < 60:
                        left = (left + 1) % columns if k else 0
                        if k and not left:
                            canvas.drawString(500 if letters else 270, 30, f"第 {canvas.getPageNumber()} 页")
                            canvas.showPage()
                        canvas.setFont(FONT, 10)
                        y = 790.0
                for character in word.strip("\n"):
                    canvas.drawString(50 + left * 255 + x, y, character)
                    x += pdfmetrics.stringWidth(character, FONT, 10)
        canvas.save()
        return out.getvalue()

    return draw


FORMS: dict[str, tuple[str, Callable[[Lines], bytes]]] = {
    "html, paragraphs": ("html", each("<p>", "</p>")),
    "html, line breaks": ("html", each("", "<br>")),
    "html, a table": ("html", each("<table><tr><td>", "</td></tr></table>")),
    "html, automatic numbers": ("html", automatic),
    "markdown, paragraphs": ("md", lambda lines: "\n\n".join(lines).encode()),
    "markdown, lines": ("md", lambda lines: "\n".join(lines).encode()),
    "word": ("docx", word),
    "pdf": ("pdf", printed(1)),
    "pdf, two columns": ("pdf", printed(2)),
    "pdf, short lines, letter by letter": ("pdf", printed(1, letters=True)),
}


def measure(form: str, text: str, gold: str) -> float:
    ending, draw = FORMS[form]
    read = to_json(extract(draw([line for line in text.split("\n") if line.strip()]), name=f"page.{ending}"))
    found = score().score(json.loads(gold), read)
    return float(score().f1(found["counts"]["perfect"][0], found["gold"], found["pred"]))


def main(forms: list[str]) -> int:
    if not BENCH.exists():
        print("bench: ../shared/bench is not here; nothing to measure", file=sys.stderr)
        return 0
    held = {name: both for name, both in texts().items() if len(both[0]) < LONGEST}
    print(f"{'container':36} mean perfect F1 | worst document")
    with ProcessPoolExecutor(2) as pool:
        for form in forms or FORMS:
            figures = list(pool.map(measure, [form] * len(held), *zip(*held.values(), strict=True)))
            worst, name = min(zip(figures, held, strict=True))
            print(f"{form:36} {sum(figures) / len(figures):15.3f} | {worst:.2f} {name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
