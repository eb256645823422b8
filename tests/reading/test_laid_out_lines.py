"""Which printed lines make a paragraph where nothing is indented, and columns of different widths."""

import pytest

from app.reading.formats.columns import lines_of_page
from app.reading.formats.joining import first_word
from app.reading.formats.laid_out import put_pages
from app.reading.formats.linear import Linear
from app.reading.formats.page import Bit, Page

LEFT, SIZE, PITCH, WIDE = 90.0, 10.0, 16.0, 30
CLAUSE = "疏浚航道加固海堤修缮码头更新渔船养护灯塔清理岸线守护一方，"


def paragraph(letters: int) -> str:
    """A paragraph of so many letters, which is one sentence."""
    return (CLAUSE * 20)[: letters - 1] + "。"


def printed(
    texts: list[str], further: float = 0.0, *, left: float = LEFT, wide: int = WIDE, last: float = 0.0
) -> list[Bit]:
    """The lines of paragraphs, each paragraph `further` points below the one before; `last`: how much wider last lines are."""
    out: list[Bit] = []
    y = 80.0
    for text in texts:
        lines = [text[i : i + wide] for i in range(0, len(text), wide)]
        for n, line in enumerate(lines, 1):
            more = last if n == len(lines) else 0.0
            out.append(Bit(line, left, left + SIZE * len(line) + more, y, SIZE))
            y += PITCH
        y += further
    return out


def read(*pages: list[Bit]) -> list[str]:
    """The paragraphs of a document of these pages."""
    out = Linear("a")
    put_pages([Page(n, 595.0, 2000.0, bits) for n, bits in enumerate(pages, 1)], out, lambda _: None)
    return [line for line in out.finish("pdf").text.split("\n") if line]


FULL = paragraph(2 * WIDE)
"""A paragraph whose last line is exactly full."""
OTHERS = [paragraph(WIDE + 10 + n) for n in range(9)]


def test_that_white_space_between_paragraphs_ends_one_whose_last_line_is_full() -> None:
    texts = [*OTHERS, FULL, *OTHERS]
    assert read(printed(texts, 3.0)) == texts
    assert read(printed(texts, 1.0)) == [*OTHERS, FULL + OTHERS[0], *OTHERS[1:]]


def test_that_white_space_tells_only_where_enough_paragraphs_show_it() -> None:
    for count, told in ((7, False), (8, True)):
        found = read(printed([*OTHERS[:count], FULL, paragraph(300)], 3.0))
        assert (len(found) == count + 2) is told


def test_that_white_space_inside_a_sentence_ends_nothing() -> None:
    text = FULL[:-1] + "，"
    lines = printed([*OTHERS, text, paragraph(50)], 3.0)
    assert read(lines)[-1] == text + paragraph(50)


def test_that_lines_that_stand_apart_inside_a_paragraph_end_none() -> None:
    lines = printed([paragraph(300), *OTHERS, CLAUSE, CLAUSE[:-1] + "。", paragraph(50)], 3.0)
    assert read(lines)[-1] == CLAUSE + CLAUSE[:-1] + "。" + paragraph(50)


def test_that_a_page_s_turn_is_no_white_space() -> None:
    first = printed([*OTHERS, FULL], 3.0)
    second = [bit._replace(y=bit.y + 900) for bit in printed([*OTHERS], 3.0)]
    assert read(first, second)[len(OTHERS)] == FULL + OTHERS[0]


def test_that_a_line_alone_may_be_short_by_little() -> None:
    found = read(printed([*OTHERS, paragraph(WIDE), *OTHERS], last=-3.0))
    assert found[len(OTHERS)] == paragraph(WIDE) + OTHERS[0]


def test_that_a_line_short_by_little_ends_a_paragraph_where_lines_are_set_to_both_edges() -> None:
    texts = [*OTHERS, FULL, *OTHERS]
    assert read(printed(texts, last=-3.0)) == texts
    assert read(printed(texts, last=-2.0)) == [*OTHERS, FULL + OTHERS[0], *OTHERS[1:]]


def test_that_it_does_not_where_lines_are_of_any_length() -> None:
    texts = [*OTHERS, FULL, *OTHERS]
    ragged = [
        bit._replace(right=bit.right - 4.0) if n % 5 == 0 else bit
        for n, bit in enumerate(printed(texts, last=-3.0))
    ]
    assert FULL not in read(ragged)


def test_that_it_does_not_where_the_line_before_is_short_too() -> None:
    lines = printed([*OTHERS, FULL, *OTHERS], last=-3.0)
    at = next(n for n, bit in enumerate(lines) if bit.text == FULL[WIDE:])
    lines[at - 1] = lines[at - 1]._replace(right=lines[at - 1].right - 3.0)
    assert FULL not in read(lines)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("港口扩建", 1.0),
        ("港，口", 2.0),
        ("（一）港", 3.0),
        ("“港”城", 3.0),
        ("港“城", 3.0),
        ("克/立方米", 2.0),
        ("2026年", 2.2),
        ("5G。", 2.1),
        ("5G，AI。", 2.1),
        ("坚，PM2.5平均", 2.0 + 5 * 0.55),
        ("（PM2.5）", 1.0 + 5 * 0.55 + 1.0),
        ("港PM", 1.0),
        ("“", 2.0),
        ("", 1.0),
    ],
)
def test_that_a_word_takes_what_may_not_be_parted_from_it(text: str, width: float) -> None:
    assert first_word(text) == pytest.approx(width)


def columns(narrow: int, wide: int, *, is_narrow_first: bool) -> tuple[list[str], list[Bit]]:
    """Two columns of different widths, whose paragraphs are indented by blanks of their own."""
    first, second = (narrow, wide) if is_narrow_first else (wide, narrow)
    texts = (
        [paragraph(first * 12 + 3), paragraph(first * 12 + 4)],
        [paragraph(second * 12 + 5), paragraph(second * 12 + 6)],
    )
    start = LEFT + SIZE * (first + 2)
    bits = [*printed(texts[0], wide=first), *printed(texts[1], left=start, wide=second)]
    return [*texts[0], *texts[1]], sorted(bits, key=lambda bit: (bit.y, bit.left))


@pytest.mark.parametrize("is_narrow_first", [True, False])
@pytest.mark.parametrize(("narrow", "wide"), [(12, 24), (10, 30), (14, 20)])
def test_that_columns_of_different_widths_are_read_one_after_the_other(
    narrow: int, wide: int, is_narrow_first: bool
) -> None:
    texts, bits = columns(narrow, wide, is_narrow_first=is_narrow_first)
    assert read(bits) == texts


def test_that_a_first_page_of_titles_has_the_columns_of_the_next_one() -> None:
    texts, bits = columns(10, 30, is_narrow_first=False)
    titles = ["云港区二〇二六年", "政府工作报告", "区长李明远", "各位代表："]
    first = [
        Bit(title, LEFT, LEFT + SIZE * len(title), 80.0 + 60 * n, SIZE) for n, title in enumerate(titles)
    ]
    text, side = paragraph(95), paragraph(213)
    first += [bit._replace(y=bit.y + 240) for bit in printed([text])]
    first += printed([side], left=LEFT + SIZE * 32, wide=10)
    found = read(sorted(first, key=lambda bit: (bit.y, bit.left)), bits)
    assert found == [*titles, text, side, *texts]


def test_that_labels_beside_long_explanations_are_no_column() -> None:
    bits = []
    for n in range(8):
        y = 80.0 + 4 * PITCH * n
        bits.append(Bit("港城联动发展战略", LEFT, LEFT + 80, y, SIZE))
        bits += [Bit(CLAUSE, LEFT + 100, LEFT + 390, y + PITCH * i, SIZE) for i in range(4)]
    found = read(bits)
    assert found[0].startswith("港城联动发展战略  " + CLAUSE)


def test_that_short_entries_beside_others_are_no_columns() -> None:
    bits = []
    for n in range(12):
        y = 80.0 + PITCH * n
        bits += [
            Bit("区交通运输局", LEFT, LEFT + 60, y, SIZE),
            Bit("李明远", LEFT + 150, LEFT + 180, y, SIZE),
        ]
        bits += [Bit(CLAUSE, LEFT, LEFT + 300, 400.0 + y, SIZE)]
    assert read(bits)[0].startswith("区交通运输局  李明远")


def sides(lines: int = 12, *, narrow: float = 100.0, shift: float = 0.0, left_out: int = 0) -> list[Bit]:
    """A narrow and a wide column side by side.

    `narrow`: how wide most lines of the first are; `shift`: how far apart lines of the other begin; `left_out`: every so
    manieth line of the first.
    """
    out = []
    for n in range(lines):
        y = 80.0 + PITCH * n
        if not left_out or n % left_out:
            out.append(Bit(CLAUSE[:10], LEFT, LEFT + (narrow if n % 4 else 100.0), y, SIZE))
        start = LEFT + 120 + shift * (n % 5)
        out.append(Bit(CLAUSE, start, LEFT + 420, y, SIZE))
    return out


def gutters(bits: list[Bit]) -> int:
    """How many gutters a page of these words has."""
    return len(lines_of_page(Page(1, 595.0, 2000.0, bits))[1])


def test_that_a_gutter_stands_right_before_the_second_column() -> None:
    (place,) = lines_of_page(Page(1, 595.0, 2000.0, sides()))[1]
    assert LEFT + 100 < place < LEFT + 120


def test_that_columns_of_different_widths_have_six_lines_each() -> None:
    assert gutters(sides(6)) == 1
    assert gutters(sides(5)) == 0


def test_that_few_lines_go_over_both_columns() -> None:
    def across(count: int) -> list[Bit]:
        return [Bit(CLAUSE, LEFT, LEFT + 420, 400.0 + PITCH * n, SIZE) for n in range(count)]

    assert gutters([*sides(), *across(6)]) == 1
    assert gutters([*sides(), *across(7)]) == 0


def test_that_lines_of_both_columns_are_filled_and_follow_each_other() -> None:
    assert gutters(sides(narrow=70.0)) == 1
    assert gutters(sides(narrow=69.0)) == 0
    assert gutters(sides(left_out=12)) == 1
    assert gutters(sides(left_out=4)) == 0


def test_that_a_column_s_lines_begin_at_one_place() -> None:
    assert gutters(sides(shift=0.2)) == 1
    assert gutters(sides(shift=8.0)) == 0
