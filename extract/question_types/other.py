"""其他: what fits nothing else."""

from .kind import Kind

KIND = Kind(
    name="other",
    chinese="其他",
    headings=(
        "其他题型?",
        "其它题型?",
        "操作题",
    ),
)
