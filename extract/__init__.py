"""bytes -> Extraction. Read the file names from ``decode`` to ``assemble``: they are the pipeline."""

from .model import Extraction, Knowledge, Question, UnreadableError
from .pipeline import extract

__all__ = ["Extraction", "Knowledge", "Question", "UnreadableError", "extract"]
