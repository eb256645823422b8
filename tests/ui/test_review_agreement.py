"""The agreement's chart and what is written out of it."""

import csv
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from app.review import AgreementRow, AgreementTable
from app.ui import theme
from app.ui.review import figures
from app.ui.review.agreement import EMPTY, MISSING, AgreementPanel, AgreementView, Bar, Chart
from tests.ui.report_samples import count_of

ROWS = (
    AgreementRow(-1, "", "span", "任务范围", 5, 6, 5, 0.8, 0.94, None, None, None),
    AgreementRow(-1, "", "lead", "牵头单位", 5, 6, 5, None, None, 0.78, 0.7, 0.76),
    AgreementRow(-1, "", "support", "配合单位", 0, 0, 0),
    AgreementRow(-1, "", "deadline", "完成时限", 1, 0, 0, 0.0, None, None, None, None),
    AgreementRow(2, "（一）壮大创新动能", "span", "任务范围", 4, 4, 4, 1.0, 1.0, None, None, None),
    AgreementRow(4, "=（二）", "span", "任务范围", 1, 2, 1, 0.5, 0.67, None, None, None),
)
TABLE = AgreementTable("甲", "乙", 2, ROWS)


def test_that_the_chart_has_the_fields_that_somebody_has() -> None:
    chart = figures.chart_of(TABLE, -1, "题")
    assert (chart.title, chart.heads) == ("题", ("F1", "一致率", "κ", "α"))
    assert chart.bars == (
        Bar("任务范围", 0.94, (0.94, None, None, None)),
        Bar("牵头单位", 0.78, (None, 0.78, 0.7, 0.76)),
        Bar("完成时限", None, (None, None, None, None)),
    )


def test_that_a_section_has_its_own_chart() -> None:
    assert figures.sections_of(TABLE) == [(2, "（一）壮大创新动能"), (4, "=（二）")]
    assert figures.chart_of(TABLE, 2, "").bars == (Bar("任务范围", 1.0, (1.0, None, None, None)),)
    assert figures.scope_words(TABLE, "") == "全文 · 边界容差 2 字"
    assert figures.scope_words(TABLE, "（一）") == "（一） · 边界容差 2 字"


def test_that_the_table_is_written_whole_and_no_formula_of_it(tmp_path: Path) -> None:
    path = tmp_path / "一致性.csv"
    figures.write_csv(TABLE, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:5] == ["章节", "字段", "甲数量", "乙数量", "比较数量"]
    assert len(rows) == 1 + len(ROWS)
    assert rows[1] == ["全文", "任务范围", "5", "6", "5", "0.8000", "0.9400", "", "", ""]
    assert rows[2] == ["全文", "牵头单位", "5", "6", "5", "", "", "0.7800", "0.7000", "0.7600"]
    assert rows[6][0] == "'=（二）"
    assert [p.name for p in tmp_path.iterdir()] == ["一致性.csv"]


def test_that_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"一致性\.csv.*不能写入"):
        figures.write_csv(TABLE, tmp_path / "nowhere" / "一致性.csv")
    with pytest.raises(UserError, match=r"图片“a\.png”不能写入"):
        figures.write_picture(lambda _name: False, tmp_path / "a.png")


def test_that_a_picture_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    view = AgreementView()
    qtbot.addWidget(view)
    view.show_chart(figures.chart_of(TABLE, -1, "云港区　一致性"))
    path = tmp_path / "a.png"
    figures.write_picture(view.picture().save, path)
    image = QImage(str(path))
    assert image.width() == 1800
    assert image.height() == 2 * (view.sizeHint().height() + 40)
    assert count_of(image, theme.LIGHT.accent) > 1000


def test_that_a_bar_is_as_long_as_its_share(qtbot: QtBot) -> None:
    view = AgreementView()
    qtbot.addWidget(view)
    view.resize(600, 200)
    bars = [Bar("一", share, ()) for share in (1.0, 0.5, -0.2)]
    lengths = []
    for bar in bars:
        view.show_chart(Chart("", (), (bar, Bar("空", None, ()))))
        lengths.append(count_of(view.grab().toImage(), theme.LIGHT.accent))
    whole, half, none = lengths
    assert 0.45 * whole < half < 0.55 * whole
    assert none == 0


def test_that_without_figures_nothing_is_drawn(qtbot: QtBot) -> None:
    view = AgreementView()
    qtbot.addWidget(view)
    view.resize(400, 60)
    blank = view.grab().toImage()
    view.show_chart(Chart("题", ("F1",), ()))
    view.resize(400, 60)
    assert view.grab().toImage().copy(0, 0, 400, 30) == blank.copy(0, 0, 400, 30)


def test_that_the_chart_is_read_aloud(qtbot: QtBot) -> None:
    view = AgreementView()
    qtbot.addWidget(view)
    view.show_chart(figures.chart_of(TABLE, -1, "全文"))
    lines = view.accessibleDescription().split("\n")
    assert lines[1] == f"牵头单位：F1 {MISSING}，一致率 0.78，κ 0.70，α 0.76"
    assert view.accessibleName() == "一致性 全文"


def test_that_the_panel_offers_sections_and_the_exports(qtbot: QtBot) -> None:
    panel = AgreementPanel()
    qtbot.addWidget(panel)
    asked: list[object] = []
    panel.section_chosen.connect(asked.append)
    panel.table_asked.connect(lambda: asked.append("table"))
    panel.picture_asked.connect(lambda: asked.append("picture"))
    panel.show_chart(figures.chart_of(TABLE, -1, ""), "全文 · 边界容差 2 字", figures.sections_of(TABLE))
    menu = panel.button.menu()
    actions: list[QAction] = [a for a in menu.actions() if a.text()]
    assert [a.text() for a in actions] == [
        "全文",
        "（一）壮大创新动能",
        "=（二）",
        "导出一致性表格…",
        "导出一致性图片…",
    ]
    for action in actions:
        action.trigger()
    assert asked == [-1, 2, 4, "table", "picture"]
    assert panel.button.text() == "全文 · 边界容差 2 字"
    panel.show_chart(EMPTY, "", ())
    QApplication.processEvents()
    assert len([a for a in menu.actions() if a.text()]) == 3
