"""Clean question sets out of the bank (导出): one table of formats, one file a format, a manifest beside every export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from . import anki, cmmlu_csv, csv_table, docx, gift, hf, md, moodle_xml, qti, question_set, xlsx
from .how import How
from .manifest import Done, export, write_manifest
from .row import Lost
from .select import Filters, Picked, pick

__all__ = ["ASPECTS", "FORMATS", "Done", "Filters", "Format", "How", "export", "pick", "write_manifest"]

ASPECTS = ("all types", "unanswered", "material", "several blanks", "explanation", "score", "difficulty, knowledge", "provenance")
"""What a format may carry or not, in the order of ``Format.carries`` and of the table in docs/exports.md."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way out. ``carries`` says for each aspect: ``yes``, ``no`` (counted in a warning), or how."""

    suffix: str
    write: Callable[[Picked, IO[bytes], How, Lost], None]
    carries: tuple[str, ...]
    use: str


FORMATS: dict[str, Format] = {
    "json": Format(".json", question_set.write_json, ("yes",) * 8, "exchange, import again; the whole bank as one object"),
    "jsonl": Format(".jsonl", question_set.write_jsonl, ("yes",) * 8, "exchange, import again; a source a line"),
    "csv": Format(".csv", csv_table.write, ("yes",) * 8, "Excel, statistics"),
    "xlsx": Format(
        ".xlsx", xlsx.write, ("yes", "yes", "in the stem", "yes", "yes", "no", "difficulty", "yes"), "importers of question sheets"
    ),
    "md": Format(".md", md.write, (*("yes",) * 6, "no", "yes"), "a paper to print or publish"),
    "docx": Format(".docx", docx.write, (*("yes",) * 6, "no", "yes"), "a paper to print from Word"),
    "gift": Format(
        ".gift", gift.write, ("yes", "open questions only", "in the stem", "as an essay", "yes", "no", "no", "as a comment"),
        "Moodle, as text",
    ),
    "moodle-xml": Format(
        ".xml", moodle_xml.write, ("yes", "open questions only", "in the stem", "yes", "yes", "one blank or none", "no", "as tags"),
        "Moodle",
    ),
    "qti": Format(".zip", qti.write, (*("yes",) * 6, "no", "yes"), "Canvas, TAO and others (IMS QTI 2.1)"),
    "anki": Format(".apkg", anki.write, ("yes", "yes", "yes", "yes", "yes", "no", "no", "yes"), "flash cards"),
    "cmmlu-csv": Format(
        ".csv", cmmlu_csv.write, ("complete single choice", "no", "in the stem", "no", "no", "no", "no", "yes"), "testing language models"
    ),
    "hf": Format(
        ".jsonl", hf.write, ("complete single choice", "no", "in the stem", "no", "yes", "no", "no", "yes"), "datasets of Hugging Face"
    ),
}


def formats() -> dict[str, dict[str, Any]]:
    """The table of formats as plain values, for the docs and the web page."""
    return {name: {"suffix": f.suffix, "use": f.use, **dict(zip(ASPECTS, f.carries, strict=True))} for name, f in FORMATS.items()}
