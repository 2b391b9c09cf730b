"""Doubts (存疑标记)."""

from __future__ import annotations

from .documents import Plan
from .model import Document


def check(plan: Plan, document: Document) -> Document:
    return document
