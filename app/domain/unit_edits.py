"""What can be done to the unit directory, each as a Change. Pure: nothing here touches the store."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.domain.changes import Change, Edit
from app.domain.directory import CODES, GROUPS, known_names
from app.domain.errors import UserError
from app.domain.tasks import Owner, Tag
from app.domain.units import Unit

Initials = Callable[[str], str]
"""Gives the pinyin initials of a short name."""


def add(units: Sequence[Unit], unit: Unit, initials: Initials) -> Change:
    """A new unit, at the end of the directory. UserError where it has no name, or one that is taken."""
    last = max((u.order for u in units), default=0)
    made = replace(_neat(unit), order=last + 1, initials=initials(unit.short_name))
    check(units, made)
    return Change(f"新增单位 {made.short_name}", "", (Edit(None, made),))


def change(
    units: Sequence[Unit], unit: Unit, initials: Initials, *, tags: Iterable[Tag] = (), **fields: object
) -> Change:
    """Give a unit other values; no edits where they are those it has. UserError as for `add`.

    `tags` are the stored tags that name the unit: where its short name changes, they are given the new one.
    """
    changed = changed_unit(unit, initials, **fields)
    if changed == unit:
        return Change(f"修改单位 {unit.short_name}", "", ())
    check(units, changed, unit)
    edits = (Edit(unit, changed), *carried(unit, changed, tags))
    return Change(f"修改单位 {unit.short_name}", "", edits)


def rename(
    units: Sequence[Unit],
    unit: Unit,
    name: str,
    short_name: str,
    initials: Initials,
    tags: Iterable[Tag] = (),
) -> Change:
    """Give a unit another name; the old ones are known as aliases from now on. UserError as for `add`."""
    aliases = (*unit.aliases, unit.short_name, unit.name)
    done = change(units, unit, initials, tags=tags, name=name, short_name=short_name, aliases=aliases)
    return done._replace(label=f"更名 {unit.short_name} → {short_name}")


def succeed(unit: Unit, successor: Unit, day: date) -> Change:
    """Merge a unit into another: abolished from `day` on, what was its is proposed to the successor.

    What was decided stays as it was decided. UserError where the successor is the unit itself or abolished.
    """
    if successor.id == unit.id:
        raise UserError(f"{unit.short_name}不能并入它自己，请选另一个单位。")
    if successor.valid_to is not None:
        raise UserError(f"{successor.short_name}已经停用，请选一个现行的单位。")
    merged = replace(unit, valid_to=unit.valid_to or day, successor_id=successor.id)
    return Change(f"{unit.short_name}并入{successor.short_name}", "", _edit(unit, merged))


def close(unit: Unit, day: date) -> Change:
    """Abolish a unit from `day` on; it stays in the directory for what was decided before."""
    if unit.valid_to is not None:
        raise UserError(f"{unit.short_name}已经停用了。")
    return Change(f"停用单位 {unit.short_name}", "", _edit(unit, replace(unit, valid_to=day)))


def reopen(units: Sequence[Unit], unit: Unit) -> Change:
    """Let an abolished unit stand again, without a successor. UserError where its name is taken by now."""
    standing = replace(unit, valid_to=None, successor_id="")
    check(units, standing)
    return Change(f"恢复单位 {unit.short_name}", "", _edit(unit, standing))


def remove(units: Sequence[Unit], unit: Unit, day: date, *, is_used: bool) -> Change:
    """Take a unit out of the directory; one that a task names or another was merged into is abolished instead."""
    if is_used or any(u.successor_id == unit.id for u in units):
        return close(unit, day)
    return Change(f"删除单位 {unit.short_name}", "", (Edit(unit, None),))


def move(units: Sequence[Unit], unit: Unit, place: int) -> Change:
    """Put a unit at a place of the directory, counted from 0; the others close up."""
    others = [u for u in ordered(units) if u.id != unit.id]
    place = max(0, min(place, len(others)))
    arranged = [*others[:place], unit, *others[place:]]
    edits = [e for order, u in enumerate(arranged, 1) for e in _edit(u, replace(u, order=order))]
    return Change(f"调整次序 {unit.short_name}", "", tuple(edits))


def ordered(units: Sequence[Unit]) -> list[Unit]:
    """The directory in its order, as the store gives it."""
    return sorted(units, key=lambda unit: (unit.order, unit.short_name, unit.id))


def changed_unit(unit: Unit, initials: Initials, **fields: object) -> Unit:
    """The unit with other values, made neat; its initials follow its short name."""
    changed = _neat(replace(unit, **fields))  # type: ignore[arg-type]  # callers name Unit's fields
    if changed.short_name != unit.short_name:
        changed = replace(changed, initials=initials(changed.short_name))
    return changed


def check(units: Sequence[Unit], unit: Unit, before: Unit | None = None) -> None:
    """UserError where a unit could not be told from the others, or is not filled in.

    What `before` had already is left alone: an old flaw must not stand in the way of a new telephone number.
    """
    if not unit.name or not unit.short_name:
        raise UserError("单位的名称和简称都不能是空的。")
    for field, title, choices in (("code", "职能代码", CODES), ("group", "组别", GROUPS)):
        value = getattr(unit, field)
        is_new = before is None or value != getattr(before, field)
        if is_new and value not in choices:
            raise UserError(f"{title}“{value}”不在清单里。" if value else f"请选择{title}。")
    if unit.valid_to is None:
        names = set(known_names(unit))
        if before is not None and before.valid_to is None:
            names -= set(known_names(before))
        for name, other in clashes(units, unit, names):
            raise UserError(f"“{name}”已经是{other.short_name}的名称或别名，请换一个。")


def clashes(units: Sequence[Unit], unit: Unit, names: Iterable[str]) -> Iterator[tuple[str, Unit]]:
    """The names that another standing unit is known by too, with that unit."""
    wanted = set(names)
    for other in units:
        if other.id != unit.id and other.valid_to is None:
            yield from ((name, other) for name in known_names(other) if name in wanted)


def carried(before: Unit, after: Unit, tags: Iterable[Tag]) -> Iterator[Edit]:
    """The tags that name a unit, given its new short name. Words of the report stay as they are written."""
    if before.short_name == after.short_name:
        return
    for tag in tags:
        owner = tag.value
        if isinstance(owner, Owner) and owner.unit_id == before.id and owner.name == before.short_name:
            text = tag.text if tag.spans else after.short_name
            yield Edit(tag, replace(tag, value=replace(owner, name=after.short_name), text=text))


def _neat(unit: Unit) -> Unit:
    """Without spaces around, and without aliases that are its own names or said twice."""
    name, short_name = unit.name.strip(), unit.short_name.strip()
    aliases = dict.fromkeys(alias.strip() for alias in unit.aliases)
    kept = tuple(alias for alias in aliases if alias and alias not in (name, short_name))
    return replace(unit, name=name, short_name=short_name, aliases=kept)


def _edit(before: Unit, after: Unit) -> tuple[Edit, ...]:
    return (Edit(before, after),) if before != after else ()
