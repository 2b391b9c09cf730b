"""编程/程序: code for an answer."""

from .kind import Kind

KIND = Kind(
    name="programming",
    chinese="编程/程序",
    headings=(
        "编程题",
        "程序设计题",
        "程序填空题",
        "程序阅读题",
        "读程序题?",
        "程序题",
        "代码题",
        "程序改错题",
        "算法设计题",
        "SQL题",
        "编写程序",
    ),
)
