"""亮灯: an editable rule over a task's deadline, progress and feedback; its inputs stand with each light."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.errors import UserError


class Colour(StrEnum):
    """The four lights."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"


COLOUR_NAMES = {Colour.RED: "红灯", Colour.YELLOW: "黄灯", Colour.GREEN: "绿灯", Colour.GREY: "灰灯"}


@dataclass(frozen=True, slots=True)
class LightRule:
    """The office's rule. Lags are shares of the whole (0.30: thirty points behind the elapsed share).

    `yellow_days`: so near to the deadline and not done. `feedback_day`: the day of the next month by which a
    month's feedback is due. `since` is the day from which this rule holds.
    """

    red_lag: float = 0.30
    yellow_lag: float = 0.10
    yellow_days: int = 15
    feedback_day: int = 25
    since: date | None = None


@dataclass(frozen=True, slots=True)
class LightInputs:
    """All that a light was judged by, on the day `on`. Shares are 0 to 1 and may exceed 1; None: has no meaning.

    `lag` is elapsed minus completed, only for counts that accumulate. `has_progress`: somebody has reported.
    """

    on: date
    due: date | None
    is_rolling: bool
    is_closed: bool
    is_done: bool
    elapsed: float | None
    completed: float | None
    lag: float | None
    is_feedback_missed: bool
    has_progress: bool = True


@dataclass(frozen=True, slots=True)
class Light:
    """A light, why it is so in words, and what it was judged by."""

    colour: Colour
    why: tuple[str, ...]
    rule: LightRule
    inputs: LightInputs


def check_rule(rule: LightRule) -> None:
    """UserError where the office's rule contradicts itself."""
    if not 0 < rule.yellow_lag < rule.red_lag <= 1:
        raise UserError("亮灯规则不对：黄灯的落后幅度要大于0、小于红灯的落后幅度，红灯的不超过100个百分点。")
    if not 0 <= rule.yellow_days <= 366:
        raise UserError("亮灯规则不对：临近完成时限的天数要在0到366之间。")
    if not 1 <= rule.feedback_day <= 31:
        raise UserError("亮灯规则不对：报送日要在1日到31日之间。")


def judge(rule: LightRule, inputs: LightInputs) -> Light:
    """The light of a task.

    A closed task is green. What makes a light red comes before what makes it yellow, and both before grey: who
    misses the feedback on a rolling task, or has never reported, is reminded.
    """
    if inputs.is_closed:
        return Light(Colour.GREEN, ("已办结",), rule, inputs)
    for colour, reasons in ((Colour.RED, _red), (Colour.YELLOW, _yellow), (Colour.GREY, _grey)):
        why = tuple(reasons(rule, inputs))
        if why:
            return Light(colour, why, rule, inputs)
    return Light(Colour.GREEN, ("已完成" if inputs.is_done else "进度正常",), rule, inputs)


def _red(rule: LightRule, inputs: LightInputs) -> Iterator[str]:
    left = _days_left(inputs)
    if left is not None and left < 0:
        yield f"超过完成时限{-left}天，尚未办结"
    if _lag(inputs) > rule.red_lag:
        yield _lag_words(inputs)


def _yellow(rule: LightRule, inputs: LightInputs) -> Iterator[str]:
    left = _days_left(inputs)
    if left is not None and left <= rule.yellow_days and not inputs.is_done:
        yield "今天到完成时限，尚未完成" if left == 0 else f"距完成时限还有{left}天，尚未完成"
    if _lag(inputs) >= rule.yellow_lag:
        yield _lag_words(inputs)
    if inputs.is_feedback_missed:
        yield "没有按期反馈"


def _grey(_rule: LightRule, inputs: LightInputs) -> Iterator[str]:
    if inputs.is_rolling:
        yield "持续推进，不按时限亮灯"
    elif not inputs.has_progress and not inputs.is_done:
        yield "尚无进展数据"


def _days_left(inputs: LightInputs) -> int | None:
    """Days to the deadline, negative after it; None where there is none."""
    return (inputs.due - inputs.on).days if inputs.due and not inputs.is_rolling else None


def _lag(inputs: LightInputs) -> float:
    # 0.9 - 0.6 is 0.30000000000000004: thirty points exactly are not more than thirty
    return 0.0 if inputs.lag is None or inputs.is_rolling else round(inputs.lag, 9)


def _lag_words(inputs: LightInputs) -> str:
    return f"落后序时进度{round(_lag(inputs) * 100, 1):g}个百分点"
