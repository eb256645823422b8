import pytest

from app.domain.report import BlockKind, SectionKind
from app.domain.spans import Span
from app.reading import read_source, show
from app.reading.marks import number

HEAD = "云港区规划纲要\n第一章 目标\n推进建设。\n"
INDICATORS = (
    "\t专栏1 主要指标\n\n\t序号\n\t指标\n\t2025年\n目标数\n\n\t\n\t\n\t\n\n\t经济发展\n\n\t1\n\t生产总值增速（%）\n\t5左右\n"
    "\n\t2\n\t失业率（%）\n\t完成市\n考核指标\n\n\t注释：〔〕为累计数\n\n\n"
)


def cells(text: str) -> list[list[str]]:
    result = show(text)
    rows: dict[tuple[int, int], list[str]] = {}
    for block in result.blocks:
        if block.kind is BlockKind.CELL:
            rows.setdefault((block.table, block.row), []).append(result.text[block.start : block.end])
    return list(rows.values())


def kinds(text: str) -> list[tuple[str, str]]:
    result = show(text)
    return [(b.kind.value, result.text[b.start : b.end]) for b in result.blocks if b.table < 0]


def test_that_cells_on_lines_behind_tabs_make_a_whole_table() -> None:
    assert cells(HEAD + INDICATORS + "第二章 任务\n推进。") == [
        ["序号", "指标", "2025年目标数"],
        ["经济发展", "", ""],
        ["1", "生产总值增速（%）", "5左右"],
        ["2", "失业率（%）", "完成市考核指标"],
    ]


def test_that_the_box_is_a_heading_and_the_remark_below_the_table_a_note() -> None:
    around = kinds(HEAD + INDICATORS)
    assert ("heading", "专栏1 主要指标") in around
    assert around[-1] == ("note", "注释：〔〕为累计数")


def test_that_a_cell_split_over_two_lines_maps_to_both() -> None:
    text = HEAD + INDICATORS
    result = show(text)
    at = result.text.index("完成市考核指标")
    span = result.to_source(Span(at, at + 7))
    assert span is not None
    assert text[span.start : span.end] == "完成市\n考核指标"


def test_that_an_inserted_cell_maps_to_no_source() -> None:
    result = show(HEAD + INDICATORS)
    empty = [b for b in result.blocks if b.kind is BlockKind.CELL and b.start == b.end]
    assert len(empty) == 2
    assert all(result.to_source(Span(b.start, b.end)) is None for b in empty)


def test_that_rows_with_tabs_or_bars_inside_are_tables_too() -> None:
    assert cells(HEAD + "序号\t指标\t2030年\n1\t增速\t5左右\n2\t\t完成\n推进建设。") == [
        ["序号", "指标", "2030年"],
        ["1", "增速", "5左右"],
        ["2", "", "完成"],
    ]
    assert cells(HEAD + "| 指标 | 目标 |\n|---|---|\n| 增速 | 5% |\n| 就业 |  |\n推进。") == [
        ["指标", "目标"],
        ["增速", "5%"],
        ["就业", ""],
    ]


def test_that_empty_cells_before_and_behind_a_rows_words_keep_their_places() -> None:
    pasted = "序号\t任务\t单位\n一、产业发展\t\t\n1\t改造码头\t区交通局\n\t疏浚航道\t区港航局\n\t\t区商务局\n2\t引进企业\t\n"
    rows = [
        ["序号", "任务", "单位"],
        ["一、产业发展", "", ""],
        ["1", "改造码头", "区交通局"],
        ["", "疏浚航道", "区港航局"],
    ]
    assert cells(HEAD + pasted)[:4] == rows
    assert cells(HEAD + pasted)[-1] == ["2", "引进企业", ""]
    bars = "|序号|任务|单位|\n|一、产业发展|||\n|1|改造码头|区交通局|\n||疏浚航道|区港航局|\n"
    assert cells(HEAD + bars) == rows


def test_that_a_long_line_behind_a_tab_is_no_row_of_the_table_above() -> None:
    table = "序号\t任务\n1\t改造码头\n"
    assert cells(HEAD + table + "\t" + "港" * 40)[-1] == ["", "港" * 40]
    assert cells(HEAD + table + "\t" + "港" * 41)[-1] == ["1", "改造码头"]
    assert cells(HEAD + table + "推进建设。")[-1] == ["1", "改造码头"]


def test_that_a_heading_before_a_tab_and_a_page_number_stands_in_a_list_of_contents() -> None:
    assert cells(HEAD + "一、产业发展\t12\n二、城市建设\t15\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "\t坚持稳中求进工作总基调，扎实推进各项重点工作。\n\t完成投资80亿元。\n",
        "\t推进。\n\n\t完成。\n\n\t落实。\n",
        "\t序号\n\t指标\n",
        "一、工作\t1\n二、任务\t2\n三、保障\t3\n",
        "只有一行\t有制表符\n推进建设。\n",
        "\t这一格很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长\n\t二\n\n\t一\n\t二\n",
    ],
)
def test_that_tabs_alone_make_no_table(text: str) -> None:
    assert cells(HEAD + text) == []


def test_that_a_table_wider_than_any_page_is_none() -> None:
    row = "\t".join("一" * 41)
    assert cells(HEAD + f"{row}\n{row}\n") == []
    row = "\t".join("一" * 40)
    assert len(cells(HEAD + f"{row}\n{row}\n")) == 2


def test_that_two_blank_lines_end_a_table() -> None:
    text = HEAD + "\t甲\n\t乙\n\n\t丙\n\t丁\n\n\n\t戊\n\t己\n\n\t庚\n\t辛\n"
    result = show(text)
    assert [b.table for b in result.blocks if b.kind is BlockKind.CELL] == [0] * 4 + [1] * 4


def sections(text: str) -> list[tuple[str, str, int]]:
    from app.domain.report import Source

    reading = read_source(Source("a.txt", "", "utf-8", text, ""))
    return [(s.kind.value, s.title, s.depth) for s in reading.sections]


PLAN = "云港市“十五五”规划纲要\n第一章 总体要求\n推进规划实施，落实规划目标、规划任务。\n第二章 产业发展\n加快发展。\n"


def test_that_a_box_ends_at_two_blank_lines_and_its_section_goes_on() -> None:
    text = PLAN + "\t专栏2 重点工程\n（一）园区建设\n新建园区。\n\n\n推进数字产业。\n（一）强链\n补链。\n"
    found = sections(text)
    assert ("table", "专栏2 重点工程", 2) in found
    assert ("table", "（一）园区建设", 3) in found
    assert ("tasks", "（一）强链", 2) in found


def test_that_a_box_without_blank_lines_ends_at_the_next_heading_of_the_chapter() -> None:
    text = PLAN + "第一节 制造\n发展。\n专栏2 工程\n1.基地：建设。\n第二节 数字\n推进。\n"
    found = sections(text)
    assert found[-3:] == [
        ("tasks", "第一节 制造", 2),
        ("table", "专栏2 工程", 3),
        ("tasks", "第二节 数字", 2),
    ]


def test_that_a_count_that_does_not_begin_at_one_is_not_the_boxs() -> None:
    text = (
        PLAN + "（一）制造\n发展。\n专栏2 工程\n（一）基地\n建设。\n（二）平台\n建设。\n（二）数字\n推进。\n"
    )
    assert [s for s in sections(text) if s[0] == "table"] == [
        ("table", "专栏2 工程", 3),
        ("table", "（一）基地", 4),
        ("table", "（二）平台", 4),
    ]
    assert sections(text)[-1] == ("tasks", "（二）数字", 2)


def test_that_a_box_with_a_table_ends_behind_the_table_and_its_remark() -> None:
    text = PLAN + "专栏2 指标\n甲\t乙\n1\t2\n3\t4\n注：甲为预期。\n推进数字产业发展。\n"
    from app.domain.report import Source
    from app.reading import kind_spans

    reading = read_source(Source("a.txt", "", "utf-8", text, ""))
    last, kind = kind_spans(reading.sections)[-1]
    assert kind is SectionKind.TASKS
    assert text[last.start : last.end] == "推进数字产业发展。\n"


def test_that_a_table_outside_of_a_box_is_a_section_of_its_own() -> None:
    text = PLAN + "甲\t乙\n1\t2\n3\t4\n推进数字产业发展。\n"
    assert ("table", "（表）", 2) in sections(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("7", 7),
        ("12", 12),
        ("百", 0),
        ("一一", 0),
    ],
)
def test_that_numbers_are_read_in_both_scripts(written: str, value: int) -> None:
    assert number(written) == value


def test_that_two_blank_lines_end_a_table_of_rows_too() -> None:
    text = HEAD + "甲\t乙\n一\t二\n\n三\t四\n\n\n五\t六\n七\t八\n"
    result = show(text)
    assert [b.table for b in result.blocks if b.kind is BlockKind.CELL] == [0] * 6 + [1] * 4


def test_that_a_table_in_a_box_is_the_boxs_and_no_section_of_its_own() -> None:
    found = sections(PLAN + "专栏2 指标\n甲\t乙\n1\t2\n3\t4\n")
    assert [s for s in found if s[0] == "table"] == [("table", "专栏2 指标", 2)]


SENTENCE = (
    "云港区推进港口扩建和航道疏浚，建设标准厂房二十万平方米，"
    "培育专业市场五个，新增就业一万六千人，改造老旧小区三十个，办好十件实事。"
)


@pytest.mark.parametrize("is_indented", [True, False])
def test_that_tabs_before_many_sentences_indent_paragraphs(is_indented: bool) -> None:
    """Nine TABs, three of them before sentences: three in ten and more are indents, fewer stand before cells."""
    long = (
        f"\t{SENTENCE}\n\t{SENTENCE}\n\n\t{SENTENCE}\n"
        if is_indented
        else f"\t{SENTENCE}\n\n\t{SENTENCE}\n\n\n"
    )
    rows = "\t甲\n\t乙\n\n\t丙\n\t丁\n\n\t戊\n\t己\n"
    assert len(SENTENCE) > 60
    assert bool(cells(HEAD + long + "正文。\n" + rows)) is not is_indented
