"""The pages 台账 and 看板 by themselves over a real workspace, driven by real keys; prompts answer at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.ui.board.desk import BoardDesk
from app.ui.ledger.desk import LedgerDesk
from app.ui.ledger.session import LedgerSession
from app.ui.prompts import Prompts
from app.workspace import Workspace
from tests.ui.ledger_samples import AUTHOR


class Answers(Prompts):
    """Prompts that answer with what was laid out, and keep what was said."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.asked: list[str] = []

    @override
    def open_files(self, title: str, folder: str, kinds: str) -> list[Path]:
        self.asked.append(title)
        files, self.files = self.files, []
        return files

    @override
    def open_file(self, title: str, folder: str, kinds: str) -> Path | None:
        self.asked.append(title)
        return self.files.pop(0) if self.files else None

    @override
    def save_file(self, title: str, suggested: str, kinds: str, *, may_replace: bool = True) -> Path | None:
        self.asked.append(Path(suggested).name)
        return self.files.pop(0) if self.files else None

    @override
    def choose_folder(self, title: str, folder: str) -> Path | None:
        self.asked.append(title)
        return self.files.pop(0) if self.files else None


class Room:
    """A page with what it stands on."""

    def __init__(self, bot: QtBot, workspace: Workspace) -> None:
        self.bot = bot
        self.workspace = workspace
        self.report_id = workspace.reports()[0].id
        self.session = LedgerSession(workspace)
        self.answers = Answers()
        self.told: list[object] = []
        self.ledger = LedgerDesk(self.session, self.answers, self.told.append)
        self.board = BoardDesk(self.session, self.answers, self.told.append)

    def show(self, page: LedgerDesk | BoardDesk) -> None:
        """Show a page with the keyboard on it."""
        self.bot.addWidget(page)
        page.resize(1300, 800)
        with self.bot.waitExposed(page):
            page.show()
        page.activateWindow()
        self.bot.waitUntil(page.isActiveWindow)
        page.show_report(self.report_id)

    def wait(self, ready: Callable[[], bool]) -> None:
        self.bot.waitUntil(ready, timeout=20_000)


@contextmanager
def room(bot: QtBot, path: Path) -> Iterator[Room]:
    """Both pages over the workspace of a file."""
    with Workspace.open(path, author=AUTHOR) as workspace:
        made = Room(bot, workspace)
        yield made
        made.ledger.release()
        made.board.release()
        made.ledger.deleteLater()
        made.board.deleteLater()
        made.session.deleteLater()
