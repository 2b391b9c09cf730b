"""The printed answer of a question, read by its type (作答): letters, a judgement, blanks, a definition or prose."""

from __future__ import annotations

import re
from dataclasses import replace

from . import answers as read_answers
from .builds import Build
from .fold import fold
from .question_types import CHOICES
from .solutions import concluded, with_solution, worked
from .stem import FALSE_WORDS, TRUE_WORDS, Span, blanks, strip, without

_SPEAKS_ON = re.compile(  # 解：A、C是有理数; A．错误 / B．正确 / ...; 解：AB＝AC
    r"[、,: ]*[一-鿿]| ?[\d=+×÷·•*/^<>≠≤≥∥⊥≌∽²³′'﹣−-]|[.][^\n]*\n *B ?[.]"
)
_EXPLAINED = re.compile(r" ?(?:考查|考察|句意|[本此试]题|解析|分析[:：])")  # C考查连词。...故选C
_TERM = re.compile(r"\s*[a-z]\b|\s*[A-Z] ?[-+*/=<>\[]")  # a-b 改为 a+b: no letter of a judgement
_SAID = re.compile(r"([A-H]) ?[.、:] ?([^\n]{1,300}?)[;。]?\s*(?=(?<=[;。\n ])[A-H] ?[.、:]|$)")  # A. 甲; C. 丙
WIDE_BLANK = re.compile(r"(?<=\S) {3,}(?=\S)|-{2,}")  # an underline that was lost leaves its blanks; or dashes are drawn


def printed_answer(text: str, b: Build) -> str | None:
    """The printed answer nearest to the question: its own line, else its key item."""
    ticked = len(b.answer_spans) > 1 and all(s == e for role, (s, e) in b.draft.cues if role == "answer")  # letters below the options
    own = ("" if ticked else "\n").join([text[s:e].strip() for s, e in b.answer_spans])
    if own and not (b.key_item and read_answers.is_nothing(own)):
        return own
    if b.key_item:
        s, e = b.key_item.answer
        return b.key_item.text or text[s:e]
    return None


def option_texts(folded: str, b: Build) -> list[str]:
    """The options as an answer may name them by their texts."""
    return [folded[texts[0][0] : texts[-1][1]].strip(" 。.;") for _, _, _, texts in b.options]


_TEX_LETTERS = re.compile(
    r"(\$ ?(?:\\(?:mathrm|mathbf|text|textbf|rm|bf|boxed) ?\{ ?)?)"
    r"([A-H]{1,6}(?:[,、 ]{1,2}[A-H])*)( ?\}? ?\$)(?= *(?:[。.;；\n]|$))"
)


def _without_tex(printed: str) -> str:
    """A printed answer without the TeX around its letters ($\\mathrm{B}$), as long as before."""
    m = _TEX_LETTERS.match(printed, len(printed) - len(printed.lstrip()))
    return printed[: m.start()] + " " * len(m[1]) + m[2] + " " * len(m[3]) + printed[m.end() :] if m else printed


def printed_letters(folded: str, b: Build, printed: str) -> read_answers.Reading | None:
    """The letters that open a printed answer; not those that a solution speaks of first (解：A、C是有理数，故选B)."""
    run = read_answers.letters(printed, "".join([o[0] for o in b.options]) or None)
    said = _SAID.findall(fold(printed)) if run and b.options and _SAID.match(fold(printed).lstrip()) else []
    if run and len(said) > 1 and run.answer == (said[0][0],):
        texts = dict(zip([o[0] for o in b.options], option_texts(folded, b), strict=True))
        if all(texts.get(label) == words.strip(" 。.;") for label, words in said):
            return read_answers.Reading(tuple(label for label, _ in said), len(printed))
        if [label for label, _ in said] == list(texts):
            return None  # a comment on each option
    if run is None or _EXPLAINED.match(printed, run.used):
        return run
    speaks = b.answer_spans and _SPEAKS_ON.match(fold(printed), run.used) and read_answers.chosen_in(printed)
    return None if speaks else run


def read_answer(text: str, folded: str, b: Build, printed: str | None) -> None:
    """Sets the answer of a build whose type is known; what follows the letters of a printed answer becomes its explanation."""
    if b.key_item and not printed and b.key_item.explanation:
        printed = worked(text, folded, b, b.key_item.explanation)
    labels = "".join([o[0] for o in b.options])
    in_stem = text[b.stem.answer[0] : b.stem.answer[1]] if b.stem.answer else None
    paired = b.type == "matching" and not b.options and not (printed and read_answers.letters(printed))  # 连线: the pairs in words
    choice = (bool(b.options) or b.type in CHOICES) and not paired
    rest_from: int | None = None
    if b.type == "true_false":
        for candidate in (printed, in_stem):
            if candidate is None:
                continue
            judged = read_answers.judgement(candidate)
            run = read_answers.letters(candidate)
            if run and b.options and isinstance(run.answer, tuple) and len(run.answer) == 1 and run.answer[0] in labels:
                words = option_texts(folded, b)[labels.index(run.answer[0])]
                if words in TRUE_WORDS or words in FALSE_WORDS:
                    judged = read_answers.Reading(words in TRUE_WORDS, run.used)
                elif not any(option_texts(folded, b)):  # a tick and a cross that were pictures
                    judged = read_answers.Reading(run.answer == ("A",), run.used)
            elif run and not b.options and run.answer in (("A",), ("B",)) and judged is None and not _TERM.match(candidate):
                judged = read_answers.Reading(run.answer == ("A",), run.used)
            if judged:
                b.answer = judged.answer
                if candidate is printed:
                    rest_from = judged.used
                break
        if b.answer is not None and printed and rest_from is None and not b.explanation_spans:
            b.explanation_spans, b.answer_spans = b.answer_spans, []  # (×)正确答案:红色表示禁止: what would be right
        if b.answer is None and b.marked and b.options:
            words = option_texts(folded, b)[labels.index(b.marked[0])]
            b.answer = words in TRUE_WORDS if words in TRUE_WORDS or words in FALSE_WORDS else None
        if b.answer is None and printed and not read_answers.is_nothing(printed):
            m = re.match(r"[^\n。,，]{0,6}?(不?正确|错误?|不对|对)", printed)
            if m:
                b.answer = m[1] in TRUE_WORDS
    elif choice:
        if printed:
            printed = _without_tex(printed)
            run = printed_letters(folded, b, printed)
            past = run is not None and isinstance(run.answer, tuple) and bool(set(run.answer) - set(labels))
            named = _labels_of_texts(fold(printed), option_texts(folded, b), labels) if past or not run else None
            if run and not (named and past):  # GB names the option GB, not letters past the last label
                b.answer, rest_from = run.answer, run.used
            elif rings := _labels_of_rings(printed, b):
                b.answer, rest_from = rings, len(printed)
            elif named:
                b.answer, rest_from = named, len(printed)
        if b.answer is None and in_stem:
            b.answer = tuple(dict.fromkeys(re.sub(r"[^A-Z]", "", fold(in_stem).upper())))
        if b.answer is None and b.marked:
            b.answer = tuple(b.marked)
    elif printed and not read_answers.is_nothing(printed):
        if b.type == "fill_blank":
            stem = "".join(folded[s:e] for s, e in b.stem.spans)
            printed = concluded(text, folded, b) or printed
            count = blanks(stem) or len(WIDE_BLANK.findall(stem))
            inside = None if count else _printed_in_blanks(text, b, printed)
            b.answer = inside or read_answers.blanks(printed, count or len(b.answer_spans))
        elif b.type == "term_definition":
            b.answer = _without_term(text, b, printed)
        else:
            b.answer = printed.strip()
    elif b.type == "term_definition" and b.answer is None and not printed:
        _split_term(text, folded, b)
    explains = choice and b.answer is None and printed and rest_from is None and len(printed) > 8 and b.answer_spans
    if explains and (not b.explanation_spans or read_answers.chosen_in(printed or "")):
        b.explanation_spans, b.answer_spans = with_solution(folded, b), []  # 【解答】解：... 故选 B
    if rest_from is not None and printed:
        _rest_is_explanation(text, b, printed, rest_from)
    if b.key_item and b.key_item.explanation and not b.explanation_spans:
        b.explanation_spans = [b.key_item.explanation]
    if b.answer is None and choice and b.explanation_spans:
        asked = "".join(text[s:e] for s, e in b.stem.spans)
        chosen = read_answers.chosen_in("\n".join(text[s:e] for s, e in b.explanation_spans), None if b.type == "true_false" else asked)
        if chosen and set(chosen) <= set(labels) and b.type == "true_false":
            words = option_texts(folded, b)[labels.index(chosen[0])]
            b.answer = words in TRUE_WORDS if words in TRUE_WORDS | FALSE_WORDS else None
        elif chosen and set(chosen) <= set(labels):
            b.answer = chosen
    if (
        b.answer is None
        and b.type in ("single_choice", "multiple_choice")
        and not b.options
        and printed
        and not read_answers.is_nothing(printed)
    ):
        b.answer = printed.strip()


_RINGS = "①②③④⑤⑥⑦⑧"
_ONLY_NUMBERS = re.compile(  # (1)(3); the one number may stand before its option: (1)游标卡尺
    r"\s*((?:[(（]?[1-5][)）]?[ 、,，]*)+)(?:[.。;；]?\s*\Z|(?<=[)）])[^\s()（）][^()（）\n]*\Z)"
)
_ONLY_RINGS = re.compile(rf"[{_RINGS}](?:[ 、,，]*[{_RINGS}])*[.。;；]?")


def _labels_of_rings(printed: str, b: Build) -> tuple[str, ...]:
    """The labels of options that are numbered ① ② ③ or (1) (2) (3), where the answer names them so."""
    if b.options and b.options[0][1] == "(1)" and (numbers := _ONLY_NUMBERS.match(printed)):
        return tuple(o[0] for o in b.options if o[1][1] in numbers[1])
    if not b.options or b.options[0][1] != _RINGS[0] or not _ONLY_RINGS.fullmatch(printed.strip()):
        return ()
    return tuple(o[0] for o in b.options if o[1] in printed)


def _labels_of_texts(printed: str, option_texts: list[str], labels: str) -> tuple[str, ...]:
    """The labels of options that an answer names by their texts (【棉花; 苎麻】); empty unless it names nothing else."""
    table = {t: label for t, label in zip(option_texts, labels, strict=False) if t}
    words = printed.strip(' 。.;\n[]"“”')
    if words in table:
        return (table[words],)
    if (first := words.partition("\n")[0].strip(' 。.;')) in table and len(first) > 1:
        return (table[first],)  # what stands below is the site's
    for cuts in (r"[;|\n#]", r"[,、;|\n#]"):
        pieces = [p.strip(' 。.\n"“”') for p in re.split(cuts, words) if p.strip()]
        if len(pieces) > 1 and all(p in table for p in pieces):
            return tuple(table[p] for p in pieces)
    return ()


_TERM_ENDS = re.compile(r"(?<!问)答 ?:|:|--|(?<![。.;,?!])\n")  # 操作系统答：..., with nothing between term and cue
_TERM_SAID_AGAIN = re.compile(r"([^\n。,;:?.]{2,16})[.。 ]?(?=\1(?:[是指即为又简通,]|就是|主要))")


def _split_term(text: str, folded: str, b: Build) -> None:
    """``术语：定义`` under 名词解释, a term above its definition or said again by it: the head is the stem, the rest its answer."""
    if len(b.stem.spans) != 1:
        return
    start, end = b.stem.spans[0]
    again = _TERM_SAID_AGAIN.match(folded, start, end)
    cut = again or _TERM_ENDS.search(folded, start + 1, min(end, start + 24))
    if cut is None or end - cut.start() < 4:
        return
    b.stem.spans = [(start, again.end(1) if again else cut.start())]
    b.answer_spans = [strip(folded, (cut.end(), end))]
    b.answer = text[b.answer_spans[0][0] : b.answer_spans[0][1]]


def _printed_in_blanks(text: str, b: Build, printed: str) -> tuple[str, ...] | None:
    """The answers where the stem prints each in its blank, set apart on both sides (两根之和为 5 ．): they are taken out of it."""
    for pieces in ([printed.strip()], [p.strip() for p in re.split("[;；]", printed)]):
        holes = [hole for p in pieces if (hole := _set_apart(text, b.stem.spans, p))]
        if len(holes) == len(pieces):
            for hole in holes:
                b.stem.spans = without(b.stem.spans, hole)
            return tuple(pieces)
    return None


def _set_apart(text: str, spans: list[Span], words: str) -> Span | None:
    """The one place where words stand between blanks; None where there is none, or several."""
    apart = re.compile(rf"(?<=[ \u3000\xa0]){re.escape(words)}(?=[ \u3000\xa0])")
    found = [m.span() for s, e in spans for m in apart.finditer(text, s, e)]
    return found[0] if words and len(found) == 1 else None


def _without_term(text: str, b: Build, printed: str) -> str:
    """The definition without the term that the key prints before it once more; the span of the answer follows."""
    spans = b.answer_spans or ([b.key_item.answer] if b.key_item else [])
    at = read_answers.after_term(printed, "".join(text[s:e] for s, e in b.stem.spans)) if len(spans) == 1 else 0
    if at and b.answer_spans:
        b.answer_spans = [(spans[0][0] + at, spans[0][1])]
    elif at and b.key_item:
        b.key_item = replace(b.key_item, answer=(spans[0][0] + at, spans[0][1]))
    return printed[at:].strip()


_OUTCOME = re.compile(  # whether the taker was right
    r"(?:[你您])?(?:的)?(?:回答|答题|作答)?(?:正确|错误|[对错]了)[!！。]?|(?:得|满)分 ?[:：]? ?\d{1,3}(?:\.\d)? ?分?|答[对错]了?[!！。]?"
)


def _rest_is_explanation(text: str, b: Build, printed: str, used: int) -> None:
    """What follows the letters of an answer explains it, unless it only repeats the options."""
    spans = b.answer_spans or ([b.key_item.answer] if b.key_item else [])
    if len(spans) > 1 and used <= spans[0][1] - spans[0][0] and not b.explanation_spans:
        b.answer_spans, b.explanation_spans = spans[:1], spans[1:]  # 答案：D / 解答：...
    if len(spans) != 1:
        return
    start, end = spans[0]
    if end - start - used < 4 or b.explanation_spans:
        return
    rest = (start + used, end)
    while rest[0] < rest[1] and text[rest[0]] in " \n\t\u3000\xa0。.．;；,，、:：)）]】":
        rest = (rest[0] + 1, rest[1])
    words = text[rest[0] : rest[1]].strip()
    option_words = {text[o[3][0][0] : o[3][-1][1]].strip() for o in b.options}
    if (
        len(words) < 4
        or not words.strip("-—=*_~·.。 \n")  # a rule between two questions
        or _OUTCOME.fullmatch(words)
        or words in option_words
        or all(w.strip() in option_words for w in re.split(r"[;；]", words) if w.strip())
    ):
        return
    b.explanation_spans = [strip(text, rest)]
