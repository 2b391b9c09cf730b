"""单选: options, and one letter for an answer."""

from .kind import Kind

KIND = Kind(
    name="single_choice",
    chinese="单选",
    headings=(
        "单项选择题?",
        "单选题?",
        "单项选择",
        "单项填空题?",
        "单项题",
        "单项选填",
        "选择填空题?",
        "最佳选择题?",
        "A1 ?型题",
        "A2 ?型题",
        "A1/A2 ?型题",
        "A1、A2 ?型题",
        "A3/A4 ?型题",
        "A3 ?型题",
        "A4 ?型题",
        "A ?型题",
        "单一选择题",
        "A1?型选择题",
        "A2型选择题",
    ),
)
