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
