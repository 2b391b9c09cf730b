"""Checks of one question's own fields (单题检查): what a stem, an option, an answer may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..answers import chosen_in
from .look import Check, Look

_BLANK = r"(?:[(\[][ _]*[)\]]|_{2,})"
_NUMBER_IN = re.compile(r"(?:^|(?<=[^\d.A-Za-z/第(]))(\d{1,4}) ?[.、](?!\d)(?=[^\n]{4,})|(?<=\n)[(]?(\d{1,3})[)] ?(?=[^\n]{6,})|第 ?(\d{1,4}) ?题")  # noqa: E501
_LABEL_IN = re.compile(r"(?<![A-Za-z\d'’(-])(?:([A-H])[.、:](?! ?[A-H](?![a-z])|[.、])|[(\[]([A-H])[)\]])")
_WORD_LABEL = re.compile(r"(?:(?<=[ \n])|(?<=[\u4e00-\u9fff]))([B-H])(?= ?[\u4e00-\u9fff])")
_WORD_LABELS = re.compile(r"(?<![A-Za-z])A[^A-Za-z\n]{1,30}[ \n]+B[^A-Za-z\n]{1,30}[ \n]+C")
_HEADING_IN = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[、.]|第[一二三四五六七八九十\d]+(?:章|节|部分|单元|大题) ?|\n *)[^\n,。;?]{0,12}"
    r"(?:选择题|判断题|填空题|简答题|问答题|论述题|名词解释|计算题|案例分析题?|单选|多选|不定项)"
)
_TAIL = re.compile(r"[ \n](?:第[一二三四五六七八九十\d]+(?:章|节|套|单元|部分|卷)|\d{1,3} ?/ ?\d{1,3}$|(?:练习|模拟|测试)[一二三四五六])")
_CUE_IN = re.compile(r"(?:参考|正确|标准|本题)答案(?=[ :\]是为A-H]|$)|答案 ?[:\]]|\[?解析 ?[:\]]|\[(?:分析|详解|点评|考点|难度)|(?:查看|显示|隐藏)答案|选择一项|\[答案|(?:故|所以)选 ?[A-H]|[ \n]答 ?:|(?<=[)。?_]) ?选项 ?:?$|(?:选项|问题) ?:$|答案(?=判断题|选择题|填空题|简答题)")  # noqa: E501
_MARKUP = re.compile(
    r"(?<=[^>\s])</?[a-zA-Z][a-zA-Z0-9]*/?>$|^<[a-zA-Z][a-zA-Z0-9]*(?: [^<>\n]{0,80})?>(?=[^<\s])|&(?:nbsp|lt|gt|amp|quot|#\d{2,5});|< ?/?(?:input|div|span|td|tr|img|font|li)\b[^>]|^[□○◯☐] |\*\*(?=\S)|^[◆■★▲●]|[◆■★▲●]$"  # noqa: E501
)
_PINYIN = re.compile("[\u4e00-\u9fff]\\([a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,4}\\)")
_SCORE_IN = re.compile(r"[(\[] ?(?:本题|分值|分数|满分|共)?[ :]*\d+(?:\.\d+)? ?分? ?[)\]]")
_FOLIO = re.compile(r"第 ?\d+ ?页|共 ?\d+ ?页")
_VANISHED = re.compile(r"(?:为|是|于|和|与|即|称|叫|有|属于|包括|在)(?:[、,。;]|年[,。]|$)")
_SENTENCE = re.compile(r"[。?!;](?=.{4,})", re.S)
_GARBLED = re.compile("[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫|[\u00c0-\u00ff]{4,}|[?]{4,}")
_HEADLESS = re.compile(r"[lIiOoS8] ?[.、](?!\d)|答 ?:|[,。、;:)\]?!.·%](?!\d)|(?:的|了|着|们|而|且)[^\u4e00-\u9fff ]")
_FIGURE = re.compile(r"(?:如|见|据|由|按|看|观察|根据|下|右|左|上)(?:下|右|左|上)?(?:面)?(?:图|表)(?!书|案|腾|表|示法|灵|像|形|片|标|画|纸|层)|图中|表中|图示|(?:图|表) ?\d+(?:[-.]\d+)? ?(?:所示|中)")  # noqa: E501
_PICTURE = re.compile(r"\[(?:图|表|公式)")
_FORMULA_GONE = re.compile(r"(?:已知|设|若|函数|方程|集合|不等式|求|公式为|等于) *[,，。;；]|(?:则|且|与) *(?:[,，]|$)|= *(?:[,，。;；]|$)")
_LETTER_AT_END = re.compile(r"(?:[\u4e00-\u9fff?。:)\]] ?[A-H]{1,5}|[*√×]|[\u4e00-\u9fff][TF]|[?。)\]] ?(?:对|错|正确|错误|TF)|对 ?错|P ?\d{1,4}|\d{1,3}-\d{1,3})[ 。.]*$")  # noqa: E501
_FILLED = re.compile(r"\(([^()\d\n]{1,16}|\d{1,6})\)")
_ASKS = re.compile(r"[?]|什么|如何|怎样|为什么|哪|何|简述|试述|论述|说明|分析|解释|谈|比较|列举|写|求|计算|证明|概括|翻译|请|指出|描述|阐述|举例|设计|评|画|改|答|编|完成|处理|阅读|[A-Z][a-z]+ (?:into|the|a|your|in|about)\b")  # noqa: E501
_SHARED = re.compile(r"\d ?[-~至、到] ?\d{1,3} ?(?:小?题)|共用(?:题干|备选|材料|选项)|共享答案")


def _sequences(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for m in _NUMBER_IN.finditer(text):
        yield int(m[1] or m[2] or m[3]), m


def _next_number(look: Look, text: str) -> int | None:
    """A number inside a text that continues the run of questions, if there is one."""
    number = look.q.number if look.q.number is not None else look.build.draft.number
    for value, _ in _sequences(text):
        if number is not None and 0 < value - number <= 3 and not (look.after and look.after.number is not None and look.after.number <= value):  # noqa: E501
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
        marks = list(_LABEL_IN.finditer(text))
        if len(marks) >= 3 and [m[1] or m[2] for m in marks][:3] in (["A", "B", "C"], ["B", "C", "D"]):
            return f"选项{o.label}中疑有一组选项"
        for m in marks:
            inner = m[1] or m[2]
            if (inner not in labels or m.start() > 1) and 0 < ord(inner) - ord(o.label) <= 3 and not (m[1] and text[m.end() : m.end() + 2].strip()[:1].isascii() and inner in labels):  # noqa: E501
                return f"选项{o.label}中疑有选项{inner}"
        m2 = _WORD_LABEL.search(text)
        if m2 and m2[1] not in labels and m2[1] > o.label and len(look.q.options) < 4:
            return f"选项{o.label}中疑有选项{m2[1]}"
    return None


def _option_holds_heading(look: Look) -> str | None:
    for o, text in zip(look.q.options, look.options, strict=True):
        m = _HEADING_IN.search(text)
        if (m and m.start()) or _TAIL.search(text):
            return f"选项{o.label}中疑有大题标题或页码"
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
        if re.search(r".[*√] *$|^[*√]", text):
            return f"选项{o.label}中有多余的标记"
    broken = [o.label for o, t in zip(look.q.options, look.options, strict=True) if "\n" in t]
    serial = [o.label for o, t in zip(look.q.options, look.options, strict=True) if re.match(r"\d{1,3}、[\u4e00-\u9fff]", t)]
    if len(serial) == 1:
        return f"选项{serial[0]}开头有多余的编号"
    if len(broken) == 1 and len(look.options) > 1 and broken[0] == look.q.options[-1].label:
        return f"只有选项{broken[0]}中有换行"
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
        if _PINYIN.search(text) and "音" not in look.stem:
            return "疑有插入的拼音"
    return None


def _note_in_stem(look: Look) -> str | None:
    m = _SCORE_IN.match(look.stem)
    if m and "分" in m[0]:
        return "题干开头疑有分值"
    if _FOLIO.search(look.stem):
        return "题干中疑有页码"
    return None


def _stem_holds_number(look: Look) -> str | None:
    if look.q.type in ("case_analysis", "programming", "essay", "short_answer", "calculation") and "\n" not in look.stem:
        return None
    value = _next_number(look, look.stem[2:])
    if value is not None:
        return f"题干中疑有第{value}题"
    if look.q.number is None and re.match(r"[^。?\n]{0,12}?(?<![\d.])\d{1,3} ?[.、](?!\d)", look.stem):
        return "题干开头疑有题号"
    if look.q.type == "true_false" and re.search(r"[。?] ?[(][ _]*[)] ?[^。?\n]{4,}[。?]", look.stem):
        return "题干中疑有另一道判断题"
    anew = re.search(r"(?:\n|(?<=[\u4e00-\u9fff]))1 ?[.、] ?(?=[\u4e00-\u9fff《“\"])", look.stem)
    return "题干中疑有另一题的题号" if anew and look.choice and not re.search(r"2 ?[.、]", look.stem[anew.end() :]) else None


def _stem_holds_options(look: Look) -> str | None:
    found = [m[1] or m[2] for m in _LABEL_IN.finditer(look.stem)]
    if look.q.options or look.q.type == "programming":
        return None
    if any(b in found[k + 1 : k + 2] for k, b in ((k, chr(ord(a) + 1)) for k, a in enumerate(found))) or _WORD_LABELS.search(look.stem):
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
    if look.choice and re.search(r"(?<![A-Za-z])O(?![A-Za-z])", look.stem) and not re.search(_BLANK, look.stem):
        return "题干中的O疑是空"
    if look.q.options and (re.search(r"_{2,} ?[A-H] ?_{2,}|[)\]] ?(?:P ?\d{1,4}|\d{1,3}-\d{1,3})$|\n[*√]$", look.stem)):
        return "题干末尾疑有多余的标记"
    return None


def _empty_stem(look: Look) -> str | None:
    if len(look.stem.strip(" .。、,:()_")) < 2:
        return "题干缺失"
    return None


def _headless_stem(look: Look) -> str | None:
    return "题干疑缺开头" if look.stem and _HEADLESS.match(look.stem) else None


def _long_stem(look: Look) -> str | None:
    if (look.choice or look.q.type in ("true_false", "fill_blank", "term_definition")) and len(look.stem) > 240 and len(look.stem) > 6 * look.group.stem:  # noqa: E501
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
    if n in (2, 3) and look.q.type != "true_false" and sum(bool(re.search(r"\S(?:\n| {2,})\S", t)) for t in look.options) == 1:
        return f"只有{n}个选项，其中一个中间空开"
    usual = look.group.options
    if usual and 1 < n < usual and look.q.type != "true_false" and _swollen(look):
        return f"有{n}个选项，同类题一般有{usual}个"
    return None


def _swollen(look: Look) -> bool:
    """Whether an option is much longer than the others or holds a gap, as where two were read as one."""
    lengths = sorted(len(t) for t in look.options)
    return (len(lengths) > 1 and lengths[-1] > 1.7 * max(lengths[-2], 3)) or any(re.search(r"\S(?:\n| {2,})\S", t) for t in look.options)


def _option_count(look: Look) -> str | None:
    n, usual = len(look.q.options), look.group.options
    if usual and n > 1 and n != usual and look.q.type != "true_false" and not look.last and not _many_options(look) and not _few_options(look):  # noqa: E501
        return f"有{n}个选项，同类题一般有{usual}个"
    return None


def _many_options(look: Look) -> str | None:
    n, usual = len(look.q.options), look.group.options
    if (usual and n > usual + 2 and look.group.size >= 8) or (n > 8 and look.q.type != "matching"):
        return f"有{n}个选项，同类题一般有{usual}个" if usual else f"有{n}个选项"
    return None


def _type_mismatch(look: Look) -> str | None:
    q = look.q
    if look.choice and not q.options and not _PICTURE.search(look.stem) and q.type != "matching":
        return "大题为选择题，却没有选项"
    if q.options and q.type in ("fill_blank", "short_answer", "essay", "term_definition", "calculation"):
        return "有选项，却不是选择题"
    if q.type == "true_false" and len(q.options) > 2:
        return "判断题有多于两个选项"
    return None


def _no_blank(look: Look) -> str | None:
    if look.q.type == "fill_blank" and not re.search(_BLANK + r"|[ \u3000]{3,}", look.stem) and not look.q.options and not _VANISHED.search(look.stem):  # noqa: E501
        return "填空题没有空"
    return None


def _blank_lost(look: Look) -> str | None:
    if look.q.type == "fill_blank" and not re.search(_BLANK + r"|[ \u3000]{3,}", look.stem) and _VANISHED.search(look.stem):
        return "原文中的空疑已丢失"
    return None


def _no_question(look: Look) -> str | None:
    """Numbered text that asks nothing: an instruction, a rule, a list."""
    q = look.q
    if q.type not in ("short_answer", "other", "fill_blank") or q.options or q.answer is not None:
        return None
    if look.last or (look.section and look.section.type):
        return None
    asked = _ASKS.search(look.stem) or re.search(_BLANK, look.stem)
    return None if asked else "没有提问的内容"


def _sub_questions(look: Look) -> str | None:
    """Numbered parts (1) (2) without options that stand as questions of their own."""
    if look.build.draft.action != "sub" or look.q.options or (look.before is not None and look.before.options):
        return None
    return "小问没有选项，疑属于上一题"


def _blank_count(look: Look) -> str | None:
    a = look.q.answer
    if look.q.type != "fill_blank" or not isinstance(a, tuple) or not a:
        return None
    shown = len(re.findall(_BLANK, look.stem))
    if shown and shown != len(a):
        return f"题干有{shown}个空，答案有{len(a)}个"
    return None


def _outside(look: Look) -> str | None:
    a = look.q.answer
    if not look.choice or not look.q.options or not isinstance(a, tuple):
        return None
    outside = [x for x in a if x not in {o.label for o in look.q.options}]
    return f"答案{'、'.join(outside)}不在选项中" if outside else None


def _whole(look: Look) -> bool:
    """Whether the options are a whole set: A, B, C ..., as many as the siblings have, none swollen."""
    labels = [o.label for o in look.q.options]
    return sorted(labels) == [chr(65 + k) for k in range(len(labels))] and len(labels) >= (look.group.options or 2) and not _swollen(look)


def _answer_outside(look: Look) -> str | None:
    return None if _whole(look) else _outside(look)


def _answer_outside_page(look: Look) -> str | None:
    return _outside(look) if _whole(look) else None


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
    if re.match(r"[、,，;；)）\]】]", e):
        return "解析开头疑是答案的一部分"
    return None


def _figure_lost(look: Look) -> str | None:
    if _FIGURE.search(look.stem) and not _PICTURE.search(look.stem) and not _PICTURE.search(look.q.material or "") and not any(_PICTURE.match(t) for t in look.options):  # noqa: E501
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
    Check("note_in_stem", "reading", "题干中疑有分值或页码", _note_in_stem),
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
    Check("no_question", "reading", "疑不是题目", _no_question),
    Check("sub_questions", "reading", "疑是上一题的小问", _sub_questions),
    Check("no_blank", "reading", "填空题没有空", _no_blank),
    Check("blank_count", "reading", "空与答案数目不符", _blank_count),
    Check("answer_outside_options", "reading", "答案不在选项中", _answer_outside),
    Check("several_answers", "reading", "单选题有多个答案", _several_answers),
    Check("one_answer", "reading", "多选题只有一个答案", _one_answer),
    Check("doubled_answer", "reading", "答案字母重复", _doubled_answer),
    Check("answer_form", "reading", "答案形式不符", _answer_form),
    Check("explanation_holds_question", "reading", "解析中疑有下一题", _explanation_holds_question),
    Check("answer_outside_options", "source", "答案不在选项中", _answer_outside_page),
    Check("option_count", "source", "选项数目与同类题不同", _option_count),
    Check("blank_lost", "source", "空已丢失", _blank_lost),
    Check("equal_options", "source", "选项相同", _equal_options),
    Check("lost_option", "source", "选项没有内容", _lost_option),
    Check("explanation_disagrees", "source", "答案与解析不一致", _explanation_disagrees),
    Check("figure_lost", "source", "图表缺失", _figure_lost),
    Check("formula_lost", "source", "公式缺失", _formula_lost),
    Check("garbled", "source", "有乱码", _garbled),
    Check("truncated", "source", "页面在题中结束", _truncated),
)
