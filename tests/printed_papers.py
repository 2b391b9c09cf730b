"""A paper printed in given styles (印卷): questions, groups, options, answers and keys as lines, and the lines run together or apart."""

from __future__ import annotations

import random
import re
from typing import Any

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


def print_question(
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


def shared_groups(dice: random.Random, style: dict[str, str], number: int) -> tuple[list[str], list[dict[str, Any]], list[tuple[int, str]]]:
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


def answer_key(dice: random.Random, style: str, kind: str, answers: list[tuple[int, str]]) -> str:
    """The key of a section."""
    short = all(len(answer) == 1 for _, answer in answers)
    if style.endswith("ranges") and short and kind in ("single_choice", "true_false"):
        return f"{answers[0][0]}{dice.choice('-~—')}{answers[-1][0]} " + "".join(answer for _, answer in answers)
    if style.endswith("table") and kind not in PROSE:
        return "题号\t" + "\t".join(str(n) for n, _ in answers) + "\n答案\t" + "\t".join(a for _, a in answers)
    between = "\n" if kind in PROSE or style.endswith("lines") else "  "
    mark = dice.choice((".", "、", "．"))
    return between.join(f"{number}{mark}{answer}" for number, answer in answers)


def run_lines(dice: random.Random, style: dict[str, str], lines: list[str]) -> str:
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

