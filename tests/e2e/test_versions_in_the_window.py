"""A report's next version by keyboard: which it replaces, both side by side, what waits for a person; slips."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from app.domain import edits
from app.domain.report import Reading
from app.domain.tasks import Tag, TagKind, Target
from app.ui.versions.compare_dialog import CompareDialog, RevisionDialog
from app.ui.versions.settle_dialog import SettleDialog
from app.ui.versions.slips_dialog import SlipsDialog
from app.ui.versions.which_dialog import ANOTHER, WhichDialog
from app.ui.views.card_fields import LineField
from app.ui.views.card_head import QuoteLabel
from app.workspace import Workspace
from tests.e2e.conftest import Driver

OLD = """云港区2026年政府工作报告

一、2026年重点工作

（一）建设枢纽港口。新建泊位3个，6月底前完成航道疏浚。办好港口开放日。推进智慧闸口联网运行。

（二）改善城区面貌。改造老旧小区20个，新建口袋公园6个。整治背街小巷40条。

二、加强政府自身建设

坚持依法行政，办理建议提案满意率达到95%以上。
"""
NEW = (
    OLD.replace("新建泊位3个", "新建泊位5个")
    .replace("办好港口开放日。", "")
    .replace("推进智慧闸口联网运行。", "推进智慧闸口联网运行和远程值守。")
)
OPEN = Callable[[Path], Driver]
Shown = TypeVar("Shown", bound=QDialog)


@pytest.fixture
def accepted(tmp_path: Path, home: Path) -> Path:
    """A workspace with a report of which every suggestion was accepted."""
    path = tmp_path / "港口.duban"
    Workspace.create(path, author="甲").close()
    with Workspace.open(path, author="甲") as workspace:
        report_id = workspace.import_bytes(OLD.encode(), "征求意见稿.txt").id
        workspace.apply(edits.accept(report_id, workspace.items(report_id)))
    return path


@pytest.fixture
def driver(accepted: Path, open_window: OPEN) -> Driver:
    return open_window(accepted)


def new_file(folder: Path, text: str = NEW, name: str = "通过稿.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def dialog(driver: Driver, kind: type[Shown]) -> Shown:
    """The dialog of a kind that comes up and has the keyboard."""
    driver.wait(lambda: any(d.isVisible() for d in driver.window.findChildren(kind)))
    found = next(d for d in driver.window.findChildren(kind) if d.isVisible())
    driver.wait(found.isActiveWindow)
    return found


def revised(driver: Driver, folder: Path) -> SettleDialog:
    """The new version taken; the list of what waits."""
    driver.answers.files = [new_file(folder)]
    driver.press("Ctrl+Shift+N", into=driver.desk.view)
    driver.press("Ctrl+Return", into=dialog(driver, RevisionDialog).table)
    shown = dialog(driver, SettleDialog)
    driver.wait(lambda: bool(rows(shown)) and rows(shown)[0][1] != "")
    return shown


def rows(shown: SettleDialog | RevisionDialog | SlipsDialog) -> list[list[str]]:
    table = shown.table
    items = [
        [table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())
    ]
    return [[item.text() if item is not None else "" for item in row] for row in items]


def test_that_a_file_like_a_report_asks_which_it_replaces_and_shows_both(
    driver: Driver, tmp_path: Path
) -> None:
    driver.answers.files = [new_file(tmp_path)]
    driver.press("Ctrl+I", into=driver.desk.view)
    asked = dialog(driver, WhichDialog)
    assert asked.list.count() == 2
    assert asked.list.item(0).text().startswith("第1号《云港区2026年政府工作报告》的新版本（")
    assert asked.list.item(1).text() == ANOTHER
    driver.press("Return", into=asked.list)
    shown = dialog(driver, RevisionDialog)
    assert len(driver.desk.session.workspace.reports()) == 1
    assert [r[0] for r in rows(shown)].count("数字有改动") == 1
    assert rows(shown)[0][0] == "数字有改动"
    assert "3个" in rows(shown)[0][3]
    assert "5个" in rows(shown)[0][4]
    scores = {why: score for why, *_, score in rows(shown)}
    assert scores["新稿中找不到"] == ""
    assert scores["数字有改动"].endswith("%")
    assert 0 < int(scores["数字有改动"][:-1]) < 100
    driver.press("Escape", into=shown.table)
    driver.wait(lambda: not driver.window.findChildren(RevisionDialog))
    assert len(driver.desk.session.workspace.reports()) == 1


def test_that_another_report_is_imported_for_itself(driver: Driver, tmp_path: Path) -> None:
    driver.answers.files = [new_file(tmp_path)]
    driver.press("Ctrl+I", into=driver.desk.view)
    asked = dialog(driver, WhichDialog)
    driver.press("Down", "Return", into=asked.list)
    workspace = driver.desk.session.workspace
    driver.wait(lambda: len(workspace.reports()) == 2)
    assert [card.supersedes for card in workspace.reports()] == ["", ""]
    assert driver.window.findChildren(RevisionDialog) == []
    driver.wait(lambda: driver.desk.session.report_id == workspace.reports()[1].id)


def test_that_two_files_like_a_report_are_asked_about_one_after_the_other(
    driver: Driver, tmp_path: Path
) -> None:
    other = NEW.replace("40条", "45条")
    driver.answers.files = [new_file(tmp_path), new_file(tmp_path, other, "再改稿.txt")]
    driver.press("Ctrl+I", into=driver.desk.view)
    asked = dialog(driver, WhichDialog)
    assert asked.list.count() == 2
    driver.press("Return", into=asked.list)
    driver.press("Ctrl+Return", into=dialog(driver, RevisionDialog).table)
    again = dialog(driver, WhichDialog)
    assert len(driver.desk.session.workspace.reports()) == 2
    assert again.list.item(0).text().startswith("第2号")
    assert again.list.count() == 2
    driver.press("Escape", into=again.list)
    driver.wait(lambda: not driver.window.findChildren(WhichDialog))


def test_that_the_same_file_twice_is_told_of_when_the_first_has_been_taken(
    driver: Driver, tmp_path: Path
) -> None:
    driver.answers.files = [new_file(tmp_path), new_file(tmp_path, NEW, "又一份.txt")]
    driver.press("Ctrl+I", into=driver.desk.view)
    driver.press("Return", into=dialog(driver, WhichDialog).list)
    driver.press("Ctrl+Return", into=dialog(driver, RevisionDialog).table)
    driver.wait(lambda: bool(driver.answers.told))
    assert driver.answers.told == [
        "这份报告已在工作区中：第2号《云港区2026年政府工作报告》。内容完全相同，不用重复导入。"
    ]
    assert not any(d.isVisible() for d in driver.window.findChildren(WhichDialog))


def test_that_the_next_file_is_asked_about_also_where_the_first_was_taken_at_once(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, alike = Event(), Workspace.alike

    def slowly(workspace: Workspace, reading: Reading) -> object:
        taken.wait(10)
        return alike(workspace, reading)

    driver.answers.files = [new_file(tmp_path), new_file(tmp_path, NEW.replace("40条", "60条"), "又一份.txt")]
    driver.press("Ctrl+I", into=driver.desk.view)
    which = dialog(driver, WhichDialog)
    monkeypatch.setattr(Workspace, "alike", slowly)
    driver.press("Return", into=which.list)
    driver.press("Ctrl+Return", into=dialog(driver, RevisionDialog).table)
    taken.set()
    again = dialog(driver, WhichDialog)
    assert again.list.item(0).text().startswith("第2号")


def test_that_a_version_is_refused_where_it_has_the_same_text(driver: Driver, tmp_path: Path) -> None:
    driver.answers.files = [new_file(tmp_path, OLD)]
    driver.press("Ctrl+Shift+N", into=driver.desk.view)
    driver.wait(lambda: bool(driver.answers.told))
    assert driver.answers.told == ["这个文件和报告现在的文字完全相同，不是新的版本。请核对选的文件。"]
    driver.press("Ctrl+Shift+N", into=driver.desk.view)  # nothing chosen
    assert driver.window.findChildren(RevisionDialog) == []


def test_that_choosing_what_waits_shows_its_place_in_both_texts(driver: Driver, tmp_path: Path) -> None:
    driver.answers.files = [new_file(tmp_path)]
    driver.press("Ctrl+Shift+N", into=driver.desk.view)
    shown = dialog(driver, RevisionDialog)
    driver.press("Down", into=shown.table)
    row = shown.table.currentRow()
    assert row == 0
    old, new = shown.comparing.old.caret_source(), shown.comparing.new.caret_source()
    assert old is not None
    assert new is not None
    assert OLD[old:].startswith(shown._waiting[0].old_words[:1])
    assert (OLD[old - 2 : old + 2], NEW[new - 2 : new + 2]) == ("泊位3个", "泊位5个")


def test_that_keys_walk_the_differences_and_both_sides_stand_level(driver: Driver, tmp_path: Path) -> None:
    driver.answers.files = [new_file(tmp_path)]
    driver.press("Ctrl+Shift+N", into=driver.desk.view)
    shown = dialog(driver, RevisionDialog)
    seen = []
    for key in ("N", "N", "N", "N", "P"):
        driver.press(key, into=shown.table)
        seen.append((shown.comparing.current, shown.keys.word))
    assert seen == [
        (0, "数字改动　1 / 3"),
        (1, "删去　2 / 3"),
        (2, "改动　3 / 3"),
        (0, "数字改动　1 / 3"),
        (2, "改动　3 / 3"),
    ]
    old, new = shown.comparing.old, shown.comparing.new
    assert old.caret_source() == OLD.index("推进智慧闸口")
    assert new.caret_source() == NEW.index("推进智慧闸口")


def test_that_a_taken_version_is_opened_with_its_tags_and_the_list_of_what_waits(
    driver: Driver, tmp_path: Path
) -> None:
    shown = revised(driver, tmp_path)
    session = driver.desk.session
    assert session.report is not None
    assert session.report.reading.source.text == NEW
    assert [card.number for card in session.workspace.reports()] == [1, 2]
    why = [row[0] for row in rows(shown)]
    assert why == sorted(why, key=["数字有改动", "表述有改动", "新稿中找不到"].index)
    assert why[0] == "数字有改动"
    assert why[-1] == "新稿中找不到"
    waiting = len(why)
    driver.wait(lambda: f"修订待核对 {waiting}" in driver.desk.keys._state.text())
    shown.close()
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    driver.press("Ctrl+Shift+R", into=driver.desk.view)
    assert len(rows(dialog(driver, SettleDialog))) == waiting


def test_that_the_new_figure_is_taken_by_a_key_and_undone(driver: Driver, tmp_path: Path) -> None:
    shown = revised(driver, tmp_path)
    session = driver.desk.session
    first = shown._current
    assert first is not None

    def figure() -> float | None:
        tags = session.workspace.tags(session.workspace.layer(session.report_id).id)
        value = next(tag.value for tag in tags if tag.id == first.thing.id)
        assert isinstance(value, Target)
        return value.low

    assert (shown.old.text(), shown.new.text()) == (first.old, first.new)
    assert (figure(), "3" in shown.value.text(), "5" in shown.offer.text()) == (3, True, True)
    count = len(rows(shown))
    driver.press("Space", into=shown.table)
    assert figure() == 5
    assert len(rows(shown)) == count - 1
    driver.press("Ctrl+Z", into=shown.table)
    assert figure() == 3
    assert len(rows(shown)) == count
    driver.press("K", into=shown.table)
    assert figure() == 3
    assert len(rows(shown)) == count - 1


def test_that_an_orphan_is_shown_dropped_or_put_where_the_text_is_selected(
    driver: Driver, tmp_path: Path
) -> None:
    shown = revised(driver, tmp_path)
    session = driver.desk.session
    last = shown.table.rowCount() - 1
    shown.table.setCurrentCell(last, 0)
    note = shown._current
    assert note is not None
    assert "开放日" in note.old
    driver.press("Space", into=shown.table)
    assert shown.problem.isVisible()
    driver.press("L", into=shown.table)
    assert shown.problem.text() == "请先在新稿中选中这一项所在的文字。"
    driver.press("Return", into=shown.table)
    assert session.current.item_id == note.task_id
    shown.activateWindow()
    driver.press("Delete", into=shown.table)
    assert len(rows(shown)) == last
    assert session.item(note.task_id) is None
    driver.press("Ctrl+Z", into=shown.table)
    view = driver.desk.view
    view.reveal(session.report.reading.sections[0].span) if session.report else None
    driver.go_to(NEW.index("整治背街") + 1)
    driver.press(*["Shift+Right"] * 6, into=view)
    chosen = view.selected_span(exact=True)
    shown.table.setCurrentCell(last, 0)
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    driver.press("Ctrl+Shift+R", into=view)  # back to the list, at the same row
    assert dialog(driver, SettleDialog) is shown
    assert shown.table.currentRow() == last
    driver.press("L", into=shown.table)
    item = session.item(note.task_id)
    assert item is not None
    assert item.task.spans == (chosen,)
    assert len(rows(shown)) == last


def test_that_a_note_is_edited_in_the_card(driver: Driver, tmp_path: Path) -> None:
    shown = revised(driver, tmp_path)
    note = shown._current
    assert note is not None
    driver.press("E", into=shown.table)
    session = driver.desk.session
    assert (session.current.item_id, session.current.tag_id) == (note.task_id, note.thing.id)
    driver.wait(lambda: QApplication.focusWidget() is not None)
    assert shown.keys.word == "在卡片里改好，这一处就核对完了"
    waiting = len(rows(shown))
    item = session.item(note.task_id)
    assert item is not None
    assert isinstance(note.thing, Tag)
    assert isinstance(note.thing.value, Target)
    report_id = session.report_id
    session.submit(edits.change_tag(report_id, item, note.thing, replace(note.thing.value, low=5, high=5)))
    assert len(rows(shown)) == waiting - 1


def test_that_two_versions_that_are_here_are_compared(driver: Driver, tmp_path: Path) -> None:
    driver.window.run("compare_versions")
    assert driver.answers.told == ["这份报告是第一版，没有上一版可以对照。"]
    revised(driver, tmp_path).close()
    driver.window.run("compare_versions")
    shown = dialog(driver, CompareDialog)
    assert shown.words.text() == "删去1句，改动1句，数字改动1句"
    driver.press("N", into=shown.comparing.new)
    assert shown.keys.word == "数字改动　1 / 3"


def test_that_the_menu_says_which_report_has_a_newer_version(driver: Driver, tmp_path: Path) -> None:
    revised(driver, tmp_path).close()
    menu = next(m for m in driver.window.findChildren(QMenu) if m.title() == "报告(&R)")
    menu.aboutToShow.emit()
    title = "云港区2026年政府工作报告"
    listed = [action.text() for action in menu.actions() if action.data()]
    assert listed == [f"1  {title}（已有新版本：第2号）", f"2  {title}"]
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    assert driver.desk.keys.word == ("已采用为第2号报告，标注已沿用（要退回：文件 → 移除报告，上一版照旧）")
    driver.desk.show_report(driver.desk.session.workspace.reports()[0].id)
    driver.wait(lambda: driver.desk.keys.word == "这份报告已有新版本：第2号")
    names = [action.objectName() for action in menu.actions() if action.objectName()]
    assert names == ["revise_report", "compare_versions", "settle_revision", "show_slips"]


def test_that_slips_are_corrected_or_left_by_key_and_undone(
    tmp_path: Path, home: Path, open_window: OPEN
) -> None:
    path = tmp_path / "错字.duban"
    Workspace.create(path, author="甲").close()
    text = OLD.replace("坚持依法行政", "优化菅商环境，完普制度，坚持依法行政")
    with Workspace.open(path, author="甲") as workspace:
        workspace.import_bytes(text.encode(), "报告.txt")
    driver = open_window(path)
    session = driver.desk.session
    driver.press("Ctrl+K", into=driver.desk.view)
    shown = dialog(driver, SlipsDialog)
    assert [row[:2] for row in rows(shown)] == [["菅商", "营商"], ["完普", "完善"]]
    assert "优化【菅商】环境" in rows(shown)[0][2]
    driver.press("Space", into=shown.table)
    assert session.report is not None
    assert "优化营商环境" in session.report.reading.shown.text
    assert session.report.reading.source.text == text
    assert [row[0] for row in rows(shown)] == ["完普"]
    driver.press("Delete", into=shown.table)
    assert rows(shown) == []
    assert "完普制度" in session.report.reading.shown.text
    driver.press("Ctrl+Z", "Ctrl+Z", into=shown.table)
    assert [row[0] for row in rows(shown)] == ["菅商", "完普"]
    assert "优化菅商环境" in session.report.reading.shown.text
    shown.table.setCurrentCell(1, 0)
    driver.press("Return", into=shown.table)
    assert driver.desk.view.caret_source() == text.index("完普")
    driver.wait(driver.window.isActiveWindow)
    driver.press("Ctrl+K", into=driver.desk.view)
    assert dialog(driver, SlipsDialog) is shown
    assert shown.table.currentRow() == 1


class Corrected:
    """A window on a task that was accepted, then corrected in its text."""

    def __init__(self, driver: Driver, report_id: str) -> None:
        self.driver, self.desk = driver, driver.desk
        session = driver.desk.session
        self.item = next(item for item in session.items if "菅商" in item.task.quote)
        session.submit(edits.change_task(report_id, self.item, title="菅商环境满意率"))
        session.select(self.item.task.id)
        self.was = self.told()
        driver.press("Ctrl+K", into=driver.desk.view)
        driver.press("Space", into=dialog(driver, SlipsDialog).table)
        self.select()

    def select(self) -> None:
        session = self.desk.session
        self.driver.wait(lambda: bool(session.items))
        session.select(self.item.task.id)

    def told(self) -> tuple[str, ...]:
        """Of the table title and targets; of the card head, title, quote and the target's chip."""
        model, card = self.desk.panel.model, self.desk.card
        row = model.row_of(self.item.task.id)
        cells = [str(model.index(row, column).data()) for column in (2, 3)]
        quote = card.findChildren(QuoteLabel)[0].accessibleName()
        chip = card.chips["targets"].chips[0].face.text
        return *cells, card.head.title.text(), card.fields["title"].words, quote, chip

    def type_title(self, words: str) -> None:
        title = self.desk.card.fields["title"]
        assert isinstance(title, LineField)
        assert not title.is_dirty
        title.setText(words)
        self.desk.card.commit_pending()


@pytest.fixture
def corrected(tmp_path: Path, home: Path, open_window: OPEN) -> Corrected:
    path = tmp_path / "错字.duban"
    text = OLD.replace("办理建议提案满意率", "菅商环境满意率")
    with Workspace.create(path, author="甲") as workspace:
        report_id = workspace.import_bytes(text.encode(), "报告.txt").id
        workspace.apply(edits.accept(report_id, workspace.items(report_id)))
    return Corrected(open_window(path), report_id)


def test_that_card_and_table_tell_what_was_accepted_before_a_correction_as_corrected(
    corrected: Corrected,
) -> None:
    assert corrected.was[0] == "菅商环境满意率"
    assert corrected.told() == tuple(words.replace("菅商", "营商") for words in corrected.was)
    card, stored = corrected.desk.card, corrected.desk.session.item(corrected.item.task.id)
    assert stored is not None
    assert "菅商" in stored.task.quote
    card.edit_target(stored.of_kind(TagKind.TARGET)[0])
    assert card.editor.targets.indicator.text() == "营商环境满意率"
    card.editor.targets.dismiss()
    corrected.desk.undo()
    corrected.select()
    assert corrected.told() == corrected.was


def test_that_a_task_is_edited_as_ever_when_its_words_are_corrected(corrected: Corrected) -> None:
    corrected.type_title("营商环境再提升")
    assert corrected.driver.answers.told == []
    now = corrected.told()
    assert now[0] == now[3] == "营商环境再提升"
    assert "营商环境" in now[4]
    corrected.desk.undo()
    assert corrected.told()[0] == "营商环境满意率"
    corrected.type_title("")  # a task is never without a title
    assert corrected.told()[3] == "营商环境满意率"
    row = corrected.desk.panel.model.row_of(corrected.item.task.id)
    index = corrected.desk.panel.model.index(row, 2)
    assert corrected.desk.panel.model.setData(index, "营商环境满意率 ")  # as it reads: nothing to write
    stored = corrected.desk.session.item(corrected.item.task.id)
    assert stored is not None
    assert stored.task.title == "菅商环境满意率"
