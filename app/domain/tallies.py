"""看板: how many tasks stand where, by unit, by section and by leader, and lights month by month."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean

from app.domain.lights import Colour
from app.domain.periods import Cycle, periods_between
from app.domain.supervising import Case, Facts, cases

NOBODY = "未明确"
"""What a group is called whose tasks name no unit or leader."""


class Grouping(StrEnum):
    """By what tasks are counted; the value is what people read."""

    UNIT = "牵头单位"
    SECTION = "类别"
    LEADER = "分管领导"


@dataclass(frozen=True, slots=True)
class Tally:
    """The tasks of one group. `completion` is the mean share of its counts that accumulate, each at most 1; None
    where there is none. `ids` are its tasks, the list behind the bar.
    """

    name: str
    total: int
    closed: int
    reported: int
    lights: Mapping[Colour, int]
    completion: float | None
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthLights:
    """How many tasks had which light at the end of a month, or on the day asked for."""

    on: date
    lights: Mapping[Colour, int]


_NAMES: dict[Grouping, Callable[[Case], str]] = {
    Grouping.UNIT: lambda case: case.row.lead,
    Grouping.SECTION: lambda case: case.section,
    Grouping.LEADER: lambda case: case.row.leader,
}


def tallies(found: Iterable[Case], by: Grouping) -> tuple[Tally, ...]:
    """The tasks by group: sections in the report's order, units and leaders with most tasks first, nobody's last."""
    groups: dict[str, list[Case]] = {}
    for case in found:
        groups.setdefault(_NAMES[by](case) or NOBODY, []).append(case)
    made = [tally(name, group) for name, group in groups.items()]
    if by is not Grouping.SECTION:
        made.sort(key=lambda one: (one.name == NOBODY, -one.total))
    return tuple(made)


def tally(name: str, group: Iterable[Case]) -> Tally:
    """The figures of some tasks."""
    group = tuple(group)
    shares = [
        min(1.0, judgement.share)
        for case in group
        for judgement in case.judgements
        if judgement.accumulates and judgement.share is not None
    ]
    return Tally(
        name=name,
        total=len(group),
        closed=sum(case.is_closed for case in group),
        reported=sum(bool(case.reports) for case in group),
        lights=lights_of(group),
        completion=fmean(shares) if shares else None,
        ids=tuple(case.id for case in group),
    )


def lights_of(found: Iterable[Case]) -> dict[Colour, int]:
    """How many tasks have which light; every colour is there."""
    counts = Counter(case.light.colour for case in found)
    return {colour: counts[colour] for colour in Colour}


def lights_over_time(facts: Facts, on: date) -> tuple[MonthLights, ...]:
    """The lights at the end of each past month of the report's span, then as they are on the day."""
    return tuple(MonthLights(day, lights_of(cases(facts, day))) for day in _ends(facts, on))


def _ends(facts: Facts, on: date) -> Iterator[date]:
    until = min(on, facts.last)
    yield from (p.last for p in periods_between(facts.first, until, Cycle.MONTHLY) if p.last < on)
    if on <= facts.last or on == facts.last + timedelta(days=1):
        yield on
