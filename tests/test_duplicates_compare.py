"""Two questions held against each other (同题判定): copies are known again, brothers are told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from duplicate_values import BASE, with_options
from export_values import options

from extract.model import Question
from kb.duplicates.compare import compare
from kb.duplicates.form import fold, form


def kind(a: Question, b: Question) -> str | None:
    match = compare(form(a, 1), form(b, 2))
    back = compare(form(b, 2), form(a, 1))
    assert (match and match.relation) == (back and back.relation)
    return match.relation if match else None


@pytest.mark.parametrize(("other", "relation"), [
    (BASE, "exact"),
    (replace(BASE, stem="在企业的库存管理中，决定经济订货批量大小的主要因素是（  ）", answer=None), "exact"),
    (replace(BASE, stem="在企业的库存管理中,决定经济订货批量大小的主要因素是____", number=7), "exact"),
    (with_options(BASE, "产品包装的颜色", "订货成本与储存成本", "仓库的朝向和层数", "销售人员的数量"), "shuffled"),
    (with_options(BASE, "订货成本与储存成本", "销售人员的数量"), "truncated"),
    (with_options(BASE, "订货成本与储存成本", "销售人员的数量", "仓库的朝向和层数", "产品包"), "truncated"),
    (with_options(BASE), "truncated"),
    (replace(BASE, stem="在企业的库存管理中,决定经济汀货批量大小的主要因素是( )。"), "near"),
    (replace(BASE, stem="在企业的库荐管理中,决定经济订货批量大小的主耍因素是( )。"), "near"),
    (replace(BASE, stem="在企业的库存管理中,决定经济订货批量大小的的主要因素是( )。"), "near"),
    (replace(BASE, stem="在企业的库存管理中,决定经济订批量大小的主要因素是( )。"), "near"),
    (with_options(replace(BASE, answer=("B",)), "仓库的朝向和层教", "订货成本与储存成本", "产品包装的颜色", "销售人员的数量"), "near"),
    # the same stem asks another thing with other options
    (with_options(BASE, "运输距离", "销售人员的数量", "仓库的朝向和层数", "产品包装的颜色"), None),
    (with_options(BASE, "汇率", "税率", "利率", "折旧率"), None),
    (replace(BASE, stem="在企业的库存管理中,决定经济订货批量大小的次要因素是( )。", answer=("C",)), None),
    (replace(BASE, stem="在企业的库存管理中,不决定经济订货批量大小的主要因素是( )。"), None),
    (replace(BASE, type="fill_blank", options=(), answer=("成本",)), None),
])
def test_compare(other: Question, relation: str | None) -> None:
    assert kind(BASE, other) == relation


@pytest.mark.parametrize(("a", "b"), [
    ("这种合金在380摄氏度时开始熔化并保持稳定的体积。", "这种合金在390摄氏度时开始熔化并保持稳定的体积。"),
    ("温度升高时,气体在水中的溶解度随之增大,这是一般规律。", "温度升高时,气体在水中的溶解度随之减小,这是一般规律。"),
    ("地球自转的方向是自西向东,从北极上空看呈逆时针方向旋转。", "地球自转的方向是自东向西,从北极上空看呈逆时针方向旋转。"),
    ("函数f(x)=3.14x在定义域内单调,其图像经过坐标原点且关于原点对称。", "函数f(x)=31.4x在定义域内单调,其图像经过坐标原点且关于原点对称。"),
    ("若变量a的值为5,则表达式a++执行之后变量a的值增加一个单位。", "若变量b的值为5,则表达式b++执行之后变量b的值增加一个单位。"),
    ("进程是资源分配的基本单位,同一程序可以对应多个进程。", "进程不是资源分配的基本单位,同一程序可以对应多个进程。"),
])
def test_statements_that_differ_in_what_they_say_stay_apart(a: str, b: str) -> None:
    assert kind(Question(stem=a, type="true_false"), Question(stem=b, type="true_false")) is None


def test_statements_with_different_keys_stay_apart_however_alike() -> None:
    a = Question(stem="订货循环发生在零售商与分销商之间的接口上,由零售商发起。", type="true_false", answer=True)
    b = replace(a, stem="补货循环发生在零售商与分销商之间的接口上,由零售商发起。", answer=False)
    assert kind(a, b) is None


def test_brothers_of_a_matching_set_stay_apart() -> None:
    drugs = options("阿司匹林", "青霉素", "胰岛素", "硝酸甘油")
    a = Question(stem="治疗糖尿病患者血糖升高时应首先选用的药物是( )", type="single_choice", options=drugs, answer=("C",))
    b = replace(a, stem="治疗心绞痛患者血压升高时应首先选用的药物是( )", answer=("D",))
    assert kind(a, b) is None and kind(replace(a, answer=None), replace(b, answer=None)) is None


def test_material_counts() -> None:
    a = replace(BASE, stem="文中画线句子的作用是( )", material="春天来了,河边的柳树发了芽,孩子们在岸上放风筝。")
    assert kind(a, replace(a, material="冬天到了,山上的松树盖着雪,猎人们在屋里烤着火。")) is None
    assert kind(a, replace(a, material="春天来了，河边的柳树发了芽，孩子们在岸上放风筝")) == "exact"
    assert kind(a, replace(a, material=None)) == "exact"


@pytest.mark.parametrize(("text", "folded"), [
    ("Ａ.３．１４（ ）", "a3.14"), ("下列________正确的是：", "下列正确的是"), ("GB/T 19000-2016", "gb/t19000-2016"),
    ("x²+y²=1", "x2+y2=1"), ("-5", "-5"), ("甲 - 乙", "甲乙"), ("well-known.", "wellknown"), ("a−b", "a-b"),
])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded

