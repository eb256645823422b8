"""Short numbered lines: the works of a list are paragraphs, what has a body behind it is a heading."""

import pytest

from app.domain.report import Source, section_at
from app.reading import read_source, show

HEAD = "云港区2026年政府工作报告\n各位代表：\n一、2026年工作安排\n（一）办好民生实事\n"
BODY = "围绕港城融合，加快推进建设，完成投资8亿元。"


def headings(text: str) -> list[str]:
    """The headings behind 办好民生实事."""
    shown = show(HEAD + text)
    return [shown.text[b.start : b.end] for b in shown.blocks[4:] if b.kind.value == "heading"]


@pytest.mark.parametrize(
    "lines",
    [
        ["1.改造老旧小区20个", "2.新建公办幼儿园3所"],
        ["（1）新建公办幼儿园3所", "（2）免费为2万名妇女开展两癌筛查", "（3）年内栽植行道树2000株"],
        ["①改造老旧小区20个", "②新建公办幼儿园3所"],
        ["1、2026年改造老旧小区20个", "2. 6月底前修建口袋公园8个"],
        ["1. 地区生产总值增长5.5%", "2. 研发投入强度达到3.1%", "3. 失业率控制在5%以内"],
        ["1.建成光伏电站50MW", "2.推进建设"],
        ["1.绿化屋顶3000㎡", "2.推进建设"],
        ["1.持续改造老旧小区20个", "2.免费培训渔民600人"],
        ["1.改造老旧小区20个。", "2.新建公办幼儿园3所", "3.完善社区养老服务"],
        ["1.改造老旧小区20个", "2.完善社区养老服务"],
        ["1.老旧小区改造全覆盖", "2.新建公办幼儿园3所", "3.改造老旧小区20个"],
    ],
)
def test_that_the_works_of_a_list_are_no_headings(lines: list[str]) -> None:
    assert headings("\n".join(lines)) == []
    assert headings("\n".join([*lines, "（二）加强港口建设", BODY])) == ["（二）加强港口建设"]


def test_that_lists_with_outer_numbers_are_lists_too() -> None:
    items = "（一）新建公办幼儿园3所\n（二）改造老旧小区20个\n"
    assert headings(f"二、民生实事\n{items}三、自身建设\n{BODY}\n") == ["二、民生实事", "三、自身建设"]
    items = "一、新建公办幼儿园3所\n二、改造老旧小区20个\n"
    assert headings(f"二、2026年十件民生实事\n{items}") == ["二、2026年十件民生实事"]


@pytest.mark.parametrize("body", [BODY, "（1）东港小区\n" + BODY, "\t区\t个\n\t东港\t3"])
def test_that_a_line_with_a_body_is_a_heading(body: str) -> None:
    lines = ["1.新建泊位10个", "2.改造航道20公里", "3.开通航线3条"]
    assert [
        line for line in headings("".join(f"{line}\n{body}\n" for line in lines)) if line in lines
    ] == lines


def test_that_the_body_of_the_last_line_of_several_is_its_own_where_the_list_goes_on() -> None:
    lines = "1.新建泊位10个\n2.改造航道20公里\n3.开通航线3条\n"
    assert headings(f"{lines}{BODY}\n") == []
    assert headings(f"{lines}{BODY}\n4.做强港口\n{BODY}\n") == ["3.开通航线3条", "4.做强港口"]
    assert headings(f"{lines}{BODY}\n1.做强港口\n{BODY}\n") == ["1.做强港口"]
    assert headings(f"{lines}（1）东港\n{BODY}\n") == ["3.开通航线3条", "（1）东港"]


def test_that_a_last_line_without_a_figure_and_with_a_paragraph_behind_it_is_a_heading() -> None:
    lines = "1.新建泊位10个\n2.改造航道20公里\n"
    assert headings(f"{lines}3.实施8大行动\n{BODY}\n") == ["3.实施8大行动"]
    assert headings(f"{lines}3.实施8大行动\n（二）强港\n{BODY}\n") == ["（二）强港"]


@pytest.mark.parametrize(
    "behind",
    [
        "各位代表！站在新的起点上，任务光荣。",
        "同志们！",
        "展望未来，让我们团结奋斗！",
        "名词解释",
        "结束语",
        "抄送：区委。",
    ],
)
def test_that_address_farewell_notes_and_imprint_are_no_bodies(behind: str) -> None:
    assert "3.完善养老服务" not in headings(f"1.新建泊位10个\n2.改造航道20公里\n3.完善养老服务\n{behind}\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["1.完善社区养老服务", "2.健全物业管理"],
        ["1.产业项目50个", "2.基础设施项目30个"],
        ["1.实施8大行动", "2.推进5大工程"],
        ["1.落实2026年计划", "2.完成9月任务", "3.办好第3届开渔节", "4.推进第5条航线"],
        ["1.优化“12345热线”服务", "2.建设5G基站"],
        ["1.产业发展", "2.新建泊位10个"],
        ["1.产业发展", "2.新建泊位10个", "3.改造航道20公里", "4.民生事业", "5.平安建设"],
    ],
)
def test_that_lines_without_works_or_figures_stay_headings(lines: list[str]) -> None:
    assert headings("\n".join(lines)) == lines


def test_that_half_of_a_list_tells_what_it_is() -> None:
    lines = ["1.产业发展", "2.新建泊位10个", "3.改造航道20公里", "4.民生事业"]
    assert headings("\n".join(lines)) == []


def test_that_a_line_alone_is_a_heading() -> None:
    assert headings("1.新建泊位10个\n（二）强港\n" + BODY) == ["1.新建泊位10个", "（二）强港"]


def test_that_a_count_that_begins_anew_is_another_list() -> None:
    first, second = "1.产业发展\n2.民生事业\n", "1.新建泊位10个\n2.改造航道20公里\n"
    assert headings(first + second) == headings(second + first) == ["1.产业发展", "2.民生事业"]


def test_that_a_heading_with_its_sentence_on_the_line_stays_one() -> None:
    lines = [f"（{n}）加快港口建设。新建泊位{i}个，改造航道20公里。" for i, n in enumerate("二三四", 2)]
    assert headings("\n".join(lines)) == [line[:10] for line in lines]


def test_that_the_line_may_have_seventy_characters() -> None:
    for length, is_heading in ((70, False), (71, True)):
        long = "（三）新建泊位10个" + "和" * (length - 10)
        lines = f"二、实事\n（一）改造航道20公里\n（二）产业发展\n{long}\n（四）推进建设\n"
        assert ("（一）改造航道20公里" in headings(lines)) is is_heading


def test_that_a_box_holds_works_and_no_headings() -> None:
    text = HEAD + "专栏1 民生工程\n1.改造老旧小区20个\n2.新建公办幼儿园3所\n\n\n（二）强港\n" + BODY
    reading = read_source(Source("a.txt", "", "utf-8", text, ""), None)
    assert [s.title for s in reading.sections][-2:] == ["专栏1 民生工程", "（二）强港"]
    inside = section_at(reading.sections, text.index("2.新建"))
    assert inside is not None
    assert inside.title == "专栏1 民生工程"


def test_that_goals_listed_on_short_lines_are_goals() -> None:
    text = (
        HEAD
        + f"{BODY}\n二、2026年主要预期目标\n1.地区生产总值增长5.5%\n2.城镇新增就业1.2万人\n三、重点工作\n{BODY}\n"
    )
    reading = read_source(Source("a.txt", "", "utf-8", text, ""), None)
    inside = section_at(reading.sections, text.index("2.城镇"))
    assert inside is not None
    assert (inside.kind.value, inside.title) == ("goals", "二、2026年主要预期目标")


@pytest.mark.parametrize(
    ("behind", "kind"),
    [("港口吞吐量突破900万吨。", "outlook"), ("港口吞吐量突破900万吨，岸电使用率达到60%。", "goals")],
)
def test_that_one_figure_behind_the_goals_is_none_of_them(behind: str, kind: str) -> None:
    goals = "今年主要预期目标是：地区生产总值增长5.5%，一般公共预算收入增长4%。"
    text = f"云港区2026年政府工作报告\n各位代表：\n一、2026年工作安排\n{goals}\n{behind}\n重点做好以下工作：\n{BODY}\n"
    reading = read_source(Source("a.txt", "", "utf-8", text, ""), None)
    inside = section_at(reading.sections, text.index("港口吞吐量"))
    assert inside is not None
    assert inside.kind.value == kind
