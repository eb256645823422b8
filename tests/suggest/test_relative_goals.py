import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.suggest.relative_goals import relative_goals
from app.suggest.sentences import fold


def read(text: str) -> list[tuple[str, str, str, str | None]]:
    """Span, indicator, comparator and direction."""
    folded = fold(text)
    return [
        (
            text[g.span.start : g.span.end],
            g.indicator,
            g.comparator.value,
            g.direction.value if g.direction else None,
        )
        for g in relative_goals(folded)
    ]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("进出口增长9%左右、增速高于全市平均。", ("高于全市平均", "进出口增速", "gt_ref", "up")),
        ("投资增长8%左右、渔民收入与经济增长同步。", ("与经济增长同步", "渔民收入", "sync", "up")),
        ("渔港收入与上年持平。", ("与上年持平", "渔港收入", "sync", None)),
        ("渔民收入增长与经济增长同步。", ("与经济增长同步", "渔民收入增长", "sync", "up")),
        ("居民收入和经济增长基本同步，", ("和经济增长基本同步", "居民收入", "sync", "up")),
        ("居民收入与经济同步增长；", ("与经济同步增长", "居民收入", "sync", "up")),
        ("渔民收入增速高于渔业增长速度。", ("高于渔业增长速度", "渔民收入增速", "gt_ref", "up")),
        ("研发投入强度高于全市平均水平，", ("高于全市平均水平", "研发投入强度", "gt_ref", None)),
        ("进出口增速快于全国、全省平均水平。", ("快于全国、全省平均水平", "进出口增速", "gt_ref", "up")),
        (
            "渔业投资（不含围填海）增速高于全部投资；",
            ("高于全部投资", "渔业投资（不含围填海）增速", "gt_ref", "up"),
        ),
        ("全员劳动生产率增速高于地区生产总值。", ("高于地区生产总值", "全员劳动生产率增速", "gt_ref", "up")),
        (
            "减排指标控制在省政府下达的范围之内。",
            ("控制在省政府下达的范围之内", "减排指标", "assigned", None),
        ),
        ("单位能耗降幅优于全市平均。", ("优于全市平均", "单位能耗降幅", "gt_ref", "down")),
        ("完成市下达的节水减排任务。", ("完成市下达的节水减排任务", "节水减排任务", "assigned", None)),
        ("主要污染物排放完成省下达目标。", ("完成省下达目标", "主要污染物排放", "assigned", None)),
        ("全面完成年度控债任务。", ("完成年度控债任务", "年度控债任务", "assigned", None)),
        ("努力完成县委确定的奋斗目标。", ("完成县委确定的奋斗目标", "县委确定的奋斗目标", "assigned", None)),
        ("近岸水质、优良天数达到市目标要求。", ("达到市目标要求", "近岸水质、优良天数", "assigned", None)),
        ("能耗强度控制在省下达指标以内。", ("控制在省下达指标以内", "能耗强度", "assigned", None)),
        ("确保就业目标任务完成。", ("就业目标任务完成", "就业目标任务", "assigned", None)),
        ("减排完成“十五五”目标任务。", ("完成“十五五”目标任务", "减排", "assigned", None)),
        ("渔业产值增速与省持平，", ("与省持平", "渔业产值增速", "sync", "up")),
        ("预算总量与上年持平。", ("与上年持平", "预算总量", "sync", None)),
        (
            "完成能耗强度降低和煤炭消费压减任务。",
            ("完成能耗强度降低和煤炭消费压减任务", "能耗强度降低和煤炭消费压减任务", "assigned", None),
        ),
        (
            "完成省下达的节能减排约束性指标和近岸海域环境质量改善目标。",
            (
                "完成省下达的节能减排约束性指标和近岸海域环境质量改善目标",
                "节能减排约束性指标和近岸海域环境质量改善目标",
                "assigned",
                None,
            ),
        ),
    ],
)
def test_that_a_goal_without_a_number_is_found(text: str, goal: tuple[str, str, str, str | None]) -> None:
    assert read(text) == [goal]


@pytest.mark.parametrize(
    "text",
    [
        "坚持与项目同步规划、同步建设。",
        "同步推进港区改造。",
        "与经济增长同步。",
        "增速高于6%。",
        "高于平均水平的企业给予奖励。",
        "超过30家企业参展。",
        "完成各项目标任务。",
        "奋力完成全区各项任务。",
        "高质量完成改革提升行动任务。",
        "确保攻坚任务如期全面完成。",
        "达到国内先进水平。",
        "完成主体工程建设。",
        "完成渔港改造和航道疏浚任务。",
        "价格基本持平。",
    ],
)
def test_that_work_in_step_numbers_and_plain_tasks_are_no_goals(text: str) -> None:
    assert read(text) == []


def test_that_each_clause_may_hold_a_goal() -> None:
    found = read("收入增长与经济增长同步，减排完成市下达目标。")
    assert [goal[2] for goal in found] == ["sync", "assigned"]


@settings(max_examples=150)
@given(
    st.text(
        alphabet="与和同步经济增长高于全市平均水平完成达到下达的目标任务要求，。、十五“”年度", max_size=50
    )
)
def test_that_any_text_is_read(text: str) -> None:
    for goal in relative_goals(fold(text)):
        assert goal.indicator
        assert 0 <= goal.span.start < goal.span.end <= len(text)


def test_that_one_rate_may_be_held_against_two_references() -> None:
    assert read("渔民收入增速高于全市平均水平、快于城镇居民收入增速；") == [
        ("高于全市平均水平", "渔民收入增速", "gt_ref", "up"),
        ("快于城镇居民收入增速", "渔民收入增速", "gt_ref", "up"),
    ]
    assert read("渔民收入增长与经济增长同步、高于全市平均。")[1:] == []


@pytest.mark.parametrize("text", ["渔港层次高于周边港区。", "渔业产值增速高于6%。", "增速明显，好于往年。"])
def test_that_only_a_growth_is_held_against_just_anything(text: str) -> None:
    assert read(text) == []


ABOVE = ["党中央", "中央", "国家", "上级", "全省", "全市", "全区", "全县", "省委", "市委", "区委", "县委", "省", "市", "区", "县",
         "州", "自治区"]  # fmt: skip
GOALS = ["目标任务", "任务目标", "目标要求", "工作任务", "任务", "目标", "指标", "要求"]


def spans(text: str) -> list[str]:
    return [text[g.span.start : g.span.end] for g in relative_goals(fold(text))]


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("goal", GOALS)
def test_that_whoever_sets_it_and_whatever_it_is_called_it_is_assigned(above: str, goal: str) -> None:
    for way in ("下达", "确定的", "级安排", "控"):
        assert spans(f"渔业产值完成{above}{way}{goal}。") == [f"完成{above}{way}{goal}"]


@pytest.mark.parametrize(
    "set_", ["下达", "确定", "安排", "考核", "年度", "规划", "既定", "约束性", "“十五五”", "定"]
)
def test_that_what_is_set_without_a_word_by_whom_is_assigned(set_: str) -> None:
    assert spans(f"渔业产值完成{set_}目标。") == [f"完成{set_}目标"]


@pytest.mark.parametrize("quota", ["节能", "减排", "降碳", "能耗", "煤炭消费", "碳排放", "化债"])
def test_that_some_quotas_are_always_set_from_above(quota: str) -> None:
    assert spans(f"完成{quota}指标。") == [f"完成{quota}指标"]
    assert spans("完成养殖指标。") == []


@pytest.mark.parametrize(
    "what",
    [
        "目标要求", "考核要求", "考核目标", "要求", "目标", "任务", "指标", "要求范围", "下达的范围",
        "确定指标以内",
    ],
)  # fmt: skip
@pytest.mark.parametrize("verb", ["达到", "符合", "控制在", "满足"])
def test_that_a_standard_of_others_is_reached_kept_or_met(verb: str, what: str) -> None:
    assert spans(f"渔港水质{verb}国家{what}。") == [f"{verb}国家{what}"]


@pytest.mark.parametrize(
    "than", ["不低于", "略高于", "高于", "快于", "优于", "好于", "高出", "超过", "跑赢", "低于"]
)
@pytest.mark.parametrize(
    "what", ["平均", "增速", "增长", "速度", "水平", "GDP", "涨幅", "经济", "上年", "去年"]
)
def test_that_a_goal_is_held_against_a_reference(than: str, what: str) -> None:
    assert spans(f"渔业产值{than}全省{what}。") == [f"{than}全省{what}"]
    assert spans(f"渔业产值{than}3亿元{what}。") == []


@pytest.mark.parametrize("rate", ["增速", "增长", "增幅", "涨幅", "升幅"])
@pytest.mark.parametrize("than", ["不低于", "高于", "快于", "优于", "好于", "跑赢"])
def test_that_a_growth_is_held_against_anything_that_grows(rate: str, than: str) -> None:
    assert spans(f"渔业产值{rate}{than}全部投资。") == [f"{than}全部投资"]
    assert spans(f"渔业产值{than}全部投资。") == []


@pytest.mark.parametrize(
    "how", ["同步", "同步增长", "同步提高", "同步提升", "持平", "保持同步", "基本同步", "保持基本同步"]
)
@pytest.mark.parametrize("with_", "与和同")
def test_that_in_step_with_something_is_told_whole(with_: str, how: str) -> None:
    assert spans(f"渔民收入{with_}海洋产值{how}。") == [f"{with_}海洋产值{how}"]


@pytest.mark.parametrize("place", ["全国", "全省", "全市", "全区", "全县"])
def test_that_a_reference_goes_on_behind_a_comma_of_places(place: str) -> None:
    assert spans(f"渔业产值增速高于全域、{place}平均。") == [f"高于全域、{place}平均"]
    assert spans("渔业产值增速高于全域平均、渔港平均。") == ["高于全域平均"]
