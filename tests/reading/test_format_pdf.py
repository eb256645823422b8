import pytest

from app.domain.errors import UserError
from app.domain.report import place_at
from app.reading.formats.laid_out import _runs_over
from app.reading.formats.linear import Extract
from app.reading.formats.page import Bit, Page, joined, rows_of, together
from app.reading.formats.pdf import read
from app.reading.formats.running import drop_running
from app.reading.formats.signs import usual_signs
from tests.rendering import Placed, made_pdf

LEFT, PITCH, SIZE, WIDE = 90.0, 20.0, 12.0, 34
"""Where lines begin, how far apart they stand, how large the letters are, how many fill a line."""
SENTENCES = (
    "云港区今年推进港口扩建和航道疏浚，建设标准厂房二十万平方米，培育专业市场五个，新增就业一万六千人。"
)


def extract(
    pages: list[list[Placed]], rules: list[list[tuple[float, float, float, float]]] | None = None
) -> Extract:
    return read(made_pdf(pages, rules), "报告.pdf", lambda _share: None)


def set_paragraph(
    text: str, top: float, indent: int = 2, wide: int = WIDE, left: float = LEFT
) -> list[Placed]:
    """A paragraph's lines from a height on, broken where they are full."""
    out = [(left + indent * SIZE, top, SIZE, text[: wide - indent])]
    for n, start in enumerate(range(wide - indent, len(text), wide), 1):
        out.append((left, top + n * PITCH, SIZE, text[start : start + wide]))
    return out


def test_that_the_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    first, second = SENTENCES * 3, SENTENCES * 2 + "完成投资。"
    page = set_paragraph(first, 100) + set_paragraph(second, 300)
    page = [*page[: len(set_paragraph(first, 100))]]
    bottom = page[-1][1]
    page += set_paragraph(second, bottom + PITCH)
    assert extract([page]).text == f"{first}\n{second}\n"


def test_that_a_paragraph_goes_on_over_a_page_with_its_turn_noted() -> None:
    text = SENTENCES * 3
    lines = set_paragraph(text, 700)
    turned = [(x, 80.0 + n * PITCH, size, words) for n, (x, _, size, words) in enumerate(lines[2:])]
    pages = [[*set_paragraph(SENTENCES * 2, 600), *lines[:2]], [*turned, *set_paragraph(SENTENCES * 2, 300)]]
    found = extract(pages)
    whole = found.text.split("\n")[1]
    assert whole == text
    turn = found.text.index(whole) + WIDE - 2 + WIDE
    before, behind = place_at(found.places, turn - 1), place_at(found.places, turn)
    assert before is not None
    assert behind is not None
    assert (before.words, behind.words) == ("第1页 第2段", "第2页 第2段")


def test_that_heads_feet_and_page_numbers_are_left_out_and_figures_in_the_text_are_not() -> None:
    pages = [
        [
            (90.0, 40.0, 9.0, f"云港区人民政府公报　第{n}期"),
            *set_paragraph(f"第{n}项工作。" + SENTENCES, 140),
            (290.0, 800.0, 9.0, f"— {n} —" if n != 3 else "3"),
        ]
        for n in range(1, 6)
    ]
    pages[2][-1] = (290.0, 800.0, 9.0, "第3页 共5页")
    assert extract(pages).text == "".join(f"第{n}项工作。{SENTENCES}\n" for n in range(1, 6))


def test_that_a_head_that_counts_pages_is_left_out_and_the_numbers_of_annexes_are_not() -> None:
    pages = [
        Page(
            n,
            600.0,
            800.0,
            [Bit(f"公报2026年第3期·{n + 4}·", 90, 300, 40, 9), Bit(f"附件{n}", 90, 130, 80, 12)],
        )
        for n in range(1, 5)
    ]
    drop_running(pages)
    assert [[bit.text for bit in page.bits] for page in pages] == [["附件1"], ["附件2"], ["附件3"], ["附件4"]]


def test_that_numbers_alone_are_page_numbers_only_where_they_count_the_pages() -> None:
    def pages(numbers: list[str]) -> list[Page]:
        return [
            Page(n, 600.0, 800.0, [Bit("正文", 90, 200, 400, 12), Bit(number, 290, 300, 780, 9)])
            for n, number in enumerate(numbers, 1)
        ]

    counting, others = pages(["7", "8", "9", "10"]), pages(["5", "9", "2", "30"])
    drop_running(counting)
    drop_running(others)
    assert [len(page.bits) for page in counting] == [1, 1, 1, 1]
    assert [len(page.bits) for page in others] == [2, 2, 2, 2]


def test_that_two_columns_are_read_one_after_the_other() -> None:
    left, right = SENTENCES * 6, SENTENCES[::-1].replace("。", "") * 5 + "。"
    lines = [
        (90.0, 80.0, 20.0, "云港区二〇二六年政府工作报告全文在此刊登出来"),
        *set_paragraph(left, 120, 2, 16),
    ]
    across = set_paragraph(right, 120, 2, 16, LEFT + 18 * SIZE)
    # as some programs write it: line by line over both columns
    both = [line for pair in zip(lines[1:], across, strict=False) for line in pair]
    rest = lines[1 + len(across) :] or across[len(lines) - 1 :]
    assert extract([[lines[0], *both, *rest]]).text == f"{lines[0][3]}\n{left}\n{right}\n"


@pytest.mark.parametrize("columns", [3, 4, 5])
def test_that_more_columns_are_read_one_after_the_other(columns: int) -> None:
    wide = {3: 12, 4: 9, 5: 7}[columns]
    texts = [f"{SENTENCES * 3}这是第{n}栏。" for n in range(columns)]
    page: list[Placed] = [(40.0, 60.0, 20.0, "云港区二〇二六年政府工作报告全文今日刊登如下")]
    for n, text in enumerate(texts):
        page += set_paragraph(text, 100, 2, wide, 40.0 + n * (wide + 1.5) * SIZE)
    page.sort(key=lambda line: (line[1], line[0]))
    assert extract([page]).text == "\n".join([page[0][3], *texts]) + "\n"


def test_that_the_last_page_of_three_columns_may_fill_two() -> None:
    texts = [f"{SENTENCES * 3}这是第{n}栏。" for n in range(3)]
    rest = [f"{SENTENCES}这是末页第{n}栏。" for n in range(2)]
    edges = [40.0 + n * 13.5 * SIZE for n in range(3)]
    first = [
        line for text, x in zip(texts, edges, strict=True) for line in set_paragraph(text, 100, 2, 12, x)
    ]
    last = [line for text, x in zip(rest, edges, strict=False) for line in set_paragraph(text, 100, 2, 12, x)]
    pages = [sorted(page, key=lambda line: (line[1], line[0])) for page in (first, last)]
    assert extract(pages).text == "\n".join([*texts, *rest]) + "\n"


def test_that_quotation_marks_drawn_behind_their_line_stand_where_they_are_seen() -> None:
    words = "坚持以  港城联动  为抓手，推进港口扩建。"
    line = [(LEFT + i * SIZE, 100.0, SIZE, char) for i, char in enumerate(words) if char != " "]
    marks = [(LEFT + 4 * SIZE, 100.0, SIZE, "“"), (LEFT + 9 * SIZE, 100.0, SIZE, "”")]
    found = extract([[*line, *marks, *set_paragraph(SENTENCES, 200)]])
    assert found.text.split("\n")[0] == "坚持以 “港城联动” 为抓手，推进港口扩建。"


def test_that_the_same_first_line_on_some_pages_is_no_running_head() -> None:
    def pages(tops: list[str]) -> list[Page]:
        return [
            Page(n, 600.0, 800.0, [Bit(top, 90, 200, 60, 12), Bit("正文", 90, 200, 400, 12)])
            for n, top in enumerate(tops, 1)
        ]

    often = pages(["公报", "公报", "公报", "甲", "乙", "丙"])
    seldom = pages(["预期性", "预期性", "预期性", "甲", "乙", "丙", "丁"])
    drop_running(often)
    drop_running(seldom)
    assert [len(page.bits) for page in often] == [1, 1, 1, 2, 2, 2]
    assert [len(page.bits) for page in seldom] == [2] * 7


@pytest.mark.parametrize("end", ["展。", "展；", "展！", "展？"])
def test_that_the_end_of_a_sentence_is_a_running_foot_only_on_most_pages(end: str) -> None:
    def kept(feet: list[str]) -> list[str]:
        pages = [
            Page(
                n,
                600.0,
                800.0,
                [Bit("正文", 90, 200, 400, 12), *([Bit(foot, 90, 120, 760, 12)] if foot else [])],
            )
            for n, foot in enumerate(feet, 1)
        ]
        drop_running(pages)
        return [bit.text for page in pages for bit in page.bits if bit.text != "正文"]

    assert kept([end, end, end, "", "", ""]) == [end] * 3
    assert kept([end, end, end, end, "", ""]) == []
    assert kept([end, end]) == [end] * 2
    assert kept([end, end, end]) == []
    assert kept(["公报", "公报", "公报", "", "", ""]) == []
    assert kept(["公报", "公报"]) == []


def test_that_headings_and_list_entries_begin_lines_where_nothing_is_indented() -> None:
    full = (SENTENCES * 3)[: WIDE * 2 - 1] + "。"
    texts = [full, "一、重点任务", full, "（一）" + full[:-4] + "。", "一是" + full[2:]]
    page: list[Placed] = []
    top = 100.0
    for text in texts:
        page += set_paragraph(text, top, indent=0)
        top = page[-1][1] + PITCH
    assert extract([page]).text.split("\n")[:-1] == texts


def test_that_white_lines_between_paragraphs_are_kept_up_to_three() -> None:
    page = set_paragraph(SENTENCES * 3, 100)
    page += set_paragraph(SENTENCES, page[-1][1] + PITCH)
    page += set_paragraph(SENTENCES, page[-1][1] + 2 * PITCH)
    page += set_paragraph(SENTENCES, page[-1][1] + 9 * PITCH)
    whole = [SENTENCES * 3, SENTENCES, "", SENTENCES, "", "", "", SENTENCES]
    assert extract([page]).text.split("\n")[:-1] == whole


def grid(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def test_that_a_ruled_table_is_read_by_its_cells() -> None:
    page: list[Placed] = [*set_paragraph(SENTENCES * 2, 100)]
    words = [
        ("指标", "2025年", "2030年"),
        ("地区生产总值（亿元）", "100", "150"),
        ("新增就业（人）", "", "8000"),
    ]
    xs, ys = [90.0, 220.0, 330.0, 450.0], [200.0, 230.0, 260.0, 290.0]
    page += [(xs[c] + 4, ys[r] + 20, SIZE, words[r][c]) for r in range(3) for c in range(3) if words[r][c]]
    page += set_paragraph(SENTENCES, 340)
    found = extract([page], [grid(xs, ys)])
    assert found.text == (
        f"{SENTENCES * 2}\n\t指标\n\t2025年\n\t2030年\n\n\t地区生产总值（亿元）\n\t100\n\t150\n\n"
        f"\t新增就业（人）\n\t\n\t8000\n\n{SENTENCES}\n"
    )
    place = place_at(found.places, found.text.index("8000"))
    assert place is not None
    assert place.words == "第1页 表1 第3行第3列"


def test_that_letters_of_two_cells_are_parted_where_only_a_rule_parts_them() -> None:
    xs, ys = [90.0, 150.0, 210.0], [200.0, 230.0, 260.0]
    page: list[Placed] = [
        (92.0, 220.0, SIZE, "港口建设五项目区交通局办"[:10]),
        (92.0, 250.0, SIZE, "航道疏浚"),
    ]
    page += [(160.0, 250.0, SIZE, "区水务局"), *set_paragraph("专栏一" + SENTENCES, 400)]
    found = extract([page], [grid(xs, ys)])
    assert found.text.startswith("\t港口建设五\n\t项目区交通\n\n\t航道疏浚\n\t区水务局\n\n")


def test_that_a_table_goes_on_over_pages_without_its_head_and_with_its_torn_row_whole() -> None:
    xs = [90.0, 220.0, 330.0]
    head: list[Placed] = [(94.0, 95.0, SIZE, "项目"), (224.0, 95.0, SIZE, "单位")]
    first = [*head, (94.0, 125.0, SIZE, "港口"), (224.0, 125.0, SIZE, "区交通"), (224.0, 740.0, SIZE, "运输")]
    second = [
        *head,
        (224.0, 125.0, SIZE, "局"),
        (94.0, 155.0, SIZE, "航道"),
        (224.0, 155.0, SIZE, "区水务局"),
    ]
    second += set_paragraph(SENTENCES, 300)
    found = extract([first, second], [grid(xs, [80, 105, 760]), grid(xs, [80, 105, 135, 165])])
    assert found.text == f"\t项目\n\t单位\n\n\t港口\n\t区交通运输局\n\n\t航道\n\t区水务局\n\n{SENTENCES}\n"
    place = place_at(found.places, found.text.index("航道"))
    assert place is not None
    assert place.page == 2


def test_that_words_with_a_wide_gap_on_one_line_stay_on_it() -> None:
    page = [
        *set_paragraph(SENTENCES * 2, 100),
        (LEFT, 300.0, SIZE, "区长"),
        (LEFT + 80, 300.0, SIZE, "李明远"),
    ]
    assert extract([page]).text.split("\n")[-2] == "区长  李明远"


def test_that_bits_are_put_together_by_the_gap_between_them() -> None:
    first, near = Bit("甲", 0, 12, 100, 12), Bit("乙", 13, 25, 101, 12)
    far, below = Bit("丙", 60, 72, 100, 12), Bit("丁", 0, 12, 120, 12)
    rows = list(rows_of([below, far, near, first]))
    assert [[bit.text for bit in row] for row in rows] == [["甲", "乙", "丙"], ["丁"]]
    assert [bit.text for bit in joined(rows[0])] == ["甲乙", "丙"]
    assert together(first, far).text == "甲  丙"
    assert together(Bit("5G", 0, 12, 100, 12), Bit("IP", 15, 27, 100, 12)).text == "5G IP"
    assert together(Bit("20", 0, 12, 100, 12), Bit("26", 17, 29, 100, 12)).text == "2026"  # set wide
    assert together(Bit("20", 0, 12, 100, 12), Bit("26", 19, 31, 100, 12)).text == "20 26"


def test_that_radicals_and_line_end_hyphens_become_the_usual_signs() -> None:
    assert usual_signs("⼀⻓\ufffe\x00甲") == "一长-甲"
    assert usual_signs("⻄⺩ﬁ") == "西王fi"
    assert usual_signs("⸺云港⸻") == "——云港———"
    assert usual_signs("甲乙") == "甲乙"


def test_that_a_page_of_pictures_has_no_text() -> None:
    with pytest.raises(UserError, match=r"没有文字层.*扫描件"):
        extract([[], []])


def test_that_a_turned_page_is_read_as_it_is_looked_at() -> None:
    upright = made_pdf([set_paragraph(SENTENCES * 3, 100)])
    for turn in (90, 180, 270):
        turned = upright.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842] /Rotate %d" % turn)
        found = read(turned, "a.pdf", lambda _: None)
        assert "".join(found.text.split()) != ""


def test_that_reading_tells_its_share_and_can_be_stopped() -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        told.append(share)
        if len(told) == 3:
            raise StoppedError

    told: list[float] = []
    with pytest.raises(StoppedError):
        read(made_pdf([set_paragraph(SENTENCES, 100)] * 100), "a.pdf", stop)
    assert told == pytest.approx([0.0, 0.12, 0.24])


def test_that_a_row_is_torn_only_if_cells_beside_the_first_ended_before() -> None:
    from app.reading.formats.laid_out import _is_torn

    assert _is_torn(["1", "港口", "区交通", "6月"], ["", "扩建", "运输局", ""])
    assert _is_torn(["1", "区交通"], ["", "运输局"])
    assert _is_torn(["一个盒子里的话"], ["没有说完。"])
    assert not _is_torn(["产业", "甲", "5", "6"], ["", "乙", "7", "8"])
    assert not _is_torn(["1", "港口", "", ""], ["", "", "区交通局", ""])
    assert not _is_torn(["1", "港口", "区交通", "6月"], ["2", "航道", "", ""])
    assert not _is_torn(["1", "港口"], ["", "扩建", ""])


def cell_of(*lines: str, right: float = 60.0) -> tuple[Bit, ...]:
    """A cell's lines in letters of 10 points, the last one up to its right edge."""
    return tuple(
        Bit(line, 2.0, right if n == len(lines) else 60.0, 10.0 * n, 10.0) for n, line in enumerate(lines, 1)
    )


@pytest.mark.parametrize(
    ("last", "rest", "is_one"),
    [
        ((cell_of("东岸港口", "扩建和航"), cell_of("甲", right=12)), (cell_of("道工程"), ()), True),
        (
            (cell_of("东岸港口", "扩建和航", right=50), cell_of("甲", right=12)),
            (cell_of("道工程"), ()),
            False,
        ),
        ((cell_of("扩建和航"), cell_of("区交通局")), (cell_of("道工程"), cell_of("区水务局")), False),
        ((cell_of("扩建和航"), cell_of("区交通局", "水务")), (cell_of("道工程"), cell_of("局")), True),
        (
            (cell_of("扩建和航"), cell_of("区交通局", "水", right=12)),
            (cell_of("道工程"), cell_of("局")),
            True,
        ),
        ((cell_of("12"), cell_of("区交通局", "水务")), (cell_of("13"), cell_of("局")), False),
        ((cell_of("扩建和航"), ()), (cell_of("道工程"), cell_of("局")), False),
        ((cell_of("扩建和航"), cell_of("甲")), ((), ()), False),
    ],
)
def test_that_a_row_torn_inside_its_first_cell_is_known_by_full_lines(
    last: tuple[tuple[Bit, ...], ...], rest: tuple[tuple[Bit, ...], ...], is_one: bool
) -> None:
    assert _runs_over(last, rest, (0.0, 62.0, 124.0)) is is_one


def test_that_a_table_in_a_column_is_read_in_its_place() -> None:
    right = LEFT + 18 * SIZE
    left_text = SENTENCES * 4
    page: list[Placed] = [
        *set_paragraph(left_text, 80, 2, 16),
        *set_paragraph(SENTENCES * 3, 80, 2, 16, right),
    ]
    bottom = max(y for x, y, _, _ in page if x >= right)
    xs, ys = [right, right + 90, right + 190], [bottom + 10, bottom + 35, bottom + 60]
    cells = [("指标", "目标"), ("产值", "150")]
    page += [(xs[c] + 4, ys[r] + 18, SIZE, cells[r][c]) for r in range(2) for c in range(2)]
    found = extract([page], [grid(xs, ys)])
    assert found.text == f"{left_text}\n{SENTENCES * 3}\n\t指标\n\t目标\n\n\t产值\n\t150\n"
