"""How much of one text stands in another."""

from app.revising.likeness import ALIKE, likeness, passages

DRAFT = (
    "建设枢纽港口，新建泊位3个，6月底前完成航道疏浚。改造老旧小区20个，新建口袋公园6个，整治背街小巷40条。"
)
FINAL = DRAFT.replace("新建泊位3个", "新建泊位5个")
OTHER = "办好民生实事，新增学位九百个，建成区级养老院一座，发放消费补贴一千万元，守住安全生产的底线。"


def test_that_a_passage_is_twelve_characters_without_white_space() -> None:
    assert passages("一二三四五六 七八九十百\n千万") == {
        "一二三四五六七八九十百千",
        "二三四五六七八九十百千万",
    }
    assert passages("一二三四五六七八九十百千") == {"一二三四五六七八九十百千"}
    assert passages("一二三四五六七八九十百") == frozenset()


def test_that_a_draft_and_its_next_version_are_alike_and_other_texts_are_not() -> None:
    draft, final, other = passages(DRAFT), passages(FINAL), passages(OTHER)
    assert likeness(draft, draft) == 1.0
    assert likeness(draft, final) > ALIKE
    assert likeness(draft, other) == 0.0


def test_that_order_does_not_matter_and_the_shorter_text_counts() -> None:
    first, second = DRAFT.split("。")[:2]
    whole = passages(f"{first}。{second}。")
    assert likeness(passages(f"{second}。{first}。"), whole) > ALIKE
    assert likeness(passages(first), whole) == 1.0
    assert likeness(whole, passages(first)) == 1.0


def test_that_a_text_without_a_passage_is_like_none() -> None:
    assert likeness(passages("短句。"), passages(DRAFT)) == 0.0
    assert likeness(frozenset(), frozenset()) == 0.0


def test_that_texts_may_be_versions_of_one_from_35_hundredths_on() -> None:
    one = frozenset(map(str, range(100)))
    assert likeness(one, frozenset(map(str, range(65, 165)))) >= ALIKE
    assert likeness(one, frozenset(map(str, range(66, 166)))) < ALIKE
