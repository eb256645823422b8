"""Figures and dates as chips and table cells show them."""

from datetime import date

import pytest

from app.domain.signs import (
    deadline_chip,
    deadline_signs,
    due_signs,
    figure_signs,
    number_from,
    target_signs,
)
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Direction, Tag, TagKind, Target, Value


def tag(value: Value, text: str = "", kind: TagKind = TagKind.TARGET) -> Tag:
    return Tag("t", "layer", "task", kind, (), text, value)


def when(kind: DeadlineKind, due: date | None = None, text: str = "") -> Tag:
    return tag(Deadline(kind, due), text, TagKind.DEADLINE)


@pytest.mark.parametrize(
    ("target", "cell", "chip"),
    [
        (Target("企业", Comparator.GE, 20, None, "家"), "≥20家", "企业 ≥ 20 家"),
        (Target("企业", Comparator.GT, 300, None, "家"), "＞300家", "企业 ＞ 300 家"),
        (Target("项目", Comparator.EQ, 60, 60, "项"), "60项", "项目 ＝ 60 项"),
        (Target("登记额", Comparator.ABOUT, 4.5e9, 4.5e9, "元"), "≈45亿元", "登记额 ≈ 45 亿元"),
        (Target("能耗", Comparator.LE, None, 3, "吨"), "≤3吨", "能耗 ≤ 3 吨"),
        (Target("事故", Comparator.LT, None, 5, "起"), "＜5起", "事故 ＜ 5 起"),
        (Target("企业", Comparator.RANGE, 4, 6, "家"), "4—6家", "企业 4—6 家"),
        (Target("失业率", Comparator.RANGE, 5, 5.5, "%", Direction.LEVEL), "5%—5.5%", "失业率 5%—5.5%"),
        (
            Target("税收", Comparator.ABOUT, 6.5, 6.5, "%", Direction.UP),
            "≈6.5%",
            "税收 增长 ≈ 6.5%",
        ),
        (Target("税收增长", Comparator.EQ, 6, 6, "%", Direction.UP), "6%", "税收增长 ＝ 6%"),
        (Target("单位能耗", Comparator.GE, 3, None, "%", Direction.DOWN), "降≥3%", "单位能耗 下降 ≥ 3%"),
        (Target("单位能耗", Comparator.GE, 3, None, "吨", Direction.DOWN), "≥3吨", "单位能耗 ≥ 3 吨"),
        (
            Target("就业", Comparator.EQ, 16500, 16500, "人", is_cumulative=True),
            "累计1.65万人",
            "就业 累计 ＝ 1.65 万人",
        ),
        (Target("环节", Comparator.EQ, 3, 3), "3", "环节 ＝ 3"),
    ],
)
def test_that_a_target_is_written_with_signs(target: Target, cell: str, chip: str) -> None:
    assert figure_signs(target) == cell
    assert target_signs(tag(target)) == chip


def test_that_a_goal_without_a_number_is_its_own_words() -> None:
    goal = Target("居民收入", Comparator.SYNC)
    assert figure_signs(goal, " 与经济增长同步 ") == "与经济增长同步"
    assert target_signs(tag(goal, "与经济增长同步")) == "居民收入 与经济增长同步"
    assert target_signs(tag(goal, "居民收入与经济增长同步")) == "居民收入与经济增长同步"
    assert figure_signs(goal) == "保持同步"
    assert figure_signs(Target("减排", Comparator.ASSIGNED)) == "完成下达任务"
    assert figure_signs(Target("优良率", Comparator.GT_REF)) == "高于参照水平"
    assert figure_signs(Target("覆盖")) == ""


def test_that_a_tag_without_a_target_shows_its_words() -> None:
    assert target_signs(tag(None, " 全覆盖 ")) == "全覆盖"


@pytest.mark.parametrize(
    ("deadline", "cell", "chip"),
    [
        (
            when(DeadlineKind.EXPLICIT, date(2026, 6, 30), "6月底前"),
            "6月底前",
            "6月底前 → 2026-06-30",
        ),
        (
            when(DeadlineKind.EXPLICIT, date(2026, 12, 31), "年底前"),
            "12月底前",
            "年底前 → 2026-12-31",
        ),
        (when(DeadlineKind.EXPLICIT, date(2026, 6, 15)), "6月15日前", "6月15日前 → 2026-06-15"),
        (when(DeadlineKind.PLAN_END, date(2030, 12, 31)), "2030年12月底前", "2030年12月底前 → 2030-12-31"),
        (
            when(DeadlineKind.EXPLICIT, date(2026, 6, 30), "2026-06-30"),
            "6月底前",
            "2026-06-30",
        ),
        (
            when(DeadlineKind.DEFAULT_YEAR_END, date(2026, 12, 31), "年底"),
            "年底（默认）",
            "年底 → 2026-12-31 · 默认",
        ),
        (
            when(DeadlineKind.DEFAULT_YEAR_END, date(2030, 12, 31)),
            "2030年底（默认）",
            "2030年底 → 2030-12-31 · 默认",
        ),
        (
            when(DeadlineKind.DEFAULT_YEAR_END, date(2026, 6, 30)),
            "6月底前（默认）",
            "6月底前 → 2026-06-30 · 默认",
        ),
        (when(DeadlineKind.ROLLING, None, "持续推进"), "持续推进", "持续推进"),
        (when(DeadlineKind.ROLLING), "持续推进", "持续推进"),
        (when(DeadlineKind.EVENT, None, "汛前"), "汛前", "汛前"),
        (when(DeadlineKind.EVENT), "", ""),
        (
            when(DeadlineKind.RECURRING, date(2026, 12, 31), "每季度"),
            "每季度",
            "每季度 → 2026-12-31",
        ),
        (when(DeadlineKind.RECURRING, date(2026, 12, 31)), "12月底前", "12月底前 → 2026-12-31"),
    ],
)
def test_that_a_deadline_is_short_in_a_cell_and_dated_in_a_chip(deadline: Tag, cell: str, chip: str) -> None:
    assert deadline_signs(deadline, 2026) == cell
    assert deadline_chip(deadline, 2026) == chip


def test_that_what_is_no_deadline_shows_its_words() -> None:
    assert deadline_signs(None, 2026) == ""
    assert deadline_signs(tag(None, " 尽早 ", TagKind.DEADLINE), 2026) == "尽早"
    assert deadline_chip(tag(None, " 尽早 ", TagKind.DEADLINE), 2026) == "尽早"


def test_that_a_leap_year_ends_february_on_the_29th() -> None:
    assert due_signs(date(2028, 2, 28), 2028) == "2月28日前"
    assert due_signs(date(2028, 2, 29), 2028) == "2月底前"
    assert due_signs(date.max, 9999) == "12月底前"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("20", (20.0, "")),
        ("1.65万", (16500.0, "")),
        ("1.65万人", (16500.0, "人")),
        ("45亿元", (4500000000.0, "元")),
        ("2.3亿", (230000000.0, "")),
        ("1.2万亿 元", (1200000000000.0, "元")),
        ("６.５％", (6.5, "%")),
        ("12,000 家", (12000.0, "家")),
        (" -3 % ", (-3.0, "%")),
    ],
)
def test_that_typed_numbers_have_their_scale_multiplied_in(typed: str, number: tuple[float, str]) -> None:
    assert number_from(typed) == number


@pytest.mark.parametrize("typed", ["", "家", "若干", ".", "约20"])
def test_that_what_is_no_number_is_none(typed: str) -> None:
    assert number_from(typed) is None
