"""疑似错字: likely slips of the text; a person has each shown corrected, or left as it is. The source stays."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.slips import Slip, correcting, leaving
from app.domain.spans import Span
from app.ui.dialogs.rows import Rows
from app.ui.session import Session
from app.ui.views.key_bar import KeyBar

NOTE = "更正只改显示的文字，报告原文不动；标注、导出随显示的文字。"
NONE = "没有待定的疑似错字。"
TITLES = ("原字", "疑为", "所在文字", "理由")
WIDTHS = (80, 80, 0, 220)
AROUND = 12
"""Characters shown on either side of a slip."""


class SlipsDialog(QDialog):
    """The slips nobody has decided about; stays beside the window. `go` shows a place in the text."""

    def __init__(
        self,
        session: Session,
        go: Callable[[Span], object],
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._go = session, go
        self._slips: tuple[Slip, ...] = ()
        self.setObjectName("slips")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("疑似错字")
        self.resize(760, 420)
        self.note = QLabel(NOTE, self)
        self.note.setProperty("role", "muted")
        self.note.setContentsMargins(16, 10, 16, 10)
        self.table = Rows("slip_rows", "疑似错字", TITLES, WIDTHS, self)
        self.keys = KeyBar(self)
        self.keys.show_keys(
            (
                ("Space", "更正"),
                ("Delete", "保留原字"),
                ("Enter", "到该处"),
                ("Ctrl+Z", "撤销"),
                ("Esc", "关闭"),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.keys)
        for key, act in (
            ("Space", self.correct),
            ("Delete", self.leave),
            ("Return", self.jump),
            ("Enter", self.jump),
            ("Ctrl+Z", undo),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.table.cellDoubleClicked.connect(self.jump)
        session.report_opened.connect(self.load)
        self.load()
        self.table.setFocus()

    def load(self, _report: object = None) -> None:
        """Show what is undecided now."""
        report = self._session.report
        self._slips = self._session.workspace.slips(report.card.id) if report else ()
        self.table.show_rows([self._texts(slip) for slip in self._slips])
        self.keys.show_state(f"{len(self._slips)}处" if self._slips else NONE)

    def correct(self) -> None:
        """Show what is meant in the place of the current slip."""
        slip, report = self._current, self._session.report
        if slip is not None and report is not None:
            self._write(correcting(report.card, slip.span, slip.meant), f"已更正：{slip.read} → {slip.meant}")

    def leave(self) -> None:
        """The current one is no slip."""
        slip, report = self._current, self._session.report
        if slip is not None and report is not None:
            self._write(leaving(report.card, slip), f"已保留：{slip.read}")

    def jump(self, *_cell: int) -> None:
        """Show the current slip in the text."""
        slip = self._current
        if slip is not None:
            self._go(slip.span)

    # --- inside

    @property
    def _current(self) -> Slip | None:
        row = self.table.currentRow()
        return self._slips[row] if 0 <= row < len(self._slips) else None

    def _texts(self, slip: Slip) -> tuple[str, ...]:
        return slip.read, slip.meant, self._around(slip), slip.reason

    def _around(self, slip: Slip) -> str:
        report = self._session.report
        text = report.reading.source.text if report else ""
        start, end = max(0, slip.span.start - AROUND), min(len(text), slip.span.end + AROUND)
        before, behind = text[start : slip.span.start], text[slip.span.end : end]
        return "".join(f"{before}【{slip.read}】{behind}".split())

    def _write(self, change: Change, words: str) -> None:
        if self._session.submit(change):
            self.keys.say(words)
