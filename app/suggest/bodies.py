"""Which body an owner of experience means today: names of other years and other places brought to one."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.directory import CODES, answering, bodies_of, known_names
from app.domain.tasks import Owner
from app.domain.units import Unit

_GENERAL = re.compile("^(?:各|有关|相关|全区|全市|全县)+|(?:等|等单位|等部门)$")


class Body(NamedTuple):
    """A functional code that says it all; where it does not (one of several streets), the body's name and id."""

    code: str
    name: str = ""
    unit_id: str = ""


class Bodies:
    """Looks owners up in a directory, each once. `code_of` reads a code from the words of a name."""

    def __init__(self, units: Sequence[Unit], code_of: Callable[[str], str]) -> None:
        self._units = units
        self._code_of = code_of
        self._endings = sorted(
            ((name, unit) for unit in units for name in known_names(unit) if len(name) > 2),
            key=lambda pair: -len(pair[0]),
        )
        self._meant: dict[tuple[str, str, str], Body] = {}

    def meant(self, owner: Owner) -> Body:
        """The body an owner means: by its id or name, by the end of its name (某市教育局), by its words."""
        key = (owner.unit_id, owner.name, owner.code)
        if key not in self._meant:
            self._meant[key] = self._looked_up(owner)
        return self._meant[key]

    def _looked_up(self, owner: Owner) -> Body:
        unit = answering(self._units, owner)
        if unit is None and owner.code:
            return Body(owner.code)
        name = _GENERAL.sub("", owner.name.strip())
        unit = unit or next((u for ending, u in self._endings if name.endswith(ending)), None)
        if unit is not None:
            unit = answering(self._units, Owner(owner.role, unit.short_name, unit.code, unit.id)) or unit
            alone = unit.code and [body.id for body in bodies_of(self._units, unit.code)] == [unit.id]
            return Body(unit.code) if alone else Body(unit.code, unit.short_name, unit.id)
        code = name if name in CODES else self._code_of(name)
        return Body(code) if code else Body("", owner.name)
