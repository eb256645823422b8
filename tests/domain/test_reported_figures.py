"""Figures as units type them."""

import pytest

from app.domain.progress import Figure
from app.domain.reported_figures import along, figure_of, in_scale, read_figure, same_unit
from app.domain.tasks import Direction, Target


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("120", (120, "")),
        ("120家", (120, "家")),
        ("１２０ 家", (120, "")),
        ("约1.2万人", (12000, "人")),
        ("2.3亿元", (230_000_000, "元")),
        ("1.5万亿元", (1.5e12, "元")),
        ("12,345.6万元", (123_456_000, "元")),
        ("3000余人", (3000, "人")),
        ("1.2万多人", (12000, "人")),
        ("已完成85%", (85, "%")),
        ("-3.2", (-3.2, "")),
        ("−3.2%", (-3.2, "%")),
        ("截至3月底完成85家（其中新建20家）", (85, "家")),
        ("1—9月新增就业1.2万人", (12000, "人")),
        ("2026年3月15日建成2座", (2, "座")),
        ("前3个季度完成7项", (7, "项")),
        ("PM2.5平均浓度35微克/立方米", (35, "微克/立方米")),
        ("3座，附图http://a.b/2", (3, "座")),
    ],
)
def test_that_the_one_number_of_some_words_is_read(typed: str, read: tuple[float, str]) -> None:
    assert read_figure(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "已完成", "85家，占92%", "一期5座、二期3座", "2026年3月", "（20家）", "见http://a.b/1"]
)
def test_that_words_with_no_number_or_several_are_no_figure(typed: str) -> None:
    assert read_figure(typed) is None
    assert figure_of("t1", f" {typed} ") == Figure("t1", None, typed)


def test_that_a_figure_keeps_the_words() -> None:
    assert figure_of("t1", " 约1.2万人 ") == Figure("t1", 12000, "约1.2万人")


@pytest.mark.parametrize(
    ("words", "value", "up", "down"),
    [
        ("3.2%", 3.2, 3.2, 3.2),
        ("-3.2%", -3.2, -3.2, 3.2),
        ("下降3.2%", 3.2, -3.2, 3.2),
        ("减少3.2%", 3.2, -3.2, 3.2),
        ("下降-3.2%", -3.2, -3.2, 3.2),
        ("增长3.2%", 3.2, 3.2, -3.2),
        ("提高0%", 0, 0, 0),
    ],
)
def test_that_a_figure_goes_along_its_target_or_against_it(
    words: str, value: float, up: float, down: float
) -> None:
    figure = Figure("t", value, words)
    assert along(Target("产值", direction=Direction.UP), figure) == up
    assert along(Target("能耗", direction=Direction.DOWN), figure) == down


def test_that_a_target_without_a_direction_takes_the_figure_as_it_is() -> None:
    assert along(Target("余额"), Figure("t", -3.2, "下降3.2%")) == -3.2
    assert along(Target("失业率", direction=Direction.LEVEL), Figure("t", 5, "下降5%")) == 5
    assert along(Target("产值", direction=Direction.UP), Figure("t", None, "增长不少")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("家", "家", True),
        ("家", "个", True),
        ("家企业", "户", True),
        ("", "家", True),
        ("家", " ", True),
        ("％", "%", True),
        ("个百分点", "百分点", True),
        ("公里", "平方公里", False),
        ("公里", "km", True),
        ("人", "名", True),
        ("人", "人次", False),
        ("%", "家", False),
        ("%", "百分点", False),
        ("微克／立方米", "微克/立方米", True),
        ("标准箱", "标准箱", True),
        ("元/平方米", "元", False),
        ("元每平方米", "元", False),
        ("标准箱", "吨", False),
    ],
)
def test_that_counting_words_go_with_each_other_and_other_units_do_not(
    one: str, other: str, same: bool
) -> None:
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same


@pytest.mark.parametrize(
    ("low", "unit", "typed", "value"),
    [
        (4.5e8, "元", "4.2", 4.2e8),
        (4.5e8, "元", "约4.2", 4.2e8),
        (1e10, "元", "0.5", 5e7),
        (4.5e8, "元", "420000000", 4.2e8),
        (4.5e8, "元", "4.2元", 4.2),
        (4.5e8, "元", "4200万", 4.2e7),
        (16500.0, "人", "8000", 8000.0),
        (16500.0, "人", "0.8", 8000.0),
        (120.0, "家", "0.5", 0.5),
        (6.5, "%", "6.2", 6.2),
        (4.5e8, "元", "0", 0.0),
        (4.5e8, "元", "已开工", None),
        (None, "元", "4.2", 4.2),
    ],
)
def test_that_a_bare_number_is_read_in_the_scale_that_the_target_is_told_in(
    low: float | None, unit: str, typed: str, value: float | None
) -> None:
    read = in_scale(Target("增加值", low=low, unit=unit), figure_of("t", typed))
    assert read.value == (value if value is None else pytest.approx(value))
    assert read.words == typed
