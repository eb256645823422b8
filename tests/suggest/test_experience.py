"""Owners from experience: what was decided before, here or in another year, comes first for what is like it."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.experience import Precedent
from app.domain.spans import Span
from app.domain.suggestions import Commitment, OwnerMention, OwnerProposal
from app.domain.tasks import Owner, Role
from app.domain.units import Unit
from app.suggest.bodies import Bodies, Body
from app.suggest.experience import LIKE, NEAREST, Experienced, Past
from app.suggest.hearing import SECTION, USUAL
from app.suggest.owners import OwnerModel
from app.suggest.precedents import Index, features_of

TEXTS = (
    "办好港湾文化艺术节，组织群众演出100场。",
    "举办海上龙舟赛，吸引游客5万人次。",
    "改造老旧小区12个，加装电梯30部。",
    "新建中试平台2个，技术合同登记额突破45亿元。",
    "开展燃气管网隐患排查，更新管线20公里。",
    "落实粮食收储责任，新建高标准农田2000亩。",
    "推进海湾岸线整治，修复滨海湿地300亩。",
    "深化社区网格治理，培训网格员500人。",
)
UNITS = (
    Unit("u-wl", "文旅", "云港区文化和旅游局", "区文旅局", aliases=("文旅局", "区文体局")),
    Unit("u-ty", "体育", "云港区体育局", "区体育局"),
    Unit("u-jy", "教育", "云港区教育局", "区教育局", aliases=("教育局",)),
    Unit("u-zj", "住建", "云港区住房和城乡建设局", "区住建局"),
    Unit("u-j1", "街道", "云港区望海街道办事处", "望海街", group="街道"),
    Unit("u-j2", "街道", "云港区盐桥街道办事处", "盐桥街", group="街道"),
)
YEAR = 2026


@cache
def model() -> OwnerModel:
    return OwnerModel(UNITS)


def commitments(texts: tuple[str, ...] = TEXTS, code: str = "文旅") -> list[Commitment]:
    """Commitments one behind the other, ten characters apart, all proposed to the same code."""
    found, start = [], 0
    for text in texts:
        leads = (OwnerProposal(code, 1.0, "职责词：港湾"), OwnerProposal("体育", 0.5, "职责词：赛"))
        span = Span(start, start + len(text))
        found.append(Commitment(span, text, leads=leads, supports=leads[1:]))
        start = span.end + 10
    return found


def precedent(number: int, text: str, lead: str, *supports: str, year: int = 2025) -> Precedent:
    owners = tuple(Owner(Role.SUPPORT, name) for name in supports)
    return Precedent(f"p{number}", text, Owner(Role.LEAD, lead), owners, f"{year}年任务分解表", year)


def proposer(*past: Precedent, texts: tuple[str, ...] = TEXTS) -> Experienced:
    return Experienced(Past(UNITS, model(), past), commitments(texts), section_at, YEAR)


def section_at(offset: int) -> int:
    return offset // 10_000


def test_that_a_nearly_identical_precedent_outranks_duty_words() -> None:
    found = proposer(precedent(1, "办好港湾文化艺术节，组织群众演出80场。", "区教育局")).proposed(0)
    assert [p.code for p in found.leads] == ["教育", "文旅", "体育"]
    assert found.leads[0] == OwnerProposal("教育", 1.0, "去年同类任务由其牵头：办好港湾文化艺术节…")
    assert found.leads[1].reason == "职责词：港湾"


def test_that_a_weak_precedent_only_nudges() -> None:
    weak = proposer(
        precedent(1, "加快港湾码头改扩建，新增泊位和堆场，完善集疏运体系。", "区教育局")
    ).proposed(0)
    assert [p.code for p in weak.leads][:2] == ["文旅", "体育"]
    plain = commitments()[0]
    assert weak.leads == plain.leads or weak.leads[0].score == 1.0


def test_that_what_is_not_like_any_precedent_stays_as_it_was() -> None:
    there = proposer(precedent(1, TEXTS[0], "区教育局"))
    assert there.proposed(4) == commitments()[4]


def test_that_several_agreeing_precedents_add_up() -> None:
    half = "举办海上帆船赛，吸引选手500人。"
    alone = proposer(precedent(1, half, "区教育局")).proposed(1)
    many = proposer(*(precedent(n, f"{half[:-3]}{n}0人。", "区教育局") for n in range(3))).proposed(1)
    score = {p.code: p.score for p in alone.leads}
    more = {p.code: p.score for p in many.leads}
    assert more["教育"] / more["文旅"] > score["教育"] / score["文旅"]
    reasons = {p.code: p.reason for p in many.leads}
    assert reasons["教育"] == "去年同类任务3项由其牵头：举办海上帆船赛…"


def test_that_a_newer_year_counts_more() -> None:
    old = precedent(1, TEXTS[0], "区教育局", year=2018)
    new = precedent(2, TEXTS[0], "区住建局", year=2025)
    assert [p.code for p in proposer(old, new).proposed(0).leads][:2] == ["住建", "教育"]
    assert [p.code for p in proposer(old._replace(year=2025), new._replace(year=2018)).proposed(0).leads][
        :2
    ] == [
        "教育",
        "住建",
    ]


def test_that_no_more_than_the_nearest_are_heard() -> None:
    many = [precedent(n, TEXTS[0], "区教育局") for n in range(NEAREST + 3)]
    assert f"同类任务{NEAREST}项由其牵头" in proposer(*many).proposed(0).leads[0].reason


@pytest.mark.parametrize(("year", "when"), [(2026, "今年"), (2025, "去年"), (2022, "2022年"), (0, "往年")])
def test_that_the_reason_says_of_when_the_precedent_is(year: int, when: str) -> None:
    found = proposer(precedent(1, TEXTS[2], "区住建局", year=year)).proposed(2)
    assert found.leads[0].reason == f"{when}同类任务由其牵头：改造老旧小区12个…"


def test_that_supports_are_those_of_a_near_precedent_and_no_longer_those_of_duty_words() -> None:
    found = proposer(precedent(1, TEXTS[0], "区文旅局", "区教育局", "望海街")).proposed(0)
    assert [p.code for p in found.leads] == ["文旅", "教育", "街道"]
    assert [(p.code, p.name) for p in found.supports] == [("教育", ""), ("街道", "望海街")]
    assert found.supports[0].reason == "去年同类任务由其参与：办好港湾文化艺术节…"


def test_that_a_precedent_without_supports_leaves_those_of_duty_words() -> None:
    found = proposer(precedent(1, TEXTS[0], "区文旅局")).proposed(0)
    assert [p.code for p in found.supports] == ["体育"]


def test_that_a_lead_that_the_text_names_is_left_alone() -> None:
    named = commitments()[0]._replace(mentions=(OwnerMention(Span(0, 2), "某局", Role.LEAD),))
    past = Past(UNITS, model(), [precedent(1, TEXTS[0], "区教育局")])
    assert Experienced(past, [named], section_at, YEAR).proposed(0) == named
    helped = named._replace(mentions=(OwnerMention(Span(0, 2), "某局", Role.SUPPORT),))
    assert Experienced(past, [helped], section_at, YEAR).proposed(0).leads[0].code == "教育"


# --- learning


def decided(index: int, lead: str, text: str = "", number: int = 0) -> Precedent:
    start = commitments()[index].span.start
    return Precedent(f"d{index}-{number}", text or TEXTS[index], Owner(Role.LEAD, lead), (), "", YEAR, start)


def test_that_a_unit_corrected_once_is_proposed_for_the_next_similar_task_at_once_and_undone_at_once() -> (
    None
):
    texts = (*TEXTS, "办好港湾文化艺术周，组织群众演出20场。")
    here = proposer(texts=texts)
    before = [here.proposed(i) for i in range(len(texts))]
    assert before == commitments(texts)
    correction = decided(0, "区教育局")
    assert 8 in here.learn(None, correction)
    assert here.proposed(8).leads[0] == OwnerProposal(
        "教育", 1.0, "本报告同类任务由其牵头：办好港湾文化艺术节…"
    )
    assert here.learn(correction, None) >= {8}
    assert [here.proposed(i) for i in range(len(texts))] == before


def test_that_a_decision_does_not_speak_for_itself() -> None:
    here = proposer()
    here.learn(None, decided(0, "区教育局"))
    assert here.proposed(0) == commitments()[0]


def test_that_a_changed_decision_takes_the_place_of_the_old_one() -> None:
    here = proposer(texts=(*TEXTS, TEXTS[0]))
    first, second = decided(0, "区教育局"), decided(0, "区住建局")
    here.learn(None, first)
    here.learn(first, second)
    codes = [p.code for p in here.proposed(8).leads]
    assert codes[0] == "住建"
    assert "教育" not in codes


def test_that_the_sections_usual_lead_is_proposed_from_two_tasks_on() -> None:
    here = proposer()
    here.learn(None, decided(2, "区住建局"))
    assert here.proposed(6) == commitments()[6]
    assert 6 in here.learn(None, decided(4, "区住建局"))
    lead = {p.code: p for p in here.proposed(6).leads}["住建"]
    assert (lead.reason, lead.score) == (USUAL, SECTION)
    here.learn(None, decided(5, "区教育局"))
    here.learn(None, decided(3, "区教育局"))
    assert here.proposed(6) == commitments()[6]


def test_that_another_section_is_not_concerned() -> None:
    far = Span(20_000, 20_010)
    here = Experienced(
        Past(UNITS, model(), ()),
        [*commitments(), Commitment(far, "持续清理隐性门槛。")],
        section_at,
        YEAR,
    )
    for index in (2, 4):
        assert 8 not in here.learn(None, decided(index, "区住建局"))
    assert here.proposed(8).leads == ()


@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from(["区教育局", "区住建局", "望海街", ""])), max_size=14
    )
)
def test_that_only_what_learning_names_changes_and_one_by_one_is_as_all_at_once(
    steps: list[tuple[int, str]],
) -> None:
    past = precedent(1, "举办海上帆船赛，新建中试平台1个。", "区体育局", "区教育局")
    here = proposer(past)
    standing: dict[int, Precedent] = {}
    shown = [here.proposed(i) for i in range(len(TEXTS))]
    for index, lead in steps:
        before = standing.pop(index, None)
        after = decided(index, lead, TEXTS[(index + 1) % 8]) if lead else None
        if after:
            standing[index] = after
        for i in here.learn(before, after):
            shown[i] = here.proposed(i)
    fresh = proposer(past)
    for each in standing.values():
        fresh.learn(None, each)
    assert (
        shown
        == [here.proposed(i) for i in range(len(TEXTS))]
        == [fresh.proposed(i) for i in range(len(TEXTS))]
    )


# --- the index


@given(st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), st.sampled_from(TEXTS))), max_size=20))
def test_that_an_index_changed_step_by_step_is_the_one_built_at_once(
    steps: list[tuple[int, str | None]],
) -> None:
    index = Index(model().words)
    standing: dict[str, Precedent] = {}
    for number, text in steps:
        name = f"p{number}"
        if text is None:
            index.remove(name)
            standing.pop(name, None)
        else:
            standing[name] = precedent(number, text, "甲")
            index.add(standing[name])
    built = Index(model().words, standing.values())
    assert index.known == built.known == standing
    assert index.features == built.features
    assert {f: sorted(ids) for f, ids in index.holders.items()} == {
        f: sorted(ids) for f, ids in built.holders.items()
    }


def test_that_features_are_pairs_of_characters_and_duty_words() -> None:
    assert features_of("新建“中试”平台2个，X港", model().words) >= {"新建", "建中", "中试", "试平", "平台"}
    assert "台个" not in features_of("平台2个", model().words)
    assert features_of("12，ab。港3湾", model().words) == frozenset()
    assert features_of("2港湾", lambda _text: ["#港"]) == {"港湾", "#港"}
    assert features_of("港湾区", lambda _text: []) == {"港湾", "湾区"}
    assert any(feature.startswith("#") for feature in features_of("改造老旧小区", model().words))


def test_that_a_text_is_as_like_itself_as_can_be_and_a_stranger_is_below_what_counts() -> None:
    here = proposer(precedent(1, TEXTS[0], "区教育局"), precedent(2, TEXTS[4], "区住建局"))
    likeness = {p.id: value for value, p in here._alike(0, here._past.index, None)}
    assert likeness["p1"] == pytest.approx(1.0)
    assert likeness.keys() == {"p1"}
    assert LIKE > 0


def test_that_what_is_rare_in_the_report_counts_more_than_what_every_task_says() -> None:
    common = tuple(f"港湾岸线{place}。" for place in "甲乙丙丁戊己庚辛")
    here = proposer(
        precedent(1, "港湾岸线。", "区教育局"),
        precedent(2, "龙舟竞渡。", "区住建局"),
        texts=(*common, "港湾岸线龙舟竞渡。"),
    )
    assert [p.code for p in here.proposed(8).leads][:1] == ["住建"]


# --- bodies


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("区教育局", Body("教育")),
        ("云港区教育局", Body("教育")),
        ("某某市教育局", Body("教育")),
        ("区文体局", Body("文旅")),
        ("望海街", Body("街道", "望海街", "u-j1")),
        ("各街道", Body("街道")),
        ("有关街镇", Body("街道")),
        ("市发展和改革委员会", Body("发改")),
        ("规资", Body("规资")),
        ("百味斋有限公司", Body("", "百味斋有限公司")),
    ],
)
def test_that_a_body_is_known_by_its_name_its_names_end_or_its_words(name: str, meant: Body) -> None:
    assert Bodies(UNITS, model().code_of).meant(Owner(Role.LEAD, name)) == meant


def test_that_a_name_ends_in_another_of_three_characters_and_not_of_two() -> None:
    units = (*UNITS, Unit("u-gt", "国投", "云港投资集团", "港投集团", aliases=("港投", "投资办")))
    bodies = Bodies(units, lambda _name: "")
    assert bodies.meant(Owner(Role.LEAD, "市投资办")) == Body("国投")
    assert bodies.meant(Owner(Role.LEAD, "临海港投")) == Body("", "临海港投")


def test_that_a_body_that_is_no_more_means_its_successor() -> None:
    old = Unit("u-old", "商务", "云港区商业局", "区商业局", valid_to=date(2020, 1, 1),
               successor_id="u-wl")  # fmt: skip
    bodies = Bodies((*UNITS, old), model().code_of)
    assert bodies.meant(Owner(Role.LEAD, "区商业局")) == Body("文旅")
    assert bodies.meant(Owner(Role.LEAD, "旧称", "商务", "u-old")) == Body("文旅")


def test_that_a_code_is_enough_where_the_directory_knows_neither_id_nor_name() -> None:
    bodies = Bodies(UNITS, model().code_of)
    assert bodies.meant(Owner(Role.LEAD, "", "科技")) == Body("科技")
