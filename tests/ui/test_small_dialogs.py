"""Asking for a task without a source, for a unit's fields, and showing how far long work is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QProgressDialog,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.domain.errors import UserError
from app.ui.dialogs.new_task_dialog import NewTaskDialog
from app.ui.dialogs.progress_dialog import show_progress, show_share
from app.ui.dialogs.unit_form import NAMES, NEW, UnitForm
from app.ui.tasks import Job, Progress

pytestmark = pytest.mark.usefixtures("qapp")


def button(dialog: QWidget, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


def click(dialog: QWidget, words: str) -> None:
    QTest.mouseClick(button(dialog, words), Qt.MouseButton.LeftButton)


def test_that_a_task_needs_a_title_and_is_handed_on_without_space_around_it(qtbot: QtBot) -> None:
    given: list[tuple[str, str]] = []
    dialog = NewTaskDialog(lambda title, source: given.append((title, source)))
    qtbot.addWidget(dialog)
    dialog.show()
    for title, is_enough in (("", False), ("  ", False), (" 建设运河步道 ", True)):
        dialog.task_title.setText(title)
        assert dialog.add.isEnabled() is is_enough
    dialog.source.setText(" 区政府常务会议 ")
    click(dialog, "新增")
    assert given == [("建设运河步道", "区政府常务会议")]
    assert not dialog.isVisible()


def test_that_a_task_cancelled_is_not_handed_on(qtbot: QtBot) -> None:
    given: list[str] = []
    dialog = NewTaskDialog(lambda title, _source: given.append(title))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.task_title.setText("建设运河步道")
    click(dialog, "取消")
    assert given == []
    assert not dialog.isVisible()


def unit_form(qtbot: QtBot, then: Callable[[dict[str, object]], object], *names: str) -> UnitForm:
    form = UnitForm("新增单位", dict.fromkeys(names, ""), then, note="说明")
    qtbot.addWidget(form)
    form.show()
    return form


def test_that_a_unit_s_short_name_is_its_name_unless_given(qtbot: QtBot) -> None:
    given: list[dict[str, object]] = []
    form = unit_form(qtbot, given.append, *NAMES)
    assert [label.text() for label in form.findChildren(QLabel) if label.isVisible()][-1] == "说明"
    for name, text in (("name", "云港区水务局"), ("short_name", " ")):
        field = form.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)
    click(form, "确定")
    assert given == [{"name": "云港区水务局", "short_name": "云港区水务局"}]
    form.show()
    short = form.fields["short_name"]
    assert isinstance(short, QLineEdit)
    assert short.placeholderText() == "与名称相同可不填"
    short.setText("区水务局")
    click(form, "确定")
    assert given[-1] == {"name": "云港区水务局", "short_name": "区水务局"}


def test_that_a_form_that_is_refused_stays_open_and_says_why(qtbot: QtBot) -> None:
    def refuse(_fields: dict[str, object]) -> None:
        raise UserError("已经有这个单位。")

    form = unit_form(qtbot, refuse, *NEW)
    assert not form.problem.isVisible()
    code, name = form.fields["code"], form.fields["name"]
    assert isinstance(code, QComboBox)
    assert isinstance(name, QLineEdit)
    name.setText("云港区水务局")
    code.setCurrentText("自定")
    assert form.text("code") == "自定"
    assert code.isEditable()
    click(form, "确定")
    assert form.isVisible()
    assert form.problem.isVisible()
    click(form, "取消")
    assert not form.isVisible()


def work(progress: Progress) -> str:
    progress("正在读取", 0.25)
    return "好"


def test_that_progress_shows_what_is_done_and_how_far_it_is_and_goes_at_the_end(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    job = Job(work, QObject(window))
    dialog = show_progress(job, "导入报告", window)
    job.progressed.emit("正在读取", 0.25)
    assert isinstance(dialog, QProgressDialog)
    assert (dialog.labelText(), dialog.value(), dialog.maximum()) == ("正在读取", 250, 1000)
    assert [bar.isTextVisible() for bar in dialog.findChildren(QProgressBar)] == [False]
    job.run()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_that_cancelling_stops_the_work(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    job = Job(work, QObject(window))
    dialog = show_progress(job, "导入报告", window)
    dialog.canceled.emit()
    with qtbot.waitSignal(job.cancelled):
        job.run()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_that_what_was_cancelled_does_not_come_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = show_progress(Job(work, QObject(window)), "导入报告", window)
    dialog.show()
    dialog.cancel()
    before = (dialog.labelText(), dialog.value())
    show_share(dialog, "正在保存", 0.75)
    assert not dialog.isVisible()
    assert (dialog.labelText(), dialog.value()) == before
