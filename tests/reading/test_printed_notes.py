"""Notes at the foot of printed pages and raised figures: in PDF and OFD files as in the Word file they were made from."""

import pytest

from app.domain.report import place_at
from app.reading.formats import pdf
from app.reading.formats.footnotes import take_notes
from app.reading.formats.laid_out import put_pages
from app.reading.formats.linear import Extract, Linear
from app.reading.formats.page import Bit, Page, Rule
from app.reading.formats.raised import behind, number_of, printed, raised
from app.reading.formats.raised_bits import with_raised
from tests.rendering import Placed, made_pdf

FULL = "云港区今年推进港口扩建和航道疏浚，建设标准厂房二十万平方米，培育专业市场五个"
"""A line of the text: thirty-eight letters."""
NOTE = "指城市运行管理服务平台，各镇各街道各部门都要接入，并且把各自的数据和事项全部归集到平台上来统一调"
"""Forty-eight small letters: a line of a note."""


def line(x: float, y: float, size: float, *parts: str) -> list[Placed]:
    """Words on one baseline; those behind ^ are raised."""
    out: list[Placed] = []
    for part in parts:
        is_raised, words = part.startswith("^"), part.removeprefix("^")
        own = size * 0.65 if is_raised else size
        out.append((x, y - 0.33 * size if is_raised else y, own, words))
        x += own * len(words)
    return out


def read(*pages: list[Placed]) -> Extract:
    return pdf.read(made_pdf(list(pages)), "报告.pdf", lambda _share: None)


def lines_of(*pages: list[Placed]) -> list[str]:
    return [words for words in read(*pages).text.split("\n") if words]


BODY = [*line(114, 130, 12, FULL[:36]), *line(90, 150, 12, FULL), *line(90, 170, 12, FULL[:20] + "。")]


def page(*more: list[Placed]) -> list[Placed]:
    """A page that begins with a paragraph."""
    return [*BODY, *(placed for part in more for placed in part)]


def behind_body(*pages: list[Placed]) -> list[str]:
    """What is read of pages, the first of which begins with that paragraph."""
    return lines_of(*pages)[1:]


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("压减支出", "^1", "5%，改造。"), "压减支出[1]5%，改造。"),
        (("压减支出", "^12", "2026年改造。"), "压减支出[12]2026年改造。"),
        (("增绿10万m", "^2", "，减碳3×10", "^4", "吨。"), "增绿10万m²，减碳3×10⁴吨。"),
        (("做好一网统管。", "^3"), "做好一网统管[3]。"),
        (("做好统管", "^①", "建设5处。"), "做好统管[1]建设5处。"),
        (("做好统管。", "^[7]"), "做好统管[7]。"),
        (("做好统管。", "^〔8〕", "改造。"), "做好统管。〔8〕改造。"),
        (("^5", "改造12公里。"), "[5]改造12公里。"),
        (("推广GDP", "^6", "核算。"), "推广GDP[6]核算。"),
        (("长", "^1", "/2公里。"), "长1/2公里。"),
        (("压减支出15%，改造。",), "压减支出15%，改造。"),
    ],
)
def test_that_a_raised_figure_never_joins_the_figure_behind_it(parts: tuple[str, ...], written: str) -> None:
    assert behind_body(page(line(114, 190, 12, *parts))) == [written]


def test_that_what_stands_lower_or_at_another_line_or_cell_is_not_raised() -> None:
    lowered = [*line(114, 190, 12, "减碳CO"), (162.0, 193.0, 7.8, "2"), (170.0, 190.0, 12.0, "十万吨。")]
    assert behind_body(page(lowered)) == ["减碳CO2十万吨。"]
    large = [*line(114, 190, 12, "压减支出"), (162.0, 186.0, 11.0, "1"), (173.0, 190.0, 12.0, "成。")]
    assert behind_body(page(large)) == ["压减支出1成。"]
    apart = [*line(114, 190, 12, "压减支出"), (186.0, 186.0, 7.8, "1")]
    assert "[" not in "".join(behind_body(page(apart)))


def test_that_a_raised_figure_is_found_behind_a_quotation_mark_that_was_drawn_last() -> None:
    words = line(114, 190, 12, "推进", "　", "一网统管", "　", "^1", "建设5处。")
    words = [placed for placed in words if placed[3] != "　"]
    marks = [(138.0, 190.0, 12.0, "“"), (198.0, 190.0, 12.0, "”")]
    assert behind_body(page(words, marks)) == ["推进“一网统管”[1]建设5处。"]


def test_that_figures_enlarged_by_the_page_are_raised_all_the_same() -> None:
    plain = made_pdf([page(line(114, 190, 12, "压减支出", "^1", "5%，改造。"))])
    words = plain.replace(b"/F1 12 Tf 1 0 0 1 ", b"/F1 1 Tf 12 0 0 12 ").replace(
        b"/F1 7.800000000000001 Tf 1 0 0 1 ", b"/F1 1 Tf 7.8 0 0 7.8 "
    )
    assert words.count(b"/F1 1 Tf") == 6
    assert "压减支出[1]5%，改造。" in pdf.read(words, "报告.pdf", lambda _share: None).text


def noted() -> list[Placed]:
    return page(
        line(114, 190, 12, "做好一网统管", "^1", "建设，完成云港大道", "^2", "改造十二公里。"),
        line(114, 210, 12, FULL[:36]),
        line(90, 700, 9, "^1", " 一网统管：" + NOTE[:40]),
        line(90, 713, 9, NOTE[40:] + "。"),
        line(90, 726, 9, "^2", " 云港大道：长十二公里。"),
        line(280, 800, 9, "— 1 —"),
    )


def test_that_notes_at_the_foot_stand_behind_the_text_that_goes_on_over_them() -> None:
    found = read(noted(), [*line(90, 80, 12, FULL), *line(90, 100, 12, "万人。")])
    assert found.text.split("\n")[1:] == [
        "做好一网统管[1]建设，完成云港大道[2]改造十二公里。",
        FULL[:36] + FULL + "万人。",
        "",
        "注释",
        f"[1]一网统管：{NOTE}。",
        "[2]云港大道：长十二公里。",
        "",
    ]
    place = place_at(found.places, found.text.index("[2]云港大道："))
    assert place is not None
    assert place.words == "第1页"


def test_that_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    first = page(line(114, 190, 12, "做好统管", "^1", "建设。"), line(90, 760, 9, "^1", NOTE[:47]))
    second = page(
        line(114, 190, 12, "完成改造", "^2", "工程。"),
        line(90, 740, 9, NOTE[-20:] + "。"),
        line(90, 753, 9, "^2", "改造：翻新。"),
    )
    assert lines_of(first, second)[-3:] == ["注释", f"[1]{NOTE[:47]}{NOTE[-20:]}。", "[2]改造：翻新。"]
    alone = page(line(90, 753, 9, NOTE[-20:] + "。"))
    assert lines_of(first, alone)[-1] == f"[1]{NOTE[:47]}{NOTE[-20:]}。"


def test_that_a_full_line_that_ends_a_sentence_goes_on_only_where_notes_follow_it() -> None:
    first = page(
        line(114, 190, 12, "做好统管", "^1", "建设。"),
        line(90, 747, 9, "^1", NOTE[:47] + "统管"),
        line(90, 760, 9, NOTE + "了。"),
    )
    rest = line(90, 740, 9, NOTE[-20:] + "。")
    second = page(
        line(114, 190, 12, "完成改造", "^2", "工程。"), rest, line(90, 753, 9, "^2", "改造：翻新。")
    )
    whole = f"[1]{NOTE[:47]}统管{NOTE}了。"
    assert lines_of(first, second)[-2:] == [whole + NOTE[-20:] + "。", "[2]改造：翻新。"]
    assert lines_of(first, page(rest))[-1] == whole


def test_that_a_list_of_which_only_a_later_number_is_called_on_its_page_is_no_foot() -> None:
    called = page(line(114, 190, 12, "做好通办", "^2", "建设。"))
    listed = [*line(90, 740, 9, "1统管：统一管理。"), *line(90, 753, 9, "2通办：一处办理。")]
    found = lines_of([*called, *listed], page())
    assert "注释" not in found
    assert "1统管：统一管理。" in found


def test_that_notes_below_a_table_which_calls_them_stay_there() -> None:
    def sheet(*below: Bit) -> str:
        rules = [Rule(90, y, 490, y) for y in (400, 430, 460)] + [
            Rule(x, 400, x, 460) for x in (90, 290, 490)
        ]
        cells = [Bit("指标", 95, 119, 420, 12), Bit("增速[1]", 295, 331, 420, 12)]
        cells += [Bit("总值", 95, 119, 450, 12), Bit("5", 295, 301, 450, 12)]
        body = [Bit(FULL[:30] + "[9]", 90, 450, 200, 12)]
        out = Linear("报告.pdf")
        note = Bit("[1]增速：可比价。", 90, 180, 700, 9)
        put_pages([Page(1, 595, 842, [*body, *cells, *below, note], rules)], out, lambda _share: None)
        return out.finish("pdf").text

    assert "注释" not in sheet()
    assert sheet(Bit("表后正文。", 90, 150, 600, 12)).endswith("\n注释\n[1]增速：可比价。\n")


def test_that_a_small_line_below_a_note_that_has_ended_is_none_of_it() -> None:
    first = page(line(114, 190, 12, "做好统管", "^1", "建设。"), line(90, 760, 9, "^1", "统管：统一管理。"))
    second = page(line(90, 753, 9, "本页数据为快报数。"))
    found = lines_of(first, second)
    assert found[-2:] == ["注释", "[1]统管：统一管理。"]
    assert found[-3] == "本页数据为快报数。"


def test_that_numbers_which_begin_anew_on_each_page_are_counted_on() -> None:
    def numbered(term: str) -> list[Placed]:
        return page(
            line(114, 190, 12, f"做好{term}", "^1", "建设。"), line(90, 760, 9, "^1", f"{term}：名称。")
        )

    assert lines_of(numbered("统管"), numbered("通办"))[1:] == [
        "做好统管[1]建设。",
        lines_of(page())[0],
        "做好通办[2]建设。",
        "注释",
        "[1]统管：名称。",
        "[2]通办：名称。",
    ]


def test_that_the_notes_of_two_columns_stand_at_the_foot_of_each() -> None:
    def column(x: float, number: int) -> list[Placed]:
        rows = [placed for n in range(12) for placed in line(x, 80 + 20 * n, 12, FULL[:17])]
        return [
            *rows,
            *line(x, 320, 12, FULL[:8], f"^{number}", FULL[:8] + "。"),
            *line(x, 750, 9, f"^{number}", f"第{'一二'[number - 1]}栏名词：" + FULL[:12]),
            *line(x, 763, 9, FULL[12:24] + "。"),
        ]

    found = lines_of([*column(60, 1), *column(310, 2)])
    assert found[-3:] == ["注释", f"[1]第一栏名词：{FULL[:24]}。", f"[2]第二栏名词：{FULL[:24]}。"]
    assert "".join(found[:-3]).count("名词") == 0


def test_that_notes_numbered_without_raising_are_told_from_lines_that_begin_with_a_figure() -> None:
    found = lines_of(
        page(
            line(114, 190, 12, "做好统管", "^11", "建设，完成改造", "^12", "工程。"),
            line(90, 700, 9, "11统管：" + NOTE[:40] + "，完成"),
            line(90, 713, 9, "12项制度的修订。"),
            line(90, 726, 9, "122026年改造：翻新。"),
        )
    )
    assert found[-3:] == ["注释", f"[11]统管：{NOTE[:40]}，完成12项制度的修订。", "[12]2026年改造：翻新。"]


@pytest.mark.parametrize(
    "foot",
    [
        line(90, 760, 9, "注：本表数据为快报数。"),
        line(90, 760, 9, "2个项目已经开工。"),
        line(90, 760, 12, "1.改造老旧小区。"),
        line(90, 760, 9, "[2]见附件。"),
    ],
)
def test_that_what_no_raised_number_calls_stays_where_it_is(foot: list[Placed]) -> None:
    found = lines_of(page(line(114, 190, 12, "做好统管", "^1", "建设。"), foot))
    assert "注释" not in found
    assert found[-1] == foot[0][3]


def test_that_a_list_of_notes_at_the_end_stays_under_its_heading_or_gets_one() -> None:
    called = page(line(114, 190, 12, "做好统管", "^1", "建设，推进通办", "^2", "工程。"))
    listed = [*line(90, 100, 9, "^1", "统管：统一。"), *line(90, 113, 9, "^2", "通办：一处。")]
    assert lines_of(called, listed)[-3:] == ["注释", "[1]统管：统一。", "[2]通办：一处。"]
    titled = [*line(250, 60, 12, "名词解释"), *listed]
    assert lines_of(called, titled)[-4:] == [
        "做好统管[1]建设，推进通办[2]工程。",
        "名词解释",
        "[1]统管：统一。",
        "[2]通办：一处。",
    ]


def test_that_notes_are_found_where_each_figure_is_a_piece_of_its_own_as_in_ofd_files() -> None:
    body = [Bit(FULL[:30], 90, 450, 80 + 20 * n, 12) for n in range(4)]
    call = [
        Bit("压减支出", 90, 138, 180, 12),
        Bit("1", 138, 143, 176, 8),
        Bit("5%，改造。", 143, 200, 180, 12),
    ]
    notes = [Bit("1", 90, 94, 757, 6), Bit("支出：开支。", 94, 148, 760, 9)]
    out = Linear("报告.ofd")
    put_pages([Page(1, 595, 842, body + call + notes)], out, lambda _share: None)
    assert out.finish("ofd").text.split("\n")[-5:] == [
        "压减支出[1]5%，改造。",
        "",
        "注释",
        "[1]支出：开支。",
        "",
    ]


def test_that_text_without_calls_is_left_alone() -> None:
    assert take_notes([]) == ([], [], frozenset())


@pytest.mark.parametrize(
    ("figures", "before", "written"),
    [
        ("2", "推广5G", "[2]"),
        ("2", "PM2.5", "[2]"),
        ("1", "2025", "[1]"),
        ("2", "20M", "²"),
        ("3", "2", "³"),
        ("3", "12", "[3]"),
        ("④", "支出", "[4]"),
        ("㉑", "支出", "[21]"),
        ("〔3〕", "支出", "〔3〕"),
        ("1234", "支出", "1234"),
    ],
)
def test_that_names_and_figures_have_notes_and_quantities_have_powers(
    figures: str, before: str, written: str
) -> None:
    assert printed(figures, before) == written


def test_that_a_mark_goes_before_the_stop_and_a_power_does_not() -> None:
    assert behind("改造。 ", "[1]") == "改造[1]。"
    assert behind("改造10m，", "²") == "改造10m，²"
    assert raised("①", "支出") == "①"
    assert [number_of(mark) for mark in ("[12]", "③", "〔4〕")] == [12, 3, 4]


def test_that_raised_bits_are_written_into_the_bits_beside_them() -> None:
    words = Bit("压减支出", 100, 148, 200, 12)
    behind_it, before_it = Bit("1", 148, 153, 196, 8), Bit("2", 95, 100, 196, 8)
    assert with_raised([words, behind_it]) == [Bit("压减支出[1]", 100, 153, 200, 12)]
    assert with_raised([words, before_it]) == [Bit("[2]压减支出", 95, 148, 200, 12)]
    others = [
        behind_it._replace(size=10.5),
        behind_it._replace(y=198.5),
        behind_it._replace(y=190),
        behind_it._replace(left=156),
        behind_it._replace(text="一"),
    ]
    assert all(len(with_raised([words, other])) == 2 for other in others)
    assert with_raised([behind_it]) == [behind_it]
    many = [behind_it._replace(left=1000 + n) for n in range(1000)]
    assert len(with_raised([words, behind_it, *many[1:]])) == 1000
    assert len(with_raised([words, behind_it, *many])) == 1002
