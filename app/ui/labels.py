"""Chinese words for what the store keeps as codes: states, comparators, directions, places."""

from collections.abc import Iterable
from enum import IntEnum

from app.domain.patterns import late
from app.domain.report import Section
from app.domain.tasks import Comparator, Direction, Item, Nature


class State(IntEnum):
    """Where a task stands, as the table shows and sorts it."""

    SUGGESTED = 0
    DRAFT = 1
    CONFIRMED = 2


STATES = {State.SUGGESTED: "建议", State.DRAFT: "待确认", State.CONFIRMED: "已确认"}

COMPARATORS: dict[Comparator, str] = {
    Comparator.EQ: "等于、达到 ＝",
    Comparator.GE: "不少于、以上 ≥",
    Comparator.GT: "超过、突破 ＞",
    Comparator.LE: "不超过、以内 ≤",
    Comparator.LT: "低于、以下 ＜",
    Comparator.ABOUT: "左右 ≈",
    Comparator.RANGE: "区间 a—b",
    Comparator.SYNC: "保持同步（无数字）",
    Comparator.ASSIGNED: "完成下达任务（无数字）",
    Comparator.GT_REF: "高于参照水平（无数字）",
}
DIRECTIONS: dict[Direction | None, str] = {
    None: "不分",
    Direction.UP: "增长、提高",
    Direction.DOWN: "下降、压减",
    Direction.LEVEL: "保持水平",
}
NATURES: dict[Nature | None, str] = {
    None: "未注明",
    Nature.EXPECTED: "预期性",
    Nature.BINDING: "约束性",
}

NO_PLACE = "无原文"
_ORDINAL = late(
    r"第[一二三四五六七八九十百\d]+[编篇章节部分]+|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+、"
    r"|\d+[.．、]|(?:专栏|附件|附表)\s*[一二三四五六七八九十\d]*"
)


def state_of(item: Item) -> State:
    """Where an item stands."""
    if item.is_suggested:
        return State.SUGGESTED
    return State.CONFIRMED if item.task.is_confirmed else State.DRAFT


def margin_states(items: Iterable[Item]) -> dict[str, tuple[int, str]]:
    """What the margin shows: every task's number and whether it is suggested, draft or confirmed, by its id."""
    return {item.task.id: (item.number, state_of(item).name.lower()) for item in items}


def place_words(path: tuple[Section, ...]) -> str:
    """A path of sections, short: 三、（二）. A section without an ordinal is called by its first characters."""
    return "".join(_short(section.title) for section in path)


def path_words(path: tuple[Section, ...]) -> str:
    """A path of sections in full, one below the other."""
    return "\n".join(section.title.strip() for section in path)


def _short(title: str) -> str:
    title = title.strip()
    match = _ORDINAL.match(title)
    if match:
        return match.group()
    return title if len(title) <= 8 else title[:7] + "…"
