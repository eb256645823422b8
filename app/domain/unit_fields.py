"""A unit's fields as people write them: their titles, what they say, and how what was typed is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.directory import CODES, GROUPS
from app.domain.errors import UserError
from app.domain.units import Unit

NAME_LIMIT = 60
TEXT_LIMIT = 200

_SEVERAL = re.compile(r"[、，,；;\n]+")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class UnitField:
    """One field of a unit that people may write: its name in Unit, its title, other titles sheets give it."""

    name: str
    title: str
    others: tuple[str, ...] = ()


FIELDS: tuple[UnitField, ...] = (
    UnitField("order", "序号", ("排序", "顺序")),
    UnitField("code", "职能代码", ("代码", "职能", "条线")),
    UnitField("name", "名称", ("单位名称", "全称", "单位全称", "机构名称", "单位")),
    UnitField("short_name", "简称", ("单位简称", "机构简称")),
    UnitField("aliases", "别名", ("曾用名", "其他名称", "又称", "原名")),
    UnitField("leader", "分管领导", ("分管区领导", "分管市领导", "分管区长", "分管副区长", "分管市长")),
    UnitField("person", "责任人", ("负责人", "单位负责人", "主要负责人", "联系人")),
    UnitField("telephone", "电话", ("联系电话", "办公电话", "手机", "手机号", "联系方式")),
    UnitField("group", "组别", ("分组", "类别")),
    UnitField("duties", "职责词", ("职责", "主要职责")),
    UnitField("valid_from", "启用日期", ("设立日期", "成立日期")),
    UnitField("valid_to", "停用日期", ("撤销日期", "有效期至")),
    UnitField("successor_id", "并入单位", ("承接单位", "职能划入")),
)
TITLES = {field.name: field.title for field in FIELDS}


def tidied(text: str) -> str:
    """One line, without spaces at the ends and doubled ones."""
    return " ".join(text.split())


def said(unit: Unit, name: str, units: Sequence[Unit] = ()) -> str:
    """What a field says, as a sheet or a cell shows it; a successor by its short name, from `units`."""
    value = getattr(unit, name)
    if name == "successor_id":
        return next((u.short_name for u in units if u.id == value), "")
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)


def read(name: str, text: str) -> Any:  # noqa: ANN401  # of the field's own type
    """The value of a field from what was typed. UserError says what is wrong with it.

    A successor is read by who knows the other units.
    """
    return _READERS.get(name, _text)(TITLES[name], text)


def _text(title: str, text: str) -> str:
    return _short_enough(title, tidied(text), TEXT_LIMIT)


def _name(title: str, text: str) -> str:
    words = _short_enough(title, tidied(text), NAME_LIMIT)
    if not words:
        raise UserError(f"{title}不能是空的。")
    return words


def _one_of(choices: tuple[str, ...]) -> Callable[[str, str], str]:
    def choose(title: str, text: str) -> str:
        words = tidied(text)
        if words not in choices:
            raise UserError(f"{title}“{words[:NAME_LIMIT]}”不在清单里。" if words else f"{title}不能是空的。")
        return words

    return choose


def _several(title: str, text: str) -> tuple[str, ...]:
    parts = (tidied(part) for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(_short_enough(title, part, NAME_LIMIT) for part in parts if part))


def _number(title: str, text: str) -> int:
    words = tidied(text)
    if not re.fullmatch(r"[0-9]{1,6}", words):
        raise UserError(f"{title}“{words[:NAME_LIMIT]}”不是数字。")
    return int(words)


def _day(title: str, text: str) -> date | None:
    words = tidied(text)
    if not words:
        return None
    found = _DAY.fullmatch(words)
    try:
        if found is None:
            raise ValueError(words)
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise UserError(f"{title}“{words[:NAME_LIMIT]}”不是日期，请写成 2026-03-01 的样子。") from error


def _short_enough(title: str, words: str, limit: int) -> str:
    if len(words) > limit:
        raise UserError(f"{title}超过{limit}个字。")
    return words


_READERS: dict[str, Callable[[str, str], Any]] = {
    "order": _number,
    "code": _one_of(CODES),
    "name": _name,
    "short_name": _name,
    "aliases": _several,
    "group": _one_of(GROUPS),
    "duties": _several,
    "valid_from": _day,
    "valid_to": _day,
}
