"""A corpus of any size out of our own questions (语料生成): every page different, every fact right, the same seed the same bytes.

    python bench/corpus.py OUT --pages 10000 --bytes 10000 --seed 1

Questions come from templates over facts that can be computed or stand in the small tables below; pages come in twelve layouts
that scraped exam pages have, about half of them HTML with the dressing of a site around the paper. Folders hold 1,000 pages.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus_items import LETTERS, MAKERS, SUBJECTS, Item, capital, element

SITE = ("首页", "题库大全", "在线练习", "资料下载", "会员中心", "联系我们", "登录", "注册", "收藏本页", "上一篇", "下一篇", "返回顶部")


TITLES = {"single": "单项选择题", "multiple": "多项选择题", "truth": "判断题", "blank": "填空题", "short": "简答题"}
ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Paper:
    """One paper: a title and its sections, in order."""

    title: str
    sections: tuple[tuple[str, tuple[Item, ...]], ...]


def paper(rnd: random.Random, size: int) -> Paper:
    """A paper of about ``size`` characters, a question being about 120 with its options and answer."""
    wanted = max(4, size // 120)
    kinds = ["single", *rnd.sample(["multiple", "truth", "blank", "short"], rnd.randint(1, 3))]
    shares = {"single": 5, "multiple": 2, "truth": 2, "blank": 2, "short": 1}
    total = sum(shares[k] for k in kinds)
    sections = tuple(
        (kind, tuple(rnd.choice(MAKERS[kind])(rnd) for _ in range(max(2, wanted * shares[kind] // total)))) for kind in sorted(
            kinds, key=list(shares).index)
    )
    kind = rnd.choice(("期末试卷", "练习题", "模拟试题", "自测题", "复习题"))
    return Paper(f"{rnd.choice(SUBJECTS)}{kind}第{rnd.randint(1, 9999)}套", sections)


def _heading(at: int, kind: str, count: int) -> str:
    return f"{ORDINALS[at]}、{TITLES[kind]}(共{count}题)"


def _key(items: tuple[Item, ...]) -> str:
    return " ".join(f"{n}.{i.answer}" for n, i in enumerate(items, 1))


def _lines(p: Paper, item: Callable[[int, Item], list[str]], *, key: bool = False) -> list[str]:
    out = [p.title, ""]
    for at, (kind, items) in enumerate(p.sections):
        out.append(_heading(at, kind, len(items)))
        for number, i in enumerate(items, 1):
            out += item(number, i)
    if key:
        out.append("参考答案")
        for at, (kind, items) in enumerate(p.sections):
            out.append(f"{ORDINALS[at]}、{TITLES[kind]}")
            out += [_key(items)] if kind not in ("short",) else [f"{n}.{i.answer}" for n, i in enumerate(items, 1)]
    return out


def _answered(stem: str, answer: str) -> str:
    return stem.replace("( )", f"({answer})")


def _options(i: Item, dot: str = ". ") -> list[str]:
    return [f"{LETTERS[k]}{dot}{o}" for k, o in enumerate(i.options)]


def one_a_line(p: Paper) -> str:
    return "\n".join(_lines(p, lambda n, i: [f"{n}. {i.stem}", *_options(i), f"答案:{i.answer}"]))


def explained(p: Paper) -> str:
    return "\n".join(_lines(p, lambda n, i: [
        f"{n}、{i.stem}", *_options(i, "、"), f"【答案】{i.answer}", *([f"【解析】{i.explanation}"] if i.explanation else [])]))


def inline(p: Paper) -> str:
    return "\n".join(_lines(p, lambda n, i: [
        f"{n}.{i.stem}", *(["  ".join(_options(i, "."))] if i.options else [])], key=True))


def key_at_end(p: Paper) -> str:
    return "\n".join(_lines(p, lambda n, i: [f"{n}. {i.stem}", *_options(i)], key=True))


def in_bracket(p: Paper) -> str:
    return "\n".join(_lines(p, lambda n, i: [
        f"{n}. {_answered(i.stem, i.answer)}" if i.options else f"{n}. {i.stem}" + (f"({i.answer})" if i.kind == "truth" else ""),
        *_options(i), *([] if i.options or i.kind == "truth" else [f"答:{i.answer}"])]))


def glued(p: Paper) -> str:
    """The line break between the last option and the next question is lost on every third question."""
    lines: list[str] = _lines(p, lambda n, i: [f"{n}. {i.stem}", *_options(i)], key=True)
    out: list[str] = []
    for line in lines:
        if out and line[:1].isdigit() and int(line.split(".")[0]) % 3 == 0 and out[-1][:2] in ("C.", "D."):
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def flat(p: Paper) -> str:
    """The page lost most of its line breaks: a section is one line."""
    out = [p.title]
    for at, (kind, items) in enumerate(p.sections):
        out.append(_heading(at, kind, len(items)))
        out.append(" ".join(
            " ".join((f"{n}. {i.stem}", *_options(i), f"答案:{i.answer}")) for n, i in enumerate(items, 1)))
    return "\n".join(out)


def wrapped(p: Paper) -> str:
    """Lines are broken at 30 characters in the middle of sentences."""
    out: list[str] = []
    for line in one_a_line(p).split("\n"):
        out += [line[k : k + 30] for k in range(0, len(line), 30)] or [""]
    return "\n".join(out)


STYLE = "".join(
    f".{name}{{margin:{k}px auto;padding:0 {k * 2}px;border:1px solid #e{k}e{k}e{k};font:14px/1.8 SimSun,serif;overflow:hidden;zoom:1}}\n"
    for k, name in enumerate(("top", "nav", "crumb", "main", "content", "side", "hot", "foot", "tip", "pay"))
)
SCRIPT = "".join(
    f'function load{k}(u){{var e=document.createElement("script");e.async=true;e.src=u+"?r="+Math.random();'
    f'document.getElementsByTagName("head")[0].appendChild(e);}}\nvar slot{k}={{id:"slot-{k}",width:{k}60,height:{k}50,show:false}};\n'
    for k in range(1, 8)
)
WORD = 'class="MsoNormal" style="margin:0cm 0cm 0.0001pt;text-indent:21pt;line-height:20pt;mso-pagination:widow-orphan"'
RUN = 'lang="EN-US" style="font-size:10.5pt;font-family:宋体;mso-bidi-font-family:宋体;color:#333333"'


def _html(p: Paper, body: str, head: str = "") -> str:
    """The page of a course site: about 6 KB of dressing, as real ones have at the least (15 bytes a character of text, measured)."""
    links = "".join(f'<li><a href="/{k}.html" class="nav-link" target="_self">{name}</a></li>' for k, name in enumerate(SITE))
    related = "".join(f'<li><a href="/doc/{k}.html">{s}练习题(附答案)</a><span>({k + 3}页)</span></li>' for k, s in enumerate(SUBJECTS))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{p.title}_在线练习网</title>{head}'
        f"<style>{STYLE}</style><script>{SCRIPT}</script></head><body>"
        f'<div class="header"><ul class="nav">{links}</ul></div>'
        f'<div class="crumb">当前位置:首页 &gt; 题库大全 &gt; {p.title}</div>'
        f'<div class="main"><h1>{p.title}</h1><div class="content">{body}</div></div>'
        f'<div class="side"><h3>相关文档</h3><ul>{related}</ul></div><div class="footer"><p>在线练习网 版权所有</p></div></body></html>'
    )


def html_paragraphs(p: Paper) -> str:
    return _html(p, "".join(f"<p {WORD}><span {RUN}>{line}</span></p>\n" for line in one_a_line(p).split("\n")[1:] if line))


def html_breaks(p: Paper) -> str:
    return _html(p, "<br/>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in explained(p).split("\n")[1:]))


def html_nested(p: Paper) -> str:
    blocks = []
    for at, (kind, items) in enumerate(p.sections):
        blocks.append(f'<div class="section"><h2>{_heading(at, kind, len(items))}</h2>')
        for n, i in enumerate(items, 1):
            options = "".join(
                f'<li class="opt"><label><input type="radio" name="q{at}-{n}" value="{LETTERS[k]}">'
                f'<span class="letter">{LETTERS[k]}.</span> <span>{o}</span></label></li>' for k, o in enumerate(i.options))
            blocks.append(
                f'<div class="q" id="q{at}-{n}" data-type="{kind}"><div class="stem"><span class="no">{n}.</span> '
                f'<font face="宋体" size="3">{i.stem}</font></div>'
                f"{f'<ul>{options}</ul>' if options else ''}"
                f'<div class="key" style="color:#cc0000"><b>答案:</b>{i.answer}</div></div>')
        blocks.append("</div>")
    return _html(p, "".join(blocks))


def html_inline(p: Paper) -> str:
    return _html(p, "".join(f"<p {WORD}><span {RUN}>{line}</span></p>" for line in inline(p).split("\n")[1:] if line),
                 '<meta name="keywords" content="试卷,练习,答案">')


# name, suffix, how it is written, encoding, bytes a character of its questions, bytes of the dressing around them (both measured)
LAYOUTS: tuple[tuple[str, str, Callable[[Paper], str], str, float, int], ...] = (
    ("one-a-line", "txt", one_a_line, "utf-8", 2.62, 231),
    ("html-paragraphs", "html", html_paragraphs, "utf-8", 11.89, 5823),
    ("key-at-end", "txt", key_at_end, "utf-8", 2.58, 294),
    ("html-breaks", "html", html_breaks, "utf-8", 4.52, 5298),
    ("inline", "txt", inline, "gb18030", 1.82, 201),
    ("html-nested", "html", html_nested, "utf-8", 7.02, 5219),
    ("explained", "txt", explained, "utf-8", 3.13, 231),
    ("html-inline", "html", html_inline, "utf-8", 5.79, 7672),
    ("in-bracket", "txt", in_bracket, "utf-8", 2.56, 231),
    ("glued", "txt", glued, "utf-8", 2.58, 294),
    ("flat", "txt", flat, "utf-8", 2.62, 230),
    ("wrapped", "txt", wrapped, "utf-8", 2.64, 231),
)

# Half of the pages are HTML: each of its layouts comes twice in a round.
ORDER = (0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 9, 3, 10, 5, 11, 7)


def page(seed: int, number: int, size: int) -> tuple[str, bytes, Paper]:
    """The file name, the bytes and the paper of page ``number``: the same for the same arguments, whatever else is made.

    ``size`` is the mean size in bytes; pages are between half and one and a half of it.
    """
    rnd = random.Random(f"{seed}/{number}")
    name, suffix, write, encoding, weight, dressing = LAYOUTS[ORDER[number % len(ORDER)]]
    wanted = size * rnd.uniform(0.5, 1.5)
    made = paper(rnd, int(max(200.0, (wanted - dressing) / weight)))
    return f"{number // 1000:04}/{number:07}-{name}.{suffix}", write(made).encode(encoding), made


def small_page(seed: int, number: int) -> tuple[str, bytes, Paper]:
    """A page of one question, about 0.2 KB: what is left of an import when there is little to extract."""
    rnd = random.Random(f"{seed}/{number}")
    item = rnd.choice((element, capital))(rnd)
    made = Paper(f"{rnd.choice(SUBJECTS)}每日一题第{number + 1}期", (("single", (item,)),))
    return f"{number // 1000:04}/{number:07}-small.txt", one_a_line(made).encode(), made


def write(out: Path, count: int, *, size: int = 10_000, seed: int = 1) -> int:
    """Write the corpus; returns its bytes. A page that is there already is left alone, so that a corpus can be made larger.

    ``size`` 0 means small pages.
    """
    total = 0
    for number in range(count):
        name, data, _ = page(seed, number, size) if size else small_page(seed, number)
        target = out / name
        if number % 1000 == 0:
            target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.stat().st_size != len(data):
            target.write_bytes(data)
        total += len(data)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=10_000, dest="size", help="mean size of a page; 0: one question a page")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    total = write(args.out, args.pages, size=args.size, seed=args.seed)
    print(f"{args.pages} pages, {total:,} bytes in {args.out}")


if __name__ == "__main__":
    main()
