"""案例/材料分析: a case or a material, then questions on it."""

from .kind import Kind

KIND = Kind(
    name="case_analysis",
    chinese="案例/材料分析",
    headings=(
        "案例分析题?",
        "案例题",
        "材料分析题?",
        "材料题",
        "病例分析题?",
        "材料解析题",
        "情景分析题",
        "案例选择题",
        "综合案例题",
        "案例分析",
        "资料题",
    ),
)
