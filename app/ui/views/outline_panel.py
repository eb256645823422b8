"""目录: the report's outline, each section with its tasks decided and in all."""

from bisect import bisect_left

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from app.domain.report import COMMITTING_KINDS, Section
from app.domain.spans import Span
from app.ui.session import OpenReport, Session
from app.ui.theme import Theme
from app.ui.views.panel import Panel

COUNTS = Qt.ItemDataRole.UserRole
SPAN = Qt.ItemDataRole.UserRole + 1
BAR = 36


class OutlinePanel(Panel):
    """The outline. Enter or a click shows the section (`chosen`: a source Span)."""

    chosen = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        self._tree = QTreeWidget()
        super().__init__("目录", self._tree, parent)
        self._session = session
        self._rows: list[tuple[QTreeWidgetItem, Section]] = []
        self._tree.setHeaderHidden(True)
        self._tree.setIndentation(14)
        self._tree.setRootIsDecorated(False)
        self._tree.setUniformRowHeights(True)
        self._tree.setAccessibleName("目录")
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._delegate = _CountDelegate(theme, self._tree)
        self._tree.setItemDelegate(self._delegate)
        self._tree.itemClicked.connect(self._choose)
        self._tree.itemActivated.connect(self._choose)
        session.report_opened.connect(self._show)
        session.board_loaded.connect(self.refresh)
        session.items_changed.connect(self.refresh)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._delegate.theme = theme
        self._tree.viewport().update()

    def refresh(self) -> None:
        """Count anew: per section its tasks, and those that a reviewer has confirmed."""
        items = [i for i in self._session.items if i.task.spans]
        starts = [i.start for i in items]
        done = [i.start for i in items if not i.is_open]
        for row, section in self._rows:
            total = _within(starts, section.span)
            row.setData(0, COUNTS, (_within(done, section.span), total))
            words = f"{section.title}：已确认{_within(done, section.span)}项，共{total}项"
            row.setData(0, Qt.ItemDataRole.AccessibleTextRole, words)
        decided = sum(not item.is_open for item in self._session.items)
        self.note.setText(f"{decided} / {len(self._session.items)}" if self._session.report else "")
        self._tree.viewport().update()

    def follow(self, offset: int) -> None:
        """Mark the section around a source offset."""
        here = [(s.depth, row) for row, s in self._rows if s.span.start <= offset < s.span.end]
        if here:
            row = max(here, key=lambda pair: pair[0])[1]
            self._tree.setCurrentItem(row)

    def _show(self, report: OpenReport | None) -> None:
        self._tree.clear()
        self._rows = []
        nodes: dict[int, QTreeWidgetItem] = {}
        for section in report.reading.sections if report else ():
            parent = nodes.get(section.parent)
            row = QTreeWidgetItem(parent) if parent else QTreeWidgetItem(self._tree)
            row.setText(0, section.title)
            row.setToolTip(0, section.title)
            row.setData(0, SPAN, section.span)
            if section.kind not in COMMITTING_KINDS:
                row.setForeground(0, QColor(self._delegate.theme.muted))
            nodes[section.index] = row
            self._rows.append((row, section))
        self._tree.expandAll()
        self.refresh()

    def _choose(self, row: QTreeWidgetItem) -> None:
        self.chosen.emit(row.data(0, SPAN))


class _CountDelegate(QStyledItemDelegate):
    """Draws a row's title, then its count and how far it is at the right.

    Qt draws the row without its words. To ask QStyle for that would bring in QStyle's enums, which Python makes
    in four milliseconds.
    """

    def __init__(self, theme: Theme, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self.theme = theme
        self._tree = tree

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]  # missing in the stubs

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        decided, total = index.data(COUNTS) or (0, 0)
        count = f"{decided}/{total}" if total else ""
        room = BAR + 20 + option.fontMetrics.horizontalAdvance(count) if total else 8  # type: ignore[attr-defined]  # missing in the stubs
        cell = QRect(option.rect)  # type: ignore[attr-defined]  # missing in the stubs
        super().paint(painter, option, index)
        is_current = self._tree.selectionModel().isSelected(index)
        painter.save()
        font = painter.font()
        font.setBold(is_current)
        painter.setFont(font)
        muted = index.data(Qt.ItemDataRole.ForegroundRole)
        ink = self.theme.accent if is_current else self.theme.muted if muted else self.theme.ink
        painter.setPen(QColor(ink))
        box = cell.adjusted(6, 0, -room, 0)
        title = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        if total:
            self._draw_count(painter, cell, count, decided / total)
        painter.restore()

    def _draw_count(self, painter: QPainter, cell: QRect, count: str, share: float) -> None:
        font = painter.font()
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        words = cell.adjusted(0, 0, -BAR - 14, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        bar = QRect(cell.right() - BAR - 6, cell.center().y() - 1, BAR, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.line))
        painter.drawRoundedRect(bar, 2, 2)
        if share > 0:
            painter.setBrush(QColor(self.theme.green))
            painter.drawRoundedRect(QRect(bar.x(), bar.y(), max(3, round(BAR * share)), 4), 2, 2)


def _within(starts: list[int], span: Span) -> int:
    return bisect_left(starts, span.end) - bisect_left(starts, span.start)
