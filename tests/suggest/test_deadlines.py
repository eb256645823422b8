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


DONE = ["建成", "完成", "完工", "投用", "投产", "投入使用", "通车", "竣工", "开工", "交付", "启用", "达产"]
SINCE = ["起", "以来", "至今", "开始", "—2027年", "-2027年", "~2027年", "至2027年", "到2027年"]
EVENTS = [
    "“八一”", "“五一”黄金周", "国庆黄金周",
    "入汛", "主汛期", "汛期", "汛", "春节", "元旦", "国庆", "国庆节", "“五一”", "“十一”", "五一", "中秋",
    "中秋节", "双节", "“七一”", "端午", "供暖季", "采暖季", "供暖期", "供热季", "冬季供暖", "入冬", "秋季开学",
    "春季开学", "开学", "高考", "暑期", "暑假", "秋收", "春耕", "三夏", "雨季", "台风季", "上冻", "“两会”",
    "两会", "迎峰度夏", "迎峰度冬", "度夏",
]  # fmt: skip


@pytest.mark.parametrize("how", ["", "全面", "全部", "基本", "力争", "正式", "实现"])
@pytest.mark.parametrize("done", DONE)
def test_that_any_year_by_which_something_is_there_says_when(how: str, done: str) -> None:
    assert read(f"二期工程2028年{how}{done}。") == [("2028年", "during", date(2028, 12, 31))]
    assert read(f"推进2028年{how}{done}的项目前期。") == []


@pytest.mark.parametrize("word", ["力争", "确保", "争取", "计划", "预计", "建议"])
def test_that_a_year_behind_a_word_of_intent_bounds_as_at_a_clauses_start(word: str) -> None:
    assert read(f"{word}2026年扩大港区。") == [("2026年", "during", YEAR_END)]
    assert read(f"（{word}2027年扩大港区。") == []


@pytest.mark.parametrize("mark", "，。；：、（")
def test_that_a_year_behind_a_mark_stands_at_a_clauses_start(mark: str) -> None:
    found = read(f"扩大港区{mark}2026年增开航线。")
    assert found == ([] if mark == "（" else [("2026年", "during", YEAR_END)])
    assert read(f"扩大港区{mark}力争2026年增开航线。") == [("2026年", "during", YEAR_END)]


@pytest.mark.parametrize("base", [*"较比与自从于以（(—~-", "同比", "相比", "对比"])
def test_that_what_is_compared_with_or_counted_from_is_no_deadline(base: str) -> None:
    assert read(f"吞吐量{base}2027年底增加。") == []
    assert read(f"吞吐量{base}6月底增加。") == []


@pytest.mark.parametrize("behind", SINCE)
def test_that_the_beginning_of_a_time_is_no_deadline(behind: str) -> None:
    assert "2026年" not in [row[0] for row in read(f"2026年{behind}稳步增长。")]
    assert "6月" not in [row[0] for row in read(f"6月{behind}稳步增长。")]


@pytest.mark.parametrize(
    "behind",
    ["版目录", "度计划", "工作要点", "政府采购", "基础上", "水平", "第一季", "二季", "3季", "四季", "期间"],
)
def test_that_a_year_may_belong_to_what_follows(behind: str) -> None:
    assert "2026年" not in [row[0] for row in read(f"2026年{behind}落实。")]


@pytest.mark.parametrize("before", ["之前", "以前", "前"])
@pytest.mark.parametrize(
    ("time", "due"),
    [
        ("6月底", date(2026, 6, 30)),
        ("到6月", date(2026, 6, 30)),
        ("至6月", date(2026, 6, 30)),
        ("6月份", date(2026, 6, 30)),
        ("6月末", date(2026, 6, 30)),
        ("6月下旬", date(2026, 6, 30)),
        ("2027年6月", date(2027, 6, 30)),
        ("今年6月", date(2026, 6, 30)),
        ("本年6月", date(2026, 6, 30)),
        ("当年6月", date(2026, 6, 30)),
        ("明年6月", date(2027, 6, 30)),
        ("1月", date(2026, 1, 31)),
        ("12月1日", date(2026, 12, 1)),
        ("至2027年", date(2027, 12, 31)),
        ("2027年末", date(2027, 12, 31)),
        ("2100年底", date(2100, 12, 31)),
        ("到年底", YEAR_END),
        ("至年末", YEAR_END),
        ("本年年底", YEAR_END),
        ("明年年底", date(2027, 12, 31)),
        ("到今年底", YEAR_END),
        ("至明年底", date(2027, 12, 31)),
        ("到下半年末", YEAR_END),
        ("明年上半年底", date(2027, 6, 30)),
        ("到一季度末", date(2026, 3, 31)),
        ("第4季度底", YEAR_END),
        ("至明年第2季度", date(2027, 6, 30)),
        ("前二季度末", date(2026, 6, 30)),
    ],
)
def test_that_by_when_is_told_with_and_without_a_word_for_before(time: str, due: date, before: str) -> None:
    assert read(f"{time}{before}完成。") == [(f"{time}{before}", "explicit", due)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("2024—2027年建成。", ("2024—2027年", "during", date(2027, 12, 31))),
        ("2024年至2027年建成。", ("2024年至2027年", "during", date(2027, 12, 31))),
        ("2024-2027年建成。", ("2024-2027年", "during", date(2027, 12, 31))),
        ("2024~2027年建成。", ("2024~2027年", "during", date(2027, 12, 31))),
        ("2024到2027年建成。", ("2024到2027年", "during", date(2027, 12, 31))),
        ("今年内开通。", ("今年内", "during", YEAR_END)),
        ("本年度内开通。", ("本年度内", "during", YEAR_END)),
        ("年度内开通。", ("年度内", "during", YEAR_END)),
        ("在“十五五”期间，做强港口。", ("在“十五五”期间", "during", date(2030, 12, 31))),
        ("到“十五五”规划时期末建成。", ("到“十五五”规划时期末", "plan_end", date(2030, 12, 31))),
        ("至“十五五”末建成。", ("至“十五五”末", "plan_end", date(2030, 12, 31))),
        ("利用两年左右的时间整治。", ("利用两年左右的时间", "during", date(2027, 12, 31))),
        ("用3至5年时间整治。", ("用3至5年时间", "during", None)),
        ("三到五年内整治。", ("三到五年内", "during", None)),
        ("三—五年内整治。", ("三—五年内", "during", None)),
        ("1年内整治。", ("1年内", "during", YEAR_END)),
        ("30年内整治。", ("30年内", "during", date(2055, 12, 31))),
        ("十二年内整治。", ("十二年内", "during", date(2037, 12, 31))),
        ("规划执行初期，抓好开局。", ("规划执行初期", "during", None)),
        ("在规划实施的末期总结。", ("在规划实施的末期", "during", None)),
    ],
)
def test_that_a_time_during_which_is_told_by_its_end(text: str, row: Row) -> None:
    assert read(text) == [row]


@pytest.mark.parametrize(
    "text", ["2101年底前建成。", "0月底前建成。", "31年内整治。", "0年内整治。", "6月0日前完成。"]
)
def test_that_what_lies_beyond_every_plan_or_no_calendar_has_is_none(text: str) -> None:
    assert read(text) == []


def test_that_what_ended_before_the_reports_first_year_is_none() -> None:
    for text in ("“十四五”末建成。", "2025年6月底前建成。", "2025年上半年建成。", "2025年二季度末建成。"):
        assert read(text, 2026, 2026) == []
        assert len(read(text, 2025, 2025)) == 1


@pytest.mark.parametrize("word", ["是", "以来", "的工作", "工作", "政府工作", "要重点", "要着力"])
def test_that_this_year_as_a_subject_is_no_deadline(word: str) -> None:
    assert read(f"今年{word}抓港口。") == []


@pytest.mark.parametrize("word", ["目标", "任务", "工作", "经济", "各项"])
def test_that_the_whole_years_goals_are_no_deadline(word: str) -> None:
    assert read(f"完成全年{word}。") == []


@pytest.mark.parametrize(
    "often",
    [
        "每半年", "每季度", "每个季度", "每学期", "每学年", "每两年", "每二年", "每三年", "每年", "每月", "每周",
        "每天", "每日", "每年10日前", "按季度", "按季", "按月",
    ],
)  # fmt: skip
def test_that_how_often_is_told_whole(often: str) -> None:
    assert read(f"{often}调度。") == [(often, "recurring", None)]


@pytest.mark.parametrize("behind", ["前", "之前", "到来前", "来临之前", "开始前"])
@pytest.mark.parametrize("event", EVENTS)
def test_that_before_an_event_is_told_whole(event: str, behind: str) -> None:
    assert read(f"{event}{behind}完成。") == [(f"{event}{behind}", "event", None)]


@pytest.mark.parametrize("act", ["推进", "坚持", "实施", "开展", "抓好", "落实"])
@pytest.mark.parametrize("how", ["持续", "长期", "常态化"])
@pytest.mark.parametrize("time", ["", "年内", "全年", "长期"])
def test_that_work_without_an_end_is_told_at_a_clauses_start_only(time: str, how: str, act: str) -> None:
    whole = f"{time}{how}{act}"
    for text in (
        whole,
        f"清理岸线，{whole}；",
        f"清理岸线；{whole}。",
        f"清理岸线、{whole}，",
        f"（{whole}）",
    ):
        assert read(text) == [(whole, "rolling", None)]
    assert "rolling" not in [row[1] for row in read(f"岸线{whole}。{whole}清理。")]


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("今后五年，新建泊位9个。", "今后五年"),
        ("未来五年新建泊位9个。", "未来五年"),
        ("五年累计新建泊位9个。", "五年"),
        ("渔业产值五年翻一番。", "五年"),
        ("渔业产值五年内翻番。", "五年内"),
    ],
)
def test_that_five_years_to_come_end_with_the_plan(text: str, words: str) -> None:
    due = date(2030, 12, 31)
    assert read(text) == [(words, "during", due)]
    assert read(text, 2026, 2030) == [(words, "during", due)]


@pytest.mark.parametrize(
    "text",
    ["过去五年累计新建泊位9个。", "落实未来五年规划。", "今后五年是关键期。", "十五年累计。", "五年发展。"],
)
def test_that_other_five_years_are_no_deadline(text: str) -> None:
    assert read(text) == []


def test_that_the_plans_own_end_ends_the_five_years() -> None:
    assert read("五年累计新建泊位9个。", 2025, 2028) == [("五年", "during", date(2028, 12, 31))]


@pytest.mark.parametrize("before", ["前", "以前", "之前"])
@pytest.mark.parametrize(
    ("time", "first", "last", "due"),
    [
        ("2028年", 2026, 2026, date(2027, 12, 31)),
        ("2027年", 2026, 2026, date(2026, 12, 31)),
        ("2026年", 2026, 2026, date(2026, 12, 31)),
        ("2029年", 2026, 2030, date(2028, 12, 31)),
        ("2030年", 2026, 2030, date(2030, 12, 31)),
        ("2031年", 2026, 2030, date(2030, 12, 31)),
        ("到2028年", 2026, 2026, date(2028, 12, 31)),
        ("2028年底", 2026, 2026, date(2028, 12, 31)),
    ],
)
def test_that_before_a_year_is_over_with_the_one_before_it(
    time: str, first: int, last: int, due: date, before: str
) -> None:
    assert [row[2] for row in read(f"{time}{before}建成。", first, last)] == [due]


@pytest.mark.parametrize("opens", ["召开", "开幕", "开赛", "开园"])
@pytest.mark.parametrize("start", ["", "修缮码头，", "修缮码头，确保", "力争"])
def test_that_what_opens_on_a_day_of_its_own_is_an_event(start: str, opens: str) -> None:
    assert read(f"{start}第三届渔港大会{opens}前完工。") == [(f"第三届渔港大会{opens}前", "event", None)]
    assert read(f"{start}第三届渔港大会{opens}后完工。") == []


@pytest.mark.parametrize("verb", ["新增", "统筹", "投入", "完成", "建成", "引进", "培育", "安排", "力争"])
def test_that_five_years_bound_what_a_clause_begins_with(verb: str) -> None:
    assert read(f"疏浚航道，五年{verb}泊位。", 2026, 2030) == [("五年", "during", date(2030, 12, 31))]
    assert read(f"疏浚五年{verb}泊位。", 2026, 2030) == []


def test_that_the_term_from_which_something_holds_is_no_deadline() -> None:
    assert read("2028年秋季学期起免费。") == read("2028年春季起免费。") == []
