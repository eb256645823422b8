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


@pytest.mark.parametrize(
    ("sign", "comparator"),
    [
        ("超过", Comparator.GT), ("突破", Comparator.GT), ("不少于", Comparator.GE), ("不低于", Comparator.GE),
        ("达到", Comparator.EQ), ("左右", Comparator.ABOUT),
    ],
)  # fmt: skip
def test_that_a_word_before_the_figure_bounds_it(sign: str, comparator: Comparator) -> None:
    value = value_of(f"{sign}12", 1, "家")
    assert value is not None
    assert (value.comparator, value.low, value.unit) == (comparator, 12.0, "家")


@pytest.mark.parametrize("dash", "—-~至")
def test_that_a_range_may_be_written_with_any_dash(dash: str) -> None:
    assert value_of(f"1,200.5{dash}1,300.5", 1, "家") == Value(Comparator.RANGE, 1200.5, 1300.5, "家")


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "【】"])
def test_that_a_figure_in_brackets_is_a_sum_over_the_years(brackets: str) -> None:
    value = value_of(f"{brackets[0]}9万{brackets[1]}（五年）", 1, "‰")
    assert value == Value(Comparator.EQ, 90_000.0, 90_000.0, "‰", is_cumulative=True)
    assert value_of(f"{brackets[0]}9", 1, "家") is None


def test_that_a_figure_is_read_only_where_nothing_but_a_remark_follows_it() -> None:
    assert value_of("9‰（五年）", 1, "家") == Value(Comparator.EQ, 9.0, 9.0, "‰")
    assert value_of("9家", 1, "家") is None


@pytest.mark.parametrize("word", ["任务", "指标", "目标", "要求"])
def test_that_what_others_set_is_assigned(word: str) -> None:
    for verb in ("完成", "达到"):
        assert value_of(f"{verb}省定{word}", 1, "家") == Value(Comparator.ASSIGNED)
        assert value_of(f"{verb}省定计划", 1, "家") is None


@pytest.mark.parametrize(
    "word",
    ["高于", "优于", "快于", "好于", "低于", "平均", "前列", "领先", "提高", "提升", "下降", "增长", "降低"],
)
def test_that_a_goal_may_be_told_against_others_or_before(word: str) -> None:
    assert value_of(f"逐年{word}些", 1, "家") == Value(Comparator.GT_REF)


@pytest.mark.parametrize(("power", "by"), [("万亿", 10**12), ("亿", 10**8), ("万", 10**4), ("千", 1000)])
def test_that_the_power_of_a_unit_is_split_off_in_name_and_column(power: str, by: int) -> None:
    assert unit_of(f"投资（{power}元）") == unit_of("投资", f"{power}元") == ("投资", by, "元")


@pytest.mark.parametrize("unit", ["千瓦", "千克", "千米"])
def test_that_a_units_own_thousand_is_no_power(unit: str) -> None:
    assert unit_of(f"装机（{unit}）") == unit_of("装机", unit) == ("装机", 1, unit)


def test_that_a_remark_too_long_or_with_figures_is_no_unit() -> None:
    assert unit_of("装机（" + "甲" * 12 + "）") == ("装机", 1, "甲" * 12)
    for name in ("装机（" + "甲" * 13 + "）", "装机（PM2.5）", "装机（套）数"):
        assert unit_of(name) == (name, 1, "")
