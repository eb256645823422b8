"""The first page of a review: which layers there are, which can be taken up, and where each stands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.reports import Layer, LayerState
from app.ui import theme
from app.ui.review.layers_page import CHOOSE, HIDDEN, NONE, TOO_MANY, LayerRow, LayersPage, layer_row
from app.ui.review.steps import Steps
from tests.ui.report_samples import count_of
from tests.ui.review_samples import ZHANG, ReviewWorkspace, as_workspace, first, in_review, second


def row(name: str, refusal: str = "", *, bases: tuple[str, ...] = ()) -> LayerRow:
    return LayerRow(Layer(name, "r", name, base_ids=bases), name, "5项任务", refusal)


@pytest.fixture
def page(qtbot: QtBot) -> LayersPage:
    made = LayersPage()
    qtbot.addWidget(made)
    made.resize(1000, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_that_two_layers_that_can_be_taken_up_are_chosen_at_once(page: LayersPage) -> None:
    page.show_layers("题", [row("a"), row("b", "还是草稿"), row("c"), row("d")])
    assert page.chosen == ["a", "c"]
    assert page.boxes["a"].hasFocus()
    assert page.start.isEnabled()
    assert not page.boxes["b"].isEnabled()
    assert page.boxes["b"].toolTip() == "还是草稿"


def test_that_the_layers_stand_one_below_the_other_with_how_far_they_are(page: LayersPage) -> None:
    page.show_layers("题", [row("a"), row("b"), row("f", bases=("a",))])
    last = page.findChild(QPushButton, "f")
    assert isinstance(last, QPushButton)
    QApplication.processEvents()
    tops = [widget.y() for widget in (page.boxes["a"], page.boxes["b"], last)]
    assert tops == sorted(set(tops))
    steps = page.findChildren(Steps)
    assert [
        step.x() > box.geometry().right() for step, box in zip(steps, page.boxes.values(), strict=False)
    ] == [
        True,
        True,
    ]


def test_that_enter_begins_with_what_is_chosen(page: LayersPage) -> None:
    started: list[list[str]] = []
    page.started.connect(started.append)
    page.show_layers("题", [row("a"), row("b")])
    QTest.keyClick(page.boxes["a"], Qt.Key.Key_Space)
    QTest.keyClick(page.boxes["a"], Qt.Key.Key_Return)
    assert started == [["b"]]
    page.start.click()
    assert started == [["b"], ["b"]]


def test_that_none_or_three_cannot_be_begun_with_and_the_reason_is_said(page: LayersPage) -> None:
    started: list[list[str]] = []
    page.started.connect(started.append)
    page.show_layers("题", [row("a"), row("b"), row("c")])
    page.boxes["c"].setChecked(True)
    assert (page.start.isEnabled(), page._why.text()) == (False, TOO_MANY)
    QTest.keyClick(page.boxes["a"], Qt.Key.Key_Return)
    for box in page.boxes.values():
        box.setChecked(False)
    assert (page.start.isEnabled(), page._why.text(), page.start.toolTip()) == (False, CHOOSE, CHOOSE)
    assert started == []


def test_that_where_nothing_can_be_taken_up_the_layers_reasons_are_said(page: LayersPage) -> None:
    page.show_layers("题", [row("a", "还是草稿"), row("b", "还是草稿"), row("c", "是自己的")])
    assert page._why.text() == "还是草稿\n是自己的"
    assert not page.start.isEnabled()


def test_that_without_layers_the_page_says_what_comes_first(page: LayersPage) -> None:
    page.show_layers("题", [])
    assert page._words.text() == NONE
    assert not page._list.isVisible()
    page.show_layers("题", [row("a")])
    assert page._words.text() != NONE
    assert page._list.isVisible()


def test_that_a_reviewed_layer_is_opened_and_never_reviewed(page: LayersPage) -> None:
    opened: list[str] = []
    page.opened.connect(opened.append)
    page.show_layers("题", [row("a"), row("f", bases=("a",))])
    assert list(page.boxes) == ["a"]
    button = page.findChild(QPushButton, "f")
    assert isinstance(button, QPushButton)
    assert button.text() == "打开f"
    button.click()
    assert opened == ["f"]


def test_that_esc_leaves(page: LayersPage) -> None:
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    page.show_layers("题", [row("a")])
    QTest.keyClick(page.boxes["a"], Qt.Key.Key_Escape)
    assert left == [True]


def test_that_a_layer_says_what_it_holds_and_why_it_cannot_be_taken_up() -> None:
    made = ReviewWorkspace(first(), second(LayerState.DRAFT))
    shown, hidden = (layer_row(as_workspace(made), layer, ()) for layer in made.layers(""))
    assert (shown.name, shown.holds, shown.refusal) == ("张三", "5项任务 · 14个标注 · 第1次提交", "")
    assert (hidden.name, hidden.holds) == ("李四", HIDDEN)
    assert "草稿" in hidden.refusal
    made.person = ZHANG
    assert "不能复核自己的标注" in layer_row(as_workspace(made), made.layers("")[0], ()).refusal


def test_that_the_reviewed_layer_has_its_own_name_and_counts_its_versions() -> None:
    made = in_review()
    *_, reviewed = made.layers("")
    from dataclasses import replace

    assert layer_row(as_workspace(made), reviewed, made.layers("")).name == "复核稿（张三、李四）"
    assert layer_row(as_workspace(made), reviewed, ()).refusal == ""
    assert layer_row(as_workspace(made), replace(reviewed, revision=2), ()).holds.endswith(" · 第2次定稿")


@pytest.mark.parametrize(
    ("state", "green", "accent", "red"),
    [
        (LayerState.DRAFT, 0, 1, 0),
        (LayerState.SUBMITTED, 1, 1, 0),
        (LayerState.IN_REVIEW, 2, 1, 0),
        (LayerState.FINAL, 3, 1, 0),
        (LayerState.RETURNED, 0, 0, 1),
    ],
)
def test_that_the_steps_say_how_far_a_layer_is(
    qtbot: QtBot, state: LayerState, green: int, accent: int, red: int
) -> None:
    steps = Steps(LayerState.DRAFT)
    qtbot.addWidget(steps)
    steps.show_state(state)
    steps.resize(steps.sizeHint())
    image = steps.grab().toImage()
    dot = 60

    def dots(colour: str) -> int:
        return round(count_of(image, colour) / dot)

    found = (dots(theme.LIGHT.green), dots(theme.LIGHT.accent), dots(theme.LIGHT.red))
    assert found == (green, accent, red)


def test_that_a_returned_layer_is_called_so_where_it_was_a_draft(qtbot: QtBot) -> None:
    steps = Steps(LayerState.RETURNED)
    qtbot.addWidget(steps)
    assert steps.accessibleName() == "状态：已退回"
    wide = steps.sizeHint().width()
    steps.show_state(LayerState.DRAFT)
    assert steps.accessibleName() == "状态：草稿"
    assert steps.sizeHint().width() < wide
