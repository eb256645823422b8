from collections import Counter

import pytest

from app.domain.units import Unit
from app.suggest import duty_words
from app.suggest.duty_words import Lexicon, codes_of, lexicon, plain, specificity, weighted

CODES = (
    "发改 教育 科技 工信 公安 民政 司法 财政 人社 规资 生态 住建 城管 交通 水务 农业农村 商务 文旅 卫健 退役 应急 审计 "
    "市监 国资 体育 统计 医保 信访 政务 金融 招商 数据 宣传 政法 组织 残联 妇联 团委 工会 税务 消防 气象 粮食 民宗 外事 "
    "人防 知识产权 园区 街道 政府办 机关事务 纪检 滨海新区 港航 海关"
)

SMALL: Lexicon = {
    "neutral": ["“高质量”"],
    "duties": {"甲": {"strong": ["学校", "“名校”"], "weak": ["质量", "建"]}, "乙": {"plain": ["质量"]}},
}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty_words, "lexicon", lambda: SMALL)


def test_that_the_lexicon_has_exactly_the_functional_codes_of_the_guideline() -> None:
    assert list(lexicon()["duties"]) == CODES.split()


def test_that_every_code_but_the_one_place_has_at_least_twenty_words() -> None:
    counts = {code: sum(map(len, groups.values())) for code, groups in lexicon()["duties"].items()}
    assert [code for code, n in counts.items() if n < 20] == ["滨海新区"]


def test_that_no_code_lists_a_word_twice_and_strengths_are_known() -> None:
    for code, groups in lexicon()["duties"].items():
        assert set(groups) <= set(duty_words.STRENGTH), code
        counts = Counter(word for words in groups.values() for word in words)
        assert [word for word, n in counts.items() if n > 1] == [], code


def test_that_words_are_listed_plain_and_longer_than_one_character() -> None:
    listed = [w for groups in lexicon()["duties"].values() for words in groups.values() for w in words]
    assert [w for w in (*listed, *lexicon()["neutral"]) if w != plain(w) or len(w) < 2] == []


def test_that_neutral_words_are_no_duty_words() -> None:
    listed = {w for groups in lexicon()["duties"].values() for words in groups.values() for w in words}
    assert listed.isdisjoint(lexicon()["neutral"])


@pytest.mark.parametrize(
    ("word", "factor"), [("就业", 1.0), ("幼儿园", 1.2), ("技术合同", 1.4), ("社会消费品零售总额", 2.0)]
)
def test_that_a_longer_word_is_more_specific(word: str, factor: float) -> None:
    assert specificity(word) == pytest.approx(factor)


def test_that_seven_characters_are_as_specific_as_it_gets() -> None:
    assert specificity("一二三四五六") < specificity("一二三四五六七") == pytest.approx(2.0)
    assert specificity("一二三四五六七八") == 2.0


def test_that_quotation_marks_and_spaces_are_no_part_of_a_word() -> None:
    assert plain("“一网 通办”\"一网　通办\"‘一件事’'好'") == "一网通办一网通办一件事好"


@pytest.mark.usefixtures("small")
def test_that_a_word_speaks_for_every_code_that_lists_it() -> None:
    words = weighted(("甲", "乙"), ())
    assert dict(words["质量"]) == pytest.approx({0: 0.6, 1: 1.6})
    assert dict(words["学校"]) == pytest.approx({0: 3.0})


@pytest.mark.usefixtures("small")
def test_that_listed_quotation_marks_are_dropped_and_single_characters_left_out() -> None:
    assert set(weighted(("甲", "乙"), ())) == {"高质量", "学校", "名校", "质量"}


@pytest.mark.usefixtures("small")
def test_that_a_neutral_word_speaks_for_nobody() -> None:
    assert weighted(("甲", "乙"), ())["高质量"] == ()


@pytest.mark.usefixtures("small")
def test_that_a_units_names_and_duties_speak_for_its_code() -> None:
    unit = Unit("u", "乙", "云港区学务局", "区学务局", aliases=("学务",), duties=("学校", "晚托"))
    words = weighted(("甲", "乙"), (unit,))
    assert dict(words["学务"]) == pytest.approx({1: 4.0})
    assert dict(words["区学务局"]) == pytest.approx({1: 4.0 * 1.4})
    assert dict(words["云港区学务局"]) == pytest.approx({1: 4.0 * 1.8})
    assert dict(words["晚托"]) == pytest.approx({1: 3.0})
    assert dict(words["学校"]) == pytest.approx({0: 3.0, 1: 3.0})


@pytest.mark.usefixtures("small")
def test_that_the_stronger_listing_counts_whichever_comes_first() -> None:
    weak_last = Unit("u", "甲", "学校", "学校", duties=("学校",))
    assert dict(weighted(("甲", "乙"), (weak_last,))["学校"]) == pytest.approx({0: 4.0})
    strong_last = Unit("u", "乙", "区学务局", "区学务局", duties=("质量",))
    assert dict(weighted(("甲", "乙"), (strong_last,))["质量"])[1] == pytest.approx(3.0)


@pytest.mark.usefixtures("small")
def test_that_codes_come_in_the_lexicons_order_then_the_directorys() -> None:
    units = (
        Unit("1", "丙", "区丙局", "区丙局"),
        Unit("2", "甲", "区甲局", "区甲局"),
        Unit("3", "", "某办", "某办"),
    )
    assert codes_of(units) == ("甲", "乙", "丙")
    assert "某办" not in weighted(codes_of(units), units)
