"""Which entries of the log travel whole with a package."""

import json

import pytest

from app.domain.chains import Link
from app.exchange.payloads import OFFICE
from app.exchange.records import is_told

LAYER = {"id": "周宁一层"}
TAG = {"id": "t", "layer_id": "周宁一层"}
PROGRESS = {"id": "p", "report_id": "r"}
UNIT = {"id": "u"}


def link(*edits: tuple[str, dict[str, str] | None, dict[str, str] | None], report: str = "r") -> Link:
    told = [[name, (before or after or {})["id"], before, after] for name, before, after in edits]
    return Link("链", 1, "", "", "", {"report_id": report, "edits": json.dumps(told)})


@pytest.mark.parametrize(
    ("entry", "goes"),
    [
        (link(), True),
        (link(report=""), True),
        (link(report="s"), False),
        (link(("tag", None, TAG), ("layer", LAYER, LAYER)), True),
        (link(("tag", None, TAG | {"layer_id": "陈立一层"})), False),
        (link(("tag", TAG | {"layer_id": "陈立一层"}, TAG)), False),
        (link(("layer", {"id": "陈立一层"}, None)), False),
        (link(("progress", None, PROGRESS), ("report", {"id": "r"}, {"id": "r"})), True),
        (link(("progress", None, PROGRESS | {"report_id": "s"})), False),
        (link(("unit", UNIT, None), ("person", None, {"id": "周宁"})), True),
        (Link("链", 1, "", "", ""), False),
    ],
)
def test_that_an_entry_goes_whole_only_where_all_that_it_touches_goes(entry: Link, goes: bool) -> None:
    assert is_told(entry, "r", {"r", "周宁一层", OFFICE}) is goes


def test_that_an_entry_about_a_unit_stays_where_the_office_s_own_does_not_go() -> None:
    assert not is_told(link(("unit", None, UNIT)), "r", {"r", "周宁一层"})
