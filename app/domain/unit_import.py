"""A sheet's rows against the unit directory: what they would add and change, and what is not understood."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.domain import unit_edits
from app.domain.changes import Change, Edit
from app.domain.directory import GROUPS, current, known_names
from app.domain.edits import new_id
from app.domain.errors import UserError
from app.domain.tasks import Tag
from app.domain.unit_edits import Initials
from app.domain.unit_fields import TITLES, read, said, tidied
from app.domain.units import Unit

OWN_GROUP = {"街道": "街道", "园区": "园区"}
"""The group of a new unit whose sheet names none, by its code; else the first of GROUPS."""

TagsOf = Callable[[str], Iterable[Tag]]
"""The stored tags that name a unit, by its id."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of a sheet as read: its line, the hidden id, and the texts of the columns the sheet has, by field."""

    line: int
    id: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """A sheet as read: its rows, and the titles of columns that mean nothing to us."""

    rows: tuple[UnitRow, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row would do: to a unit (None: make one), and which fields say what before and after."""

    line: int
    before: Unit | None
    after: Unit
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Misread:
    """A row that is left out, and why."""

    line: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitImport:
    """What reading a sheet into the directory would do. `same` rows say what the directory says already."""

    differences: tuple[Difference, ...]
    misread: tuple[Misread, ...]
    same: int
    unlisted: int
    unknown: tuple[str, ...]
    change: Change

    @property
    def added(self) -> tuple[Difference, ...]:
        """The units that would be new."""
        return tuple(d for d in self.differences if d.before is None)

    @property
    def changed(self) -> tuple[Difference, ...]:
        """The units that would be changed."""
        return tuple(d for d in self.differences if d.before is not None)


def compare(units: Sequence[Unit], sheet: UnitSheet, initials: Initials, tags_of: TagsOf) -> UnitImport:
    """Set a sheet against the directory. A row that is not understood is left out whole; the others count.

    A row is a unit's by its id, else by name. Columns that the sheet lacks and units it does not list stay as
    they are. Aliases are only ever added, so that a name once known stays known.
    """
    plan = _Plan(units, initials)
    for row in sheet.rows:
        plan.take(row)
    plan.settle()
    differences = tuple(plan.differences())
    edits = [
        edit
        for d in differences
        for edit in (
            Edit(d.before, d.after),
            *(unit_edits.carried(d.before, d.after, tags_of(d.after.id)) if d.before else ()),
        )
    ]
    count = len(differences)
    return UnitImport(
        differences=differences,
        misread=tuple(sorted(plan.misread, key=lambda m: m.line)),
        same=len(plan.after) - count,
        unlisted=sum(unit.id not in plan.lines for unit in units),
        unknown=sheet.unknown,
        change=Change(f"导入单位名录（{count}项）", "", tuple(edits)),
    )


class _Plan:
    """The directory as it would be: row by row, then all rows together."""

    def __init__(self, units: Sequence[Unit], initials: Initials) -> None:
        self._initials = initials
        self._before = {unit.id: unit for unit in units}
        self._named = _by_name(units)
        self._order = max((unit.order for unit in units), default=0)
        self._rows: dict[str, UnitRow] = {}
        self.after: dict[str, Unit] = {}
        self.lines: dict[str, int] = {}
        self.misread: list[Misread] = []

    def take(self, row: UnitRow) -> None:
        """Read one row; its successor is left for later, it may stand further down."""
        try:
            unit = self._unit_of(row)
            if unit and unit.id in self.lines:
                raise UserError(f"与第{self.lines[unit.id]}行是同一个单位。")
            after = self._changed(unit, row) if unit else self._made(row)
        except UserError as error:
            self._leave_out(row, str(error))
            return
        if unit is None:
            for name in known_names(after):
                self._named[name].append(after)
        self.after[after.id], self._rows[after.id], self.lines[after.id] = after, row, row.line

    def settle(self) -> None:
        """Find the successors, then leave out what does not fit together, until all that is left does."""
        self._each(self._succeed)
        while self._each(self._check):
            pass

    def differences(self) -> Iterator[Difference]:
        """What is left of the rows and differs from the directory."""
        now = self._whole()
        for unit_id, after in self.after.items():
            before = self._before.get(unit_id)
            if before != after:
                fields = (
                    (title, said(before, name, now) if before else "", said(after, name, now))
                    for name, title in TITLES.items()
                )
                yield Difference(self.lines[unit_id], before, after, tuple(f for f in fields if f[1] != f[2]))

    # --- one row

    def _unit_of(self, row: UnitRow) -> Unit | None:
        """The unit that a row is about: by id, else by its names, a standing one before an abolished one.

        An id met before in the sheet says nothing: the row was copied along with it to write a new unit.
        """
        if row.id in self._before and row.id not in self.lines:
            return self._before[row.id]
        found: dict[str, Unit] = {}
        for name in filter(None, (tidied(row.texts.get(n, "")) for n in ("name", "short_name"))):
            named = sorted(self._named.get(name, ()), key=lambda u: _rank(u, name))
            found |= {u.id: u for u in named[:1]}
        if len(found) > 1:
            both = "、".join(unit.short_name for unit in found.values())
            raise UserError(f"名称和简称是两个单位的：{both}。")
        return next(iter(found.values()), None)

    def _changed(self, unit: Unit, row: UnitRow) -> Unit:
        fields: dict[str, Any] = {}
        is_by_name = row.id != unit.id
        for name, text in row.texts.items():
            words = tidied(text)
            if name == "successor_id" or words == tidied(said(unit, name)):
                continue
            if not words and name in ("order", "code", "group"):
                continue  # these are never empty: nothing was said
            if is_by_name and name in ("name", "short_name") and (not words or words in known_names(unit)):
                continue  # it found the unit by that name
            fields[name] = read(name, text)
        old = tuple(getattr(unit, name) for name in ("short_name", "name") if name in fields)
        fields["aliases"] = (*unit.aliases, *fields.get("aliases", ()), *old)
        return unit_edits.changed_unit(unit, self._initials, **fields)

    def _made(self, row: UnitRow) -> Unit:
        texts = {name: text for name, text in row.texts.items() if tidied(text) and name != "successor_id"}
        name = texts.get("name") or texts.get("short_name")
        if not name:
            raise UserError("没有写单位名称。")
        group = OWN_GROUP.get(tidied(texts.get("code", "")), GROUPS[0])
        texts = {"name": name, "short_name": name, "code": "", "group": group, **texts}
        fields = {key: read(key, text) for key, text in texts.items()}
        if "order" not in fields:
            self._order += 1
            fields["order"] = self._order
        own_id = _own_id(row.id)
        is_taken = own_id in self._before or own_id in self.after
        unit = Unit(new_id() if is_taken else own_id, initials=self._initials(fields["short_name"]), **fields)
        return unit_edits.changed_unit(unit, self._initials)

    # --- all rows together

    def _each(self, act: Callable[[Unit, "_Whole"], Unit]) -> bool:
        """Do something to every row against all of them, and leave out those it refuses; whether there were."""
        whole = self._whole()
        against = _Whole(whole, _by_name(whole))
        refused: list[str] = []
        for unit_id, unit in self.after.items():
            try:
                self.after[unit_id] = act(unit, against)
            except UserError as error:
                self._leave_out(self._rows[unit_id], str(error))
                refused.append(unit_id)
        for unit_id in refused:
            del self.after[unit_id]
        return bool(refused)

    def _succeed(self, unit: Unit, whole: "_Whole") -> Unit:
        text = self._rows[unit.id].texts.get("successor_id")
        words = tidied(text or "")
        if text is None or words == tidied(said(unit, "successor_id", tuple(self._before.values()))):
            return unit
        heirs = sorted(
            (u for u in whole.named.get(words, ()) if u.id != unit.id), key=lambda u: _rank(u, words)
        )
        if words and not heirs:
            raise UserError(f"并入单位“{words[:60]}”不在名录里。")
        return unit_edits.changed_unit(unit, self._initials, successor_id=heirs[0].id if heirs else "")

    def _check(self, unit: Unit, whole: "_Whole") -> Unit:
        before = self._before.get(unit.id)
        if unit == before:
            return unit
        alike = [other for name in known_names(unit) for other in whole.named[name]]
        unit_edits.check(alike, unit, before)
        if unit.successor_id and (before is None or unit.successor_id != before.successor_id):
            if unit.valid_to is None:
                raise UserError("写了并入单位，没有写停用日期。")
            if current(whole.units, unit).valid_to is not None:
                raise UserError("并入单位已经停用，又没有并入现行的单位。")
        return unit

    def _whole(self) -> tuple[Unit, ...]:
        return tuple({**self._before, **self.after}.values())

    def _leave_out(self, row: UnitRow, reason: str) -> None:
        name = tidied(row.texts.get("short_name", "") or row.texts.get("name", ""))
        self.misread.append(Misread(row.line, name[:60], reason))


@dataclass(frozen=True, slots=True)
class _Whole:
    """The directory as it would be, also by every name."""

    units: tuple[Unit, ...]
    named: Mapping[str, list[Unit]]


def _by_name(units: Iterable[Unit]) -> defaultdict[str, list[Unit]]:
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for name in known_names(unit):
            found[name].append(unit)
    return found


def _rank(unit: Unit, name: str) -> tuple[bool, bool]:
    """What comes first of those known by a name: what stands, then what is called so itself."""
    return unit.valid_to is not None, name not in (unit.name, unit.short_name)


def _own_id(text: str) -> str:
    """A sheet's id, of another workspace's unit, where it is one; else a new one."""
    try:
        return str(UUID(text))
    except ValueError:
        return new_id()
