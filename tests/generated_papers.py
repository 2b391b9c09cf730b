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

from test_layout_cases import CASES, differences

from extract.pipeline import extract
from extract.wire import to_json

NUMERALS = "一二三四五六"
NAMES = {
    "single_choice": ("单项选择题", "单选题", "选择题", "单项选择"),
    "multiple_choice": ("多项选择题", "多选题"),
    "true_false": ("判断题", "是非题"),
    "fill_blank": ("填空题",),
    "term_definition": ("名词解释",),
    "short_answer": ("简答题", "问答题"),
}
CHOICES = ("single_choice", "multiple_choice")
PROSE = ("term_definition", "short_answer")
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
GROUPS = (
    (("缺乏时可引起夜盲症的是", "缺乏时可引起脚气病的是"), ("维生素甲", "维生素乙一", "维生素丙", "维生素丁", "维生素己")),
    (("主要产茶的省份之一是", "产盐闻名的湖泊所在省份是"), ("浙江", "青海", "黑龙江", "宁夏", "西藏")),
    (("测量温度用", "测量气压用", "测量质量用", "测量时间用"), ("天平", "温度计", "气压计", "秒表", "直尺")),
)
CASES_WITH_STEM = (
    (
        "某村有水田三百亩，今年改种再生稻，一种两收，亩产合计九百公斤。",
        (
            ("该村水田的总产量是（ ）吨。", ("270", "300", "900", "27")),
            ("再生稻的特点是（ ）。", ("一种两收", "不用灌溉", "不必施肥", "只在冬季生长")),
        ),
    ),
    (
        "小李在网上买了一件毛衣，七日内发现尺码不合，商品完好，商家拒绝退货。",
        (
            ("小李的要求（ ）。", ("有依据", "没有依据", "须付双倍价款", "须先起诉")),
            ("退货的运费一般由（ ）承担。", ("小李", "商家", "快递公司", "平台")),
            ("本案涉及的法律关系是（ ）。", ("买卖合同", "租赁合同", "赠与合同", "运输合同")),
        ),
    ),
)
GROUP_CUES = ("（{a}～{b}题共用备选答案）", "({a}-{b}题共用备选答案)", "[{a}~{b}]", "【{a}-{b}题】")
STEM_CUES = ("（{a}～{b}题共用题干）", "根据下列材料，回答{a}～{b}题。", "根据以下材料，回答{a}-{b}题", "({a}-{b}题共用题干)")
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
            printed, want, answer = _print(dice, style, kind, question, number)
            want["section"] = [] if style["heading"] == "none" else [name]
            lines += [" ".join(printed)] if style["flow"] == "flat" else printed
            expected.append(want)
            answers.append((number, answer))
        if style["answer"].startswith("section:"):
            lines.append(dice.choice(("答案：", "参考答案：")) + _key(dice, style["answer"], kind, answers))
        elif style["answer"].startswith("key:"):
            key += [f"{NUMERALS[position]}、{name}"] * (style["heading"] != "none") + [_key(dice, style["answer"], kind, answers)]
    if style["groups"] != "none":
        heading = {"options": "B1型题", "stem": "案例题"}[style["groups"]]
        if style["heading"] != "none":
            lines.append(style["heading"].format(c=NUMERALS[len(kinds)], n=heading, t=10, k=5))
            number = 0 if style["numbering"] == "restart" else number
        printed, wants, answers = _groups(dice, style, number)
        for want in wants:
            want["section"] = [] if style["heading"] == "none" else [heading]
        lines += [" ".join(printed)] if style["flow"] == "flat" else printed
        expected += wants
        if style["answer"].startswith("section:"):
            lines.append("答案：" + _key(dice, style["answer"], "single_choice", answers))
        elif style["answer"].startswith("key:"):
            key += [f"{NUMERALS[len(kinds)]}、{heading}"] * (style["heading"] != "none")
            key.append(_key(dice, style["answer"], "single_choice", answers))
    if key:
        lines += [dice.choice(KEY_TITLES), *key]
    text = _flow(dice, style, lines)
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


def _print(
    dice: random.Random, style: dict[str, str], kind: str, question: dict[str, Any], number: int
) -> tuple[list[str], dict[str, Any], str]:
    """(the lines of a question, what must be read, its answer as printed)."""
    stem = question["stem"]
    want: dict[str, Any] = {"number": number, "type": kind, "stem": stem, "answer": "null"}
    right: list[str] | bool | str
    if kind in CHOICES:
        right = sorted(dice.sample("ABCD", 1 if kind == "single_choice" else dice.randint(2, 3)))
        want["options"], answer = question["options"], "".join(right)
    elif kind == "true_false":
        right = dice.random() < 0.5
        answer = style["marks"].split("/")[0 if right else 1]
    elif kind == "fill_blank":
        right = [dice.choice(("水", "三角形", "北京", "叶绿体"))]
        answer = right[0]
    else:
        right = answer = question["answer"]
    head = style["number"].format(number) + ("" if style["tag"] == "none" else style["tag"].format(NAMES[kind][0]))
    line = head + stem
    if "分" in style["tag"]:
        want["score"] = 2
    elif style["extra"] == "score":
        want["score"] = 2
        line += "（2分）"
    if style["answer"] == "bracket" and kind in CHOICES:
        line = line.replace(stem, re.sub(r"[（(]\s*[）)]", lambda _: f"（{answer}）", stem, count=1))
        want["answer"] = right
    elif kind == "true_false":
        line += f"（{answer}）" if style["answer"] == "bracket" else dice.choice(("（ ）", "", "（　）"))
        want["answer"] = right if style["answer"] == "bracket" else "null"
    printed = [line]
    if kind in CHOICES:
        options = [style["label"].format(o[0]) + o[2:] for o in question["options"]]
        if style["answer"].startswith("mark:"):
            mark, want["answer"] = style["answer"].removeprefix("mark:"), right
            options = [(mark + o if mark == "*" else o + mark) if label in answer else o for o, label in zip(options, "ABCD", strict=True)]
        match style["options"]:
            case "lines":
                printed += options
            case "two":
                printed += ["    ".join(options[:2]), "    ".join(options[2:])]
            case "stem":
                printed = [line + " " + " ".join(options)]
            case how:
                printed.append({"inline": "  ", "tab": "\t", "glued": ""}[how].join(options))
    if style["answer"].startswith("line:"):
        cue = style["answer"].removeprefix("line:")
        printed.append((dice.choice((cue, "答：")) if kind in PROSE else cue) + answer)
        want["answer"] = right
    if style["answer"] == "mine":
        other = {"choice": "D", "true_false": style["marks"].split("/")[0]}.get("choice" if kind in CHOICES else kind, "不知道")
        printed += [f"我的答案：{other}", f"正确答案：{answer}"]
        want["answer"] = right
    if style["answer"].startswith(("line:", "mine")) and style["explanation"] != "none":
        want["explanation"] = dice.choice(("本题考查基本概念的理解。", "依据教材的相关规定作答。", "这是常识，应当熟记。"))
        printed.append(style["explanation"] + want["explanation"])
    if style["extra"] not in ("none", "score"):
        printed.append(style["extra"])
    if style["answer"].startswith(("key:", "section:")):
        want["answer"] = right
    return printed, want, answer


def _groups(dice: random.Random, style: dict[str, str], number: int) -> tuple[list[str], list[dict[str, Any]], list[tuple[int, str]]]:
    """A section of two groups that share their options (配伍) or their stem (案例)."""
    lines, wants, answers = [], [], []
    if style["groups"] == "options":
        cue = dice.choice(GROUP_CUES)
        for stems, texts in dice.sample(GROUPS, 2):
            options = [f"{label} {text}" for label, text in zip("ABCDE", texts, strict=True)]
            lines.append(cue.format(a=number + 1, b=number + len(stems)))
            lines += _lay_out(style, options)
            for stem in stems:
                number += 1
                lines.append(style["number"].format(number) + stem)
                want = {"number": number, "stem": stem, "options": options, "answer": "null"}
                _answer_below(dice, style, want, lines, answers, "ABCDE")
                wants.append(want)
        return lines, wants, answers
    cue = dice.choice(STEM_CUES)
    for material, items in dice.sample(CASES_WITH_STEM, 2):
        lines += [cue.format(a=number + 1, b=number + len(items)), material]
        for stem, texts in items:
            number += 1
            options = [f"{label} {text}" for label, text in zip("ABCD", texts, strict=True)]
            lines += [style["number"].format(number) + stem, *_lay_out(style, options)]
            want = {"number": number, "stem": stem, "options": options, "answer": "null", "material": material}
            _answer_below(dice, style, want, lines, answers, "ABCD")
            wants.append(want)
    return lines, wants, answers


def _lay_out(style: dict[str, str], options: list[str]) -> list[str]:
    printed = [style["label"].format(o[0]) + o[2:] for o in options]
    match style["options"]:
        case "lines" | "stem":
            return printed
        case "two":
            return ["    ".join(printed[:2]), "    ".join(printed[2:])]
        case how:
            return [{"inline": "  ", "tab": "\t", "glued": ""}[how].join(printed)]


def _answer_below(
    dice: random.Random, style: dict[str, str], want: dict[str, Any], lines: list[str], answers: list[tuple[int, str]], labels: str
) -> None:
    answer = dice.choice(labels)
    answers.append((want["number"], answer))
    if style["answer"].startswith("line:"):
        lines.append(style["answer"].removeprefix("line:") + answer)
    if style["answer"].startswith(("line:", "key:", "section:")):
        want["answer"] = [answer]


def _key(dice: random.Random, style: str, kind: str, answers: list[tuple[int, str]]) -> str:
    """The key of a section."""
    short = all(len(answer) == 1 for _, answer in answers)
    if style.endswith("ranges") and short and kind in ("single_choice", "true_false"):
        return f"{answers[0][0]}{dice.choice('-~—')}{answers[-1][0]} " + "".join(answer for _, answer in answers)
    if style.endswith("table") and kind not in PROSE:
        return "题号\t" + "\t".join(str(n) for n, _ in answers) + "\n答案\t" + "\t".join(a for _, a in answers)
    between = "\n" if kind in PROSE or style.endswith("lines") else "  "
    mark = dice.choice((".", "、", "．"))
    return between.join(f"{number}{mark}{answer}" for number, answer in answers)


def _flow(dice: random.Random, style: dict[str, str], lines: list[str]) -> str:
    """The lines as one text, with the noise of the style."""
    if style["flow"] == "flat":
        return " ".join(line.replace("\n", " ") for line in lines)
    match style["noise"]:
        case "folios":
            lines = [x for k, line in enumerate(lines) for x in ([line, f"- {k // 25 + 1} -"] if k % 25 == 24 else [line])]
        case "watermark":
            lines = [x for k, line in enumerate(lines) for x in ([line, "精品文档"] if k % 20 == 19 else [line])]
        case "title":
            lines = [lines[0] + ".doc", lines[0], *lines]
        case "notice":
            lines = ["下载说明：", "1、下载文档前请自行甄别文档内容的完整性。", "2、本文档由用户上传，本站不承担责任。", *lines]
    text = ("\n\n" if style["flow"] == "blank lines" else "\n").join(lines)
    if style["flow"] == "some glued":
        start = re.escape(style["number"]).replace(r"\{\}", r"\d+")
        text = re.sub(rf"\n(?={start}\D)", lambda _: "" if dice.random() < 0.2 else "\n", text)
    return text


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
