"""JSON from outside becomes exactly what it was made of, or nothing."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import codec
from app.exchange import shapes
from app.exchange.checks import opened
from app.exchange.merging import Dot, Key, Replica
from app.exchange.package import packed
from app.exchange.payloads import OFFICE, Payload
from tests.exchange.packages import CHAIN, CONTENTS, DECISION, UNIT, honest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


class Colour(Enum):
    RED = "red"


class Place(NamedTuple):
    x: int
    name: str


@dataclass(frozen=True)
class Inner:
    n: int = 0


@dataclass(frozen=True)
class Other:
    t: str = ""


@dataclass(frozen=True)
class Whole:
    text: str
    number: int = 0
    share: float | None = None
    is_so: bool = False
    colour: Colour = Colour.RED
    place: Place | None = None
    inner: Inner | None = None
    either: Inner | Other | None = None
    days: tuple[date, ...] = ()
    at: datetime | None = None


FULL = Whole(
    "词", 3, 2.5, True, Colour.RED, Place(1, "甲"), Inner(4), Other("x"), (date(2026, 3, 1),),
    datetime(2026, 3, 1, tzinfo=UTC),
)  # fmt: skip


def through(data: Any) -> Any:
    return shapes.parsed(shapes.written(data))


def test_that_what_was_written_comes_back() -> None:
    assert shapes.made(Whole, through(codec.encode(FULL))) == FULL
    assert shapes.made(Whole, {"text": ""}) == Whole("")


@pytest.mark.parametrize("thing", [CONTENTS, DECISION, UNIT])
def test_that_what_travels_comes_back(thing: Any) -> None:
    assert shapes.made(type(thing), through(codec.encode(thing))) == thing


@pytest.mark.parametrize(
    "changed",
    [
        {"text": None},
        {"text": 1},
        {"number": 1.0},
        {"number": True},
        {"number": shapes.INTEGER_LIMIT + 1},
        {"number": -shapes.INTEGER_LIMIT - 1},
        {"share": "1"},
        {"share": False},
        {"share": 1e301},
        {"is_so": 1},
        {"is_so": None},
        {"colour": "green"},
        {"colour": 1},
        {"place": [1]},
        {"place": [1, "a", 2]},
        {"place": ["a", "a"]},
        {"place": {"x": 1}},
        {"inner": {"n": "1"}},
        {"inner": {"m": 1}},
        {"inner": []},
        {"either": {"n": 1}},
        {"either": {"@": "Whole", "n": 1}},
        {"either": {"@": "Inner", "t": ""}},
        {"either": {"@": [], "t": ""}},
        {"either": {}},
        {"days": {}},
        {"days": "2026-03-01"},
        {"days": ["2026-13-01"]},
        {"days": [None]},
        {"at": "2026"},
        {"at": 5},
        {"unknown": 1},
    ],
)
def test_that_a_value_of_another_type_is_none_of_it(changed: dict[str, Any]) -> None:
    with pytest.raises(shapes.ShapeError):
        shapes.made(Whole, {**codec.encode(FULL), **changed})


def test_that_numbers_may_reach_their_limits() -> None:
    for number in (shapes.INTEGER_LIMIT, -shapes.INTEGER_LIMIT):
        assert shapes.made(Whole, {"text": "", "number": number}).number == number
    assert shapes.made(Whole, {"text": "", "share": 1e300}).share == 1e300
    assert shapes.made(Whole, {"text": "", "share": 3}).share == 3


def test_that_what_is_needed_must_be_there() -> None:
    with pytest.raises(shapes.ShapeError):
        shapes.made(Whole, {"number": 1})


@pytest.mark.parametrize(
    "data", [b"{", b"\xff", b'{"a":1,"a":2}', b"NaN", b"[-Infinity]", b"", b"[" * 100_000]
)
def test_that_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(shapes.ShapeError):
        shapes.parsed(data)


@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_that_any_words_travel(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    name, telephone, alias = words
    unit = replace(UNIT, name=name, telephone=telephone, aliases=(alias, "\n\r\u2028"))
    office: Replica[Payload] = Replica({Key("unit", "u1"): {Dot(CHAIN, 1): unit}}, {CHAIN: 3}, {})
    path: Path = tmp_path_factory.mktemp("words") / "x.dubanpkg"
    made = honest()
    path.write_bytes(packed(replace(made, scopes={**made.scopes, OFFICE: office})))
    assert opened(path).scopes[OFFICE] == office
