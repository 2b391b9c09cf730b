"""What a format cannot carry (损失): one code a kind of loss, one sentence each. Nothing is dropped without one of these being counted."""

from __future__ import annotations

from .row import Lost

LOSSES: dict[str, str] = {
    "material_folded": "material (共用题干) stands at the head of the stem, the format has no place of its own for it",
    "blanks_as_essay": "several blanks went out as one open question, the format holds one blank an item",
    "blanks_do_not_match": "the number of answers is not the number of blanks in the stem; sent as an open question",
    "answer_names_no_option": "the answer names an option that the question does not have; treated as unanswered",
    "skipped_unanswered": "left out: no answer, and the format cannot hold a question without one",
    "skipped_not_single_choice": "left out: not a single choice question with one answer",
    "skipped_not_four_options": "left out: not exactly the four options A to D",
    "skipped_incomplete": "left out: an empty option, two equal options, or a picture that the text does not hold",
    "score_dropped": "the score (分值) has no place in the format",
    "explanation_dropped": "the explanation (解析) has no place in the format",
    "commentary_dropped": "the commentary (点评) has no place in the format",
    "difficulty_dropped": "the difficulty (难度) has no place in the format",
    "knowledge_dropped": "the knowledge point (知识点) has no place in the format",
    "open_without_answer": "open question without a model answer",
    "cell_guarded": "a cell that a spreadsheet would run as a formula got an apostrophe before it",
    "cell_shortened": "a cell longer than the 32,767 characters of a spreadsheet cell was shortened",
    "characters_removed": "control characters that the format cannot hold were removed",
}


def messages(lost: Lost) -> list[str]:
    """One line a loss, for the terminal: the count, then what happened."""
    return [f"{count} x {LOSSES[code]}" for code, count in sorted(lost.items()) if count]
