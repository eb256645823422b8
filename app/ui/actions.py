"""The one table of actions: name, words, keys, where they work, and in which menu they stand."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


class ActionSpec(NamedTuple):
    """One action. `keys` are QKeySequence texts, the first is shown.

    An action with `in_text` works only while the report or the table has the keyboard, so that typing into a
    field is never caught. `hint` is its short name in the bottom line, "" if it does not stand there.
    """

    name: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    in_text: bool = False
    hint: str = ""


LINE = ActionSpec("", "", "")
"""A separator; it takes the menu of the action before it."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_workspace", "新建工作区…", "文件", ("Ctrl+N",)),
    ActionSpec("open_workspace", "打开工作区…", "文件", ("Ctrl+O",)),
    LINE,
    ActionSpec("import_report", "导入报告…", "文件", ("Ctrl+I",)),
    ActionSpec("paste_report", "从剪贴板导入…", "文件", ("Ctrl+Shift+V",)),
    ActionSpec("import_experience", "导入往年分解表（经验）…", "文件"),
    ActionSpec("report_info", "报告信息…", "文件"),
    ActionSpec("remove_report", "移除报告", "文件"),
    LINE,
    ActionSpec("export_ledger", "导出任务分解表…", "文件", ("Ctrl+E",), hint="导出"),
    ActionSpec("print_report", "打印原文与标注…", "文件", ("Ctrl+P",)),
    LINE,
    ActionSpec("save_copy", "另存工作区副本…", "文件", ("Ctrl+Shift+S",)),
    ActionSpec("backup", "备份工作区…", "文件"),
    ActionSpec("restore", "从备份恢复…", "文件"),
    LINE,
    ActionSpec("quit", "退出", "文件", ("Ctrl+Q",)),
    ActionSpec("undo", "撤销", "编辑", ("Ctrl+Z",)),
    ActionSpec("redo", "重做", "编辑", ("Ctrl+Shift+Z", "Ctrl+Y")),
    LINE,
    ActionSpec("search", "搜索原文和任务", "编辑", ("Ctrl+F",)),
    ActionSpec("search_here", "搜索原文和任务", "", ("/",), in_text=True),
    ActionSpec("next_hit", "下一处", "编辑", ("F3",)),
    ActionSpec("previous_hit", "上一处", "编辑", ("Shift+F3",)),
    LINE,
    ActionSpec("unit_directory", "单位名录…", "编辑", ("Ctrl+U",)),
    ActionSpec("accept", "采纳并下一条", "标注", ("Return", "Enter"), in_text=True, hint="采纳并下一条"),
    ActionSpec("dismiss", "忽略或删除", "标注", ("Delete",), in_text=True, hint="忽略"),
    ActionSpec("accept_rest", "采纳本段其余任务", "标注", ("Ctrl+Return", "Ctrl+Enter"), in_text=True),
    ActionSpec("reopen", "取消确认", "标注", ("U",), in_text=True),
    LINE,
    # with Ctrl held the selection is taken as it is, not snapped to words
    ActionSpec("tag_task", "标为任务", "标注", ("1", "Ctrl+1"), in_text=True),
    ActionSpec("tag_target", "标为目标", "标注", ("2", "Ctrl+2"), in_text=True),
    ActionSpec("tag_owner", "标为责任单位", "标注", ("3", "Ctrl+3"), in_text=True),
    ActionSpec("tag_deadline", "标为时限", "标注", ("4", "Ctrl+4"), in_text=True),
    ActionSpec("tag_measure", "标为措施", "标注", ("5", "Ctrl+5"), in_text=True),
    ActionSpec("tag_standard", "标为标准", "标注", ("6", "Ctrl+6"), in_text=True),
    LINE,
    ActionSpec("split", "在光标处拆分任务", "标注", ("S",), in_text=True, hint="拆分"),
    ActionSpec("merge", "合并任务", "标注", ("M",), in_text=True, hint="合并"),
    ActionSpec("new_task", "新增任务（无原文）…", "标注", ("Ctrl+T",)),
    ActionSpec("edit_card", "编辑任务", "标注", ("E",), in_text=True, hint="编辑"),
    LINE,
    ActionSpec("next_open", "下一条待处理", "标注", ("N",), in_text=True),
    ActionSpec("previous_open", "上一条待处理", "标注", ("P",), in_text=True),
    ActionSpec("next_tag", "下一个标注", "标注", ("Tab",), in_text=True),
    ActionSpec("previous_tag", "上一个标注", "标注", ("Shift+Tab", "Backtab"), in_text=True),
    ActionSpec("leave_tag", "回到整条任务", "标注", ("Esc",), in_text=True),
    ActionSpec("next_gap", "下一处遗漏", "标注", ("G",), in_text=True),
    ActionSpec("submit_layer", "提交标注…", "复核", ("Ctrl+Shift+Enter", "Ctrl+Shift+Return")),
    ActionSpec("remark", "写意见", "复核", ("C",), in_text=True),
    ActionSpec("show_remarks", "意见…", "复核", ("Ctrl+Shift+C",)),
    ActionSpec("show_history", "修改记录…", "复核", ("Ctrl+H",)),
    LINE,
    ActionSpec("export_package", "导出交接包…", "复核", ("Ctrl+Shift+E",)),
    ActionSpec("merge_packages", "并入交接包…", "复核", ("Ctrl+Shift+I",)),
    ActionSpec("show_conflicts", "待处理的冲突…", "复核", ("Ctrl+Shift+D",)),
    ActionSpec("verify_records", "核对记录完整性…", "复核"),
    LINE,
    ActionSpec("switch_person", "换人…", "复核", ("Ctrl+Shift+P",)),
    ActionSpec("change_passphrase", "口令…", "复核"),
    ActionSpec("show_people", "人员…", "复核"),
    ActionSpec("export_layouts", "导出台账…", "台账", ("Ctrl+L",)),
    ActionSpec("import_feedback", "导入反馈…", "台账", ("Ctrl+R",)),
    LINE,
    ActionSpec("show_due", "到期和催办…", "台账", ("Ctrl+D",)),
    ActionSpec("export_bulletin", "导出督查通报…", "台账", ("Ctrl+B",)),
    LINE,
    ActionSpec("edit_templates", "台账模板…", "台账"),
    ActionSpec("edit_rule", "亮灯规则…", "台账"),
    ActionSpec("edit_office", "发文单位…", "台账"),
    ActionSpec("revise_report", "导入新版本…", "报告", ("Ctrl+Shift+N",)),
    ActionSpec("compare_versions", "与上一版对照…", "报告"),
    ActionSpec("settle_revision", "修订核对…", "报告", ("Ctrl+Shift+R",)),
    ActionSpec("show_slips", "疑似错字…", "报告", ("Ctrl+K",)),
    ActionSpec("show_tagging", "标注页", "视图", ("Alt+1",)),
    ActionSpec("show_review", "复核页", "视图", ("Alt+2",)),
    ActionSpec("show_ledger", "台账页", "视图", ("Alt+3",)),
    ActionSpec("show_board", "看板页", "视图", ("Alt+4",)),
    LINE,
    ActionSpec("zoom_in", "放大", "视图", ("Ctrl+=", "Ctrl++")),
    ActionSpec("zoom_out", "缩小", "视图", ("Ctrl+-",)),
    ActionSpec("zoom_reset", "实际大小", "视图", ("Ctrl+0",)),
    LINE,
    ActionSpec("focus_text", "回到原文", "视图", ("F6",)),
    ActionSpec("show_note", "光标处的注释", "视图", ("I",), in_text=True),
    ActionSpec("key_sheet", "全部按键", "帮助", ("F1",), hint="全部按键"),
    ActionSpec("guide", "入门提示", "帮助"),
    ActionSpec("about", "关于督办", "帮助"),
)

MENUS = {
    "文件": "文件(&F)",
    "编辑": "编辑(&E)",
    "标注": "标注(&T)",
    "复核": "复核(&C)",
    "报告": "报告(&R)",
    "台账": "台账(&L)",
    "视图": "视图(&V)",
    "帮助": "帮助(&H)",
}
"""The menus by the title that actions name, as they are shown: Alt and the letter opens one."""


class Actions:
    """The window's actions by name; each calls `run` with its name."""

    def __init__(self, window: QWidget, run: Callable[[str], object]) -> None:
        self._by_name: dict[str, QAction] = {}
        for spec in ACTIONS:
            if spec is LINE:
                continue
            action = QAction(spec.text, window)
            action.setObjectName(spec.name)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            if spec.in_text:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            else:
                window.addAction(action)
            action.triggered.connect(partial(_call, run, spec.name))
            self._by_name[spec.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Fill the menu bar; returns the menus by title."""
        menus = {title: bar.addMenu(shown) for title, shown in MENUS.items()}
        last = next(iter(MENUS))
        for spec in ACTIONS:
            if spec is LINE:
                menus[last].addSeparator()
            elif spec.menu:
                last = spec.menu
                menus[last].addAction(self[spec.name])
        return menus

    def work_in(self, widget: QWidget) -> None:
        """Let the text's keys work while a widget has the keyboard."""
        widget.addActions([self[spec.name] for spec in ACTIONS if spec.in_text])


def key_text(spec: ActionSpec) -> str:
    """An action's first key as people call it."""
    if not spec.keys:
        return ""
    text = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.PortableText)
    return text.replace("Return", "Enter").replace("Del", "Delete")


def _call(run: Callable[[str], object], name: str, _checked: bool = False) -> None:
    run(name)
