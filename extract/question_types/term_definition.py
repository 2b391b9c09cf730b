"""名词解释: a term alone; its definition for an answer."""

from .kind import Kind

KIND = Kind(
    name="term_definition",
    chinese="名词解释",
    headings=(
        "名词解释题?",
        "名词解说题?",
        "名词题",
        "术语解释题?",
        "概念解释题?",
        "概念题",
        "解释名词",
        "名词",
    ),
)
