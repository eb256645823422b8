import pytest

from app.suggest.coverage import coverage_goals
from app.suggest.sentences import fold


def read(text: str) -> list[tuple[str, str, float]]:
    return [(text[g.span.start : g.span.end], g.indicator, g.value) for g in coverage_goals(fold(text))]


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("推动渔民体检全覆盖。", [("全覆盖", "渔民体检", 100.0)]),
        ("书屋街域全覆盖，", [("街域全覆盖", "书屋", 100.0)]),
        ("确保渔港隐患动态清零。", [("动态清零", "渔港隐患", 0.0)]),
        ("实现困难群众应保尽保。", [("应保尽保", "困难群众", 100.0)]),
        (
            "渗漏点应治尽治、占道渔排动态清零。",
            [("应治尽治", "渗漏点", 100.0), ("动态清零", "占道渔排", 0.0)],
        ),
        ("事项应放尽放、应减尽减。", [("应放尽放", "事项", 100.0), ("应减尽减", "事项", 100.0)]),
        ("险工险段全部完成整治。", [("全部完成", "险工险段", 100.0)]),
        ("安全事故零发生。", [("零发生", "安全事故", 0.0)]),
    ],
)
def test_that_goals_of_completeness_are_found(text: str, goals: list[tuple[str, str, float]]) -> None:
    assert read(text) == goals


@pytest.mark.parametrize(
    "text",
    [
        "全面完成改革任务。",
        "覆盖率达到90%。",
        "打造“全覆盖”品牌。",
        "应急尽快处置。",
        "全部精力抓落实。",
        "零售业转型。",
    ],
)
def test_that_near_misses_are_not(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("how", ["", "基本", "实现", "动态", "基本实现动态"])
@pytest.mark.parametrize("none", ["清零", "归零", "零增长", "零发生", "“零”发生", "为零"])
def test_that_nothing_left_is_told_whole(how: str, none: str) -> None:
    assert read(f"渔港隐患{how}{none}。") == [(f"{how}{none}", "渔港隐患", 0.0)]


@pytest.mark.parametrize("how", ["", "基本", "实现", "全域", "街域", "区域", "城乡", "基本实现城乡"])
@pytest.mark.parametrize("all_", ["全覆盖", "全面覆盖"])
def test_that_covering_everything_is_told_whole(how: str, all_: str) -> None:
    assert read(f"渔民体检{how}{all_}。") == [(f"{how}{all_}", "渔民体检", 100.0)]


DONE = [
    "完成", "达标", "消除", "建成", "投入使用", "整改到位", "整改", "销号", "清理", "化解", "到位", "办结", "解决",
    "纳入", "开工", "竣工",
]  # fmt: skip


@pytest.mark.parametrize("goal", [*(f"全部{done}" for done in DONE), "全面消除", "全面达标", "应救助尽救助"])
def test_that_all_of_something_done_is_told_whole(goal: str) -> None:
    assert read(f"险工险段{goal}。") == [(goal, "险工险段", 100.0)]


def test_that_what_follows_names_the_goal_where_nothing_stands_before_it() -> None:
    assert read("全面消除" + "甲" * 17 + "。") == [("全面消除", "甲" * 16, 100.0)]
    for mark in "，。；：、":
        assert read(f"全面消除险段{mark}修堤。") == [("全面消除", "险段", 100.0)]


def test_that_of_two_goals_of_one_thing_in_a_row_each_has_its_own_words() -> None:
    assert read("体检全覆盖、隐患清零。") == [("全覆盖", "体检", 100.0), ("清零", "隐患", 0.0)]
    assert read("隐患清零、体检全覆盖。") == [("清零", "隐患", 0.0), ("全覆盖", "体检", 100.0)]
