"""Two annotators at two workstations, a reviewer at one of them: tagged, handed over, decided and handed back by key."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from app.domain.decisions import Choice
from app.domain.reports import LayerState
from app.domain.tasks import TagKind
from app.review import Status
from app.ui.dialogs.reason_dialog import ReasonDialog
from app.ui.review.desk import ReviewDesk
from app.workspace import Workspace
from tests.e2e.conftest import Answers, Driver

OPEN = Callable[[Path], Driver]
KEYS = {Choice.FIRST: "A", Choice.SECOND: "B", Choice.BOTH: "X", Choice.NEITHER: "0"}
SEEDS = Path(__file__).parents[2] / ".." / "shared" / "seeds"


class Station:
    """A workstation: a configuration of its own, and a workspace in which one person began to work."""

    def __init__(
        self, folder: Path, name: str, open_window: OPEN, monkeypatch: pytest.MonkeyPatch, report: Path | None
    ) -> None:
        folder.mkdir()
        self.folder, self.name = folder, name
        self.path = folder / f"{name}.duban"
        self._open, self._patch = open_window, monkeypatch
        self._home()
        with Workspace.create(self.path, sample=report is None, author=name) as workspace:
            if report is not None:
                workspace.import_file(report)

    def sit_down(self) -> Driver:
        """Open the window of this workstation."""
        self._home()
        return self._open(self.path)

    def _home(self) -> None:
        self._patch.setenv("DUBAN_HOME", str(self.folder / "home"))


def dialog(driver: Driver, name: str = "") -> QDialog:
    """The dialog that has just come up, ready for keys."""

    def found() -> QDialog | None:
        every = (w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
        return next((w for w in every if name in ("", w.objectName())), None)

    driver.wait(lambda: found() is not None)
    shown = found()
    assert shown is not None
    shown.activateWindow()
    driver.wait(shown.isActiveWindow)
    return shown


def back(driver: Driver) -> None:
    """The window is the active one again, as every window manager sees to when a dialog has gone."""
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    driver.desk.view.setFocus()


def type_into(driver: Driver, words: str) -> None:
    """Type words where the keyboard is; Chinese ones as an input method gives them."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    if words.isascii():
        QTest.keyClicks(focus, words)
    else:
        focus.insert(words)


def annotate(driver: Driver, *, is_other: bool) -> None:
    """Go through the whole report by key: the first accepts nearly all, the other differs here and there."""
    session, number = driver.desk.session, 0
    driver.press("N")
    while any(item.is_open for item in session.items):
        item = session.current_item
        assert item is not None
        number += 1
        assert number < 900
        if not item.is_open:
            driver.press("N")
        elif number % 9 == (3 if is_other else 7):
            dismiss(driver, is_figure=bool(item.of_kind(TagKind.TARGET)))
        elif is_other and number % 4 == 1:
            driver.press("E")
            type_into(driver, "(ok)")
            driver.press("Escape", "Return")
        elif is_other and number % 4 == 2 and item.tags:
            driver.press("Tab", "Delete", "Escape", "Return")
        else:
            driver.press("Return")


def dismiss(driver: Driver, *, is_figure: bool) -> None:
    driver.press("Delete")
    if is_figure:
        asked = next(d for d in driver.desk.findChildren(ReasonDialog) if d.isVisible())
        driver.wait(asked.isActiveWindow)
        driver.press("1", into=asked)
        back(driver)


def hand_out(driver: Driver, answers: Answers, package: Path) -> None:
    """Write the package by key."""
    answers.files = [package]
    driver.press("Ctrl+Shift+E")
    driver.wait(lambda: package.exists() and "交接包里有" in answers.told[-1])


def take_in(driver: Driver, answers: Answers, *packages: Path) -> None:
    """Take packages in by key: looked at first, then merged."""
    answers.files = list(packages)
    driver.press("Ctrl+Shift+I")
    preview = dialog(driver, "merge_preview")
    length = driver.desk.session.workspace.log_length()
    driver.press("Return", into=preview)
    driver.wait(lambda: driver.desk.session.workspace.log_length() > length)
    driver.wait(lambda: bool(driver.desk.session.items))
    back(driver)


def enter_reviewer(driver: Driver, name: str) -> None:
    """The coordinator lets somebody in who reviews and does nothing else."""
    driver.window.run("show_people")
    people = dialog(driver, "people")
    driver.press("Ctrl+N")
    form = dialog(driver, "person_form")
    type_into(driver, name)
    driver.press("Tab", "Space", "Tab", "Space")  # no annotator, but a reviewer
    driver.press("Return", into=form)
    driver.wait(lambda: name in [person.name for person in driver.desk.session.workspace.people()])
    people.close()
    back(driver)


def change_to(driver: Driver, name: str) -> None:
    """Let somebody else work here, by key."""
    driver.press("Ctrl+Shift+P")
    asked = dialog(driver, "sign_in")
    type_into(driver, name)
    driver.press("Return", into=asked)
    workspace = driver.desk.session.workspace
    driver.wait(lambda: workspace.person is not None and workspace.person.name == name)
    driver.wait(lambda: bool(driver.desk.session.items))
    back(driver)


def review_page(driver: Driver) -> ReviewDesk:
    driver.press("Alt+2")
    assert driver.window.pages is not None
    review = driver.window.pages.review
    assert review is not None
    return review


def decide_everything(driver: Driver, review: ReviewDesk) -> int:
    """One key for each difference, whichever can be taken in turn."""
    wishes, pressed = cycle(KEYS), 0
    while any(d.status is Status.OPEN for d in review.session.differences):
        refusals = review.session.refusals(review.session.current_difference)
        driver.press(KEYS[next(choice for choice in wishes if not refusals[choice])])
        pressed += 1
        assert pressed < 2000
    return pressed


def sample() -> Path | None:
    return None


def seed() -> Path | None:
    found = sorted(SEEDS.glob("000*.txt"))
    if not found:
        pytest.skip("the seeds are not beside the project")
    return found[0]


def tag_and_hand_in(driver: Driver, answers: Answers, *, is_other: bool) -> None:
    annotate(driver, is_other=is_other)
    driver.press("Ctrl+Shift+Return")
    assert "待确认 0 项" in answers.told[-1]
    report = driver.desk.session.report
    assert report is not None
    assert report.layer.state is LayerState.SUBMITTED


def adjudicate(driver: Driver, answers: Answers, ledger: Path) -> ReviewDesk:
    """Every difference decided, the layer made final, the ledger written: all by key."""
    review = review_page(driver)
    driver.press("Return")
    driver.wait(lambda: review.session.review is not None)
    assert len(review.session.differences) >= 10
    assert decide_everything(driver, review) <= len(review.session.differences)
    driver.press("Ctrl+Return")
    assert review.session.reviewed is not None
    assert review.session.reviewed.state is LayerState.FINAL
    answers.files = [ledger]
    driver.press("Ctrl+E")
    driver.wait(lambda: driver.desk.keys.word == f"已导出 {ledger.name}")
    return review


def see_what_changed(driver: Driver, decided: dict[str, Choice]) -> None:
    """The annotator looks at what review made of their layer, and can change nothing."""
    own = review_page(driver)
    changed = own.session.differences
    assert changed
    assert all(d.decision and d.decision.choice is decided[d.key] for d in changed)
    assert {d.decision.who for d in changed if d.decision} == {"丙"}
    assert own.session.refusal
    length = driver.desk.session.workspace.log_length()
    driver.press("A", "B", "Return")
    assert driver.desk.session.workspace.log_length() == length


@pytest.mark.parametrize("report", [sample, seed])
def test_that_two_workstations_come_to_one_final_ledger(
    report: Callable[[], Path | None],
    tmp_path: Path,
    open_window: OPEN,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = Station(tmp_path / "一", "甲", open_window, monkeypatch, report())
    second = Station(tmp_path / "二", "乙", open_window, monkeypatch, report())
    theirs, result = tmp_path / "甲.dubanpkg", tmp_path / "结果.dubanpkg"

    driver = first.sit_down()
    tag_and_hand_in(driver, answers, is_other=False)
    hand_out(driver, answers, theirs)
    driver.window.close()

    driver = second.sit_down()
    enter_reviewer(driver, "丙")
    tag_and_hand_in(driver, answers, is_other=True)
    take_in(driver, answers, theirs)
    workspace, report_id = driver.desk.session.workspace, driver.desk.session.report_id
    assert {layer.author for layer in workspace.layers(report_id) if workspace.is_visible(layer)} == {
        "甲",
        "乙",
    }
    assert workspace.conflicts() == ()
    change_to(driver, "丙")
    review = adjudicate(driver, answers, tmp_path / "台账.xlsx")
    final = workspace.counting_layer(report_id)
    tasks = [task.id for task in workspace.tasks(final.id)]
    hand_out(driver, answers, result)
    decided = {d.key: d.decision.choice for d in review.session.differences if d.decision}
    driver.window.close()

    driver = first.sit_down()
    take_in(driver, answers, result)
    workspace = driver.desk.session.workspace
    assert workspace.layer(report_id).state is LayerState.FINAL
    assert workspace.counting_layer(report_id).id == final.id
    assert [task.id for task in workspace.tasks(final.id)] == tasks
    assert workspace.conflicts() == ()
    assert workspace.verify(result) == []
    see_what_changed(driver, decided)
