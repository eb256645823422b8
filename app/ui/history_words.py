"""A change in words: for each object what it is, and what each of its fields said before and says after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.changes import Edit, Stored
from app.domain.comments import Comment
from app.domain.decisions import CHOICE_NAMES, FIELD_NAMES, Decision
from app.domain.judged import Verdict, YearGoal
from app.domain.layer_moves import STATE_NAMES
from app.domain.people import Person
from app.domain.progress import Progress
from app.domain.report import KIND_NAMES, LEVEL_NAMES
from app.domain.reports import Layer, ReportCard
from app.domain.signs import deadline_chip, target_signs
from app.domain.task_moves import TaskMove
from app.domain.tasks import Dismissal, Owner, Role, Tag, TagKind, Task
from app.domain.unit_fields import FIELDS, said
from app.domain.units import Unit
from app.ui.dialogs.people_words import roles_words

NOTHING = "（空）"
GONE, MADE = "删除", "新增"
REVISED = "修订待核对"
"""Beside it what the version before says, as long as a person has to look at it."""
NO_YEAR = 0
"""Read with no year of its own, every date names its year."""

Fields = Mapping[str, str]
"""The fields of an object in words, by their titles."""
Titles = Callable[[str], str]
"""Gives a task's title by its id; "" for one that is not known."""


class Line(NamedTuple):
    """One field of one object: what it said and what it says."""

    about: str
    field: str
    before: str
    after: str


def lines(edits: Sequence[Edit], titles: Titles) -> Iterator[Line]:
    """Every field that the edits changed, object by object. A thing made or taken away has all its fields."""
    own = {thing.id: thing.title for thing in _things(edits) if isinstance(thing, Task)}
    for edit in edits:
        thing = edit.after or edit.before
        if thing is None:
            continue
        about = _about(thing, lambda task_id: own.get(task_id) or titles(task_id))
        before, after = (_fields(each) if each else {} for each in (edit.before, edit.after))
        for field in dict.fromkeys((*before, *after)):
            if before.get(field, "") != after.get(field, ""):
                yield Line(about, field, before.get(field, ""), after.get(field, ""))


def _chosen(edits: Sequence[Edit]) -> Sequence[Stored]:
    """Those objects that say what a transaction was about: tasks before what is begun or moved with them."""
    things = _things(edits)
    for kinds in ((Task, Tag), (Decision,), (Layer,)):
        found = [thing for thing in things if isinstance(thing, kinds)]
        if found:
            return found
    return things


def summary(edits: Sequence[Edit], titles: Titles) -> str:
    """What the edits are about, in one line: the first object, and how many more."""
    own = {thing.id: thing.title for thing in _things(edits) if isinstance(thing, Task)}
    told = (_about(thing, lambda task_id: own.get(task_id) or titles(task_id)) for thing in _chosen(edits))
    found = list(dict.fromkeys(told))
    return f"{found[0]} 等{len(found)}项" if len(found) > 1 else "".join(found)


def task_of(edits: Sequence[Edit]) -> str:
    """The id of the first task that the edits touch; "" for none."""
    for thing in _things(edits):
        if isinstance(thing, Task):
            return thing.id
        if isinstance(thing, Tag | Comment | Progress | TaskMove) and thing.task_id:
            return thing.task_id
    return ""


def _things(edits: Sequence[Edit]) -> list[Stored]:
    return [thing for edit in edits if (thing := edit.after or edit.before) is not None]


def _about(thing: Stored, titles: Titles) -> str:
    if isinstance(thing, Task):
        return thing.title or thing.quote[:20]
    if isinstance(thing, Tag):
        return titles(thing.task_id) or thing.text
    if isinstance(thing, Comment | Progress | TaskMove):
        return titles(thing.task_id) or ("意见" if isinstance(thing, Comment) else "任务")
    names: dict[type, Callable[[Any], str]] = {
        Layer: lambda layer: "复核稿" if layer.is_reviewed else f"{layer.author}的标注",
        Dismissal: lambda _: "忽略",
        Verdict: lambda _: "目标",
        YearGoal: lambda goal: f"目标·{goal.year}年",
        Decision: lambda decision: f"裁决·{FIELD_NAMES[decision.field]}",
        Person: lambda person: f"人员 {person.name}",
        Unit: lambda unit: f"单位 {unit.short_name}",
        ReportCard: lambda card: f"报告《{card.metadata.title}》",
    }
    return names[type(thing)](thing)


def _fields(thing: Stored) -> Fields:
    return _TOLD[type(thing)](thing)


def _task(task: Task) -> Fields:
    return {
        "标题": task.title,
        "原文": task.quote,
        "分解事项": task.summary,
        "措施方案": task.measures,
        "任务标准": task.standard,
        "备注": task.remarks,
        "分管领导": task.leader,
        "责任人": task.person,
        "状态": "已确认" if task.is_confirmed else "待确认",
        REVISED: task.revised,
    }


def _tag(tag: Tag) -> Fields:
    return {**_value(tag), REVISED: tag.revised}


def _value(tag: Tag) -> Fields:
    if tag.kind is TagKind.OWNER:
        role = tag.value.role if isinstance(tag.value, Owner) else Role.SUPPORT
        name = tag.value.name if isinstance(tag.value, Owner) else tag.text
        return {_ROLES[role]: name}
    if tag.kind is TagKind.TARGET:
        return {"目标": target_signs(tag)}
    if tag.kind is TagKind.DEADLINE:
        return {"时限": deadline_chip(tag, NO_YEAR)}
    return {"措施" if tag.kind is TagKind.MEASURE else "标准": tag.text}


_ROLES = {Role.LEAD: "牵头单位", Role.SUPPORT: "配合单位", Role.ACTOR: "参与单位"}


def _dismissal(dismissal: Dismissal) -> Fields:
    kinds = {"task": "任务", "sentence": "遗漏", **{k.value: n for k, n in _KINDS.items()}}
    kind = kinds.get(dismissal.key.partition(":")[0], "建议")
    return {f"忽略{kind}": dismissal.reason or "没有说明理由"}


_KINDS = {
    TagKind.TARGET: "目标",
    TagKind.OWNER: "责任单位",
    TagKind.DEADLINE: "时限",
    TagKind.MEASURE: "措施",
    TagKind.STANDARD: "标准",
}


def _layer(layer: Layer) -> Fields:
    times = "定稿次数" if layer.is_reviewed else "提交次数"
    return {"状态": STATE_NAMES[layer.state], times: str(layer.revision)}


def _comment(comment: Comment) -> Fields:
    return {
        "回复" if comment.parent_id else "意见": comment.text,
        "是否解决": "已解决" if comment.is_resolved else "",
    }


def _decision(decision: Decision) -> Fields:
    return {
        "裁决": CHOICE_NAMES[decision.choice],
        "理由": decision.reason,
        "甲当时": decision.first_seen,
        "乙当时": decision.second_seen,
    }


def _person(person: Person) -> Fields:
    return {"姓名": person.name, "角色": roles_words(person), "在用": "在用" if person.is_active else "停用"}


def _unit(unit: Unit) -> Fields:
    return {field.title: said(unit, field.name) for field in FIELDS}


def _card(card: ReportCard) -> Fields:
    about = card.metadata
    return {
        "标题": about.title,
        "发文机关": about.issuer,
        "文号": about.document_number,
        "日期": about.issued.isoformat() if about.issued else "",
        "任务年份": str(about.year),
        "到期年份": str(about.end_year),
        "层级": LEVEL_NAMES[about.level],
        "类型": KIND_NAMES[about.kind],
        "在不在": "已移除" if card.is_removed else "在工作区",
        "错字定为": "、".join(correction.meant for correction in card.corrections),
    }


def _progress(progress: Progress) -> Fields:
    return {
        "周期": progress.period,
        "填报单位": progress.unit,
        "完成数": "；".join(figure.words for figure in progress.figures),
        "进展": progress.text,
        "问题": progress.issues,
        "下一步": progress.next_steps,
        "填报人": progress.reported_by,
        "佐证": "、".join(progress.evidence),
    }


def _move(move: TaskMove) -> Fields:
    return {
        "办理": move.name.value,
        "说明": move.reason,
        "时限": f"{move.due_before or NOTHING} → {move.due_after}" if move.due_after else "",
        "佐证": "、".join(move.evidence),
    }


def _verdict(verdict: Verdict) -> Fields:
    return {"认定": "达到" if verdict.reached else "没有达到", "理由": verdict.reason}


def _year_goal(goal: YearGoal) -> Fields:
    return {"年度目标": goal.words or ("" if goal.value is None else f"{goal.value:g}")}


_TOLD: dict[type, Callable[[Any], Fields]] = {
    Task: _task,
    Tag: _tag,
    Dismissal: _dismissal,
    Layer: _layer,
    Comment: _comment,
    Decision: _decision,
    Person: _person,
    Unit: _unit,
    ReportCard: _card,
    Progress: _progress,
    TaskMove: _move,
    Verdict: _verdict,
    YearGoal: _year_goal,
}
