"""看板: how the tasks stand, by unit, section and leader and month by month; a plan's years beside them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.supervising import Facts
from app.domain.tallies import Grouping, lights_over_time, tallies, tally
from app.domain.wording import file_name
from app.ui import prompts as ask
from app.ui.board.charts import Bar, BarChart, LightsChart, Piece
from app.ui.board.export_button import ExportButton
from app.ui.board.figures import Figures
from app.ui.board.keys import ALL_KEYS, GROUPINGS, KEYS, PAGE, SPECS, TITLES
from app.ui.ledger import keys as ledger_keys
from app.ui.ledger.session import LedgerSession
from app.ui.ledger.writing import Writer, write
from app.ui.page_keys import PageKeys, sheet
from app.ui.tasks import Runner
from app.ui.theme import Theme
from app.ui.views.empty_page import EmptyPage
from app.ui.views.key_bar import KeyBar
from app.ui.views.panel import Panel
from app.workspace.outgoing import Wanted

if TYPE_CHECKING:
    from app.ui.board.plan import PlanPanel
    from app.ui.prompts import Prompts

NO_PLAN = "这份报告只管一年，没有年度分解和中期评估。"
COMPUTING = "正在按历月的情况计算…"
NO_TASKS = "台账里还没有任务，没有可以导出的内容。"
TO_TAGGING = "新增任务请先回到标注页（Alt+1）。"


class BoardDesk(QWidget):
    """The page over the cases of the session that it shares with the ledger.

    `list_asked` carries what a bar is called and its tasks' ids.
    """

    titled = Signal(str)
    list_asked = Signal(str, tuple)

    def __init__(self, session: LedgerSession, prompts: "Prompts", tell: Callable[[object], None]) -> None:
        super().__init__()
        self.session = session
        self._prompts = prompts
        self._tell = tell
        self._is_released = False
        self._by = Grouping.UNIT
        self._facts: Facts | None = None
        self._drawn = ""
        self.runner = Runner(self)
        self.keys = KeyBar(self)
        self.bars = BarChart("各组任务", self)
        self.lights = LightsChart(self)
        self.figures = Figures(self)
        self.plan: PlanPanel | None = None
        self.switches: dict[str, QToolButton] = {}
        self._lay_out()
        keys = PageKeys(self, SPECS, self.run)
        for chart in (self.bars, self.lights):
            keys.work_in(chart)
        self._keys = keys
        self._connect()

    @property
    def page_session(self) -> LedgerSession:
        """The session that undo is of."""
        return self.session

    @property
    def is_unsaved(self) -> bool:
        """Nothing is typed here that is not written at once."""
        return False

    # --- what the window asks for

    def show_report(self, report_id: str) -> None:
        """Show how a report's tasks stand."""
        self.session.show(report_id)
        self._show_all()
        self.titled.emit(" · ".join(filter(None, (self.session.title, "看板"))))
        self.focus()

    def reload(self, report_id: str) -> None:
        """Show a report's tasks as they are in the store."""
        self.session.show(report_id)

    def focus(self) -> None:
        """Give the keyboard to the bars, or to the plan's table."""
        if self.plan is not None and self._below.currentWidget() is self.plan:
            self.plan.focus()
        else:
            self.bars.setFocus()

    def run(self, name: str) -> None:
        """Do what a key of the page means; a UserError is told."""
        try:
            self._own_acts()[name]()
        except UserError as error:
            self._tell(error)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the window's own actions do while this page is shown."""
        nothing = ("search", "next_hit", "previous_hit", "zoom_in", "zoom_out", "zoom_reset")
        return {
            "undo": lambda: self.keys.say(self.session.undo()),
            "redo": lambda: self.keys.say(self.session.redo()),
            "focus_text": self.focus,
            "key_sheet": self.show_keys_sheet,
            "new_task": lambda: self.keys.say(TO_TAGGING),
            **{name: (lambda: None) for name in nothing},
        }

    def group_by(self, name: str) -> None:
        """Show the bars of one grouping: by_unit, by_section, by_leader."""
        self._by = GROUPINGS[name]
        self.switches[name].setChecked(True)
        self._below.setCurrentWidget(self._pictures)
        self._show_bars()
        self.bars.setFocus()

    def show_plan(self) -> None:
        """Show a plan's targets by year and their evaluation. UserError for a report of one year."""
        if not self.session.is_plan:
            raise UserError(NO_PLAN)
        if self.plan is None:
            from app.ui.board.plan import PlanPanel

            self.plan = PlanPanel(self.session, self)
            self.plan.export_asked.connect(partial(self.run, "export_evaluation"))
            self._below.addWidget(self.plan)
        self.plan.show_plan()
        self.switches["plan"].setChecked(True)
        self._below.setCurrentWidget(self.plan)
        self.plan.focus()
        self._show_keys()

    def save_picture(self) -> None:
        """Write the board, as it is on the screen but whole, to a picture."""
        self._need_tasks()
        folder = self.session.workspace.path.parent
        name = file_name(f"{self.session.title}看板（{TITLES[self._by]}）")
        path = self._prompts.save_file("看板存为图片", str(folder / f"{name}.png"), ask.PICTURES)
        if path is None:
            return
        from app.ui.board.picture import draw

        months = self.lights.months
        if not months and self._facts is not None:
            months = lights_over_time(self._facts, self.session.on)  # a picture does not wait
        picture = draw(self.session, self._by, months, self.palette())
        if not picture.save(str(path)):
            raise UserError(f"图片“{path.name}”没有写成。请检查磁盘空间和权限，或另选一个位置。")
        self.keys.say(f"已存为 {path.name}")

    def export_layout(self, key: str) -> None:
        """Write a workbook or document of what is shown."""
        self._need_tasks()
        if key == "evaluation" and not self.session.is_plan:
            raise UserError(NO_PLAN)
        period = self.plan.period if key == "evaluation" and self.plan is not None else None
        writer = Writer(self.session, self._prompts, self.runner, self._tell, self)
        write(writer, key, Wanted(period=period), in_folder=False)

    def commit_pending(self) -> None:
        """Nothing waits to be written."""

    def look_away(self) -> None:
        """The user goes elsewhere."""
        self.session.look_away()

    def set_theme(self, _theme: Theme) -> None:
        """Colours come from the palette: nothing to do but paint again."""
        self.update()

    def show_keys_sheet(self) -> None:
        """Show the page's keys on one sheet."""
        from app.ui.dialogs.key_sheet import KeySheet

        KeySheet(self, [(PAGE, [("↑ ↓", "上一条、下一条"), ("Enter", "看条后的任务"), *sheet(SPECS)])]).open()

    def release(self, *, is_discarding: bool = False) -> None:
        """Stop what runs; the workspace is closed by the window's desk."""
        if self._is_released:
            return
        self._is_released = True
        if not is_discarding:
            self.commit_pending()
        self.runner.close()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._show_keys)

    # --- construction

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidget(self.bars)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        self.panel = Panel("进度", scroll, self)
        self._add_switches()
        over_time = Panel("历月亮灯", self.lights, self)
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.setChildrenCollapsible(False)
        whole = Panel("总体", self.figures, self)
        self.out = ExportButton(self.run, lambda: self.session.is_plan, self)
        whole.head.addWidget(self.out)
        left.addWidget(whole)
        left.addWidget(over_time)
        left.setStretchFactor(1, 1)
        self._pictures = QSplitter(Qt.Orientation.Horizontal, self)
        self._pictures.setChildrenCollapsible(False)
        self._pictures.addWidget(self.panel)
        self._pictures.addWidget(left)
        self._pictures.setStretchFactor(0, 1)
        self._pictures.setSizes([840, 540])
        self._below = QStackedWidget(self)
        self._below.addWidget(self._pictures)
        self.empty = EmptyPage(
            "还没有可以看的", "采纳任务以后，这里画出各单位、各章节和各位领导的进度。", [], self
        )
        self._below.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._below)

    def _add_switches(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2)
        names = [*((name, TITLES[by]) for name, by in GROUPINGS.items()), ("plan", "年度分解")]
        for number, (name, words) in enumerate(names, 1):
            button = QToolButton(self)
            button.setText(f"{words} {number}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.run, name))
            group.addButton(button)
            row.addWidget(button)
            self.switches[name] = button
        self.switches["by_unit"].setChecked(True)
        self.panel.head.addLayout(row)

    def _connect(self) -> None:
        self.session.loaded.connect(self._show_all)
        self.session.failed.connect(self._fail)
        self.session.said.connect(self.keys.say)
        self.bars.asked.connect(self._ask_list)
        self.bars.moved.connect(self._moved)
        self.lights.asked.connect(self._ask_piece)
        self.lights.moved.connect(self._say_piece)
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(partial(self.group_by, "by_unit"))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_keys)

    def _own_acts(self) -> dict[str, Callable[[], object]]:
        return {
            **{name: partial(self.group_by, name) for name in GROUPINGS},
            "plan": self.show_plan,
            "next_bar": partial(self.bars.step, 1),
            "previous_bar": partial(self.bars.step, -1),
            "save_picture": self.save_picture,
            "export_book": partial(self.export_layout, "supervision"),
            "export_bulletin": partial(self.export_layout, "bulletin"),
            "export_evaluation": partial(self.export_layout, "evaluation"),
        }

    # --- following the session

    def _show_all(self) -> None:
        if not self.isVisible():
            return
        cases = self.session.cases
        if not cases:
            self._below.setCurrentWidget(self.empty)
        elif self._below.currentWidget() is self.empty:
            self._below.setCurrentWidget(self._pictures)
        is_plan = bool(cases) and self.session.is_plan
        self.switches["plan"].setVisible(is_plan)
        if not is_plan and self.plan is not None and self._below.currentWidget() is self.plan:
            self._below.setCurrentWidget(self._pictures)
        whole = tally("", cases)
        self.figures.show_tally(whole, self.session.due, self.session.on)
        self._draw_months()
        self._show_bars()
        if self.plan is not None and self._below.currentWidget() is self.plan:
            self.plan.show_plan()
        self.keys.show_state(
            f"已办结 {whole.closed} / {whole.total} · {self.session.on.isoformat()}" if cases else ""
        )
        self._show_keys()

    def _draw_months(self) -> None:
        """Compute the lights of all months beside the window: of a plan there may be sixty."""
        session = self.session
        facts = session.workspace.supervision.facts(session.report_id) if session.cases else None
        if facts is self._facts:
            return
        self._facts = facts
        self.lights.waiting = "" if facts is None else COMPUTING
        if facts is None or session.report_id != self._drawn:
            self._drawn = session.report_id
            self.lights.show_months(())
        if facts is None:
            return
        job = self.runner.start(lambda _progress: lights_over_time(facts, session.on), is_quiet=True)
        job.done.connect(partial(self._show_months, facts))
        job.failed.connect(self._tell)

    def _show_months(self, facts: Facts, found: object) -> None:
        if facts is self._facts and isinstance(found, tuple):
            self.lights.show_months(found)

    def _show_bars(self) -> None:
        self.bars.show_tallies(tallies(self.session.cases, self._by))
        self.panel.title.setText(f"各{TITLES[self._by]}")

    def _show_keys(self) -> None:
        if self._is_released:
            return
        if not self.session.cases:
            self.keys.show_keys(ledger_keys.NOTHING)
        elif self.plan is not None and self._below.currentWidget() is self.plan:
            self.keys.show_keys(self.plan.hints)
        else:
            plan = (("4", "年度分解"),) if self.session.is_plan else ()
            self.keys.show_keys((*KEYS, *plan, ALL_KEYS))

    # --- what the user asks for

    def _ask_list(self, bar: object) -> None:
        if isinstance(bar, Bar):
            self.list_asked.emit(bar.name, bar.tally.ids)

    def _ask_piece(self, piece: object) -> None:
        """The tasks that had a light then, by the facts of that day."""
        if isinstance(piece, Piece):
            then = self.session.workspace.supervision.cases(self.session.report_id, piece.month.on)
            ids = tuple(case.id for case in then if case.light.colour is piece.colour)
            self.list_asked.emit(piece.words.rpartition(" ")[0], ids)

    def _say_piece(self, piece: object) -> None:
        if isinstance(piece, Piece):
            self.keys.say(piece.words)

    def _moved(self, bar: object) -> None:
        if isinstance(bar, Bar):
            self.keys.say(bar.words)
            self._scroll.ensureVisible(0, self.bars.at * 30 + 15, 0, 40)

    def _fail(self, error: object) -> None:
        if self.isVisible():
            self._tell(error)

    def _need_tasks(self) -> None:
        if not self.session.cases:
            raise UserError(NO_TASKS)
