"""Frozen dataclasses and named tuples to JSON and back, by the types of their fields.

Dataclasses become objects without the fields that stand at their defaults (so the default of a stored field
never changes), named tuples and tuples become lists, enums their values, dates ISO text. Where a field may
hold one of several dataclasses, the object carries its type's name under "@".

What is stored for good is a dataclass, whose fields may become more; what can be made again, a named tuple, which
takes Python a sixth of the time to define.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any
"""Text, numbers, truth, None, and lists and objects of them."""
Kind = Any
"""A type as it is annotated."""
Convert = Callable[[Any], Any] | None
"""What makes one side from the other; None where both are the same (text, numbers, truth)."""

TYPE = "@"
_PLAIN = (str, int, float, bool, NoneType)


def encode(value: object) -> Json:
    """The JSON of a dataclass."""
    kind: Kind = type(value)
    convert = _encoder(kind)
    return convert(value) if convert else value


def decode(kind: type[T], data: Json) -> T:
    """The dataclass that `encode` made this JSON from; takes `data` over. TypeError or ValueError if it is none."""
    annotated: Kind = kind
    convert = _decoder(annotated)
    value: T = convert(data) if convert else data
    return value


@cache
def _encoder(kind: Kind) -> Convert:
    if kind in _PLAIN:
        return None
    origin: Kind = get_origin(kind)
    if origin in (Union, UnionType):
        return _union_encoder(kind)
    if origin is tuple:
        return _list_encoder(_encoder(get_args(kind)[0]))
    if is_dataclass(kind):
        return _object_encoder(kind)
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    return _row_encoder(kind)


@cache
def _decoder(kind: Kind) -> Convert:
    if kind in _PLAIN:
        return None
    origin: Kind = get_origin(kind)
    if origin in (Union, UnionType):
        return _union_decoder(kind)
    if origin is tuple:
        return _tuple_decoder(_decoder(get_args(kind)[0]))
    if is_dataclass(kind):
        return _object_decoder(kind)
    if issubclass(kind, datetime):
        return datetime.fromisoformat
    if issubclass(kind, date):
        return date.fromisoformat
    return kind if issubclass(kind, Enum) else _row_decoder(kind)


def _list_encoder(convert: Convert) -> Convert:
    return list if convert is None else lambda values: [convert(value) for value in values]


def _tuple_decoder(convert: Convert) -> Convert:
    return tuple if convert is None else lambda data: tuple([convert(part) for part in data])


def _row_encoder(kind: Kind) -> Convert:
    """Of a named tuple."""
    converts = [_encoder(hint) for hint in get_type_hints(kind).values()]
    if not any(converts):
        return list
    return lambda row: [
        p if convert is None else convert(p) for p, convert in zip(row, converts, strict=True)
    ]


def _row_decoder(kind: Kind) -> Convert:
    converts = [_decoder(hint) for hint in get_type_hints(kind).values()]
    make: Convert = kind._make
    if not any(converts):
        return make

    def decode_row(data: Json) -> object:
        if not isinstance(data, list):
            raise TypeError(f"no {kind.__name__}")
        return kind._make([p if c is None else c(p) for p, c in zip(data, converts, strict=True)])

    return decode_row


def _object_encoder(kind: Kind) -> Convert:
    hints = get_type_hints(kind)
    plan = [(f.name, f.default, _encoder(hints[f.name])) for f in fields(kind)]

    def encode_object(value: object) -> Json:
        data: dict[str, Json] = {}
        for name, default, convert in plan:  # MISSING, the default of a field without one, equals nothing
            part = getattr(value, name)
            if part != default:
                data[name] = part if convert is None else convert(part)
        return data

    return encode_object


def _object_decoder(kind: Kind) -> Convert:
    hints = get_type_hints(kind)
    plan = [(f.name, convert) for f in fields(kind) if (convert := _decoder(hints[f.name])) is not None]

    def decode_object(data: Json) -> object:
        for name, convert in plan:
            if name in data:
                data[name] = convert(data[name])
        return kind(**data)

    return decode_object


def _union_encoder(kind: Kind) -> Convert:
    """Of a value or None, or of several dataclasses or None."""
    kinds = [k for k in get_args(kind) if k is not NoneType]
    if len(kinds) > 1:
        return lambda value: None if value is None else {TYPE: type(value).__name__, **encode(value)}
    convert = _encoder(kinds[0])
    return convert and (lambda value: None if value is None else convert(value))


def _union_decoder(kind: Kind) -> Convert:
    kinds = [k for k in get_args(kind) if k is not NoneType]
    if len(kinds) > 1:
        by_name = {k.__name__: _decoder(k) for k in kinds}

        def decode_tagged(data: Json) -> object:
            convert = by_name[data.pop(TYPE)] if data else None
            return convert(data) if convert else None

        return decode_tagged
    convert = _decoder(kinds[0])
    return convert and (lambda data: None if data is None else convert(data))
