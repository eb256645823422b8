import pytest

from app.domain.tasks import Comparator, Direction, Nature, Target
from app.suggest.sentences import fold
from app.suggest.targets import coverage, direction, inferred_unit, targets


def read(text: str, *, is_plan: bool = False) -> list[Target]:
    return [target for _, target, _ in targets(fold(text), is_plan=is_plan)]


def test_that_quantities_and_relative_goals_come_in_text_order_with_their_reasons() -> None:
    text = "增加值增长5%，渔民收入与经济增长同步，完成县下达的减排任务，增速高于全省平均，泊位3个。"
    found = targets(fold(text))
    assert [text[span.start : span.end] for span, _, _ in found] == [
        "5%",
        "与经济增长同步",
        "完成县下达的减排任务",
        "高于全省平均",
        "3个",
    ]
    assert [why for _, _, why in found] == [
        "含目标值",
        "与另一指标同步",
        "上级下达或既定的任务，数值待核",
        "以另一数值为参照",
        "含目标值",
    ]


def test_that_a_goal_inside_a_quantity_is_not_counted_twice() -> None:
    assert [t.comparator for t in read("产能超过全省平均水平20%。")] == [Comparator.EQ]


def test_that_all_fields_of_a_target_are_filled() -> None:
    assert read("航道疏浚率由80%提高到92%（约束性）。") == [
        Target("航道疏浚率", Comparator.EQ, 92.0, 92.0, "%", Direction.UP, Nature.BINDING, "80%")
    ]
    (expected,) = read("航道疏浚率达到92%（预期性）。")
    assert expected.nature is Nature.EXPECTED


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("港口产值增长7%。", Direction.UP),
        ("港口产值年均增幅7%以上。", Direction.UP),
        ("物价涨幅控制在2%以内。", Direction.UP),
        ("单位能耗下降3%。", Direction.DOWN),
        ("压减一般支出5%。", Direction.DOWN),
        ("PM2.5年均浓度降至30微克/立方米。", Direction.DOWN),
        ("PM2.5年均浓度下降到30微克/立方米以下。", Direction.DOWN),
        ("审批材料压减至3件。", Direction.DOWN),
        ("受教育年限提高到12年。", None),
        ("近岸海域优良海水比例达到70%。", Direction.LEVEL),
        ("空气质量优良率达到90%。", Direction.LEVEL),
        ("学生体质健康优良率达到60%。", None),
        ("调查失业率5.5%左右。", Direction.LEVEL),
        ("优良天数比率达到80%。", Direction.LEVEL),
        ("近海断面水质达标率保持100%。", Direction.LEVEL),
        ("设施标准化达标率90%。", None),
        ("毛入园率达到95%。", None),
        ("人口自然增长率3‰以上。", None),
        ("增加学位300个。", None),
        ("提升服务水平达到90%。", None),
        ("渔价涨幅3%以内。", Direction.UP),
        ("渔价指数上涨2%左右。", Direction.UP),
        ("水产出口保持10%以上增长。", Direction.UP),
        ("水产出口保持10%以上份额。", None),
    ],
)
def test_that_a_rate_has_a_direction_and_a_count_has_none(text: str, direction: Direction | None) -> None:
    assert [t.direction for t in read(text)] == [direction]


def test_that_listed_figures_share_a_direction() -> None:
    assert [t.direction for t in read("收入分别增长5%和6%。")] == [Direction.UP, Direction.UP]
    assert [t.direction for t in read("产值增长5%，占比6%。")] == [Direction.UP, None]
    assert [t.direction for t in read("产值增长5%、8个。")] == [Direction.UP, None]
    assert [t.direction for t in read("产值增长5%，力争达到6%。")] == [Direction.UP, Direction.UP]


def test_that_a_rate_in_a_list_with_a_growth_stays_a_level() -> None:
    found = read("登记失业率、渔价涨幅分别控制在5%和3%以内。")
    assert [t.direction for t in found] == [Direction.LEVEL, Direction.UP]
    assert [t.direction for t in read("登记失业率下降1%。")] == [Direction.DOWN]


def test_that_what_a_list_shares_tells_the_direction_of_each() -> None:
    found = read("渔民养老金、救助标准分别提高20元和3%以上。")
    assert [t.direction for t in found] == [None, Direction.UP]
    found = read("渔民养老金、救助占比分别达到20元和3%以上。")
    assert [t.direction for t in found] == [None, None]


def test_that_only_a_plan_sums_up_what_is_cumulative() -> None:
    assert [t.is_cumulative for t in read("累计新增就业5万人。", is_plan=True)] == [True]
    assert [t.is_cumulative for t in read("累计新增就业5万人。")] == [False]
    assert [t.is_cumulative for _, t, _ in targets("累计新增就业5万人。")] == [False]
    assert [t.is_cumulative for t in read("新增就业〔5〕万人。")] == [True]


def test_that_a_bare_power_gets_the_unit_of_its_indicator() -> None:
    assert [t.unit for t in read("常住人口达到60万，总税收达到3亿。")] == ["人", "元"]
    assert [t.unit for t in read("完成29万居民搬迁。")] == ["人"]
    assert inferred_unit("网箱") == ""
    assert [t.unit for t in read("渔民居民收入比缩小到1.7。")] == [""]


def test_that_coverage_goals_are_a_kind_of_their_own() -> None:
    text = "体检全覆盖，积案清零，泊位3个。"
    found = coverage(text)
    assert [(t.indicator, t.low, t.high, t.unit) for _, t, _ in found] == [
        ("体检", 100.0, 100.0, "%"),
        ("积案", 0.0, 0.0, ""),
    ]
    assert len(read(text)) == 1


PEOPLE = ["居民", "村民", "农民", "渔民", "市民", "老年人", "人口", "人数", "就业", "人才", "人员", "职工", "学生", "群众",
          "旅客", "游客", "妇女", "儿童", "残疾人", "劳动力"]  # fmt: skip
MONEY = ["收入", "支出", "税收", "投资", "产值", "贷款", "融资", "进出口", "外资", "内资", "销售额", "营收", "营业", "债",
         "资金", "总额", "GDP", "生产总值"]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "unit"), [*((w, "人") for w in PEOPLE), *((w, "元") for w in MONEY), ("海堤", "")]
)
def test_that_the_unit_of_a_bare_figure_is_told_by_what_it_measures(word: str, unit: str) -> None:
    assert inferred_unit(f"港区{word}数") == unit


@pytest.mark.parametrize(
    "rate",
    ["失业率", "优良天数占比", "优良水体占比", "优良海水占比", "优良水质占比", "水质优良比例", "空气日均优良率", "水质优良率",
     "断面达标率", "水体达标率", "地表水达标率", "集中式饮用水水源达标率", "水体优良占比", "达标天数占比",
     "三类以上水质比例", "Ⅲ类水体比例"],
)  # fmt: skip
def test_that_a_rate_to_be_held_is_a_level(rate: str) -> None:
    assert direction("%", "", rate, "达到") is Direction.LEVEL
    assert direction("%", "", "渔港入网率", "达到") is None
    assert direction("家", "", rate, "达到") is None


@pytest.mark.parametrize("verb", ["下降", "降低", "降", "减少", "压减", "压缩"])
@pytest.mark.parametrize("end", "到至")
def test_that_what_is_lowered_to_a_figure_goes_down_whatever_its_unit(verb: str, end: str) -> None:
    assert direction("天", f"办件时限{verb}{end}", "办件时限", "") is Direction.DOWN
    assert direction("天", f"办件时限{verb}", "办件时限", "") is None


@pytest.mark.parametrize(
    "way", ["提高", "提升", "增加", "增长", "扩大", "降低", "减少", "压减", "缩短", "压缩", "上升"]
)
@pytest.mark.parametrize("start", "从由")
@pytest.mark.parametrize("end", "到至")
def test_that_where_a_goal_starts_from_is_its_baseline(start: str, way: str, end: str) -> None:
    assert [t.baseline for t in read(f"泊位利用率{start}60%{way}{end}70%。")] == ["60%"]
    assert [t.baseline for t in read(f"泊位利用率{start}{'六' * 16}{way}{end}70%。")] == ["六" * 16]
    assert [t.baseline for t in read(f"泊位利用率{start}{'六' * 17}{way}{end}70%。")] == [""]
