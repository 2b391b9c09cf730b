"""Where the reading of a document stands (分段状态): what the marks that were counted so far have led to."""

from __future__ import annotations

HEAD, STEM, OPTIONS, ANSWER, EXPLANATION, NOTES, MATERIAL, KEYS = range(8)

Stand = tuple[int, int, int, int, int]
# open field, options seen (a bit each), heading just passed, in a key (2: one that lists right below 答案：), label shift (in a key: the
# last ordinal before it)
State = tuple[Stand, int, int, int]  # where it stands, the last number, the last ordinal, the last sub-number
Take = tuple[float, State, str, int]  # cost, the state after it, action, number
LooseTake = tuple[float, Stand, bool, str, int]  # the same of a kind that does not count on; whether the sub-number stays what it was


BLANK = -2  # the sub-number of a question that is a numbered blank of the passage before it


def opens_blank(state: State, value: int) -> bool:
    """Whether a blank numbered ``value`` may be a question: behind a passage, or behind the blank before it."""
    (field, _mask, _fresh, key, _shift), number, _ordinal, sub = state
    return not key and (field in (HEAD, MATERIAL) or (sub == BLANK and value == number + 1))


def first_missing(mask: int) -> int:
    """The first option index that was not seen yet."""
    return (~mask & (mask + 1)).bit_length() - 1
