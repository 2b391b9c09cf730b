"""What a knowledge base holds, in numbers that a person cares for (统计)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a bank. ``types``, ``flags`` and ``rules`` are (name, how many), most first; a rule has (name, applied, suggested)."""

    sources: int
    documents: int
    exams: int
    questions: int
    answered: int
    repaired: int
    flagged: int
    repairs: int
    suggested: int
    types: tuple[tuple[str | None, int], ...]
    flags: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, int, int], ...]


def stats(db: Database) -> Stats:
    """The counts of the bank; reads indexes, not the questions themselves."""

    def one(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    return Stats(
        sources=one("select count(*) from sources"),
        documents=one("select count(*) from documents"),
        exams=one("select count(*) from documents where kind = 'exam'"),
        questions=one("select count(*) from questions"),
        answered=one("select count(*) from questions where has_answer = 1"),
        repaired=one("select count(*) from questions where has_repairs = 1"),
        flagged=one("select count(*) from questions where flag_codes is not null"),
        repairs=one("select count(*) from repairs where applied = 1"),
        suggested=one("select count(*) from repairs where applied = 0"),
        types=tuple(db.execute("select type, count(*) from questions group by type order by 2 desc, 1").fetchall()),
        flags=tuple(db.execute("select code, count(*) from flags group by code order by 2 desc, 1").fetchall()),
        rules=tuple(db.execute(
            "select rule, sum(applied), sum(1 - applied) from repairs group by rule order by 2 desc, 3 desc, 1"
        ).fetchall()),
    )
