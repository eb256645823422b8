"""The session of supervision: a report's cases as they stand today, which one is current, and every edit of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from app.domain.changes import Change
from app.domain.due_list import DueList, due_list
from app.domain.errors import UserError
from app.domain.ledger import LedgerSummary
from app.domain.lights import LightRule
from app.domain.periods import day_of
from app.domain.supervising import Case
from app.domain.task_moves import RULES, Given, TaskMoveName, lacking, refusal
from app.ui.ledger.narrowing import Due, DueIds, due_ids
from app.ui.session import Session
from app.workspace import Workspace
from app.workspace.supervising import Report

KINDS = frozenset({".xlsx", ".xlsm", ".xls"})
"""Files that may be workbooks that came back."""

NOTHING_CHOSEN = "请先在台账表里选一项任务。"


class LedgerSession(Session):
    """A session over the work under way of one report; the ledger's page and the board's share it.

    Its undo stack holds what is done here: moves, progress, verdicts, what came back. `on` is the day that everything
    is computed for.
    """

    loaded = Signal()  # every case may have changed
    case_changed = Signal()  # another one is current
    said = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.on = today()
        self.cases: tuple[Case, ...] = ()
        self.due = DueList(self.on, (), (), (), ())
        self.due_ids: DueIds = dict.fromkeys(Due, frozenset())
        self.title = ""
        self._report_id = ""
        self._current = ""
        self._is_stepping = False
        self._seen = (-1, "", self.on)

    # --- what there is

    @property
    @override
    def report_id(self) -> str:
        """The id of the report; "" if there is none."""
        return self._report_id

    @property
    def current_case(self) -> Case | None:
        """The case that is current, as it is now."""
        return self.case(self._current)

    def case(self, case_id: str) -> Case | None:
        """A case by its id."""
        return next((case for case in self.cases if case.id == case_id), None)

    @property
    def summary(self) -> LedgerSummary | None:
        """What the ledger is made from; None without a report."""
        return self.workspace.supervision.facts(self._report_id).ledger.summary if self._report_id else None

    @property
    def is_plan(self) -> bool:
        """Whether the report is for several years."""
        return bool(self._report_id) and self.workspace.supervision.facts(self._report_id).of_plan

    def refusals(self, found: Sequence[Case]) -> dict[TaskMoveName, str]:
        """Every move with "" where it may be made of one of these cases at least, else why not of the first."""
        person = self.workspace.person
        told: dict[TaskMoveName, str] = {}
        for name, rule in RULES.items():
            reasons = [refusal(rule, person, case.state, case.due, self.on) for case in found]
            told[name] = "" if "" in reasons else next(iter(reasons), NOTHING_CHOSEN)
        return told

    # --- opening

    def show(self, report_id: str) -> None:
        """Show a report's cases; what was written meanwhile, and a day gone by, is taken in."""
        person = self.workspace.person
        seen = (self.workspace.log_length(), f"{report_id}/{person.id if person else ''}", today())
        if seen == self._seen:
            return
        if seen[1] != self._seen[1]:
            self.undo_stack.clear()  # another report, or somebody else works here
        self._report_id, self.on = report_id, seen[2]
        self._seen = (-1, seen[1], self.on)  # until it is loaded
        self.load_board()
        self._seen = seen

    @override
    def load_board(self) -> None:
        """Load the cases anew."""
        if self._report_id:
            facts = self.workspace.supervision.facts(self._report_id)
            self.title = facts.ledger.title
            self.cases = self.workspace.supervision.cases(self._report_id, self.on)
        else:
            self.title, self.cases = "", ()
        self.due = due_list(self.cases, self.on)
        self.due_ids = due_ids(self.due)
        if self.current_case is None:
            self._current = self.cases[0].id if self.cases else ""
        self.loaded.emit()
        self.case_changed.emit()

    @override
    def look_away(self) -> None:
        self._left_at = self.workspace.log_length() if self._report_id else None

    @override
    def look_again(self) -> bool:
        """Load what another window has written meanwhile; whether there was anything."""
        left_at, self._left_at = self._left_at, None
        if left_at in (None, self.workspace.log_length()):
            return False
        self.show(self._report_id)
        return True

    def go(self, case_id: str) -> None:
        """Make a case the current one."""
        if case_id != self._current:
            self._current = case_id
            self.case_changed.emit()

    # --- edits

    def move(self, found: Iterable[Case], name: TaskMoveName, given: Given) -> bool:
        """Make a move of those of these cases that may be moved; says how many were left out."""
        found, person = tuple(found), self.workspace.person
        fit = [case for case in found if not refusal(RULES[name], person, case.state, case.due, self.on)]
        if not fit:
            self.said.emit(self.refusals(found)[name])
            return False
        for case in fit:
            words = lacking(RULES[name], given, case.due)
            if words:
                raise UserError(f"第{case.row.number}项：{words}" if len(fit) > 1 else words)
        ids = [case.id for case in fit]
        done = self.submit(self.workspace.supervision.moves_change(self._report_id, ids, name, given))
        if done:
            left = len(found) - len(fit)
            self.said.emit(
                f"已{name.value}{len(fit)}项" + (f"，另有{left}项现在不能{name.value}" if left else "")
            )
        return done

    def record(self, case: Case, told: Report) -> bool:
        """Record what a unit reports on a task for a period."""
        return self.submit(self.workspace.supervision.progress_change(self._report_id, case.id, told))

    def judge(self, target_id: str, reached: bool | None) -> bool:
        """Say whether a target is reached; None takes back what was said."""
        return self.submit(self.workspace.supervision.verdict_change(self._report_id, target_id, reached))

    def set_rule(self, rule: LightRule) -> None:
        """Let another rule of lights hold from today on."""
        self.workspace.supervision.set_light_rule(rule, self.on)
        self.show(self._report_id)
        self.said.emit("亮灯规则已修改，全部亮灯已按新规则重算")

    @override
    def step(self, move: Callable[[], None]) -> None:
        """Undo or redo, and go to what that touched."""
        self._is_stepping = True
        try:
            move()
        finally:
            self._is_stepping = False

    # --- inside

    @override
    def _follow(self, done: Change) -> None:
        self._seen = (self.workspace.log_length(), self._seen[1], self._seen[2])
        touched = [getattr(edit.after or edit.before, "task_id", "") for edit in done.edits]
        self.load_board()
        first = next((case_id for case_id in touched if self.case(case_id)), "")
        if self._is_stepping and first and self._current not in touched:
            self.go(first)


def today() -> date:
    """The day it is at this workstation."""
    return day_of(datetime.now(UTC))
