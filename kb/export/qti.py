"""``qti``: a package of IMS QTI 2.1 items with one test over them (imsmanifest.xml inside a zip).

Element names and their order are those of the QTI 2.1 information model (1EdTech, 2012) and of IMS Content Packaging 1.1.
A package holds a file an item by its nature, and a zip keeps its table of members in memory: about 1 kB an item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from .archive import Archive
from .how import How
from .row import Item, Lost, Row, item, unplaced
from .text import BLANK, NOT_XML, score_text, xhtml, xml

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
MATCH = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(rows: Iterable[Row], out: IO[bytes], how: How, lost: Lost) -> None:
    """One file an item, the test that lists them in order, and the manifest; unanswered questions keep an empty key."""
    count = 0
    with Archive(out) as package:
        for count, row in enumerate(rows, 1):
            package.text(f"items/{_name(count)}.xml", _item(row, _name(count), how, lost))
        package.add("test.xml", _test(count, how))
        package.add("imsmanifest.xml", _manifest(count))


def _name(number: int) -> str:
    return f"q{number:07d}"


def _test(count: int, how: How) -> Iterator[bytes]:
    yield (
        f'{HEAD}<assessmentTest xmlns="{QTI}" identifier="tiku" title="{xml(how.title)}">\n'
        '<testPart identifier="part" navigationMode="nonlinear" submissionMode="simultaneous">\n'
        f'<assessmentSection identifier="section" title="{xml(how.title)}" visible="true">\n'
    ).encode()
    for n in range(1, count + 1):
        yield f'<assessmentItemRef identifier="{_name(n)}" href="items/{_name(n)}.xml"/>\n'.encode()
    yield b"</assessmentSection>\n</testPart>\n</assessmentTest>\n"


def _manifest(count: int) -> Iterator[bytes]:
    yield (
        f'{HEAD}<manifest xmlns="{PACKAGE}" identifier="tiku-package">\n'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n<organizations/>\n<resources>\n"
        '<resource identifier="test" type="imsqti_test_xmlv2p1" href="test.xml">\n<file href="test.xml"/>\n'
    ).encode()
    for n in range(1, count + 1):
        yield f'<dependency identifierref="{_name(n)}"/>\n'.encode()
    yield b"</resource>\n"
    for n in range(1, count + 1):
        path = f"items/{_name(n)}.xml"
        yield f'<resource identifier="{_name(n)}" type="imsqti_item_xmlv2p1" href="{path}"><file href="{path}"/></resource>\n'.encode()
    yield b"</resources>\n</manifest>\n"


def _item(row: Row, name: str, how: How, lost: Lost) -> str:
    quiz = item(row.question, lost)
    unplaced(row.question, lost, "difficulty", "knowledge")
    if NOT_XML.search("".join((quiz.stem, quiz.material or "", *(c.text for c in quiz.choices)))):
        lost["characters_removed"] += 1
    declared, body, processing = _PARTS[quiz.shape](quiz, lost)
    rubric = ""
    if how.provenance:
        names = (("来源", row.source.name), ("网址", row.source.url), ("许可", row.licence))
        rubric += _rubric("author tutor scorer", "；".join(f"{label}：{value}" for label, value in names if value))
    if quiz.reference:
        rubric += _rubric("scorer tutor", f"参考答案：{quiz.reference}")
    material = f'<div class="material"><p>{xhtml(quiz.material)}</p></div>\n' if quiz.material else ""
    outcomes = _outcome("SCORE", "float", "0")
    if row.question.score is not None:
        outcomes += _outcome("MAXSCORE", "float", score_text(row.question.score))
    feedback = ""
    if quiz.explanation:
        outcomes += _outcome("FEEDBACK", "identifier", "EXPLANATION")
        feedback = (
            '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="EXPLANATION" showHide="show">'
            f"{xhtml(quiz.explanation)}</modalFeedback>\n"
        )
    title = " / ".join((row.title or row.source.name, *row.question.section, row.question.printed_number or name))
    return (
        f'{HEAD}<assessmentItem xmlns="{QTI}" identifier="{name}" title="{xml(title)}" adaptive="false" timeDependent="false" '
        'xml:lang="zh">\n'
        f"{declared}{outcomes}<itemBody>\n{rubric}{material}{body}</itemBody>\n{processing}{feedback}</assessmentItem>\n"
    )


def _rubric(view: str, text: str) -> str:
    return f'<rubricBlock view="{view}"><p>{xhtml(text)}</p></rubricBlock>\n'


def _outcome(identifier: str, base: str, value: str) -> str:
    return (
        f'<outcomeDeclaration identifier="{identifier}" cardinality="single" baseType="{base}">'
        f"<defaultValue><value>{value}</value></defaultValue></outcomeDeclaration>\n"
    )


def _declaration(identifier: str, cardinality: str, base: str, key: Iterable[str], mapping: str = "") -> str:
    values = "".join(f"<value>{xml(k)}</value>" for k in key)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    head = f'<responseDeclaration identifier="{identifier}" cardinality="{cardinality}" baseType="{base}">'
    return f"{head}{correct}{mapping}</responseDeclaration>\n"


Parts = tuple[str, str, str]


def _choice(quiz: Item, lost: Lost) -> Parts:
    labels = [c.label for c in quiz.choices]
    plain = len(set(labels)) == len(labels) and all(x.isascii() and x.isalpha() for x in labels)
    names = labels if plain else [f"C{n}" for n in range(1, len(labels) + 1)]
    single = quiz.shape == "single"
    right = [n for n, c in zip(names, quiz.choices, strict=True) if c.right]
    choices = "".join(f'<simpleChoice identifier="{n}">{xhtml(c.text)}</simpleChoice>\n' for n, c in zip(names, quiz.choices, strict=True))
    return (
        _declaration("RESPONSE", "single" if single else "multiple", "identifier", right),
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="{1 if single else 0}">\n'
        f"<prompt>{xhtml(quiz.stem)}</prompt>\n{choices}</choiceInteraction>\n",
        f'<responseProcessing template="{MATCH}"/>\n' if quiz.answered else "",
    )


def _judge(quiz: Item, lost: Lost) -> Parts:
    key = [] if quiz.truth is None else ["T" if quiz.truth else "F"]
    return (
        _declaration("RESPONSE", "single", "identifier", key),
        '<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">\n'
        f"<prompt>{xhtml(quiz.stem)}</prompt>\n"
        '<simpleChoice identifier="T">对</simpleChoice>\n<simpleChoice identifier="F">错</simpleChoice>\n</choiceInteraction>\n',
        f'<responseProcessing template="{MATCH}"/>\n' if key else "",
    )


def _blanks(quiz: Item, lost: Lost) -> Parts:
    places = list(BLANK.finditer(quiz.stem))
    text, at = "", 0
    for n, place in enumerate(places[: len(quiz.blanks)], 1):
        text += f'{xhtml(quiz.stem[at : place.start()])}<textEntryInteraction responseIdentifier="RESPONSE{n}"/>'
        at = place.end()
    text += xhtml(quiz.stem[at:])
    if not places:
        text += '<textEntryInteraction responseIdentifier="RESPONSE1"/>'
    declared, sums = "", ""
    for n, accepted in enumerate(quiz.blanks, 1):
        entries = "".join(f'<mapEntry mapKey="{xml(a)}" mappedValue="1"/>' for a in accepted)
        declared += _declaration(f"RESPONSE{n}", "single", "string", accepted[:1], f'<mapping defaultValue="0">{entries}</mapping>')
        sums += f'<mapResponse identifier="RESPONSE{n}"/>'
    processing = f'<responseProcessing>\n<setOutcomeValue identifier="SCORE"><sum>{sums}</sum></setOutcomeValue>\n</responseProcessing>\n'
    return declared, f"<p>{text}</p>\n", processing


def _open(quiz: Item, lost: Lost) -> Parts:
    return (
        _declaration("RESPONSE", "single", "string", ()),
        f'<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>{xhtml(quiz.stem)}</prompt></extendedTextInteraction>\n',
        "",
    )


_PARTS = {"single": _choice, "multiple": _choice, "judge": _judge, "blank": _blanks, "blanks": _blanks, "open": _open}
