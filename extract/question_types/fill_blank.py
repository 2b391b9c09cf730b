"""填空: blanks and no options; one string a blank for an answer."""

from .kind import Kind

KIND = Kind(
    name="fill_blank",
    chinese="填空",
    headings=(
        "填空题?",
        "单空题",
        "多空题",
        "补全题",
        "默写题?",
        "单行文本题",
        "填充题",
        "填一填",
        "我会填",
        "完成句子",
        "单词拼写",
        "拼写单词",
        "Fill in the Blanks?",
    ),
)
