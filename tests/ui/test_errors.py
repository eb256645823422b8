import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qDebug, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from app.ui import errors


def raised(error: BaseException) -> tuple[type[BaseException], BaseException, None]:
    return type(error), error, None


def open_boxes() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def test_that_a_user_error_is_told_and_not_treated_as_a_bug(qtbot: QtBot) -> None:
    told: list[UserError] = []
    error = UserError("磁盘已满")
    errors.ErrorHook(told.append).catch(*raised(error))
    assert told == [error]
    assert open_boxes() == []


def test_that_a_bug_is_logged_and_shown_once_in_words_with_its_details_to_copy(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[UserError] = []
    hook = errors.ErrorHook(told.append)
    with caplog.at_level(logging.ERROR, "duban"):
        hook.catch(*raised(ValueError("first")))
        hook.catch(*raised(ValueError("second")))
    (box,) = open_boxes()
    assert box.text() == errors.BUG
    assert "first" in box.detailedText()
    assert [r.exc_info[1].args[0] for r in caplog.records if r.exc_info and r.exc_info[1]] == [
        "first",
        "second",
    ]
    box.close()
    hook.catch(*raised(ValueError("third")))
    (box,) = open_boxes()
    assert "third" in box.detailedText()
    box.close()
    assert told == []


def test_that_the_hook_is_where_python_looks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    hook = errors.ErrorHook(print)
    hook.install()
    assert sys.excepthook == hook.catch


def test_that_the_log_is_written_where_it_is_said_to_be(tmp_path: Path) -> None:
    before = list(errors.log.handlers)
    for words in ("hello", "again"):
        path = errors.start_log(tmp_path / "new" / "folder")
        errors.log.info(words)
        (handler,) = [h for h in errors.log.handlers if h not in before]
        errors.log.removeHandler(handler)
        handler.close()
        assert words in path.read_text(encoding="utf-8")


def test_that_a_folder_that_cannot_be_written_only_costs_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    before = list(errors.log.handlers)
    errors.start_log(tmp_path / "file" / "log")
    errors.log.info("hello")
    (handler,) = [h for h in errors.log.handlers if h not in before]
    errors.log.removeHandler(handler)
    assert isinstance(handler, logging.NullHandler)


def test_that_what_qt_says_goes_to_the_log(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    old = qInstallMessageHandler(None)
    try:
        errors.log_qt_messages()
        with caplog.at_level(logging.INFO, "duban"):
            qWarning("careful")
            qDebug("by the way")
    finally:
        qInstallMessageHandler(old)
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (logging.WARNING, "Qt: careful"),
        (logging.INFO, "Qt: by the way"),
    ]
