import pytest

from app.suggest.numbers import arabic, chinese, power


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("三十", 30),
        ("二百零五", 205),
        ("百", 100),
        ("千", 1000),
        ("万", 10_000),
        ("百万", 1_000_000),
        ("千亿", 100_000_000_000),
        ("万亿", 1_000_000_000_000),
        ("三万亿", 3_000_000_000_000),
        ("一亿二千万", 120_000_000),
        ("两千三百万", 23_000_000),
        ("二〇三〇", 2030),
        ("一二", 12),
    ],
)
def test_that_a_numeral_has_its_value(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize("text", ["大", "三个", "5"])
def test_that_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no Chinese numeral"):
        chinese(text)


def test_that_a_power_word_multiplies_and_nothing_is_one() -> None:
    assert power("") == 1
    assert power("百亿") == 10_000_000_000


def test_that_decimal_digits_do_not_pick_up_binary_dust() -> None:
    assert arabic("1.65", "万") == 16500.0
    assert arabic("73.6", by=100_000_000) == 7_360_000_000.0
    assert arabic("1,200") == 1200.0
    assert arabic("1，200", "万", by=2) == 24_000_000.0
