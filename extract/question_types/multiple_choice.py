"""多选: options, and several letters for an answer."""

from .kind import Kind

KIND = Kind(
    name="multiple_choice",
    chinese="多选",
    headings=(
        "多项选择题?",
        "多选题?",
        "多项选择",
        "多项题",
        "双项选择题?",
        "双选题?",
        "X ?型题",
        "X型选择题",
        "多重选择题",
        "多选型",
        "任选题",
    ),
)
