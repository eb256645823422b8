"""Ties the agreement's panel to the review: which section it shows, and what is written out."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import UserError
from app.domain.wording import file_name
from app.review import AgreementTable
from app.ui.review import figures
from app.ui.review.agreement import EMPTY, AgreementPanel
from app.ui.review.session import ReviewSession

if TYPE_CHECKING:
    from app.ui.prompts import Prompts

DELAY = 60
"""Milliseconds after a review was opened: text and differences come first."""

TABLES, PICTURES = "表格 (*.csv)", "图片 (*.png)"


class Agreeing(QObject):
    """Computes the agreement of a review's two layers once the differences are on the screen."""

    def __init__(self, session: ReviewSession, panel: AgreementPanel, prompts: "Prompts") -> None:
        super().__init__(panel)
        self._session = session
        self._panel = panel
        self._prompts = prompts
        self._table: AgreementTable | None = None
        self._timer = QTimer(self, interval=DELAY, singleShot=True)
        self._timer.timeout.connect(self.compute)
        session.review_opened.connect(self._reset)
        panel.section_chosen.connect(self.show_section)
        panel.table_asked.connect(self.write_table)
        panel.picture_asked.connect(self.write_picture)

    def compute(self) -> None:
        """Compute and show; nothing where only one layer is reviewed."""
        self._timer.stop()
        review = self._session.review
        if review is None or review.second is None:
            return
        first, second = review.first.layer.id, review.second.layer.id
        self._table = self._session.workspace.agreement(self._session.report_id, first, second)
        self.show_section(-1)

    def show_section(self, section: int) -> None:
        """Show the figures of a section; -1: of the whole report."""
        table, report = self._table, self._session.report
        if table is None or report is None:
            return
        sections = figures.sections_of(table)
        words = figures.scope_words(table, dict(sections).get(section, ""))
        title = f"{report.card.metadata.title}　一致性 · {words}"
        self._panel.show_chart(figures.chart_of(table, section, title), words, sections)

    def write_table(self) -> None:
        """Write every figure as a table."""
        path = self._ask("导出一致性表格", "一致性.csv", TABLES)
        if path and self._table is not None:
            self._do(lambda table=self._table: figures.write_csv(table, path), path)

    def write_picture(self) -> None:
        """Write what is shown as a picture."""
        path = self._ask("导出一致性图片", "一致性.png", PICTURES)
        if path:
            self._do(lambda: figures.write_picture(self._panel.view.picture().save, path), path)

    # --- inside

    def _reset(self) -> None:
        self._table = None
        self._panel.show_chart(EMPTY, "", ())
        self._timer.start()

    def _ask(self, title: str, name: str, kinds: str) -> Path | None:
        report = self._session.report
        if self._table is None or report is None:
            return None
        suggested = self._session.workspace.path.parent / file_name(f"{report.card.metadata.title}{name}")
        return self._prompts.save_file(title, str(suggested), kinds)

    def _do(self, write: object, path: Path) -> None:
        try:
            write()  # type: ignore[operator]  # a function without arguments
        except UserError as error:
            self._session.failed.emit(error)
        else:
            self._session.said.emit(f"已导出 {path.name}")
