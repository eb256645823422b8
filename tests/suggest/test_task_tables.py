"""The tables by which offices hand out work: what becomes a task, with which target, owner and deadline."""

from datetime import date

import pytest

from app.domain.suggestions import Commitment, Suggestions
from app.domain.tasks import Comparator, Role
from app.reading import read_bytes
from app.suggest.cell_values import said_coverage, said_targets, value_of
from app.suggest.engine import suggest

HEAD = """云港区人民政府办公室关于印发2026年重点工作任务分解表的通知

各街道办事处，区政府各部门：

现将《云港区2026年重点工作任务分解表》印发给你们，请认真贯彻落实。

云港区人民政府办公室

2026年1月20日

附件

云港区2026年重点工作任务分解表

"""
Told = tuple[str, str, Comparator, float | None]
"""The words of a target, its indicator, its comparator, its lower bound."""


def read(table: str) -> tuple[str, Suggestions]:
    """The source and its suggestions; a table's rows are lines with bars between their cells."""
    rows = [line[1:-1].split("|") for line in table.strip().split("\n")]
    lines = "\n".join("".join(f"\t{cell.strip()}\n" for cell in row) for row in rows)
    reading = read_bytes((HEAD + lines).encode(), "任务.txt")
    return reading.source.text, suggest(reading)


def targets(text: str, work: Commitment) -> list[Told]:
    return [
        (text[t.span.start : t.span.end], t.value.indicator, t.value.comparator, t.value.low)
        for t in work.targets
    ]


def dues(work: Commitment) -> list[date | None]:
    return [found.value.due for found in work.deadlines]


def owners(work: Commitment) -> list[tuple[str, Role]]:
    return [(mention.name, mention.role) for mention in work.mentions]


TASKS = """
|序号|工作任务|工作目标|责任单位|完成时限|
|一、|产业发展||||
|1|引进港航服务企业|新建8家|区商务局、望海街道|11月底前|
|2|改造南港老旧码头|完成改造|区交通局|9月 底前|
|3|培育海洋企业|力争达到30家以上|区科技局|年底前|
|4|整治滩涂|—|区水利局|6月底前|
|5|渔港隐患排查|动态清零|区应急局|全年|
|6|水产品产量（万吨）|12.5|区农业农村局|10月底前|
"""


def test_that_every_row_with_an_owner_is_a_task_whatever_its_goal_says() -> None:
    text, found = read(TASKS)
    work = found.commitments
    assert [c.text for c in work] == [
        "引进港航服务企业 新建8家",
        "改造南港老旧码头 完成改造",
        "培育海洋企业 力争达到30家以上",
        "整治滩涂",
        "渔港隐患排查 动态清零",
        "水产品产量（万吨） 12.5",
    ]
    assert [t for c in work for t in targets(text, c)] == [
        ("8家", "引进港航服务企业", Comparator.EQ, 8.0),
        ("力争达到30家以上", "海洋企业", Comparator.GE, 30.0),
        ("12.5", "水产品产量", Comparator.EQ, 125_000.0),
    ]
    (clean,) = work[4].coverage
    assert (text[clean.span.start : clean.span.end], clean.value.indicator) == ("动态清零", "渔港隐患排查")
    assert owners(work[0]) == [("区商务局", Role.LEAD), ("望海街道", Role.SUPPORT)]
    assert [dues(c) for c in work] == [
        [date(2026, 11, 30)],
        [date(2026, 9, 30)],
        [date(2026, 12, 31)],
        [date(2026, 6, 30)],
        [date(2026, 12, 31)],
        [date(2026, 10, 31)],
    ]
    assert text[work[0].span.start : work[0].span.end] == "引进港航服务企业\n\t新建8家"
    assert [text[d.span.start : d.span.end] for d in work[1].deadlines] == ["9月 底前"]
    assert found.uncovered == ()


def test_that_a_goal_in_a_full_sentence_is_read_like_one() -> None:
    text, found = read("""
|工作内容|年度目标|牵头单位|配合单位|
|优化渔港布局|编制布局规划，6月底前报审|区自然资源局|区交通局|
|推进掌上办|高频事项网办率达到95%|区政务局|/|
|建设数字港口|平台上线运行。接入泊位12个|区交通局|区大数据局、各街道|
|深化国企改革|按市下达任务完成|区国资委|无|
""")
    work = found.commitments
    assert [targets(text, c) for c in work] == [
        [],
        [("达到95%", "高频事项网办率", Comparator.EQ, 95.0)],
        [("12个", "接入泊位", Comparator.EQ, 12.0)],
        [("按市下达任务完成", "深化国企改革", Comparator.ASSIGNED, None)],
    ]
    assert dues(work[0]) == [date(2026, 6, 30)]
    assert [owners(c) for c in work] == [
        [("区自然资源局", Role.LEAD), ("区交通局", Role.SUPPORT)],
        [("区政务局", Role.LEAD)],
        [("区交通局", Role.LEAD), ("区大数据局", Role.SUPPORT), ("各街道", Role.SUPPORT)],
        [("区国资委", Role.LEAD)],
    ]


def test_that_a_project_is_quoted_with_its_content_and_what_it_is_to_reach_this_year() -> None:
    text, found = read("""
|序号|项目名称|建设内容|总投资（亿元）|2026年目标|责任单位|
|1|云港大桥|双向六车道|12|完成主体结构|区交通局|
|2|滨海绿道|改造绿道8公里|0.5|完成投资0.3亿元|区城管局|
|合计|||12.5|0.3||
""")
    assert [(c.text, c.due_year) for c in found.commitments] == [
        ("云港大桥 双向六车道 完成主体结构", 2026),
        ("滨海绿道 改造绿道8公里 完成投资0.3亿元", 2026),
    ]
    assert targets(text, found.commitments[1]) == [
        ("8公里", "改造绿道", Comparator.EQ, 8.0),
        ("0.3亿元", "滨海绿道投资", Comparator.EQ, 30_000_000.0),
    ]


def test_that_a_cell_of_words_among_figures_loses_no_indicator() -> None:
    text, found = read("""
|序号|指标名称|计量单位|2025年实际|2026年目标|责任单位|
|1|港口吞吐量|万吨|800|900|区交通局|
|2|空气质量|—|良好|持续改善|区生态环境局|
|3|财政收入|亿元|50|增长6%左右|区财政局|
|4|渔民培训|期|3|≥6期|区人社局|
""")
    work = found.commitments
    assert [(c.text, c.due_year) for c in work] == [
        ("港口吞吐量 900", 2026),
        ("空气质量 持续改善", 2026),
        ("财政收入 增长6%左右", 2026),
        ("渔民培训 ≥6期", 2026),
    ]
    assert [targets(text, c) for c in work] == [
        [("900", "港口吞吐量", Comparator.EQ, 9_000_000.0)],
        [],
        [("6%左右", "财政收入增长", Comparator.ABOUT, 6.0)],
        [("6期", "渔民培训", Comparator.GE, 6.0)],
    ]
    assert [owners(c) for c in work[1:2]] == [[("区生态环境局", Role.LEAD)]]


def test_that_without_owners_a_row_is_work_only_if_it_has_a_goal() -> None:
    text, found = read("""
|指标|单位|2026年目标|
|空气质量|—|持续改善|
|渔港|个|—|
|“2个中心”渔业服务点|—|新增服务点3个|
""")
    assert [c.text for c in found.commitments] == [
        "空气质量 持续改善",
        "“2个中心”渔业服务点 新增服务点3个",
    ]
    assert targets(text, found.commitments[1]) == [("3个", "新增服务点", Comparator.EQ, 3.0)]


def test_that_a_column_of_goals_alone_tells_the_work_and_measures_belong_to_it() -> None:
    text, found = read("""
|序号|目标任务|主要措施|责任科室|
|1|新建泊位4个|落实用海指标，8月底前开工|港航科|
|2|建成海洋博物馆||文化科|
""")
    assert [c.text for c in found.commitments] == [
        "新建泊位4个 落实用海指标，8月底前开工",
        "建成海洋博物馆",
    ]
    assert targets(text, found.commitments[0]) == [("4个", "新建泊位", Comparator.EQ, 4.0)]
    assert dues(found.commitments[0]) == [date(2026, 8, 31)]


def test_that_merged_cells_leave_the_row_its_other_words() -> None:
    text, found = read("""
|重点工作|具体任务|一季度目标|二季度目标|主责单位|协同单位|
|港口建设|扩建南港|完成招标|完工12个|区交通局|区水利局|
||疏浚航道|完成5公里||区交通局||
||||竣工验收|区交通局||
""")
    assert [c.text for c in found.commitments] == [
        "港口建设 扩建南港 完成招标 完工12个",
        "疏浚航道 完成5公里",
        "竣工验收",
    ]
    assert [t for c in found.commitments for t in targets(text, c)] == [
        ("12个", "港口建设", Comparator.EQ, 12.0),
        ("5公里", "疏浚航道", Comparator.EQ, 5.0),
    ]


def test_that_a_row_with_an_owner_and_nothing_to_do_is_listed_and_one_without_is_not() -> None:
    text, found = read("""
|序号|任务|目标|责任单位|
|1|疏浚航道|完成疏浚|区交通局|
|2|||区财政局|
|3||||
""")
    assert [c.text for c in found.commitments] == ["疏浚航道 完成疏浚"]
    assert [(u.text, u.reason) for u in found.uncovered] == [("2 区财政局", "有责任单位，没有读出任务")]
    (gap,) = found.uncovered
    assert text[gap.span.start : gap.span.end] == "2\n\t\n\t\n\t区财政局"


def test_that_what_is_left_out_is_listed_in_text_order() -> None:
    _, found = read("|序号|任务|责任单位|\n|1||区交通局|\n|2|疏浚航道|区交通局|\n|3||区财政局|")
    assert [u.text for u in found.uncovered] == ["1 区交通局", "3 区财政局"]
    assert list(found.uncovered) == sorted(found.uncovered, key=lambda u: u.span)


def test_that_a_second_heading_and_one_repeated_on_the_next_page_are_no_work() -> None:
    _, found = read("""
|序号|任务|目标|目标|责任单位|
|||2026年|2027年||
|1|疏浚航道|完成疏浚|通过验收|区交通局|
|序号|任务|目标|目标|责任单位|
|2|加固海堤|上半年开工|完工|区水利局|
""")
    assert [c.text for c in found.commitments] == ["疏浚航道 完成疏浚 通过验收", "加固海堤 上半年开工 完工"]
    assert found.uncovered == ()


def test_that_a_figure_that_name_and_goal_both_say_counts_once_and_two_of_one_cell_both_count() -> None:
    text, found = read("""
|任务|目标|责任单位|
|新建渔港3个|建成渔港3个、泊位3个|区交通局|
|培训渔民600人次|办班6期|区人社局|
|改造泊位3个|新建渔港3个|区交通局|
|改造泊位3个|改造泊位4个|区交通局|
|引进企业8家|落地8家|区商务局|
""")
    assert [targets(text, c) for c in found.commitments] == [
        [("3个", "渔港", Comparator.EQ, 3.0), ("3个", "泊位", Comparator.EQ, 3.0)],
        [("600人次", "培训渔民", Comparator.EQ, 600.0), ("6期", "办班", Comparator.EQ, 6.0)],
        [("3个", "改造泊位", Comparator.EQ, 3.0), ("3个", "新建渔港", Comparator.EQ, 3.0)],
        [("3个", "改造泊位", Comparator.EQ, 3.0), ("4个", "改造泊位", Comparator.EQ, 4.0)],
        [("8家", "引进企业", Comparator.EQ, 8.0)],
    ]


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("区交通局牵头，区水利局配合", [("区交通局", Role.LEAD), ("区水利局", Role.SUPPORT)]),
        ("区水利局、区交通局（牵头）", [("区水利局", Role.SUPPORT), ("区交通局", Role.LEAD)]),
        ("配合单位：区水利局；牵头单位：区交通局", [("区水利局", Role.SUPPORT), ("区交通局", Role.LEAD)]),
        ("区交通局、区水利局等", [("区交通局", Role.LEAD), ("区水利局", Role.SUPPORT)]),
        ("各镇（街道）、区水利局", [("各镇（街道）", Role.LEAD), ("区水利局", Role.SUPPORT)]),
        ("—", []),
        ("/", []),
        ("无", []),
    ],
)
def test_that_an_owner_s_cell_says_who_leads(cell: str, named: list[tuple[str, Role]]) -> None:
    _, found = read(f"|任务|责任单位|时限|\n|疏浚航道|{cell}|6月底前|\n|加固海堤|区水利局|6月底前|")
    assert owners(found.commitments[0]) == named


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        *(
            (f"{who}{what}", Role.LEAD)
            for who in ("主责", "承办", "承担", "落实")
            for what in ("单位", "科室")
        ),
        ("责任处室", Role.LEAD),
        ("牵头（责任）单位", Role.LEAD),
        ("责任单位（排在第一位的为牵头单位）", Role.LEAD),
        ("协同单位", Role.SUPPORT),
        ("参与单位", Role.SUPPORT),
    ],
)
def test_that_offices_call_the_column_of_owners_by_many_names(heading: str, role: Role) -> None:
    _, found = read(f"|工作要点|{heading}|\n|疏浚航道|区交通局|\n|加固海堤|区水利局|")
    assert [owners(c) for c in found.commitments] == [[("区交通局", role)], [("区水利局", role)]]


def test_that_a_column_of_work_is_known_and_one_of_progress_is_not() -> None:
    _, found = read("|重点工作|工作进展|责任单位|\n|疏浚航道|已开工|区交通局|\n|加固海堤|未开工|区水利局|")
    assert [c.text for c in found.commitments] == ["疏浚航道", "加固海堤"]


def test_that_raising_something_is_work_and_set_against_nothing() -> None:
    text, found = read("""
|任务|目标|责任单位|
|优化窗口|提升服务能力|区政务局|
|改造老港|完成南港片区改造任务|区住建局|
|培训渔民|完成市定任务|区人社局|
""")
    assert [targets(text, c) for c in found.commitments] == [
        [],
        [],
        [("完成市定任务", "培训渔民", Comparator.ASSIGNED, None)],
    ]


@pytest.mark.parametrize(
    ("cell", "name", "indicator"),
    [
        ("新建8家", "引进港航服务企业", "引进港航服务企业"),
        ("力争年内开工5个", "老旧小区改造", "老旧小区改造"),
        ("≥8家", "培育海洋企业", "海洋企业"),
        ("完成率90%", "航道疏浚", "航道疏浚完成率"),
        ("网办率90%", "优化窗口", "网办率"),
        ("新建8家", "", "新建"),
        ("8家", "建设", "建设"),
    ],
)
def test_that_a_row_names_what_its_goal_leaves_unsaid(cell: str, name: str, indicator: str) -> None:
    assert [goal.indicator for _, goal, _ in said_targets(cell, name)] == [indicator]


def test_that_each_sentence_of_a_cell_is_read_and_placed_in_the_cell() -> None:
    cell = "完成招标。新建泊位3个。隐患清零。"
    assert [cell[s.start : s.end] for s, _, _ in said_targets(cell, "")] == ["3个"]
    assert [(cell[s.start : s.end], goal.indicator) for s, goal, _ in said_coverage(cell, "渔港")] == [
        ("清零", "隐患")
    ]
    assert [goal.indicator for _, goal, _ in said_coverage("动态清零", "渔港隐患")] == ["渔港隐患"]


def test_that_only_in_a_plan_what_is_cumulative_is_a_sum_over_its_years() -> None:
    for is_plan in (True, False):
        ((_, goal, _),) = said_targets("累计培训渔民600人", "", is_plan=is_plan)
        assert goal.is_cumulative is is_plan


def test_that_a_plan_s_table_of_tasks_is_read_as_a_plan_s() -> None:
    plan = """云港区国民经济和社会发展第十五个五年规划纲要

第一章 重点任务

疏浚航道，加固海堤。

附件一：
任务分工
\t任务
\t责任单位

\t累计培训渔民600人
\t区人社局

\t加固海堤
\t区水利局

"""
    found = suggest(read_bytes(plan.encode(), "规划.txt"))
    assert [t.value.is_cumulative for c in found.commitments if c.in_table for t in c.targets] == [True]


def test_that_a_cell_with_a_figure_among_other_words_is_no_bare_value() -> None:
    assert value_of("增长6%左右", 1, "%") is None
    assert value_of("提升服务，新建泊位3个", 1, "个") is None
    assert value_of("提升服务能力", 1, "个") is None


def test_that_a_deadline_left_open_leaves_the_word_to_the_goal() -> None:
    _, found = read("""
|任务|目标|责任单位|完成时限|
|疏浚航道|6月底前完工|区交通局|—|
|加固海堤|6月底前完工|区水利局|9月底|
|清淤|6月底前完工|区水利局||
""")
    assert [dues(c) for c in found.commitments] == [
        [date(2026, 6, 30)],
        [date(2026, 9, 30)],
        [date(2026, 6, 30)],
    ]


def test_that_brackets_neither_make_a_heading_long_nor_hide_what_it_says() -> None:
    for owner, works in (("责任单位" + "甲" * 12, ["疏浚航道", "清淤"]), ("责任单位" + "甲" * 13, [])):
        _, found = read(f"|任务|{owner}（{'乙' * 9}）|\n|疏浚航道|区交通局|\n|清淤|区水利局|")
        assert [c.text for c in found.commitments] == works
    _, found = read("|指标|2025年（预计）|2026年|\n|渔港（个）|7|9|\n|泊位（个）|8|10|")
    assert [t.value.baseline for c in found.commitments for t in c.targets] == ["7", "8"]


@pytest.mark.parametrize("number", ["一", "（二）", "十一、", "三."])
def test_that_a_heading_with_a_number_of_its_own_is_no_work(number: str) -> None:
    _, found = read(f"|序号|任务|责任单位|\n|{number}|产业发展||\n|1|疏浚航道||\n|2|清淤|区水利局|")
    assert [c.text for c in found.commitments] == ["疏浚航道", "清淤"]


def test_that_what_is_to_be_invested_this_year_is_a_target_and_the_whole_sum_is_not() -> None:
    text, found = read("""
|项目名称|建设内容|总投资（万元）|2025年完成投资（万元）|2026年计划投资（万元）|责任单位|
|云港大桥|双向六车道|12000|3000|2500|区交通局|
|滨海绿道|改造绿道8公里|500|—|100以上|区城管局|
|渔港码头|疏浚航道|900|—|—|区交通局|
|海堤加固|加固海堤|900|—|完成市下达任务|区水务局|
""")
    assert [targets(text, c) for c in found.commitments] == [
        [("2500", "2026年计划投资", Comparator.EQ, 25_000_000.0)],
        [
            ("8公里", "改造绿道", Comparator.EQ, 8.0),
            ("100以上", "2026年计划投资", Comparator.GE, 1_000_000.0),
        ],
        [],
        [],
    ]


@pytest.mark.parametrize(
    "head", ["年度投资（亿元）", "年度计划投资（亿元）", "今年拟投资（亿元）", "本年度完成投资（亿元）"]
)
def test_that_the_column_of_a_years_money_is_known_by_its_words(head: str) -> None:
    text, found = read(f"""
|项目名称|建设内容|{head}|责任单位|
|云港大桥|双向六车道|0.5|区交通局|
""")
    indicator = head.removesuffix("（亿元）")
    assert targets(text, found.commitments[0]) == [("0.5", indicator, Comparator.EQ, 50_000_000.0)]


def test_that_a_years_money_without_a_unit_is_left_out() -> None:
    text, found = read("""
|项目名称|建设内容|年度投资|责任单位|
|云港大桥|双向六车道|0.5|区交通局|
""")
    assert targets(text, found.commitments[0]) == []
