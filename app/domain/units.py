"""The unit directory: the bodies that answer for tasks."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    """A body: its functional code (level-neutral, 科技), its full and short name and what else it is called.

    `initials` is the pinyin initials of the short name (qkjj). `group` is 委办局, 街道, 园区 or 其他.
    `duties` are words whose presence in a sentence speaks for this unit.
    """

    id: str
    code: str
    name: str
    short_name: str
    group: str = "委办局"
    aliases: tuple[str, ...] = ()
    initials: str = ""
    duties: tuple[str, ...] = ()
    telephone: str = ""
    leader: str = ""
    person: str = ""
    order: int = 0
    valid_from: date | None = None
    valid_to: date | None = None
    successor_id: str = ""
    version: int = 0


def matching(units: tuple[Unit, ...], typed: str) -> tuple[Unit, ...]:
    """The units that what was typed may mean, best first: by initials, alias or name, whole, prefix, part."""
    typed = typed.strip().lower()
    if not typed:
        return units

    def rank(unit: Unit) -> int:
        names = (unit.initials, unit.short_name, unit.name, unit.code, *unit.aliases)
        if typed in names:
            return 0
        # 区科技局 is typed as kjj as often as qkjj
        if any(n.startswith(typed) or n[1:].startswith(typed) for n in names):
            return 1
        return 2 if any(typed in n for n in names) else 3

    ranked = sorted((rank(u), u.order, u.short_name, u.id) for u in units)
    by_id = {u.id: u for u in units}
    return tuple(by_id[i] for r, _, _, i in ranked if r < 3)
