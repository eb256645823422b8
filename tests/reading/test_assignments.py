"""Documents that assign a report's work to bodies, and lists behind a report."""

import pytest

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


def lined(text: str) -> list[tuple[str, str]]:
    """Each block behind the front: its kind and its text."""
    title = "云港区2026年重点任务分工方案\n各部门：\n现将任务分解如下，印发给你们。\n"
    shown = read_source(Source("a.txt", "", "utf-8", title + text, ""), None).shown
    return [(b.kind.value, shown.text[b.start : b.end]) for b in shown.blocks][3:]


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


def test_that_a_paragraph_whose_last_sentence_names_its_owners_ends_there() -> None:
    first = (
        "深入开展近岸海域综合治理，扎实推进渔港清淤疏浚和码头岸电改造。（市渔业局牵头，各县（市）政府配合）"
    )
    for owners in (first, first.replace("。（", "（") + "。"):
        found = read_source(
            Source("a.txt", "", "utf-8", f"重点任务分工方案\n{owners}\n扎实办好开渔节。\n", ""), None
        )
        assert found.shown.text.endswith(f"\n{owners}\n扎实办好开渔节。")


def test_that_a_numbered_list_of_figures_under_the_goals_is_goals() -> None:
    title = "云港市2026年重点任务分工方案\n各部门：\n现将任务分解如下，印发给你们。\n"
    goals = "一、主要预期目标\n1.渔业产值增长6%左右，渔民收入增速高于全省。\n2.新增就业9000人。\n二、重点任务\n3.新建泊位3个。\n"
    assert kinds(title + goals) == [("front", "云港市2"), ("goals", "一、主要"), ("tasks", "二、重点")]
    works = goals.replace("渔业产值增长6%左右，渔民收入增速高于全省", "新建渔港，改造泊位")
    assert kinds(title + works)[1] == ("tasks", "一、主要")


def test_that_an_assignment_of_a_plan_is_work_from_its_first_chapter() -> None:
    plan = "云港市国民经济和社会发展第十五个五年规划纲要"
    items = "一、建设海洋强市\n新建泊位3个。\n二、打造宜居港城\n新建小学2所。\n"
    assert kinds(f"关于印发{plan}重点任务分工的通知\n各部门：\n请认真执行。\n{items}")[1:] == [
        ("tasks", "一、建设")
    ]
    assert kinds(f"关于印发{plan}的通知\n各部门：\n请认真执行。\n{items}")[1] == ("outlook", "一、建设")


@pytest.mark.parametrize(
    ("item", "behind"),
    [
        ("（一）办好开渔节，擦亮渔港品牌。", "责任单位：市渔业局"),
        ("（一）办好开渔节，擦亮渔港品牌。", "（市渔业局牵头，各县（市）政府配合）"),
        ("一、办好开渔节，擦亮渔港品牌。", "【牵头单位】：市渔业局"),
        ("1.办好开渔节", "责任单位：市渔业局"),
        ("（1）办好开渔节", "完成时限：9月底前"),
        ("1.办好开渔节（市渔业局负责）", ""),
        ("（一）办好开渔节（市渔业局）", "（二）擦亮渔港品牌（市渔业局）"),
    ],
)
def test_that_a_numbered_line_that_goes_on_with_its_owner_is_work(item: str, behind: str) -> None:
    assert ("paragraph", item) in lined(f"一、做强渔业\n{item}\n{behind}\n")
    glued = lined(f"一、做强渔业\n{item}{behind}\n") if item[-1] == "。" else [("paragraph", item + behind)]
    assert glued[-1] == ("paragraph", item + behind)


@pytest.mark.parametrize(
    ("item", "behind"),
    [
        ("（一）办好开渔节，擦亮渔港品牌。", "责任单位要倒排工期。"),
        ("（一）办好开渔节", "责任单位：市渔业局"),
        ("一、办好开渔节", "责任单位：市渔业局"),
        ("（一）办好开渔节（市渔业局）", "1.擦亮渔港品牌。"),
        ("（一）办好开渔节（市渔业局）", "擦亮渔港品牌。"),
        ("（一）办好开渔节（第九届）", ""),
    ],
)
def test_that_a_numbered_line_without_an_owner_of_its_own_is_a_heading(item: str, behind: str) -> None:
    assert ("heading", item) in lined(f"一、做强渔业\n{item}\n{behind}\n")


def test_that_an_owner_at_the_very_end_is_no_foot_of_a_page() -> None:
    title = "云港区2026年重点任务分工方案\n各部门：\n现将任务分解如下，印发给你们。\n"
    assert kinds(title + ITEMS)[-1][0] == "tasks"
    assert kinds(title + "一、强港\n1.新建泊位3个。\n责任单位：区交通局\n")[-1] == ("tasks", "一、强港")
