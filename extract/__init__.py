"""bytes -> Extraction. Read the file names from ``decode`` to ``assemble``: they are the pipeline."""

from typing import TYPE_CHECKING, Any

from .model import Extraction, Knowledge, Question, UnreadableError

if TYPE_CHECKING:
    from .pipeline import extract

__all__ = ["Extraction", "Knowledge", "Question", "UnreadableError", "extract"]


def __getattr__(name: str) -> Any:
    """``extract``, loaded when it is first asked for: a search or an export needs none of its tables and patterns."""
    if name != "extract":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .pipeline import extract

    return extract
