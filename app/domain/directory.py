"""What the unit directory says of a name and of a task's owner: aliases, renames and successors followed."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.tasks import Owner, Tag
from app.domain.units import Unit

_CODES = (
    "发改 教育 科技 工信 公安 民政 司法 财政 人社 规资 生态 住建 城管 交通 水务 农业农村 商务 文旅 卫健 退役 应急 审计 "
    "市监 国资 体育 统计 医保 信访 政务 金融 招商 数据 宣传 政法 组织 残联 妇联 团委 工会 税务 消防 气象 粮食 民宗 "
    "外事 人防 知识产权 园区 街道 政府办 机关事务 纪检 滨海新区 港航 海关"
)
CODES: tuple[str, ...] = tuple(_CODES.split())
"""The functional codes, level-neutral: what duty words speak for."""

GROUPS = ("委办局", "街道", "园区", "其他")


class Contact(NamedTuple):
    """Who stands behind a task by the directory: 分管领导, and 责任人 with the telephone. "" where unknown."""

    leader: str = ""
    person: str = ""


def known_names(unit: Unit) -> tuple[str, ...]:
    """Everything that a unit is called, its own names first, each once."""
    return tuple(dict.fromkeys((unit.short_name, unit.name, *unit.aliases)))


def resolve(units: Sequence[Unit], name: str) -> Unit | None:
    """The body that a name, old or new, means today; None where the directory does not know it.

    A standing unit comes before an abolished one, a unit's own name before another's alias. An abolished one
    without a successor is itself.
    """
    ranked = [
        (unit.valid_to is not None, name not in (unit.short_name, unit.name), place)
        for place, unit in enumerate(units)
        if name in (unit.short_name, unit.name, *unit.aliases)
    ]
    return current(units, units[min(ranked)[-1]]) if ranked else None


def current(units: Sequence[Unit], unit: Unit) -> Unit:
    """What a body has become: itself while it stands, else its successor, however many steps away.

    Where the line leads nowhere, or back to where it came from, its last unit.
    """
    if not unit.successor_id:
        return unit
    left = {u.id: u for u in units if u.id != unit.id}
    while unit.valid_to:
        heir = left.pop(unit.successor_id, None)
        if heir is None:
            break
        unit = heir
    return unit


def bodies_of(units: Sequence[Unit], code: str) -> tuple[Unit, ...]:
    """The standing bodies of a functional code; where none is left, what those abolished have become."""
    of_code = [unit for unit in units if unit.code == code]
    standing = [unit for unit in of_code if unit.valid_to is None]
    if not standing:
        heirs = {heir.id: heir for heir in (current(units, unit) for unit in of_code)}
        standing = [heir for heir in heirs.values() if heir.valid_to is None]
    return tuple(standing)


def answering(units: Sequence[Unit], owner: Owner) -> Unit | None:
    """The body that answers for what an owner was given: by its id, else by its name; its successor if it has one."""
    unit = next((unit for unit in units if unit.id == owner.unit_id), None)
    return current(units, unit) if unit else resolve(units, owner.name)


def contact(units: Sequence[Unit], lead: Tag | None) -> Contact:
    """Who stands behind a task with this lead, until the task names others."""
    owner = lead.value if lead else None
    unit = answering(units, owner) if isinstance(owner, Owner) else None
    if unit is None:
        return Contact()
    telephone = unit.telephone.strip()
    person = unit.person.strip()
    reached = f"{person}（{telephone}）" if person and telephone else person or telephone
    return Contact(unit.leader.strip(), reached)
