"""意见: the comments on a report, those that wait first; each leads to its place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.changes import Change, Edit
from app.domain.comments import Comment
from app.ui.dialogs.rows import Rows
from app.ui.session import Session
from app.ui.views.comments import CommentsView
from app.ui.views.key_bar import KeyBar
from app.ui.views.task_remarks import answer_to, settled

TITLES = ("关于", "意见", "谁", "时间", "回复", "")
WIDTHS = (190, 0, 80, 120, 48, 64)
WHOLE = "整份标注"
NONE = "没有待处理的意见。"
ANSWER = "回复这条意见，Enter 发送"
NOBODY = "请先选择您的姓名，再写意见"


class RemarksDialog(QDialog):
    """The threads above, the current one whole below. `submit` writes a change, `go` shows a comment's place."""

    def __init__(
        self,
        session: Session,
        submit: Callable[[Change], bool],
        go: Callable[[Comment], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._submit, self._go = submit, go
        self._comments: tuple[Comment, ...] = ()
        self._rows: tuple[Comment, ...] = ()
        self.setObjectName("remarks_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("意见")
        self.resize(860, 520)
        self.every = QCheckBox("包括已解决的", self)
        self.every.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.every.toggled.connect(self.load)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.table = Rows("remark_rows", "意见", TITLES, WIDTHS, self)
        self.thread_view = CommentsView(self)
        self.thread_view.said.connect(self._answer)
        self.thread_view.settled.connect(self._settle_one)
        self.thread_view.left.connect(self.table.setFocus)
        self.table.currentCellChanged.connect(self._show_thread)
        self.table.cellDoubleClicked.connect(self.jump)
        self.keys = KeyBar(self)
        self._lay_out()
        for key, act in (
            ("Return", self.jump),
            ("Enter", self.jump),
            ("Space", self.settle),
            ("R", self.answer),
        ):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        session.written.connect(self._follow)
        self.load()
        self.table.setFocus()

    def load(self, _checked: bool = False) -> None:
        """Show the comments as they are now."""
        report = self._session.report
        self._comments = self._session.workspace.comments(report.card.id) if report else ()
        firsts = [c for c in self._comments if not c.parent_id]
        waiting = [c for c in firsts if not c.is_resolved]
        self._rows = tuple(sorted(firsts, key=lambda c: c.is_resolved) if self.every.isChecked() else waiting)
        self.table.show_rows([self._texts(comment) for comment in self._rows])
        self.count.setText(f"待处理 {len(waiting)}，共 {len(firsts)}" if firsts else NONE)
        self._show_thread()

    # --- commands

    def jump(self, *_cell: int) -> None:
        """Show what the current comment is about; the list stays beside."""
        comment = self._current
        if comment is None:
            return
        if not comment.task_id and comment.span is None:
            self.keys.say("这条意见说的是整份标注，没有具体位置")
            return
        self._go(comment)

    def settle(self) -> None:
        """Call the current thread resolved, or open it again."""
        comment = self._current
        if comment is not None:
            self._settle_one(comment.id, not comment.is_resolved)

    def answer(self) -> None:
        """Go into the line to answer the current comment."""
        comment = self._current
        if comment is not None and self._session.workspace.person is not None:
            self.thread_view.answer(comment.id)

    # --- inside

    @property
    def _current(self) -> Comment | None:
        row = self.table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setProperty("role", "head")
        bar = QHBoxLayout(head)
        bar.setContentsMargins(12, 0, 12, 0)
        title = QLabel("意见", head)
        title.setProperty("role", "title")
        bar.addWidget(title)
        bar.addWidget(self.count)
        bar.addStretch(1)
        bar.addWidget(self.every)
        below = QWidget(self)
        below.setObjectName("remarks")
        below.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(below)
        inner.setContentsMargins(12, 8, 12, 10)
        inner.addWidget(self.thread_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.table, 1)
        column.addWidget(below)
        column.addWidget(self.keys)
        self.keys.show_keys(
            (("Enter", "到该处"), ("R", "回复"), ("Space", "解决"), ("Tab", "写意见"), ("Esc", "关闭"))
        )

    def _texts(self, comment: Comment) -> Sequence[str]:
        answers = sum(c.parent_id == comment.id for c in self._comments)
        return (
            self._about(comment),
            comment.text,
            comment.who,
            f"{comment.at.astimezone():%Y-%m-%d %H:%M}",
            str(answers) if answers else "",
            "已解决" if comment.is_resolved else "",
        )

    def _about(self, comment: Comment) -> str:
        item = self._session.item(comment.task_id)
        if item is not None:
            return f"{item.number}  {item.task.title}"
        if comment.span is not None:
            return f"“{self._session.words(comment.span)[:24]}”"
        return "任务" if comment.task_id else WHOLE

    def _show_thread(self, *_cells: int) -> None:
        comment = self._current
        of_it = [c for c in self._comments if comment and comment.id in (c.id, c.parent_id)]
        who = self._session.workspace.person
        refusal = NOBODY if who is None else "" if comment is not None else NONE
        self.thread_view.show_comments(of_it, refusal)
        if not refusal:
            self.thread_view.line.setPlaceholderText(ANSWER)

    def _answer(self, words: str, _answered: str) -> None:
        """What is typed here always answers the current thread."""
        comment, person = self._current, self._session.workspace.person
        if comment is not None and person is not None:
            self._write(answer_to(comment, words, person))

    def _settle_one(self, comment_id: str, is_resolved: bool) -> None:
        comment = next((c for c in self._comments if c.id == comment_id), None)
        if comment is not None:
            self._write(settled(comment, is_resolved=is_resolved))

    def _write(self, change: Change) -> None:
        if self._submit(change):
            self.load()
            self.keys.say(f"已保存：{change.label}")

    def _follow(self, change: object) -> None:
        if isinstance(change, Change) and any(_is_comment(edit) for edit in change.edits):
            self.load()


def _is_comment(edit: Edit) -> bool:
    return isinstance(edit.after or edit.before, Comment)
