"""What a check sees (检查所见): one question with its neighbours, and what is usual in its run of siblings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Literal, NamedTuple

from ..builds import Build
from ..documents import Plan
from ..fold import fold
from ..key_signs import holds_key
from ..model import Document, Question, Section
from ..question_types import CHOICES

_ASKS = re.compile(r"[(\[_?](?:(?<=[(\[])[ _]*[)\]]|(?<=_)_|(?<=[?]))")  # a class first: so the engine skips to it
_KEY_OPENS = ("参考答案", "标准答案")
_KEY_BEGINS = re.compile(r"(?:^|[\s)\]。_])(?:参考|标准)?答案[\]:]? *(?:题号|[一二三][、.]|1[ .、)\]])|^[一二三][、.] ?1 ?[\[(]")
_PART = re.compile(r"(?:第[一二三四五六七八九十\d]+(?:章|节|套|单元|部分|卷)|[一二三四五六七八九十]{1,2}[、.])[^,。;?]{0,24}$")
NOTES = re.compile(r"本试卷|考试时间|准考证|答题[卡纸]|答题前|监考|草稿纸|签字笔|闭卷")
LONG_KEY = 100  # characters of a key for each question; what is longer is another text, read as a key
MOST = 0.7  # the share of siblings that makes something usual


@dataclass(frozen=True, slots=True)
class Group:
    """What is usual among the questions of one section and type: how many options, whether answered, how long a stem is."""

    size: int
    options: int            # how many options most of them have, 0 where no number is usual
    answered: bool          # whether most of them have an answer
    silent: bool            # whether they are several and hardly one of them has one
    asking: bool            # whether every stem but a few shows a blank or a question mark
    wrapped: bool           # whether options run over several lines here and there, as a page cut at a width makes them
    lines: bool             # whether stems do
    stem: int               # the middle length of a stem, in characters


class Texts(NamedTuple):
    """The stem and the options of a question, folded for matching.

    A check of each option asks ``lines`` first, or ``text``: nearly always none holds the sign, and one search tells.
    """

    text: str                       # the stem, and each option below
    stem: str
    lines: str                      # the options, one below the other
    options: list[str]
    wrapped: bool                   # whether one of them runs over several lines


@dataclass(slots=True)  # not frozen, which makes it in a tenth of the time
class Look:
    """One question as the checks see it. ``before`` and ``after`` are its neighbours in the same section, None at its ends."""

    q: Question
    text: str                       # these five as in Texts
    stem: str
    lines: str
    options: list[str]
    wrapped: bool
    labels: list[str]
    choice: bool                    # whether its type is one of a choice
    build: Build
    group: Group
    section: Section | None
    run: tuple[Question, ...]       # all questions of the section; given to its first question only
    before: Question | None
    after: Question | None
    last: bool                      # the last question of the document
    keyed: bool                     # the document holds answers that none of its questions got
    listed: bool                    # it holds a key that answers a third of them and more
    mostly_answered: bool           # nearly all questions of the document have an answer
    bare: bool                      # its section, of several questions, has no answer at all, and the document no key
    numbered: bool                  # most questions of the document have a number
    twin: int | None                # the position of an earlier question with the same words
    usual_type: str | None          # the type of nearly all questions of a section whose heading names none; choice for all of a choice
    miscounted: bool                # counted on after a number that began anew without being 1, or with another type of question
    doubted: tuple[int, int] | None = None  # how many of its section's questions the other checks doubt, of how many; where half are

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Each option's label with its text."""
        return list(zip(self.labels, self.options, strict=True))


@dataclass(frozen=True, slots=True)
class Check:
    """One doubt: its code, whom it concerns, its Chinese name, and the function that says what is odd (None: nothing is)."""

    code: str
    about: Literal["source", "reading"]
    name: str
    find: Callable[[Look], str | None]


def looks(plan: Plan, document: Document) -> list[Look]:
    """What the checks see of every question of a document, in order. Linear in the number of questions."""
    questions = document.questions
    owner = [b.draft.section for b in plan.builds]
    texts = [texts_of(q) for q in questions]
    groups = _groups(questions, plan.builds, texts)
    firsts: dict[int, list[Question]] = {}
    for q, s in zip(questions, owner, strict=True):
        firsts.setdefault(s, []).append(q)
    runs = {s: tuple(qs) for s, qs in firsts.items()}
    bare = {s for s, qs in runs.items() if len(qs) > 1 and not plan.outline.keys and all(q.answer is None for q in qs)}
    usual_types = {s: _usual_type(qs) for s, qs in runs.items() if s < 0 or plan.outline.sections[s].type is None}
    miscounted = _miscounted(questions, plan.builds)
    answered = sum(q.answer is not None for q in questions)
    key_size = sum(k.span[1] - k.span[0] for k in plan.outline.keys)
    opened = any(t.rstrip().endswith(_KEY_OPENS) for q in questions for t in (q.stem, q.options[-1].text if q.options else ""))
    unread = len(questions) <= key_size <= LONG_KEY * len(questions) or _holds_key(questions[-1]) or plan.leftover_key or opened
    keyed = (answered * 2 <= len(questions) or plan.leftover_key or opened) and unread
    mostly_answered = answered >= 0.8 * len(questions) and len(questions) >= 4
    numbered = sum(q.number is not None for q in questions) >= max(2, 0.6 * len(questions))
    seen: dict[tuple[str, ...], int] = {}
    out: list[Look] = []
    for k, (q, b) in enumerate(zip(questions, plan.builds, strict=True)):
        words = (q.stem, *[o.text for o in q.options], q.material or "")
        twin = seen.setdefault(words, k) if len(q.stem) > 6 else k
        out.append(
            Look(
                q,
                *texts[k],
                [o.label for o in q.options],
                q.type in CHOICES,
                b,
                groups[owner[k], q.type],
                plan.outline.sections[owner[k]] if owner[k] >= 0 else None,
                runs.pop(owner[k], ()),
                questions[k - 1] if k and owner[k - 1] == owner[k] else None,
                questions[k + 1] if k + 1 < len(questions) and owner[k + 1] == owner[k] else None,
                k + 1 == len(questions),
                keyed,
                bool(plan.outline.keys) and answered * 3 >= len(questions),
                mostly_answered,
                owner[k] in bare,
                numbered,
                None if twin == k else twin,
                usual_types.get(owner[k]),
                miscounted[k],
            )
        )
    return out


def texts_of(q: Question) -> Texts:
    """The texts of a question; folded at once."""
    printed = [o.text for o in q.options]
    text = fold("\n".join([q.stem, *printed]))
    at = len(q.stem) + 1
    stem, lines, options = text[: at - 1], text[at:], []
    for option in printed:
        options.append(text[at : at + len(option)])
        at += len(option) + 1
    return Texts(text, stem, lines, options, lines.count("\n") >= max(len(options), 1))


def _usual_type(qs: Sequence[Question]) -> str | None:
    kind, often = Counter("choice" if q.type in CHOICES else q.type for q in qs).most_common(1)[0]
    return kind if len(qs) >= 6 and often >= 0.8 * len(qs) else None


def _miscounted(questions: Sequence[Question], builds: Sequence[Build]) -> list[bool]:
    """Which questions were counted on where no page broke.

    The number that began anew is neither 1 nor 2 (of a page that broke inside a question), a heading or notes stand before it, or the
    type is another. One alone, after which the printed numbers are right again, was misread and counted right.
    """
    out: list[bool] = []
    kinds: set[str | None] = set()
    section, ahead, odd, begun = -2, 0, False, 0
    for k, (q, b) in enumerate(zip(questions, builds, strict=True)):
        by = q.number - b.draft.number if q.number is not None and b.draft.number is not None else ahead
        if b.draft.section != section or not by:
            if b.draft.section == section and odd and k - begun == 1:
                out[begun] = False
            section, ahead, odd = b.draft.section, by, False
        elif by != ahead:
            ahead, begun = by, k
            again = b.draft.number == builds[k - 1].draft.number  # printed twice, and counted right
            odd = odd or (not again and ((b.draft.number or 0) > 2 or q.type not in kinds)) or _another_part_after(questions[k - 1])
            kinds.clear()
        kinds.add(q.type)
        out.append(odd)
    return out


def _another_part_after(q: Question) -> bool:
    """Whether a question ends in a heading that was not read, or is none: notes to candidates."""
    last = q.options[-1].text if q.options else q.answer if isinstance(q.answer, str) else q.stem
    return bool(_PART.search(fold(last)) or NOTES.search(fold(q.stem)))


def _groups(questions: Sequence[Question], builds: Sequence[Build], texts: Sequence[Texts]) -> dict[tuple[int, str | None], Group]:
    members: dict[tuple[int, str | None], list[tuple[Question, Build, Texts]]] = {}
    for member in zip(questions, builds, texts, strict=True):
        members.setdefault((member[1].draft.section, member[0].type), []).append(member)
    return {key: _group(*zip(*found, strict=True)) for key, found in members.items()}


def _holds_key(last: Question) -> bool:
    """Whether an answer key was read into the last question of a document."""
    answer = last.answer if isinstance(last.answer, str) else " ".join(last.answer) if isinstance(last.answer, tuple) else ""
    texts = (last.stem, answer, last.explanation or "", *(o.text for o in last.options[-1:]))
    return any(_KEY_BEGINS.search(fold(t)) or holds_key(fold(t) + "\n") for t in texts)


def _group(qs: Sequence[Question], builds: Sequence[Build], texts: Sequence[Texts]) -> Group:
    size = len(qs)
    stems = [t.stem for t in texts]
    answered = sum(q.answer is not None for q in qs)
    count, often = Counter(len(q.options) for q in qs).most_common(1)[0]
    return Group(
        size,
        count if often >= MOST * size and size >= 3 else 0,
        (answered >= MOST * size and size >= 3) or sum(b.key_item is not None for b in builds) * 3 >= size,
        size > 1 and answered * 4 <= size,
        size >= 5 and sum(_ASKS.search(stem) is not None for stem in stems) >= 0.95 * size - 1,
        sum(t.wrapped for t in texts) * 20 > size + 20,
        sum("\n" in stem for stem in stems) * 20 > size + 20,
        median_low(map(len, stems)),
    )
