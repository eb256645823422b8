"""Errors: what the user can act on becomes a message; anything else is a bug, logged and shown once."""

import logging
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

from app.domain.errors import UserError

log = logging.getLogger("duban")

BUG = "程序遇到了意外问题。已经保存的内容不受影响。请把“详细信息”复制给维护人员，然后重新打开程序。"


def start_log(folder: Path) -> Path:
    """Log to a file in a folder, rotated at 1 MB; returns the file."""
    path = folder / "duban.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return path


def log_qt_messages() -> None:
    """Send what Qt says to the log: on a terminal it would only frighten."""
    qInstallMessageHandler(_log_qt)


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    log.log(level, "Qt: %s", message)


class ErrorHook:
    """Catches what escapes from slots: a UserError is told, a bug is logged and shown, one at a time."""

    def __init__(self, tell: Callable[[UserError], None]) -> None:
        self._tell = tell
        self._is_showing = False

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self.catch

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception that nobody handled."""
        if isinstance(error, UserError):
            self._tell(error)
            return
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.error("unhandled", exc_info=(kind, error, trace))
        if self._is_showing:
            return
        self._is_showing = True
        box = QMessageBox(QMessageBox.Icon.Critical, "督办", BUG)
        box.setDetailedText("".join(traceback.format_exception(kind, error, trace)))
        box.finished.connect(self._shown)
        box.open()
        self._box = box

    def _shown(self, _result: int) -> None:
        self._is_showing = False
