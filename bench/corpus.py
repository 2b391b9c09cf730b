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

ELEMENTS = (
    "氢 H 1,氦 He 2,锂 Li 3,铍 Be 4,硼 B 5,碳 C 6,氮 N 7,氧 O 8,氟 F 9,氖 Ne 10,钠 Na 11,镁 Mg 12,铝 Al 13,硅 Si 14,磷 P 15,硫 S 16,"
    "氯 Cl 17,氩 Ar 18,钾 K 19,钙 Ca 20,钪 Sc 21,钛 Ti 22,钒 V 23,铬 Cr 24,锰 Mn 25,铁 Fe 26,钴 Co 27,镍 Ni 28,铜 Cu 29,锌 Zn 30,"
    "溴 Br 35,银 Ag 47,锡 Sn 50,碘 I 53,钡 Ba 56,钨 W 74,铂 Pt 78,金 Au 79,汞 Hg 80,铅 Pb 82"
)
CAPITALS = (
    "河北 石家庄,山西 太原,辽宁 沈阳,吉林 长春,黑龙江 哈尔滨,江苏 南京,浙江 杭州,安徽 合肥,福建 福州,江西 南昌,山东 济南,河南 郑州,"
    "湖北 武汉,湖南 长沙,广东 广州,海南 海口,四川 成都,贵州 贵阳,云南 昆明,陕西 西安,甘肃 兰州,青海 西宁"
)
TRADES = ("家用电器", "日用百货", "新鲜水果", "办公用品", "汽车零件", "儿童图书", "建筑材料", "冷冻食品", "医疗器械", "纺织面料")
GOALS = ("缩短交货的时间", "降低保管的费用", "减少运输途中的损坏", "提高装卸的效率", "让库存的数字与实物相符", "使每条线路的车辆都能装满")
TERMS = (
    ("安全库存", "为防备需求或供货的波动而多保有的那部分存货"),
    ("边际成本", "多生产一个单位的产品所增加的总成本"),
    ("机会成本", "选择一种用途而放弃的其他用途中价值最高的那一个"),
    ("牛鞭效应", "需求的波动沿着供应链向上游逐级放大的现象"),
    ("光合作用", "绿色植物利用光能把二氧化碳和水变成有机物并放出氧气的过程"),
    ("惯性", "物体保持原来的静止或匀速直线运动状态的性质"),
    ("操作系统", "管理计算机的硬件和软件资源并为程序提供服务的系统软件"),
    ("数据库索引", "为加快查找而对表中一列或几列的值另外建立的有序结构"),
    ("盈亏平衡点", "总收入恰好等于总成本时的产量或销售量"),
    ("质量守恒定律", "参加化学反应的各物质的质量总和等于生成的各物质的质量总和"),
    ("经济订货批量", "使订货费用与保管费用之和最小的每次订货数量"),
    ("季风", "一年中风向随季节有规律地改变的大范围盛行风"),
)
FALSE_DEFINITIONS = (
    "物体在单位时间内通过的路程", "一定时期内企业发出的全部货物的总称", "计算机与外部设备之间的连线", "货物由生产地运到消费地所用的时间",
)
SITE = ("首页", "题库大全", "在线练习", "资料下载", "会员中心", "联系我们", "登录", "注册", "收藏本页", "上一篇", "下一篇", "返回顶部")
SUBJECTS = ("供应链管理", "初等数学", "化学基础", "中国地理", "经济学原理", "计算机基础", "物理常识", "质量管理", "企业运营", "仓储与配送")
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Item:
    """One question: its kind (single, multiple, truth, blank, short), stem with ``( )`` or ``____``, options, answer."""

    kind: str
    stem: str
    options: tuple[str, ...]
    answer: str
    explanation: str


def _shuffled(rnd: random.Random, right: str, wrong: list[str]) -> tuple[tuple[str, ...], str]:
    others = list(dict.fromkeys(w for w in wrong if w != right))[:3]
    options = [right, *others]
    rnd.shuffle(options)
    return tuple(options), LETTERS[options.index(right)]


def scene(rnd: random.Random) -> str:
    """A sentence or two before the question, as applied questions have them; about 60 characters."""
    return (
        f"某企业主要经营{rnd.choice(TRADES)}和{rnd.choice(TRADES)},在全国设有{rnd.randint(3, 40)}个仓库,"
        f"每天平均处理{rnd.randint(2, 90) * 100}张订单。"
        f"为了{rnd.choice(GOALS)},并且{rnd.choice(GOALS)},企业决定从{rnd.randint(1, 12)}月起调整作业流程,"
        f"由{rnd.choice(('仓储部', '采购部', '运输部', '财务部', '销售部'))}负责统计数据。"
    )


def product(rnd: random.Random) -> Item:
    a, b, each = rnd.randint(12, 96), rnd.randint(12, 96), rnd.choice(("箱", "包", "盒", "件"))
    right = a * b
    options, answer = _shuffled(rnd, f"{right}个", [f"{right + d}个" for d in rnd.sample((-20, -10, 9, 10, 12, 30), 4)])
    stem = f"{scene(rnd)}现有{a}{each}零件,每{each}装{b}个,全部零件一共有( )。"
    return Item("single", stem, options, answer, f"总数等于{each}数乘以每{each}的个数,{a}×{b}={right}。")


def interest(rnd: random.Random) -> Item:
    base, rate, years = rnd.randint(2, 60) * 1000, rnd.choice((2, 3, 4, 5)), rnd.randint(1, 5)
    right = base * rate * years // 100
    options, answer = _shuffled(rnd, f"{right}元", [f"{right + d}元" for d in rnd.sample((-60, -40, 50, 80, 100, 120), 4)])
    stem = f"{scene(rnd)}为此向银行借款,按单利计算,本金{base}元,年利率{rate}%,借满{years}年应付利息( )。"
    return Item("single", stem, options, answer, f"利息=本金×利率×时间,即{base}×{rate}%×{years}={right}元。")


def element(rnd: random.Random) -> Item:
    table = [e.split() for e in ELEMENTS.split(",")]
    name, symbol, number = rnd.choice(table)
    options, answer = _shuffled(rnd, symbol, [e[1] for e in rnd.sample(table, 5)])
    stem = f"在元素周期表中,每种元素都有自己的名称、符号和原子序数。原子序数为{number}的元素是{name},它的元素符号是( )。"
    return Item("single", stem, options, answer, f"{name}的元素符号写作{symbol}。")


def capital(rnd: random.Random) -> Item:
    table = [c.split() for c in CAPITALS.split(",")]
    province, city = rnd.choice(table)
    options, answer = _shuffled(rnd, city, [c[1] for c in rnd.sample(table, 5)])
    stem = f"省会是一个省的行政中心所在的城市,通常也是省内重要的交通枢纽。下列城市中,是{province}省省会的是( )。"
    return Item("single", stem, options, answer, f"{province}省的省会是{city}。")


def term(rnd: random.Random) -> Item:
    name, meaning = rnd.choice(TERMS)
    options, answer = _shuffled(rnd, meaning, rnd.sample([m for _, m in TERMS], 3) + list(FALSE_DEFINITIONS))
    stem = f"{scene(rnd)}员工在学习{rnd.choice(SUBJECTS)}时,经常会遇到{name}这个概念。关于{name}的含义,下列说法中正确的是( )。"
    return Item("single", stem, options, answer, f"{name}是指{meaning}。")


def evens(rnd: random.Random) -> Item:
    numbers = rnd.sample(range(20, 400), 5)
    if not any(n % 3 == 0 for n in numbers) or all(n % 3 == 0 for n in numbers):
        numbers[:2] = [rnd.randint(7, 99) * 3, rnd.randint(7, 99) * 3 + 1]
    answer = "".join(LETTERS[i] for i, n in enumerate(numbers) if n % 3 == 0)
    stem = "判断一个整数能否被另一个整数整除,常常可以看它各位数字的特点。下列各数中,能被3整除的有( )。"
    return Item("multiple", stem, tuple(map(str, numbers)), answer, "各位数字之和能被3整除的数能被3整除。")


def truth(rnd: random.Random) -> Item:
    a, b = rnd.randint(13, 89), rnd.randint(13, 89)
    shown = a + b if rnd.random() < 0.5 else a + b + rnd.choice((-10, -1, 1, 10))
    right = shown == a + b
    stem = f"{scene(rnd)}一批货物先运来{a}吨,又运来{b}吨,两次一共运来{shown}吨。"
    return Item("truth", stem, (), "√" if right else "×", f"{a}+{b}={a + b}。")


def blank(rnd: random.Random) -> Item:
    speed, hours = rnd.randint(30, 120), rnd.randint(2, 12)
    stem = f"{scene(rnd)}送货的汽车以每小时{speed}千米的速度行驶{hours}小时,一共行驶____千米。"
    return Item("blank", stem, (), str(speed * hours), "路程等于速度乘以时间。")


def short(rnd: random.Random) -> Item:
    name, meaning = rnd.choice(TERMS)
    return Item("short", f"什么是{name}?请举{rnd.choice('一两三')}个例子说明。", (), f"{name}是指{meaning}。", "")


MAKERS: dict[str, tuple[Callable[[random.Random], Item], ...]] = {
    "single": (product, interest, element, capital, term), "multiple": (evens,), "truth": (truth,), "blank": (blank,), "short": (short,),
}
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
