"""How high a row must be so that nothing is cut off."""

import pytest

from app.ledger.measure import LINE_SPACING, MAX_HEIGHT, PADDING, fitting, height_of, line_count

# a column of 20 units at 10.5 points has room for 19.2 half-widths: nine Chinese characters
WIDTH = 20.0
SIZE = 10.5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("云", 1),
        ("云" * 9, 1),
        ("云" * 10, 2),
        ("云" * 18, 2),
        ("云" * 19, 3),
        ("\n", 2),
        ("云\n港", 2),
        ("云" * 10 + "\n" + "云" * 10, 4),
        ("云" * 8 + "，云", 2),
        ("云" * 8 + "港，云", 2),
        ("云" * 9 + "，", 2),
        ("abcdefghijklmnopq", 1),
        ("abcdefghijklmnopqr", 2),
        ("云" * 7 + "12345", 2),
        ("云" * 4 + "12345" + "云" * 2, 1),
        ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", 3),
        ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzab", 4),
        ("云abcdefghijklmnopqrst云", 3),
        ("（云）" * 4, 2),
        ("云" * 8 + "（" + "云" * 9, 3),
        ("“一站式”办", 1),
    ],
)
def test_that_lines_are_counted_as_a_sheet_wraps_them(text: str, lines: int) -> None:
    assert line_count(text, WIDTH, SIZE) == lines


def test_that_smaller_print_needs_fewer_lines() -> None:
    assert line_count("云" * 18, WIDTH, 6) == 2
    assert line_count("云" * 16, WIDTH, 6) == 1


def test_that_the_narrowest_column_still_has_room_for_a_character() -> None:
    assert line_count("云港区", 0.5, SIZE) == 3


def test_that_the_fullest_cell_sets_the_height() -> None:
    cells = [("云", 5.0), ("云" * 19, WIDTH), ("云\n港", 40.0)]
    assert height_of(cells, SIZE) == 3 * SIZE * LINE_SPACING + PADDING
    assert height_of([], SIZE) == SIZE * LINE_SPACING + PADDING


def test_that_a_row_that_fits_keeps_its_print() -> None:
    lines = int((MAX_HEIGHT - PADDING) / (SIZE * LINE_SPACING))
    size, height = fitting([("\n" * (lines - 1), WIDTH)], SIZE)
    assert (size, height) == (SIZE, lines * SIZE * LINE_SPACING + PADDING)
    size, height = fitting([("\n" * lines, WIDTH)], SIZE)
    assert size == 9.0
    assert height <= MAX_HEIGHT


def test_that_a_row_may_be_just_as_high_as_it_may_be() -> None:
    size = (MAX_HEIGHT - PADDING) / LINE_SPACING / 20
    assert fitting([("\n" * 19, WIDTH)], size) == (size, MAX_HEIGHT)


def test_that_a_longer_row_is_set_in_the_largest_print_that_fits() -> None:
    assert fitting([("\n" * 35, WIDTH)], SIZE)[0] == 8.0
    assert fitting([("\n" * 40, WIDTH)], SIZE)[0] == 7.0
    assert fitting([("\n" * 45, WIDTH)], SIZE)[0] == 6.0


def test_that_a_text_beyond_every_print_has_the_greatest_height_a_row_may_have() -> None:
    assert fitting([("\n" * 60, WIDTH)], SIZE) == (6.0, 409.0)


def test_that_print_that_is_small_already_does_not_grow() -> None:
    assert fitting([("\n" * 200, WIDTH)], 5.0) == (5.0, 409.0)
    assert fitting([("云", WIDTH)], 5.0)[0] == 5.0


def test_that_every_cell_counts_though_they_come_one_by_one() -> None:
    assert fitting((cell for cell in [("\n" * 40, WIDTH), ("云", WIDTH)]), SIZE)[0] == 7.0
