"""The ways by which copies are met: the order of texts, the sieve before comparing, the reading of a place."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from export_values import extraction, options

from extract.model import Question
from kb import open_bank, save
from kb.duplicates import groups, update
from kb.duplicates.compare import compare
from kb.duplicates.form import Form, make
from kb.duplicates.order import fresh_ids
from kb.duplicates.reading import cut
from kb.duplicates.sketch import bags, may_match
from kb.duplicates.texts import Known, Scratch, of_record, record
from kb.words import jieba

SENTENCES = (
    "经济订货批量取决于订货成本与储存成本之和最小", "植物细胞的叶绿体把光能转变为化学能", "TCP协议用三次握手建立连接,端口号占16位",
    "在串联电路中,各处的电流相等", "C++与python3.11都可以写,如a+b=10%", "酶的催化作用需要适宜的温度和pH值",
)


def generated(count: int, seed: int) -> list[Form]:
    sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))
    import duplicates as bench

    rng = random.Random(seed)
    made = [bench.question(rng, None) for _ in range(count)]
    made += [bench.copy(rng, m, rng.choice(("shuffled", "near"))) for m in made]
    made += [(t, stem, texts[:2], answer) for t, stem, texts, answer in made[:count]]
    return [make(type_, None, stem, list(texts), [], None, n) for n, (type_, stem, texts, _) in enumerate(made)]


def test_the_sieve_lets_every_copy_through() -> None:
    forms = generated(150, 4)
    held = bags(forms)
    a, b = (np.array(side) for side in zip(*[(i, j) for i in range(len(forms)) for j in range(i)], strict=True))
    passed = may_match(held[a], held[b])
    matches = [compare(forms[i], forms[j]) is not None for i, j in zip(a.tolist(), b.tolist(), strict=True)]
    assert sum(matches) > 200 and all(passed[matches])
    assert sum(passed) < 4 * sum(matches)


def test_a_record_is_its_form_and_sorts_as_it() -> None:
    forms = [
        Form("题干", ("甲", "乙"), "", True), Form("题干", (), "", True), Form("题干", ("甲",), "材料", True, "0", 3),
        Form("题", (), "", False),
    ]
    assert [of_record(record(f)) for f in forms] == forms
    wanted = sorted(forms, key=lambda f: (f.stem, f.options, f.material))
    assert sorted(forms, key=record) == wanted
    scratch = Scratch()
    for f in forms:
        scratch.add(f)
    assert scratch.form(1) == forms[1]
    scratch.add(forms[0])
    assert [scratch.form(n) for n in range(5)] == [*forms, forms[0]]
    scratch.close()


def grouped(tmp_path: Path, *stems: str) -> Any:
    db = open_bank(tmp_path / "bank.db", create=True)
    for n, stem in enumerate(stems):
        save(db, extraction(f"{n}.txt", (Question(stem=stem, type="single_choice", options=options(stem + "之一", stem + "之二")),)))
        update(db)
    return db


def test_ids_of_texts_stand_in_the_order_of_the_texts_however_they_came(tmp_path: Path) -> None:
    stems = [f"第{n}层的承重墙可以拆除吗" for n in range(40)]
    random.Random(2).shuffle(stems)
    db = grouped(tmp_path, *stems)
    known = Known(db)
    records = [record(known.form(r[0])) for r in db.execute("select id from duplicate_texts order by id")]
    assert len(records) == 40 and records == sorted(records)
    # one place after another until no room is left there: the ids are still all different
    low, high = db.execute("select min(id), max(id) from duplicate_texts").fetchone()
    between = [records[0] + bytes([n]) for n in range(1, 6)]
    db.execute("update duplicate_texts set id = ? where id = (select id from duplicate_texts order by id limit 1 offset 1)", [low + 2])
    db.execute("update duplicate_forms set text_id = ? where text_id not in (select id from duplicate_texts)", [low + 2])
    made = fresh_ids(db, between)
    assert len(set(made)) == 5 and not {low, low + 2, high} & set(made) and made[0] == low + 1


def test_a_new_page_meets_its_copy_in_a_crowd(tmp_path: Path) -> None:
    db = open_bank(tmp_path / "bank.db", create=True)
    rng = random.Random(5)
    signs = [chr(0x4E00 + n) for n in range(3000)]
    many = tuple(
        Question(stem="下列各项说法正确的是( )", type="single_choice", number=n,
                 options=options(*("".join(rng.sample(signs, 9)) for _ in range(4))), answer=("A",))
        for n in range(200)
    )
    save(db, extraction("a.txt", many))
    update(db)
    save(db, extraction("b.txt", (Question(stem=many[77].stem, type="single_choice", number=1, options=many[77].options[:2]),)))
    done = update(db)
    assert done.texts == 1 and done.compared <= 12
    assert [(g.kind, [c.source for c in g.copies]) for g in groups(db)] == [("truncated", ["a.txt", "b.txt"])]


def test_words_are_cut_as_jieba_cuts_them() -> None:
    rng = random.Random(1)
    for sentence in SENTENCES:
        for _ in range(60):
            start = rng.randrange(len(sentence))
            piece = sentence[start : start + rng.randint(1, 12)]
            assert list(cut(piece)) == list(jieba().dt.cut(piece, HMM=False))
