import pytest

from app.domain.report import Block, BlockKind, ShownText
from app.domain.tasks import Comparator, Direction, Nature, Role, Target
from app.suggest.tables import Row, table_rows


def shown(*tables: list[list[str]]) -> ShownText:
    """A shown text of tables only, each a list of rows of cells."""
    text, blocks = "", []
    for number, table in enumerate(tables):
        for r, row in enumerate(table):
            for c, cell in enumerate(row):
                blocks.append(
                    Block(BlockKind.CELL, len(text), len(text) + len(cell), table=number, row=r, column=c)
                )
                text += cell + "\n"
    return ShownText(text, tuple(blocks), ())


def rows(*tables: list[list[str]]) -> tuple[str, list[Row]]:
    page = shown(*tables)
    return page.text, list(table_rows(page))


HEAD = ["序号", "指标", "2025年预计数", "2030年 目标数", "属性"]


def test_that_an_indicator_row_gives_its_target_with_baseline_nature_and_sum() -> None:
    text, found = rows(
        [
            HEAD,
            ["1", "渔业投资（亿元）", "30.5", "〔210〕", "预期性"],
            ["2", "空气 优良率（％）", "—", "＞80", "约束性"],
        ]
    )
    assert [row.text for row in found] == ["渔业投资（亿元） 〔210〕", "空气优良率（％） ＞80"]
    assert [target for row in found for _, target, _ in row.targets] == [
        Target(
            "渔业投资", Comparator.EQ, 2.1e10, 2.1e10, "元", None, Nature.EXPECTED, "30.5", is_cumulative=True
        ),
        Target("空气优良率", Comparator.GT, 80.0, None, "%", None, Nature.BINDING, "—"),
    ]
    assert [text[s.start : s.end] for row in found for s, _, _ in row.targets] == ["〔210〕", "＞80"]
    assert text[found[0].span.start : found[0].span.end] == "渔业投资（亿元）\n30.5\n〔210〕\n预期性"


def test_that_a_rate_s_direction_is_read_from_its_name() -> None:
    _, found = rows(
        [
            HEAD,
            ["1", "产值增长率（%）", "5", "6", ""],
            ["2", "能耗降低（%）", "5", "6", ""],
            ["3", "调查失业率（%）", "5", "6", ""],
            ["4", "人口自然增长率（‰）", "5", "6", ""],
            ["5", "产值增速（%）", "5", "完成市下达任务", ""],
        ]
    )
    assert [target.direction for row in found for _, target, _ in row.targets] == [
        Direction.UP,
        Direction.DOWN,
        Direction.LEVEL,
        None,
        None,
    ]


def test_that_group_headings_blanks_and_notes_between_rows_are_no_rows() -> None:
    _, found = rows(
        [
            HEAD,
            ["海洋经济", "", "", "", ""],
            ["1", "泊位（个）", "3", "9", ""],
            ["", "", "", "", ""],
            ["注：〔〕为累计数", "", "", "", ""],
        ]
    )
    assert [row.text for row in found] == ["泊位（个） 9"]


def test_that_the_last_target_column_and_a_unit_column_count() -> None:
    _, found = rows([["指标名称", "单位", "2026年", "2030年"], ["吞吐量", "万吨", "5", "8"]])
    assert [target for row in found for _, target, _ in row.targets] == [
        Target("吞吐量", Comparator.EQ, 80000.0, 80000.0, "吨", baseline="5")
    ]


def test_that_a_plain_year_beside_a_target_column_is_the_baseline_and_alone_the_target() -> None:
    _, found = rows(
        [["指标", "2025年", "2030年目标"], ["吞吐量（吨）", "5", "8"]],
        [["指标", "2030年"], ["泊位（个）", "9"]],
    )
    assert [(target.low, target.baseline) for row in found for _, target, _ in row.targets] == [
        (8.0, "5"),
        (9.0, ""),
    ]


def test_that_a_task_row_names_its_owners_and_its_time() -> None:
    text, found = rows(
        [
            ["序号", "规划名称", "责任单位", "配合单位", "完成时限"],
            ["产业类（2个）", "", "", "", ""],
            ["1", "渔港布局规划", "区农业农村委、区交通局", "区财政局", "6月底前"],
            ["2", "滩涂利用规划", "望海街", "", ""],
        ]
    )
    assert [text[row.span.start : row.span.end] for row in found] == ["渔港布局规划", "滩涂利用规划"]
    assert [(m.name, m.role) for m in found[0].mentions] == [
        ("区农业农村委", Role.LEAD),
        ("区交通局", Role.SUPPORT),
        ("区财政局", Role.SUPPORT),
    ]
    assert [text[m.span.start : m.span.end] for m in found[0].mentions] == [
        "区农业农村委",
        "区交通局",
        "区财政局",
    ]
    assert found[0].deadline is not None
    assert found[0].deadline.text == "6月底前"
    assert [(m.name, m.role) for m in found[1].mentions] == [("望海街", Role.LEAD)]
    assert found[1].deadline is None


def test_that_an_owner_split_over_two_lines_keeps_the_whole_cell() -> None:
    text, found = rows([["任务名称", "责任单位"], ["疏浚航道", "区农业 农村委"]])
    (mention,) = found[0].mentions
    assert (mention.name, text[mention.span.start : mention.span.end]) == ("区农业农村委", "区农业 农村委")


def test_that_a_project_row_without_owners_is_quoted_from_name_to_content() -> None:
    text, found = rows([["项目名称", "街道", "项目概况"], ["河道保洁", "望海街", "清理垃圾；修复岸坡。"]])
    assert [row.text for row in found] == ["河道保洁 清理垃圾；修复岸坡。"]
    assert text[found[0].span.start : found[0].span.end] == "河道保洁\n望海街\n清理垃圾；修复岸坡。"
    assert found[0].mentions == ()


def test_that_a_table_without_a_header_has_no_rows_and_tables_are_kept_apart() -> None:
    _, found = rows([["甲", "乙"], ["一", "二"]], [["任务名称", "责任单位"], ["疏浚航道", "区交通局"]])
    assert [row.text for row in found] == ["疏浚航道"]


GROWING = ["序号", "指标", "2025年", "2030年", "年均增长", "属性"]


def test_that_a_row_without_a_level_has_its_growth_for_a_target() -> None:
    text, found = rows(
        [
            GROWING,
            ["1", "渔业产值增长（%）", "5.1", "—", "6以上", "预期性"],
            ["2", "渔业产值（亿元）", "30", "—", "6", "预期性"],
            ["3", "渔民收入增长（%）", "5", "—", "与经济增长同步", "预期性"],
            ["4", "新建泊位（个）", "3", "—", "〔9〕", "预期性"],
        ]
    )
    assert [
        (t.indicator, t.comparator, t.low, t.unit, t.direction) for r in found for _, t, _ in r.targets
    ] == [
        ("渔业产值增长", Comparator.GE, 6.0, "%", Direction.UP),
        ("渔业产值年均增长", Comparator.EQ, 6.0, "%", Direction.UP),
        ("渔民收入增长", Comparator.SYNC, None, "", Direction.UP),
        ("新建泊位", Comparator.EQ, 9.0, "个", None),
    ]
    assert next(text[s.start : s.end] for r in found for s, _, _ in r.targets) == "6以上"
    assert [t.is_cumulative for r in found for _, t, _ in r.targets] == [False, False, False, True]
    assert [r.due_year for r in found] == [0, 0, 0, 0]


def test_that_a_level_goes_before_its_growth_and_a_row_with_neither_is_none() -> None:
    _, found = rows(
        [
            GROWING,
            ["1", "渔业产值（亿元）", "30", "40", "6", ""],
            ["2", "渔港（个）", "3", "—", "—", ""],
        ]
    )
    assert [(t.indicator, t.low, t.unit) for r in found for _, t, _ in r.targets] == [("渔业产值", 4e9, "元")]
    assert [r.due_year for r in found] == [2030]


def test_that_a_column_of_growth_alone_makes_a_table_of_indicators() -> None:
    _, found = rows([["指标", "年均增长（%）"], ["渔业产值（亿元）", "6左右"]])
    assert [(t.comparator, t.low, t.unit) for r in found for _, t, _ in r.targets] == [
        (Comparator.ABOUT, 6.0, "%")
    ]


def test_that_a_row_of_indicators_may_name_its_owners() -> None:
    text, found = rows(
        [
            ["指标名称", "单位", "2030年目标", "牵头单位", "配合单位"],
            ["渔业产值", "亿元", "40", "市渔业局", "市商务局、市统计局"],
            ["渔港", "个", "9", "", ""],
        ]
    )
    assert [[(m.name, m.role) for m in row.mentions] for row in found] == [
        [("市渔业局", Role.LEAD), ("市商务局", Role.SUPPORT), ("市统计局", Role.SUPPORT)],
        [],
    ]
    assert [target.low for row in found for _, target, _ in row.targets] == [4e9, 9.0]
    assert text[found[0].mentions[2].span.start : found[0].mentions[2].span.end] == "市统计局"


@pytest.mark.parametrize(
    "heading",
    [
        "责任单位",
        "牵头单位",
        "责任部门",
        "牵头部门",
        "责任主体",
        "主办单位",
        "编制单位",
        "实施主体",
        "实施单位",
    ],
)
def test_that_a_column_of_those_who_answer_is_known_by_its_heading(heading: str) -> None:
    _, found = rows([["任务名称", heading], ["疏浚航道", "区交通局"]])
    assert [(m.name, m.role) for m in found[0].mentions] == [("区交通局", Role.LEAD)]


@pytest.mark.parametrize("heading", ["配合单位", "协办单位", "参加单位"])
def test_that_a_column_of_those_who_help_is_known_by_its_heading(heading: str) -> None:
    _, found = rows([["任务名称", heading], ["疏浚航道", "区交通局"]])
    assert [(m.name, m.role) for m in found[0].mentions] == [("区交通局", Role.SUPPORT)]


@pytest.mark.parametrize("heading", ["时限", "完成时间", "时间节点", "起止年月", "建设年限"])
def test_that_a_column_of_times_is_known_by_its_heading(heading: str) -> None:
    _, found = rows([["任务名称", heading], ["疏浚航道", "6月底前"]])
    assert found[0].deadline is not None
    assert found[0].deadline.text == "6月底前"


@pytest.mark.parametrize(
    "heading", ["指标", "名称", "任务", "项目", "事项", "工程", "内容", "举措", "措施", "规划"]
)
def test_that_a_column_of_names_is_known_by_its_heading(heading: str) -> None:
    _, found = rows(
        [[heading, "责任单位"], ["疏浚航道", "区交通局"]], [[heading, "目标"], ["泊位（个）", "9"]]
    )
    assert [row.text for row in found] == ["疏浚航道", "泊位（个） 9"]


@pytest.mark.parametrize("heading", ["预计", "实际", "现状", "基期", "基数", "基础值", "完成数"])
def test_that_a_column_of_what_was_is_known_by_its_heading(heading: str) -> None:
    _, found = rows([["指标", heading, "目标"], ["泊位（个）", "7", "9"]])
    assert [(t.low, t.baseline) for row in found for _, t, _ in row.targets] == [(9.0, "7")]


@pytest.mark.parametrize("heading", ["属性", "性质", "指标属性", "指标性质"])
@pytest.mark.parametrize("unit", ["单位", "计量单位"])
def test_that_columns_of_natures_and_units_are_known_by_their_headings(heading: str, unit: str) -> None:
    _, found = rows([["指标", unit, "目标", heading], ["泊位", "万个", "9", "约束性"]])
    assert [(t.low, t.unit, t.nature) for row in found for _, t, _ in row.targets] == [
        (90_000.0, "个", Nature.BINDING)
    ]


def test_that_a_heading_has_two_known_cells_and_none_of_more_than_sixteen_characters() -> None:
    body = ["疏浚航道", "区交通局"]
    assert [row.text for row in rows([["任务" + "甲" * 14, "责任单位"], body])[1]] == ["疏浚航道"]
    assert rows([["任务" + "甲" * 15, "责任单位"], body])[1] == []
    assert rows([["任务", "甲"], body])[1] == []
