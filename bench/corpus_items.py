"""The invented questions of the corpus (语料题目): true facts drawn at random, a maker a kind."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

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

