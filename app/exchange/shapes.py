"""JSON from outside as frozen dataclasses: every value of its field's type, or ShapeError."""

import json
import math
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from app.domain import codec
from app.domain.codec import TYPE, Json, Kind

T = TypeVar("T")
Check = Callable[[Json], None]
"""Raises ShapeError for JSON of another shape."""


class ShapeError(ValueError):
    """JSON that no program of ours has written."""


INTEGER_LIMIT = 1 << 53
STRUCTURE_LIMIT = 3_000_000
"""The most brackets and commas in one JSON text: what bounds the memory that parsing takes."""


def parsed(data: bytes) -> Json:
    """The JSON of UTF-8 bytes. ShapeError for what is none, has NaN, or is larger inside than any honest one."""
    if sum(map(data.count, (b"{", b"[", b","))) > STRUCTURE_LIMIT:
        raise ShapeError("too many entries")
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_object)
    except (RecursionError, ValueError) as error:
        raise ShapeError(str(error)) from error


def written(data: Json) -> bytes:
    """JSON as UTF-8 bytes, always the same for the same data."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def made(kind: type[T], data: Json) -> T:
    """The dataclass that `codec.encode` made this JSON from. ShapeError where a value has another type."""
    annotated: Kind = kind
    try:
        _check(annotated)(data)
        return codec.decode(kind, data)
    except (TypeError, KeyError, ValueError, OverflowError) as error:
        raise ShapeError(str(error)) from error


def _refuse(word: str) -> NoReturn:
    raise ShapeError(f"{word} is no number")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ShapeError("a key twice")
    return data


@cache
def _check(kind: Kind) -> Check:
    """What checks JSON for a type as it is annotated."""
    origin: Kind = get_origin(kind)
    if origin in (Union, UnionType):
        return _union_check(get_args(kind))
    if origin is tuple:
        return _list_check(_check(get_args(kind)[0]))
    if is_dataclass(kind):
        return _object_check(kind)
    if issubclass(kind, tuple):
        return _named_tuple_check(kind)
    if issubclass(kind, Enum | date):
        return _text
    return _PLAIN[kind]


def _text(data: Json) -> None:
    if not isinstance(data, str):
        raise ShapeError("no text")
    data.encode("utf-8")  # a lone surrogate is a UnicodeEncodeError, which is a ValueError


def _truth(data: Json) -> None:
    if not isinstance(data, bool):
        raise ShapeError("no truth")


def _integer(data: Json) -> None:
    if type(data) is not int or abs(data) > INTEGER_LIMIT:
        raise ShapeError("no number")


def _number(data: Json) -> None:
    if type(data) not in (int, float) or not math.isfinite(data) or abs(data) > 1e300:
        raise ShapeError("no number")


_PLAIN: dict[type, Check] = {str: _text, bool: _truth, int: _integer, float: _number}


def _list_check(part: Check) -> Check:
    def check(data: Json) -> None:
        if not isinstance(data, list):
            raise ShapeError("no list")
        for value in data:
            part(value)

    return check


def _named_tuple_check(kind: Kind) -> Check:
    parts = [_check(hint) for hint in get_type_hints(kind).values()]

    def check(data: Json) -> None:
        if not isinstance(data, list) or len(data) != len(parts):
            raise ShapeError("no list of that length")
        for part, value in zip(parts, data, strict=True):
            part(value)

    return check


def _object_check(kind: Kind) -> Check:
    hints = get_type_hints(kind)
    parts = {f.name: _check(hints[f.name]) for f in fields(kind)}
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def check(data: Json) -> None:
        if not isinstance(data, dict) or not data.keys() <= parts.keys() or not required <= data.keys():
            raise ShapeError(f"no {kind.__name__}")
        for name, value in data.items():
            parts[name](value)

    return check


def _union_check(kinds: tuple[Kind, ...]) -> Check:
    """Of a value or None, or of several dataclasses, told by the name under "@", or None."""
    several = {kind.__name__: _check(kind) for kind in kinds if kind is not NoneType}
    single = next(iter(several.values())) if len(several) == 1 else None

    def check(data: Json) -> None:
        if data is None and NoneType in kinds:
            return
        if single is not None:
            single(data)
            return
        name = data.get(TYPE) if isinstance(data, dict) else None
        if not isinstance(name, str) or name not in several:
            raise ShapeError("of no known type")
        several[name]({field: value for field, value in data.items() if field != TYPE})

    return check
