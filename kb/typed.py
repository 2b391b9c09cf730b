"""What a person types as the value of a field (键入的值): letters of a choice, 对 or 错 of a judgement, else the text itself."""

from __future__ import annotations

import json
from typing import Any

from extract.model import Question

JUDGED = {"对": True, "正确": True, "√": True, "true": True, "错": False, "错误": False, "×": False, "false": False}


def field_value(q: Question, field: str, text: str) -> Any:
    """The JSON form of what was typed for ``field``; an empty text is an unknown value, but for the stem and the options."""
    text = text.strip()
    if not text and field != "stem" and not field.startswith("option:"):
        return None
    if field == "answer":
        if q.options:
            return [c for c in text.upper() if c.isalnum()]
        if q.type == "true_false" and text.lower() in JUDGED:
            return JUDGED[text.lower()]
        if q.type == "fill_blank":
            return text.split("；")
    if field in ("number", "score"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
