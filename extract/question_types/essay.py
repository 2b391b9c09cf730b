"""论述/作文: a long answer in prose."""

from .kind import Kind

KIND = Kind(
    name="essay",
    chinese="论述/作文",
    headings=(
        "论述题",
        "论述",
        "作文题?",
        "习作",
        "写作题?",
        "书面表达",
        "大作文",
        "申论题",
        "议论题",
        "Essay Questions?",
    ),
)
