"""不定项: options, and one or more letters for an answer."""

from .kind import Kind

KIND = Kind(
    name="indefinite_choice",
    chinese="不定项",
    headings=(
        "不定项选择题?",
        "不定项题?",
        "不定项选择",
        "不定向选择题",
        "混合选择题?",
    ),
)
