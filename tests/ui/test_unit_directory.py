"""单位名录 by keys: filter, edit in place, add, rename, merge, abolish, remove, move; undo takes all back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain import unit_edits
from app.domain.changes import Change
from app.domain.errors import UserError
from app.domain.tasks import Owner, Role, Tag, TagKind
from app.domain.unit_import import UnitImport, UnitRow, UnitSheet, compare
from app.domain.units import Unit
from app.ui import theme
from app.ui.dialogs.unit_directory import COMMANDS, UnitDirectory
from app.ui.dialogs.unit_form import UnitForm
from app.ui.dialogs.unit_preview import UnitPreview, lines, summary
from app.ui.drafts import Drafts
from app.ui.models.unit_table import COLUMNS, standing_words
from app.ui.prompts import Prompts
from app.ui.session import Session
from app.ui.views.task_card import TaskCard
from tests.ui.fake_workspace import UNITS, FakeWorkspace, open_session, store_of

FG, KJ, GX, CZ, CG, ZW, OLD = UNITS
TITLES = ["职能代码", "名称", "简称", "别名", "分管领导", "责任人", "电话", "组别", "有效"]
TAG = Tag(
    "t",
    "layer-1",
    "task",
    TagKind.OWNER,
    (),
    "区科技局",
    Owner(Role.LEAD, "区科技局", "科技", "u-kj"),
    version=1,
)


class UnitStore(FakeWorkspace):
    """The fake, with a directory that can be edited. `sheet` is what a workbook would say."""

    path = Path("云港.duban")

    def __init__(self) -> None:
        super().__init__()
        self.stored = {unit.id: unit for unit in UNITS}
        self.used = {"u-kj"}
        self.sheet = UnitSheet(())
        self.exported: list[Path] = []

    @override
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit_edits.ordered([u for u in self.stored.values() if isinstance(u, Unit)]))

    def initials(self, name: str) -> str:
        """No pinyin here."""
        return f"<{name}>"

    def is_unit_used(self, unit_id: str) -> bool:
        """Whether a task names it."""
        return unit_id in self.used

    def tags_of_unit(self, unit_id: str) -> tuple[Tag, ...]:
        """The tags that name it."""
        return tuple(t for t in (TAG,) if t.id in self.stored and unit_id == "u-kj")

    def read_units(self, path: Path) -> UnitImport:
        """What the sheet would change."""
        if path.name == "坏.xlsx":
            raise UserError("“坏.xlsx”已损坏。")
        return compare(self.units(), self.sheet, self.initials, self.tags_of_unit)

    def export_units(self, out: Path) -> int:
        """Note where to."""
        self.exported.append(out)
        return len(self.units())


class Answers(Prompts):
    """Answers with one file, and keeps what it was told."""

    def __init__(self) -> None:
        self.file: Path | None = Path("名录.xlsx")
        self.told: list[str] = []

    @override
    def open_file(self, title: str, folder: str, kinds: str) -> Path | None:
        return self.file

    @override
    def save_file(self, title: str, suggested: str, kinds: str, *, may_replace: bool = True) -> Path | None:
        return self.file

    @override
    def warn(self, title: str, text: str) -> None:
        self.told.append(text)


class Room:
    """The dialog with short words for what a user does."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.store = UnitStore()
        self.session: Session = open_session(self.store)
        self.answers = Answers()
        self.refused: list[str] = []
        self.session.failed.connect(lambda error: self.refused.append(str(error)))
        self.desk = QWidget()
        qtbot.addWidget(self.desk)
        self.dialog = UnitDirectory(self.session, self.answers, self.desk)
        self.dialog.show()
        qtbot.waitExposed(self.dialog)
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    @property
    def table(self) -> QWidget:
        return self.dialog.table

    @property
    def names(self) -> list[str]:
        model = self.dialog.model
        return [str(model.index(row, 2).data()) for row in range(model.rowCount())]

    @property
    def here(self) -> tuple[str, str]:
        """The current row's short name and the current cell's column."""
        index = self.dialog.table.currentIndex()
        return str(index.siblingAtColumn(2).data()), COLUMNS[index.column()].title

    @property
    def said(self) -> str:
        return self.dialog.keys._word.text()

    def unit(self, unit_id: str) -> Unit:
        return next(u for u in self.session.units if u.id == unit_id)

    def go(self, short_name: str, title: str = "名称") -> None:
        row = self.names.index(short_name)
        self.dialog.table.setCurrentIndex(self.dialog.model.index(row, TITLES.index(title)))
        self.dialog.table.setFocus()

    def press(self, *keys: str) -> None:
        for key in keys:
            *held, name = key.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for word in held:
                modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(word, word) + "Modifier")
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, getattr(Qt.Key, f"Key_{name}"), modifiers)
            QApplication.processEvents()  # Enter in a cell is taken when the event loop turns

    def type(self, text: str) -> None:
        """Type over what is selected in the field that has the keyboard."""
        field = QApplication.focusWidget()
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        assert isinstance(line, QLineEdit)
        line.setText(text)

    def form(self) -> UnitForm:
        found = [f for f in self.dialog.findChildren(UnitForm) if f.isVisible()]
        assert len(found) == 1
        found[0].activateWindow()
        self.bot.waitUntil(found[0].isActiveWindow)
        return found[0]

    def preview(self) -> UnitPreview:
        (found,) = (p for p in self.dialog.findChildren(UnitPreview) if p.isVisible())
        found.activateWindow()
        self.bot.waitUntil(found.isActiveWindow)
        return found


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


# --- what is shown


def test_that_every_unit_stands_in_its_order_with_the_keyboard_on_the_first(room: Room) -> None:
    assert room.names == [
        "区发改委",
        "区科技局",
        "区工信局",
        "区财政局",
        "区城管委",
        "区政务服务办",
        "区商业局",
    ]
    assert [room.dialog.model.headerData(i, Qt.Orientation.Horizontal) for i in range(9)] == TITLES
    assert room.here == ("区发改委", "名称")
    assert room.table.hasFocus()
    assert room.dialog.count.text() == "7 个"


def test_that_a_cell_says_its_field_in_full_in_its_hint_too(room: Room) -> None:
    index = room.dialog.model.index(1, 3)
    assert index.data() == "科技局"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "科技局"
    assert room.dialog.model.index(1, 0).data() == "科技"
    assert room.dialog.model.index(1, 8).data() == "有效"


@pytest.fixture
def inks(qapp: QApplication) -> Iterator[Callable[[str, str], None]]:
    """Gives the application an ink and a muted one for the time of a test."""
    before = QPalette(qapp.palette())

    def give(ink: str, muted: str) -> None:
        palette = QPalette(before)
        palette.setColor(QPalette.ColorRole.Text, QColor(ink))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(muted))
        qapp.setPalette(palette)

    yield give
    qapp.setPalette(before)


def test_that_what_became_of_an_abolished_unit_is_said_in_muted_ink(
    room: Room, inks: Callable[[str, str], None]
) -> None:
    assert standing_words(OLD, UNITS) == "2020-01-01停用"
    assert standing_words(replace(OLD, successor_id="u-gx"), UNITS) == "已并入区工信局"
    for look in (theme.LIGHT, theme.DARK):
        inks(look.ink, look.muted)
        cells = [room.dialog.model.index(row, 1) for row in (0, 6)]
        seen = [cell.data(Qt.ItemDataRole.ForegroundRole).name() for cell in cells]
        assert seen == [look.ink, look.muted]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("qkjj", ["区科技局"]),
        ("kjj", ["区科技局"]),
        ("发展和改革", ["区发改委"]),
        ("科技局", ["区科技局"]),
        ("李若川", ["区财政局"]),
        ("0221", ["区财政局"]),
        ("周宁", ["区财政局"]),
        ("商业", ["区商业局"]),
        ("没有", []),
        (" ", ["区发改委", "区科技局", "区工信局", "区财政局", "区城管委", "区政务服务办", "区商业局"]),
    ],
)
def test_that_the_filter_finds_units_by_all_that_people_know(
    room: Room, typed: str, found: list[str]
) -> None:
    room.session.submit(changed(room, CZ, leader="李若川", person="周宁", telephone="0221"))
    room.press("Ctrl+F")
    assert room.dialog.filter.hasFocus()
    room.dialog.filter.insert(typed)  # QTest presses no Chinese
    assert room.names == found
    shown = f"{len(found)} / 7 个" if len(found) < 7 else "7 个"
    assert room.dialog.count.text() == shown


def test_that_slash_filters_and_down_goes_to_what_was_found(room: Room) -> None:
    room.press("Slash")
    assert room.dialog.filter.hasFocus()
    QTest.keyClicks(room.dialog.filter, "qgxj")
    room.press("Down")
    assert room.table.hasFocus()
    assert room.here == ("区工信局", "名称")


def test_that_esc_empties_the_filter_before_it_closes_the_window(room: Room) -> None:
    room.press("Ctrl+F")
    QTest.keyClicks(room.dialog.filter, "q")
    room.press("Escape")
    assert room.dialog.filter.text() == ""
    assert room.desk.findChildren(UnitDirectory) == [room.dialog]
    QTest.keyClick(room.dialog.filter, Qt.Key.Key_Escape)
    room.bot.waitUntil(lambda: room.desk.findChildren(UnitDirectory) == [])


def test_that_the_current_unit_stays_while_the_filter_shows_it(room: Room) -> None:
    room.go("区工信局", "电话")
    room.dialog.filter.setText("qg")
    assert room.here == ("区工信局", "电话")
    room.dialog.filter.clear()
    assert room.here == ("区工信局", "电话")


# --- edits in place


@pytest.mark.parametrize("key", ["F2", "Return"])
def test_that_a_cell_is_edited_by_key_and_written_at_enter(room: Room, key: str) -> None:
    room.go("区科技局", "分管领导")
    room.press(key)
    room.type(" 李若川 ")
    room.press("Return")
    assert room.unit("u-kj").leader == "李若川"
    assert room.here == ("区科技局", "分管领导")
    room.bot.waitUntil(room.table.hasFocus)
    room.press("Ctrl+Z")
    assert room.unit("u-kj").leader == ""
    assert room.said == "已撤销：修改单位 区科技局"
    room.press("Ctrl+Shift+Z")
    assert room.unit("u-kj").leader == "李若川"


def test_that_a_letter_over_the_table_opens_no_cell(room: Room) -> None:
    room.go("区科技局")
    QTest.keyClicks(room.table, "x")
    assert room.table.findChildren(QLineEdit) == []


def test_that_tab_goes_on_to_the_next_cell(room: Room) -> None:
    room.go("区科技局", "分管领导")
    room.press("F2")
    for text in ("李若川", "周宁"):
        room.type(text)
        room.press("Tab")
    room.type("022-1")
    room.press("Return")
    now = room.unit("u-kj")
    assert (now.leader, now.person, now.telephone) == ("李若川", "周宁", "022-1")
    assert room.session.undo_stack.count() == 3


def test_that_esc_leaves_a_cell_as_it_was(room: Room) -> None:
    room.go("区科技局", "电话")
    room.press("F2")
    room.type("1")
    room.press("Escape")
    assert room.unit("u-kj") == KJ
    assert room.dialog.isVisible()


def test_that_a_code_is_chosen_from_the_list_by_typing(room: Room) -> None:
    room.go("区科技局", "职能代码")
    room.press("F2")
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    assert (box.count(), box.currentText()) == (55, "科技")
    room.type("数据")
    room.press("Return")
    assert room.unit("u-kj").code == "数据"


def test_that_aliases_are_written_with_commas(room: Room) -> None:
    room.go("区科技局", "别名")
    room.press("F2")
    room.type("科技局、区科委，科委")
    room.press("Return")
    assert room.unit("u-kj").aliases == ("科技局", "区科委", "科委")


@pytest.mark.parametrize(
    ("title", "typed", "words"),
    [
        ("职能代码", "科学", "职能代码“科学”不在清单里。"),
        ("简称", "区工信局", "“区工信局”已经是区工信局的名称或别名，请换一个。"),
        ("名称", "", "名称不能是空的。"),
    ],
)
def test_that_what_cannot_be_is_told_and_nothing_written(
    room: Room, title: str, typed: str, words: str
) -> None:
    room.go("区科技局", title)
    room.press("F2")
    room.type(typed)
    room.press("Return")
    assert room.refused == [words]
    assert room.unit("u-kj") == KJ
    assert room.store.changes == []


def test_that_whether_a_unit_stands_is_no_field(room: Room) -> None:
    room.go("区科技局", "有效")
    room.press("F2")
    assert room.table.hasFocus()
    assert not room.dialog.model.setData(room.dialog.model.index(1, 8), "停用")


def test_that_a_cell_left_as_it_was_writes_nothing(room: Room) -> None:
    room.go("区科技局", "名称")
    room.press("F2", "Return")
    assert room.store.changes == []


def test_that_an_edit_leaves_its_row_in_the_filtered_table(room: Room) -> None:
    room.dialog.filter.setText("qkjj")
    room.go("区科技局", "简称")
    room.press("F2")
    room.type("区创新局")
    room.press("Return")
    assert room.names == ["区创新局"]
    assert room.unit("u-kj").initials == "<区创新局>"


def test_that_a_corrected_short_name_reaches_the_tags(room: Room) -> None:
    room.store.stored[TAG.id] = TAG
    room.go("区科技局", "简称")
    room.press("F2")
    room.type("区科创局")
    room.press("Return")
    assert room.store.stored[TAG.id].text == "区科创局"  # type: ignore[union-attr]  # a tag
    assert room.unit("u-kj").aliases == ("科技局",)


# --- commands


def test_that_no_key_means_two_things_and_every_command_is_there(room: Room) -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert all(callable(getattr(room.dialog, command.name)) for command in COMMANDS)


def test_that_a_new_unit_is_asked_for_and_shown(room: Room) -> None:
    room.dialog.filter.setText("qkjj")
    room.press("Ctrl+N")
    form = room.form()
    for name, text in (
        ("code", "水务"),
        ("name", "云港区水务局"),
        ("short_name", "区水务局"),
        ("person", "王"),
    ):
        field = form.fields[name]
        field.setEditText(text) if isinstance(field, QComboBox) else field.setText(text)
    QTest.keyClick(form.fields["name"], Qt.Key.Key_Return)
    made = room.session.units[-1]
    assert (made.code, made.short_name, made.group, made.person) == ("水务", "区水务局", "委办局", "王")
    assert made.order == 8
    assert room.here == ("区水务局", "名称")
    assert room.dialog.filter.text() == ""
    assert room.said == "已保存：新增单位 区水务局"
    assert not form.isVisible()


def test_that_a_form_that_is_not_filled_in_says_so_and_stays(room: Room) -> None:
    room.press("Ctrl+N")
    form = room.form()
    QTest.keyClick(form.fields["name"], Qt.Key.Key_Return)
    assert form.isVisible()
    assert form.problem.text() == "职能代码不能是空的。"
    for name, text in (("code", "科技"), ("name", "区科技局")):
        field = form.fields[name]
        field.setEditText(text) if isinstance(field, QComboBox) else field.setText(text)
    QTest.keyClick(form.fields["name"], Qt.Key.Key_Return)
    assert form.problem.text() == "“区科技局”已经是区科技局的名称或别名，请换一个。"
    assert room.store.changes == []
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_that_a_renamed_unit_keeps_its_old_names_as_aliases(room: Room) -> None:
    room.store.stored[TAG.id] = TAG
    room.go("区科技局")
    room.press("Ctrl+R")
    form = room.form()
    assert (form.text("name"), form.text("short_name")) == (KJ.name, KJ.short_name)
    for name, text in (("name", "云港区科学技术和数据局"), ("short_name", "区科数局")):
        field = form.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)
    QTest.keyClick(form.fields["name"], Qt.Key.Key_Return)
    now = room.unit("u-kj")
    assert (now.short_name, now.aliases) == ("区科数局", ("科技局", "区科技局", "云港区科学技术局"))
    assert room.store.stored[TAG.id].text == "区科数局"  # type: ignore[union-attr]  # a tag
    assert room.session.undo_stack.count() == 1


def test_that_a_unit_is_merged_into_the_one_that_is_picked(room: Room) -> None:
    room.go("区科技局")
    room.press("Ctrl+M")
    assert room.dialog.picker.isVisible()
    QTest.keyClicks(room.dialog.picker.line, "qgx")
    room.press("Return")
    now = room.unit("u-kj")
    assert now.successor_id == "u-gx"
    assert now.valid_to is not None
    assert room.said == "区科技局的任务今后建议给区工信局，已定的不变"
    assert room.dialog.model.index(1, 8).data() == "已并入区工信局"
    assert room.here == ("区科技局", "名称")


def test_that_a_unit_merges_into_none_that_the_directory_lacks(room: Room) -> None:
    room.go("区科技局")
    room.press("Ctrl+M")
    room.type("港口公司")
    room.press("Return")
    assert room.answers.told == ["“港口公司”不在单位名录里，请先新增它，再并入。"]
    assert room.unit("u-kj") == KJ


def test_that_a_unit_is_abolished_and_stands_again_by_one_key(room: Room) -> None:
    room.go("区财政局")
    room.press("Ctrl+D")
    assert room.unit("u-cz").valid_to is not None
    room.press("Ctrl+D")
    assert room.unit("u-cz").valid_to is None


def test_that_delete_removes_what_nobody_used_and_abolishes_the_rest(room: Room) -> None:
    room.go("区工信局")
    room.press("Delete")
    assert "区工信局" not in room.names
    assert room.here == ("区财政局", "名称")
    room.go("区科技局")
    room.press("Delete")
    assert room.unit("u-kj").valid_to is not None
    assert room.said == "任务里有区科技局，已停用，没有删除"
    room.press("Delete")
    assert room.answers.told == ["区科技局已经停用了。"]
    room.press("Ctrl+Z", "Ctrl+Z")
    assert room.names[1:3] == ["区科技局", "区工信局"]
    assert room.unit("u-kj").valid_to is None


def test_that_delete_in_the_filter_is_only_a_key(room: Room) -> None:
    room.press("Ctrl+F")
    room.dialog.filter.insert("区科")
    room.press("Home", "Delete")
    assert room.dialog.filter.text() == "科"
    assert room.store.changes == []


def test_that_units_are_moved_by_key_and_stay_the_current_ones(room: Room) -> None:
    room.go("区工信局", "电话")
    room.press("Alt+Up")
    assert room.names[:3] == ["区发改委", "区工信局", "区科技局"]
    assert room.here == ("区工信局", "电话")
    room.press("Alt+Down", "Alt+Down")
    assert room.names[:4] == ["区发改委", "区科技局", "区财政局", "区工信局"]
    room.go("区发改委")
    room.press("Alt+Up")
    room.go("区商业局")
    room.press("Alt+Down")
    assert room.session.undo_stack.count() == 3
    room.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert room.session.units == tuple(replace(u, version=room.unit(u.id).version) for u in UNITS)


def test_that_a_move_in_a_filtered_table_passes_the_row_that_is_seen(room: Room) -> None:
    room.dialog.filter.setText("委")  # 发改委 and 城管委, and every 委办局
    room.dialog.filter.setText("员会")
    assert room.names == ["区发改委", "区城管委"]
    room.go("区城管委")
    room.press("Alt+Up")
    assert [u.id for u in room.session.units][:2] == ["u-cg", "u-fg"]


def test_that_nothing_happens_without_a_unit(room: Room) -> None:
    room.dialog.filter.setText("没有")
    room.table.setFocus()
    room.press("Ctrl+R", "Ctrl+M", "Ctrl+D", "Delete", "Alt+Up")
    assert room.answers.told == ["请先在表格里选一个单位。"] * 5
    assert room.store.changes == []


def test_that_undo_with_nothing_to_undo_says_so(room: Room) -> None:
    room.press("Ctrl+Z")
    assert room.said == "没有可撤销的操作"
    room.press("Ctrl+Y")
    assert room.said == "没有可重做的操作"


# --- workbooks


def text_at(preview: UnitPreview, row: int, column: int) -> str:
    cell = preview.table.item(row, column)
    assert cell is not None
    return cell.text()


def test_that_a_workbook_is_previewed_and_imported_by_enter(room: Room) -> None:
    room.store.sheet = UnitSheet(
        (
            UnitRow(4, "u-kj", {"leader": "李若川", "telephone": ""}),
            UnitRow(5, "", {"name": "区海洋局", "code": "水务"}),
            UnitRow(6, "", {"name": "区渔业局", "code": "渔业"}),
            UnitRow(7, "u-gx", {"leader": ""}),
        ),
        ("备注",),
    )
    room.press("Ctrl+I")
    preview = room.preview()
    assert preview.words.text() == (
        "新增1个，修改1个，没有读懂1行（不导入）；1行与名录相同。名录里另有5个单位不在表里，保持不变。"
        "不认识的列没有读：备注。"
    )
    cells = [[text_at(preview, r, c) for c in range(5)] for r in range(preview.table.rowCount())]
    assert cells == [
        ["6", "区渔业局", "不导入", "", "职能代码“渔业”不在清单里。"],
        ["5", "区海洋局", "新增", "", "序号 8；职能代码 水务；名称 区海洋局；简称 区海洋局；组别 委办局"],
        ["4", "区科技局", "分管领导", "（空）", "李若川"],
    ]
    reason = preview.table.item(0, 4)
    assert reason is not None
    assert reason.foreground().color().name() in (theme.LIGHT.red, theme.DARK.red)
    assert room.store.changes == []
    room.press("Return")
    assert room.unit("u-kj").leader == "李若川"
    assert room.names[-1] == "区海洋局"
    assert room.session.undo_stack.undoText() == "导入单位名录（2项）"
    room.session.undo_stack.undo()
    assert room.unit("u-kj").leader == ""
    assert len(room.session.units) == 7


def test_that_a_preview_left_by_esc_changes_nothing(room: Room) -> None:
    room.store.sheet = UnitSheet((UnitRow(4, "u-kj", {"leader": "李", "telephone": "1"}),))
    room.press("Ctrl+I")
    preview = room.preview()
    assert [text_at(preview, 1, c) for c in range(5)] == ["", "", "电话", "（空）", "1"]
    assert preview.button.text() == "导入1项"
    room.press("Escape")
    assert room.store.changes == []


def test_that_a_workbook_with_nothing_new_cannot_be_imported(room: Room) -> None:
    room.press("Ctrl+I")
    preview = room.preview()
    assert not preview.button.isEnabled()
    found = room.store.read_units(Path("a.xlsx"))
    assert summary(found) == "新增0个，修改0个。名录里另有7个单位不在表里，保持不变。"
    assert list(lines(found)) == []


def test_that_a_bad_workbook_is_told_and_no_file_is_no_import(room: Room) -> None:
    room.answers.file = Path("坏.xlsx")
    room.press("Ctrl+I")
    assert room.answers.told == ["“坏.xlsx”已损坏。"]
    room.answers.file = None
    room.press("Ctrl+I", "Ctrl+E")
    assert room.store.exported == []
    assert room.dialog.findChildren(UnitPreview) == []


def test_that_the_directory_is_exported_where_it_is_wanted(room: Room) -> None:
    room.press("Ctrl+E")
    assert room.store.exported == [Path("名录.xlsx")]
    assert room.said == "已导出7个单位到 名录.xlsx"


# --- what follows


def changed(room: Room, unit: Unit, **fields: Any) -> Change:
    return unit_edits.change(room.session.units, unit, room.store.initials, **fields)


def test_that_the_card_and_the_tasks_follow_the_directory(room: Room, qtbot: QtBot) -> None:
    card = TaskCard(room.session, Drafts(room.session))
    qtbot.addWidget(card)
    second = room.session.items[1]
    room.session.select(second.task.id)
    room.session.submit(changed(room, KJ, leader="李若川", person="周宁", telephone="022-1"))
    assert card.fields["leader"].placeholderText() == "李若川（按单位名录）"
    assert card.fields["person"].placeholderText() == "周宁（022-1）（按单位名录）"
    assert card.fields["person"].words == ""
    room.session.submit(changed(room, room.unit("u-kj"), short_name="区科创局"))
    item = room.session.current_item
    assert item is not None
    assert item.lead is not None
    assert isinstance(item.lead.value, Owner)


def counted(signal: object) -> list[int]:
    calls: list[int] = []
    connect: Callable[..., object] = signal.connect  # type: ignore[attr-defined]  # a bound signal
    connect(lambda *_: calls.append(1))
    return calls


def test_that_a_telephone_does_not_load_the_tasks_anew_and_a_name_does(room: Room) -> None:
    loaded, told = counted(room.session.board_loaded), counted(room.session.units_changed)
    room.session.submit(changed(room, KJ, telephone="022-1", leader="李", person="王"))
    assert (len(loaded), len(told)) == (0, 1)
    room.session.submit(changed(room, room.unit("u-kj"), aliases=("科委",)))
    assert (len(loaded), len(told)) == (1, 2)
    room.session.undo_stack.undo()
    assert (len(loaded), len(told)) == (2, 3)


def test_that_a_directory_changed_elsewhere_is_read_again_after_a_conflict(room: Room) -> None:
    other = replace(KJ, telephone="别处", version=KJ.version + 1)
    room.store.stored["u-kj"] = other
    assert not room.session.submit(changed(room, KJ, telephone="1"))
    assert room.unit("u-kj") == other
    assert room.dialog.model.index(1, 6).data() == "别处"
    told = counted(room.session.units_changed)
    room.session.refresh_units()
    assert told == []


def test_that_opening_the_directory_shows_what_other_windows_did(qtbot: QtBot) -> None:
    session = open_session(UnitStore())
    store = store_of(session)
    store.stored["u-kj"] = replace(KJ, telephone="别处")
    dialog = UnitDirectory(session, Answers())
    qtbot.addWidget(dialog)
    assert dialog.model.index(1, 6).data() == "别处"
