"""Who was corrected once is proposed for the next similar task, in the same session; earlier ledgers come in by menu."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.tasks import Item
from app.workspace import Workspace
from tests.e2e.conftest import Answers, Driver

REPORT = """云港区2026年政府工作报告

一、2026年重点工作
（一）繁荣文化事业
办好港湾文化艺术节，组织群众演出100场。
推进海湾岸线整治，修复滨海湿地300亩。
深化社区网格治理，培训网格员500人。
（二）建设宜居城区
改造老旧小区12个，加装电梯30部。
开展校园周边隐患排查，建成放心食堂20家。
落实粮食收储责任，新建高标准农田2000亩。
新建中试平台2个，技术合同登记额突破45亿元。
（三）扩大对外交流
办好港湾文化艺术周，组织群众演出20场。
举办海上龙舟赛，吸引游客5万人次。
"""
FIRST, NEXT = "办好港湾文化艺术节", "办好港湾文化艺术周"


def opened(tmp_path: Path, open_window: Callable[[Path], Driver]) -> Driver:
    path = tmp_path / "w.duban"
    with Workspace.create(path) as workspace:
        workspace.import_bytes(REPORT.encode(), "报告.txt")
    return open_window(path)


def item_of(driver: Driver, words: str) -> Item:
    return next(item for item in driver.desk.session.items if item.task.quote.startswith(words))


def lead_of(driver: Driver, words: str) -> str:
    lead = item_of(driver, words).lead
    return lead.text if lead else ""


def test_that_a_lead_corrected_by_key_is_proposed_for_the_next_similar_task_until_it_is_undone(
    tmp_path: Path, home: Path, open_window: Callable[[Path], Driver]
) -> None:
    driver = opened(tmp_path, open_window)
    before = lead_of(driver, NEXT)
    assert before != "区教育局"
    driver.desk.session.select(item_of(driver, FIRST).task.id)
    driver.press("3", into=driver.desk.view)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "jyj")
    driver.press("Return")
    assert lead_of(driver, FIRST) == "区教育局"
    lead = item_of(driver, NEXT).lead
    assert lead is not None
    assert (lead.text, lead.version) == ("区教育局", 0)
    assert lead.reason.startswith("本报告同类任务由其牵头：办好港湾文化艺术节")
    assert lead_of(driver, "改造老旧小区") != "区教育局"
    driver.press("Ctrl+Z", into=driver.window)
    assert lead_of(driver, NEXT) == before
    driver.press("Ctrl+Y", into=driver.window)
    assert lead_of(driver, NEXT) == "区教育局"


def test_that_an_earlier_years_ledger_comes_in_by_the_menu_and_says_what_it_brought(
    tmp_path: Path, home: Path, open_window: Callable[[Path], Driver], answers: Answers
) -> None:
    book = Workbook()
    for row in (
        ("2025年重点任务分解表",),
        ("重点任务", "责任单位"),
        ("改造老旧小区8个，加装电梯20部。", "区教育局、百味斋"),
    ):
        book.worksheets[0].append(row)
    path = tmp_path / "去年.xlsx"
    book.save(path)
    driver = opened(tmp_path, open_window)
    answers.files = [path]
    driver.window.actions_by_name["import_experience"].trigger()
    driver.wait(lambda: bool(answers.told))
    assert answers.told == ["去年.xlsx：读到1项，新增1项经验；1个单位名录里没有：百味斋。"]
    driver.wait(lambda: lead_of(driver, "改造老旧小区") == "区教育局")
