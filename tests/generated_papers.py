"""Papers in random layouts, made of the questions of our cases: every mixture of numbers, labels, headings, keys and noise.

    python tests/generated_papers.py 300         the share of questions read right, by style, worst first
    python tests/generated_papers.py --each      one style at a time in an otherwise plain paper, with an example of what went wrong
    python tests/generated_papers.py --seed 17   one paper, and what was read wrong in it

A case file shows one layout; here the layouts meet. The same seed always gives the same paper.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from printed_papers import CHOICES, NAMES, PROSE, answer_key, print_question, run_lines, shared_groups
from test_layout_cases import CASES, differences

from extract.pipeline import extract
from extract.wire import to_json

NUMERALS = "一二三四五六"
STYLES: dict[str, tuple[str, ...]] = {
    "number": ("{}.", "{}、", "{}．", "({})", "第{}题 ", "{} ", "{})", "{}. ", "{}：", "（{}）"),
    "label": ("{}.", "{}、", "{}．", "({})", "{})", "{} ", "[{}]", "{}: ", "{}. ", "（{}）", "{}："),
    "options": ("lines", "inline", "two", "glued", "tab", "stem"),
    "heading": (
        "none", "{c}、{n}", "{c}、{n}（每题2分，共{t}分）", "{c}．{n}", "（{c}）{n}", "第{c}部分 {n}", "{n}", "{c}、{n}（共{k}题）",
        "{c}、{n}(本大题共{k}小题)",
    ),
    "answer": (
        "none", "bracket", "mine", "line:答案：", "line:【答案】", "line:参考答案：", "line:正确答案:", "line:答案:", "line:[答案]",
        "line:【正确答案】", "line:标准答案：", "mark:√", "mark:(正确答案)", "mark:*", "key:items", "key:lines", "key:ranges", "key:table",
        "section:items", "section:ranges",
    ),
    "tag": ("none", "none", "none", "none", "（{}）", "[{}]", "【{}】", "({}, 2.0分)"),
    "extra": ("none", "none", "none", "难度：易", "知识点：基础知识", "score"),
    "container": ("txt", "txt", "txt", "html", "md"),
    "groups": ("none", "none", "none", "options", "stem"),
    "explanation": ("none", "none", "解析：", "【解析】", "答案解析："),
    "numbering": ("restart", "restart", "on"),
    "marks": ("√/×", "对/错", "正确/错误", "T/F"),
    "flow": ("lines", "lines", "lines", "blank lines", "some glued", "flat"),
    "noise": ("none", "none", "folios", "watermark", "title", "notice"),
}  # fmt: skip
PLAIN = {
    "number": "{}.", "label": "{}.", "options": "lines", "heading": "{c}、{n}", "answer": "line:答案：", "tag": "none", "extra": "none",
    "container": "txt", "explanation": "none", "numbering": "restart", "marks": "√/×", "flow": "lines", "noise": "none",
    "groups": "none",
}  # fmt: skip
KEY_TITLES = ("参考答案", "答案", "【参考答案】", "参考答案：", "参考答案及评分标准")


@dataclass
class Paper:
    """A generated paper: its text, what must be read, and the styles that it was drawn with."""

    name: str
    text: str
    questions: list[dict[str, Any]]
    styles: dict[str, str] = field(default_factory=dict)


def pool() -> dict[str, list[dict[str, Any]]]:
    """Questions of the case files that stand alone, by type."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seen: set[str] = set()
    for path in sorted(Path(CASES).glob("[ABCDEFGKLQX]*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            for question in case.get("question", []):
                stem, kind = question.get("stem", ""), question.get("type", "")
                if stem and stem not in seen and "\n" not in stem and "material" not in question and _fits(kind, stem, question):
                    seen.add(stem)
                    found[kind].append(question)
    return found


def _fits(kind: str, stem: str, question: dict[str, Any]) -> bool:
    if re.search(r"[（(](?:多选|\d+分)|答案|题型", stem):
        return False
    if kind in CHOICES:
        options = question.get("options", [])
        plain = not re.search(r"[A-F][、和与]|[A-F][.．]", stem + " ".join(o[2:] for o in options))
        complete = [o[:2] for o in options] == ["A ", "B ", "C ", "D "] and all(o[2:] for o in options)
        return plain and complete and bool(re.search(r"[（(]\s*[）)]", stem))
    if kind == "true_false":
        return stem.endswith("。")
    if kind == "fill_blank":
        return stem.count("____") == 1 and not re.search(r"[（(]\s*[）)]", stem)
    return kind in PROSE and isinstance(question.get("answer"), str) and question["answer"] != "null" and "\n" not in question["answer"]


def make(seed: int, questions: dict[str, list[dict[str, Any]]], fixed: dict[str, str] | None = None) -> Paper:
    """The paper of a seed. ``fixed`` sets some of the styles."""
    dice = random.Random(seed)
    style = {name: dice.choice(values) for name, values in STYLES.items()} | (fixed or {})
    style = _consistent(style)
    told = style["heading"] != "none" or style["tag"] != "none"  # a term that nothing announces is no term to a reader
    kinds = dice.sample([k for k in NAMES if questions[k] and (told or k != "term_definition")], dice.randint(1, 4))
    lines, expected, key, number = ["综合知识练习卷"], [], [], 0
    for position, kind in enumerate(k for k in NAMES if k in kinds):
        legible = [q for q in questions[kind] if style["number"] != "{} " or not q["stem"][0].isdigit()]
        drawn = dice.sample(legible, min(len(legible), dice.randint(3, 8)))
        name = dice.choice(NAMES[kind])
        if style["heading"] != "none":
            lines.append(style["heading"].format(c=NUMERALS[position], n=name, t=2 * len(drawn), k=len(drawn)))
        number = 0 if style["numbering"] == "restart" and style["heading"] != "none" else number
        answers = []
        for question in drawn:
            number += 1
            printed, want, answer = print_question(dice, style, kind, question, number)
            want["section"] = [] if style["heading"] == "none" else [name]
            lines += [" ".join(printed)] if style["flow"] == "flat" else printed
            expected.append(want)
            answers.append((number, answer))
        if style["answer"].startswith("section:"):
            lines.append(dice.choice(("答案：", "参考答案：")) + answer_key(dice, style["answer"], kind, answers))
        elif style["answer"].startswith("key:"):
            key += [f"{NUMERALS[position]}、{name}"] * (style["heading"] != "none") + [answer_key(dice, style["answer"], kind, answers)]
    if style["groups"] != "none":
        heading = {"options": "B1型题", "stem": "案例题"}[style["groups"]]
        if style["heading"] != "none":
            lines.append(style["heading"].format(c=NUMERALS[len(kinds)], n=heading, t=10, k=5))
            number = 0 if style["numbering"] == "restart" else number
        printed, wants, answers = shared_groups(dice, style, number)
        for want in wants:
            want["section"] = [] if style["heading"] == "none" else [heading]
        lines += [" ".join(printed)] if style["flow"] == "flat" else printed
        expected += wants
        if style["answer"].startswith("section:"):
            lines.append("答案：" + answer_key(dice, style["answer"], "single_choice", answers))
        elif style["answer"].startswith("key:"):
            key += [f"{NUMERALS[len(kinds)]}、{heading}"] * (style["heading"] != "none")
            key.append(answer_key(dice, style["answer"], "single_choice", answers))
    if key:
        lines += [dice.choice(KEY_TITLES), *key]
    text = run_lines(dice, style, lines)
    if style["container"] == "html":
        paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n"))
        text = f"<html><head><meta charset='utf-8'></head><body>{paragraphs}</body></html>"
    if style["container"] == "md":
        text = "\n\n".join(text.split("\n"))
    return Paper(f"paper.{style['container']}", text, expected, style)


def _consistent(style: dict[str, str]) -> dict[str, str]:
    """No mixture that a person could not read."""
    if style["label"] == "{} " and style["options"] in ("glued", "stem"):
        style["options"] = "inline"
    if style["answer"].startswith("mark:") and style["options"] not in ("lines", "two", "inline"):
        style["options"] = "lines"
    if style["heading"] == "none" and style["answer"] == "none" and style["tag"] == "none":
        style["tag"] = "【{}】"
    if style["answer"].startswith("section:") and style["heading"] == "none":
        style["answer"] = "key:items"
    if style["container"] == "md":
        style["label"], style["number"] = style["label"].replace("[{}]", "{}."), style["number"].replace("{}) ", "{}.")
        style["flow"] = "lines"
        style["noise"] = style["noise"].replace("folios", "none")  # "- 1 -" is a list there
    return style


def read_right(paper: Paper) -> tuple[int, list[str]]:
    """(how many questions were read right, what was wrong)."""
    result = to_json(extract(paper.text.encode(), name=paper.name))
    got = [q for d in result["documents"] for q in d["questions"]]
    wrong = [] if len(got) == len(paper.questions) else [f"count: expected {len(paper.questions)}, read {len(got)}"]
    right = 0
    at = {(tuple(q["section"][-1:]), q["number"]): q for q in reversed(got)}
    for want in paper.questions:
        have = at.get((tuple(want["section"]), want["number"])) or next((q for q in got if q["stem"] == want["stem"]), None)
        problems = ["not found"] if have is None else differences(want, have, result["text"])
        right += not problems
        wrong += [f"{want['number']} {want['stem'][:12]}: {p}" for p in problems]
    return (right if len(got) <= len(paper.questions) else max(0, right - (len(got) - len(paper.questions)))), wrong


def attempt(paper: Paper) -> tuple[float, list[str]]:
    """(share of the questions read right, what was wrong); an extractor that falls over reads nothing right."""
    try:
        right, wrong = read_right(paper)
    except Exception as problem:  # the tool goes on to the next paper; the tests let it through
        return 0.0, [f"raised {type(problem).__name__}: {problem}"]
    return right / len(paper.questions), wrong


def one_style_at_a_time(questions: dict[str, list[dict[str, Any]]]) -> None:
    """Print the plain paper's share, and each style that is read worse than the plain one."""

    def measure(style: dict[str, str]) -> tuple[float, list[str]]:
        shares, problems = [], []
        for seed in range(15):
            share, wrong = attempt(make(seed, questions, PLAIN | style))
            shares.append(share)
            problems += [f"seed {seed}: {' '.join(problem.split())}" for problem in wrong]
        return sum(shares) / len(shares), problems

    plain, known = measure({})
    print(f"plain paper {plain:.3f}", *known[:3], sep="\n    ")
    for name, values in STYLES.items():
        for value in dict.fromkeys(values):
            share, problems = measure({name: value})
            new = [problem for problem in problems if problem not in known]
            if share < plain and new:
                print(f"{name:12} {value:24} {share:.3f}  {new[0][:200]}")


def main(arguments: list[str]) -> None:
    questions = pool()
    if arguments == ["--each"]:
        one_style_at_a_time(questions)
        return
    if arguments[:1] == ["--seed"]:
        paper = make(int(arguments[1]), questions)
        print(paper.styles, paper.text, "-----", *attempt(paper)[1], sep="\n")
        return
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    papers = []
    for seed in range(int(arguments[0]) if arguments else 200):
        paper = make(seed, questions)
        share = attempt(paper)[0]
        papers.append((share, seed))
        for item in paper.styles.items():
            scores[item].append(share)
    for (name, value), shares in sorted(scores.items(), key=lambda s: (s[0][0], sum(s[1]) / len(s[1]))):
        print(f"{name:12} {value:32} {sum(shares) / len(shares):.3f} of {len(shares)}")
    mean = sum(share for share, _ in papers) / len(papers)
    whole = sum(share == 1 for share, _ in papers)
    print(f"questions read right: {mean:.3f} in the mean of {len(papers)} papers; papers without a mistake: {whole}")
    print("worst seeds:", *(f"{seed} ({share:.2f})" for share, seed in sorted(papers)[:20]))


if __name__ == "__main__":
    main(sys.argv[1:])
