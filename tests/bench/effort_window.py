"""The real window on a new workspace with one report, replayed to its end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.workspace import Configuration, Workspace
from tests.bench.effort_gold import Gold
from tests.bench.effort_reviewer import Effort, Reviewer


def replay(desk: Desk, gold: Path, *, by_paragraph: bool = False) -> Effort:
    """Review the open report as its gold has it; the desk's items are loaded and its text has the keyboard."""
    report = desk.session.report
    if report is None:
        raise ValueError("no report is open")
    suggestions = desk.session.workspace.suggestions(report.card.id, report.reading)
    wanted = Gold.load(gold, report.reading.source.text, suggestions)
    return Reviewer(desk, wanted, by_paragraph=by_paragraph).review()


@contextmanager
def window_on(report: Path) -> Iterator[Desk]:
    """The desk of a window on a workspace made for one report. Making it, and importing, is no key."""
    app = QApplication.instance() or QApplication([])
    with TemporaryDirectory() as folder:
        os.environ["DUBAN_HOME"] = folder
        path = Path(folder) / "effort.duban"
        with Workspace.create(path, author="甲") as workspace:
            workspace.import_file(report)
        if isinstance(app, QApplication):
            theme.apply(app, theme.LIGHT)
        window = MainWindow(Configuration.load())
        window.show()
        window.activateWindow()
        window.files.open_path(path)
        desk = window.desk
        while desk is None or not desk.session.items or not window.isActiveWindow():
            app.processEvents()
        desk.view.setFocus()
        yield desk
        window.close()
