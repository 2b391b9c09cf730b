"""Checks of one question's own fields (单题检查): what a stem, an option, an answer may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..answers import chosen_in
from .look import Check, Look

_BLANK = r"(?:[(\[][ _]*[)\]]|_{2,})"
_NUMBER_IN = re.compile(r"(?:^|(?<=[^\d.A-Za-z/第(]))(\d{1,4}) ?[.、](?!\d)(?=[^\n]{4,})|(?<=\n)[(]?(\d{1,3})[)] ?(?=[^\n]{6,})|第 ?(\d{1,4}) ?题")
_LABEL_IN = re.compile(r"(?<![A-Za-z\d'’-])[(\[]?([A-H])[)\]]?(?:[.、:](?![A-Za-z\d]*[.、])|(?<=[)\]]))")
_WORD_LABEL = re.compile(r"(?:(?<=[ \n])|(?<=[\u4e00-\u9fff]))([B-H])(?= ?[\u4e00-\u9fff])")
_HEADING_IN = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[、.]|第[一二三四五六七八九十\d]+(?:章|节|部分|单元|大题) ?|\n *)[^\n,。;?]{0,12}"
    r"(?:选择题|判断题|填空题|简答题|问答题|论述题|名词解释|计算题|案例分析题?|单选|多选|不定项)"
)
_CUE_IN = re.compile(r"(?:参考|正确|标准|本题)答案|答案 ?[:\]]|\[?解析 ?[:\]]|\[(?:分析|详解|点评|考点|难度)|(?:查看|显示|隐藏)答案|选择一项|\[答案")
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?: [^<>\n]{0,80})?/?>|&(?:nbsp|lt|gt|amp|quot|#\d{2,5});|\{\{|\}\}|\*\*|[◆■★□▲●]")
_SENTENCE = re.compile(r"[。?!;](?=.{4,})", re.S)
_GARBLED = re.compile("[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫|[\u00c0-\u00ff]{4,}|[?]{4,}")
_HEADLESS = re.compile(r"[,。、;:)\]?!.·%]|(?:的|了|着|们|和|与|而|且)[^\u4e00-\u9fff]")
_FIGURE = re.compile(r"(?:如|见|据|由|按|看|观察|根据|下|右|左|上)(?:下|右|左|上)?(?:面)?(?:图|表)(?!书|案|腾|表|示法|灵|像|形|片|标|画|纸|层)|图中|表中|图示|(?:图|表) ?\d+(?:[-.]\d+)? ?(?:所示|中)")
_PICTURE = re.compile(r"\[(?:图|表|公式)")
_FORMULA_GONE = re.compile(r"(?:已知|设|若|函数|方程|集合|不等式|求|公式为|等于) *[,，。;；]|(?:则|且|与) *(?:[,，]|$)|= *(?:[,，。;；]|$)")
_LETTER_AT_END = re.compile(r"(?:[\u4e00-\u9fff?。:)\]] ?[A-H]{1,5}|[*√×]|[\u4e00-\u9fff][TF]|[?。)\]] ?(?:对|错|正确|错误|TF)|对 ?错|P ?\d{1,4}|\d{1,3}-\d{1,3})[ 。.]*$")
_FILLED = re.compile(r"\(([^()\d\n]{1,16}|\d{1,6})\)")
_ASKS = re.compile(r"[?]|什么|如何|怎样|为什么|哪|何|简述|试述|论述|说明|分析|解释|谈|比较|列举|写|求|计算|证明|概括|翻译|请|指出|描述|阐述|举例|设计|评|画|改|答|编|完成|处理|阅读")
_SHARED = re.compile(r"\d ?[-~至、到] ?\d{1,3} ?(?:小?题)|共用(?:题干|备选|材料|选项)|共享答案")


def _sequences(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for m in _NUMBER_IN.finditer(text):
        yield int(m[1] or m[2] or m[3]), m


def _next_number(look: Look, text: str) -> int | None:
    """A number inside a text that continues the run of questions, if there is one."""
    number = look.q.number if look.q.number is not None else look.build.draft.number
    for value, _ in _sequences(text):
        if number is not None and 0 < value - number <= 3 and not (look.after and look.after.number is not None and look.after.number <= value):
            return value
    return None


def _option_holds_number(look: Look) -> str | None:
    for o, text in zip(look.q.options, look.options, strict=True):
        if len(text) < 8:
            continue
        value = _next_number(look, text)
        if value is not None:
            return f"选项{o.label}中疑有第{value}题"
        for value, m in _sequences(text):
            if re.search(_BLANK + r"|[?]", text[m.end() :]) or len(text) - m.end() > 30:
                return f"选项{o.label}中疑有题号{value}"
    return None


def _option_holds_stem(look: Look) -> str | None:
    for o, text in zip(look.q.options, look.options, strict=True):
        if len(text) > 12 and re.search(rf"(?:\n|。|\s).{{6,}}{_BLANK}", text, re.S):
            return f"选项{o.label}中疑有另一题的题干"
    return None


def _option_holds_label(look: Look) -> str | None:
    labels = {o.label for o in look.q.options}
    for o, text in zip(look.q.options, look.options, strict=True):
        for m in _LABEL_IN.finditer(text):
            if m[1] not in labels or m[1] > o.label:
                return f"选项{o.label}中疑有选项{m[1]}"
        m2 = _WORD_LABEL.search(text)
        if m2 and m2[1] not in labels and m2[1] > o.label and len(look.q.options) < 4:
            return f"选项{o.label}中疑有选项{m2[1]}"
    return None


def _option_holds_heading(look: Look) -> str | None:
    for o, text in zip(look.q.options, look.options, strict=True):
        m = _HEADING_IN.search(text)
        if m and m.start():
            return f"选项{o.label}中疑有大题标题"
    return None


def _long_option(look: Look) -> str | None:
    if len(look.options) < 2:
        return None
    lengths = sorted(len(t) for t in look.options)
    usual = lengths[(len(lengths) - 1) // 2]
    for o, text in zip(look.q.options, look.options, strict=True):
        if len(text) > 40 and len(text) > 4 * max(usual, 4) and (_SENTENCE.search(text) or "\n" in text or len(text) > 10 * max(usual, 8)):
            return f"选项{o.label}有{len(text)}字，其余约{usual}字"
    return None


def _odd_option(look: Look) -> str | None:
    """An option that keeps a bracket open, or ends in what belongs behind it."""
    for o, text in zip(look.q.options, look.options, strict=True):
        if text.count("(") != text.count(")") and (text.endswith("(") or text.startswith(")")):
            return f"选项{o.label}的括号不成对"
        if re.search(r".\n.|.[*√] *$|故选 ?[A-H]|\S {4,}\S", text):
            return f"选项{o.label}中有换行或多余的内容"
    return None


def _cue_in_field(look: Look) -> str | None:
    if look.stem and _CUE_IN.search(look.stem, 2):
        return "题干中疑有答案或解析的标志"
    for o, text in zip(look.q.options, look.options, strict=True):
        if _CUE_IN.search(text):
            return f"选项{o.label}中疑有答案或解析的标志"
    return None


def _markup(look: Look) -> str | None:
    for text in (look.stem, *look.options):
        if _MARKUP.search(text) and look.q.type != "programming":
            return "疑有网页标记或项目符号残留"
    return None


def _stem_holds_number(look: Look) -> str | None:
    if look.q.type in ("case_analysis", "programming", "essay", "short_answer", "calculation") and "\n" not in look.stem:
        return None
    value = _next_number(look, look.stem[2:])
    return f"题干中疑有第{value}题" if value is not None and not look.q.type == "case_analysis" else None


def _stem_holds_options(look: Look) -> str | None:
    found = [m[1] for m in _LABEL_IN.finditer(look.stem)]
    if len(found) >= 2 and "A" in found and "B" in found and look.q.type != "programming":
        return "题干中疑有选项"
    return None


def _stem_holds_heading(look: Look) -> str | None:
    m = _HEADING_IN.search(look.stem, 1)
    return "题干中疑有大题标题" if m else None


def _stem_holds_material(look: Look) -> str | None:
    return "题干中疑有共用题干的说明" if _SHARED.search(look.stem) else None


def _stem_holds_answer(look: Look) -> str | None:
    if look.q.answer is None and (look.choice or look.q.type == "true_false" or look.unkeyed) and _LETTER_AT_END.search(look.stem):
        return "题干末尾疑有答案"
    return None


def _empty_stem(look: Look) -> str | None:
    if len(look.stem.strip(" .。、,:()_")) < 2:
        return "题干缺失"
    return None


def _headless_stem(look: Look) -> str | None:
    return "题干疑缺开头" if look.stem and _HEADLESS.match(look.stem) else None


def _long_stem(look: Look) -> str | None:
    if (look.choice or look.q.type in ("true_false", "fill_blank", "term_definition")) and len(look.stem) > 240 and len(look.stem) > 6 * look.group.stem:
        return f"题干有{len(look.stem)}字，同类题约{look.group.stem}字"
    return None


def _lost_option(look: Look) -> str | None:
    empty = [o.label for o, t in zip(look.q.options, look.options, strict=True) if not t]
    return f"选项{'、'.join(empty)}没有内容" if empty else None


def _missing_label(look: Look) -> str | None:
    labels = sorted({o.label for o in look.q.options})
    if len(labels) < len(look.q.options):
        return "选项号重复"
    wanted = [chr(65 + k) for k in range(len(labels))]
    missing = [x for x in wanted if x not in labels]
    return f"缺少选项{'、'.join(missing)}" if missing else None


def _equal_options(look: Look) -> str | None:
    first: dict[str, str] = {}
    for o, text in zip(look.q.options, look.options, strict=True):
        bare = re.sub(r"[\s。.;]", "", text)
        if bare and first.setdefault(bare, o.label) != o.label and not _PICTURE.match(bare):
            return f"选项{first[bare]}与{o.label}相同"
    return None


def _few_options(look: Look) -> str | None:
    n = len(look.q.options)
    if n == 1:
        return "只有一个选项"
    usual = look.group.options
    if usual and n and n < usual and look.q.type != "true_false" and not look.last:
        return f"有{n}个选项，同类题一般有{usual}个"
    return None


def _many_options(look: Look) -> str | None:
    n, usual = len(look.q.options), look.group.options
    if (usual and n > usual + 1) or (n > 8 and look.q.type != "matching"):
        return f"有{n}个选项，同类题一般有{usual}个" if usual else f"有{n}个选项"
    return None


def _type_mismatch(look: Look) -> str | None:
    q = look.q
    if look.choice and not q.options:
        return "大题为选择题，却没有选项"
    if q.options and q.type in ("fill_blank", "short_answer", "essay", "term_definition", "calculation"):
        return "有选项，却不是选择题"
    if q.type == "true_false" and len(q.options) > 2:
        return "判断题有多于两个选项"
    return None


def _no_blank(look: Look) -> str | None:
    if look.q.type == "fill_blank" and not re.search(_BLANK + r"|[ \u3000]{3,}", look.stem) and not look.q.options:
        return "填空题没有空"
    return None


def _blank_count(look: Look) -> str | None:
    a = look.q.answer
    if look.q.type != "fill_blank" or not isinstance(a, tuple) or not a:
        return None
    shown = len(re.findall(_BLANK, look.stem))
    if shown and shown != len(a):
        return f"题干有{shown}个空，答案有{len(a)}个"
    return None


def _answer_outside(look: Look) -> str | None:
    a = look.q.answer
    if not look.choice or not look.q.options or not isinstance(a, tuple):
        return None
    outside = [x for x in a if x not in {o.label for o in look.q.options}]
    return f"答案{'、'.join(outside)}不在选项中" if outside else None


def _several_answers(look: Look) -> str | None:
    a = look.q.answer
    if look.q.type == "single_choice" and isinstance(a, tuple) and len(a) > 1:
        return f"单选题有{len(a)}个答案"
    return None


def _one_answer(look: Look) -> str | None:
    a = look.q.answer
    if look.q.type == "multiple_choice" and isinstance(a, tuple) and len(a) == 1 and look.build.type == "multiple_choice":
        return "多选题只有一个答案"
    return None


def _doubled_answer(look: Look) -> str | None:
    a = look.q.answer
    if isinstance(a, tuple) and look.choice and len(set(a)) < len(a):
        return "答案的字母重复"
    return None


def _answer_form(look: Look) -> str | None:
    """An answer that is not of the kind that the type asks for, or holds what is no answer."""
    q, a = look.q, look.q.answer
    if look.choice and isinstance(a, str):
        return "选择题的答案不是字母"
    if q.type == "true_false" and a is not None and not isinstance(a, bool):
        return "判断题的答案不是对错"
    texts = [a] if isinstance(a, str) else list(a) if isinstance(a, tuple) and not look.choice else []
    for t in texts:
        if re.search(r"(?:^|\n) *\d{1,3} ?[.、](?!\d)[^\n]{4,}", t) and _next_number(look, t) is not None:
            return "答案中疑有下一题"
        if _CUE_IN.search(t):
            return "答案中疑有解析或另一答案"
    return None


def _explanation_disagrees(look: Look) -> str | None:
    a = look.q.answer
    if not look.choice or not isinstance(a, tuple) or not look.q.explanation:
        return None
    chosen = chosen_in(look.q.explanation)
    if chosen and set(chosen) != set(a):
        return f"答案为{''.join(a)}，解析说是{''.join(chosen)}"
    return None


def _explanation_holds_question(look: Look) -> str | None:
    e = look.q.explanation
    if not e:
        return None
    folded = e.translate({0xFF0E: ".", 0x3000: " "})
    value = _next_number(look, folded)
    if value is not None and re.search(_BLANK + r"|[（][ 　]*[）]|\n *A[.、．]", folded):
        return f"解析中疑有第{value}题"
    if re.match(r"[、,，;；)）\]】A-H]\s*[A-H]?[、,，;；]", e):
        return "解析开头疑是答案的一部分"
    return None


def _figure_lost(look: Look) -> str | None:
    if _FIGURE.search(look.stem) and not _PICTURE.search(look.stem) and not _PICTURE.search(look.q.material or "") and not any(_PICTURE.match(t) for t in look.options):
        return "题中说到的图或表不在原文中"
    return None


def _formula_lost(look: Look) -> str | None:
    return "题中疑缺公式" if _FORMULA_GONE.search(look.stem) and not _PICTURE.search(look.stem) else None


def _garbled(look: Look) -> str | None:
    for text in (look.q.stem, *(o.text for o in look.q.options)):
        if _GARBLED.search(text):
            return "有乱码"
    return None


def _truncated(look: Look) -> str | None:
    if not look.last or not look.choice:
        return None
    usual = look.group.options
    if usual and len(look.q.options) < usual:
        return "页面在本题中间结束"
    return None


FIELDS: tuple[Check, ...] = (
    Check("option_holds_number", "reading", "选项中疑有题号", _option_holds_number),
    Check("option_holds_stem", "reading", "选项中疑有题干", _option_holds_stem),
    Check("option_holds_label", "reading", "选项中疑有另一选项", _option_holds_label),
    Check("option_holds_heading", "reading", "选项中疑有大题标题", _option_holds_heading),
    Check("long_option", "reading", "选项过长", _long_option),
    Check("odd_option", "reading", "选项中有多余内容", _odd_option),
    Check("cue_in_field", "reading", "题干或选项中疑有答案", _cue_in_field),
    Check("markup_left", "reading", "有标记残留", _markup),
    Check("stem_holds_number", "reading", "题干中疑有下一题", _stem_holds_number),
    Check("stem_holds_options", "reading", "题干中疑有选项", _stem_holds_options),
    Check("stem_holds_heading", "reading", "题干中疑有大题标题", _stem_holds_heading),
    Check("stem_holds_material", "reading", "题干中疑有共用题干", _stem_holds_material),
    Check("stem_holds_answer", "reading", "题干末尾疑有答案", _stem_holds_answer),
    Check("empty_stem", "reading", "题干为空", _empty_stem),
    Check("headless_stem", "reading", "题干不完整", _headless_stem),
    Check("long_stem", "reading", "题干过长", _long_stem),
    Check("missing_label", "reading", "缺少选项", _missing_label),
    Check("few_options", "reading", "选项过少", _few_options),
    Check("many_options", "reading", "选项过多", _many_options),
    Check("type_mismatch", "reading", "题型存疑", _type_mismatch),
    Check("no_blank", "reading", "填空题没有空", _no_blank),
    Check("blank_count", "reading", "空与答案数目不符", _blank_count),
    Check("answer_outside_options", "reading", "答案不在选项中", _answer_outside),
    Check("several_answers", "reading", "单选题有多个答案", _several_answers),
    Check("one_answer", "reading", "多选题只有一个答案", _one_answer),
    Check("doubled_answer", "reading", "答案字母重复", _doubled_answer),
    Check("answer_form", "reading", "答案形式不符", _answer_form),
    Check("explanation_holds_question", "reading", "解析中疑有下一题", _explanation_holds_question),
    Check("equal_options", "source", "选项相同", _equal_options),
    Check("lost_option", "source", "选项没有内容", _lost_option),
    Check("explanation_disagrees", "source", "答案与解析不一致", _explanation_disagrees),
    Check("figure_lost", "source", "图表缺失", _figure_lost),
    Check("formula_lost", "source", "公式缺失", _formula_lost),
    Check("garbled", "source", "有乱码", _garbled),
    Check("truncated", "source", "页面在题中结束", _truncated),
)
