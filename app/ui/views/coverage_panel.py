"""遗漏检查: the sentences that carry a commitment and are in no task."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.suggestions import Uncovered
from app.ui.session import Session
from app.ui.theme import LIGHT
from app.ui.views.card_paint import set_property
from app.ui.views.panel import Panel


class CoveragePanel(Panel):
    """The list of gaps. Enter or a click shows one (`chosen`: the Uncovered)."""

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._list = QListWidget()
        super().__init__("遗漏检查", self._list, parent)
        self._session = session
        self._gaps: tuple[Uncovered, ...] = ()
        self._list.setAccessibleName("遗漏检查")
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        session.report_opened.connect(self.refresh)
        session.board_loaded.connect(self.refresh)
        session.items_changed.connect(self.refresh)

    def refresh(self) -> None:
        """List the gaps as they are now."""
        gaps = self._session.gaps
        self.note.setText(str(len(gaps)) if self._session.report else "")
        set_property(self.note, "role", "alert" if gaps else "muted")
        if gaps == self._gaps:
            return
        self._gaps = gaps
        self._list.clear()
        for gap in gaps:
            row = QListWidgetItem(_dot(), gap.text.strip(), self._list)
            row.setToolTip(f"{gap.reason}：{gap.text.strip()}")

    def _choose(self, row: QListWidgetItem) -> None:
        self.chosen.emit(self._gaps[self._list.row(row)])


def _dot() -> QIcon:
    """A red dot, as wide as the text is high."""
    picture = QPixmap(16, 16)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.red))
    painter.drawEllipse(5, 5, 7, 7)
    painter.end()
    return QIcon(picture)
