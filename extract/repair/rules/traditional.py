"""Pages mirrored into traditional script (繁体镜像): given back in the simplified script of the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .. import tables
from ..rule import Find, Page, Rule

_HAN = re.compile("[\u3400-\u9fff]+")
# Terms of the mainland in traditional script, and what Taiwan or Hong Kong writes in their place: a page of their own says the latter.
_MAINLAND = re.compile(
    "單選題|單項選擇|多項選擇|多選題|簡答題|判斷題|名詞解釋|案例分析|信息|網絡|軟件|硬件|數據|程序|質量|計算機|鼠標|打印|"
    "填空題|判斷題|論述題|每小題|題庫|合同|反饋|人民幣|增值稅|素質|幼兒園|用戶|默認|文檔|視頻|字節|內存|硬盤|接口|函數|變量|數組|字符|"
    "屏幕|文件夾|互聯網|社會主義|馬克思|習近平|黨的|中華人民共和國|職業資格|高考|中考|試卷代號|國務院|小學|高等教育自學|注冊會計師"
)
_OVERSEAS = re.compile(
    "資訊|網路|軟體|硬體|資料庫|程式|品質|滑鼠|列印|螢幕|資料夾|網際|學測|指考|單選、|"
    "民國\\d|中華民國|國中|「|『|選擇題.{0,6}佔|聯招|文憑試"
)
_SHARE = 0.12   # of the Han characters; a page in traditional script has about a third
_LEAST = 12


@cache
def _only() -> frozenset[str]:
    """Characters that only traditional script has."""
    return frozenset(tables.inverse("traditional")) - tables.simplified()


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {row[0]: row[1] for row in tables.rows("traditional_phrases") if len(row[0]) == len(row[1])}
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table


def _mirror(page: Page) -> Iterator[Find]:
    text = page.text
    seen = _only() & page.letters
    if len(seen) < _LEAST // 2:
        return
    han = sum(len(m[0]) for m in _HAN.finditer(text))
    marked = sum(map(text.count, seen))
    if marked < _LEAST or marked < _SHARE * han:
        return
    mainland, overseas = len(_MAINLAND.findall(text)), len(_OVERSEAS.findall(text))
    noted = bool(re.search("[\u3400-\u9fff][(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", text))
    sure = 0.97 if overseas * 3 < mainland or noted else 0.6
    evidence = f"繁体镜像页：{marked} 个繁体字，大陆用语 {mainland} 处，港台用语 {overseas} 处；按 OpenCC 字表转回简体"
    table = str.maketrans(tables.inverse("traditional"))
    pattern, phrases = _phrases()
    for match in _HAN.finditer(text):
        run = match[0]
        after = pattern.sub(lambda m: phrases[m[0]], run).translate(table)
        if after == run:
            continue
        first = next(i for i, (a, b) in enumerate(zip(run, after, strict=True)) if a != b)
        last = len(run) - next(i for i, (a, b) in enumerate(zip(run[::-1], after[::-1], strict=True)) if a != b)
        yield Find(match.start() + first, match.start() + last, after[first:last], evidence, sure)


RULES = (
    Rule("traditional-mirror", "traditional", "page", 0.97, "an eighth of the characters are traditional, the terms are the mainland's",
         "OpenCC TSCharacters, TSPhrases (Apache-2.0)", _mirror, structural=True),
)
