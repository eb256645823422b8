"""Figures held against targets, each kind in its own way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.completion import (
    WHY,
    Goal,
    Judgement,
    TargetKind,
    goal_of,
    is_ratio,
    judge,
    kind_of,
)
from app.domain.progress import Figure
from app.domain.reported_figures import figure_of
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Direction, Tag, TagKind, Target

By = Comparator

PLATFORMS = Target("新建中试平台", By.GE, 20, None, "个")
JOBS = Target("城镇新增就业", By.EQ, 16500, 16500, "人")
FIRMS = Target("高新技术企业", By.EQ, 428, 428, "家")
LOANS = Target("普惠贷款余额", By.GT, 5e9, None, "元")
GROWTH = Target("规上工业增加值", By.ABOUT, 6, 6, "%", Direction.UP)
ENERGY = Target("单位产值能耗", By.GE, 3, None, "%", Direction.DOWN)
JOBLESS = Target("城镇调查失业率", By.LE, None, 5, "%", Direction.LEVEL)
AIR = Target("PM2.5平均浓度", By.EQ, 35, 35, "微克/立方米")
INCOME = Target("居民收入", By.SYNC)
ASSIGNED = Target("化肥减量", By.ASSIGNED, 5, 5, "%")
ROADS = Target("新建农村公路", By.EQ, 120, 120, "公里", is_cumulative=True)


@pytest.mark.parametrize(
    ("target", "words", "kind"),
    [
        (PLATFORMS, "20个以上", TargetKind.COUNT),
        (JOBS, "1.65万人", TargetKind.COUNT),
        (Target("技术合同登记额", By.GT, 4.5e9, None, "元"), "突破45亿元", TargetKind.COUNT),
        (Target("地区生产总值", By.GT, 1e11, None, "元"), "达到1000亿元", TargetKind.COUNT),
        (Target("引进研发机构", By.EQ, 20, 20, "家"), "达到20家", TargetKind.COUNT),
        (Target("高新技术企业", By.EQ, 20, 20, "家"), "20家", TargetKind.COUNT),
        (FIRMS, "达到428家", TargetKind.STOCK),
        (Target("高新技术企业总数", By.EQ, 428, 428, "家"), "428家", TargetKind.STOCK),
        (LOANS, "突破50亿元", TargetKind.STOCK),
        (Target("新增贷款余额", By.GT, 5e9, None, "元"), "", TargetKind.STOCK),
        (GROWTH, "6%左右", TargetKind.RATE),
        (ENERGY, "下降3%以上", TargetKind.RATE),
        (Target("细颗粒物浓度", By.EQ, 2, 2, "微克/立方米", Direction.DOWN), "下降2", TargetKind.RATE),
        (Target("每千人床位", By.EQ, 7, 7, "张每千人"), "达到7张", TargetKind.RATE),
        (JOBLESS, "控制在5%以内", TargetKind.LEVEL),
        (AIR, "达到35微克/立方米", TargetKind.LEVEL),
        (Target("安全事故", By.LT, None, 5, "起"), "5起以下", TargetKind.LEVEL),
        (Target("优良天数比率", By.GE, 85, None, "%", Direction.LEVEL), "85%以上", TargetKind.LEVEL),
        (INCOME, "与经济增长同步", TargetKind.RELATIVE),
        (ASSIGNED, "完成市下达任务", TargetKind.RELATIVE),
        (Target("增速", By.GT_REF, 1, 1, "%"), "高于全市", TargetKind.RELATIVE),
        (Target("村庄"), "全覆盖", TargetKind.WORDS),
        (ROADS, "〔120〕", TargetKind.COUNT),
        (Target("公路总里程", By.EQ, 120, 120, "公里", is_cumulative=True), "总", TargetKind.COUNT),
    ],
)
def test_that_a_target_is_of_its_kind(target: Target, words: str, kind: TargetKind) -> None:
    assert kind_of(target, words, of_plan=False) is kind


def test_that_in_a_plan_only_a_sum_over_its_years_accumulates() -> None:
    assert kind_of(PLATFORMS, "20个以上", of_plan=True) is TargetKind.STOCK
    assert kind_of(ROADS, "〔120〕", of_plan=True) is TargetKind.COUNT
    assert kind_of(GROWTH, "年均6%", of_plan=True) is TargetKind.RATE


@pytest.mark.parametrize(
    ("unit", "is_one"),
    [("%", True), ("‰", True), ("个百分点", True), ("件每万人", True), ("吨／万元", True), ("万吨", False)],
)
def test_that_rates_and_things_by_other_things_are_ratios(unit: str, is_one: bool) -> None:
    assert is_ratio(unit) is is_one


def judged(target: Target, typed: str, words: str = "", verdict: bool | None = None) -> Judgement:
    goal = Goal("t", target, words, kind_of(target, words, of_plan=False))
    return judge(goal, figure_of("t", typed), verdict)


@pytest.mark.parametrize(
    ("target", "typed", "share", "reached", "words"),
    [
        (PLATFORMS, "5个", 0.25, False, "25%"),
        (PLATFORMS, "19个", 0.95, False, "95%"),
        (PLATFORMS, "20个", 1, True, "100%"),
        (PLATFORMS, "31个", 1.55, True, "155%"),
        (JOBS, "1.6万人", 16000 / 16500, False, "97%"),
        (Target("产值", By.GT, 100, None, "亿"), "100", 1, False, "100%"),
        (Target("产值", By.GT, 100, None, "元"), "101元", 1.01, True, "101%"),
        (Target("新建学校", By.RANGE, 4, 6, "所"), "3所", 0.75, False, "75%"),
        (Target("新建学校", By.RANGE, 4, 6, "所"), "4所", 1, True, "100%"),
        (Target("减少亏损企业", By.EQ, 5, 5, "家", Direction.DOWN), "-5家", 1, True, "100%"),
        (PLATFORMS, "0个", 0, False, "0%"),
    ],
)
def test_that_counts_are_shares_and_may_exceed_all(
    target: Target, typed: str, share: float, reached: bool, words: str
) -> None:
    found = judged(target, typed, "新建")
    assert found.share == pytest.approx(share)
    assert (found.reached, found.words) == (reached, words)


def test_that_only_a_count_accumulates() -> None:
    assert judged(PLATFORMS, "5个").accumulates
    stock = judged(FIRMS, "410家", "达到428家")
    assert stock.share == pytest.approx(410 / 428)
    assert (stock.kind, stock.reached, stock.accumulates) == (TargetKind.STOCK, False, False)
    assert stock.why == WHY[TargetKind.STOCK]


@pytest.mark.parametrize(
    ("target", "typed", "reached"),
    [
        (GROWTH, "6%", True),
        (GROWTH, "5.7%", None),
        (GROWTH, "5.69%", False),
        (GROWTH, "下降6%", False),
        (ENERGY, "下降3%", True),
        (ENERGY, "-3.1%", True),
        (ENERGY, "增长3%", False),
        (ENERGY, "2.9%", False),
        (JOBLESS, "5%", True),
        (JOBLESS, "5.1%", False),
        (Target("安全事故", By.LT, None, 5, "起"), "5起", False),
        (Target("安全事故", By.LT, None, 5, "起"), "4起", True),
        (AIR, "35微克/立方米", True),
        (AIR, "36微克/立方米", False),
        (Target("平均浓度", By.ABOUT, 40, 40, "微克/立方米"), "42微克/立方米", True),
        (Target("平均浓度", By.ABOUT, 40, 40, "微克/立方米"), "42.1微克/立方米", False),
        (Target("平均浓度", By.RANGE, 30, 35, "微克/立方米"), "29微克/立方米", True),
        (Target("平均浓度", By.RANGE, 30, 35, "微克/立方米"), "36微克/立方米", False),
        (Target("优良天数比率", By.GE, 85, None, "%", Direction.LEVEL), "85%", True),
        (Target("优良天数比率", By.GE, 85, None, "%", Direction.LEVEL), "84%", False),
        (Target("达标率", By.GT, 85, None, "%", Direction.LEVEL), "85%", False),
        (Target("达标率", By.GT, 85, None, "%", Direction.LEVEL), "86%", True),
        (Target("赤字率", By.EQ, 3, 3, "%", Direction.LEVEL), "3%", True),
        (Target("赤字率", By.EQ, 3, 3, "%", Direction.LEVEL), "3.2%", None),
        (Target("赤字率", By.RANGE, 3, 4, "%", Direction.LEVEL), "3%", True),
        (Target("赤字率", By.RANGE, 3, 4, "%", Direction.LEVEL), "4%", True),
        (Target("赤字率", By.RANGE, 3, 4, "%", Direction.LEVEL), "4.1%", False),
        (Target("赤字率", By.RANGE, 3, 4, "%", Direction.LEVEL), "2.9%", False),
        (Target("赤字率", By.ABOUT, 4, 4, "%", Direction.LEVEL), "4.2%", True),
        (Target("赤字率", By.ABOUT, 4, 4, "%", Direction.LEVEL), "4.3%", False),
    ],
)
def test_that_rates_and_levels_are_reached_or_not_and_have_no_share(
    target: Target, typed: str, reached: bool | None
) -> None:
    found = judged(target, typed)
    assert (found.reached, found.share, found.accumulates) == (reached, None, False)
    assert found.words == {True: "已达到", False: "未达到", None: ""}[reached]
    assert found.why == WHY[found.kind]


@pytest.mark.parametrize("target", [INCOME, ASSIGNED, Target("村庄")])
def test_that_what_has_no_figure_of_its_own_is_for_a_person(target: Target) -> None:
    assert (judged(target, "5%").reached, judged(target, "5%").share) == (None, None)
    assert judged(target, "5%").why == WHY[judged(target, "5%").kind]
    said = judged(target, "", verdict=True)
    assert (said.reached, said.share, said.words, said.why) == (True, None, "已达到", "由人判断：已达到")
    assert judged(target, "", verdict=False).why == "由人判断：未达到"


def test_that_a_person_s_word_stands_and_the_share_is_kept() -> None:
    found = judged(PLATFORMS, "20个", verdict=False)
    assert (found.reached, found.share) == (False, 1)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "尚未填报完成值"),
        ("已经完成", "完成值“已经完成”读不出一个数"),
        ("5个和6个", "完成值“5个和6个”读不出一个数"),
        ("80%", "完成值的单位“%”与目标的单位“个”不同"),
    ],
)
def test_that_a_figure_that_cannot_be_compared_says_why(typed: str, why: str) -> None:
    found = judged(PLATFORMS, typed)
    assert (found.share, found.reached, found.why, found.words) == (None, None, why, "")


def test_that_a_figure_without_words_is_a_figure() -> None:
    goal = Goal("t", PLATFORMS, "", TargetKind.COUNT)
    assert judge(goal, Figure("t", 0.0, "")).share == 0
    assert judge(goal, None).why == "尚未填报完成值"


def test_that_nothing_is_divided_by_a_goal_of_nothing() -> None:
    found = judged(Target("新增欠薪", By.EQ, 0, 0, "起"), "0起")
    assert (found.share, found.reached, found.why) == (None, True, "目标值不大于零，不计算完成比例")


@given(st.floats(1e-3, 1e9), st.floats(0, 1e9))
def test_that_a_count_is_reached_exactly_when_its_share_is_whole(aim: float, value: float) -> None:
    goal = Goal("t", Target("新建", By.GE, aim, None, "个"), "", TargetKind.COUNT)
    found = judge(goal, Figure("t", value, ""))
    assert found.share is not None
    assert found.reached == (value >= aim)
    assert found.share == value / aim


def test_that_a_goal_is_made_of_a_target_s_tag() -> None:
    tag = Tag("t1", "layer", "task", TagKind.TARGET, (), " 20个以上 ", PLATFORMS)
    assert goal_of(tag, of_plan=False) == Goal("t1", PLATFORMS, "20个以上", TargetKind.COUNT)
    due = Tag("t2", "layer", "task", TagKind.DEADLINE, (), "年内", Deadline(DeadlineKind.ROLLING))
    assert goal_of(due, of_plan=False) is None
