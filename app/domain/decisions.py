"""Adjudication: where two layers differ, and what a reviewer decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from app.domain.tasks import Tag, Task

_DECISIONS = UUID("0d0a9d0e-6f0b-4f55-8a1f-6c9d3f7f1e57")


class Choice(StrEnum):
    """What a reviewer may decide on a difference."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    EDITED = "edited"
    NEITHER = "neither"
    RETURNED = "returned"


CHOICE_NAMES = {
    Choice.FIRST: "取甲",
    Choice.SECOND: "取乙",
    Choice.BOTH: "都取",
    Choice.EDITED: "修改",
    Choice.NEITHER: "都不取",
    Choice.RETURNED: "退回",
}


class Field(StrEnum):
    """What two layers may differ in. TASK, TARGET, MEASURE, STANDARD: whether it is there at all."""

    TASK = "task"
    DIVISION = "division"  # one side split or merged what the other did not
    SPAN = "span"
    TITLE = "title"
    SUMMARY = "summary"
    MEASURES = "measures"
    STANDARDS = "standards"
    REMARKS = "remarks"
    LEADER = "leader"
    PERSON = "person"
    TARGET = "target"
    INDICATOR = "indicator"
    VALUE = "value"
    COMPARATOR = "comparator"
    UNIT = "unit"
    QUALITY = "quality"  # direction, nature, baseline, cumulative
    LEAD = "lead"
    SUPPORT = "support"
    DEADLINE = "deadline"
    MEASURE = "measure"
    STANDARD = "standard"


FIELD_NAMES = {
    Field.TASK: "任务",
    Field.DIVISION: "拆分合并",
    Field.SPAN: "任务范围",
    Field.TITLE: "标题",
    Field.SUMMARY: "分解事项",
    Field.MEASURES: "措施方案",
    Field.STANDARDS: "任务标准",
    Field.REMARKS: "备注",
    Field.LEADER: "分管领导",
    Field.PERSON: "责任人",
    Field.TARGET: "目标",
    Field.INDICATOR: "指标名称",
    Field.VALUE: "目标值",
    Field.COMPARATOR: "比较词",
    Field.UNIT: "计量单位",
    Field.QUALITY: "目标属性",
    Field.LEAD: "牵头单位",
    Field.SUPPORT: "配合单位",
    Field.DEADLINE: "完成时限",
    Field.MEASURE: "措施标注",
    Field.STANDARD: "标准标注",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on one difference, or how they changed a task or tag of the reviewed layer.

    `layer_id` is the reviewed layer. `key` names the difference (`review.differences`); for a task or tag changed
    by hand it is "task:ID" or "tag:ID", `choice` EDITED and `value` what it has become, None for taken away.
    `first_seen` and `second_seen` are what the sides read when it was decided: where they read otherwise now, it
    is to be looked at again. `at` is UTC.
    """

    id: str
    layer_id: str
    key: str
    field: Field
    choice: Choice
    person_id: str
    who: str
    at: datetime
    reason: str = ""
    first_seen: str = ""
    second_seen: str = ""
    value: Task | Tag | None = None
    version: int = 0


def decision_id(layer_id: str, key: str) -> str:
    """The identity of the decision on a difference: one for each, wherever it is decided."""
    return str(uuid5(_DECISIONS, f"{layer_id}/{key}"))
