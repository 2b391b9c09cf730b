"""How well and how fast copies are found (重复题评测): a generated bank whose duplicates are known, scored and timed.

    python bench/duplicates.py [QUESTIONS]

20 % of the questions are exact copies, 10 % have their options shuffled, 10 % have one to three wrong characters; the rest are
different questions, many of one pattern (the same stem with other options, the same sentence with another term or number), which
is what makes telling them apart hard. All text is generated here. The bank is filled by plain rows, as the loader would leave it.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from kb.duplicates import update
from kb.schema import open_bank, set_meta


def listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


THINGS = listed(
    "库存 订单 合同 发票 仓库 运输 包装 配送 采购 预算 成本 利润 税率 债券 股票 期货 保险 汇率 关税 贸易 细胞 "
    "叶绿体 线粒体 染色体 基因 蛋白质 酶 激素 血红蛋白 神经元 抗体 电阻 电容 电感 磁场 电流 电压 频率 波长 光速 动量 "
    "冲量 加速度 密度 压强 浮力 杠杆 滑轮 热量 比热容 熔点 沸点 硫酸 盐酸 氢氧化钠 碳酸钙 氧化铁 乙醇 甲烷 乙烯 苯 "
    "葡萄糖 季风 洋流 纬度 经度 时区 岩浆岩 沉积岩 变质岩 三角洲 冲积扇 冰川 火山 地震 台风 寒潮 梅雨 链表 队列 "
    "二叉树 哈希表 指针 数组 函数 递归 循环 编译器 操作系统 进程 线程 死锁 缓存 数据库 索引 事务 主键 外键 视图 "
    "路由器 交换机 防火墙 协议 域名 端口 加密 签名 证书 宪法 民法典 行政许可 行政处罚 仲裁 诉讼 上诉 管辖 证据 时效 "
    "抵押 质押 留置 定金 违约金"
)
FIELDS = listed(
    "供应链管理 财务管理 市场营销 人力资源 项目管理 国际贸易 生物化学 细胞生物学 遗传学 电磁学 热力学 有机化学 无机化学 "
    "自然地理 气象学 地质学 数据结构 操作系统原理 计算机网络 数据库原理 软件工程 信息安全 宪法学 行政法 民事诉讼 经济法 "
    "会计学 审计学 统计学 教育心理学 护理学 药理学 病理学 诊断学 流行病学 土木工程 机械制图 材料力学 环境工程 食品科学"
)
VERBS = listed(
    "提高 降低 衡量 反映 影响 决定 限制 促进 抑制 替代 维持 破坏 调节 检验 确认 记录 分配 传递 转移 保护 释放 吸收 "
    "储存 分解 合成 测定 预测 控制 评价 验证"
)
NOUNS = listed(
    "效率 稳定性 安全性 准确度 可靠性 流动性 周转速度 反应速率 平均成本 边际收益 信噪比 响应时间 传输距离 存储空间 "
    "溶解程度 结合能力 代谢水平 分布范围 生长周期 法律效力 责任范围 举证责任 适用条件 计量单位 表示方法 计算步骤 使用寿命 "
    "维护费用 测量误差 取样方式 组织结构 工作原理 主要来源 形成原因 变化规律 判断标准 分类依据 评价指标 处理程序 审批权限"
)
STEMS = (
    "在{f}中,{a}与{b}共同{v}{n},其中起主导作用的是()",
    "根据{f}的观点,下列关于{a}的{n}的说法正确的是()",
    "某单位在{v}{n}时发现{a}异常,按照{f}的要求应首先检查()",
    "{f}里用{a}来{v}{n},其前提是()",
    "当{a}发生变化而{b}保持不变时,{f}认为{n}将会()",
    "{a}的{n}主要取决于{b}的()",
    "下列各项中不能用来{v}{a}{n}的是()",
    "{f}课程中讲到,{a}对{b}的作用体现在{n}方面,这种作用称为()",
    "第{k}号实验要求用{a}{v}{b}的{n},实验记录中必须写明()",
    "一项{f}研究对{k}个样本的{a}进行测定,用来{v}{n}的最合适的方法是()",
)
STATEMENTS = (
    "在{f}中,{a}可以{v}{b}的{n},这一结论在{k}个案例中都成立。",
    "{a}是{f}研究{n}的基础,没有{a}就无法{v}{b}。",
    "{f}规定,{v}{n}之前必须先核对{a}和{b},否则结果无效。",
)
SLIPS = "卡函仃末己未拧桔渔疗玖荻捂炊绑诞淆琐钧戍匾拴锭裸骡徘炙曝撩矗蘸沾洽恰冶治侯候拨拔辩辨潜浅"


def text(rng: random.Random, pattern: str) -> str:
    a, b = rng.sample(THINGS, 2)
    return pattern.format(f=rng.choice(FIELDS), a=a, b=b, v=rng.choice(VERBS), n=rng.choice(NOUNS), k=rng.randint(2, 99))


def option(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.35:
        return f"{rng.choice(THINGS)}的{rng.choice(NOUNS)}"
    if kind < 0.7:
        return f"{rng.choice(VERBS)}{rng.choice(THINGS)}{rng.choice(NOUNS)}"
    return f"{rng.choice(VERBS)}{rng.choice(NOUNS)}并{rng.choice(VERBS)}{rng.choice(THINGS)}"


Made = tuple[str, str, tuple[str, ...], str]  # type, stem, options, answer as JSON


def question(rng: random.Random, before: Made | None) -> Made:
    """A question unlike all before; now and then a brother of the one before: same stem, other options; or one word or number changed."""
    if rng.random() < 0.2:
        return "true_false", text(rng, rng.choice(STATEMENTS)), (), rng.choice(("true", "false"))
    stem = text(rng, rng.choice(STEMS))
    options = tuple(dict.fromkeys(option(rng) for _ in range(5)))[:4]
    if before and before[2]:
        chance = rng.random()
        if chance < 0.05:
            stem = before[1]
        elif chance < 0.08:
            stem = stem if before[1] == (changed := before[1].replace(rng.choice(THINGS), rng.choice(THINGS))) else changed
    return "single_choice", stem, options, json.dumps([rng.choice("ABCD"[: len(options)])])


def slip(rng: random.Random, value: str, times: int) -> str:
    """The text with wrong characters in the place of letters."""
    letters = list(value)
    places = [i for i, c in enumerate(letters) if c.isalpha() and not c.isascii()]
    for i in rng.sample(places, min(times, len(places))):
        letters[i] = rng.choice([c for c in SLIPS if c != letters[i]])
    return "".join(letters)


def copy(rng: random.Random, made: Made, kind: str) -> Made:
    """An exact copy, one with its options in another order (and the answer with them), or one with wrong characters."""
    type_, stem, options, answer = made
    if kind == "shuffled" and len(options) > 1:
        order = list(range(len(options)))
        while order == sorted(order):
            rng.shuffle(order)
        right = "ABCD".index(json.loads(answer)[0])
        return type_, stem, tuple(options[i] for i in order), json.dumps(["ABCD"[order.index(right)]])
    if kind == "near":
        whole = "\x1f".join((stem, *options))
        stem, *rest = slip(rng, whole, rng.randint(1, 3)).split("\x1f")
        return type_, stem, tuple(rest), answer
    return made


def questions(rng: random.Random) -> Iterator[tuple[int, Made]]:
    """Questions without end, each with the number of the original that it is or copies."""
    kept: list[tuple[int, Made]] = []
    before: Made | None = None
    known: set[int] = set()
    originals = 0
    while True:
        chance = rng.random()
        kind = "exact" if chance < 0.2 else "shuffled" if chance < 0.3 else "near" if chance < 0.4 else "new"
        if kind != "new" and kept:
            root, made = rng.choice(kept)
            yield root, copy(rng, made, kind)
            continue
        made = question(rng, before)
        while (h := hash((made[1], tuple(sorted(made[2]))))) in known:
            made = question(rng, None)
        known.add(h)
        before = made
        originals += 1
        # originals to copy from are drawn from the whole bank, by a reservoir that does not grow
        if len(kept) < 50_000:
            kept.append((originals, made))
        elif (place := rng.randrange(originals)) < 50_000:
            kept[place] = (originals, made)
        yield originals, made


def fill(db: object, made: Iterable[tuple[int, Made]]) -> list[int]:
    """Write questions into the bank, a hundred a page; returns for each the number of its original."""
    conn = db.conn  # type: ignore[attr-defined]
    truth: list[int] = []
    conn.execute("begin")
    for event in ("insert", "delete", "update"):
        conn.execute(f"drop trigger if exists questions_fts_{event}")
    (source,) = conn.execute("select coalesce(max(id), 0) from sources").fetchone()
    made = iter(made)
    while page := list(islice(made, 100)):
        source += 1
        text, rows, choices = "", [], []
        for n, (root, (type_, stem, options, answer)) in enumerate(page):
            i = (source - 1) * 100 + n + 1
            truth.append(root)
            printed = "\n".join((f"{n + 1}. {stem}", *(f"{'ABCD'[m]}. {o}" for m, o in enumerate(options)))) + "\n"
            rows.append((i, source, n, n + 1, type_, stem, " ¦ ".join(options) or None, answer, 1, len(text), len(text) + len(printed)))
            choices += [(i, m, "ABCD"[m], o, int("ABCD"[m] in answer)) for m, o in enumerate(options)]
            text += printed
        conn.execute("insert into sources(id, name, sha256, format, text, content) values (?, ?, ?, 'txt', ?, ?)",
                     (source, f"bank/{source:06d}.txt", f"{source:064x}", text, f"content-{source}"))
        conn.execute("insert into documents(id, source_id, position, title, role, kind) values (?, ?, 0, ?, 'main', 'exam')",
                     (source, source, f"第{source}套"))
        conn.executemany(
            "insert into questions(id, document_id, position, number, type, stem, options_text, answer, has_answer, start, \"end\") "
            "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        conn.executemany("insert into options(question_id, position, label, text, is_answer) values (?, ?, ?, ?, ?)", choices)
    set_meta(db, "index", "stale")  # type: ignore[arg-type]
    conn.commit()
    return truth


def score(db: object, truth: list[int]) -> tuple[float, float]:
    """Precision and recall over pairs of questions that are, or are said to be, copies of one another."""
    said = dict(db.execute("select question_id, group_id from duplicate_members"))  # type: ignore[attr-defined]

    def pairs(n: int) -> int:
        return n * (n - 1) // 2

    true_pairs = sum(pairs(n) for n in Counter(truth).values())
    said_pairs = sum(pairs(n) for n in Counter(said.values()).values())
    both: dict[tuple[int, int], int] = defaultdict(int)
    for question_id, group in said.items():
        both[group, truth[question_id - 1]] += 1
    right = sum(pairs(n) for n in both.values())
    return right / max(1, said_pairs), right / max(1, true_pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="keep the bank in this file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "bench.db"
        db = open_bank(path, create=True)
        started = time.perf_counter()
        made = questions(random.Random(given.seed))
        truth = fill(db, islice(made, given.questions))
        page = list(islice(made, 100))
        del made
        filled = time.perf_counter()
        before = path.stat().st_size
        busy = time.process_time()
        done = update(db)
        busy = time.process_time() - busy
        seconds = time.perf_counter() - filled
        db.conn.execute("pragma wal_checkpoint(truncate)")
        precision, recall = score(db, truth)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"questions            {given.questions:,} (made in {filled - started:.0f} s)")
        print(f"grouping             {seconds:.1f} s ({busy:.1f} s of one core), {given.questions / busy:,.0f} questions/s")
        print(f"texts / compared     {done.texts:,} / {done.compared:,}; edges {done.edges:,}; groups {done.groups:,}")
        print(f"precision / recall   {precision:.4f} / {recall:.4f} (pairs; wanted 0.995 / 0.97)")
        print(f"peak memory          {peak:,.0f} MB (the list of known answers included)")
        print(f"size of the bank     {before / 1e6:,.0f} -> {path.stat().st_size / 1e6:,.0f} MB")
        fill(db, page)
        busy = time.process_time()
        done = update(db)
        print(f"one page more        {time.process_time() - busy:.2f} s of one core for a page of 100 questions in the same bank, "
              f"{done.texts} new texts, {done.groups} groups")
    return 0 if precision >= 0.995 and recall >= 0.97 else 1


if __name__ == "__main__":
    sys.exit(main())
