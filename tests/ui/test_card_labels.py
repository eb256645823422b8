"""Words for states and places."""

from app.domain.report import Section, SectionKind
from app.domain.spans import Span
from app.domain.tasks import Comparator, Direction, Item, Nature, Task
from app.ui.labels import (
    COMPARATORS,
    DIRECTIONS,
    NATURES,
    STATES,
    State,
    margin_states,
    path_words,
    place_words,
    state_of,
)


def section(title: str) -> Section:
    return Section(0, -1, 1, SectionKind.TASKS, title, Span(0, 9))


def place(*titles: str) -> str:
    return place_words(tuple(section(title) for title in titles))


def test_that_a_place_is_its_ordinals() -> None:
    assert place("三、2026年重点工作", "（二）改善城市面貌") == "三、（二）"
    assert place("十一、收官", "12.绿化") == "十一、12."
    assert place("第三章 产业", "第十二节 金融") == "第三章第十二节"
    assert place("专栏 3 重点项目") == "专栏 3"
    assert place("附件一 责任分工") == "附件一"
    assert place("（题名）") == "（题名）"
    assert place("政府自身建设") == "政府自身建设"
    assert place("主要预期目标与任务") == "主要预期目标与…"
    assert place("主要预期目标任务") == "主要预期目标任务"
    assert place() == ""


def test_that_a_path_in_full_is_its_titles() -> None:
    assert path_words((section(" 三、重点工作 "), section("（二）城市"))) == "三、重点工作\n（二）城市"


def test_that_a_state_is_read_from_version_and_confirmation() -> None:
    task = Task("t", "l", (), "题目")
    assert state_of(Item(task, ())) is State.SUGGESTED
    assert state_of(Item(Task("t", "l", (), "题目", version=1), ())) is State.DRAFT
    assert state_of(Item(Task("t", "l", (), "题目", version=1, is_confirmed=True), ())) is State.CONFIRMED
    assert [STATES[s] for s in State] == ["建议", "待确认", "已确认"]


def test_that_every_choice_has_words_of_its_own() -> None:
    for table, choices in (
        (COMPARATORS, set(Comparator)),
        (DIRECTIONS, {None, *Direction}),
        (NATURES, {None, *Nature}),
    ):
        assert set(table) == choices
        assert len(set(table.values())) == len(table)


def test_that_the_margin_shows_number_and_state_by_task() -> None:
    suggested = Item(Task("a", "layer", (), "一"), (), 3)
    draft = Item(Task("b", "layer", (), "二", version=1), (), 4)
    confirmed = Item(Task("c", "layer", (), "三", is_confirmed=True, version=2), (), 5)
    assert margin_states((suggested, draft, confirmed)) == {
        "a": (3, "suggested"),
        "b": (4, "draft"),
        "c": (5, "confirmed"),
    }
