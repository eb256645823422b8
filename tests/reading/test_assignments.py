"""Documents that assign a report's work to bodies, and lists behind a report."""

from app.domain.report import Source
from app.reading import kind_spans, read_source

ITEMS = (
    "一、全力以赴强港\n1.新建泊位3个。\n责任单位：区交通局\n"
    "二、用心用情惠民\n2.新建小学2所。\n责任单位：区教育局\n3.渔村燃气普及率达到70%（区住建局）\n"
)


def kinds(text: str) -> list[tuple[str, str]]:
    """Each stretch's kind and its first four characters."""
    reading = read_source(Source("a.txt", "", "utf-8", text, ""), None)
    return [(kind.value, text[span.start : span.start + 4]) for span, kind in kind_spans(reading.sections)]


def test_that_an_assignment_of_work_looks_back_on_nothing() -> None:
    title = "云港区人民政府关于分解落实2026年《政府工作报告》重点工作的通知\n各部门：\n现将任务分解如下，印发给你们。\n"
    assert kinds(title + ITEMS) == [("front", "云港区人"), ("tasks", "一、全力")]


def test_that_a_report_whose_first_chapter_says_nothing_does() -> None:
    title = "云港区2026年政府工作报告\n各位代表：\n现在，我代表区人民政府，向大会报告工作，请予审议。\n"
    assert kinds(title + ITEMS)[:2] == [("front", "云港区2"), ("review", "一、全力")]


def test_that_a_numbered_item_at_the_end_is_no_foot_of_a_page() -> None:
    title = "云港区2026年重点任务分工方案\n各部门：\n现将任务分解如下，印发给你们。\n"
    assert kinds(title + ITEMS)[-1][0] == "tasks"
    assert kinds(title + ITEMS + "云港区政府网站\n上一篇：渔讯\n")[-1] == ("colophon", "云港区政")


def test_that_an_annex_that_lists_files_is_a_list() -> None:
    title = "云港区2026年政府工作报告\n各位代表：\n现在，我代表区人民政府，向大会报告工作，请予审议。\n"
    body = "一、2026年工作任务\n重点做好以下工作。\n（一）强港\n疏浚航道。\n"
    assert kinds(title + body + "附件：\n1.任务图解.docx\n2.报告全文\n")[-1] == ("table", "附件：\n")
    assert kinds(title + body + "附件：\n1.任务图解\n2.报告全文\n")[-1][0] != "table"
