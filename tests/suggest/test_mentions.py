import pytest

from app.suggest.mentions import is_assignment, mentions
from app.suggest.sentences import fold


def read(text: str) -> list[tuple[str, str]]:
    folded = fold(text)
    found = mentions(folded)
    assert all(folded[m.span.start : m.span.end] == m.name for m in found)
    return [(m.name, m.role.value) for m in found]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            "建成码头。（区交通局牵头，区财政局、望海街配合，年底前完成）",
            [("区交通局", "lead"), ("区财政局", "support"), ("望海街", "support")],
        ),
        (
            "建成码头。（区交通局牵头，区财政局，各街道按职责分工负责）",
            [("区交通局", "lead"), ("区财政局", "support"), ("各街道", "support")],
        ),
        ("建成码头（区交通局、区水务局负责）。", [("区交通局", "lead"), ("区水务局", "support")]),
        ("办好航海节。（区财政局配合）", [("区财政局", "support")]),
        (
            "（责任单位：区教育局；配合单位：区财政局、区人社局）",
            [("区教育局", "lead"), ("区财政局", "support"), ("区人社局", "support")],
        ),
        ("责任单位：区住建局、区城管委", [("区住建局", "lead"), ("区城管委", "support")]),
        ("由区发改委牵头推进。", [("区发改委", "lead")]),
        (
            "由区科技局牵头，区工信局、区财政局配合，建成中心。",
            [("区科技局", "lead"), ("区工信局", "support"), ("区财政局", "support")],
        ),
        (
            "由云港区政府、云港大学和海港保税区共同发起成立联盟。",
            [("云港区政府", "actor"), ("云港大学", "actor"), ("海港保税区", "actor")],
        ),
        ("由区财政专门设立资金。", [("区财政", "actor")]),
        ("区财政设立渔业资金，区发改委牵头制定方案。", [("区财政", "actor"), ("区发改委", "lead")]),
        ("成立港区建设指挥部，倒排工期。", [("港区建设指挥部", "actor")]),
    ],
)
def test_that_bodies_given_something_to_do_are_found(text: str, bodies: list[tuple[str, str]]) -> None:
    assert read(text) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "推动渔业由大变强，由专家共同评审。",
        "由市场主导资源配置。",
        "加强与区交通局协作。",
        "压实责任，负责到底（含二期）。",
        "政企协同，校企配合，共同推进。",
        "落实责任单位责任人。",
        "支持企业牵头攻关，区内企业牵头组建联合体，市场自主设立网点。",
    ],
)
def test_that_near_misses_name_nobody(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "责任单位：区教育局。",
        "（责任单位：区教育局）",
        "完成时限：6月底",
        "【牵头领导】：张区长",
        "时限要求：长期坚持",
    ],
)
def test_that_a_line_may_only_say_whose_the_work_is_and_by_when(text: str) -> None:
    assert is_assignment(fold(text))


@pytest.mark.parametrize(
    "text", ["压实责任单位责任。", "责任单位要倒排工期。", "完成时间节点任务：开工。", "区教育局负责"]
)
def test_that_work_is_not_taken_for_such_a_line(text: str) -> None:
    assert not is_assignment(fold(text))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        # a bracket within a name
        (
            "疏浚内河。（市水务局牵头，市财政局，各县（市、区）政府配合）",
            [("市水务局", "lead"), ("市财政局", "support"), ("各县（市、区）政府", "support")],
        ),
        (
            "责任单位：市海事局、各县（市）人民政府",
            [("市海事局", "lead"), ("各县（市）人民政府", "support")],
        ),
        # other brackets
        ("疏浚内河。【市水务局牵头，各区配合】", [("市水务局", "lead"), ("各区", "support")]),
        ("[责任单位：市水务局]", [("市水务局", "lead")]),
        # commas and spaces go on with bodies, and with nothing else
        (
            "责任单位：市水务局，北湾经开区管委会，9月底前完工",
            [("市水务局", "lead"), ("北湾经开区管委会", "support")],
        ),
        (
            "牵头单位：市渔业局　配合单位：市商务局 市财政局",
            [("市渔业局", "lead"), ("市商务局", "support"), ("市财政局", "support")],
        ),
        # behind the body that leads, those responsible support
        (
            "（牵头单位：市渔业局；责任单位：市商务局、市科技局）",
            [("市渔业局", "lead"), ("市商务局", "support"), ("市科技局", "support")],
        ),
        # how they share the work is no part of a name
        (
            "（责任单位：市渔业局、市商务局等按职责分工负责）",
            [("市渔业局", "lead"), ("市商务局", "support")],
        ),
        (
            "（责任单位：市渔业局牵头，市商务局等部门配合）",
            [("市渔业局", "lead"), ("市商务局", "support")],
        ),
        (
            "疏浚内河（市水务局牵头，各相关部门配合）。",
            [("市水务局", "lead"), ("各相关部门", "support")],
        ),
        # nothing but offices in a bracket
        ("疏浚内河。（市水务局、团市委）", [("市水务局", "lead"), ("团市委", "support")]),
        ("疏浚内河（市水务局，各有关单位）。", [("市水务局", "lead")]),
        ("疏浚内河5公里（市水务局）", [("市水务局", "lead")]),
        # a numbered clause, and 会同
        ("12.市渔业局负责，办好开渔节。", [("市渔业局", "lead")]),
        ("由市渔业局会同市财政局，修订办法。", [("市渔业局", "lead")]),
    ],
)
def test_that_bodies_are_found_in_the_manners_of_assignments(
    text: str, bodies: list[tuple[str, str]]
) -> None:
    assert read(text) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "组建市渔业局（市海洋办）。",
        "疏浚内河（市域东段、市域西段）。",
        "疏浚内河（市水务局、东段）。",
        "（市水务局）疏浚内河。",
        "提升口岸服务（含市口岸办）。",
    ],
)
def test_that_a_bracket_with_anything_else_names_nobody(text: str) -> None:
    assert read(text) == []


def test_that_a_bracket_of_offices_alone_is_an_assignment_and_another_is_not() -> None:
    assert is_assignment("（市水务局、市财政局）")
    assert is_assignment("（市水务局牵头，市财政局配合）")
    assert not is_assignment("（市水务局负责）疏浚内河。")
    assert not is_assignment("（市域东段）")
    assert not is_assignment("（市水务局）疏浚内河。")


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        # who of a list leads
        ("牵头单位：市渔业局（牵头）、市商务局", [("市渔业局", "lead"), ("市商务局", "support")]),
        ("责任单位：市商务局、市渔业局（牵头）", [("市商务局", "support"), ("市渔业局", "lead")]),
        (
            "责任单位：市商务局、市渔业局（第一位的为牵头单位）",
            [("市商务局", "lead"), ("市渔业局", "support")],
        ),
        # which bodies are meant
        ("责任单位：市渔业局，各镇（街道）", [("市渔业局", "lead"), ("各镇（街道）", "support")]),
        ("责任单位：市渔业局；各区政府", [("市渔业局", "lead"), ("各区政府", "support")]),
        # one role behind another without a comma
        (
            "办好开渔节。（市渔业局牵头、市商务局参与，全年推进）",
            [("市渔业局", "lead"), ("市商务局", "support")],
        ),
        # offices without their level, and by when
        ("疏浚内河。（公安分局、市水务局）", [("公安分局", "lead"), ("市水务局", "support")]),
        ("疏浚内河。（云港海事局）", [("云港海事局", "lead")]),
        ("疏浚内河。（市水务局、市城管局，年底前完成）", [("市水务局", "lead"), ("市城管局", "support")]),
        ("疏浚内河。（市水务局，市城管局）", [("市水务局", "lead"), ("市城管局", "support")]),
        # other brackets, labels and marks
        ("疏浚内河。〔市水务局、市城管局负责〕", [("市水务局", "lead"), ("市城管局", "support")]),
        ("牵头责任单位：市水务局。", [("市水务局", "lead")]),
        ("协同责任单位：市水务局、市城管局。", [("市水务局", "support"), ("市城管局", "support")]),
        ("主办：市水务局；协办：市城管局。", [("市水务局", "lead"), ("市城管局", "support")]),
        ("★牵头单位：市水务局★配合单位：市城管局", [("市水务局", "lead"), ("市城管局", "support")]),
    ],
)
def test_that_bodies_are_found_in_further_manners(text: str, bodies: list[tuple[str, str]]) -> None:
    assert read(text) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "优化岸线（全面布局）。",
        "修缮展馆（含海洋局旧址）。",
        "成立机构（以下简称渔管委）。",
        "建设渔港（公安局，三期）。",
    ],
)
def test_that_a_bracket_of_something_else_names_nobody(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "由市水务局牵头，市城管局配合。",
        "由市水务局负责。",
        "牵头负责领导：林远。",
        "项目责任人：林远",
        "协办：市城管局",
        "〔责任单位：市水务局〕",
        "（有多个责任单位的，排在第一位的为牵头单位）",
        "（市水务局、市城管局，长期坚持）",
    ],
)
def test_that_a_line_in_further_manners_assigns_work(text: str) -> None:
    assert is_assignment(fold(text))


@pytest.mark.parametrize(
    "text", ["由市水务局牵头，疏浚内河。", "由专家牵头，渔民配合。", "（市水务局，三期工程）", "主办渔民节。"]
)
def test_that_work_in_further_manners_is_no_such_line(text: str) -> None:
    assert not is_assignment(fold(text))


@pytest.mark.parametrize(
    "who", ["牵头", "责任", "主办", "配合", "协办", "协同", "参加", "承办", "实施", "分管", "项目"]
)
@pytest.mark.parametrize("what", ["单位", "部门", "主体", "领导", "人", "负责人", "责任单位"])
def test_that_every_label_of_an_owner_assigns_work(who: str, what: str) -> None:
    assert is_assignment(f"{who}{what}：林远")
    assert not is_assignment(f"{who}{what}要尽责")


@pytest.mark.parametrize(
    "office",
    [
        "公安分局",
        "海事局",
        "海港管理委员会",
        "卫健委",
        "海港管委会",
        "渔业联合会",
        "云港总工会",
        "云港妇联",
        "云港残联",
        "交警支队",
        "消防大队",
    ],
)
def test_that_an_office_needs_no_word_for_its_level(office: str) -> None:
    assert read(f"疏浚内河。（{office}）") == [(office, "lead")]


@pytest.mark.parametrize(
    "word", ["格局", "布局", "结局", "大局", "时局", "僵局", "全局", "开局", "政委", "常委"]
)
def test_that_a_word_that_ends_like_an_office_is_none(word: str) -> None:
    assert read(f"疏浚内河（新渔港{word}）。") == []


@pytest.mark.parametrize(
    "when",
    [
        "年底前",
        "6月底",
        "三季度末",
        "年内",
        "全年",
        "年内完成",
        "持续推进",
        "长期坚持",
        "抓好落实",
        "分步实施",
        "按季开展",
    ],
)
def test_that_a_bracket_of_offices_may_end_with_by_when(when: str) -> None:
    assert read(f"疏浚内河。（市水务局，{when}）") == [("市水务局", "lead")]


@pytest.mark.parametrize("word", ["含", "以下", "包括", "包含", "原", "如", "即", "指", "简称"])
def test_that_a_bracket_that_explains_names_nobody(word: str) -> None:
    assert read(f"疏浚内河（{word}云港海事局）。") == []
