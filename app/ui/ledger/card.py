"""The card of a task under way: where it stands and why, its moves, targets, and what units reported."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.completion import TargetKind
from app.domain.errors import UserError
from app.domain.lights import COLOUR_NAMES
from app.domain.periods import day_of, period_of
from app.domain.phrases import figure_words
from app.domain.progress import Progress
from app.domain.supervising import Case
from app.domain.task_moves import TaskMove
from app.ui.ledger.columns import due_of_case, title_of
from app.ui.ledger.moves_bar import MovesBar
from app.ui.ledger.painting import LightMark, Sparkline
from app.ui.ledger.session import LedgerSession
from app.ui.views.card_head import QuoteLabel
from app.ui.views.card_paint import ElidedLabel

NOTHING = "没有选中的任务"
BY_HAND = frozenset({TargetKind.RELATIVE, TargetKind.WORDS})
"""Targets that only a person can judge."""

LATEST_MOVES = 6


class CaseCard(QWidget):
    """The session's current case. `move_asked` carries a TaskMoveName; the others ask for their dialogs."""

    move_asked = Signal(object)
    rule_asked = Signal()
    record_asked = Signal()

    def __init__(self, session: LedgerSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._selected: Callable[[], tuple[Case, ...]] = tuple
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "card_title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state = _badge(self)
        self.mark = LightMark(self)
        self.light = QLabel("", self)
        self.moves = MovesBar(self)
        self.moves.chosen.connect(self.move_asked)
        self.body = QWidget(self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("任务卡片")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        head.addWidget(self.mark)
        head.addWidget(self.light)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 2, 16, 8)
        bar.addWidget(self.moves)
        bar.addStretch(1)
        column.addLayout(bar)
        column.addWidget(self._scroll, 1)
        session.case_changed.connect(self.show_case)

    def follow(self, selected: Callable[[], tuple[Case, ...]]) -> None:
        """Let the moves be of the cases that this gives: several may be selected."""
        self._selected = selected

    def show_case(self) -> None:
        """Show the current case as it is now; the place it was scrolled to is kept for the same one."""
        case = self._session.current_case
        self.show_moves()
        is_same = case is not None and self.body.objectName() == case.id
        at = self._scroll.verticalScrollBar().value() if is_same else 0
        body = QWidget(self)
        body.setProperty("role", "panel")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 0, 16, 16)
        self._column.setSpacing(8)
        if case is None:
            self.title.show_words(NOTHING)
            self.state.setText("")
            self.light.setText("")
            self._column.addStretch(1)
        else:
            body.setObjectName(case.id)
            self._fill(case)
        self.mark.setVisible(case is not None)
        self.state.setVisible(case is not None)
        self.body = body
        self._scroll.setWidget(body)
        self._scroll.verticalScrollBar().setValue(at)

    def show_moves(self) -> None:
        """Grey out the moves that none of the selected cases allows."""
        chosen = self._selected()
        current = self._session.current_case
        self.moves.show_moves(self._session.refusals(chosen or ((current,) if current else ())))

    # --- parts

    def _fill(self, case: Case) -> None:
        self.title.show_words(f"{case.row.number} · {title_of(case)}")
        self.state.setText(case.state.value)
        self.mark.show_light(case.light.colour)
        self.light.setText(COLOUR_NAMES[case.light.colour])
        if case.row.quote:
            quote = QuoteLabel(self)
            quote.show_quote(case.row.quote, None)
            self._column.addWidget(quote)
        self._add_facts(case)
        self._add_light(case)
        self._add_goals(case)
        self._add_reports(case)
        self._add_moves(case.moves)
        self._column.addStretch(1)

    def _add_facts(self, case: Case) -> None:
        row = case.row
        facts = (
            ("牵头单位", row.lead or "待定"),
            ("配合单位", row.support),
            ("分管领导", row.leader),
            ("责任人", row.person),
            ("完成时限", due_of_case(case)),
            ("报送周期", case.cycle.value),
            ("来源依据", row.source),
        )
        grid = _grid()
        for number, (name, words) in enumerate((n, w) for n, w in facts if w):
            grid.addWidget(self._muted(name), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words(words), number, 1)
        self._column.addLayout(grid)

    def _add_light(self, case: Case) -> None:
        rule = QToolButton(self)
        rule.setText("规则… R")
        rule.setToolTip("查看、修改亮灯规则（R）")
        rule.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rule.clicked.connect(self.rule_asked)
        self._head("亮灯", rule)
        self._column.addWidget(self._words("；".join(case.light.why)))
        self._column.addWidget(self._muted(light_inputs(case)))

    def _add_goals(self, case: Case) -> None:
        self._head("目标", None)
        if not case.goals:
            self._column.addWidget(self._muted("没有量化目标，按进展情况办理"))
            return
        for goal, judgement in zip(case.goals, case.judgements, strict=True):
            line = QHBoxLayout()
            line.setSpacing(8)
            name = goal.target.indicator.strip() or goal.words
            figure = case.figures.get(goal.id)
            line.addWidget(self._words(f"{name}　{figure_words(goal.target, goal.words)}"), 1)
            values = [value for _, value in case.history(goal.id)]
            if len(values) > 1:
                aim = goal.target.low if goal.target.low is not None else goal.target.high
                line.addWidget(Sparkline(values, aim, self))
            done = QLabel(f"{figure.words if figure else '未报'}　{judgement.words}".strip(), self)
            done.setProperty("role", "title")
            done.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            done.setMinimumWidth(self.fontMetrics().horizontalAdvance("未达到 12000万元"))
            line.addWidget(done)
            self._column.addLayout(line)
            below = QHBoxLayout()
            below.addWidget(self._muted(f"{goal.kind.value}：{judgement.why}"), 1)
            if goal.kind in BY_HAND or (judgement.reached is None and figure):
                for words, reached in (("已达到", True), ("未达到", False)):
                    below.addWidget(self._verdict(goal.id, words, reached, judgement.reached))
            self._column.addLayout(below)
        for difference in case.differences:
            words = (
                f"{period_of(difference.period).words}：牵头单位报{difference.lead.words}，"
                f"{difference.unit}报{difference.figure.words}，以牵头单位的为准"
            )
            self._column.addWidget(self._words(words, "alert"))

    def _verdict(self, target_id: str, words: str, reached: bool, now: bool | None) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setCheckable(True)
        button.setChecked(now is reached)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        wanted = None if now is reached else reached
        button.clicked.connect(partial(self._judge, target_id, wanted))
        return button

    def _judge(self, target_id: str, reached: bool | None, _checked: bool = False) -> None:
        try:
            self._session.judge(target_id, reached)
        except UserError as error:
            self._session.refuse(error)

    def _add_reports(self, case: Case) -> None:
        record = QToolButton(self)
        record.setText("填报… F2")
        record.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        record.clicked.connect(self.record_asked)
        self._head("进展", record)
        if case.missed:
            self._column.addWidget(self._words(f"缺反馈：{case.missed_words}", "alert"))
        if not case.reports:
            self._column.addWidget(self._muted("还没有填报"))
        for report in reversed(case.reports):
            self._add_report(case, report)

    def _add_report(self, case: Case, report: Progress) -> None:
        role = "牵头" if report.is_lead else "配合"
        who = f"　{report.reported_by}" if report.reported_by else ""
        head = QLabel(f"{period_of(report.period).words}　{report.unit}（{role}）{who}", self)
        head.setProperty("role", "title")
        self._column.addWidget(head)
        names = {goal.id: goal.target.indicator.strip() or goal.words for goal in case.goals}
        figures = "；".join(
            f"{names.get(f.target_id, '')} {f.words}".strip() for f in report.figures if f.words
        )
        parts = (
            ("完成值", figures),
            ("进展情况", report.text),
            ("存在问题", report.issues),
            ("下一步措施", report.next_steps),
            ("佐证材料", "、".join(report.evidence)),
            ("来自", report.source),
        )
        grid = _grid()
        for number, (name, words) in enumerate((n, w) for n, w in parts if w):
            grid.addWidget(self._muted(name), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._words(words), number, 1)
        self._column.addLayout(grid)

    def _add_moves(self, moves: Iterable[TaskMove]) -> None:
        self._head("流转", None)
        found = list(moves)
        if not found:
            self._column.addWidget(self._muted("还没有立项"))
        for move in reversed(found[-LATEST_MOVES:]):
            self._column.addWidget(self._words(move_words(move)))
        if len(found) > LATEST_MOVES:
            self._column.addWidget(self._muted(f"此前还有{len(found) - LATEST_MOVES}步"))

    # --- pieces

    def _head(self, words: str, button: QToolButton | None) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        label = QLabel(words, self)
        label.setProperty("role", "muted")
        row.addWidget(label)
        rule = QFrame(self)
        rule.setProperty("role", "rule")
        rule.setFixedHeight(1)
        row.addWidget(rule, 1)
        if button is not None:
            row.addWidget(button)
        self._column.addLayout(row)

    def _words(self, words: str, role: str = "") -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label

    def _muted(self, words: str) -> QLabel:
        label = self._words(words, "muted")
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return label


def light_inputs(case: Case) -> str:
    """What a light was judged by, in one line."""
    inputs = case.light.inputs
    parts = [f"判定日{inputs.on.isoformat()}"]
    if inputs.due:
        parts.append(f"时限{inputs.due.isoformat()}")
    if inputs.elapsed is not None:
        parts.append(f"序时进度{inputs.elapsed:.1%}")
    if inputs.completed is not None:
        parts.append(f"完成{inputs.completed:.1%}")
    if inputs.lag is not None:
        parts.append(f"落后{max(0.0, inputs.lag) * 100:.1f}个百分点")
    since = case.light.rule.since
    parts.append(f"规则自{since.isoformat()}起" if since else "默认规则")
    return " · ".join(parts)


def move_words(move: TaskMove) -> str:
    """A move in one line: when, what, who, why."""
    parts = [f"{day_of(move.at).isoformat()}　{move.name.value}　{move.who}"]
    if move.due_after:
        parts.append(
            f"时限{move.due_before.isoformat() if move.due_before else '无'}→{move.due_after.isoformat()}"
        )
    if move.reason:
        parts.append(move.reason)
    if move.evidence:
        parts.append(f"材料：{'、'.join(move.evidence)}")
    return "　".join(parts)


def _badge(parent: QWidget) -> QLabel:
    label = QLabel("", parent)
    label.setProperty("role", "badge")
    return label


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnMinimumWidth(0, 64)
    grid.setColumnStretch(1, 1)
    return grid
