"""Which keys the bottom line names: those that work where the keyboard is."""

from enum import Enum, auto

from app.ui.actions import ACTIONS, key_text

Keys = tuple[tuple[str, str], ...]
"""Keys with what they do, in the order they are shown."""


class Place(Enum):
    """Where the keyboard is."""

    NOWHERE = auto()
    TEXT = auto()
    TAG = auto()
    FIELD = auto()
    SEARCH = auto()
    REMARK = auto()
    LOOKING = auto()


_ALL = ("F1", "全部按键")
_HINTS = {spec.name: (key_text(spec), spec.hint) for spec in ACTIONS if spec.hint}

KEYS: dict[Place, Keys] = {
    Place.NOWHERE: (("Ctrl+I", "导入报告"), ("Ctrl+O", "打开工作区"), _ALL),
    Place.TEXT: (
        _HINTS["accept"],
        _HINTS["dismiss"],
        ("1—6", "标注"),
        ("Tab", "逐个标注"),
        _HINTS["split"],
        _HINTS["merge"],
        _HINTS["edit_card"],
        ("N P", "下一条 上一条"),
        _ALL,
    ),
    Place.TAG: (
        ("Enter", "采纳此标注"),
        ("Delete", "忽略此标注"),
        ("Tab", "下一个"),
        ("Esc", "回到任务"),
        _ALL,
    ),
    Place.FIELD: (("Tab", "下一栏"), ("Esc", "回到原文"), ("Ctrl+Z", "撤销"), _ALL),
    Place.REMARK: (("Enter", "发送"), ("Esc", "回到原文"), _ALL),
    Place.LOOKING: (("N P", "下一条 上一条"), ("Tab", "逐个标注"), ("C", "写意见"), ("/", "搜索"), _ALL),
    Place.SEARCH: (("Enter", "下一处"), ("Shift+F3", "上一处"), ("Esc", "回到原文"), _ALL),
}
