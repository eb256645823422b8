"""What a merge brings is counted thing by thing, and a conflict says who wrote what on each side."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.contents import Contents
from app.domain.corrections import Correction
from app.domain.decisions import Choice
from app.domain.report import Level, ReportKind
from app.domain.reports import LayerState, ReportCard
from app.domain.tasks import Comparator, Deadline, DeadlineKind, Owner, Role, Tag, TagKind, Target, Value
from app.exchange.merging import Dot, Group, Key, Replica, Standing
from app.exchange.payloads import NO_TIME, Payload, digest, portable
from app.exchange.summary import Conflict, Count, MergeSummary, PackageSummary
from app.exchange.telling import conflict, conflict_id, counts, shown, stands
from app.exchange.telling_layers import TITLES_SHOWN, tag_words
from tests.exchange.packages import (
    ANNOTATED,
    AT,
    CARD,
    CHEN,
    COMMENT,
    CONTENTS,
    DECISION,
    LAYER,
    REVIEWED,
    TAGS,
    TASK,
    UNIT,
)

HERE, THERE = Dot("a", 1), Dot("b", 1)
LATER = datetime(2026, 4, 1, tzinfo=UTC)


def writer(dot: Dot) -> tuple[str, datetime | None]:
    return {HERE: ("周宁", AT), THERE: ("", None)}[dot]


def group(payload: Payload | None, dot: Dot) -> Group[Payload]:
    return Group(payload, frozenset({dot}))


def sides(kind: str, current: Payload | None, other: Payload | None) -> Conflict:
    standing = Standing(group(current, HERE), (group(other, THERE),))
    return conflict("scope", "report", Key(kind, "x"), standing, writer)


# --- what counts as the same


def test_that_versions_and_numbers_of_one_workspace_do_not_travel() -> None:
    stored = replace(CARD, number=7, version=3, is_removed=True)
    assert portable(stored) == portable(
        replace(CARD, imported=LATER, source_name="别的.txt", file_sha256="0")
    )
    assert portable(replace(TASK_LAYER, layer=replace(ANNOTATED, version=9))) == portable(TASK_LAYER)
    assert portable(replace(UNIT, version=4)) == UNIT
    assert portable(replace(DECISION, version=4, value=replace(TASK, version=8))) == replace(
        DECISION, value=TASK
    )
    assert portable(replace(COMMENT, version=2)) == COMMENT
    assert portable(replace(CHEN, version=2)) == CHEN


TASK_LAYER = replace(CONTENTS, tasks=(replace(TASK, version=4),))


def test_that_a_layer_travels_whole_whatever_its_order() -> None:
    turned = replace(CONTENTS, tags=tuple(replace(tag, version=2) for tag in reversed(TAGS)))
    assert portable(turned) == portable(CONTENTS)
    assert digest(portable(turned)) == digest(portable(CONTENTS))


def test_that_of_a_reviewed_layer_only_the_layer_travels() -> None:
    assert portable(Contents(REVIEWED, (TASK,), TAGS)) == Contents(REVIEWED)


def test_that_it_does_not_matter_who_began_a_reviewed_layer() -> None:
    begun = Contents(replace(REVIEWED, author="周宁", person_id="p", created=LATER))
    assert digest(begun) == digest(Contents(REVIEWED))
    assert digest(begun) != digest(Contents(replace(REVIEWED, state=LayerState.FINAL)))


def test_that_whose_an_annotators_layer_is_does_matter() -> None:
    assert digest(CONTENTS) != digest(replace(CONTENTS, layer=replace(ANNOTATED, author="别人")))


def test_that_two_who_decide_the_same_agree() -> None:
    assert digest(DECISION) == digest(replace(DECISION, who="周宁", person_id="p", at=LATER))
    assert digest(DECISION) != digest(replace(DECISION, reason="太短"))
    assert digest(DECISION) != digest(replace(DECISION, choice=Choice.FIRST))


def test_that_the_place_in_the_list_is_no_word_about_a_unit() -> None:
    assert digest(UNIT) == digest(replace(UNIT, order=1, initials="x"))
    assert digest(UNIT) != digest(replace(UNIT, telephone="1"))


def test_that_a_title_is_what_a_card_says() -> None:
    about = replace(CARD.metadata, title="别的")
    assert digest(portable(CARD)) != digest(portable(replace(CARD, metadata=about)))
    assert portable(CARD) == ReportCard(CARD.id, 0, CARD.metadata, "", "", CARD.text_sha256, "", NO_TIME)


# --- counting


def test_that_new_changed_and_gone_are_told_apart() -> None:
    before: dict[Key, Payload] = {Key("unit", "1"): UNIT, Key("unit", "2"): UNIT, Key("person", "p"): CHEN}
    after: dict[Key, Payload] = {
        Key("unit", "1"): replace(UNIT, telephone="1"),
        Key("unit", "3"): UNIT,
        Key("person", "p"): CHEN,
    }
    assert counts(before, after) == {"units": Count(1, 1, 1)}


def test_that_the_tasks_and_tags_of_a_layer_are_counted() -> None:
    key = Key("layer", LAYER)
    fewer = replace(CONTENTS, tags=(replace(TAGS[0], text="三个"), *TAGS[1:3]))
    assert counts({}, {key: CONTENTS}) == {"layers": Count(1), "tasks": Count(1), "tags": Count(4)}
    assert counts({key: CONTENTS}, {key: fewer}) == {
        "layers": Count(0, 1),
        "tasks": Count(),
        "tags": Count(0, 1, 1),
    }
    assert counts({key: CONTENTS}, {key: CONTENTS}) == {}


def test_that_each_kind_is_counted_by_its_own_name() -> None:
    after: dict[Key, Payload] = {
        Key("comment", "c"): COMMENT,
        Key("decision", "d"): DECISION,
        Key("report", "r"): CARD,
    }
    assert counts({}, after) == {"comments": Count(1), "decisions": Count(1), "metadata": Count(1)}


def test_that_a_seed_stands_until_somebody_writes() -> None:
    key, changed = Key("unit", "u1"), replace(UNIT, telephone="1")
    seed: Replica[Payload] = Replica({}, {}, {key: UNIT})
    written: Replica[Payload] = Replica({key: {HERE: changed}}, {"a": 1}, {key: UNIT})
    gone: Replica[Payload] = Replica({key: {HERE: None}}, {"a": 1}, {key: UNIT})
    assert shown(stands(seed, ())) == {key: UNIT}
    assert shown(stands(written, ())) == {key: changed}
    assert shown(stands(gone, ())) == {}


# --- conflicts


def test_that_a_conflict_names_the_sides_and_which_is_shown() -> None:
    found = sides(
        "decision", DECISION, replace(DECISION, choice=Choice.FIRST, reason="", who="李群", at=LATER)
    )
    assert (found.kind, found.report_id, found.about) == ("decision", "report", "对“标题”的裁决")
    first, second = found.sides
    assert (first.who, first.at, first.words, first.is_current) == ("周宁", AT, ("修改", "理由：太长"), True)
    assert (second.who, second.at, second.words) == ("李群", LATER, ("取甲",))
    assert not second.is_current


def test_that_another_side_makes_another_conflict() -> None:
    first, second, third = (group(replace(COMMENT, text=t), HERE) for t in "甲乙丙")
    key = Key("comment", "c")
    two = conflict_id("scope", key, (first, second))
    assert two == conflict_id("scope", key, (second, first))
    assert (
        len({two, conflict_id("scope", key, (first, second, third)), conflict_id("s", key, (first, second))})
        == 3
    )


def test_that_a_layer_tells_its_state_and_the_tasks_that_differ() -> None:
    others = tuple(replace(TASK, id=f"t{n}", title=f"任务{n}") for n in range(TITLES_SHOWN + 1))
    mine = replace(CONTENTS, tasks=(TASK, *others))
    found = sides("layer", mine, CONTENTS)
    assert found.about == "周宁的标注"
    assert found.sides[0].words == (
        "复核中，任务14项，标注4个",
        *(f"任务{n}" for n in range(TITLES_SHOWN)),
        "等13项任务不同",
    )
    assert found.sides[1].words == ("复核中，任务1项，标注4个",)


def test_that_a_task_differs_by_its_tags_too() -> None:
    found = sides("layer", replace(CONTENTS, tags=TAGS[:2]), CONTENTS)
    assert [side.words[1:] for side in found.sides] == [
        ("新建泊位",),
        ("新建泊位（6月底 → 2026-06-30；新建）",),
    ]


def test_that_a_reviewed_layer_a_unit_a_person_and_a_report_say_what_differs() -> None:
    final = replace(REVIEWED, state=LayerState.FINAL)
    assert sides("layer", Contents(REVIEWED), Contents(final)).about == "复核层"
    unit = sides("unit", UNIT, replace(UNIT, telephone="010-2", order=1))
    assert unit.about == "单位 区交通局"
    assert [side.words for side in unit.sides] == [("电话：（空）",), ("电话：010-2",)]
    person = sides("person", CHEN, replace(CHEN, roles=(), is_active=False))
    assert person.about == "人员 陈静"
    assert [side.words for side in person.sides] == [
        ("陈静", "复核人", "在用"),
        ("陈静", "没有角色", "已停用"),
    ]
    card = sides("report", CARD, replace(CARD, metadata=replace(CARD.metadata, title="别的", year=2025)))
    assert card.about == "报告《云港区政府工作报告》的信息"
    assert card.sides[1].words == ("标题：别的", "年份：2025")


def test_that_a_report_says_its_level_its_slips_and_what_it_follows_in_words() -> None:
    about = replace(CARD.metadata, end_year=2030, level=Level.TOWN, kind=ReportKind.PLAN)
    slips = (Correction(1, 2, "泊"), Correction(3, 4, "港"))
    card = sides("report", CARD, replace(CARD, metadata=about, corrections=slips, supersedes="older"))
    assert card.sides[1].words == (
        "到期年份：2030",
        "层级：街道乡镇",
        "类型：规划纲要",
        "更正：泊、港",
        "是另一份报告的新版本",
    )
    assert card.sides[0].words[-2:] == ("更正：（无）", "不是另一份报告的新版本")


# --- what is different in layers and hand edits


def figure(number: float) -> Tag:
    value = Target("泊位", Comparator.EQ, number, number, "个")
    return Tag("g", TASK.layer_id, TASK.id, TagKind.TARGET, (), f"{number:g}个", value)


def test_that_a_layer_tells_what_of_a_task_is_different() -> None:
    mine = Contents(ANNOTATED, (replace(TASK, version=3),), (replace(figure(5), version=2),))
    theirs = Contents(
        ANNOTATED, (replace(TASK, leader="周宁", is_confirmed=not TASK.is_confirmed),), (figure(8),)
    )
    first, second = sides("layer", mine, theirs).sides
    marks = ("已确认", "未确认") if TASK.is_confirmed else ("未确认", "已确认")
    assert first.words[1:] == (f"{TASK.title}（分管领导：（空）；{marks[0]}；泊位 ＝ 5 个）",)
    assert second.words[1:] == (f"{TASK.title}（分管领导：周宁；{marks[1]}；泊位 ＝ 8 个）",)


def test_that_a_task_without_a_title_is_told_by_its_words() -> None:
    mine = Contents(ANNOTATED, (replace(TASK, title="", quote="新建泊位5个。", leader="陈静"),))
    theirs = Contents(ANNOTATED, (replace(TASK, title="", quote="新建泊位5个。"),))
    assert sides("layer", mine, theirs).sides[0].words[1:] == ("新建泊位5个。（分管领导：陈静）",)


def test_that_what_reads_alike_is_not_told() -> None:
    mine = Contents(ANNOTATED, (TASK,), (figure(5),))
    again = Contents(ANNOTATED, (replace(TASK, version=9),), (replace(figure(5), version=9),))
    assert sides("layer", mine, again).sides[0].words[1:] == ()


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (TagKind.OWNER, Owner(Role.LEAD, "区交通局"), "牵头：区交通局"),
        (TagKind.OWNER, Owner(Role.SUPPORT, "区交通局"), "配合：区交通局"),
        (TagKind.OWNER, Owner(Role.ACTOR, "区交通局"), "参与：区交通局"),
        (TagKind.DEADLINE, Deadline(DeadlineKind.EXPLICIT, date(2026, 6, 30)), "六月底前 → 2026-06-30"),
        (TagKind.MEASURE, None, "六月底前"),
    ],
)
def test_that_a_tag_is_told_as_its_chip(kind: TagKind, value: Value, words: str) -> None:
    assert tag_words(Tag("g", "l", "t", kind, (), "六月底前", value)) == words


def test_that_two_hand_edits_tell_what_they_made() -> None:
    made = replace(DECISION, choice=Choice.EDITED, reason="", value=TASK)
    short, gone = replace(TASK, summary="建泊位"), replace(made, value=None)
    first, second = sides("decision", made, replace(made, value=short)).sides
    assert first.words == ("修改", TASK.title, f"分解事项：{TASK.summary or '（空）'}")
    assert second.words == ("修改", TASK.title, "分解事项：建泊位")
    assert [side.words for side in sides("decision", replace(made, value=figure(5)), gone).sides] == [
        ("修改", "泊位 ＝ 5 个"),
        ("修改", "删去"),
    ]
    assert sides("decision", made, replace(made, reason="长")).sides[0].words == ("修改",)


def test_that_comments_and_removals_are_told() -> None:
    found = sides("comment", None, replace(COMMENT, is_resolved=True))
    assert found.about == "陈静的意见"
    assert found.sides[0].words == ("已删除",)
    assert found.sides[1].words == ("目标写全了吗", "已解决")
    assert (found.sides[1].who, found.sides[1].at) == ("陈静", AT)


# --- sentences


def test_that_a_summary_says_what_came_in() -> None:
    summary = MergeSummary("r", "云港", tasks=Count(3, 1), units=Count(removed=2), entries=9)
    assert summary.words == "《云港》：任务新增3、修改1；单位删除2；记录9条。"
    assert not summary.is_nothing_new


def test_that_a_summary_says_that_nothing_came_in() -> None:
    summary = MergeSummary("r", "云港")
    assert summary.is_nothing_new
    assert summary.words == "《云港》：包里的内容这里都已经有了，没有改动。"
    assert not MergeSummary("r", "云港", is_new_report=True).is_nothing_new
    assert MergeSummary("r", "云港", entries=2).words == "《云港》：只补了记录；记录2条。"
    assert (
        MergeSummary("r", "云港", True, entries=2).words
        == "《云港》（新报告）：只有报告，没有标注；记录2条。"
    )


def test_that_a_summary_counts_the_conflicts() -> None:
    waiting = sides("unit", UNIT, replace(UNIT, telephone="1"))
    assert MergeSummary("r", "云港", conflicts=(waiting,)).words.endswith("；有1处冲突要由人决定。")


def test_that_counts_add_up() -> None:
    assert Count(1, 2, 3) + Count(4, 5, 6) == Count(5, 7, 9)
    assert Count(5, 7, 9).total == 21


def test_that_a_package_says_what_is_in_it_and_what_is_not() -> None:
    told = PackageSummary((("周宁", 3), ("陈静", 4)), ("李群",), 2, 5, 9).words
    assert told == (
        "交接包里有：周宁的标注（任务3项）、陈静的标注（任务4项），意见2条，裁决5条，记录9条；"
        "没有提交、因而不在包里的：李群的标注。"
    )
    assert (
        PackageSummary((), (), 0, 0, 1).words == "交接包里有：没有已提交的标注，意见0条，裁决0条，记录1条。"
    )
