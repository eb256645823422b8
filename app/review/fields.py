"""What of a task or tag each field is: how it is compared, and what of it is taken over."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.decisions import Field
from app.domain.tasks import Comparator, Owner, Role, Tag, TagKind, Target, Task
from app.domain.wording import short_title

TEXTS = {
    Field.SUMMARY: "summary",
    Field.MEASURES: "measures",
    Field.STANDARDS: "standard",
    Field.REMARKS: "remarks",
    Field.LEADER: "leader",
    Field.PERSON: "person",
}
"""A task's fields that are one text, and the attribute of each."""
JOINTS = {
    Field.SUMMARY: "；",
    Field.MEASURES: "；",
    Field.STANDARDS: "；",
    Field.REMARKS: "；",
    Field.LEADER: "、",
    Field.PERSON: "、",
}
"""What stands between two texts of which both are taken."""
PLACED = {
    TagKind.TARGET: Field.TARGET,
    TagKind.MEASURE: Field.MEASURE,
    TagKind.STANDARD: Field.STANDARD,
}
"""Kinds of tag that are matched one by one, and the field that says whether and where each is there."""
PRESENCES = frozenset(PLACED.values())
LISTS = (Field.LEAD, Field.SUPPORT, Field.DEADLINE)
"""Fields that are a task's list of tags, compared and taken as a whole."""
PARTS = (Field.INDICATOR, Field.VALUE, Field.COMPARATOR, Field.UNIT, Field.QUALITY)
"""Fields of a target's value."""

Figures = tuple[float, ...]
_OPEN_ABOVE = frozenset({Comparator.GE, Comparator.GT})
_OPEN_BELOW = frozenset({Comparator.LE, Comparator.LT})


def list_field(tag: Tag) -> Field | None:
    """The list that a tag stands in; None for one that is matched by itself."""
    if tag.kind is TagKind.DEADLINE:
        return Field.DEADLINE
    if tag.kind is TagKind.OWNER:
        is_lead = isinstance(tag.value, Owner) and tag.value.role is Role.LEAD
        return Field.LEAD if is_lead else Field.SUPPORT
    return None


def by_list(tags: Iterable[Tag]) -> dict[Field, list[Tag]]:
    """A task's lists, each in the order of the tags."""
    found: dict[Field, list[Tag]] = {field: [] for field in LISTS}
    for tag in tags:
        field = list_field(tag)
        if field:
            found[field].append(tag)
    return found


def own_title(task: Task) -> str:
    """The title that somebody wrote; "" where it is only the beginning of the quote."""
    return "" if task.title == short_title(task.quote) else task.title.strip()


def target_of(tag: Tag) -> Target:
    """A target tag's value, an empty one where it has none yet."""
    return tag.value if isinstance(tag.value, Target) else Target("")


def figures(target: Target) -> Figures:
    """A target's numbers, whatever side of them is open: two of a range, else one, or none."""
    ends = tuple(end for end in (target.low, target.high) if end is not None)
    return ends if target.comparator is Comparator.RANGE else ends[:1]


def composed(parts: dict[Field, Target]) -> Target:
    """The target whose every part is that of the target given for it."""
    quality = parts[Field.QUALITY]
    comparator, numbers = parts[Field.COMPARATOR], parts[Field.VALUE]
    made = replace(
        quality,
        indicator=parts[Field.INDICATOR].indicator,
        comparator=comparator.comparator,
        low=numbers.low,
        high=numbers.high,
        unit=parts[Field.UNIT].unit,
    )
    if comparator.comparator is numbers.comparator:
        return made
    low, high = bounds(comparator.comparator, figures(numbers))
    return replace(made, low=low, high=high)


def bounds(comparator: Comparator, numbers: Figures) -> tuple[float | None, float | None]:
    """The low and high end of numbers under a comparator; the open side is None."""
    if not numbers:
        return None, None
    if comparator in _OPEN_ABOVE:
        return numbers[0], None
    if comparator in _OPEN_BELOW:
        return None, numbers[-1]
    return numbers[0], numbers[-1] if comparator is Comparator.RANGE else numbers[0]
