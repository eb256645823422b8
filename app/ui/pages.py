"""The pages of one workspace, the rail that leads to them, and the bottom line of the one that is shown."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.ui.desk import Desk
from app.ui.rail import BOARD, LEDGER, REVIEW, TAGGING, Rail
from app.ui.session import Session
from app.ui.theme import Theme
from app.ui.views.key_bar import KeyBar

if TYPE_CHECKING:
    from app.ui.board.desk import BoardDesk
    from app.ui.ledger.desk import LedgerDesk
    from app.ui.ledger.session import LedgerSession
    from app.ui.prompts import Prompts
    from app.ui.review.desk import ReviewDesk


class Page(Protocol):
    """What every page but 标注 is to the window. It is a QWidget too."""

    keys: KeyBar

    @property
    def titled(self) -> SignalInstance:
        """Carries the words for the window's corner."""

    @property
    def page_session(self) -> Session:
        """The session that undo is of."""

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed could not be written."""

    def show_report(self, report_id: str) -> None:
        """Show a report; what was written elsewhere meanwhile is loaded."""

    def reload(self, report_id: str) -> None:
        """Show a report as it is in the store."""

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the window's own actions do while the page is shown."""

    def commit_pending(self) -> None:
        """Write what is still only typed."""

    def look_away(self) -> None:
        """The user goes elsewhere."""

    def set_theme(self, theme: Theme, /) -> None:
        """Repaint in a theme's colours."""

    def release(self, *, is_discarding: bool = False) -> None:
        """Write what is pending, unless that was given up, and let go of the workspace."""


class Pages(QWidget):
    """标注, 复核, 台账 and 看板 over one open workspace. All but the first are made when they are first shown.

    `titled` carries the words for the window's corner, `shown` the name of the page.
    """

    titled = Signal(str)
    shown = Signal(str)

    def __init__(self, desk: Desk, prompts: "Prompts", theme: Theme, tell: Callable[[object], None]) -> None:
        super().__init__()
        self.desk = desk
        self.review: ReviewDesk | None = None
        self.ledger: LedgerDesk | None = None
        self.board: BoardDesk | None = None
        self._made: dict[str, Page] = {}
        self._current = TAGGING.name
        self._prompts, self._theme, self._tell = prompts, theme, tell
        self._title = ""
        self._left_at = 0
        self.rail = Rail(self)
        self._stack = QStackedWidget(self)
        self._lines = QStackedWidget(self)
        self._lines.setFixedHeight(desk.keys.height())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self._lines)
        self._stack.addWidget(desk)
        self._lines.addWidget(desk.keys)
        self.rail.show_current(TAGGING.name)
        self.rail.chosen.connect(self._choose)
        desk.titled.connect(self._desk_titled)

    @property
    def current(self) -> str:
        """The name of the page that is shown."""
        return self._current

    @property
    def session(self) -> Session:
        """The session of the page that is shown."""
        page = self._made.get(self._current)
        return self.desk.session if page is None else page.page_session

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed could not be written, on any page."""
        return self.desk.is_unsaved or any(page.is_unsaved for page in self._made.values())

    def show_page(self, name: str) -> None:
        """Show a page; what the one before has typed is written first."""
        self.rail.show_current(name)
        if name == self._current:
            return
        self._leave()
        if name == TAGGING.name:
            self._show_desk()
        else:
            self._show_made(name)
        self.shown.emit(name)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the window's actions do on the page that is shown, where that is not what they do at the desk."""
        page = self._made.get(self._current)
        return {} if page is None else page.acts()

    def ledger_acts(self, names: tuple[str, ...]) -> dict[str, Callable[[], object]]:
        """What the ledger menu's actions do, from whichever page: the ledger's page is shown, and does it."""
        return {name: partial(self._run_in_ledger, name) for name in names}

    def show_ledger(self, called: str, ids: tuple[str, ...]) -> None:
        """Show the ledger with only the list behind a bar."""
        self.show_page(LEDGER.name)
        if self.ledger is not None:
            self.ledger.show_list(called, ids)

    def reload(self) -> None:
        """Show the report anew: somebody else works here now, or what others have done has come in."""
        self.commit_pending()
        report_id = self.desk.session.report_id
        self.desk.show_report(report_id or None)
        for page in self._made.values():
            page.reload(report_id)

    def commit_pending(self) -> None:
        """Write what is still only typed, on any page."""
        self.desk.commit_pending()
        for page in self._made.values():
            page.commit_pending()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in a theme's colours."""
        self._theme = theme
        self.desk.set_theme(theme)
        for page in self._made.values():
            page.set_theme(theme)

    def release(self, *, is_discarding: bool = False) -> None:
        """Write what is pending, unless that was given up, and close the workspace."""
        for page in self._made.values():
            page.release(is_discarding=is_discarding)
        self.desk.release(is_discarding=is_discarding)

    # --- inside

    def _leave(self) -> None:
        """Write what the page that is shown has typed, before another takes its place."""
        if self._current == TAGGING.name:
            self.desk.commit_pending()
            self._left_at = self.desk.session.workspace.log_length()
            return
        page = self._made[self._current]
        page.commit_pending()
        page.look_away()

    def _show_made(self, name: str) -> None:
        page = self._made.get(name) or self._make(name)
        self._current = name
        if isinstance(page, QWidget):
            self._stack.setCurrentWidget(page)
        self._lines.setCurrentWidget(page.keys)
        page.show_report(self.desk.session.report_id)

    def _make(self, name: str) -> Page:
        makers: dict[str, Callable[[], Page]] = {
            REVIEW.name: self._make_review,
            LEDGER.name: self._make_ledger,
            BOARD.name: self._make_board,
        }
        page = self._made[name] = makers[name]()
        if isinstance(page, QWidget):
            self._stack.addWidget(page)
        self._lines.addWidget(page.keys)
        page.titled.connect(partial(self._page_titled, name))
        self.desk.keys.said.connect(page.keys.say)
        return page

    def _make_review(self) -> "ReviewDesk":
        from app.ui.review.desk import ReviewDesk

        self.review = ReviewDesk(self.desk.session.workspace, self._prompts, self._theme, self._tell)
        return self.review

    def _make_ledger(self) -> "LedgerDesk":
        from app.ui.ledger.desk import LedgerDesk

        self.ledger = LedgerDesk(self._supervision(), self._prompts, self._tell)
        return self.ledger

    def _make_board(self) -> "BoardDesk":
        from app.ui.board.desk import BoardDesk

        self.board = BoardDesk(self._supervision(), self._prompts, self._tell)
        self.board.list_asked.connect(self.show_ledger)
        return self.board

    def _supervision(self) -> "LedgerSession":
        """The session that 台账 and 看板 share."""
        from app.ui.ledger.session import LedgerSession

        shared = self.ledger or self.board
        return shared.session if shared else LedgerSession(self.desk.session.workspace, self)

    def _run_in_ledger(self, name: str) -> None:
        self.show_page(LEDGER.name)
        if self.ledger is not None:
            self.ledger.run(name)

    def _show_desk(self) -> None:
        self._current = TAGGING.name
        self._stack.setCurrentWidget(self.desk)
        self._lines.setCurrentWidget(self.desk.keys)
        session = self.desk.session
        if session.workspace.log_length() != self._left_at:
            self.desk.show_report(session.report_id or None)  # another page may have moved the layer
        else:
            self.titled.emit(self._title)
        self.desk.view.setFocus()

    def _choose(self, name: str) -> None:
        try:
            self.show_page(name)
        except UserError as error:
            self._tell(error)

    def _page_titled(self, name: str, words: str) -> None:
        if self._current == name:
            self.titled.emit(words)

    def _desk_titled(self, words: str) -> None:
        self._title = words
        page = self._made.get(self._current)
        if page is None:
            self.titled.emit(words)
            return
        try:
            page.show_report(self.desk.session.report_id)
        except UserError as error:
            self._tell(error)
