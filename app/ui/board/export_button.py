"""导出: what the board gives out, for the mouse; the keys stand beside."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.board.keys import OUT, SPECS


class ExportButton(QToolButton):
    """A button with a menu of the board's exports; `run` does what one is called."""

    def __init__(self, run: Callable[[str], object], is_plan: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._is_plan = is_plan
        self.setText("导出")
        self.setObjectName("board_export")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.acts = {
            spec.name: menu.addAction(f"{spec.text}\t{spec.keys[0]}", partial(run, spec.name))
            for spec in SPECS
            if spec.name in OUT
        }
        menu.aboutToShow.connect(self._fit)
        self.setMenu(menu)

    def _fit(self) -> None:
        """A report of one year has no mid-term evaluation."""
        self.acts["export_evaluation"].setVisible(self._is_plan())
