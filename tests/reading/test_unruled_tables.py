"""Tables printed without upright rules, and what looks like them."""

from dataclasses import replace

import pytest

from app.domain.report import place_at
from app.reading.formats.laid_out import put_pages
from app.reading.formats.linear import Linear
from app.reading.formats.page import Bit, Page, Rule
from app.reading.formats.pdf import read
from app.reading.formats.unruled import Columns, take_unruled
from tests.rendering import made_pdf

XS = (90.0, 220.0, 300.0, 400.0)
TOP, PITCH, SIZE = 200.0, 20.0, 10.0
HEAD = ("指标", "单位", "2025年", "2030年")
BODY = (
    ("港口货物吞吐量", "万吨", "2680", "4200"),
    ("集装箱吞吐量", "万标准箱", "56", "〔120〕"),
    ("养老床位数", "张", "—", "3000"),
    ("森林覆盖率", "％", "21.5", "23左右"),
)
TABLE = (HEAD, *BODY)
Words = tuple[str, ...]


def bits(
    rows: tuple[Words, ...], top: float = TOP, pitch: float = PITCH, xs: tuple[float, ...] = XS
) -> list[Bit]:
    """Words of 10 points, each row's from left to right where the columns begin; nothing for an empty one."""
    return [
        Bit(words, x, x + SIZE * len(words), top + n * pitch, SIZE)
        for n, row in enumerate(rows)
        for x, words in zip(xs, row, strict=False)
        if words
    ]


def page(*parts: list[Bit], rules: tuple[float, ...] = ()) -> Page:
    """A page of these words, with rules drawn from edge to edge at these heights."""
    drawn = [Rule(85.0, y, 460.0, y) for y in rules]
    return Page(1, 595.0, 842.0, [bit for part in parts for bit in part], drawn)


def tables(sheet: Page, usual: Columns = ()) -> list[list[Words]]:
    """The cells' words of the tables that are taken out of a page."""
    return [
        [tuple("".join(bit.text for bit in cell) for cell in row) for row in grid.rows]
        for grid in take_unruled(sheet, usual)[0]
    ]


def left(sheet: Page) -> list[str]:
    return [bit.text for bit in sheet.bits]


def test_that_figures_below_each_other_make_a_table_of_cells_with_their_places() -> None:
    words = [(x, y, size, text) for text, x, _, y, size in bits(TABLE)]
    text = "云港区推进港口扩建和航道疏浚，建设标准厂房二十万平方米，培育专业市场五个。"
    found = read(
        made_pdf([[(90.0, 160.0, SIZE, text), *words, (90.0, 330.0, SIZE, text)]]), "a.pdf", lambda _: None
    )
    cells = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in TABLE)
    assert found.text == f"{text}\n{cells}\n\n{text}\n"
    place = place_at(found.places, found.text.index("4200"))
    assert place is not None
    assert place.words == "第1页 表1 第2行第4列"


def test_that_four_rows_are_a_table_and_three_are_not() -> None:
    four, three = page(bits(TABLE[:4])), page(bits(TABLE[:3]))
    assert tables(four) == [list(TABLE[:4])]
    assert left(four) == []
    assert tables(three) == []
    assert left(three) == [bit.text for bit in bits(TABLE[:3])]


def test_that_three_rows_between_rules_are_a_table() -> None:
    head, foot = TOP + 5, TOP + 45
    assert tables(page(bits(TABLE[:3]), rules=(TOP - 15, head, foot))) == [list(TABLE[:3])]
    assert tables(page(bits(TABLE[:3]), rules=(TOP - 15, foot))) == []
    assert tables(page(bits(TABLE[:3]), rules=(head, foot))) == []
    assert tables(page(bits(TABLE[:3]), rules=(TOP - 40, head, foot))) == []
    assert tables(page(bits(TABLE[:2]), rules=(TOP - 15, head, foot))) == []


def test_that_a_rule_may_be_drawn_cell_by_cell_but_over_all_columns() -> None:
    def ruled(right: float) -> Page:
        sheet = page(bits(TABLE[:3]))
        for y in (TOP - 15, TOP + 5):
            sheet.rules += [Rule(90.0, y, 200.0, y), Rule(200.0, y + 0.5, right, y + 0.5)]
        return sheet

    assert tables(ruled(440.0)) == [list(TABLE[:3])]
    assert tables(ruled(380.0)) == []


def test_that_two_columns_are_a_table_only_between_rules() -> None:
    rows = tuple(row[:1] + row[3:] for row in TABLE)
    assert tables(page(bits(rows))) == []
    assert tables(page(bits(rows), rules=(TOP - 15, TOP + 5))) == [list(rows)]


def test_that_words_in_columns_without_figures_are_no_table() -> None:
    names = (
        ("张明", "李永强", "王芳"),
        ("孙立国", "周敏", "吴建华"),
        ("冯大伟", "陈静", "褚红兵"),
        ("蒋涛", "沈洋", "韩磊"),
    )
    assert tables(page(bits(names))) == []
    assert tables(page(bits(names), rules=(TOP - 15, TOP + 5))) == []


def test_that_most_of_a_column_must_be_figures() -> None:
    def of(*cells: str) -> tuple[Words, ...]:
        return HEAD[:3], *((f"事项{n}号"[:2], "区交通局", cell) for n, cell in enumerate(cells))

    assert len(tables(page(bits(of("12", "13", "14", "按月推进", "按季推进"))))) == 1
    assert tables(page(bits(of("12", "13", "常年推进", "按月推进", "按季推进")))) == []
    assert len(tables(page(bits(of("12", "13", "—", "—"))))) == 1
    assert tables(page(bits(of("12", "—", "—", "—")))) == []
    assert tables(page(bits(of("12", "13，", "14，", "15，")))) == []


def test_that_figures_alone_are_no_table() -> None:
    rows = tuple((str(n), str(n * 20), str(n * 300)) for n in range(1, 7))
    assert tables(page(bits(rows))) == []


def test_that_most_of_another_column_must_be_words() -> None:
    def of(*labels: str) -> Page:
        return page(bits((("年份", "（一）", "（二）"), *((label, "12", "13") for label in labels))))

    assert len(tables(of("港口", "航道", "海堤", "2024", "2025"))) == 1
    assert tables(of("港口", "航道", "2023", "2024", "2025")) == []


def test_that_numbered_entries_are_rows() -> None:
    for number in ("1.", "（1）", "①"):
        rows = (HEAD, *((number + row[0][:2], *row[1:]) for row in BODY))
        assert tables(page(bits(rows))) == [list(rows)]


def test_that_sentences_are_no_cells_unless_rules_are_drawn() -> None:
    rows = (*TABLE[:4], ("完成改造。", "万吨", "12", "13"))
    assert tables(page(bits(rows))) == []
    assert tables(page(bits(rows), rules=(TOP - 15, TOP + 5))) == [list(rows)]


def test_that_chapters_with_their_pages_are_no_table() -> None:
    def contents(*numbers: str) -> Page:
        return page(bits(tuple((number, "总体要求", str(3 * n + 1)) for n, number in enumerate(numbers))))

    assert tables(contents("第一章", "第二章", "第三章", "第四章", "第五章")) == []
    assert tables(contents("附件1", "附件2", "附件3", "附件4", "附件5")) == []
    assert len(tables(contents("1", "2", "3", "4", "5"))) == 1


def test_that_columns_of_a_newspaper_are_no_table_however_many_figures_they_hold() -> None:
    line = "建成5G基站120座，"
    rows = ((line, line, line),) * 20
    sheet = page(bits(rows, xs=(40.0, 170.0, 300.0)), rules=(TOP - 15, TOP + 5, TOP + 300))
    assert tables(sheet) == []
    assert len(left(sheet)) == 60


def test_that_running_text_above_and_below_stays() -> None:
    text = [
        Bit("云港区推进港口扩建和航道疏浚，建设标准厂房二十万平方米，", 90.0, 370.0, y, SIZE)
        for y in (180.0, 300.0)
    ]
    sheet = page(text[:1], bits(TABLE), text[1:])
    assert tables(sheet) == [list(TABLE)]
    assert left(sheet) == [bit.text for bit in text]


def test_that_lines_of_one_cell_are_joined() -> None:
    wrapped = (
        HEAD,
        BODY[0],
        ("每千人口拥有执", "人", "3.1", "4.0"),
        ("业医师数",),
        ("养老床位数", "张", "6", "7"),
    )
    whole = (HEAD, BODY[0], ("每千人口拥有执业医师数", "人", "3.1", "4.0"), wrapped[4])
    assert tables(page(bits(wrapped))) == [list(whole)]


@pytest.mark.parametrize(
    ("below", "is_inside"),
    [
        ("水平", True),
        ("三、收尾", False),  # a heading
        ("（个）", True),
        ("港口货物吞吐量等等", False),  # wider than its column
    ],
)
def test_that_a_line_below_a_full_cell_goes_on_with_it_unless_it_is_something_else(
    below: str, is_inside: bool
) -> None:
    rows = (*TABLE, ("单位能耗降低的", "％", "14", "15"), (below,))
    found = tables(page(bits(rows)))
    assert found[0][:6] == [*TABLE, ("单位能耗降低的" + below * is_inside, "％", "14", "15")]
    assert len(found[0]) == 6


def test_that_a_line_below_a_short_cell_does_not_go_on_with_it() -> None:
    sheet = page(bits((*TABLE, ("水平",))))
    assert tables(sheet) == [list(TABLE)]
    assert left(sheet) == ["水平"]


def test_that_a_rule_parts_a_full_cell_from_what_stands_below_it() -> None:
    rows = (*TABLE, ("单位能耗降低的", "％", "14", "15"), ("水平",))
    sheet = page(bits(rows), rules=(TOP - 15, TOP + 5, TOP + 105))
    assert tables(sheet) == [list(rows[:-1])]
    assert left(sheet) == ["水平"]


def test_that_lines_of_different_cells_in_two_rows_are_joined_to_their_own() -> None:
    wrapped = (
        *TABLE[:3],
        ("每千人口拥有执", "张", "3.1", "4.0"),
        ("业医师数",),
        ("床位", "每千人张", "6", "7"),
        ("", "次"),
        HEAD,
    )
    whole = [
        *TABLE[:3],
        ("每千人口拥有执业医师数", "张", "3.1", "4.0"),
        ("床位", "每千人张次", "6", "7"),
        HEAD,
    ]
    assert tables(page(bits(wrapped))) == [whole]


def test_that_a_caption_with_its_unit_is_no_row() -> None:
    sheet = page(bits((("表1", "", "", "单位：亿元"),), TOP - 20), bits(TABLE))
    assert tables(sheet) == [list(TABLE)]
    assert left(sheet) == ["表1", "单位：亿元"]


def test_that_cells_set_in_the_middle_of_their_rows_are_made_whole() -> None:
    lines = [
        *bits((HEAD,), TOP),
        *bits((("每千人口拥有",), ("", "人", "3.1", "4.0"), ("医师数",)), TOP + 20, 10.0),
        *bits((BODY[0],), TOP + 60),
        *bits((("单位能耗降低",), ("", "％", "14", "15"), ("水平",)), TOP + 80, 10.0),
        *bits((BODY[2],), TOP + 120),
    ]
    rows = [
        HEAD,
        ("每千人口拥有医师数", "人", "3.1", "4.0"),
        BODY[0],
        ("单位能耗降低水平", "％", "14", "15"),
        BODY[2],
    ]
    assert tables(page(lines)) == [rows]
    heading = bits(
        (("民生福祉和社会事业发展",), ("加快建设教育强区，办好每一所学校",)), TOP + 140, xs=(150.0,)
    )
    assert tables(page(lines, heading)) == [rows]
    below = page(lines, bits((("三、收尾",),), TOP + 140))
    assert tables(below) == [rows]
    assert left(below) == ["三、收尾"]
    uneven = [*lines[:-4], *bits((("等",),), TOP + 111), *lines[-4:]]
    assert tables(page(uneven)) == []


def test_that_rules_between_all_rows_say_which_lines_make_one() -> None:
    rows = (
        ("指标", "单位", "2025年"),
        ("", "", "（预计）"),
        BODY[0][:3],
        ("（沿海）",),
        BODY[1][:3],
        ("二、结语",),
    )
    rules = (TOP - 15, TOP + 25, TOP + 65)
    whole = [("指标", "单位", "2025年（预计）"), ("港口货物吞吐量（沿海）", "万吨", "2680"), BODY[1][:3]]
    sheet = page(bits(rows), rules=rules)
    assert tables(sheet) == [whole]
    assert left(sheet) == ["二、结语"]
    whole[2] = ("集装箱吞吐量二、结语", "万标准箱", "56")
    assert tables(page(bits(rows), rules=(*rules, TOP + 105))) == [whole]
    sheet = page(bits((*rows[:4], rows[4], ("（合计）",))), rules=rules)
    whole[2] = ("集装箱吞吐量（合计）", "万标准箱", "56")
    assert tables(sheet) == [whole]


def test_that_a_heading_below_the_last_rule_is_no_row() -> None:
    rules = tuple(TOP - 15 + n * PITCH for n in range(6))
    sheet = page(bits((*TABLE, ("收尾",))), rules=rules)
    assert tables(sheet) == [list(TABLE)]
    assert left(sheet) == ["收尾"]


def test_that_a_line_above_some_rows_is_a_row() -> None:
    def of(words: str, x: float = XS[0]) -> list[Bit]:
        return [*bits(TABLE), *bits(((words,),), TOP + 100, xs=(x,)), *bits(BODY, TOP + 120)]

    assert tables(page(of("民生福祉"))) == [[*TABLE, ("民生福祉", "", "", ""), *BODY]]
    assert tables(page(of("民生福祉和社会事业发展", 150.0))) == [[*TABLE, ("民生福祉和社会事业发展",), *BODY]]
    for other in ("表2主要指标", "专栏2主要指标", "（二）民生福祉", "以下为民生福祉。"):
        sheet = page(of(other))
        assert tables(sheet) == [list(TABLE), list(BODY)]
        assert left(sheet) == [other]


def test_that_a_line_far_above_some_rows_is_none() -> None:
    def of(gap: float) -> Page:
        words = bits((("民生福祉和社会事业发展",),), TOP + 80 + gap, xs=(150.0,))
        return page(bits(TABLE), words, bits(BODY, TOP + 100 + gap))

    assert len(tables(of(35))) == 1
    assert len(tables(of(36))) == 2


def test_that_a_row_has_words_in_most_columns() -> None:
    def of(*lines: Words) -> list[list[Words]]:
        head = ("指标", "单位", "2020年", "2025年", "2030年")
        rows = (head, *((*row, "9") for row in BODY), ("单位能耗降低的", "％", "1", "2", "3"), *lines)
        return tables(page(bits(rows, xs=(*XS, 480.0))))

    assert of(("水平", "", "4", "5"))[0][-1] == ("水平", "", "4", "5", "")
    assert len(of(("水平", "", "4"))[0]) == 6


def test_that_a_table_ends_where_white_follows_or_words_reach_over_two_columns() -> None:
    assert tables(page(bits(TABLE), bits(BODY, TOP + 80 + 35))) == [[*TABLE, *BODY]]
    assert tables(page(bits(TABLE), bits(BODY, TOP + 80 + 36))) == [list(TABLE), list(BODY)]
    across = Bit("港口货物吞吐量和集装箱吞吐量，", 90.0, 240.0, TOP + 100, SIZE)
    assert tables(page(bits(TABLE), [across], bits(BODY, TOP + 120))) == [list(TABLE), list(BODY)]


def test_that_columns_stand_apart_by_white() -> None:
    near = tuple(("港口货物吞吐量", "万吨", f"2{n}") for n in range(5))
    assert len(tables(page(bits(near, xs=(90.0, 168.0, 300.0))))) == 1
    assert tables(page(bits(near, xs=(90.0, 167.0, 300.0)))) == []


def test_that_a_table_at_the_foot_of_a_page_goes_on_on_the_next_one() -> None:
    first = page(bits(TABLE))
    grids, columns = take_unruled(first)
    rest = page(
        bits(BODY[:1], 80.0), [Bit("云港区推进港口扩建和航道疏浚，建设标准厂房，", 90.0, 320.0, 120.0, SIZE)]
    )
    assert tables(replace(rest, bits=list(rest.bits))) == []
    more, foot = take_unruled(rest, columns)
    assert [grid.edges for grid in more] == [grids[0].edges]
    assert foot == ()
    assert len(rest.bits) == 1


def test_that_what_stands_below_a_table_keeps_it_from_going_on() -> None:
    assert take_unruled(page(bits(TABLE)))[1] != ()
    assert take_unruled(page(bits(TABLE), bits((("云港区人民政府办公室主管",),), 700.0)))[1] == ()


def test_that_a_heading_on_the_next_page_is_no_row_of_the_table_before() -> None:
    columns = take_unruled(page(bits(TABLE)))[1]
    for heading in ("三、结语", "云港区推进港口扩建和航道疏浚", "收尾"):
        sheet = page(bits(((heading,),), 80.0))
        assert tables(sheet, columns) == []
        assert left(sheet) == [heading]
    again = page(bits((("三、结语",), *BODY), 80.0))
    assert tables(again, columns) == [list(BODY)]
    assert left(again) == ["三、结语"]


def test_that_a_table_over_pages_is_one_with_its_torn_row_whole() -> None:
    torn = (*TABLE, ("每千人口拥有执", "人", "3.1", "4.0"))
    pages = [page(bits(torn)), replace(page(bits((("业医师数",), *BODY[2:]), 80.0)), number=2)]
    out = Linear("a")
    put_pages(pages, out, lambda _: None)
    found = out.finish("pdf")
    assert [line.strip() for line in found.text.split("\n\n")[5:7]] == [
        "每千人口拥有执业医师数\n\t人\n\t3.1\n\t4.0",
        "养老床位数\n\t张\n\t—\n\t3000",
    ]
    place = place_at(found.places, found.text.rindex("森林覆盖率"))
    assert place is not None
    assert (place.page, place.table) == (2, 1)


def test_that_words_apart_in_one_column_end_a_table() -> None:
    sheet = page(bits(TABLE), bits((("港", "口", "万吨", "12", "13"),), TOP + 100, xs=(90.0, 120.0, *XS[1:])))
    assert tables(sheet) == [list(TABLE)]
    assert left(sheet) == ["港", "口", "万吨", "12", "13"]


def test_that_a_page_of_endless_rows_and_columns_is_read_in_bounded_time() -> None:
    row = [Bit("1", 20.0 * n, 20.0 * n + 10, 50.0, SIZE) for n in range(3000)]
    assert tables(page(row * 2)) == []


def test_that_words_without_any_width_do_no_harm() -> None:
    flat = [bit._replace(left=bit.left, right=bit.left) for bit in bits(TABLE)]
    assert tables(page(flat)) == [list(TABLE)]
