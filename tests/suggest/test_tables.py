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
