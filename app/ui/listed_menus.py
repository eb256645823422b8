"""The menus that list what there is: the workspaces of late, the reports of the open one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.domain import edits
from app.domain.errors import UserError
from app.ui.actions import ACTIONS, Actions
from app.ui.desk import Desk


class ListedMenus(QObject):
    """`recent` and the report menu, filled whenever they are about to show. Of `reports` what stands there stays."""

    def __init__(
        self,
        window: QWidget,
        reports: QMenu,
        actions: Actions,
        desk: Callable[[], Desk | None],
        open_path: Callable[[Path], object],
        tell: Callable[[object], None],
    ) -> None:
        super().__init__(window)
        self.recent = QMenu("最近的工作区", window)
        self._reports, self._actions, self._desk = reports, actions, desk
        self._open_path, self._tell = open_path, tell
        reports.aboutToShow.connect(self.fill_reports)

    def fill_recent(self, paths: tuple[str, ...]) -> None:
        """List these workspaces."""
        self.recent.clear()
        for path in map(Path, paths):
            action = self.recent.addAction(path.name)
            action.setToolTip(str(path))
            action.setData(str(path))
            action.triggered.connect(self._open_recent)
        self.recent.setEnabled(bool(paths))

    def fill_reports(self) -> None:
        """List the reports of the open workspace, those removed and those with a newer version as such."""
        self._reports.clear()
        desk = self._desk()
        if desk is None:
            return
        cards = desk.session.workspace.reports(include_removed=True)
        newer = {card.supersedes: card.number for card in cards if card.supersedes and not card.is_removed}
        for card in cards:
            words = f"恢复已移除的：{card.metadata.title}" if card.is_removed else card.metadata.title
            words += f"（已有新版本：第{newer[card.id]}号）" if card.id in newer else ""
            action = self._reports.addAction(f"{card.number}  {words}")
            action.setCheckable(not card.is_removed)
            action.setChecked(desk.session.report_id == card.id)
            action.setData(card.id)
            action.triggered.connect(self._restore_report if card.is_removed else self._open_report)
        self._reports.addSeparator()
        self._reports.addActions([self._actions[s.name] for s in ACTIONS if s.menu == "报告"])

    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            try:
                self._open_path(Path(action.data()))
            except UserError as error:
                self._tell(error)

    def _restore_report(self) -> None:
        action, desk = self.sender(), self._desk()
        if isinstance(action, QAction) and desk is not None:
            session = desk.session
            session.submit(edits.restore_report(session.workspace.report(str(action.data()))))

    def _open_report(self) -> None:
        action, desk = self.sender(), self._desk()
        if isinstance(action, QAction) and desk is not None:
            desk.show_report(str(action.data()))
