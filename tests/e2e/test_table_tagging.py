"""A table tagged cell by cell with the keyboard, from a Word document, a web page and text with TABs alike."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.spans import Span
from app.domain.suggestions import Uncovered
from app.domain.tasks import Deadline, Item, Owner, Role, TagKind, Target
from app.workspace import Workspace
from tests.e2e.conftest import Driver
from tests.rendering import to_docx, to_html

REPORT = """云港区2026年政府工作报告

一、2026年重点工作

（一）改善城区面貌。改造老旧小区20个，新建口袋公园6个。

专栏1　民生实事项目

	次序
	民生
	办到何处
	责任单位
	何时

	1
	社区食堂
	新建8家
	区民政局
	10月底前

	2
	公办幼儿园
	新增学位900个
	区教育局
	6月底前


二、加强政府自身建设

坚持依法行政，办理建议提案满意率达到95%以上。
"""
"""With headings of its own, which the rules do not know: nobody proposes the rows."""

FILES = {
    "报告.txt": REPORT.encode(),
    "报告.docx": to_docx(REPORT),
    "报告.html": to_html(REPORT),
}


@pytest.fixture(params=FILES)
def driver(
    request: pytest.FixtureRequest, tmp_path: Path, home: Path, open_window: Callable[[Path], Driver]
) -> Driver:
    path = tmp_path / "民生.duban"
    with Workspace.create(path, author="甲") as made:
        made.import_bytes(FILES[request.param], request.param)
    return open_window(path)


def text_of(driver: Driver) -> str:
    report = driver.desk.session.report
    assert report is not None
    return report.reading.source.text


def select(driver: Driver, words: str, *, from_right: bool = False) -> None:
    """Select words with Shift and an arrow."""
    start = text_of(driver).index(words)
    at = start + len(words) if from_right else start
    driver.desk.view.reveal(Span(start, start + 1))
    while driver.desk.view.caret_source() != at:
        driver.press("Right", into=driver.desk.view)
    driver.press(*["Shift+Left" if from_right else "Shift+Right"] * len(words), into=driver.desk.view)


def current(driver: Driver) -> Item:
    item = driver.desk.session.current_item
    assert item is not None
    return item


def test_that_the_cells_of_a_row_are_tagged_one_by_one(driver: Driver) -> None:
    for words, key in (("社区食堂", "1"), ("新建8家", "2"), ("区民政局", "3"), ("10月底前", "4")):
        select(driver, words)
        driver.press(key, into=driver.desk.view)
    item = current(driver)
    assert item.task.quote == "社区食堂"
    tags = {tag.kind: tag for tag in item.tags if tag.version}
    target, owner, deadline = (tags[k].value for k in (TagKind.TARGET, TagKind.OWNER, TagKind.DEADLINE))
    assert isinstance(target, Target)
    assert isinstance(owner, Owner)
    assert isinstance(deadline, Deadline)
    assert (target.low, target.unit, owner.name, owner.role) == (8, "家", "区民政局", Role.LEAD)
    assert deadline.due is not None
    assert deadline.due.isoformat() == "2026-10-31"
    text = text_of(driver)
    assert [text[tags[k].spans[0].start : tags[k].spans[0].end] for k in tags] == [
        "新建8家",
        "区民政局",
        "10月底前",
    ]


def test_that_a_cell_belongs_to_the_task_of_its_own_row(driver: Driver) -> None:
    for name in ("社区食堂", "公办幼儿园"):
        select(driver, name)
        driver.press("1", into=driver.desk.view)
    assert current(driver).task.quote == "公办幼儿园"
    select(driver, "10月底前")
    assert current(driver).task.quote == "社区食堂"
    driver.press("4", into=driver.desk.view)
    select(driver, "新增学位900个", from_right=True)
    assert current(driver).task.quote == "公办幼儿园"
    driver.press("2", into=driver.desk.view)
    told = {i.task.quote: [t.text for t in i.tags if t.version] for i in driver.desk.session.items}
    assert (told["社区食堂"], told["公办幼儿园"]) == (["10月底前"], ["新增学位900个"])
    select(driver, "责任单位")
    assert driver.desk.session.current_item is None
    driver.press("3", into=driver.desk.view)
    assert driver.desk.keys.word == "选中的文字不在任务里：先按 1 立为任务"


def test_that_of_several_tasks_in_a_row_the_current_one_is_tagged_else_the_last_before(
    driver: Driver,
) -> None:
    for name in ("社区食堂", "新建8家"):
        select(driver, name)
        driver.press("1", into=driver.desk.view)
    driver.desk.session.select("")
    select(driver, "区民政局")
    assert current(driver).task.quote == "新建8家"
    first = next(i for i in driver.desk.session.items if i.task.quote == "社区食堂")
    driver.desk.session.select(first.task.id)
    start = text_of(driver).index("10月底前")
    driver.desk.view.reveal(Span(start, start + 1))
    driver.press(*["Shift+Right"] * 5, "4", into=driver.desk.view)
    assert current(driver).task.id == first.task.id
    assert [t.text for t in current(driver).tags if t.version] == ["10月底前"]
    number = text_of(driver).index("\t1\n") + 1
    driver.desk.session.select("")
    driver.desk.view.reveal(Span(number, number + 1))
    driver.press("Right", into=driver.desk.view)  # behind the number, before both
    assert current(driver).task.quote == "社区食堂"


def test_that_a_row_selected_over_its_cells_is_one_task(driver: Driver) -> None:
    start = text_of(driver).index("公办幼儿园")
    driver.desk.view.reveal(Span(start, start + 1))
    driver.press(*["Shift+Right"] * 6, into=driver.desk.view)
    driver.press("1", into=driver.desk.view)
    task = current(driver).task
    assert (task.title, task.quote) == ("公办幼儿园", "公办幼儿园\n新增学位900个")
    assert [text_of(driver)[s.start : s.end] for s in task.spans] == ["公办幼儿园\n\t新增学位900个"]


def test_that_a_gap_in_a_row_is_meant_and_not_the_task_beside_it(driver: Driver) -> None:
    select(driver, "社区食堂")
    driver.press("1", into=driver.desk.view)
    start = text_of(driver).index("新建8家")
    driver.desk.tagging.show_gap(Uncovered(Span(start, start + 4), "新建8家", "含有数字"))
    driver.press("Right", into=driver.desk.view)
    assert driver.desk.session.current_item is None
    select(driver, "10月底前")  # elsewhere: the gap is left
    assert current(driver).task.quote == "社区食堂"
