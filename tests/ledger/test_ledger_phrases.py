"""Targets and deadlines in the office's words."""

from datetime import date

import pytest

from app.domain.phrases import deadline_words, due_words, figure_words, number_words, target_words
from app.domain.spans import Span
from app.domain.tasks import (
    Comparator,
    Deadline,
    DeadlineKind,
    Direction,
    Tag,
    TagKind,
    Target,
    Value,
)

C = Comparator
UP, DOWN, LEVEL = Direction.UP, Direction.DOWN, Direction.LEVEL
YEAR_END = date(2026, 12, 31)


def a_tag(kind: TagKind, text: str, value: Value) -> Tag:
    return Tag("t", "l", "k", kind, (Span(0, 1),), text, value, version=1)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0, "起", "0"),
        (1620, "个", "1620"),
        (9999, "个", "9999"),
        (10000, "亩", "1万"),
        (16500, "人", "1.65万"),
        (12345, "户", "12345"),
        (12340, "户", "12340"),
        (12300, "户", "1.23万"),
        (800000, "平方米", "80万"),
        (31e6, "人次", "3100万"),
        (99990000, "元", "9999万"),
        (1e8, "元", "1亿"),
        (2.3 * 1e8, "元", "2.3亿"),
        (123_456_0000, "元", "123456万"),
        (123_456_789, "元", "123456789"),
        (5e10, "元", "500亿"),
        (1.5e12, "元", "15000亿"),
        (5.8, "%", "5.8"),
        (0.1 + 0.2, "%", "0.3"),
        (10000, "%", "10000"),
        (20000, "百分点", "20000"),
        (-20000, "人", "-2万"),
        (100, "件", "100"),
    ],
)
def test_that_a_number_reads_as_an_office_writes_it(value: float, unit: str, words: str) -> None:
    assert number_words(value, unit) == words


@pytest.mark.parametrize(
    ("target", "text", "line"),
    [
        (Target("海洋专利成交额", C.GT, 1e10, None, "元"), "突破100亿元", "海洋专利成交额 突破100亿元"),
        (Target("总投资", C.GT, 5e10, None, "元"), "超过500亿元", "总投资 超过500亿元"),
        (Target("绿地率", C.GT, 35, None, "%", LEVEL), "高于35%", "绿地率 高于35%"),
        (Target("空气质量", C.GT, 3, None, "级"), "优于3级", "空气质量 优于3级"),
        (Target("总投资", C.GT, 5e10, None, "元"), "", "总投资 超过500亿元"),
        (Target("储备项目", C.GE, 110, None, "个"), "110个以上", "储备项目 110个以上"),
        (Target("储备项目", C.GE, 110, None, "个"), "不少于110个", "储备项目 不少于110个"),
        (Target("达标率", C.GE, 95, None, "%", LEVEL), "不低于95%", "达标率 不低于95%"),
        (Target("服务企业", C.GE, 1000, None, "家"), "至少1000家", "服务企业 至少1000家"),
        (Target("储备项目", C.GE, 110, None, "个"), "110个", "储备项目 110个以上"),
        (Target("岸线自然比例", C.GE, 72.6, None, "%", LEVEL), "达到72.6%以上", "岸线自然比例 达到72.6%以上"),
        (Target("等候时间", C.LE, None, 15, "分钟"), "15分钟以内", "等候时间 15分钟以内"),
        (Target("等候时间", C.LE, None, 15, "分钟"), "不超过15分钟", "等候时间 不超过15分钟"),
        (Target("噪声", C.LE, None, 55, "分贝"), "不高于55分贝", "噪声 不高于55分贝"),
        (Target("城镇调查失业率", C.LE, None, 5, "%", LEVEL), "控制在5%以内", "城镇调查失业率 控制在5%以内"),
        (Target("漏损率", C.LT, None, 8, "%", DOWN), "降至8%以下", "漏损率 降至8%以下"),
        (Target("漏损率", C.LT, None, 8, "%", LEVEL), "低于8%", "漏损率 低于8%"),
        (Target("漏损率", C.LT, None, 8, "%", LEVEL), "8%", "漏损率 8%以下"),
        (Target("地区生产总值增长", C.ABOUT, 5, 5, "%", UP), "5%左右", "地区生产总值增长 5%左右"),
        (Target("客流", C.ABOUT, 2e6, 2e6, "人次"), "200万人次上下", "客流 200万人次上下"),
        (Target("专精特新企业", C.RANGE, 4, 6, "家"), "4—6家", "专精特新企业 4—6家"),
        (Target("专精特新企业", C.RANGE, 6, 6, "家"), "6家", "专精特新企业 6家"),
        (Target("投资增长", C.RANGE, 5, 6, "%", UP), "5—6%", "投资增长 5%—6%"),
        (Target("新增就业", C.RANGE, 8000, 12000, "人"), "", "新增就业 8000人—1.2万人"),
        (Target("新增就业", C.RANGE, 10000, 12000, "人"), "", "新增就业 1万—1.2万人"),
        (Target("投资", C.RANGE, 9e7, 1.2e8, "元"), "", "投资 9000万元—1.2亿元"),
        (Target("增长率", C.RANGE, 3, 4, "‰", LEVEL), "", "增长率 3‰—4‰"),
        (Target("占比提高", C.RANGE, 1, 2, "百分点", UP), "", "占比提高 1—2个百分点"),
        (Target("新增就业", C.EQ, 16500, 16500, "人"), "1.65万人", "新增就业 1.65万人"),
        (Target("货运量", C.EQ, 4e5, 4e5, "吨"), "达到40万吨", "货运量 达到40万吨"),
        (Target("生产安全事故", C.EQ, 0, 0, "起"), "0起", "生产安全事故 0起"),
        (Target("", C.EQ, 20, 20, "项"), "20项", "20项"),
        (Target("储备项目", C.GE, 110, 120, "个"), "", "储备项目 110个以上"),
    ],
)
def test_that_a_target_reads_in_the_offices_words(target: Target, text: str, line: str) -> None:
    assert target_words(a_tag(TagKind.TARGET, text, target)) == line


@pytest.mark.parametrize(
    ("indicator", "unit", "direction", "figure"),
    [
        ("一般公共预算收入", "%", UP, "增长3%"),
        ("一般公共预算收入", "％", UP, "增长3％"),
        ("工业增加值", "%", UP, "增长3%"),
        ("单位能耗", "%", DOWN, "下降3%"),
        ("新兴产业占比", "百分点", UP, "提高3个百分点"),
        ("空置率", "百分点", DOWN, "下降3个百分点"),
        ("空置率", "个百分点", DOWN, "下降3个百分点"),
        ("失业率", "%", LEVEL, "3%"),
        ("失业率", "%", None, "3%"),
        ("一般公共预算收入增长", "%", UP, "3%"),
        ("一般公共预算收入增速", "%", UP, "3%"),
        ("压减能耗", "%", DOWN, "3%"),
        ("能耗降幅", "%", DOWN, "3%"),
        ("企业", "家", UP, "3家"),
    ],
)
def test_that_a_rate_says_where_it_goes_unless_its_indicator_does(
    indicator: str, unit: str, direction: Direction | None, figure: str
) -> None:
    assert figure_words(Target(indicator, C.EQ, 3, 3, unit, direction)) == figure


def test_that_the_comparators_words_follow_the_value_and_not_the_text() -> None:
    assert figure_words(Target("项目", C.LE, None, 90, "个"), "突破100个") == "90个以内"


def test_that_a_sum_over_several_years_is_marked() -> None:
    target = Target("造林", C.EQ, 5000, 5000, "亩", is_cumulative=True)
    assert figure_words(target) == "5000亩（累计）"


@pytest.mark.parametrize(
    ("comparator", "text", "line"),
    [
        (C.SYNC, "与经济增长同步", "居民收入增长 与经济增长同步"),
        (C.SYNC, "", "居民收入增长 保持同步"),
        (C.ASSIGNED, "完成市下达任务", "居民收入增长 完成市下达任务"),
        (C.ASSIGNED, "", "居民收入增长 完成下达任务"),
        (C.GT_REF, "高于全市平均", "居民收入增长 高于全市平均"),
        (C.GT_REF, " ", "居民收入增长 高于参照水平"),
        (C.EQ, "大幅提高", "居民收入增长 大幅提高"),
        (C.EQ, "", "居民收入增长"),
    ],
)
def test_that_a_goal_without_a_number_is_its_own_words(comparator: Comparator, text: str, line: str) -> None:
    assert target_words(a_tag(TagKind.TARGET, text, Target("居民收入增长", comparator))) == line


def test_that_an_indicator_named_in_the_words_is_not_said_twice() -> None:
    target = Target("节能降碳任务", C.ASSIGNED)
    assert (
        target_words(a_tag(TagKind.TARGET, "完成市下达的节能降碳任务", target)) == "完成市下达的节能降碳任务"
    )


def test_that_a_target_nobody_has_valued_is_its_text() -> None:
    assert target_words(a_tag(TagKind.TARGET, " 一批项目 ", None)) == "一批项目"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 12, 31), "2026年12月底前"),
        (date(2026, 12, 30), "2026年12月30日前"),
        (date(2026, 6, 30), "2026年6月底前"),
        (date(2026, 6, 15), "2026年6月15日前"),
        (date(2028, 2, 28), "2028年2月28日前"),
        (date(2028, 2, 29), "2028年2月底前"),
        (date.max, "9999年12月底前"),
    ],
)
def test_that_a_date_is_said_as_a_limit(due: date, words: str) -> None:
    assert due_words(due) == words


K = DeadlineKind


@pytest.mark.parametrize(
    ("value", "text", "words"),
    [
        (Deadline(K.EXPLICIT, date(2026, 6, 30)), "6月底前", "2026年6月底前"),
        (Deadline(K.PLAN_END, date(2030, 12, 31)), "到2030年", "2030年12月底前"),
        (Deadline(K.DURING, date(2026, 12, 31)), "全年", "2026年12月底前"),
        (Deadline(K.DEFAULT_YEAR_END, date(2026, 12, 31)), "年底", "2026年12月底前（默认）"),
        (Deadline(K.ROLLING), "", "持续推进"),
        (Deadline(K.ROLLING, date(2026, 12, 31)), "长期坚持", "长期坚持"),
        (Deadline(K.EVENT), "汛前", "汛前"),
        (Deadline(K.EVENT, date(2026, 5, 31)), "汛前", "汛前（2026年5月底前）"),
        (Deadline(K.EVENT, date(2026, 5, 31)), "", "2026年5月底前"),
        (Deadline(K.RECURRING), "每季度", "每季度"),
        (Deadline(K.RECURRING, date(2026, 12, 31)), "每季度", "每季度（2026年12月底前）"),
        (Deadline(K.EXPLICIT), "尽早", "尽早"),
        (None, "国庆节前", "国庆节前"),
    ],
)
def test_that_a_deadline_reads_as_a_limit_or_as_its_words(
    value: Deadline | None, text: str, words: str
) -> None:
    assert deadline_words(a_tag(TagKind.DEADLINE, text, value), YEAR_END) == words


def test_that_a_missing_deadline_is_the_marked_default() -> None:
    assert deadline_words(None, YEAR_END) == "2026年12月底前（默认）"
    assert deadline_words(None, None) == ""
