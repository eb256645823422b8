import pytest

from app.domain.tasks import Comparator
from app.suggest.cell_values import Value, unit_of, value_of


@pytest.mark.parametrize(
    ("name", "column", "parts"),
    [
        ("地区生产总值增长（%）", "", ("地区生产总值增长", 1, "%")),
        ("固定资产投资（亿元）", "", ("固定资产投资", 100_000_000, "元")),
        ("劳动生产率（万元/人）", "", ("劳动生产率", 10_000, "元/人")),
        ("每千人执业（助理）医师数（人）", "", ("每千人执业（助理）医师数", 1, "人")),
        ("发电装机（万千瓦）", "", ("发电装机", 10_000, "千瓦")),
        ("发电装机（千瓦）", "", ("发电装机", 1, "千瓦")),
        ("港口吞吐量", "亿吨", ("港口吞吐量", 100_000_000, "吨")),
        ("海堤长度", "千米", ("海堤长度", 1, "千米")),
        ("营商便利度", "", ("营商便利度", 1, "")),
    ],
)
def test_that_the_unit_is_taken_from_the_name_or_its_column(
    name: str, column: str, parts: tuple[str, int, str]
) -> None:
    assert unit_of(name, column) == parts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6左右", Value(Comparator.ABOUT, 6.0, 6.0, "家")),
        ("6", Value(Comparator.EQ, 6.0, 6.0, "家")),
        (">680", Value(Comparator.GT, 680.0, None, "家")),
        ("≥680", Value(Comparator.GE, 680.0, None, "家")),
        ("680以上", Value(Comparator.GE, 680.0, None, "家")),
        ("<5", Value(Comparator.LT, None, 5.0, "家")),
        ("≤5", Value(Comparator.LE, None, 5.0, "家")),
        ("5以内", Value(Comparator.LE, None, 5.0, "家")),
        ("控制在5", Value(Comparator.LE, None, 5.0, "家")),
        ("5以下", Value(Comparator.LT, None, 5.0, "家")),
        ("3—5", Value(Comparator.RANGE, 3.0, 5.0, "家")),
        ("72%", Value(Comparator.EQ, 72.0, 72.0, "%")),
        ("〔15510〕", Value(Comparator.EQ, 15510.0, 15510.0, "家", is_cumulative=True)),
        ("[4.5]", Value(Comparator.EQ, 4.5, 4.5, "家", is_cumulative=True)),
        ("1.2万", Value(Comparator.EQ, 12000.0, 12000.0, "家")),
        ("与经济增长同步", Value(Comparator.SYNC)),
        ("完成市下达指标", Value(Comparator.ASSIGNED)),
        ("达到国家要求", Value(Comparator.ASSIGNED)),
        ("高于全市平均水平", Value(Comparator.GT_REF)),
        ("全市前列", Value(Comparator.GT_REF)),
    ],
)
def test_that_a_target_cell_is_read(text: str, value: Value) -> None:
    assert value_of(text, 1, "家") == value


def test_that_the_unit_s_power_multiplies_unless_the_cell_has_its_own() -> None:
    assert value_of("13", 10_000, "家") == Value(Comparator.EQ, 130_000.0, 130_000.0, "家")
    assert value_of("3-5", 10_000, "家") == Value(Comparator.RANGE, 30_000.0, 50_000.0, "家")
    assert value_of("13亿", 10_000, "元") == Value(Comparator.EQ, 1.3e9, 1.3e9, "元")


@pytest.mark.parametrize("text", ["预期性", "待定", "6月", ""])
def test_that_a_cell_without_a_goal_says_nothing(text: str) -> None:
    assert value_of(text, 1, "家") is None
