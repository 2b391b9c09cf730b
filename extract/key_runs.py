"""The runs of questions (题段) that the lists of a key are for: those under one heading, their numbers rising."""

from __future__ import annotations

from dataclasses import dataclass, field

from .outlined import Draft, Outline


@dataclass(slots=True)
class Run:
    """Questions that follow one another under one heading, numbers rising."""

    drafts: list[Draft]
    section: int
    ordinal: int  # which run it is among those of its chapter, from 1
    title: str = ""
    chapter: tuple[str, ...] = ()
    type: str | None = None
    numbers: dict[int, Draft] = field(default_factory=dict)
    subs: dict[int, list[Draft]] = field(default_factory=dict)
    used: bool = False
    printed: int = 0  # the ordinal of its heading, if that has one

    @property
    def heads(self) -> list[Draft]:
        return [d for d in self.drafts if d.action != "sub"]


def runs_of(plan: Outline) -> list[Run]:
    """The runs of a document, in order."""
    runs: list[Run] = []
    last = 0
    ordinals: dict[tuple[str, ...], int] = {}
    for d in plan.drafts:
        if d.number is None and d.style != "case":
            continue
        number = d.number if d.number is not None else d.parent
        restarted = d.action != "sub" and number is not None and number <= last and number == 1
        if not runs or d.section != runs[-1].section or restarted:
            section = plan.sections[d.section] if d.section >= 0 else None
            chapter = section.path[:-1] if section else ()
            ordinals[chapter] = ordinals.get(chapter, 0) + 1
            title, kind = (section.path[-1], section.type) if section else ("", None)
            runs.append(Run([], d.section, ordinals[chapter], title, chapter, kind, printed=plan.ordinals.get(d.section, 0)))
        run = runs[-1]
        run.drafts.append(d)
        if d.action == "sub":
            run.subs.setdefault(d.parent or 0, []).append(d)
        elif number is not None:
            run.numbers.setdefault(number, d)
            last = number
    for run in runs:  # sub-questions are counted on by keys that number every answer
        count = max(run.numbers, default=0)
        for d in run.drafts:
            if d.action == "sub":
                count += 1
                run.numbers.setdefault(count, d)
    return runs
