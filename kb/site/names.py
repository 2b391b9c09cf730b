"""What people read instead of codes (中文名称): tables, columns, repair rules, doubts, reasons."""

from __future__ import annotations

from extract.checks import CHECKS

# What a flag is called; the checks name their own, duplicates add what only several copies can show.
FLAGS: dict[str, str] = {
    **{check.code: check.name for check in CHECKS},
}

ABOUT = {"source": "原文如此", "reading": "识别存疑"}

RELATIONS = {"canonical": "主本", "exact": "完全相同", "shuffled": "选项次序不同", "near": "个别字不同", "truncated": "选项不全"}

# What a span of the text, or a field of a question, is.
ROLES = {
    "title": "标题", "heading": "大题标题", "instruction": "说明", "number": "题号", "stem": "题干", "option": "选项", "options": "选项",
    "answer": "答案", "explanation": "解析", "commentary": "点评", "material": "材料", "key": "答案部分", "body": "正文",
    "chrome": "页面杂质", "note": "附注", "unclaimed": "未归入", "text": "原文", "label": "选项号", "section": "大题", "type": "题型",
    "score": "分值", "main": "正文", "related": "附带",
}

KINDS = {"exam": "试卷", "other": "非试卷"}

FORMATS = {
    "html": "网页", "text": "文本", "pdf": "PDF", "docx": "Word", "doc": "Word", "markdown": "Markdown", "csv": "表格", "mhtml": "网页",
}

# Why something is no question. Signs of chrome, and what the reader says about spans that it left out.
REASONS = {
    "navigation": "网站导航", "footer": "网页页脚", "related documents": "相关文档", "page folio": "页码", "page caption": "页码说明",
    "running head": "页眉", "disclaimer": "网站声明", "byline": "发布信息", "file information": "文件信息", "preview limit": "预览提示",
    "origin": "出处", "watermark": "水印", "share sentence": "分享语", "advertisement": "广告", "forum": "论坛按钮",
    "editorial": "编辑按语", "no question in this document": "没有题目的文档", "numbered, but no question": "有序号，但不是题目",
    "before the first heading or question": "第一题之前的文字", "answer key": "答案部分", "no rule claimed this text": "未归入任何题目",
    "blank": "空白", "mine": "我的答案、得分等作答记录",
}

FAMILIES = {
    "lines": "断行与粘连", "labels": "编号续接", "label": "题号与选项号", "spacing": "多余空格", "debris": "不可见字符与残片",
    "ocr": "识别错字", "pinyin": "夹注拼音", "rewriting": "伪原创改字", "traditional": "繁体镜像", "copies": "与别处副本不同",
    "human": "人工修改", "bracket": "括号", "punctuation": "标点", "doubled": "重复内容", "english": "英语词形", "entity": "网页实体符",
    "grid": "插入的序号", "insert": "插入的水印、页码", "figure": "数字中的字母", "lost": "丢字", "mojibake": "乱码",
    "passage": "与同一篇文字不同", "typing": "输入法错字", "fieldcode": "Word 域代码",
}

RULES = {
    "join-wrapped-line": "接合断开的行", "split-glued-question": "拆开粘连的题", "split-glued-option": "拆开粘连的选项",
    "count-on-after-restart": "题号重起后续接", "relabel-option": "选项号重起后续接", "draw-answered-blank": "答案处补出空",
    "space-gap": "词中空格",
    "space-acronym": "缩写中的空格", "space-quote": "引号内空格", "space-comma": "逗号后空格", "space-year": "年份中的空格",
    "space-figure": "数字与单位间空格", "label-stop": "选项号后标点", "label-option": "认错的选项号", "label-case": "选项号大小写",
    "label-lost": "缺失的选项号", "label-number": "认错的题号", "number-stop": "题号后标点", "ocr-hyphen": "“一”认成横线",
    "bracket-zero": "括号认成 0", "bracket-zeros": "括号认成 0", "bracket-half": "缺一半的括号", "bracket-tail": "题末多余括号",
    "bracket-mixed": "全角半角括号混用", "bracket-key": "答案标记的括号", "bracket-opening": "丢失的左括号", "mark-ticks": "判断记号",
    "mark-stroke": "误认的顿号", "mark-dash": "数字间的连接号", "mark-twice": "重复的标点", "mark-extra": "多余的逗号",
    "mark-enumeration": "丢失的顿号", "bracket-corner": "缺一半的方头括号",
    "debris-radical": "部首字符", "debris-invisible": "不可见字符", "debris-control": "控制字符", "debris-compatible": "兼容字符",
    "debris-ligature": "连字", "doubled-heading": "重复的大题标题", "doubled-page": "重复的一页", "english-short": "英语缩略形式",
    "english-ask": "英语问句词形", "english-may": "英语 May 句", "english-start": "英语句首", "entity": "网页实体符",
    "grid-serial": "插入的序号", "insert-watermark": "插入的水印", "insert-folio": "插入的页码", "insert-dot": "插入的圆点",
    "insert-page": "插入的页号",
    "insert-of-pages": "插入的页号与总页数",
    "figure-letter": "数字认成字母", "figure-inside": "数字中的字母", "lost-filtered": "被过滤的字", "lost-twice": "丢失的字",
    "mojibake-utf8-latin": "乱码", "mojibake-gbk-latin": "乱码", "mojibake-utf8-gbk": "乱码", "mojibake-shift": "错位乱码",
    "ocr-confusion": "形近错字", "ocr-enter": "形近错字", "ocr-person": "形近错字", "passage": "与同一篇文字不同",
    "pinyin-note": "夹注拼音", "rewriting-particle": "伪原创助词", "rewriting-table": "伪原创改字", "traditional-mirror": "繁体转回简体",
    "typing-slip": "同音错字", "typing-wubi": "五笔错字", "fieldcode-page": "页码域代码", "fieldcode-pages": "页码域代码",
    "fieldcode-link": "链接域代码", "fieldcode-contents": "目录域代码", "fieldcode-embed": "嵌入对象代码",
    "blank-inside": "题中的空括号", "blank-tail": "题末的空括号", "doubled-number": "重复的题号", "doubled-unit": "重复的单位",
    "entity-tag": "网页标记", "insert-code": "插入的乱码", "insert-mark-for-blank": "空格印成的问号", "label-angle": "选项号后的尖括号",
    "label-bare": "选项号后标点", "label-line": "缺失的选项号", "label-stray": "选项号前的杂点", "mask-name": "人名中的间隔号",
    "mask-syllable": "以拼音代替的字", "mask-unit": "单位中的间隔号", "mojibake-half-stop": "乱码", "number-figure": "认错的题号",
    "number-nth": "认错的题号", "number-round": "题号的括号", "ocr-alike": "形近错字", "ocr-alike-doubt": "疑似形近错字",
    "phrase-answer": "认错的“答案”", "phrase-comma": "大题说明中的逗号", "phrase-degree": "认成 ℃ 的答案",
    "phrase-heading": "大题序号后标点", "insert-noise": "论坛干扰码",
    "phrase-pair": "成对的判断记号", "phrase-tick": "认成字母的判断记号", "phrase-type": "大题标题中的错字", "ring-among": "圈码",
    "ring-boxed": "多余的圈码", "ring-lost": "丢失的圈码", "stop-line": "成了句号的点",
    "copy_differs": "与别处副本不同", "human": "人工修改",
}

# Why a rule of the reading itself (extract.lines) did what it did; its own words are for those who read the code.
TABLES = {
    "questions": "题目", "documents": "试卷", "sections": "大题", "sources": "来源", "source_names": "来源名称", "options": "选项",
    "repairs": "修复", "flags": "存疑", "blocks": "原文去向", "question_repairs": "题目与修复", "duplicate_groups": "重复题组",
    "duplicate_members": "重复题", "duplicate_offers": "可借用的内容", "duplicate_conflicts": "答案不一致",
}

COLUMNS = {
    "id": "编号", "name": "名称", "sha256": "文件指纹", "format": "格式", "encoding": "编码", "url": "网址", "text": "文字",
    "imported_at": "导入时间", "content": "内容指纹", "root": "文件夹指纹", "source_id": "来源", "document_id": "试卷",
    "section_id": "大题", "question_id": "题目", "repair_id": "修复", "parent_id": "上级大题", "position": "次序", "title": "标题",
    "role": "角色", "kind": "类别", "announced": "说明过题型", "count": "题数", "score_each": "每题分值", "score_total": "总分",
    "instruction": "说明", "number": "题号", "printed_number": "印出的题号", "type": "题型", "material": "材料", "stem": "题干",
    "options_text": "选项文字", "answer": "答案", "explanation": "解析", "commentary": "点评", "score": "分值", "difficulty": "难度",
    "knowledge": "知识点", "start": "起点", "end": "终点", "parts": "各项位置", "has_answer": "有无答案", "has_repairs": "有无修复",
    "flag_codes": "存疑", "label": "选项号", "printed_label": "印出的选项号", "is_answer": "是答案", "rule": "规则", "family": "规则类",
    "field": "项目", "before": "原字", "after": "改为", "evidence": "依据", "confidence": "把握", "applied": "已应用", "code": "存疑类别",
    "about": "关于", "message": "说明", "reason": "原因", "group_id": "题组", "canonical_question_id": "主本", "size": "副本数",
    "relation": "关系", "similarity": "相似度", "label_map": "选项对应", "value": "内容", "from_question_id": "借自", "copies": "副本数",
    "other_question_id": "另一题", "other_answer": "另一答案", "Link": "链接",
}

YES_NO = {
    "has_answer": ("无答案", "有答案"), "has_repairs": ("无修复", "有修复"), "applied": ("建议", "已应用"), "is_answer": ("否", "是"),
    "announced": ("否", "是"),
}

# The comparisons that the filter of a table offers, as Datasette names them.
LOOKUPS = {
    "exact": "等于", "not": "不等于", "contains": "含有", "notcontains": "不含", "startswith": "开头是", "endswith": "结尾是",
    "gt": "大于", "gte": "不小于", "lt": "小于", "lte": "不大于", "isblank__1": "为空", "notblank__1": "不为空",
}
