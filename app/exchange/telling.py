"""What a merge changes, counted, and conflicts in words: from what stood before and what stands after."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from app.domain.comments import Comment
from app.domain.contents import Contents
from app.domain.decisions import CHOICE_NAMES, FIELD_NAMES, Decision
from app.domain.judged import Verdict
from app.domain.people import ROLE_NAMES, Person, PersonRole
from app.domain.progress import Progress
from app.domain.report import KIND_NAMES, LEVEL_NAMES
from app.domain.reports import ReportCard
from app.domain.task_moves import TaskMove
from app.domain.unit_fields import FIELDS, said
from app.domain.units import Unit
from app.exchange import telling_work
from app.exchange.merging import Dot, Group, Key, Replica, Standing, Versions, standing
from app.exchange.payloads import (
    COMMENT,
    DECISION,
    LAYER,
    PERSON,
    PROGRESS,
    REPORT,
    TASK_MOVE,
    UNIT,
    VERDICT,
    YEAR_TARGET,
    Payload,
    digest,
)
from app.exchange.summary import Conflict, Count, Side
from app.exchange.telling_layers import layer_words, thing_words

Shown = Mapping[Key, Payload]
"""What a workspace shows of a scope."""
Writer = Callable[[Dot], tuple[str, datetime | None]]
"""Who wrote at a place of a chain, and when; "" and None where that is not known."""

SORTS = {
    LAYER: "layers",
    COMMENT: "comments",
    DECISION: "decisions",
    UNIT: "units",
    PERSON: "people",
    REPORT: "metadata",
    PROGRESS: "progress",
    TASK_MOVE: "task_moves",
    VERDICT: "verdicts",
    YEAR_TARGET: "year_targets",
}
"""The field of a MergeSummary that counts a kind."""
_Other = Contents | Comment | Decision | Unit | Person | ReportCard
"""What is told of here."""
_ABOUT = {
    "title": "标题",
    "issuer": "发文机关",
    "document_number": "文号",
    "issued": "日期",
    "year": "年份",
    "end_year": "到期年份",
    "level": "层级",
    "kind": "类型",
}
_NAMES: dict[object, str] = dict([*KIND_NAMES.items(), *LEVEL_NAMES.items()])


def stands(replica: Replica[Payload], own: Collection[str]) -> dict[Key, Standing[Payload]]:
    """How every object of a scope stands; a baseline object where nobody wrote it."""
    found: dict[Key, Standing[Payload]] = {
        key: Standing(Group(bare, frozenset()))
        for key, bare in replica.baseline.items()
        if key not in replica.versions
    }
    for key, versions in replica.versions.items():
        how = _stands(versions, own)
        if how is not None:
            found[key] = how
    return found


def _stands(versions: Versions[Payload], own: Collection[str]) -> Standing[Payload] | None:
    return standing(versions, own, digest)


def shown(how: Mapping[Key, Standing[Payload]]) -> dict[Key, Payload]:
    """What is shown of a scope."""
    return {key: s.current.payload for key, s in how.items() if s.current.payload is not None}


def counts(before: Shown, after: Shown) -> dict[str, Count]:
    """What is new, changed and gone in a scope, by the field of the summary."""
    found: dict[str, Count] = {}
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and digest(old) == digest(new):
            continue
        _add(found, SORTS[key.kind], Count(int(old is None), int(None not in (old, new)), int(new is None)))
        if key.kind == LAYER:
            for name in ("tasks", "tags"):
                _add(found, name, _difference(_marks(old, name), _marks(new, name)))
    return found


def _add(found: dict[str, Count], name: str, count: Count) -> None:
    found[name] = found.get(name, Count()) + count


def _marks(contents: Payload | None, name: str) -> dict[str, Any]:
    """A layer's tasks or tags by id."""
    things: tuple[Any, ...] = getattr(contents, name) if isinstance(contents, Contents) else ()
    return {thing.id: replace(thing, version=0) for thing in things}


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Count:
    both = old.keys() & new.keys()
    return Count(len(new) - len(both), sum(old[i] != new[i] for i in both), len(old) - len(both))


def conflict(scope: str, report_id: str, key: Key, found: Standing[Payload], writer: Writer) -> Conflict:
    """An object on which a person has to decide, its version that is shown as the first side."""
    groups = (found.current, *found.others)
    sides = tuple(_side(group, groups, writer) for group in groups)
    about = _about(next(group.payload for group in groups if group.payload is not None))
    return Conflict(conflict_id(scope, key, groups), key.kind, report_id, about, sides)


def conflict_id(scope: str, key: Key, groups: Iterable[Group[Payload]]) -> str:
    """A short name for exactly these versions of an object."""
    told = sorted(digest(group.payload) if group.payload is not None else "" for group in groups)
    return hashlib.sha256("\n".join((scope, *key, *told)).encode()).hexdigest()[:16]


def _side(group: Group[Payload], groups: tuple[Group[Payload], ...], writer: Writer) -> Side:
    others = [g.payload for g in groups if g is not group]
    who, at = writer(min(group.dots)) if group.dots else ("", None)
    if not who and isinstance(group.payload, Comment | Decision | Progress | TaskMove | Verdict):
        who, at = group.payload.who, group.payload.at
    if isinstance(group.payload, telling_work.KINDS):
        words = tuple(telling_work.words(group.payload))
    else:
        words = tuple(_words(group.payload, others)) if group.payload is not None else ("已删除",)
    return Side(who, at, words, group is groups[0])


def _about(payload: Payload) -> str:
    if isinstance(payload, telling_work.KINDS):
        return telling_work.about(payload)
    if isinstance(payload, Contents):
        return "复核层" if payload.layer.is_reviewed else f"{payload.layer.author}的标注"
    if isinstance(payload, ReportCard):
        return f"报告《{payload.metadata.title}》的信息"
    if isinstance(payload, Comment):
        return f"{payload.who}的意见"
    if isinstance(payload, Decision):
        return f"对“{FIELD_NAMES[payload.field]}”的裁决"
    return f"单位 {payload.short_name}" if isinstance(payload, Unit) else f"人员 {payload.name}"


def _words(payload: _Other, others: list[Payload | None]) -> Iterator[str]:
    """What a version says, a line each; of a unit or a report only what the others have differently."""
    if isinstance(payload, Contents):
        yield from layer_words(payload, [c for c in others if isinstance(c, Contents)])
    elif isinstance(payload, Decision):
        yield from _decision_words(payload, [d for d in others if isinstance(d, Decision)])
    elif isinstance(payload, Comment):
        yield payload.text
        yield "已解决" if payload.is_resolved else "未解决"
    elif isinstance(payload, Person):
        yield payload.name
        yield "、".join(ROLE_NAMES[PersonRole(role)] for role in payload.roles) or "没有角色"
        yield "在用" if payload.is_active else "已停用"
    elif isinstance(payload, Unit):
        for field in FIELDS:
            values = {said(unit, field.name) for unit in (payload, *others) if isinstance(unit, Unit)}
            if field.name != "order" and len(values) > 1:
                yield f"{field.title}：{said(payload, field.name) or '（空）'}"
    else:
        yield from _card_words(payload, [c for c in others if isinstance(c, ReportCard)])


def _decision_words(decision: Decision, others: list[Decision]) -> Iterator[str]:
    yield CHOICE_NAMES[decision.choice]
    if any(other.value != decision.value for other in others if other.choice is decision.choice):
        yield from thing_words(decision.value, [other.value for other in others])
    if decision.reason:
        yield f"理由：{decision.reason}"


def _card_words(card: ReportCard, others: list[ReportCard]) -> Iterator[str]:
    for field in fields(card.metadata):
        value = getattr(card.metadata, field.name)
        if any(getattr(other.metadata, field.name) != value for other in others):
            yield f"{_ABOUT[field.name]}：{_NAMES.get(value, value) or '（空）'}"
    if any(other.corrections != card.corrections for other in others):
        yield f"更正：{'、'.join(correction.meant for correction in card.corrections) or '（无）'}"
    if any(other.supersedes != card.supersedes for other in others):
        yield "是另一份报告的新版本" if card.supersedes else "不是另一份报告的新版本"
