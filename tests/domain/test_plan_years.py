"""A plan's targets by year, and how far they are half-way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.completion import Goal, kind_of
from app.domain.plan_years import Evaluation, Standing, YearTarget, breakdown, evaluate
from app.domain.progress import Figure
from app.domain.reported_figures import figure_of
from app.domain.tasks import Comparator, Direction, Nature, Target

By = Comparator
SPAN = (2026, 2030)

ROADS = Target("新建农村公路", By.EQ, 120, 120, "公里", is_cumulative=True)
FIRMS = Target("高新技术企业总数", By.EQ, 500, 500, "家", baseline="408家")
RESEARCH = Target("研发经费投入强度", By.GE, 3, None, "%", baseline="2.4%")
GROWTH = Target("地区生产总值年均增长", By.ABOUT, 6, 6, "%", Direction.UP, baseline="5.1%")
JOBLESS = Target("城镇调查失业率", By.LE, None, 5, "%", Direction.LEVEL, baseline="4.6%")
AIR = Target("细颗粒物平均浓度", By.LE, None, 35, "微克/立方米", baseline="40")
ENERGY = Target("单位产值能耗下降", By.EQ, 13.5, 13.5, "%", Direction.DOWN, is_cumulative=True)


def goal(target: Target, words: str = "") -> Goal:
    return Goal("t", target, words, kind_of(target, words, of_plan=True))


def values(target: Target, words: str = "", first: int = 2026, last: int = 2030) -> list[float | None]:
    found = breakdown(goal(target, words), first, last)
    assert [year.year for year in found.years] == list(range(first, last + 1))[: len(found.years)]
    assert all(year.target_id == "t" for year in found.years)
    return [year.value for year in found.years]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (ROADS, [24, 24, 24, 24, 24]),
        (Target("新建", By.GE, 122, None, "个", is_cumulative=True), [24, 25, 24, 25, 24]),
        (Target("新建", By.GE, 1.5, None, "个", is_cumulative=True), [0.3, 0.3, 0.3, 0.3, 0.3]),
        (ENERGY, [2.7, 2.7, 2.7, 2.7, 2.7]),
        (FIRMS, [426, 445, 463, 482, 500]),
        (RESEARCH, [2.52, 2.64, 2.76, 2.88, 3]),
        (AIR, [39, 38, 37, 36, 35]),
        (GROWTH, [6, 6, 6, 6, 6]),
        (JOBLESS, [5, 5, 5, 5, 5]),
        (Target("平均浓度", By.LE, None, 35, "微克/立方米", baseline="33"), [35] * 5),
        (Target("规模", By.RANGE, 10, 12, "万亩", baseline="5"), [6, 7, 8, 9, 10]),
        (
            Target("经营主体", By.EQ, 1.2e5, 1.2e5, "户", baseline="8.1"),
            [8.88e4, 9.66e4, 1.044e5, 1.122e5, 1.2e5],
        ),
        (
            Target("经营主体", By.EQ, 1.2e5, 1.2e5, "户", baseline="81000"),
            [8.88e4, 9.66e4, 1.044e5, 1.122e5, 1.2e5],
        ),
        (
            Target("总产值", By.GE, 6.15e9, None, "元", baseline="50亿元"),
            [5.23e9, 5.46e9, 5.69e9, 5.92e9, 6.15e9],
        ),
        (Target("培训", By.EQ, 1.3e5, 1.3e5, "人次", is_cumulative=True), [2.6e4] * 5),
    ],
)
def test_that_yearly_values_are_suggested(target: Target, expected: list[float]) -> None:
    assert values(target) == pytest.approx(expected)


def test_that_a_plan_of_other_years_is_broken_down_too() -> None:
    assert values(ROADS, first=2026, last=2028) == [40, 40, 40]
    assert values(FIRMS, first=2026, last=2026) == [500]


def test_that_words_may_say_that_it_is_yearly() -> None:
    growth = Target("地区生产总值", By.ABOUT, 6, 6, "%", Direction.UP)
    assert values(growth, "年均增长6%左右") == [6] * 5


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (Target("居民收入", By.SYNC), "没有可分解的数值"),
        (Target("村庄"), "没有可分解的数值"),
        (Target("耕地", By.GE, 12000, None, "亩", nature=Nature.BINDING, baseline="1.2万亩"), "约束性"),
        (Target("新建", By.GE, 5, None, "个", nature=Nature.BINDING, is_cumulative=True), "约束性"),
        (Target("地区生产总值", By.ABOUT, 6, 6, "%", Direction.UP, baseline="5.1%"), "没有写明是否年均"),
        (Target("高新技术企业", By.EQ, 500, 500, "家"), "没有可比的基期值"),
        (Target("高新技术企业", By.EQ, 500, 500, "家", baseline="12%"), "没有可比的基期值"),
        (Target("高新技术企业", By.EQ, 500, 500, "家", baseline="较少"), "没有可比的基期值"),
    ],
)
def test_that_nothing_is_suggested_where_nobody_could_know(target: Target, why: str) -> None:
    found = breakdown(goal(target), *SPAN)
    assert not found.years
    assert why in found.why


def test_that_a_breakdown_says_how_it_was_made() -> None:
    whys = [breakdown(goal(target), *SPAN).why for target in (ROADS, GROWTH, JOBLESS, FIRMS)]
    assert whys == [
        "五年累计数按年均分",
        "年均目标，各年相同",
        "保持的水平，各年相同",
        "从基期值到目标值按直线推算",
    ]


@given(st.integers(1, 10**9), st.integers(1, 10))
def test_that_even_parts_add_up_and_hardly_differ(whole: int, years: int) -> None:
    target = Target("新建", By.EQ, whole, whole, "个", is_cumulative=True)
    parts = [value for value in values(target, last=2025 + years) if value is not None]
    assert sum(parts) == whole
    assert max(parts) - min(parts) <= 1


# --- 中期评估


def standing(
    target: Target, typed: str, *years: float | None, year: int = 2028, verdict: bool | None = None
) -> Evaluation:
    decided = [YearTarget("t", 2026 + n, value) for n, value in enumerate(years)]
    return evaluate(goal(target), decided, figure_of("t", typed), SPAN, year, verdict)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("71.9公里", Standing.BEHIND),
        ("72公里", Standing.ON_WAY),
        ("78公里", Standing.ON_WAY),
        ("78.1公里", Standing.AHEAD),
        ("130公里", Standing.AHEAD),
    ],
)
def test_that_a_sum_is_held_against_the_time_that_is_over(typed: str, expected: Standing) -> None:
    found = standing(ROADS, typed)
    assert found.expected == pytest.approx(0.6)
    assert (found.standing, found.why) == (expected, "与规划期已过时间相比")


def test_that_the_years_decided_come_before_the_time() -> None:
    found = standing(ROADS, "40公里", 10, 10, 20, 40, 40)
    assert found.way == pytest.approx(40 / 120)
    assert (found.standing, found.why) == (Standing.ON_WAY, "与年度分解值相比")
    assert standing(ROADS, "39公里", 10, 10, 20, 40, 40).standing is Standing.BEHIND
    assert standing(ROADS, "39公里", 10, None, 20).why == "与规划期已过时间相比"


def test_that_a_total_goes_from_its_baseline() -> None:
    found = standing(FIRMS, "460家")
    assert found.way == pytest.approx(52 / 92)
    assert found.standing is Standing.BEHIND
    assert standing(FIRMS, "464家").standing is Standing.ON_WAY
    assert standing(FIRMS, "460家", 420, 440, 460, 480, 500).standing is Standing.ON_WAY
    assert standing(FIRMS, "460家", 420, 440).why == "与规划期已过时间相比"


def test_that_a_total_without_a_baseline_goes_from_nothing() -> None:
    plain = Target("高新技术企业总数", By.EQ, 500, 500, "家")
    assert standing(plain, "300家").way == pytest.approx(0.6)


def test_that_a_level_may_be_on_its_way_down() -> None:
    assert standing(AIR, "37微克/立方米").standing is Standing.ON_WAY
    assert standing(AIR, "38微克/立方米").standing is Standing.BEHIND
    assert standing(AIR, "36微克/立方米").standing is Standing.AHEAD


def test_that_a_level_that_is_held_is_as_expected_however_well() -> None:
    held, lost = standing(JOBLESS, "4.1%"), standing(JOBLESS, "5.1%")
    assert (held.standing, held.way, held.expected) == (Standing.ON_WAY, None, None)
    assert lost.standing is Standing.BEHIND
    assert standing(JOBLESS, "4.8%", 5, 5, 4.7).standing is Standing.BEHIND
    assert standing(JOBLESS, "4.8%", 5, 5, 4.7).why == "与年度分解值相比"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5.6%", Standing.BEHIND),
        ("5.8%", Standing.UNKNOWN),
        ("6%", Standing.ON_WAY),
        ("6.1%", Standing.AHEAD),
        ("下降6%", Standing.BEHIND),
    ],
)
def test_that_a_yearly_rate_is_held_against_its_goal(typed: str, expected: Standing) -> None:
    assert standing(GROWTH, typed).standing is expected


def test_that_a_sum_of_rates_is_on_its_way_too() -> None:
    assert standing(ENERGY, "下降8.1%").standing is Standing.ON_WAY
    assert standing(ENERGY, "下降8%").standing is Standing.BEHIND


def test_that_a_goal_where_it_began_has_no_way() -> None:
    level = Target("森林覆盖率", By.GE, 30, None, "%", baseline="30%")
    assert standing(level, "30%").standing is Standing.ON_WAY
    total = Target("耕地保有量", By.GE, 12000, None, "亩", baseline="1.2万亩")
    found = standing(total, "1.1万亩")
    assert (found.standing, found.way) == (Standing.BEHIND, None)


@pytest.mark.parametrize("typed", ["", "较好", "80%"])
def test_that_a_figure_nobody_can_compare_is_for_a_person(typed: str) -> None:
    found = standing(ROADS, typed)
    assert (found.standing, found.way) == (Standing.UNKNOWN, None)
    assert found.why == found.judgement.why


def test_that_a_person_s_verdict_stands() -> None:
    income = Target("居民收入", By.SYNC)
    assert standing(income, "5%").standing is Standing.UNKNOWN
    assert standing(income, "", verdict=True).standing is Standing.ON_WAY
    assert standing(ROADS, "120公里", verdict=False).standing is Standing.BEHIND


@pytest.mark.parametrize(("year", "expected"), [(2025, 0), (2026, 0.2), (2030, 1), (2033, 1)])
def test_that_the_time_over_is_counted_in_whole_years(year: int, expected: float) -> None:
    assert standing(ROADS, "1公里", year=year).expected == pytest.approx(expected)


def test_that_nothing_reported_is_unknown() -> None:
    found = evaluate(goal(ROADS), (), None, SPAN, 2028)
    assert (found.standing, found.figure) == (Standing.UNKNOWN, None)
    zero = evaluate(goal(ROADS), (), Figure("t", 0.0, "0"), SPAN, 2028)
    assert zero.standing is Standing.BEHIND


def test_that_a_bare_figure_is_on_its_way_in_the_scale_of_the_target() -> None:
    hosts = goal(Target("经营主体", By.EQ, 1.2e5, 1.2e5, "户", baseline="8"))
    found = evaluate(hosts, (), figure_of("t", "10"), SPAN, 2027)
    assert found.way == pytest.approx(0.5)
    assert found.expected == pytest.approx(0.4)
    assert found.standing is Standing.AHEAD
    decided = [YearTarget("t", 2027, 1.04e5)]
    assert evaluate(hosts, decided, figure_of("t", "10"), SPAN, 2027).standing is Standing.BEHIND
