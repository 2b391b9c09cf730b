"""What one question type (题型) looks like on paper: a record, one file a type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """``headings``: regular expressions (folded text) that name the type in a heading or in a tag beside the number."""

    name: str
    chinese: str
    headings: tuple[str, ...]
