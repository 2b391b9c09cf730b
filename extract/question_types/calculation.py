"""计算/应用: a worked calculation for an answer."""

from .kind import Kind

KIND = Kind(
    name="calculation",
    chinese="计算/应用",
    headings=(
        "计算题",
        "计算分析题",
        "应用题",
        "计算",
        "算一算",
        "我会算",
        "列式计算",
        "脱式计算",
        "解决问题",
        "综合计算题",
        "账务处理题",
        "业务题",
        "业务处理题",
    ),
)
