"""What people say to each other about one task: threads with replies, and a line to write."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.comments import Comment
from app.ui.views.card_paint import set_property

MOST = 132
"""The height beyond which the threads scroll, in pixels."""
WRITE, REPLY = "写意见，Enter 发送", "回复{}，Enter 发送，Esc 取消"


class CommentsView(QWidget):
    """The comments of one task, oldest first, replies below what they answer.

    `said` carries (words, the id of the remark that is answered or ""), `settled` (the id of a thread's first remark,
    whether it is resolved now). Nothing is written here: the host does, and shows the comments anew.
    """

    said = Signal(str, str)
    settled = Signal(str, bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comments: tuple[Comment, ...] = ()
        self._refusal = ""
        self._answered = ""
        self.box = QFrame(self)
        self.box.setProperty("role", "remarks")
        self._rows = QGridLayout(self.box)
        self._rows.setContentsMargins(10, 6, 6, 6)
        self._rows.setHorizontalSpacing(10)
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(1, 1)
        self._scroll = _Scroll(self.box, self)
        self.line = _Line(self)
        self.line.setAcceptDrops(False)  # a file let fall here is for the window
        self.line.returnPressed.connect(self._say)
        self.line.left.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._scroll)
        column.addWidget(self.line)
        self._scroll.hide()
        self._answer("")

    def show_comments(self, comments: Sequence[Comment], refusal: str = "") -> None:
        """Show these; `refusal` says why none can be written now."""
        is_same = (tuple(comments), refusal) == (self._comments, self._refusal)
        self._comments, self._refusal = tuple(comments), refusal
        self.line.setEnabled(not refusal)
        self._answer("")
        if is_same:
            return
        for child in self.box.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._rows.removeWidget(child)
            child.hide()
            child.deleteLater()
        for number, (comment, depth) in enumerate(_threaded(self._comments)):
            self._add(number, comment, depth)
        self._scroll.setVisible(bool(self._comments))
        self._scroll.updateGeometry()

    def begin(self) -> None:
        """Go into the line."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def answer(self, comment_id: str) -> None:
        """Go into the line to answer a remark."""
        self._answer(comment_id)
        self.begin()

    # --- inside

    def _add(self, row: int, comment: Comment, depth: int) -> None:
        first = next((c for c in self._comments if c.id == comment.parent_id), comment)
        is_over = first.is_resolved
        who = QLabel(comment.who, self.box)
        who.setProperty("role", "muted" if is_over else "title")
        who.setContentsMargins(14 * depth, 3, 0, 0)
        words = QLabel(comment.text, self.box)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setContentsMargins(0, 3, 0, 0)
        words.setProperty("role", "muted" if is_over else "")
        words.setToolTip(f"{comment.who} · {comment.at.astimezone():%Y-%m-%d %H:%M}")
        widgets: list[QWidget] = [who, words]
        if depth == 0:
            widgets.append(self._button("回复", comment.id, self._ask_answer))
            widgets.append(self._button("重新提出" if is_over else "解决", comment.id, self._settle))
        for column, widget in enumerate(widgets):
            self._rows.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
            widget.show()  # a layout does so only when the event loop turns, and counts nothing before

    def _button(self, words: str, comment_id: str, act: object) -> QToolButton:
        button = QToolButton(self.box)
        button.setText(words)
        button.setProperty("comment", comment_id)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setEnabled(not self._refusal)
        button.setToolTip(self._refusal)
        button.clicked.connect(act)
        return button

    def _ask_answer(self) -> None:
        self.answer(str(self.sender().property("comment")))

    def _settle(self) -> None:
        comment_id = str(self.sender().property("comment"))
        comment = next(c for c in self._comments if c.id == comment_id)
        self.settled.emit(comment_id, not comment.is_resolved)

    def _answer(self, comment_id: str) -> None:
        found = next((c for c in self._comments if c.id == comment_id), None)
        self._answered = found.id if found else ""
        words = REPLY.format(found.who) if found else WRITE
        self.line.setPlaceholderText(self._refusal or words)
        self.line.setAccessibleName("回复" if found else "意见")
        set_property(self.line, "answering", found is not None)

    def _say(self) -> None:
        words = self.line.text().strip()
        if words:
            answered = self._answered
            self.line.clear()
            self._answer("")
            self.said.emit(words, answered)

    def _leave(self) -> None:
        if self._answered:
            self._answer("")
        else:
            self.left.emit()


class _Line(QLineEdit):
    """Esc leaves it; what was typed stays."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class _Scroll(QScrollArea):
    """As high as what it holds, up to a limit."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # how high it is depends on how wide it has become

    @override
    def sizeHint(self) -> QSize:
        content = self.widget()
        width = self.viewport().width()
        wanted = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(200, min(MOST, max(wanted, 24)))


def _threaded(comments: Sequence[Comment]) -> list[tuple[Comment, int]]:
    """Each first remark with its replies below it: (comment, depth)."""
    ids = {comment.id for comment in comments}
    firsts = [c for c in comments if c.parent_id not in ids]
    found: list[tuple[Comment, int]] = []
    for first in firsts:
        found.append((first, 0))
        found += [(c, 1) for c in comments if c.parent_id == first.id]
    return found
