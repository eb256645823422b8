"""The keys of the review page, as one table: name, words, keys, and what the bottom line says of them."""

from app.ui.actions import ActionSpec, key_text

MENU, PAGE = "复核", "复核页"
"""The menu, and what F1 calls the keys of the page."""

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("next_difference", "下一处差异", MENU, ("N", "Down")),
    ActionSpec("previous_difference", "上一处差异", MENU, ("P", "Up")),
    ActionSpec("agree", "同意整项任务并下一处", MENU, ("Return", "Enter"), hint="同意整项"),
    ActionSpec("take_first", "取甲", MENU, ("A",)),
    ActionSpec("take_second", "取乙", MENU, ("B",)),
    ActionSpec("take_both", "都取", MENU, ("X",), hint="都取"),
    ActionSpec("edit", "修改", MENU, ("E",), hint="修改"),
    ActionSpec("take_neither", "都不取：此处不标", MENU, ("0",), hint="都不取"),
    ActionSpec("give_back", "退回并说明", MENU, ("R",), hint="退回"),
    ActionSpec("take_first_why", "取甲并说明理由", MENU, ("Shift+A",)),
    ActionSpec("take_second_why", "取乙并说明理由", MENU, ("Shift+B",)),
    ActionSpec("take_both_why", "都取并说明理由", MENU, ("Shift+X",)),
    ActionSpec("take_neither_why", "都不取并说明理由", MENU, ("Shift+0", ")")),
    ActionSpec("remark", "写意见", MENU, ("C",)),
    ActionSpec("search_here", "搜索原文和差异", MENU, ("/",)),
    ActionSpec("finalise", "定稿", MENU, ("Ctrl+Return", "Ctrl+Enter")),
    ActionSpec("show_layers", "标注层和状态", MENU, ("L",)),
    ActionSpec("leave", "回到差异", MENU, ("Esc",)),
)

_ARROWS = {"Down": "↓", "Up": "↑"}
_ALL = ("F1", "全部按键")
_HINTS = tuple((key_text(spec), spec.hint) for spec in SPECS if spec.hint)

REVIEWING = (("N P", "下一处 上一处"), ("A B", "取一方"), *_HINTS, ("Ctrl+Z", "撤销"), _ALL)
AGREEING = (
    ("N P", "下一项 上一项"),
    *_HINTS[:1],
    ("E", "修改"),
    ("0", "不取"),
    ("R", "退回"),
    ("Ctrl+Z", "撤销"),
    _ALL,
)
READING = (("N P", "下一处 上一处"), ("C", "写意见"), ("L", "标注层"), _ALL)
FIELD = (("Tab", "下一栏"), ("Esc", "回到差异"), ("Ctrl+Z", "撤销"), _ALL)
WRITING = (("Enter", "发送"), ("Esc", "回到差异"), _ALL)
BEGINNING = (("Space", "选中或取消"), ("Enter", "开始复核"), _ALL)
CHOOSING = (*BEGINNING[:2], ("Esc", "回到差异"), _ALL)
SEARCHING = (("Enter", "下一处"), ("Shift+F3", "上一处"), ("Esc", "回到原文"), _ALL)


def sheet() -> list[tuple[str, str]]:
    """Every key with what it does, for F1."""
    return [("、".join(_named(spec)), spec.text) for spec in SPECS]


def _named(spec: ActionSpec) -> list[str]:
    texts = [key_text(spec._replace(keys=(key,))) for key in spec.keys]
    shown = [_ARROWS.get(text, text) for text in dict.fromkeys(texts)]
    return shown[: 2 if spec.name.endswith("difference") else 1]
