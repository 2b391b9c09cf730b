"""单选: options, and one letter for an answer."""

from .kind import Kind

KIND = Kind(
    name="single_choice",
    chinese="单选",
    headings=(
        "单项选择题?",
        "单选题?",
        "单项选择",
        "最佳选择题?",
        "A1型题",
        "A2型题",
        "A1/A2型题",
        "A1、A2型题",
        "A3/A4型题",
        "A3型题",
        "A4型题",
        "A型题",
        "单一选择题",
        "A1?型选择题",
        "A2型选择题",
    ),
)
