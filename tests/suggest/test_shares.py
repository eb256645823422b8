from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.spans import Span
from app.domain.tasks import Direction
from app.suggest.sentences import fold
from app.suggest.shares import may_hold_shares, shares
from app.suggest.targets import targets

Row = tuple[str, str, str, float | None, float | None, Direction | None]


def read(text: str) -> list[Row]:
    """Span, indicator, comparator, low, high and direction of each target, all of them in percent."""
    found = targets(fold(text))
    assert {target.unit for _, target, _ in found} <= {"%"}
    return [
        (text[span.start : span.end], t.indicator, t.comparator.value, t.low, t.high, t.direction)
        for span, t, _ in found
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("海鲜深加工占比提升至三成以上。", ("三成以上", "海鲜深加工占比", ">=", 30, None, Direction.UP)),
        ("网上办件占比超七成半。", ("七成半", "网上办件占比", ">", 75, None, None)),
        ("渔港投资增长两成以上。", ("两成以上", "渔港投资增长", ">=", 20, None, Direction.UP)),
        ("一般性支出压减一成。", ("一成", "一般性支出压减", "=", 10, 10, Direction.DOWN)),
        ("渔村污水治理率达到九成左右。", ("达到九成左右", "渔村污水治理率", "~", 90, 90, None)),
        ("岸电使用率突破五成。", ("突破五成", "岸电使用率", ">", 50, None, None)),
        (
            "存量债务压减三分之一以上。",
            ("三分之一以上", "存量债务压减", ">=", 33.33, None, Direction.DOWN),
        ),
        ("渔船更新率达到五分之四。", ("达到五分之四", "渔船更新率", "=", 80, 80, None)),
        ("渔业产值增长百分之十五。", ("百分之十五", "渔业产值增长", "=", 15, 15, Direction.UP)),
        ("渔业产值增长百分之五点五。", ("百分之五点五", "渔业产值增长", "=", 5.5, 5.5, Direction.UP)),
        ("海洋经济规模翻一番。", ("翻一番", "海洋经济规模", "=", 100, 100, Direction.UP)),
        ("推动养殖企业数量实现翻番。", ("翻番", "养殖企业数量", "=", 100, 100, Direction.UP)),
        ("力争冷链能力翻两番。", ("翻两番", "冷链能力", "=", 300, 300, Direction.UP)),
    ],
)
def test_that_a_share_in_words_is_a_target_in_percent(text: str, row: Row) -> None:
    assert read(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "建成三座码头的前期完成七成新设备检修。",
        "一成不变的旧办法要改。",
        "三成渔户参加合作社。",
        "实施渔港翻番计划。",
        "实施“翻番工程”。",
        "推动产业落地生根、集群成势。",
        "完成三成四改任务。",
    ],
)
def test_that_names_and_set_phrases_are_no_shares(text: str) -> None:
    assert [row for row in read_any(text) if "成" in row or "番" in row] == []


def read_any(text: str) -> list[str]:
    return [text[span.start : span.end] for span, _, _ in targets(fold(text))]


def test_that_a_doubling_said_anew_keeps_the_indicator_of_the_figure_before() -> None:
    found = targets(fold("到2030年，港区产值达到400亿元，力争五年翻一番。"))
    assert [t.indicator for _, t, _ in found] == ["港区产值", "港区产值"]
    found = targets(fold("港区产值达到400亿元，渔业产值翻一番。"))
    assert [t.indicator for _, t, _ in found] == ["港区产值", "渔业产值"]


def test_that_only_a_sentence_with_a_share_is_looked_at() -> None:
    assert may_hold_shares("占比过七成")
    assert may_hold_shares("百分之五")
    assert may_hold_shares("产值翻番")
    assert not may_hold_shares("建成码头，翻新船坞。")


@settings(max_examples=150)
@given(st.text(alphabet="三七成半百分之点五翻一两番占比达到以上左右压减，。新计划", max_size=40))
def test_that_shares_of_any_text_are_in_order_and_between_0_and_1000(text: str) -> None:
    found = list(shares(text, Span(0, len(text))))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(0 <= f.low <= 1000 and f.high is None and f.unit == "%" for f in found)


LEADS_TO = [
    "超", "超过", "突破", "达", "达到", "近", "约", "占", "占比", "比重", "比例", "至", "到", "在", "低于", "少于",
    "高于", "增长", "增加", "提高", "提升", "下降", "降低", "减少", "压减", "节约",
]  # fmt: skip


@pytest.mark.parametrize("word", LEADS_TO)
def test_that_tenths_are_a_share_behind_a_word_that_leads_to_them(word: str) -> None:
    assert [(t.low, t.high) for _, t, _ in targets(fold(f"渔船岸电使用{word}三成。"))]
    assert read("渔船岸电使用甲三成。") == []


@pytest.mark.parametrize(
    ("suffix", "comparator"),
    [("以上", ">="), ("以下", "<"), ("以内", "<="), ("左右", "~"), ("上下", "~"), ("", "=")],
)
def test_that_a_share_is_bounded_by_what_stands_behind_it(suffix: str, comparator: str) -> None:
    for share in ("占三成", "占三成半", "百分之三十", "十分之三"):
        assert [row[2] for row in read(f"渔船更新率{share}{suffix}。")] == [comparator]


@pytest.mark.parametrize("digit", "一二三四五六七八九")
def test_that_every_digit_is_read_in_tenths_parts_and_points(digit: str) -> None:
    value = "一二三四五六七八九".index(digit) + 1
    assert [row[3] for row in read(f"渔船更新率占{digit}成半。")] == [10 * value + 5]
    assert [row[3] for row in read(f"渔船更新率占十分之{digit}。")] == [10 * value]
    assert [row[3] for row in read(f"渔船更新率达百分之{digit}十。")] == [10 * value]
    assert [row[3] for row in read(f"渔船更新率达百分之五点{digit}。")] == [5 + value / 10]


@pytest.mark.parametrize("behind", "计行工方")
def test_that_a_doubling_inside_other_words_is_none(behind: str) -> None:
    assert read(f"海洋经济翻一番{behind}。") == []
    assert read("海洋经济翻一番目。") != []
