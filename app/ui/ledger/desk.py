"""台账: the cases as a table, the card of the selected one, what goes out and what comes back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import UserError
from app.domain.lights import COLOUR_NAMES
from app.domain.supervising import Case
from app.domain.tallies import lights_of
from app.domain.task_moves import RULES, Given, TaskMoveName
from app.ui.ledger import keys
from app.ui.ledger.card import BY_HAND, CaseCard
from app.ui.ledger.columns import title_of
from app.ui.ledger.panel import LedgerPanel
from app.ui.ledger.session import KINDS, NOTHING_CHOSEN, LedgerSession
from app.ui.page_keys import PageKeys, sheet
from app.ui.tasks import Runner
from app.ui.theme import Theme
from app.ui.views.empty_page import EmptyPage
from app.ui.views.key_bar import KeyBar

if TYPE_CHECKING:
    from app.ui.ledger.export_dialog import ExportDialog
    from app.ui.prompts import Prompts

NO_REPORT = "还没有报告。请先在标注页导入报告（Ctrl+I）。"
NO_TASKS = "台账里还没有任务。请先在标注页采纳任务，或等复核定稿。"
TO_TAGGING = "请先回到标注页（Alt+1）。"
MOVE = "move:"


class LedgerDesk(QWidget):
    """The page over one report's work under way; one session behind table and card."""

    titled = Signal(str)

    def __init__(self, session: LedgerSession, prompts: "Prompts", tell: Callable[[object], None]) -> None:
        super().__init__()
        self.session = session
        self._prompts = prompts
        self._tell = tell
        self._is_released = False
        self._export: ExportDialog | None = None
        self.runner = Runner(self)
        self.keys = KeyBar(self)
        self.panel = LedgerPanel(session, self)
        self.card = CaseCard(session, self)
        self.card.follow(lambda: self.panel.grid.chosen)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.panel)
        self.splitter.addWidget(self.card)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([960, 424])
        self.empty = EmptyPage("还没有台账", "导入报告并采纳任务以后，这里列出每项任务的办理情况。", [], self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        PageKeys(self, keys.SPECS, self.run).work_in(self.panel.grid)
        self.setAcceptDrops(True)
        self._connect()
        if session.cases:  # the board, which shares them, was there first
            self.panel.show_cases()
            self.card.show_case()

    @property
    def page_session(self) -> LedgerSession:
        """The session that undo is of."""
        return self.session

    @property
    def is_unsaved(self) -> bool:
        """Nothing is typed here that is not written when its dialog closes."""
        return False

    # --- what the window asks for

    def show_report(self, report_id: str) -> None:
        """Show a report's cases; what was written elsewhere meanwhile is loaded."""
        self.session.show(report_id)
        self._show_all()
        self.titled.emit(self._title())
        self.focus()

    def reload(self, report_id: str) -> None:
        """Show a report's cases as they are in the store."""
        self.session.show(report_id)

    def focus(self) -> None:
        """Give the keyboard to the table."""
        self.panel.grid.setFocus()

    def run(self, name: str) -> None:
        """Do what a key, or the ledger's menu, means; a UserError is told."""
        try:
            if name.startswith(MOVE):
                self.move_on(TaskMoveName(name.removeprefix(MOVE)))
            else:
                self._own_acts()[name]()
        except UserError as error:
            self._tell(error)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the window's own actions do while this page is shown."""
        if not self.session.report_id:
            return {}
        search = self._begin_search
        return {
            "undo": self.undo,
            "redo": self.redo,
            "search": search,
            "next_hit": partial(self.panel.step, 1),
            "previous_hit": partial(self.panel.step, -1),
            "focus_text": self.focus,
            "key_sheet": self.show_keys_sheet,
            "new_task": lambda: self.session.said.emit(f"新增任务{TO_TAGGING}"),
            **{name: (lambda: None) for name in ("zoom_in", "zoom_out", "zoom_reset")},
        }

    def undo(self) -> None:
        """Take back what was done last on this page, and say what it was."""
        self.keys.say(self.session.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self.keys.say(self.session.redo())

    def show_list(self, called: str, ids: Sequence[str]) -> None:
        """Show only the list behind a bar of the board."""
        self.panel.narrow(self.panel.narrowing.behind(called, ids))
        self.panel.step(0)
        self.focus()

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

        KeySheet(self, [(keys.PAGE, sheet(keys.SPECS))]).open()

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

    # --- moves and progress

    def move_on(self, name: TaskMoveName) -> None:
        """Make a move of the selected cases; ask first for what it needs."""
        chosen = self._chosen()
        refusal = self.session.refusals(chosen)[name]
        if refusal:
            self.keys.say(refusal)
            return
        if not RULES[name].needs:
            self.session.move(chosen, name, Given())
            return
        from app.ui.ledger.move_dialog import MoveDialog

        about = (
            f"第{chosen[0].row.number}项 {title_of(chosen[0])}"
            if len(chosen) == 1
            else f"选中的{len(chosen)}项任务"
        )
        dues = [case.due for case in chosen if case.due]
        MoveDialog(
            name, about, max(dues, default=None), partial(self.session.move, chosen, name), self
        ).open()

    def record(self) -> None:
        """Type in what a unit reports on the current case."""
        from app.ui.ledger.record_dialog import NO_UNIT, Draft, RecordDialog

        case = self.session.current_case
        if case is None:
            raise UserError(NOTHING_CHOSEN)
        if not case.row.lead and not case.supports:
            raise UserError(NO_UNIT)
        workspace = self.session.workspace
        first = workspace.supervision.facts(self.session.report_id).first
        then = partial(self.session.record, case)
        RecordDialog(case, (first, self.session.on), then, Draft(workspace, case.id), self).open()

    def judge(self) -> None:
        """Say of the first target that only a person can judge: reached, not reached, not said, in turn."""
        case = self.session.current_case
        pairs = zip(case.goals, case.judgements, strict=True) if case else ()
        found = next(((g, j) for g, j in pairs if g.kind in BY_HAND or j.reached is None), None)
        if found is None:
            self.keys.say("这项任务没有要由人判定的目标")
            return
        goal, judgement = found
        wanted = {None: True, True: False, False: None}[judgement.reached]
        if self.session.judge(goal.id, wanted):
            words = {True: "已达到", False: "未达到", None: "未判定"}[wanted]
            self.keys.say(f"{goal.target.indicator.strip() or goal.words}：{words}")

    def edit_rule(self) -> None:
        """Show the rule of lights, to be changed."""
        from app.ui.ledger.rule_dialog import RuleDialog

        RuleDialog(self.session.workspace.supervision.light_rule(), self.session.set_rule, self).open()

    # --- in and out

    def import_feedback(self) -> None:
        """Ask for returned workbooks and show what they would change."""
        self._need_report()
        folder = str(self.session.workspace.path.parent)
        from app.ui import prompts as ask

        self.take_in(self._prompts.open_files("导入反馈", folder, ask.RETURNED))

    def take_in(self, paths: Sequence[Path]) -> None:
        """Show what these returned workbooks would change; written is what the user then wants."""
        from app.ui.ledger.taking_in import preview_return

        if paths:
            preview_return(self, paths)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # a report that is dropped here is the window's
        names = (url.toLocalFile().lower() for url in event.mimeData().urls())
        if self.session.report_id and any(Path(name).suffix in KINDS for name in names):
            event.acceptProposedAction()
        else:
            event.ignore()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.take_in(paths)

    def export_layouts(self) -> None:
        """Choose a layout with its sheet before one's eyes, and write it."""
        from app.ui.ledger.export_dialog import ExportDialog

        self._need_tasks()
        self._export = ExportDialog(self.session, self._prompts, self.runner, self._tell, self)
        self._export.open()

    def edit_templates(self) -> None:
        """The export dialog is where templates are edited, with the sheet beside."""
        self.export_layouts()
        if self._export is not None:
            self._export.edit_template()

    def export_bulletin(self) -> None:
        """Write 督查通报 as a Word document."""
        from app.ui.ledger.writing import write_document

        self._need_tasks()
        write_document(self, "bulletin")

    def show_due(self) -> None:
        """Show what wants chasing, with reminders ready to be copied."""
        from app.ui.ledger.due_dialog import DueDialog

        self._need_tasks()
        DueDialog(self, self).open()

    def edit_office(self) -> None:
        """Ask who sends ledgers and documents."""
        from app.ui.ledger.office_dialog import OfficeDialog

        supervision = self.session.workspace.supervision
        OfficeDialog(supervision.office(), self._set_office, self).open()

    def _set_office(self, name: str) -> None:
        try:
            self.session.workspace.supervision.set_office(name)
        except UserError as error:
            self._tell(error)

    @property
    def prompts(self) -> "Prompts":
        """What asks the user."""
        return self._prompts

    def tell(self, error: object) -> None:
        """Say what went wrong."""
        self._tell(error)

    # --- inside

    def _connect(self) -> None:
        session, card = self.session, self.card
        session.loaded.connect(self._show_all)
        session.case_changed.connect(self._show_keys)
        session.failed.connect(self._tell)
        session.said.connect(self.keys.say)
        self.panel.grid.selectionModel().selectionChanged.connect(card.show_moves)
        self.panel.grid.entered.connect(partial(self.run, "record"))
        self.panel.grid.doubleClicked.connect(partial(self.run, "record"))
        card.move_asked.connect(self._move_asked)
        card.rule_asked.connect(partial(self.run, "edit_rule"))
        card.record_asked.connect(partial(self.run, "record"))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_keys)

    def _own_acts(self) -> dict[str, Callable[[], object]]:
        panel = self.panel
        names = (
            "record", "judge", "edit_rule", "import_feedback", "export_layouts", "export_bulletin", "show_due",
            "edit_templates", "edit_office",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names} | {
            "next_case": partial(panel.step, 1),
            "previous_case": partial(panel.step, -1),
            "narrow": panel.show_menu,
            "next_light": panel.next_light,
            "next_due": panel.next_due,
            "clear": panel.clear,
            "sort": lambda: self.keys.say(f"按{panel.sort_next()}排列"),
            "search_here": self._begin_search,
        }

    def _chosen(self) -> tuple[Case, ...]:
        chosen = self.panel.grid.chosen
        current = self.session.current_case
        return chosen or ((current,) if current else ())

    def _move_asked(self, name: object) -> None:
        if isinstance(name, TaskMoveName):
            self.run(f"{MOVE}{name.value}")

    def _begin_search(self) -> None:
        self.panel.search.setFocus()
        self.panel.search.selectAll()

    def _need_report(self) -> None:
        if not self.session.report_id:
            raise UserError(NO_REPORT)

    def _need_tasks(self) -> None:
        self._need_report()
        if not self.session.cases:
            raise UserError(NO_TASKS)

    def _show_all(self) -> None:
        self._pages.setCurrentIndex(0 if self.session.cases else 1)
        counts = lights_of(self.session.cases)
        lights = " ".join(f"{COLOUR_NAMES[colour]} {count}" for colour, count in counts.items())
        closed = sum(case.is_closed for case in self.session.cases)
        total = len(self.session.cases)
        self.keys.show_state(f"已办结 {closed} / {total} · {lights}" if total else "")
        self._show_keys()

    def _title(self) -> str:
        summary = self.session.summary
        return " · ".join(filter(None, (self.session.title, "台账", summary.basis if summary else "")))

    def _show_keys(self) -> None:
        if not self._is_released:
            self.keys.show_keys(self._keys_now())

    def _keys_now(self) -> tuple[tuple[str, str], ...]:
        focus = QApplication.focusWidget()
        if not self.session.cases:
            return keys.NOTHING
        if focus is self.panel.search:
            return keys.SEARCHING
        return keys.FIELD if focus is not None and self.card.isAncestorOf(focus) else keys.TABLE
