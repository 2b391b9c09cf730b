"""配伍/连线: options that serve several stems."""

from .kind import Kind

KIND = Kind(
    name="matching",
    chinese="配伍/连线",
    headings=(
        "配伍选择题",
        "配伍题",
        "连线题",
        "匹配题",
        "B1 ?型题",
        "B ?型题",
        "B1?型选择题",
        "C型题",
        "搭配题",
        "配对题",
        "Matching",
    ),
)
