"""Documents of any kind come in: pasted, several at once, stopped half-way; their notes and places are shown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QProgressBar, QProgressDialog, QToolTip

from app.ui.dialogs.paste_dialog import PasteDialog
from app.ui.dialogs.report_dialog import ReportDialog
from app.ui.versions.which_dialog import WhichDialog
from app.ui.views.card_fields import TextField
from app.workspace import Workspace
from tests.e2e.conftest import Driver, let_fall
from tests.rendering import to_docx

REPORT = """云港区2026年政府工作报告

一、2026年重点工作

（一）建设枢纽港口。新建泊位3个，6月底前完成航道疏浚，推行“一港通办”。办好港口开放日。

二、加强政府自身建设

坚持依法行政，办理建议提案满意率达到95%以上。

注释

1．一港通办：指港口事项在一个窗口办理。
"""
UNTITLED = REPORT.split("\n", 2)[2]
OPEN = Callable[[Path], Driver]
Shown = TypeVar("Shown", bound=QDialog)


@pytest.fixture
def empty(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "空.duban"
    Workspace.create(path, author="甲").close()
    return path


@pytest.fixture
def driver(empty: Path, open_window: OPEN) -> Driver:
    return open_window(empty)


def copy(words: str = "", page: str = "", files: tuple[Path, ...] = ()) -> None:
    """Put something on the clipboard."""
    mime = QMimeData()
    if words:
        mime.setText(words)
    if page:
        mime.setHtml(page)
    if files:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    QApplication.clipboard().setMimeData(mime)


def dialog(driver: Driver, kind: type[Shown]) -> Shown:
    """The dialog of a kind that comes up."""
    driver.wait(lambda: any(d.isVisible() for d in driver.window.findChildren(kind)))
    return next(d for d in driver.window.findChildren(kind) if d.isVisible())


def titles(driver: Driver) -> list[str]:
    return [card.metadata.title for card in driver.desk.session.workspace.reports()]


def has_reports(driver: Driver, count: int) -> bool:
    return len(titles(driver)) == count


def wait_for_report(driver: Driver) -> None:
    driver.wait(lambda: driver.desk.session.report is not None and bool(driver.desk.session.items))


def test_that_copied_words_become_a_report_under_the_title_they_say(driver: Driver) -> None:
    copy(REPORT)
    driver.press("Ctrl+Shift+V")
    shown = dialog(driver, PasteDialog)
    told = [label.text() for label in shown.findChildren(QLabel)]
    assert told[0] == f"剪贴板里有文字，共 {len(''.join(REPORT.split()))} 字。"
    assert told[1].startswith("云港区2026年政府工作报告\n一、2026年重点工作\n")
    driver.press("Return", into=shown.title)
    wait_for_report(driver)
    report = driver.desk.session.report
    assert report is not None
    assert titles(driver) == ["云港区2026年政府工作报告"]
    assert report.reading.source.text == REPORT
    assert report.card.source_name == "剪贴板.txt"


def test_that_a_title_that_is_given_goes_before_the_one_that_is_read(driver: Driver) -> None:
    copy(REPORT)
    driver.press("Ctrl+Shift+V")
    shown = dialog(driver, PasteDialog)
    shown.title.setText("  云港区工作要点 ")
    driver.press("Return", into=shown.title)
    wait_for_report(driver)
    assert titles(driver) == ["云港区工作要点"]


def test_that_words_without_a_title_ask_for_one(driver: Driver) -> None:
    copy(UNTITLED)
    driver.press("Ctrl+Shift+V")
    driver.press("Return", into=dialog(driver, PasteDialog).title)
    asked = dialog(driver, ReportDialog)
    assert asked.title.text() == "剪贴板"
    asked.title.setText("云港区工作报告（摘要）")
    driver.press("Return", into=asked.title)
    driver.wait(lambda: titles(driver) == ["云港区工作报告（摘要）"])


def test_that_a_copied_page_keeps_its_table(driver: Driver) -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (("指标", "目标"), ("新建泊位", "3个")))
    lines = "".join(f"<p>{line}</p>" for line in REPORT.split("\n") if line)
    meta = '<meta charset="gb2312">'
    copy(REPORT, f"<html><head>{meta}</head><body>{lines}<table>{rows}</table></body></html>")
    driver.press("Ctrl+Shift+V")
    shown = dialog(driver, PasteDialog)
    assert "带格式的文字" in shown.findChildren(QLabel)[0].text()
    driver.press("Return", into=shown.title)
    wait_for_report(driver)
    report = driver.desk.session.report
    assert report is not None
    cells = [b for b in report.reading.shown.blocks if b.table >= 0]
    assert [report.reading.shown.text[b.start : b.end] for b in cells] == ["指标", "目标", "新建泊位", "3个"]


def test_that_a_page_that_cannot_be_read_is_taken_as_its_words(driver: Driver) -> None:
    copy(REPORT, "<html><body><img src='a.png'></body></html>")
    driver.press("Ctrl+Shift+V")
    driver.press("Return", into=dialog(driver, PasteDialog).title)
    wait_for_report(driver)
    assert driver.desk.session.report is not None
    assert driver.desk.session.report.card.source_name == "剪贴板.txt"


def test_that_copied_files_are_imported(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    copy(files=(path,))
    driver.press("Ctrl+Shift+V")
    wait_for_report(driver)
    assert titles(driver) == ["云港区2026年政府工作报告"]


def test_that_a_file_is_imported_wherever_on_the_window_it_falls(driver: Driver, tmp_path: Path) -> None:
    desk = driver.desk
    measures, remarks = desk.card.fields["measures"], desk.remarks
    assert remarks is not None
    assert isinstance(measures, TextField)
    fields = desk.search, desk.card.fields["title"], measures.viewport(), remarks.view.line
    for n, widget in enumerate((driver.window, desk.view.viewport(), *fields)):
        path = tmp_path / f"报告{n}.txt"
        path.write_text(REPORT.replace("2026", str(2020 + n)), encoding="utf-8")
        let_fall(widget, path)
        driver.wait(partial(has_reports, driver, n + 1))
    assert [desk.search.text(), remarks.view.line.text()] == ["", ""]
    assert driver.answers.told == []


def test_that_what_is_asked_about_next_does_not_count_as_imported(driver: Driver, tmp_path: Path) -> None:
    bad, report, alike = tmp_path / "空.txt", tmp_path / "甲.txt", tmp_path / "乙.txt"
    bad.write_bytes(b"")
    report.write_text(REPORT, encoding="utf-8")
    alike.write_text(REPORT.replace("3个", "5个"), encoding="utf-8")
    driver.answers.files = [report, alike, bad]
    driver.press("Ctrl+I")
    driver.wait(lambda: bool(driver.answers.told))
    head = "导入了1个文件，1个接下来要问是不是新版本，另有1个没有导入：\n\n空.txt："
    assert driver.answers.told[0].startswith(head)
    assert dialog(driver, WhichDialog).list.count() == 2


def test_that_an_empty_clipboard_says_what_to_do(driver: Driver) -> None:
    copy(" \n ")
    driver.press("Ctrl+Shift+V")
    QApplication.clipboard().clear()  # Qt then gives nothing at all
    driver.press("Ctrl+Shift+V")
    assert driver.answers.told == ["剪贴板里没有文字。请先在别的程序里选中并复制报告全文，再回来导入。"] * 2
    assert titles(driver) == []


def test_that_words_that_are_no_report_are_told_of(driver: Driver) -> None:
    copy("买菜，做饭。")
    driver.press("Ctrl+Shift+V")
    driver.press("Return", into=dialog(driver, PasteDialog).title)
    driver.wait(lambda: bool(driver.answers.told))
    assert "太短" in driver.answers.told[0]
    assert titles(driver) == []


def pdf_of(pages: int) -> bytes:
    """A PDF of so many pages of letters."""
    words = b"".join(b"BT /F1 9 Tf 40 %d Td (%s) Tj ET\n" % (780 - 12 * n, b"berth " * 14) for n in range(60))
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    objects += [page] * pages
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def test_that_reading_a_long_pdf_is_stopped_within_it_and_the_rest_with_it(
    driver: Driver, tmp_path: Path
) -> None:
    long, later = tmp_path / "长.pdf", tmp_path / "报告.txt"
    long.write_bytes(pdf_of(1200))
    later.write_text(REPORT, encoding="utf-8")
    shares: list[float] = []
    driver.answers.files = [long, later]
    driver.press("Ctrl+I")
    driver.wait(lambda: bool(driver.window.findChildren(QProgressDialog)))
    progress = driver.window.findChildren(QProgressDialog)[0]
    assert progress.labelText().startswith("正在导入 长.pdf（1/2）")

    def stop(value: int) -> None:
        shares.append(value)
        progress.canceled.emit()

    progress.findChildren(QProgressBar)[0].valueChanged.connect(stop)
    driver.wait(lambda: bool(shares) and not driver.window.findChildren(QProgressDialog))
    assert max(shares) < 150, "reading is the first 300 of each file's 500"
    driver.press("Ctrl+I")  # nothing chosen: the window is free again
    assert driver.answers.told == ["导入了0个文件，另有2个没有导入：\n\n已取消：长.pdf、报告.txt"]
    assert titles(driver) == []


def test_that_several_formats_come_in_at_once(driver: Driver, tmp_path: Path) -> None:
    other = REPORT.replace("2026", "2027").replace("港口", "码头").replace("航道疏浚", "堆场改造")
    first, second = tmp_path / "甲.docx", tmp_path / "乙.txt"
    first.write_bytes(to_docx(REPORT))
    second.write_text(other, encoding="utf-8")
    driver.answers.files = [first, second]
    driver.press("Ctrl+I")
    driver.wait(lambda: driver.desk.session.report is not None)  # the last, when all are in
    assert titles(driver) == ["云港区2026年政府工作报告", "云港区2027年政府工作报告"]
    assert driver.answers.told == []
    driver.desk.show_report(driver.desk.session.workspace.reports()[0].id)
    wait_for_report(driver)
    session = driver.desk.session
    item = next(item for item in session.items if "泊位" in item.task.quote)
    session.select(item.task.id)
    assert "第3段" in driver.desk.card.head.place.toolTip()


def test_that_likely_slips_of_what_came_in_are_offered_at_once(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT.replace("坚持依法行政", "优化菅商环境，完普制度"), encoding="utf-8")
    driver.answers.files = [path]
    driver.press("Ctrl+I")
    wait_for_report(driver)
    assert driver.desk.keys.word == "有2处疑似错字，按 Ctrl+K 逐处核定"
    other = tmp_path / "另一份.txt"
    other.write_text(REPORT.replace("2026", "2027"), encoding="utf-8")
    driver.answers.files = [other]
    driver.press("Ctrl+I")
    driver.wait(partial(has_reports, driver, 2))
    wait_for_report(driver)
    driver.wait(lambda: driver.desk.keys.word == "")


def test_that_a_note_is_told_by_a_key_over_the_text(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _pos, words, *_rest: said.append(words))
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    driver.answers.files = [path]
    driver.press("Ctrl+I")
    wait_for_report(driver)
    driver.go_to(REPORT.index("泊位3个"))
    driver.press("I", into=driver.desk.view)
    assert said == ["<b>一港通办</b><br>指港口事项在一个窗口办理。"]
    assert driver.desk.view.caret_source() == REPORT.index("一港通办")
    driver.go_to(REPORT.index("依法行政"))
    driver.press("I", into=driver.desk.view)
    assert len(said) == 1
    assert driver.desk.keys.word == "这一段光标之后没有带注释的词"
