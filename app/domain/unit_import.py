"""A sheet's rows against the unit directory: what they would add and change, and what is not understood."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.domain import unit_edits
from app.domain.changes import Change, Edit
from app.domain.directory import CODES, GROUPS, current, known_names
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
    """The directory as it would be, row by row."""

    def __init__(self, units: Sequence[Unit], initials: Initials) -> None:
        self._initials = initials
        self._before = {unit.id: unit for unit in units}
        self._order = max((unit.order for unit in units), default=0)
        self.after: dict[str, Unit] = {}
        self.rows: dict[str, UnitRow] = {}
        self.lines: dict[str, int] = {}
        self.misread: list[Misread] = []

    def take(self, row: UnitRow) -> None:
        """Read one row; its successor is only noted, it may stand further down."""
        try:
            before = self._unit_of(row)
            if before and before.id in self.lines:
                raise UserError(f"与第{self.lines[before.id]}行是同一个单位。")
            after = self._changed(before, row) if before else self._made(row)
        except UserError as error:
            self._leave_out(row, str(error))
            return
        self.after[after.id], self.rows[after.id], self.lines[after.id] = after, row, row.line

    def settle(self) -> None:
        """Find the successors, then leave out what does not fit together, until all that is left does."""
        for unit_id in list(self.after):
            self._refuse_or(unit_id, self._succeed)
        while any([self._refuse_or(unit_id, self._check) for unit_id in list(self.after)]):
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
        """The unit that a row is about: by id, else by its names, a standing one before an abolished one."""
        if row.id in self._before:
            return self._before[row.id]
        found: list[Unit] = []
        for name in filter(None, (tidied(row.texts.get(n, "")) for n in ("name", "short_name"))):
            named = [u for u in self._before.values() if name in known_names(u)]
            named.sort(key=lambda u: (u.valid_to is not None, name not in (u.name, u.short_name)))
            found += [u for u in named[:1] if u not in found]
        if len(found) > 1:
            raise UserError(f"名称是{found[0].short_name}的，简称是{found[1].short_name}的。")
        return found[0] if found else None

    def _changed(self, unit: Unit, row: UnitRow) -> Unit:
        fields: dict[str, Any] = {}
        is_by_name = row.id not in self._before
        for name, text in row.texts.items():
            words = tidied(text)
            if name == "successor_id" or words == tidied(said(unit, name)):
                continue
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
        code = tidied(texts.get("code", ""))
        default = {
            "name": name,
            "short_name": name,
            "code": "",
            "group": OWN_GROUP.get(code, GROUPS[0]) if code in CODES else GROUPS[0],
        }
        fields = {key: read(key, text) for key, text in {**default, **texts}.items()}
        if "order" not in fields:
            self._order += 1
            fields["order"] = self._order
        unit = Unit(_own_id(row.id), initials=self._initials(fields["short_name"]), **fields)
        return unit_edits.changed_unit(unit, self._initials)

    # --- all rows together

    def _refuse_or(self, unit_id: str, act: Callable[[str], None]) -> bool:
        """Do something for a row, or leave it out and say why; whether it was left out."""
        try:
            act(unit_id)
        except UserError as error:
            self._leave_out(self.rows[unit_id], str(error))
            del self.after[unit_id]
            return True
        return False

    def _succeed(self, unit_id: str) -> None:
        text = self.rows[unit_id].texts.get("successor_id")
        unit = self.after[unit_id]
        whole = self._whole()
        words = tidied(text or "")
        if text is None or words == tidied(said(unit, "successor_id", tuple(self._before.values()))):
            return
        heir = next((u for u in whole if words in (u.short_name, u.name) and u.id != unit_id), None)
        if words and heir is None:
            raise UserError(f"并入单位“{words[:60]}”不在名录里。")
        self.after[unit_id] = unit_edits.changed_unit(
            unit, self._initials, successor_id=heir.id if heir else ""
        )

    def _check(self, unit_id: str) -> None:
        unit, before, whole = self.after[unit_id], self._before.get(unit_id), self._whole()
        if unit == before:
            return
        unit_edits.check(whole, unit, before)
        if unit.successor_id and (before is None or unit.successor_id != before.successor_id):
            if unit.valid_to is None:
                raise UserError("写了并入单位，没有写停用日期。")
            if current(whole, unit).valid_to is not None:
                raise UserError("并入单位已经停用，又没有并入现行的单位。")

    def _whole(self) -> tuple[Unit, ...]:
        return tuple({**self._before, **self.after}.values())

    def _leave_out(self, row: UnitRow, reason: str) -> None:
        name = tidied(row.texts.get("short_name", "") or row.texts.get("name", ""))
        self.misread.append(Misread(row.line, name[:60], reason))


def _own_id(text: str) -> str:
    """A sheet's id, of another workspace's unit, where it is one; else a new one."""
    try:
        return str(UUID(text))
    except ValueError:
        return new_id()
