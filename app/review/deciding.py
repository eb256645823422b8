"""What a reviewer decides on differences, as one change of the decisions and of F."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.changes import Change, Edit
from app.domain.decisions import CHOICE_NAMES, FIELD_NAMES, Choice, Decision, Field, decision_id
from app.domain.errors import UserError
from app.domain.people import Person
from app.review.building_tasks import can_join
from app.review.difference import Difference, Status
from app.review.fields import PRESENCES

if TYPE_CHECKING:
    from app.review.review import Review

_ONLY_ONE = {
    Field.DIVISION: "两边拆分合并不同，只能取一边；取了以后可以再改。",
    Field.TITLE: "标题只能有一个，请取一方或修改。",
    Field.INDICATOR: "指标名称只能有一个，请取一方或修改。",
    Field.VALUE: "目标值只能有一个，请取一方或修改。",
    Field.COMPARATOR: "比较词只能有一个，请取一方或修改。",
    Field.UNIT: "计量单位只能有一个，请取一方或修改。",
    Field.QUALITY: "目标属性只能取一方，或修改。",
    Field.LEAD: "牵头单位只能有一个；另一个请加为配合单位。",
}
"""Why both sides of a field cannot be taken."""
_NEEDED = {
    Field.TITLE: "标题总要有一个，请取一方或修改。",
    Field.INDICATOR: "指标名称总要有一个；这里没有目标时，请在“目标值”上都不取，或删除目标。",
    Field.COMPARATOR: "比较词总要有一个；这里没有目标时，请在“目标值”上都不取，或删除目标。",
    Field.UNIT: "请取一方，或修改成没有单位；这里没有目标时，请在“目标值”上都不取，或删除目标。",
    Field.QUALITY: "请取一方或修改；这里没有目标时，请在“目标值”上都不取，或删除目标。",
}
"""Why neither side of a field cannot be taken."""
_ALONE = "只有一份标注，没有另一方可取。"
_NOT_HERE = "定稿里现在没有这一项，请先取有的一方，再修改。"
_ONE_PLACE = "两边标的是同一处，只能取一处；要改请修改。"
_SCATTERED = "两边的原文有几处，合不到一起，请取一方或修改。"


def choices(review: "Review", difference: Difference) -> dict[Choice, str]:
    """Every choice with "" where it can be taken, else a Chinese sentence why not. EDITED: open the editor."""
    both = _no_both(review, difference)
    return {
        Choice.FIRST: "",
        Choice.SECOND: _ALONE if review.second is None else "",
        Choice.BOTH: _ALONE if review.second is None else both,
        Choice.EDITED: "" if review.holds(difference) else _NOT_HERE,
        Choice.NEITHER: _NEEDED.get(difference.field, ""),
        Choice.RETURNED: "",
    }


def decide(
    review: "Review",
    differences: Difference | Iterable[Difference],
    choice: Choice,
    person: Person,
    at: datetime,
    reason: str = "",
) -> Change:
    """One change that decides on one or several differences: the decisions' edits, then F's.

    UserError where the choice makes no sense for one of them, where returning says no reason, and for EDITED,
    which is a hand edit of F (`Review.completed`). `at` is UTC.
    """
    wanted = (differences,) if isinstance(differences, Difference) else tuple(differences)
    if not wanted:
        raise UserError("没有要裁决的差异。")
    if choice is Choice.EDITED:
        raise UserError("修改请直接在任务卡上改，改完即为裁决。")
    if choice is Choice.RETURNED and not reason.strip():
        raise UserError("退回要说明理由，请填写后再试。")
    for difference in wanted:
        refusal = choices(review, difference)[choice]
        if refusal:
            raise UserError(f"{FIELD_NAMES[difference.field]}：{refusal}")
    about = FIELD_NAMES[wanted[0].field] if len(wanted) == 1 else f"{len(wanted)}处"
    decide_on = _by(review, person, at, reason)
    return review.deciding(f"裁决{about}：{CHOICE_NAMES[choice]}", (decide_on(d, choice) for d in wanted))


def agree(review: "Review", pair_key: str, person: Person, at: datetime) -> Change:
    """One key per task: what F shows of the pair is right; OPEN takes FIRST, STALE keeps its choice.

    UserError where nothing in it is open. What waits for the annotator (RETURNED) is left alone.
    """
    waiting = [d for d in review.of_task(pair_key) if d.status in {Status.OPEN, Status.STALE}]
    if not waiting:
        raise UserError("这项任务没有待裁决的差异。")
    return review.deciding("同意任务", _agreed(waiting, _by(review, person, at, "")))


_Decide = Callable[[Difference, Choice], Edit]


def _by(review: "Review", person: Person, at: datetime, reason: str) -> _Decide:
    """What makes the edit of a decision by a person."""

    def decide_on(difference: Difference, choice: Choice) -> Edit:
        before = difference.decision
        after = Decision(
            decision_id(review.layer.id, difference.key),
            review.layer.id,
            difference.key,
            difference.field,
            choice,
            person.id,
            person.name,
            at,
            reason.strip(),
            difference.first_seen,
            difference.second_seen,
            version=before.version if before else 0,
        )
        return Edit(before, after)

    return decide_on


def _agreed(waiting: Iterable[Difference], decide_on: _Decide) -> Iterator[Edit]:
    for difference in waiting:
        before = difference.decision
        if before is None or before.choice is Choice.RETURNED:
            yield decide_on(difference, Choice.FIRST)
        else:
            edit = decide_on(difference, before.choice)
            kept = edit.after
            if isinstance(kept, Decision):
                yield Edit(before, replace(kept, value=before.value, reason=before.reason))


def _no_both(review: "Review", difference: Difference) -> str:
    """Why both sides cannot be taken; "" where they can."""
    field = difference.field
    if field in _ONLY_ONE:
        return _ONLY_ONE[field]
    if field in PRESENCES and difference.first and difference.second:
        return _ONE_PLACE
    if field is Field.SPAN:
        ours, theirs = review.tasks_of(difference)
        return "" if ours and theirs and can_join(ours, theirs) else _SCATTERED
    return ""
