"""The keys of 看板, as one table, and what the bottom line says of them."""

from app.domain.tallies import Grouping
from app.ui.actions import ActionSpec

MENU, PAGE = "看板", "看板页"
SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("by_unit", "按牵头单位", MENU, ("1",)),
    ActionSpec("by_section", "按类别", MENU, ("2",)),
    ActionSpec("by_leader", "按分管领导", MENU, ("3",)),
    ActionSpec("plan", "年度分解和中期评估", MENU, ("4",)),
    ActionSpec("next_bar", "下一条", MENU, ("N",)),
    ActionSpec("previous_bar", "上一条", MENU, ("P",)),
    ActionSpec("save_picture", "存为图片…", MENU, ("G",), hint="存图片"),
    ActionSpec("export_book", "导出带统计图的台账…", MENU, ("X",), hint="带图台账"),
    ActionSpec("export_bulletin", "导出督查通报…", MENU, ("B",), hint="督查通报"),
    ActionSpec("export_evaluation", "导出中期评估报告…", MENU, ("M",)),
)
OUT = frozenset({"save_picture", "export_book", "export_bulletin", "export_evaluation"})
"""What the board gives out."""

GROUPINGS = {"by_unit": Grouping.UNIT, "by_section": Grouping.SECTION, "by_leader": Grouping.LEADER}
TITLES = {Grouping.UNIT: "牵头单位", Grouping.SECTION: "类别", Grouping.LEADER: "分管领导"}
KEYS = (
    ("↑ ↓", "上一条 下一条"),
    ("Enter", "看这些任务"),
    ("1 2 3", "单位 类别 领导"),
    ("Tab", "历月亮灯"),
    ("G", "存图片"),
    ("X", "带图台账"),
    ("B", "督查通报"),
)
ALL_KEYS = ("F1", "全部按键")
