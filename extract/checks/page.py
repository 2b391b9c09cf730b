"""Checks of what the page has lost (原文缺失): a figure, a formula, characters, the end."""

from __future__ import annotations

import re

from ..scan import Scan
from .look import Check, Look
from .signs import PICTURE

# 表现 表达 图书 图像 ... begin with the same character and point to nothing
_NO_FIGURE = "(?![书案腾灵像形片标画纸层谋示现达白情扬演决彰率格述明皮态])"
_POINTS = Scan(
    "|".join(
        (
            r"如(?:下|右|左|上|附)?图(?:所示|[,。;: ]|\d|$)",
            rf"(?:如|见|据|由|看|按|观察|根据|按照|结合|阅读|从)(?:下|右|左|上|附)(?:面的?|列)?(?:图|表){_NO_FIGURE}",
            rf"(?:下|右|左|上|附)(?:面的?)?(?:图|表)(?:中|所示|所列|给出|为|是|[:(,]){_NO_FIGURE}",
            r"(?:^|[,。;?])(?:图|表)中",
            r"(?:图|表) ?\d+(?:[-.]\d+)? ?(?:所示|所列|中)",
        )
    )
)
_TABLE = re.compile(r"[|]|\S\t+\S|\n[^\n]*\S {2,}\S")
_MATHS = re.compile(
    r"[=<>≤≥≠±×÷√∑∫∞π∠⊥∥²³]|函数|方程|不等式|集合|数列|向量|三角形|直线|坐标|曲线|椭圆|抛物线|概率|导数|积分|极限|矩阵|行列式"
    r"|(?<![A-Za-z])(?:[xyzn]|sin|cos|tan|log|ln|lim)(?![A-Za-z])"
)
_FORMULA_GONE = Scan(
    r"(?:(?<![未所])已知|(?<![建假开])设|(?<![假倘])若|(?:已知|设|若)[^,。;]{0,4}(?:函数|方程|集合|不等式)"
    r"|(?<![要请追需寻力谋征讲恳探渴乞祈])求|公式为|等于) *[,。;]"
    r"|(?:(?<=[^\u4e00-\u9fff])[则且]) *(?:,|$)|= *(?:[,。;]|$)"
)
_GARBLED = Scan("[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫|[\u00c0-\u00ff]{4,}|[?]{4,}")


def _figure_lost(look: Look) -> str | None:
    if not ("图" in look.stem or "表" in look.stem) or not _POINTS.search(look.stem):
        return None
    printed = (look.q.stem, look.q.material or "")
    kept = any(PICTURE.search(t) for t in (look.stem, *printed, *look.options)) or any(_TABLE.search(t) for t in printed)
    return None if kept else "题中说到的图或表不在原文中"


def _formula_lost(look: Look) -> str | None:
    if not _FORMULA_GONE.search(look.stem) or PICTURE.search(look.stem):
        return None
    return "题中疑缺公式" if any(_MATHS.search(t) for t in (look.stem, *look.options)) else None


def _garbled(look: Look) -> str | None:
    if not _GARBLED.search(look.text):
        return None
    return "有乱码" if any(_GARBLED.search(t) for t in (look.q.stem, *(o.text for o in look.q.options))) else None


def _truncated(look: Look) -> str | None:
    if not look.last or not look.choice:
        return None
    return "页面在本题中间结束" if len(look.q.options) < look.group.options else None


SOURCE: tuple[Check, ...] = (
    Check("figure_lost", "source", "图表缺失", _figure_lost),
    Check("formula_lost", "source", "公式缺失", _formula_lost),
    Check("garbled", "source", "有乱码", _garbled),
    Check("truncated", "source", "页面在题中结束", _truncated),
)
