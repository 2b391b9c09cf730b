"""判断: a statement, and a mark for an answer."""

from .kind import Kind

KIND = Kind(
    name="true_false",
    chinese="判断",
    headings=(
        "是非判断题",
        "判断说理题",
        "判断正误题?",
        "判断对错题?",
        "判对错",
        "判断改错题",
        "判断题?",
        "判断是非题?",
        "正误题",
        "判一判",
        "辨一辨",
        "我会判",
        "小法官",
        "明辨是非",
        "是非题",
        "正误判断题?",
        "对错题",
        "True/False",
        "True or False",
        "判断",
    ),
)
