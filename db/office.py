"""The office's own data: settings, the unit directory, the tag scheme."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select

from app.domain.codec import Json
from app.domain.scheme import TagStyle
from app.domain.tasks import Tag
from app.domain.units import Unit
from db import tables
from db.mapping import TAGS, UNITS, tag_of, unit_of

_setting, _unit, _style = tables.setting, tables.unit, tables.tag_style
_tag = tables.tag
_its_tags = TAGS.every.where(_tag.c.unit_id == bindparam("unit_id")).order_by(_tag.c.id)
_its_tags_in = _its_tags.where(_tag.c.layer_id.in_(bindparam("layers", expanding=True)))
_value = select(_setting.c.value).where(_setting.c.key == bindparam("key"))


def units(connection: Connection) -> tuple[Unit, ...]:
    """The unit directory in its order."""
    rows = connection.execute(UNITS.every.order_by(_unit.c.order, _unit.c.short_name, _unit.c.id))
    return tuple(unit_of(row) for row in rows)


def is_unit_used(connection: Connection, unit_id: str) -> bool:
    """Whether any stored tag names the unit."""
    return connection.execute(_its_tags.limit(1), {"unit_id": unit_id}).first() is not None


def tags_of(connection: Connection, unit_id: str, layers: Iterable[str]) -> tuple[Tag, ...]:
    """The stored tags of these layers that name the unit."""
    rows = connection.execute(_its_tags_in, {"unit_id": unit_id, "layers": list(layers)})
    return tuple(tag_of(row) for row in rows)


def tag_scheme(connection: Connection) -> tuple[TagStyle, ...]:
    """The kinds of tag in their order."""
    rows = connection.execute(select(_style).order_by(_style.c.place))
    return tuple(TagStyle(*row[:-1]) for row in rows)


def replace_tag_scheme(connection: Connection, styles: tuple[TagStyle, ...]) -> None:
    """Put a tag scheme in the place of the one that is there."""
    connection.execute(delete(_style))
    names = _style.c.keys()[:-1]
    rows = [{**{n: getattr(style, n) for n in names}, "place": place} for place, style in enumerate(styles)]
    connection.execute(insert(_style), rows)


def setting(connection: Connection, key: str, default: Json = None) -> Json:
    """What was set under a key, or the default."""
    row = connection.execute(_value, {"key": key}).first()
    return default if row is None else row[0]


def set_setting(connection: Connection, key: str, value: Json) -> None:
    """Set something that JSON can say."""
    connection.execute(delete(_setting).where(_setting.c.key == key))
    connection.execute(insert(_setting), {"key": key, "value": value})
