"""The editors of targets and deadlines: what typed values mean, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.tasks import Comparator, Deadline, DeadlineKind, Direction, Nature, Target
from app.ui.views.card_deadline import QUICK, DeadlineEditor, meaning
from app.ui.views.card_target import TargetEditor, Typed, read

RANGED = Target("新增企业", Comparator.RANGE, 4, 6, "家")
PLAIN = Typed("新增就业", Comparator.EQ, "20", "", "人", None, None, "", is_cumulative=False)


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        (Comparator.EQ, 20, 20),
        (Comparator.ABOUT, 20, 20),
        (Comparator.GE, 20, None),
        (Comparator.GT, 20, None),
        (Comparator.LE, None, 20),
        (Comparator.LT, None, 20),
    ],
)
def test_that_a_number_stands_on_the_side_its_comparator_binds(
    comparator: Comparator, low: float | None, high: float | None
) -> None:
    assert read(replace(PLAIN, comparator=comparator)) == Target("新增就业", comparator, low, high, "人")


def test_that_scales_are_multiplied_in_and_a_typed_unit_is_taken() -> None:
    assert read(replace(PLAIN, low="1.65万")) == Target("新增就业", Comparator.EQ, 16500, 16500, "人")
    assert read(replace(PLAIN, low="45亿元", unit="")) == Target(
        "新增就业", Comparator.EQ, 4.5e9, 4.5e9, "元"
    )
    assert read(replace(PLAIN, low="6.5%", unit="")) == Target("新增就业", Comparator.EQ, 6.5, 6.5, "%")
    assert read(replace(PLAIN, low="45亿元")) == Target("新增就业", Comparator.EQ, 4.5e9, 4.5e9, "人")


def test_that_a_range_needs_both_ends_in_order() -> None:
    ranged = replace(PLAIN, comparator=Comparator.RANGE, low="4", unit="")
    assert read(replace(ranged, high="6家")) == Target("新增就业", Comparator.RANGE, 4, 6, "家")
    assert read(replace(ranged, low="4户", high="6")) == Target("新增就业", Comparator.RANGE, 4, 6, "户")
    assert read(ranged) == "区间要写上下两个数值"
    assert read(replace(ranged, high="多")) == "“多”不是数值"
    assert read(replace(ranged, high="4")) == "区间的上限要大于下限"
    assert read(replace(ranged, high="3")) == "区间的上限要大于下限"


def test_that_what_is_missing_is_named() -> None:
    assert read(replace(PLAIN, indicator="")) == "请写指标名称"
    assert read(replace(PLAIN, low="")) == "请写数值，如 20、1.65万、6.5"
    assert read(replace(PLAIN, low="许多")) == "“许多”不是数值"


def test_that_a_goal_without_a_number_needs_none() -> None:
    for comparator in (Comparator.SYNC, Comparator.ASSIGNED, Comparator.GT_REF):
        goal = replace(PLAIN, comparator=comparator, low="")
        assert read(goal) == Target("新增就业", comparator, None, None, "人")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(560, 700)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def targets(window: QWidget) -> TargetEditor:
    return TargetEditor(window)


def ask(editor: TargetEditor, window: QWidget, target: Target) -> list[Target]:
    chosen: list[Target] = []
    editor.chosen.connect(chosen.append)
    editor.ask(window, window.rect().adjusted(0, 0, 0, -650), target, "达到45亿元左右")
    return chosen


WHOLE = Target(
    "登记额", Comparator.LE, None, 4.5e9, "元", Direction.UP, Nature.BINDING, "40亿元", is_cumulative=True
)


def test_that_the_form_shows_a_target_and_gives_it_back_whole(targets: TargetEditor, window: QWidget) -> None:
    chosen = ask(targets, window, WHOLE)
    assert targets.indicator.hasFocus()
    assert (targets.low.text(), targets.unit.text()) == ("45亿", "元")
    assert targets.comparator.currentText() == "不超过、以内 ≤"
    assert targets.direction.currentText() == "增长、提高"
    assert targets.nature.currentText() == "约束性"
    assert targets.says.text() == "登记额 累计 ≤ 45 亿元"
    QTest.keyClick(targets.indicator, Qt.Key.Key_Return)
    assert chosen == [WHOLE]
    assert not targets.isVisible()


def test_that_a_range_shows_both_ends(targets: TargetEditor, window: QWidget) -> None:
    chosen = ask(targets, window, Target("企业", Comparator.RANGE, 4, 6, "家"))
    assert not targets.high.isHidden()
    assert (targets.low.text(), targets.high.text()) == ("4", "6")
    targets.high.setFocus()
    targets.high.selectAll()
    QTest.keyClicks(targets.high, "9")
    assert targets.says.text() == "企业 4—9 家"
    QTest.keyClick(targets.high, Qt.Key.Key_Enter)
    assert chosen == [Target("企业", Comparator.RANGE, 4, 9, "家")]


def test_that_a_half_filled_form_is_not_taken_and_says_why(targets: TargetEditor, window: QWidget) -> None:
    chosen = ask(targets, window, Target("登记额"))
    assert targets.low.hasFocus()
    assert targets.high.isHidden()
    assert targets.says.text() == "请写数值，如 20、1.65万、6.5"
    assert targets.says.property("role") == "alert"
    assert not targets._ok.isEnabled()
    QTest.keyClick(targets.low, Qt.Key.Key_Return)
    assert chosen == []
    assert targets.isVisible()
    QTest.keyClicks(targets.low, "2.5yi")
    assert targets.says.text() == "登记额 ＝ 2.5 yi"
    assert targets._ok.isEnabled()
    assert targets.says.property("role") == "preview"


def test_that_choosing_a_comparator_by_keys_changes_the_form(targets: TargetEditor, window: QWidget) -> None:
    chosen = ask(targets, window, Target("收入", Comparator.GT_REF))
    assert not targets.low.isEnabled()
    targets.comparator.setFocus()
    QTest.keyClick(targets.comparator, Qt.Key.Key_Up)
    assert targets.comparator.currentText() == "完成下达任务（无数字）"
    for _ in range(2):
        QTest.keyClick(targets.comparator, Qt.Key.Key_Up)
    assert targets.comparator.choice is Comparator.RANGE
    assert not targets.high.isHidden()
    assert targets.low.isEnabled()
    targets.low.setText("3")
    targets.high.setText("5")
    targets.unit.setText("%")
    targets.is_cumulative.setChecked(True)
    QTest.mouseClick(targets._ok, Qt.MouseButton.LeftButton)
    assert chosen == [Target("收入", Comparator.RANGE, 3, 5, "%", is_cumulative=True)]


def test_that_a_target_with_a_figure_opens_at_its_name(targets: TargetEditor, window: QWidget) -> None:
    ask(targets, window, Target("企业", Comparator.EQ, 4, 4, "家"))
    assert targets.indicator.hasFocus()
    assert targets.indicator.selectedText() == "企业"
    assert targets.high.text() == ""


@pytest.mark.parametrize("comparator", [Comparator.SYNC, Comparator.ASSIGNED, Comparator.GT_REF])
def test_that_a_goal_without_a_number_opens_at_its_name(
    targets: TargetEditor, window: QWidget, comparator: Comparator
) -> None:
    targets.ask(window, window.rect(), Target("居民收入增长", comparator), "与经济增长同步")
    assert targets.indicator.hasFocus()
    targets.dismiss()
    targets.ask(window, window.rect(), Target("居民收入增长"), "居民收入增长")
    assert targets.low.hasFocus()


def test_that_tab_goes_through_the_form_as_it_stands(targets: TargetEditor, window: QWidget) -> None:
    targets.ask(window, window.rect(), replace(RANGED, direction=Direction.UP), "4—6家")
    stops: list[QWidget] = [targets.indicator, targets.comparator, targets.low, targets.high, targets.unit]
    stops += [targets.direction, targets.nature, targets.baseline, targets.is_cumulative, targets._ok]
    for stop in stops:
        assert stop.hasFocus()
        QTest.keyClick(stop, Qt.Key.Key_Tab)


def test_that_typed_deadlines_are_explained() -> None:
    assert meaning("6月底", 2026) == "→ 2026年6月30日"
    assert meaning("持续推进", 2026) == "没有截止日期，按期评估"
    assert meaning("汛前", 2026) == "以事件为限，没有日期"
    assert meaning("每季度", 2026) == "按周期重复，没有日期"
    assert meaning("尽快", 2026) == ""


class DeadlineRoom:
    """The deadline editor over a window."""

    def __init__(self, window: QWidget) -> None:
        self.editor = DeadlineEditor(window)
        self.chosen: list[tuple[Deadline, str]] = []
        self.editor.chosen.connect(lambda deadline, words: self.chosen.append((deadline, words)))
        self.window = window

    @property
    def line(self) -> QLineEdit:
        return self.editor.line

    def open(self, words: str = "年底", typed: str = "") -> None:
        place = self.window.rect().adjusted(0, 0, 0, -650)
        self.editor.ask(self.window, place, 2026, words, typed=typed)


@pytest.fixture
def deadlines(window: QWidget) -> DeadlineRoom:
    return DeadlineRoom(window)


def test_that_a_typed_deadline_replaces_the_words_and_is_taken(deadlines: DeadlineRoom) -> None:
    deadlines.open()
    assert deadlines.line.selectedText() == "年底"
    QTest.keyClicks(deadlines.line, "2026-06-30")
    assert deadlines.editor.says.text() == "→ 2026年6月30日"
    QTest.keyClick(deadlines.line, Qt.Key.Key_Return)
    assert deadlines.chosen == [(Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)), "2026-06-30")]
    assert not deadlines.editor.isVisible()


def test_that_a_letter_typed_first_is_kept(deadlines: DeadlineRoom) -> None:
    deadlines.open(typed="6")
    QTest.keyClicks(deadlines.line, "-15")
    assert deadlines.line.text() == "6-15"


def test_that_a_deadline_that_means_nothing_is_not_taken(deadlines: DeadlineRoom) -> None:
    deadlines.open("尽快")
    assert deadlines.editor.says.property("role") == "alert"
    assert deadlines.editor.says.text() == "看不懂这个时限，请写成 6月底、2026-06-30、二季度末 或 持续推进"
    assert deadlines.line.property("invalid") is True
    QTest.keyClick(deadlines.line, Qt.Key.Key_Return)
    assert deadlines.chosen == []
    assert deadlines.editor.isVisible()
    deadlines.line.clear()
    assert deadlines.line.property("invalid") is False
    assert deadlines.editor.says.property("role") == "muted"


@pytest.mark.parametrize(
    ("words", "kind", "due"),
    [
        ("3月底前", DeadlineKind.EXPLICIT, date(2026, 3, 31)),
        ("6月底前", DeadlineKind.EXPLICIT, date(2026, 6, 30)),
        ("9月底前", DeadlineKind.EXPLICIT, date(2026, 9, 30)),
        ("年底前", DeadlineKind.EXPLICIT, date(2026, 12, 31)),
        ("持续推进", DeadlineKind.ROLLING, None),
        ("长期坚持", DeadlineKind.ROLLING, None),
    ],
)
def test_that_quick_choices_are_reached_by_tab_and_taken_by_space(
    deadlines: DeadlineRoom, words: str, kind: DeadlineKind, due: date | None
) -> None:
    deadlines.open()
    button = next(b for b in deadlines.editor.findChildren(QPushButton) if b.text() == words)
    for _ in range(QUICK.index(words) + 1):
        QTest.keyClick(deadlines.window.focusWidget(), Qt.Key.Key_Tab)
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert deadlines.chosen == [(Deadline(kind, due), words)]


def test_that_tab_past_the_last_field_comes_round_and_loses_nothing(
    targets: TargetEditor, window: QWidget
) -> None:
    ask(targets, window, Target("新增就业", low=20, high=20, unit="人"))
    first = targets.indicator
    assert first.hasFocus()
    seen: list[QWidget] = []
    for _ in range(30):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Tab)
        seen += [w for w in (QApplication.focusWidget(),) if w is not None]
    assert targets.isVisible()
    assert first in seen[3:]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert targets.isVisible()
    assert not first.hasFocus()
