from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.suggest.deadlines import deadlines
from app.suggest.sentences import fold

Row = tuple[str, str, date | None]


def read(text: str, first: int = 2026, last: int = 2026) -> list[Row]:
    """Words, kind and date of each deadline; a yearly report of 2026 unless said otherwise."""
    return [(text[s.start : s.end], d.kind.value, d.due) for s, d, _ in deadlines(fold(text), first, last)]


YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("6月底前完成主体。", ("6月底前", "explicit", date(2026, 6, 30))),
        ("2月底前开工。", ("2月底前", "explicit", date(2026, 2, 28))),
        ("9月上旬启用。", ("9月上旬", "explicit", date(2026, 9, 10))),
        ("9月中旬前启用。", ("9月中旬前", "explicit", date(2026, 9, 20))),
        ("5月20日前报送。", ("5月20日前", "explicit", date(2026, 5, 20))),
        ("明年3月底前验收。", ("明年3月底前", "explicit", date(2027, 3, 31))),
        ("2026年12月31日前办结。", ("2026年12月31日前", "explicit", YEAR_END)),
        ("10月举办渔民节。", ("10月", "during", date(2026, 10, 31))),
        ("到2027年，建成南港。", ("到2027年", "explicit", date(2027, 12, 31))),
        ("2027年底前建成。", ("2027年底前", "explicit", date(2027, 12, 31))),
        ("2026年经济目标是稳定增长。", ("2026年", "during", YEAR_END)),
        ("2027年建成投用。", ("2027年", "during", date(2027, 12, 31))),
        ("二期工程2028年全面投产。", ("2028年", "during", date(2028, 12, 31))),
        ("南港泊位2026年投用。", ("2026年", "during", YEAR_END)),
        ("力争2026年建成。", ("2026年", "during", YEAR_END)),
        ("建议2026年全区目标为增长5%。", ("2026年", "during", YEAR_END)),
        ("年底前建成。", ("年底前", "explicit", YEAR_END)),
        ("到年末完成。", ("到年末", "explicit", YEAR_END)),
        ("今年年底前建成。", ("今年年底前", "explicit", YEAR_END)),
        ("今年底建成。", ("今年底", "explicit", YEAR_END)),
        ("明年底建成。", ("明年底", "explicit", date(2027, 12, 31))),
        ("上半年开工。", ("上半年", "during", date(2026, 6, 30))),
        ("上半年前开工。", ("上半年前", "explicit", date(2026, 6, 30))),
        ("下半年投用。", ("下半年", "during", YEAR_END)),
        ("二季度开工。", ("二季度", "during", date(2026, 6, 30))),
        ("第三季度末封顶。", ("第三季度末", "explicit", date(2026, 9, 30))),
        ("前三季度完成八成。", ("前三季度", "during", date(2026, 9, 30))),
        ("今年新建泊位。", ("今年", "during", YEAR_END)),
        ("年内开通航线。", ("年内", "during", YEAR_END)),
        ("全年办展不断。", ("全年", "during", YEAR_END)),
        ("明年续建船坞。", ("明年", "during", date(2027, 12, 31))),
        ("今明两年完成疏浚。", ("今明两年", "during", date(2027, 12, 31))),
        ("到“十五五”末建成。", ("到“十五五”末", "plan_end", date(2030, 12, 31))),
        ("“十六五”期末建成。", ("“十六五”期末", "plan_end", date(2035, 12, 31))),
        ("“十五五”时期，做强港口。", ("“十五五”时期", "during", date(2030, 12, 31))),
        ("用两年时间整治。", ("用两年时间", "during", date(2027, 12, 31))),
        ("用一至两年时间整治。", ("用一至两年时间", "during", None)),
        ("三年内实现翻番。", ("三年内", "during", date(2028, 12, 31))),
        ("在规划实施的中期阶段开展评估。", ("在规划实施的中期阶段", "during", None)),
        ("每年办展。", ("每年", "recurring", None)),
        ("每月25日前报送。", ("每月25日前", "recurring", None)),
        ("按季度调度。", ("按季度", "recurring", None)),
        ("汛前完成加固。", ("汛前", "event", None)),
        ("主汛期到来前完成加固。", ("主汛期到来前", "event", None)),
        ("“五一”前开园。", ("“五一”前", "event", None)),
        ("供暖季前完成改造。", ("供暖季前", "event", None)),
        ("海堤加固，年内持续推进。", ("年内持续推进", "rolling", None)),
        ("长期坚持。", ("长期坚持", "rolling", None)),
    ],
)
def test_that_a_deadline_is_read_with_its_kind_and_date(text: str, row: Row) -> None:
    assert read(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "持续推进旧港改造。",
        "推进2027年建成的项目前期。",
        "2028年海洋大会筹备启动。",
        "三期2025年建成。",
        "南港2026年项目投用。",
        "2025年以来稳步增长。",
        "较2026年提高3个百分点。",
        "比2027年底增长。",
        "办好2026年航海节。",
        "落实2026年度计划。",
        "2024年建成的泊位。",
        "到2025年建成。",
        "2031年远景目标。",
        "今年是开局之年。",
        "今年以来势头良好。",
        "完成全年目标任务。",
        "编制“十五五”规划。",
        "巩固“十四五”末成果。",
        "落实《2026年底前行动》要求。",
        "5月1日起施行。",
        "1—11月增长。",
        "13月底前完成。",
        "2月30日前完成。",
        "实施三年行动。",
        "目前进展良好。",
        "半年总结。",
        "开展规划中期评估。",
        "补助提高到每人每月900元。",
        "补助提高到每人每年900元。",
    ],
)
def test_that_years_of_bases_names_and_the_past_are_none(text: str) -> None:
    assert read(text) == []


def test_that_in_a_plan_a_year_bounds_and_the_last_one_ends_it() -> None:
    assert read("到2027年，建成南港；2030年入园率提高。", 2026, 2030) == [
        ("到2027年", "explicit", date(2027, 12, 31)),
        ("2030年", "plan_end", date(2030, 12, 31)),
    ]
    assert read("到2030年6月底前建成。", 2026, 2030) == [("到2030年6月底前", "plan_end", date(2030, 6, 30))]


def test_that_several_come_in_order_and_the_longer_one_wins() -> None:
    assert [row[0] for row in read("上半年开工、三季度末封顶，年底前投用，今年年底前验收。")] == [
        "上半年",
        "三季度末",
        "年底前",
        "今年年底前",
    ]


@settings(max_examples=200)
@given(
    st.text(
        alphabet="到至20261234567890年月日底前末上下半季度一二三十五“”今明全内每用时间汛持续推进，。—",
        max_size=40,
    )
)
def test_that_any_text_is_read_without_overlaps(text: str) -> None:
    found = [span for span, _, _ in deadlines(fold(text), 2026, 2030)]
    assert all(a.end <= b.start for a, b in pairwise(found))
