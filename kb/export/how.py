"""The few choices that a person makes about an export's look (导出选项), the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class How:
    """``provenance``: every question names its source. ``answers``: where a paper to print puts them. ``title``: of deck or package."""

    provenance: bool = False
    answers: Literal["inline", "end", "none"] = "end"
    title: str = "题库"
