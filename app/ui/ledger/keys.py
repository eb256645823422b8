"""The keys of the pages 台账 and 看板, as tables: name, words, keys, and what the bottom line says of them."""

from app.domain.task_moves import TaskMoveName
from app.ui.actions import ActionSpec, key_text

MENU, PAGE = "台账", "台账页"

MOVE_KEYS: dict[TaskMoveName, str] = {
    TaskMoveName.REGISTER: "1",
    TaskMoveName.DECOMPOSE: "2",
    TaskMoveName.DISPATCH: "3",
    TaskMoveName.ACCEPT: "4",
    TaskMoveName.REPORT: "5",
    TaskMoveName.REMIND: "6",
    TaskMoveName.VERIFY: "7",
    TaskMoveName.RETURN: "8",
    TaskMoveName.EXTEND: "9",
    TaskMoveName.CLOSE: "0",
    TaskMoveName.REOPEN: "-",
}
"""The digits over the table move the selected tasks on, in the order of their way."""

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("next_case", "下一项", MENU, ("N",)),
    ActionSpec("previous_case", "上一项", MENU, ("P",)),
    ActionSpec("record", "填报进展", MENU, ("F2", "E"), hint="填报进展"),
    *(ActionSpec(f"move:{name.value}", name.value, MENU, (key,)) for name, key in MOVE_KEYS.items()),
    ActionSpec("judge", "判定没有数值的目标", MENU, ("V",)),
    ActionSpec("narrow", "筛选", MENU, ("F",), hint="筛选"),
    ActionSpec("next_light", "只看下一种亮灯", MENU, ("L",), hint="亮灯"),
    ActionSpec("next_due", "只看下一个到期清单", MENU, ("D",), hint="到期"),
    ActionSpec("clear", "清除筛选", MENU, ("Esc",)),
    ActionSpec("sort", "按下一列排序", MENU, ("O",)),
    ActionSpec("search_here", "搜索台账", MENU, ("/",), hint="搜索"),
    ActionSpec("edit_rule", "亮灯规则", MENU, ("R",)),
)

_ALL = ("F1", "全部按键")
_HINTS = tuple((key_text(spec), spec.hint) for spec in SPECS if spec.hint)
TABLE = (("N P", "下一项 上一项"), *_HINTS[:1], ("1—9 0", "流转"), *_HINTS[1:], ("Ctrl+R", "导入反馈"), _ALL)
SEARCHING = (("Enter", "到台账表"), ("Esc", "清空"), _ALL)
FIELD = (("Esc", "回到台账表"), _ALL)
NOTHING = (("Alt+1", "标注页"), ("Ctrl+I", "导入报告"), _ALL)
