"""``moodle-xml``: Moodle's full question format. https://docs.moodle.org/en/Moodle_XML_format is the source of every element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO

from .how import How
from .row import Item, Lost, Row, item, prompt, unplaced
from .text import BLANK, NOT_XML, score_text, xhtml, xml

KIND = {
    "single": "multichoice", "multiple": "multichoice", "judge": "truefalse", "blank": "shortanswer", "blanks": "cloze", "open": "essay",
}
CLOZE = re.compile(r'[\\~#}"/]')


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """One ``question`` element a question, a category wherever document or section change."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
    category = None
    for row in rows:
        quiz = item(row.question, lost)
        if not quiz.answered and quiz.shape != "open":
            lost["skipped_unanswered"] += 1
            continue
        names = (" ".join(p.split()).replace("/", "//") for p in (row.title or row.source.name, *row.question.section))
        here = "/".join(("$course$", "top", *names))
        if here != category:
            category = here
            out.write(f'<question type="category"><category><text>{xml(here)}</text></category></question>\n'.encode())
        out.write(_question(row, quiz, how, lost).encode("utf-8", "replace"))
    out.write(b"</quiz>\n")


def _question(row: Row, quiz: Item, how: How, lost: Lost) -> str:
    stem = prompt(quiz, lost)
    if NOT_XML.search(stem):
        lost["characters_removed"] += 1
    text = _cloze(stem, quiz) if quiz.shape == "blanks" else xhtml(stem)
    name = " ".join(row.question.stem.split())[:60] or "?"
    lines = [
        f'<question type="{KIND[quiz.shape]}">',
        f"<name><text>{xml(name)}</text></name>",
        f'<questiontext format="html"><text>{xml(text)}</text></questiontext>',
        f'<generalfeedback format="html"><text>{xml(xhtml(quiz.explanation or ""))}</text></generalfeedback>',
    ]
    if quiz.shape != "blanks":
        lines.append(f"<defaultgrade>{score_text(row.question.score) or 1}</defaultgrade>")
    else:
        unplaced(row.question, lost, "score")
    unplaced(row.question, lost, "difficulty", "knowledge")
    lines += ["<penalty>0</penalty>", "<hidden>0</hidden>", *_key(quiz, lost)]
    if how.provenance:
        names = (("来源", row.source.name), ("网址", row.source.url), ("许可", row.licence))
        tags = (f"<tag><text>{xml(f'{label}:{value}')}</text></tag>" for label, value in names if value)
        lines.append("<tags>" + "".join(tags) + "</tags>")
    return "\n".join([*lines, "</question>"]) + "\n"


def _key(quiz: Item, lost: Lost) -> list[str]:
    if quiz.shape in ("single", "multiple"):
        rights = sum(c.right for c in quiz.choices)
        share, wrong = (f"{100 / rights:.5f}".rstrip("0").rstrip("."), "0" if quiz.shape == "single" else "-100")
        return [
            f"<single>{'true' if quiz.shape == 'single' else 'false'}</single>",
            "<shuffleanswers>0</shuffleanswers>",
            "<answernumbering>ABCD</answernumbering>",
            *(_answer(share if c.right else wrong, xhtml(c.text), "html") for c in quiz.choices),
        ]
    if quiz.shape == "judge":
        right, wrong = ("100", "0") if quiz.truth else ("0", "100")
        return [_answer(right, "true", "moodle_auto_format"), _answer(wrong, "false", "moodle_auto_format")]
    if quiz.shape == "blank":
        # an asterisk is a wildcard in a short answer unless it is escaped
        return ["<usecase>0</usecase>", *(_answer("100", a.replace("*", "\\*"), "moodle_auto_format") for a in quiz.blanks[0])]
    if quiz.shape == "blanks":
        return []
    if not quiz.reference:
        lost["open_without_answer"] += 1
    return [
        _answer("0", "", "moodle_auto_format"),
        "<responseformat>editor</responseformat>",
        f'<graderinfo format="html"><text>{xml(xhtml(quiz.reference or ""))}</text></graderinfo>',
    ]


def _answer(fraction: str, text: str, form: str) -> str:
    feedback = '<feedback format="html"><text></text></feedback>'
    return f'<answer fraction="{fraction}" format="{form}"><text>{xml(text)}</text>{feedback}</answer>'


def _cloze(stem: str, quiz: Item) -> str:
    """The stem with every blank as an embedded short answer; braces of the stem itself become character references."""
    pieces, at = [], 0
    for place, answers in zip(BLANK.finditer(stem), quiz.blanks, strict=True):
        pieces.append(_plain(stem[at : place.start()]))
        accepted = "~".join("=" + CLOZE.sub(lambda found: "\\" + found.group(), _flat(a)) for a in answers)
        pieces.append("{1:SHORTANSWER:" + accepted.replace("*", "\\*") + "}")
        at = place.end()
    return "".join([*pieces, _plain(stem[at:])])


def _plain(text: str) -> str:
    return xhtml(text).replace("{", "&#123;").replace("}", "&#125;")


def _flat(text: str) -> str:
    return xml(" ".join(text.split()))
